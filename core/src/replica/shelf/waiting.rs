//! Envelopes that cannot be applied yet.

use super::Shelf;
use crate::envelope::VerifiedEnvelope;
use crate::id::{ChangeHash, PublicKey};

impl Shelf {
    /// Has an envelope wait for the changes it follows.
    pub(crate) fn wait_for(&mut self, missing: Vec<ChangeHash>, envelope: VerifiedEnvelope) {
        let bytes = envelope.bytes().len();
        // A full room loses the envelope; the next sync brings it again.
        let _ = self.waiting.hold(envelope.hash(), envelope, bytes, missing);
    }

    /// Has an envelope wait for its signer's certificate.
    pub(crate) fn wait_for_signer(&mut self, envelope: VerifiedEnvelope) {
        let (signer, bytes) = (envelope.signer(), envelope.bytes().len());
        let _ = self
            .strangers
            .hold(envelope.hash(), envelope, bytes, [signer]);
    }

    /// Envelopes whose signer has become a writer.
    pub(crate) fn no_longer_strangers(&mut self) -> Vec<VerifiedEnvelope> {
        let Some(authority) = &self.authority else {
            return Vec::new();
        };
        let known: Vec<PublicKey> = self
            .strangers
            .wanted()
            .filter(|key| authority.is_writer(key))
            .copied()
            .collect();
        known
            .iter()
            .flat_map(|key| self.strangers.arrived(key))
            .collect()
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
