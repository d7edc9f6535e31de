//! What visitors do, and what they see. All of it works with no network.

use crate::desk::Allowance;
use crate::ids::{Interval, each};
use crate::rule::Rule;
use crate::status::{Booking, Cause};
use crate::{AllkontorError, Device, page};
use allkontor_core::command::{Book, ChangeError, DateOutcome as Outcome};
use allkontor_core::device::DeviceError;
use allkontor_core::error::Error;
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::{self, CompositeId};
use allkontor_core::replica::BookingId;
use allkontor_core::series::Series;
use allkontor_core::time::{CivilMinute, Interval as Span, OfficeDay, Timestamp};
use allkontor_core::view;

/// What somebody wants to book, and when.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Wanted {
    /// What.
    pub what: What,
    /// When: one date, or those of a series, each a request of its own. `repeat_dates` writes a series out.
    pub dates: Vec<Interval>,
    /// Other times that would do on the first date, the preferred first. They move with the dates of a series.
    #[uniffi(default = [])]
    pub alternatives: Vec<Interval>,
    /// Features it must have.
    #[uniffi(default = [])]
    pub needs: Vec<FeatureId>,
    /// How many people come.
    #[uniffi(default = 1)]
    pub party: u16,
}

/// What is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum What {
    /// One unit, or its equal at the same time.
    UnitOrEqual {
        /// The unit.
        unit: UnitId,
    },
    /// This unit and no other.
    ExactlyUnit {
        /// The unit.
        unit: UnitId,
    },
    /// Any units of a class, all at once or none.
    Places {
        /// The class.
        class_id: ClassId,
        /// How many units, at least 1.
        count: u16,
    },
    /// What the catalogue books together: a whole room, a room with its projector.
    Together {
        /// Which.
        bundle: CompositeId,
    },
}

/// What came of one date. A clash on one date does not stop the others.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum DateOutcome {
    /// Asked for; the agenda says how it stands.
    Requested {
        /// Its number on this device.
        booking: BookingId,
        /// The date.
        interval: Interval,
    },
    /// A rule of the office forbids it.
    Refused {
        /// Which, and what would do.
        refusal: Refusal,
    },
}

/// A date that a rule forbids.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Refusal {
    /// The date asked for.
    pub interval: Interval,
    /// The rule.
    pub rule: Rule,
    /// The rule's stable number.
    pub number: u16,
    /// The nearest times that the rules and what is known leave free.
    pub nearest: Vec<Interval>,
}

/// What came of moving or extending.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum ChangeOutcome {
    /// Asked for. What is held stays held until the office confirms the new wish.
    Requested,
    /// A rule of the office forbids it; the booking is as it was.
    Refused {
        /// The rule.
        rule: Rule,
        /// The rule's stable number.
        number: u16,
    },
}

/// A unit that is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct FreeUnit {
    /// The unit.
    pub unit: UnitId,
    /// Features beyond those needed; those with fewest come first.
    pub surplus: u32,
    /// Undecided bookings that others hope to have there.
    pub expected: u32,
    /// Whether it is for those alone whom the staff have shown round.
    pub introduced_only: bool,
}

/// A time at which a unit is taken, or expected to be; never by whom.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Record)]
pub struct DayEntry {
    /// The unit.
    pub unit: UnitId,
    /// When people are there.
    pub interval: Interval,
    /// What it keeps others out of, buffers included.
    pub blocked: Interval,
    /// How sure it is.
    pub kind: EntryKind,
}

/// How sure it is that a unit is taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum EntryKind {
    /// Promised.
    Confirmed,
    /// Promised, and the person came.
    CheckedIn,
    /// The booking moved elsewhere; the place is not given back yet.
    Leaving,
    /// Physically taken.
    Occupied {
        /// Why.
        cause: Cause,
    },
    /// Asked for and not decided.
    Expected,
}

#[uniffi::export]
impl Device {
    /// Books, with no network if there is none: one outcome a date, in order.
    pub fn book(&self, now: Timestamp, wanted: Wanted) -> Result<Vec<DateOutcome>, AllkontorError> {
        let book = Book::try_from(wanted)?;
        let booked = self.with(|engine| Ok(engine.book(now, book)?))?;
        Ok(each(booked.dates))
    }

    /// The dates of a series: `first` again and again by an RRULE value (RFC 5545; daily, weekly or monthly) such as
    /// `FREQ=WEEKLY;BYDAY=TU;COUNT=12`, less those that start on the days `except`. At most 60.
    pub fn repeat_dates(
        &self,
        first: Interval,
        rrule: String,
        except: Vec<OfficeDay>,
    ) -> Result<Vec<Interval>, AllkontorError> {
        let first = Span::try_from(first)?;
        let zone = self.with(|engine| Ok(engine.zone()?))?;
        let series = Series::from_rrule(first, &rrule, zone)
            .map_err(|error| AllkontorError::argument("not_a_series", error))?;
        let except = except.into_iter().map(OfficeDay::date);
        let dates = series.without(except).expand();
        let dates = dates.map_err(|error| AllkontorError::argument("series_too_long", error))?;
        Ok(each(dates))
    }

