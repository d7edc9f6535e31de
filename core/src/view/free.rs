//! Which units are free: a scan over one word a unit.

use super::Entry;
use super::board::{Board, Sheet, is_in_the_way};
use super::layout::{Period, Run};
use crate::id::{ClassId, FeatureId, UnitId};
use crate::time::Interval;
use std::collections::BTreeSet;

/// What somebody looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// A class; `None` for any.
    pub class: Option<ClassId>,
    /// Features that the unit must have.
    pub needs: &'a BTreeSet<FeatureId>,
    /// When, buffers not included.
    pub interval: Interval,
    /// What to make of places that the forecast gives to others.
    pub expected: Expected,
    /// Entries to look through, [`super::View::own`]: whoever moves a booking does not stand in their own way.
    pub except: &'a [Entry],
}

/// What to make of places that are asked for but not decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expected {
    /// They are free, and [`FreeUnit::expected`] says how many others hope for them.
    #[default]
    Shown,
    /// They are taken: for choosing where to go.
    Busy,
}

/// A unit that is free when it is wanted, its buffers included, and bookable then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FreeUnit {
    /// How many features it has beyond those needed.
    pub surplus: u32,
    /// The unit.
    pub unit: UnitId,
    /// How many undecided bookings the forecast places here at that time.
    pub expected: u32,
    /// Whether it is for those alone whom the staff have shown round.
    pub introduced_only: bool,
}

impl<'a> Wanted<'a> {
    /// Any unit, of a class or of all, with places that the forecast gives to others among them.
    pub fn any(
        class: impl Into<Option<ClassId>>,
        needs: &'a BTreeSet<FeatureId>,
        interval: Interval,
    ) -> Self {
        Self {
            class: class.into(),
            needs,
            interval,
            expected: Expected::Shown,
            except: &[],
        }
    }
}

impl Board {
    /// The units that are free, fewest surplus features first, ties by number: accessible places stay free for those
    /// who need them.
    ///
    /// A unit is free when what the hold would occupy, buffers included and cut to its cell, overlaps nothing that is
    /// blocked or occupied, and the hold lies in bookable hours. A hold that lies in no one cell of this document finds
    /// nothing.
    pub fn free(&self, wanted: &Wanted<'_>) -> Vec<FreeUnit> {
        let mut found = Vec::new();
        let Some(index) = self.layout.index_holding(wanted.interval) else {
            return found;
        };
        let (Some(sheet), Some(period)) = (self.sheet(index), self.layout.period_at(index)) else {
            return found;
        };
        let Some(needs) = self.layout.mask(wanted.needs) else {
            return found;
        };
        if !period.is_open(wanted.interval) {
            return found;
        }
        let search = Search {
            wanted,
            needs,
            sheet,
            period,
        };
        if let Some(class) = wanted.class {
            if let Some(run) = self.layout.classes().get(&class) {
                found.reserve_exact(run.units.len());
                self.scan(&search, run, &mut found);
            }
            return found;
        }
        for run in self.layout.classes().values() {
            self.scan(&search, run, &mut found);
        }
        found.sort_unstable();
        found
    }

    fn scan(&self, search: &Search<'_>, run: &Run, found: &mut Vec<FreeUnit>) {
        let Search {
            wanted,
            needs,
            sheet,
            period,
        } = search;
        let padded = run.padded(wanted.interval, period.whole);
        let bits = Bits {
            touched: period.grid.touched(padded),
            covered: period.grid.covered(padded),
        };
        let needed = u32::try_from(wanted.needs.len()).unwrap_or(u32::MAX);
        let busy = sheet.busy.get(run.units.clone()).unwrap_or_default();
        let busy = busy.iter().copied().chain(std::iter::repeat(0));
        let slots = self
            .layout
            .units()
            .get(run.units.clone())
            .unwrap_or_default();
        let places = run.units.clone().zip(slots).zip(busy);
        for ((place, slot), busy) in places {
            if !slot.has(needs) || period.is_shut(place, wanted.interval) {
                continue;
            }
            if bits.is_perhaps(busy) && search.is_taken(&bits, busy, place, slot.unit, padded) {
                continue;
            }
            let soft = sheet.expected.get(place).copied().unwrap_or(0);
            let hopes = if bits.is_perhaps(soft) {
                let hopes = sheet.row(slot.unit).iter().filter(|entry| {
                    entry.kind.is_expected() && is_in_the_way(entry, padded, wanted.except)
                });
                hopes.count()
            } else {
                0
            };
            if hopes > 0 && wanted.expected == Expected::Busy {
                continue;
            }
            found.push(FreeUnit {
                surplus: slot.features.saturating_sub(needed),
                unit: slot.unit,
                expected: u32::try_from(hopes).unwrap_or(u32::MAX),
                introduced_only: run.introduced_only,
            });
        }
    }
}

/// What stays the same for every unit of a search.
struct Search<'a> {
    wanted: &'a Wanted<'a>,
    needs: Vec<u128>,
    sheet: &'a Sheet,
    period: &'a Period,
}

impl Search<'_> {
    /// Whether what is blocked or occupied of a unit is in the way, when the bits touch.
    fn is_taken(
        &self,
        bits: &Bits,
        busy: u128,
        place: usize,
        unit: UnitId,
        padded: Interval,
    ) -> bool {
        let except = self.wanted.except;
        if !except.is_empty() {
            let mut sure = self
                .sheet
                .row(unit)
                .iter()
                .filter(|entry| !entry.kind.is_expected());
            return sure.any(|entry| is_in_the_way(entry, padded, except));
        }
        let taken = self.sheet.taken.get(place).map_or(&[][..], |taken| taken);
        bits.is_surely(busy) || taken.iter().any(|taken| taken.overlaps(padded))
    }
}

/// A padded hold, in bits of its cell.
struct Bits {
    /// Bits it shares a minute with.
    touched: u128,
    /// Bits it covers: whatever touches one of these overlaps it.
    covered: u128,
}

impl Bits {
    fn is_surely(&self, taken: u128) -> bool {
        taken & self.covered != 0
    }

    fn is_perhaps(&self, taken: u128) -> bool {
        taken & self.touched != 0
    }
}
