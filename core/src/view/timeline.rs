//! What a screen by the door shows: when a unit is taken, never by whom.

use super::View;
use super::board::Board;
use crate::id::{StatementId, UnitId};
use crate::resolve::{Cell, ConfirmState, Fold, SlotKey};
use crate::statement::Cause;
use crate::time::Interval;

/// A time at which a unit is taken, or expected to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// When people are there; cut to the cell for an occupation.
    pub interval: Interval,
    /// What it keeps others out of: the interval with its buffers, cut to the cell.
    pub blocked: Interval,
    /// The unit.
    pub unit: UnitId,
    /// How sure it is.
    pub kind: EntryKind,
}

/// How sure a time is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// Confirmed.
    Confirmed,
    /// Confirmed, and the person came.
    CheckedIn,
    /// The booking moved elsewhere; the custodian has not given the place back yet.
    Leaving,
    /// Physically taken.
    Occupied {
        /// Why.
        cause: Cause,
    },
    /// Asked for and not decided: the forecast places someone here.
    Expected,
}

impl EntryKind {
    /// Whether it may still come to nothing.
    pub const fn is_expected(&self) -> bool {
        matches!(self, Self::Expected)
    }
}

/// An entry for stewards, who may know whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeskEntry {
    /// The time.
    pub entry: Entry,
    /// The booking; none for an occupation.
    pub booking: Option<SlotKey>,
    /// The confirmation or the `Occupy`; for what is expected, the request.
    pub statement: StatementId,
    /// Whether the person says they have come.
    pub arrived: bool,
}

impl Board {
    /// What is taken of a unit in a period (office day or year), in order of time.
    pub fn unit_period(&self, unit: UnitId, period: i32) -> &[Entry] {
        self.row(&Cell { unit, period })
    }

    /// What is taken of every unit in a period (office day or year), by unit, then in order of time.
    pub fn period(&self, period: i32) -> impl Iterator<Item = &Entry> {
        let sheet = self.layout.index_of(period).and_then(|at| self.sheet(at));
        sheet
            .into_iter()
            .flat_map(|sheet| sheet.rows().values().flatten())
    }
}

impl View {
    /// [`Board::unit_period`] with bookings: for stewards.
    pub fn desk(&self, fold: &Fold, unit: UnitId, period: i32) -> Vec<DeskEntry> {
        let slots = &fold.resolved().slots;
        let arrived = |key: SlotKey| slots.get(&key).is_some_and(|slot| slot.arrived.is_some());
        let taken = self.taken(fold, &Cell { unit, period }).into_iter();
        let mut entries: Vec<DeskEntry> = taken
            .map(|(entry, booking, statement)| DeskEntry {
                entry,
                booking,
                statement,
                arrived: booking.is_some_and(arrived),
            })
            .collect();
        entries.sort_unstable();
        entries
    }

    /// Everything that takes something of a cell.
    pub(super) fn taken(&self, fold: &Fold, cell: &Cell) -> Vec<Taken> {
        let resolved = fold.resolved();
        let blocks = fold.blocks(cell).iter().filter_map(|(id, blocked)| {
            let confirmation = resolved.confirmations.get(id)?;
            let mut holds = confirmation.holds.iter();
            let placed = holds.find(|p| p.cell == *cell && p.occupied == *blocked)?;
            let kind = match confirmation.state {
                ConfirmState::Live => EntryKind::Confirmed,
                ConfirmState::CheckedIn => EntryKind::CheckedIn,
                ConfirmState::Moved | ConfirmState::Released(_) => EntryKind::Leaving,
            };
            let entry = entry(cell, placed.hold.interval(), *blocked, kind);
            Some((entry, Some(confirmation.key), *id))
        });
        let whole = whole(fold, cell);
        let occupations = self.occupations.get(&cell.unit).into_iter().flatten();
        let occupied = occupations.filter_map(|(id, interval, cause)| {
            let inside = whole?.intersection(*interval)?;
            let kind = EntryKind::Occupied { cause: *cause };
            Some((entry(cell, inside, inside, kind), None, *id))
        });
        blocks
            .chain(occupied)
            .chain(self.expected(fold, cell))
            .collect()
    }

    /// What the forecast takes of a cell.
    pub(super) fn expected(&self, fold: &Fold, cell: &Cell) -> impl Iterator<Item = Taken> {
        let whole = whole(fold, cell);
        let taken = self.forecast.taken(cell).iter();
        taken.filter_map(move |(key, blocked)| {
            let outlook = self.forecast.outlook(key)?;
            let mut holds = outlook.place.holds().iter();
            let hold = holds.find(|hold| {
                hold.unit == cell.unit && whole.and_then(|w| hold.occupied(w)) == Some(*blocked)
            })?;
            let entry = entry(cell, hold.interval(), *blocked, EntryKind::Expected);
            Some((entry, Some(*key), outlook.request))
        })
    }
}

/// A time, whose it is (nobody's for an occupation), and the statement it comes from: the confirmation or the `Occupy`;
/// for what is expected, the request.
pub(super) type Taken = (Entry, Option<SlotKey>, StatementId);

fn whole(fold: &Fold, cell: &Cell) -> Option<Interval> {
    fold.document()
        .cell_interval(cell.period, fold.authority().day_start())
}

fn entry(cell: &Cell, interval: Interval, blocked: Interval, kind: EntryKind) -> Entry {
    Entry {
        interval,
        blocked,
        unit: cell.unit,
        kind,
    }
}
