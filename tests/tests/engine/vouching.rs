//! Envelopes: who vouches for them, and what they follow.

use allkontor_core::command::Book;
use allkontor_core::envelope::{SignedEnvelope, VerifiedEnvelope};
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Event, Replica};
use allkontor_core::statement::{Document, Keypair};
use allkontor_core::sync::{Incoming, Peer, PeerId, file};
use allkontor_tests::world::{World, span};

/// A kiosk that has written several envelopes, and all of them: the authority's first, each after those it follows.
fn a_days_envelopes() -> (World, Vec<VerifiedEnvelope>) {
    let mut world = World::new();
    world.phone("anna");
    for time in ["24T10:00-11:00", "24T12:00-13:00", "24T14:00-15:00"] {
        world.booked("anna", Book::unit(UnitId(1), span(time)).exactly());
        world.all_meet();
    }
    let anybody = Peer {
        id: PeerId([0; 32]),
        steward: false,
    };
    let bundle = file::export(&world.kiosk.at(world.now), &anybody, &Default::default());
    let envelopes = file::import(&bundle, None).unwrap().into_iter();
    let envelopes = envelopes.filter_map(|one| match one {
        Incoming::Envelope(bytes) => Some(SignedEnvelope::decode(&bytes).unwrap()),
        _ => None,
    });
    let envelopes = envelopes
        .map(|envelope| envelope.verify().unwrap())
        .collect();
    (world, envelopes)
}

fn is_of_authority(envelope: &VerifiedEnvelope) -> bool {
    envelope.envelope().document() == Document::Authority
}

fn take_in(world: &World, phone: &mut Replica, envelope: &VerifiedEnvelope) {
    let incoming = vec![Incoming::Envelope(envelope.bytes().into())];
    phone.handle(world.now, Event::TakeIn(incoming)).unwrap();
}

#[test]
fn what_nobody_certified_vouches_for_waits_and_changes_nothing() {
    let (world, envelopes) = a_days_envelopes();
    let mut phone = Replica::new(Keypair::from_seed(&[5; 32]), world.kiosk.office());
    for envelope in envelopes.iter().filter(|e| is_of_authority(e)) {
        take_in(&world, &mut phone, envelope);
    }
    let before = phone.digest();
    let stranger = Keypair::from_seed(&[66; 32]);
    for envelope in &envelopes {
        let forged = envelope.envelope().clone().sign(&stranger).unwrap();
        take_in(&world, &mut phone, &forged);
        assert_eq!(phone.digest(), before);
    }
    for envelope in &envelopes {
        take_in(&world, &mut phone, envelope);
    }
    assert_eq!(phone.digest(), world.kiosk.digest());
    assert_ne!(phone.digest(), before);
}

#[test]
fn envelopes_that_overtake_one_another_wait_for_what_they_follow() {
    let (world, envelopes) = a_days_envelopes();
    let mut phone = Replica::new(Keypair::from_seed(&[5; 32]), world.kiosk.office());
    let (authority, mut ledgers): (Vec<_>, Vec<_>) =
        envelopes.iter().partition(|e| is_of_authority(e));
    assert!(ledgers.len() > 2, "{} envelopes", ledgers.len());
    ledgers.reverse();
    for envelope in authority.into_iter().chain(ledgers) {
        take_in(&world, &mut phone, envelope);
    }
    assert_eq!(phone.digest(), world.kiosk.digest());
}
