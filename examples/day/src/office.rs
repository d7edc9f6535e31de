//! The office that is founded: a real library's name, address and hours, with rooms that are invented.
//!
//! The rules differ from class to class so that the day shows what each of them does:
//!
//! | class | starts | length | kept free | decided |
//! |---|---|---|---|---|
//! | desk | every half hour | 30 min – 8 h | nothing | on sight |
//! | small room | every quarter | 30 min – 3 h | 15 min after, to air it | on sight |
//! | half a hall | every hour | 1 – 4 h, four people or more | 30 min before and after | at 09:00 the same day, by rank |
//! | laptop | every half hour | 1 – 4 h | 30 min after, to charge it | on sight |
//! | projector | every half hour | 30 min – 4 h | nothing | on sight |

use crate::helsinki::{self, BadData};
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::{
    BadRaster, Catalogue, CellSpan, Class, Composite, CompositeId, Feature, Guidelines, Kind,
    Limits, NotACatalogue, Notice, Parts, Policy, Raster, Rules, Text, Unit,
};
use std::collections::{BTreeMap, BTreeSet};

/// Places to sit and work: units 1–12.
pub const DESK: ClassId = ClassId(1);
/// Rooms for two to six people: units 21–24.
pub const SMALL_ROOM: ClassId = ClassId(2);
/// Halves of the hall: units 31 and 32.
pub const HALF_HALL: ClassId = ClassId(3);
/// Computers to borrow: units 41–44.
pub const LAPTOP: ClassId = ClassId(4);
/// Unit 51.
pub const PROJECTOR: ClassId = ClassId(5);

/// Both halves of the hall.
pub const WHOLE_HALL: CompositeId = CompositeId(1);
/// A small room and the projector, all or nothing.
pub const ROOM_WITH_PROJECTOR: CompositeId = CompositeId(2);

/// No steps and wide doors.
pub const STEP_FREE: FeatureId = FeatureId(1);
/// A loop for hearing aids.
pub const HEARING_LOOP: FeatureId = FeatureId(2);
/// A table that goes up and down.
pub const HEIGHT_ADJUSTABLE: FeatureId = FeatureId(3);
/// No telephone calls.
pub const QUIET: FeatureId = FeatureId(4);
/// A window.
pub const DAYLIGHT: FeatureId = FeatureId(5);

/// The room that has everything, for those who need it.
pub const ACCESSIBLE_ROOM: UnitId = UnitId(24);

