//! Series of dates: the same wall-clock time again and again, written out before anyone is asked.
//!
//! ```text
//! RRULE ─from_rrule─► Series ─expand─► at most 60 intervals ─► one request each
//! ```
//!
//! **Architecture invariant:** nothing behind [`Series::expand`] knows of series. Every date is a request of its own,
//! so one of them can clash, move or be cancelled without the others.

mod month;
mod rrule;

pub use month::{MonthDays, Nth, NthWeekday};
pub use rrule::RruleError;

use crate::limits::MAX_SERIES_DATES;
use crate::time::{CivilMinute, Interval, OfficeDay};
use chrono::{Datelike, Days, Months, NaiveDate, Weekday, WeekdaySet};
use std::collections::BTreeSet;
use std::num::NonZeroU16;

/// A rule that repeats one interval in civil time: every date starts at the same wall-clock time and is as long.
///
/// The first interval gives the time, the length, and the day, week or month that the steps count from. It is a date
/// of the series only if the rule falls on it: "every Tuesday" from a Wednesday starts six days later.
///
/// ```
/// use allkontor_core::series::{Every, Series, Until};
/// use allkontor_core::time::{CivilMinute, Interval};
/// use chrono::{NaiveDate, Weekday, WeekdaySet};
/// use std::num::NonZeroU16;
///
/// let at = |hour| CivilMinute::from_ymd_hm(2027, 3, 16, hour, 0).unwrap();
/// let first = Interval::new(at(18), at(20)).unwrap();
/// let day = |month, day| NaiveDate::from_ymd_opt(2027, month, day).unwrap();
///
/// // Every Tuesday 18–20 until the middle of April, but not in Easter week.
/// let tuesdays = Every::Weeks {
///     step: NonZeroU16::MIN,
///     days: WeekdaySet::single(Weekday::Tue),
///     week_start: Weekday::Mon,
/// };
/// let series = Series::new(first, tuesdays, Until::Day(day(4, 15))).unwrap().without([day(3, 30)]);
///
/// let dates: Vec<String> = series.expand().unwrap().iter().map(|date| date.start().to_string()).collect();
/// assert_eq!(dates, ["2027-03-16T18:00", "2027-03-23T18:00", "2027-04-06T18:00", "2027-04-13T18:00"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    first: Interval,
    every: Every,
    until: Until,
    excluded: BTreeSet<NaiveDate>,
}

/// How often a series comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Every {
    /// Every so many days.
    Days(NonZeroU16),
    /// On these weekdays of every so many weeks.
    Weeks {
        /// 1 is every week, 2 every other one.
        step: NonZeroU16,
        /// None is the weekday of the first interval.
        days: WeekdaySet,
        /// Where a week begins: it matters when weeks are skipped. Monday by ISO 8601 and by default of RFC 5545.
        week_start: Weekday,
    },
    /// On these days of every so many months. A month without such a day is skipped (RFC 5545 §3.3.10).
    Months {
        /// 1 is every month, 12 once a year.
        step: NonZeroU16,
        /// None is the day of the month of the first interval.
        on: MonthDays,
    },
}

/// Where a series ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// The last calendar date that it may start on.
    Day(NaiveDate),
    /// After so many dates. Excluded dates count, as in RFC 5545.
    Count(NonZeroU16),
}

/// A series whose last day is before its first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("series ends on {last}, before it starts on {first}")]
pub struct EndsBeforeStart {
    /// The calendar date the first interval starts on.
    pub first: NaiveDate,
    /// The last calendar date asked for.
    pub last: NaiveDate,
}

/// A series that goes on after its last allowed date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("series has more than {limit} dates: the last that fits is {last}")]
pub struct TooManyDates {
    /// [`MAX_SERIES_DATES`].
    pub limit: usize,
    /// The calendar date at which the limit is reached: a series until then is accepted.
    pub last: NaiveDate,
}

impl Series {
    /// A series without exceptions. It is held inside the supported years, 1970–2199.
    pub fn new(first: Interval, every: Every, until: Until) -> Result<Self, EndsBeforeStart> {
        let day = first.start().to_naive().date();
        let until = match until {
            Until::Day(last) if last < day => return Err(EndsBeforeStart { first: day, last }),
            Until::Day(last) => Until::Day(last.min(OfficeDay::MAX.date())),
            count @ Until::Count(_) => count,
        };
        Ok(Self {
            first,
            every: every.settled(day),
            until,
            excluded: BTreeSet::new(),
        })
    }

