//! Which place, and when instead.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod office;

use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::{Catalogue, Raster, starts_near};
use allkontor_core::time::{CivilMinute, Interval};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn at(minute: i32) -> CivilMinute {
    CivilMinute::from_ymd_hm(2027, 2, 1, 0, 0)
        .unwrap()
        .plus(minute)
        .unwrap()
}

fn span() -> impl Strategy<Value = Interval> {
    (0..1440, 1..300).prop_map(|(from, long)| Interval::new(at(from), at(from + long)).unwrap())
}

fn needs(features: &[u16]) -> BTreeSet<FeatureId> {
    features.iter().map(|f| FeatureId(*f)).collect()
}

proptest! {
    #[test]
    fn the_nearest_free_times_are_all_there_and_in_order(
        wanted in span(),
        open in prop::collection::vec(span(), 0..4),
        busy in prop::collection::vec(span(), 0..6),
        raster in prop_oneof![Just(1_u16), Just(5), Just(15), Just(60)],
    ) {
        let mut expected = Vec::new();
        for start in (-10..1800).filter(|start| start % i32::from(raster) == 0) {
            let (start, end) = (at(start), at(start + wanted.minutes()));
            let mut minutes = (0..wanted.minutes()).map(|n| start.plus(n).unwrap());
            let free = |m| open.iter().any(|i| i.contains_minute(m)) && !busy.iter().any(|i| i.contains_minute(m));
            if minutes.all(free) {
                expected.push(Interval::new(start, end).unwrap());
            }
        }
        // Earlier first, then a stable sort by distance.
        expected.sort_by_key(|i| i.start().minutes_since(wanted.start()).abs());
        prop_assert_eq!(starts_near(wanted, &open, &busy, Raster::new(raster).unwrap()), expected);
    }

    #[test]
    fn whoever_needs_less_never_gets_more_than_the_plainest_place(
        features in prop::collection::vec(prop::collection::btree_set(1_u16..5, 0..4), 1..8),
        needed in prop::collection::btree_set(1_u16..5, 0..3),
    ) {
        let mut parts = office::parts();
        parts.units.clear();
        parts.composites.clear();
        parts.closures.clear();
        for (n, set) in features.iter().enumerate() {
            let set: Vec<u16> = set.iter().copied().collect();
            parts.units.insert(UnitId(n as u32), office::unit(1, &set));
        }
        let catalogue = Catalogue::new(parts).unwrap();
        let needed: Vec<u16> = needed.into_iter().collect();
        let found = catalogue.matching(ClassId(1), &needs(&needed));
        let has = |unit: UnitId, feature: &u16| features[unit.0 as usize].contains(feature);
        for n in (0..features.len()).map(|n| UnitId(n as u32)) {
            prop_assert_eq!(found.contains(&n), needed.iter().all(|feature| has(n, feature)));
        }
        for pair in found.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|unit| (features[unit.0 as usize].len(), unit));
            prop_assert!(a < b, "{:?}", found);
        }
    }
}

#[test]
fn what_the_premises_have_every_place_has() {
    let mut parts = office::parts();
    parts.premises = needs(&[1]);
    let office = Catalogue::new(parts).unwrap();
    let all = office.matching(ClassId(1), &needs(&[]));
    assert_eq!(all.len(), 3);
    assert_eq!(office.matching(ClassId(1), &needs(&[1])), all);
    assert_eq!(office.matching(ClassId(1), &needs(&[1, 2])), [UnitId(3)]);
    assert!(
        office.features_of(UnitId(99)).is_empty(),
        "there is no such place"
    );
}

#[test]
fn the_accessible_desk_is_kept_for_those_who_need_it() {
    let office = office::catalogue();
    assert_eq!(
        office.matching(ClassId(1), &needs(&[])),
        [UnitId(1), UnitId(2), UnitId(3)]
    );
    assert_eq!(
        office.matching(ClassId(1), &needs(&[2])),
        [UnitId(3)],
        "only desk 3 is height-adjustable"
    );
    assert_eq!(office.surplus(UnitId(3), &needs(&[2])), Some(1));
    assert_eq!(office.surplus(UnitId(1), &needs(&[2])), None);
    assert_eq!(office.surplus(UnitId(99), &needs(&[])), None);
    assert!(
        office.matching(ClassId(4), &needs(&[])).is_empty(),
        "the printer is not for booking"
    );
}
