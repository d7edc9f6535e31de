//! Phones that lie, and bytes from strangers.

use allkontor_core::command::Book;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Event, ticket_number};
use allkontor_core::statement::{
    Cancel, Document, Header, Keypair, Request, Statement, Verified, Wish,
};
use allkontor_core::sync::{Incoming, Source};
use allkontor_tests::chance::Chance;
use allkontor_tests::world::{World, at, span};

fn deliver(world: &mut World, statement: &Verified) {
    let incoming = vec![Incoming::Statement(statement.bytes().into())];
    world
        .kiosk
        .handle(world.now, Event::TakeIn(incoming))
        .unwrap();
}

fn anna_has_a_booking() -> (World, Document, allkontor_core::resolve::SlotKey) {
    let mut world = World::new();
    world.phone("anna");
    let booking = world.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    world.all_meet();
    let (document, key) = world.phones["anna"].slot_of(booking).unwrap();
    (world, document, key)
}

#[test]
fn a_stranger_can_neither_cancel_nor_alter_anothers_booking() {
    let (mut world, document, key) = anna_has_a_booking();
    let before = world.kiosk.digest();
    let stranger = Keypair::from_seed(&[66; 32]);
    let header = Header::standalone(world.kiosk.office(), document);
    let cancel = Cancel {
        ticket: key.ticket,
        slot: key.slot,
        version: 15,
    };
    let cancel = stranger
        .sign(Statement {
            header,
            body: cancel.into(),
        })
        .unwrap();
    deliver(&mut world, &cancel);
    let options = vec![vec![Wish::new(UnitId(2), span("24T15:00-16:00"))]];
    let claimed = at("2026-11-24T08:00");
    let request = Request {
        event: None,
        ticket: key.ticket,
        slot: key.slot,
        version: 9,
        options,
        any_equal: None,
        party: 1,
        claimed,
        accepts: None,
    };
    let request = stranger
        .sign(Statement {
            header,
            body: request.into(),
        })
        .unwrap();
    deliver(&mut world, &request);
    assert_eq!(world.kiosk.digest(), before);
}

#[test]
fn what_a_stranger_sees_of_a_day_is_when_and_never_who() {
    let (mut world, document, key) = anna_has_a_booking();
    world.phone("bo");
    world.all_meet();
    let day = allkontor_core::time::OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let bo = &world.phones["bo"];
    let entry = bo.day(day)[0];
    assert_eq!(
        (entry.unit, entry.interval),
        (UnitId(1), span("24T10:00-11:00"))
    );
    assert!(bo.agenda().is_empty());
    // What is said about her booking, and everything else that a stranger's phone holds, names a key made for it alone.
    let fold = bo.fold(document).unwrap();
    assert!(
        fold.resolved().slots.contains_key(&key),
        "Bo's phone has her booking"
    );
    let anna = &world.phones["anna"];
    let names = [anna.public_key().0, anna.at(world.now).id().0];
    for statement in fold.statements().values() {
        let says = |name: &[u8; 32]| statement.bytes().windows(32).any(|bytes| bytes == name);
        assert!(!names.iter().any(says), "{:?} names her", statement.id());
    }
}

#[test]
fn a_clock_a_day_fast_or_slow_gains_nothing_against_a_fresh_stamp() {
    for claimed_by_liar in ["2026-11-23T08:00", "2026-11-24T08:00", "2026-11-25T08:00"] {
        let honest = places_of_two("2026-11-24T08:00");
        let lying = places_of_two(claimed_by_liar);
        // A slow clock is lifted to the stamp; a fast one only ranks its owner later.
        assert!(
            lying.0 >= honest.0,
            "claimed {claimed_by_liar}: {lying:?} beside {honest:?}"
        );
    }
}

