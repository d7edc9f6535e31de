//! A device that the office certified signs what no honest device signs. Its envelopes are hand-made.

use super::forge;
use allkontor_core::command::Book;
use allkontor_core::document::{ActorId, Change, ChangeParts};
use allkontor_core::envelope::Envelope;
use allkontor_core::id::{ChangeHash, UnitId};
use allkontor_core::replica::{Alarm, Standing};
use allkontor_core::statement::{Cancel, Document, Header, Keypair, Role, Statement};
use allkontor_core::store::{Fault, Store as _};
use allkontor_core::sync::{Batch, Incoming, Source as _, Vector};
use allkontor_core::time::{Month, OfficeDay};
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{at, span};

const BAD: &str = "bad";

fn november() -> Document {
    Document::Ledger(Month::new(2026, 11).unwrap())
}

fn bad_key() -> Keypair {
    let bytes: Vec<u8> = BAD.bytes().cycle().take(32).collect();
    Keypair::from_seed(&bytes.try_into().unwrap())
}

fn bad_actor(document: Document, day: i64) -> ActorId {
    let day = OfficeDay::new(day).unwrap();
    ActorId::derive(day, bad_key().public(), document, 0)
}

/// A change that would be its first, following nothing.
fn first_change() -> ChangeParts {
    ChangeParts {
        actor: bad_actor(november(), 9_800),
        seq: 1,
        start_op: 1,
        minute: at("2026-11-24T08:00"),
        deps: Vec::new(),
        statements: vec![Box::from(&b"nothing that can be read"[..])],
    }
}

/// A kiosk, a tablet gone bad, and anna's confirmed booking.
fn office() -> Crew {
    let mut crew = Crew::new();
    // A hub, so that all of today is the kiosk's to decide about.
    crew.steward(BAD, Role::Hub);
    crew.phone("anna", KIOSK);
    let booking = crew.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    assert_eq!(crew.told("anna", booking), "confirmed 1 10:00-11:00");
    crew
}

fn sealed(crew: &Crew, document: Document, changes: Vec<Change>) -> Vec<u8> {
    let office = crew.devices[KIOSK].office();
    let envelope = Envelope::new(office, document, changes).unwrap();
    envelope.sign(&bad_key()).unwrap().bytes().to_vec()
}

/// What the kiosk says of an envelope.
fn alarms(crew: &mut Crew, envelope: Vec<u8>) -> Vec<String> {
    let now = crew.now;
    let kiosk = crew.devices.get_mut(KIOSK).unwrap();
    let incoming = vec![Incoming::Envelope(envelope.into())];
    let effects = kiosk
        .handle(now, allkontor_core::replica::Event::TakeIn(incoming))
        .unwrap();
    let told = effects.alarms.into_iter().filter_map(|alarm| match alarm {
        Alarm::Refused { signer, why, .. } if signer == Some(bad_key().public()) => Some(why),
        _ => None,
    });
    told.collect()
}

/// The kiosk refuses it, says whose it is and why, and nobody sees another picture than before.
fn refused(crew: &mut Crew, envelope: Vec<u8>, why: &str) {
    let before = crew.devices[KIOSK].digest();
    let told = alarms(crew, envelope);
    assert!(told.iter().any(|told| told.contains(why)), "{told:?}");
    assert_eq!(crew.devices[KIOSK].digest(), before);
    crew.all_meet();
    crew.assert_agreed();
}

/// Anna gets the room that she asks for, and everybody has the same.
fn the_office_goes_on(crew: &mut Crew) {
    let booking = crew.booked(
        "anna",
        Book::unit(UnitId(3), span("24T10:00-11:00")).exactly(),
    );
    crew.all_meet();
    assert_eq!(crew.told("anna", booking), "confirmed 3 10:00-11:00");
    crew.assert_agreed();
}

