use crate::series::EndsBeforeStart;

/// The parts that are read.
pub(super) const PARTS: [&str; 8] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYDAY",
    "BYMONTHDAY",
    "BYSETPOS",
    "WKST",
];

/// A recurrence rule that is not a series of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RruleError {
    /// Not a part we read, such as BYMONTH.
    #[error("rule part {part:?} is not supported: supported are {}", PARTS.join(", "))]
    Part {
        /// Its name, at most 40 characters.
        part: String,
    },
    /// A part given more than once.
    #[error("{part} is given twice")]
    Twice {
        /// Its name.
        part: &'static str,
    },
    /// A rule without FREQ.
    #[error("FREQ is missing: supported are DAILY, WEEKLY and MONTHLY")]
    NoFrequency,
    /// A part whose value is malformed or out of range.
    #[error("{part} has {value:?}: expected {expected}")]
    Value {
        /// Its name.
        part: &'static str,
        /// What was read, at most 40 characters.
        value: String,
        /// What can be read.
        expected: &'static str,
    },
    /// Two parts that RFC 5545 forbids together, or that we do not read together.
    #[error("{part} is not supported with {with}")]
    Together {
        /// The part that is refused.
        part: &'static str,
        /// What it came with.
        with: &'static str,
    },
    /// A rule that goes on for ever.
    #[error("rule has no end: COUNT or UNTIL is needed")]
    Endless,
    /// A rule that ends before its first date.
    #[error(transparent)]
    EndsBeforeStart(#[from] EndsBeforeStart),
}

pub(super) fn wrong(part: &'static str, value: &str, expected: &'static str) -> RruleError {
    let value = shown(value);
    RruleError::Value {
        part,
        value,
        expected,
    }
}

/// What an error repeats of a text of any length.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
