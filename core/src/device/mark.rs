//! The mark that is set while foreign envelopes are being applied.

use crate::cbor::{Reader, Writer};
use crate::envelope::SignedEnvelope;
use crate::id::{Digest, PublicKey};
use crate::store::{Batch, Operation, Quarantined};
use crate::sync::Incoming;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

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
        Some(Self {
            signer,
            bytes: out.into_bytes(),
        })
    }

    pub(super) fn set(&self) -> Batch {
        let Self { signer, bytes } = self;
        [Operation::MarkApplying {
            signer: *signer,
            bytes: bytes.clone(),
        }]
        .into_iter()
        .collect()
    }
}

/// What a mark found at the next open asks for.
///
/// Found once, it may have been a power cut: its envelopes become suspects. Found again around one of them, that one
/// is set aside.
pub(super) fn judge(found: &Quarantined, suspects: &BTreeSet<Digest>) -> Batch {
    let envelopes = envelopes_of(&found.bytes);
    let mut batch = Batch::new();
    let mut suspected = suspects.clone();
    for bytes in envelopes {
        if !suspected.insert(hash(bytes)) {
            batch.push(Operation::Quarantine {
                signer: signer_of(bytes),
                bytes: bytes.to_vec(),
            });
        }
    }
    let bytes = suspected.iter().flat_map(|suspect| suspect.0).collect();
    batch.push(Operation::PutMeta {
        key: SUSPECTS.to_owned(),
        bytes,
    });
    batch.push(Operation::ClearApplying);
    batch
}

/// The note that lists suspects: their hashes, one after the other.
pub(super) const SUSPECTS: &str = "suspects";

pub(super) fn suspects(note: Option<&[u8]>) -> BTreeSet<Digest> {
    let (hashes, _) = note.unwrap_or_default().as_chunks::<32>();
    hashes.iter().copied().map(Digest).collect()
}

fn envelopes_of(mark: &[u8]) -> Vec<&[u8]> {
    let mut reader = Reader::new(mark);
    let count = reader.array("envelopes", 0, usize::MAX).unwrap_or(0);
    (0..count).map_while(|_| reader.bytes().ok()).collect()
}

pub(super) fn hash(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

fn signer_of(envelope: &[u8]) -> PublicKey {
    SignedEnvelope::decode(envelope).map_or(PublicKey([0; 32]), |signed| signed.signer())
}
