//! Whoever says that it is another device: what is for the office's own devices is of no use to it.

use allkontor_core::id::{Digest, OfficeId, PublicKey, StatementId};
use allkontor_core::replica::{At, Command, Event};
use allkontor_core::statement::{Document, Ground, Role};
use allkontor_core::sync::{
    Batch, Incoming, Peer, PeerId, Session, SessionConfig, Source, Vector, Wants,
};
use allkontor_core::time::{OfficeDay, Timestamp};
use allkontor_tests::crew::{Crew, KIOSK};
use std::sync::Arc;

const STAFF: &str = "staff";

/// A phone that says it is a device of the office, and asks for everything.
struct Impostor<'a> {
    itself: At<'a>,
    says: PublicKey,
}

impl Source for Impostor<'_> {
    fn id(&self) -> PeerId {
        PeerId(self.says.0)
    }

    fn office(&self) -> Option<OfficeId> {
        self.itself.office()
    }

    fn is_steward(&self) -> bool {
        true
    }

    fn now(&self) -> Timestamp {
        self.itself.now()
    }

    /// It says that it has some of what it is after, so that it is told how much there is.
    fn documents(&self) -> Vec<Document> {
        let mut documents = self.itself.documents();
        documents.push(Document::People(2026));
        documents
    }

    fn heads(&self, document: Document) -> Option<Digest> {
        match document {
            Document::People(_) => Some(Digest([1; 32])),
            _ => self.itself.heads(document),
        }
    }

    fn vector(&self, document: Document) -> Vector {
        self.itself.vector(document)
    }

    fn envelopes_since(&self, document: Document, known: &Vector, max_bytes: usize) -> Batch {
        self.itself.envelopes_since(document, known, max_bytes)
    }

    fn loose(&self, peer: &Peer) -> Vec<StatementId> {
        self.itself.loose(peer)
    }

    fn loose_item(&self, id: &StatementId) -> Option<(Document, Arc<[u8]>)> {
        self.itself.loose_item(id)
    }

    fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        self.itself.open(sealed)
    }

    fn knows(&self, id: &StatementId) -> bool {
        self.itself.knows(id)
    }

    fn blobs(&self) -> Vec<Digest> {
        self.itself.blobs()
    }

    fn blob(&self, digest: &Digest) -> Option<Arc<[u8]>> {
        self.itself.blob(digest)
    }
}

/// An office whose staff have suspended somebody: the office, and whom.
fn office() -> (Crew, PublicKey) {
    let mut crew = Crew::new();
    crew.steward(STAFF, Role::Staff);
    let holder = PublicKey([9; 32]);
    suspend(&mut crew, STAFF, holder);
    (crew, holder)
}

fn suspend(crew: &mut Crew, name: &str, holder: PublicKey) {
    let suspend = Command::Suspend {
        holder,
        until: OfficeDay::from_date("2026-11-30".parse().unwrap()).unwrap(),
        ground: Ground::Conduct,
    };
    crew.command(name, suspend).unwrap();
}

/// Meets the staff's device under the name of `says`: everything that came over the wire, and what it could read.
fn meet_staff_as(
    crew: &mut Crew,
    says: PublicKey,
    remembered: bool,
) -> (Vec<Vec<u8>>, Vec<Incoming>) {
    let now = crew.now;
    let config = |remembered| SessionConfig {
        wants: Wants::All,
        remembered,
    };
    let before = remembered.then(|| {
        let (phone, staff) = (&crew.devices["bo"], &crew.devices[STAFF]);
        let mut session = Session::new(config(None));
        let mut other = Session::new(config(None));
        let itself = phone.at(now);
        for message in other.open(&Impostor { itself, says }) {
            session.receive(&message, &staff.at(now)).unwrap();
        }
        session.memory(&staff.at(now)).unwrap()
    });
    let (mut here, mut there) = (Session::new(config(None)), Session::new(config(before)));
    let (mut wire, mut read) = (Vec::new(), Vec::new());
    let mut flight = there.open(&crew.devices[STAFF].at(now));
    while !flight.is_empty() {
        let itself = crew.devices["bo"].at(now);
        let impostor = Impostor { itself, says };
        for message in &flight {
            read.extend(here.receive(message, &impostor).unwrap());
        }
        wire.append(&mut flight);
        let answer = here.poll(&impostor);
        for message in answer {
            let staff = crew.devices.get_mut(STAFF).unwrap();
            let incoming = there.receive(&message, &staff.at(now)).unwrap();
            staff.handle(now, Event::TakeIn(incoming)).unwrap();
        }
        flight = there.poll(&crew.devices[STAFF].at(now));
    }
    (wire, read)
}

