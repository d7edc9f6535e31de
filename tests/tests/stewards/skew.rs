//! Older and newer engines at one office: later statements written by hand.

mod rules;

use allkontor_core::command::Book;
use allkontor_core::device::Device;
use allkontor_core::document::{ActorId, StatementDocument};
use allkontor_core::envelope::{Envelope, SignedEnvelope};
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Alarm, Command, Event, Replica, Standing, Stored};
use allkontor_core::resolve::Cell;
use allkontor_core::statement::{
    Body, CellRange, ChainPoint, Document, Give, Header, Link, Role, Statement, Verified,
};
use allkontor_core::store::MemoryStore;
use allkontor_core::sync::{Incoming, Peer, PeerId, Source, file};
use allkontor_core::time::{Month, OfficeDay};
use allkontor_core::vault::MemoryVault;
use allkontor_core::view::{Awaits, Delivery};
use allkontor_tests::crew::{Crew, KIOSK, keypair};
use allkontor_tests::world::span;

const STRANGER: Peer = Peer {
    id: PeerId([0; 32]),
    steward: false,
};

fn november() -> Document {
    Document::Ledger(Month::new(2026, 11).unwrap())
}

fn day(day: u32) -> OfficeDay {
    OfficeDay::from_ymd(2026, 11, day).unwrap()
}

/// A statement of a kind that only a later engine knows.
fn later(number: u16) -> Body {
    Body::Unknown { number }
}

/// What the later engine on `author`'s device says next in its chain.
fn chained(crew: &Crew, author: &str, document: Document, critical: bool, body: Body) -> Verified {
    let device = &crew.devices[author];
    let authority = device.authority().unwrap();
    let link = match document {
        Document::Authority => Link {
            seq: authority.head().seq + 1,
            prev: Some(authority.head().id),
            auth: None,
        },
        _ => {
            let last = device.own_chains().get(&document).copied();
            let certificate = authority.device(&device.public_key()).unwrap().certificate;
            Link {
                seq: last.map_or(0, |last| last.seq + 1),
                prev: Some(last.map_or(certificate, |last| last.id)),
                auth: Some(authority.head().id),
            }
        }
    };
    let mut header = Header::linked(device.office(), document, link);
    header.critical = critical;
    keypair(author).sign(Statement { header, body }).unwrap()
}

/// The same, after a statement that it has just written.
fn after(author: &str, before: &Verified, body: impl Into<Body>) -> Verified {
    let mut header = *before.header();
    let mut link = header.link.unwrap();
    (link.seq, link.prev) = (link.seq + 1, Some(before.id()));
    (header.link, header.critical) = (Some(link), false);
    let body = body.into();
    keypair(author).sign(Statement { header, body }).unwrap()
}

fn alone(crew: &Crew, author: &str, document: Document, body: Body) -> Verified {
    let header = Header::standalone(crew.devices[KIOSK].office(), document);
    keypair(author).sign(Statement { header, body }).unwrap()
}

/// An envelope in which `author`'s device vouches for them, beside all that it has of the document.
fn vouched(crew: &Crew, author: &str, document: Document, statements: &[Verified]) -> Incoming {
    let device = &crew.devices[author];
    let exported = file::export(&device.at(crew.now), &STRANGER, &Default::default());
    let mut changes = Vec::new();
    for incoming in file::import(&exported, None).unwrap() {
        if let Incoming::Envelope(bytes) = incoming {
            let envelope = SignedEnvelope::decode(&bytes).unwrap().verify().unwrap();
            if envelope.envelope().document() == document {
                changes.extend(envelope.envelope().changes().iter().cloned());
            }
        }
    }
    let mut merged = StatementDocument::load(document, &changes).unwrap();
    let today = OfficeDay::of(device.civil(crew.now).unwrap(), device.day_start());
    let actor = ActorId::derive(today, device.public_key(), document, 7);
    let minute = device.civil(crew.now).unwrap();
    let change = merged.append(actor, minute, statements).unwrap();
    let envelope = Envelope::new(device.office(), document, vec![change]).unwrap();
    let signed = envelope.sign(&keypair(author)).unwrap();
    Incoming::Envelope(signed.bytes().into())
}

