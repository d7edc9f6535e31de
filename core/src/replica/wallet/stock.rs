//! Tickets at hand and on order.

use super::numbers::lane_of;
use super::{Entry, TicketKey, Wallet, ticket_key};
use crate::id::PublicKey;
use crate::replica::BookingId;
use crate::statement::{Document, Keypair};
use crate::time::CivilMinute;
use std::collections::{BTreeMap, BTreeSet};

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
        let (wire, lane) = (document.to_parts(), self.lane);
        let mut waiting = self.keys.iter_mut().filter(|(number, key)| {
            key.ticket.is_none() && key.document == wire && lane_of(**number) == lane
        });
        // Nobody may be shown round for long: one key waits, however often it is asked for. So does what was asked for in
        // vain: whoever looks for keys need not look far.
        let is_stale = |key: &TicketKey| {
            let ordered = CivilMinute::new(key.ordered.into()).ok();
            ordered.is_some_and(|ordered| Self::is_stale(ordered, now))
        };
        let again =
            waiting.find(|(_, key)| key.introduced == introduced && (introduced || is_stale(key)));
        if let Some((number, key)) = again {
            (key.ordered, key.slots) = (now.get(), slots);
            return ticket_key(seed, *number).public();
        }
        let number = self.next_number(document);
        let key = TicketKey {
            document: wire,
            slots,
            ordered: now.get(),
            ticket: None,
            expires: i32::MIN,
            uses: BTreeSet::new(),
            used: 0,
            said: BTreeMap::new(),
            introduced,
        };
        self.keys.insert(number, key);
        ticket_key(seed, number).public()
    }

    /// Takes a slot for a draft: of an unused ticket if there is one, so that two bookings are not linked.
    ///
    /// Dates of one series share a ticket, for they are linked anyway: one that they have, or has room for the rest.
    pub(crate) fn take_slot(
        &mut self,
        booking: BookingId,
        now: CivilMinute,
        reserved: bool,
    ) -> bool {
        let Some(entry) = self.bookings.get(&booking.0) else {
            return false;
        };
        let of_series = |other: &&Entry| {
            entry.series.is_some()
                && other.series == entry.series
                && other.document == entry.document
        };
        let dates = self.bookings.values().filter(of_series);
        let theirs: BTreeSet<u64> = dates
            .clone()
            .filter_map(|date| Some(date.slot?.0))
            .collect();
        let open = dates.filter(|date| date.slot.is_none() && !date.cancelled);
        let open = open.count().max(1);
        let fits = |number: u64, key: &TicketKey| {
            key.ticket.is_some()
                && self.is_own_lane(number)
                && (key.introduced || !reserved)
                && key.document == entry.document
                && key.expires >= now.get()
                && key.used < key.slots
                && entry
                    .draft
                    .class
                    .is_none_or(|class| key.uses.is_empty() || key.uses.contains(&class))
        };
        let order = |(number, key): &(&u64, &TicketKey)| {
            let left = usize::from(key.slots.saturating_sub(key.used));
            let short = open.saturating_sub(left);
            (
                !theirs.contains(number),
                key.introduced && !reserved,
                key.used > 0,
                short,
                left,
                **number,
            )
        };
        let fitting = self.keys.iter().filter(|(number, key)| fits(**number, key));
        let Some(number) = fitting.min_by_key(order).map(|(number, _)| *number) else {
            return false;
        };
        let Some(key) = self.keys.get_mut(&number) else {
            return false;
        };
        let (slot, ticket) = (key.used, key.ticket.clone());
        key.used = key.used.saturating_add(1);
        if let Some(entry) = self.bookings.get_mut(&booking.0) {
            entry.slot = Some((number, slot));
            entry.ticket = ticket;
        }
        true
    }

    /// Whether what was ordered then should have come by now.
    pub(crate) fn is_stale(ordered: CivilMinute, now: CivilMinute) -> bool {
        const DAY: i32 = 24 * 60;
        now.minutes_since(ordered) >= DAY
    }

    /// Slots at hand or on order of this device's own for a document: asked for within a day, or issued and not expired. `introduced`: of
    /// tickets for those who were shown round alone; else those that are on order for them are left out.
    pub(crate) fn stock(&self, document: Document, now: CivilMinute, introduced: bool) -> u32 {
        let ordered = |key: &TicketKey| CivilMinute::new(key.ordered.into()).ok();
        let counts = |key: &&TicketKey| match key.ticket {
            Some(_) => key.expires >= now.get(),
            None if key.introduced && !introduced => false,
            None => ordered(key).is_some_and(|ordered| !Self::is_stale(ordered, now)),
        };
        let own = self
            .keys
            .iter()
            .filter(|(number, _)| self.is_own_lane(**number));
        let keys = own
            .map(|(_, key)| key)
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
