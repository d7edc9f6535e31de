//! Opening hours, minute by minute.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

use allkontor_core::model::{
    DayHours, Exception, HolidayCalendar, HolidayPolicy, Hours, Season, Span, Text, Week,
};
use allkontor_core::time::{CivilMinute, DayStart, Interval, OfficeDay};
use chrono::{Datelike, Days, NaiveDate, Timelike, Weekday};
use proptest::prelude::*;
use std::collections::BTreeMap;

const HOLIDAYS: &str = include_str!("../../tests/data/sweden_public_holidays_2024_2033.csv");

fn day_hours() -> impl Strategy<Value = DayHours> {
    let spans = || prop::collection::vec((0_u16..1440, 1_u16..1440), 0..3);
    (spans(), spans()).prop_map(|(open, staffed)| {
        let apart = |raw: Vec<(u16, u16)>| {
            let mut kept: Vec<Span> = Vec::new();
            for span in raw
                .into_iter()
                .filter_map(|(from, long)| Span::new(from, from + long))
            {
                if kept
                    .iter()
                    .all(|k| span.to() <= k.from() || k.to() <= span.from())
                {
                    kept.push(span);
                }
            }
            kept
        };
        DayHours::new(apart(open), apart(staffed)).unwrap()
    })
}

fn week() -> impl Strategy<Value = Week> {
    prop::collection::vec(day_hours(), 7).prop_map(|days| {
        let [
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        ] = days.try_into().unwrap();
        Week {
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
        }
    })
}

/// A day in the two weeks around Christmas 2026, where holidays crowd.
fn day() -> impl Strategy<Value = OfficeDay> {
    (0..20).prop_map(|n| OfficeDay::from_ymd(2026, 12, 20).unwrap().plus(n))
}

fn hours() -> impl Strategy<Value = Hours> {
    let policy = prop_oneof![
        Just(HolidayPolicy::Closed),
        Just(HolidayPolicy::AsSunday),
        Just(HolidayPolicy::AsUsual),
        day_hours().prop_map(|hours| HolidayPolicy::Own { hours }),
    ];
    let calendar = prop_oneof![Just(HolidayCalendar::None), Just(HolidayCalendar::Sweden)];
    let season = (day(), 0..20, week()).prop_map(|(first, long, weekly)| Season {
        first,
        last: first.plus(long),
        name: Text::default(),
        weekly,
    });
    let exceptions = prop::collection::btree_map(day(), day_hours(), 0..4);
    (
        week(),
        prop::option::of(season),
        calendar,
        policy,
        exceptions,
    )
        .prop_map(|(weekly, season, calendar, holidays, exceptions)| Hours {
            weekly,
            seasons: season.into_iter().collect(),
            calendar,
            holidays,
            exceptions: exceptions
                .into_iter()
                .map(|(day, hours)| Exception {
                    day,
                    hours,
                    note: Text::default(),
                })
                .collect(),
        })
}

/// What a sign on the door would say about one minute: look at every date whose hours may reach it.
fn on_the_door(hours: &Hours, minute: CivilMinute, spans: fn(&DayHours) -> &[Span]) -> bool {
    let now = minute.to_naive();
    (0_u64..=2).any(|back| {
        let date = now.date() - Days::new(back);
        let after_midnight = back as u32 * 1440 + now.hour() * 60 + now.minute();
        let written = written_for(hours, date);
        spans(&written)
            .iter()
            .any(|s| u32::from(s.from()) <= after_midnight && after_midnight < u32::from(s.to()))
    })
}

