//! Dates that belong together: booked by a rule, looked at as one, changed on one date, from one on, or altogether.

use crate::ids::Interval;
use crate::status::Booking;
use crate::visit::{DateOutcome, Refusal, Wanted};
use crate::{AllkontorError, Device};
use allkontor_core::command::{Book, Booked, DateChange as Change, Which as Core};
use allkontor_core::replica::{BookingId, Group, SeriesId};
use allkontor_core::time::{CivilMinute, OfficeDay, Timestamp};

/// Which dates of a series are to change. Those that are over or cancelled already are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Which {
    /// The one named, and no other.
    OnlyThis,
    /// The one named, and those that start later.
    Following,
    /// Every one.
    EveryDate,
}

/// A series booked.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SeriesBooked {
    /// Its number on this device; none when no date was asked for.
    pub series: Option<SeriesId>,
    /// What came of each date, in order.
    pub dates: Vec<DateOutcome>,
}

/// A series of this device.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SeriesInfo {
    /// Its number on this device.
    pub id: SeriesId,
    /// The RRULE that it was asked for by; none when its dates were named one by one.
    pub rrule: Option<String>,
    /// The bookings, in order of time. At most as many as a series has, and what joined it.
    pub dates: Vec<Booking>,
}

/// What came of changing one date. What stops one does not stop the others.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum DateChange {
    /// Asked for; the agenda says how it stands. What is held stays held until the office confirms the change.
    Requested {
        /// The booking: a new one when the new time is filed in another month (`Booking.instead_of`).
        booking: BookingId,
        /// The time asked for.
        interval: Interval,
    },
    /// Withdrawn.
    Withdrawn {
        /// The booking.
        booking: BookingId,
    },
    /// A rule of the office forbids it: the booking stays as it was.
    Refused {
        /// The booking.
        booking: BookingId,
        /// Which rule, and what would do.
        refusal: Refusal,
    },
    /// It cannot be changed so: the booking stays as it was.
    Kept {
        /// The booking.
        booking: BookingId,
        /// Why: an error's stable code.
        code: String,
    },
}

#[uniffi::export]
impl Device {
    /// Books again and again by an RRULE value (RFC 5545; daily, weekly or monthly) such as `FREQ=WEEKLY;COUNT=12`, not
    /// on the days `except`. The first date of `wanted` gives the time and the length. At most 60 dates.
    pub fn book_series(
        &self,
        now: Timestamp,
        wanted: Wanted,
        rrule: String,
        except: Vec<OfficeDay>,
    ) -> Result<SeriesBooked, AllkontorError> {
        let except = except.into_iter().map(OfficeDay::date);
        let book = Book::try_from(wanted)?.repeating(rrule).except(except);
        let booked = self.with(|engine| Ok(engine.book(now, book)?))?;
        Ok(booked.into())
    }

    /// Books further dates of a series: for one that was refused, and is wanted at another time.
    pub fn join_series(
        &self,
        now: Timestamp,
        series: SeriesId,
        wanted: Wanted,
    ) -> Result<SeriesBooked, AllkontorError> {
        let book = Book::try_from(wanted)?.joining(series);
        let booked = self.with(|engine| Ok(engine.book(now, book)?))?;
        Ok(booked.into())
    }

    /// One series of this device; none when it has no such series.
    pub fn series(&self, series: SeriesId) -> Result<Option<SeriesInfo>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.series(series)?))?;
        Ok(found.map(|group| SeriesInfo::of(series, group)))
    }

    /// Withdraws dates of a series.
    pub fn cancel_dates(
        &self,
        now: Timestamp,
        booking: BookingId,
        which: Which,
    ) -> Result<Vec<DateChange>, AllkontorError> {
        let changed = self.with(|engine| Ok(engine.cancel_dates(now, booking, which.into())?))?;
        Ok(crate::ids::each(changed.dates))
    }

    /// Asks for another time or place instead. The first date of `to` is for the date named; the others move by as much
    /// on the wall clock.
    pub fn move_dates(
        &self,
        now: Timestamp,
        booking: BookingId,
        which: Which,
        to: Wanted,
    ) -> Result<Vec<DateChange>, AllkontorError> {
        let book = Book::try_from(to)?;
        let changed =
            self.with(|engine| Ok(engine.move_dates(now, booking, which.into(), book)?))?;
        Ok(crate::ids::each(changed.dates))
    }

    /// Asks to stay longer or shorter, in the same place. `end` is for the date named; the others end later by as much.
    pub fn extend_dates(
        &self,
        now: Timestamp,
        booking: BookingId,
        which: Which,
        end: CivilMinute,
    ) -> Result<Vec<DateChange>, AllkontorError> {
        let changed =
            self.with(|engine| Ok(engine.extend_dates(now, booking, which.into(), end)?))?;
        Ok(crate::ids::each(changed.dates))
    }
}

impl SeriesInfo {
    fn of(id: SeriesId, group: Group) -> Self {
        Self {
            id,
            rrule: group.rrule,
            dates: crate::ids::each(group.dates),
        }
    }
}

impl From<Booked> for SeriesBooked {
    fn from(booked: Booked) -> Self {
        Self {
            series: booked.series,
            dates: crate::ids::each(booked.dates),
        }
    }
}

impl From<Which> for Core {
    fn from(which: Which) -> Self {
        match which {
            Which::OnlyThis => Self::This,
            Which::Following => Self::Following,
            Which::EveryDate => Self::All,
        }
    }
}

impl From<Change> for DateChange {
    fn from(change: Change) -> Self {
        match change {
            Change::Requested { booking, interval } => Self::Requested {
                booking,
                interval: interval.into(),
            },
            Change::Cancelled { booking } => Self::Withdrawn { booking },
            Change::Refused {
                booking,
                interval,
                rule,
                nearest,
            } => Self::Refused {
                booking,
                refusal: Refusal::new(interval, rule, nearest),
            },
            Change::Kept { booking, why } => Self::Kept {
                booking,
                code: why.code().to_owned(),
            },
        }
    }
}
