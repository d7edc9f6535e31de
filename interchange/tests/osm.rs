//! Hours read back by the engine itself and by the `opening-hours` crate, an evaluator of its own.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

use allkontor_core::model::{
    DayHours, Exception, HolidayCalendar, HolidayPolicy, Hours, Season, Span, Text, Week,
};
use allkontor_core::time::{DayStart, OfficeDay};
use allkontor_interchange::osm::{HoursText, NotHours, from_hours};
use chrono::NaiveDate;
use compact_calendar::CompactCalendar;
use opening_hours::{Context, ContextHolidays, OpeningHours};
use proptest::prelude::*;
use std::sync::Arc;

const SWEDEN: HolidayCalendar = HolidayCalendar::Sweden;

fn day(text: &str) -> OfficeDay {
    OfficeDay::from_date(text.parse::<NaiveDate>().unwrap()).unwrap()
}

fn read(text: &str) -> Result<Hours, NotHours> {
    HoursText::open(text).read(SWEDEN, "sv")
}

fn on(hours: &Hours, date: &str) -> String {
    let spans: Vec<String> = hours
        .on_date(day(date))
        .open()
        .iter()
        .map(Span::to_string)
        .collect();
    spans.join(",")
}

/// The minutes of a day that the other implementation calls open, as `from-to`.
fn evaluated(expression: &OpeningHours, date: NaiveDate) -> Vec<(u32, u32)> {
    let mut open: Vec<(u32, u32)> = Vec::new();
    for range in expression.schedule_at(date).into_iter() {
        if range.kind != opening_hours::RuleKind::Open {
            continue;
        }
        let minute =
            |time: opening_hours_syntax::ExtendedTime| u32::from(time.mins_from_midnight());
        let (from, to) = (minute(range.range.start), minute(range.range.end));
        match open.last_mut() {
            Some(last) if last.1 == from => last.1 = to,
            _ => open.push((from, to)),
        }
    }
    open
}

/// Those that Swedish law names. The crate's own list has the eves too.
fn public_holidays() -> ContextHolidays {
    let mut days = CompactCalendar::default();
    for (holiday, _) in (2025..=2029).flat_map(|year| SWEDEN.of_year(year)) {
        days.insert(holiday.date());
    }
    ContextHolidays::new(Arc::new(days), Arc::default())
}

/// The same of ours: what is written for the date and what the evening before runs into.
fn ours(hours: &Hours, date: OfficeDay) -> Vec<(u32, u32)> {
    let midnight = DayStart::new(0).unwrap();
    let start = date.interval(midnight).start();
    hours
        .open(date, midnight)
        .iter()
        .map(|span| {
            let minute = |at| u32::try_from(at).unwrap();
            (
                minute(span.start().minutes_since(start)),
                minute(span.end().minutes_since(start)),
            )
        })
        .collect()
}

#[test]
fn p2_a_week_with_a_lunch_break_and_a_late_evening() {
    let hours = read("Mo-Fr 08:00-12:00,13:00-17:00; We 08:00-20:00; Sa 22:00-02:00").unwrap();
    assert_eq!(on(&hours, "2026-11-24"), "08:00-12:00,13:00-17:00");
    assert_eq!(on(&hours, "2026-11-25"), "08:00-20:00");
    assert_eq!(on(&hours, "2026-11-28"), "22:00-26:00");
    assert_eq!(on(&hours, "2026-11-29"), "");
    assert_eq!(
        hours.holidays,
        HolidayPolicy::AsUsual,
        "nothing is said of holidays"
    );
}

#[test]
fn p2_closed_for_lunch_and_open_besides() {
    let hours =
        read("Mo-Fr 08:00-17:00; Mo-Fr 12:00-13:00 off; Tu 06:00-07:00, Tu 18:00-19:00").unwrap();
    assert_eq!(on(&hours, "2026-11-25"), "08:00-12:00,13:00-17:00");
    assert_eq!(on(&hours, "2026-11-24"), "06:00-07:00,18:00-19:00");
}