fn deliver(crew: &mut Crew, to: &str, incoming: Incoming) -> Vec<Alarm> {
    let now = crew.now;
    let device = crew.devices.get_mut(to).unwrap();
    let effects = device.handle(now, Event::TakeIn(vec![incoming])).unwrap();
    effects.alarms
}

/// A device that wrote `last` with a later engine, as this engine opens it again.
fn back_with_this_engine(crew: &mut Crew, name: &str, envelope: Incoming, last: &Verified) {
    let device = &crew.devices[name];
    let mut stored = Stored {
        heads: device.own_chains(),
        ..Stored::default()
    };
    let exported = file::export(&device.at(crew.now), &STRANGER, &Default::default());
    let mut incoming = file::import(&exported, None).unwrap();
    incoming.push(envelope);
    for incoming in incoming {
        match incoming {
            Incoming::Envelope(bytes) => {
                let envelope = SignedEnvelope::decode(&bytes).unwrap().verify().unwrap();
                let document = envelope.envelope().document();
                let kept = stored.envelopes.entry(document).or_default();
                kept.push(bytes.to_vec());
            }
            Incoming::Blob(bytes) => stored.blobs.push(bytes.to_vec()),
            Incoming::Statement(bytes) => stored.loose.push(bytes.to_vec()),
            Incoming::Greeting(_) | Incoming::Answer(_) => {}
        }
    }
    let header = last.header();
    let point = ChainPoint {
        seq: header.link.unwrap().seq,
        id: last.id(),
    };
    stored.heads.insert(header.document, point);
    let device = Replica::restore(keypair(name), device.office(), &stored);
    assert_eq!(device.standing(), Standing::Steward(Role::Kiosk));
    crew.devices.insert(name.to_owned(), device);
}

fn two() -> Crew {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew
}

#[test]
fn what_only_a_later_engine_reads_is_kept_and_passed_on_by_session_by_file_and_from_the_store() {
    let mut crew = two();
    crew.steward("hub", Role::Hub);
    crew.phone("anna", "hub");
    let commons = Document::Other {
        tag: 9,
        period: 2026,
    };
    // In the tablet's chain; in the admin's; in a document of a kind yet to come; and said by a visitor, in no chain.
    let chain = chained(&crew, "tablet", november(), false, later(200));
    let admin = chained(&crew, KIOSK, Document::Authority, false, later(11));
    let notice = alone(&crew, "tablet", commons, later(201));
    let said = alone(&crew, "anna", november(), later(120));
    let there = alone(&crew, "anna", commons, later(226));
    for (author, document, statement) in [
        ("tablet", november(), &chain),
        (KIOSK, Document::Authority, &admin),
        ("tablet", commons, &notice),
    ] {
        let envelope = vouched(&crew, author, document, std::slice::from_ref(statement));
        assert_eq!(deliver(&mut crew, "hub", envelope), []);
    }
    for statement in [&said, &there] {
        let statement = Incoming::Statement(statement.bytes().into());
        assert_eq!(deliver(&mut crew, "hub", statement), []);
    }
    // Session, file, store, and a session again.
    crew.join("bo");
    crew.meet("bo", "hub");
    let stick = file::export(
        &crew.devices["bo"].at(crew.now),
        &STRANGER,
        &Default::default(),
    );
    let office = crew.devices[KIOSK].office();
    let (store, vault) = (MemoryStore::new(), MemoryVault::new());
    let open = |store: &MemoryStore, vault: &MemoryVault| {
        Device::open(Box::new(store.clone()), Box::new(vault.clone())).unwrap()
    };
    let mut relay = Device::join(
        Box::new(store.clone()),
        Box::new(vault.clone()),
        [5; 32],
        office,
    )
    .unwrap();
    relay.import_file(crew.now, &stick).unwrap();
    drop(relay);
    let stick = open(&store, &vault).export_file(crew.now).unwrap();
    for statement in [&chain, &admin, &notice, &said, &there] {
        let bytes = statement.bytes();
        assert!(
            stick.windows(bytes.len()).any(|window| window == bytes),
            "{:?} in {} was lost",
            statement.body(),
            statement.header().document
        );
    }
    let late = crew.devices["bo"].at(crew.now);
    assert!(late.documents().contains(&commons));
    assert_eq!(
        late.heads(commons),
        crew.devices["hub"].at(crew.now).heads(commons)
    );
    assert_eq!(
        crew.devices["hub"].outdated(),
        None,
        "none of it was critical"
    );
}

