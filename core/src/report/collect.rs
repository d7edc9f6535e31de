//! From what documents say to counts.

use super::EventCounts;
use super::tally::{Fate, Tally, Times};
use crate::id::{ClassId, StatementId, UnitId};
use crate::model::{Catalogue, CellSpan};
use crate::resolve::{ConfirmState as State, EventStage, Fold, SlotKey, SlotState};
use crate::statement::{Cause, Wish};
use crate::time::{CivilMinute, DayStart, Interval, Month, OfficeDay};
use chrono::Datelike;
use std::collections::{BTreeMap, BTreeSet};

const MINUTES_A_DAY: i32 = 1_440;

/// What one document says.
pub(crate) struct Source<'a> {
    /// It, resolved.
    pub(crate) fold: &'a Fold,
    /// What stands in it; a device also folds what it carries.
    pub(crate) recorded: &'a BTreeSet<StatementId>,
    /// When each confirmation was written down.
    pub(crate) confirmed_at: BTreeMap<StatementId, CivilMinute>,
}

/// A booking as far as it is counted.
struct Counts {
    fate: Fate,
    places: Vec<Wish>,
    /// Minutes from asking to the confirmation.
    waited: Option<i32>,
}

/// The counts of each class; of what is in no class any more, if there is any.
pub(super) fn collect(
    months: &[Month],
    catalogue: &Catalogue,
    day_start: DayStart,
    sources: &[Source<'_>],
) -> BTreeMap<Option<ClassId>, Tally> {
    let mut tallies: BTreeMap<Option<ClassId>, Tally> = BTreeMap::new();
    for class in catalogue.parts().classes.keys() {
        tallies.entry(Some(*class)).or_default();
    }
    for (unit, described) in &catalogue.parts().units {
        let tally = tallies.entry(Some(described.class)).or_default();
        for month in months {
            let minutes = bookable_minutes(catalogue, *unit, *month, day_start);
            tally.bookable_minutes = tally.bookable_minutes.saturating_add(minutes);
        }
    }
    let bookings = sources.iter().flat_map(|source| {
        let slots = source.fold.resolved().slots.iter();
        slots.filter_map(|(key, slot)| source.booking(key, slot))
    });
    for booking in bookings {
        let mut of_class: BTreeMap<Option<ClassId>, Vec<Wish>> = BTreeMap::new();
        for place in booking.places {
            let day = OfficeDay::of(place.interval.start(), day_start);
            if months.contains(&day.month()) {
                let class = catalogue.unit(place.unit).map(|unit| unit.class);
                of_class.entry(class).or_default().push(place);
            }
        }
        for (class, places) in of_class {
            let span = class.and_then(|class| Some(catalogue.class(class)?.cells));
            let tally = tallies.entry(class).or_default();
            tally.add(booking.fate, &places, booking.waited, span, day_start);
        }
    }
    tallies
}

/// The events that begin in those months.
pub(super) fn events(
    months: &[Month],
    catalogue: &Catalogue,
    day_start: DayStart,
    sources: &[Source<'_>],
) -> EventCounts {
    let mut counts = EventCounts::default();
    let add = |to: &mut u64, more: usize| {
        *to = to.saturating_add(u64::try_from(more).unwrap_or(u64::MAX));
    };
    for source in sources {
        for (key, event) in &source.fold.resolved().events {
            let of_report =
                |date: &&Interval| months.contains(&OfficeDay::of(date.start(), day_start).month());
            let recorded = |id: &StatementId| source.recorded.contains(id);
            let content = event
                .content()
                .filter(|(id, _)| event.approved.contains(id));
            let content = content.filter(|(id, _)| recorded(id));
            let Some((_, content)) =
                content.filter(|(_, it)| it.dates.iter().any(|d| of_report(&d)))
            else {
                continue;
            };
            let stage = source.fold.event_stage(key);
            if stage.is_none_or(EventStage::is_over) {
                add(&mut counts.called_off, 1);
                continue;
            }
            let dates = content.dates.iter().filter(of_report).count();
            add(&mut counts.held, 1);
            add(&mut counts.dates, dates);
            add(&mut counts.by_partners, content.partner.iter().count());
            if let Some(seats) = content.seats {
                let units = catalogue.parts().units.iter();
                let there = units.filter(|(id, unit)| seats.include(**id, unit.class));
                add(&mut counts.seats, there.count().saturating_mul(dates));
            }
        }
    }
    counts
}

fn bookable_minutes(catalogue: &Catalogue, unit: UnitId, month: Month, day_start: DayStart) -> u64 {
    let days = month.first_day().get()..month.next().first_day().get();
    let days = days.filter_map(|day| OfficeDay::new(i64::from(day)));
    let open = days.flat_map(|day| catalogue.bookable(unit, day, day_start));
    open.filter_map(|open| u64::try_from(open.minutes()).ok())
        .sum()
}

impl Source<'_> {
    /// What became of a booking; `None` when nothing was asked, or its holder moved to another document.
    fn booking(&self, key: &SlotKey, slot: &SlotState) -> Option<Counts> {
        let resolved = self.fold.resolved();
        let asked = slot
            .current()
            .filter(|asked| self.recorded.contains(&asked.id))?;
        let last = slot
            .last()
            .and_then(|id| Some((id, resolved.confirmations.get(&id)?)));
        let wished = || asked.request.options.first().cloned().unwrap_or_default();
        let Some((id, last)) = last else {
            let fate = match resolved.declined.get(&asked.id) {
                _ if slot.is_cancelled(asked.request.version) => Fate::Cancelled,
                Some(Cause::Cancelled) => Fate::Cancelled,
                Some(_) => Fate::Declined,
                None => Fate::Waiting,
            };
            return Some(Counts {
                fate,
                places: wished(),
                waited: None,
            });
        };
        let fate = match last.state {
            State::CheckedIn | State::Released(Cause::Ended) => Fate::Came,
            State::Live => Fate::Held,
            State::Released(Cause::NoShow) => Fate::NoShow,
            State::Released(Cause::Cancelled) => Fate::Cancelled,
            State::Moved | State::Released(Cause::Moved) => return None,
            State::Released(_) => Fate::Displaced,
        };
        let ticket = resolved.tickets.get(&key.ticket)?;
        let granted = slot.versions.get(&last.version)?;
        let since = granted.request.claimed.max(ticket.ticket.stamp);
        let at = self.confirmed_at.get(&id).filter(|_| fate.is_booked());
        Some(Counts {
            fate,
            places: last.holds.iter().map(|placed| placed.hold.wish()).collect(),
            waited: at.map(|at| at.minutes_since(since)),
        })
    }
}

impl Tally {
    fn add(
        &mut self,
        fate: Fate,
        places: &[Wish],
        waited: Option<i32>,
        span: Option<CellSpan>,
        day_start: DayStart,
    ) {
        let count = u64::try_from(places.len()).unwrap_or_default();
        self.of(fate).count(count);
        if fate.is_booked() {
            let minutes = places
                .iter()
                .filter_map(|place| u64::try_from(place.interval.minutes()).ok());
            self.booked_minutes = self.booked_minutes.saturating_add(minutes.sum());
            self.use_by.add(places, span, day_start);
            let step = match waited {
                Some(..=15) => Some(0),
                Some(..=60) => Some(1),
                Some(..=MINUTES_A_DAY) => Some(2),
                Some(_) => Some(3),
                None => None,
            };
            if let Some(step) = step.and_then(|step: usize| self.waited.get_mut(step)) {
                step.count(1);
            }
        } else if fate.is_unmet() {
            self.unmet_by.add(places, span, day_start);
        }
    }
}

impl Times {
    /// Counts one booking in every hour and on every weekday it is in, with as many places as it has there.
    fn add(&mut self, places: &[Wish], span: Option<CellSpan>, day_start: DayStart) {
        let mut hours = [0_u64; 24];
        let mut weekdays = [0_u64; 7];
        for place in places {
            let day = OfficeDay::of(place.interval.start(), day_start)
                .date()
                .weekday();
            tick(&mut weekdays, day.num_days_from_monday());
            if span != Some(CellSpan::Year) {
                for hour in hours_of(place.interval) {
                    tick(&mut hours, hour);
                }
            }
        }
        let counted = hours.iter().zip(&mut self.hours);
        for (places, counted) in counted.chain(weekdays.iter().zip(&mut self.weekdays)) {
            if *places > 0 {
                counted.count(*places);
            }
        }
    }
}

fn tick(counts: &mut [u64], index: u32) {
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    if let Some(count) = counts.get_mut(index) {
        *count = count.saturating_add(1);
    }
}

/// The hours of the clock that it touches, each once.
fn hours_of(interval: Interval) -> BTreeSet<u32> {
    let first = interval.start().get().div_euclid(60);
    let last = interval.end().get().saturating_sub(1).div_euclid(60);
    let hours = (first..=last).take(24);
    hours
        .filter_map(|hour| u32::try_from(hour.rem_euclid(24)).ok())
        .collect()
}
