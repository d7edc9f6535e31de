use crate::samples;
use crate::shelf::Shelf;
use allkontor_core::id::OfficeId;
use allkontor_core::limits::{MAX_ITEM_BYTES, MAX_MESSAGE_BYTES};
use allkontor_core::statement::Document;
use allkontor_core::sync::qr::{Backup, Certificate, Invite, QrKind, RequestCard, Slip};
use allkontor_core::sync::stream::Deframer;
use allkontor_core::sync::{
    Greeting, Incoming, PeerMemory, Session, SessionConfig, SessionError, Wants, file,
};
use sha2::Digest as _;
use std::collections::BTreeSet;

/// The device that meets strangers: two documents, a loose statement, a catalogue.
pub fn host() -> Shelf {
    thread_local!(static HOST: Shelf = furnished());
    HOST.with(Clone::clone)
}

fn furnished() -> Shelf {
    let request = samples::key(5)
        .sign(samples::placed(samples::request()))
        .expect("a sample");
    Shelf::empty(1)
        .with(Document::Authority, 1, 3, 200)
        .with(samples::november(), 1, 2, 900)
        .with(samples::november(), 2, 2, 900)
        .with_loose(&request)
        .with_blob(b"{}")
}

/// A session as the first byte of an input says: whether the host opens it, what it follows, what it remembers.
pub fn configured(flags: u8) -> (Session, bool) {
    let wants = match flags & 2 {
        0 => Wants::All,
        _ => Wants::Only(BTreeSet::from([Document::Authority, samples::november()])),
    };
    let remembered = (flags & 4 != 0).then(memory).flatten();
    (
        Session::new(SessionConfig { wants, remembered }),
        flags & 1 != 0,
    )
}

/// What the host remembers after having met an empty phone.
fn memory() -> Option<PeerMemory> {
    let (host, phone) = (host(), Shelf::empty(100));
    let (mut here, _) = configured(0);
    let (mut there, _) = configured(0);
    let greeting = there.open(&phone);
    greeting
        .iter()
        .for_each(|message| drop(here.receive(message, &host)));
    here.memory(&host)
}

/// Plays the rest of the input, a stream of framed messages, to a session of the host.
///
/// A session that erred takes and gives nothing more. What it hands over and sends keeps to the limits, and what it
/// remembers goes to bytes and back.
pub fn session(input: &[u8]) {
    let Some((flags, stream)) = input.split_first() else {
        return;
    };
    let host = host();
    let (mut session, opens) = configured(*flags);
    if opens {
        check_sent(&session.open(&host));
    }
    let mut deframer = Deframer::new();
    deframer.push(stream);
    while let Ok(Some(message)) = deframer.next_message() {
        _ = Greeting::peek(&message);
        match session.receive(&message, &host) {
            Ok(incoming) => incoming.iter().for_each(check_incoming),
            Err(_) => {
                assert_eq!(session.receive(&message, &host), Err(SessionError::Ended));
                assert!(session.poll(&host).is_empty() && !session.is_complete(&host));
                return;
            }
        }
        check_sent(&session.poll(&host));
        _ = session.is_complete(&host);
        if let Some(memory) = session.memory(&host) {
            // Longer lists than a memory keeps are cut when it is written.
            let kept = PeerMemory::from_bytes(&memory.to_bytes()).expect("a memory reads back");
            assert_eq!(kept.to_bytes(), memory.to_bytes());
        }
    }
}

fn check_sent(messages: &[Vec<u8>]) {
    assert!(
        messages
            .iter()
            .all(|message| message.len() <= MAX_MESSAGE_BYTES)
    );
}

fn check_incoming(incoming: &Incoming) {
    match incoming {
        Incoming::Greeting(_) => {}
        Incoming::Envelope(bytes)
        | Incoming::Statement(bytes)
        | Incoming::Blob(bytes)
        | Incoming::Answer(bytes) => {
            assert!(bytes.len() <= MAX_ITEM_BYTES);
        }
    }
}

/// Reads the input as everything that is carried by hand: QR codes, a bundle on a stick, a code typed in, a note of
/// what a peer had. What is read goes to bytes and back.
pub fn carried(input: &[u8]) {
    if let Ok(card) = RequestCard::from_bytes(input) {
        assert_eq!(QrKind::of(input), Some(QrKind::RequestCard));
        assert_eq!(
            RequestCard::from_bytes(&card.to_bytes()).as_ref(),
            Ok(&card)
        );
    }
    if let Ok(invite) = Invite::from_bytes(input) {
        assert_eq!(Invite::from_bytes(&invite.to_bytes()), Ok(invite));
    }
    if let Ok(slip) = Slip::from_bytes(input) {
        assert_eq!(Slip::seed_from_code(&slip.code()), Ok(slip.seed));
        assert_eq!(Slip::from_bytes(&slip.to_bytes()), Ok(slip));
    }
    if let Ok(backup) = Backup::from_bytes(input) {
        let (code, of) = (backup.code(), backup.office);
        let name = backup.name.clone();
        let typed = Backup::from_code(&code, of).map(|typed| Backup { name, ..typed });
        assert_eq!(typed, Ok(backup.clone()));
        assert_eq!(Backup::from_bytes(&backup.to_bytes()), Ok(backup));
    }
    if let Ok(typed) = std::str::from_utf8(input)
        .map_err(drop)
        .and_then(|typed| Backup::from_code(typed, office()).map_err(drop))
    {
        assert_eq!(Backup::from_code(&typed.code(), office()), Ok(typed));
    }
    if let Ok(seed) = std::str::from_utf8(input)
        .map_err(drop)
        .and_then(|t| Slip::seed_from_code(t).map_err(drop))
    {
        let slip = Slip {
            seed,
            ticket: samples::id(1),
        };
        assert_eq!(Slip::seed_from_code(&slip.code()), Ok(seed));
    }
    _ = Certificate::verify(input, office());
    if let Ok(memory) = PeerMemory::from_bytes(input) {
        assert_eq!(PeerMemory::from_bytes(&memory.to_bytes()), Ok(memory));
    }
    _ = file::import(input, None);
    // A bundle's hash covers all of it: made to fit, so that what lies behind it is read too.
    let sealed = [input, sha2::Sha256::digest(input).as_slice()].concat();
    if let Ok(incoming) = file::import(&sealed, Some(office())) {
        incoming.iter().for_each(check_incoming);
    }
}

fn office() -> OfficeId {
    OfficeId([7; 32])
}
