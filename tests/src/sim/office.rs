//! The office of every run: few places, so that people clash.

use super::op::Want;
use crate::world::{DESK, HALL, PART, ROOM, STEP_FREE, parts};
use allkontor_core::command::Book;
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::model::{
    Catalogue, CellSpan, Class, Kind, Limits, Policy, Raster, Rules, Text, Unit,
};
use allkontor_core::time::{CivilMinute, Interval};
use chrono::Datelike;

/// Decided two days before, by draw.
const SCARCE: ClassId = ClassId(4);
/// Rented for days: filed by year.
const LOCKER: ClassId = ClassId(5);

/// The catalogue, in one of many variants.
pub(super) fn catalogue(variant: u8) -> Catalogue {
    let is = |bit: u8| variant >> bit & 1 == 1;
    let mut parts = parts();
    let text = |words: &str| Text::new([("en", words)]);
    let class = |name: &str, kind, cells, rules| Class {
        name: text(name),
        kind,
        cells,
        rules,
    };
    let scarce = Rules {
        horizon_days: 9,
        policy: Policy::Window { minutes: 7 * 1_440 },
        raster: raster(60),
        ..Rules::default()
    };
    let lockers = Rules {
        max_minutes: 90 * 1_440,
        horizon_days: 200,
        ..Rules::default()
    };
    parts
        .classes
        .insert(SCARCE, class("studio", Kind::Room, CellSpan::Day, scarce));
    parts.classes.insert(
        LOCKER,
        class("locker", Kind::Locker, CellSpan::Year, lockers),
    );
    for (number, class) in [(31, SCARCE), (41, LOCKER), (42, LOCKER)] {
        let unit = Unit {
            name: text("unit"),
            class,
            features: Default::default(),
            bookable: true,
        };
        parts.units.insert(UnitId(number), unit);
    }
    if let Some(rooms) = parts.classes.get_mut(&ROOM).filter(|_| is(0)) {
        (rooms.rules.before, rooms.rules.after) = (15, 30);
    }
    if let Some(desks) = parts.classes.get_mut(&DESK) {
        desks.rules.limits = match is(1) {
            true => Limits {
                per_day: Some(2),
                at_once: Some(4),
                ..Limits::default()
            },
            false => Limits::default(),
        };
    }
    if let Some(room) = parts.units.get_mut(&UnitId(2)) {
        room.bookable = !is(2) || !is(3);
    }
    if is(4) {
        parts.units.remove(&UnitId(14));
    }
    Catalogue::new(parts).expect("a catalogue")
}

fn raster(minutes: u16) -> Raster {
    Raster::new(minutes).expect("a divisor of a day")
}

/// When somebody wants something, in the days from `today` on.
pub(super) fn interval(want: &Want, today: CivilMinute) -> Interval {
    // Rooms start on the half-hour: most people know.
    let quarters = if want.extra.is_multiple_of(8) {
        want.start
    } else {
        want.start & !1
    };
    let start = today.saturating_plus(i32::from(want.day) * 1_440 + i32::from(quarters) * 15);
    let minutes = match want.what % 16 {
        14 => i32::from(want.length) * 1_440,
        _ => i32::from(want.length.max(1)) * 15,
    };
    within_a_year(start, start.saturating_plus(minutes))
}

/// The watcher takes a booking for one promise, but a rental over the turn of a year is two: nobody here rents beyond the
/// day before. What happens at the turn is told in `tests/tests/engine/rentals/turn.rs`.
fn within_a_year(start: CivilMinute, end: CivilMinute) -> Interval {
    let year = start.to_naive().year();
    let turns = [year, year + 1].into_iter();
    let turns = turns.filter_map(|year| CivilMinute::from_ymd_hm(year, 1, 1, 4, 0));
    let crossed = turns
        .flat_map(|turn| [turn.saturating_plus(-1_440), turn])
        .find(|turn| start < *turn && *turn < end);
    let long = |minutes| end.minutes_since(start) >= minutes;
    let end = crossed.filter(|_| long(1_440)).unwrap_or(end);
    Interval::new(start, end).expect("a length")
}

/// What somebody asks for, and the times that would do on each date.
pub(super) fn book(want: &Want, today: CivilMinute) -> (Book, Vec<Vec<Interval>>) {
    let first = interval(want, today);
    let later = |by: i32| {
        let (start, end) = (
            first.start().saturating_plus(by),
            first.end().saturating_plus(by),
        );
        within_a_year(start, end)
    };
    let unit = UnitId(1 + u32::from(want.extra) % 3);
    let mut book = match want.what % 16 {
        8 => Book::unit(unit, first).exactly(),
        9 | 10 => Book::places(DESK, 1 + u16::from(want.extra) % 3, first),
        11 => Book::together(HALL, first),
        12 => Book::places(PART, 1, first),
        13 => Book::unit(UnitId(31), first),
        14 => Book::places(LOCKER, 1, first),
        15 => Book::places(ROOM, 1, first).needing([STEP_FREE]),
        _ => Book::unit(unit, first),
    };
    let mut dates = vec![0];
    if want.extra % 5 == 4 {
        let step = if want.extra.is_multiple_of(2) {
            1_440
        } else {
            7 * 1_440
        };
        dates.extend((1..=1 + i32::from(want.extra) % 4).map(|n| n * step));
        book = book.also_on(dates.iter().skip(1).map(|by| later(*by)));
    }
    let mut shifts = vec![0];
    if want.extra % 3 == 1 {
        shifts.push(120);
        book = book.or_at(later(120));
    }
    let times = dates
        .iter()
        .map(|date| shifts.iter().map(|shift| later(date + shift)).collect());
    (book, times.collect())
}
