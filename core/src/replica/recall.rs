//! What a visitor's phone takes back from the documents: tickets for its keys, and bookings that it has forgotten or that
//! another device of the same person has made.

use super::Replica;
use super::wallet::{Heard, Learnt, News, Recalled, Saying};
use super::{BookingId, SeriesId};
use crate::id::{StatementId, UnitId};
use crate::resolve::{Fold, SlotKey};
use crate::statement::{AnyEqual, Body, Document, Request, Verified};
use crate::time::{CivilMinute, OfficeDay};
use std::collections::BTreeSet;

/// What came of going through a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Found {
    /// Keys or tickets came up that the wallet had not heard of: there may be more.
    forgotten: bool,
    /// Another device goes by this one's lane.
    foreign: bool,
}

impl Found {
    const fn or(self, other: Self) -> Self {
        Self {
            forgotten: self.forgotten || other.forgotten,
            foreign: self.foreign || other.foreign,
        }
    }
}

impl Replica {
    /// Notes what new statements of a document say of this device's own bookings.
    pub(super) fn recall(&mut self, document: Document, statements: &[Verified]) {
        self.forget_served_orders(statements);
        let mut found = self.recall_in(document, statements);
        // Whoever forgot one key has forgotten more, and a later one may have come first.
        while std::mem::take(&mut found.forgotten) {
            let documents: Vec<Document> = self.shelf.ledgers.keys().copied().collect();
            for document in documents {
                let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
                let all: Vec<Verified> = fold
                    .into_iter()
                    .flat_map(|fold| fold.statements().values())
                    .filter(|statement| {
                        statement.header().link.is_none() || self.wallet.is_copied()
                    })
                    .cloned()
                    .collect();
                found = found.or(self.recall_in(document, &all));
            }
        }
        if found.foreign && self.wallet.is_copied() {
            self.wallet.leave_lane();
            self.keep_wallet();
        }
    }

    fn recall_in(&mut self, document: Document, statements: &[Verified]) -> Found {
        let tickets = self.recall_tickets(document, statements);
        let bookings = self.recall_bookings(document, statements);
        self.recall_sayings(document, statements);
        let forgotten = self.recall_organising(document, statements);
        let foreign = false;
        tickets.or(bookings).or(Found { forgotten, foreign })
    }

    fn recall_tickets(&mut self, document: Document, statements: &[Verified]) -> Found {
        let mut learnt = BTreeSet::new();
        for statement in statements {
            if let Body::Ticket(ticket) = statement.body() {
                let told = self
                    .wallet
                    .learn(statement.id(), document, ticket, &self.key);
                if told != Learnt::Nothing {
                    self.wallet.hear_ticket(ticket.stamp);
                }
                learnt.insert(told);
            }
        }
        learnt.remove(&Learnt::Nothing);
        if !learnt.is_empty() {
            self.keep_wallet();
        }
        let foreign = learnt.contains(&Learnt::Foreign);
        Found {
            forgotten: foreign || learnt.contains(&Learnt::Forgotten),
            foreign,
        }
    }

    fn recall_bookings(&mut self, document: Document, statements: &[Verified]) -> Found {
        // Those that were forgotten are numbered as they were made.
        let mut ours = BTreeSet::new();
        for statement in statements {
            let (ticket, slot) = match statement.body() {
                Body::Request(request) => (request.ticket, request.slot),
                Body::Propose(propose) => (propose.ticket, propose.slot),
                Body::Cancel(cancel) => (cancel.ticket, cancel.slot),
                Body::Carry(carry) => (carry.ticket, carry.slot),
                // Of two wishes in one slot it tells which the office has granted.
                Body::Confirm(_) if self.wallet.is_copied() => {
                    let ledger = self.shelf.ledger(document);
                    let known = ledger.map(|ledger| &ledger.fold.resolved().confirmations);
                    let Some(one) = known.and_then(|known| known.get(&statement.id())) else {
                        continue;
                    };
                    (one.key.ticket, one.key.slot)
                }
                _ => continue,
            };
            let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
            let owner = match statement.body() {
                // The office speaks for whoever has the ticket.
                Body::Carry(_) | Body::Confirm(_) => {
                    let record = fold.and_then(|fold| fold.resolved().tickets.get(&ticket));
                    record.map(|record| record.ticket.key)
                }
                _ => Some(statement.signer()),
            };
            let number = owner.and_then(|owner| self.wallet.number_of(document, &owner, &self.key));
            let key = SlotKey { ticket, slot };
            if let Some((number, first)) = number.zip(self.first_claim(document, &key)) {
                ours.insert((first, number, key));
            }
        }
        let (mut changed, mut made, mut found) = (false, Vec::new(), Found::default());
        for (first, number, key) in ours {
            if self.is_displaced(document, &key) {
                self.wallet.refile(&key);
                (changed, found.foreign) = (true, true);
            }
            for (id, wish) in self.forgotten_wishes(document, &key) {
                self.wallet.ask_again(&key, id, &wish);
                changed = true;
            }
            let Some(fold) = self.shelf.ledger(document).map(|ledger| &ledger.fold) else {
                continue;
            };
            let resolved = fold.resolved();
            let state = resolved.slots.get(&key);
            let current = in_force(fold, &key);
            let event = resolved.events.get(&key).and_then(|event| event.content());
            let version = match (current, event) {
                (Some((_, request)), _) => request.version,
                (None, Some((_, propose))) => propose.version,
                (None, None) => continue,
            };
            let carried = current.is_some_and(|(id, _)| resolved.carried.contains_key(&id));
            let continues = current.and_then(|(id, _)| self.continues(document, &id));
            let news = self.wallet.recall(&Recalled {
                document,
                number,
                key,
                asked: current.map(|(_, request)| request),
                claimed: first,
                cancelled: state.is_some_and(|slot| slot.is_cancelled(version)),
                continues,
            });
            changed |= news != News::None;
            if let News::Made(booking) = news {
                made.push(booking);
                found.foreign |= !carried && self.wallet.is_foreign(number);
            }
        }
        if changed {
            self.regroup(&made);
            self.keep_wallet();
        }
        found
    }

