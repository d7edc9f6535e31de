//! The plan by which cells are shared out, for offices of any shape.

use allkontor_core::custody::{Plan, Stewards};
use allkontor_core::id::{ClassId, PublicKey, UnitId};
use allkontor_core::model::{Catalogue, Composite, CompositeId, Parts, Text, Unit};
use allkontor_core::statement::{Family, Role};
use allkontor_core::time::{CivilMinute, OfficeDay};
use allkontor_tests::chance::Chance;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{DESK, PART, ROOM, at, parts};
use std::collections::{BTreeMap, BTreeSet};

fn crew() -> Crew {
    let mut crew = Crew::new();
    crew.steward("hub", Role::Hub);
    crew.steward("tablet", Role::Staff);
    crew.steward("screen", Role::Kiosk);
    crew.steward("office", Role::Admin);
    crew
}

fn stewards(crew: &Crew, heard: &[(&str, &str)], now: &str) -> Stewards {
    let heard: BTreeMap<PublicKey, CivilMinute> = heard
        .iter()
        .map(|(name, minute)| (crew.key(name), at(minute)))
        .collect();
    Stewards::of(crew.devices[KIOSK].authority().unwrap(), &heard, at(now))
}

/// Any number of units of three classes, some of which are booked together.
fn office(chance: &mut Chance, tied: bool) -> Catalogue {
    let unit = |class| Unit {
        name: Text::new([("en", "unit")]),
        class,
        features: BTreeSet::new(),
        bookable: true,
    };
    let count = 1 + chance.below(40) as u32;
    let units: BTreeMap<UnitId, Unit> = (1..=count)
        .map(|number| (UnitId(number), unit([ROOM, DESK, PART][chance.below(3)])))
        .collect();
    let ids: Vec<UnitId> = units.keys().copied().collect();
    let mut composites = BTreeMap::new();
    for number in 0..chance.below(6) {
        let together: BTreeSet<UnitId> = chance.some(&ids, 12).into_iter().collect();
        if tied && together.len() > 1 {
            let name = Text::new([("en", "together")]);
            let units = together;
            composites.insert(CompositeId(number as u32), Composite { name, units });
        }
    }
    let parts = Parts {
        units,
        composites,
        ..parts()
    };
    Catalogue::new(parts).unwrap()
}

#[test]
fn every_unit_is_dealt_out_evenly_by_class_and_what_belongs_together_stays_together() {
    let crew = crew();
    let now = "2026-11-24T08:00";
    let here = |names: &[&'static str]| -> Vec<(&str, &str)> {
        names.iter().map(|name| (*name, now)).collect()
    };
    let today = OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let mut chance = Chance(3);
    for round in 0..200 {
        let front = [KIOSK, "tablet", "screen"][..1 + chance.below(3)].to_vec();
        let stewards = stewards(&crew, &here(&front), now);
        let tied = round % 2 == 0;
        let catalogue = office(&mut chance, tied);
        let plan = Plan::new(&catalogue, &stewards, today);
        assert_eq!(plan, Plan::new(&catalogue, &stewards, today));
        let mut dealt: BTreeMap<(ClassId, PublicKey), usize> = BTreeMap::new();
        let share = |unit| plan.share(unit, Family::Ledger, today.get()).unwrap();
        for (id, unit) in &catalogue.parts().units {
            *dealt.entry((unit.class, share(*id))).or_default() += 1;
        }
        for composite in catalogue.parts().composites.values() {
            let devices: BTreeSet<PublicKey> =
                composite.units.iter().map(|unit| share(*unit)).collect();
            assert_eq!(devices.len(), 1, "{composite:?}");
        }
        for class in [ROOM, DESK, PART] {
            let counts = front
                .iter()
                .map(|name| dealt.get(&(class, crew.key(name))).copied().unwrap_or(0));
            let counts: Vec<usize> = counts.collect();
            let apart = counts.iter().max().unwrap() - counts.iter().min().unwrap();
            assert!(tied || apart <= 1, "{counts:?}");
        }
        let dealt: usize = dealt.values().sum();
        assert_eq!(
            dealt,
            catalogue.parts().units.len(),
            "to the front line and nobody else"
        );
    }
}

#[test]
fn the_front_line_is_who_meets_people_and_has_been_heard_of() {
    let crew = crew();
    let key = |name| crew.key(name);
    let monday = "2026-11-23T08:00";
    let all = [KIOSK, "tablet", "screen", "hub", "office"].map(|name| (name, monday));
    let at_once = stewards(&crew, &all, monday);
    assert_eq!(at_once.front(), [key(KIOSK), key("tablet"), key("screen")]);
    assert_eq!(at_once.hub(), Some(key("hub")));
    // Three days on only the tablet has said something since.
    let mut some = all.to_vec();
    some.push(("tablet", "2026-11-25T08:00"));
    let later = stewards(&crew, &some, "2026-11-26T08:01");
    assert_eq!(later.front(), [key("tablet")]);
    assert_eq!((later.hub(), later.present()), (None, &[key("tablet")][..]));
    // No kiosk and no tablet: whoever founded the office has to do, and if need be the hub.
    let mut desk = all.to_vec();
    desk.extend([("office", "2026-11-26T08:00"), ("hub", "2026-11-26T08:00")]);
    let alone = stewards(&crew, &desk, "2026-11-26T08:01");
    assert_eq!(
        (alone.front(), alone.hub()),
        (&[key("office")][..], Some(key("hub")))
    );
    let hub = stewards(&crew, &desk[5..], "2026-11-26T08:01");
    assert_eq!(hub.front(), [key("office")]);
    let hub = stewards(&crew, &desk[6..], "2026-11-26T08:01");
    assert_eq!((hub.front(), hub.hub()), (&[key("hub")][..], None));
    // After a long closure nobody has: they are all there again.
    let closed = stewards(&crew, &all, "2026-12-24T08:00");
    assert_eq!(closed.front(), at_once.front());
    assert_eq!(closed.present(), []);
    // Whose clock runs ahead counts as heard of just now.
    let ahead = [(KIOSK, "2027-11-23T08:00"), ("tablet", monday)];
    let now = stewards(&crew, &ahead, "2026-11-23T08:00");
    assert_eq!(now.front(), [key(KIOSK), key("tablet")]);
}

#[test]
fn a_holders_home_is_the_same_for_everybody_and_stays_when_somebody_is_away() {
    let crew = crew();
    let monday = "2026-11-23T08:00";
    let all = [KIOSK, "tablet", "screen"].map(|name| (name, monday));
    let (now, later) = (
        stewards(&crew, &all, monday),
        stewards(&crew, &all[..1], "2026-11-30T08:00"),
    );
    let mut homes = BTreeSet::new();
    for n in 0..40 {
        let holder = PublicKey([n; 32]);
        assert_eq!(now.home_of(&holder), later.home_of(&holder));
        homes.extend(now.home_of(&holder));
    }
    assert_eq!(
        homes,
        [KIOSK, "tablet", "screen"]
            .map(|name| crew.key(name))
            .into()
    );
}
