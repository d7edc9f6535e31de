//! A visitor's keys, tickets and bookings. Never shared; kept in the device's own store.

use super::BookingId;
use crate::command::Plan;
use crate::id::{ClassId, FeatureId, PublicKey, StatementId, UnitId};
use crate::resolve::SlotKey;
use crate::statement::{AnyEqual, Document, Keypair, Request, Ticket, Wish};
use crate::time::{CivilMinute, Interval};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything a visitor must not lose besides the seed it is all derived from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wallet {
    next_key: u64,
    next_booking: u64,
    /// Keys that tickets were asked for or issued to, by number.
    keys: BTreeMap<u64, TicketKey>,
    bookings: BTreeMap<u64, Entry>,
    /// The numbers of this device's ticket keys, as far as they were ever looked for.
    #[serde(skip)]
    numbers: BTreeMap<PublicKey, u64>,
}

/// How many keys beyond the last one known are looked for in documents: those that a phone restored from a backup has
/// forgotten. A phone orders tickets four bookings at a time.
const FORGOTTEN: u64 = 64;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct TicketKey {
    document: WireDocument,
    slots: u8,
    ordered: i32,
    /// The ticket's id in hexadecimal, once it has come.
    ticket: Option<String>,
    expires: i32,
    uses: BTreeSet<ClassId>,
    used: u8,
}

/// A booking of this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    document: WireDocument,
    /// The key number and slot, once it has a ticket.
    slot: Option<(u64, u8)>,
    ticket: Option<String>,
    draft: Draft,
    pub(crate) cancelled: bool,
}

/// A request before it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    options: Vec<Vec<(u32, i32, i32)>>,
    any_equal: Option<(ClassId, Vec<FeatureId>)>,
    class: Option<ClassId>,
    party: u16,
    claimed: i32,
}

/// `(tag, period)`, as on the wire.
type WireDocument = (u8, u32);

/// A slot of a ticket, with what is needed to sign for it.
pub(crate) struct Pen {
    pub(crate) key: Keypair,
    pub(crate) slot: SlotKey,
    pub(crate) document: Document,
}

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
    /// Keeps a booking as a draft until a slot is found for it.
    pub(crate) fn add(&mut self, plan: &Plan, claimed: CivilMinute) -> BookingId {
        let id = self.next_booking;
        self.next_booking = self.next_booking.saturating_add(1);
        let entry = Entry {
            document: plan.document.to_parts(),
            slot: None,
            ticket: None,
            draft: Draft::of(plan, claimed),
            cancelled: false,
        };
        self.bookings.insert(id, entry);
        BookingId(id)
    }

    pub(crate) fn bookings(&self) -> impl Iterator<Item = (BookingId, &Entry)> {
        self.bookings
            .iter()
            .map(|(id, entry)| (BookingId(*id), entry))
    }

    pub(crate) fn entry(&self, booking: BookingId) -> Option<&Entry> {
        self.bookings.get(&booking.0)
    }

    pub(crate) fn cancel(&mut self, booking: BookingId) {
        if let Some(entry) = self.bookings.get_mut(&booking.0) {
            entry.cancelled = true;
        }
    }

    /// Replaces what a booking asks for.
    pub(crate) fn rewrite(&mut self, booking: BookingId, plan: &Plan, claimed: CivilMinute) {
        if let Some(entry) = self.bookings.get_mut(&booking.0) {
            entry.draft = Draft::of(plan, claimed);
        }
    }

    /// Drafts that wait for a ticket, oldest first.
    pub(crate) fn drafts(&self) -> Vec<BookingId> {
        let waiting = self
            .bookings
            .iter()
            .filter(|(_, entry)| entry.slot.is_none() && !entry.cancelled);
        waiting.map(|(id, _)| BookingId(*id)).collect()
    }

    /// Takes a slot for a draft: of an unused ticket if there is one, so that two bookings are not linked.
    ///
    /// Dates of one series share a ticket: they are linked anyway.
    pub(crate) fn take_slot(&mut self, booking: BookingId, now: CivilMinute, series: bool) -> bool {
        let Some(entry) = self.bookings.get(&booking.0) else {
            return false;
        };
        let fits = |key: &&TicketKey| {
            key.ticket.is_some()
                && key.document == entry.document
                && key.expires >= now.get()
                && key.used < key.slots
                && entry
                    .draft
                    .class
                    .is_none_or(|class| key.uses.is_empty() || key.uses.contains(&class))
        };
        let fitting = self.keys.iter().filter(|(_, key)| fits(key));
        let best = fitting.min_by_key(|(number, key)| {
            (if series { u8::MAX - key.used } else { key.used }, **number)
        });
        let Some(number) = best.map(|(number, _)| *number) else {
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

    /// A fresh key to ask for a ticket with.
    pub(crate) fn new_key(
        &mut self,
        document: Document,
        slots: u8,
        now: CivilMinute,
        seed: &Keypair,
    ) -> PublicKey {
        let number = self.next_key;
        self.next_key = self.next_key.saturating_add(1);
        let key = TicketKey {
            document: document.to_parts(),
            slots,
            ordered: now.get(),
            ticket: None,
            expires: i32::MIN,
            uses: BTreeSet::new(),
            used: 0,
        };
        self.keys.insert(number, key);
        ticket_key(seed, number).public()
    }

    /// Slots at hand or on order for a document: asked for within a day, or issued and not expired.
    pub(crate) fn stock(&self, document: Document, now: CivilMinute) -> u32 {
        const DAY: i32 = 24 * 60;
        let counts = |key: &&TicketKey| match key.ticket {
            Some(_) => key.expires >= now.get(),
            None => now.get().saturating_sub(key.ordered) < DAY,
        };
        let keys = self
            .keys
            .values()
            .filter(|key| key.document == document.to_parts())
            .filter(counts);
        keys.map(|key| u32::from(key.slots.saturating_sub(key.used)))
            .sum()
    }

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
        });
        if key.ticket.is_some() {
            return Learnt::Nothing;
        }
        key.ticket = Some(id.to_string());
        key.slots = ticket.slots;
        key.expires = ticket.expires.get();
        key.uses = ticket.uses.iter().copied().collect();
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
    ) -> bool {
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
            let changed = entry.draft != news || entry.cancelled != (entry.cancelled || cancelled);
            entry.draft = news;
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
        };
        self.bookings.insert(self.next_booking, entry);
        self.next_booking = self.next_booking.saturating_add(1);
        true
    }

    /// What is needed to sign for a booking that has its slot.
    pub(crate) fn pen(&self, booking: BookingId, seed: &Keypair) -> Option<Pen> {
        let entry = self.bookings.get(&booking.0)?;
        let (number, _) = entry.slot?;
        Some(Pen {
            key: ticket_key(seed, number),
            slot: entry.slot_key()?,
            document: entry.document()?,
        })
    }
}

