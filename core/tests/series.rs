//! What a series promises, and the words it is refused with.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use allkontor_core::series::{Every, MonthDays, Nth, NthWeekday, Series, Until};
use allkontor_core::time::{CivilMinute, Interval, LocalMinute, Timestamp, Zone};
use chrono::{NaiveDate, Weekday, WeekdaySet};
use proptest::prelude::*;
use std::num::NonZeroU16;

fn stockholm() -> Zone {
    Zone::new("Europe/Stockholm").unwrap()
}

/// Two hours from that minute.
fn from(start: &str) -> Interval {
    let start: CivilMinute = start.parse().unwrap();
    Interval::new(start, start.plus(120).unwrap()).unwrap()
}

fn read(first: &str, rrule: &str) -> Series {
    Series::from_rrule(from(first), rrule, stockholm()).unwrap()
}

fn starts(series: &Series) -> Vec<String> {
    series
        .expand()
        .unwrap()
        .iter()
        .map(|date| date.start().to_string())
        .collect()
}

fn refusal(rrule: &str) -> String {
    Series::from_rrule(from("2027-04-20T18:00"), rrule, stockholm())
        .unwrap_err()
        .to_string()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn n(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

#[test]
fn the_wall_clock_shows_the_same_time_across_both_nights_of_the_year() {
    let seven_days = 7 * 24 * 3600;
    for (first, second, drift) in [
        ("2027-03-23T18:00", "2027-03-30T18:00", -3600),
        ("2026-10-20T18:00", "2026-10-27T18:00", 3600),
    ] {
        let dates = read(first, "FREQ=WEEKLY;COUNT=2").expand().unwrap();
        assert_eq!(dates, [from(first), from(second)]);
        let instant = |date: Interval| match stockholm().local(date.start()) {
            LocalMinute::Unambiguous(Timestamp(seconds)) => seconds,
            other => panic!("{other:?}"),
        };
        assert_eq!(instant(dates[1]) - instant(dates[0]), seven_days + drift);
    }
}

#[test]
fn a_date_across_the_night_is_as_long_on_the_clock_as_the_first() {
    let spring = read("2027-03-26T23:00", "FREQ=DAILY;COUNT=3");
    assert_eq!(spring.expand().unwrap()[1], from("2027-03-27T23:00"));
    let skipped = read("2027-03-27T02:30", "FREQ=DAILY;COUNT=3");
    assert_eq!(
        starts(&skipped),
        ["2027-03-27T02:30", "2027-03-28T02:30", "2027-03-29T02:30"]
    );
}

#[test]
fn until_in_utc_is_read_on_the_wall_clock_of_its_own_day() {
    let last = |until| {
        starts(&read(
            "2027-03-16T18:00",
            &format!("FREQ=WEEKLY;UNTIL={until}"),
        ))
        .pop()
        .unwrap()
    };
    // 17:00 UTC is 18:00 in winter and 19:00 in summer.
    assert_eq!(last("20270323T170000Z"), "2027-03-23T18:00");
    assert_eq!(last("20270323T165959Z"), "2027-03-16T18:00");
    assert_eq!(last("20270330T160000Z"), "2027-03-30T18:00");
    assert_eq!(last("20270330T155959Z"), "2027-03-23T18:00");
    assert_eq!(last("20270329T220000Z"), "2027-03-23T18:00");
    assert_eq!(last("20270330T180000"), "2027-03-30T18:00");
    assert_eq!(last("20270330"), "2027-03-30T18:00");
}

#[test]
fn the_rule_is_written_with_until_in_utc() {
    let written = |first, rrule| read(first, rrule).to_rrule(stockholm());
    assert_eq!(
        written("2027-03-16T18:00", "FREQ=WEEKLY;UNTIL=20270323"),
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270323T170000Z"
    );
    // In the skipped hour the clock shows 03:30 next, and of the repeated hour the second counts.
    assert_eq!(
        written("2027-03-27T02:30", "FREQ=DAILY;UNTIL=20270328"),
        "FREQ=DAILY;UNTIL=20270328T013000Z"
    );
    assert_eq!(
        written("2026-10-24T02:30", "FREQ=DAILY;UNTIL=20261025"),
        "FREQ=DAILY;UNTIL=20261025T013000Z"
    );
    assert_eq!(
        written(
            "2027-04-20T18:00",
            "bysetpos=-1;wkst=su;byday=fr,mo,-1tu,mo;interval=2;count=3;freq=monthly;"
        ),
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,-1TU,FR;BYSETPOS=-1;COUNT=3"
    );
}

#[test]
fn a_month_without_the_day_is_skipped_and_the_last_day_is_always_there() {
    let thirty_first = read("2027-01-31T09:00", "FREQ=MONTHLY;COUNT=3");
    assert_eq!(
        starts(&thirty_first),
        ["2027-01-31T09:00", "2027-03-31T09:00", "2027-05-31T09:00"]
    );
    let last = read("2028-01-31T09:00", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3");
    assert_eq!(
        starts(&last),
        ["2028-01-31T09:00", "2028-02-29T09:00", "2028-03-31T09:00"]
    );
}

#[test]
fn without_a_choice_of_days_a_series_follows_its_first_date() {
    let weeks = Every::Weeks {
        step: n(2),
        days: WeekdaySet::EMPTY,
        week_start: Weekday::Mon,
    };
    let months = Every::Months {
        step: n(1),
        on: MonthDays::default(),
    };
    let series = |every| Series::new(from("2027-01-20T09:00"), every, Until::Count(n(2))).unwrap();
    assert_eq!(
        starts(&series(weeks)),
        ["2027-01-20T09:00", "2027-02-03T09:00"]
    );
    assert_eq!(
        starts(&series(months)),
        ["2027-01-20T09:00", "2027-02-20T09:00"]
    );
}

#[test]
fn the_last_working_day_of_each_month() {
    let working = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
    ];
    let on = MonthDays {
        weekdays: working.map(NthWeekday::every).to_vec(),
        only: vec![Nth::new(-1).unwrap()],
        ..MonthDays::default()
    };
    let months = Every::Months { step: n(1), on };
    let series = Series::new(
        from("2027-01-01T09:00"),
        months,
        Until::Day(day("2027-03-31")),
    )
    .unwrap();
    assert_eq!(
        starts(&series),
        ["2027-01-29T09:00", "2027-02-26T09:00", "2027-03-31T09:00"]
    );
    assert_eq!(
        series.to_rrule(stockholm()),
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20270331T070000Z"
    );
}

#[test]
fn excluded_dates_count_as_dates_but_not_towards_the_limit() {
    let sixty_one = read("2027-01-01T09:00", "FREQ=DAILY;COUNT=61");
    assert_eq!(
        sixty_one.expand().unwrap_err().to_string(),
        "series has more than 60 dates: the last that fits is 2027-03-01"
    );
    let sixty = sixty_one.without([day("2027-01-15"), day("2026-01-15")]);
    let dates = starts(&sixty);
    assert_eq!((dates.len(), dates[59].as_str()), (60, "2027-03-02T09:00"));
    assert!(!dates.contains(&"2027-01-15T09:00".to_owned()));
}

#[test]
fn a_series_until_the_last_date_that_fits_is_accepted() {
    let daily = |until| Series::new(from("2027-01-01T09:00"), Every::Days(n(1)), until).unwrap();
    let error = daily(Until::Day(NaiveDate::MAX)).expand().unwrap_err();
    assert_eq!(
        daily(Until::Day(error.last)).expand().unwrap().len(),
        error.limit
    );
}

#[test]
fn a_series_ends_with_the_supported_years() {
    let series = read("2199-12-29T22:30", "FREQ=DAILY;COUNT=9");
    assert_eq!(starts(&series), ["2199-12-29T22:30", "2199-12-30T22:30"]);
    let never = read(
        "2027-02-01T09:00",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30;COUNT=2",
    );
    assert_eq!(never.expand(), Ok(Vec::new()));
}

#[test]
fn a_refusal_names_the_part_and_what_is_supported() {
    for (rrule, words) in [
        (
            "FREQ=DAILY;BYMONTH=5;COUNT=2",
            "rule part \"BYMONTH\" is not supported: supported are FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYSETPOS, WKST",
        ),
        (
            "FREQ=YEARLY;COUNT=2",
            "FREQ has \"YEARLY\": expected DAILY, WEEKLY or MONTHLY",
        ),
        (
            "COUNT=2",
            "FREQ is missing: supported are DAILY, WEEKLY and MONTHLY",
        ),
        ("FREQ=DAILY", "rule has no end: COUNT or UNTIL is needed"),
        ("FREQ=DAILY;COUNT=2;COUNT=2", "COUNT is given twice"),
        (
            "FREQ=DAILY;COUNT=2;UNTIL=20270504",
            "COUNT is not supported with UNTIL",
        ),
        (
            "FREQ=DAILY;COUNT=0",
            "COUNT has \"0\": expected a whole number from 1 to 65535",
        ),
        (
            "FREQ=DAILY;COUNT=+2",
            "COUNT has \"+2\": expected a whole number from 1 to 65535",
        ),
        (
            "FREQ=DAILY;COUNT=2;INTERVAL=2;BYDAY=MO",
            "BYDAY is not supported with FREQ=DAILY and INTERVAL",
        ),
        (
            "FREQ=WEEKLY;COUNT=2;BYDAY=1MO",
            "BYDAY has \"1MO\": expected weekdays like MO, TU",
        ),
        (
            "FREQ=WEEKLY;COUNT=2;BYMONTHDAY=1",
            "BYMONTHDAY is not supported with FREQ=WEEKLY",
        ),
        (
            "FREQ=WEEKLY;COUNT=2;BYDAY=MO;BYSETPOS=2",
            "BYSETPOS has \"2\": expected places among the days of BYDAY",
        ),
        (
            "FREQ=MONTHLY;COUNT=2;BYDAY=6MO",
            "BYDAY has \"6MO\": expected weekdays like MO, 1FR or -1SU",
        ),
        (
            "FREQ=MONTHLY;COUNT=2;BYMONTHDAY=0",
            "BYMONTHDAY has \"0\": expected days 1 to 31 or -31 to -1",
        ),
        (
            "FREQ=MONTHLY;COUNT=2;BYSETPOS=1",
            "BYSETPOS is not supported with FREQ=MONTHLY without BYDAY or BYMONTHDAY",
        ),
        (
            "FREQ=DAILY;UNTIL=2027-05-04",
            "UNTIL has \"2027-05-04\": expected a date or time like 20270504, 20270504T180000 or 20270504T160000Z",
        ),
        (
            "FREQ=DAILY;UNTIL=20270419",
            "series ends on 2027-04-19, before it starts on 2027-04-20",
        ),
    ] {
        assert_eq!(refusal(rrule), words);
    }
}

/// Text that is nearly a rule: the words of RFC 5545, in any order.
fn nearly_a_rule() -> impl Strategy<Value = String> {
    let word = "FREQ=|DAILY|WEEKLY|MONTHLY|INTERVAL=|COUNT=|UNTIL=|BYDAY=|BYMONTHDAY=|BYSETPOS=|WKST=|MO|SU|[+-]?[0-9]{1,2}|65535|[0-9]{8}(T[0-9]{6}Z?)?|[;,=é]|;|;";
    let soup = prop::collection::vec(word, 0..12).prop_map(|words| words.concat());
    let part = "INTERVAL=(65535|[0-9])|COUNT=(65535|[0-9]{1,2})|UNTIL=(19|20|21)[0-9]{2}(0[1-9]|1[0-2])[0-2][0-9](T[01][0-9][0-5][0-9]00Z?)?|BYDAY=[+-]?[1-5]?(MO|TU|SU)(,(SA|-1FR))?|BYMONTHDAY=-?[1-3]?[0-9]|BYSETPOS=-?[1-3]|WKST=(SU|MO)";
    let rule = (
        "FREQ=(DAILY|WEEKLY|MONTHLY)",
        prop::collection::vec(part, 1..4),
    )
        .prop_map(|(frequency, parts)| format!("{frequency};{}", parts.join(";")));
    prop_oneof![".*", soup, rule]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_a_series_that_can_be_written_and_read_again_or_an_error(
        start in CivilMinute::MIN.get()..CivilMinute::MAX.get(),
        minutes in 1..100_000,
        text in nearly_a_rule(),
    ) {
        let start = CivilMinute::new(start.into()).unwrap();
        let first = Interval::new(start, start.saturating_plus(minutes)).unwrap();
        if let Ok(series) = Series::from_rrule(first, &text, stockholm()) {
            let written = series.to_rrule(stockholm());
            let again = Series::from_rrule(first, &written, stockholm());
            prop_assert_eq!(again.as_ref(), Ok(&series), "{}", written);
            if let Ok(dates) = series.expand() {
                prop_assert!(dates.iter().all(|date| date.start() >= start && date.minutes() == first.minutes()));
                prop_assert!(dates.is_sorted_by(|a, b| a < b));
            }
        }
    }
}
