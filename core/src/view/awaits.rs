//! What an undecided booking waits for: never silence.

use super::{Delivery, View};
use crate::custody::Heard;
use crate::id::{PublicKey, StatementId};
use crate::model::Catalogue;
use crate::resolve::{Fold, Holding, Place, SlotKey};
use crate::statement::{Family, Hold, Request};
use crate::time::{CivilMinute, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

/// What an undecided booking waits for, the first thing first. Names devices of the office and nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Awaits {
    /// No device of the office has it, as far as is known here.
    Office,
    /// The app must be updated before it can tell.
    Update {
        /// The first statement that it is too old to follow.
        since: StatementId,
    },
    /// A place that frees.
    Place {
        /// Its place in the queue, from 1.
        n: u32,
    },
    /// The office decides about that day from then on, by rank among all who asked.
    Window {
        /// From when.
        from: CivilMinute,
    },
    /// The person: nobody is given a place too late to have been told in time, but who says that they came is.
    Arrival,
    /// The device that decides about it, or to which the right to decide is on its way.
    Decider(Heard),
    /// The device that decides about it, to pass it on to the one that holds its place; or those that hold the parts of
    /// its place, to give them to the one that decides.
    Custodians {
        /// The device that decides about it now.
        decider: Heard,
        /// Those that hold the place, it may be among them; the one not heard of for longest first.
        custodians: Vec<Heard>,
    },
    /// Nobody has custody of the place, or who has is not a device of the office: only staff can help.
    Nobody,
}

impl View {
    /// What an undecided booking waits for at `now`; `None` when it is decided or withdrawn.
    pub fn awaits(
        &self,
        fold: &Fold,
        catalogue: &Catalogue,
        key: &SlotKey,
        delivery: Delivery,
        heard: &BTreeMap<PublicKey, CivilMinute>,
        now: CivilMinute,
    ) -> Option<Awaits> {
        let outlook = self.forecast.outlook(key)?;
        if delivery != Delivery::Received {
            return Some(Awaits::Office);
        }
        if let Some(since) = fold.outdated_for(key) {
            return Some(Awaits::Update { since });
        }
        let holds = match &outlook.place {
            Place::Waiting { n } => return Some(Awaits::Place { n: *n }),
            place => place.holds(),
        };
        let day_start = fold.authority().day_start();
        let windows = holds.iter().filter_map(|hold| {
            let day = OfficeDay::of(hold.interval().start(), day_start);
            catalogue.class_of(hold.unit)?.rules.decides_from(day)
        });
        if let Some(from) = windows.max().filter(|from| *from > now) {
            return Some(Awaits::Window { from });
        }
        let slot = fold.resolved().slots.get(key)?;
        let request = &slot.current()?.request;
        let last = slot
            .last()
            .and_then(|id| fold.resolved().confirmations.get(&id));
        let has_place = last.is_some_and(|last| last.state.stands());
        let too_late = expected_by(fold, catalogue, request, holds.iter(), now)
            .is_some_and(|by| by <= now && slot.arrived.is_none() && !has_place);
        if too_late {
            return Some(Awaits::Arrival);
        }
        let of = |device: PublicKey| Heard::of(fold.authority(), heard, &device, now);
        let decider = match fold.decider(&key.ticket) {
            Some(Holding::Held(device)) => of(device),
            Some(Holding::InFlight { to, .. }) => return of(to).map(Awaits::Decider),
            None => None,
        };
        let Some(decider) = decider else {
            return Some(Awaits::Nobody);
        };
        let mut custodians = BTreeSet::new();
        for cell in holds.iter().filter_map(|hold| fold.cell_of(hold)) {
            match fold.custodian(&cell).map(|holding| of(holding.device())) {
                Some(Some(custodian)) => custodians.insert((custodian.at, custodian)),
                _ => return Some(Awaits::Nobody),
            };
        }
        let custodians: Vec<Heard> = custodians.into_iter().map(|(_, heard)| heard).collect();
        Some(if custodians.iter().all(|heard| *heard == decider) {
            Awaits::Decider(decider)
        } else {
            Awaits::Custodians {
                decider,
                custodians,
            }
        })
    }
}

/// Until when somebody is expected who has not said that they came: a grace after the start, or after they asked when
/// that was later, so that who sits down first and books then is not sent away. Nobody is expected at a locker.
pub(crate) fn expected_by<'h>(
    fold: &Fold,
    catalogue: &Catalogue,
    request: &Request,
    holds: impl Iterator<Item = &'h Hold>,
    now: CivilMinute,
) -> Option<CivilMinute> {
    if fold.document().family() != Some(Family::Ledger) {
        return None;
    }
    let stamp = fold
        .resolved()
        .tickets
        .get(&request.ticket)
        .map(|record| record.ticket.stamp)?;
    let (mut start, mut grace) = (None, 0);
    for hold in holds {
        let begins = hold.interval().start();
        start = Some(start.map_or(begins, |first: CivilMinute| first.min(begins)));
        let rules = catalogue.class_of(hold.unit).map(|class| &class.rules);
        grace = grace.max(rules.map_or(0, |rules| rules.grace_minutes));
    }
    // A clock that runs ahead must not put the grace off for ever.
    let asked = if request.claimed > now {
        stamp
    } else {
        request.claimed.max(stamp)
    };
    Some(start?.max(asked).saturating_plus(grace.into()))
}