    /// When a booking was first asked for, or proposed.
    fn first_claim(&self, document: Document, key: &SlotKey) -> Option<CivilMinute> {
        let resolved = self.shelf.ledger(document)?.fold.resolved();
        let asked = resolved.slots.get(key);
        let asked = asked.and_then(|slot| slot.versions.values().next());
        let proposed = resolved.events.get(key).into_iter();
        let proposed = proposed.flat_map(|event| event.proposals.values());
        asked
            .map(|first| first.request.claimed)
            .or_else(|| proposed.map(|propose| propose.claimed).min())
    }

    /// Whether another device, by the same key, took the slot of a booking of this one for something else, and that is
    /// what the slot says.
    fn is_displaced(&self, document: Document, key: &SlotKey) -> bool {
        let Some(own) = self.wallet.own_word(key) else {
            return false;
        };
        let Some(fold) = self.shelf.ledger(document).map(|ledger| &ledger.fold) else {
            return false;
        };
        let is_own = |id: &StatementId| own.said.contains(&id.to_string());
        let is_first = |body: &Body| match body {
            Body::Request(request) => request.slot == key.slot && request.version == 0,
            Body::Propose(propose) => propose.slot == key.slot && propose.version == 0,
            _ => false,
        };
        let mut firsts = fold.said_of(&key.ticket);
        if !firsts.any(|said| is_first(said.body()) && !is_own(&said.id())) {
            return false;
        }
        let resolved = fold.resolved();
        let slot = resolved.slots.get(key);
        let asks = slot
            .zip(in_force(fold, key))
            .is_some_and(|(slot, (id, request))| {
                is_own(&id) && !slot.is_cancelled(request.version)
            });
        let event = resolved.events.get(key).and_then(|event| event.content());
        let proposes = event.is_some_and(|(id, _)| is_own(&id));
        (own.asks && !asks) || (own.proposes && !proposes)
    }

    /// What this device asked for in a slot of its own, and has forgotten: its database was lost or put back, and the slot
    /// says what it asked for there since. Where another device goes by its keys, that asks again itself.
    fn forgotten_wishes(&self, document: Document, key: &SlotKey) -> Vec<(StatementId, Request)> {
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let Some((fold, own)) = fold.zip(self.wallet.own_word(key)) else {
            return Vec::new();
        };
        let slot = fold.resolved().slots.get(key);
        if self.wallet.is_copied() || slot.is_none_or(|slot| slot.is_cancelled(0)) {
            return Vec::new();
        }
        let stands = in_force(fold, key).map(|(id, _)| id);
        let said = fold.said_of(&key.ticket).filter_map(|said| {
            let Body::Request(request) = said.body() else {
                return None;
            };
            let is_first = request.slot == key.slot && request.version == 0;
            let forgotten = Some(said.id()) != stands && !own.said.contains(&said.id().to_string());
            (is_first && forgotten && request.event.is_none()).then(|| (said.id(), request.clone()))
        });
        said.collect()
    }

    /// Dates that were asked for in one minute, at the same time of other days, are a series: what is known of one by
    /// somebody who has not asked for it.
    fn regroup(&mut self, made: &[BookingId]) {
        for booking in made {
            let Some(alike) = self.alike(*booking) else {
                continue;
            };
            let recalled = self.wallet.recalled();
            let is_date = |other: BookingId| {
                other != *booking
                    && self
                        .alike(other)
                        .is_some_and(|other| other.is_date_with(&alike))
            };
            let others: Vec<(BookingId, Option<SeriesId>)> = recalled
                .filter(|(other, _)| is_date(*other))
                .map(|(other, entry)| (other, entry.series))
                .collect();
            if others.is_empty() {
                continue;
            }
            let known = others.iter().find_map(|(_, series)| *series);
            let series = known.unwrap_or_else(|| self.wallet.new_series(None));
            for (date, _) in others.iter().filter(|(_, series)| series.is_none()) {
                self.wallet.join(*date, Some(series));
            }
            self.wallet.join(*booking, Some(series));
        }
    }

