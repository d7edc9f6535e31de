//! Several phones write the text of one event: whoever proposed it, and those they let in.

use super::events::{edit, first, open, reading};
use allkontor_core::command::EventError;
use allkontor_core::id::PublicKey;
use allkontor_core::limits::MAX_ORGANISERS;
use allkontor_core::replica::{Command, Event, Outcome, ticket_number};
use allkontor_core::resolve::{EventStage, SlotKey};
use allkontor_core::statement::{Appoint, Body, Cause, Header, Keypair, Statement, Verified};
use allkontor_core::sync::Incoming;
use allkontor_tests::world::{World, span};
use proptest::prelude::*;

fn shown(world: &mut World, name: &str) -> PublicKey {
    match world.command(name, Command::ShowOrganiserKey).unwrap() {
        Outcome::OrganiserKey(key) => key,
        other => panic!("answered {other:?}"),
    }
}

/// Bo shows a key, and Anna scans it.
fn let_in(world: &mut World, event: SlotKey, name: &str) -> PublicKey {
    let key = shown(world, name);
    let command = Command::AddOrganiser { event, key };
    world.command("anna", command).unwrap();
    key
}

fn said_of(world: &World, event: SlotKey) -> Vec<Verified> {
    let document = world.kiosk.event(&event).unwrap().document;
    let fold = world.kiosk.fold(document).unwrap();
    fold.said_of(&event.ticket).cloned().collect()
}

#[test]
fn e3_a_second_phone_is_let_in_and_both_write_the_same_paragraph_offline() {
    let (mut world, _, event) = open(&["bo", "cleo"]);
    let key = let_in(&mut world, event, "bo");
    world.all_meet();
    let seen = world.phones["bo"].event(&event).unwrap();
    assert_eq!((seen.organises, seen.own), (true, None));
    let seen = world.phones["anna"].event(&event).unwrap();
    assert_eq!((seen.organises, seen.organisers), (false, 1));
    assert!(!world.phones["cleo"].event(&event).unwrap().organises);

    edit(&mut world, "anna", event, "a book", "a book and a cup");
    edit(&mut world, "bo", event, "Bring", "Please bring");
    world.all_meet();
    let both = "Reading aloud\nPlease bring a book and a cup.";
    for name in ["anna", "bo", "cleo"] {
        let seen = world.phones[name].event(&event).unwrap();
        assert_eq!(seen.text.as_deref(), Some(both), "{name}");
    }
    // What Bo writes is signed by the key that was shown, which is not the one that Bo books with.
    let said = said_of(&world, event);
    let edits = said
        .iter()
        .filter(|said| matches!(said.body(), Body::Edit(_)));
    assert_eq!(edits.filter(|edit| edit.signer() == key).count(), 1);
    assert_ne!(world.phones["bo"].public_key(), key);
    world.assert_agreed();
}

#[test]
fn e3_whoever_was_let_in_writes_and_does_nothing_else() {
    let (mut world, anna, event) = open(&["bo", "cleo"]);
    let_in(&mut world, event, "bo");
    let seats = Command::AskForSeats {
        event,
        date: 0,
        seats: 2,
    };
    world.command("cleo", seats).unwrap();
    world.all_meet();
    assert!(world.phones["bo"].asked_for_seats(&event).is_err());
    assert!(world.command("bo", Command::Cancel(anna)).is_err());
    let key = shown(&mut world, "cleo");
    let refused = world.command("bo", Command::AddOrganiser { event, key });
    assert_eq!(
        refused,
        Err(EventError::NotTheProposer { key: event }.into())
    );
    let cause = Cause::Staff;
    assert!(
        world
            .command("bo", Command::CallOff { event, cause })
            .is_err()
    );
    world.all_meet();
    assert_eq!(first(&world).stage, EventStage::Open);
    assert_eq!(first(&world).dates[0].taken, 2);
    // When it is called off, nobody writes any more.
    world.desk(Command::CallOff { event, cause });
    world.all_meet();
    let text = "It takes place\nafter all.".to_owned();
    let refused = world.command("bo", Command::EditEvent { event, text });
    assert_eq!(refused, Err(EventError::NotOpen { key: event }.into()));
}

