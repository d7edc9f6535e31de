use allkontor_core::time::OfficeDay;
use std::fmt;

/// Which of the two tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// `opening_hours`.
    OpeningHours,
    /// `service_times`.
    ServiceTimes,
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OpeningHours => "opening_hours",
            Self::ServiceTimes => "service_times",
        })
    }
}

/// Why a text is not the hours of an office.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHours {
    /// Too long to be read.
    #[error("{tag} is {got} bytes: the limit is {limit}")]
    TooLong {
        /// Which tag.
        tag: Tag,
        /// Its length.
        got: usize,
        /// What is allowed.
        limit: usize,
    },
    /// Not in the language of OpenStreetMap's specification.
    #[error("{tag} is not written as OpenStreetMap specifies: {why}")]
    Syntax {
        /// Which tag.
        tag: Tag,
        /// What the parser expected, and where.
        why: String,
    },
    /// A rule that says what the engine's hours cannot.
    #[error("{tag}, {rule:?}: {why}")]
    Unsupported {
        /// Which tag.
        tag: Tag,
        /// The rule.
        rule: String,
        /// What in it.
        why: Unsupported,
    },
    /// Two periods that share some of their dates, but not all.
    #[error("the periods {first} to {first_end} and {second} to {second_end} overlap: split them")]
    PeriodsOverlap {
        /// First date of the one.
        first: OfficeDay,
        /// Its last date.
        first_end: OfficeDay,
        /// First date of the other.
        second: OfficeDay,
        /// Its last date.
        second_end: OfficeDay,
    },
    /// `PH` without a calendar to look it up in.
    #[error("PH is written, but no calendar says which days are public holidays")]
    NoCalendar,
    /// Holidays that are neither closed, as a Sunday, as usual, nor alike.
    #[error(
        "public holidays differ among themselves: they can be closed, as a Sunday, as usual, or all alike"
    )]
    HolidaysDiffer,
}

/// What in a rule the engine's hours cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsupported {
    /// `||`.
    #[error("fallback rules are not supported: say what holds")]
    Fallback,
    /// `unknown`, or a comment alone.
    #[error("unknown hours are not supported: say open or off")]
    Unknown,
    /// Dates that recur every year.
    #[error("dates without a year are not supported: write the years")]
    EveryYear,
    /// Week numbers.
    #[error("week numbers are not supported: write the dates")]
    Weeks,
    /// The nth weekday of a month, or days counted from another.
    #[error("counted days are not supported: write the dates")]
    Counted,
    /// `SH`.
    #[error("school holidays are not supported: write the dates")]
    SchoolHolidays,
    /// `sunrise`, `dusk` and the like.
    #[error("times by the sun are not supported: write the times")]
    Sun,
    /// `10:00+`.
    #[error("an open end is not supported: write when it closes")]
    OpenEnd,
    /// `10:00-16:00/01:30`.
    #[error("repeated points in time are not opening hours")]
    Repeats,
    /// No such date, or outside the supported years.
    #[error("there is no such date in the years 1970 to 2199")]
    NoSuchDate,
    /// A span that is empty or longer than a day and a night.
    #[error("a span ends after it starts, and before midnight of the next day")]
    NoSpan,
    /// A period longer than the engine plans for.
    #[error("more than 100 periods of dates")]
    TooMany,
}
