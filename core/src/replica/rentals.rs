//! What is rented at a moment, and by which booking.

use super::{BookingId, Replica};
use crate::error::Error;
use crate::id::StatementId;
use crate::model::Reminders;
use crate::resolve::{Confirmation, SlotKey};
use crate::statement::Document;
use crate::time::{CivilMinute, OfficeDay, Timestamp};
use crate::view::{AskedUntil, Rental, RentalStep};

impl Replica {
    /// Everything that is rented, by unit: for stewards. What is carried into the next year is told once.
    pub fn rentals(&self, now: Timestamp) -> Result<Vec<Rental>, Error> {
        let minute = self.civil(now)?;
        let mut rentals = Vec::new();
        for document in self.shelf.ledgers.keys().copied() {
            let Document::Storage(_) = document else {
                continue;
            };
            for (id, confirmation) in self.standing_last(document) {
                rentals.extend(self.rental(minute, document, id, confirmation));
            }
        }
        rentals.sort_by(|a, b| (&a.units, a.since, a.key).cmp(&(&b.units, b.since, b.key)));
        Ok(rentals)
    }

    /// What this device rents, with its booking.
    pub fn own_rentals(&self, now: Timestamp) -> Result<Vec<(BookingId, Rental)>, Error> {
        let all = self.rentals(now)?;
        let own = self.wallet.bookings().filter_map(|(booking, _)| {
            let (document, key) = self.slot_of(booking)?;
            let rental = all
                .iter()
                .find(|r| r.key == key && r.document == document)?;
            Some((booking, rental.clone()))
        });
        Ok(own.collect())
    }

    /// What is rented by the slip with that seed; `None` when it is nothing, or not known here.
    pub fn rental_of_slip(&self, now: Timestamp, seed: &[u8; 16]) -> Result<Option<Rental>, Error> {
        let parts = self.bookings_on(seed);
        let all = self.rentals(now)?.into_iter();
        let mut all = all.filter(|rental| parts.contains(&(rental.document, rental.key)));
        Ok(all.next())
    }

    /// The rental of a booking, as a document has it at that minute; `None` when another document tells of it.
    pub(super) fn rental(
        &self,
        now: CivilMinute,
        document: Document,
        id: StatementId,
        confirmation: &Confirmation,
    ) -> Option<Rental> {
        let whole = self.whole(document)?;
        let key = confirmation.key;
        let part = self.part(document, &key)?;
        let next = self.next_part(document, &key);
        // Who gave the next year back and did not leave is overdue in this one's document.
        let went_on = part.until.is_some() && self.was_carried(document, &key);
        if now >= whole.end() && went_on {
            return None;
        }
        // Not before its year, when the year before has it.
        if now < whole.start() && self.is_told_before(document, confirmation) {
            return None;
        }
        let due = match part.until {
            // Where nothing was carried over, it ends with the year.
            Some(_) if next.is_none() && now >= whole.end() => Some(whole.end()),
            Some(until) => (until < CivilMinute::MAX).then_some(until),
            None => Some(part.end()),
        };
        let units: Vec<_> = part.holds.iter().map(|hold| hold.unit).collect();
        let reminders = self.reminders(&units);
        Some(Rental {
            key,
            document,
            confirm: id,
            since: part.since,
            due,
            step: RentalStep::at(now, due, &reminders, self.shelf.day_start()),
            asked: self.asked_until(document, &key),
            units,
        })
    }

    /// The confirmations of a document that stand, each the last of its slot.
    pub(super) fn standing_last(
        &self,
        document: Document,
    ) -> impl Iterator<Item = (StatementId, &Confirmation)> {
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        fold.into_iter().flat_map(|fold| {
            let slots = &fold.resolved().slots;
            fold.standing().filter(move |(id, confirmation)| {
                slots.get(&confirmation.key).and_then(|slot| slot.last()) == Some(*id)
            })
        })
    }

    /// Where a rental goes on next year, if it was confirmed there and stands.
    pub(super) fn next_part(
        &self,
        document: Document,
        key: &SlotKey,
    ) -> Option<(Document, SlotKey)> {
        let Document::Storage(year) = document else {
            return None;
        };
        let next = Document::Storage(year.saturating_add(1));
        let carried = self.carried_into(next, document, key)?;
        self.stands(next, &carried).then_some((next, carried))
    }

    /// Whether a rental was confirmed in the next year, whatever became of it there.
    fn was_carried(&self, document: Document, key: &SlotKey) -> bool {
        let Document::Storage(year) = document else {
            return false;
        };
        let next = Document::Storage(year.saturating_add(1));
        let carried = self.carried_into(next, document, key);
        let fold = self.shelf.ledger(next).map(|ledger| ledger.fold.resolved());
        let slot = fold.and_then(|fold| fold.slots.get(&carried?));
        slot.is_some_and(|slot| !slot.confirmed.is_empty())
    }

    fn is_told_before(&self, document: Document, confirmation: &Confirmation) -> bool {
        let ledger = self.shelf.ledger(document);
        let carry =
            ledger.and_then(|ledger| ledger.fold.resolved().carried.get(&confirmation.request));
        let Some(from) = carry.map(|carry| carry.from) else {
            return false;
        };
        let before = self
            .shelf
            .ledger(from.document)
            .map(|ledger| ledger.fold.resolved());
        let of = before.and_then(|resolved| resolved.confirmations.get(&from.confirm));
        from.document != document && of.is_some_and(|of| self.stands(from.document, &of.key))
    }

    fn asked_until(&self, document: Document, key: &SlotKey) -> Option<AskedUntil> {
        let resolved = self.shelf.ledger(document)?.fold.resolved();
        let renewal = resolved.slots.get(key)?.renewal?;
        let wish = renewal.id.0;
        let refused = resolved.declined.get(&wish).copied();
        let until = (renewal.until < CivilMinute::MAX).then_some(renewal.until);
        (!resolved.answered.contains(&wish)).then_some(AskedUntil { until, refused })
    }

    fn reminders(&self, units: &[crate::id::UnitId]) -> Reminders {
        let catalogue = self.catalogue();
        let mut classes = units.iter().filter_map(|unit| catalogue?.class_of(*unit));
        classes
            .next()
            .map(|class| class.rules.reminders)
            .unwrap_or_default()
    }

    /// Fails when something is rented in a year that would go.
    pub(super) fn require_nothing_rented_before(
        &self,
        now: Timestamp,
        day: OfficeDay,
    ) -> Result<(), Error> {
        let goes =
            |document: &Document| matches!(document, Document::Storage(year) if *year < day.year());
        let documents = self.rentals(now)?.into_iter().map(|rental| rental.document);
        match documents.into_iter().find(goes) {
            Some(document) => Err(Error::StillRented { document }),
            None => Ok(()),
        }
    }

    /// The years that a visitor follows: this one where anything is rented out, and the next of whatever it rents.
    pub(crate) fn years_of_rentals(&self, now: CivilMinute) -> Vec<Document> {
        let here = self.catalogue().is_some_and(|catalogue| catalogue.rents());
        let this_year = here.then(|| Document::Storage(self.year_of(now)));
        let own = self
            .wallet
            .bookings()
            .filter_map(|(_, entry)| entry.document());
        let next = own.filter_map(|document| match document {
            Document::Storage(year) => Some(Document::Storage(year.saturating_add(1))),
            _ => None,
        });
        this_year.into_iter().chain(next).collect()
    }

    /// The year of an office day.
    pub(super) fn year_of(&self, minute: CivilMinute) -> u16 {
        OfficeDay::of(minute, self.shelf.day_start()).year()
    }
}
