use super::super::item::digest;
use super::super::wire::{Frame, Have, Hello, Items, Message, PROTOCOL};
use super::super::{ItemKind, Source};
use super::blobs::Marks;
use super::{Greeting, Heard, Incoming, Session, SessionError};
use crate::limits::{
    MAX_CHANGES_ASKED, MAX_LISTED_BLOBS, MAX_MESSAGE_BYTES, MAX_PEER_DOCUMENTS,
    MAX_PEER_VECTOR_ENTRIES,
};
use std::sync::Arc;

impl Session {
    pub(super) fn take(
        &mut self,
        message: &[u8],
        source: &dyn Source,
    ) -> Result<Vec<Incoming>, SessionError> {
        if message.len() > MAX_MESSAGE_BYTES {
            return Err(SessionError::TooLong {
                bytes: message.len(),
            });
        }
        let frame = Frame::decode(message)?;
        let incoming = match frame.message {
            Message::Hello(hello) => self.greet(&hello, source)?,
            Message::Have(have) => self.told(frame.seq, &have)?,
            Message::Items(items) => self.items(items, source),
            Message::Part(part) => match self.joining.take(part)? {
                Some((kind, bytes)) => self.item(kind, bytes, source).into_iter().collect(),
                None => Vec::new(),
            },
            Message::Offer(offer) => {
                // An offer that overtook the greeting waits for the next meeting.
                if let Some(peer) = self.presumed_peer() {
                    let ids = offer.ids.into_iter().map(|id| id.0);
                    self.loose.offered_to_us(ids, source, &peer);
                }
                Vec::new()
            }
            Message::Want(want) => {
                self.loose.asked_for(want.ids.into_iter().map(|id| id.0));
                Vec::new()
            }
            Message::Lack(lack) => {
                let room = MAX_CHANGES_ASKED.saturating_sub(self.lacked.len());
                let asked = lack.changes.into_iter().map(|id| id.0);
                self.lacked.extend(asked.take(room));
                Vec::new()
            }
            Message::Next | Message::Unknown => Vec::new(),
        };
        self.loose.acknowledged(frame.ack);
        self.turn.hear(frame.seq, frame.end, frame.more);
        Ok(incoming)
    }

    fn greet(&mut self, hello: &Hello, source: &dyn Source) -> Result<Vec<Incoming>, SessionError> {
        if hello.least > PROTOCOL {
            return Err(SessionError::NewerProtocol { least: hello.least });
        }
        if let (Some(ours), Some(theirs)) = (source.office(), hello.office)
            && ours != theirs
        {
            return Err(SessionError::OtherOffice { ours, theirs });
        }
        if self.heard.is_some() {
            return Ok(Vec::new());
        }
        let greeting = Greeting::of(hello);
        self.heard = Some(Heard {
            peer: greeting.peer,
            wants_all: hello.wants_all,
        });
        // Another peer answers than was remembered: nothing is known of it.
        if self
            .remembered
            .as_ref()
            .is_some_and(|memory| memory.peer.id != greeting.peer.id)
        {
            self.remembered = None;
            self.documents.clear();
            self.loose = Default::default();
        }
        self.documents
            .values_mut()
            .for_each(|shared| shared.unlist());
        for listed in &hello.documents {
            let known = self
                .remembered
                .as_ref()
                .and_then(|memory| memory.documents.get(&listed.document));
            let shared = self.documents.entry(listed.document).or_default();
            shared.list(listed, known, self.greeted);
        }
        self.documents
            .values_mut()
            .for_each(|shared| shared.empty_unless_listed());
        self.blobs_there = hello.blobs.iter().map(|blob| blob.0).collect();
        self.more_blobs_there = Marks::of(hello);
        if let Some(memory) = &self.remembered {
            self.loose.confirm_last(memory, hello.seen);
        }
        Ok(vec![Incoming::Greeting(greeting)])
    }

    fn told(&mut self, seq: u32, have: &Have) -> Result<Vec<Incoming>, SessionError> {
        let known = self.documents.contains_key(&have.document);
        if !known && self.documents.len() >= MAX_PEER_DOCUMENTS {
            return Err(SessionError::TooManyDocuments);
        }
        let vector = have.vector();
        let memory = self.remembered.as_ref();
        let known_before = memory.and_then(|memory| memory.documents.get(&have.document));
        if have.whole && known_before.is_some_and(|known| !vector.covers(&known.vector)) {
            // It has less than when last seen, as after a restored backup: its loose statements may be gone too.
            self.loose.forget();
        }
        self.shared_mut(have.document).tell(seq, have, vector);
        match self.entries_of_vectors() {
            entries if entries > MAX_PEER_VECTOR_ENTRIES => {
                Err(SessionError::TooManyEntries { entries })
            }
            _ => Ok(Vec::new()),
        }
    }

    fn items(&mut self, items: Items, source: &dyn Source) -> Vec<Incoming> {
        [
            (ItemKind::Envelope, items.envelopes),
            (ItemKind::Blob, items.blobs),
            (ItemKind::Statement, items.statements),
            (ItemKind::Sealed, items.sealed),
        ]
        .into_iter()
        .flat_map(|(kind, list)| list.into_iter().map(move |bytes| (kind, bytes.0)))
        .filter_map(|(kind, bytes)| self.item(kind, bytes, source))
        .collect()
    }

    fn item(&mut self, kind: ItemKind, bytes: Arc<[u8]>, source: &dyn Source) -> Option<Incoming> {
        match kind {
            ItemKind::Envelope => Some(Incoming::Envelope(bytes)),
            ItemKind::Blob => {
                if self.blobs_there.len() < 4 * MAX_LISTED_BLOBS {
                    self.blobs_there.insert(digest(&bytes));
                }
                Some(Incoming::Blob(bytes))
            }
            ItemKind::Statement => {
                let id = source.statement_id(&bytes)?;
                self.loose.came(id);
                (!source.knows(&id)).then_some(Incoming::Statement(bytes))
            }
            // What another device is to open is nothing to this one.
            ItemKind::Sealed => {
                let plain = source.open(&bytes)?;
                match ItemKind::disclose(&plain)? {
                    (ItemKind::Answer, bytes) => Some(Incoming::Answer(bytes.into())),
                    (kind, bytes) => self.item(kind, bytes.into(), source),
                }
            }
            // Nobody is told anything in the open.
            ItemKind::Answer => None,
        }
    }
}
