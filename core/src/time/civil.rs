use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use std::fmt;

/// A minute on the office's wall clock, counted from 2000-01-01T00:00, signed.
///
/// The repeated hour of an autumn night is one hour here, and the skipped hour of spring exists: civil minutes
/// have no zone. Commands refuse endpoints inside the skipped hour; nothing else needs to know.
///
/// ```
/// use allkontor_core::time::CivilMinute;
/// let nine = CivilMinute::from_ymd_hm(2026, 11, 24, 9, 0).unwrap();
/// assert_eq!(nine.to_string(), "2026-11-24T09:00");
/// assert_eq!(nine.plus(90).unwrap().to_string(), "2026-11-24T10:30");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilMinute(i32);

/// A minute outside the years 1970–2199.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("minute {minute} is outside the years 1970 to 2199")]
pub struct MinuteOutOfRange {
    /// The minute counted from 2000-01-01T00:00.
    pub minute: i64,
}

impl CivilMinute {
    /// 1970-01-01T00:00.
    pub const MIN: Self = Self(-15_778_080);
    /// 2200-01-01T00:00, the end of the last day.
    pub const MAX: Self = Self(105_190_560);

    /// A minute counted from 2000-01-01T00:00.
    pub fn new(minute: i64) -> Result<Self, MinuteOutOfRange> {
        match i32::try_from(minute) {
            Ok(m) if (Self::MIN.0..=Self::MAX.0).contains(&m) => Ok(Self(m)),
            _ => Err(MinuteOutOfRange { minute }),
        }
    }

    /// A calendar date and wall-clock time; `None` when there is no such date or time.
    pub fn from_ymd_hm(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> Option<Self> {
        let at = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(hour, minute, 0)?;
        Self::from_naive(at)
    }

    /// The wall-clock minute of a zone-less date and time, seconds dropped; `None` outside 1970–2199.
    pub fn from_naive(at: NaiveDateTime) -> Option<Self> {
        Self::new(
            at.signed_duration_since(epoch())
                .num_seconds()
                .div_euclid(60),
        )
        .ok()
    }

    /// Minutes since 2000-01-01T00:00.
    pub const fn get(self) -> i32 {
        self.0
    }

    /// `minutes` later (earlier when negative).
    pub fn plus(self, minutes: i32) -> Result<Self, MinuteOutOfRange> {
        Self::new(i64::from(self.0).saturating_add(i64::from(minutes)))
    }

    /// `minutes` later, held inside the supported years.
    pub fn saturating_plus(self, minutes: i32) -> Self {
        Self(
            self.0
                .saturating_add(minutes)
                .clamp(Self::MIN.0, Self::MAX.0),
        )
    }

    /// Minutes from `earlier` to here, negative when `earlier` is later.
    pub const fn minutes_since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The zone-less date and time.
    pub fn to_naive(self) -> NaiveDateTime {
        epoch()
            .checked_add_signed(TimeDelta::minutes(i64::from(self.0)))
            .unwrap_or(NaiveDateTime::MAX)
    }

    /// Rounded down to a multiple of `step` minutes since 2000-01-01T00:00.
    pub fn floor_to(self, step: i32) -> Self {
        Self(self.0.saturating_sub(self.0.rem_euclid(step.max(1))))
    }
}

fn epoch() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2000, 1, 1)
        .unwrap_or_default()
        .and_time(chrono::NaiveTime::MIN)
}

impl fmt::Display for CivilMinute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.to_naive();
        let (year, month, day) = (at.year(), at.month(), at.day());
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}",
            at.hour(),
            at.minute()
        )
    }
}

impl fmt::Debug for CivilMinute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Serialised as `"2026-11-24T09:00"`.
impl serde::Serialize for CivilMinute {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for CivilMinute {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Text that is not a civil minute.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a date and time like 2026-11-24T09:00 in the years 1970 to 2199")]
pub struct NotACivilMinute {
    /// What was read.
    pub text: String,
}

impl std::str::FromStr for CivilMinute {
    type Err = NotACivilMinute;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
            .ok()
            .and_then(Self::from_naive)
            .ok_or_else(|| NotACivilMinute {
                text: text.chars().take(40).collect(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bounds_are_the_dates_they_say() {
        assert_eq!(CivilMinute::MIN.to_string(), "1970-01-01T00:00");
        assert_eq!(CivilMinute::MAX.to_string(), "2200-01-01T00:00");
        assert_eq!(
            CivilMinute::new(i64::from(CivilMinute::MAX.get()) + 1)
                .unwrap_err()
                .to_string(),
            "minute 105190561 is outside the years 1970 to 2199"
        );
    }

    #[test]
    fn text_goes_both_ways() {
        let noon: CivilMinute = "2026-11-24T12:00".parse().unwrap();
        assert_eq!(noon.to_string().parse(), Ok(noon));
        assert!("2026-02-30T12:00".parse::<CivilMinute>().is_err());
    }
}
