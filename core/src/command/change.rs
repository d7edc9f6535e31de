//! Change a booking: move it, extend it, cancel it, arrive.

use crate::command::BookingId;
use crate::limits::MAX_VERSION;
use crate::model::Rule;
use crate::resolve::SlotState;
use crate::statement::{Hold, Wish};
use crate::time::{CivilMinute, Interval};

/// Why a booking cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// This device has no such booking.
    #[error("booking {booking} is not on this device")]
    Unknown {
        /// What was asked for.
        booking: BookingId,
    },
    /// It has been changed as often as a booking can be.
    #[error("booking {booking} has been changed {MAX_VERSION} times: cancel it and book anew")]
    TooOften {
        /// The booking.
        booking: BookingId,
    },
    /// It is cancelled, declined or over.
    #[error("booking {booking} has ended")]
    Ended {
        /// The booking.
        booking: BookingId,
    },
    /// A rule of the office forbids it.
    #[error(transparent)]
    Rule(#[from] Rule),
    /// The new time is outside the years that can be told.
    #[error("the new time of booking {booking} is outside the years 1970 to 2199")]
    OutOfYears {
        /// The booking.
        booking: BookingId,
    },
    /// The new end is not after the old one's start.
    #[error("booking {booking} starts at {start}: the new end {end} is not after it")]
    EndsBeforeStart {
        /// The booking.
        booking: BookingId,
        /// Its start.
        start: CivilMinute,
        /// The end asked for.
        end: CivilMinute,
    },
}

impl ChangeError {
    /// A stable code, for apps and for the languages' own texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "no_such_booking",
            Self::TooOften { .. } => "changed_too_often",
            Self::Ended { .. } => "booking_ended",
            Self::Rule(_) => "against_a_rule",
            Self::OutOfYears { .. } => "out_of_years",
            Self::EndsBeforeStart { .. } => "ends_before_start",
        }
    }
}

/// The wishes of an extended booking: the same units until `end`; as asked when nothing is held yet.
pub(crate) fn extended(
    booking: BookingId,
    asked: &[Wish],
    holding: &[Hold],
    end: CivilMinute,
) -> Result<Vec<Wish>, ChangeError> {
    let held: Vec<Wish> = holding.iter().map(Hold::wish).collect();
    let wishes = if held.is_empty() { asked } else { &held };
    wishes
        .iter()
        .map(|wish| {
            let start = wish.interval.start();
            let interval = Interval::new(start, end);
            let interval = interval.map_err(|_| ChangeError::EndsBeforeStart {
                booking,
                start,
                end,
            })?;
            Ok(Wish::new(wish.unit, interval))
        })
        .collect()
}

/// The version after a slot's current one.
pub(crate) fn next_version(booking: BookingId, slot: &SlotState) -> Result<u8, ChangeError> {
    let current = slot.current().ok_or(ChangeError::Unknown { booking })?;
    let version = current.request.version;
    if slot.is_cancelled(version) {
        return Err(ChangeError::Ended { booking });
    }
    if version >= MAX_VERSION {
        Err(ChangeError::TooOften { booking })
    } else {
        Ok(version.saturating_add(1))
    }
}