impl Entry {
    pub(crate) fn document(&self) -> Option<Document> {
        Document::from_parts(self.document.0, self.document.1).ok()
    }

    pub(crate) fn slot_key(&self) -> Option<SlotKey> {
        let ticket = StatementId::from_hex(self.ticket.as_deref()?)?;
        Some(SlotKey {
            ticket,
            slot: self.slot?.1,
        })
    }

    pub(crate) fn holds_ticket(&self, ticket: &StatementId) -> bool {
        self.ticket
            .as_deref()
            .and_then(StatementId::from_hex)
            .is_some_and(|own| own == *ticket)
    }

    pub(crate) fn claimed(&self) -> CivilMinute {
        CivilMinute::new(i64::from(self.draft.claimed)).unwrap_or(CivilMinute::MIN)
    }

    /// The plan it was made from.
    pub(crate) fn plan(&self) -> Option<Plan> {
        let at = |minute: i32| CivilMinute::new(i64::from(minute)).ok();
        let wish = |(unit, start, end): &(u32, i32, i32)| {
            Some(Wish::new(
                UnitId(*unit),
                Interval::new(at(*start)?, at(*end)?).ok()?,
            ))
        };
        let option =
            |option: &Vec<(u32, i32, i32)>| option.iter().map(wish).collect::<Option<Vec<_>>>();
        let equal = self.draft.any_equal.clone();
        Some(Plan {
            document: self.document()?,
            class: self.draft.class,
            options: self
                .draft
                .options
                .iter()
                .map(option)
                .collect::<Option<Vec<_>>>()?,
            any_equal: equal.map(|(class, needs)| AnyEqual { class, needs }),
            party: self.draft.party,
        })
    }
}

impl Draft {
    /// What a request asks for.
    fn said(request: &Request, class: Option<ClassId>) -> Self {
        let any = request.any_equal.clone();
        Self {
            options: request
                .options
                .iter()
                .map(|option| option.iter().map(flat).collect())
                .collect(),
            any_equal: any.map(|any| (any.class, any.needs)),
            class,
            party: request.party,
            claimed: request.claimed.get(),
        }
    }

    fn of(plan: &Plan, claimed: CivilMinute) -> Self {
        Self {
            options: plan
                .options
                .iter()
                .map(|option| option.iter().map(flat).collect())
                .collect(),
            any_equal: plan.any_equal.clone().map(|any| (any.class, any.needs)),
            class: plan.class,
            party: plan.party,
            claimed: claimed.get(),
        }
    }
}

fn flat(wish: &Wish) -> (u32, i32, i32) {
    let (start, end) = (wish.interval.start(), wish.interval.end());
    (wish.unit.0, start.get(), end.get())
}

fn ticket_key(seed: &Keypair, number: u64) -> Keypair {
    seed.derive("ticket", number)
}
