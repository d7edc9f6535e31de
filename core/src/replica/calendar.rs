//! What calendars show: a booking as an event, and when units are taken. Never by whom.

use super::Replica;
use crate::id::UnitId;
use crate::resolve::{ConfirmState, Confirmation, SlotKey};
use crate::statement::{Cause, Document, Wish};
use crate::time::{CivilMinute, Interval, OfficeDay};
use crate::view::Stage;
use std::collections::BTreeMap;

/// A booking as a calendar shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Its ticket and slot.
    pub key: SlotKey,
    /// Whether it takes place.
    pub state: AppointmentState,
    /// Where and when: what is held; what was held last, when it was given back; what is asked for, when nothing ever was.
    pub wishes: Vec<Wish>,
    /// Rises with every request, cancellation and decision, and is equal on all devices with the same statements.
    pub sequence: u32,
}

/// Whether an appointment takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppointmentState {
    /// Asked for, and nobody has decided.
    Tentative,
    /// Promised, or over.
    Confirmed,
    /// Withdrawn, refused or given back.
    Cancelled,
}

/// A time at which a unit is taken, or was to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusyTime {
    /// The unit.
    pub unit: UnitId,
    /// When, buffers not included.
    pub interval: Interval,
    /// By what, if it is taken.
    pub state: BusyState,
    /// Rises with every decision about that unit and start, and is equal on all devices with the same statements.
    pub sequence: u32,
}

/// Why a unit is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BusyState {
    /// It was given back: nobody starts there at that minute any more.
    Free,
    /// Staff have closed it.
    Closed,
    /// Somebody has it.
    Taken,
}

impl Replica {
    /// A booking as a calendar shows it; `None` when its request is not known here.
    pub fn appointment(&self, document: Document, key: &SlotKey) -> Option<Appointment> {
        let fold = &self.shelf.ledger(document)?.fold;
        let resolved = fold.resolved();
        let slot = resolved.slots.get(key)?;
        let status = self.status(document, key);
        let held: Vec<Wish> = status.holding.iter().map(|hold| hold.wish()).collect();
        let last = slot
            .last()
            .and_then(|last| resolved.confirmations.get(&last));
        let asked = || {
            let current = slot.current()?;
            current.request.options.first().cloned()
        };
        let (state, wishes) = match status.stage {
            Stage::Cancelled | Stage::Moved | Stage::Declined { .. } => (
                AppointmentState::Cancelled,
                last.map(wishes).or_else(asked)?,
            ),
            Stage::Released { cause } if cause != Cause::Ended => (
                AppointmentState::Cancelled,
                last.map(wishes).or_else(asked)?,
            ),
            Stage::Released { .. } => (
                AppointmentState::Confirmed,
                last.map(wishes).or_else(asked)?,
            ),
            // What is held is certain, whatever is asked for instead.
            _ if !held.is_empty() => (AppointmentState::Confirmed, held),
            _ => (AppointmentState::Tentative, asked()?),
        };
        Some(Appointment {
            key: *key,
            state,
            wishes,
            sequence: fold.sequence(key),
        })
    }

    /// When units are taken, or were to be, by unit and start: what touches `within`, of one unit or of all.
    ///
    /// Promised times and what is physically taken count; what is only expected does not. What is given back stays in the
    /// list as free, so that whoever took note of it hears of it.
    pub fn busy_times(&self, unit: Option<UnitId>, within: Interval) -> Vec<BusyTime> {
        let mut times: BTreeMap<(UnitId, CivilMinute), Busy> = BTreeMap::new();
        let is_asked = |of: UnitId, interval: Interval| {
            unit.is_none_or(|unit| unit == of) && interval.overlaps(within)
        };
        let start = self.shelf.day_start();
        let first = OfficeDay::of(within.start(), start);
        let last = OfficeDay::of(within.end().saturating_plus(-1), start);
        let documents = self
            .shelf
            .ledgers
            .iter()
            .filter(|(document, _)| match document {
                Document::Ledger(month) => (first.month()..=last.month()).contains(month),
                Document::Storage(year) => (first.year()..=last.year()).contains(year),
                Document::Authority
                | Document::Till(_)
                | Document::People(_)
                | Document::Commons(_)
                | Document::Roster(_)
                | Document::Other { .. } => false,
            });
        for (_, ledger) in documents {
            let resolved = ledger.fold.resolved();
            for confirmation in resolved.confirmations.values() {
                let again = matches!(
                    confirmation.state,
                    ConfirmState::Released(_) | ConfirmState::Moved
                );
                for placed in &confirmation.holds {
                    let (unit, interval) = (placed.hold.unit, placed.hold.interval());
                    if is_asked(unit, interval) {
                        let state = if placed.blocks {
                            BusyState::Taken
                        } else {
                            BusyState::Free
                        };
                        let busy = times.entry((unit, interval.start())).or_default();
                        busy.note(state, interval, again);
                    }
                }
            }
            for occupation in resolved.occupations.values() {
                let (unit, interval) = (occupation.unit, occupation.interval);
                if is_asked(unit, interval) {
                    let state = match occupation.cause {
                        _ if occupation.vacated => BusyState::Free,
                        Cause::Closed => BusyState::Closed,
                        _ => BusyState::Taken,
                    };
                    let busy = times.entry((unit, interval.start())).or_default();
                    busy.note(state, interval, occupation.vacated);
                }
            }
        }
        let times = times.into_iter();
        times
            .filter_map(|((unit, start), busy)| {
                let (state, end) = busy.latest?;
                Some(BusyTime {
                    unit,
                    interval: Interval::new(start, end).ok()?,
                    state,
                    sequence: busy.said.saturating_sub(1),
                })
            })
            .collect()
    }
}

fn wishes(confirmation: &Confirmation) -> Vec<Wish> {
    let holds = confirmation.holds.iter();
    holds.map(|placed| placed.hold.wish()).collect()
}

/// What is known of one unit from one minute on.
#[derive(Clone, Copy, Debug, Default)]
struct Busy {
    /// The strongest that holds, and until when.
    latest: Option<(BusyState, CivilMinute)>,
    said: u32,
}

impl Busy {
    fn note(&mut self, state: BusyState, interval: Interval, again: bool) {
        self.latest = self.latest.max(Some((state, interval.end())));
        self.said = self.said.saturating_add(if again { 2 } else { 1 });
    }
}
