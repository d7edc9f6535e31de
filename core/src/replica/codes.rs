//! Codes of locks: issued at the desk, opened by the renter's key alone, changed when somebody leaves or a lock was forced.

use super::{BookingId, Outcome, Replica};
use crate::command::{CodePlace, LockCode, NewCode};
use crate::error::Error;
use crate::id::{StatementId, UnitId};
use crate::resolve::SlotKey;
use crate::statement::{Code, Document, Keypair, Role};
use crate::sync::qr::Slip;
use crate::time::{CivilMinute, Timestamp};
use crate::view::Rental;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The code of something rented, as its renter reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCode {
    /// The lock.
    pub unit: UnitId,
    /// What it opens by.
    pub code: LockCode,
    /// Which code of that lock it is.
    pub generation: u32,
    /// When it was issued.
    pub since: CivilMinute,
    /// Whether the office is to change it, since the lock was opened without its renter.
    pub is_due: bool,
}

/// A lock whose code is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeDue {
    /// The lock.
    pub unit: UnitId,
    /// Why.
    pub by: CodeDueBy,
    /// Who rents it now, and is to be told the next code.
    pub renter: Option<SlotKey>,
}

/// Why a code is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CodeDueBy {
    /// Who was told it rents the lock no longer.
    Ended,
    /// The lock was opened without its renter.
    Opened,
    /// Two devices issued a code at once, and nobody can tell which of them the lock has.
    Twice,
}

/// A code that counts, and where.
struct Issued<'a> {
    document: Document,
    key: SlotKey,
    id: StatementId,
    code: &'a Code,
}

