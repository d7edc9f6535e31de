//! Envelopes that cannot be applied yet.

use super::Shelf;
use crate::envelope::VerifiedEnvelope;
use crate::id::ChangeHash;

impl Shelf {
    /// Has an envelope wait for the changes it follows.
    pub(crate) fn wait_for(&mut self, missing: Vec<ChangeHash>, envelope: VerifiedEnvelope) {
        let bytes = envelope.bytes().len();
        // A full room loses the envelope; the next sync brings it again.
        let _ = self.waiting.hold(envelope.hash(), envelope, bytes, missing);
    }

    /// Whether every change that an envelope leads to is here or named by one that waits for it: a certified device
    /// vouches for it by its hash, whoever sent it.
    pub(crate) fn is_named(&self, envelope: &VerifiedEnvelope) -> bool {
        let Some(pages) = self.pages(envelope.envelope().document()) else {
            return false;
        };
        let heads = envelope.envelope().heads();
        heads.iter().any(|head| self.waiting.is_wanted(head))
            && heads
                .iter()
                .all(|head| self.waiting.is_wanted(head) || pages.has(head))
    }

    /// Changes that envelopes here wait for.
    pub(crate) fn missing(&self) -> Vec<ChangeHash> {
        self.waiting.wanted().copied().collect()
    }

    /// Envelopes whose signer has become a writer.
    pub(crate) fn no_longer_strangers(&mut self) -> Vec<VerifiedEnvelope> {
        match self.authority.clone() {
            Some(authority) => self.strangers.by(|key| authority.is_writer(key)),
            None => Vec::new(),
        }
    }

    /// Envelopes that waited for nothing but this one's changes.
    pub(crate) fn no_longer_waiting(
        &mut self,
        envelope: &VerifiedEnvelope,
    ) -> Vec<VerifiedEnvelope> {
        let changes = envelope.envelope().changes().iter();
        changes
            .flat_map(|change| self.waiting.arrived(&change.hash()))
            .collect()
    }
}