    /// What the dates of one series have in common.
    fn alike(&self, booking: BookingId) -> Option<Alike> {
        let (document, key) = self.slot_of(booking)?;
        let Document::Ledger(_) = document else {
            return None;
        };
        let slot = self
            .shelf
            .ledger(document)?
            .fold
            .resolved()
            .slots
            .get(&key)?;
        let first: &Request = &slot.versions.values().next()?.request;
        let option = first.options.first()?;
        let wish = option.first()?;
        let (start, end) = (wish.interval.start(), wish.interval.end());
        let day_of = OfficeDay::of(start, self.shelf.day_start());
        let day = day_of.interval(self.shelf.day_start());
        first.event.is_none().then(|| Alike {
            claimed: first.claimed,
            day: day_of,
            units: match &first.any_equal {
                Some(_) => Vec::new(),
                None => option.iter().map(|wish| wish.unit).collect(),
            },
            start: start.minutes_since(day.start()),
            length: end.minutes_since(start),
            party: first.party,
            any_equal: first.any_equal.clone(),
        })
    }

    /// Notes which slots of this device's own tickets were used: a phone restored from a backup has forgotten, and another
    /// phone of the same keys has used others. What this one said in a slot that the other used too is said again.
    pub(super) fn recall_sayings(&mut self, document: Document, statements: &[Verified]) {
        if !matches!(document, Document::Commons(_)) {
            return;
        }
        let mut news = false;
        for statement in statements {
            let (ticket, slot) = match statement.body() {
                Body::Suggest(said) => (said.ticket, said.slot),
                Body::Support(said) => (said.ticket, said.slot),
                Body::Post(said) => (said.ticket, said.slot),
                _ => continue,
            };
            let signer = statement.signer();
            let Some(number) = self.wallet.number_of(document, &signer, &self.key) else {
                continue;
            };
            let key = SlotKey { ticket, slot };
            match self.wallet.hear_saying(number, key, statement.id()) {
                Heard::Nothing => {}
                Heard::News => news = true,
                Heard::Rival(own) => {
                    let Some(ledger) = self.shelf.ledger(document) else {
                        continue;
                    };
                    let has = |id: &StatementId| ledger.pages.recorded.contains(id);
                    // Of several the one with the smallest id is said, and stewards admit one.
                    let lost = match (has(&own), has(&statement.id())) {
                        (false, true) => true,
                        (true, false) => false,
                        _ => statement.id() < own,
                    };
                    let own = ledger.fold.statements().get(&own).filter(|_| lost);
                    if let Some((saying, claimed)) = own.and_then(|own| Saying::of(own.body())) {
                        news = true;
                        self.wallet.leave_place(number, key);
                        self.wallet.keep_saying(document, saying, claimed);
                    }
                }
            }
        }
        if news {
            self.keep_wallet();
        }
    }

    /// The booking, of the year before, that something goes on from.
    fn continues(&self, document: Document, id: &StatementId) -> Option<(Document, SlotKey)> {
        let resolved = self.shelf.ledger(document)?.fold.resolved();
        let from = resolved.carried.get(id)?.from;
        let before = self
            .shelf
            .ledger(from.document)
            .filter(|_| from.document != document)?;
        let confirmation = before.fold.resolved().confirmations.get(&from.confirm)?;
        Some((from.document, confirmation.key))
    }
}

/// What a slot stands for: its current request, or of the same version the one that the office has decided about.
fn in_force<'a>(fold: &'a Fold, key: &SlotKey) -> Option<(StatementId, &'a Request)> {
    let resolved = fold.resolved();
    let slot = resolved.slots.get(key)?;
    let current = slot.current()?;
    let decided = slot
        .last()
        .and_then(|last| resolved.confirmations.get(&last));
    let decided = decided.filter(|of| of.version == current.request.version);
    let other = decided.and_then(|of| match fold.statements().get(&of.request)?.body() {
        Body::Request(request) => Some((of.request, request)),
        _ => None,
    });
    Some(other.unwrap_or((current.id, &current.request)))
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Alike {
    claimed: CivilMinute,
    day: OfficeDay,
    /// Empty where any equal one would do: each date may be of another unit.
    units: Vec<UnitId>,
    start: i32,
    length: i32,
    party: u16,
    any_equal: Option<AnyEqual>,
}

impl Alike {
    /// Whether two bookings are dates of one series: the same, on other days.
    fn is_date_with(&self, other: &Self) -> bool {
        let other_day = Self {
            day: self.day,
            ..other.clone()
        };
        self.day != other.day && *self == other_day
    }
}
