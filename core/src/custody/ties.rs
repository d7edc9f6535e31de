//! What must stay together: an honest steward never splits the cells of a confirmation between devices.

use crate::limits::MAX_RANGE_CELLS;
use crate::resolve::{Cell, Fold};
use crate::statement::CellRange;
use std::collections::{BTreeMap, BTreeSet};

/// Cells tied to one another by confirmations that stand, or moved and still block.
#[derive(Debug, Default)]
pub(crate) struct Ties(BTreeMap<Cell, BTreeSet<Cell>>);

impl Ties {
    pub(crate) fn of(fold: &Fold) -> Self {
        let mut ties = Self::default();
        for confirmation in fold.resolved().confirmations.values() {
            let [_, _, ..] = confirmation.holds.as_slice() else {
                continue;
            };
            let blocks = confirmation.holds.iter().any(|placed| placed.blocks);
            if confirmation.state.stands() || blocks {
                let cells: BTreeSet<Cell> = confirmation.holds.iter().map(|p| p.cell).collect();
                for cell in &cells {
                    ties.0.entry(*cell).or_default().extend(&cells);
                }
            }
        }
        ties
    }

    /// That cell and all that go where it goes.
    pub(crate) fn with(&self, cell: Cell) -> BTreeSet<Cell> {
        let mut all = BTreeSet::from([cell]);
        let mut open = vec![cell];
        while let Some(next) = open.pop() {
            let tied = self.0.get(&next).into_iter().flatten();
            open.extend(tied.copied().filter(|cell| all.insert(*cell)));
        }
        all
    }
}

/// The same cells as ranges, each of one unit.
pub(crate) fn ranges(cells: &BTreeSet<Cell>) -> Vec<CellRange> {
    let mut ranges: Vec<CellRange> = Vec::new();
    for Cell { unit, period } in cells {
        let longest = i32::try_from(MAX_RANGE_CELLS).unwrap_or(i32::MAX);
        match ranges.last_mut() {
            Some(last)
                if last.unit == *unit
                    && last.last.checked_add(1) == Some(*period)
                    && period.saturating_sub(last.first) < longest =>
            {
                last.last = *period;
            }
            _ => ranges.push(CellRange {
                unit: *unit,
                first: *period,
                last: *period,
            }),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::UnitId;

    fn cells(list: &[(u32, std::ops::RangeInclusive<i32>)]) -> BTreeSet<Cell> {
        list.iter()
            .flat_map(|(unit, periods)| {
                periods.clone().map(|period| Cell {
                    unit: UnitId(*unit),
                    period,
                })
            })
            .collect()
    }

    #[test]
    fn ranges_name_the_same_cells_and_none_is_too_long() {
        for given in [
            cells(&[]),
            cells(&[(1, 3..=3), (2, 4..=4)]),
            cells(&[(1, 1..=3), (1, 5..=9), (7, 9..=9)]),
            cells(&[(4, 100..=300)]),
        ] {
            let ranges = ranges(&given);
            let named = ranges.iter().flat_map(|range| range.cells());
            let named: Vec<Cell> = named.map(|(unit, period)| Cell { unit, period }).collect();
            assert_eq!(named, given.into_iter().collect::<Vec<_>>());
            assert!(ranges.iter().all(|r| r.last - r.first < 62));
        }
        assert_eq!(ranges(&cells(&[(4, 100..=300)])).len(), 4);
    }
}
