use crate::id::{ClassId, FeatureId, UnitId};
use crate::model::{Catalogue, CellSpan};
use crate::resolve::Places;
use crate::statement::{Document, Family};
use crate::time::{DayStart, Interval};

/// What the published catalogue says to a forecast of one document.
///
/// A unit can be placed only in documents of its family: a desk in a ledger, a locker in a storage document.
#[derive(Clone, Copy, Debug)]
pub struct Published<'a> {
    catalogue: &'a Catalogue,
    document: Document,
    day_start: DayStart,
}

impl<'a> Published<'a> {
    /// The catalogue, as seen from a document of an office whose days begin at `day_start`.
    pub const fn new(catalogue: &'a Catalogue, document: Document, day_start: DayStart) -> Self {
        Self {
            catalogue,
            document,
            day_start,
        }
    }
}

impl Places for Published<'_> {
    fn buffers(&self, unit: UnitId) -> (u16, u16) {
        let class = self.catalogue.class_of(unit);
        class.map_or((0, 0), |class| (class.rules.before, class.rules.after))
    }

    fn is_bookable(&self, unit: UnitId, interval: Interval) -> bool {
        let cells = self.catalogue.class_of(unit).map(|class| class.cells);
        cells.map(family_of) == self.document.family()
            && self
                .catalogue
                .check_bookable(unit, interval, self.day_start)
                .is_ok()
    }

    fn units_of(&self, class: ClassId) -> Vec<UnitId> {
        let units = self.catalogue.parts().units.iter();
        units
            .filter(|(_, unit)| unit.class == class && unit.bookable)
            .map(|(id, _)| *id)
            .collect()
    }

    fn class_of(&self, unit: UnitId) -> Option<ClassId> {
        Some(self.catalogue.unit(unit)?.class)
    }

    fn is_seat(&self, unit: UnitId) -> bool {
        self.catalogue.is_seat(unit)
    }

    fn surplus(&self, unit: UnitId, needs: &[FeatureId]) -> Option<usize> {
        self.catalogue.unit(unit)?;
        let features = self.catalogue.features_of(unit);
        needs
            .iter()
            .all(|need| features.contains(need))
            .then(|| features.iter().filter(|f| !needs.contains(f)).count())
    }
}

/// The documents that hold cells of that span.
pub(super) const fn family_of(cells: CellSpan) -> Family {
    match cells {
        CellSpan::Day => Family::Ledger,
        CellSpan::Year => Family::Storage,
    }
}