/// The rank of the liar's request among two, and of the honest one: 0 is first.
fn places_of_two(claimed: &str) -> (usize, usize) {
    let mut world = World::new();
    world.phones(&["anna", "liar"]);
    let anna = world.booked(
        "anna",
        Book::unit(UnitId(1), span("24T12:00-13:00")).exactly(),
    );
    let right = world.now;
    world.now = allkontor_tests::world::instant(at(claimed));
    let booked = world.book(
        "liar",
        Book::unit(UnitId(1), span("24T12:00-13:00")).exactly(),
    );
    world.now = right;
    let Some(liar) = booked.bookings().next() else {
        return (1, 0);
    };
    let document = world.phones["anna"].slot_of(anna).unwrap().0;
    world.meet_each_other("anna", "liar");
    let forecast = world.phones["liar"].forecast(document).unwrap();
    let mut ranks: Vec<_> = forecast
        .outlooks()
        .iter()
        .map(|(key, outlook)| (outlook.rank, *key))
        .collect();
    ranks.sort();
    let place = |name: &str, booking| {
        let key = world.phones[name].slot_of(booking).unwrap().1;
        ranks.iter().position(|(_, other)| *other == key).unwrap()
    };
    (place("liar", liar), place("anna", anna))
}

#[test]
fn a_flood_of_versions_ends_at_the_slots_bound() {
    let (mut world, document, key) = anna_has_a_booking();
    let fold = world.kiosk.fold(document).unwrap();
    let before = fold.statements().len();
    // Anna's own phone floods: the same version over and over, each with another party.
    let phone = &world.phones["anna"];
    let seed = Keypair::from_seed(
        &"anna"
            .bytes()
            .cycle()
            .take(32)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap(),
    );
    let ticket_key = (0..16)
        .map(|number| seed.derive("ticket", ticket_number(document, 0, number)))
        .find(|pair| {
            pair.public()
                == phone.fold(document).unwrap().resolved().tickets[&key.ticket]
                    .ticket
                    .key
        })
        .unwrap();
    for party in 1..=100 {
        let options = vec![vec![Wish::new(UnitId(1), span("24T10:00-11:00"))]];
        let (ticket, slot) = (key.ticket, key.slot);
        let claimed = at("2026-11-24T08:00");
        let request = Request {
            event: None,
            ticket,
            slot,
            version: 0,
            options,
            any_equal: None,
            party,
            claimed,
            accepts: None,
        };
        let header = Header::standalone(world.kiosk.office(), document);
        let request = ticket_key
            .sign(Statement {
                header,
                body: request.into(),
            })
            .unwrap();
        deliver(&mut world, &request);
    }
    let admitted = world
        .kiosk
        .fold(document)
        .unwrap()
        .said_of(&key.ticket)
        .count();
    assert_eq!(admitted, 16);
    assert!(world.kiosk.fold(document).unwrap().statements().len() < before + 40);
}

#[test]
fn a_hundred_thousand_mutated_messages_change_nothing_and_never_panic() {
    let (mut world, document, _) = anna_has_a_booking();
    let statements: Vec<Vec<u8>> = world
        .kiosk
        .fold(document)
        .unwrap()
        .statements()
        .values()
        .map(|s| s.bytes().to_vec())
        .collect();
    let file = allkontor_core::sync::file::export(
        &world.kiosk.at(world.now),
        &allkontor_core::sync::Peer {
            id: allkontor_core::sync::PeerId([0; 32]),
            steward: false,
        },
        &Default::default(),
    );
    let envelopes: Vec<Vec<u8>> = allkontor_core::sync::file::import(&file, None)
        .unwrap()
        .into_iter()
        .filter_map(|one| match one {
            Incoming::Envelope(bytes) => Some(bytes.to_vec()),
            _ => None,
        })
        .collect();
    let before = world.kiosk.digest();
    let mut chance = Chance(11);
    for round in 0..100_000usize {
        let envelope = round % 2 == 0;
        let from = if envelope { &envelopes } else { &statements };
        let mut bytes = from[chance.below(from.len())].clone();
        for _ in 0..=chance.below(3) {
            let at = chance.below(bytes.len());
            match chance.below(3) {
                0 => bytes[at] ^= 1 << chance.below(8),
                1 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, chance.below(256) as u8),
            }
        }
        let incoming = if envelope {
            Incoming::Envelope(bytes.into())
        } else {
            Incoming::Statement(bytes.into())
        };
        world
            .kiosk
            .handle(world.now, Event::TakeIn(vec![incoming]))
            .unwrap();
    }
    assert_eq!(world.kiosk.digest(), before);
}
