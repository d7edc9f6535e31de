use crate::id::{Digest, PublicKey, StatementId};
use crate::statement::Document;

/// What is written in one transaction, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    operations: Vec<Operation>,
}

/// One step of a [`Batch`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Appends an envelope to a document. Putting one twice stores it twice: the replica knows what it has.
    PutEnvelope {
        /// The document.
        document: Document,
        /// As received.
        bytes: Vec<u8>,
    },
    /// Keeps a statement that stands in no document yet; replaces the one with that id.
    PutLoose {
        /// Its id.
        id: StatementId,
        /// Where it belongs.
        document: Document,
        /// As received.
        bytes: Vec<u8>,
    },
    /// Forgets a loose statement, when it stands in a document now or is of no use.
    RemoveLoose {
        /// Its id.
        id: StatementId,
    },
    /// Keeps a blob under its SHA-256.
    PutBlob {
        /// A picture, a catalogue, a text that can be erased.
        bytes: Vec<u8>,
    },
    /// Erases a blob.
    RemoveBlob {
        /// Its SHA-256.
        hash: Digest,
    },
    /// Sets the value of a key.
    PutMeta {
        /// The key.
        key: String,
        /// The value.
        bytes: Vec<u8>,
    },
    /// Removes a key.
    RemoveMeta {
        /// The key.
        key: String,
    },
    /// Erases a document: its envelopes and its loose statements. The bytes are overwritten.
    DropDocument {
        /// The document.
        document: Document,
    },
    /// Says that these bytes are about to be applied: found at the next open, they go to quarantine.
    MarkApplying {
        /// Who vouched for them.
        signer: PublicKey,
        /// As received.
        bytes: Vec<u8>,
    },
    /// Says that they were applied.
    ClearApplying,
    /// Sets bytes aside.
    Quarantine {
        /// Who vouched for them.
        signer: PublicKey,
        /// As received.
        bytes: Vec<u8>,
    },
    /// Erases bytes that were set aside.
    RemoveQuarantined {
        /// Their SHA-256.
        hash: Digest,
    },
}

impl Batch {
    /// Empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a step.
    pub fn push(&mut self, operation: Operation) -> &mut Self {
        self.operations.push(operation);
        self
    }

    /// The steps, in order.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }
}

impl Operation {
    /// Whether the bytes it removes must not be found on the disk any more.
    pub(super) fn erases(&self) -> bool {
        matches!(
            self,
            Self::DropDocument { .. } | Self::RemoveBlob { .. } | Self::RemoveQuarantined { .. }
        )
    }
}

impl Extend<Operation> for Batch {
    fn extend<T: IntoIterator<Item = Operation>>(&mut self, operations: T) {
        self.operations.extend(operations);
    }
}

impl FromIterator<Operation> for Batch {
    fn from_iter<T: IntoIterator<Item = Operation>>(operations: T) -> Self {
        Self {
            operations: operations.into_iter().collect(),
        }
    }
}
