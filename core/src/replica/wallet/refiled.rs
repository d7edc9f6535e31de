//! Two devices of one person that used the same slot for different bookings without hearing of one another: one of them
//! asks anew.

use super::{BookingId, Draft, Entry, Wallet};
use crate::id::StatementId;
use crate::resolve::SlotKey;
use crate::statement::Request;
use std::collections::BTreeSet;

/// What this device has signed of a booking that it made.
pub(crate) struct OwnWord<'a> {
    /// The statements, in hexadecimal.
    pub(crate) said: &'a BTreeSet<String>,
    /// Whether it asks for a place.
    pub(crate) asks: bool,
    /// Whether it proposes an event.
    pub(crate) proposes: bool,
}

impl Wallet {
    /// Notes what this device signs of a booking that it made: another may go by the same keys, or this one did before its
    /// database was lost or put back. Not of what another device made: who changes that says nothing of its own.
    pub(crate) fn note_said(&mut self, booking: BookingId, said: StatementId, is_first: bool) {
        if let Some(entry) = self.bookings.get_mut(&booking.0)
            && (is_first || !entry.said.is_empty())
        {
            entry.said.insert(said.to_string());
            entry.last = Some(entry.draft.clone());
        }
    }

    /// What this device has signed of a booking that it made and has not withdrawn.
    pub(crate) fn own_word(&self, key: &SlotKey) -> Option<OwnWord<'_>> {
        let of_key = |entry: &&Entry| entry.slot_key() == Some(*key);
        let entry = self.bookings.values().find(of_key)?;
        let open = !entry.said.is_empty();
        open.then_some(OwnWord {
            said: &entry.said,
            asks: !entry.draft.options.is_empty(),
            proposes: entry.draft.event.is_some(),
        })
    }

    /// Asks in another slot for what this device asked for in this one before it lost its memory of it.
    pub(crate) fn ask_again(&mut self, key: &SlotKey, said: StatementId, wish: &Request) {
        let mut all = self.bookings.values_mut();
        let Some(entry) = all.find(|entry| entry.slot_key() == Some(*key)) else {
            return;
        };
        entry.said.insert(said.to_string());
        let again = Entry {
            draft: Draft::said(wish, wish.any_equal.as_ref().map(|any| any.class)),
            slot: None,
            ticket: None,
            series: None,
            instead_of: None,
            continues: None,
            cancelled: false,
            said: BTreeSet::new(),
            last: None,
            ..entry.clone()
        };
        self.bookings.insert(self.next_booking, again);
        self.next_booking = self.next_booking.saturating_add(1);
    }

    /// Leaves a slot to another device: what this one asked for there is a draft again, and what stands there is known as
    /// the other's.
    pub(crate) fn refile(&mut self, key: &SlotKey) {
        let mut all = self.bookings.iter_mut();
        let Some((old, entry)) = all.find(|(_, entry)| entry.slot_key() == Some(*key)) else {
            return;
        };
        let (old, new) = (Some(*old), self.next_booking);
        let last = entry.last.take();
        let again = Entry {
            draft: last.unwrap_or_else(|| entry.draft.clone()),
            slot: None,
            ticket: None,
            continues: None,
            cancelled: false,
            said: BTreeSet::new(),
            ..entry.clone()
        };
        entry.said.clear();
        (entry.series, entry.instead_of) = (None, None);
        (entry.draft.event, entry.draft.until) = (None, None);
        entry.recalled = true;
        for other in self.bookings.values_mut() {
            if other.instead_of == old {
                other.instead_of = Some(new);
            }
        }
        self.bookings.insert(new, again);
        self.next_booking = new.saturating_add(1);
    }
}
