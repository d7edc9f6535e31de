use super::Vector;
use super::source::{Peer, PeerId};
use super::wire::{BlobId, LooseId};
use crate::cbor::{CborError, Reader, Writer};
use crate::id::{Digest, StatementId};
use crate::limits;
use crate::statement::Document;
use crate::statement::field::{Field, Fields, Item, RawFields, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a device remembers of a peer between sessions, so that the next takes one round trip.
///
/// A hint: with a wrong one the next session takes two round trips and ends the same. Save it when a connection ends,
/// however it ends; throw it away freely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerMemory {
    /// The peer, as it called itself.
    pub peer: Peer,
    pub(super) documents: BTreeMap<Document, Known>,
    pub(super) blobs: BTreeSet<Digest>,
    /// Loose statements known to be there.
    pub(super) loose: BTreeSet<StatementId>,
    /// Loose statements sent last, which nobody has acknowledged.
    pub(super) sent: BTreeSet<StatementId>,
    /// Over the statements that came last, which acknowledges them.
    pub(super) seen: Option<Digest>,
}

/// What the peer had of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) digest: Digest,
    pub(super) vector: Vector,
    /// Whether it was the same here, as both sides saw it.
    pub(super) common: bool,
}

impl PeerMemory {
    /// Deterministic CBOR, for storing it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = Fields::default();
        fields.put(0, &self.peer.id);
        fields.put(1, &self.peer.steward);
        let documents: Vec<_> = self
            .documents
            .iter()
            .take(limits::MAX_SYNC_DOCUMENTS)
            .map(|(document, known)| Row(*document, known.clone()))
            .collect();
        fields.put(2, &documents);
        let blobs = self.blobs.iter().take(limits::MAX_LISTED_BLOBS).copied();
        fields.put(3, &blobs.map(BlobId).collect::<Vec<_>>());
        let ids = |set: &BTreeSet<StatementId>| -> Vec<LooseId> {
            set.iter()
                .take(limits::MAX_LOOSE_OFFERED)
                .copied()
                .map(LooseId)
                .collect()
        };
        fields.put(4, &ids(&self.loose));
        fields.put(5, &ids(&self.sent));
        self.seen.put_field(6, &mut fields);
        fields.into_bytes()
    }

    /// Reads what [`PeerMemory::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        let fields = RawFields::read(bytes)?;
        let ids = |key| -> Result<BTreeSet<StatementId>, CborError> {
            let ids = Vec::<LooseId>::take_field(&fields, key, "loose statements")?;
            Ok(ids.into_iter().map(|id| id.0).collect())
        };
        let documents = Vec::<Row>::take_field(&fields, 2, "documents")?;
        let blobs = Vec::<BlobId>::take_field(&fields, 3, "catalogues")?;
        Ok(Self {
            peer: Peer {
                id: PeerId::take_field(&fields, 0, "peer")?,
                steward: bool::take_field(&fields, 1, "steward")?,
            },
            documents: documents
                .into_iter()
                .map(|Row(document, known)| (document, known))
                .collect(),
            blobs: blobs.into_iter().map(|id| id.0).collect(),
            loose: ids(4)?,
            sent: ids(5)?,
            seen: Field::take_field(&fields, 6, "seen")?,
        })
    }
}

/// `[document, digest, common, {actor: seq}]`
#[derive(Clone, Debug)]
struct Row(Document, Known);

impl Value for Row {
    fn put(&self, to: &mut Writer) {
        to.array(4);
        self.0.put(to);
        self.1.digest.put(to);
        self.1.common.put(to);
        to.map(self.1.vector.len());
        for (actor, seq) in self.1.vector.iter() {
            to.bytes(actor).uint(seq);
        }
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("document remembered", 4, 4)?;
        let document = Document::take(from)?;
        let digest = Digest::take(from)?;
        let common = bool::take(from)?;
        let entries = from.map(
            "number of entries in a vector",
            limits::MAX_PEER_VECTOR_ENTRIES,
        )?;
        let entry = |_| Ok((from.fixed("length of an actor")?, from.uint()?));
        let vector = (0..entries).map(entry).collect::<Result<_, CborError>>()?;
        let known = Known {
            digest,
            vector,
            common,
        };
        Ok(Self(document, known))
    }
}

impl Item for Row {
    const WHAT: &'static str = "number of documents";
    const MIN: usize = 0;
    const MAX: usize = limits::MAX_SYNC_DOCUMENTS;
}
