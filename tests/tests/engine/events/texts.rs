//! What is written of an event, by several at once, and what of it is kept.

use super::{EVENING, edit, first, open, propose, reading, theatre};
use allkontor_core::command::EventError;
use allkontor_core::replica::Command;
use allkontor_core::statement::Cause;
use allkontor_tests::world::{World, span};

#[test]
fn e1_a_text_that_breaks_the_guidelines_is_erased() {
    let (mut world, _, event) = open(&["bo"]);
    assert!(world.phones["bo"].events()[0].text.is_some());
    let cause = Cause::Guidelines;
    world.desk(Command::CallOff { event, cause });
    world.all_meet();
    assert_eq!(first(&world).text, None);
    assert_eq!(world.phones["anna"].events()[0].text, None);
}

#[test]
fn e3_two_write_in_the_same_paragraph_offline_and_both_are_heard() {
    let (mut world, _, event) = open(&["bo"]);
    // Anna far away, and staff at the kiosk, before they meet again.
    edit(
        &mut world,
        "anna",
        event,
        "Bring a book.",
        "Bring a book and a cup.",
    );
    let known = world.kiosk.event(&event).unwrap().text.unwrap();
    let text = known
        .replace("Reading aloud", "Reading poems aloud")
        .replace("Bring", "Please bring");
    world.desk(Command::EditEvent { event, text });
    world.all_meet();
    let both = "Reading poems aloud\nPlease bring a book and a cup.";
    for name in ["anna", "bo"] {
        let seen = world.phones[name].event(&event).unwrap();
        assert_eq!(seen.text.as_deref(), Some(both));
    }
    assert_eq!(first(&world).title(), Some("Reading poems aloud"));
    edit(&mut world, "anna", event, "cup", "cup of tea");
    world.all_meet();
    assert!(
        first(&world)
            .text
            .unwrap()
            .ends_with("a book and a cup of tea.")
    );
    world.assert_agreed();
}

#[test]
fn e3_strangers_write_nothing_and_an_erased_text_is_gone_with_its_edits() {
    let (mut world, _, event) = open(&["bo"]);
    let text = "Another title".to_owned();
    let refused = world.command("bo", Command::EditEvent { event, text });
    assert_eq!(
        refused,
        Err(EventError::NotAnOrganiser { key: event }.into())
    );
    edit(&mut world, "anna", event, "book", "thing that hurts");
    world.all_meet();
    let cause = Cause::Guidelines;
    world.desk(Command::CallOff { event, cause });
    world.all_meet();
    assert_eq!(first(&world).text, None);
    let text = "It comes back".to_owned();
    let refused = world.command("anna", Command::EditEvent { event, text });
    assert_eq!(refused, Err(EventError::NotOpen { key: event }.into()));
}

/// Whether a text is there that came before its event, with so many others behind it.
fn is_kept_behind(others: u32) -> bool {
    use allkontor_core::replica::Event;
    use allkontor_core::sync::{Incoming, Peer, PeerId, Source};
    let mut world = World::with(theatre());
    world.phone("anna");
    propose(&mut world, "anna", reading());
    let (now, catalogue) = (world.now, world.kiosk.catalogue().unwrap().hash());
    let anna = world.phones["anna"].at(now);
    let texts = anna.blobs().into_iter().filter(|hash| *hash != catalogue);
    let texts = texts
        .filter_map(|hash| anna.blob(&hash))
        .map(Incoming::Blob);
    let texts: Vec<Incoming> = texts.collect();
    assert_eq!(texts.len(), 1);
    let kiosk = Peer {
        id: PeerId(world.kiosk.public_key().0),
        steward: true,
    };
    let said = anna.loose(&kiosk).into_iter();
    let said = said
        .filter_map(|id| anna.loose_item(&id))
        .map(|(_, bytes)| Incoming::Statement(bytes));
    let said: Vec<Incoming> = said.collect();
    let others = (0..others).map(|n| Incoming::Blob(n.to_be_bytes().to_vec().into()));
    for incoming in [texts, others.collect(), said] {
        world.kiosk.handle(now, Event::TakeIn(incoming)).unwrap();
    }
    first(&world).text.is_some()
}

#[test]
fn texts_that_came_too_early_wait_while_there_is_room() {
    let room = u32::try_from(allkontor_core::limits::MAX_WAITING_TEXTS).unwrap();
    assert!(is_kept_behind(room - 1));
    assert!(!is_kept_behind(room));
}

#[test]
fn a_text_is_edited_so_many_times_and_no_more() {
    use allkontor_core::id::Digest;
    use allkontor_core::limits::MAX_EDITS;
    use allkontor_core::replica::Event;
    use allkontor_core::statement::{Body, Edit, Header, Keypair, Statement};
    use allkontor_core::sync::Incoming;
    let (mut world, _, key) = open(&[]);
    let document = first(&world).document;
    let events = &world.kiosk.fold(document).unwrap().resolved().events;
    let proposal = *events[&key].proposals.keys().next().unwrap();
    let header = Header::standalone(world.kiosk.office(), document);
    let edits = (0..MAX_EDITS + 1).map(|n| {
        let mut patch = [0; 32];
        patch[..8].copy_from_slice(&n.to_be_bytes());
        let edit = Edit {
            proposal,
            after: vec![],
            patch: Digest(patch),
            length: 1,
            claimed: span(EVENING).start(),
            appoint: None,
        };
        let body = Body::from(edit);
        let signed = Keypair::from_seed(&[1; 32]).sign(Statement { header, body });
        Incoming::Statement(signed.unwrap().bytes().into())
    });
    let edits: Vec<Incoming> = edits.collect();
    world.kiosk.handle(world.now, Event::TakeIn(edits)).unwrap();
    let events = &world.kiosk.fold(document).unwrap().resolved().events;
    assert_eq!(events[&key].edits.len(), MAX_EDITS);
}
