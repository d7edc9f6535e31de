//! What a sync session may read of this device.

use super::Replica;
use super::pages::Pages;
use crate::id::{ChangeHash, Digest, OfficeId, PublicKey, StatementId};
use crate::seal;
use crate::statement::Document;
use crate::sync::{Batch, Peer, PeerId, Source, Vector};
use crate::time::{CivilMinute, Timestamp};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A replica at a moment: what [`crate::sync::Session`] speaks for.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    pub(super) replica: &'a Replica,
    now: Timestamp,
}

impl Replica {
    /// This device at `now`, for a sync session.
    pub fn at(&self, now: Timestamp) -> At<'_> {
        At { replica: self, now }
    }
}

impl At<'_> {
    pub(super) fn pages(&self, document: Document) -> Option<&Pages> {
        self.replica.shelf.pages(document)
    }

    /// What a device seals to another at a meeting, it seals for that and for this office.
    fn purpose(&self) -> Vec<u8> {
        [&b"allkontor/1/meeting\0"[..], &self.replica.office.0].concat()
    }
}

impl Source for At<'_> {
    fn id(&self) -> PeerId {
        if self.is_steward() {
            return PeerId(self.replica.key.public().0);
        }
        // A visitor's holder key is for stewards only: towards peers it goes by another name.
        let lane = u64::from(self.replica.wallet.lane());
        PeerId(self.replica.key.derive("peer", lane).public().0)
    }

    fn office(&self) -> Option<OfficeId> {
        Some(self.replica.office)
    }

    fn is_steward(&self) -> bool {
        self.replica.standing().decides()
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    fn documents(&self) -> Vec<Document> {
        let ledgers = self
            .replica
            .shelf
            .ledgers
            .iter()
            .filter(|(_, ledger)| !ledger.pages.merged.is_empty());
        let authority =
            (!self.replica.shelf.authority_pages.merged.is_empty()).then_some(Document::Authority);
        let later = self.replica.shelf.later().iter();
        let later = later.filter(|(_, pages)| !pages.merged.is_empty());
        authority
            .into_iter()
            .chain(ledgers.map(|(document, _)| *document))
            .chain(later.map(|(document, _)| *document))
            .collect()
    }

    fn may_have(&self, document: Document, peer: &Peer) -> bool {
        !document.is_internal() || self.is_internal_to(peer)
    }

    fn heads(&self, document: Document) -> Option<Digest> {
        let heads = self
            .pages(document)
            .filter(|pages| !pages.merged.is_empty())?
            .merged
            .heads();
        let hash = heads
            .iter()
            .fold(Sha256::new(), |hash, head| hash.chain_update(head.0));
        Some(Digest(hash.finalize().into()))
    }

    fn vector(&self, document: Document) -> Vector {
        let vector = self
            .pages(document)
            .map(|pages| pages.vector())
            .unwrap_or_default();
        vector
            .into_iter()
            .map(|(actor, seq)| (actor.0, seq))
            .collect()
    }

    fn envelopes_since(&self, document: Document, known: &Vector, max_bytes: usize) -> Batch {
        self.vouched_since(document, known, max_bytes)
    }

    fn missing(&self) -> Vec<ChangeHash> {
        self.replica.shelf.missing()
    }

    fn envelopes_with(&self, changes: &BTreeSet<ChangeHash>) -> Vec<(Document, Arc<[u8]>)> {
        self.vouched_with(changes)
    }

    fn seal(&self, plain: &[u8], peer: &Peer) -> Option<Vec<u8>> {
        // Known to this device alone, and hashed with what is sealed: no other randomness is needed.
        let seed = self.replica.key.derive("meeting", 0).to_seed();
        let to = PublicKey(peer.id.0);
        seal::seal(&to, &self.purpose(), b"", plain, &seed).ok()
    }

    fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        seal::open(&self.replica.key, &self.purpose(), b"", sealed)
    }

    fn ordered(&self, order: &StatementId) -> Option<PublicKey> {
        self.who_ordered(order)
    }

    fn answer(&self, holder: &PublicKey) -> Option<Vec<u8>> {
        self.answer_to(holder)
    }

    fn loose(&self, peer: &Peer) -> Vec<StatementId> {
        let loose = self.replica.loose.iter();
        let may = loose.filter(|(_, one)| self.may_have(one.header().document, peer));
        may.map(|(id, _)| *id).collect()
    }

    fn loose_item(&self, id: &StatementId) -> Option<(Document, Arc<[u8]>)> {
        let one = self.replica.loose.get(id)?;
        Some((one.header().document, one.bytes().into()))
    }

    fn knows(&self, id: &StatementId) -> bool {
        self.replica.loose.contains_key(id)
            || self.replica.shelf.statement(id).is_some()
            || (self.replica.shelf.later().values()).any(|pages| pages.recorded.contains(id))
            || self.replica.desk.has_served(id)
    }

    fn blobs(&self) -> Vec<Digest> {
        let shelf = &self.replica.shelf;
        let minute = self.replica.civil(self.now).unwrap_or(CivilMinute::MIN);
        let texts = self.replica.texts_kept(minute);
        let published = shelf
            .authority()
            .map(|authority| authority.catalogues().values().rev());
        published
            .into_iter()
            .flatten()
            .filter(|hash| shelf.blobs().contains_key(*hash))
            .copied()
            .chain(texts)
            .collect()
    }

    fn internal_blobs(&self) -> Vec<Digest> {
        self.replica.remarks_kept()
    }

    fn is_internal_to(&self, peer: &Peer) -> bool {
        let authority = self.replica.authority();
        let device = authority.and_then(|authority| authority.device(&PublicKey(peer.id.0)));
        device.is_some_and(|device| device.revoked.is_none())
    }

    fn blob(&self, digest: &Digest) -> Option<Arc<[u8]>> {
        let catalogue = self.replica.shelf.blobs().get(digest);
        catalogue.or_else(|| self.replica.text(digest)).cloned()
    }
}
