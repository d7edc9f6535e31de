//! A device as simple as can be: documents are sets of changes with (actor, seq) and dependencies.

use crate::cbor::{CborError, Reader, Writer};
use crate::id::{Digest, OfficeId, PublicKey, StatementId};
use crate::limits;
use crate::statement::Document;
use crate::statement::field::Value;
use crate::sync::{
    Actor, Batch, Incoming, ItemKind, Peer, PeerId, PeerMemory, Session, SessionConfig,
    SessionError, Source, Vector, Wants,
};
use crate::time::{Month, Timestamp};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) fn ledger(month: u32) -> Document {
    Document::Ledger(Month::new(2026, month).unwrap())
}

pub(super) fn sha(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Content and the hash of it: stands in for a signature.
pub(super) fn sealed(content: &[u8]) -> Vec<u8> {
    [content, &sha(content)].concat()
}

fn unsealed(bytes: &[u8]) -> Option<&[u8]> {
    let (content, seal) = bytes.split_last_chunk::<32>()?;
    (sha(content) == *seal).then_some(content)
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Change {
    document: Document,
    actor: Actor,
    seq: u64,
    needs: Vector,
    payload: Vec<u8>,
}

impl Change {
    fn envelope(&self) -> Arc<[u8]> {
        let mut out = Writer::new();
        self.document.put(&mut out);
        out.bytes(&self.actor)
            .uint(self.seq)
            .bytes(&self.payload)
            .map(self.needs.len());
        for (actor, seq) in self.needs.iter() {
            out.bytes(actor).uint(seq);
        }
        sealed(&out.into_bytes()).into()
    }

    fn open(bytes: &[u8]) -> Option<Self> {
        Self::read(unsealed(bytes)?).ok()
    }

    fn read(content: &[u8]) -> Result<Self, CborError> {
        let mut from = Reader::new(content);
        let document = Document::take(&mut from)?;
        let (actor, seq) = (from.fixed("actor")?, from.uint()?);
        let payload = from.bytes()?.to_vec();
        let needs = from.map("needs", 1000)?;
        let needs = (0..needs)
            .map(|_| Ok((from.fixed("actor")?, from.uint()?)))
            .collect::<Result<_, CborError>>()?;
        Ok(Self {
            document,
            actor,
            seq,
            needs,
            payload,
        })
    }
}

#[derive(Clone, Debug)]
pub(super) struct Device {
    pub(super) id: PeerId,
    pub(super) office: Option<OfficeId>,
    pub(super) steward: bool,
    pub(super) wants: Wants,
    pub(super) documents: BTreeMap<Document, Vec<Change>>,
    pub(super) loose: BTreeMap<StatementId, Arc<[u8]>>,
    pub(super) admitted: BTreeSet<StatementId>,
    pub(super) catalogues: BTreeMap<Digest, Arc<[u8]>>,
    pub(super) memories: BTreeMap<PeerId, PeerMemory>,
    waiting: BTreeSet<Change>,
    /// Envelopes, catalogues and texts that came although they were here.
    pub(super) repeated: usize,
    /// Who ordered by which statement, as far as it was judged here.
    pub(super) orders: BTreeMap<StatementId, PublicKey>,
    /// Whom this one was told to tell something, for all that it can open.
    pub(super) answered: Vec<PublicKey>,
    pub(super) clock: Timestamp,
}

impl Device {
    pub(super) fn steward(name: u8) -> Self {
        Self {
            id: PeerId([name; 32]),
            office: Some(OfficeId([7; 32])),
            steward: true,
            wants: Wants::All,
            documents: BTreeMap::new(),
            loose: BTreeMap::new(),
            admitted: BTreeSet::new(),
            catalogues: BTreeMap::new(),
            memories: BTreeMap::new(),
            waiting: BTreeSet::new(),
            repeated: 0,
            orders: BTreeMap::new(),
            answered: Vec::new(),
            clock: Timestamp(1_795_510_800),
        }
    }

    pub(super) fn phone(name: u8) -> Self {
        Self {
            steward: false,
            wants: Wants::Only(BTreeSet::from([
                Document::Authority,
                ledger(11),
                ledger(12),
            ])),
            ..Self::steward(name)
        }
    }

    /// Writes a change of this device's own.
    pub(super) fn write(&mut self, document: Document, payload: &[u8]) {
        let actor = [self.id.0[0]; 16];
        let needs = self.vector(document);
        let seq = needs.get(&actor) + 1;
        let change = Change {
            document,
            actor,
            seq,
            needs,
            payload: payload.to_vec(),
        };
        self.documents.entry(document).or_default().push(change);
    }

    /// Makes a statement that waits for a steward.
    pub(super) fn say(&mut self, text: &str) -> StatementId {
        let bytes = sealed(text.as_bytes());
        let id = StatementId(sha(&bytes));
        self.loose.insert(id, bytes.into());
        id
    }

    /// A steward puts what waits into a ledger.
    pub(super) fn admit(&mut self) {
        for (id, bytes) in std::mem::take(&mut self.loose) {
            self.admitted.insert(id);
            self.write(ledger(11), &bytes);
        }
    }

    pub(super) fn publish(&mut self, bytes: &[u8]) {
        self.catalogues.insert(Digest(sha(bytes)), bytes.into());
    }

    pub(super) fn apply(&mut self, incoming: Vec<Incoming>) {
        for item in incoming {
            match item {
                Incoming::Greeting(_) => {}
                Incoming::Answer(holder) => {
                    let holder = holder[..].try_into().map(PublicKey);
                    self.answered.extend(holder);
                }
                Incoming::Envelope(bytes) => {
                    let Some(change) = Change::open(&bytes) else {
                        continue;
                    };
                    if self.vector(change.document).get(&change.actor) >= change.seq {
                        self.repeated += 1;
                    } else if self.waiting.len() < 1000 {
                        self.waiting.insert(change);
                        self.settle();
                    }
                }
                Incoming::Statement(bytes) => {
                    if let Some(id) = self.statement_id(&bytes) {
                        self.loose.insert(id, bytes);
                    }
                }
                Incoming::Blob(bytes) => {
                    if unsealed(&bytes).is_some() {
                        let known = self.catalogues.insert(Digest(sha(&bytes)), bytes);
                        self.repeated += usize::from(known.is_some());
                    }
                }
            }
        }
    }

    fn settle(&mut self) {
        while let Some(change) = self.waiting.iter().find(|c| self.is_ready(c)).cloned() {
            self.waiting.remove(&change);
            if let Some(id) = self.statement_id(&change.payload) {
                self.loose.remove(&id);
                self.admitted.insert(id);
            }
            self.documents
                .entry(change.document)
                .or_default()
                .push(change);
        }
    }

    fn is_ready(&self, change: &Change) -> bool {
        let vector = self.vector(change.document);
        vector.get(&change.actor) + 1 == change.seq && vector.covers(&change.needs)
    }

    /// Everything that sync is to make equal, for the documents `with` follows as well.
    pub(super) fn content(
        &self,
        with: &Wants,
    ) -> (BTreeMap<Document, BTreeSet<Change>>, BTreeSet<StatementId>) {
        let documents = self.documents.iter().filter(|(d, changes)| {
            self.wants.include(**d) && with.include(**d) && !changes.is_empty()
        });
        let documents = documents.map(|(d, changes)| (*d, changes.iter().cloned().collect()));
        (documents.collect(), self.loose.keys().copied().collect())
    }

    pub(super) fn session(&self, with: &Self) -> Session {
        Session::new(SessionConfig {
            wants: self.wants.clone(),
            remembered: self.memories.get(&with.id).cloned(),
        })
    }

    /// Takes messages as a device does: apply each, then answer.
    pub(super) fn hear(
        &mut self,
        session: &mut Session,
        messages: Vec<Vec<u8>>,
    ) -> Result<(), SessionError> {
        for message in messages {
            let incoming = session.receive(&message, self)?;
            self.apply(incoming);
        }
        Ok(())
    }

    pub(super) fn remember(&mut self, session: &Session) {
        if let Some(memory) = session.memory(self) {
            let memory = PeerMemory::from_bytes(&memory.to_bytes()).unwrap();
            self.memories.insert(memory.peer.id, memory);
        }
    }
}

impl Source for Device {
    fn id(&self) -> PeerId {
        self.id
    }

    fn office(&self) -> Option<OfficeId> {
        self.office
    }

    fn is_steward(&self) -> bool {
        self.steward
    }

    fn now(&self) -> Timestamp {
        self.clock
    }

    fn documents(&self) -> Vec<Document> {
        self.documents.keys().copied().collect()
    }

    fn heads(&self, document: Document) -> Option<Digest> {
        let vector = self.vector(document);
        let bytes: Vec<u8> = vector
            .iter()
            .flat_map(|(a, seq)| [&a[..], &seq.to_be_bytes()].concat())
            .collect();
        (!vector.is_empty()).then(|| Digest(sha(&bytes)))
    }

    fn vector(&self, document: Document) -> Vector {
        let changes = self.documents.get(&document).into_iter().flatten();
        changes.map(|change| (change.actor, change.seq)).collect()
    }

    fn envelopes_since(&self, document: Document, known: &Vector, max_bytes: usize) -> Batch {
        let mut batch = Batch {
            envelopes: Vec::new(),
            covers: known.clone(),
        };
        let mut bytes = 0;
        for change in self.documents.get(&document).into_iter().flatten() {
            if known.get(&change.actor) >= change.seq {
                continue;
            }
            if bytes > 0 && bytes + change.payload.len() > max_bytes {
                break;
            }
            bytes += change.payload.len() + 100;
            batch.envelopes.push(change.envelope());
            batch.covers.advance(change.actor, change.seq);
        }
        batch
    }

    fn loose(&self, _: &Peer) -> Vec<StatementId> {
        self.loose.keys().copied().collect()
    }

    fn seal(&self, plain: &[u8], peer: &Peer) -> Option<Vec<u8>> {
        Some(sealed(&[&peer.id.0, plain].concat()))
    }

    fn open(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        unsealed(bytes)?
            .strip_prefix(&self.id.0)
            .map(<[u8]>::to_vec)
    }

    fn ordered(&self, order: &StatementId) -> Option<PublicKey> {
        self.orders.get(order).copied()
    }

    /// Only the phone of these tests orders.
    fn answer(&self, holder: &PublicKey) -> Option<Vec<u8>> {
        let phone = Peer {
            id: PeerId([9; 32]),
            steward: false,
        };
        self.seal(&ItemKind::Answer.enclose(&holder.0), &phone)
    }

    fn loose_item(&self, id: &StatementId) -> Option<(Document, Arc<[u8]>)> {
        Some((ledger(11), self.loose.get(id)?.clone()))
    }

    fn knows(&self, id: &StatementId) -> bool {
        self.loose.contains_key(id) || self.admitted.contains(id)
    }

    fn statement_id(&self, bytes: &[u8]) -> Option<StatementId> {
        unsealed(bytes).map(|_| StatementId(sha(bytes)))
    }

    fn blobs(&self) -> Vec<Digest> {
        self.catalogues.keys().copied().collect()
    }

    fn blob(&self, digest: &Digest) -> Option<Arc<[u8]>> {
        self.catalogues.get(digest).cloned()
    }
}

/// What a meeting took.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) flights: usize,
    pub(super) messages: usize,
    pub(super) bytes: usize,
}

/// Lets two devices meet over a link that may do to each flight whatever it likes. `a` opens.
pub(super) fn meet_over(
    a: &mut Device,
    b: &mut Device,
    link: &mut dyn FnMut(Vec<Vec<u8>>) -> Vec<Vec<u8>>,
) -> Result<(Meeting, Session, Session), SessionError> {
    let (mut at_a, mut at_b) = (a.session(b), b.session(a));
    let mut meeting = Meeting::default();
    let mut flight = at_a.open(a);
    let mut from_a = true;
    let mut silent = 0;
    while silent < 2 {
        silent = if flight.is_empty() { silent + 1 } else { 0 };
        meeting.flights += usize::from(!flight.is_empty());
        meeting.messages += flight.len();
        let bytes: usize = flight.iter().map(Vec::len).sum();
        meeting.bytes += bytes;
        assert!(
            bytes <= limits::MAX_FLIGHT_BYTES + 2 * limits::MAX_MESSAGE_BYTES,
            "{bytes} bytes in a flight"
        );
        assert!(
            flight
                .iter()
                .all(|message| message.len() <= limits::MAX_MESSAGE_BYTES)
        );
        assert!(meeting.flights < 1000, "they never stop talking");
        let (hearer, session) = if from_a {
            (&mut *b, &mut at_b)
        } else {
            (&mut *a, &mut at_a)
        };
        hearer.hear(session, link(flight))?;
        flight = session.poll(hearer);
        from_a = !from_a;
    }
    Ok((meeting, at_a, at_b))
}

/// Lets two devices meet over a good link and remember one another. `a` opens.
pub(super) fn meet(a: &mut Device, b: &mut Device) -> Meeting {
    let (meeting, at_a, at_b) = meet_over(a, b, &mut |flight| flight).unwrap();
    assert!(
        at_a.is_complete(a),
        "the opener knows that nothing is missing"
    );
    assert!(
        at_b.is_complete(b),
        "the other knows that nothing is missing"
    );
    a.remember(&at_a);
    b.remember(&at_b);
    meeting
}

pub(super) fn assert_same(a: &Device, b: &Device) {
    let (of_a, of_b) = (a.content(&b.wants), b.content(&a.wants));
    assert_eq!(
        of_a.0.keys().collect::<Vec<_>>(),
        of_b.0.keys().collect::<Vec<_>>()
    );
    assert!(of_a.0 == of_b.0, "changes differ");
    assert_eq!(of_a.1, of_b.1, "loose statements differ");
    let catalogues = |d: &Device| d.catalogues.keys().copied().collect::<Vec<_>>();
    assert_eq!(catalogues(a), catalogues(b));
}
