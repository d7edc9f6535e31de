//! Whose keys open what: devices revoked, new ones, and ones that get another key.

use super::{ANNA, BO, STAFF, house, office, read, replace, roster, staff, thief, told, write};
use allkontor_core::command::{ContactCard, NewContact};
use allkontor_core::replica::Standing;
use allkontor_core::statement::{Body, Role};
use allkontor_tests::crew::{Crew, KIOSK, keypair};
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{at, instant};
use std::collections::BTreeSet;

#[test]
fn d3_a_device_that_was_revoked_opens_nothing_that_is_written_from_then_on() {
    let mut crew = Crew::with(house(), Role::Admin, "2026-11-24T08:00");
    crew.steward("lost", Role::Staff);
    crew.steward(STAFF, Role::Staff);
    crew.steward("front", Role::Kiosk);
    crew.all_meet();
    write(&mut crew, "front", ANNA, "Anna, before").unwrap();
    crew.all_meet();
    let before = thief::opens(
        &keypair("lost"),
        &crew.devices["lost"],
        &crew.devices[STAFF],
    );
    assert_eq!(before.len(), 1);
    // Who revokes it makes a key in the same turn, so whoever hears of one hears of both.
    replace(&mut crew, "lost");
    crew.meet(KIOSK, "front");
    write(&mut crew, "front", ANNA, "Anna, after").unwrap();
    crew.meet(KIOSK, STAFF);
    crew.meet("front", STAFF);
    write(&mut crew, STAFF, BO, "Bo").unwrap();
    crew.meet(STAFF, KIOSK);
    for name in [KIOSK, STAFF] {
        assert_eq!(read(&crew, name, ANNA), ["Anna, after", "Anna, before"]);
        assert_eq!(read(&crew, name, BO), ["Bo"]);
    }
    let after = thief::opens(
        &keypair("lost"),
        &crew.devices["lost"],
        &crew.devices[STAFF],
    );
    assert_eq!(after, before);
}

#[test]
fn d3_who_comes_new_to_the_staff_reads_what_was_written_before() {
    let mut crew = office("2026-11-24T08:00");
    write(&mut crew, STAFF, ANNA, "Anna").unwrap();
    crew.steward("new", Role::Staff);
    // The kiosk that let it in has no key to give.
    assert_eq!(read(&crew, "new", ANNA), Vec::<String>::new());
    crew.meet(STAFF, KIOSK);
    crew.meet(KIOSK, "new");
    crew.meet(STAFF, KIOSK);
    crew.meet(KIOSK, "new");
    assert_eq!(read(&crew, "new", ANNA), ["Anna"]);
    // Seen but not opened, until somebody gives it the key.
    crew.steward("newer", Role::Staff);
    crew.meet("newer", KIOSK);
    assert_eq!(read(&crew, "newer", ANNA), ["sealed"]);
    let found = crew.devices["newer"].find_people("", None, 10).unwrap();
    assert_eq!(found.len(), 1);
    crew.meet("newer", "new");
    crew.meet("newer", "new");
    assert_eq!(read(&crew, "newer", ANNA), ["Anna"]);
    // More than one statement has room for.
    for n in 0..14 {
        crew.steward(&format!("tablet {n}"), Role::Staff);
    }
    crew.meet(STAFF, KIOSK);
    crew.meet(STAFF, KIOSK);
    crew.meet("tablet 13", KIOSK);
    assert_eq!(read(&crew, "tablet 13", ANNA), ["Anna"]);
}

#[test]
fn d3_what_was_sealed_in_good_faith_to_a_lost_devices_key_is_read_by_the_rest() {
    let mut crew = Crew::with(house(), Role::Admin, "2026-11-24T08:00");
    staff(&mut crew, "lost");
    crew.steward("front", Role::Kiosk);
    crew.all_meet();
    // In December, of which the admin's device has heard nothing yet.
    crew.now = instant(at("2026-12-15T08:00"));
    write(&mut crew, "lost", BO, "Bo").unwrap();
    crew.meet("lost", "front");
    write(&mut crew, "front", ANNA, "Anna").unwrap();
    replace(&mut crew, "lost");
    crew.meet("front", KIOSK);
    assert_eq!(read(&crew, KIOSK, ANNA), ["Anna"]);
    // What the lost device wrote itself is cut off with its chain.
    assert_eq!(read(&crew, KIOSK, BO), Vec::<String>::new());
    let spoiled = crew.devices["front"].fold(roster(2026, 12)).unwrap();
    assert!(spoiled.resolved().roster.keys.len() > 1);
    write(&mut crew, "front", BO, "Bo again").unwrap();
    crew.meet("front", KIOSK);
    assert_eq!(read(&crew, KIOSK, BO), ["Bo again"]);
    let opened = thief::opens(
        &keypair("lost"),
        &crew.devices["lost"],
        &crew.devices[KIOSK],
    );
    assert_eq!(opened.len(), 2);
}

#[test]
fn d3_a_device_that_gets_another_key_goes_on_reading() {
    let mut fleet = Fleet::with(house(), Role::Admin);
    let now = fleet.now;
    let new = |holder, text: &str| NewContact {
        holder,
        card: ContactCard::new(text, "").unwrap(),
        seed: [3; 32],
    };
    let first = new(ANNA, "Anna");
    fleet.on("kiosk").write_contact(now, first).unwrap();
    fleet.steward("front", Role::Kiosk, "kiosk");
    fleet.meet_twice("front", "kiosk");
    let backup = fleet.devices["kiosk"].disk.copy();
    fleet.on("kiosk").write_contact(now, new(BO, "Bo")).unwrap();
    let later = new(ANNA, "Anna, later");
    fleet.on("front").write_contact(now, later).unwrap();
    // The only device that reads anything is restored from before that.
    fleet.devices.get_mut("kiosk").unwrap().restore(&backup);
    let kiosk = fleet.on("kiosk");
    assert_eq!(kiosk.standing().unwrap(), Standing::Recovering);
    assert_eq!(kiosk.person(ANNA).unwrap_err().code(), "recovering");
    kiosk.renew(now, [77; 32]).unwrap();
    assert_eq!(told(kiosk.person(ANNA).unwrap()), ["Anna"]);
    fleet.meet_twice("front", "kiosk");
    let told_now = told(fleet.on("kiosk").person(ANNA).unwrap());
    assert_eq!(told_now, ["Anna, later", "Anna"]);
    // It has made a key that its old one cannot open.
    let last = new(ANNA, "Anna, at last");
    fleet.on("front").write_contact(now, last).unwrap();
    fleet.meet_twice("front", "kiosk");
    fleet.devices.get_mut("kiosk").unwrap().reopen();
    let kiosk = fleet.on("kiosk");
    let all = told(kiosk.person(ANNA).unwrap());
    assert_eq!(all, ["Anna, at last", "Anna, later", "Anna"]);
    let document = roster(2026, 11);
    let fold = kiosk.picture().unwrap().fold(document).unwrap();
    let written = fold.statements().values();
    let keys = written.filter_map(|statement| match statement.body() {
        Body::Contact(contact) => Some(contact.key),
        _ => None,
    });
    assert_eq!(keys.collect::<BTreeSet<_>>().len(), 2);
}
