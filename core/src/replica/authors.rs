//! Whose changes a document takes: those of devices that the office has certified, and not too many authors of one.
//!
//! A document has room for so many authors. Without this, one device gone bad could use up the room of all.

use crate::document::{ActorId, Change};
use crate::id::PublicKey;
use crate::limits::{MAX_DEVICE_AUTHORS, MAX_INCARNATIONS};
use crate::statement::{Body, Document, Verified};
use crate::time::OfficeDay;
use std::collections::{BTreeMap, BTreeSet};

/// What the names of a document's authors end in: which device each is.
#[derive(Debug, Default)]
pub(crate) struct Authors {
    names: BTreeMap<Document, Names>,
}

#[derive(Debug, Default)]
struct Names {
    devices: BTreeSet<PublicKey>,
    of_name: BTreeMap<[u8; 12], PublicKey>,
}

/// Why changes are not taken for their authors' sake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stranger {
    /// No certified device goes by that name, as far as is known here.
    Unknown,
    /// A device goes by too many names.
    TooMany(PublicKey),
}

impl Authors {
    /// Whether the authors of these changes are devices of the office. `known`: the document's authors so far;
    /// `authority`: all that is known of the authority, branches that fell too, for their devices wrote when they stood.
    pub(crate) fn check<'a>(
        &mut self,
        document: Document,
        authority: impl IntoIterator<Item = &'a Verified>,
        known: &BTreeMap<ActorId, u64>,
        changes: &[Change],
    ) -> Result<(), Stranger> {
        let new: BTreeSet<ActorId> = changes
            .iter()
            .map(Change::actor)
            .filter(|actor| !known.contains_key(actor))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let names = self.names.entry(document).or_default();
        names.learn(document, certified(authority));
        let device = |actor: &ActorId| names.of_name.get(&actor.name()).copied();
        let mut counts: BTreeMap<PublicKey, usize> = BTreeMap::new();
        for actor in known.keys().chain(&new) {
            if let Some(device) = device(actor) {
                let count = counts.entry(device).or_default();
                *count = count.saturating_add(1);
            }
        }
        for actor in new {
            let device = device(&actor).ok_or(Stranger::Unknown)?;
            if counts
                .get(&device)
                .is_some_and(|count| *count > MAX_DEVICE_AUTHORS)
            {
                return Err(Stranger::TooMany(device));
            }
        }
        Ok(())
    }
}

impl Names {
    fn learn(&mut self, document: Document, devices: BTreeSet<PublicKey>) {
        for device in devices {
            if self.devices.insert(device) {
                for incarnation in 0..MAX_INCARNATIONS {
                    let actor = ActorId::derive(OfficeDay::MIN, device, document, incarnation);
                    self.of_name.insert(actor.name(), device);
                }
            }
        }
    }
}

/// Whoever was certified by a key that was ever the admin's, on whatever branch; and those keys.
fn certified<'a>(authority: impl IntoIterator<Item = &'a Verified>) -> BTreeSet<PublicKey> {
    let statements: Vec<&Verified> = authority.into_iter().collect();
    let mut admins = BTreeSet::new();
    let mut recovery = None;
    for statement in &statements {
        if let Body::Genesis(genesis) = statement.body() {
            admins.insert(genesis.admin);
            recovery = Some(genesis.recovery);
        }
    }
    loop {
        let next: BTreeSet<PublicKey> = statements
            .iter()
            .filter_map(|statement| match statement.body() {
                Body::HandOver(body) => admins.contains(&statement.signer()).then_some(body.admin),
                Body::Replace(body) => (Some(statement.signer()) == recovery).then_some(body.admin),
                _ => None,
            })
            .filter(|admin| !admins.contains(admin))
            .collect();
        if next.is_empty() {
            break;
        }
        admins.extend(next);
    }
    let devices = statements
        .iter()
        .filter_map(|statement| match statement.body() {
            Body::Certify(body) => admins.contains(&statement.signer()).then_some(body.device),
            _ => None,
        });
    devices.chain(admins.iter().copied()).collect()
}
