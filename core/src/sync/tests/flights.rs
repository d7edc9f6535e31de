//! How often the sides must speak.

use super::device::*;
use crate::limits;
use crate::statement::Document;

/// For the office's devices alone: what goes there is sealed.
const TILL: Document = Document::Till(2026);

fn busy_pair() -> (Device, Device) {
    let (mut kiosk, mut desk) = (Device::steward(1), Device::steward(2));
    kiosk.write(Document::Authority, b"genesis");
    for n in 0..20u8 {
        kiosk.write(ledger(11), &[n; 300]);
        desk.write(ledger(11), &[n; 300]);
        desk.write(ledger(12), &[n; 300]);
        kiosk.write(TILL, &[n; 300]);
        desk.write(TILL, &[n; 300]);
    }
    kiosk.publish(&sealed(b"catalogue 1"));
    kiosk.say("a request that reached the kiosk");
    desk.say("a request that reached the desk");
    (kiosk, desk)
}

#[test]
fn strangers_need_four_flights() {
    let (mut kiosk, mut desk) = busy_pair();
    assert_eq!(meet(&mut kiosk, &mut desk).flights, 4);
    assert_same(&kiosk, &desk);
    assert_eq!(
        (kiosk.repeated, desk.repeated),
        (0, 0),
        "nothing was sent twice"
    );
}

#[test]
fn strangers_need_four_flights_with_many_loose_statements() {
    let (mut kiosk, mut desk) = busy_pair();
    for n in 0..1000 {
        kiosk.say(&format!("kiosk {n}"));
        desk.say(&format!("desk {n}"));
    }
    assert_eq!(meet(&mut kiosk, &mut desk).flights, 4);
    assert_same(&kiosk, &desk);
}

#[test]
fn a_phone_with_nothing_needs_two() {
    let (mut kiosk, _) = busy_pair();
    let mut phone = Device::phone(9);
    assert_eq!(meet(&mut phone, &mut kiosk).flights, 2);
    assert_same(&phone, &kiosk);
    assert_eq!((phone.repeated, kiosk.repeated), (0, 0));
}

#[test]
fn a_pair_that_knows_each_other_needs_one_round_trip() {
    let (mut kiosk, mut desk) = busy_pair();
    meet(&mut kiosk, &mut desk);
    for round in 0..6u8 {
        kiosk.write(ledger(11), &[round; 100]);
        desk.write(ledger(11), &[round; 200]);
        desk.write(ledger(12), &[round; 200]);
        desk.write(TILL, &[round; 200]);
        kiosk.say(&format!("kiosk {round}"));
        desk.say(&format!("desk {round}"));
        kiosk.publish(&sealed(&[round]));
        let meeting = match round % 3 {
            0 => meet(&mut desk, &mut kiosk),
            _ => meet(&mut kiosk, &mut desk),
        };
        assert_eq!(meeting.flights, 2, "round {round}");
        assert_same(&kiosk, &desk);
        assert_eq!(
            (kiosk.repeated, desk.repeated),
            (0, 0),
            "round {round}: nothing was sent twice"
        );
        if round == 3 {
            kiosk.admit();
        }
    }
}

#[test]
fn when_nothing_happened_two_greetings_are_all() {
    let (mut kiosk, mut desk) = busy_pair();
    meet(&mut kiosk, &mut desk);
    meet(&mut desk, &mut kiosk);
    let meeting = meet(&mut kiosk, &mut desk);
    assert_eq!((meeting.flights, meeting.messages), (2, 2));
    assert!(meeting.bytes < 800, "{} bytes", meeting.bytes);
}

#[test]
fn a_wrong_memory_costs_flights_and_nothing_else() {
    let (mut kiosk, mut desk) = busy_pair();
    meet(&mut kiosk, &mut desk);
    let backup = desk.clone();
    for n in 0..10u8 {
        desk.write(ledger(11), &[n; 100]);
    }
    desk.say("lost with the device");
    meet(&mut desk, &mut kiosk);
    // The desk's device comes back from its backup under a new actor; the kiosk remembers more of it than it has.
    let mut restored = backup;
    for document in [ledger(11), ledger(12)] {
        kiosk.write(document, b"news");
    }
    let meeting = meet(&mut kiosk, &mut restored);
    assert!(meeting.flights <= 4, "{meeting:?}");
    assert!(kiosk.loose.keys().all(|id| restored.loose.contains_key(id)));
    assert_eq!(
        restored.content(&kiosk.wants).0,
        kiosk.content(&restored.wants).0
    );
    // Forgetting everything is as harmless.
    restored.memories.clear();
    restored.write(ledger(12), b"more news");
    kiosk.write(ledger(12), b"more news");
    let meeting = meet(&mut kiosk, &mut restored);
    assert!(meeting.flights <= 4, "{meeting:?}");
    assert_eq!(
        restored.content(&kiosk.wants).0,
        kiosk.content(&restored.wants).0
    );
}