#[test]
fn numbers_that_do_not_follow_are_refused() {
    let mut crew = office();
    let follows = |changes: &mut ChangeParts, crew: &Crew| {
        let kiosk = crew.devices[KIOSK].at(crew.now);
        let Batch { envelopes, .. } = kiosk.envelopes_since(november(), &Vector::new(), usize::MAX);
        let last = envelopes.last().unwrap();
        let last = allkontor_core::envelope::SignedEnvelope::decode(last).unwrap();
        let last = last.verify().unwrap();
        changes.deps = last.envelope().heads().to_vec();
    };
    for (start_op, seq, why) in [
        (1, 1, "start op"),
        (4_000_000, 1, "start op"),
        (0, 9, "number"),
    ] {
        let mut parts = first_change();
        follows(&mut parts, &crew);
        parts.seq = seq;
        parts.start_op = match start_op {
            0 => right_start_op(&crew, &parts),
            other => other,
        };
        let change = Change::new(parts).unwrap();
        let envelope = sealed(&crew, november(), vec![change]);
        refused(&mut crew, envelope, why);
    }
}

/// The start op that the refusal of a wrong one names.
fn right_start_op(crew: &Crew, parts: &ChangeParts) -> u64 {
    let mut wrong = parts.clone();
    wrong.seq = 1;
    wrong.start_op = 1;
    let mut crew = Crew {
        now: crew.now,
        devices: std::iter::once((KIOSK.to_owned(), copy(crew))).collect(),
    };
    let envelope = sealed(&crew, november(), vec![Change::new(wrong).unwrap()]);
    let told = alarms(&mut crew, envelope).remove(0);
    told.rsplit(' ').next().unwrap().parse().unwrap()
}

/// A kiosk that has the same documents.
fn copy(crew: &Crew) -> allkontor_core::replica::Replica {
    let office = crew.devices[KIOSK].office();
    let mut copy = allkontor_core::replica::Replica::new(Keypair::from_seed(&[3; 32]), office);
    let source = crew.devices[KIOSK].at(crew.now);
    for document in source.documents() {
        let batch = source.envelopes_since(document, &Vector::new(), usize::MAX);
        let incoming = batch.envelopes.into_iter().map(Incoming::Envelope);
        let event = allkontor_core::replica::Event::TakeIn(incoming.collect());
        copy.handle(crew.now, event).unwrap();
    }
    copy
}

#[test]
fn a_snapshot_that_claims_what_it_lacks_and_envelopes_that_are_no_envelopes_are_refused() {
    let mut crew = office();
    let change = Change::new(first_change()).unwrap();
    let honest = sealed(&crew, november(), vec![change]);
    // Another head than its changes lead to, signed all the same.
    let lying = forge::with_heads(&honest, &bad_key(), &[ChangeHash([7; 32])]);
    refused(&mut crew, lying, "heads");
    // A megabyte too much is not even read, and a stranger's bytes are nobody's fault.
    let before = crew.devices[KIOSK].digest();
    for bytes in [
        vec![0x83; 1 << 21],
        b"\x85\x6f\x4a\x83automerge".to_vec(),
        Vec::new(),
    ] {
        assert_eq!(alarms(&mut crew, bytes), [""; 0]);
    }
    assert_eq!(crew.devices[KIOSK].digest(), before);
}

#[test]
fn automerges_own_bytes_in_the_place_of_a_statement_are_bytes() {
    let mut crew = office();
    let mut parts = first_change();
    // The head of an Automerge document chunk, one of a change, and deletions of every key as Automerge writes them.
    parts.statements = [
        &b"\x85\x6f\x4a\x83\0\0\0\0\x00\xff\xff"[..],
        b"\x85\x6f\x4a\x83\x01\x02",
        b"del",
    ]
    .map(Box::from)
    .to_vec();
    let envelope = sealed(&crew, november(), vec![Change::new(parts).unwrap()]);
    let before = crew.devices[KIOSK].digest();
    assert_eq!(alarms(&mut crew, envelope), [""; 0]);
    assert_eq!(crew.devices[KIOSK].digest(), before);
    crew.all_meet();
    crew.assert_agreed();
}

