//! Series against a calendar walked day by day, which knows no periods and no steps.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

use allkontor_core::limits::MAX_SERIES_DATES;
use allkontor_core::series::Series;
use allkontor_core::time::{CivilMinute, Interval, LocalMinute, Timestamp, Zone};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Weekday};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// How far the oracle walks. Dates beyond are not compared.
const YEARS: i64 = 20;

#[derive(Clone, Debug)]
struct Rule {
    frequency: &'static str,
    interval: i64,
    /// An ordinal of 0 is every such weekday.
    by_day: Vec<(i64, Weekday)>,
    by_month_day: Vec<i64>,
    by_set_pos: Vec<i64>,
    week_start: Weekday,
    end: End,
}

#[derive(Clone, Copy, Debug)]
enum End {
    Count(usize),
    /// Minutes after the first start, so never before it.
    Utc(i64),
    Civil(i64),
}

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

fn stockholm() -> Zone {
    Zone::new("Europe/Stockholm").unwrap()
}

fn instant(minute: CivilMinute) -> i64 {
    match stockholm().local(minute) {
        LocalMinute::Unambiguous(Timestamp(seconds)) => seconds,
        other => panic!("{minute} is in the night: {other:?}"),
    }
}

fn few<T: std::fmt::Debug>(
    value: impl Strategy<Value = T>,
    most: usize,
) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(value, 0..=most)
}

fn rules() -> impl Strategy<Value = Rule> {
    let weekday = || prop::sample::select(&WEEK[..]);
    let from_either_end =
        |most: i64| (1..=most, any::<bool>()).prop_map(|(n, back)| if back { -n } else { n });
    let nth = prop_oneof![Just(0), from_either_end(5)];
    let end = prop_oneof![
        (1..90_usize).prop_map(End::Count),
        (0..900 * 1440_i64).prop_map(End::Utc),
        (0..900 * 1440_i64).prop_map(End::Civil),
    ];
    let days = (
        few((nth, weekday()), 3),
        few(from_either_end(31), 3),
        few(from_either_end(4), 2),
    );
    let frequency = prop::sample::select(&["DAILY", "WEEKLY", "MONTHLY"][..]);
    (frequency, 1..5_i64, days, weekday(), end).prop_map(
        |(frequency, interval, (by_day, by_month_day, by_set_pos), week_start, end)| {
            let plain = by_day.iter().map(|(_, weekday)| (0, *weekday)).collect();
            let rule = Rule {
                frequency,
                interval,
                by_day,
                by_month_day,
                by_set_pos,
                week_start,
                end,
            };
            match frequency {
                "DAILY" if interval > 1 => Rule {
                    by_day: vec![],
                    by_month_day: vec![],
                    by_set_pos: vec![],
                    ..rule
                },
                "DAILY" => Rule {
                    by_day: plain,
                    by_set_pos: vec![],
                    ..rule
                },
                "WEEKLY" => {
                    let some = BTreeSet::from_iter(
                        rule.by_day
                            .iter()
                            .map(|(_, day)| day.num_days_from_monday()),
                    );
                    let few = i64::try_from(some.len()).unwrap();
                    let by_set_pos = rule
                        .by_set_pos
                        .iter()
                        .copied()
                        .filter(|p| p.abs() <= few)
                        .collect();
                    Rule {
                        by_day: plain,
                        by_month_day: vec![],
                        by_set_pos,
                        ..rule
                    }
                }
                _ if rule.by_day.is_empty() && rule.by_month_day.is_empty() => Rule {
                    by_set_pos: vec![],
                    ..rule
                },
                _ => rule,
            }
        },
    )
}

impl Rule {
    fn text(&self, first: CivilMinute) -> String {
        let code = |day: Weekday| day.to_string()[..2].to_uppercase();
        let mut text = format!(
            "FREQ={};INTERVAL={};WKST={}",
            self.frequency,
            self.interval,
            code(self.week_start)
        );
        let mut list = |name: &str, values: Vec<String>| {
            if !values.is_empty() {
                text += &format!(";{name}={}", values.join(","));
            }
        };
        let numbers = |values: &[i64]| values.iter().map(i64::to_string).collect::<Vec<_>>();
        let day = |(nth, day): &(i64, Weekday)| {
            if *nth == 0 {
                code(*day)
            } else {
                format!("{nth}{}", code(*day))
            }
        };
        list("BYDAY", self.by_day.iter().map(day).collect());
        list("BYMONTHDAY", numbers(&self.by_month_day));
        list("BYSETPOS", numbers(&self.by_set_pos));
        if self.frequency == "DAILY" && self.interval == 1 {
            text = text.replace("INTERVAL=1;", "");
        }
        text + &match self.end {
            End::Count(count) => format!(";COUNT={count}"),
            End::Civil(minutes) => {
                format!(
                    ";UNTIL={}",
                    (first.to_naive() + TimeDelta::minutes(minutes)).format("%Y%m%dT%H%M%S")
                )
            }
            End::Utc(minutes) => {
                let until = DateTime::from_timestamp(instant(first) + minutes * 60, 0).unwrap();
                format!(";UNTIL={}", until.format("%Y%m%dT%H%M%SZ"))
            }
        }
    }

