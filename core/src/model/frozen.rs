//! Catalogues as bytes.
//!
//! **Architecture invariant:** the hash is of the bytes as published. An old app skips fields that it does not know, so
//! it must never write a catalogue again and hash the result.

use super::{Catalogue, Invalid, Parts};
use crate::id::Digest;
use sha2::{Digest as _, Sha256};

/// A published catalogue is at most this many bytes: an office of a thousand units takes about half of it, and a phone
/// on a poor connection fetches the whole in some seconds.
pub const MAX_CATALOGUE_BYTES: usize = 262_144;

/// Bytes that are not a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotACatalogue {
    /// More than any office needs.
    #[error("catalogue is {bytes} bytes: the limit is {MAX_CATALOGUE_BYTES}")]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// Not the JSON of a catalogue.
    #[error("catalogue cannot be read: {reason}")]
    Unreadable {
        /// What was expected and where, at most 200 characters.
        reason: String,
    },
    /// It contradicts itself.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

impl Catalogue {
    /// Checks and freezes what an office wants to publish. Equal parts give equal bytes, whatever the order of lists.
    pub fn new(mut parts: Parts) -> Result<Self, NotACatalogue> {
        let partners = parts.partners.values_mut();
        let partners = partners.map(|partner| &mut partner.hours);
        for hours in partners.chain([&mut parts.hours]) {
            hours.seasons.sort_by_key(|season| season.first);
            hours.exceptions.sort_by_key(|exception| exception.day);
        }
        parts.closures.sort();
        let lines = parts.tariff.iter_mut();
        for line in lines.flat_map(|tariff| tariff.lines.values_mut()) {
            line.prices.sort_by_key(|price| price.from);
        }
        parts.closures.dedup();
        let bytes = serde_json::to_vec(&parts).map_err(unreadable)?;
        Self::frozen(parts, &bytes)
    }

    /// Reads and checks published bytes.
    ///
    /// Unknown fields are skipped. An unknown policy, calendar or notice is refused: guessing it would show wrong times.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotACatalogue> {
        if bytes.len() > MAX_CATALOGUE_BYTES {
            return Err(NotACatalogue::TooLarge { bytes: bytes.len() });
        }
        let parts = serde_json::from_slice(bytes).map_err(unreadable)?;
        Self::frozen(parts, bytes)
    }

    fn frozen(parts: Parts, bytes: &[u8]) -> Result<Self, NotACatalogue> {
        if bytes.len() > MAX_CATALOGUE_BYTES {
            return Err(NotACatalogue::TooLarge { bytes: bytes.len() });
        }
        parts.check()?;
        Ok(Self {
            parts,
            bytes: bytes.into(),
            hash: Self::hash_of(bytes),
        })
    }

    /// The bytes to publish; those it was read from, unknown fields included.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.bytes.to_vec()
    }

    /// SHA-256 of [`Catalogue::to_bytes`], as `Publish` names it.
    pub const fn hash(&self) -> Digest {
        self.hash
    }

    /// SHA-256 of bytes, to compare with `Publish` before reading them.
    pub fn hash_of(bytes: &[u8]) -> Digest {
        Digest(Sha256::digest(bytes).into())
    }
}

fn unreadable(error: serde_json::Error) -> NotACatalogue {
    NotACatalogue::Unreadable {
        reason: error.to_string().chars().take(200).collect(),
    }
}
