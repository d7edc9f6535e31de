//! A database comes back from a backup, or does not come back at all.

use allkontor_core::command::{Book, Close, ProposeEvent, What};
use allkontor_core::id::UnitId;
use allkontor_core::replica::Standing;
use allkontor_core::statement::{Cause, Document, Role};
use allkontor_core::store::{Fault, MemoryStore};
use allkontor_core::time::Month;
use allkontor_core::vault::Vault as _;
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{RECOVERY, span, words};
use std::collections::BTreeSet;

fn november() -> Document {
    Document::Ledger(Month::new(2026, 11).unwrap())
}

fn room(unit: u32, time: &str) -> Book {
    Book::unit(UnitId(unit), span(time)).exactly()
}

#[test]
fn the_only_device_of_an_office_is_restored_and_goes_on_under_another_key() {
    let mut fleet = Fleet::new();
    for name in ["anna", "bo"] {
        fleet.phone(name, "kiosk");
    }
    let known = fleet.booked("anna", room(1, "24T09:00-10:00"));
    fleet.meet_twice("anna", "kiosk");
    let backup = fleet.devices["kiosk"].disk.copy();
    let unheard = fleet.booked("bo", room(1, "24T10:00-11:00"));
    fleet.meet_twice("bo", "kiosk");
    assert_eq!(fleet.told("bo", unheard), "confirmed 1 10:00-11:00");

    fleet.devices.get_mut("kiosk").unwrap().restore(&backup);
    let (now, old) = (fleet.now, fleet.key("kiosk"));
    let kiosk = fleet.on("kiosk");
    assert_eq!(kiosk.standing().unwrap(), Standing::Recovering);
    let question = kiosk.replacement(now, old).unwrap();
    assert_eq!(question.documents[&november()].lost, 1, "bo's confirmation");
    let refused = kiosk.replace_device(now, old, None).unwrap_err();
    assert_eq!(refused.code(), "recovering");

    let new = kiosk.renew(now, [77; 32]).unwrap();
    assert_eq!(kiosk.standing().unwrap(), Standing::Steward(Role::Kiosk));
    assert_ne!(new, old);
    // Anna wants bo's room. The kiosk does not know better, and bo comes first in line.
    let other = fleet.booked("anna", room(1, "24T10:30-11:30"));
    for _ in 0..3 {
        fleet.meet("bo", "kiosk");
    }
    fleet.meet_twice("anna", "kiosk");
    fleet.meet_twice("bo", "kiosk");
    assert_eq!(fleet.told("anna", known), "confirmed 1 09:00-10:00");
    assert_eq!(fleet.told("bo", unheard), "confirmed 1 10:00-11:00");
    assert_eq!(fleet.told("anna", other), "waiting 1");
    fleet.assert_agreed_with("kiosk");
    fleet.devices.get_mut("kiosk").unwrap().reopen();
    let kiosk = fleet.on("kiosk");
    assert_eq!(kiosk.standing().unwrap(), Standing::Steward(Role::Kiosk));
    assert_eq!(kiosk.public_key().unwrap(), new);
}

#[test]
fn what_phones_still_have_of_it_is_not_even_interrupted() {
    let mut fleet = Fleet::new();
    for name in ["anna", "bo"] {
        fleet.phone(name, "kiosk");
    }
    let backup = fleet.devices["kiosk"].disk.copy();
    let promised = fleet.booked("bo", room(1, "24T10:00-11:00"));
    fleet.meet_twice("bo", "kiosk");
    fleet.devices.get_mut("kiosk").unwrap().restore(&backup);
    // It hears first, and is cut where it really ended.
    fleet.meet_twice("bo", "kiosk");
    let (now, old) = (fleet.now, fleet.key("kiosk"));
    let kiosk = fleet.on("kiosk");
    assert_eq!(kiosk.standing().unwrap(), Standing::Recovering);
    assert_eq!(
        kiosk.replacement(now, old).unwrap().documents[&november()].lost,
        0
    );
    kiosk.renew(now, [77; 32]).unwrap();
    fleet.meet_twice("bo", "kiosk");
    assert_eq!(fleet.told("bo", promised), "confirmed 1 10:00-11:00");
    let why = fleet.on("bo").explain(now, promised).unwrap().unwrap();
    assert!(why.broken.is_empty());
    fleet.meet_twice("anna", "kiosk");
    fleet.assert_agreed_with("kiosk");
}