#[test]
fn p2_holidays_seasons_and_single_dates() {
    let text = "Mo-Fr 08:00-22:00; Sa,Su 10:00-18:00; 2027 Jun 21-2027 Aug 08 Mo-Fr 10:00-16:00 \"sommartid\"; \
                PH off; 2026 Dec 24,2026 Dec 31 off; 2026 Dec 23 08:00-15:00 \"dan före dan\"";
    let hours = read(text).unwrap();
    assert_eq!(hours.holidays, HolidayPolicy::Closed);
    assert_eq!(on(&hours, "2026-12-23"), "08:00-15:00");
    assert_eq!(on(&hours, "2026-12-24"), "");
    assert_eq!(on(&hours, "2026-12-25"), "", "Christmas Day");
    assert_eq!(on(&hours, "2027-07-05"), "10:00-16:00");
    assert_eq!(
        on(&hours, "2027-07-10"),
        "10:00-18:00",
        "weekends stay as they are in summer"
    );
    assert_eq!(hours.seasons[0].name.in_language("sv"), "sommartid");
    assert_eq!(
        hours
            .exception(day("2026-12-23"))
            .unwrap()
            .note
            .in_language("sv"),
        "dan före dan"
    );
}

#[test]
fn p2_staffed_hours_are_service_times() {
    let text = HoursText {
        opening_hours: "Mo-Su 06:00-24:00".into(),
        service_times: "Mo-Fr 10:00-16:00; 2026 Dec 24 off".into(),
    };
    let hours = text.read(SWEDEN, "sv").unwrap();
    let staffed = |date| hours.on_date(day(date)).staffed().len();
    assert_eq!(
        (
            staffed("2026-11-24"),
            staffed("2026-11-28"),
            staffed("2026-12-24")
        ),
        (1, 0, 0)
    );
    assert_eq!(
        on(&hours, "2026-12-24"),
        "06:00-24:00",
        "open, with nobody there"
    );
    assert_eq!(from_hours(&hours, "sv").read(SWEDEN, "sv").unwrap(), hours);
}

#[test]
fn p2_what_cannot_be_said_is_refused_with_the_rule_and_the_reason() {
    let cases = [
        (
            "Mo-Fr sunset-23:00",
            "opening_hours, \"Mo-Fr sunset-23:00\": times by the sun are not supported: write the times",
        ),
        (
            "Dec 24 off",
            "opening_hours, \"Dec 24 closed\": dates without a year are not supported: write the years",
        ),
        (
            "Mo[1] 10:00-12:00",
            "opening_hours, \"Mo[1] 10:00-12:00\": counted days are not supported: write the dates",
        ),
        (
            "week 10-20 Mo 08:00-10:00",
            "opening_hours, \"week10-20 Mo 08:00-10:00\": week numbers are not supported: write the dates",
        ),
        (
            "SH off",
            "opening_hours, \"SH closed\": school holidays are not supported: write the dates",
        ),
        (
            "Mo 10:00+",
            "opening_hours, \"Mo 10:00+\": an open end is not supported: write when it closes",
        ),
        (
            "Mo 10:00-12:00 || \"ring\"",
            "opening_hours, \"24/7 \\\"ring\\\"\": fallback rules are not supported: say what holds",
        ),
        (
            "2026 easter off",
            "opening_hours, \"2026 easter closed\": counted days are not supported: write the dates",
        ),
    ];
    for (text, words) in cases {
        assert_eq!(read(text).unwrap_err().to_string(), words, "{text}");
    }
    assert_eq!(
        read("2026 Jun 01-2026 Aug 31 off; 2026 Aug 01-2026 Sep 30 10:00-12:00")
            .unwrap_err()
            .to_string(),
        "the periods 2026-06-01 to 2026-08-31 and 2026-08-01 to 2026-09-30 overlap: split them"
    );
    assert_eq!(
        HoursText::open("PH off")
            .read(HolidayCalendar::None, "sv")
            .unwrap_err()
            .to_string(),
        "PH is written, but no calendar says which days are public holidays"
    );
    assert_eq!(
        read("Mo-Fr 08:00-22:00; PH 10:00-12:00; 2027 Jun 21-2027 Aug 08 PH off").unwrap_err(),
        NotHours::HolidaysDiffer
    );
    assert_eq!(
        HoursText::open(" ".repeat(16_385))
            .read(SWEDEN, "sv")
            .unwrap_err()
            .to_string(),
        "opening_hours is 16385 bytes: the limit is 16384"
    );
    let garbage = read("öppet när vi vill").unwrap_err().to_string();
    assert!(
        garbage.starts_with("opening_hours is not written as OpenStreetMap specifies: "),
        "{garbage}"
    );
}

