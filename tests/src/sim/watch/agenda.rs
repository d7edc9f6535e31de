//! What people were told about their bookings.

use super::ladder::may_follow;
use super::taint::{is_tainted, rests_on};
use super::{Of, Watch};
use crate::sim::counts::Counts;
use crate::sim::op::Who;
use crate::sim::violation::Violation;
use allkontor_core::id::StatementId;
use allkontor_core::replica::{AgendaEntry, BookingId, Replica};
use allkontor_core::statement::Document;
use allkontor_core::time::{CivilMinute, DayStart, Interval, OfficeDay};
use allkontor_core::view::{Delivery, Stage, Status};
use std::collections::{BTreeMap, BTreeSet};

/// One booking as its owner last saw it.
pub(super) struct Line {
    status: Status,
    /// What it stood by.
    confirm: Option<StatementId>,
    /// Where it is filed, once it has a ticket.
    document: Option<Document>,
    /// The booking whose place it is to take once it is confirmed.
    instead_of: Option<BookingId>,
}

/// What people remember of their bookings.
pub(super) struct Asked<'a> {
    /// The times that each was asked for.
    pub(super) times: &'a BTreeMap<(Who, BookingId), BTreeSet<Interval>>,
    /// Those that their owners have changed since they last looked.
    pub(super) changed: &'a mut BTreeSet<(Who, BookingId)>,
}

impl Watch {
    /// Bookings go on from where they stood, none is lost, and nobody is sent where they did not ask to go.
    pub(super) fn agenda(
        &mut self,
        picture: &Replica,
        of: &Of<'_>,
        asked: &mut Asked<'_>,
        counts: &mut Counts,
    ) -> Result<(), Violation> {
        let agenda = picture.agenda();
        let lines = &self.seen.entry(of.who).or_default().agenda;
        let here: BTreeSet<BookingId> = agenda.iter().map(|entry| entry.booking).collect();
        // What is over is erased on phones too, once its month is dropped. A draft is filed where its times are.
        let missing = |(booking, line): &(&BookingId, &Line)| {
            let times = asked.times.get(&(of.who, **booking)).into_iter().flatten();
            let filed =
                times.map(|at| Document::ledger_of(OfficeDay::of(at.start(), DayStart::default())));
            let dropped =
                |document: Document| picture.authority().is_some_and(|a| a.is_dropped(document));
            !here.contains(booking) && !line.document.into_iter().chain(filed).any(dropped)
        };
        let gone = lines.iter().find(missing).map(|(booking, _)| booking);
        if let Some(gone) = gone {
            return Err(Violation::new(
                "a booking is gone",
                format!("{}: {gone}", of.name),
            ));
        }
        let mut told = Vec::new();
        for entry in &agenda {
            as_asked(entry, asked.times.get(&(of.who, entry.booking)), of)?;
            let Some(before) = lines.get(&entry.booking) else {
                told.push((entry.booking, None));
                continue;
            };
            if before.status == entry.status {
                continue;
            }
            let dropped = picture.slot_of(entry.booking).is_some_and(|(document, _)| {
                picture
                    .authority()
                    .is_some_and(|authority| authority.is_dropped(document))
            });
            let changed = asked.changed.contains(&(of.who, entry.booking));
            // What was asked for in another month instead has been confirmed since.
            let replaced = || {
                let mut others = agenda.iter();
                others.any(|other| {
                    let line = lines.get(&other.booking);
                    line.is_some_and(|line| line.instead_of == Some(entry.booking))
                        && last(picture, other).is_some()
                })
            };
            let excused =
                || dropped || changed || replaced() || is_excused(picture, entry, before, of);
            if !may_follow(&before.status, &entry.status) && !excused() {
                let (what, was, is) = (entry.booking, &before.status, &entry.status);
                let how = format!("{}: {what} was {was:?} and is {is:?}", of.name);
                return Err(Violation::new("a booking went back", how));
            }
            count(&before.status, &entry.status, counts);
            told.push((entry.booking, Some(before.status.clone())));
        }
        asked.changed.retain(|(who, _)| *who != of.who);
        for (booking, before) in told {
            let now = agenda
                .iter()
                .find(|entry| entry.booking == booking)
                .map(|entry| &entry.status);
            self.note(|| {
                let (before, now) = (before.as_ref().map(short), now.map(short));
                let before = before.map_or(String::new(), |before| format!("{before} → "));
                format!(
                    "{}'s {booking}: {before}{}",
                    of.name,
                    now.unwrap_or_default()
                )
            });
        }
        let lines = agenda.into_iter().map(|entry| {
            let confirm = last(picture, &entry);
            let document = picture.slot_of(entry.booking).map(|(document, _)| document);
            let status = entry.status;
            (
                entry.booking,
                Line {
                    status,
                    confirm,
                    document,
                    instead_of: entry.instead_of,
                },
            )
        });
        let lines = lines.collect();
        self.seen.entry(of.who).or_default().agenda = lines;
        Ok(())
    }
}