#[test]
fn a_tablet_whose_database_is_lost_shows_a_new_key_and_is_back() {
    let mut fleet = Fleet::new();
    fleet.steward("tablet", Role::Staff, "kiosk");
    fleet.phone("anna", "tablet");
    fleet.meet_twice("tablet", "kiosk");
    let asked = fleet.booked("anna", room(1, "24T10:00-11:00"));
    fleet.meet_twice("anna", "tablet");
    let now = fleet.now;
    let evening = Close {
        units: vec![UnitId(3)],
        interval: span("24T20:00-21:00"),
        cause: Cause::Closed,
    };
    fleet.on("tablet").close_places(now, evening).unwrap();
    fleet.meet_twice("tablet", "kiosk");
    let (now, old) = (fleet.now, fleet.key("tablet"));
    let in_force = fleet.on("tablet").renew(now, [5; 32]).unwrap_err();
    assert_eq!(in_force.code(), "key_in_force");

    fleet
        .devices
        .get_mut("tablet")
        .unwrap()
        .restore(&MemoryStore::new());
    fleet.meet("tablet", "kiosk");
    let tablet = fleet.on("tablet");
    assert_eq!(tablet.standing().unwrap(), Standing::Recovering);
    let new = tablet.renew(now, [5; 32]).unwrap();
    assert_eq!(tablet.standing().unwrap(), Standing::Visitor);
    let shown = tablet.enrolment().unwrap().to_bytes();
    let kiosk = fleet.on("kiosk");
    let key = kiosk.scan_enrolment(&shown).unwrap();
    assert_eq!(key, new);
    kiosk.certify(now, key, Role::Staff).unwrap();
    kiosk.replace_device(now, old, Some(key)).unwrap();
    fleet.meet_twice("tablet", "kiosk");
    assert_eq!(
        fleet.on("tablet").standing().unwrap(),
        Standing::Steward(Role::Staff)
    );
    // It decides again what it had the right to: anna's ticket was its own.
    fleet.meet_twice("anna", "kiosk");
    fleet.meet_twice("tablet", "kiosk");
    fleet.meet_twice("anna", "tablet");
    let told = fleet.told("anna", asked);
    assert!(
        told.starts_with("confirmed") || told.starts_with("likely"),
        "{told}"
    );
    fleet.assert_agreed_with("kiosk");
}

#[test]
fn a_power_cut_at_any_write_of_a_new_key_leaves_one_key_that_works() {
    for after in 0..4 {
        for kept in [false, true] {
            let mut fleet = Fleet::new();
            fleet.phone("anna", "kiosk");
            let backup = fleet.devices["kiosk"].disk.copy();
            let promised = fleet.booked("anna", room(1, "24T10:00-11:00"));
            fleet.meet_twice("anna", "kiosk");
            fleet.devices.get_mut("kiosk").unwrap().restore(&backup);
            let (now, old) = (fleet.now, fleet.key("kiosk"));
            let kiosk = fleet.devices.get_mut("kiosk").unwrap();
            kiosk.disk.inject(Fault::PowerCut { after, kept });
            let told = kiosk.on().renew(now, [77; 32]);
            kiosk.reopen();
            if kiosk.on().standing().unwrap() == Standing::Recovering {
                assert!(told.is_err() && kiosk.on().public_key().unwrap() == old);
                kiosk.on().renew(now, [78; 32]).unwrap();
            }
            assert_eq!(
                kiosk.on().standing().unwrap(),
                Standing::Steward(Role::Kiosk),
                "cut after {after} writes"
            );
            assert_ne!(kiosk.vault.load().unwrap().unwrap().seed, [0; 32]);
            for _ in 0..3 {
                fleet.meet("anna", "kiosk");
            }
            fleet.meet("anna", "kiosk");
            assert_eq!(fleet.told("anna", promised), "confirmed 1 10:00-11:00");
        }
    }
}