/// Apart, the last ending at `latest` o'clock at most: past midnight is above 24.
fn spans(latest: u16) -> impl Strategy<Value = Vec<Span>> {
    proptest::collection::btree_set(0..=latest, 0..=6).prop_map(|hours| {
        let hours: Vec<u16> = hours.into_iter().collect();
        hours
            .chunks_exact(2)
            .filter_map(|pair| Span::new(pair[0] * 60 + 15, pair[1] * 60))
            .collect()
    })
}

fn day_hours(latest: u16) -> impl Strategy<Value = DayHours> {
    (spans(latest), spans(latest)).prop_map(|(open, staffed)| DayHours::new(open, staffed).unwrap())
}

fn week(latest: u16) -> impl Strategy<Value = Week> {
    (day_hours(latest), day_hours(latest), day_hours(latest)).prop_map(
        |(weekdays, wednesday, weekend)| Week {
            wednesday,
            ..Week::new(weekdays, weekend)
        },
    )
}

fn policy(latest: u16) -> impl Strategy<Value = HolidayPolicy> {
    prop_oneof![
        Just(HolidayPolicy::Closed),
        Just(HolidayPolicy::AsSunday),
        Just(HolidayPolicy::AsUsual),
        day_hours(latest).prop_map(|hours| HolidayPolicy::Own { hours }),
    ]
}

const FIRST: &str = "2026-01-01";
const DAYS: i32 = 800;

fn hours(latest: u16) -> impl Strategy<Value = Hours> {
    let exceptions = proptest::collection::btree_map(0..DAYS, day_hours(latest), 0..8);
    (
        week(latest),
        proptest::option::of(week(latest)),
        policy(latest),
        exceptions,
    )
        .prop_map(|(weekly, summer, holidays, exceptions)| Hours {
            weekly,
            seasons: summer
                .into_iter()
                .map(|weekly| Season {
                    first: day("2026-06-15"),
                    last: day("2026-08-16"),
                    name: Text::default(),
                    weekly,
                })
                .collect(),
            calendar: SWEDEN,
            holidays,
            exceptions: exceptions
                .into_iter()
                .map(|(offset, hours)| Exception {
                    day: day(FIRST).plus(offset),
                    hours,
                    note: Text::default(),
                })
                .collect(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// What is written is read as the same hours of every day, staffed ones too.
    #[test]
    fn p2_hours_come_back_as_they_went(hours in hours(26)) {
        let text = from_hours(&hours, "sv");
        let back = text.read(SWEDEN, "sv").unwrap();
        for offset in 0..DAYS {
            let date = day(FIRST).plus(offset);
            prop_assert_eq!(back.on_date(date), hours.on_date(date), "{} in {:?}", date, text);
        }
    }

    /// Another implementation of the specification understands the same. Hours end by midnight here: it lets a rule for
    /// the day after cut off what the evening before runs into, where we keep it.
    #[test]
    fn p2_another_implementation_understands_the_same(hours in hours(24)) {
        let text = from_hours(&hours, "sv").opening_hours;
        let context = Context::default().with_holidays(public_holidays());
        let expression = text.parse::<OpeningHours>().unwrap().with_context(context);
        for offset in 1..DAYS {
            let date = day(FIRST).plus(offset);
            prop_assert_eq!(evaluated(&expression, date.date()), ours(&hours, date), "{} in {}", date, text);
        }
    }

    /// No text makes the reader panic, and what it reads it can write.
    #[test]
    fn p2_any_text_is_read_or_refused(
        words in proptest::collection::vec(
            prop_oneof![
                Just("Mo"), Just("Fr"), Just("PH"), Just("SH"), Just("2026"), Just("Jun"), Just("31"), Just("29"),
                Just("Feb"), Just("-"), Just(","), Just(";"), Just(" "), Just("08:00"), Just("26:00"), Just("off"),
                Just("open"), Just("\"x\""), Just("week"), Just("||"), Just("24/7"), Just("+"), Just("easter"),
                Just("[1]"), Just("/2"), Just("9999"), Just("sunrise"), Just("47:59"),
            ],
            0..12,
        ),
    ) {
        let text = words.join(" ");
        if let Ok(hours) = read(&text) {
            let again = from_hours(&hours, "sv");
            prop_assert_eq!(&again.read(SWEDEN, "sv").map(|h| from_hours(&h, "sv")), &Ok(again.clone()), "{}", text);
        }
    }
}
