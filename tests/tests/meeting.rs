//! Devices that meet over links that break, repeat and reorder: the next good meeting mends everything.

use allkontor_core::command::Book;
use allkontor_core::device::{Connection, Device};
use allkontor_core::id::UnitId;
use allkontor_core::replica::BookingId;
use allkontor_core::statement::Role;
use allkontor_core::store::MemoryStore;
use allkontor_core::time::Timestamp;
use allkontor_core::vault::MemoryVault;
use allkontor_core::view::Stage;
use allkontor_tests::chance::Chance;
use allkontor_tests::world::{at, founding, instant, parts, span};

fn now() -> Timestamp {
    instant(at("2026-11-24T08:00"))
}

fn kiosk() -> Device {
    let founding = founding(parts(), Role::Kiosk);
    let (store, vault) = (Box::new(MemoryStore::new()), Box::new(MemoryVault::new()));
    Device::found(store, vault, now(), [1; 32], &founding).unwrap()
}

fn phone(kiosk: &Device, seed: u8) -> Device {
    let (store, vault) = (Box::new(MemoryStore::new()), Box::new(MemoryVault::new()));
    Device::join(store, vault, [seed; 32], kiosk.office()).unwrap()
}

/// Two ends of a link that treats each flight as it likes. Gives the number of flights that were sent.
fn meet_over(
    phone: &mut Device,
    kiosk: &mut Device,
    mut link: impl FnMut(Vec<Vec<u8>>) -> Vec<Vec<u8>>,
) -> usize {
    let (here, mut outgoing) = phone.connect(now()).unwrap();
    let there = kiosk.accept(now()).unwrap();
    let mut flights = 0;
    let take = |device: &mut Device, at: Connection, messages: Vec<Vec<u8>>| -> Vec<Vec<u8>> {
        let answers = messages
            .iter()
            .flat_map(|message| device.receive(now(), at, message).unwrap());
        answers.collect()
    };
    while !outgoing.is_empty() {
        let answers = take(kiosk, there, link(outgoing));
        flights += 1 + usize::from(!answers.is_empty());
        outgoing = take(phone, here, link(answers));
    }
    phone.disconnect(now(), here).unwrap();
    kiosk.disconnect(now(), there).unwrap();
    flights
}

fn meet(phone: &mut Device, kiosk: &mut Device) -> usize {
    meet_over(phone, kiosk, |flight| flight)
}

fn book(phone: &mut Device, unit: u32) -> BookingId {
    let wish = Book::unit(UnitId(unit), span("24T10:00-11:00")).exactly();
    phone.book(now(), wish).unwrap().bookings().next().unwrap()
}

fn is_confirmed(phone: &mut Device, booking: BookingId) -> bool {
    let entry = phone.booking(booking).unwrap().unwrap();
    matches!(entry.status.stage, Stage::Confirmed { .. })
}

#[test]
fn a_known_pair_needs_one_round_trip_to_book_and_be_told() {
    let mut kiosk = kiosk();
    let mut anna = phone(&kiosk, 2);
    meet(&mut anna, &mut kiosk);
    meet(&mut anna, &mut kiosk);
    let booking = book(&mut anna, 1);
    assert_eq!(meet(&mut anna, &mut kiosk), 2, "one flight each way");
    assert!(is_confirmed(&mut anna, booking));
    assert_eq!(anna.digest().unwrap(), kiosk.digest().unwrap());
}

#[test]
fn a_meeting_cut_at_any_message_is_taken_up_by_the_next() {
    let mut whole = None;
    for cut in 0.. {
        let mut kiosk = kiosk();
        let (mut anna, mut bo) = (phone(&kiosk, 2), phone(&kiosk, 3));
        let mut left = cut;
        let link = |left: &mut usize, mut flight: Vec<Vec<u8>>| {
            flight.truncate(*left);
            *left -= flight.len();
            flight
        };
        // The first meetings: the office, its catalogue and tickets travel; then a request and its answer.
        meet_over(&mut anna, &mut kiosk, |flight| link(&mut left, flight));
        meet_over(&mut anna, &mut kiosk, |flight| link(&mut left, flight));
        let early = anna
            .catalogue()
            .unwrap()
            .is_some()
            .then(|| book(&mut anna, 1));
        meet_over(&mut anna, &mut kiosk, |flight| link(&mut left, flight));
        let was_whole = left > 0;
        meet(&mut anna, &mut kiosk);
        let booking = early.unwrap_or_else(|| book(&mut anna, 1));
        meet(&mut anna, &mut kiosk);
        meet(&mut anna, &mut kiosk);
        assert!(is_confirmed(&mut anna, booking), "cut after {cut} messages");
        meet(&mut bo, &mut kiosk);
        let picture = kiosk.digest().unwrap();
        assert_eq!(anna.digest().unwrap(), picture, "cut after {cut} messages");
        assert_eq!(bo.digest().unwrap(), picture);
        if was_whole {
            whole = Some(cut);
            break;
        }
    }
    assert!(whole.unwrap() > 8, "nothing was cut");
}

#[test]
fn repeated_and_reordered_messages_change_nothing() {
    let mut pictures = Vec::new();
    for seed in 0..20 {
        let mut chance = Chance(seed);
        let mut kiosk = kiosk();
        let mut anna = phone(&kiosk, 2);
        let mut disturbed = |flight: Vec<Vec<u8>>| {
            let mut twice: Vec<Vec<u8>> = flight.iter().chain(&flight).cloned().collect();
            if seed > 0 {
                chance.shuffle(&mut twice);
            }
            twice
        };
        for _ in 0..3 {
            meet_over(&mut anna, &mut kiosk, &mut disturbed);
        }
        let booking = book(&mut anna, 1);
        for _ in 0..2 {
            meet_over(&mut anna, &mut kiosk, &mut disturbed);
        }
        meet(&mut anna, &mut kiosk);
        assert!(is_confirmed(&mut anna, booking), "seed {seed}");
        assert_eq!(
            anna.digest().unwrap(),
            kiosk.digest().unwrap(),
            "seed {seed}"
        );
        pictures.push(kiosk.digest().unwrap());
    }
    pictures.dedup();
    assert_eq!(
        pictures.len(),
        1,
        "the order of messages shows in the picture"
    );
}
