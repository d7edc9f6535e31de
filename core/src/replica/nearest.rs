//! What is near and free, for whoever was refused.

use super::{BookingId, Replica};
use crate::command::{Book, What};
use crate::error::Error;
use crate::id::UnitId;
use crate::model::{Ask, starts_near};
use crate::time::{Interval, OfficeDay, Timestamp};
use crate::view::Entry;
use std::collections::BTreeMap;

/// Times that are answered with.
const SHOWN: usize = 3;

/// What must be free at a near time: so many of these units.
pub(super) struct Near {
    units: Vec<UnitId>,
    count: usize,
    party: u16,
}

impl Replica {
    /// What a wish needs.
    pub(super) fn near(&self, book: &Book) -> Result<Near, Error> {
        let catalogue = self.require_catalogue()?;
        let (units, count) = match book.what() {
            What::Unit(unit) => (vec![unit], 1),
            What::Places { class, count } => {
                (catalogue.matching(class, book.needs()), count.into())
            }
            What::Together(composite) => {
                let units = catalogue.expand(composite).unwrap_or_default();
                let all = units.len();
                (units, all)
            }
        };
        let party = book.people();
        Ok(Near {
            units,
            count,
            party,
        })
    }

    /// What a booking has, or asks for.
    pub(super) fn near_to(&self, booking: BookingId) -> Near {
        let plan = self.wallet.entry(booking).and_then(|entry| entry.plan());
        let party = plan.as_ref().map_or(1, |plan| plan.party);
        let mut units: Vec<UnitId> = self.holding(booking).iter().map(|hold| hold.unit).collect();
        if units.is_empty() {
            let option = plan.and_then(|plan| plan.options.into_iter().next());
            let wishes = option.unwrap_or_default();
            units = wishes.iter().map(|wish| wish.unit).collect();
        }
        Near {
            count: units.len(),
            units,
            party,
        }
    }

    /// The nearest times of that day, as long as `wanted`, that no rule forbids and nobody is known or expected to
    /// have. `own` stands in nobody's way: the entries of the booking that is to be there.
    pub(super) fn nearest(
        &self,
        now: Timestamp,
        near: &Near,
        wanted: Interval,
        own: &[Entry],
    ) -> Result<Vec<Interval>, Error> {
        let (catalogue, moment) = (self.require_catalogue()?, self.moment(now)?);
        let day = OfficeDay::of(wanted.start(), moment.day_start);
        let mut free: BTreeMap<Interval, usize> = BTreeMap::new();
        for unit in &near.units {
            let Some(rules) = catalogue.class_of(*unit).map(|class| &class.rules) else {
                continue;
            };
            let open = catalogue.bookable(*unit, day, moment.day_start);
            let taken = self.day_of(*unit, day).into_iter();
            let busy: Vec<Interval> = taken
                .filter(|entry| !own.contains(entry))
                .filter_map(|entry| {
                    // What would be held keeps a distance of its own.
                    let start = entry.blocked.start();
                    let end = entry.blocked.end();
                    let start = start.saturating_plus(-i32::from(rules.after));
                    Interval::new(start, end.saturating_plus(rules.before.into())).ok()
                })
                .collect();
            for interval in starts_near(wanted, &open, &busy, rules.raster) {
                let ask = Ask {
                    unit: *unit,
                    interval,
                    party: near.party,
                };
                if catalogue.check_hold(&moment, &ask).is_ok() {
                    let units = free.entry(interval).or_default();
                    *units = units.saturating_add(1);
                }
            }
        }
        let enough = free.into_iter().filter(|(_, units)| *units >= near.count);
        let mut times: Vec<Interval> = enough.map(|(time, _)| time).collect();
        times.sort_by_key(|time| {
            let distance = time.start().minutes_since(wanted.start()).unsigned_abs();
            (distance, time.start())
        });
        times.truncate(SHOWN);
        Ok(times)
    }

    /// What a booking itself takes, or is expected to.
    pub(super) fn own(&self, booking: BookingId) -> Vec<Entry> {
        let found = self.slot_of(booking).and_then(|(document, key)| {
            let ledger = self.shelf.ledger(document)?;
            Some(ledger.view()?.own(&ledger.fold, &key))
        });
        found.unwrap_or_default()
    }
}
