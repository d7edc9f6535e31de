use super::super::item::Splitting;
use super::super::wire::{
    BlobId, ChangeId, EMPTY, Have, Hello, Lack, Listed, LooseId, Message, Offer, PROTOCOL, Want,
};
use super::super::{ItemKind, Peer, PeerId, Source};
use super::blobs::{Blobs, first_by_turn};
use super::flight::{Flight, MAX_WHOLE};
use super::{Session, Wants, heads};
use crate::id::{ChangeHash, PublicKey, StatementId};
use crate::limits::{
    MAX_CHANGES_ASKED, MAX_ITEM_BYTES, MAX_LOOSE_OFFERED, MAX_LOOSE_PUSHED, MAX_SYNC_DOCUMENTS,
};
use crate::statement::Document;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Bytes an id, a listed document or an entry of a vector takes in a message, about.
const ENTRY_BYTES: usize = 48;

/// Whoever answers a first greeting.
const STRANGER: Peer = Peer {
    id: PeerId([0; 32]),
    steward: false,
};

impl Session {
    /// The next flight: empty when there is nothing to say.
    pub(super) fn plan(&mut self, source: &dyn Source) -> Vec<Vec<u8>> {
        let mut flight = Flight::new();
        let mut pushed = Vec::new();
        let documents = self.shared_documents(source);
        if !self.greeted {
            self.greeted = true;
            let hello = self.hello(source, &documents);
            flight.push(
                Message::Hello(hello),
                documents.len().saturating_mul(ENTRY_BYTES),
            );
        }
        for document in &documents {
            self.tell(*document, source, &mut flight);
        }
        self.ask(&mut flight);
        self.ask_for_missing(source, &mut flight);
        let offers_left = self.offer(source, &mut flight);
        let full = self
            .fill(source, &documents, &mut flight, &mut pushed)
            .is_none();
        let more = full || offers_left;
        if flight.is_empty() {
            if !self.turn.owes_an_answer() {
                return Vec::new();
            }
            flight.push(Message::Next, 0);
        }
        let messages = flight.encode(&mut self.turn, more);
        self.turn.sent(more);
        let last = self.turn.last_seq();
        pushed.into_iter().for_each(|id| self.loose.sent(id, last));
        messages
    }

    /// Documents either side holds or follows, authority first.
    fn shared_documents(&self, source: &dyn Source) -> Vec<Document> {
        let mut seen = BTreeSet::new();
        let wanted = match &self.wants {
            Wants::Only(documents) => documents.iter().copied().collect(),
            Wants::All => Vec::new(),
        };
        let held = source.documents().into_iter().take(MAX_SYNC_DOCUMENTS);
        let told = self.documents.keys().copied();
        [Document::Authority]
            .into_iter()
            .chain(held)
            .chain(wanted)
            .chain(told)
            .filter(|d| seen.insert(*d))
            .collect()
    }

    fn hello(&mut self, source: &dyn Source, documents: &[Document]) -> Hello {
        let mut listed = Vec::new();
        for document in documents.iter().take(MAX_SYNC_DOCUMENTS) {
            let digest = heads(source, *document);
            let wanted = self.wants.include(*document);
            if digest == EMPTY {
                self.shared_mut(*document).ours_told = Some(EMPTY);
            }
            if wanted || digest != EMPTY {
                listed.push(Listed {
                    document: *document,
                    digest,
                    wanted,
                });
            }
        }
        let blobs = Blobs::of(source);
        let marks = blobs.marks();
        Hello {
            version: PROTOCOL,
            least: 1,
            office: source.office(),
            peer: source.id(),
            steward: source.is_steward(),
            clock: source.now(),
            wants_all: self.wants == Wants::All,
            documents: listed,
            blobs: blobs.all_told().map(BlobId).collect(),
            more: marks.more,
            more_internal: marks.internal,
            seen: self.remembered.as_ref().and_then(|memory| memory.seen),
        }
    }

    /// Tells the peer our vector when that is what it needs to send what we lack.
    fn tell(&mut self, document: Document, source: &dyn Source, flight: &mut Flight) {
        let peer = self.presumed_peer();
        if peer.is_none_or(|peer| !source.may_have(document, &peer)) {
            return;
        }
        let digest = heads(source, document);
        let wanted = self.wants.include(document);
        let known = self
            .remembered
            .as_ref()
            .and_then(|memory| memory.documents.get(&document));
        let needed = match (self.heard, self.documents.get_mut(&document)) {
            (Some(heard), Some(shared)) => {
                if shared.digest == Some(digest) {
                    shared.agree(source.vector(document));
                    return;
                }
                shared.has(heard)
                    && shared.digest != Some(EMPTY)
                    && !shared.lacks_nothing(&source.vector(document))
            }
            // To a peer remembered, at once: unless it can tell from the digest alone.
            (None, _) if self.remembered.is_some() => {
                digest != EMPTY && known.is_none_or(|known| !known.common || known.digest != digest)
            }
            _ => return,
        };
        let owing = self.turn.owes_an_answer();
        let shared = self.shared_mut(document);
        // In the middle of a long transfer the peer knows what comes next.
        let wait = owing && (shared.ours_told.is_some() || shared.serves_us);
        if needed && wanted && !wait && shared.ours_told != Some(digest) {
            shared.ours_told = Some(digest);
            push_have(
                Have::tell(document, digest, &source.vector(document), true),
                flight,
            );
        }
    }

