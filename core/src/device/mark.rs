//! The mark that is set while foreign envelopes are being applied.

use crate::cbor::{Reader, Writer};
use crate::envelope::SignedEnvelope;
use crate::id::{Digest, PublicKey};
use crate::store::{Batch, Operation, Quarantined};
use crate::sync::Incoming;
use sha2::{Digest as _, Sha256};

/// The envelopes of one received message, and who vouched for the first.
pub(super) struct Mark {
    signer: PublicKey,
    bytes: Vec<u8>,
}

impl Mark {
    /// `None` when nothing is foreign: statements never reach a document's merge.
    pub(super) fn of(incoming: &[Incoming]) -> Option<Self> {
        let envelopes: Vec<&[u8]> = incoming
            .iter()
            .filter_map(|one| match one {
                Incoming::Envelope(bytes) => Some(&**bytes),
                _ => None,
            })
            .collect();
        let signer = signer_of(envelopes.first()?);
        let mut out = Writer::new();
        out.array(envelopes.len());
        for bytes in envelopes {
            out.bytes(bytes);
        }
        Some(Self { signer, bytes: out.into_bytes() })
    }

    pub(super) fn set(&self) -> Batch {
        let Self { signer, bytes } = self;
        [Operation::MarkApplying { signer: *signer, bytes: bytes.clone() }].into_iter().collect()
    }
}

/// A mark found at the next open: what it named is set aside.
pub(super) fn set_aside(found: Quarantined) -> Batch {
    let Quarantined { signer, bytes, .. } = found;
    [Operation::Quarantine { signer, bytes }, Operation::ClearApplying].into_iter().collect()
}

/// The envelopes of a mark, by hash.
pub(super) fn envelopes_of(quarantined: &Quarantined) -> Vec<Digest> {
    let mut reader = Reader::new(&quarantined.bytes);
    let count = reader.array("envelopes", 0, usize::MAX).unwrap_or(0);
    (0..count).map_while(|_| reader.bytes().ok().map(hash)).collect()
}

pub(super) fn hash(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

fn signer_of(envelope: &[u8]) -> PublicKey {
    SignedEnvelope::decode(envelope).map_or(PublicKey([0; 32]), |signed| signed.signer())
}
