//! A promise: a phone has shown "confirmed". Was it kept?

use crate::story::Notice;
use crate::words::Words;
use allkontor_core::resolve::ConfirmState;
use allkontor_core::statement::{Cause, Hold};
use allkontor_core::time::CivilMinute;
use allkontor_core::view::{Replaced, Stage, Status};

/// What the person has done about a booking since it was made.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Acts {
    /// Gave it back.
    pub(super) cancelled: bool,
    /// Asked for another time.
    pub(super) changed: bool,
    /// When they last did either.
    pub(super) last: Option<CivilMinute>,
}

/// A place that a phone has shown as held for its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Promise {
    holds: Vec<Hold>,
    came: bool,
}

impl Promise {
    /// What a booking's status promises, if anything.
    pub(super) fn of(status: &Status) -> Option<Self> {
        let holds = status.holding.clone();
        let came = matches!(status.stage, Stage::CheckedIn { .. });
        (!holds.is_empty()).then_some(Self { holds, came })
    }

    /// What was promised: "Birch 10:00–11:00".
    pub(super) fn words(&self, words: &Words<'_>) -> String {
        words.place(&self.holds, &[], true).unwrap_or_default()
    }

    /// Whether it is about those places.
    pub(super) fn is_of(&self, holds: &[Hold]) -> bool {
        self.holds == holds
    }

    /// Whether its holder had been checked in.
    pub(super) const fn came(&self) -> bool {
        self.came
    }

    /// Whether what is shown now keeps it: the place is still there, or it went for a reason that a promise allows.
    ///
    /// Those reasons are the holder's own wish, a closure that everybody can read, and not coming in time.
    pub(super) fn is_kept(&self, now: &Status, acts: &Acts, closed: &[Notice]) -> bool {
        if now.holding == self.holds {
            return true;
        }
        let closed = is_closed(closed, &self.holds);
        // It was given back, and another asked for or found instead.
        if let Some(Replaced {
            holds,
            state: ConfirmState::Released(cause),
        }) = &now.before
            && *holds == self.holds
        {
            return match cause {
                Cause::Cancelled => acts.cancelled,
                // Where another device has the old place, it gives it back after the new one is confirmed.
                Cause::Moved => acts.changed,
                Cause::NoShow => !self.came,
                Cause::Closed => closed,
                _ => false,
            };
        }
        if !now.holding.is_empty() {
            // Another place instead.
            return acts.changed || closed;
        }
        match &now.stage {
            Stage::Cancelled
            | Stage::Released {
                cause: Cause::Cancelled,
            } => acts.cancelled,
            // Who came in time, and was heard of only later, is asked for again before all others.
            Stage::Released {
                cause: Cause::NoShow,
            }
            | Stage::Withdrawn {
                cause: Some(Cause::NoShow),
                ..
            } => !self.came,
            Stage::Moved => acts.changed,
            Stage::Released {
                cause: Cause::Closed,
            }
            | Stage::Withdrawn {
                cause: Some(Cause::Closed),
                ..
            } => closed,
            // Asked again for its holder and in vain: the closure had taken it.
            Stage::Declined { .. } => closed,
            _ => false,
        }
    }
}

