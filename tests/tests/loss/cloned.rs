//! Two devices have one key: a disk was copied, or set back together with its vault.

use allkontor_core::command::Book;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Alarm, BookingId, Standing};
use allkontor_core::statement::{Document, Role};
use allkontor_core::time::Month;
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::span;

fn room(unit: u32, time: &str) -> Book {
    Book::unit(UnitId(unit), span(time)).exactly()
}

struct Day {
    fleet: Fleet,
    anna: BookingId,
    bo: BookingId,
    carl: BookingId,
    dora: BookingId,
}

/// Rooms 1 and 3 are the kiosk's share, room 2 is the tablet's. Carl's room was confirmed before the kiosk was cloned.
/// Then the kiosk gives room 1 to anna, its twin gives the same to bo, and the tablet gives its own room to dora.
fn two_kiosks() -> Day {
    let mut fleet = Fleet::new();
    fleet.steward("tablet", Role::Staff, "kiosk");
    let (now, tablet) = (fleet.now, fleet.key("tablet"));
    fleet.on("kiosk").hand_over(now, tablet).unwrap();
    fleet.meet_twice("tablet", "kiosk");
    for name in ["anna", "bo", "carl"] {
        fleet.phone(name, "kiosk");
    }
    fleet.phone("dora", "tablet");
    let carl = fleet.booked("carl", room(3, "24T10:00-11:00"));
    fleet.meet_twice("carl", "kiosk");
    fleet.meet("tablet", "kiosk");

    let twin = fleet.devices["kiosk"].copy();
    fleet.devices.insert("twin".to_owned(), twin);
    let anna = fleet.booked("anna", room(1, "24T10:00-11:00"));
    let bo = fleet.booked("bo", room(1, "24T10:30-11:30"));
    let dora = fleet.booked("dora", room(2, "24T10:00-11:00"));
    fleet.meet_twice("anna", "kiosk");
    fleet.meet_twice("bo", "twin");
    fleet.meet_twice("dora", "tablet");
    assert_eq!(fleet.told("anna", anna), "confirmed 1 10:00-11:00");
    assert_eq!(fleet.told("bo", bo), "confirmed 1 10:30-11:30");
    assert_eq!(fleet.told("dora", dora), "confirmed 2 10:00-11:00");
    Day {
        fleet,
        anna,
        bo,
        carl,
        dora,
    }
}

#[test]
fn a_clone_is_noticed_by_everybody_and_harms_only_what_the_cloned_device_decides() {
    let Day {
        mut fleet,
        anna,
        bo,
        carl,
        dora,
    } = two_kiosks();
    let kiosk = fleet.key("kiosk");
    fleet.all_meet();
    for name in ["kiosk", "twin"] {
        assert_eq!(fleet.on(name).standing().unwrap(), Standing::Recovering);
        let alarms = fleet.on(name).alarms().clone();
        assert!(
            alarms.contains(&Alarm::Cloned { device: kiosk }),
            "{name}: {alarms:?}"
        );
    }
    let forked = |alarm: &Alarm| matches!(alarm, Alarm::Fork { device, .. } if *device == kiosk);
    let alarms = fleet.on("tablet").alarms().clone();
    assert!(alarms.iter().any(forked), "{alarms:?}");
    // It stays until the device is replaced, whatever happens to the tablet.
    fleet.devices.get_mut("tablet").unwrap().reopen();
    fleet.on("tablet").agenda().unwrap();
    assert!(fleet.on("tablet").alarms().iter().any(forked));

    let both = [fleet.told("anna", anna), fleet.told("bo", bo)];
    let count = |word: &str| both.iter().filter(|told| told.starts_with(word)).count();
    assert_eq!((count("confirmed"), count("withdrawn")), (1, 1), "{both:?}");
    assert_eq!(fleet.told("carl", carl), "confirmed 3 10:00-11:00");
    assert_eq!(fleet.told("dora", dora), "confirmed 2 10:00-11:00");
    fleet.assert_agreed_with("tablet");

    let (now, tablet) = (fleet.now, fleet.key("tablet"));
    let stands = |fleet: &mut Fleet| {
        let both = [fleet.told("anna", anna), fleet.told("bo", bo)];
        both.map(|told| told.starts_with("confirmed"))
    };
    let before = stands(&mut fleet);
    fleet
        .on("tablet")
        .replace_device(now, kiosk, Some(tablet))
        .unwrap();
    assert!(!fleet.on("tablet").alarms().iter().any(forked));
    fleet.all_meet();
    assert_eq!(
        stands(&mut fleet),
        before,
        "replacing takes the room from nobody"
    );
    // Whoever lost it is first in line for it.
    let (winner, loser) = if before[0] {
        (("anna", anna), ("bo", bo))
    } else {
        (("bo", bo), ("anna", anna))
    };
    fleet.phone("eva", "tablet");
    let eva = fleet.booked("eva", room(1, "24T10:00-11:30"));
    fleet.meet_twice("eva", "tablet");
    fleet.on(winner.0).cancel(now, winner.1).unwrap();
    fleet.all_meet();
    assert!(fleet.told(loser.0, loser.1).starts_with("confirmed 1"));
    assert!(fleet.told("eva", eva).starts_with("waiting"));
    fleet.assert_agreed_with("tablet");
}