    /// Whether the rule could fall on `day` if every day, week or month were its turn and all places counted.
    fn listed(&self, first: NaiveDate, day: NaiveDate) -> bool {
        let length = i64::from(day.num_days_in_month());
        let (d, back) = (i64::from(day.day()), i64::from(day.day()) - length - 1);
        let in_month = self.by_month_day.is_empty()
            || self.by_month_day.contains(&d)
            || self.by_month_day.contains(&back);
        let nths = [0, (d + 6) / 7, (back - 6) / 7];
        let on_weekday = self.by_day.is_empty()
            || self
                .by_day
                .iter()
                .any(|(nth, weekday)| *weekday == day.weekday() && nths.contains(nth));
        let as_first = match self.frequency {
            "WEEKLY" if self.by_day.is_empty() => day.weekday() == first.weekday(),
            "MONTHLY" if self.by_day.is_empty() && self.by_month_day.is_empty() => {
                day.day() == first.day()
            }
            _ => true,
        };
        in_month && on_weekday && as_first
    }

    fn week(&self, day: NaiveDate) -> NaiveDate {
        let mut start = day;
        while start.weekday() != self.week_start {
            start -= TimeDelta::days(1);
        }
        start
    }

    fn falls_on(&self, first: NaiveDate, day: NaiveDate) -> bool {
        let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
        let (from, turn) = match self.frequency {
            "DAILY" => (day, (day - first).num_days()),
            "WEEKLY" => (
                self.week(day),
                (self.week(day) - self.week(first)).num_weeks(),
            ),
            _ => (day.with_day(1).unwrap(), months(day) - months(first)),
        };
        if turn % self.interval != 0 || !self.listed(first, day) {
            return false;
        }
        let same_turn = |other: &NaiveDate| match self.frequency {
            "DAILY" => *other == day,
            "WEEKLY" => self.week(*other) == from,
            _ => months(*other) == months(day),
        };
        let set: Vec<NaiveDate> = from
            .iter_days()
            .take_while(same_turn)
            .filter(|other| self.listed(first, *other))
            .collect();
        let place = i64::try_from(set.iter().position(|other| *other == day).unwrap()).unwrap() + 1;
        let back = place - i64::try_from(set.len()).unwrap() - 1;
        self.by_set_pos.is_empty()
            || self.by_set_pos.contains(&place)
            || self.by_set_pos.contains(&back)
    }

    fn walk(&self, first: CivilMinute) -> Vec<NaiveDate> {
        let day = first.to_naive().date();
        let start = |day: NaiveDate| {
            CivilMinute::from_naive(day.and_time(first.to_naive().time())).unwrap()
        };
        let in_time = |day: &NaiveDate| match self.end {
            End::Count(_) => true,
            End::Civil(minutes) => i64::from(start(*day).minutes_since(first)) <= minutes,
            End::Utc(minutes) => instant(start(*day)) <= instant(first) + minutes * 60,
        };
        let count = if let End::Count(count) = self.end {
            count
        } else {
            usize::MAX
        };
        day.iter_days()
            .take(usize::try_from(YEARS * 366).unwrap())
            .take_while(in_time)
            .filter(|other| self.falls_on(day, *other))
            .take(count)
            .collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_series_is_what_walking_the_calendar_finds(
        rule in rules(),
        day in 0..4_000,
        // Outside the night, so that every start is one instant.
        minute in 4 * 60..1_440,
        length in 1..3_000,
        excluded in prop::collection::btree_set(0..60_i64, 0..8),
    ) {
        let start = CivilMinute::new(9_000 * 1440).unwrap().plus(day * 1440 + minute).unwrap();
        let first = Interval::new(start, start.plus(length).unwrap()).unwrap();
        let text = rule.text(start);
        let excluded: BTreeSet<NaiveDate> =
            excluded.into_iter().map(|days| start.to_naive().date() + TimeDelta::days(days)).collect();
        let series = Series::from_rrule(first, &text, stockholm()).unwrap().without(excluded.clone());
        let mut found = rule.walk(start);
        found.retain(|day| !excluded.contains(day));

        let horizon = start.to_naive().date() + TimeDelta::days(YEARS * 366);
        match series.expand() {
            Ok(dates) => {
                prop_assert!(dates.iter().all(|date| date.minutes() == length));
                let same_time = |date: &Interval| date.start().to_naive().time() == start.to_naive().time();
                prop_assert!(dates.iter().all(same_time));
                let days = dates.iter().map(|date| date.start().to_naive().date());
                let days: Vec<NaiveDate> = days.filter(|day| *day < horizon).collect();
                prop_assert_eq!(days, found, "{}", text);
            }
            Err(error) => match found.get(MAX_SERIES_DATES - 1) {
                Some(last) => prop_assert_eq!(error.last, *last, "{}", text),
                None => prop_assert!(error.last >= horizon, "{}", text),
            },
        }
    }
}