#[test]
fn e3_who_is_let_in_twice_is_nobody_known_between_the_events() {
    let (mut world, _, first_event) = open(&["bo"]);
    let again = Command::Propose(Box::new(reading()));
    world.command("anna", again).unwrap();
    world.all_meet();
    let keys = world.kiosk.events().into_iter().map(|event| event.key);
    let second_event = keys.into_iter().find(|key| *key != first_event).unwrap();
    // Shown again before anybody has scanned it, it is the same;
    let shown_first = shown(&mut world, "bo");
    assert_eq!(shown(&mut world, "bo"), shown_first);
    let key = shown_first;
    let command = Command::AddOrganiser {
        event: first_event,
        key,
    };
    world.command("anna", command).unwrap();
    world.all_meet();
    // and a new one for the next event, also before the office has let that through.
    let shown_second = let_in(&mut world, second_event, "bo");
    assert_ne!(shown_second, shown_first);
    world.all_meet();
    edit(&mut world, "bo", second_event, "aloud", "in a low voice");
    world.all_meet();
    let text = world.kiosk.event(&second_event).unwrap().text.unwrap();
    assert!(text.starts_with("Reading in a low voice"), "{text}");
    let seen = world.phones["bo"].events().into_iter();
    assert_eq!(seen.filter(|event| event.organises).count(), 2);
}

#[test]
fn e3_so_many_are_let_in_and_only_by_whoever_proposed_the_event() {
    let (mut world, _, event) = open(&["bo"]);
    let phone = |number: usize| Keypair::from_seed(&[number as u8 + 1; 32]).public();
    for number in 0..MAX_ORGANISERS {
        let key = phone(number);
        for _ in 0..2 {
            let command = Command::AddOrganiser { event, key };
            world.command("anna", command).unwrap();
        }
    }
    let key = phone(MAX_ORGANISERS);
    let refused = world.command("anna", Command::AddOrganiser { event, key });
    let refused = refused.unwrap_err().to_string();
    assert!(refused.starts_with("16 were let in to event"), "{refused}");
    world.all_meet();
    assert_eq!(first(&world).organisers, MAX_ORGANISERS);
    // The office takes in no more either, whatever a phone signs.
    let seed: Vec<u8> = "anna".bytes().cycle().take(32).collect();
    let anna = Keypair::from_seed(&seed.try_into().unwrap());
    let said = said_of(&world, event);
    let proposed = said.iter().find(|s| matches!(s.body(), Body::Propose(_)));
    let by = proposed.unwrap().signer();
    let number = |index| ticket_number(first(&world).document, 0, index);
    let mut keys = (0..64).map(|index| anna.derive("ticket", number(index)));
    let pen = keys.find(|key| key.public() == by).unwrap();
    let body = Body::from(Appoint {
        ticket: event.ticket,
        slot: event.slot,
        key,
        claimed: span("24T08:00-09:00").start(),
    });
    let document = first(&world).document;
    let header = Header::standalone(world.kiosk.office(), document);
    let signed = pen.sign(Statement { header, body }).unwrap();
    let incoming = vec![Incoming::Statement(signed.bytes().into())];
    let taken = Event::TakeIn(incoming);
    world.kiosk.handle(world.now, taken).unwrap();
    assert_eq!(first(&world).organisers, MAX_ORGANISERS);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever they do in whatever order, each word that somebody put in stands there once, and all read the same.
    #[test]
    fn e3_what_each_of_three_writes_is_there_however_they_meet(
        turns in proptest::collection::vec((0..4_usize, any::<bool>()), 1..14),
    ) {
        let (mut world, _, event) = open(&["bo", "cleo"]);
        let_in(&mut world, event, "bo");
        let_in(&mut world, event, "cleo");
        world.all_meet();
        let names = ["anna", "bo", "cleo"];
        let mut words = Vec::new();
        for (number, (who, meets)) in turns.into_iter().enumerate() {
            let word = format!("<{number}>");
            let known = |world: &World| match names.get(who) {
                Some(name) => world.phones[*name].event(&event).unwrap().text.unwrap(),
                None => world.kiosk.event(&event).unwrap().text.unwrap(),
            };
            let text = known(&world).replace("Bring", &format!("Bring {word}"));
            let command = Command::EditEvent { event, text };
            match names.get(who) {
                Some(name) => drop(world.command(name, command).unwrap()),
                None => drop(world.desk(command)),
            }
            words.push(word);
            if meets && let Some(name) = names.get(who) {
                world.meet(name);
            }
        }
        world.all_meet();
        world.all_meet();
        let text = first(&world).text.unwrap();
        for word in words {
            prop_assert_eq!(text.matches(&word).count(), 1, "{}", text);
        }
        for name in names {
            let seen = world.phones[name].event(&event).unwrap().text;
            prop_assert_eq!(seen.as_deref(), Some(text.as_str()), "{}", name);
        }
    }
}