#[test]
fn what_is_remembered_of_one_peer_is_not_held_of_another() {
    let (mut kiosk, mut desk) = busy_pair();
    meet(&mut kiosk, &mut desk);
    // The kiosk calls the desk, and somebody else answers.
    let mut phone = Device::phone(9);
    let memory = kiosk.memories[&desk.id].clone();
    kiosk.memories.insert(phone.id, memory);
    meet(&mut kiosk, &mut phone);
    assert_same(&kiosk, &phone);
}

#[test]
fn a_third_phone_carries_a_request_and_the_answer() {
    let (mut kiosk, mut anna, mut bo) = (Device::steward(1), Device::phone(2), Device::phone(3));
    kiosk.write(Document::Authority, b"genesis");
    let request = anna.say("anna asks for room A");
    meet(&mut anna, &mut bo);
    assert!(bo.loose.contains_key(&request));
    meet(&mut bo, &mut kiosk);
    kiosk.admit();
    meet(&mut kiosk, &mut bo);
    meet(&mut bo, &mut anna);
    assert!(
        anna.admitted.contains(&request),
        "the answer came back through bo's phone"
    );
    assert_same(&anna, &kiosk);
    assert!(
        anna.loose.is_empty() && bo.loose.is_empty(),
        "nobody carries it any longer"
    );
}

#[test]
fn a_long_history_travels_in_flights_that_bound_memory() {
    let (mut kiosk, mut hub) = (Device::steward(1), Device::steward(2));
    for n in 0..200u8 {
        kiosk.write(ledger(11), &vec![n; 30_000]);
        hub.write(ledger(11), &vec![n; 20_000]);
    }
    kiosk.write(ledger(11), &vec![1; 3_000_000]);
    kiosk.publish(&sealed(&vec![2; 1_500_000]));
    let meeting = meet(&mut hub, &mut kiosk);
    assert_same(&kiosk, &hub);
    assert_eq!(
        (kiosk.repeated, hub.repeated),
        (0, 0),
        "nothing was sent twice"
    );
    let content = 200 * 50_000 + 4_500_000;
    assert!(meeting.bytes < content + 100_000, "{meeting:?}");
    assert!(
        meeting.flights >= content / limits::MAX_FLIGHT_BYTES,
        "{meeting:?}"
    );
}

#[test]
fn more_loose_statements_than_one_offer_holds() {
    let (mut relay, mut kiosk) = (Device::phone(1), Device::steward(2));
    for n in 0..limits::MAX_LOOSE_OFFERED + 500 {
        relay.say(&format!("request {n}"));
    }
    let meeting = meet(&mut relay, &mut kiosk);
    assert_eq!(
        kiosk.loose.len(),
        limits::MAX_LOOSE_OFFERED + 500,
        "{meeting:?}"
    );
}

#[test]
fn an_open_session_passes_on_what_happens_later() {
    let (mut kiosk, mut hub) = busy_pair();
    let (_, mut at_kiosk, mut at_hub) =
        meet_over(&mut kiosk, &mut hub, &mut |flight| flight).unwrap();
    for n in 0..5u8 {
        kiosk.write(ledger(11), &[n; 50]);
        let flight = at_kiosk.poll(&kiosk);
        hub.hear(&mut at_hub, flight).unwrap();
        assert!(at_hub.poll(&hub).is_empty(), "there is nothing to answer");
        hub.write(ledger(12), &[n; 50]);
        let flight = at_hub.poll(&hub);
        kiosk.hear(&mut at_kiosk, flight).unwrap();
        assert!(
            at_kiosk.poll(&kiosk).is_empty(),
            "there is nothing to answer"
        );
        assert_same(&kiosk, &hub);
    }
    assert_eq!((kiosk.repeated, hub.repeated), (0, 0));
}

#[test]
fn both_may_open() {
    let (mut kiosk, mut desk) = busy_pair();
    let (mut at_kiosk, mut at_desk) = (kiosk.session(&desk), desk.session(&kiosk));
    let (mut to_desk, mut to_kiosk) = (at_kiosk.open(&kiosk), at_desk.open(&desk));
    while !(to_desk.is_empty() && to_kiosk.is_empty()) {
        desk.hear(&mut at_desk, to_desk).unwrap();
        kiosk.hear(&mut at_kiosk, to_kiosk).unwrap();
        (to_desk, to_kiosk) = (at_kiosk.poll(&kiosk), at_desk.poll(&desk));
    }
    assert_same(&kiosk, &desk);
    assert!(at_kiosk.is_complete(&kiosk) && at_desk.is_complete(&desk));
}
