//! A small office for tests: three desks, a room in two parts, a locker, a printer.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses a part of it"
)]

use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::*;
use allkontor_core::time::{CivilMinute, Interval, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

pub fn text(words: &str) -> Text {
    Text::new([("en", words)])
}

pub fn unit(class: u16, features: &[u16]) -> Unit {
    let features = features.iter().map(|f| FeatureId(*f)).collect();
    Unit {
        name: text("a unit"),
        class: ClassId(class),
        features,
        bookable: true,
    }
}

pub fn interval(text: &str) -> Interval {
    let (start, end) = text.split_once('/').unwrap();
    Interval::new(start.parse().unwrap(), end.parse().unwrap()).unwrap()
}

pub fn at(text: &str) -> CivilMinute {
    text.parse().unwrap()
}

/// Desks follow the default rules; rooms a stricter set; lockers are rented; printers are listed only.
pub fn parts() -> Parts {
    let class = |name: &str, kind, cells, rules| Class {
        name: text(name),
        kind,
        cells,
        rules,
    };
    let room = Rules {
        min_minutes: 30,
        max_minutes: 180,
        raster: Raster::new(30).unwrap(),
        notice: Notice::Before { minutes: 60 },
        horizon_days: 7,
        dates_open_at: 600,
        min_party: 2,
        ..Rules::default()
    };
    let locker = Rules {
        max_minutes: 100 * 1440,
        horizon_days: 120,
        ..Rules::default()
    };
    let feature = |key: &str| Feature {
        key: key.into(),
        name: text(key),
        accessibility: true,
    };
    let printer = Unit {
        bookable: false,
        ..unit(4, &[])
    };
    Parts {
        profile: Profile {
            name: text("The office"),
            address: Address::default(),
            languages: BTreeSet::from(["sv".into(), "en".into()]),
            zone: "Europe/Stockholm".into(),
            operator: Operator::Library,
            commissioned_by: None,
            duration: Duration::Temporary {
                first: OfficeDay::from_ymd(2026, 6, 1).unwrap(),
                last: OfficeDay::from_ymd(2027, 8, 31).unwrap(),
            },
        },
        hours: Hours::proposed(),
        features: ["step_free", "height_adjustable", "quiet", "daylight"]
            .iter()
            .zip(1..)
            .map(|(key, n)| (FeatureId(n), feature(key)))
            .collect(),
        classes: BTreeMap::from([
            (
                ClassId(1),
                class("desk", Kind::Desk, CellSpan::Day, Rules::default()),
            ),
            (ClassId(2), class("room", Kind::Room, CellSpan::Day, room)),
            (
                ClassId(3),
                class("locker", Kind::Locker, CellSpan::Year, locker),
            ),
            (
                ClassId(4),
                class("printer", Kind::Equipment, CellSpan::Day, Rules::default()),
            ),
        ]),
        units: BTreeMap::from([
            (UnitId(1), unit(1, &[])),
            (UnitId(2), unit(1, &[3])),
            (UnitId(3), unit(1, &[1, 2])),
            (UnitId(11), unit(2, &[])),
            (UnitId(12), unit(2, &[])),
            (UnitId(21), unit(3, &[])),
            (UnitId(31), printer),
        ]),
        composites: BTreeMap::from([(
            CompositeId(1),
            Composite {
                name: text("whole room"),
                units: BTreeSet::from([UnitId(11), UnitId(12)]),
            },
        )]),
        conditions: BTreeMap::new(),
        closures: vec![
            Closure {
                interval: interval("2026-11-26T12:00/2026-11-26T14:00"),
                unit: None,
                reason: text("fire drill"),
            },
            Closure {
                interval: interval("2026-11-25T08:00/2026-11-25T10:00"),
                unit: Some(UnitId(11)),
                reason: text("painting"),
            },
        ],
        premises: BTreeSet::new(),
        tariff: None,
        partners: BTreeMap::new(),
        commons: None,
        roster: false,
        hosts: Vec::new(),
        events: Default::default(),
        guidelines: Some(Guidelines {
            version: 1,
            text: text("Be kind."),
            ..Guidelines::default()
        }),
    }
}

pub fn catalogue() -> Catalogue {
    Catalogue::new(parts()).unwrap()
}
