//! Bundles by file.

use super::device::*;
use crate::id::OfficeId;
use crate::statement::Document;
use crate::sync::file::{export, import};
use crate::sync::{Incoming, Peer, PeerId, Source};
use std::collections::BTreeMap;

const ANYONE: Peer = Peer {
    id: PeerId([0; 32]),
    steward: false,
};

fn kiosk() -> Device {
    let mut kiosk = Device::steward(1);
    kiosk.write(Document::Authority, b"genesis");
    for n in 0..30u8 {
        kiosk.write(ledger(11), &[n; 200]);
    }
    kiosk.publish(&sealed(b"catalogue"));
    kiosk.say("a request");
    kiosk
}

#[test]
fn a_file_makes_two_devices_equal() {
    let kiosk = kiosk();
    let bundle = export(&kiosk, &ANYONE, &BTreeMap::new());
    let mut desk = Device::steward(2);
    desk.apply(import(&bundle, desk.office).unwrap());
    assert_same(&kiosk, &desk);
    desk.apply(import(&bundle, desk.office).unwrap());
    assert_same(&kiosk, &desk);
    assert_eq!(
        import(&bundle, None).unwrap().len(),
        33,
        "who has no office yet reads any"
    );
}

#[test]
fn a_file_for_someone_known_has_only_what_it_lacks() {
    let mut kiosk = kiosk();
    let known = BTreeMap::from([
        (Document::Authority, kiosk.vector(Document::Authority)),
        (ledger(11), kiosk.vector(ledger(11))),
    ]);
    kiosk.write(ledger(11), b"news");
    let items = import(&export(&kiosk, &ANYONE, &known), kiosk.office).unwrap();
    let envelopes = items
        .iter()
        .filter(|item| matches!(item, Incoming::Envelope(_)))
        .count();
    assert_eq!((envelopes, items.len()), (1, 3));
}

#[test]
fn a_file_cut_anywhere_or_changed_anywhere_is_refused() {
    let bundle = export(&kiosk(), &ANYONE, &BTreeMap::new());
    let office = Some(OfficeId([7; 32]));
    for at in 0..bundle.len() {
        assert!(import(&bundle[..at], office).is_err(), "cut at {at}");
        let mut changed = bundle.clone();
        changed[at] ^= 4;
        assert!(import(&changed, office).is_err(), "byte {at}");
    }
    let told = |bytes: &[u8]| import(bytes, office).unwrap_err().to_string();
    assert_eq!(told(b"%PDF-1.7"), "file does not start as a bundle does");
    let length = bundle.len() - 1;
    assert_eq!(
        told(&bundle[..length]),
        format!(
            "bundle of {length} bytes is cut off or damaged: its last 32 bytes are not the SHA-256 of the rest"
        )
    );
    let mut later = bundle.clone();
    later[11] = 2;
    assert_eq!(told(&later), "bundle has version 2: this engine reads 1");
    let mut elsewhere = Device::steward(1);
    elsewhere.office = Some(OfficeId([8; 32]));
    let elsewhere = export(&elsewhere, &ANYONE, &BTreeMap::new());
    assert_eq!(
        told(&elsewhere),
        format!(
            "bundle is of office {}: expected {}",
            "08".repeat(32),
            "07".repeat(32)
        )
    );
}

#[test]
fn a_whole_file_put_together_wrongly_is_refused_and_unknown_items_are_passed_over() {
    let head = [&b"allkontor\0\0\x01"[..], &[7; 32]].concat();
    let told = |items: &[u8]| import(&sealed(&[&head, items].concat()), None);
    assert_eq!(told(&[0]), Ok(Vec::new()));
    let later_kind = [9, 0, 0, 0, 2, 1, 1, 2, 0, 0, 0, 1, 5, 0];
    assert_eq!(
        told(&later_kind),
        Ok(vec![Incoming::Statement([5][..].into())])
    );
    let why = |items: &[u8]| told(items).unwrap_err().to_string();
    assert_eq!(
        why(&[1, 0, 0, 9, 9, 1, 0]),
        "byte 44: item is longer than the file or the limit"
    );
    assert_eq!(
        why(&[0, 0]),
        "byte 44: the end stands before the end of the file"
    );
    // The hash is no item, whatever its first byte says.
    assert!(told(&[1, 0, 0, 0, 1, 1]).is_err());
}
