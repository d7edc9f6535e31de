//! When an office is open. A date's hours are the first of these that says something about it:
//!
//! 1. the dated exception,
//! 2. the holiday policy, if the date is a public holiday,
//! 3. the season that the date lies in,
//! 4. the ordinary week.
//!
//! Hours belong to calendar dates, as people and OpenStreetMap write them; bookings belong to office days, which begin
//! at the office's day start, 04:00. An office day is open whenever any date says so: "Friday 18:00–26:00" is open in
//! Friday's office day although Saturday may be closed, and "00:00–24:00 daily" leaves no hole at night.

mod span;
mod week;

pub use span::{NotASpan, Span};
pub use week::{DayHours, SpansOverlap, Week};

use super::{Holiday, HolidayCalendar, Text, cover, wire};
use crate::time::{DayStart, Interval, OfficeDay};
use chrono::{Datelike, Weekday};
use serde::{Deserialize, Serialize};

/// When an office is open and staffed.
///
/// ```
/// use allkontor_core::model::Hours;
/// use allkontor_core::time::{DayStart, OfficeDay};
/// let saturday = OfficeDay::from_ymd(2026, 11, 28).unwrap();
/// let open = Hours::proposed().open(saturday, DayStart::default());
/// assert_eq!(format!("{open:?}"), "[2026-11-28T10:00/2026-11-28T18:00]");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The ordinary week.
    pub weekly: Week,
    /// Weeks that hold between two dates instead; they do not overlap.
    #[serde(default)]
    pub seasons: Vec<Season>,
    /// Whose public holidays count.
    #[serde(default)]
    pub calendar: HolidayCalendar,
    /// What happens on them.
    #[serde(default)]
    pub holidays: HolidayPolicy,
    /// Single dates, at most one entry each.
    #[serde(default)]
    pub exceptions: Vec<Exception>,
}

/// A week that holds from `first` to `last`, both included: summer hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    /// The first date.
    #[serde(with = "wire::day")]
    pub first: OfficeDay,
    /// The last date.
    #[serde(with = "wire::day")]
    pub last: OfficeDay,
    /// What people call it.
    #[serde(default)]
    pub name: Text,
    /// Its week.
    pub weekly: Week,
}

/// The hours of one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The date.
    #[serde(with = "wire::day")]
    pub day: OfficeDay,
    /// Its hours, closed or other than usual.
    pub hours: DayHours,
    /// Why: "inventory", "midsummer eve".
    #[serde(default)]
    pub note: Text,
}

/// What happens on a public holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HolidayPolicy {
    /// Closed.
    Closed,
    /// The hours of a Sunday, in season or not.
    #[default]
    AsSunday,
    /// No difference.
    AsUsual,
    /// The same hours on every holiday.
    Own {
        /// Those hours.
        hours: DayHours,
    },
}

impl Hours {
    /// What is proposed for every public office: 08–22 on weekdays, 10–18 at weekends and on Swedish holidays.
    pub fn proposed() -> Self {
        Self {
            weekly: Week::proposed(),
            calendar: HolidayCalendar::Sweden,
            ..Self::default()
        }
    }

    /// The hours written for a calendar date.
    pub fn on_date(&self, date: OfficeDay) -> &DayHours {
        const CLOSED: &DayHours = &DayHours::closed();
        if let Some(exception) = self.exception(date) {
            return &exception.hours;
        }
        let week = self
            .seasons
            .iter()
            .find(|season| season.first <= date && date <= season.last);
        let week = week.map_or(&self.weekly, |season| &season.weekly);
        match (&self.holidays, self.holiday(date)) {
            (HolidayPolicy::AsUsual, _) | (_, None) => week.on(date.date().weekday()),
            (HolidayPolicy::Closed, Some(_)) => CLOSED,
            (HolidayPolicy::AsSunday, Some(_)) => week.on(Weekday::Sun),
            (HolidayPolicy::Own { hours }, Some(_)) => hours,
        }
    }

    /// The exception for a date, to show its note.
    pub fn exception(&self, date: OfficeDay) -> Option<&Exception> {
        self.exceptions
            .iter()
            .find(|exception| exception.day == date)
    }

    /// The public holiday on a date.
    pub fn holiday(&self, date: OfficeDay) -> Option<Holiday> {
        self.calendar.on(date)
    }

    /// When the office is open in an office day: in order, neither overlapping nor touching.
    pub fn open(&self, day: OfficeDay, day_start: DayStart) -> Vec<Interval> {
        self.within(day, day_start, DayHours::open)
    }

    /// When somebody is there to help in an office day; always inside [`Hours::open`].
    pub fn staffed(&self, day: OfficeDay, day_start: DayStart) -> Vec<Interval> {
        cover::intersection(
            &self.within(day, day_start, DayHours::staffed),
            &self.open(day, day_start),
        )
    }

    fn within(
        &self,
        day: OfficeDay,
        start: DayStart,
        spans: fn(&DayHours) -> &[Span],
    ) -> Vec<Interval> {
        let whole = day.interval(start);
        // The date before may run on into this day, and this day runs on into the date after.
        let dates = [day.plus(-1), day, day.plus(1)];
        let parts = dates
            .iter()
            .flat_map(|date| spans(self.on_date(*date)).iter().map(|s| s.on(*date)));
        cover::union(
            parts
                .flatten()
                .filter_map(|part| part.intersection(whole))
                .collect(),
        )
    }
}
