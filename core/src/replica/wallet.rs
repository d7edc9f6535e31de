//! A visitor's keys, tickets and bookings. Never shared; kept in the device's own store.

mod accepted;
mod commons;
mod numbers;
mod organising;
mod recalled;
mod refiled;
mod stock;
mod told;

pub(crate) use commons::{Heard, Kept, Saying};
use numbers::ticket_key;
pub use numbers::ticket_number;
pub(crate) use recalled::{Learnt, News, Recalled};

use super::{BookingId, SeriesId};
use crate::command::{EventDraft, Plan, Purpose};
use crate::id::{ClassId, FeatureId, PublicKey, StatementId, UnitId};
use crate::resolve::SlotKey;
use crate::statement::{AnyEqual, Document, EventKey, Keypair, Request, Wish};
use crate::time::{CivilMinute, Interval};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything a visitor must not lose besides the seed it is all derived from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wallet {
    /// How many keys each line of numbers has given out, or is known to have.
    #[serde(default)]
    next: BTreeMap<u64, u32>,
    /// New slots are opened on tickets of this lane alone: the other devices of one person have others.
    #[serde(default, skip_serializing_if = "is_zero")]
    lane: u8,
    /// Whether it left a lane to another device that went by it too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    moved: bool,
    /// Whether it was restored, and has not heard of everything yet that was done under its keys.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    seeks: bool,
    /// Whether its keys are, or may be, on another device too. Kept in the vault.
    #[serde(skip)]
    copied: bool,
    next_booking: u64,
    /// Keys that tickets were asked for or issued to, by number.
    keys: BTreeMap<u64, TicketKey>,
    bookings: BTreeMap<u64, Entry>,
    #[serde(default)]
    next_series: u64,
    #[serde(default)]
    series: BTreeMap<SeriesId, Series>,
    /// The version of the guidelines that the person has accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accepts: Option<u32>,
    /// Where tickets are sought for what is reserved for those who were shown round.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    sought: BTreeSet<WireDocument>,
    #[serde(default, skip_serializing_if = "commons::Unsaid::is_empty")]
    unsaid: commons::Unsaid,
    /// That its holder is suspended, as a steward answered to an order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    told: Option<told::Told>,
    #[serde(default, skip_serializing_if = "organising::Organising::is_empty")]
    organising: organising::Organising,
    /// The numbers of this holder's ticket keys, as far as they were ever looked for.
    #[serde(skip)]
    numbers: BTreeMap<PublicKey, u64>,
    /// How far each line was.
    #[serde(skip)]
    looked: BTreeMap<u64, u32>,
}

/// What is kept of a series besides its dates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Series {
    /// The RRULE that it was asked for by.
    rrule: Option<String>,
}

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
    /// What was said in the commons, by slot: the statement, where this device said it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    said: BTreeMap<u8, Option<String>>,
    /// Whether it is, or is asked to be, for somebody who was shown round.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    introduced: bool,
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
    #[serde(default)]
    pub(crate) series: Option<SeriesId>,
    /// The booking that is cancelled when this one is confirmed.
    #[serde(default)]
    pub(crate) instead_of: Option<u64>,
    /// The booking of the year before that the office carried over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) continues: Option<u64>,
    /// Whether documents told of it: another device of the same keys made it, or this one before it was restored.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    recalled: bool,
    /// What this device has signed of it, where others may sign with the same keys.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    said: BTreeSet<String>,
    /// The last of that, whatever the others have said since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last: Option<Draft>,
}

/// A request before it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Draft {
    options: Vec<Vec<(u32, i32, i32)>>,
    any_equal: Option<(ClassId, Vec<FeatureId>)>,
    class: Option<ClassId>,
    party: u16,
    claimed: i32,
    /// Until when it is wanted beyond the document's year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<i32>,
    /// The event that it proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event: Option<EventDraft>,
    /// The event that it asks for seats at, as the ticket in hexadecimal and the slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seats_at: Option<(String, u8)>,
}

/// `(tag, period)`, as on the wire.
type WireDocument = (u8, u32);

