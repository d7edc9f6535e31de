//! What is taken, cell by cell: bits to scan, exact intervals beside them.

use super::layout::Layout;
use super::{Entry, EntryKind};
use crate::id::UnitId;
use crate::model::Catalogue;
use crate::resolve::Cell;
use crate::statement::Document;
use crate::time::{DayStart, Interval};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is free and what is taken in one document. Says when, never who.
///
/// [`super::View`] keeps one up to date; [`Board::unpack`] reads one saved earlier, without statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    pub(super) layout: Arc<Layout>,
    sheets: Vec<Sheet>,
}

/// One office day or year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sheet {
    /// By place in the layout: what is blocked or occupied, busy if touched. Empty when nothing is.
    pub(super) busy: Vec<u128>,
    /// The same for what is only expected.
    pub(super) expected: Vec<u128>,
    /// By place: the intervals that `busy` was made from, for holds that end or begin within a bit. Empty when none are.
    pub(super) taken: Vec<Box<[Interval]>>,
    /// What the bits were made from, in order. No unit has an empty row.
    rows: BTreeMap<UnitId, Vec<Entry>>,
}

impl Board {
    /// Nothing taken. The catalogue says which units there are and when they open.
    pub fn new(catalogue: &Catalogue, document: Document, day_start: DayStart) -> Self {
        let layout = Arc::new(Layout::new(catalogue, document, day_start));
        let sheets = vec![Sheet::default(); layout.periods()];
        Self { layout, sheets }
    }

    /// The document.
    pub fn document(&self) -> Document {
        self.layout.document
    }

    /// Whether it was laid out from this catalogue, for this document of an office with such days.
    pub fn is_of(&self, catalogue: &Catalogue, document: Document, day_start: DayStart) -> bool {
        let layout = &self.layout;
        layout.catalogue == catalogue.hash()
            && layout.document == document
            && layout.day_start == day_start
    }

    pub(super) fn sheet(&self, index: usize) -> Option<&Sheet> {
        self.sheets.get(index)
    }

    /// Every sheet, in order of time.
    pub(super) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// What is taken of a cell, in order of time.
    pub(super) fn row(&self, cell: &Cell) -> &[Entry] {
        let sheet = self
            .layout
            .index_of(cell.period)
            .and_then(|at| self.sheet(at));
        sheet.map_or(&[], |sheet| sheet.row(cell.unit))
    }

    /// Replaces what is taken of a cell; whether that is different now.
    pub(super) fn set_row(&mut self, cell: &Cell, mut entries: Vec<Entry>) -> bool {
        let Some(index) = self.layout.index_of(cell.period) else {
            return false;
        };
        entries.sort_unstable();
        let Some(sheet) = self.sheets.get_mut(index) else {
            return false;
        };
        let different = sheet.row(cell.unit) != entries;
        if different {
            sheet.set_row(&self.layout, index, cell.unit, entries);
        }
        different
    }
}

impl Sheet {
    pub(super) fn rows(&self) -> &BTreeMap<UnitId, Vec<Entry>> {
        &self.rows
    }

    pub(super) fn row(&self, unit: UnitId) -> &[Entry] {
        self.rows.get(&unit).map_or(&[], Vec::as_slice)
    }

    fn set_row(&mut self, layout: &Layout, index: usize, unit: UnitId, entries: Vec<Entry>) {
        if let (Some(place), Some(period)) = (layout.place(unit), layout.period_at(index)) {
            let bits = |kinds: fn(&EntryKind) -> bool| {
                let chosen = entries.iter().filter(|entry| kinds(&entry.kind));
                chosen.fold(0, |bits, entry| bits | period.grid.touched(entry.blocked))
            };
            let units = layout.units().len();
            let busy = bits(|kind| !kind.is_expected());
            let expected = bits(EntryKind::is_expected);
            let sure = entries.iter().filter(|entry| !entry.kind.is_expected());
            let taken = sure.map(|entry| entry.blocked).collect();
            set(&mut self.busy, units, place, busy);
            set(&mut self.expected, units, place, expected);
            set(&mut self.taken, units, place, taken);
        }
        if entries.is_empty() {
            self.rows.remove(&unit);
        } else {
            self.rows.insert(unit, entries);
        }
    }
}

/// Nothing in any place is the same as no places, so that equal boards compare equal.
fn set<T: Clone + Default + PartialEq>(all: &mut Vec<T>, units: usize, place: usize, value: T) {
    let nothing = T::default();
    if all.is_empty() && value != nothing {
        all.resize(units, nothing.clone());
    }
    if let Some(there) = all.get_mut(place) {
        *there = value;
        if *there == nothing && all.iter().all(|each| *each == nothing) {
            all.clear();
        }
    }
}

/// Whether an entry keeps a padded hold out of its cell.
pub(super) fn is_in_the_way(entry: &Entry, padded: Interval, except: &[Entry]) -> bool {
    entry.blocked.overlaps(padded) && !except.contains(entry)
}