    /// The same series, leaving out what starts on these calendar dates too.
    pub fn without(mut self, dates: impl IntoIterator<Item = NaiveDate>) -> Self {
        self.excluded.extend(dates);
        self
    }

    /// The interval that gives the time, the length and the start of counting.
    pub const fn first(&self) -> Interval {
        self.first
    }

    /// How often it comes back.
    pub const fn every(&self) -> &Every {
        &self.every
    }

    /// Where it ends.
    pub const fn until(&self) -> Until {
        self.until
    }

    /// The calendar dates left out, whether or not the rule falls on them.
    pub const fn excluded(&self) -> &BTreeSet<NaiveDate> {
        &self.excluded
    }

    /// Every date, in order, none if the rule falls on no day before its end.
    ///
    /// A date can start in the hour that spring skips, which the commands refuse as they do for a single booking.
    pub fn expand(&self) -> Result<Vec<Interval>, TooManyDates> {
        let count = match self.until {
            Until::Day(_) => usize::MAX,
            Until::Count(count) => count.get().into(),
        };
        let mut dates: Vec<Interval> = Vec::new();
        for day in self.days().take(count) {
            if self.excluded.contains(&day) {
                continue;
            }
            let Some(date) = self.on(day) else { break };
            match dates.last() {
                Some(last) if dates.len() >= MAX_SERIES_DATES => {
                    return Err(TooManyDates {
                        limit: MAX_SERIES_DATES,
                        last: last.start().to_naive().date(),
                    });
                }
                _ => dates.push(date),
            }
        }
        Ok(dates)
    }

    /// The calendar dates the rule falls on, up to the last day.
    fn days(&self) -> impl Iterator<Item = NaiveDate> {
        let first = self.first.start().to_naive().date();
        let last = match self.until {
            Until::Day(last) => last,
            Until::Count(_) => OfficeDay::MAX.date(),
        };
        (0..)
            .map_while(move |turn| {
                self.every
                    .turn(first, turn)
                    .filter(|(from, _)| *from <= last)
            })
            .flat_map(|(_, days)| days)
            .skip_while(move |day| *day < first)
            .take_while(move |day| *day <= last)
    }

    /// The interval that starts on that calendar date; `None` when it would end after 2199.
    fn on(&self, day: NaiveDate) -> Option<Interval> {
        let start = CivilMinute::from_naive(day.and_time(self.first.start().to_naive().time()))?;
        Interval::new(start, start.plus(self.first.minutes()).ok()?).ok()
    }
}

impl Every {
    /// The same rule, its choice of days made explicit: as on the first date where none was given.
    fn settled(mut self, day: NaiveDate) -> Self {
        match &mut self {
            Self::Weeks { days, .. } if days.is_empty() => {
                *days = WeekdaySet::single(day.weekday());
            }
            Self::Months { on, .. } => on.settle(day),
            _ => {}
        }
        self
    }

    /// The first day and the chosen days, in order, of the `turn`-th day, week or month that is not skipped.
    fn turn(&self, first: NaiveDate, turn: u32) -> Option<(NaiveDate, Vec<NaiveDate>)> {
        let steps = |step: NonZeroU16| turn.checked_mul(step.get().into());
        let later = |from: NaiveDate, days: u32| from.checked_add_days(Days::new(days.into()));
        match self {
            Self::Days(step) => {
                let day = later(first, steps(*step)?)?;
                Some((day, vec![day]))
            }
            Self::Weeks {
                step,
                days,
                week_start,
            } => {
                let week = first.week(*week_start).checked_first_day()?;
                let week = later(week, steps(*step)?.checked_mul(7)?)?;
                let days = days.iter(*week_start);
                let chosen = days.filter_map(|day| later(week, day.days_since(*week_start)));
                Some((week, chosen.collect()))
            }
            Self::Months { step, on } => {
                let month = first
                    .with_day(1)?
                    .checked_add_months(Months::new(steps(*step)?))?;
                Some((month, on.of(month)))
            }
        }
    }
}
