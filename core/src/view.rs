//! What people see: what is free, what is taken, how a booking stands and why. Derived, never written.
//!
//! ```text
//! Fold ──────┐            ┌─► Board         what is free, a unit's day; packs into a sidecar
//!            ├──► View ───┼─► Status        a booking on its way from draft to checked in
//! Catalogue ─┘ + Forecast ├─► Explanation   what stands in the way, and what is near and free
//!                         └─► Awaits        whom or what an undecided booking waits for
//! ```
//!
//! One view is one document: a month's ledger or a year's storage. "What is free?" scans 96 bits a unit, busy if
//! touched; only a hold that shares part of a touched quarter looks at exact intervals.
//!
//! **Architecture invariant:** a view never writes. Dropping it and calling [`View::rebuild`] gives an equal value, and
//! devices with the same statements and catalogue have equal views.

mod agenda;
mod awaits;
mod board;
mod explain;
mod free;
mod layout;
mod pack;
mod places;
mod quarters;
mod rental;
mod status;
mod timeline;

pub use agenda::AgendaItem;
pub use awaits::Awaits;
pub(crate) use awaits::expected_by;
pub use board::Board;
pub use explain::{Broken, BrokenBy, EqualUnits, Explanation, Nearest, OptionReport};
pub use free::{Expected, FreeUnit, Wanted};
pub use places::Published;
pub use rental::{AskedUntil, Rental, RentalStep};
pub use status::{Delivery, Replaced, Stage, Status};
pub use timeline::{DeskEntry, Entry, EntryKind};

use crate::id::{StatementId, UnitId};
use crate::model::Catalogue;
use crate::resolve::{Cell, Changed, Fold, Forecast, Places, SlotKey};
use crate::statement::Cause;
use crate::time::Interval;
use std::collections::{BTreeMap, BTreeSet};

/// Everything derived from one document's fold and the published catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    board: Board,
    forecast: Forecast,
    occupations: Occupations,
}

/// What an update changed of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Redrawn {
    /// It was drawn from nothing.
    Everything,
    /// These periods (office days or years) look different.
    Periods(BTreeSet<i32>),
}

/// Units physically taken now, by unit.
type Occupations = BTreeMap<UnitId, Vec<(StatementId, Interval, Cause)>>;

impl View {
    /// The view of that fold, from nothing.
    pub fn rebuild(fold: &Fold, catalogue: &Catalogue) -> Self {
        let board = Board::new(catalogue, fold.document(), fold.authority().day_start());
        let forecast = Forecast::new(fold, &*board.layout);
        let mut view = Self {
            board,
            forecast,
            occupations: occupations(fold),
        };
        let confirmed = fold.resolved().confirmations.values();
        let mut cells: BTreeSet<Cell> = confirmed
            .flat_map(|confirmation| &confirmation.holds)
            .filter(|placed| placed.blocks)
            .map(|placed| placed.cell)
            .collect();
        cells.extend(view.forecast.cells());
        cells.extend(view.occupied_cells().map(|(cell, _)| cell));
        view.draw(fold, &cells);
        view
    }

    /// Follows a fold: `changed` is what [`Fold::extend`] or [`Fold::set_authority`] returned. Another catalogue, or
    /// a fold that started over, is a rebuild.
    pub fn update(&mut self, fold: &Fold, catalogue: &Catalogue, changed: &Changed) -> Redrawn {
        let day_start = fold.authority().day_start();
        let (slots, cells) = match changed {
            Changed::Some { slots, cells }
                if self.board.is_of(catalogue, fold.document(), day_start) =>
            {
                (slots, cells)
            }
            Changed::Nothing if self.board.is_of(catalogue, fold.document(), day_start) => {
                return Redrawn::Periods(BTreeSet::new());
            }
            _ => {
                *self = Self::rebuild(fold, catalogue);
                return Redrawn::Everything;
            }
        };
        let mut dirty = cells.clone();
        let occupations = occupations(fold);
        if occupations != self.occupations {
            let before: BTreeSet<_> = self.occupied_cells().collect();
            self.occupations = occupations;
            let after: BTreeSet<_> = self.occupied_cells().collect();
            dirty.extend(before.symmetric_difference(&after).map(|(cell, _)| *cell));
        }
        let layout = self.board.layout.clone();
        let mut expected = self.forecast.refresh(fold, &*layout, slots, &dirty);
        // A check-in changes what a cell shows, though not what it keeps others out of.
        dirty.extend(slots.iter().flat_map(|key| cells_of(fold, key)));
        expected.retain(|cell| !dirty.contains(cell));
        let mut different = self.draw(fold, &dirty);
        different.extend(self.draw_expected(fold, &expected));
        Redrawn::Periods(different)
    }

