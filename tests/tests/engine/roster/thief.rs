//! What somebody opens who has a device's key and every byte of the office's rosters: written from the specification.

use allkontor_core::cbor::Writer;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::replica::Replica;
use allkontor_core::seal;
use allkontor_core::statement::{Body, Document, Keypair, Verified};
use std::collections::{BTreeMap, BTreeSet};

/// Keys that one device can have made for a month.
const OWN: u64 = 6;

pub fn rosters(replica: &Replica) -> Vec<Verified> {
    let documents = replica.documents().into_iter();
    let folds = documents
        .filter(|document| matches!(document, Document::Roster(_)))
        .filter_map(|document| replica.fold(document));
    folds
        .flat_map(|fold| fold.statements().values().cloned())
        .collect()
}

fn info(purpose: &str, replica: &Replica) -> Vec<u8> {
    let office = replica.office().0;
    [b"allkontor/1/", purpose.as_bytes(), b"\0", &office].concat()
}

fn document(out: &mut Writer, of: &Verified) {
    let (tag, period) = of.header().document.to_parts();
    out.array(2).uint(tag.into()).uint(period.into());
}

/// The contacts in `bytes` that a device's key opens with the copies of keys in `known`, and by what it can derive itself.
pub fn opens(device: &Keypair, known: &Replica, bytes: &Replica) -> BTreeSet<StatementId> {
    let mut secrets: BTreeMap<PublicKey, Keypair> = BTreeMap::new();
    for statement in rosters(known) {
        let Body::RosterKey(key) = statement.body() else {
            continue;
        };
        let mut aad = Writer::new();
        aad.array(2);
        document(&mut aad, &statement);
        aad.bytes(&key.public.0);
        let (info, aad) = (info("roster", known), aad.into_bytes());
        // Whoever it says that it is for.
        let copies = key.copies.iter();
        let opened = copies.filter_map(|copy| seal::open(device, &info, &aad, &copy.sealed));
        for seed in opened {
            let secret = Keypair::from_seed(&seed.try_into().unwrap());
            secrets.insert(secret.public(), secret);
        }
        let own = (0..OWN).map(|n| device.derive(&statement.header().document.to_string(), n));
        secrets.extend(own.map(|own| (own.public(), own)));
    }
    let mut opened = BTreeSet::new();
    for statement in rosters(bytes) {
        let Body::Contact(contact) = statement.body() else {
            continue;
        };
        let mut aad = Writer::new();
        aad.array(4);
        document(&mut aad, &statement);
        aad.bytes(&contact.holder.0);
        aad.int(contact.minute.get().into());
        aad.bytes(&statement.signer().0);
        let (info, aad) = (info("contact", bytes), aad.into_bytes());
        let sealed = contact.sealed.as_bytes();
        // The device's own key, too: nothing is sealed to that.
        let mut keys = secrets.values().chain(std::iter::once(device));
        if keys.any(|key| seal::open(key, &info, &aad, sealed).is_some()) {
            opened.insert(statement.id());
        }
    }
    opened
}
