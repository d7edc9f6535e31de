//! Custody in motion: taking what was given, passing requests on, giving cells to who needs or should hold them.
//!
//! `ARCHITECTURE.md`, "Several devices that decide", has the rules by number.

use super::Replica;
use super::decisions::Basis;
use crate::custody::{DEALT_AHEAD, Plan, Route, Stewards, Ties, ranges, route};
use crate::error::Error;
use crate::id::{PublicKey, UnitId};
use crate::limits::MAX_CELL_RANGES;
use crate::model::CellSpan;
use crate::resolve::{Cell, Fold, Holding};
use crate::statement::{Document, Family, Give, Take};
use crate::time::{OfficeDay, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// How often a cell changes hands before the plan leaves it where it is: devices that have heard differently of one
/// another make different plans, and must not pass it to and fro for as long as they do.
const MOST_GIVEN: u32 = 8;

impl Replica {
    /// Who may hold cells, as far as this device has heard of them.
    pub(super) fn stewards(&self, now: Timestamp) -> Result<Stewards, Error> {
        let authority = self.shelf.require_authority()?;
        let minute = self.civil(now)?;
        let presence = self.shelf.presence(self.key.public(), minute);
        Ok(Stewards::of(authority, &presence, minute))
    }

    /// Who should hold what.
    pub(super) fn plan(&self, now: Timestamp) -> Result<Plan, Error> {
        let catalogue = self.require_catalogue()?;
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        Ok(Plan::new(&catalogue, &self.stewards(now)?, today))
    }

    /// Takes every cell and right that was given or passed to this device.
    pub(super) fn take_in_flight(&mut self, now: Timestamp) -> Result<(), Error> {
        let me = self.key.public();
        let in_flight = |(document, ledger): (&Document, &super::shelf::Ledger)| {
            let under = ledger.fold.in_flight_to(&me).into_iter();
            under.map(|of| (*document, of)).collect::<Vec<_>>()
        };
        let all: Vec<_> = self.shelf.ledgers.iter().flat_map(in_flight).collect();
        for (document, of) in all {
            if self.may_decide(document) {
                self.decide_that(now, document, Take { of, via: None })?;
                self.shared = None;
            }
        }
        Ok(())
    }

    /// Gives cells to the devices that decide about requests whose place lies with several: a pending request is the
    /// ask. Who ranks first is served first, so that two that want the same cells do not take them from each other.
    pub(super) fn give_what_is_asked(
        &mut self,
        now: Timestamp,
        document: Document,
        basis: &Basis<'_>,
    ) -> Result<(), Error> {
        let me = self.key.public();
        let mut gives: BTreeMap<PublicKey, BTreeSet<Cell>> = BTreeMap::new();
        if let Some((ledger, view)) = self
            .shelf
            .ledger(document)
            .and_then(|ledger| Some((ledger, ledger.view()?)))
        {
            let (fold, forecast) = (&ledger.fold, view.forecast());
            let mut promised: BTreeSet<Cell> = BTreeSet::new();
            let mut ties = None;
            for (key, outlook) in forecast.line() {
                let Some(Holding::Held(decider)) = fold.decider(&key.ticket) else {
                    continue;
                };
                // What is given to who never comes back is lost to everybody.
                if decider != me && !basis.stewards.present().contains(&decider) {
                    continue;
                }
                let cells: BTreeSet<Cell> = outlook
                    .place
                    .holds()
                    .iter()
                    .filter_map(|hold| fold.cell_of(hold))
                    .collect();
                let asks = basis.is_current
                    && self.is_due(document, basis, key)
                    && route(fold, forecast, view.places(), basis.stewards, key, decider)
                        == Route::Gather;
                if !asks {
                    continue;
                }
                let mine = |cell: &&Cell| fold.custodian(cell) == Some(Holding::Held(me));
                if decider != me {
                    let ties = ties.get_or_insert_with(|| Ties::of(fold));
                    for cell in cells.iter().filter(mine) {
                        let together = ties.with(*cell);
                        if together.is_disjoint(&promised) {
                            gives.entry(decider).or_default().extend(together);
                        }
                    }
                }
                promised.extend(cells);
                promised.extend(gives.values().flatten());
            }
        }
        for (to, cells) in gives {
            self.give(now, document, to, &cells)?;
        }
        Ok(())
    }

    /// Gives cells that others should hold, by the plan. Only while the clock is believed and the newest catalogue is
    /// here: by another day or catalogue the same cells would be given back.
    pub(super) fn share_out(&mut self, now: Timestamp) -> Result<(), Error> {
        let authority = self.shelf.require_authority()?.clone();
        let settled = authority.fork().is_none() && self.is_current();
        if !settled || !self.clock.is_believed(now) {
            return Ok(());
        }
        let plan = self.plan(now)?;
        let by = Some((plan, authority.head().id));
        if self.shared == by {
            return Ok(());
        }
        self.shared = by;
        let Some((plan, _)) = self.shared.clone() else {
            return Ok(());
        };
        if plan.is_all_of(self.key.public()) {
            return Ok(());
        }
        for (document, periods) in self.shared_periods(&plan) {
            // Opened, so that what was never touched can be given too.
            if self.shelf.ledger_mut(document).is_none() || !self.may_decide(document) {
                continue;
            }
            for (to, cells) in self.due_to_others(document, &plan, &periods) {
                self.give(now, document, to, &cells)?;
            }
        }
        Ok(())
    }

    /// Whether this device has the newest catalogue that is published.
    pub(super) fn is_current(&self) -> bool {
        let published = self.authority().map(|authority| authority.catalogues());
        let newest = published.and_then(|catalogues| catalogues.keys().next_back().copied());
        newest.is_some() && newest == self.catalogue_version()
    }

    /// Which days of which ledgers are dealt out or kept by the hub, and this and next year's storage.
    fn shared_periods(&self, plan: &Plan) -> BTreeMap<Document, Vec<i32>> {
        let today = plan.today();
        let last = match plan.hub() {
            Some(hub) if hub != self.key.public() => today.month().next().next().first_day(),
            _ => today.plus(DEALT_AHEAD.saturating_add(1)),
        };
        let mut periods: BTreeMap<Document, Vec<i32>> = BTreeMap::new();
        let mut day = today;
        while day < last {
            periods
                .entry(Document::ledger_of(day))
                .or_default()
                .push(day.get());
            day = day.plus(1);
        }
        if !self.units_of(Family::Storage).is_empty() {
            // Next year's with this year's: what is rented on is confirmed in both.
            for year in [today.year(), today.year().saturating_add(1)] {
                periods.insert(Document::Storage(year), vec![i32::from(year)]);
            }
        }
        periods
    }

    /// What this device holds of those periods and others should.
    fn due_to_others(
        &self,
        document: Document,
        plan: &Plan,
        periods: &[i32],
    ) -> BTreeMap<PublicKey, BTreeSet<Cell>> {
        let mut gives: BTreeMap<PublicKey, BTreeSet<Cell>> = BTreeMap::new();
        let (Some(ledger), Some(family)) = (self.shelf.ledger(document), document.family()) else {
            return gives;
        };
        let fold = &ledger.fold;
        let me = self.key.public();
        let kept = self.awaited_here(document);
        let mut ties = None;
        let mut seen: BTreeSet<Cell> = BTreeSet::new();
        let units = self.units_of(family);
        let cells = periods
            .iter()
            .flat_map(|period| units.iter().map(|unit| (*unit, *period)))
            .map(|(unit, period)| Cell { unit, period });
        for cell in cells {
            let others = plan.share(cell.unit, family, cell.period) != Some(me);
            if !others || fold.custodian(&cell) != Some(Holding::Held(me)) || seen.contains(&cell) {
                continue;
            }
            let together = ties.get_or_insert_with(|| Ties::of(fold)).with(cell);
            seen.extend(&together);
            let rests = together
                .iter()
                .any(|cell| fold.times_given(cell) >= MOST_GIVEN);
            if let Some(to) = due_to(fold, plan, family, &together)
                && to != me
                && !rests
                && together.is_disjoint(&kept)
            {
                gives.entry(to).or_default().extend(together);
            }
        }
        gives
    }

    /// Cells where the forecast places a request that this device decides.
    fn awaited_here(&self, document: Document) -> BTreeSet<Cell> {
        let me = Some(Holding::Held(self.key.public()));
        let Some((ledger, view)) = self
            .shelf
            .ledger(document)
            .and_then(|ledger| Some((ledger, ledger.view()?)))
        else {
            return BTreeSet::new();
        };
        let fold = &ledger.fold;
        let outlooks = view.forecast().outlooks().iter();
        outlooks
            .filter(|(key, _)| fold.decider(&key.ticket) == me)
            .flat_map(|(_, outlook)| outlook.place.holds())
            .filter_map(|hold| fold.cell_of(hold))
            .collect()
    }

    fn units_of(&self, family: Family) -> Vec<UnitId> {
        let Some(catalogue) = self.catalogue() else {
            return Vec::new();
        };
        let span = match family {
            Family::Ledger => CellSpan::Day,
            Family::Storage => CellSpan::Year,
            Family::Till | Family::People | Family::Commons | Family::Roster => {
                return Vec::new();
            }
        };
        let units = catalogue.parts().units.keys().copied();
        units
            .filter(|unit| {
                catalogue
                    .class_of(*unit)
                    .is_some_and(|class| class.cells == span)
            })
            .collect()
    }

    pub(super) fn is_booked_by_the_day(&self, unit: UnitId) -> bool {
        let class = self
            .catalogue()
            .and_then(|catalogue| catalogue.class_of(unit));
        class.is_some_and(|class| class.cells == CellSpan::Day)
    }

    fn give(
        &mut self,
        now: Timestamp,
        document: Document,
        to: PublicKey,
        cells: &BTreeSet<Cell>,
    ) -> Result<(), Error> {
        for cells in ranges(cells).chunks(MAX_CELL_RANGES) {
            let cells = cells.to_vec();
            self.decide_that(now, document, Give { cells, to })?;
        }
        Ok(())
    }
}

/// Who should hold cells that are tied together: whoever should hold the earliest of those to come, of the unit with the
/// smallest number. What has once changed hands never goes to the hub.
fn due_to(fold: &Fold, plan: &Plan, family: Family, cells: &BTreeSet<Cell>) -> Option<PublicKey> {
    let today = plan.today().get();
    let to_come = cells
        .iter()
        .filter(|cell| family == Family::Storage || cell.period >= today);
    let first = to_come.min_by_key(|cell| (cell.period, cell.unit))?;
    let later = family == Family::Ledger && first.period > today.saturating_add(DEALT_AHEAD);
    let moved = fold.resolved().custody.contains_key(first);
    let to = plan.share(first.unit, family, first.period);
    to.filter(|_| !(later && moved))
}
