//! Office civil time: whole minutes on the office's wall clock.
//!
//! Bookings live in civil minutes, so two devices with different time-zone databases agree on what overlaps.
//! A [`Zone`] is needed only to turn a [`Timestamp`] into the civil minute that the wall clock shows.

mod civil;
mod interval;
mod period;
mod zone;

pub use civil::{CivilMinute, MinuteOutOfRange};
pub use interval::{EmptyInterval, Interval};
pub use period::{DayStart, Month, OfficeDay};
pub use zone::{ClockChange, LocalMinute, Timestamp, UnknownZone, Zone};
