//! What a sync session may read of this device.

use super::Replica;
use super::shelf::Pages;
use crate::id::{Digest, OfficeId, StatementId};
use crate::statement::Document;
use crate::sync::{Batch, Peer, PeerId, Source, Vector};
use crate::time::Timestamp;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// A replica at a moment: what [`crate::sync::Session`] speaks for.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    replica: &'a Replica,
    now: Timestamp,
}

impl Replica {
    /// This device at `now`, for a sync session.
    pub fn at(&self, now: Timestamp) -> At<'_> {
        At { replica: self, now }
    }
}

impl At<'_> {
    fn pages(&self, document: Document) -> Option<&Pages> {
        self.replica.shelf.pages(document)
    }
}

impl Source for At<'_> {
    fn id(&self) -> PeerId {
        if self.is_steward() {
            return PeerId(self.replica.key.public().0);
        }
        // A visitor's holder key is for stewards only: towards peers it goes by another name.
        PeerId(self.replica.key.derive("peer", 0).public().0)
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
            .map(|pages| pages.merged.vector())
            .unwrap_or_default();
        vector
            .into_iter()
            .map(|(actor, seq)| (actor.0, seq))
            .collect()
    }

    fn envelopes_since(&self, document: Document, known: &Vector, max_bytes: usize) -> Batch {
        let mut batch = Batch {
            envelopes: Vec::new(),
            covers: known.clone(),
        };
        let Some(pages) = self.pages(document) else {
            return batch;
        };
        let mut bytes = 0usize;
        for envelope in &pages.envelopes {
            let changes = envelope.envelope().changes();
            if changes
                .iter()
                .all(|change| known.get(&change.actor().0) >= change.seq())
            {
                continue;
            }
            bytes = bytes.saturating_add(envelope.bytes().len());
            if bytes > max_bytes && !batch.envelopes.is_empty() {
                break;
            }
            batch.envelopes.push(envelope.bytes().into());
            for change in changes {
                batch.covers.advance(change.actor().0, change.seq());
            }
        }
        batch
    }

    fn loose(&self, _peer: &Peer) -> Vec<StatementId> {
        self.replica.loose.keys().copied().collect()
    }

    fn loose_bytes(&self, id: &StatementId) -> Option<Arc<[u8]>> {
        self.replica
            .loose
            .get(id)
            .map(|statement| statement.bytes().into())
    }

    fn knows(&self, id: &StatementId) -> bool {
        self.replica.loose.contains_key(id)
            || self.replica.shelf.statement(id).is_some()
            || (self.replica.shelf.later().values()).any(|pages| pages.recorded.contains(id))
            || self.replica.desk.has_served(id)
    }

    fn blobs(&self) -> Vec<Digest> {
        let shelf = &self.replica.shelf;
        let published = shelf
            .authority()
            .map(|authority| authority.catalogues().values().rev());
        published
            .into_iter()
            .flatten()
            .filter(|hash| shelf.blobs().contains_key(*hash))
            .copied()
            .collect()
    }

    fn blob(&self, digest: &Digest) -> Option<Arc<[u8]>> {
        self.replica.shelf.blobs().get(digest).cloned()
    }
}
