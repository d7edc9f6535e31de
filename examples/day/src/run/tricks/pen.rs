//! What a phone of this app signs with, taken from it to sign anything.

use super::super::error::Trouble;
use super::super::phone::Phone;
use super::super::world::World;
use crate::people::PersonId;
use allkontor_core::id::OfficeId;
use allkontor_core::replica::ticket_number;
use allkontor_core::statement::{
    Body, Header, Keypair, Request, Statement, Ticket, Verified, Wish,
};
use allkontor_core::sync::qr::RequestCard;
use allkontor_core::time::CivilMinute;

/// A ticket, and the key that may use it.
pub(super) struct Pen {
    pub(super) ticket: Verified,
    pub(super) says: Ticket,
    key: Keypair,
    office: OfficeId,
}

impl World {
    /// The newest of the phone's tickets that has been used, and its key.
    pub(super) fn pen(&mut self, who: PersonId) -> Result<Option<Pen>, Trouble> {
        let office = self.id;
        let phone = self.phone(who)?;
        let entries = phone
            .device
            .agenda()
            .map_err(phone.says("list its bookings"))?;
        let mut found = None;
        for entry in entries.iter().filter(|entry| entry.key.is_some()) {
            let card = phone
                .device
                .request_card(entry.booking)
                .map_err(phone.says("show a card"))?;
            found = pen_of(phone, office, &card).or(found);
        }
        Ok(found)
    }

    /// A slot of the ticket that the phone's own engine will not use: it counts up, this counts down.
    pub(super) fn unused_slot(&self, who: PersonId, pen: &Pen) -> u8 {
        let last = pen.says.slots.saturating_sub(1);
        let tried = self
            .forged
            .iter()
            .filter(|forged| forged.who == who)
            .count();
        last.saturating_sub(u8::try_from(tried).unwrap_or(u8::MAX))
    }
}

impl Pen {
    pub(super) fn sign(&self, body: impl Into<Body>) -> Option<Verified> {
        let header = Header::standalone(self.office, self.ticket.header().document);
        self.key
            .sign(Statement {
                header,
                body: body.into(),
            })
            .ok()
    }

    pub(super) fn request(
        &self,
        slot: u8,
        wish: Wish,
        claimed: CivilMinute,
        party: u16,
    ) -> Request {
        Request {
            event: None,
            ticket: self.ticket.id(),
            slot,
            version: 0,
            options: vec![vec![wish]],
            any_equal: None,
            party,
            claimed,
            accepts: None,
        }
    }
}

fn pen_of(phone: &Phone, office: OfficeId, card: &[u8]) -> Option<Pen> {
    let card = RequestCard::from_bytes(card).ok()?;
    let (ticket, says) = card
        .statements()
        .iter()
        .find_map(|statement| match statement.body() {
            Body::Ticket(says) => Some((statement.clone(), says.clone())),
            _ => None,
        })?;
    let own = Keypair::from_seed(&phone.seed).derive(&format!("office/{office}"), 0);
    let document = ticket.header().document;
    let key = (0..64)
        .map(|n| own.derive("ticket", ticket_number(document, 0, n)))
        .find(|key| key.public() == says.key)?;
    Some(Pen {
        ticket,
        says,
        key,
        office,
    })
}

pub(super) fn card_of(statement: Option<Verified>) -> Option<Vec<u8>> {
    Some(RequestCard::new(statement).ok()?.to_bytes())
}