    /// Asks for the loose statements that were offered and are not here.
    fn ask(&mut self, flight: &mut Flight) {
        let ids: Vec<LooseId> = std::mem::take(&mut self.loose.wanted)
            .into_iter()
            .map(LooseId)
            .collect();
        if !ids.is_empty() {
            let bytes = ids.len().saturating_mul(ENTRY_BYTES);
            flight.push(Message::Want(Want { ids }), bytes);
        }
    }

    /// Asks by name for changes that what came follows, once all that was coming has come.
    fn ask_for_missing(&mut self, source: &dyn Source, flight: &mut Flight) {
        if self.heard.is_none() || self.turn.owes_an_answer() {
            return;
        }
        let missing = self.unasked(source);
        if !missing.is_empty() {
            self.asked.extend(&missing);
            let bytes = missing.len().saturating_mul(ENTRY_BYTES);
            let changes = missing.into_iter().map(ChangeId).collect();
            flight.push(Message::Lack(Lack { changes }), bytes);
        }
    }

    /// Changes missing here that the peer was not asked for by name.
    pub(super) fn unasked(&self, source: &dyn Source) -> Vec<ChangeHash> {
        let missing = source.missing().into_iter();
        missing
            .filter(|change| !self.asked.contains(change))
            .take(MAX_CHANGES_ASKED)
            .collect()
    }

    /// Offers loose statements by id when there are many; says whether more are to be offered.
    fn offer(&mut self, source: &dyn Source, flight: &mut Flight) -> bool {
        // Ids alone may go to a stranger at once: that saves a round trip when there are many.
        let peer = self.presumed_peer().unwrap_or(STRANGER);
        let unsent: Vec<StatementId> = self.loose.unsent(source, &peer).collect();
        if unsent.len() <= MAX_LOOSE_PUSHED {
            return false;
        }
        let offered = unsent.get(..MAX_LOOSE_OFFERED).unwrap_or(&unsent);
        self.loose.offer(offered);
        let ids = offered.iter().copied().map(LooseId).collect();
        flight.push(
            Message::Offer(Offer { ids }),
            offered.len().saturating_mul(ENTRY_BYTES),
        );
        offered.len() < unsent.len()
    }

    /// Fills the flight with what the peer lacks; `None` when it is full and there may be more.
    fn fill(
        &mut self,
        source: &dyn Source,
        documents: &[Document],
        flight: &mut Flight,
        pushed: &mut Vec<StatementId>,
    ) -> Option<()> {
        self.drain(flight)?;
        let Some(peer) = self.presumed_peer() else {
            return Some(());
        };
        if !self.lacked.is_empty() {
            let envelopes = source.envelopes_with(&std::mem::take(&mut self.lacked));
            for (document, bytes) in envelopes {
                self.enqueue(ItemKind::Envelope, document, bytes, source);
            }
            self.drain(flight)?;
        }
        let (first, rest) = documents.split_at(1.min(documents.len()));
        for document in first {
            self.send(*document, source, flight)?;
        }
        let blobs = Blobs::of(source);
        self.send_blobs(&blobs.told, source, flight)?;
        self.send_internal(&blobs.internal, &peer, source, flight)?;
        for document in rest {
            self.send(*document, source, flight)?;
        }
        if self.loose.is_asked() {
            let allowed: BTreeSet<StatementId> = source.loose(&peer).into_iter().collect();
            while self.loose.is_asked() {
                (flight.room() > 0).then_some(())?;
                let asked = self.loose.next_asked().filter(|id| allowed.contains(id));
                self.push_loose(asked, source, flight, pushed)?;
            }
        }
        let unsent: Vec<StatementId> = self.loose.unsent(source, &peer).collect();
        if unsent.len() <= MAX_LOOSE_PUSHED {
            for id in unsent {
                (flight.room() > 0).then_some(())?;
                self.push_loose(Some(id), source, flight, pushed)?;
            }
        }
        self.answer(&peer, source, flight)?;
        self.send_more_blobs(&blobs, &peer, source, flight)
    }

