//! What two phones with one seed run into, one by one.

use super::{DECEMBER, Run, hour};
use allkontor_core::id::PublicKey;
use allkontor_core::replica::ticket_number;
use allkontor_core::statement::{Document, Keypair, Role};
use allkontor_core::time::Month;
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{parts, words};
use std::collections::BTreeSet;

#[test]
fn b7_two_phones_that_take_one_slot_both_keep_what_they_asked_for_and_one_leaves_the_lane() {
    let mut run = Run::twins(true);
    let now = run.fleet.now;
    let one = run.fleet.booked("one", hour(0));
    let other = run.fleet.booked("other", hour(1));
    let key = |run: &mut Run, name: &str, booking| {
        run.fleet
            .on(name)
            .booking(booking)
            .unwrap()
            .unwrap()
            .key
            .unwrap()
    };
    assert_eq!(key(&mut run, "one", one), key(&mut run, "other", other));
    for _ in 0..3 {
        run.fleet.meet_twice("one", "kiosk");
        run.fleet.meet_twice("other", "kiosk");
    }
    for name in ["one", "other"] {
        let agenda = run.fleet.on(name).agenda().unwrap();
        let told: BTreeSet<_> = agenda.iter().map(|entry| words(&entry.status)).collect();
        let both = ["confirmed 1 08:00-09:00", "confirmed 2 08:00-09:00"];
        assert_eq!(told, both.map(str::to_owned).into(), "{name}");
    }
    let moved = ["one", "other"].map(|name| run.fleet.on(name).own_keys().unwrap());
    assert_ne!(moved[0].lane, moved[1].lane);
    assert!(moved.iter().any(|own| own.moved));
    // What one of them says now is not in the other's way.
    let (a, b) = (
        run.fleet.booked("one", hour(2)),
        run.fleet.booked("other", hour(3)),
    );
    assert_ne!(
        key(&mut run, "one", a).ticket,
        key(&mut run, "other", b).ticket
    );
    run.fleet.on("one").cancel(now, a).unwrap();
}

#[test]
fn b7_what_was_withdrawn_on_one_phone_and_changed_on_the_other_can_be_withdrawn_again() {
    let mut run = Run::new(&["other"], &["kiosk"]);
    let booking = run.fleet.booked("anna", hour(0));
    for _ in 0..2 {
        run.fleet.meet_twice("anna", "kiosk");
        run.fleet.meet_twice("other", "kiosk");
    }
    let now = run.fleet.now;
    let theirs = run.fleet.on("other").agenda().unwrap()[0].booking;
    run.fleet.on("anna").cancel(now, booking).unwrap();
    run.fleet.on("other").move_to(now, theirs, hour(1)).unwrap();
    for name in ["anna", "other", "anna", "other"] {
        run.fleet.meet_twice(name, "kiosk");
    }
    // The later word counts, on both; and it is not the last.
    assert_eq!(run.fleet.told("anna", booking), "confirmed 2 08:00-09:00");
    run.fleet.on("anna").cancel(now, booking).unwrap();
    for name in ["anna", "other"] {
        run.fleet.meet_twice(name, "kiosk");
    }
    assert_eq!(run.fleet.told("anna", booking), "released: cancelled");
    assert_eq!(run.fleet.told("other", theirs), "released: cancelled");
}

#[test]
fn b7_what_two_phones_write_to_the_board_in_one_place_is_said_by_both() {
    use allkontor_core::model::Commons;
    let mut parts = parts();
    parts.commons = Some(Commons {
        share: 2,
        notice_days: 30,
    });
    let mut fleet = Fleet::with(parts, Role::Kiosk);
    fleet.phone("anna", "kiosk");
    fleet.meet_twice("anna", "kiosk");
    let code = fleet.on("anna").backup().unwrap();
    fleet.restored("other", &code);
    fleet.meet_twice("other", "kiosk");
    let twin = fleet.devices["anna"].copy();
    fleet.devices.insert("twin".to_owned(), twin);
    let now = fleet.now;
    // Each of two lanes has its own place; two phones in one lane take the same.
    fleet.on("anna").suggest(now, "A kettle").unwrap();
    fleet.on("twin").suggest(now, "A lamp").unwrap();
    for _ in 0..3 {
        for name in ["anna", "twin", "other"] {
            fleet.meet_twice(name, "kiosk");
        }
    }
    let said = fleet.on("kiosk").suggestions().unwrap().into_iter();
    let said: BTreeSet<_> = said.filter_map(|one| one.text).collect();
    assert_eq!(said, ["A kettle", "A lamp"].map(str::to_owned).into());
    assert_eq!(fleet.on("other").commons_left(now).unwrap(), Some(0));
    assert!(
        fleet
            .on("other")
            .suggestions()
            .unwrap()
            .iter()
            .all(|one| one.own)
    );
}

#[test]
fn b7_the_keys_of_tickets_are_derived_as_the_specification_says() {
    let mut fleet = Fleet::new();
    fleet.phone("anna", "kiosk");
    let code = fleet.on("anna").backup().unwrap();
    fleet.restored("other", &code);
    fleet.meet_twice("other", "kiosk");
    let month = Document::Ledger(Month::new(2026, DECEMBER).unwrap());
    let seed = Keypair::from_seed(&code.seed);
    let key = |lane: u64, index: u64| -> PublicKey {
        let period = (2026 * 12 + 11) as u64;
        let number = 2 << 56 | period << 40 | lane << 32 | index;
        assert_eq!(number, ticket_number(month, lane as u8, index as u32));
        seed.derive("ticket", number).public()
    };
    let picture = fleet.on("kiosk").picture().unwrap();
    let tickets = picture.fold(month).unwrap().resolved().tickets.values();
    let keys: BTreeSet<PublicKey> = tickets.map(|record| record.ticket.key).collect();
    assert_eq!(keys, [key(0, 0), key(0, 1), key(1, 0), key(1, 1)].into());
}
