//! The messages: deterministic CBOR maps. Unknown kinds and fields are passed over, so old meets new.
//!
//! `{0: kind, 1: seq, 2?: flags, 3?: ack, 10…: the kind's fields}`

#![expect(
    unreachable_pub,
    reason = "`kind!` declares public types, and these stay in here"
)]

use super::item::ItemKind;
use super::{PeerId, Vector};
use crate::cbor::{CborError, Reader, Writer};
use crate::id::{ChangeHash, Digest, OfficeId, StatementId};
use crate::limits;
use crate::statement::Document;
use crate::statement::field::{Field, Fields, Item, RawFields, Value, kind};
use crate::time::Timestamp;
use std::sync::Arc;

/// The version of the sync protocol this engine speaks.
pub const PROTOCOL: u16 = 1;

/// In the place of a digest: a document without changes.
pub(super) const EMPTY: Digest = Digest([0; 32]);

const END: u8 = 1;
const MORE: u8 = 2;

kind! {
    /// Who speaks, and the heads of what it holds.
    Hello {
        10 version: u16,
        11 least: u16,
        12 office: Option<OfficeId>,
        13 peer: PeerId,
        14 steward: bool,
        15 clock: Timestamp,
        16 wants_all: bool,
        17 documents: Vec<Listed>,
        18 blobs: Vec<BlobId>,
        19 seen: Option<Digest>,
        20 more: Option<Digest>,
        21 more_internal: Option<Digest>,
    }
}

kind! {
    /// The changes the sender has of a document: all of them, or some beyond what it said before.
    Have {
        10 document: Document,
        11 digest: Digest,
        12 vector: Vec<Entry>,
        13 whole: bool,
    }
}

kind! {
    /// Signed things, whole.
    Items {
        10 envelopes: Vec<Bytes>,
        11 blobs: Vec<Bytes>,
        12 statements: Vec<Bytes>,
        13 sealed: Vec<Bytes>,
    }
}

kind! {
    /// A piece of an item too long for one message.
    Part {
        10 item: u8,
        11 digest: Digest,
        12 total: u32,
        13 offset: u32,
        14 bytes: Bytes,
    }
}

kind! {
    /// Loose statements the sender has.
    Offer {
        10 ids: Vec<LooseId>,
    }
}

kind! {
    /// Loose statements the sender would like of those offered.
    Want {
        10 ids: Vec<LooseId>,
    }
}

kind! {
    /// Changes that something the sender was sent follows, and that it was not sent.
    Lack {
        10 changes: Vec<ChangeId>,
    }
}

/// A document in a greeting: `[document, digest, wanted]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    pub(super) document: Document,
    pub(super) digest: Digest,
    pub(super) wanted: bool,
}

/// An entry of a version vector: `[actor, seq]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry(pub(super) [u8; 16], pub(super) u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BlobId(pub(super) Digest);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LooseId(pub(super) StatementId);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ChangeId(pub(super) ChangeHash);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bytes(pub(super) Arc<[u8]>);

/// One message's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Message {
    Hello(Hello),
    Have(Have),
    Items(Items),
    Part(Part),
    Offer(Offer),
    Want(Want),
    Lack(Lack),
    /// Nothing to say but "go on".
    Next,
    /// A kind of a later version.
    Unknown,
}

/// A message as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    /// Counts the sender's messages of this session from 0.
    pub(super) seq: u32,
    /// The last message of a flight: the other side's turn.
    pub(super) end: bool,
    /// With `end`: there is more to come once the other side has answered.
    pub(super) more: bool,
    /// All messages of the other side before this number have arrived.
    pub(super) ack: u32,
    pub(super) message: Message,
}

impl Frame {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut fields = Fields::default();
        let number: u16 = match self.message {
            Message::Hello(_) => 1,
            Message::Have(_) => 2,
            Message::Items(_) => 3,
            Message::Part(_) => 4,
            Message::Offer(_) => 5,
            Message::Want(_) => 6,
            Message::Next | Message::Unknown => 7,
            Message::Lack(_) => 8,
        };
        let flags = if self.end { END } else { 0 } | if self.more { MORE } else { 0 };
        fields.put(0, &number);
        fields.put(1, &self.seq);
        (flags != 0).then_some(flags).put_field(2, &mut fields);
        (self.ack != 0)
            .then_some(self.ack)
            .put_field(3, &mut fields);
        match &self.message {
            Message::Hello(body) => body.put(&mut fields),
            Message::Have(body) => body.put(&mut fields),
            Message::Items(body) => body.put(&mut fields),
            Message::Part(body) => body.put(&mut fields),
            Message::Offer(body) => body.put(&mut fields),
            Message::Want(body) => body.put(&mut fields),
            Message::Lack(body) => body.put(&mut fields),
            Message::Next | Message::Unknown => {}
        }
        fields.into_bytes()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, CborError> {
        let fields = RawFields::read(bytes)?;
        let number = u16::take_field(&fields, 0, "kind of message")?;
        let flags = Option::<u8>::take_field(&fields, 2, "flags")?.unwrap_or_default();
        Ok(Self {
            seq: u32::take_field(&fields, 1, "number of the message")?,
            end: flags & END != 0,
            more: flags & MORE != 0,
            ack: Option::take_field(&fields, 3, "acknowledgement")?.unwrap_or_default(),
            message: match number {
                1 => Message::Hello(Hello::read(&fields)?),
                2 => Message::Have(Have::read(&fields)?),
                3 => Message::Items(Items::read(&fields)?),
                4 => Message::Part(Part::read(&fields)?),
                5 => Message::Offer(Offer::read(&fields)?),
                6 => Message::Want(Want::read(&fields)?),
                7 => Message::Next,
                8 => Message::Lack(Lack::read(&fields)?),
                _ => Message::Unknown,
            },
        })
    }
}

