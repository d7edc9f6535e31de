//! How a booking may go on from where it stood.

use allkontor_core::resolve::ConfirmState;
use allkontor_core::statement::{Cause, Hold};
use allkontor_core::view::{Delivery, Stage, Status};

/// Whether the person who was told `before` may be told `after`, having changed nothing meanwhile.
pub(super) fn may_follow(before: &Status, after: &Status) -> bool {
    may_be_delivered(before.delivery, after.delivery) && may_stand(&before.stage, after)
}

fn may_be_delivered(before: Delivery, after: Delivery) -> bool {
    before <= after
}

fn may_stand(before: &Stage, after: &Status) -> bool {
    use Stage::{
        Alternative, Asked, Cancelled, CheckedIn, Confirmed, Declined, Likely, Moved, Released,
        Waiting, Withdrawn,
    };
    let victim = |cause: &Cause| cause.makes_victim() || *cause == Cause::NoShow;
    match (before, &after.stage) {
        (before, after) if before == after => true,
        (Asked, _) => true,
        // The forecast may change, and says so; a decision may come and be over at once.
        (Likely { .. } | Alternative { .. } | Waiting { .. }, Asked | Moved) => false,
        (Likely { .. } | Alternative { .. } | Waiting { .. }, _) => true,
        (Confirmed { holds: a }, CheckedIn { holds: b }) if a == b => true,
        // The same place for longer, as its holder asked; another: only because the office had to take the first one back.
        (
            Confirmed { holds: a } | CheckedIn { holds: a },
            Confirmed { holds: b } | CheckedIn { holds: b },
        ) => is_kept_longer(a, b) || took_back(after),
        (Confirmed { .. } | CheckedIn { .. }, Released { .. } | Withdrawn { .. }) => true,
        // First in line again: from there on as from a forecast.
        (Withdrawn { .. }, Asked | Likely { .. } | Alternative { .. } | Waiting { .. } | Moved) => {
            false
        }
        (Withdrawn { .. }, _) => true,
        (
            Released { cause },
            Withdrawn { .. } | Confirmed { .. } | CheckedIn { .. } | Released { .. },
        ) => victim(cause),
        (Cancelled, Released { .. }) => true,
        (
            Declined { .. }
            | Cancelled
            | Moved
            | Released { .. }
            | Confirmed { .. }
            | CheckedIn { .. },
            _,
        ) => false,
    }
}

/// Whether a rental was renewed: nobody else wants it until later.
fn is_kept_longer(before: &[Hold], after: &[Hold]) -> bool {
    let longer = |(a, b): (&Hold, &Hold)| {
        let (had, has) = (a.interval(), b.interval());
        a.unit == b.unit && had.start() == has.start() && had.end() < has.end()
    };
    before.len() == after.len() && before.iter().zip(after).all(longer)
}

fn took_back(after: &Status) -> bool {
    let state = after.before.as_ref().map(|before| before.state);
    matches!(state, Some(ConfirmState::Released(cause)) if cause.makes_victim() || cause == Cause::NoShow)
}