/// Whether the office has told everybody that one of those places is closed.
pub(super) fn is_closed(closed: &[Notice], holds: &[Hold]) -> bool {
    closed.iter().any(|notice| {
        let about = |hold: &&Hold| notice.unit.is_none_or(|unit| unit == hold.unit);
        holds
            .iter()
            .filter(about)
            .any(|hold| notice.interval.overlaps(hold.interval()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use allkontor_core::id::UnitId;
    use allkontor_core::resolve::Place;
    use allkontor_core::time::Interval;
    use allkontor_core::view::Delivery;

    fn hold(unit: u32, from: u32) -> Hold {
        let at = |hour| CivilMinute::from_ymd_hm(2026, 6, 16, hour, 0).unwrap();
        Hold::new(
            UnitId(unit),
            Interval::new(at(from), at(from + 1)).unwrap(),
            0,
            0,
        )
    }

    fn status(stage: Stage, holding: Vec<Hold>) -> Status {
        Status {
            delivery: Delivery::Received,
            stage,
            holding,
            before: None,
            outdated: None,
        }
    }

    fn confirmed(hold: Hold) -> Status {
        status(Stage::Confirmed { holds: vec![hold] }, vec![hold])
    }

    fn kept(now: Status, acts: Acts, closed: &[Notice]) -> bool {
        Promise::of(&confirmed(hold(21, 10)))
            .unwrap()
            .is_kept(&now, &acts, closed)
    }

    const CANCELLED: Acts = Acts {
        cancelled: true,
        changed: false,
        last: None,
    };
    const CHANGED: Acts = Acts {
        cancelled: false,
        changed: true,
        last: None,
    };

    fn leak(unit: u32) -> Notice {
        let interval = hold(unit, 10).interval();
        Notice {
            at: interval.start(),
            unit: Some(UnitId(unit)),
            interval,
            words: "a pipe leaks".into(),
        }
    }

    #[test]
    fn a_place_that_is_still_there_is_kept_whatever_else_is_asked() {
        assert!(kept(confirmed(hold(21, 10)), Acts::default(), &[]));
        assert!(kept(
            status(Stage::Waiting { n: 2 }, vec![hold(21, 10)]),
            CHANGED,
            &[]
        ));
    }

    #[test]
    fn another_place_is_kept_only_at_the_holders_wish_or_after_a_closure_of_that_place() {
        assert!(!kept(confirmed(hold(22, 10)), Acts::default(), &[]));
        assert!(!kept(confirmed(hold(22, 10)), CANCELLED, &[]));
        assert!(kept(confirmed(hold(22, 10)), CHANGED, &[]));
        assert!(kept(confirmed(hold(22, 10)), Acts::default(), &[leak(21)]));
        assert!(!kept(confirmed(hold(22, 10)), Acts::default(), &[leak(23)]));
    }

    #[test]
    fn a_place_that_is_gone_is_broken_but_for_the_reasons_that_are_said() {
        let released = |cause| status(Stage::Released { cause }, vec![]);
        for gone in [
            Stage::Asked,
            Stage::Likely {
                holds: vec![hold(21, 10)],
            },
            Stage::Waiting { n: 1 },
        ] {
            assert!(!kept(status(gone, vec![]), CHANGED, &[]));
        }
        assert!(
            !kept(released(Cause::Cancelled), CHANGED, &[]),
            "nobody cancelled"
        );
        assert!(kept(released(Cause::Cancelled), CANCELLED, &[]));
        assert!(kept(released(Cause::NoShow), Acts::default(), &[]));
        assert!(
            !kept(released(Cause::Override), CANCELLED, &[leak(21)]),
            "no reason that a promise allows"
        );
        assert!(
            !kept(released(Cause::Closed), Acts::default(), &[]),
            "nothing was closed"
        );
        assert!(kept(released(Cause::Closed), Acts::default(), &[leak(21)]));
        let asked_again = Stage::Withdrawn {
            cause: Some(Cause::Closed),
            place: Place::Waiting { n: 1 },
        };
        assert!(kept(
            status(asked_again, vec![]),
            Acts::default(),
            &[leak(21)]
        ));
    }

    #[test]
    fn who_asked_for_another_time_and_did_not_come_loses_the_old_place_and_nothing_else_takes_it() {
        let lost = |cause| Status {
            before: Some(Replaced {
                holds: vec![hold(21, 10)],
                state: ConfirmState::Released(cause),
            }),
            ..status(Stage::Waiting { n: 1 }, vec![])
        };
        assert!(kept(lost(Cause::NoShow), CHANGED, &[]));
        assert!(!kept(lost(Cause::Override), CHANGED, &[]));
        assert!(!kept(lost(Cause::Closed), CHANGED, &[]));
        assert!(kept(lost(Cause::Closed), CHANGED, &[leak(21)]));
    }

    #[test]
    fn a_place_that_another_device_gives_back_after_a_move_is_kept_for_who_wanted_to_move() {
        let moved = || Status {
            before: Some(Replaced {
                holds: vec![hold(21, 10)],
                state: ConfirmState::Released(Cause::Moved),
            }),
            ..confirmed(hold(22, 12))
        };
        assert!(kept(moved(), CHANGED, &[]));
        assert!(!kept(moved(), Acts::default(), &[]));
        assert!(!kept(moved(), CANCELLED, &[]));
    }

    #[test]
    fn whoever_came_and_was_heard_of_too_late_gets_another_place_and_not_for_any_other_reason() {
        let elsewhere = |cause| Status {
            before: Some(Replaced {
                holds: vec![hold(21, 10)],
                state: ConfirmState::Released(cause),
            }),
            ..confirmed(hold(22, 10))
        };
        assert!(kept(elsewhere(Cause::NoShow), Acts::default(), &[]));
        assert!(!kept(elsewhere(Cause::Override), Acts::default(), &[]));
        assert!(!kept(confirmed(hold(22, 10)), Acts::default(), &[]));
    }

    #[test]
    fn who_was_checked_in_is_no_no_show() {
        let came = status(
            Stage::CheckedIn {
                holds: vec![hold(21, 10)],
            },
            vec![hold(21, 10)],
        );
        let gone = status(
            Stage::Released {
                cause: Cause::NoShow,
            },
            vec![],
        );
        assert!(
            !Promise::of(&came)
                .unwrap()
                .is_kept(&gone, &Acts::default(), &[])
        );
    }
}
