use super::Vector;
use crate::id::{ChangeHash, Digest, OfficeId, PublicKey, StatementId};
use crate::statement::{Document, Signed};
use crate::time::Timestamp;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// How a device calls itself towards its peers at one office: lets them remember what it had.
///
/// A steward uses its key; a visitor's phone a random value for each office, so that offices cannot link it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeerId(pub [u8; 32]);

impl fmt::Debug for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hex = data_encoding::HEXLOWER.encode(&self.0);
        write!(f, "PeerId({})", hex.get(..8).unwrap_or(&hex))
    }
}

/// What a peer says of itself. Nothing proves it, and nothing needs to: what is for the office's devices alone is
/// sealed to the key that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Peer {
    /// Its name for itself.
    pub id: PeerId,
    /// Whether it says that it is a device of the office.
    pub steward: bool,
}

/// Envelopes to send, and how far they get the receiver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// In dependency order.
    pub envelopes: Vec<Arc<[u8]>>,
    /// The vector of a receiver that had what was asked for, once it has applied these.
    pub covers: Vector,
}

/// What a session may read of the device it speaks for.
pub trait Source {
    /// How this device calls itself towards its peers.
    fn id(&self) -> PeerId;

    /// The office; none before the device has joined one.
    fn office(&self) -> Option<OfficeId>;

    /// Whether this is a device of the office.
    fn is_steward(&self) -> bool;

    /// The time here, told to the peer so that either can notice a wrong clock.
    fn now(&self) -> Timestamp;

    /// The documents held, authority first. Only the first [`limits::MAX_SYNC_DOCUMENTS`](crate::limits) are told.
    fn documents(&self) -> Vec<Document>;

    /// Whether `peer` may be given that document, if it is who it says: what is internal goes to the office's devices
    /// alone, [sealed](Self::seal).
    fn may_have(&self, document: Document, peer: &Peer) -> bool {
        !document.is_internal() || peer.steward
    }

    /// A digest over a document's heads: equal iff the changes are the same. None when there is no change.
    fn heads(&self, document: Document) -> Option<Digest>;

    /// The version vector, computed from the applied document.
    fn vector(&self, document: Document) -> Vector;

    /// Envelopes with changes that `known` lacks, in dependency order: about `max_bytes` of them, and at least one
    /// when there is any. Each is at most [`limits::MAX_ITEM_BYTES`](crate::limits).
    fn envelopes_since(&self, document: Document, known: &Vector, max_bytes: usize) -> Batch;

    /// Changes that something here follows and that are not here: asked for by name, since a vector does not show
    /// which of two changes with one number a device has.
    fn missing(&self) -> Vec<ChangeHash> {
        Vec::new()
    }

    /// The envelopes that carry these changes, as far as they are here, each with its document.
    fn envelopes_with(&self, _changes: &BTreeSet<ChangeHash>) -> Vec<(Document, Arc<[u8]>)> {
        Vec::new()
    }

    /// Seals so that whoever has the key that `peer` goes by can open it, and nobody else. None when nothing can be
    /// sealed to that: `peer` is then not given what is internal.
    fn seal(&self, _plain: &[u8], _peer: &Peer) -> Option<Vec<u8>> {
        None
    }

    /// Opens what a peer has [sealed](Self::seal) to this device.
    fn open(&self, _sealed: &[u8]) -> Option<Vec<u8>> {
        None
    }

    /// Who ordered a ticket by that statement, when this device answers orders and has judged it.
    fn ordered(&self, _order: &StatementId) -> Option<PublicKey> {
        None
    }

    /// What this device tells whoever orders under that key, sealed to it: always something, and always of one length.
    fn answer(&self, _holder: &PublicKey) -> Option<Vec<u8>> {
        None
    }

    /// Statements not yet in a ledger that may be handed to `peer`, most urgent first.
    fn loose(&self, peer: &Peer) -> Vec<StatementId>;

    /// A loose statement: its document, and its bytes.
    fn loose_item(&self, id: &StatementId) -> Option<(Document, Arc<[u8]>)>;

    /// Whether the statement is here, loose or in a document, or was refused for good.
    fn knows(&self, id: &StatementId) -> bool;

    /// The id of an encoded statement; `None` when it does not decode.
    fn statement_id(&self, bytes: &[u8]) -> Option<StatementId> {
        Signed::decode(bytes).ok().map(|signed| signed.id())
    }

    /// Published catalogues held, newest first, and then texts. The first [`limits::MAX_LISTED_BLOBS`](crate::limits) are
    /// told of one by one; the rest comes last.
    fn blobs(&self) -> Vec<Digest>;

    /// Texts for the office's devices alone, which are told of with the others and given to [those](Self::is_internal_to)
    /// only, sealed.
    fn internal_blobs(&self) -> Vec<Digest> {
        Vec::new()
    }

    /// Whether `peer`, if it is who it says, is one of the office's devices.
    fn is_internal_to(&self, peer: &Peer) -> bool {
        peer.steward
    }

    /// The bytes with that SHA-256.
    fn blob(&self, digest: &Digest) -> Option<Arc<[u8]>>;
}
