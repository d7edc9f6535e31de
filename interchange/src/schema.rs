//! schema.org's [`OpeningHoursSpecification`] as JSON-LD, in and out: what search engines and map services read from a web
//! page.
//!
//! ```
//! use allkontor_core::model::{HolidayCalendar, Hours};
//! use allkontor_interchange::schema::{from_hours, read};
//!
//! let written = from_hours(&Hours::proposed(), "sv")?;
//! assert!(written.contains(r#""dayOfWeek":["Monday","Tuesday","Wednesday","Thursday","Friday"],"opens":"08:00","closes":"22:00""#));
//! assert_eq!(read(&written, HolidayCalendar::Sweden, "sv")?, Hours::proposed());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - The ordinary week is `openingHoursSpecification`; seasons and single dates, which override it, are
//!   `specialOpeningHoursSpecification` with `validFrom` and `validThrough`. Public holidays are the day `PublicHolidays`.
//! - A day with `opens` and `closes` both at 00:00, or with neither, is closed; a `closes` before its `opens` is in the
//!   night that follows.
//! - Staffed hours are the `hoursAvailable` of a `contactPoint`.
//!
//! [`OpeningHoursSpecification`]: https://schema.org/OpeningHoursSpecification

mod error;
mod read;
mod write;

pub use error::NotSchemaHours;
pub use read::read;
pub use write::{NotSayable, from_hours};

/// The longest text that is read, in bytes: a page about one office.
pub const MAX_JSON: usize = 65_536;

/// The most specifications that are read: a few years of exceptions.
pub const MAX_SPECIFICATIONS: usize = 500;

const PUBLIC_HOLIDAYS: &str = "PublicHolidays";

const WEEK: [(&str, &str); 7] = [
    ("Monday", "Mo"),
    ("Tuesday", "Tu"),
    ("Wednesday", "We"),
    ("Thursday", "Th"),
    ("Friday", "Fr"),
    ("Saturday", "Sa"),
    ("Sunday", "Su"),
];
