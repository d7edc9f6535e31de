//! What documents tell the wallet of its own keys: tickets that were ordered, and what it has forgotten or another device
//! of the same keys has said.

use super::{BookingId, Draft, Entry, TicketKey, Wallet};
use crate::id::StatementId;
use crate::resolve::SlotKey;
use crate::statement::{Document, Keypair, Request, Ticket};
use crate::time::CivilMinute;
use std::collections::{BTreeMap, BTreeSet};

/// What a ticket told the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Learnt {
    /// It is not ours, or was known.
    Nothing,
    /// It was ordered.
    Ticket,
    /// It is for a key of ours that the wallet has not asked with: it was restored from a backup or lost, or another
    /// device goes by the same keys.
    Forgotten,
    /// The same, and the key is of this device's own lane.
    Foreign,
}

/// What a document says of a booking that one of our keys asked for.
pub(crate) struct Recalled<'a> {
    pub(crate) document: Document,
    /// The number of the key.
    pub(crate) number: u64,
    pub(crate) key: SlotKey,
    /// What it asks for; `None` where it is an event without a room of the office.
    pub(crate) asked: Option<&'a Request>,
    pub(crate) claimed: CivilMinute,
    pub(crate) cancelled: bool,
    /// The booking, of the year before, that the office carried over.
    pub(crate) continues: Option<(Document, SlotKey)>,
}

/// What that told the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// It was known.
    None,
    /// It was known otherwise.
    Changed,
    /// It was not known.
    Made(BookingId),
}

impl Wallet {
    /// Notes a ticket when it is for one of our keys.
    pub(crate) fn learn(
        &mut self,
        id: StatementId,
        document: Document,
        ticket: &Ticket,
        seed: &Keypair,
    ) -> Learnt {
        let Some(number) = self.number_of(document, &ticket.key, seed) else {
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
            said: BTreeMap::new(),
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
        if forgotten && !self.copied && !matches!(document, Document::Commons(_)) {
            // What was said under it before the database was lost may be heard of late: nothing new is.
            key.used = key.slots;
        }
        self.note_number(number);
        match forgotten {
            true if self.copied && self.is_own_lane(number) => Learnt::Foreign,
            true => Learnt::Forgotten,
            // Another device of the same lane may have asked with it too, and used it already.
            false if self.copied => Learnt::Forgotten,
            false => Learnt::Ticket,
        }
    }

    /// Takes back what a document says of a booking that one of our keys asked for. A phone restored from a backup
    /// remembers so what it booked since, and each of several phones what the others did.
    pub(crate) fn recall(&mut self, told: &Recalled<'_>) -> News {
        let (key, ticket) = (told.key, told.key.ticket.to_string());
        let continues = told.continues.and_then(|(document, key)| {
            let mut all = self.bookings.iter();
            let of_key =
                |entry: &Entry| entry.document() == Some(document) && entry.slot_key() == Some(key);
            all.find(|(_, entry)| of_key(entry)).map(|(id, _)| *id)
        });
        self.note_number(told.number);
        if let Some(own) = self.keys.get_mut(&told.number)
            && own.ticket.as_ref() == Some(&ticket)
        {
            own.used = own.used.max(key.slot.saturating_add(1));
        }
        let accepts = told.asked.and_then(|asked| asked.accepts);
        self.accepts = self.accepts.max(accepts);
        let mut entries = self.bookings.values_mut();
        let known = entries.find(|entry| entry.slot_key() == Some(key));
        if let Some(entry) = known {
            let news = match told.asked {
                Some(asked) => Draft {
                    until: entry.draft.until,
                    event: entry.draft.event.clone(),
                    ..Draft::said(asked, entry.draft.class)
                },
                None => entry.draft.clone(),
            };
            let continues = continues.or(entry.continues);
            let changed = entry.draft != news
                || entry.cancelled != told.cancelled
                || entry.continues != continues;
            entry.draft = news;
            entry.continues = continues;
            entry.cancelled = told.cancelled;
            return if changed { News::Changed } else { News::None };
        }
        let any_equal = told.asked.and_then(|asked| asked.any_equal.as_ref());
        let entry = Entry {
            document: told.document.to_parts(),
            slot: Some((told.number, key.slot)),
            ticket: Some(ticket),
            draft: told.draft(any_equal.map(|any| any.class)),
            cancelled: told.cancelled,
            series: None,
            instead_of: None,
            continues,
            recalled: true,
            said: BTreeSet::new(),
            last: None,
        };
        let id = self.next_booking;
        self.bookings.insert(id, entry);
        self.next_booking = id.saturating_add(1);
        News::Made(BookingId(id))
    }

    /// Whether what is told of that key is by another device that goes by this one's lane.
    pub(crate) fn is_foreign(&self, number: u64) -> bool {
        self.copied && self.is_own_lane(number)
    }

    /// Bookings of months that documents told of, with the series that each was made a date of.
    pub(crate) fn recalled(&self) -> impl Iterator<Item = (BookingId, &Entry)> {
        let of_month = |entry: &Entry| matches!(entry.document(), Some(Document::Ledger(_)));
        self.bookings()
            .filter(move |(_, entry)| entry.recalled && of_month(entry))
    }
}

impl Recalled<'_> {
    fn draft(&self, class: Option<crate::id::ClassId>) -> Draft {
        match self.asked {
            Some(asked) => Draft::said(asked, class),
            None => Draft {
                options: Vec::new(),
                any_equal: None,
                class,
                party: 1,
                claimed: self.claimed.get(),
                until: None,
                event: None,
                seats_at: None,
            },
        }
    }
}