#[test]
fn a_vault_that_cannot_be_saved_leaves_one_key_that_works() {
    let mut fleet = Fleet::new();
    fleet.phone("anna", "kiosk");
    let backup = fleet.devices["kiosk"].disk.copy();
    fleet.booked("anna", room(1, "24T10:00-11:00"));
    fleet.meet_twice("anna", "kiosk");
    fleet.devices.get_mut("kiosk").unwrap().restore(&backup);
    let now = fleet.now;
    let kiosk = fleet.devices.get_mut("kiosk").unwrap();
    kiosk.vault.fail_save(0);
    assert_eq!(
        kiosk.on().renew(now, [77; 32]).unwrap_err().code(),
        "vault_failed"
    );
    kiosk.reopen();
    assert_eq!(
        kiosk.on().standing().unwrap(),
        Standing::Steward(Role::Kiosk)
    );
}

#[test]
fn a_phone_restored_from_a_backup_gets_back_what_it_had_booked_since() {
    let mut fleet = Fleet::new();
    fleet.phone("anna", "kiosk");
    let early = fleet.booked("anna", room(1, "24T09:00-10:00"));
    fleet.meet_twice("anna", "kiosk");
    let backup = fleet.devices["anna"].disk.copy();
    let late = fleet.booked("anna", room(2, "24T10:00-11:00"));
    let given_up = fleet.booked("anna", room(3, "24T10:00-11:00"));
    let now = fleet.now;
    fleet.meet_twice("anna", "kiosk");
    fleet.on("anna").cancel(now, given_up).unwrap();
    fleet.meet_twice("anna", "kiosk");

    fleet.devices.get_mut("anna").unwrap().restore(&backup);
    assert_eq!(fleet.on("anna").agenda().unwrap().len(), 1);
    fleet.meet_twice("anna", "kiosk");
    assert_eq!(fleet.told("anna", early), "confirmed 1 09:00-10:00");
    assert_eq!(fleet.told("anna", late), "confirmed 2 10:00-11:00");
    assert_eq!(fleet.told("anna", given_up), "released: cancelled");
    // It can still act on them, and books anew without taking a slot twice.
    fleet.on("anna").cancel(now, late).unwrap();
    let new = fleet.booked("anna", room(1, "24T14:00-15:00"));
    fleet.meet_twice("anna", "kiosk");
    assert_eq!(fleet.told("anna", late), "released: cancelled");
    assert_eq!(fleet.told("anna", new), "confirmed 1 14:00-15:00");
    fleet.assert_agreed_with("kiosk");
}

#[test]
fn a_phone_that_lost_everything_but_its_key_has_its_bookings_when_it_next_syncs() {
    let mut fleet = Fleet::new();
    fleet.phone("anna", "kiosk");
    for (unit, time) in [(1, "24T09:00-10:00"), (2, "24T10:00-11:00")] {
        fleet.booked("anna", room(unit, time));
    }
    let december = allkontor_core::time::Interval::new(
        allkontor_tests::world::at("2026-12-10T10:00"),
        allkontor_tests::world::at("2026-12-10T11:00"),
    );
    fleet.booked("anna", Book::unit(UnitId(1), december.unwrap()).exactly());
    fleet.meet_twice("anna", "kiosk");
    fleet
        .devices
        .get_mut("anna")
        .unwrap()
        .restore(&MemoryStore::new());
    fleet.meet_twice("anna", "kiosk");
    let agenda = fleet.on("anna").agenda().unwrap();
    let told: Vec<_> = agenda
        .iter()
        .map(|entry| allkontor_tests::world::words(&entry.status))
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told.iter().all(|told| told.starts_with("confirmed")),
        "{told:?}"
    );
}

/// Anna has asked for two rooms of the kiosk. Her phone's database is as it was before, or gone, and she goes on at a
/// tablet that has not heard of it.
fn forgotten(before: impl FnOnce(&mut Fleet) -> MemoryStore) {
    let mut fleet = Fleet::new();
    fleet.steward("tablet", Role::Staff, "kiosk");
    fleet.phone("anna", "kiosk");
    fleet.meet_twice("tablet", "kiosk");
    let disk = before(&mut fleet);
    for (unit, time) in [(1, "24T09:00-10:00"), (2, "24T10:00-11:00")] {
        fleet.booked("anna", room(unit, time));
    }
    fleet.meet_twice("anna", "kiosk");
    fleet.devices.get_mut("anna").unwrap().restore(&disk);
    fleet.meet_twice("anna", "tablet");
    for (unit, time) in [(3, "24T11:00-12:00"), (3, "24T12:00-13:00")] {
        fleet.booked("anna", room(unit, time));
    }
    fleet.meet_twice("anna", "tablet");
    fleet.all_meet();
    fleet.all_meet();
    let agenda = fleet.on("anna").agenda().unwrap();
    let told = agenda.iter().map(|entry| words(&entry.status));
    let told: BTreeSet<String> = told.collect();
    fleet.assert_agreed_with("kiosk");
    let all = [
        "1 09:00-10:00",
        "2 10:00-11:00",
        "3 11:00-12:00",
        "3 12:00-13:00",
    ];
    let all: BTreeSet<String> = all.map(|place| format!("confirmed {place}")).into();
    assert_eq!(told, all);
}

