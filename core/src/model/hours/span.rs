use crate::time::{Interval, OfficeDay};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Part of a date, in minutes after its midnight; it may run on into the next day.
///
/// Written `"18:00-26:00"` for six in the evening until two at night, as OpenStreetMap's `opening_hours` does.
///
/// ```
/// use allkontor_core::model::Span;
/// let evening: Span = "18:00-26:00".parse().unwrap();
/// assert_eq!((evening.from(), evening.to()), (1080, 1560));
/// assert_eq!(
///     "22:00-02:00".parse::<Span>().unwrap_err().to_string(),
///     "\"22:00-02:00\" is not a span like 08:00-22:00: it starts before 24:00 and ends later, at most 48:00"
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    from: u16,
    to: u16,
}

/// Text that is not a [`Span`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is not a span like 08:00-22:00: it starts before 24:00 and ends later, at most 48:00"
)]
pub struct NotASpan {
    /// What was read.
    pub text: String,
}

impl Span {
    /// From a minute below 1,440 to a later one, at most 2,880; else `None`.
    pub const fn new(from: u16, to: u16) -> Option<Self> {
        if from < 1440 && from < to && to <= 2880 {
            Some(Self { from, to })
        } else {
            None
        }
    }

    /// From one full hour to another, for constants; both are held inside what a span allows.
    pub(crate) fn hours(from: u16, to: u16) -> Self {
        let from = from.min(23);
        Self {
            from: from * 60,
            to: to.clamp(from + 1, 48) * 60,
        }
    }

    /// The first minute inside, after midnight.
    pub const fn from(self) -> u16 {
        self.from
    }

    /// The first minute after.
    pub const fn to(self) -> u16 {
        self.to
    }

    /// The span on a calendar date; `None` only past the supported years.
    pub fn on(self, date: OfficeDay) -> Option<Interval> {
        let midnight =
            crate::time::CivilMinute::from_naive(date.date().and_time(chrono::NaiveTime::MIN))?;
        let at = |minute: u16| midnight.saturating_plus(i32::from(minute));
        Interval::new(at(self.from), at(self.to)).ok()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            from / 60,
            from % 60,
            to / 60,
            to % 60
        )
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Span {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let minute = |time: &str| {
            let (hours, minutes) = time.split_once(':')?;
            let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
            let (h, m) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
            (digits(hours) && digits(minutes) && m < 60).then_some(h * 60 + m)
        };
        text.split_once('-')
            .and_then(|(from, to)| Self::new(minute(from)?, minute(to)?))
            .ok_or_else(|| NotASpan {
                text: text.chars().take(40).collect(),
            })
    }
}

impl TryFrom<String> for Span {
    type Error = NotASpan;

    fn try_from(text: String) -> Result<Self, NotASpan> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}
