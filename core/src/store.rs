//! What a device keeps: the truth, as received, and nothing that can be computed from it.
//!
//! Envelopes and statements are stored byte for byte, each with its hash; the replica is rebuilt from them. A
//! [`Batch`] is written whole or not at all and is durable when [`Store::commit`] returns, so nothing leaves the
//! device before it is safe. Full disks, damaged rows and failed writes are outcomes that the caller sees.
//!
//! **Architecture invariant:** nothing that can be derived is truth here. Sidecars (saved views) are kept as meta
//! values together with the [`Store::generation`] they were made from, and thrown away when it differs.
//!
//! The signing key and the heads of the device's own chains are not here: see [`crate::vault`].

mod batch;
mod error;
mod memory;
mod sqlite;

pub use batch::{Batch, Operation};
pub use error::StoreError;
pub use memory::{Fault, MemoryStore};
pub use sqlite::SqliteStore;

use crate::id::{Digest, PublicKey, StatementId};
use crate::statement::Document;

/// An envelope as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEnvelope {
    /// Its place in the order stored; rises over all documents, with gaps.
    pub position: u64,
    /// SHA-256 of its bytes, compared when they were read.
    pub hash: Digest,
    /// As received.
    pub bytes: Vec<u8>,
}

/// A statement that stands in no document yet, as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LooseStatement {
    /// Its id.
    pub id: StatementId,
    /// Where it belongs.
    pub document: Document,
    /// As received.
    pub bytes: Vec<u8>,
}

/// Bytes set aside: found while they were being applied at the last close, or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// SHA-256 of the bytes.
    pub hash: Digest,
    /// Who vouched for them.
    pub signer: PublicKey,
    /// As received.
    pub bytes: Vec<u8>,
}

/// What a compaction did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compaction {
    /// Segments written and read back.
    pub segments: u64,
    /// Envelopes in them.
    pub packed: u64,
    /// Rows deleted whose segments, written by an earlier compaction, were read again and equal them.
    pub retired: u64,
}

/// Where a device keeps what it knows.
///
/// No call leaves a lock behind. Reads compare every row with its hash.
pub trait Store: Send {
    /// Writes all of `batch` or nothing; durable on return.
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError>;

    /// Rises with each commit. A sidecar of another generation is stale.
    fn generation(&self) -> Result<u64, StoreError>;

    /// Documents that have envelopes, ascending.
    fn documents(&self) -> Result<Vec<Document>, StoreError>;

    /// Envelopes of a document behind position `after`, in the order stored: about `budget` bytes of them and at
    /// least one, so that a page that is empty is the end. The first position is 1.
    fn page(
        &self,
        document: Document,
        after: u64,
        budget: usize,
    ) -> Result<Vec<StoredEnvelope>, StoreError>;

    /// All envelopes of a document, in the order stored.
    fn envelopes(&self, document: Document) -> Result<Vec<StoredEnvelope>, StoreError> {
        let mut all: Vec<StoredEnvelope> = Vec::new();
        loop {
            let after = all.last().map_or(0, |envelope| envelope.position);
            let page = self.page(document, after, PAGE_BUDGET)?;
            if page.is_empty() {
                return Ok(all);
            }
            all.extend(page);
        }
    }

    /// Statements that stand in no document yet, by id.
    fn loose(&self) -> Result<Vec<LooseStatement>, StoreError>;

    /// The blob with that hash.
    fn blob(&self, hash: &Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// The value of a key.
    fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// The envelope that was being applied and never finished, if the device stopped in the middle.
    fn applying(&self) -> Result<Option<Quarantined>, StoreError>;

    /// What was set aside, by hash.
    fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError>;

    /// Packs a document's older envelopes tightly. Changes nothing that can be read, nor the generation.
    fn compact(&mut self, document: Document) -> Result<Compaction, StoreError>;

    /// Bytes taken on disk.
    fn size_on_disk(&self) -> Result<u64, StoreError>;
}

/// Bytes [`Store::envelopes`] reads at a time.
const PAGE_BUDGET: usize = 4 << 20;

fn digest(bytes: &[u8]) -> Digest {
    use sha2::Digest as _;
    Digest(sha2::Sha256::digest(bytes).into())
}

#[cfg(test)]
mod conformance;
