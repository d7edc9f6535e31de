use super::CivilMinute;
use std::fmt;

/// A half-open span of office civil time, `[start, end)`.
///
/// Bookings that touch do not overlap, so back-to-back meetings can share a room.
///
/// ```
/// use allkontor_core::time::{CivilMinute, Interval};
/// let at = |h| CivilMinute::from_ymd_hm(2026, 11, 24, h, 0).unwrap();
/// let morning = Interval::new(at(9), at(12)).unwrap();
/// assert!(!morning.overlaps(Interval::new(at(12), at(13)).unwrap()));
/// assert_eq!(
///     Interval::new(at(12), at(12)).unwrap_err().to_string(),
///     "interval is empty: start 2026-11-24T12:00 is not before end 2026-11-24T12:00"
/// );
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    start: CivilMinute,
    end: CivilMinute,
}

/// A span that holds no minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("interval is empty: start {start} is not before end {end}")]
pub struct EmptyInterval {
    /// Where it was to start.
    pub start: CivilMinute,
    /// Where it was to end.
    pub end: CivilMinute,
}

impl Interval {
    /// `[start, end)`, when `start` is before `end`.
    pub fn new(start: CivilMinute, end: CivilMinute) -> Result<Self, EmptyInterval> {
        if start < end {
            Ok(Self { start, end })
        } else {
            Err(EmptyInterval { start, end })
        }
    }

    /// For callers that have shown `start` to be before `end`.
    pub(crate) fn between(start: CivilMinute, end: CivilMinute) -> Self {
        debug_assert!(start < end, "{start} is not before {end}");
        Self { start, end }
    }

    /// The first minute inside.
    pub const fn start(self) -> CivilMinute {
        self.start
    }

    /// The first minute after.
    pub const fn end(self) -> CivilMinute {
        self.end
    }

    /// Length in minutes, at least 1.
    pub const fn minutes(self) -> i32 {
        self.end.minutes_since(self.start)
    }

    /// Whether some minute is in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether every minute of `other` is inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether `minute` is inside.
    pub fn contains_minute(self, minute: CivilMinute) -> bool {
        self.start <= minute && minute < self.end
    }

    /// As long, and so many minutes later on the wall clock, earlier when negative; `None` outside the supported years.
    ///
    /// ```
    /// use allkontor_core::time::{CivilMinute, Interval};
    /// let at = |day, hour| CivilMinute::from_ymd_hm(2027, 3, day, hour, 0).unwrap();
    /// let saturday = Interval::new(at(27, 18), at(27, 20)).unwrap();
    /// // The clocks go forward that night: it is 18.00 on Sunday too.
    /// assert_eq!(saturday.moved_by(24 * 60), Interval::new(at(28, 18), at(28, 20)).ok());
    /// ```
    pub fn moved_by(self, minutes: i32) -> Option<Self> {
        let (start, end) = (self.start.plus(minutes), self.end.plus(minutes));
        Self::new(start.ok()?, end.ok()?).ok()
    }

    /// The minutes in both, if any.
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end)).ok()
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.start, self.end)
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
