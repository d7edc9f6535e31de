//! A device as small as a sync session needs: envelopes are opaque, each one change of one author.

use allkontor_core::id::{Digest, OfficeId, StatementId};
use allkontor_core::statement::{Document, Verified};
use allkontor_core::sync::{Actor, Batch, Peer, PeerId, Source, Vector};
use allkontor_core::time::Timestamp;
use sha2::Digest as _;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An envelope, with its author and its last number.
type Page = (Actor, u64, Arc<[u8]>);

/// What a device holds.
#[derive(Clone, Debug)]
pub struct Shelf {
    name: u8,
    documents: BTreeMap<Document, Vec<Page>>,
    loose: BTreeMap<StatementId, Arc<[u8]>>,
    blobs: BTreeMap<Digest, Arc<[u8]>>,
}

impl Shelf {
    /// A device with nothing. Names of 100 and more are phones.
    pub fn empty(name: u8) -> Self {
        Self {
            name,
            documents: BTreeMap::new(),
            loose: BTreeMap::new(),
            blobs: BTreeMap::new(),
        }
    }

    /// Adds `changes` envelopes of `bytes` bytes by the author of that number.
    pub fn with(mut self, document: Document, author: u8, changes: u8, bytes: usize) -> Self {
        let entries = self.documents.entry(document).or_default();
        for seq in 1..=changes {
            entries.push(([author; 16], seq.into(), vec![seq; bytes].into()));
        }
        self
    }

    /// Adds a statement that is in no document.
    pub fn with_loose(mut self, statement: &Verified) -> Self {
        self.loose.insert(statement.id(), statement.bytes().into());
        self
    }

    /// Adds a catalogue.
    pub fn with_blob(mut self, bytes: &[u8]) -> Self {
        self.blobs.insert(digest(bytes), bytes.into());
        self
    }
}

fn digest(bytes: &[u8]) -> Digest {
    Digest(sha2::Sha256::digest(bytes).into())
}

impl Source for Shelf {
    fn id(&self) -> PeerId {
        PeerId([self.name; 32])
    }

    fn office(&self) -> Option<OfficeId> {
        Some(OfficeId([7; 32]))
    }

    fn is_steward(&self) -> bool {
        self.name < 100
    }

    fn now(&self) -> Timestamp {
        Timestamp(1_795_510_800)
    }

    fn documents(&self) -> Vec<Document> {
        self.documents.keys().copied().collect()
    }

    fn heads(&self, document: Document) -> Option<Digest> {
        let entries = self.documents.get(&document)?;
        let names = entries
            .iter()
            .flat_map(|(actor, seq, _)| [&actor[..], &seq.to_be_bytes()].concat());
        Some(digest(&names.collect::<Vec<u8>>()))
    }

    fn vector(&self, document: Document) -> Vector {
        let entries = self.documents.get(&document).into_iter().flatten();
        entries.map(|(actor, seq, _)| (*actor, *seq)).collect()
    }

    fn envelopes_since(&self, document: Document, known: &Vector, max_bytes: usize) -> Batch {
        let mut batch = Batch {
            envelopes: vec![],
            covers: known.clone(),
        };
        let mut bytes = 0;
        for (actor, seq, envelope) in self.documents.get(&document).into_iter().flatten() {
            if known.get(actor) >= *seq {
                continue;
            }
            bytes += envelope.len();
            if bytes > max_bytes && !batch.envelopes.is_empty() {
                break;
            }
            batch.envelopes.push(envelope.clone());
            batch.covers.advance(*actor, *seq);
        }
        batch
    }

    fn loose(&self, _: &Peer) -> Vec<StatementId> {
        self.loose.keys().copied().collect()
    }

    fn seal(&self, plain: &[u8], peer: &Peer) -> Option<Vec<u8>> {
        Some([&peer.id.0, plain].concat())
    }

    /// Whoever names this shelf's id has sealed to it: what a fuzzer may write comes to the session's decoder.
    fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        sealed.strip_prefix(&self.id().0).map(<[u8]>::to_vec)
    }

    fn loose_item(&self, id: &StatementId) -> Option<(Document, Arc<[u8]>)> {
        Some((crate::samples::november(), self.loose.get(id)?.clone()))
    }

    fn knows(&self, id: &StatementId) -> bool {
        self.loose.contains_key(id)
    }

    fn blobs(&self) -> Vec<Digest> {
        self.blobs.keys().copied().collect()
    }

    fn blob(&self, digest: &Digest) -> Option<Arc<[u8]>> {
        self.blobs.get(digest).cloned()
    }
}
