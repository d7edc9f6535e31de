//! Who books what, when: a hundred thousand bookings of 60 desks over the 365 days of 2026.

use crate::clerk::{Booking, xorshift};
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::statement::Document;
use allkontor_core::time::{CivilMinute, DayStart, Interval, OfficeDay};

pub(crate) const BOOKINGS: u64 = 100_000;
pub(crate) const UNITS: u32 = 60;
pub(crate) const CLASS: ClassId = ClassId(1);
const DAYS: i32 = 365;

/// A visit to the office.
pub(crate) struct Visit {
    pub(crate) minute: CivilMinute,
    pub(crate) bookings: Vec<Booking>,
}

/// Desks may be booked from 08 to 22, a year ahead. Then further classes, units and parts of the catalogue.
pub(crate) fn catalogue([classes, more_units, parts]: [&str; 3]) -> String {
    let units: Vec<String> = (1..=UNITS)
        .map(|unit| format!(r#""{unit}": {{"name": {{"en": "Desk {unit}"}}, "class": 1}}"#))
        .collect();
    let days = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let week: Vec<String> = days
        .iter()
        .map(|day| format!(r#""{day}": {{"open": ["08:00-22:00"]}}"#))
        .collect();
    format!(
        r#"{{"profile": {{"name": {{"sv": "Kontoret"}}, "languages": ["sv"], "zone": "Europe/Stockholm",
        "operator": "library", "duration": {{"kind": "permanent"}},
        "address": {{"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"}}}},
        "hours": {{"weekly": {{{}}}}},
        "classes": {{"1": {{"name": {{"en": "Desk"}}, "kind": "desk", "rules": {{"horizon_days": 365}}}}{classes}}},
        "units": {{{}{more_units}}}{parts}}}"#,
        week.join(","),
        units.join(",")
    )
}

pub(crate) fn first_day() -> OfficeDay {
    OfficeDay::from_ymd(2026, 1, 1).unwrap()
}

/// A minute of an office day, counted from midnight.
pub(crate) fn minute(day: OfficeDay, hour: u32, minute: u32) -> CivilMinute {
    let midnight = day.interval(DayStart::new(0).unwrap()).start();
    midnight
        .plus(i32::try_from(hour * 60 + minute).unwrap())
        .unwrap()
}

/// The bookings of each day: four or five of every desk between 08 and 20, so that the evening is free.
fn bookings(
    per_unit_day: impl Fn(u64) -> u64,
    days: impl Iterator<Item = OfficeDay>,
) -> Vec<Vec<Booking>> {
    let mut below = xorshift(88_172_645_463_325_252);
    let mut number = 0;
    let mut unit_days = 0;
    let mut all = Vec::new();
    for day in days {
        let document = Document::ledger_of(day);
        let mut of_day = Vec::new();
        for unit in 1..=UNITS {
            let mut at = minute(day, 8, 0);
            for _ in 0..per_unit_day(unit_days) {
                let quarters = |n: u64| i32::try_from(n * 15).unwrap();
                let start = at.plus(quarters(below(3))).unwrap();
                let end = start.plus(quarters(2 + below(6))).unwrap();
                at = end;
                of_day.push(Booking {
                    number,
                    document,
                    unit: UnitId(unit),
                    interval: Interval::new(start, end).unwrap(),
                });
                number += 1;
            }
            unit_days += 1;
        }
        for last in (1..of_day.len()).rev() {
            let other = usize::try_from(below(last as u64 + 1)).unwrap();
            of_day.swap(last, other);
        }
        all.push(of_day);
    }
    all
}

/// A year's bookings in the order in which they are made: a day ahead, or in the four weeks before `now` what lies
/// beyond it. People book one or two at a time.
pub(crate) fn year(now: CivilMinute) -> Vec<Visit> {
    let unit_days = u64::try_from(DAYS).unwrap() * u64::from(UNITS);
    let per_unit_day = |n: u64| (n + 1) * BOOKINGS / unit_days - n * BOOKINGS / unit_days;
    let days = (0..DAYS).map(|day| first_day().plus(day));
    let today = OfficeDay::of(now, DayStart::default());
    let made = |day: OfficeDay| match day.get() - today.get() {
        beyond if beyond > 0 => today.plus(-1 - beyond % 28),
        _ => day.plus(-1),
    };
    visits(bookings(per_unit_day, days.clone()), days.map(made))
}

/// The bookings of each day of a month.
pub(crate) fn month(first: OfficeDay, count: u64) -> Vec<Vec<Booking>> {
    let days = (0..31).map(|day| first.plus(day));
    let days = days.filter(|day| day.month() == first.month());
    let unit_days = days.clone().count() as u64 * u64::from(UNITS);
    let per_unit_day = |n: u64| (n + 1) * count / unit_days - n * count / unit_days;
    bookings(per_unit_day, days)
}

fn visits(bookings: Vec<Vec<Booking>>, made: impl Iterator<Item = OfficeDay>) -> Vec<Visit> {
    let mut visits = Vec::new();
    for (bookings, day) in bookings.iter().zip(made) {
        let count = bookings.len();
        let mut from = 0;
        while from < count {
            let size = (1 + visits.len() % 2).min(count - from);
            let after = i32::try_from(from * 840 / count).unwrap();
            visits.push(Visit {
                minute: minute(day, 8, 0).plus(after).unwrap(),
                bookings: bookings[from..from + size].to_vec(),
            });
            from += size;
        }
    }
    visits.sort_by_key(|visit| visit.minute);
    visits
}
