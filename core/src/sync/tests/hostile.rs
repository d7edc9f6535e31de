//! What strangers may send.

use super::device::*;
use super::random::Random;
use crate::cbor::Writer;
use crate::id::{Digest, OfficeId};
use crate::limits;
use crate::statement::Document;
use crate::sync::item::ItemKind;
use crate::sync::wire::{Bytes, Entry, Frame, Have, Message, Part};
use crate::sync::{Greeting, Incoming, Session, SessionError, Vector};
use std::collections::BTreeSet;

fn frame(message: Message) -> Vec<u8> {
    Frame {
        seq: 0,
        end: true,
        more: false,
        ack: 0,
        message,
    }
    .encode()
}

fn refused(messages: &[Vec<u8>]) -> String {
    let device = Device::steward(1);
    let mut session = device.session(&Device::steward(2));
    let mut result = Ok(Vec::new());
    for message in messages {
        result = session.receive(message, &device);
    }
    let error = result.unwrap_err().to_string();
    assert!(
        session.poll(&device).is_empty(),
        "a session that erred sends nothing more"
    );
    assert_eq!(session.receive(b"", &device), Err(SessionError::Ended));
    error
}

#[test]
fn two_offices_part_at_the_greeting() {
    let (kiosk, mut other) = (Device::steward(1), Device::steward(2));
    other.office = Some(OfficeId([8; 32]));
    other.write(Document::Authority, b"genesis");
    let mut at_other = other.session(&kiosk);
    let mut at_kiosk = kiosk.session(&other);
    let flight = at_other.open(&other);
    assert_eq!(Greeting::peek(&flight[0]).unwrap().office, other.office);
    let error = at_kiosk.receive(&flight[0], &kiosk).unwrap_err();
    let expected = format!(
        "the peer follows office {}: this session is for {}",
        "08".repeat(32),
        "07".repeat(32)
    );
    assert_eq!(error.to_string(), expected);
    assert!(at_kiosk.poll(&kiosk).is_empty());
}

#[test]
fn each_limit_is_refused_with_its_figures() {
    assert_eq!(
        refused(&[vec![0; 300_000]]),
        "message is 300000 bytes: the limit is 262144"
    );
    assert_eq!(
        refused(&[vec![0xa1]]),
        "message does not decode: input ends at byte 1, 1 more expected"
    );
    let have = |n: u32, entries: usize| {
        let vector = (0..entries).map(|a| {
            (
                [&n.to_be_bytes()[..], &a.to_be_bytes(), &[0; 4]]
                    .concat()
                    .try_into()
                    .unwrap(),
                1,
            )
        });
        let vector: Vector = vector.collect();
        let document = Document::Other { tag: 9, period: n };
        Have::tell(document, Digest([1; 32]), &vector, false).remove(0)
    };
    let many: Vec<_> = (0..513).map(|n| frame(Message::Have(have(n, 1)))).collect();
    assert_eq!(refused(&many), "the peer told of more than 512 documents");
    let many: Vec<_> = (0..65)
        .map(|n| frame(Message::Have(have(n, 2048))))
        .collect();
    assert_eq!(
        refused(&many),
        "the peer's version vectors have 133120 entries: the limit is 131072"
    );
    let mut long = have(0, 2048);
    long.vector.push(Entry([255; 16], 1));
    assert_eq!(
        refused(&[frame(Message::Have(long))]),
        "message does not decode: number of entries in a vector is 2049: allowed are 0 to 2048"
    );
    let part = |total: usize, offset: u32, length: usize, digest| {
        frame(Message::Part(Part {
            item: ItemKind::Blob.number(),
            digest,
            total: total as u32,
            offset,
            bytes: Bytes(vec![7; length].into()),
        }))
    };
    assert_eq!(
        refused(&[part(
            limits::MAX_ITEM_BYTES + 1,
            0,
            limits::PART_BYTES,
            Digest([1; 32])
        )]),
        "item is 4194305 bytes: the limit is 4194304"
    );
    assert_eq!(
        refused(&[part(300_000, 5, 100, Digest([1; 32]))]),
        "part of 100 bytes at 5 of 300000: parts are 196608 bytes, the last may be shorter"
    );
    assert_eq!(
        refused(&[part(5, 0, 5, Digest([1; 32]))]),
        format!(
            "item of 5 bytes hashes to {}: its parts promised {}",
            Digest(sha(&[7; 5])),
            "01".repeat(32)
        )
    );
}

#[test]
fn a_later_protocol_is_told_apart() {
    let device = Device::steward(2);
    let greeting = device.session(&Device::steward(1)).open(&device).remove(0);
    let Message::Hello(mut hello) = Frame::decode(&greeting).unwrap().message else {
        panic!("not a greeting")
    };
    hello.version = 9;
    assert!(
        device
            .session(&device)
            .receive(&frame(Message::Hello(hello.clone())), &device)
            .is_ok()
    );
    hello.least = 2;
    assert_eq!(
        refused(&[frame(Message::Hello(hello))]),
        "the peer speaks sync protocol 2 or later: this engine speaks 1"
    );
}

