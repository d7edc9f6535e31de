//! Who vouches for what is in a document, now that the office's devices may be others than when it was written.
//!
//! A steward vouches for all it has merged: towards others it signs anew what a device signed that was revoked since.
//! Everybody else keeps what a certified device signed, or names by its hash in a change that it signed. The rest
//! stands in no document any more, and what it says is carried to the stewards.

use super::{At, Replica};
use crate::document::Change;
use crate::envelope::{Envelope, VerifiedEnvelope};
use crate::id::ChangeHash;
use crate::statement::Document;
use crate::sync::{Batch, Vector};
use std::collections::BTreeSet;

impl Replica {
    /// Sets aside what nobody vouches for any more, to carry what it says. Done before meeting others, not as soon as
    /// a certificate is taken back: the change that names it may follow in the same meeting.
    pub(super) fn review_vouchers(&mut self) {
        if self.standing().decides() {
            return;
        }
        let Some(authority) = self.authority().cloned() else {
            return;
        };
        let documents: Vec<Document> = self.shelf.ledgers.keys().copied().collect();
        for document in documents {
            let Some(pages) = self.shelf.pages_mut(document) else {
                continue;
            };
            let left = pages.keep_vouched(|key| authority.is_writer(key));
            self.carry_all(document, left);
        }
    }
}

impl At<'_> {
    /// Envelopes for somebody who has what `known` says: as received where their signers still vouch, else, from a
    /// steward, signed anew.
    pub(super) fn vouched_since(
        &self,
        document: Document,
        known: &Vector,
        max_bytes: usize,
    ) -> Batch {
        let mut batch = Batch {
            envelopes: Vec::new(),
            covers: known.clone(),
        };
        let Some(pages) = self.pages(document) else {
            return batch;
        };
        let mut bytes = 0usize;
        let mut run = Run::default();
        for envelope in &pages.envelopes {
            let changes = envelope.envelope().changes();
            let is_known = |change: &Change| known.get(&change.actor().0) >= change.seq();
            if changes.iter().all(is_known) {
                continue;
            }
            bytes = bytes.saturating_add(envelope.bytes().len());
            let started = !batch.envelopes.is_empty() || !run.changes.is_empty();
            if bytes > max_bytes && started {
                break;
            }
            if self.is_to_be_signed_anew(envelope) {
                run.add(envelope, known);
            } else {
                self.sign_run(document, &mut run, &mut batch);
                batch.envelopes.push(envelope.bytes().into());
            }
            for change in changes {
                batch.covers.advance(change.actor().0, change.seq());
            }
        }
        self.sign_run(document, &mut run, &mut batch);
        batch
    }

    /// The envelopes that carry these changes.
    pub(super) fn vouched_with(
        &self,
        changes: &BTreeSet<ChangeHash>,
    ) -> Vec<(Document, std::sync::Arc<[u8]>)> {
        let mut vouched = Vec::new();
        let shelf = &self.replica.shelf;
        let documents = std::iter::once(&Document::Authority).chain(shelf.ledgers.keys());
        for document in documents {
            let envelopes = self
                .pages(*document)
                .map(|pages| pages.envelopes.as_slice());
            let mut batch = Batch::default();
            for envelope in envelopes.unwrap_or_default() {
                let carried = envelope.envelope().changes();
                if !carried
                    .iter()
                    .any(|change| changes.contains(&change.hash()))
                {
                    continue;
                }
                if self.is_to_be_signed_anew(envelope) {
                    let mut run = Run::default();
                    run.add(envelope, &Vector::new());
                    self.sign_run(*document, &mut run, &mut batch);
                } else {
                    batch.envelopes.push(envelope.bytes().into());
                }
            }
            vouched.extend(batch.envelopes.into_iter().map(|bytes| (*document, bytes)));
        }
        vouched
    }

    fn is_to_be_signed_anew(&self, envelope: &VerifiedEnvelope) -> bool {
        let vouched = self
            .replica
            .authority()
            .is_none_or(|authority| authority.is_writer(&envelope.signer()));
        !vouched && self.replica.standing().decides()
    }

    fn sign_run(&self, document: Document, run: &mut Run, batch: &mut Batch) {
        let changes = std::mem::take(run).changes;
        // Each fits an envelope, since one came in one; what does not is left out, and asked for again.
        let parts = Envelope::split(self.replica.office, document, changes).unwrap_or_default();
        let signed = parts
            .into_iter()
            .filter_map(|part| part.sign(&self.replica.key).ok());
        batch
            .envelopes
            .extend(signed.map(|envelope| envelope.bytes().into()));
    }
}

/// Changes that follow one another and are to be signed anew.
#[derive(Default)]
struct Run {
    changes: Vec<Change>,
    seen: BTreeSet<ChangeHash>,
}

impl Run {
    fn add(&mut self, envelope: &VerifiedEnvelope, known: &Vector) {
        for change in envelope.envelope().changes() {
            let lacks = known.get(&change.actor().0) < change.seq();
            if lacks && self.seen.insert(change.hash()) {
                self.changes.push(change.clone());
            }
        }
    }
}
