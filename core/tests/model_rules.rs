//! What is refused, and with which numbers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod office;

use allkontor_core::id::UnitId;
use allkontor_core::model::{Ask, Catalogue, CompositeId, Moment, Rule};
use allkontor_core::time::{CivilMinute, DayStart, Interval, OfficeDay, Zone};
use office::{at, interval};
use proptest::prelude::*;

const MORNING: &str = "2026-11-24T07:00";

fn moment(now: CivilMinute) -> Moment {
    Moment {
        now,
        zone: Zone::new("Europe/Stockholm").unwrap(),
        day_start: DayStart::default(),
    }
}

/// The code and the words of the first broken rule, asked at `now`.
fn ask(office: &Catalogue, now: &str, unit: u32, span: &str, party: u16) -> String {
    let ask = Ask {
        unit: UnitId(unit),
        interval: interval(span),
        party,
    };
    match office.check_hold(&moment(at(now)), &ask) {
        Ok(()) => "ok".into(),
        Err(rule) => format!("{} {rule}", rule.code()),
    }
}

#[test]
fn each_rule_refuses_with_its_facts() {
    let office = office::catalogue();
    let cases = [
        (1, "2026-11-24T08:00/2026-11-24T22:00", 1, "ok"),
        (
            99,
            "2026-11-24T09:00/2026-11-24T10:00",
            1,
            "1 unit 99 is not in the catalogue",
        ),
        (
            31,
            "2026-11-24T09:00/2026-11-24T10:00",
            1,
            "2 unit 31 is not for booking",
        ),
        (
            1,
            "2026-11-24T07:00/2026-11-24T09:00",
            1,
            "4 outside the opening hours of 2026-11-24: [2026-11-24T08:00/2026-11-24T22:00]",
        ),
        (
            1,
            "2026-11-26T13:00/2026-11-26T15:00",
            1,
            "5 closed during 2026-11-26T12:00/2026-11-26T14:00: fire drill",
        ),
        (
            11,
            "2026-11-25T09:30/2026-11-25T10:30",
            2,
            "5 closed during 2026-11-25T08:00/2026-11-25T10:00: painting",
        ),
        (12, "2026-11-25T09:30/2026-11-25T10:30", 2, "ok"),
        (
            1,
            "2026-11-24T09:00/2026-11-24T09:10",
            1,
            "6 10 minutes: the least is 15",
        ),
        (
            12,
            "2026-11-25T09:00/2026-11-25T12:01",
            2,
            "7 181 minutes: the most is 180",
        ),
        (
            12,
            "2026-11-25T09:15/2026-11-25T10:15",
            2,
            "8 starts at 2026-11-25T09:15: starts are 30 minutes apart, counted from midnight",
        ),
        (
            12,
            "2026-11-24T07:30/2026-11-24T08:30",
            2,
            "9 starts too soon: the earliest start is 2026-11-24T08:00",
        ),
        (
            12,
            "2026-12-02T09:00/2026-12-02T10:00",
            2,
            "10 beyond 2026-11-30, the last day open for booking; opens at 2026-11-25T10:00",
        ),
        (
            12,
            "2026-12-01T09:00/2026-12-01T10:00",
            2,
            "11 opens for booking today at 2026-11-24T10:00",
        ),
        (12, "2026-11-30T09:00/2026-11-30T10:00", 2, "ok"),
        (
            12,
            "2026-11-25T09:00/2026-11-25T10:00",
            1,
            "12 a party of 1: the least is 2",
        ),
        (
            1,
            "2026-11-25T20:00/2026-11-26T04:15",
            1,
            "14 runs past 2026-11-26T04:00, the end of its office day",
        ),
        (
            21,
            "2026-12-20T09:00/2027-01-03T09:00",
            1,
            "15 runs past 2027-01-01T04:00, the end of its year",
        ),
        (21, "2026-11-24T09:00/2026-12-24T09:00", 1, "ok"),
        (
            1,
            "2026-11-24T05:00/2026-11-24T06:45",
            1,
            "16 ended at 2026-11-24T06:45",
        ),
    ];
    for (unit, span, party, expected) in cases {
        assert_eq!(
            ask(&office, MORNING, unit, span, party),
            expected,
            "unit {unit} {span}"
        );
    }
}

#[test]
fn a_date_opens_at_its_hour() {
    let office = office::catalogue();
    let next_week = "2026-12-01T09:00/2026-12-01T10:00";
    assert!(ask(&office, "2026-11-24T09:59", 12, next_week, 2).starts_with("11 "));
    assert_eq!(ask(&office, "2026-11-24T10:00", 12, next_week, 2), "ok");
}

#[test]
fn the_horizon_is_for_the_end_of_a_rental() {
    let mut parts = office::parts();
    parts
        .classes
        .values_mut()
        .for_each(|class| class.rules.horizon_days = 10);
    let office = Catalogue::new(parts).unwrap();
    assert_eq!(
        ask(&office, MORNING, 21, "2026-11-25T09:00/2026-12-04T09:00", 1),
        "ok"
    );
    assert!(ask(&office, MORNING, 21, "2026-11-25T09:00/2026-12-05T09:00", 1).starts_with("10 "));
}

