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
            set(
                &mut self.busy,
                units,
                place,
                bits(|kind| !kind.is_expected()),
            );
            set(
                &mut self.expected,
                units,
                place,
                bits(EntryKind::is_expected),
            );
        }
        if entries.is_empty() {
            self.rows.remove(&unit);
        } else {
            self.rows.insert(unit, entries);
        }
    }
}

/// All words zero is the same as none, so that equal boards compare equal.
fn set(words: &mut Vec<u128>, units: usize, place: usize, bits: u128) {
    if words.is_empty() && bits != 0 {
        words.resize(units, 0);
    }
    if let Some(word) = words.get_mut(place) {
        *word = bits;
        if bits == 0 && words.iter().all(|word| *word == 0) {
            words.clear();
        }
    }
}

/// Whether an entry keeps a padded hold out of its cell.
pub(super) fn is_in_the_way(entry: &Entry, padded: Interval, except: &[Entry]) -> bool {
    entry.blocked.overlaps(padded) && !except.contains(entry)
}
