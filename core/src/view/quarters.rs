//! Ninety-six bits for one cell: a quarter of an hour each in an office day, some four days each in a year.

use crate::time::{CivilMinute, Interval};

/// Bits of one cell.
pub(super) const BITS: i32 = 96;

/// How a cell's minutes fall into bits. The last bit of a year may reach past its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    start: CivilMinute,
    /// Minutes a bit, at least 1.
    grain: i32,
}

impl Grid {
    pub(super) fn of(cell: Interval) -> Self {
        let minutes = cell.minutes().saturating_add(BITS - 1);
        Self {
            start: cell.start(),
            grain: minutes.div_euclid(BITS).max(1),
        }
    }

    /// The bits that share a minute with `interval`.
    pub(super) fn touched(self, interval: Interval) -> u128 {
        bits(self.floor(interval.start()), self.ceil(interval.end()))
    }

    /// The bits of which every minute is in `interval`.
    pub(super) fn covered(self, interval: Interval) -> u128 {
        bits(self.ceil(interval.start()), self.floor(interval.end()))
    }

    fn floor(self, at: CivilMinute) -> i32 {
        at.minutes_since(self.start).div_euclid(self.grain)
    }

    fn ceil(self, at: CivilMinute) -> i32 {
        let minutes = at.minutes_since(self.start).saturating_add(self.grain - 1);
        minutes.div_euclid(self.grain)
    }
}

/// The bits `from..to`, those outside a cell left out.
fn bits(from: i32, to: i32) -> u128 {
    let below = |bit: i32| (1_u128 << bit.clamp(0, BITS)) - 1;
    below(to) & !below(from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{DayStart, OfficeDay};

    fn grid_and(from: i32, to: i32) -> (Grid, Interval) {
        let day = OfficeDay::from_ymd(2026, 11, 24)
            .unwrap()
            .interval(DayStart::default());
        let at = |minute| day.start().plus(minute).unwrap();
        (Grid::of(day), Interval::new(at(from), at(to)).unwrap())
    }

    #[test]
    fn a_minute_over_the_edge_touches_the_next_quarter_and_covers_none_of_it() {
        let (grid, span) = grid_and(14, 31);
        assert_eq!((grid.touched(span), grid.covered(span)), (0b111, 0b010));
        let (grid, exact) = grid_and(15, 45);
        assert_eq!((grid.touched(exact), grid.covered(exact)), (0b110, 0b110));
    }

    #[test]
    fn what_lies_outside_the_cell_sets_no_bit_and_the_whole_sets_them_all() {
        let (grid, before) = grid_and(-90, -1);
        assert_eq!(grid.touched(before), 0);
        let (grid, around) = grid_and(-90, 2000);
        assert_eq!(grid.covered(around), (1 << 96) - 1);
    }
}