impl Have {
    /// As many messages as the vector needs: the first replaces what was said before, the others add to it.
    pub(super) fn tell(
        document: Document,
        digest: Digest,
        vector: &Vector,
        whole: bool,
    ) -> Vec<Self> {
        let entries: Vec<Entry> = vector
            .iter()
            .map(|(actor, seq)| Entry(*actor, seq))
            .collect();
        let mut chunks: Vec<Vec<Entry>> = entries
            .chunks(limits::MAX_VECTOR_ENTRIES)
            .map(<[Entry]>::to_vec)
            .collect();
        if chunks.is_empty() {
            chunks.push(Vec::new());
        }
        let tell = |(index, vector)| Self {
            document,
            digest,
            vector,
            whole: whole && index == 0,
        };
        chunks.into_iter().enumerate().map(tell).collect()
    }

    pub(super) fn vector(&self) -> Vector {
        self.vector
            .iter()
            .map(|Entry(actor, seq)| (*actor, *seq))
            .collect()
    }
}

impl Items {
    pub(super) fn none() -> Self {
        Self {
            envelopes: Vec::new(),
            blobs: Vec::new(),
            statements: Vec::new(),
            sealed: Vec::new(),
        }
    }

    pub(super) fn list(&mut self, kind: ItemKind) -> &mut Vec<Bytes> {
        match kind {
            ItemKind::Envelope => &mut self.envelopes,
            ItemKind::Blob => &mut self.blobs,
            ItemKind::Statement => &mut self.statements,
            ItemKind::Sealed | ItemKind::Answer => &mut self.sealed,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let lists = [&self.envelopes, &self.blobs, &self.statements, &self.sealed];
        lists.iter().all(|list| list.is_empty())
    }
}

impl Value for Listed {
    fn put(&self, to: &mut Writer) {
        to.array(3);
        self.document.put(to);
        self.digest.put(to);
        self.wanted.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("listed document", 3, 3)?;
        Ok(Self {
            document: Document::take(from)?,
            digest: Digest::take(from)?,
            wanted: bool::take(from)?,
        })
    }
}

impl Value for Entry {
    fn put(&self, to: &mut Writer) {
        to.array(2).bytes(&self.0).uint(self.1);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("entry of a vector", 2, 2)?;
        Ok(Self(from.fixed("length of an actor")?, from.uint()?))
    }
}

impl Value for Bytes {
    fn put(&self, to: &mut Writer) {
        to.bytes(&self.0);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.bytes().map(|bytes| Self(bytes.into()))
    }
}

impl Value for PeerId {
    fn put(&self, to: &mut Writer) {
        to.bytes(&self.0);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.fixed("length of a peer id").map(Self)
    }
}

impl Value for Timestamp {
    fn put(&self, to: &mut Writer) {
        to.int(self.0);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.int().map(Self)
    }
}

impl Value for BlobId {
    fn put(&self, to: &mut Writer) {
        self.0.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        Digest::take(from).map(Self)
    }
}

impl Value for LooseId {
    fn put(&self, to: &mut Writer) {
        self.0.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        StatementId::take(from).map(Self)
    }
}

impl Value for ChangeId {
    fn put(&self, to: &mut Writer) {
        to.bytes(&self.0.0);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.fixed("length of a change's hash")
            .map(|bytes| Self(ChangeHash(bytes)))
    }
}

macro_rules! listed {
    ($($type:ty, $what:literal, $max:expr;)*) => {$(
        impl Item for $type {
            const WHAT: &'static str = $what;
            const MIN: usize = 0;
            const MAX: usize = $max;
        }
    )*};
}

listed! {
    Listed, "number of documents", limits::MAX_SYNC_DOCUMENTS;
    Entry, "number of entries in a vector", limits::MAX_VECTOR_ENTRIES;
    Bytes, "number of items in a message", limits::MAX_ITEMS_PER_MESSAGE;
    BlobId, "number of catalogues", limits::MAX_LISTED_BLOBS;
    LooseId, "number of loose statements", limits::MAX_LOOSE_OFFERED;
    ChangeId, "number of changes asked for", limits::MAX_CHANGES_ASKED;
}