#[test]
fn kinds_and_fields_of_later_versions_are_passed_over() {
    let (mut kiosk, mut desk) = (Device::steward(1), Device::steward(2));
    kiosk.write(ledger(11), b"news");
    let from_the_future = |bytes: Vec<u8>| {
        // The map's head counts one more field, and the field follows.
        let mut later = bytes;
        later[0] += 1;
        let mut field = Writer::new();
        field.uint(200).map(1).text("new").array(1).int(-5);
        later.extend(field.into_bytes());
        later
    };
    let mut link = |flight: Vec<Vec<u8>>| {
        let later = |message: Vec<u8>| {
            let mut frame = Frame::decode(&message).unwrap();
            let mut unknown = Writer::new();
            unknown
                .map(3)
                .uint(0)
                .uint(77)
                .uint(1)
                .uint(u64::from(2 * frame.seq));
            unknown.uint(10).text("what is this?");
            frame.seq = 2 * frame.seq + 1;
            [unknown.into_bytes(), from_the_future(frame.encode())]
        };
        flight.into_iter().flat_map(later).collect()
    };
    let (_, at_kiosk, _) = meet_over(&mut kiosk, &mut desk, &mut link).unwrap();
    assert_same(&kiosk, &desk);
    assert!(at_kiosk.is_complete(&kiosk));
}

/// Real messages of every kind, with sessions in several states to throw mutations of them at.
type Corpus = (Device, Vec<Session>, Vec<Vec<u8>>, BTreeSet<Vec<u8>>);

fn corpus() -> Corpus {
    let (mut kiosk, mut desk) = (Device::steward(1), Device::steward(2));
    kiosk.write(Document::Authority, b"genesis");
    for n in 0..8u8 {
        kiosk.write(ledger(11), &[n; 60]);
        desk.write(ledger(12), &[n; 60]);
    }
    kiosk.publish(&sealed(b"catalogue"));
    for n in 0..70 {
        kiosk.say(&format!("request {n}"));
    }
    desk.say("one request");
    let mut messages = Vec::new();
    let mut sessions = vec![kiosk.session(&desk)];
    let before = kiosk.clone();
    let mut record = |flight: Vec<Vec<u8>>| {
        messages.extend(flight.iter().cloned());
        flight
    };
    let (_, at_kiosk, at_desk) = meet_over(&mut kiosk, &mut desk, &mut record).unwrap();
    sessions.push(at_kiosk.clone());
    kiosk.remember(&at_kiosk);
    desk.remember(&at_desk);
    kiosk.write(ledger(11), b"more");
    kiosk.say("more");
    desk.write(ledger(12), b"more");
    let (_, at_kiosk, _) = meet_over(&mut kiosk, &mut desk, &mut record).unwrap();
    sessions.push(kiosk.session(&desk));
    sessions.push(at_kiosk);
    let small = Part {
        item: ItemKind::Blob.number(),
        digest: Digest(sha(b"part")),
        total: 4,
        offset: 0,
        bytes: Bytes(b"part"[..].into()),
    };
    messages.push(frame(Message::Part(small)));
    let mut items = BTreeSet::from([b"part".to_vec()]);
    let mut listener = kiosk.session(&desk);
    for message in &messages {
        for incoming in listener.receive(message, &before).unwrap() {
            items.extend(bytes_of(&incoming));
        }
    }
    assert!(messages.len() >= 12 && items.len() > 20);
    (before, sessions, messages, items)
}

fn bytes_of(incoming: &Incoming) -> Option<Vec<u8>> {
    match incoming {
        Incoming::Envelope(bytes) | Incoming::Statement(bytes) | Incoming::Blob(bytes) => {
            Some(bytes.to_vec())
        }
        Incoming::Greeting(_) | Incoming::Answer(_) => None,
    }
}

fn mutate(random: &mut Random, messages: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = messages[random.below(messages.len())].clone();
    for _ in 0..1 + random.below(2) {
        let early = [8, 60, 100_000][random.below(3)];
        let at = random.below(bytes.len().min(early));
        match random.below(12) {
            0 | 6.. if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
            1 if !bytes.is_empty() => bytes[at] = random.next() as u8,
            2 => bytes.truncate(at),
            3 => bytes.insert(at, random.next() as u8),
            4 if !bytes.is_empty() => drop(bytes.remove(at)),
            _ => {
                let other = &messages[random.below(messages.len())];
                let from = random.below(other.len());
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
        }
    }
    bytes
}

#[test]
fn a_hundred_thousand_mutated_messages_change_nothing() {
    let (device, sessions, messages, items) = corpus();
    let before = device.content(&device.wants);
    let mut random = Random::seeded(17);
    let (mut taken, mut refused) = (0, 0);
    for round in 0..100_000usize {
        let mut session = sessions[round % sessions.len()].clone();
        let mut device = device.clone();
        for _ in 0..1 + random.below(3) {
            let message = mutate(&mut random, &messages);
            match session.receive(&message, &device) {
                Ok(incoming) => {
                    taken += 1;
                    let intact =
                        |i: &Incoming| bytes_of(i).is_some_and(|bytes| items.contains(&bytes));
                    device.apply(incoming.into_iter().filter(|i| !intact(i)).collect());
                }
                Err(_) => refused += 1,
            }
            let answer: usize = session.poll(&device).iter().map(Vec::len).sum();
            assert!(
                answer < 100_000,
                "round {round}: {answer} bytes in answer to {} bytes",
                message.len()
            );
        }
        assert!(device.content(&device.wants) == before, "round {round}");
    }
    assert!(
        taken > 10_000 && refused > 10_000,
        "{taken} taken, {refused} refused"
    );
}