#[test]
fn a_chain_goes_on_after_what_is_unknown_and_stops_at_what_is_critical() {
    let mut crew = two();
    crew.phone("anna", KIOSK);
    let period = day(24).get();
    let range = |unit| CellRange {
        unit: UnitId(unit),
        first: period,
        last: period,
    };
    let to = crew.key(KIOSK);
    let give = |unit| Give {
        cells: vec![range(unit)],
        to,
    };
    let times_given = |crew: &Crew, unit| {
        let fold = crew.devices[KIOSK].fold(november()).unwrap();
        let unit = UnitId(unit);
        fold.times_given(&Cell { unit, period })
    };
    assert_eq!((times_given(&crew, 11), times_given(&crew, 13)), (1, 1));
    let first = chained(&crew, "tablet", november(), false, later(200));
    let second = after("tablet", &first, give(11));
    let envelope = vouched(&crew, "tablet", november(), &[first, second.clone()]);
    assert_eq!(deliver(&mut crew, KIOSK, envelope), []);
    // Given, taken, and by the plan given back.
    assert_eq!(times_given(&crew, 11), 3);

    let mut critical = after("tablet", &second, later(202));
    let mut header = *critical.header();
    header.critical = true;
    critical = keypair("tablet")
        .sign(Statement {
            header,
            body: later(202),
        })
        .unwrap();
    let third = after("tablet", &critical, give(13));
    let since = critical.id();
    // The tablet's replica has the first two now, so what it vouches for next follows them.
    crew.meet("tablet", KIOSK);
    let envelope = vouched(&crew, "tablet", november(), &[critical, third]);
    assert_eq!(
        deliver(&mut crew, KIOSK, envelope),
        [Alarm::Outdated { since }]
    );
    assert_eq!(
        times_given(&crew, 13),
        1,
        "what comes after is not followed"
    );
    assert_eq!(crew.devices[KIOSK].outdated(), Some(since));

    // People are told too. The kiosk's own chain goes on: what is its own to decide it decides.
    let booking = crew.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    let status = crew.see("anna", booking).status;
    assert_eq!(status.outdated, Some(since));
    assert_eq!(crew.told("anna", booking), "confirmed 1 10:00-11:00");
}

#[test]
fn where_the_admin_chain_goes_beyond_it_an_engine_carries_and_decides_nothing() {
    let mut crew = two();
    crew.phone("anna", "tablet");
    let critical = chained(&crew, KIOSK, Document::Authority, true, later(12));
    let since = critical.id();
    let envelope = vouched(
        &crew,
        KIOSK,
        Document::Authority,
        std::slice::from_ref(&critical),
    );
    assert_eq!(
        deliver(&mut crew, "tablet", envelope.clone()),
        [Alarm::Outdated { since }]
    );
    back_with_this_engine(&mut crew, KIOSK, envelope, &critical);
    let booking = crew.booked(
        "anna",
        Book::unit(UnitId(2), span("24T10:00-11:00")).exactly(),
    );
    crew.meet("anna", "tablet");
    crew.meet("anna", "tablet");
    let status = crew.see("anna", booking).status;
    assert_eq!(
        (status.delivery, status.outdated),
        (Delivery::Received, Some(since))
    );
    let awaits = |crew: &Crew| {
        crew.devices["anna"]
            .explain(booking, crew.now)
            .unwrap()
            .awaits
    };
    assert_eq!(awaits(&crew), Some(Awaits::Update { since }));
    let (_, key) = crew.devices["anna"].slot_of(booking).unwrap();
    for (name, command) in [
        ("tablet", Command::Confirm(key)),
        (KIOSK, Command::DropBefore(day(1))),
        (
            KIOSK,
            Command::Certify {
                device: crew.key("anna"),
                role: Role::Hub,
            },
        ),
    ] {
        assert_eq!(
            crew.command(name, command),
            Err(Error::Outdated { since }),
            "{name}"
        );
    }
    // It goes on carrying what others say.
    crew.meet("tablet", KIOSK);
    crew.assert_agreed();
}