/// Why there is no office.
#[derive(Debug, thiserror::Error)]
pub enum NoOffice {
    /// The library's data.
    #[error(transparent)]
    Data(#[from] BadData),
    /// A raster.
    #[error(transparent)]
    Raster(#[from] BadRaster),
    /// The whole.
    #[error(transparent)]
    Catalogue(#[from] NotACatalogue),
}

/// The catalogue of a year.
pub fn catalogue(year: i32) -> Result<Catalogue, NoOffice> {
    let parts = Parts {
        profile: helsinki::profile()?,
        hours: helsinki::hours(year)?,
        features: features(),
        classes: classes()?,
        units: units(),
        composites: composites(),
        closures: Vec::new(),
        conditions: BTreeMap::new(),
        premises: BTreeSet::new(),
        tariff: None,
        partners: BTreeMap::new(),
        hosts: Vec::new(),
        events: Default::default(),
        commons: None,
        roster: false,
        guidelines: Some(Guidelines {
            version: 1,
            text: Text::new([
                (
                    "sv",
                    "Var vänlig. Rum som du inte behöver lämnar du tillbaka.",
                ),
                ("en", "Be kind. Give back the rooms you do not need."),
            ]),
            ..Guidelines::default()
        }),
    };
    Ok(Catalogue::new(parts)?)
}

fn features() -> BTreeMap<FeatureId, Feature> {
    [
        (STEP_FREE, "step_free", "utan trappsteg", "step-free", true),
        (
            HEARING_LOOP,
            "hearing_loop",
            "hörslinga",
            "hearing loop",
            true,
        ),
        (
            HEIGHT_ADJUSTABLE,
            "height_adjustable",
            "höj- och sänkbart",
            "height-adjustable",
            true,
        ),
        (QUIET, "quiet", "tyst", "quiet", false),
        (DAYLIGHT, "daylight", "dagsljus", "daylight", false),
    ]
    .into_iter()
    .map(|(id, key, sv, en, accessibility)| {
        let name = Text::new([("sv", sv), ("en", en)]);
        (
            id,
            Feature {
                key: key.into(),
                name,
                accessibility,
            },
        )
    })
    .collect()
}

fn classes() -> Result<BTreeMap<ClassId, Class>, BadRaster> {
    let class = |sv, en, kind, rules| Class {
        name: Text::new([("sv", sv), ("en", en)]),
        kind,
        cells: CellSpan::Day,
        rules,
    };
    let rules = |raster, min_minutes, max_minutes| -> Result<Rules, BadRaster> {
        Ok(Rules {
            min_minutes,
            max_minutes,
            raster: Raster::new(raster)?,
            notice: Notice::After { minutes: 30 },
            horizon_days: 14,
            ..Rules::default()
        })
    };
    let desk = Rules {
        grace_minutes: 30,
        limits: Limits {
            per_day: Some(3),
            ..Limits::default()
        },
        ..rules(30, 30, 480)?
    };
    let room = Rules {
        after: 15,
        limits: Limits {
            per_day: Some(2),
            minutes: Some(360),
            ..Limits::default()
        },
        ..rules(15, 30, 180)?
    };
    let hall = Rules {
        before: 30,
        after: 30,
        min_party: 4,
        notice: Notice::Before { minutes: 60 },
        // A date opens at 17:00 the day before, and is decided sixteen hours later: at 09:00.
        horizon_days: 1,
        dates_open_at: 17 * 60,
        policy: Policy::Window { minutes: 16 * 60 },
        limits: Limits {
            per_week: Some(1),
            ..Limits::default()
        },
        ..rules(60, 60, 240)?
    };
    let laptop = Rules {
        after: 30,
        limits: Limits {
            per_day: Some(1),
            ..Limits::default()
        },
        ..rules(30, 60, 240)?
    };
    Ok([
        (DESK, class("skrivbord", "desk", Kind::Desk, desk)),
        (
            SMALL_ROOM,
            class("litet rum", "small room", Kind::Room, room),
        ),
        (
            HALF_HALL,
            class("halv sal", "half a hall", Kind::Room, hall),
        ),
        (LAPTOP, class("lånedator", "laptop", Kind::Computer, laptop)),
        (
            PROJECTOR,
            class(
                "projektor",
                "projector",
                Kind::Equipment,
                rules(30, 30, 240)?,
            ),
        ),
    ]
    .into())
}

fn units() -> BTreeMap<UnitId, Unit> {
    let mut units = BTreeMap::new();
    let mut add = |number: u32, class, sv: &str, en: &str, features: &[FeatureId]| {
        let unit = Unit {
            name: Text::new([("sv", sv), ("en", en)]),
            class,
            features: features.iter().copied().collect(),
            bookable: true,
        };
        units.insert(UnitId(number), unit);
    };
    for n in 1..=12 {
        let features: &[FeatureId] = match n {
            1 | 2 => &[STEP_FREE, HEIGHT_ADJUSTABLE],
            3..=5 => &[DAYLIGHT],
            9..=12 => &[QUIET],
            _ => &[],
        };
        add(
            n,
            DESK,
            &format!("Skrivbord {n}"),
            &format!("Desk {n}"),
            features,
        );
    }
    // Four trees of a Nordic wood.
    add(21, SMALL_ROOM, "Björk", "Birch", &[DAYLIGHT]);
    add(22, SMALL_ROOM, "Gran", "Spruce", &[]);
    add(23, SMALL_ROOM, "Tall", "Pine", &[]);
    add(
        24,
        SMALL_ROOM,
        "Rönn",
        "Rowan",
        &[STEP_FREE, HEARING_LOOP, DAYLIGHT],
    );
    add(31, HALF_HALL, "Norra salen", "North hall", &[STEP_FREE]);
    add(
        32,
        HALF_HALL,
        "Södra salen",
        "South hall",
        &[STEP_FREE, HEARING_LOOP],
    );
    for n in 1..=4 {
        add(
            40 + n,
            LAPTOP,
            &format!("Lånedator {n}"),
            &format!("Laptop {n}"),
            &[],
        );
    }
    add(51, PROJECTOR, "Projektor", "Projector", &[]);
    units
}

fn composites() -> BTreeMap<CompositeId, Composite> {
    let whole = |sv, en, units: [u32; 2]| Composite {
        name: Text::new([("sv", sv), ("en", en)]),
        units: units.map(UnitId).into_iter().collect::<BTreeSet<_>>(),
    };
    [
        (WHOLE_HALL, whole("Hela salen", "The whole hall", [31, 32])),
        (
            ROOM_WITH_PROJECTOR,
            whole("Gran med projektor", "Spruce with the projector", [22, 51]),
        ),
    ]
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use allkontor_core::model::{Ask, Moment};
    use allkontor_core::time::{CivilMinute, DayStart, Interval};

    #[test]
    fn the_office_is_one_that_can_be_published() {
        let office = catalogue(2026).unwrap();
        assert_eq!(Catalogue::from_bytes(&office.to_bytes()).unwrap(), office);
        assert_eq!(office.parts().units.len(), 23);
        assert_eq!(
            office.expand(WHOLE_HALL),
            Some(vec![UnitId(31), UnitId(32)])
        );
    }

    #[test]
    fn only_one_small_room_has_no_steps_and_those_who_need_nothing_get_it_last() {
        let office = catalogue(2026).unwrap();
        let needs = |all: &[FeatureId]| office.matching(SMALL_ROOM, &all.iter().copied().collect());
        assert_eq!(needs(&[STEP_FREE]), [ACCESSIBLE_ROOM]);
        assert_eq!(needs(&[]).last(), Some(&ACCESSIBLE_ROOM));
    }

    /// What the office says at that time of Monday to a booking of Tuesday 16 June 2026, or of a later day.
    fn told(now: &str, unit: u32, day: u32, from: u32, minutes: i32, party: u16) -> String {
        let office = catalogue(2026).unwrap();
        let start = CivilMinute::from_ymd_hm(2026, 6, day, from / 100, from % 100).unwrap();
        let moment = Moment {
            now: now.parse().unwrap(),
            zone: office.profile().zone().unwrap(),
            day_start: DayStart::default(),
        };
        let interval = Interval::new(start, start.plus(minutes).unwrap()).unwrap();
        let ask = Ask {
            unit: UnitId(unit),
            interval,
            party,
        };
        office
            .check_hold(&moment, &ask)
            .map_or_else(|rule| rule.to_string(), |()| "yes".into())
    }

    #[test]
    fn the_rules_differ_from_class_to_class() {
        let evening = "2026-06-15T18:00";
        assert_eq!(told(evening, 1, 16, 830, 480, 1), "yes");
        assert_eq!(told(evening, 21, 16, 845, 180, 3), "yes");
        assert_eq!(told(evening, 31, 16, 1300, 120, 8), "yes");
        assert_eq!(
            told(evening, 31, 16, 1300, 120, 3),
            "a party of 3: the least is 4"
        );
        assert_eq!(
            told("2026-06-15T16:59", 31, 16, 1300, 120, 8),
            "opens for booking today at 2026-06-15T17:00"
        );
        assert_eq!(
            told(evening, 21, 16, 900, 240, 3),
            "240 minutes: the most is 180"
        );
        assert_eq!(
            told(evening, 1, 19, 900, 60, 1),
            "the office is closed on 2026-06-19"
        );
    }
}
