//! Envelopes that nobody vouches for yet: their signer is not certified here, or its certificate was taken back.

use crate::document::WaitingRoom;
use crate::envelope::VerifiedEnvelope;
use crate::id::{ChangeHash, Digest, PublicKey, StatementId};
use crate::statement::Verified;
use std::collections::{BTreeMap, BTreeSet};

/// Held until their signer is certified, or until a change that a certified device vouches for names what they lead
/// to. Nothing here is promised to anybody: what is forgotten comes again with the next sync.
#[derive(Debug, Default)]
pub(crate) struct Strangers {
    room: WaitingRoom<PublicKey, Digest, VerifiedEnvelope>,
    by_head: BTreeMap<ChangeHash, BTreeSet<Digest>>,
    /// What the held envelopes of the authority document say: it can speak for itself once enough of it is here.
    authority: BTreeMap<StatementId, Verified>,
}

impl Strangers {
    /// Holds an envelope; `statements` are what it says of the authority, if that is its document.
    pub(crate) fn hold(&mut self, envelope: VerifiedEnvelope, statements: Vec<Verified>) {
        let (hash, signer, bytes) = (envelope.hash(), envelope.signer(), envelope.bytes().len());
        let heads = envelope.envelope().heads().to_vec();
        if self
            .room
            .hold(hash, envelope.clone(), bytes, [signer])
            .is_err()
        {
            // Anybody can send what nobody vouches for: when the room is full it is emptied, not closed.
            *self = Self::default();
            let _ = self.room.hold(hash, envelope, bytes, [signer]);
        }
        for head in heads {
            self.by_head.entry(head).or_default().insert(hash);
        }
        self.authority.extend(
            statements
                .into_iter()
                .map(|statement| (statement.id(), statement)),
        );
    }

    /// Lets those go that lead to one of these changes.
    pub(crate) fn leading_to(&mut self, changes: &[ChangeHash]) -> Vec<VerifiedEnvelope> {
        let found: BTreeSet<Digest> = changes
            .iter()
            .filter_map(|change| self.by_head.get(change))
            .flatten()
            .copied()
            .collect();
        let found: Vec<_> = found.iter().filter_map(|id| self.room.remove(id)).collect();
        self.forget(&found);
        found
    }

    /// Lets those go whose signer is one of `signers`.
    pub(crate) fn by(&mut self, signers: impl Fn(&PublicKey) -> bool) -> Vec<VerifiedEnvelope> {
        let known: Vec<PublicKey> = self
            .room
            .wanted()
            .filter(|key| signers(key))
            .copied()
            .collect();
        let found: Vec<_> = known
            .iter()
            .flat_map(|key| self.room.arrived(key))
            .collect();
        self.forget(&found);
        found
    }

    /// What the held envelopes of the authority document say.
    pub(crate) fn authority(&self) -> impl Iterator<Item = &Verified> {
        self.authority.values()
    }

    fn forget(&mut self, gone: &[VerifiedEnvelope]) {
        for envelope in gone {
            for head in envelope.envelope().heads() {
                if let Some(held) = self.by_head.get_mut(head) {
                    held.remove(&envelope.hash());
                    if held.is_empty() {
                        self.by_head.remove(head);
                    }
                }
            }
        }
    }
}
