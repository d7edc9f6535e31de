//! What should be back and is not: a locker whose renter has not left, a computer that is still out. Its place is taken,
//! and whoever was promised it next is moved, or put first in line, before the others hear of it.

use super::Replica;
use crate::error::Error;
use crate::id::{StatementId, UnitId};
use crate::limits::STAMP_STEP;
use crate::resolve::{Cell, Holding};
use crate::statement::{Cause, Document, Family, Occupy, Vacate};
use crate::time::{CivilMinute, Interval, OfficeDay, Timestamp};
use std::collections::BTreeMap;

/// Minutes before the start of a booking at which it is moved when its thing is not back.
const TOUCHED: i32 = 15;
/// Minutes for which a thing that is late is taken to be out.
const AHEAD: i32 = 60;

impl Replica {
    /// States what is late in a document, and what is no longer.
    pub(super) fn tend_late(&mut self, now: Timestamp, document: Document) -> Result<(), Error> {
        if self.require_facts().is_err() || !self.clock.is_believed(now) {
            return Ok(());
        }
        let minute = self.civil(now)?;
        let today = Document::ledger_of(OfficeDay::of(minute, self.shelf.day_start()));
        if document.family() == Some(Family::Ledger) && document != today {
            return Ok(());
        }
        let late = self.late(document, minute);
        let stated = self.stated_late(document);
        for (unit, list) in &stated {
            if !late.contains_key(unit) && self.may_state(now, document, *unit)? {
                for (occupy, _) in list {
                    self.decide_that(now, document, Vacate { occupy: *occupy })?;
                }
            }
        }
        for (unit, interval) in late {
            let known = stated.get(&unit).into_iter().flatten();
            let reached = known.map(|(_, known)| known.end()).max();
            let start = reached.map_or(interval.start(), |end| end.max(interval.start()));
            let missing = Interval::new(start, interval.end());
            if let Ok(interval) = missing
                && self.may_state(now, document, unit)?
            {
                let cause = Cause::Late;
                self.decide_that(
                    now,
                    document,
                    Occupy {
                        unit,
                        interval,
                        cause,
                    },
                )?;
            }
        }
        Ok(())
    }

    /// Whoever has custody of the place says so; for a hub, which states no facts, the first of the front line.
    fn may_state(&self, now: Timestamp, document: Document, unit: UnitId) -> Result<bool, Error> {
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        let period = match document {
            Document::Storage(year) => i32::from(year),
            _ => today.get(),
        };
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let custodian = fold.and_then(|fold| fold.custodian(&Cell { unit, period }));
        let Some(Holding::Held(custodian)) = custodian else {
            return Ok(false);
        };
        let role = self
            .authority()
            .and_then(|authority| authority.device(&custodian));
        let speaker = match role.is_some_and(|device| device.role.states_facts()) {
            true => Some(custodian),
            false => self.stewards(now)?.front().first().copied(),
        };
        Ok(speaker == Some(self.key.public()))
    }

    /// Vacates what was said of a unit that is no longer late.
    pub(super) fn vacate_late(
        &mut self,
        now: Timestamp,
        document: Document,
        unit: UnitId,
    ) -> Result<(), Error> {
        if self.require_facts().is_err() {
            return Ok(());
        }
        let stated = self.stated_late(document).remove(&unit);
        for (occupy, _) in stated.into_iter().flatten() {
            self.decide_that(now, document, Vacate { occupy })?;
        }
        Ok(())
    }

    /// What was said to be late, by unit.
    fn stated_late(&self, document: Document) -> BTreeMap<UnitId, Vec<(StatementId, Interval)>> {
        let mut stated: BTreeMap<UnitId, Vec<(StatementId, Interval)>> = BTreeMap::new();
        let fold = self
            .shelf
            .ledger(document)
            .map(|ledger| ledger.fold.resolved());
        for (id, taken) in fold.into_iter().flat_map(|fold| &fold.occupations) {
            if taken.cause == Cause::Late && !taken.vacated {
                stated
                    .entry(taken.unit)
                    .or_default()
                    .push((*id, taken.interval));
            }
        }
        stated
    }

    /// What is late in a document, and for how long its place is taken by that.
    fn late(&self, document: Document, now: CivilMinute) -> BTreeMap<UnitId, Interval> {
        match document {
            Document::Storage(year) => self.late_rentals(year, now),
            _ => self.late_loans(document, now),
        }
    }

    /// Overdue rentals of this year, and of earlier ones: nobody else gets the place while the renter has not left.
    fn late_rentals(&self, year: u16, now: CivilMinute) -> BTreeMap<UnitId, Interval> {
        let mut late = BTreeMap::new();
        let Some(whole) = self
            .whole(Document::Storage(year))
            .filter(|_| year <= self.year_of(now))
        else {
            return late;
        };
        for document in self.shelf.ledgers.keys().copied() {
            if !matches!(document, Document::Storage(of) if of <= year) {
                continue;
            }
            for (id, confirmation) in self.standing_last(document) {
                let rental = self.rental(now, document, id, confirmation);
                let overdue = rental.filter(|rental| rental.step.is_overdue());
                for (unit, due) in overdue.into_iter().flat_map(|rental| {
                    let due = rental.due.unwrap_or(now);
                    rental.units.into_iter().map(move |unit| (unit, due))
                }) {
                    if let Ok(interval) = Interval::new(due.max(whole.start()), whole.end()) {
                        let known = late.entry(unit).or_insert(interval);
                        *known = if interval.start() < known.start() {
                            interval
                        } else {
                            *known
                        };
                    }
                }
            }
        }
        late
    }

    /// Things that are out today and should be elsewhere: back, or in the hands of whoever they were promised to.
    ///
    /// Each is taken as far as the bookings that it touches, and for the next hour; that is said again as time passes.
    fn late_loans(&self, document: Document, now: CivilMinute) -> BTreeMap<UnitId, Interval> {
        let start = self.shelf.day_start();
        let today = OfficeDay::of(now, start).interval(start);
        let soon = now.saturating_plus(TOUCHED);
        let ahead = now.floor_to(STAMP_STEP).saturating_plus(AHEAD);
        let mut late = BTreeMap::new();
        for out in self.things_out() {
            let from = if out.is_as_promised {
                out.due
            } else {
                out.since
            };
            if out.unit_is_rented || from >= soon || from >= today.end() {
                continue;
            }
            if out.is_as_promised && now < out.due {
                continue;
            }
            let promised = self
                .standing_last(document)
                .filter(|(_, of)| of.key != out.key);
            let holds = promised.flat_map(|(_, of)| of.holds.iter().map(|placed| placed.hold));
            let touched = holds.filter(|hold| {
                let time = hold.interval();
                hold.unit == out.unit && time.start() < soon.max(out.due) && time.end() > from
            });
            let until = touched.map(|hold| hold.interval().end()).max();
            let least = if out.is_as_promised {
                ahead
            } else {
                out.due.max(ahead)
            };
            let until = until.map_or(least, |until| until.max(least));
            let interval = Interval::new(from.max(today.start()), until.min(today.end()));
            late.extend(interval.ok().map(|interval| (out.unit, interval)));
        }
        late
    }
}
