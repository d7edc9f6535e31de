//! Writes the seeds of every target into `fuzz/seeds`: `cargo run --manifest-path fuzz/Cargo.toml --example seeds`.
//!
//! They follow from the samples alone, so a run that changes them means that the wire form changed. Those of `foreign` are
//! files of others, written by hand.

use allkontor_core::cbor::{Reader, Writer};
use allkontor_core::document::{ActorId, StatementDocument};
use allkontor_core::envelope::Envelope;
use allkontor_core::id::OfficeId;
use allkontor_core::statement::Document;
use allkontor_core::sync::qr::{Backup, Invite, RequestCard, Slip};
use allkontor_core::sync::{Incoming, Peer, Source, file, stream};
use allkontor_fuzz::{Shelf, base, configured, forge, host, samples, steward};
use sha2::Digest as _;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    statements()?;
    sessions()?;
    carried()?;
    documents()
}

fn statements() -> io::Result<()> {
    for signed in samples::signed() {
        let (number, name) = (signed.body().number(), signed.body().name());
        // The sparsest form of a kind has no critical flag.
        let form = if signed.header().critical || number == 1 {
            "full"
        } else {
            "sparse"
        };
        let payload = forge::parts(signed.bytes()).payload;
        write(
            "statement_decode",
            &format!("{number:02}-{name}-{form}.cose"),
            signed.bytes(),
        )?;
        write(
            "statement_decode",
            &format!("{number:02}-{name}-{form}.payload"),
            &payload,
        )?;
    }
    Ok(())
}

/// What honest peers say to the host, in every way that it can be configured.
fn sessions() -> io::Result<()> {
    let request = samples::key(6)
        .sign(samples::placed(samples::request()))
        .expect("a sample");
    let peers = [
        ("empty-phone", Shelf::empty(100)),
        (
            "phone",
            Shelf::empty(101)
                .with(Document::Authority, 1, 3, 200)
                .with_loose(&request),
        ),
        (
            "steward",
            Shelf::empty(2).with(samples::november(), 3, 2, 300).with(
                Document::Storage(2026),
                2,
                1,
                50,
            ),
        ),
        (
            "long-items",
            Shelf::empty(3)
                .with(samples::november(), 3, 1, 5_000)
                .with_blob(&[7; 2_000]),
        ),
    ];
    for (name, peer) in peers {
        for flags in [0, 1, 2, 4, 5] {
            let mut seed = vec![flags];
            seed.extend(
                said_by(&peer, flags)
                    .iter()
                    .flat_map(|message| stream::frame(message)),
            );
            write("session", &format!("{name}-{flags}"), &seed)?;
        }
    }
    write(
        "session",
        "part-0",
        &[&[0][..], &stream::frame(&part(b"a catalogue"))].concat(),
    )
}

/// A blob in one part: honest peers send one only of what is longer than a message.
fn part(bytes: &[u8]) -> Vec<u8> {
    let digest: [u8; 32] = sha2::Sha256::digest(bytes).into();
    let mut out = Writer::new();
    out.map(7).uint(0).uint(4).uint(1).uint(0).uint(10).uint(3);
    out.uint(11)
        .bytes(&digest)
        .uint(12)
        .uint(bytes.len() as u64);
    out.uint(13).uint(0).uint(14).bytes(bytes);
    out.into_bytes()
}

fn said_by(peer: &Shelf, flags: u8) -> Vec<Vec<u8>> {
    let host = host();
    let (mut here, opens) = configured(flags);
    let (mut there, _) = configured(0);
    let mut to_peer = if opens { here.open(&host) } else { vec![] };
    let mut said = if opens { vec![] } else { there.open(peer) };
    let mut to_host = said.clone();
    for _ in 0..6 {
        for message in std::mem::take(&mut to_peer) {
            there.receive(&message, peer).expect("honest");
        }
        let answer = there.poll(peer);
        said.extend(answer.iter().cloned());
        to_host.extend(answer);
        for message in std::mem::take(&mut to_host) {
            here.receive(&message, &host).expect("honest");
        }
        to_peer = here.poll(&host);
    }
    said
}