#[test]
fn a_statement_whose_signature_does_not_hold_is_not_written_down_and_does_not_come_to_life_at_the_next_start()
 {
    let mut fleet = Fleet::new();
    fleet.phone("anna", "kiosk");
    let anna = fleet.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    fleet.meet_twice("anna", "kiosk");
    fleet.join(BAD);
    let (now, bad) = (fleet.now, fleet.key(BAD));
    fleet.on("kiosk").certify(now, bad, Role::Staff).unwrap();
    let office = fleet.on("kiosk").office();
    // A joined device derives its key from the seed: the bad one's is known to whoever holds it.
    let seed: Vec<u8> = BAD.bytes().cycle().take(32).collect();
    let seed: [u8; 32] = seed.try_into().unwrap();
    let key = Keypair::from_seed(&seed).derive(&format!("office/{office}"), 0);
    assert_eq!(key.public(), bad);

    let entry = fleet
        .on("kiosk")
        .desk_entries(november())
        .unwrap()
        .remove(0);
    let cancel = Cancel {
        ticket: entry.key.ticket,
        slot: entry.key.slot,
        version: 15,
    };
    let header = Header::standalone(office, november());
    let statement = Statement {
        header,
        body: cancel.into(),
    };
    let signed = key.sign(statement).unwrap();
    let owner = fleet.on("anna").certificate(anna).unwrap();
    let owner = allkontor_core::sync::qr::Certificate::verify(&owner.to_bytes(), office).unwrap();
    let forged = forge::as_if_signed_by(signed.bytes(), key.public(), owner.key);
    let parts = ChangeParts {
        actor: ActorId::derive(OfficeDay::new(9_800).unwrap(), key.public(), november(), 0),
        statements: vec![forged.into()],
        ..first_change()
    };
    let envelope = Envelope::new(office, november(), vec![Change::new(parts).unwrap()]).unwrap();
    let envelope = envelope.sign(&key).unwrap().bytes().to_vec();
    let file = forge::bundle(office, &envelope);
    fleet.on("kiosk").import_file(now, &file).unwrap();
    let told = fleet.on("kiosk").alarms().clone();
    let of_bad =
        |alarm: &&Alarm| matches!(alarm, Alarm::Refused { signer, .. } if *signer == Some(bad));
    let alarm = told.iter().find(of_bad).unwrap().clone();
    // The evidence is kept, and the alarm until somebody has seen to it.
    assert_eq!(fleet.devices["kiosk"].disk.quarantined().unwrap().len(), 1);
    fleet.devices.get_mut("kiosk").unwrap().reopen();
    fleet.on("kiosk").tick(now).unwrap();
    assert_eq!(fleet.told("anna", anna), "confirmed 1 10:00-11:00");
    fleet.meet_twice("anna", "kiosk");
    assert_eq!(fleet.told("anna", anna), "confirmed 1 10:00-11:00");
    assert!(fleet.on("kiosk").alarms().contains(&alarm));
    assert!(fleet.on("kiosk").dismiss(&alarm).unwrap());
    fleet.devices.get_mut("kiosk").unwrap().reopen();
    assert!(!fleet.on("kiosk").alarms().contains(&alarm));
}

#[test]
fn thousands_of_heads_and_of_authors_leave_room_for_everybody_else() {
    let mut crew = office();
    let change = |day: i64| {
        let parts = ChangeParts {
            actor: bad_actor(november(), day),
            ..first_change()
        };
        Change::new(parts).unwrap()
    };
    let mut told = Vec::new();
    for block in 0..8 {
        let changes = (0..500).map(|n| change(block * 500 + n)).collect();
        let envelope = sealed(&crew, november(), changes);
        told.extend(alarms(&mut crew, envelope));
    }
    assert!(
        told.iter().any(|told| told.contains("too many authors")),
        "{told:?}"
    );
    // Names that are no device's wait for a certificate, and nobody else is kept waiting.
    let parts = ChangeParts {
        actor: ActorId([9; 16]),
        ..first_change()
    };
    let nobody = sealed(&crew, november(), vec![Change::new(parts).unwrap()]);
    assert_eq!(alarms(&mut crew, nobody), [""; 0]);
    crew.phone("bo", KIOSK);
    let booking = crew.booked(
        "bo",
        Book::unit(UnitId(2), span("24T10:00-11:00")).exactly(),
    );
    crew.meet("bo", KIOSK);
    crew.meet("bo", KIOSK);
    assert_eq!(crew.told("bo", booking), "confirmed 2 10:00-11:00");
    crew.all_meet();
    crew.assert_agreed();
}