#[test]
fn whichever_of_two_changes_with_one_number_came_first_everybody_has_what_both_say() {
    let Day { mut fleet, .. } = two_kiosks();
    // Two newcomers, who saw one branch each, and one who comes when all is known.
    fleet.join("east");
    fleet.meet_twice("east", "anna");
    fleet.join("west");
    fleet.meet_twice("west", "bo");
    fleet.all_meet();
    fleet.join("late");
    fleet.meet_twice("late", "tablet");
    fleet.assert_agreed_with("tablet");
    // What cannot be merged is found again after a restart, and nobody sends it for ever.
    let names: Vec<String> = fleet.devices.keys().cloned().collect();
    for name in &names {
        fleet.devices.get_mut(name).unwrap().reopen();
    }
    fleet.assert_agreed_with("tablet");
    for name in names.iter().filter(|name| *name != "tablet") {
        fleet.meet(name, "tablet");
        let bytes = fleet.meet(name, "tablet");
        assert!(
            bytes < 4_000,
            "{name} and the tablet exchange {bytes} bytes about nothing"
        );
    }
}

#[test]
fn a_disk_image_set_back_with_its_vault_is_noticed_as_soon_as_somebody_knows_better() {
    let mut fleet = Fleet::new();
    for name in ["anna", "bo"] {
        fleet.phone(name, "kiosk");
    }
    let image = fleet.devices["kiosk"].copy();
    let promised = fleet.booked("anna", room(1, "24T10:00-11:00"));
    fleet.meet_twice("anna", "kiosk");
    assert_eq!(fleet.told("anna", promised), "confirmed 1 10:00-11:00");
    fleet.devices.insert("kiosk".to_owned(), image);
    assert_eq!(
        fleet.on("kiosk").standing().unwrap(),
        Standing::Steward(Role::Kiosk),
        "nothing shows yet"
    );
    fleet.meet("anna", "kiosk");
    assert_eq!(fleet.on("kiosk").standing().unwrap(), Standing::Recovering);
    fleet.devices.get_mut("kiosk").unwrap().reopen();
    assert_eq!(fleet.on("kiosk").standing().unwrap(), Standing::Recovering);
    let now = fleet.now;
    fleet.on("kiosk").renew(now, [44; 32]).unwrap();
    let other = fleet.booked("bo", room(1, "24T10:30-11:30"));
    for _ in 0..2 {
        fleet.meet_twice("bo", "kiosk");
        fleet.meet_twice("anna", "kiosk");
    }
    assert_eq!(fleet.told("anna", promised), "confirmed 1 10:00-11:00");
    assert_eq!(fleet.told("bo", other), "waiting 1");
    fleet.assert_agreed_with("kiosk");
}

#[test]
fn a_clone_that_has_noticed_refuses_to_decide_and_says_why() {
    let Day { mut fleet, .. } = two_kiosks();
    fleet.all_meet();
    let (now, twin) = (fleet.now, fleet.on("twin"));
    let november = Document::Ledger(Month::new(2026, 11).unwrap());
    let key = twin.desk_entries(november).unwrap()[0].key;
    let refused = twin.check_in(now, key).unwrap_err();
    assert_eq!(refused.code(), "recovering");
}
