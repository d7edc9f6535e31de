//! Whoever asks for a ticket and gets none is told why, and nobody else learns it.

use super::{STAFF, accept, answer, assert_confirmed, day, guidelines, office, own, room, suspend};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::limits::ANSWER_BYTES;
use allkontor_core::replica::Command;
use allkontor_core::statement::{
    Amendment, Document, Ground, Header, Keypair, Link, Statement, Suspend,
};
use allkontor_core::sync::{Incoming, Peer, PeerId, Source};
use allkontor_tests::crew::{KIOSK, keypair};
use allkontor_tests::world::span;
use std::collections::BTreeSet;

#[test]
fn p5_whoever_has_no_ticket_is_told_why_none_comes() {
    let mut crew = office(guidelines(1, None, &[]));
    let (bo, until) = (keypair("bo").public(), day("2026-11-27"));
    let id = suspend(&mut crew, bo, "2026-11-27");
    crew.phone("bo", STAFF);
    crew.phone("cia", STAFF);
    assert_eq!(own(&crew, "bo"), Some((until, Ground::Damage)));
    assert_eq!(own(&crew, "cia"), None);
    // Nothing came, in any document, that anybody else could see.
    let documents = crew.devices["cia"].documents().into_iter();
    let folds = documents.filter_map(|document| crew.devices["cia"].fold(document));
    let mut said = folds.flat_map(|fold| fold.statements().values());
    assert!(!said.any(|said| said.bytes().windows(32).any(|bytes| bytes == bo.0)));
    // Once it is taken back, a ticket says so.
    let amendment = Amendment::Lifted;
    let suspend = id;
    let amend = Command::AmendSuspension { suspend, amendment };
    crew.command(STAFF, amend).unwrap();
    crew.clock("2026-11-24T09:00", &[KIOSK, STAFF]);
    crew.meet("bo", STAFF);
    crew.meet("bo", STAFF);
    assert_eq!(own(&crew, "bo"), None);
    accept(&mut crew, "bo", 1);
    let booking = crew.booked("bo", room("25T10:00-11:00"));
    crew.all_meet();
    assert_confirmed(&crew, "bo", booking);
}

#[test]
fn p5_nobody_but_whoever_orders_learns_what_is_answered() {
    let mut crew = office(guidelines(1, None, &[]));
    let bo = keypair("bo").public();
    suspend(&mut crew, bo, "2026-11-27");
    // Dan carries what Bo has ordered, and the answer is nothing to him.
    crew.phone("dan", STAFF);
    crew.join("bo");
    crew.meet("bo", "dan");
    crew.meet("bo", "dan");
    let at = crew.devices["bo"].at(crew.now);
    let peer = Peer {
        id: PeerId([0; 32]),
        steward: false,
    };
    let orders = at.loose(&peer).into_iter();
    let orders = orders.filter_map(|id| at.loose_item(&id));
    let orders: Vec<Incoming> = orders
        .map(|(_, bytes)| Incoming::Statement(bytes))
        .collect();
    assert!(!orders.is_empty());
    crew.take_in("dan", orders);
    crew.meet("dan", STAFF);
    assert_eq!(own(&crew, "dan"), None);
    assert_eq!(own(&crew, "bo"), None);
    // To everybody there is an answer of one length, and it never looks as it did before.
    let dan = crew.key("dan");
    let (to_bo, to_dan) = (answer(&crew, &bo), answer(&crew, &dan));
    assert_eq!(to_bo.len(), to_dan.len());
    assert!(crew.devices["dan"].at(crew.now).open(&to_bo).is_none());
    assert!(crew.devices["dan"].at(crew.now).open(&to_dan).is_some());
    crew.clock("2026-11-24T08:01", &[STAFF]);
    assert_ne!(answer(&crew, &dan), to_dan);
    // Whoever ordered has it answered, also when a ticket came.
    let staff = &crew.devices[STAFF].at(crew.now);
    let whose: BTreeSet<PublicKey> = (crew.devices.values())
        .flat_map(|device| device.at(crew.now).loose(&peer))
        .filter_map(|order| staff.ordered(&order))
        .collect();
    assert!(whose.contains(&bo), "{whose:?}");
}

#[test]
fn p5_an_answer_that_the_office_did_not_sign_is_not_believed() {
    let mut crew = office(guidelines(1, None, &[]));
    crew.phone("bo", STAFF);
    let (holder, office) = (crew.key("bo"), crew.devices["bo"].office());
    let told = |key: &Keypair, holder: PublicKey| {
        let link = Link {
            seq: 0,
            prev: Some(StatementId([1; 32])),
            auth: Some(StatementId([2; 32])),
        };
        let suspend = Suspend {
            holder,
            from: day("2026-11-24"),
            until: day("2026-12-24"),
            ground: Ground::Conduct,
            minute: span("24T08:00-09:00").start(),
        };
        let said = key.sign(Statement {
            header: Header::linked(office, Document::People(2026), link),
            body: suspend.into(),
        });
        let said = said.unwrap();
        let mut answer = vec![0; 8];
        answer.extend((said.bytes().len() as u16).to_be_bytes());
        answer.extend(said.bytes());
        answer.resize(ANSWER_BYTES, 0);
        Incoming::Answer(answer.into())
    };
    let other = keypair("somebody else");
    for forged in [
        told(&other, holder),
        told(&keypair(STAFF), other.public()),
        Incoming::Answer([255; 20].to_vec().into()),
        Incoming::Answer(Vec::new().into()),
    ] {
        crew.take_in("bo", vec![forged]);
        assert_eq!(own(&crew, "bo"), None);
    }
    crew.take_in("bo", vec![told(&keypair(STAFF), holder)]);
    assert_eq!(own(&crew, "bo"), Some((day("2026-12-24"), Ground::Conduct)));
}
