//! Keys by which this phone is let in to write the texts of others' events: a fresh one for each.

use super::{Wallet, WireDocument};
use crate::id::PublicKey;
use crate::statement::{Document, Keypair};
use crate::time::CivilMinute;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How many keys beyond the last one shown are looked for in documents: those that a phone restored from a backup has
/// forgotten.
const FORGOTTEN: u64 = 16;
/// For so many days after a key was shown this phone looks for the event that it was let in to, in whatever month.
const WAITED_FOR: i32 = 7;

/// What is kept of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Organising {
    /// How many keys were shown.
    shown: u64,
    /// When the last one was.
    at: Option<i32>,
    /// Whether that was let in nowhere yet.
    waits: bool,
    /// Keys that were let in, in hexadecimal, each with its number and where.
    found: BTreeMap<String, (u64, BTreeSet<WireDocument>)>,
}

impl Organising {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn organiser_key(seed: &Keypair, number: u64) -> Keypair {
    seed.derive("organiser", number)
}

impl Wallet {
    /// The key to show to whoever is to let this phone in: the last one again while that was let in nowhere.
    pub(crate) fn show_organiser(&mut self, now: CivilMinute, seed: &Keypair) -> PublicKey {
        let organising = &mut self.organising;
        if !organising.waits {
            organising.shown = organising.shown.saturating_add(1);
        }
        (organising.at, organising.waits) = (Some(now.get()), true);
        organiser_key(seed, organising.shown.saturating_sub(1)).public()
    }

    /// How many keys were shown, as far as is known.
    pub(crate) fn organiser_keys_shown(&self) -> u64 {
        self.organising.shown
    }

    /// Notes that a key was let in, if it is one of ours; whether that was news.
    pub(crate) fn note_organiser(
        &mut self,
        key: &PublicKey,
        document: Document,
        seed: &Keypair,
    ) -> bool {
        let (organising, wire) = (&mut self.organising, document.to_parts());
        if let Some((_, documents)) = organising.found.get_mut(&key.to_string()) {
            return documents.insert(wire);
        }
        let mut numbers = 0..organising.shown.saturating_add(FORGOTTEN);
        let Some(number) = numbers.find(|number| organiser_key(seed, *number).public() == *key)
        else {
            return false;
        };
        let next = number.saturating_add(1);
        organising.waits &= next != organising.shown;
        organising.shown = organising.shown.max(next);
        let found = (number, BTreeSet::from([wire]));
        organising.found.insert(key.to_string(), found);
        true
    }

    /// The number of a key of ours that was let in somewhere.
    pub(crate) fn organiser_number(&self, key: &PublicKey) -> Option<u64> {
        let found = self.organising.found.get(&key.to_string());
        found.map(|(number, _)| *number)
    }

    /// What is needed to sign with a key that was let in; `None` when it is not ours.
    pub(crate) fn organiser_pen(&self, key: &PublicKey, seed: &Keypair) -> Option<Keypair> {
        let number = self.organiser_number(key)?;
        Some(organiser_key(seed, number))
    }

    /// The documents with events that this phone was let in to.
    pub(crate) fn organised(&self) -> impl Iterator<Item = Document> + '_ {
        let found = self.organising.found.values();
        let documents = found.flat_map(|(_, documents)| documents);
        documents.filter_map(|(tag, period)| Document::from_parts(*tag, *period).ok())
    }

    /// Whether a key was shown lately and let in nowhere yet.
    pub(crate) fn awaits_an_event(&self, now: CivilMinute) -> bool {
        let at = self
            .organising
            .at
            .and_then(|at| CivilMinute::new(at.into()).ok());
        let lately = at.is_some_and(|at| now.minutes_since(at) < WAITED_FOR * 24 * 60);
        lately && self.organising.waits
    }

    pub(super) fn forget_organising(&mut self, document: Document) -> bool {
        let (wire, found) = (document.to_parts(), &mut self.organising.found);
        let mut forgotten = false;
        for (_, documents) in found.values_mut() {
            forgotten |= documents.remove(&wire);
        }
        found.retain(|_, (_, documents)| !documents.is_empty());
        forgotten
    }
}