#[test]
fn minutes_of_the_far_future_and_of_the_past_change_nothing_for_others() {
    let mut crew = office();
    for (day, minute) in [(9_801, "2199-12-31T23:00"), (9_802, "1970-01-01T00:00")] {
        let parts = ChangeParts {
            actor: bad_actor(november(), day),
            minute: at(minute),
            statements: (0..256u32)
                .map(|n| Box::from(&n.to_be_bytes()[..]))
                .collect(),
            ..first_change()
        };
        let envelope = sealed(&crew, november(), vec![Change::new(parts).unwrap()]);
        assert_eq!(alarms(&mut crew, envelope), [""; 0]);
    }
    the_office_goes_on(&mut crew);
}

#[test]
fn it_equivocates_on_purpose_and_everybody_still_has_the_same_statements() {
    let mut crew = office();
    crew.phone("bo", KIOSK);
    let twice = |words: &[u8]| {
        let parts = ChangeParts {
            statements: vec![words.into()],
            ..first_change()
        };
        Change::new(parts).unwrap()
    };
    let one = sealed(&crew, november(), vec![twice(b"one")]);
    let other = sealed(&crew, november(), vec![twice(b"other")]);
    crew.take_in("anna", vec![Incoming::Envelope(other.clone().into())]);
    let told = alarms(&mut crew, one.clone());
    assert_eq!(told, [""; 0]);
    refused(&mut crew, other, "two changes number 1");
    the_office_goes_on(&mut crew);
}

#[test]
fn a_device_that_stops_while_applying_its_envelope_opens_again_and_the_second_time_puts_it_aside() {
    let mut fleet = Fleet::new();
    fleet.phone("anna", "kiosk");
    let anna = fleet.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    fleet.meet_twice("anna", "kiosk");
    let (now, office, bad) = (fleet.now, fleet.on("kiosk").office(), bad_key().public());
    fleet.on("kiosk").certify(now, bad, Role::Staff).unwrap();
    let change = Change::new(first_change()).unwrap();
    let envelope = Envelope::new(office, november(), vec![change]).unwrap();
    let envelope = envelope.sign(&bad_key()).unwrap();
    let file = forge::bundle(office, envelope.bytes());
    for stops in 1..=2 {
        let kiosk = fleet.devices.get_mut("kiosk").unwrap();
        // The mark is written, and power is lost before what was applied is.
        kiosk.disk.inject(Fault::PowerCut {
            after: 1,
            kept: false,
        });
        assert!(kiosk.on().import_file(now, &file).is_err());
        kiosk.reopen();
        assert_eq!(
            kiosk.on().standing().unwrap(),
            Standing::Steward(Role::Kiosk)
        );
        let aside = kiosk.disk.quarantined().unwrap();
        assert_eq!(aside.len(), usize::from(stops == 2), "after {stops} stops");
    }
    let alarms = fleet.on("kiosk").alarms().clone();
    let of_bad =
        |alarm: &Alarm| matches!(alarm, Alarm::Refused { signer, .. } if *signer == Some(bad));
    assert!(alarms.iter().any(of_bad), "{alarms:?}");
    let before = fleet.on("kiosk").digest().unwrap();
    fleet.on("kiosk").import_file(now, &file).unwrap();
    assert_eq!(fleet.on("kiosk").digest().unwrap(), before);
    fleet.meet_twice("anna", "kiosk");
    assert_eq!(fleet.told("anna", anna), "confirmed 1 10:00-11:00");
}