/// A booking's last confirmation.
fn last(picture: &Replica, entry: &AgendaEntry) -> Option<StatementId> {
    let (document, key) = picture.slot_of(entry.booking)?;
    picture.fold(document)?.resolved().slots.get(&key)?.last()
}

/// Whether what it stood by may have been void, or, when it stood by nothing, whoever refused it.
fn is_excused(picture: &Replica, entry: &AgendaEntry, before: &Line, of: &Of<'_>) -> bool {
    let document = picture.slot_of(entry.booking).map(|(document, _)| document);
    let Some(fold) = document.and_then(|document| picture.fold(document)) else {
        return false;
    };
    match before.confirm {
        Some(confirm) => is_tainted(&rests_on(fold, confirm), fold, of),
        None => {
            let mut devices = fold.authority().devices().iter();
            devices.any(|(key, known)| known.revoked.is_some() || of.faithless.contains(key))
        }
    }
}

fn as_asked(
    entry: &AgendaEntry,
    times: Option<&BTreeSet<Interval>>,
    of: &Of<'_>,
) -> Result<(), Violation> {
    let Some(times) = times.filter(|_| entry.status.stage.stands()) else {
        return Ok(());
    };
    let holds = entry.status.stage.holds();
    let is_asked = |had: Interval| {
        times
            .iter()
            .any(|asked| is_all_or_a_years_part(had, *asked))
    };
    match holds.iter().find(|hold| !is_asked(hold.interval())) {
        None => Ok(()),
        Some(hold) => {
            let how = format!(
                "{}: {} has {hold:?}, asked for {times:?}",
                of.name, entry.booking
            );
            Err(Violation::new(
                "a booking is confirmed for a time nobody asked for",
                how,
            ))
        }
    }
}

/// A rental over the turn of a year is filed in both, and each year confirms its part.
fn is_all_or_a_years_part(had: Interval, asked: Interval) -> bool {
    let is_turn = |minute: CivilMinute| minute.to_string().ends_with("-01-01T04:00");
    asked.contains(had)
        && (had.start() == asked.start() || is_turn(had.start()))
        && (had.end() == asked.end() || is_turn(had.end()))
}

fn count(before: &Status, after: &Status, counts: &mut Counts) {
    let what = match (&before.stage, &after.stage) {
        (Stage::Waiting { .. }, Stage::Confirmed { .. }) => "promotions",
        (Stage::Withdrawn { .. }, Stage::Confirmed { .. }) => "withdrawn and given another place",
        (_, Stage::Withdrawn { .. }) => "withdrawn",
        (_, Stage::Declined { .. }) => "declined",
        (_, Stage::Waiting { .. }) => "waiting",
        (_, Stage::Alternative { .. }) => "alternatives",
        (_, Stage::Confirmed { .. }) => "told confirmed",
        _ => return,
    };
    counts.add(what, 1);
}

fn short(status: &Status) -> String {
    let delivery = match status.delivery {
        Delivery::Draft => "draft",
        Delivery::Carried => "carried",
        Delivery::Received => "received",
    };
    let holds = status.stage.holds().iter();
    let holds: Vec<String> = holds
        .map(|hold| format!("{} {}", hold.unit.0, hold.interval()))
        .collect();
    let stage = format!("{:?}", status.stage);
    let stage = stage.split(' ').next().unwrap_or_default().to_lowercase();
    format!("{delivery} {stage} {}", holds.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(start: &str, end: &str) -> Interval {
        Interval::new(start.parse().unwrap(), end.parse().unwrap()).unwrap()
    }

    #[test]
    fn only_the_turn_of_a_year_divides_what_was_asked_for() {
        let asked = interval("2026-12-24T00:30", "2027-01-02T00:30");
        let had = |start, end| is_all_or_a_years_part(interval(start, end), asked);
        assert!(had("2026-12-24T00:30", "2027-01-02T00:30"));
        assert!(had("2026-12-24T00:30", "2027-01-01T04:00"));
        assert!(had("2027-01-01T04:00", "2027-01-02T00:30"));
        assert!(!had("2026-12-24T00:30", "2027-01-01T03:00"));
        assert!(!had("2026-12-24T00:00", "2027-01-01T04:00"));
    }
}
