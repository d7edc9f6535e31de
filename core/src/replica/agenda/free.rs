//! What is free, and what a day looks like, for everybody.

use super::super::Replica;
use crate::error::Error;
use crate::id::{ClassId, FeatureId, UnitId};
use crate::model::{Catalogue, CellSpan};
use crate::statement::Document;
use crate::time::{Interval, OfficeDay};
use crate::view::{Entry, FreeUnit, Wanted};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

impl Replica {
    /// Units free for the whole of `interval`, fewest surplus features first. `class`: only of that class.
    pub fn free(
        &self,
        class: Option<ClassId>,
        needs: &BTreeSet<FeatureId>,
        interval: Interval,
    ) -> Result<Vec<FreeUnit>, Error> {
        let catalogue = self.catalogue().ok_or(Error::NoCatalogue)?;
        let wanted = Wanted::any(class, needs, interval);
        let mut free = self.free_on_board(catalogue, &wanted);
        // Seats are free for events, and are asked for by their class.
        free.retain(|free| class.is_some() || !catalogue.is_seat(free.unit));
        Ok(free)
    }

    fn free_on_board(&self, catalogue: &Catalogue, wanted: &Wanted<'_>) -> Vec<FreeUnit> {
        let day = OfficeDay::of(wanted.interval.start(), self.shelf.day_start());
        let class = wanted.class.and_then(|class| catalogue.class(class));
        let document = match class.map(|class| class.cells) {
            Some(CellSpan::Year) => Document::Storage(day.year()),
            _ => Document::ledger_of(day),
        };
        match self.shelf.ledger(document).and_then(|ledger| ledger.view()) {
            Some(view) => view.board().free(wanted),
            None => {
                crate::view::Board::new(catalogue, document, self.shelf.day_start()).free(wanted)
            }
        }
    }

    /// Units to ask for: free, and with nobody else hoping for them if that can be had.
    pub(in crate::replica) fn free_units(
        &self,
        catalogue: &Catalogue,
        class: Option<ClassId>,
        needs: &BTreeSet<FeatureId>,
        interval: Interval,
    ) -> Vec<UnitId> {
        let wanted = Wanted::any(class, needs, interval);
        let mut free = self.free_on_board(catalogue, &wanted);
        // Devices that know the same would all pick the same unit: each starts at a place of its own.
        let me = self.key.derive("taste", 0).public();
        let taste = |unit: UnitId| -> [u8; 32] {
            Sha256::new()
                .chain_update(me.0)
                .chain_update(unit.0.to_be_bytes())
                .finalize()
                .into()
        };
        free.sort_by_cached_key(|unit| (unit.expected > 0, unit.surplus, taste(unit.unit)));
        free.into_iter().map(|free| free.unit).collect()
    }

    /// When a unit is taken on a day, or expected to be; never by whom.
    pub fn day_of(&self, unit: UnitId, day: OfficeDay) -> Vec<Entry> {
        let ledger = self.shelf.ledger(Document::ledger_of(day));
        let view = ledger.and_then(|ledger| ledger.view());
        view.map(|view| view.board().unit_period(unit, day.get()).to_vec())
            .unwrap_or_default()
    }

    /// When any unit is taken on a day, by unit, then by time.
    pub fn day(&self, day: OfficeDay) -> Vec<Entry> {
        let ledger = self.shelf.ledger(Document::ledger_of(day));
        let view = ledger.and_then(|ledger| ledger.view());
        view.map(|view| view.board().period(day.get()).copied().collect())
            .unwrap_or_default()
    }
}
