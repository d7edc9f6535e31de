//! Counting double bookings, by looking at every pair.

use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Document, Hold};
use allkontor_core::time::{DayStart, Interval};

/// How many pairs of holds of one unit overlap, with what is kept free before and after each.
pub(super) fn double_bookings<'a>(
    document: Document,
    day_start: DayStart,
    bookings: impl IntoIterator<Item = (SlotKey, &'a [Hold])>,
) -> usize {
    let occupied = |hold: &Hold| -> Option<Interval> {
        hold.occupied(document.cell_interval(document.cell_period(hold, day_start)?, day_start)?)
    };
    let all: Vec<(Hold, Interval)> = bookings
        .into_iter()
        .flat_map(|(_, holds)| {
            holds
                .iter()
                .filter_map(|hold| Some((*hold, occupied(hold)?)))
        })
        .collect();
    let pairs = all.iter().enumerate().flat_map(|(index, one)| {
        all.iter()
            .skip(index.saturating_add(1))
            .map(move |other| (one, other))
    });
    pairs
        .filter(|((one, a), (other, b))| one.unit == other.unit && a.overlaps(*b))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use allkontor_core::id::{StatementId, UnitId};
    use allkontor_core::time::{CivilMinute, OfficeDay};

    fn hold(unit: u32, from: u32, to: u32, after: u16) -> Hold {
        let at = |hour| CivilMinute::from_ymd_hm(2026, 6, 16, hour, 0).unwrap();
        Hold::new(
            UnitId(unit),
            Interval::new(at(from), at(to)).unwrap(),
            0,
            after,
        )
    }

    fn count(holds: &[Hold]) -> usize {
        let document = Document::ledger_of(OfficeDay::from_ymd(2026, 6, 16).unwrap());
        let key = |n| SlotKey {
            ticket: StatementId([n; 32]),
            slot: 0,
        };
        let bookings = holds
            .iter()
            .enumerate()
            .map(|(n, hold)| (key(n as u8), std::slice::from_ref(hold)));
        double_bookings(document, DayStart::default(), bookings)
    }

    #[test]
    fn overlaps_of_one_unit_are_counted_and_nothing_else() {
        assert_eq!(
            count(&[hold(1, 9, 10, 0), hold(1, 10, 11, 0), hold(2, 9, 11, 0)]),
            0
        );
        assert_eq!(
            count(&[hold(1, 9, 10, 15), hold(1, 10, 11, 0)]),
            1,
            "the time to air it is part of it"
        );
        assert_eq!(
            count(&[hold(1, 9, 12, 0), hold(1, 10, 11, 0), hold(1, 11, 13, 0)]),
            2
        );
    }
}