#[test]
fn a_phone_that_has_forgotten_what_it_said_loses_none_of_it_at_a_device_that_has_not_heard() {
    forgotten(|_| MemoryStore::new());
    forgotten(|fleet| fleet.devices["anna"].disk.copy());
}

#[test]
fn what_a_phone_proposes_after_it_has_forgotten_all_is_not_mixed_with_what_it_had_asked_for() {
    let mut fleet = Fleet::new();
    fleet.steward("tablet", Role::Staff, "kiosk");
    fleet.phone("anna", "kiosk");
    fleet.meet_twice("tablet", "kiosk");
    fleet.booked("anna", room(1, "24T09:00-10:00"));
    fleet.meet("anna", "kiosk");
    let anna = fleet.devices.get_mut("anna").unwrap();
    anna.restore(&MemoryStore::new());
    fleet.meet_twice("anna", "tablet");
    let now = fleet.now;
    let evening = ProposeEvent::new("Reading aloud", [span("24T18:00-20:00")]);
    let evening = evening.in_room(What::Unit(UnitId(3)));
    fleet.on("anna").propose_event(now, evening).unwrap();
    for _ in 0..2 {
        fleet.all_meet();
        for event in fleet.on("kiosk").events().unwrap() {
            fleet.on("kiosk").approve_event(now, event.key).unwrap();
        }
    }
    fleet.all_meet();
    let agenda = fleet.on("anna").agenda().unwrap();
    let told = agenda
        .iter()
        .map(|entry| (words(&entry.status), entry.event.is_some()));
    let told: BTreeSet<(String, bool)> = told.collect();
    let both = [
        ("confirmed 1 09:00-10:00", false),
        ("confirmed 3 18:00-20:00", true),
    ];
    assert_eq!(
        told,
        both.map(|(told, event)| (told.to_owned(), event)).into()
    );
}

#[test]
fn an_office_whose_only_device_is_gone_lives_on_in_a_phone_and_a_sheet_of_paper() {
    let mut fleet = Fleet::new();
    fleet.phone("anna", "kiosk");
    let promised = fleet.booked("anna", room(1, "24T10:00-11:00"));
    fleet.meet_twice("anna", "kiosk");
    let (now, kiosk) = (fleet.now, fleet.key("kiosk"));
    fleet.devices.remove("kiosk");
    // A new tablet, a visitor's phone, and the seed that was printed when the office was founded.
    fleet.join("tablet");
    fleet.meet_twice("tablet", "anna");
    let tablet = fleet.on("tablet");
    let wrong = tablet
        .recover_office(now, [8; 32], None, Role::Kiosk)
        .unwrap_err();
    assert_eq!(wrong.code(), "wrong_recovery_key");
    tablet
        .recover_office(now, RECOVERY, None, Role::Kiosk)
        .unwrap();
    assert_eq!(tablet.standing().unwrap(), Standing::Steward(Role::Kiosk));
    let me = tablet.public_key().unwrap();
    tablet.replace_device(now, kiosk, Some(me)).unwrap();
    fleet.meet_twice("anna", "tablet");
    assert_eq!(fleet.told("anna", promised), "confirmed 1 10:00-11:00");
    let new = fleet.booked("anna", room(2, "24T12:00-13:00"));
    fleet.on("tablet").confirm_clock(now).unwrap();
    fleet.meet_twice("anna", "tablet");
    assert_eq!(fleet.told("anna", new), "confirmed 2 12:00-13:00");
    fleet.assert_agreed_with("tablet");
}