fn carried() -> io::Result<()> {
    let ticket = samples::key(2)
        .sign(samples::placed(samples::ticket()))
        .expect("a sample");
    let mut asked = samples::request();
    asked.ticket = ticket.id();
    let request = samples::key(5)
        .sign(samples::placed(asked))
        .expect("a sample");
    let card =
        RequestCard::new([ticket.clone(), request]).expect("ticket and request belong together");
    write("carried", "card", &card.to_bytes())?;
    let invite = Invite {
        office: OfficeId([7; 32]),
        name: "Kontoret vid torget".to_owned(),
    };
    write("carried", "invite", &invite.to_bytes())?;
    let backup = Backup {
        seed: *b"thirty-two bytes that are secret",
        office: OfficeId([7; 32]),
        lane: 1,
        name: "Kontoret vid torget".to_owned(),
    };
    write("carried", "backup", &backup.to_bytes())?;
    write("carried", "backup-code", backup.code().as_bytes())?;
    let slip = Slip {
        seed: *b"sixteen secrets!",
        ticket: ticket.id(),
    };
    write("carried", "slip", &slip.to_bytes())?;
    write("carried", "slip-code", slip.code().as_bytes())?;
    let host = host();
    let peer = Peer {
        id: host.id(),
        steward: true,
    };
    let bundle = file::export(&host, &peer, &BTreeMap::new());
    let read: Vec<Incoming> = file::import(&bundle, None).expect("our own bundle");
    assert!(!read.is_empty());
    write("carried", "bundle", &bundle)?;
    // Without its hash, which the target adds.
    write("carried", "bundle-open", &bundle[..bundle.len() - 32])?;
    let (mut session, _) = configured(4);
    session.open(&host);
    let (mut phone, _) = configured(0);
    for message in phone.open(&Shelf::empty(100)) {
        session.receive(&message, &host).expect("honest");
    }
    write(
        "carried",
        "memory",
        &session.memory(&host).expect("it has greeted").to_bytes(),
    )
}

fn documents() -> io::Result<()> {
    let mut document: StatementDocument = base();
    let known = document.vector();
    let statements = samples::signed();
    for (n, batch) in statements.chunks(3).skip(3).take(4).enumerate() {
        let actor = ActorId([n as u8 % 3; 16]);
        document
            .append(actor, samples::at(9, n as u32), batch)
            .expect("an honest change");
    }
    for (name, changes) in [
        ("news", document.changes_since(&known)),
        ("all", document.changes_since(&BTreeMap::new())),
    ] {
        let envelope =
            Envelope::new(samples::office(), samples::november(), changes).expect("in order");
        let signed = envelope.sign(&steward()).expect("short enough");
        write(
            "document_import",
            &format!("{name}.envelope"),
            signed.bytes(),
        )?;
        let mut reader = Reader::new(signed.bytes());
        reader
            .array("envelope", 3, 3)
            .and_then(|_| reader.uint())
            .expect("our own envelope");
        write(
            "document_import",
            &format!("{name}.content"),
            reader.bytes().expect("our own envelope"),
        )?;
    }
    let programs: [(&str, &[u8]); 5] = [
        (
            "honest",
            &[
                0, 0, 0, 1, 0, 1, 1, 2, 3, 0, 2, 2, 4, 5, 6, 0, 3, 0x13, 7, 0, 1, 2,
            ],
        ),
        (
            "concurrent",
            &[
                2, 0, 0, 1, 0, 1, 2, 1, 0, 1, 0, 1, 2, 2, 0, 1, 0, 1, 0, 3, 1, 9, 9,
            ],
        ),
        (
            "numbers",
            &[1, 0, 0, 1, 1, 1, 1, 0, 3, 1, 4, 1, 0, 1, 1, 4, 2, 0, 200, 2],
        ),
        (
            "missing",
            &[8, 0, 0, 5, 1, 2, 1, 0, 1, 2, 0, 2, 1, 1, 1, 0, 0, 0, 4],
        ),
        (
            "again",
            &[
                0, 0, 0x20, 3, 0, 1, 0x20, 3, 0, 2, 0x20, 3, 2, 1, 0x20, 2, 0, 1, 3,
            ],
        ),
    ];
    for (name, program) in programs {
        write("document_import", &format!("{name}.program"), program)?;
    }
    Ok(())
}

fn write(target: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name.to_lowercase()), bytes)
}
