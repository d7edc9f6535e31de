//! Bookings, busy times and hours as iCalendar: files for calendars, and feeds that they can follow.

use crate::words::Words;
use crate::{AllkontorError, Device};
use allkontor_core::device::{Device as Engine, DeviceError};
use allkontor_core::error::Error;
use allkontor_core::id::{OfficeId, UnitId};
use allkontor_core::model::{CellSpan, Closure, Exception};
use allkontor_core::replica::{
    AgendaEntry, Appointment, AppointmentState, BookingId, BusyState, BusyTime, EventEntry,
    Replica, SeriesId,
};
use allkontor_core::resolve::EventStage;
use allkontor_core::time::{Interval, OfficeDay, Timestamp};
use allkontor_interchange::ics::{Calendar, Event, Status, Uid, When};
use std::collections::BTreeMap;

/// Days that a feed has at most: a year, and then some.
const MOST_DAYS: u32 = 400;

#[uniffi::export]
impl Device {
    /// One of this device's bookings as an iCalendar file, with texts in a language; none when there is no such booking, or
    /// when the office has not given it a ticket yet.
    ///
    /// Its UID stays whatever becomes of it and its SEQUENCE rises, so that a calendar that has it takes a later file as
    /// news of the same event, also that it is cancelled.
    pub fn booking_ics(
        &self,
        now: Timestamp,
        booking: BookingId,
        language: String,
    ) -> Result<Option<Vec<u8>>, AllkontorError> {
        self.with(|engine| {
            let writer = Writer::new(engine, language)?;
            let replica = engine.picture()?;
            let series = writer.firsts(replica);
            let entry = replica.booking(booking);
            let event = entry.and_then(|entry| writer.booking(replica, &series, entry));
            let name = writer.words.say_my_calendar();
            Ok(event
                .map(|event| writer.write(replica, name, vec![event], now))
                .transpose()?)
        })
    }

    /// All of this device's bookings as one iCalendar feed, with texts in a language. What was cancelled, refused or given
    /// back stays in it as such. It is the person's own: whoever sees it sees where they are.
    pub fn agenda_ics(&self, now: Timestamp, language: String) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| {
            let writer = Writer::new(engine, language)?;
            let replica = engine.picture()?;
            let series = writer.firsts(replica);
            let entries = replica.agenda().into_iter();
            let events = entries.filter_map(|entry| writer.booking(replica, &series, entry));
            let (name, events) = (writer.words.say_my_calendar(), events.collect());
            Ok(writer.write(replica, name, events, now)?)
        })
    }

    /// When a unit is taken in `days` days from `first` on, at most 400, as an iCalendar feed; never by whom. Texts are in a
    /// language.
    pub fn unit_ics(
        &self,
        now: Timestamp,
        unit: UnitId,
        first: OfficeDay,
        days: u32,
        language: String,
    ) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| {
            let writer = Writer::new(engine, language)?;
            let replica = engine.picture()?;
            let catalogue = replica
                .catalogue()
                .ok_or(DeviceError::from(Error::NoCatalogue))?;
            if catalogue.unit(unit).is_none() {
                let detail = format!("{unit} is not in the catalogue");
                return Err(AllkontorError::argument("no_such_unit", detail));
            }
            let within = span(replica, first, days);
            let shut = |closure: &Closure| closure.unit.is_none_or(|closed| closed == unit);
            let mut events = writer.hours(replica, first, days, shut);
            let busy = replica.busy_times(Some(unit), within).into_iter();
            events.extend(busy.map(|time| writer.busy(time)));
            let name = writer.words.say_unit_calendar(unit);
            Ok(writer.write(replica, name, events, now)?)
        })
    }

    /// What everybody may know of `days` days from `first` on, at most 400, as an iCalendar feed to be put on the web: when
    /// units are taken, the programme, what is closed, and dates with hours of their own; never who. Rentals are left out. Texts are in a
    /// language.
    pub fn office_ics(
        &self,
        now: Timestamp,
        first: OfficeDay,
        days: u32,
        language: String,
    ) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| {
            let writer = Writer::new(engine, language)?;
            let replica = engine.picture()?;
            let catalogue = replica
                .catalogue()
                .ok_or(DeviceError::from(Error::NoCatalogue))?;
            let within = span(replica, first, days);
            let mut events = writer.hours(replica, first, days, |_| true);
            let rented = |unit| {
                let class = catalogue.class_of(unit);
                class.is_some_and(|class| class.cells == CellSpan::Year)
            };
            let busy = replica.busy_times(None, within).into_iter();
            let busy = busy.filter(|time| !rented(time.unit));
            events.extend(busy.map(|time| writer.busy(time)));
            let programme = replica.programme(within);
            events.extend(programme.iter().flat_map(|event| writer.event(event)));
            let name = writer.words.say_office();
            Ok(writer.write(replica, name, events, now)?)
        })
    }
}

