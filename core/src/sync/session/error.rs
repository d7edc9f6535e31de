use super::super::item::PartError;
use super::super::wire::PROTOCOL;
use crate::cbor::CborError;
use crate::id::OfficeId;
use crate::limits::{MAX_MESSAGE_BYTES, MAX_PEER_DOCUMENTS, MAX_PEER_VECTOR_ENTRIES};

/// Why a session is over. Nothing that the device holds has changed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// The peer belongs to another office. Not an attack: two apps met.
    #[error("the peer follows office {theirs}: this session is for {ours}")]
    OtherOffice {
        /// This device's office.
        ours: OfficeId,
        /// The peer's.
        theirs: OfficeId,
    },
    /// The peer can only speak later versions.
    #[error("the peer speaks sync protocol {least} or later: this engine speaks {PROTOCOL}")]
    NewerProtocol {
        /// The least version it can speak.
        least: u16,
    },
    /// A message too long to read.
    #[error("message is {bytes} bytes: the limit is {MAX_MESSAGE_BYTES}")]
    TooLong {
        /// How long it was.
        bytes: usize,
    },
    /// Bytes that are not a message.
    #[error("message does not decode: {0}")]
    Cbor(#[from] CborError),
    /// Parts that do not make an item.
    #[error(transparent)]
    Part(#[from] PartError),
    /// The peer told of more documents than a session keeps.
    #[error("the peer told of more than {MAX_PEER_DOCUMENTS} documents")]
    TooManyDocuments,
    /// The peer told of more changes than a session keeps.
    #[error(
        "the peer's version vectors have {entries} entries: the limit is {MAX_PEER_VECTOR_ENTRIES}"
    )]
    TooManyEntries {
        /// How many, with those just told.
        entries: usize,
    },
    /// An error came before.
    #[error("the session is over")]
    Ended,
}