fn is_named(key: PublicKey, bytes: &[u8]) -> bool {
    bytes.windows(32).any(|window| window == key.0)
}

#[test]
fn d3_whoever_says_it_is_a_device_of_the_office_is_given_nothing_it_can_read() {
    for remembered in [false, true] {
        let (mut crew, holder) = office();
        crew.phone("bo", KIOSK);
        let kiosk = crew.key(KIOSK);
        let (wire, read) = meet_staff_as(&mut crew, kiosk, remembered);
        let read = read.iter().map(|one| match one {
            Incoming::Envelope(bytes)
            | Incoming::Statement(bytes)
            | Incoming::Blob(bytes)
            | Incoming::Answer(bytes) => bytes,
            Incoming::Greeting(_) => &[][..],
        });
        let wire = wire.iter().map(Vec::as_slice);
        assert!(
            !wire.chain(read).any(|bytes| is_named(holder, bytes)),
            "{remembered}"
        );
    }
}

#[test]
fn d3_what_is_for_one_device_is_opened_by_that_and_read_by_nobody_on_the_way() {
    for remembered in [false, true] {
        let (mut crew, holder) = office();
        crew.phone("bo", KIOSK);
        let (now, kiosk) = (crew.now, crew.key(KIOSK));
        let (wire, _) = meet_staff_as(&mut crew, kiosk, remembered);
        // The kiosk itself, given the very same messages.
        let mut session = Session::new(SessionConfig {
            wants: Wants::All,
            remembered: None,
        });
        let kiosk = crew.devices[KIOSK].at(now);
        let read = wire
            .iter()
            .flat_map(|message| session.receive(message, &kiosk).unwrap());
        let mut told =
            read.filter(|one| matches!(one, Incoming::Envelope(bytes) if is_named(holder, bytes)));
        assert!(told.next().is_some(), "{remembered}");
        assert!(
            !crew.devices["bo"]
                .documents()
                .contains(&Document::People(2026))
        );
    }
}

#[test]
fn d3_a_device_that_was_replaced_is_given_nothing_more_of_what_is_for_the_offices_own() {
    const DESK: &str = "desk";
    let (mut crew, before) = office();
    crew.steward(DESK, Role::Staff);
    crew.all_meet();
    let replace = Command::ReplaceDevice {
        device: crew.key(STAFF),
        successor: Some(crew.key(DESK)),
    };
    crew.command(KIOSK, replace).unwrap();
    crew.meet(DESK, KIOSK);
    let after = PublicKey([10; 32]);
    suspend(&mut crew, DESK, after);
    crew.meet(DESK, KIOSK);
    for name in [KIOSK, DESK, KIOSK] {
        crew.meet(STAFF, name);
    }
    let known = |name: &str| {
        let fold = crew.devices[name].fold(Document::People(2026)).unwrap();
        let said = fold.statements().values();
        let said: Vec<&[u8]> = said.map(|one| one.bytes()).collect();
        [before, after].map(|holder| said.iter().any(|bytes| is_named(holder, bytes)))
    };
    assert_eq!(known(KIOSK), [true, true]);
    assert_eq!(known(STAFF), [true, false]);
}