    /// Tells a phone what there is to tell whoever has made the orders that it brought: once for each, and whatever came
    /// of them. Only who has ordered can open it. There are as many as there are orders sent without asking first, by
    /// turns: the time says who comes first.
    fn answer(&mut self, peer: &Peer, source: &dyn Source, flight: &mut Flight) -> Option<()> {
        if peer.steward || !source.is_steward() {
            return Some(());
        }
        let orders = self.loose.at_peer().filter_map(|id| source.ordered(id));
        let holders: BTreeSet<PublicKey> = orders.collect();
        let first = first_by_turn(source, holders.len());
        let turns = holders.iter().skip(first).chain(holders.iter().take(first));
        for holder in turns.copied() {
            if self.answered.len() >= MAX_LOOSE_PUSHED || self.answered.contains(&holder) {
                continue;
            }
            (flight.room() > 0).then_some(())?;
            self.answered.insert(holder);
            if let Some(sealed) = source.answer(&holder) {
                self.queue.push_back((ItemKind::Sealed, sealed.into()));
            }
            self.drain(flight)?;
        }
        Some(())
    }

    /// Sends a loose statement. There is room, and statements are short: it goes into this flight.
    fn push_loose(
        &mut self,
        id: Option<StatementId>,
        source: &dyn Source,
        flight: &mut Flight,
        pushed: &mut Vec<StatementId>,
    ) -> Option<()> {
        if let Some((id, (document, bytes))) = id.and_then(|id| Some((id, source.loose_item(&id)?)))
        {
            self.enqueue(ItemKind::Statement, document, bytes, source);
            pushed.push(id);
        }
        self.drain(flight)
    }

    /// Puts an item of a document in line; what is internal, sealed to whom the peer says it is.
    fn enqueue(&mut self, kind: ItemKind, of: Document, bytes: Arc<[u8]>, source: &dyn Source) {
        if !of.is_internal() {
            self.queue.push_back((kind, bytes));
            return;
        }
        let peer = self.presumed_peer();
        let sealed = peer
            .filter(|peer| source.may_have(of, peer))
            .and_then(|peer| source.seal(&kind.enclose(&bytes), &peer));
        if let Some(sealed) = sealed {
            self.queue.push_back((ItemKind::Sealed, sealed.into()));
        }
    }

    /// Sends the changes of one document that the peer lacks.
    fn send(&mut self, document: Document, source: &dyn Source, flight: &mut Flight) -> Option<()> {
        let digest = heads(source, document);
        if digest == EMPTY {
            return Some(());
        }
        let peer = self.presumed_peer();
        if peer.is_none_or(|peer| !source.may_have(document, &peer)) {
            return Some(());
        }
        let heard = self.heard;
        if heard.is_some_and(|heard| heard.wants_all) {
            self.shared_mut(document);
        }
        let Some(shared) = self.documents.get_mut(&document) else {
            return Some(());
        };
        if !shared.presumed_wanted(heard)
            || shared.digest == Some(digest)
            || shared.exhausted == Some(digest)
        {
            return Some(());
        }
        let ours = source.vector(document);
        let Some(before) = shared.assumed.clone() else {
            return Some(());
        };
        // First what is coming, so that the peer knows what we have even if it gets no further.
        let news = ours.beyond(&before);
        if !news.is_empty() && shared.ours_told != Some(digest) && shared.news_told != Some(digest)
        {
            shared.news_told = Some(digest);
            push_have(Have::tell(document, digest, &news, false), flight);
        }
        let mut known = before;
        let mut ended = Some(());
        while !known.covers(&ours) {
            if flight.room() == 0 {
                ended = None;
                break;
            }
            let batch = source.envelopes_since(document, &known, flight.room());
            let advances = !known.covers(&batch.covers);
            known.join(&batch.covers);
            for bytes in batch.envelopes {
                self.enqueue(ItemKind::Envelope, document, bytes, source);
            }
            ended = self.drain(flight);
            if !advances {
                // Nothing to be had, although the vectors differ: not tried again before something changes.
                self.shared_mut(document).exhausted = Some(digest);
                break;
            }
            if ended.is_none() {
                break;
            }
        }
        self.shared_mut(document).assumed = Some(known);
        ended
    }

    /// Moves the queue into the flight; `None` when the flight is full before the queue is empty.
    pub(super) fn drain(&mut self, flight: &mut Flight) -> Option<()> {
        loop {
            while let Some(splitting) = &mut self.splitting {
                if flight.room() == 0 {
                    return None;
                }
                match splitting.next() {
                    Some(part) => {
                        let bytes = part.bytes.0.len();
                        flight.push(Message::Part(part), bytes);
                    }
                    None => self.splitting = None,
                }
            }
            if !self.queue.is_empty() && flight.room() == 0 {
                return None;
            }
            match self.queue.pop_front() {
                // The other side would refuse it; the source promised that there is none.
                Some((_, bytes)) if bytes.len() > MAX_ITEM_BYTES => {}
                Some((kind, bytes)) if bytes.len() > MAX_WHOLE => {
                    self.splitting = Some(Splitting::new(kind, bytes))
                }
                Some((kind, bytes)) => flight.item(kind, bytes),
                None => return Some(()),
            }
        }
    }
}

fn push_have(haves: Vec<Have>, flight: &mut Flight) {
    for have in haves {
        let bytes = have.vector.len().saturating_mul(ENTRY_BYTES);
        flight.push(Message::Have(have), bytes);
    }
}
