use super::value;
use crate::series::{Every, MonthDays, Nth, NthWeekday, Series, Until};
use crate::time::{CivilMinute, LocalMinute, Timestamp, Zone};
use chrono::{DateTime, NaiveDate, Weekday};
use std::num::NonZeroU16;

impl Series {
    /// The rule as an RRULE value, for a DTSTART that names `zone`: UNTIL is in UTC, as RFC 5545 §3.3.10 has it.
    ///
    /// Excluded dates are not in it: they are EXDATE's. Read again with the same first interval and zone, it gives an
    /// equal series.
    ///
    /// ```
    /// # use allkontor_core::{series::Series, time::{CivilMinute, Interval, Zone}};
    /// # let at = |hour| CivilMinute::from_ymd_hm(2027, 4, 20, hour, 0).unwrap();
    /// # let first = Interval::new(at(18), at(20)).unwrap();
    /// let zone = Zone::new("Europe/Stockholm").unwrap();
    /// let series = Series::from_rrule(first, "FREQ=WEEKLY;UNTIL=20270504", zone).unwrap();
    /// assert_eq!(series.to_rrule(zone), "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270504T160000Z");
    /// ```
    pub fn to_rrule(&self, zone: Zone) -> String {
        let (frequency, step, by) = match &self.every {
            Every::Days(step) => ("DAILY", step, Vec::new()),
            Every::Weeks {
                step,
                days,
                week_start,
            } => {
                let mut by = vec![list("BYDAY", days.iter(Weekday::Mon).map(value::code))];
                if *week_start != Weekday::Mon {
                    by.push(format!("WKST={}", value::code(*week_start)));
                }
                ("WEEKLY", step, by)
            }
            Every::Months { step, on } => ("MONTHLY", step, month_days(on)),
        };
        let mut parts = vec![format!("FREQ={frequency}")];
        if *step > NonZeroU16::MIN {
            parts.push(format!("INTERVAL={step}"));
        }
        parts.extend(by);
        parts.push(match self.until {
            Until::Count(count) => format!("COUNT={count}"),
            Until::Day(last) => format!("UNTIL={}", self.start_in_utc(last, zone)),
        });
        parts.join(";")
    }

    /// The instant of a start on that day: the later of two, and in a skipped hour what the clock shows after it.
    fn start_in_utc(&self, day: NaiveDate, zone: Zone) -> String {
        let start = day.and_time(self.first.start().to_naive().time());
        let start = CivilMinute::from_naive(start).unwrap_or(CivilMinute::MAX);
        // No clock was ever put forward by more than a day.
        let shown =
            (0..=24).find_map(
                |hours| match zone.local(start.saturating_plus(hours * 60)) {
                    LocalMinute::Unambiguous(at) | LocalMinute::Fold(_, at) => Some(at),
                    LocalMinute::Gap => None,
                },
            );
        let Timestamp(seconds) = shown.unwrap_or(Timestamp(i64::MAX));
        let utc = DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<chrono::Utc>::MAX_UTC);
        utc.format("%Y%m%dT%H%M%SZ").to_string()
    }
}

fn month_days(on: &MonthDays) -> Vec<String> {
    let weekday = |day: &NthWeekday| {
        let nth = day.place().map(|nth| nth.get().to_string());
        nth.unwrap_or_default() + value::code(day.weekday())
    };
    let places = |part, nths: &[Nth]| list(part, nths.iter().map(|nth| nth.get().to_string()));
    let by = [
        (
            on.weekdays.is_empty(),
            list("BYDAY", on.weekdays.iter().map(weekday)),
        ),
        (on.dates.is_empty(), places("BYMONTHDAY", &on.dates)),
        (on.only.is_empty(), places("BYSETPOS", &on.only)),
    ];
    let given = by.into_iter().filter(|(empty, _)| !empty);
    given.map(|(_, part)| part).collect()
}

fn list<T: AsRef<str>>(part: &str, values: impl Iterator<Item = T>) -> String {
    let values: Vec<T> = values.collect();
    let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
    format!("{part}={}", values.join(","))
}
