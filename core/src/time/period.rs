use super::{CivilMinute, Interval};
use chrono::{Datelike, Days, NaiveDate};
use std::fmt;

/// The minute of the night at which one office day ends and the next begins, 0–1439.
///
/// A late evening belongs to the day it began on, so a day starts at 04:00 unless the office says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayStart(u16);

impl Default for DayStart {
    fn default() -> Self {
        Self(4 * 60)
    }
}

impl DayStart {
    /// A minute of the day, 0–1439; `None` beyond.
    pub fn new(minute: u16) -> Option<Self> {
        (minute < 1440).then_some(Self(minute))
    }

    /// Minutes after midnight.
    pub const fn get(self) -> u16 {
        self.0
    }
}

/// An office day, numbered from 2000-01-01: `floor((minute − day_start) / 1440)`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeDay(i32);

impl OfficeDay {
    /// The first day there is a civil minute for, 1970-01-01.
    pub const MIN: Self = Self(-10_957);
    /// The last whole day, 2199-12-31.
    pub const MAX: Self = Self(73_048);

    /// A day counted from 2000-01-01; `None` outside 1970–2199.
    pub fn new(day: i64) -> Option<Self> {
        i32::try_from(day)
            .ok()
            .map(Self)
            .filter(|d| (Self::MIN..=Self::MAX).contains(d))
    }

    /// The office day that `minute` belongs to.
    pub fn of(minute: CivilMinute, day_start: DayStart) -> Self {
        let shifted = minute.get().saturating_sub(i32::from(day_start.get()));
        Self(shifted.div_euclid(1440))
    }

    /// A calendar date.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        Self::from_date(NaiveDate::from_ymd_opt(year, month, day)?)
    }

    /// A calendar date.
    pub fn from_date(date: NaiveDate) -> Option<Self> {
        let epoch = NaiveDate::from_ymd_opt(2000, 1, 1)?;
        Self::new(date.signed_duration_since(epoch).num_days())
    }

    /// The calendar date this office day is named after.
    pub fn date(self) -> NaiveDate {
        let epoch = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
        let days = Days::new(u64::from(self.0.unsigned_abs()));
        let date = if self.0 < 0 {
            epoch.checked_sub_days(days)
        } else {
            epoch.checked_add_days(days)
        };
        date.unwrap_or_default()
    }

    /// Days since 2000-01-01.
    pub const fn get(self) -> i32 {
        self.0
    }

    /// `days` later (earlier when negative), held inside 1970–2199.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days)).clamp(Self::MIN, Self::MAX)
    }

    /// The 1,440 civil minutes of this day.
    pub fn interval(self, day_start: DayStart) -> Interval {
        let at = |day: i32| {
            let minute = i64::from(day) * 1440 + i64::from(day_start.get());
            CivilMinute::new(minute).unwrap_or(if day < 0 {
                CivilMinute::MIN
            } else {
                CivilMinute::MAX
            })
        };
        // Every day up to 2199-12-31 begins before the last civil minute, so no day is empty.
        Interval::between(at(self.0), at(self.0.saturating_add(1)))
    }

    /// The month this day's bookings are filed under.
    pub fn month(self) -> Month {
        let date = self.date();
        Month::new(date.year(), date.month()).unwrap_or(Month::MIN)
    }

    /// The calendar year this day's rentals are filed under.
    pub fn year(self) -> u16 {
        u16::try_from(self.date().year()).unwrap_or(1970)
    }
}

impl fmt::Display for OfficeDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date().format("%Y-%m-%d"))
    }
}

impl fmt::Debug for OfficeDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A calendar month of office days, 1970-01 to 2199-12.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u16);

impl Month {
    /// 1970-01.
    pub const MIN: Self = Self(1970 * 12);
    /// 2199-12.
    pub const MAX: Self = Self(2199 * 12 + 11);

    /// `month` is 1–12; `None` outside 1970-01 to 2199-12.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        let index = i64::from(year)
            .checked_mul(12)?
            .checked_add(i64::from(month).checked_sub(1)?)?;
        if !(1..=12).contains(&month) {
            return None;
        }
        Self::from_index(u64::try_from(index).ok()?)
    }

    /// `year × 12 + month − 1`, the form on the wire.
    pub fn from_index(index: u64) -> Option<Self> {
        u16::try_from(index)
            .ok()
            .map(Self)
            .filter(|m| (Self::MIN..=Self::MAX).contains(m))
    }

    /// `year × 12 + month − 1`.
    pub const fn index(self) -> u16 {
        self.0
    }

    /// The year.
    pub const fn year(self) -> i32 {
        self.0 as i32 / 12
    }

    /// The month, 1–12.
    pub const fn month(self) -> u32 {
        self.0 as u32 % 12 + 1
    }

    /// The month after, held at 2199-12.
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1)).min(Self::MAX)
    }

    /// The month before, held at 1970-01.
    pub fn previous(self) -> Self {
        Self(self.0.saturating_sub(1)).max(Self::MIN)
    }

    /// The first office day.
    pub fn first_day(self) -> OfficeDay {
        OfficeDay::from_ymd(self.year(), self.month(), 1).unwrap_or(OfficeDay::MIN)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_evening_belongs_to_the_day_it_began_on() {
        let night = CivilMinute::from_ymd_hm(2026, 12, 1, 3, 59).unwrap();
        let day = OfficeDay::of(night, DayStart::default());
        assert_eq!(day.to_string(), "2026-11-30");
        assert_eq!(day.month().to_string(), "2026-11");
        assert!(day.interval(DayStart::default()).contains_minute(night));
    }

    #[test]
    fn every_day_has_its_minutes() {
        for day in [OfficeDay::MIN, OfficeDay::new(0).unwrap(), OfficeDay::MAX] {
            let span = day.interval(DayStart::new(0).unwrap());
            assert_eq!(span.minutes(), 1440, "{day}");
            assert_eq!(OfficeDay::of(span.start(), DayStart::new(0).unwrap()), day);
        }
        assert_eq!(OfficeDay::MIN.to_string(), "1970-01-01");
        assert_eq!(OfficeDay::MAX.to_string(), "2199-12-31");
    }

    #[test]
    fn months_count_through_new_year() {
        let december = Month::new(2026, 12).unwrap();
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(december.first_day().to_string(), "2026-12-01");
        assert!(Month::new(2026, 13).is_none());
        assert!(Month::new(2200, 1).is_none());
    }
}
