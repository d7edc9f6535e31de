//! Tickets at hand and on order.

use super::{TicketKey, Wallet, ticket_key};
use crate::id::PublicKey;
use crate::statement::{Document, Keypair};
use crate::time::CivilMinute;
use std::collections::BTreeSet;

impl Wallet {
    /// A fresh key to ask for a ticket with.
    pub(crate) fn new_key(
        &mut self,
        document: Document,
        slots: u8,
        now: CivilMinute,
        seed: &Keypair,
        introduced: bool,
    ) -> PublicKey {
        let wire = document.to_parts();
        let mut waiting = self.keys.iter_mut().filter(|(_, key)| key.ticket.is_none());
        let again = waiting.find(|(_, key)| introduced && key.introduced && key.document == wire);
        if let Some((number, key)) = again {
            // Nobody may be shown round for long: one key waits, however often it is asked for.
            key.ordered = now.get();
            return ticket_key(seed, *number).public();
        }
        let number = self.next_key;
        self.next_key = self.next_key.saturating_add(1);
        let key = TicketKey {
            document: wire,
            slots,
            ordered: now.get(),
            ticket: None,
            expires: i32::MIN,
            uses: BTreeSet::new(),
            used: 0,
            introduced,
        };
        self.keys.insert(number, key);
        ticket_key(seed, number).public()
    }

    /// Whether what was ordered then should have come by now.
    pub(crate) fn is_stale(ordered: CivilMinute, now: CivilMinute) -> bool {
        const DAY: i32 = 24 * 60;
        now.minutes_since(ordered) >= DAY
    }

    /// Slots at hand or on order for a document: asked for within a day, or issued and not expired. `introduced`: of
    /// tickets for those who were shown round alone; else those that are on order for them are left out.
    pub(crate) fn stock(&self, document: Document, now: CivilMinute, introduced: bool) -> u32 {
        let ordered = |key: &TicketKey| CivilMinute::new(key.ordered.into()).ok();
        let counts = |key: &&TicketKey| match key.ticket {
            Some(_) => key.expires >= now.get(),
            None if key.introduced && !introduced => false,
            None => ordered(key).is_some_and(|ordered| !Self::is_stale(ordered, now)),
        };
        let keys = self
            .keys
            .values()
            .filter(|key| key.document == document.to_parts())
            .filter(|key| key.introduced || !introduced)
            .filter(counts);
        keys.map(|key| u32::from(key.slots.saturating_sub(key.used)))
            .sum()
    }

    /// Whether a ticket at hand says that its holder was shown round.
    pub(crate) fn is_introduced(&self, now: CivilMinute) -> bool {
        let mut keys = self.keys.values();
        keys.any(|key| key.introduced && key.ticket.is_some() && key.expires >= now.get())
    }

    /// Whether the ticket of a booking says so; of one that has no ticket yet whatever it needs can be asked for.
    pub(crate) fn has_introduced_ticket(&self, booking: super::BookingId) -> bool {
        let entry = self.bookings.get(&booking.0);
        let slot = entry.and_then(|entry| entry.slot);
        let key = slot.map(|(number, _)| self.keys.get(&number));
        key.is_none_or(|key| key.is_some_and(|key| key.introduced))
    }

    /// Something reserved is wanted there.
    pub(crate) fn seek(&mut self, document: Document) {
        self.sought.insert(document.to_parts());
    }

    /// Where something reserved was wanted.
    pub(crate) fn sought(&self) -> Vec<Document> {
        let sought = self.sought.iter();
        let sought = sought.map(|(tag, period)| Document::from_parts(*tag, *period));
        sought.filter_map(Result::ok).collect()
    }
}
