//! What documents tell the wallet of its own keys: tickets that were ordered, and what it has forgotten.

use super::{Draft, Entry, TicketKey, Wallet, ticket_key};
use crate::id::{PublicKey, StatementId};
use crate::resolve::SlotKey;
use crate::statement::{Document, Keypair, Request, Ticket};
use std::collections::BTreeSet;

/// How many keys beyond the last one known are looked for in documents: those that a phone restored from a backup has
/// forgotten. A phone orders tickets four bookings at a time.
const FORGOTTEN: u64 = 64;

/// What a ticket told the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Learnt {
    /// It is not ours, or was known.
    Nothing,
    /// It was ordered.
    Ticket,
    /// It is for a key of ours that the wallet had forgotten: it was restored from a backup, or lost.
    Forgotten,
}

impl Wallet {
    /// The number of one of our keys, also of one that this wallet has forgotten.
    pub(crate) fn number_of(&mut self, key: &PublicKey, seed: &Keypair) -> Option<u64> {
        let known = self.numbers.len() as u64;
        for number in known..self.next_key.saturating_add(FORGOTTEN) {
            self.numbers
                .insert(ticket_key(seed, number).public(), number);
        }
        self.numbers.get(key).copied()
    }

    /// The seed is another: so are the keys.
    pub(crate) fn forget_keys(&mut self) {
        self.numbers.clear();
    }

    /// Notes a ticket when it is for one of our keys.
    pub(crate) fn learn(
        &mut self,
        id: StatementId,
        document: Document,
        ticket: &Ticket,
        seed: &Keypair,
    ) -> Learnt {
        let Some(number) = self.number_of(&ticket.key, seed) else {
            return Learnt::Nothing;
        };
        let forgotten = !self.keys.contains_key(&number);
        let key = self.keys.entry(number).or_insert_with(|| TicketKey {
            document: document.to_parts(),
            slots: ticket.slots,
            ordered: ticket.stamp.get(),
            ticket: None,
            expires: i32::MIN,
            uses: BTreeSet::new(),
            used: 0,
            introduced: false,
        });
        if key.ticket.is_some() {
            return Learnt::Nothing;
        }
        key.ticket = Some(id.to_string());
        key.slots = ticket.slots;
        key.expires = ticket.expires.get();
        key.uses = ticket.uses.iter().copied().collect();
        key.introduced = ticket.is_introduced();
        self.next_key = self.next_key.max(number.saturating_add(1));
        if forgotten {
            Learnt::Forgotten
        } else {
            Learnt::Ticket
        }
    }

    /// Takes back what a document says of a booking that one of our keys asked for; whether that was news. A phone
    /// restored from a backup remembers so what it booked since.
    pub(crate) fn recall(
        &mut self,
        document: Document,
        number: u64,
        key: SlotKey,
        current: &Request,
        cancelled: bool,
        continues: Option<(Document, SlotKey)>,
    ) -> bool {
        let continues = continues.and_then(|(document, key)| {
            let mut all = self.bookings.iter();
            let of_key =
                |entry: &Entry| entry.document() == Some(document) && entry.slot_key() == Some(key);
            all.find(|(_, entry)| of_key(entry)).map(|(id, _)| *id)
        });
        let ticket = key.ticket.to_string();
        if let Some(own) = self.keys.get_mut(&number)
            && own.ticket.as_ref() == Some(&ticket)
        {
            own.used = own.used.max(key.slot.saturating_add(1));
        }
        let mut entries = self.bookings.values_mut();
        let known = entries.find(|entry| entry.slot_key() == Some(key));
        if let Some(entry) = known {
            let news = Draft::said(current, entry.draft.class);
            let continues = continues.or(entry.continues);
            let changed = entry.draft != news
                || entry.cancelled != (entry.cancelled || cancelled)
                || entry.continues != continues;
            entry.draft = news;
            entry.continues = continues;
            entry.cancelled |= cancelled;
            return changed;
        }
        let class = current.any_equal.as_ref().map(|any| any.class);
        let entry = Entry {
            document: document.to_parts(),
            slot: Some((number, key.slot)),
            ticket: Some(ticket),
            draft: Draft::said(current, class),
            cancelled,
            series: None,
            instead_of: None,
            continues,
        };
        self.bookings.insert(self.next_booking, entry);
        self.next_booking = self.next_booking.saturating_add(1);
        true
    }
}
