//! Who holds what: custody of cells, the right to decide, and what keeps others out.

use super::fold::Fold;
use super::state::{Cell, Holding, SlotKey, SlotState, State};
use crate::id::{PublicKey, StatementId, UnitId};
use crate::statement::{Body, Hold, Request};
use crate::time::Interval;
use std::collections::BTreeSet;

impl Fold {
    /// Who stands in for a device here: it, or who took over from it.
    pub fn stand_in(&self, device: PublicKey) -> PublicKey {
        self.progress
            .resolved
            .stand_ins
            .get(&device)
            .copied()
            .unwrap_or(device)
    }

    pub(super) fn is_cell(&self, cell: &Cell) -> bool {
        let interval = self
            .document
            .cell_interval(cell.period, self.authority.day_start());
        let hold = interval.map(|interval| Hold::new(cell.unit, interval, 0, 0));
        hold.and_then(|hold| self.document.cell_period(&hold, self.authority.day_start()))
            == Some(cell.period)
    }

    /// Who has custody of a cell; `None` when its unit is assigned to nobody.
    pub fn custodian(&self, cell: &Cell) -> Option<Holding> {
        if let Some(holding) = self.progress.resolved.custody.get(cell) {
            return Some(*holding);
        }
        let first = self
            .authority
            .first_custodian(cell.unit, self.document.family()?)?;
        Some(Holding::Held(self.stand_in(first)))
    }

    /// The cell that a hold lies in, if it lies in one of this document's.
    pub fn cell_of(&self, hold: &Hold) -> Option<Cell> {
        let period = self
            .document
            .cell_period(hold, self.authority.day_start())?;
        Some(Cell {
            unit: hold.unit,
            period,
        })
    }

    /// How often a cell has been given away.
    pub fn times_given(&self, cell: &Cell) -> u32 {
        self.progress.given.get(cell).copied().unwrap_or(0)
    }

    /// The Gives, Passes and Allows under which something is on its way to a device.
    pub fn in_flight_to(&self, device: &PublicKey) -> BTreeSet<StatementId> {
        let resolved = self.resolved();
        let all = resolved.custody.values().chain(resolved.rights.values());
        all.filter_map(|holding| match holding {
            Holding::InFlight { under, to } if to == device => Some(*under),
            _ => None,
        })
        .chain(resolved.books.allowed_to(device))
        .collect()
    }

    /// Who may decide a ticket's requests; `None` when the ticket is not good.
    pub fn decider(&self, ticket: &StatementId) -> Option<Holding> {
        if let Some(holding) = self.progress.resolved.rights.get(ticket) {
            return Some(*holding);
        }
        let record = self.progress.resolved.tickets.get(ticket)?;
        Some(Holding::Held(self.stand_in(record.ticket.decider)))
    }

    pub(super) fn has_custody(&self, device: &PublicKey, cell: &Cell) -> bool {
        self.custodian(cell) == Some(Holding::Held(*device))
    }

    pub(super) fn decides(&self, device: &PublicKey, ticket: &StatementId) -> bool {
        self.decider(ticket) == Some(Holding::Held(*device))
    }

    pub(super) fn holds_all_of(
        &self,
        device: &PublicKey,
        confirm: &StatementId,
        when: impl Fn(State) -> bool,
    ) -> bool {
        let confirmation = self.progress.resolved.confirmations.get(confirm);
        confirmation.is_some_and(|confirmation| {
            when(confirmation.state)
                && confirmation
                    .holds
                    .iter()
                    .all(|placed| self.has_custody(device, &placed.cell))
        })
    }

    /// A request that counts, or what stands for one.
    pub(super) fn good_request(&self, id: &StatementId) -> Option<&Request> {
        if let Some(carried) = self.progress.carried.get(id) {
            return Some(carried);
        }
        let statement = self
            .statements
            .get(id)
            .filter(|_| self.progress.good.contains(id))?;
        match statement.body() {
            Body::Request(request) => Some(request),
            _ => None,
        }
    }

    pub(super) fn last_of(&self, key: &SlotKey) -> Option<StatementId> {
        self.progress
            .resolved
            .slots
            .get(key)
            .and_then(SlotState::last)
    }

    pub(super) fn cells_of(&self, confirm: &StatementId) -> Vec<Cell> {
        let confirmation = self.progress.resolved.confirmations.get(confirm);
        confirmation
            .into_iter()
            .flat_map(|c| c.holds.iter().map(|placed| placed.cell))
            .collect()
    }

    pub(super) fn set_state(&mut self, confirm: &StatementId, state: State) {
        if let Some(confirmation) = self.progress.resolved.confirmations.get_mut(confirm) {
            confirmation.state = state;
            self.progress.touched.insert(confirmation.key);
        }
    }

    pub(super) fn unblock(&mut self, confirm: &StatementId, which: impl Fn(&Cell) -> bool) {
        let Some(confirmation) = self.progress.resolved.confirmations.get_mut(confirm) else {
            return;
        };
        for placed in confirmation
            .holds
            .iter_mut()
            .filter(|placed| which(&placed.cell))
        {
            placed.blocks = false;
            self.progress.touched_cells.insert(placed.cell);
            if let Some(blocked) = self.progress.blocked.get_mut(&placed.cell) {
                blocked.retain(|(id, _)| id != confirm);
            }
        }
    }

    /// What a unit is physically taken for, as far as is known.
    pub fn occupied(&self, unit: UnitId) -> impl Iterator<Item = (StatementId, Interval)> + '_ {
        let occupations = self.progress.resolved.occupations.iter();
        occupations
            .filter(move |(_, occupation)| occupation.unit == unit && !occupation.vacated)
            .map(|(id, occupation)| (*id, occupation.interval))
    }

    /// What keeps others out of a cell: the confirmation and what it occupies.
    pub fn blocks(&self, cell: &Cell) -> &[(StatementId, Interval)] {
        self.progress.blocked.get(cell).map_or(&[], Vec::as_slice)
    }
}
