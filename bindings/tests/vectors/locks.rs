//! `locks.json`: a lock's code, sealed to the phone that rents it.

use crate::form::{Locks, Told};
use crate::run::{bytes, minute};
use crate::write::{FORMAT, Town, base64, by_language};
use allkontor::{DateOutcome, Device, What};
use allkontor_core::id::{OfficeId, UnitId};
use allkontor_core::time::Timestamp;
use serde_json::json;
use std::sync::Arc;

/// Of the renter's phone, and of somebody else's.
const RENTER: [u8; 32] = [11; 32];
const STRANGER: [u8; 32] = [12; 32];

pub(crate) fn locks() -> Locks {
    let mut town = Town::new();
    let mut office: serde_json::Value = serde_json::from_slice(crate::write::CATALOGUE).unwrap();
    office["classes"]["5"] = json!({
        "name": {"sv": "Skåp", "en": "Locker"},
        "kind": "locker",
        "cells": "year",
        "rules": {"min_minutes": 1440, "max_minutes": 527_040, "horizon_days": 400},
    });
    office["units"]["41"] = json!({"name": {"sv": "Skåp 41", "en": "Locker 41"}, "class": 5});
    let office = serde_json::to_vec(&office).unwrap();
    town.kiosk.publish(town.now, office).unwrap();
    let phone = town.phone();
    let unit = UnitId(41);
    let what = What::ExactlyUnit { unit };
    let start = minute("2026-11-24T08:00");
    let made = phone.rent(town.now, what, start, None).unwrap();
    assert!(matches!(made[0], DateOutcome::Requested { .. }), "{made:?}");
    town.carry(&phone);
    let key = town.kiosk.desk_rentals(town.now, None, 1).unwrap()[0].key;
    let code = "Äpple 4711".to_owned();
    let issued = town
        .kiosk
        .issue_code(town.now, key, unit, code, vec![3; 32]);
    issued.unwrap();
    town.carry(&phone);
    let own = phone.codes(town.now).unwrap();
    let words = |tag: &str| phone.words(tag.to_owned()).unwrap();
    Locks {
        format: FORMAT,
        office: town.kiosk.office_id().unwrap().to_string(),
        now: town.now.0,
        file: base64(&town.kiosk.export_file(town.now).unwrap()),
        renter: base64(&RENTER),
        stranger: base64(&STRANGER),
        codes: own
            .iter()
            .map(|own| Told {
                unit: own.code.unit.0,
                code: own.code.code.clone(),
                generation: own.code.generation,
                text: by_language(|tag| words(tag).lock_code(own.code.clone()).unwrap()),
            })
            .collect(),
    }
}

/// A device of that seed that has taken in the file.
fn device(locks: &Locks, seed: &str) -> (tempfile::TempDir, Arc<Device>) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap().to_owned();
    let office = OfficeId::from_hex(&locks.office).unwrap();
    let device = Device::join(place, office, bytes(seed)).unwrap();
    let now = Timestamp(locks.now);
    device.import_file(now, bytes(&locks.file)).unwrap();
    (folder, device)
}

pub(crate) fn run(locks: &Locks) {
    let now = Timestamp(locks.now);
    let (_folder, renter) = device(locks, &locks.renter);
    let own = renter.codes(now).unwrap();
    assert_eq!(own.len(), locks.codes.len());
    assert_eq!(own.len(), 1);
    for (own, told) in own.iter().zip(&locks.codes) {
        let found = (own.code.unit.0, own.code.code.as_str(), own.code.generation);
        assert_eq!(found, (told.unit, told.code.as_str(), told.generation));
        for (language, text) in &told.text {
            let words = renter.words(language.clone()).unwrap();
            assert_eq!(words.lock_code(own.code.clone()).unwrap(), *text);
        }
    }
    let (_folder, stranger) = device(locks, &locks.stranger);
    assert!(stranger.codes(now).unwrap().is_empty());
}
