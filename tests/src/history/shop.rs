//! What every history books: its classes and units, and when they are open.

use super::Want;
use crate::office::{hold, wish};
use crate::oracle::Shop;
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::statement::{Hold, Wish};
use allkontor_core::time::{CivilMinute, Interval};
use std::collections::BTreeSet;

/// Each class with its buffers, and each unit with its class and features. Class 3 are seats.
pub const SHOP_CLASSES: ([(u16, u16, u16); 3], [(u32, u16, &[u16]); 9]) = (
    [(1, 0, 0), (2, 15, 30), (3, 0, 0)],
    [
        (0, 1, &[]),
        (1, 1, &[1]),
        (2, 1, &[1, 2]),
        (3, 1, &[]),
        (4, 2, &[3]),
        (5, 2, &[]),
        (6, 3, &[]),
        (7, 3, &[]),
        (8, 3, &[]),
    ],
);

/// The catalogue of every history: unit 5 opens at 10.
pub fn shop() -> Shop<'static> {
    let (classes, units) = SHOP_CLASSES;
    Shop {
        units: units
            .iter()
            .map(|(unit, class, features)| {
                let features = features.iter().copied().map(FeatureId).collect();
                (UnitId(*unit), ClassId(*class), features)
            })
            .collect(),
        buffers: classes
            .iter()
            .map(|(class, before, after)| (ClassId(*class), (*before, *after)))
            .collect(),
        bookable: &|unit, interval: Interval| {
            let opens = if unit.0 == 5 { 10 * 60 } else { 8 * 60 };
            let minute = |m: CivilMinute| m.get().rem_euclid(1440);
            minute(interval.start()) >= opens && interval.minutes() <= 600
        },
        seats: BTreeSet::from([ClassId(3)]),
    }
}

impl Want {
    fn times(self) -> (i32, i32, i32) {
        // The first three days, the first one most; rarely in December, rarely over the edge of an office day.
        let day = match self.day {
            19 => 30,
            15..=17 => 2,
            12..=14 => 1,
            _ => 0,
        };
        let start = match self.day {
            18 => 1440 + 180,
            _ => 540 + 30 * i32::from(self.start),
        };
        (day, start, start + 30 + 30 * i32::from(self.length))
    }

    /// As a wish.
    pub fn wish(self) -> Wish {
        let (day, start, end) = self.times();
        wish(u32::from(self.unit), day, start, end)
    }

    /// As a hold.
    pub fn hold(self) -> Hold {
        let (day, start, end) = self.times();
        let mut hold = hold(u32::from(self.unit), day, start, end);
        hold.after = u16::from(self.start) * 5;
        hold
    }
}
