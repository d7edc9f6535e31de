//! An office of few places, so that people are in each other's way: three rooms, and two lockers to rent.

use crate::chance::Chance;
use crate::world;
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::model::{CellSpan, Class, Kind, Parts, Rules, Text, Unit};
use allkontor_core::statement::Document;
use allkontor_core::time::{CivilMinute, Interval, Month};

/// Rented by the day, filed by year.
const LOCKER: ClassId = ClassId(5);
const LOCKERS: [u32; 2] = [41, 42];

pub(super) fn parts() -> Parts {
    let mut parts = world::parts();
    let text = |words: &str| Text::new([("en", words)]);
    let rules = Rules {
        min_minutes: 24 * 60,
        max_minutes: 30 * 24 * 60,
        horizon_days: 60,
        ..Rules::default()
    };
    let lockers = Class {
        name: text("locker"),
        kind: Kind::Locker,
        cells: CellSpan::Year,
        rules,
    };
    parts.classes.insert(LOCKER, lockers);
    for number in LOCKERS {
        let locker = Unit {
            name: text("locker"),
            class: LOCKER,
            features: Default::default(),
            bookable: true,
        };
        parts.units.insert(UnitId(number), locker);
    }
    parts
}

/// Where whatever anybody here wishes for is filed.
pub(super) fn documents() -> impl Iterator<Item = Document> {
    let months = [11, 12].map(|month| Document::Ledger(Month::new(2026, month).unwrap()));
    months.into_iter().chain([Document::Storage(2026)])
}

fn minute(month: u32, day: u32, half_hours: usize) -> CivilMinute {
    let midnight = CivilMinute::from_ymd_hm(2026, month, day, 0, 0).unwrap();
    midnight.plus(30 * half_hours as i32).unwrap()
}

/// A room or a locker, soon, or in a week in December of which nothing is over when everybody has come to rest.
pub(super) fn wish(chance: &mut Chance) -> (UnitId, Interval) {
    if chance.below(8) == 0 {
        let (from, days) = (
            minute(12, 6 + chance.below(3) as u32, 24),
            1 + chance.below(9),
        );
        let until = from.plus(24 * 60 * days as i32).unwrap();
        return (
            UnitId(chance.pick(&LOCKERS)),
            Interval::new(from, until).unwrap(),
        );
    }
    room(chance)
}

/// A room alone.
pub(super) fn room(chance: &mut Chance) -> (UnitId, Interval) {
    let (month, day) = match chance.below(4) {
        0 => (11, 24 + chance.below(3)),
        _ => (12, 7 + chance.below(3)),
    };
    let (start, length) = (18 + chance.below(12), 1 + chance.below(4));
    let interval = Interval::new(
        minute(month, day as u32, start),
        minute(month, day as u32, start + length),
    );
    (UnitId(1 + chance.below(3) as u32), interval.unwrap())
}
