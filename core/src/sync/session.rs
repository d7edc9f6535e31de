//! One meeting of two devices.

mod blobs;
mod error;
mod flight;
mod knowledge;
mod loose;
mod plan;
mod receive;
mod turn;

pub use error::SessionError;

use super::ItemKind;
use super::item::{Joining, Splitting};
use super::memory::{Known, PeerMemory};
use super::source::{Peer, Source};
use super::wire::{EMPTY, Frame, Message};
use crate::id::{ChangeHash, Digest, OfficeId, PublicKey};
use crate::statement::Document;
use crate::time::Timestamp;
use blobs::{Blobs, Marks};
use knowledge::Shared;
use loose::Loose;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use turn::Turn;

/// Which documents a device follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wants {
    /// Every document of the office: a steward, a relay.
    All,
    /// These: a phone follows authority, this month's ledger and the next.
    Only(BTreeSet<Document>),
}

impl Wants {
    /// Whether `document` is followed.
    pub fn include(&self, document: Document) -> bool {
        match self {
            Self::All => true,
            Self::Only(documents) => documents.contains(&document),
        }
    }
}

/// How a session starts.
#[derive(Clone, Debug)]
pub struct SessionConfig {
    /// Which documents this device follows.
    pub wants: Wants,
    /// What was remembered of the peer. Of another peer than answers, it is only useless.
    pub remembered: Option<PeerMemory>,
}

/// What came from the peer, to be applied in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// The peer has said who it is.
    Greeting(Greeting),
    /// An envelope: verify, check, apply.
    Envelope(Arc<[u8]>),
    /// A statement this device did not know: verify, admit or carry.
    Statement(Arc<[u8]>),
    /// A catalogue or a text: keep it if its SHA-256 is published, or named by a proposal.
    Blob(Arc<[u8]>),
    /// What a steward answers to this device's orders.
    Answer(Arc<[u8]>),
}

/// How a peer introduces itself. Nothing proves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Who it says it is.
    pub peer: Peer,
    /// Its office; none when it has not joined one yet.
    pub office: Option<OfficeId>,
    /// The time there.
    pub clock: Timestamp,
}

impl Greeting {
    /// Reads the greeting of a first message: a relay for many offices needs it to tell which [`Source`] is meant.
    pub fn peek(message: &[u8]) -> Option<Self> {
        match Frame::decode(message).ok()?.message {
            Message::Hello(hello) => Some(Self::of(&hello)),
            _ => None,
        }
    }

    fn of(hello: &super::wire::Hello) -> Self {
        Self {
            peer: Peer {
                id: hello.peer,
                steward: hello.steward,
            },
            office: hello.office,
            clock: hello.clock,
        }
    }
}

/// One meeting of two devices: see the [module](super) for how the sides take turns.
///
/// For each message that arrives: [`receive`](Self::receive), apply what came and make it durable,
/// [`poll`](Self::poll), send. `poll` acknowledges, so a device that could not keep what came drops the session
/// instead. Nothing is repeated within a session: when an answer stays away, drop it and open another. `poll` again
/// whenever the device has news, and the session goes on for as long as the connection does.
#[derive(Debug, Clone)]
pub struct Session {
    wants: Wants,
    ended: bool,
    opener: bool,
    greeted: bool,
    heard: Option<Heard>,
    remembered: Option<PeerMemory>,
    documents: BTreeMap<Document, Shared>,
    blobs_there: BTreeSet<Digest>,
    more_blobs_there: Marks,
    loose: Loose,
    /// Whose orders were answered here.
    answered: BTreeSet<PublicKey>,
    /// Changes we asked for by name.
    asked: BTreeSet<ChangeHash>,
    /// Changes the peer asked for by name, to be sent.
    lacked: BTreeSet<ChangeHash>,
    turn: Turn,
    joining: Joining,
    queue: VecDeque<(ItemKind, Arc<[u8]>)>,
    splitting: Option<Splitting>,
}

/// What the peer's greeting said.
#[derive(Debug, Clone, Copy)]
struct Heard {
    peer: Peer,
    wants_all: bool,
}

impl Session {
    /// A session that has sent nothing yet. One side [`open`](Self::open)s; if both do, nothing breaks.
    pub fn new(config: SessionConfig) -> Self {
        let remembered = config.remembered;
        let documents = remembered.iter().flat_map(|memory| &memory.documents);
        Self {
            wants: config.wants,
            ended: false,
            opener: false,
            greeted: false,
            heard: None,
            documents: documents
                .map(|(document, known)| (*document, Shared::remembered(known)))
                .collect(),
            blobs_there: remembered.iter().flat_map(|m| &m.blobs).copied().collect(),
            more_blobs_there: Marks::default(),
            loose: Loose::remembered(remembered.as_ref()),
            answered: BTreeSet::new(),
            remembered,
            asked: BTreeSet::new(),
            lacked: BTreeSet::new(),
            turn: Turn::default(),
            joining: Joining::default(),
            queue: VecDeque::new(),
            splitting: None,
        }
    }

