//! OpenStreetMap's [`opening_hours`] in and out, and [`service_times`] for the hours when somebody is there to help.
//!
//! ```
//! use allkontor_core::model::{HolidayCalendar, Hours};
//! use allkontor_interchange::osm::{HoursText, from_hours};
//!
//! let tags = from_hours(&Hours::proposed(), "sv");
//! assert_eq!(tags.opening_hours, "Mo-Fr 08:00-22:00; Sa-Su 10:00-18:00; PH 10:00-18:00");
//!
//! let read = tags.read(HolidayCalendar::Sweden, "sv")?;
//! assert_eq!(read, Hours::proposed());
//!
//! let tags = HoursText::open("Mo-Fr 08:00-17:00; Mo-Fr sunrise-12:00");
//! assert_eq!(
//!     tags.read(HolidayCalendar::Sweden, "sv").unwrap_err().to_string(),
//!     "opening_hours, \"Mo-Fr sunrise-12:00\": times by the sun are not supported: write the times"
//! );
//! # Ok::<(), allkontor_interchange::osm::NotHours>(())
//! ```
//!
//! [`opening_hours`]: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
//! [`service_times`]: https://wiki.openstreetmap.org/wiki/Key:service_times

mod error;
mod read;
mod rule;
mod write;

pub use error::{NotHours, Tag, Unsupported};
pub use write::from_hours;

use allkontor_core::model::{HolidayCalendar, Hours};

/// The longest text that is read, in bytes. OpenStreetMap itself allows 255 characters; an office with a few years of
/// exceptions writes more.
pub const MAX_TEXT: usize = 16_384;

/// An office's hours as OpenStreetMap's tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoursText {
    /// The value of `opening_hours`: when the office is open.
    pub opening_hours: String,
    /// The value of `service_times`: when it is staffed. Empty when nobody promised to be there.
    pub service_times: String,
}

impl HoursText {
    /// Opening hours alone.
    pub fn open(opening_hours: impl Into<String>) -> Self {
        Self {
            opening_hours: opening_hours.into(),
            service_times: String::new(),
        }
    }

    /// The hours that these tags say.
    ///
    /// `calendar` says which days `PH` means; `language` (BCP 47) is the one that comments are in. Weeks, several
    /// periods of dates with years, single dates, public holidays, spans past midnight, comments and `off` are read.
    /// Recurring dates, school holidays, week numbers, the sun and fallback rules are refused: an office that means
    /// them has to say the dates.
    pub fn read(&self, calendar: HolidayCalendar, language: &str) -> Result<Hours, NotHours> {
        read::hours(self, calendar, language)
    }
}