    /// Withdraws a booking.
    pub fn cancel(&self, now: Timestamp, booking: BookingId) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.cancel(now, booking)?))
    }

    /// Asks for another time or place instead; the first date of `to` counts.
    pub fn move_to(
        &self,
        now: Timestamp,
        booking: BookingId,
        to: Wanted,
    ) -> Result<ChangeOutcome, AllkontorError> {
        let book = Book::try_from(to)?;
        self.with(|engine| changed(engine.move_to(now, booking, book)))
    }

    /// Asks to stay until `end`, longer or shorter, in the same place.
    pub fn extend(
        &self,
        now: Timestamp,
        booking: BookingId,
        end: CivilMinute,
    ) -> Result<ChangeOutcome, AllkontorError> {
        self.with(|engine| changed(engine.extend(now, booking, end)))
    }

    /// "I am here."
    pub fn arrive(&self, now: Timestamp, booking: BookingId) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.arrive(now, booking)?))
    }

    /// What is left of this person's share of a class for a booking on `day`, as far as is known here.
    pub fn own_allowances(
        &self,
        now: Timestamp,
        class_id: ClassId,
        day: OfficeDay,
    ) -> Result<Vec<Allowance>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.own_allowances(now, class_id, day)?))?;
        Ok(each(found))
    }

    /// This device's bookings, in the order in which they were made.
    pub fn agenda(
        &self,
        after: Option<BookingId>,
        limit: u32,
    ) -> Result<Vec<Booking>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.agenda_page(after, page(limit))?))?;
        Ok(each(found))
    }

    /// One of this device's bookings; none when there is no such booking.
    pub fn booking(&self, booking: BookingId) -> Result<Option<Booking>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.booking(booking)?))?;
        Ok(found.map(Booking::from))
    }

    /// Units free for the whole time, fewest surplus features first. At most as many as the catalogue has.
    pub fn free(
        &self,
        class_id: Option<ClassId>,
        needs: Vec<FeatureId>,
        interval: Interval,
    ) -> Result<Vec<FreeUnit>, AllkontorError> {
        let at = Span::try_from(interval)?;
        let needs = needs.into_iter().collect();
        let found = self.with(|engine| Ok(engine.free(class_id, &needs, at)?))?;
        Ok(each(found))
    }

    /// When any unit is taken on a day, or expected to be, by unit, then by time. `after`: the last entry of the page
    /// before.
    pub fn day(
        &self,
        day: OfficeDay,
        after: Option<DayEntry>,
        limit: u32,
    ) -> Result<Vec<DayEntry>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.day(day)?))?;
        let mut entries: Vec<DayEntry> = each(found);
        entries.sort_unstable();
        entries.retain(|entry| after.as_ref().is_none_or(|after| entry > after));
        entries.truncate(page(limit));
        Ok(entries)
    }
}

pub(crate) fn changed(result: Result<(), DeviceError>) -> Result<ChangeOutcome, AllkontorError> {
    match result {
        Ok(()) => Ok(ChangeOutcome::Requested),
        Err(DeviceError::Engine(Error::Change(ChangeError::Rule(rule)))) => {
            let number = rule.code();
            let rule = rule.into();
            Ok(ChangeOutcome::Refused { rule, number })
        }
        Err(error) => Err(error.into()),
    }
}

impl TryFrom<Wanted> for Book {
    type Error = AllkontorError;

    fn try_from(wanted: Wanted) -> Result<Self, AllkontorError> {
        let spans = |list: Vec<Interval>| -> Result<Vec<Span>, AllkontorError> {
            list.into_iter().map(Span::try_from).collect()
        };
        let mut dates = spans(wanted.dates)?.into_iter();
        let first = dates.next().ok_or_else(|| {
            AllkontorError::argument("needs_a_date", "0 dates: expected at least one")
        })?;
        let book = match wanted.what {
            What::UnitOrEqual { unit } => Self::unit(unit, first),
            What::ExactlyUnit { unit } => Self::unit(unit, first).exactly(),
            What::Places { class_id, count } => Self::places(class_id, count, first),
            What::Together { bundle } => Self::together(bundle, first),
        };
        let book = book
            .also_on(dates)
            .needing(wanted.needs)
            .party(wanted.party);
        let alternatives = spans(wanted.alternatives)?;
        Ok(alternatives.into_iter().fold(book, Self::or_at))
    }
}

impl From<Outcome> for DateOutcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Requested { booking, interval } => Self::Requested {
                booking,
                interval: interval.into(),
            },
            Outcome::Refused {
                interval,
                rule,
                nearest,
            } => Self::Refused {
                refusal: Refusal::new(interval, rule, nearest),
            },
        }
    }
}

impl Refusal {
    pub(crate) fn new(interval: Span, rule: model::Rule, nearest: Vec<Span>) -> Self {
        Self {
            interval: interval.into(),
            number: rule.code(),
            rule: rule.into(),
            nearest: each(nearest),
        }
    }
}

impl From<view::FreeUnit> for FreeUnit {
    fn from(free: view::FreeUnit) -> Self {
        Self {
            unit: free.unit,
            surplus: free.surplus,
            expected: free.expected,
            introduced_only: free.introduced_only,
        }
    }
}

impl From<view::Entry> for DayEntry {
    fn from(entry: view::Entry) -> Self {
        Self {
            unit: entry.unit,
            interval: entry.interval.into(),
            blocked: entry.blocked.into(),
            kind: match entry.kind {
                view::EntryKind::Confirmed => EntryKind::Confirmed,
                view::EntryKind::CheckedIn => EntryKind::CheckedIn,
                view::EntryKind::Leaving => EntryKind::Leaving,
                view::EntryKind::Occupied { cause } => EntryKind::Occupied {
                    cause: cause.into(),
                },
                view::EntryKind::Expected => EntryKind::Expected,
            },
        }
    }
}