    /// The first messages: the greeting and, to a peer remembered, what it lacked when last seen.
    pub fn open(&mut self, source: &dyn Source) -> Vec<Vec<u8>> {
        self.opener = true;
        self.poll(source)
    }

    /// Takes one message. Give it to this session once it has come whole, in any order, repeatedly or not at all.
    ///
    /// Apply what is returned before [`poll`](Self::poll). After an error the session is over: it takes and gives
    /// nothing more, and what it returned before stays valid.
    pub fn receive(
        &mut self,
        message: &[u8],
        source: &dyn Source,
    ) -> Result<Vec<Incoming>, SessionError> {
        if self.ended {
            return Err(SessionError::Ended);
        }
        let taken = self.take(message, source);
        self.ended = taken.is_err();
        taken
    }

    /// What to send now: nothing while it is the other side's turn, or when there is nothing to say.
    pub fn poll(&mut self, source: &dyn Source) -> Vec<Vec<u8>> {
        if self.ended || !self.turn.is_ours(self.opener) {
            return Vec::new();
        }
        self.plan(source)
    }

    /// Whether the peer has said all that it had to say before an answer.
    pub(crate) fn is_heard_out(&self) -> bool {
        self.turn.is_ours(self.opener) && !self.turn.owes_an_answer()
    }

    /// Who the peer says it is; none before its greeting.
    pub fn peer(&self) -> Option<Peer> {
        self.heard.map(|heard| heard.peer)
    }

    /// Whether, for all this side knows, neither lacks what the other has.
    pub fn is_complete(&self, source: &dyn Source) -> bool {
        let Some(heard) = self.heard.filter(|_| !self.ended) else {
            return false;
        };
        let ours = Peer {
            id: source.id(),
            steward: source.is_steward(),
        };
        // What one of both is not given, it does not lack.
        let is_for_both = |document: &Document| {
            source.may_have(*document, &heard.peer) && source.may_have(*document, &ours)
        };
        let nothing_under_way =
            self.queue.is_empty() && self.splitting.is_none() && !self.turn.is_under_way();
        let documents = source
            .documents()
            .into_iter()
            .chain(self.documents.keys().copied());
        nothing_under_way
            && self.unasked(source).is_empty()
            && self.loose.unsent(source, &heard.peer).next().is_none()
            && self.has_all_blobs(source, &heard.peer)
            && documents
                .collect::<BTreeSet<_>>()
                .into_iter()
                .filter(is_for_both)
                .all(|document| {
                    let Some(shared) = self.documents.get(&document) else {
                        return !heard.wants_all;
                    };
                    let (digest, vector) = (heads(source, document), source.vector(document));
                    shared.digest == Some(digest)
                        || ((!shared.has(heard)
                            || !self.wants.include(document)
                            || shared.lacks_nothing(&vector))
                            && (!shared.wants(heard) || shared.has_all(&vector)))
                })
    }

    fn has_all_blobs(&self, source: &dyn Source, peer: &Peer) -> bool {
        let (there, said) = (&self.blobs_there, self.more_blobs_there);
        Blobs::of(source).are_at(there, said, peer, source)
    }

    /// What to remember of the peer until the next session; none before its greeting.
    pub fn memory(&self, source: &dyn Source) -> Option<PeerMemory> {
        let heard = self.heard?;
        let documents = self.documents.iter().filter_map(|(document, shared)| {
            let digest = heads(source, *document);
            let vector = source.vector(*document);
            let equal = shared.digest == Some(digest);
            let known = if equal || (shared.lacks_nothing(&vector) && shared.has_all(&vector)) {
                Known {
                    digest,
                    vector,
                    common: true,
                }
            } else {
                Known {
                    digest: shared.digest?,
                    vector: shared.told.clone(),
                    common: false,
                }
            };
            shared.wants(heard).then_some((*document, known))
        });
        let (loose, sent, seen) = self.loose.memory(source, &heard.peer);
        Some(PeerMemory {
            peer: heard.peer,
            documents: documents.collect(),
            blobs: Blobs::of(source)
                .all_told()
                .filter(|blob| self.blobs_there.contains(blob))
                .collect(),
            loose,
            sent,
            seen,
        })
    }

    /// What a peer not heard from yet is taken to be.
    fn presumed_peer(&self) -> Option<Peer> {
        self.peer()
            .or(self.remembered.as_ref().map(|memory| memory.peer))
    }

    /// What is known of the peer's copy: nothing before its greeting; after it, that it has no change not listed.
    fn shared_mut(&mut self, document: Document) -> &mut Shared {
        let greeted = self.heard.is_some();
        self.documents.entry(document).or_insert_with(|| {
            if greeted {
                Shared::unheard_of()
            } else {
                Shared::default()
            }
        })
    }

    fn entries_of_vectors(&self) -> usize {
        self.documents
            .values()
            .map(|shared| shared.told.len())
            .sum()
    }
}

/// A document's digest, [`EMPTY`] when it has no change.
fn heads(source: &dyn Source, document: Document) -> Digest {
    source.heads(document).unwrap_or(EMPTY)
}
