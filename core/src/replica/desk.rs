//! What a steward keeps to itself: whose tickets are whose. Limits per person are kept here, where pseudonyms are.

use super::import::Imports;
use crate::id::{PublicKey, StatementId};
use crate::statement::Document;
use crate::time::CivilMinute;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Slots that one holder may have at hand in one document from their home device, which issues the full share.
pub(crate) const HOME_SLOTS: u32 = 24;
/// The same from any other device, which cannot know what the home device has issued: what a phone likes to have.
pub(crate) const GUEST_SLOTS: u32 = 8;

/// Holders, and the tickets issued to each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Desk {
    holders: BTreeMap<PublicKey, Holder>,
    of_ticket: BTreeMap<StatementId, PublicKey>,
    served: BTreeMap<StatementId, StatementId>,
    /// What was taken in from other calendars.
    pub(crate) imports: Imports,
}

/// One pseudonym.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Holder {
    issued: Vec<Issued>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Issued {
    ticket: String,
    order: String,
    document: (u8, u32),
    slots: u8,
    expires: i32,
}

/// How many more slots a holder may have, and when more come free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Slots that can be issued now.
    pub left: u32,
    /// When the next slots come free; `None` when none are out.
    pub next_at: Option<CivilMinute>,
}

impl Issued {
    fn ticket(&self) -> Option<StatementId> {
        StatementId::from_hex(&self.ticket)
    }
}

impl Holder {
    /// Whether no ticket is left of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.issued.is_empty()
    }

    /// Whether nobody had heard of this holder before its last ticket.
    pub(crate) fn is_new(&self) -> bool {
        self.issued.len() == 1
    }
}

impl Desk {
    /// Every holder with a ticket.
    pub(crate) fn holders(&self) -> impl Iterator<Item = &PublicKey> {
        self.holders.keys()
    }

    pub(crate) fn restore(&mut self, holder: PublicKey, record: Holder) {
        for issued in &record.issued {
            let ids = issued.ticket().zip(StatementId::from_hex(&issued.order));
            if let Some((ticket, order)) = ids {
                self.of_ticket.insert(ticket, holder);
                self.served.insert(order, ticket);
            }
        }
        self.holders.insert(holder, record);
    }

    /// Whether that order has its ticket.
    pub(crate) fn has_served(&self, order: &StatementId) -> bool {
        self.served.contains_key(order)
    }

    /// What is left of `share` slots.
    pub(crate) fn quota(
        &self,
        holder: &PublicKey,
        document: Document,
        now: CivilMinute,
        share: u32,
    ) -> Quota {
        let issued = self
            .holders
            .get(holder)
            .map(|h| h.issued.as_slice())
            .unwrap_or_default();
        let wire = document.to_parts();
        let out = issued
            .iter()
            .filter(|i| i.document == wire && i.expires >= now.get());
        let used: u32 = out.clone().map(|i| u32::from(i.slots)).sum();
        let next = out.map(|i| i64::from(i.expires).saturating_add(1)).min();
        Quota {
            left: share.saturating_sub(used),
            next_at: next.and_then(|minute| CivilMinute::new(minute).ok()),
        }
    }

    /// The whole share, until a ticket for that document was issued to that holder.
    pub(crate) fn unissued(&self, holder: &PublicKey, document: Document, share: u32) -> u32 {
        let record = self.holders.get(holder);
        let issued = record.into_iter().flat_map(|holder| &holder.issued);
        let mut here = issued.filter(|issued| issued.document == document.to_parts());
        here.next().map_or(share, |_| 0)
    }

    /// Notes a ticket issued, and returns the holder's record to be stored.
    pub(crate) fn issued(
        &mut self,
        holder: PublicKey,
        order: StatementId,
        ticket: StatementId,
        document: Document,
        slots: u8,
        expires: CivilMinute,
    ) -> Holder {
        self.of_ticket.insert(ticket, holder);
        self.served.insert(order, ticket);
        let record = self.holders.entry(holder).or_default();
        record.issued.push(Issued {
            ticket: ticket.to_string(),
            order: order.to_string(),
            document: document.to_parts(),
            slots,
            expires: expires.get(),
        });
        record.clone()
    }

    pub(crate) fn holder_of(&self, ticket: &StatementId) -> Option<PublicKey> {
        self.of_ticket.get(ticket).copied()
    }

    /// Forgets the tickets of a document that was dropped; whose they were, with what is left of each record.
    pub(crate) fn forget(&mut self, document: Document) -> Vec<(PublicKey, Holder)> {
        let wire = document.to_parts();
        let mut changed = Vec::new();
        for (key, holder) in &mut self.holders {
            let (gone, left): (Vec<_>, Vec<_>) = std::mem::take(&mut holder.issued)
                .into_iter()
                .partition(|issued| issued.document == wire);
            holder.issued = left;
            for ticket in gone.iter().filter_map(Issued::ticket) {
                self.of_ticket.remove(&ticket);
                self.served.retain(|_, served| *served != ticket);
            }
            if !gone.is_empty() {
                changed.push((*key, holder.clone()));
            }
        }
        self.holders.retain(|_, holder| !holder.issued.is_empty());
        changed
    }

    /// Every ticket of a holder, in any document.
    pub(crate) fn tickets_of(&self, holder: &PublicKey) -> Vec<StatementId> {
        let record = self
            .holders
            .get(holder)
            .map(|h| h.issued.as_slice())
            .unwrap_or_default();
        record.iter().filter_map(Issued::ticket).collect()
    }
}
