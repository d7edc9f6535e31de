//! The daily, weekly and monthly subset of RFC 5545's RRULE. What is outside is refused by name, never misread.

mod error;
mod value;
mod write;

pub use error::RruleError;

use super::{Every, MonthDays, Nth, NthWeekday, Series, Until};
use crate::time::{Interval, Timestamp, Zone};
use chrono::{NaiveTime, Weekday, WeekdaySet};
use error::{PARTS, shown, wrong};
use std::collections::BTreeMap;
use std::num::NonZeroU16;

impl Series {
    /// The series that repeats `first` by the RRULE value `rrule`, such as `FREQ=WEEKLY;BYDAY=TU;UNTIL=20270504T160000Z`.
    ///
    /// Read are FREQ DAILY, WEEKLY or MONTHLY with INTERVAL and one of COUNT and UNTIL, in any letter case:
    ///
    /// - DAILY: without INTERVAL also BYDAY and BYMONTHDAY
    /// - WEEKLY: BYDAY, BYSETPOS, WKST
    /// - MONTHLY: BYDAY with or without ordinals, BYMONTHDAY, BYSETPOS
    ///
    /// `zone` is the office's: RFC 5545 §3.3.10 has UNTIL in UTC when DTSTART names a zone. An UNTIL without `Z` is
    /// civil time already, and one without a time includes the whole day.
    ///
    /// ```
    /// # use allkontor_core::{series::Series, time::{CivilMinute, Interval, Zone}};
    /// # let at = |hour| CivilMinute::from_ymd_hm(2027, 4, 20, hour, 0).unwrap();
    /// # let first = Interval::new(at(18), at(20)).unwrap();
    /// let zone = Zone::new("Europe/Stockholm").unwrap();
    /// let series = Series::from_rrule(first, "FREQ=WEEKLY;UNTIL=20270504T160000Z", zone).unwrap();
    /// assert_eq!(series.expand().unwrap().len(), 3); // 16:00 UTC is 18:00 here
    /// assert_eq!(
    ///     Series::from_rrule(first, "FREQ=YEARLY;COUNT=3", zone).unwrap_err().to_string(),
    ///     "FREQ has \"YEARLY\": expected DAILY, WEEKLY or MONTHLY"
    /// );
    /// ```
    pub fn from_rrule(first: Interval, rrule: &str, zone: Zone) -> Result<Self, RruleError> {
        let upper = rrule.to_ascii_uppercase();
        let rule = Rule::read(&upper)?;
        let every = rule.every()?;
        let until = rule.until(first.start().to_naive().time(), zone)?;
        Ok(Self::new(first, every, until)?)
    }
}

/// The parts of one rule by name, in upper case.
struct Rule<'a>(BTreeMap<&'static str, &'a str>);

