//! Pages of bookings, a day at the desk, the office's zone: what a screen shows at a time.

use super::{AgendaEntry, BookingId, DeskEntry, Replica};
use crate::error::Error;
use crate::id::UnitId;
use crate::resolve::SlotKey;
use crate::statement::Document;
use crate::time::{OfficeDay, Zone};
use std::collections::BTreeSet;
use std::ops::Bound;

impl Replica {
    /// At most `limit` of this device's bookings behind `after`, in the order in which they were made.
    pub fn agenda_page(&self, after: Option<BookingId>, limit: usize) -> Vec<AgendaEntry> {
        let bookings = self.wallet.bookings().map(|(booking, _)| booking);
        bookings
            .filter(|booking| after.is_none_or(|after| *booking > after))
            .filter_map(|booking| self.booking(booking))
            .take(limit)
            .collect()
    }

    /// At most `limit` bookings of a document behind `after`, by ticket and slot: what the desk sees.
    pub fn desk_page(
        &self,
        document: Document,
        after: Option<SlotKey>,
        limit: usize,
    ) -> Vec<DeskEntry> {
        let Some(ledger) = self.shelf.ledger(document) else {
            return Vec::new();
        };
        let behind = after.map_or(Bound::Unbounded, Bound::Excluded);
        let slots = &ledger.fold.resolved().slots;
        let page = slots.range((behind, Bound::Unbounded)).take(limit);
        page.map(|(key, _)| DeskEntry {
            key: *key,
            status: self.status(document, key),
        })
        .collect()
    }

    /// What is taken on a day and by which booking, by unit, then by time: for stewards.
    pub fn desk_day(&self, day: OfficeDay) -> Vec<crate::view::DeskEntry> {
        let ledger = self.shelf.ledger(Document::ledger_of(day));
        let Some((ledger, view)) = ledger.and_then(|ledger| Some((ledger, ledger.view()?))) else {
            return Vec::new();
        };
        let entries = view.board().period(day.get());
        let units: BTreeSet<UnitId> = entries.map(|entry| entry.unit).collect();
        units
            .into_iter()
            .flat_map(|unit| view.desk(&ledger.fold, unit, day.get()))
            .collect()
    }

    /// The document that a booking is filed in.
    pub fn document_of(&self, key: &SlotKey) -> Option<Document> {
        let mut ledgers = self.shelf.ledgers.iter();
        ledgers
            .find(|(_, ledger)| ledger.fold.resolved().slots.contains_key(key))
            .map(|(document, _)| *document)
    }

    /// The office's time zone.
    pub fn zone(&self) -> Result<Zone, Error> {
        self.shelf.zone()
    }
}