#[test]
fn the_skipped_hour_has_no_ends_in_it() {
    let office = office::catalogue();
    let ask = |span| ask(&office, "2027-03-27T07:00", 1, span, 1);
    assert_eq!(
        ask("2027-03-28T02:30/2027-03-28T03:30"),
        "13 the clock skips 2027-03-28T02:30"
    );
    assert_eq!(
        ask("2027-03-28T01:30/2027-03-28T02:15"),
        "13 the clock skips 2027-03-28T02:15"
    );
    assert!(
        ask("2027-03-28T01:30/2027-03-28T03:30").starts_with("4 "),
        "across it is only a matter of hours"
    );
}

#[test]
fn a_closed_office_leaves_lockers_with_their_renters() {
    let office = office::catalogue();
    let whole_day = OfficeDay::from_ymd(2026, 11, 26)
        .unwrap()
        .interval(DayStart::default());
    assert_eq!(
        office.check_bookable(UnitId(21), whole_day, DayStart::default()),
        Ok(())
    );
}

#[test]
fn a_summer_office_is_closed_before_and_after() {
    let office = office::catalogue();
    for (span, open) in [
        ("2026-05-29T09:00/2026-05-29T10:00", false),
        ("2026-06-01T09:00/2026-06-01T10:00", true),
        ("2027-08-31T09:00/2027-08-31T10:00", true),
        ("2027-09-01T09:00/2027-09-01T10:00", false),
    ] {
        let answer = office.check_bookable(UnitId(1), interval(span), DayStart::default());
        assert_eq!(answer.is_ok(), open, "{span}");
        assert_eq!(
            answer.err().map(|rule| rule.code()),
            (!open).then_some(3),
            "{span}"
        );
    }
}

#[test]
fn a_whole_room_is_its_parts() {
    assert_eq!(
        office::catalogue().expand(CompositeId(1)),
        Some(vec![UnitId(11), UnitId(12)])
    );
    assert_eq!(office::catalogue().expand(CompositeId(9)), None);
}

#[test]
fn numbers_of_rules_never_change() {
    let frozen = "unknown_unit not_bookable closed outside_hours closed_for too_short too_long off_raster too_soon \
                  beyond_horizon dates_open_at party_too_small skipped_hour crosses_day crosses_year over limit too_few_units \
                  other_use guidelines introduction";
    let keys: Vec<_> = (1..).map_while(Rule::key).collect();
    assert_eq!(keys.join(" "), frozen);
}

fn span() -> impl Strategy<Value = Interval> {
    (0..8 * 96, 1..120).prop_map(|(from, long)| {
        let start = at("2026-11-23T00:00").plus(from * 15).unwrap();
        Interval::new(start, start.plus(long * 5).unwrap()).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn bookable_hours_and_the_check_agree(
        unit in prop_oneof![Just(1_u32), Just(11), Just(21), Just(31), Just(99)],
        hold in span(),
    ) {
        let (office, start) = (office::catalogue(), DayStart::default());
        let day = OfficeDay::of(hold.start(), start);
        let bookable = office.bookable(UnitId(unit), day, start);
        let inside = bookable.iter().any(|open| open.contains(hold));
        let one_day = day.interval(start).contains(hold);
        let answer = office.check_bookable(UnitId(unit), hold, start);
        if one_day {
            prop_assert_eq!(answer.is_ok(), inside, "{:?} in {:?}", answer, bookable);
        } else if unit != 21 {
            prop_assert!(answer.is_err());
        }
    }

    #[test]
    fn what_a_command_accepts_a_forecast_can_place(
        unit in prop_oneof![Just(1_u32), Just(11), Just(21)],
        hold in span(),
        now in 0..8 * 1440,
        party in 1_u16..4,
    ) {
        let office = office::catalogue();
        let moment = moment(at("2026-11-23T00:00").plus(now).unwrap());
        if office.check_hold(&moment, &Ask { unit: UnitId(unit), interval: hold, party }).is_ok() {
            prop_assert_eq!(office.check_bookable(UnitId(unit), hold, moment.day_start), Ok(()));
            let rules = &office.class_of(UnitId(unit)).unwrap().rules;
            let last = OfficeDay::of(hold.end().plus(-1).unwrap(), moment.day_start);
            prop_assert!(last <= rules.last_day(moment.now));
        }
    }

    #[test]
    fn the_last_day_is_the_last_that_has_opened(
        now in 0..40 * 1440,
        horizon in 0_u16..40,
        open_at in 0_u16..1440,
    ) {
        let mut rules = office::catalogue().class_of(UnitId(1)).unwrap().rules.clone();
        (rules.horizon_days, rules.dates_open_at) = (horizon, open_at);
        let now = at("2026-11-01T00:00").plus(now).unwrap();
        let mut newest_first = (0..120).rev().map(|n| OfficeDay::from_ymd(2026, 10, 20).unwrap().plus(n));
        prop_assert_eq!(newest_first.find(|day| rules.opens(*day) <= now), Some(rules.last_day(now)));
    }
}
