//! A steward who signs by hand: statements of its own chains, tickets, and what visitors say under them.

use allkontor_core::id::{OfficeId, StatementId, UnitId};
use allkontor_core::resolve::Authority;
use allkontor_core::statement::{
    Arrive, Body, ChainPoint, CheckIn, Confirm, Document, Header, Hold, Keypair, Link, Request,
    Statement, Ticket, Verified, Wish,
};
use allkontor_core::time::{CivilMinute, Interval};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// A certified device.
pub(crate) struct Clerk {
    pub(crate) key: Keypair,
    office: OfficeId,
    certificate: StatementId,
    auth: StatementId,
    pub(crate) chains: BTreeMap<Document, ChainPoint>,
}

/// A booking that somebody wants: who, where, when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Booking {
    pub(crate) number: u64,
    pub(crate) document: Document,
    pub(crate) unit: UnitId,
    pub(crate) interval: Interval,
}

/// What was signed for a booking that somebody will come to.
pub(crate) struct Signed {
    pub(crate) ticket: Verified,
    pub(crate) confirm: Verified,
}

impl Clerk {
    pub(crate) fn new(key: Keypair, authority: &Authority) -> Self {
        let certificate = authority.device(&key.public()).unwrap().certificate;
        Self {
            key,
            office: authority.office(),
            certificate,
            auth: authority.head().id,
            chains: BTreeMap::new(),
        }
    }

    /// The next statement of this clerk's chain in a document.
    pub(crate) fn says(&mut self, document: Document, body: impl Into<Body>) -> Verified {
        let last = self.chains.get(&document);
        let (seq, prev) = last.map_or((0, self.certificate), |last| (last.seq + 1, last.id));
        let link = Link {
            seq,
            prev: Some(prev),
            auth: Some(self.auth),
        };
        let header = Header::linked(self.office, document, link);
        let body = body.into();
        let said = self.key.sign(Statement { header, body }).unwrap();
        self.chains
            .insert(document, ChainPoint { seq, id: said.id() });
        said
    }

    pub(crate) fn alone(
        &self,
        key: &Keypair,
        document: Document,
        body: impl Into<Body>,
    ) -> Verified {
        let header = Header::standalone(self.office, document);
        let body = body.into();
        key.sign(Statement { header, body }).unwrap()
    }

    /// A ticket for one booking, to a key of its own, decided by `decider`.
    pub(crate) fn ticket(
        &self,
        booking: &Booking,
        now: CivilMinute,
        decider: &Keypair,
    ) -> Verified {
        let stamp = now.floor_to(15);
        let ticket = Ticket {
            serial: draw(b"serial", booking.number)[..16].try_into().unwrap(),
            key: visitor(booking).public(),
            decider: decider.public(),
            uses: Vec::new(),
            slots: 1,
            stamp,
            expires: stamp.plus(7 * 1440).unwrap(),
            introduced: None,
        };
        self.alone(&self.key, booking.document, ticket)
    }

    pub(crate) fn request(
        &self,
        booking: &Booking,
        ticket: &Verified,
        now: CivilMinute,
    ) -> Verified {
        let wish = Wish::new(booking.unit, booking.interval);
        let request = Request {
            event: None,
            ticket: ticket.id(),
            slot: 0,
            version: 0,
            options: vec![vec![wish]],
            any_equal: None,
            party: 1,
            claimed: now,
            accepts: None,
        };
        self.alone(&visitor(booking), booking.document, request)
    }

    pub(crate) fn confirm(&mut self, booking: &Booking, request: &Verified) -> Verified {
        let confirm = Confirm {
            request: request.id(),
            holds: vec![Hold::new(booking.unit, booking.interval, 0, 0)],
            ends: None,
        };
        self.says(booking.document, confirm)
    }

    /// "I am here", by the visitor; and what the steward says to that.
    pub(crate) fn check_in(&mut self, booking: &Booking, signed: &Signed) -> Vec<Verified> {
        let arrive = Arrive {
            ticket: signed.ticket.id(),
            slot: 0,
            claimed: booking.interval.start(),
        };
        let check_in = CheckIn {
            confirm: signed.confirm.id(),
        };
        // Every other visitor has no phone: the steward sees them come.
        let arrive = booking
            .number
            .is_multiple_of(2)
            .then(|| self.alone(&visitor(booking), booking.document, arrive));
        let check_in = self.says(booking.document, check_in);
        arrive.into_iter().chain([check_in]).collect()
    }
}

/// The key that a booking's ticket is for.
fn visitor(booking: &Booking) -> Keypair {
    Keypair::from_seed(&draw(b"visitor", booking.number))
}

pub(crate) fn draw(what: &[u8], number: u64) -> [u8; 32] {
    let hash = Sha256::new().chain_update(what);
    hash.chain_update(number.to_be_bytes()).finalize().into()
}

/// Numbers that look random and are the same every time.
pub(crate) fn xorshift(mut state: u64) -> impl FnMut(u64) -> u64 {
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    }
}
