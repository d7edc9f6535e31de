//! What the catalogue means for one document, worked out once: units in the order of search, and when they open.

use super::places::family_of;
use super::quarters::Grid;
use crate::id::{ClassId, Digest, FeatureId, UnitId};
use crate::model::{Catalogue, Duration, Kind};
use crate::resolve::Places;
use crate::statement::{Document, Hold};
use crate::time::{DayStart, Interval, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Units that people may book in this document, by (class, number of features, number): a class is one run, and
/// walking it meets the units with the fewest surplus features first, whatever is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) document: Document,
    pub(super) day_start: DayStart,
    pub(super) catalogue: Digest,
    units: Vec<Slot>,
    places: BTreeMap<UnitId, usize>,
    classes: BTreeMap<ClassId, Run>,
    /// The numbers of the features that units have, ascending.
    features: Vec<FeatureId>,
    first_period: i32,
    periods: Vec<Period>,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) unit: UnitId,
    class: ClassId,
    /// One bit for each of the layout's features, 128 a word.
    has: Vec<u128>,
    pub(super) features: u32,
}

/// The units of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) units: Range<usize>,
    before: u16,
    after: u16,
    seats: bool,
    pub(super) introduced_only: bool,
}

/// An office day or a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) whole: Interval,
    pub(super) grid: Grid,
    /// When the office is open.
    open: Vec<Interval>,
    /// When single units are closed, although the office is open.
    shut: Vec<(usize, Interval)>,
}

impl Layout {
    pub(super) fn new(catalogue: &Catalogue, document: Document, day_start: DayStart) -> Self {
        let parts = catalogue.parts();
        let here = parts
            .classes
            .iter()
            .filter(|(_, class)| document.family() == Some(family_of(class.cells)));
        let features: BTreeSet<FeatureId> = parts
            .units
            .values()
            .flat_map(|u| &u.features)
            .chain(&parts.premises)
            .copied()
            .collect();
        let mut layout = Self {
            document,
            day_start,
            catalogue: catalogue.hash(),
            units: Vec::new(),
            places: BTreeMap::new(),
            classes: BTreeMap::new(),
            features: features.into_iter().collect(),
            first_period: 0,
            periods: Vec::new(),
        };
        for (id, class) in here {
            let first = layout.units.len();
            for unit in catalogue.matching(*id, &BTreeSet::new()) {
                let has = layout.mask(&catalogue.features_of(unit));
                let has = has.unwrap_or_default();
                layout.places.insert(unit, layout.units.len());
                layout.units.push(Slot {
                    unit,
                    class: *id,
                    features: has.iter().map(|word| word.count_ones()).sum(),
                    has,
                });
            }
            let run = Run {
                units: first..layout.units.len(),
                before: class.rules.before,
                after: class.rules.after,
                seats: class.kind == Kind::Seat,
                introduced_only: class.rules.introduced_only,
            };
            layout.classes.insert(*id, run);
        }
        layout.lay_out_periods(catalogue);
        layout
    }

    fn lay_out_periods(&mut self, catalogue: &Catalogue) {
        let (first, count) = match self.document {
            Document::Ledger(month) => {
                let first = month.first_day();
                let days = (28..32).find(|days| first.plus(*days).month() != month);
                (first.get(), days.unwrap_or(31))
            }
            Document::Storage(year) => (i32::from(year), 1),
            Document::Authority
            | Document::Till(_)
            | Document::People(_)
            | Document::Commons(_)
            | Document::Roster(_)
            | Document::Other { .. } => (0, 0),
        };
        self.first_period = first;
        let periods = first..first.saturating_add(count);
        self.periods = periods
            .filter_map(|period| {
                let whole = self.document.cell_interval(period, self.day_start)?;
                Some(self.period(catalogue, period, whole))
            })
            .collect();
    }

    fn period(&self, catalogue: &Catalogue, period: i32, whole: Interval) -> Period {
        let open = match self.document {
            Document::Ledger(_) => OfficeDay::new(i64::from(period))
                .map_or_else(Vec::new, |day| catalogue.open(day, self.day_start)),
            _ => open_in_year(catalogue, whole, self.day_start),
        };
        let closures = catalogue.parts().closures.iter();
        let shut = closures
            .filter(|closure| closure.interval.overlaps(whole))
            .filter_map(|closure| Some((*self.places.get(&closure.unit?)?, closure.interval)));
        Period {
            whole,
            grid: Grid::of(whole),
            open,
            shut: shut.collect(),
        }
    }

    /// The bits of those features; `None` when no unit has one of them.
    pub(super) fn mask(&self, features: &BTreeSet<FeatureId>) -> Option<Vec<u128>> {
        if features.is_empty() {
            return Some(Vec::new());
        }
        let mut mask = vec![0_u128; self.features.len().div_ceil(128)];
        for feature in features {
            let bit = self.features.binary_search(feature).ok()?;
            *mask.get_mut(bit / 128)? |= 1 << (bit % 128);
        }
        Some(mask)
    }

    pub(super) fn units(&self) -> &[Slot] {
        &self.units
    }

    pub(super) fn place(&self, unit: UnitId) -> Option<usize> {
        self.places.get(&unit).copied()
    }

    pub(super) fn classes(&self) -> &BTreeMap<ClassId, Run> {
        &self.classes
    }

