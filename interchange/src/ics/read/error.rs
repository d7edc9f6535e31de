use allkontor_core::time::CivilMinute;
use std::fmt;

/// Why a file is not read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotIcs {
    /// Too long.
    #[error("file is {got} bytes: the limit is {limit}")]
    TooLong {
        /// Its length.
        got: usize,
        /// What is allowed.
        limit: usize,
    },
    /// Not UTF-8.
    #[error("line {line} is not UTF-8")]
    NotText {
        /// Which line.
        line: u32,
    },
    /// Components that do not begin and end as they should.
    #[error("line {line}: expected {expected}, found {found:?}")]
    Structure {
        /// Which line.
        line: u32,
        /// What should stand there.
        expected: &'static str,
        /// What does.
        found: String,
    },
    /// Components inside components inside components.
    #[error("line {line}: components lie in one another more than {limit} deep")]
    TooDeep {
        /// Which line.
        line: u32,
        /// What is allowed.
        limit: usize,
    },
    /// Too many events.
    #[error("line {line}: more than {limit} events")]
    TooManyEvents {
        /// The line of the first too many.
        line: u32,
        /// What is allowed.
        limit: usize,
    },
}

/// Something that is not taken from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where, from 1.
    pub line: u32,
    /// The event, if it has a name.
    pub uid: Option<String>,
    /// Why.
    pub why: Why,
}

impl Refused {
    pub(super) fn new(line: u32, uid: &str, why: Why) -> Self {
        let uid = Some(uid.to_owned()).filter(|uid| !uid.is_empty());
        Self { line, uid, why }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

/// Why something is not taken from a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Too long a line.
    #[error("the line is {got} bytes: the limit is {limit}")]
    LineTooLong {
        /// Its length.
        got: usize,
        /// What is allowed.
        limit: usize,
    },
    /// A line of another form.
    #[error("not a line like NAME;PARAMETER=value:value")]
    NotALine,
    /// A task, a journal entry, a free-busy report.
    #[error("{component} is not an event")]
    NotAnEvent {
        /// What it is.
        component: String,
    },
    /// Without it there is no event.
    #[error("{property} is missing")]
    Missing {
        /// What.
        property: &'static str,
    },
    /// It can be there once only.
    #[error("{property} is there twice")]
    Twice {
        /// What.
        property: &'static str,
    },
    /// It has another form.
    #[error("{property} has {got:?}: expected {expected}")]
    Value {
        /// Whose.
        property: &'static str,
        /// The value.
        got: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A zone that the time-zone database does not have.
    #[error("the time zone {zone:?} is not known")]
    UnknownZone {
        /// Which.
        zone: String,
    },
    /// A time in the hour that spring skips.
    #[error("the clocks skip {at}")]
    Skipped {
        /// Which.
        at: CivilMinute,
    },
    /// It ends before it starts, or when it starts.
    #[error("it ends at {end}, which is not after its start at {start}")]
    NoTime {
        /// Its start.
        start: CivilMinute,
        /// Its end.
        end: CivilMinute,
    },
    /// Longer than a year.
    #[error("it lasts {days} days: the limit is {limit}")]
    TooLong {
        /// How long it is.
        days: i32,
        /// What is allowed.
        limit: i32,
    },
    /// Outside the years that the engine knows.
    #[error("{property} is outside the years 1970 to 2199")]
    OutOfYears {
        /// Whose.
        property: &'static str,
    },
    /// A repetition that the engine does not know.
    #[error("RRULE: {why}")]
    Rrule {
        /// What in it.
        why: String,
    },
    /// It would change when the event is, in a way that the engine does not know.
    #[error("{property} is not supported")]
    Unsupported {
        /// What.
        property: &'static str,
    },
    /// A changed date of a series that is not in the file, or that has no such date.
    #[error("RECURRENCE-ID names {at}: no event of that name in the file has that date")]
    NoSuchDate {
        /// Which.
        at: CivilMinute,
    },
    /// The same event stands in the file before, in this version or a later one.
    #[error("the event stands on line {line} too, in this version or a later one")]
    Again {
        /// Where.
        line: u32,
    },
    /// More dates than a file can have.
    #[error("more than {limit} dates in the file")]
    TooManyDates {
        /// What is allowed.
        limit: usize,
    },
}

/// A value from a file, as much as is shown.
pub(super) fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
