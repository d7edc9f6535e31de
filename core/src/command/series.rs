//! Series: asked for by a rule or by dates; changed on one date, from one on, or altogether.

use super::{Book, ChangeError};
use crate::command::{BookingId, SeriesId};
use crate::limits::MAX_SERIES_DATES;
use crate::model::Rule;
use crate::series::{RruleError, Series, TooManyDates};
use crate::time::{CivilMinute, Interval, Zone};

/// Which dates of a series are to change. Those that are over or cancelled already are passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one named, and no other.
    This,
    /// The one named, and those that start later.
    Following,
    /// Every one.
    All,
}

/// What is to happen to each date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is withdrawn.
    Cancel,
    /// It is asked for at another time or place. The first date of the wish is for the date named; the others move by
    /// as much on the wall clock.
    Move(Book),
    /// It ends later, or earlier. The minute is for the date named; the others end later by as much.
    Extend(CivilMinute),
}

/// What came of changing dates: one outcome each, in order of time. What stops one does not stop the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// One outcome a date.
    pub dates: Vec<DateChange>,
}

/// What came of changing one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateChange {
    /// Asked for; the agenda says how it stands. What is held stays held until the office confirms the change.
    Requested {
        /// The booking. A new one when the new time is filed in another month: see
        /// [`AgendaEntry::instead_of`](crate::replica::AgendaEntry).
        booking: BookingId,
        /// The time asked for.
        interval: Interval,
    },
    /// Withdrawn.
    Cancelled {
        /// The booking.
        booking: BookingId,
    },
    /// A rule of the office forbids it: the booking stays as it was.
    Refused {
        /// The booking.
        booking: BookingId,
        /// The time asked for.
        interval: Interval,
        /// The rule.
        rule: Rule,
        /// The nearest times of that day that the rules and what is known leave free.
        nearest: Vec<Interval>,
    },
    /// It cannot be changed so: the booking stays as it was.
    Kept {
        /// The booking.
        booking: BookingId,
        /// Why.
        why: ChangeError,
    },
}

/// A series that cannot be asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeriesError {
    /// Its rule is none that is read.
    #[error(transparent)]
    Rrule(#[from] RruleError),
    /// Its rule goes on for too long.
    #[error(transparent)]
    TooLong(#[from] TooManyDates),
    /// Too many dates are named.
    #[error("{got} dates are asked for: a series has at most {MAX_SERIES_DATES}")]
    TooManyDates {
        /// How many.
        got: usize,
    },
    /// It falls on no date.
    #[error("the series falls on no date from {first} on")]
    NoDates {
        /// The first date asked for.
        first: Interval,
    },
    /// This device has no such series.
    #[error("series {series} is not on this device")]
    Unknown {
        /// What was asked for.
        series: SeriesId,
    },
}

impl SeriesError {
    /// A stable code, for apps and for the languages' own texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Rrule(_) | Self::NoDates { .. } => "not_a_series",
            Self::TooLong(_) | Self::TooManyDates { .. } => "series_too_long",
            Self::Unknown { .. } => "no_such_series",
        }
    }
}

impl DateChange {
    /// The booking.
    pub const fn booking(&self) -> BookingId {
        match self {
            Self::Requested { booking, .. }
            | Self::Cancelled { booking }
            | Self::Refused { booking, .. }
            | Self::Kept { booking, .. } => *booking,
        }
    }

    /// Whether it was changed, or a change asked for.
    pub const fn is_done(&self) -> bool {
        matches!(self, Self::Requested { .. } | Self::Cancelled { .. })
    }
}

/// A wish with its dates written out; and its rule in the form that it is kept in, if it has one.
pub(crate) fn spelled_out(book: &Book, zone: Zone) -> Result<(Book, Option<String>), SeriesError> {
    let Some(first) = book.dates().first().copied() else {
        return Ok((book.clone(), None));
    };
    let mut dates = book.dates().to_vec();
    let mut rule = None;
    if let Some(rrule) = &book.rrule {
        let series = Series::from_rrule(first, rrule, zone)?.without(book.except.iter().copied());
        rule = Some(series.to_rrule(zone));
        dates.splice(..1, series.expand()?);
    }
    dates.retain(|date| !book.except.contains(&date.start().to_naive().date()));
    match dates.len() {
        0 => Err(SeriesError::NoDates { first }),
        got if got > MAX_SERIES_DATES => Err(SeriesError::TooManyDates { got }),
        _ => Ok((book.on(dates), rule)),
    }
}
