//! Envelopes: what stewards send one another, directly or through anything that carries bytes.
//!
//! ```text
//! bytes ─decode─► SignedEnvelope ─verify─► VerifiedEnvelope ─(signer is certified)─► StatementDocument::check
//! ```
//!
//! An envelope carries changes of one document as content, the heads they lead to, and the signature of the steward
//! who vouches for them and need not be their author. The signer's certificate is not repeated: the authority
//! document comes first in every sync.
//!
//! Wire form: `[1, content, signature]`, deterministic CBOR, `content` a byte string that holds the map
//! `{0: office, 1: document, 2: signer, 3: heads, 4: changes}`.

mod split;
mod wire;

pub use wire::{EnvelopeError, SignedEnvelope};

use crate::document::Change;
use crate::id::{ChangeHash, Digest, OfficeId, PublicKey};
use crate::statement::{Document, Keypair};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Changes of one document, each after those of them it depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    office: OfficeId,
    document: Document,
    changes: Vec<Change>,
    heads: Vec<ChangeHash>,
}

/// An envelope whose signature holds. Only [`SignedEnvelope::verify`] and [`Envelope::sign`] make one.
///
/// Whether its signer may vouch for this document is the authority's to say. Cheap to clone.
#[derive(Debug, Clone)]
pub struct VerifiedEnvelope(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    envelope: Envelope,
    signer: PublicKey,
    hash: Digest,
    bytes: Box<[u8]>,
}

impl Envelope {
    /// Checks the order of `changes` and that there are not too many. Their bytes are counted when they are signed.
    pub fn new(
        office: OfficeId,
        document: Document,
        changes: Vec<Change>,
    ) -> Result<Self, EnvelopeError> {
        wire::check_count(changes.len())?;
        let heads = heads_of(&changes)?;
        Ok(Self {
            office,
            document,
            changes,
            heads,
        })
    }

    /// The office.
    pub fn office(&self) -> OfficeId {
        self.office
    }

    /// The document.
    pub fn document(&self) -> Document {
        self.document
    }

    /// Its changes, at least one, each after those of them it depends on.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Those of its changes that none of its others depends on, ascending.
    pub fn heads(&self) -> &[ChangeHash] {
        &self.heads
    }

    /// What its changes depend on and does not carry itself, ascending.
    pub fn follows(&self) -> BTreeSet<ChangeHash> {
        let own: BTreeSet<ChangeHash> = self.changes.iter().map(Change::hash).collect();
        let deps = self.changes.iter().flat_map(Change::deps).copied();
        deps.filter(|dep| !own.contains(dep)).collect()
    }

    /// Vouches for it.
    pub fn sign(self, signer: &Keypair) -> Result<VerifiedEnvelope, EnvelopeError> {
        wire::sign(self, signer)
    }
}

impl VerifiedEnvelope {
    fn new(envelope: Envelope, signer: PublicKey, hash: Digest, bytes: Box<[u8]>) -> Self {
        Self(Arc::new(Inner {
            envelope,
            signer,
            hash,
            bytes,
        }))
    }

    /// What it carries.
    pub fn envelope(&self) -> &Envelope {
        &self.0.envelope
    }

    /// Who vouches for it.
    pub fn signer(&self) -> PublicKey {
        self.0.signer
    }

    /// SHA-256 of its bytes.
    pub fn hash(&self) -> Digest {
        self.0.hash
    }

    /// The bytes as received.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }
}

/// The changes that no other depends on; fails when one comes before what it depends on, or twice.
fn heads_of(changes: &[Change]) -> Result<Vec<ChangeHash>, EnvelopeError> {
    let mut depended: BTreeSet<ChangeHash> = BTreeSet::new();
    let mut seen: BTreeSet<ChangeHash> = BTreeSet::new();
    for change in changes {
        let hash = change.hash();
        if depended.contains(&hash) || !seen.insert(hash) {
            return Err(EnvelopeError::Order { change: hash });
        }
        depended.extend(change.deps());
    }
    Ok(seen.difference(&depended).copied().collect())
}

#[cfg(test)]
mod tests;