fn span(replica: &Replica, first: OfficeDay, days: u32) -> Interval {
    let days = i32::try_from(days.clamp(1, MOST_DAYS)).unwrap_or(1);
    let start = replica.day_start();
    let (first, last) = (first.interval(start), first.plus(days.saturating_sub(1)));
    Interval::new(first.start(), last.interval(start).end()).unwrap_or(first)
}

/// Puts what the engine knows into events, in one language.
struct Writer {
    office: OfficeId,
    words: Words,
    language: String,
    version: u32,
}

impl Writer {
    fn new(engine: &mut Engine, language: String) -> Result<Self, AllkontorError> {
        let catalogue = engine.catalogue()?;
        let words = Words::of(language, catalogue);
        Ok(Self {
            office: engine.office(),
            language: words.tag()?,
            words,
            version: engine.catalogue_version()?.unwrap_or_default(),
        })
    }

    fn write(
        &self,
        replica: &Replica,
        name: String,
        events: Vec<Event>,
        now: Timestamp,
    ) -> Result<Vec<u8>, DeviceError> {
        let calendar = Calendar {
            name,
            language: self.language.clone(),
            zone: replica.zone()?,
            events,
        };
        Ok(calendar.to_bytes(now))
    }

    /// The first date of each series that others know.
    fn firsts(&self, replica: &Replica) -> BTreeMap<SeriesId, Uid> {
        let entries = replica.agenda().into_iter();
        let dates = entries.filter_map(|entry| {
            let uid = Uid::of_booking(&self.office, &entry.key?);
            Some((entry.series?, uid))
        });
        // The first of equal keys is to stay.
        let mut dates: Vec<_> = dates.collect();
        dates.reverse();
        dates.into_iter().collect()
    }

    fn booking(
        &self,
        replica: &Replica,
        series: &BTreeMap<SeriesId, Uid>,
        entry: AgendaEntry,
    ) -> Option<Event> {
        let (document, key) = replica.slot_of(entry.booking)?;
        let Appointment {
            state,
            wishes,
            sequence,
            ..
        } = replica.appointment(document, &key)?;
        let start = wishes.iter().map(|wish| wish.interval.start()).min()?;
        let end = wishes.iter().map(|wish| wish.interval.end()).max()?;
        let mut units: Vec<UnitId> = wishes.iter().map(|wish| wish.unit).collect();
        units.sort_unstable();
        units.dedup();
        let status = match state {
            AppointmentState::Tentative => Status::Tentative,
            AppointmentState::Confirmed => Status::Confirmed,
            AppointmentState::Cancelled => Status::Cancelled,
        };
        let uid = Uid::of_booking(&self.office, &key);
        let when = When::Minutes(Interval::new(start, end).ok()?);
        let first = entry.series.and_then(|series_id| series.get(&series_id));
        Some(Event {
            sequence,
            description: self.words.say_booking(entry.status),
            location: self.words.say_location(&units),
            sibling: first.copied().filter(|first| *first != uid),
            ..Event::new(uid, when, status, self.words.say_places(&units))
        })
    }