    /// What is free and what is taken.
    pub const fn board(&self) -> &Board {
        &self.board
    }

    /// What is expected of undecided requests.
    pub const fn forecast(&self) -> &Forecast {
        &self.forecast
    }

    /// What the catalogue says to the forecast.
    pub(crate) fn places(&self) -> &impl Places {
        &*self.board.layout
    }

    /// A booking's own entries: what a search for its next place leaves out.
    pub fn own(&self, fold: &Fold, key: &SlotKey) -> Vec<Entry> {
        let expected = self.forecast.outlook(key).into_iter();
        let holds = expected.flat_map(|outlook| outlook.place.holds());
        let mut cells: BTreeSet<Cell> = cells_of(fold, key).collect();
        cells.extend(holds.filter_map(|hold| {
            let period = fold
                .document()
                .cell_period(hold, fold.authority().day_start())?;
            Some(Cell {
                unit: hold.unit,
                period,
            })
        }));
        let last = fold.resolved().slots.get(key).and_then(|slot| slot.last());
        let taken = cells.iter().flat_map(|cell| self.taken(fold, cell));
        taken
            .filter(|(entry, booking, statement)| {
                *booking == Some(*key) && (entry.kind.is_expected() || Some(*statement) == last)
            })
            .map(|(entry, ..)| entry)
            .collect()
    }

    /// Draws cells anew; the periods in which something looks different now.
    fn draw(&mut self, fold: &Fold, cells: &BTreeSet<Cell>) -> BTreeSet<i32> {
        let mut different = BTreeSet::new();
        for cell in cells {
            let taken = self.taken(fold, cell).into_iter();
            let entries = taken.map(|(entry, ..)| entry).collect();
            if self.board.set_row(cell, entries) {
                different.insert(cell.period);
            }
        }
        different
    }

    /// [`Self::draw`] for cells of which nothing but the forecast has changed.
    fn draw_expected(&mut self, fold: &Fold, cells: &BTreeSet<Cell>) -> BTreeSet<i32> {
        let mut different = BTreeSet::new();
        for cell in cells {
            let sure = self.board.row(cell).iter().copied();
            let sure = sure.filter(|entry| !entry.kind.is_expected());
            let expected = self.expected(fold, cell).map(|(entry, ..)| entry);
            let entries = sure.chain(expected).collect();
            if self.board.set_row(cell, entries) {
                different.insert(cell.period);
            }
        }
        different
    }

    /// Each cell that an occupation reaches.
    fn occupied_cells(&self) -> impl Iterator<Item = (Cell, StatementId)> + '_ {
        let taken = self.occupations.iter();
        let taken = taken.flat_map(|(unit, list)| list.iter().map(|taken| (*unit, *taken)));
        taken.flat_map(|(unit, (id, interval, _))| {
            let periods = self.board.layout.overlapping(interval);
            periods.map(move |period| (Cell { unit, period }, id))
        })
    }
}

fn occupations(fold: &Fold) -> Occupations {
    let mut by_unit = Occupations::new();
    for (id, taken) in &fold.resolved().occupations {
        if !taken.vacated {
            let list = by_unit.entry(taken.unit).or_default();
            list.push((*id, taken.interval, taken.cause));
        }
    }
    by_unit
}

/// The cells of a booking's confirmations, whatever became of them.
fn cells_of<'a>(fold: &'a Fold, key: &SlotKey) -> impl Iterator<Item = Cell> + 'a {
    let resolved = fold.resolved();
    let confirmed = resolved
        .slots
        .get(key)
        .into_iter()
        .flat_map(|slot| &slot.confirmed);
    confirmed
        .filter_map(|id| resolved.confirmations.get(id))
        .flat_map(|confirmation| confirmation.holds.iter().map(|placed| placed.cell))
}