fn written_for(hours: &Hours, date: NaiveDate) -> DayHours {
    let mut weekday = date.weekday();
    let mut written = None;
    let red = HOLIDAYS.contains(&format!("\n{date},")) && hours.calendar == HolidayCalendar::Sweden;
    match &hours.holidays {
        HolidayPolicy::Closed if red => written = Some(DayHours::closed()),
        HolidayPolicy::Own { hours } if red => written = Some(hours.clone()),
        HolidayPolicy::AsSunday if red => weekday = Weekday::Sun,
        _ => {}
    }
    let week = hours
        .seasons
        .iter()
        .find(|s| (s.first.date()..=s.last.date()).contains(&date));
    let written = written.unwrap_or_else(|| {
        week.map_or(&hours.weekly, |s| &s.weekly)
            .on(weekday)
            .clone()
    });
    let exception = hours.exceptions.iter().find(|e| e.day.date() == date);
    exception.map_or(written, |exception| exception.hours.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_minute_is_open_exactly_when_the_door_says_so(
        hours in hours(),
        day in day(),
        start in prop_oneof![Just(0_u16), Just(240), 0_u16..1440],
    ) {
        let start = DayStart::new(start).unwrap();
        let (open, staffed) = (hours.open(day, start), hours.staffed(day, start));
        for list in [&open, &staffed] {
            for pair in list.windows(2) {
                prop_assert!(pair[0].end() < pair[1].start(), "in order and apart: {list:?}");
            }
        }
        let whole = day.interval(start);
        for n in -60..1500 {
            let minute = whole.start().plus(n).unwrap();
            let inside = |list: &[Interval]| list.iter().any(|i| i.contains_minute(minute));
            let door = whole.contains_minute(minute) && on_the_door(&hours, minute, DayHours::open);
            prop_assert_eq!(inside(&open), door, "open at {}", minute);
            let help = door && on_the_door(&hours, minute, DayHours::staffed);
            prop_assert_eq!(inside(&staffed), help, "staffed at {}", minute);
        }
    }
}

#[test]
fn a_friday_night_runs_on_although_saturday_is_closed() {
    let span = |text: &str| text.parse::<Span>().unwrap();
    let mut hours = Hours::default();
    hours.weekly.friday = DayHours::new(vec![span("18:00-26:00")], vec![]).unwrap();
    let open = |day| {
        format!(
            "{:?}",
            hours.open(
                OfficeDay::from_ymd(2026, 11, day).unwrap(),
                DayStart::default()
            )
        )
    };
    assert_eq!(open(27), "[2026-11-27T18:00/2026-11-28T02:00]");
    assert_eq!(open(28), "[]");
}

#[test]
fn a_holiday_in_a_season_has_that_seasons_sunday_hours() {
    let of = |span: &str| DayHours::new(vec![span.parse().unwrap()], vec![]).unwrap();
    let midsummer = OfficeDay::from_ymd(2026, 6, 20).unwrap();
    let mut hours = Hours::proposed();
    hours.seasons.push(Season {
        first: midsummer,
        last: midsummer.plus(7),
        name: Text::new([("sv", "Sommar")]),
        weekly: Week {
            sunday: of("12:00-14:00"),
            ..Week::proposed()
        },
    });
    let open = |hours: &Hours| format!("{:?}", hours.open(midsummer, DayStart::default()));
    assert_eq!(open(&hours), "[2026-06-20T12:00/2026-06-20T14:00]");
    hours.holidays = HolidayPolicy::AsUsual;
    assert_eq!(open(&hours), "[2026-06-20T10:00/2026-06-20T18:00]");
}

#[test]
fn round_the_clock_leaves_no_hole_where_the_office_day_turns() {
    let always = DayHours::new(vec!["00:00-24:00".parse().unwrap()], vec![]).unwrap();
    let hours = Hours {
        weekly: Week::new(always.clone(), always),
        ..Hours::default()
    };
    let day = OfficeDay::from_ymd(2026, 11, 27).unwrap();
    assert_eq!(
        hours.open(day, DayStart::default()),
        [day.interval(DayStart::default())]
    );
}

#[test]
fn spans_of_one_date_do_not_overlap() {
    let span = |text: &str| text.parse::<Span>().unwrap();
    let error = DayHours::new(vec![span("12:00-18:00"), span("08:00-13:00")], vec![]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "spans overlap: 08:00-13:00 and 12:00-18:00"
    );
}

/// A date's rows of open and staffed spans, as a public library's open interface wrote them.
type Written = BTreeMap<OfficeDay, (Vec<Span>, Vec<Span>)>;

fn library(json: &str) -> Written {
    let data: serde_json::Value = serde_json::from_str(json).unwrap();
    let schedules = data["data"]["schedules"].as_array().unwrap();
    let row = |schedule: &serde_json::Value| {
        let date =
            NaiveDate::parse_from_str(schedule["date"].as_str().unwrap(), "%Y-%m-%d").unwrap();
        let times = schedule["times"].as_array().unwrap();
        let span = |t: &serde_json::Value| {
            format!(
                "{}-{}",
                t["from"].as_str().unwrap(),
                t["to"].as_str().unwrap()
            )
            .parse::<Span>()
            .unwrap()
        };
        let staffed = times
            .iter()
            .filter(|t| t["status"] == 1)
            .map(span)
            .collect();
        (
            OfficeDay::from_date(date).unwrap(),
            (times.iter().map(span).collect(), staffed),
        )
    };
    schedules.iter().map(row).collect()
}

/// A summer week as the season, and an exception for each date that differs from it.
fn as_hours(written: &Written, monday: OfficeDay) -> Hours {
    let of = |(open, staffed): &(Vec<Span>, Vec<Span>)| {
        DayHours::new(open.clone(), staffed.clone()).unwrap()
    };
    let in_week = |n| of(&written[&monday.plus(n)]);
    let weekly = Week {
        monday: in_week(0),
        tuesday: in_week(1),
        wednesday: in_week(2),
        thursday: in_week(3),
        friday: in_week(4),
        saturday: in_week(5),
        sunday: in_week(6),
    };
    let differs = |day: &OfficeDay, hours: &DayHours| weekly.on(day.date().weekday()) != hours;
    let exceptions = written
        .iter()
        .map(|(day, row)| (*day, of(row)))
        .filter(|(day, hours)| differs(day, hours));
    let exceptions = exceptions
        .map(|(day, hours)| Exception {
            day,
            hours,
            note: Text::default(),
        })
        .collect();
    let season = Season {
        first: OfficeDay::from_ymd(2020, 6, 1).unwrap(),
        last: OfficeDay::from_ymd(2020, 8, 9).unwrap(),
        name: Text::new([("fi", "Kesä2020")]),
        weekly: weekly.clone(),
    };
    Hours {
        seasons: vec![season],
        exceptions,
        ..Hours::default()
    }
}

#[test]
fn a_real_librarys_summer_can_be_said() {
    let simple = library(include_str!(
        "../../tests/data/helsinki_kirjastot_data_simple.json"
    ));
    let pattern = library(include_str!(
        "../../tests/data/helsinki_kirjastot_data_pattern.json"
    ));
    let monday = OfficeDay::from_ymd(2020, 6, 22).unwrap();
    for (written, exceptions) in [(&simple, 0), (&pattern, 11)] {
        let hours = as_hours(written, monday);
        assert_eq!(hours.exceptions.len(), exceptions);
        for (day, (open, staffed)) in written {
            let civil = |spans: &[Span]| -> i64 {
                spans.iter().map(|s| i64::from(s.to() - s.from())).sum()
            };
            let total =
                |list: Vec<Interval>| -> i64 { list.iter().map(|i| i64::from(i.minutes())).sum() };
            assert_eq!(
                total(hours.open(*day, DayStart::default())),
                civil(open),
                "{day} open"
            );
            let opens = |list: &[Interval]| list.first().map(|i| i.start());
            let first = open.first().and_then(|s| s.on(*day)).map(|i| i.start());
            assert_eq!(
                opens(&hours.open(*day, DayStart::default())),
                first,
                "{day} opens"
            );
            assert_eq!(
                total(hours.staffed(*day, DayStart::default())),
                civil(staffed),
                "{day} staffed"
            );
        }
        let before = OfficeDay::from_ymd(2020, 5, 31).unwrap();
        assert!(
            hours.open(before, DayStart::default()).is_empty(),
            "the season has not begun"
        );
    }
}
