//! Each limit of the wire that needs a hand-made message, at its edge and one beyond.

use super::device::*;
use crate::id::{ChangeHash, Digest, StatementId};
use crate::limits;
use crate::statement::Document;
use crate::sync::item::{ItemKind, Joining, digest};
use crate::sync::qr::Invite;
use crate::sync::wire::{
    BlobId, Bytes, ChangeId, Frame, Hello, Items, Lack, Listed, LooseId, Message, Offer, Part,
};
use crate::sync::{Incoming, Session, file};

fn frame(seq: u32, message: Message) -> Vec<u8> {
    Frame {
        seq,
        end: true,
        more: false,
        ack: 0,
        message,
    }
    .encode()
}

/// What a session says to one message: `taken`, or its error.
fn said(message: Message) -> String {
    let device = Device::steward(1);
    let mut session = device.session(&Device::steward(2));
    match session.receive(&frame(0, message), &device) {
        Ok(_) => "taken".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn greeting(documents: usize, blobs: usize) -> Message {
    let peer = Device::steward(2);
    let first = peer.session(&Device::steward(1)).open(&peer).remove(0);
    let Message::Hello(hello) = Frame::decode(&first).unwrap().message else {
        panic!("not a greeting")
    };
    let listed = |period: usize| Listed {
        document: Document::Other {
            tag: 9,
            period: period as u32,
        },
        digest: Digest([1; 32]),
        wanted: true,
    };
    let blob = |n: usize| BlobId(digest(&n.to_be_bytes()));
    let mut blobs: Vec<BlobId> = (0..blobs).map(blob).collect();
    blobs.sort();
    Message::Hello(Hello {
        documents: (0..documents).map(listed).collect(),
        blobs,
        ..hello
    })
}

fn items(statements: usize) -> Message {
    let statement = |n: usize| Bytes(n.to_be_bytes()[..].into());
    Message::Items(Items {
        envelopes: Vec::new(),
        blobs: Vec::new(),
        sealed: Vec::new(),
        statements: (0..statements).map(statement).collect(),
    })
}

fn offer(ids: usize) -> Message {
    let id = |n: usize| LooseId(StatementId(digest(&n.to_be_bytes()).0));
    let mut ids: Vec<LooseId> = (0..ids).map(id).collect();
    ids.sort();
    Message::Offer(Offer { ids })
}

fn lack(changes: usize) -> Message {
    let id = |n: usize| ChangeId(ChangeHash(digest(&n.to_be_bytes()).0));
    let mut changes: Vec<ChangeId> = (0..changes).map(id).collect();
    changes.sort();
    Message::Lack(Lack { changes })
}

#[test]
fn lists_in_messages_are_bounded() {
    for (message, words) in [
        (greeting(256, 1_024), "taken"),
        (
            greeting(257, 0),
            "number of documents is 257: allowed are 0 to 256",
        ),
        (
            greeting(0, 1_025),
            "number of catalogues is 1025: allowed are 0 to 1024",
        ),
        (items(2_048), "taken"),
        (
            items(2_049),
            "number of items in a message is 2049: allowed are 0 to 2048",
        ),
        (offer(4_096), "taken"),
        (
            offer(4_097),
            "number of loose statements is 4097: allowed are 0 to 4096",
        ),
        (lack(256), "taken"),
        (
            lack(257),
            "number of changes asked for is 257: allowed are 0 to 256",
        ),
    ] {
        let said = said(message);
        let expected = match words {
            "taken" => words.to_owned(),
            words => format!("message does not decode: {words}"),
        };
        assert_eq!(said, expected);
    }
}

#[test]
fn a_device_with_more_than_it_may_tell_of_tells_of_the_first() {
    let mut kiosk = Device::steward(1);
    for period in 0..300 {
        kiosk.write(Document::Other { tag: 9, period }, b"a change");
    }
    for n in 0..1_030_u32 {
        kiosk.publish(&sealed(&n.to_be_bytes()));
    }
    let first = kiosk.session(&Device::steward(2)).open(&kiosk).remove(0);
    let Message::Hello(hello) = Frame::decode(&first).unwrap().message else {
        panic!("not a greeting")
    };
    let told = (hello.documents.len(), hello.blobs.len());
    assert_eq!(told, (limits::MAX_SYNC_DOCUMENTS, limits::MAX_LISTED_BLOBS));
}

#[test]
fn up_to_64_loose_statements_are_sent_unasked_and_more_are_offered() {
    for (count, offered) in [(64, false), (65, true)] {
        let (mut phone, mut kiosk) = (Device::phone(9), Device::steward(1));
        meet(&mut phone, &mut kiosk);
        for n in 0..count {
            phone.say(&format!("statement {n}"));
        }
        let mut offers = 0;
        let mut link = |flight: Vec<Vec<u8>>| {
            let is_offer =
                |m: &&Vec<u8>| matches!(Frame::decode(m).unwrap().message, Message::Offer(_));
            offers += flight.iter().filter(is_offer).count();
            flight
        };
        meet_over(&mut phone, &mut kiosk, &mut link).unwrap();
        assert_eq!(offers > 0, offered, "{count} statements");
        assert_same(&phone, &kiosk);
    }
}

#[test]
fn a_third_unfinished_item_takes_the_place_of_the_oldest() {
    let long = |n: u8| vec![n; limits::PART_BYTES + 1];
    let part = |n: u8, second: bool| {
        let bytes = long(n);
        let (head, tail) = bytes.split_at(limits::PART_BYTES);
        Part {
            item: ItemKind::Blob.number(),
            digest: digest(&bytes),
            total: bytes.len() as u32,
            offset: if second { limits::PART_BYTES as u32 } else { 0 },
            bytes: Bytes(if second { tail } else { head }.into()),
        }
    };
    let mut joining = Joining::default();
    for n in 0..=limits::MAX_OPEN_ITEMS as u8 {
        assert!(joining.take(part(n, false)).unwrap().is_none());
    }
    assert!(
        joining.take(part(0, true)).unwrap().is_none(),
        "the oldest is gone"
    );
    let (_, bytes) = joining.take(part(2, true)).unwrap().unwrap();
    assert_eq!(&*bytes, long(2));
}

#[test]
fn of_messages_ahead_of_a_lost_one_so_many_are_counted() {
    let device = Device::steward(1);
    let acknowledged = |ahead: u32| {
        let mut session: Session = device.session(&Device::steward(2));
        for seq in 1..=ahead {
            session
                .receive(&frame(seq, Message::Next), &device)
                .unwrap();
        }
        let Message::Hello(hello) = greeting(0, 0) else {
            panic!("not a greeting")
        };
        session
            .receive(&frame(0, Message::Hello(hello)), &device)
            .unwrap();
        let answer = session.poll(&device);
        Frame::decode(&answer[0]).unwrap().ack
    };
    let most = limits::MAX_OUT_OF_ORDER as u32;
    assert_eq!(acknowledged(most), most + 1);
    // What is not counted is sent once more at the next meeting.
    assert_eq!(acknowledged(most + 50), most + 1);
}

#[test]
fn a_bundle_beyond_a_quarter_of_a_gibibyte_is_not_read() {
    let mut long = vec![0; limits::MAX_BUNDLE_BYTES + 1];
    long[..10].copy_from_slice(b"allkontor\0");
    let error = file::import(&long, None).unwrap_err();
    let words = "bundle is 268435457 bytes: the limit is 268435456";
    assert_eq!(error.to_string(), words);
}

#[test]
fn a_name_on_an_invitation_is_cut_when_written_and_refused_when_read() {
    let invite = Invite {
        office: crate::id::OfficeId([7; 32]),
        name: "n".repeat(limits::MAX_NAME_BYTES + 1),
    };
    let mut payload = invite.to_bytes();
    assert_eq!(Invite::from_bytes(&payload).unwrap().name.len(), 120);
    // The text is the last field: its length and itself, one byte longer.
    let at = payload.len() - limits::MAX_NAME_BYTES - 1;
    payload[at] += 1;
    payload.push(b'n');
    let error = Invite::from_bytes(&payload).unwrap_err().to_string();
    assert!(
        error.ends_with("bytes of a name is 121: allowed are 0 to 120"),
        "{error}"
    );
}

#[test]
fn a_kind_of_item_of_a_later_version_is_passed_over() {
    let device = Device::steward(1);
    let mut session = device.session(&Device::steward(2));
    let part = Part {
        item: 200,
        digest: digest(b"part"),
        total: 4,
        offset: 0,
        bytes: Bytes(b"part"[..].into()),
    };
    let taken = session
        .receive(&frame(0, Message::Part(part)), &device)
        .unwrap();
    assert_eq!(taken, Vec::<Incoming>::new());
}