    pub(super) fn class_of(&self, unit: UnitId) -> Option<(ClassId, &Run)> {
        let slot = self.units.get(self.place(unit)?)?;
        Some((slot.class, self.classes.get(&slot.class)?))
    }

    /// How many periods there are; each has an index below.
    pub(super) fn periods(&self) -> usize {
        self.periods.len()
    }

    pub(super) fn index_of(&self, period: i32) -> Option<usize> {
        let index = usize::try_from(period.checked_sub(self.first_period)?).ok()?;
        (index < self.periods.len()).then_some(index)
    }

    pub(super) fn number_of(&self, index: usize) -> Option<i32> {
        self.first_period.checked_add(i32::try_from(index).ok()?)
    }

    pub(super) fn period_at(&self, index: usize) -> Option<&Period> {
        self.periods.get(index)
    }

    /// The periods that share a minute with `interval`.
    pub(super) fn overlapping(&self, interval: Interval) -> impl Iterator<Item = i32> {
        let periods = (self.first_period..).zip(&self.periods);
        periods
            .filter(move |(_, period)| period.whole.overlaps(interval))
            .map(|(number, _)| number)
    }

    /// The index of the one period that holds all of `interval`.
    pub(super) fn index_holding(&self, interval: Interval) -> Option<usize> {
        let index = match self.document {
            Document::Ledger(_) => {
                self.index_of(OfficeDay::of(interval.start(), self.day_start).get())?
            }
            _ => 0,
        };
        let period = self.periods.get(index)?;
        period.whole.contains(interval).then_some(index)
    }
}

impl Slot {
    /// Whether the unit has every feature of a [`Layout::mask`].
    pub(super) fn has(&self, needs: &[u128]) -> bool {
        let words = needs.iter().zip(&self.has);
        self.has.len() >= needs.len() && words.into_iter().all(|(need, has)| need & has == *need)
    }
}

impl Run {
    /// What a hold occupies of its cell, buffers included.
    pub(super) fn padded(&self, hold: Interval, cell: Interval) -> Interval {
        Hold::new(UnitId(0), hold, self.before, self.after)
            .occupied(cell)
            .unwrap_or(hold)
    }

    /// What others occupy, widened so that a hold may lie wherever this does not.
    pub(super) fn widened(&self, taken: Interval) -> Interval {
        let start = taken.start().saturating_plus(-i32::from(self.after));
        let end = taken.end().saturating_plus(i32::from(self.before));
        Interval::new(start, end).unwrap_or(taken)
    }
}

impl Period {
    pub(super) fn is_open(&self, hold: Interval) -> bool {
        self.open.iter().any(|span| span.contains(hold))
    }

    pub(super) fn open(&self) -> &[Interval] {
        &self.open
    }

    /// When that unit is closed, although the office may be open.
    pub(super) fn shut(&self, place: usize) -> impl Iterator<Item = Interval> + '_ {
        let closures = self.shut.iter();
        closures
            .filter(move |(closed, _)| *closed == place)
            .map(|(_, interval)| *interval)
    }

    pub(super) fn is_shut(&self, place: usize, hold: Interval) -> bool {
        self.shut(place).any(|interval| interval.overlaps(hold))
    }
}

/// A year is open as long as the office is there: closed doors leave rented lockers with their renters.
fn open_in_year(catalogue: &Catalogue, year: Interval, day_start: DayStart) -> Vec<Interval> {
    let there = match catalogue.profile().duration {
        Duration::Permanent => Some(year),
        Duration::Temporary { first, last } => {
            let start = first.interval(day_start).start();
            Interval::new(start, last.interval(day_start).end())
                .ok()
                .and_then(|there| there.intersection(year))
        }
    };
    there.into_iter().collect()
}

/// The same answers as [`super::Published`], from what is worked out already.
impl Places for Layout {
    fn buffers(&self, unit: UnitId) -> (u16, u16) {
        self.class_of(unit)
            .map_or((0, 0), |(_, run)| (run.before, run.after))
    }

    fn is_bookable(&self, unit: UnitId, interval: Interval) -> bool {
        let period = self
            .index_holding(interval)
            .and_then(|at| self.period_at(at));
        self.place(unit).zip(period).is_some_and(|(place, period)| {
            period.is_open(interval) && !period.is_shut(place, interval)
        })
    }

    fn units_of(&self, class: ClassId) -> Vec<UnitId> {
        let run = self.classes.get(&class).map(|run| run.units.clone());
        let slots = run.and_then(|run| self.units.get(run)).unwrap_or_default();
        let mut units: Vec<UnitId> = slots.iter().map(|slot| slot.unit).collect();
        units.sort_unstable();
        units
    }

    fn class_of(&self, unit: UnitId) -> Option<ClassId> {
        Layout::class_of(self, unit).map(|(class, _)| class)
    }

    fn is_seat(&self, unit: UnitId) -> bool {
        Layout::class_of(self, unit).is_some_and(|(_, run)| run.seats)
    }

    fn surplus(&self, unit: UnitId, needs: &[FeatureId]) -> Option<usize> {
        let slot = self.units.get(self.place(unit)?)?;
        let needs: BTreeSet<FeatureId> = needs.iter().copied().collect();
        let mask = self.mask(&needs)?;
        let features = usize::try_from(slot.features).ok()?;
        slot.has(&mask)
            .then(|| features.saturating_sub(needs.len()))
    }
}
