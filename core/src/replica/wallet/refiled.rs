//! Two devices of one person that used the same slot for different bookings without hearing of one another: one of them
//! asks anew.

use super::{BookingId, Entry, Wallet};
use crate::id::StatementId;
use crate::resolve::SlotKey;
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
    /// Notes what this device signs of a booking that it made, where others may go by the same keys. Not of what another
    /// device made: who changes that says nothing of its own.
    pub(crate) fn note_said(&mut self, booking: BookingId, said: StatementId, is_first: bool) {
        let copied = self.copied;
        if let Some(entry) = self.bookings.get_mut(&booking.0)
            && copied
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
