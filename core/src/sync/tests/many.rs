//! More than is told of or answered at one meeting: nothing of it is lost.

use super::device::*;
use crate::id::PublicKey;
use crate::limits::{MAX_LISTED_BLOBS, MAX_LOOSE_PUSHED};
use crate::statement::Document;
use std::collections::BTreeSet;

/// Long enough that a flight has no room for all of them.
fn text(number: usize) -> Vec<u8> {
    sealed(&[&number.to_be_bytes()[..], &[7; 1_500]].concat())
}

fn pair(texts: usize) -> (Device, Device) {
    let (mut kiosk, desk) = (Device::steward(1), Device::steward(2));
    kiosk.write(Document::Authority, b"genesis");
    for number in 0..texts {
        kiosk.publish(&text(number));
    }
    (kiosk, desk)
}

#[test]
fn of_more_texts_than_a_device_tells_of_all_come_and_what_both_have_does_not_come_again() {
    let most = 3 * MAX_LISTED_BLOBS;
    let (mut kiosk, mut desk) = pair(most);
    for number in most..most + 20 {
        desk.publish(&text(number));
    }
    meet(&mut desk, &mut kiosk);
    assert_same(&kiosk, &desk);
    assert_eq!(kiosk.catalogues.len(), most + 20);
    assert_eq!((kiosk.repeated, desk.repeated), (0, 0));
    // They know one another, or have forgotten.
    for remembers in [true, false] {
        if !remembers {
            kiosk.memories.clear();
            desk.memories.clear();
        }
        let bytes = meet(&mut kiosk, &mut desk).bytes;
        assert!(
            bytes < 5 * 32 * MAX_LISTED_BLOBS,
            "{bytes} bytes about nothing"
        );
        assert_eq!((kiosk.repeated, desk.repeated), (0, 0));
    }
    // One that nobody tells of comes; the rest may come once more with it.
    let last = text(usize::MAX);
    kiosk.publish(&last);
    meet(&mut kiosk, &mut desk);
    assert_same(&kiosk, &desk);
}

#[test]
fn of_texts_that_nobody_tells_of_all_come_though_every_connection_breaks_early() {
    let (mut kiosk, mut desk) = pair(3 * MAX_LISTED_BLOBS);
    let mut meetings = 0;
    while desk.catalogues.len() < kiosk.catalogues.len() {
        meetings += 1;
        assert!(meetings < 40, "{} have come", desk.catalogues.len());
        let mut flights = 0;
        let mut link = |flight: Vec<Vec<u8>>| {
            flights += 1;
            if flights > 3 { Vec::new() } else { flight }
        };
        let (_, at_kiosk, at_desk) = meet_over(&mut kiosk, &mut desk, &mut link).unwrap();
        kiosk.remember(&at_kiosk);
        desk.remember(&at_desk);
        kiosk.clock.0 += 3_607;
    }
    assert!(meetings > 3, "{meetings} were enough");
    meet(&mut kiosk, &mut desk);
    assert_same(&kiosk, &desk);
}

#[test]
fn so_many_holders_are_answered_at_one_meeting_and_the_rest_at_another() {
    let (mut kiosk, mut phone) = (Device::steward(1), Device::phone(9));
    kiosk.write(Document::Authority, b"genesis");
    let holders = MAX_LOOSE_PUSHED + 6;
    for number in 0..holders {
        let order = phone.say(&format!("order {number}"));
        kiosk.orders.insert(order, PublicKey([number as u8; 32]));
    }
    let mut told = BTreeSet::new();
    for meeting in 0..8 {
        phone.answered.clear();
        meet(&mut phone, &mut kiosk);
        assert_eq!(phone.answered.len(), MAX_LOOSE_PUSHED, "meeting {meeting}");
        let distinct: BTreeSet<PublicKey> = phone.answered.iter().copied().collect();
        assert_eq!(distinct.len(), MAX_LOOSE_PUSHED, "each is told once");
        told.extend(distinct);
        kiosk.clock.0 += 3_607;
    }
    assert_eq!(told.len(), holders);
    // Whoever is one of few is answered at every meeting; another steward is told nothing.
    kiosk.orders = kiosk.orders.into_iter().take(3).collect();
    phone.answered.clear();
    meet(&mut phone, &mut kiosk);
    assert_eq!(phone.answered.len(), 3);
}