impl Replica {
    /// Every code of a lock that counts, in whatever year.
    fn codes_of(&self, unit: UnitId) -> Vec<Issued<'_>> {
        let mut codes = Vec::new();
        for (document, ledger) in &self.shelf.ledgers {
            let resolved = ledger.fold.resolved();
            let here = resolved.codes.iter().filter(|(_, code)| code.unit == unit);
            codes.extend(here.filter_map(|(id, code)| {
                let key = resolved.confirmations.get(&code.confirm)?.key;
                Some(Issued {
                    document: *document,
                    key,
                    id: *id,
                    code,
                })
            }));
        }
        codes
    }

    /// The bookings that are one rental, by year.
    fn slots_of(&self, rental: &Rental) -> BTreeSet<(Document, SlotKey)> {
        let mut slots = BTreeSet::new();
        let mut before = Some((rental.document, rental.key));
        while let Some(slot) = before.filter(|slot| slots.insert(*slot)) {
            before = self.part_before(slot.0, &slot.1);
        }
        let mut after = self.next_part(rental.document, &rental.key);
        while let Some(slot) = after.filter(|slot| slots.insert(*slot)) {
            after = self.next_part(slot.0, &slot.1);
        }
        slots
    }

    /// What a rental continues that was in another year's document, as far as that is here.
    fn part_before(&self, document: Document, key: &SlotKey) -> Option<(Document, SlotKey)> {
        let carried = self
            .shelf
            .ledger(document)?
            .fold
            .resolved()
            .carried
            .values();
        let mut of_slot =
            carried.filter(|carry| (carry.ticket, carry.slot) == (key.ticket, key.slot));
        let from = of_slot.find(|carry| carry.from.document != document)?.from;
        let before = self.shelf.ledger(from.document)?.fold.resolved();
        let of = before.confirmations.get(&from.confirm)?;
        Some((from.document, of.key))
    }

    /// The last time that a unit was opened without its renter.
    fn last_opened(&self, unit: UnitId) -> Option<CivilMinute> {
        let ledgers = self.shelf.ledgers.values();
        let opened = ledgers.flat_map(|ledger| ledger.fold.resolved().opened.values());
        let of_unit = opened.filter(|opened| opened.unit == unit);
        of_unit.map(|opened| opened.minute).max()
    }

    fn opened_since(&self, code: &Code) -> bool {
        let opened = self.last_opened(code.unit);
        opened.is_some_and(|opened| opened >= code.minute)
    }

    /// The newest code of a lock among those bookings.
    fn newest(&self, unit: UnitId, slots: &BTreeSet<(Document, SlotKey)>) -> Option<&Code> {
        let codes = self.codes_of(unit).into_iter();
        let told = codes.filter(|issued| slots.contains(&(issued.document, issued.key)));
        let newest = told.max_by_key(|issued| (issued.code.generation, Reverse(issued.id)));
        newest.map(|issued| issued.code)
    }

    /// What the codes of a rental are, by the key that they were sealed to.
    fn codes_for(&self, rental: &Rental, key: &Keypair) -> Vec<KnownCode> {
        let slots = self.slots_of(rental);
        let known = rental.units.iter().filter_map(|unit| {
            let code = self.newest(*unit, &slots)?;
            Some(KnownCode {
                unit: *unit,
                code: LockCode::open(self.office, code, key)?,
                generation: code.generation,
                since: code.minute,
                is_due: self.opened_since(code),
            })
        });
        known.collect()
    }

    /// The codes of what this device rents, with the booking of each.
    pub fn own_codes(&self, now: Timestamp) -> Result<Vec<(BookingId, KnownCode)>, Error> {
        let mut own = Vec::new();
        for (booking, rental) in self.own_rentals(now)? {
            if let Some(pen) = self.wallet.pen(booking, &self.key) {
                let codes = self.codes_for(&rental, &pen.key).into_iter();
                own.extend(codes.map(|code| (booking, code)));
            }
        }
        Ok(own)
    }

    /// The codes of what is rented by a slip, to be read out to whoever holds it: on a device of the staff.
    pub fn codes_of_slip(&self, now: Timestamp, seed: &[u8; 16]) -> Result<Vec<KnownCode>, Error> {
        match self.require_role()? {
            Role::Admin | Role::Staff => {}
            role => return Err(Error::StaffOnly { role }),
        }
        let rental = self.rental_of_slip(now, seed)?;
        let key = Slip::key_of(seed);
        Ok(rental.map_or_else(Vec::new, |rental| self.codes_for(&rental, &key)))
    }

    /// Locks whose codes are to be changed, by unit: for stewards.
    pub fn codes_due(&self, now: Timestamp) -> Result<Vec<CodeDue>, Error> {
        self.require_role()?;
        let rentals = self.rentals(now)?;
        let mut renters: BTreeMap<UnitId, (SlotKey, BTreeSet<(Document, SlotKey)>)> =
            BTreeMap::new();
        for rental in &rentals {
            let slots = self.slots_of(rental);
            for unit in &rental.units {
                renters.insert(*unit, (rental.key, slots.clone()));
            }
        }
        let ledgers = self.shelf.ledgers.values();
        let codes = ledgers.flat_map(|ledger| ledger.fold.resolved().codes.values());
        let units: BTreeSet<UnitId> = codes.map(|code| code.unit).collect();
        let mut due = Vec::new();
        for unit in units {
            let renter = renters.get(&unit);
            if let Some(by) = self.due_by(unit, renter.map(|(_, slots)| slots)) {
                let renter = renter.map(|(key, _)| *key);
                due.push(CodeDue { unit, by, renter });
            }
        }
        Ok(due)
    }

    fn due_by(
        &self,
        unit: UnitId,
        renter: Option<&BTreeSet<(Document, SlotKey)>>,
    ) -> Option<CodeDueBy> {
        let codes = self.codes_of(unit);
        let newest = codes.iter().map(|issued| issued.code.generation).max()?;
        let newest = codes
            .iter()
            .filter(|issued| issued.code.generation == newest);
        let sealed: BTreeSet<_> = newest.clone().map(|issued| issued.code.sealed).collect();
        if sealed.len() > 1 {
            return Some(CodeDueBy::Twice);
        }
        let told = |issued: &&Issued<'_>| {
            renter.is_some_and(|slots| slots.contains(&(issued.document, issued.key)))
        };
        if !newest.clone().any(|issued| told(&issued)) {
            return Some(CodeDueBy::Ended);
        }
        let mut newest = newest;
        newest
            .any(|issued| self.opened_since(issued.code))
            .then_some(CodeDueBy::Opened)
    }

    /// A lock was set to another code, which its renter is told and nobody else.
    pub(super) fn issue_code(&mut self, now: Timestamp, new: &NewCode) -> Result<Outcome, Error> {
        self.require_facts()?;
        let (key, unit) = (new.key, new.unit);
        self.find_slot(&key)?;
        let mut rentals = self.rentals(now)?.into_iter();
        let rental = rentals.find(|rental| rental.key == key);
        let rental = rental.ok_or(Error::NotConfirmed { key })?;
        if !rental.units.contains(&unit) {
            return Err(Error::NotRented { key, unit });
        }
        let ledger = self.shelf.ledger(rental.document);
        let tickets = ledger.map(|ledger| &ledger.fold.resolved().tickets);
        let ticket = tickets.and_then(|tickets| tickets.get(&key.ticket));
        let to = ticket.ok_or(Error::NoSuchBooking { key })?.ticket.key;
        let before = self.codes_of(unit);
        let before = before.iter().map(|issued| issued.code.generation).max();
        let place = CodePlace {
            confirm: rental.confirm,
            unit,
            generation: before.unwrap_or(0).saturating_add(1),
        };
        let sealed = new.code.seal(self.office, &place, &to, &new.seed)?;
        // After the opening that it answers, in whatever minute that was.
        let opened = self.last_opened(unit);
        let after = opened.map_or(CivilMinute::MIN, |opened| opened.saturating_plus(1));
        let code = Code {
            confirm: rental.confirm,
            unit,
            generation: place.generation,
            sealed,
            minute: self.civil(now)?.max(after),
            first: None,
        };
        self.decide_that(now, rental.document, code)?;
        Ok(Outcome::Done)
    }

    /// Says the codes of what was carried into a year again there, so that the year before can be dropped.
    pub(super) fn carry_codes(&mut self, now: Timestamp, year: u16) -> Result<(), Error> {
        let document = Document::Storage(year);
        let told = self.told_in(Document::Storage(year.saturating_sub(1)));
        if told.is_empty() {
            return Ok(());
        }
        let here = self.told_in(document);
        let mut again = Vec::new();
        for (confirm, confirmation) in self.kept_here(document) {
            let key = confirmation.key;
            let Some((_, before)) = self.part_before(document, &key) else {
                continue;
            };
            for placed in &confirmation.holds {
                let unit = placed.hold.unit;
                let known = here.get(&(key, unit)).map_or(0, |code| code.generation);
                let newer = told.get(&(before, unit));
                again.extend(
                    newer
                        .filter(|code| code.generation > known)
                        .map(|code| Code {
                            confirm,
                            first: Some(code.first.unwrap_or(code.confirm)),
                            ..code.clone()
                        }),
                );
            }
        }
        for code in again {
            self.decide_that(now, document, code)?;
        }
        Ok(())
    }

    /// The newest code of each lock of each booking of a document.
    fn told_in(&self, document: Document) -> BTreeMap<(SlotKey, UnitId), Code> {
        let mut told = BTreeMap::new();
        let ledger = self.shelf.ledger(document);
        for resolved in ledger.iter().map(|ledger| ledger.fold.resolved()) {
            // At equal generations the smaller id, which comes first.
            for code in resolved.codes.values() {
                let Some(of) = resolved.confirmations.get(&code.confirm) else {
                    continue;
                };
                let known: &mut Code = told.entry((of.key, code.unit)).or_insert(code.clone());
                if known.generation < code.generation {
                    *known = code.clone();
                }
            }
        }
        told
    }
}
