//! A phone that was let in to write the text of an event is gone, and a new one goes on from its code.

use allkontor_core::command::ProposeEvent;
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::Role;
use allkontor_core::time::{CivilMinute, Interval};
use allkontor_tests::fleet::Fleet;
use std::collections::BTreeSet;

const TEXT: &str = "Reading aloud\nBring a book.";

fn evening(year: i32, month: u32, day: u32) -> Interval {
    let minute = |hour| CivilMinute::from_ymd_hm(year, month, day, hour, 0).unwrap();
    Interval::new(minute(18), minute(20)).unwrap()
}

fn propose(fleet: &mut Fleet, when: Interval) -> SlotKey {
    let now = fleet.now;
    let anna = fleet.on("anna");
    let booking = anna.propose_event(now, ProposeEvent::new(TEXT, [when]));
    let booking = booking.unwrap();
    // Of a far month no ticket is at hand.
    fleet.meet_twice("anna", "kiosk");
    let entry = fleet.on("anna").booking(booking).unwrap().unwrap();
    entry.key.unwrap()
}

/// That phone shows a key, and anna scans it.
fn let_in(fleet: &mut Fleet, event: SlotKey, name: &str) {
    let now = fleet.now;
    let card = fleet.on(name).organiser_card(now).unwrap().to_bytes();
    fleet.on("anna").add_organiser(now, event, &card).unwrap();
}

fn text(fleet: &mut Fleet, name: &str, event: SlotKey) -> String {
    let event = fleet.on(name).event(event).unwrap().unwrap();
    event.text.unwrap()
}

fn write(fleet: &mut Fleet, name: &str, event: SlotKey, from: &str, to: &str) {
    let (now, text) = (fleet.now, text(fleet, name, event).replace(from, to));
    fleet.on(name).edit_event(now, event, text).unwrap();
}

fn organised(fleet: &mut Fleet, name: &str) -> BTreeSet<SlotKey> {
    let events = fleet.on(name).events().unwrap().into_iter();
    let organised = events.filter(|event| event.organises);
    organised.map(|event| event.key).collect()
}

fn office() -> Fleet {
    let mut fleet = Fleet::new();
    for name in ["anna", "bo"] {
        fleet.phone(name, "kiosk");
    }
    fleet
}

#[test]
fn e3_a_phone_restored_from_its_code_goes_on_writing_and_so_does_the_one_before() {
    let mut fleet = office();
    let code = fleet.on("bo").backup().unwrap();
    let event = propose(&mut fleet, evening(2026, 12, 3));
    fleet.all_meet();
    let_in(&mut fleet, event, "bo");
    fleet.all_meet();
    write(&mut fleet, "bo", event, "Bring", "Please bring");
    fleet.all_meet();

    // What the code was written down before, it finds; also over a restart, and when it has met the office.
    fleet.restored("new", &code);
    fleet.meet_twice("new", "kiosk");
    fleet.devices.get_mut("new").unwrap().reopen();
    assert_eq!(organised(&mut fleet, "new"), [event].into());
    assert!(!fleet.on("new").own_keys().unwrap().seeks);
    // All three write at once, without hearing of one another.
    write(&mut fleet, "new", event, "a book", "a book and a cup");
    write(&mut fleet, "bo", event, "Reading", "Slow reading");
    write(&mut fleet, "anna", event, "Please", "Do please");
    fleet.all_meet();
    let all = "Slow reading aloud\nDo please bring a book and a cup.";
    for name in ["anna", "bo", "new", "kiosk"] {
        assert_eq!(text(&mut fleet, name, event), all, "{name}");
    }
    // The one before is lost, and the new one is let in elsewhere under a key that was not shown before.
    fleet.devices.remove("bo");
    let other = propose(&mut fleet, evening(2026, 12, 4));
    fleet.all_meet();
    let_in(&mut fleet, other, "new");
    fleet.all_meet();
    assert_eq!(organised(&mut fleet, "new"), [event, other].into());
    write(&mut fleet, "new", other, "a book", "two books");
    fleet.all_meet();
    assert_eq!(
        text(&mut fleet, "anna", other),
        "Reading aloud\nBring two books."
    );
    let picture = fleet.on("kiosk").picture().unwrap();
    let organisers = [event, other].map(|event| {
        let document = picture.event(&event).unwrap().document;
        let known = picture.fold(document).unwrap().organisers(&event).unwrap();
        known.values().copied().collect::<BTreeSet<_>>()
    });
    assert!(organisers[0].is_disjoint(&organisers[1]));
    fleet.assert_agreed_with("kiosk");
}

#[test]
fn e3_two_phones_that_show_one_key_both_write_wherever_it_was_let_in() {
    let mut fleet = office();
    let code = fleet.on("bo").backup().unwrap();
    fleet.restored("new", &code);
    fleet.meet_twice("new", "kiosk");
    let events = [3, 4].map(|day| propose(&mut fleet, evening(2026, 12, day)));
    fleet.all_meet();
    let_in(&mut fleet, events[0], "bo");
    let_in(&mut fleet, events[1], "new");
    fleet.all_meet();
    for (name, word) in [("bo", "book"), ("new", "cup")] {
        assert_eq!(organised(&mut fleet, name), events.into(), "{name}");
        for event in events {
            write(
                &mut fleet,
                name,
                event,
                "Bring",
                &format!("Bring a {word},"),
            );
        }
    }
    fleet.all_meet();
    for event in events {
        let text = text(&mut fleet, "kiosk", event);
        for word in ["a book,", "a cup,"] {
            assert_eq!(text.matches(word).count(), 1, "{text}");
        }
    }
    fleet.assert_agreed_with("kiosk");
}

#[test]
fn e3_whoever_was_let_in_to_many_events_finds_them_all_in_whatever_order_they_come() {
    let mut fleet = office();
    let code = fleet.on("bo").backup().unwrap();
    fleet.steward("tablet", Role::Staff, "kiosk");
    // Months that bo has no tickets for: only the keys that were let in tell of him.
    let mut all = BTreeSet::new();
    for number in 0..40 {
        let (now, month) = (fleet.now, 2 + number % 2);
        let event = ProposeEvent::new(TEXT, [evening(2027, month, 1 + number / 2)]);
        fleet.on("anna").propose_event(now, event).unwrap();
        for steward in ["kiosk", "tablet", "kiosk"] {
            fleet.meet_twice("anna", steward);
        }
    }
    for entry in fleet.on("anna").agenda().unwrap() {
        all.insert(entry.key.unwrap());
    }
    // The tablet knows of the events, and not of whoever is let in.
    fleet.all_meet();
    let tablet = fleet.devices.remove("tablet").unwrap();
    for event in &all {
        let_in(&mut fleet, *event, "bo");
        fleet.meet("anna", "bo");
    }
    // The kiosk hears of all of them at once.
    fleet.all_meet();
    assert_eq!(organised(&mut fleet, "bo"), all);
    fleet.devices.remove("bo");
    fleet.restored("new", &code);
    fleet.devices.insert("tablet".to_owned(), tablet);
    fleet.meet_twice("new", "tablet");
    assert_eq!(organised(&mut fleet, "new"), BTreeSet::new());
    fleet.meet("new", "kiosk");
    assert_eq!(organised(&mut fleet, "new"), all);
}
