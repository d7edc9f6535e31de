//! Catalogues as bytes: one form, one hash, and no contradiction inside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod office;

use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::*;
use allkontor_core::time::OfficeDay;
use office::{parts, text, unit};
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn bytes_go_both_ways() {
    let catalogue = office::catalogue();
    let read = Catalogue::from_bytes(&catalogue.to_bytes()).unwrap();
    assert_eq!(read, catalogue);
    assert_eq!(read.parts(), catalogue.parts());
    assert_eq!(read.hash(), Catalogue::hash_of(&catalogue.to_bytes()));
}

#[test]
fn the_hash_of_a_published_form_never_changes() {
    let hash = office::catalogue().hash().to_string();
    assert_eq!(
        hash,
        "2fe69e69485f86bb85bcb70b5f2b781d7d1ee84080bb1e1817517b2e21f253f9"
    );
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(
        Catalogue::hash_of(b"").to_string(),
        empty,
        "SHA-256 of nothing, FIPS 180-4"
    );
}

#[test]
fn the_order_of_lists_does_not_change_the_hash() {
    let mut other = parts();
    other.closures.reverse();
    other.closures.push(other.closures[0].clone());
    assert_eq!(
        Catalogue::new(other).unwrap().hash(),
        office::catalogue().hash()
    );
}

#[test]
fn an_old_app_keeps_the_hash_of_a_new_catalogue() {
    let mut json: serde_json::Value =
        serde_json::from_slice(&office::catalogue().to_bytes()).unwrap();
    json["parking"] = serde_json::json!({"bicycles": 12});
    json["units"]["1"]["colour"] = "green".into();
    json["classes"]["1"]["kind"] = "sauna".into();
    let bytes = serde_json::to_vec(&json).unwrap();
    let read = Catalogue::from_bytes(&bytes).unwrap();
    assert_eq!(read.class(ClassId(1)).unwrap().kind, Kind::Other);
    assert_eq!(
        (read.hash(), read.to_bytes()),
        (Catalogue::hash_of(&bytes), bytes)
    );
}

#[test]
fn a_policy_that_is_not_understood_is_not_guessed() {
    let mut json: serde_json::Value =
        serde_json::from_slice(&office::catalogue().to_bytes()).unwrap();
    json["hours"]["holidays"] = serde_json::json!({"kind": "lottery"});
    let error = Catalogue::from_bytes(&serde_json::to_vec(&json).unwrap())
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("catalogue cannot be read: unknown variant `lottery`"),
        "{error}"
    );
}

#[test]
fn an_office_of_a_thousand_units_fits() {
    let mut parts = parts();
    for n in 1000..2000 {
        let name = Text::new([
            ("sv", "Plats vid fönstret 1234"),
            ("en", "Window seat 1234"),
        ]);
        parts.units.insert(
            UnitId(n),
            Unit {
                name,
                ..unit(1, &[1, 2, 3])
            },
        );
    }
    let bytes = Catalogue::new(parts.clone()).unwrap().to_bytes().len();
    assert!(
        (MAX_CATALOGUE_BYTES / 3..MAX_CATALOGUE_BYTES * 2 / 3).contains(&bytes),
        "{bytes} bytes"
    );
    parts.profile.name = text(&"x".repeat(MAX_CATALOGUE_BYTES));
    let error = Catalogue::new(parts).unwrap_err().to_string();
    assert!(error.ends_with("bytes: the limit is 262144"), "{error}");
    let zeros = vec![0; MAX_CATALOGUE_BYTES + 1];
    assert_eq!(
        Catalogue::from_bytes(&zeros).unwrap_err().to_string(),
        "catalogue is 262145 bytes: the limit is 262144"
    );
}

type Spoil = fn(&mut Parts);