    /// A busy time takes nobody's time who only looks at it.
    fn busy(&self, time: BusyTime) -> Event {
        let (status, summary) = match time.state {
            BusyState::Taken => (Status::Confirmed, self.words.say_taken(time.unit)),
            BusyState::Closed => (Status::Confirmed, self.words.say_shut(Some(time.unit))),
            BusyState::Free => (Status::Cancelled, self.words.say_freed(time.unit)),
        };
        let uid = Uid::of_busy_time(&self.office, time.unit, time.interval.start());
        Event {
            sequence: time.sequence,
            location: self.words.say_location(&[time.unit]),
            takes_time: false,
            ..Event::new(uid, When::Minutes(time.interval), status, summary)
        }
    }

    /// Each date of an event. One that is called off stays in the feed as such.
    fn event(&self, event: &EventEntry) -> Vec<Event> {
        let status = match event.stage {
            EventStage::Open => Status::Confirmed,
            EventStage::Proposed | EventStage::Approved => Status::Tentative,
            EventStage::Withdrawn | EventStage::CalledOff(_) => Status::Cancelled,
        };
        let dates = event.dates.iter().map(|date| {
            let uid = Uid::of_event(&self.office, &event.key, date.interval.start());
            let when = When::Minutes(date.interval);
            Event {
                sequence: event.sequence,
                description: event.text.clone().unwrap_or_default(),
                location: self.words.say_location(&event.rooms),
                takes_time: false,
                ..Event::new(uid, when, status, self.words.say_title(event.title()))
            }
        });
        dates.collect()
    }

    /// Dates with hours of their own, and what the catalogue closes. Their SEQUENCE is the catalogue's version.
    fn hours(
        &self,
        replica: &Replica,
        first: OfficeDay,
        days: u32,
        shut: impl Fn(&Closure) -> bool,
    ) -> Vec<Event> {
        let Some(catalogue) = replica.catalogue() else {
            return Vec::new();
        };
        let within = span(replica, first, days);
        let last = first.plus(i32::try_from(days.clamp(1, MOST_DAYS)).unwrap_or(1) - 1);
        let (parts, location) = (catalogue.parts(), self.words.say_location(&[]));
        let exceptions = parts.hours.exceptions.iter();
        let exceptions = exceptions.filter(|exception| (first..=last).contains(&exception.day));
        let mut events: Vec<Event> = exceptions
            .map(|Exception { day, hours, note }| {
                let uid = Uid::of_exception(&self.office, *day);
                let (first, last) = (*day, *day);
                let summary = self.words.say_open(hours);
                Event {
                    sequence: self.version,
                    description: self.words.say_text(note),
                    location: location.clone(),
                    takes_time: false,
                    ..Event::new(uid, When::Days { first, last }, Status::Confirmed, summary)
                }
            })
            .collect();
        let mut closures: Vec<&Closure> = parts.closures.iter().collect();
        closures.sort_unstable();
        // Of two that start together the longer says all.
        closures.reverse();
        closures.dedup_by_key(|closure| (closure.unit, closure.interval.start()));
        closures.retain(|closure| closure.interval.overlaps(within) && shut(closure));
        events.extend(closures.into_iter().rev().map(|closure| {
            let uid = Uid::of_closure(&self.office, closure.unit, closure.interval.start());
            let units: Vec<UnitId> = closure.unit.into_iter().collect();
            let (when, summary) = (
                When::Minutes(closure.interval),
                self.words.say_shut(closure.unit),
            );
            Event {
                sequence: self.version,
                description: self.words.say_text(&closure.reason),
                location: self.words.say_location(&units),
                takes_time: false,
                ..Event::new(uid, when, Status::Confirmed, summary)
            }
        }));
        events
    }
}