/// A slot of a ticket, with what is needed to sign for it.
pub(crate) struct Pen {
    pub(crate) key: Keypair,
    pub(crate) slot: SlotKey,
    pub(crate) document: Document,
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
            series: None,
            instead_of: None,
            continues: None,
            recalled: false,
            said: BTreeSet::new(),
            last: None,
        };
        self.bookings.insert(id, entry);
        BookingId(id)
    }

    /// A series without dates.
    pub(crate) fn new_series(&mut self, rrule: Option<String>) -> SeriesId {
        let id = SeriesId(self.next_series);
        self.next_series = self.next_series.saturating_add(1);
        self.series.insert(id, Series { rrule });
        id
    }

    /// Whether there is such a series.
    pub(crate) fn has_series(&self, series: SeriesId) -> bool {
        self.series.contains_key(&series)
    }

    /// The RRULE that a series was asked for by.
    pub(crate) fn rrule(&self, series: SeriesId) -> Option<&str> {
        self.series.get(&series)?.rrule.as_deref()
    }

    /// Makes a booking a date of a series.
    pub(crate) fn join(&mut self, booking: BookingId, series: Option<SeriesId>) {
        if let Some(entry) = self.bookings.get_mut(&booking.0) {
            entry.series = series;
        }
    }

    /// Notes that `booking` takes the place of `old` once it is confirmed, or that it no longer waits to.
    pub(crate) fn replaces(&mut self, booking: BookingId, old: Option<BookingId>) {
        if let Some(entry) = self.bookings.get_mut(&booking.0) {
            entry.instead_of = old.map(|old| old.0);
        }
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
            // It says nothing more of it, whoever else took its slot.
            entry.said.clear();
            entry.last = None;
        }
    }

    /// Bookings that are to take the place of others, each with the other.
    pub(crate) fn moves(&self) -> impl Iterator<Item = (BookingId, BookingId)> + '_ {
        let wanted = self.bookings().filter(|(_, entry)| !entry.cancelled);
        wanted.filter_map(|(new, entry)| Some((new, BookingId(entry.instead_of?))))
    }

    /// Replaces what a booking asks for. A draft may be filed elsewhere than before.
    pub(crate) fn rewrite(&mut self, booking: BookingId, plan: &Plan, claimed: CivilMinute) {
        if let Some(entry) = self.bookings.get_mut(&booking.0) {
            entry.document = plan.document.to_parts();
            entry.draft = Draft::of(plan, claimed);
        }
    }

    /// Forgets the bookings and tickets of a document that was dropped; says whether there were any.
    pub(crate) fn forget(&mut self, document: Document) -> bool {
        let wire = document.to_parts();
        let before = (self.bookings.len(), self.keys.len());
        self.bookings.retain(|_, entry| entry.document != wire);
        let unsaid = self.forget_sayings(document) | self.forget_organising(document);
        self.keys.retain(|_, key| key.document != wire);
        self.forget_lines(document);
        self.sought.remove(&wire);
        let used: BTreeSet<SeriesId> = self.bookings.values().filter_map(|e| e.series).collect();
        self.series.retain(|series, _| used.contains(series));
        unsaid || before != (self.bookings.len(), self.keys.len())
    }

    /// Drafts that wait for a ticket, oldest first.
    pub(crate) fn drafts(&self) -> Vec<BookingId> {
        let waiting = self
            .bookings
            .iter()
            .filter(|(_, entry)| entry.slot.is_none() && !entry.cancelled);
        waiting.map(|(id, _)| BookingId(*id)).collect()
    }

    /// Every ticket that has come.
    pub(crate) fn tickets(&self) -> impl Iterator<Item = StatementId> + '_ {
        let tickets = self.keys.values().filter_map(|key| key.ticket.as_deref());
        tickets.filter_map(StatementId::from_hex)
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
            until: self.draft.until.and_then(at),
            purpose: self.draft.purpose(),
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
            until: None,
            event: None,
            seats_at: request.event.and_then(|event| {
                let own = (event.ticket, event.slot) == (request.ticket, request.slot);
                (!own).then(|| (event.ticket.to_string(), event.slot))
            }),
        }
    }

    fn purpose(&self) -> Option<Purpose> {
        let seats = self.seats_at.as_ref().and_then(|(ticket, slot)| {
            let ticket = StatementId::from_hex(ticket)?;
            Some(Purpose::Seats(EventKey {
                ticket,
                slot: *slot,
            }))
        });
        seats.or_else(|| self.event.clone().map(Purpose::Event))
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
            until: plan.until.map(CivilMinute::get),
            event: match &plan.purpose {
                Some(Purpose::Event(event)) => Some(event.clone()),
                _ => None,
            },
            seats_at: match &plan.purpose {
                Some(Purpose::Seats(event)) => Some((event.ticket.to_string(), event.slot)),
                _ => None,
            },
        }
    }
}

fn flat(wish: &Wish) -> (u32, i32, i32) {
    let (start, end) = (wish.interval.start(), wish.interval.end());
    (wish.unit.0, start.get(), end.get())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(lane: &u8) -> bool {
    *lane == 0
}