#[test]
fn contradictions_are_named() {
    fn season(parts: &mut Parts, first: u32, last: u32) {
        let at = |n| OfficeDay::from_ymd(2026, 12, n).unwrap();
        let season = Season {
            first: at(first),
            last: at(last),
            name: text("winter"),
            weekly: Week::default(),
        };
        parts.hours.seasons.push(season);
    }
    fn rules(parts: &mut Parts) -> &mut Rules {
        &mut parts.classes.get_mut(&ClassId(1)).unwrap().rules
    }
    let cases: [(Spoil, &str); 25] = [
        (|p| p.profile.name = text(" "), "the office has no name"),
        (
            |p| p.profile.languages.clear(),
            "the office has no language",
        ),
        (
            |p| p.profile.zone = "Mars/Olympus".into(),
            "\"Mars/Olympus\" is not in the time-zone database",
        ),
        (
            |p| season(p, 9, 3),
            "the first day 2026-12-09 is after the last day 2026-12-03",
        ),
        (
            |p| {
                season(p, 5, 9);
                season(p, 1, 5);
            },
            "two seasons hold on 2026-12-05",
        ),
        (
            |p| {
                let day = OfficeDay::from_ymd(2026, 12, 24).unwrap();
                let twice = Exception {
                    day,
                    hours: DayHours::closed(),
                    note: text("eve"),
                };
                p.hours.exceptions.extend([twice.clone(), twice]);
            },
            "two exceptions are for 2026-12-24",
        ),
        (
            |p| drop(p.units.insert(UnitId(5), unit(9, &[]))),
            "unit 5 is of class 9, which is not in the catalogue",
        ),
        (
            |p| p.units.get_mut(&UnitId(1)).unwrap().features = BTreeSet::from([FeatureId(77)]),
            "unit 1 has feature 77, which is not in the catalogue",
        ),
        (
            |p| p.premises = BTreeSet::from([FeatureId(77)]),
            "the premises have feature 77, which is not in the catalogue",
        ),
        (
            |p| p.composites.get_mut(&CompositeId(1)).unwrap().units = BTreeSet::from([UnitId(11)]),
            "composite 1 has 1 units: allowed are 2 to 40",
        ),
        (
            |p| {
                p.composites.get_mut(&CompositeId(1)).unwrap().units = (1..42).map(UnitId).collect()
            },
            "composite 1 has 41 units: allowed are 2 to 40",
        ),
        (
            |p| drop(p.units.remove(&UnitId(12))),
            "composite 1 has unit 12, which is not in the catalogue",
        ),
        (
            |p| p.closures[1].unit = Some(UnitId(8)),
            "unit 8 is closed but not in the catalogue",
        ),
        (
            |p| rules(p).min_minutes = 0,
            "class 1: min_minutes is 0, outside 1 to 1440",
        ),
        (
            |p| rules(p).max_minutes = 1441,
            "class 1: max_minutes is 1441, outside 1 to 1440",
        ),
        (
            |p| rules(p).max_minutes = 10,
            "class 1: min_minutes is 15, outside 1 to 10",
        ),
        (
            |p| rules(p).dates_open_at = 1440,
            "class 1: dates_open_at is 1440, outside 0 to 1439",
        ),
        (
            |p| rules(p).notice = Notice::Before { minutes: 527_041 },
            "class 1: notice is 527041, outside 0 to 527040",
        ),
        (
            |p| rules(p).horizon_days = 3_661,
            "class 1: horizon_days is 3661, outside 0 to 3660",
        ),
        (
            |p| rules(p).before = 721,
            "class 1: before is 721, outside 0 to 720",
        ),
        (
            |p| rules(p).after = 721,
            "class 1: after is 721, outside 0 to 720",
        ),
        (
            |p| rules(p).policy = Policy::Window { minutes: 10_081 },
            "class 1: policy window is 10081, outside 0 to 10080",
        ),
        (
            |p| rules(p).grace_minutes = 1_441,
            "class 1: grace_minutes is 1441, outside 0 to 1440",
        ),
        (
            |p| rules(p).min_party = 501,
            "class 1: min_party is 501, outside 1 to 500",
        ),
        (
            |p| p.guidelines.as_mut().unwrap().text = text(""),
            "the guidelines have no text",
        ),
    ];
    for (spoil, words) in cases {
        let mut parts = parts();
        spoil(&mut parts);
        let unchecked = serde_json::to_vec(&parts).unwrap();
        let error = Catalogue::new(parts).unwrap_err();
        assert!(error.to_string().starts_with(words), "{error}");
        assert_eq!(
            Catalogue::from_bytes(&unchecked),
            Err(error),
            "the same when read"
        );
    }
}

proptest! {
    #[test]
    fn spoilt_bytes_give_an_error_or_a_catalogue_that_can_be_asked(
        spoils in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = office::catalogue().to_bytes();
        for (index, byte) in spoils {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.map_or(usize::MAX, |cut| cut.index(bytes.len())));
        if let Ok(catalogue) = Catalogue::from_bytes(&bytes) {
            for day in [OfficeDay::MIN, OfficeDay::from_ymd(2026, 12, 25).unwrap(), OfficeDay::MAX] {
                for unit in catalogue.parts().units.keys() {
                    catalogue.bookable(*unit, day, Default::default());
                }
                for class in catalogue.parts().classes.values() {
                    class.rules.opens(day);
                }
            }
        }
    }
}
