//! What is carried to stewards ahead of what it is about, again and again, or in vain.

use allkontor_core::command::Book;
use allkontor_core::envelope::SignedEnvelope;
use allkontor_core::id::{StatementId, UnitId};
use allkontor_core::replica::{Command, Event, Replica, ticket_number};
use allkontor_core::statement::{
    Body, Document, Header, Keypair, Order, Role, Signed, Statement, Verified,
};
use allkontor_core::sync::{Incoming, Peer, PeerId, file};
use allkontor_core::time::{OfficeDay, Timestamp};
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{at, span};
use std::collections::BTreeSet;

/// Everything one device has for another, as it would lie on a stick.
fn stick(now: Timestamp, from: &Replica) -> Vec<Incoming> {
    let anyone = Peer {
        id: PeerId([0; 32]),
        steward: false,
    };
    let file = file::export(&from.at(now), &anyone, &Default::default());
    file::import(&file, None).unwrap()
}

/// The statements that a device has in documents.
fn written(now: Timestamp, device: &Replica) -> BTreeSet<StatementId> {
    let envelopes = stick(now, device).into_iter().filter_map(|one| match one {
        Incoming::Envelope(bytes) => SignedEnvelope::decode(&bytes).unwrap().verify().ok(),
        _ => None,
    });
    let changes = envelopes.flat_map(|envelope| envelope.envelope().changes().to_vec());
    changes
        .flat_map(|change| {
            let ids = change.statements().map(|s| Signed::decode(s).unwrap().id());
            ids.collect::<Vec<_>>()
        })
        .collect()
}

fn loose(statement: &Verified) -> Incoming {
    Incoming::Statement(statement.bytes().into())
}

#[test]
fn what_comes_before_its_ticket_is_written_down_when_the_ticket_comes() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew.phone("anna", KIOSK);
    let anna = crew.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    crew.command("anna", Command::Arrive(anna)).unwrap();
    crew.command("anna", Command::Cancel(anna)).unwrap();
    let said = crew.devices["anna"].statements_of(anna).unwrap();
    let (ticket, said) = said.split_first().unwrap();
    assert!(matches!(ticket.body(), Body::Ticket(_)));
    assert_eq!(said.len(), 3, "a request, an arrival, a withdrawal");
    crew.take_in("tablet", said.iter().map(loose).collect());
    let tickets = stick(crew.now, &crew.devices[KIOSK]);
    crew.take_in("tablet", tickets);
    let written = written(crew.now, &crew.devices["tablet"]);
    let lost: Vec<_> = said.iter().filter(|s| !written.contains(&s.id())).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn what_comes_before_its_ticket_and_is_turned_away_is_not_shown_either() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew.phone("anna", KIOSK);
    let anna = crew.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    let said = crew.devices["anna"].statements_of(anna).unwrap();
    let Body::Request(asked) = said[1].body() else {
        panic!("{said:?}")
    };
    // Twenty stories about one version: a steward keeps sixteen.
    let seed = allkontor_tests::crew::keypair("anna");
    let document = said[1].header().document;
    let keys = (0..16).map(|number| seed.derive("ticket", ticket_number(document, 0, number)));
    let Body::Ticket(ticket) = said[0].body() else {
        panic!("{said:?}")
    };
    let key = keys
        .into_iter()
        .find(|key| key.public() == ticket.key)
        .unwrap();
    let stories = (1..=20_u16).map(|party| {
        let body = allkontor_core::statement::Request {
            party,
            ..asked.clone()
        };
        let header = *said[1].header();
        key.sign(Statement {
            header,
            body: body.into(),
        })
        .unwrap()
    });
    crew.take_in("tablet", stories.map(|story| loose(&story)).collect());
    let tickets = stick(crew.now, &crew.devices[KIOSK]);
    crew.take_in("tablet", tickets);
    let tablet = &crew.devices["tablet"];
    let shown = tablet
        .fold(document)
        .unwrap()
        .said_of(&said[0].id())
        .count();
    let written = written(crew.now, tablet);
    let kept = tablet.fold(document).unwrap().statements().keys();
    assert_eq!(kept.filter(|id| !written.contains(id)).count(), 0);
    assert_eq!(shown, 16);
}

#[test]
fn an_order_that_is_turned_away_each_time_it_comes_is_no_news_and_not_stored() {
    let mut crew = Crew::new();
    let (office, holder) = (crew.devices[KIOSK].office(), Keypair::from_seed(&[5; 32]));
    let document = Document::ledger_of(OfficeDay::from_ymd(2026, 11, 24).unwrap());
    let order = |number: u64, slots: u8| {
        let (key, uses) = (holder.derive("ticket", number).public(), Vec::new());
        let claimed = at("2026-11-24T08:00");
        let order = Order {
            key,
            uses,
            slots,
            claimed,
            introduced: None,
        };
        let header = Header::standalone(office, document);
        let body = order.into();
        loose(&holder.sign(Statement { header, body }).unwrap())
    };
    let now = crew.now;
    let kiosk = crew.devices.get_mut(KIOSK).unwrap();
    let served = kiosk
        .handle(now, Event::TakeIn(vec![order(0, 24)]))
        .unwrap();
    assert!(served.changed, "a ticket is issued");
    for _ in 0..2 {
        let refused = kiosk.handle(now, Event::TakeIn(vec![order(1, 4)])).unwrap();
        assert!(!refused.changed, "nobody has to hear of it");
        assert!(refused.batch.is_empty(), "{:?}", refused.batch);
    }
}