impl<'a> Rule<'a> {
    fn read(text: &'a str) -> Result<Self, RruleError> {
        let mut parts = BTreeMap::new();
        // A semicolon at the end is common in the wild, and harmless.
        for part in text.strip_suffix(';').unwrap_or(text).split(';') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let Some(part) = PARTS.into_iter().find(|known| *known == name) else {
                return Err(RruleError::Part { part: shown(name) });
            };
            if parts.insert(part, value).is_some() {
                return Err(RruleError::Twice { part });
            }
        }
        Ok(Self(parts))
    }

    fn every(&self) -> Result<Every, RruleError> {
        let frequency = self.get("FREQ").ok_or(RruleError::NoFrequency)?;
        let step = self.number("INTERVAL")?.unwrap_or(NonZeroU16::MIN);
        let week_start = self
            .one("WKST", "a weekday, MO to SU", value::weekday)?
            .unwrap_or(Weekday::Mon);
        match frequency {
            "DAILY" => self.daily(step),
            "WEEKLY" => self.weekly(step, week_start),
            "MONTHLY" => self.monthly(step),
            _ => Err(wrong("FREQ", frequency, "DAILY, WEEKLY or MONTHLY")),
        }
    }

    /// A day that must also be a weekday or a day of the month is what a weekly or monthly rule says.
    fn daily(&self, step: NonZeroU16) -> Result<Every, RruleError> {
        const WITH: &str = "FREQ=DAILY";
        self.refuse("BYSETPOS", WITH)?;
        let limit = ["BYDAY", "BYMONTHDAY"]
            .into_iter()
            .find(|part| self.get(part).is_some());
        match limit {
            None => Ok(Every::Days(step)),
            Some(part) if step > NonZeroU16::MIN => Err(RruleError::Together {
                part,
                with: "FREQ=DAILY and INTERVAL",
            }),
            Some(_) => {
                let (dates, days) = (self.month_days()?, self.plain_weekdays()?);
                if dates.is_empty() {
                    return Ok(Every::Weeks {
                        step,
                        days: days.into_iter().collect(),
                        week_start: Weekday::Mon,
                    });
                }
                let weekdays = days.into_iter().map(NthWeekday::every).collect();
                let on = MonthDays {
                    dates,
                    weekdays,
                    only: Vec::new(),
                };
                Ok(Every::Months { step, on })
            }
        }
    }

    fn weekly(&self, step: NonZeroU16, week_start: Weekday) -> Result<Every, RruleError> {
        self.refuse("BYMONTHDAY", "FREQ=WEEKLY")?;
        let all: WeekdaySet = self.plain_weekdays()?.into_iter().collect();
        // The same weekdays stand at the same places of every week.
        let mut days = all;
        if let Some(value) = self.get("BYSETPOS") {
            let only = self.places()?;
            let after = |before: usize| usize::from(all.len()).saturating_sub(before + 1);
            let chosen = |before| only.iter().any(|nth| nth.has_around(before, after(before)));
            let week = all.iter(week_start).enumerate();
            days = week
                .filter(|(i, _)| chosen(*i))
                .map(|(_, day)| day)
                .collect();
            if days.is_empty() {
                return Err(wrong("BYSETPOS", value, "places among the days of BYDAY"));
            }
        }
        Ok(Every::Weeks {
            step,
            days,
            week_start,
        })
    }

    fn monthly(&self, step: NonZeroU16) -> Result<Every, RruleError> {
        let on = MonthDays {
            dates: self.month_days()?,
            weekdays: self.list("BYDAY", "weekdays like MO, 1FR or -1SU", value::nth_weekday)?,
            only: self.places()?,
        };
        if on.dates.is_empty() && on.weekdays.is_empty() {
            self.refuse("BYSETPOS", "FREQ=MONTHLY without BYDAY or BYMONTHDAY")?;
        }
        Ok(Every::Months { step, on })
    }

    /// All dates start at the same time of day, so an UNTIL at any minute is a last day.
    fn until(&self, start: NaiveTime, zone: Zone) -> Result<Until, RruleError> {
        let Some(text) = self.get("UNTIL") else {
            let count = self.number("COUNT")?.ok_or(RruleError::Endless)?;
            return Ok(Until::Count(count));
        };
        self.refuse("COUNT", "UNTIL")?;
        const EXPECTED: &str = "a date or time like 20270504, 20270504T180000 or 20270504T160000Z";
        let wrong = || wrong("UNTIL", text, EXPECTED);
        if text.len() == 8 {
            return value::date(text).map(Until::Day).ok_or_else(wrong);
        }
        let (text, utc) = match text.strip_suffix('Z') {
            Some(text) => (text, true),
            None => (text, false),
        };
        let mut last = value::date_time(text).ok_or_else(wrong)?;
        if utc {
            last = zone.civil(Timestamp(last.and_utc().timestamp())).to_naive();
        }
        let day = last.date();
        let day = if last.time() < start {
            day.pred_opt()
        } else {
            Some(day)
        };
        day.map(Until::Day).ok_or_else(wrong)
    }

    fn month_days(&self) -> Result<Vec<Nth>, RruleError> {
        self.list("BYMONTHDAY", "days 1 to 31 or -31 to -1", value::nth)
    }

    fn places(&self) -> Result<Vec<Nth>, RruleError> {
        self.list("BYSETPOS", "places 1 to 31 or -31 to -1", value::nth)
    }

    fn plain_weekdays(&self) -> Result<Vec<Weekday>, RruleError> {
        self.list("BYDAY", "weekdays like MO, TU", value::weekday)
    }

    fn number(&self, part: &'static str) -> Result<Option<NonZeroU16>, RruleError> {
        self.one(part, "a whole number from 1 to 65535", value::number)
    }

    fn get(&self, part: &str) -> Option<&'a str> {
        self.0.get(part).copied()
    }

    fn one<T>(
        &self,
        part: &'static str,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, RruleError> {
        self.get(part)
            .map(|text| parse(text).ok_or_else(|| wrong(part, text, expected)))
            .transpose()
    }

    /// The values of a comma-separated list, each once, so no text makes a long one; none without the part.
    fn list<T: PartialEq>(
        &self,
        part: &'static str,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, RruleError> {
        let mut values = Vec::new();
        for text in self.get(part).into_iter().flat_map(|list| list.split(',')) {
            let value = parse(text).ok_or_else(|| wrong(part, text, expected))?;
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Ok(values)
    }

    fn refuse(&self, part: &'static str, with: &'static str) -> Result<(), RruleError> {
        match self.get(part) {
            None => Ok(()),
            Some(_) => Err(RruleError::Together { part, with }),
        }
    }
}
