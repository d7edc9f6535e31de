//! Links that lose, repeat, reorder and break.

use super::device::*;
use super::random::Random;
use crate::statement::Document;
use crate::sync::stream::{Deframer, frame};

/// Each flight loses messages, repeats them, changes their order; some links break for good.
fn bad_link(random: &mut Random) -> impl FnMut(Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut broken = false;
    let breaks = random.below(30);
    move |mut flight| {
        broken |= random.percent(breaks);
        if broken {
            flight.truncate(random.below(flight.len() + 1));
            return std::mem::take(&mut flight);
        }
        let mut arrived = Vec::new();
        for message in flight {
            if random.percent(10) {
                continue;
            }
            for _ in 0..1 + usize::from(random.percent(10)) {
                arrived.insert(
                    random
                        .below(arrived.len() + 1)
                        .max(arrived.len() * random.below(2)),
                    message.clone(),
                );
            }
        }
        arrived
    }
}

fn two<T>(all: &mut [T], a: usize, b: usize) -> (&mut T, &mut T) {
    let [a, b] = all.get_disjoint_mut([a, b]).unwrap();
    (a, b)
}

/// Five devices live through `steps` random events. A device may lose its memories at any time.
fn history(random: &mut Random, steps: usize) -> Vec<Device> {
    let mut devices = vec![
        Device::steward(1),
        Device::steward(2),
        Device::steward(3),
        Device::phone(4),
        Device::phone(5),
    ];
    let documents = [
        Document::Authority,
        ledger(10),
        ledger(11),
        ledger(12),
        Document::Storage(2026),
    ];
    for step in 0..steps {
        let who = random.below(devices.len());
        match random.below(10) {
            0..3 if devices[who].steward => {
                let size = [10, 10, 300, 3000, 3000, 300, 10, 300_000][random.below(8)];
                let document = documents[random.below(documents.len())];
                devices[who].write(document, &vec![step as u8; size]);
            }
            3 => {
                devices[who].say(&format!("statement {step}"));
            }
            4 if devices[who].steward => devices[who].admit(),
            5 if devices[who].steward => devices[who].publish(&sealed(&[step as u8; 40])),
            6 => devices[who].memories.clear(),
            _ => {
                let whom = (who + 1 + random.below(devices.len() - 1)) % devices.len();
                let (a, b) = two(&mut devices, who, whom);
                let mut link = bad_link(random);
                let (_, at_a, at_b) = meet_over(a, b, &mut link).expect("a bad link is no error");
                drop(link);
                if random.percent(50) {
                    a.remember(&at_a);
                    b.remember(&at_b);
                }
            }
        }
    }
    devices
}

#[test]
fn whatever_happened_good_links_make_all_devices_equal() {
    for seed in 0..100 {
        let mut random = Random::seeded(seed);
        let mut devices = history(&mut random, 60);
        // Each with each, in any order, twice: what the last pair learns reaches the first.
        for _ in 0..2 {
            for a in 0..devices.len() {
                for b in 0..devices.len() {
                    if a != b {
                        let (a, b) = two(&mut devices, a, b);
                        meet(a, b);
                    }
                }
            }
        }
        for a in 0..devices.len() {
            for b in 0..a {
                assert_same(&devices[a], &devices[b]);
            }
        }
    }
}

#[test]
fn one_good_meeting_is_enough_for_a_pair() {
    for seed in 1000..1200 {
        let mut random = Random::seeded(seed);
        let mut devices = history(&mut random, 50);
        let (a, b) = two(&mut devices, 0, 1);
        let meeting = meet(a, b);
        assert_eq!(
            a.content(&b.wants).0,
            b.content(&a.wants).0,
            "seed {seed}: {meeting:?}"
        );
        // A loose statement that the other has admitted stays with its carrier until the ledger says so.
        assert!(
            a.loose
                .keys()
                .all(|id| b.loose.contains_key(id) || b.admitted.contains(id))
        );
        assert!(
            b.loose
                .keys()
                .all(|id| a.loose.contains_key(id) || a.admitted.contains(id))
        );
    }
}

/// Lets `a` and `b` meet over a stream that breaks after `limit` bytes in all; says whether it did.
fn meet_until(a: &mut Device, b: &mut Device, limit: usize) -> bool {
    let (mut at_a, mut at_b) = (a.session(b), b.session(a));
    let (mut to_a, mut to_b) = (Deframer::new(), Deframer::new());
    let mut left = limit;
    let mut flight = at_a.open(a);
    let mut from_a = true;
    while !flight.is_empty() {
        let bytes: Vec<u8> = flight.iter().flat_map(|message| frame(message)).collect();
        let arrived = &bytes[..left.min(bytes.len())];
        let (hearer, session, stream) = if from_a {
            (&mut *b, &mut at_b, &mut to_b)
        } else {
            (&mut *a, &mut at_a, &mut to_a)
        };
        stream.push(arrived);
        while let Some(message) = stream.next_message().unwrap() {
            hearer.hear(session, vec![message]).unwrap();
        }
        if left < bytes.len() {
            a.remember(&at_a);
            b.remember(&at_b);
            return true;
        }
        left -= bytes.len();
        flight = session.poll(hearer);
        from_a = !from_a;
    }
    a.remember(&at_a);
    b.remember(&at_b);
    false
}

#[test]
fn a_link_cut_at_any_byte_costs_only_the_rest() {
    let (mut kiosk, mut phone) = (Device::steward(1), Device::phone(2));
    kiosk.write(Document::Authority, b"genesis");
    kiosk.write(ledger(11), b"a booking");
    meet(&mut kiosk, &mut phone);
    kiosk.memories.clear();
    for n in 0..4u8 {
        kiosk.write(ledger(11), &[n; 40]);
        kiosk.write(ledger(12), &[n; 40]);
    }
    kiosk.publish(&sealed(b"catalogue"));
    phone.say("a request");
    let mut limit = 0;
    loop {
        let (mut kiosk, mut phone) = (kiosk.clone(), phone.clone());
        let cut = meet_until(&mut kiosk, &mut phone, limit);
        meet(&mut phone, &mut kiosk);
        assert_same(&phone, &kiosk);
        assert_eq!(
            (phone.repeated, kiosk.repeated),
            (0, 0),
            "cut after {limit} bytes: something came twice"
        );
        if !cut {
            break;
        }
        limit += 1;
    }
    assert!(limit > 1500, "the meeting took {limit} bytes");
}
