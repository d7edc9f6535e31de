//! §1: days, cells and what a hold occupies, in plain minutes.

use allkontor_core::id::UnitId;
use allkontor_core::statement::{Document, Hold};
use allkontor_core::time::{DayStart, Interval, OfficeDay};

/// (unit, office day) or (unit, year).
pub type Cell = (UnitId, i32);

/// Half-open minutes on a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The unit.
    pub unit: UnitId,
    /// First minute inside.
    pub start: i64,
    /// First minute after.
    pub end: i64,
}

impl Span {
    /// A unit's minutes with nothing set aside.
    pub fn bare(unit: UnitId, interval: Interval) -> Self {
        Self {
            unit,
            start: i64::from(interval.start().get()),
            end: i64::from(interval.end().get()),
        }
    }

    /// "Bookings that touch do not overlap."
    pub fn overlaps(&self, other: &Self) -> bool {
        self.unit == other.unit && self.start < other.end && other.start < self.end
    }
}

/// "`day` = floor((minute − day_start) / 1440)"
fn day(minute: i64, day_start: DayStart) -> i64 {
    (minute - i64::from(day_start.get())).div_euclid(1440)
}

fn year(day: i64) -> Option<i32> {
    OfficeDay::new(day).map(|d| i32::from(d.year()))
}

/// Whether that period is one of the document's: a day of its month, or its year.
pub fn is_period_of(document: Document, period: i32) -> bool {
    match document {
        Document::Ledger(month) => {
            OfficeDay::new(i64::from(period)).is_some_and(|d| d.month() == month)
        }
        Document::Storage(year) => i32::from(year) == period,
        _ => false,
    }
}

/// The cell that contains the whole of `[start, end)`; `None` when no single cell of this document does.
pub fn cell_of(document: Document, day_start: DayStart, hold: &Hold) -> Option<Cell> {
    let bare = Span::bare(hold.unit, hold.interval());
    let (first, last) = (day(bare.start, day_start), day(bare.end - 1, day_start));
    let (first, last) = match document {
        Document::Ledger(_) => (i32::try_from(first).ok()?, i32::try_from(last).ok()?),
        Document::Storage(_) => (year(first)?, year(last)?),
        _ => return None,
    };
    (first == last && is_period_of(document, first)).then_some((hold.unit, first))
}

/// "it *occupies* `[start − before, end + after)` clamped to the cell"
pub fn occupied(document: Document, day_start: DayStart, hold: &Hold) -> Option<Span> {
    let (_, period) = cell_of(document, day_start, hold)?;
    let (first_day, days) = match document {
        Document::Storage(_) => {
            let first = OfficeDay::from_ymd(period, 1, 1)?.get();
            let last = OfficeDay::from_ymd(period, 12, 31)?.get();
            (i64::from(first), i64::from(last - first + 1))
        }
        _ => (i64::from(period), 1),
    };
    let cell_start = first_day * 1440 + i64::from(day_start.get());
    let cell_end = cell_start + days * 1440;
    let bare = Span::bare(hold.unit, hold.interval());
    Some(Span {
        unit: hold.unit,
        start: (bare.start - i64::from(hold.before)).max(cell_start),
        end: (bare.end + i64::from(hold.after)).min(cell_end),
    })
}

/// "A *hold* … lies inside one cell, else what contains it is void" and "Holds of one confirmation do not overlap one
/// another. Overlap is always occupied against occupied." What they occupy, or `None`.
pub fn occupied_together(
    document: Document,
    day_start: DayStart,
    holds: &[Hold],
) -> Option<Vec<Span>> {
    let spans: Vec<Span> = holds
        .iter()
        .map(|h| occupied(document, day_start, h))
        .collect::<Option<_>>()?;
    for (i, a) in spans.iter().enumerate() {
        if spans.iter().skip(i + 1).any(|b| a.overlaps(b)) {
            return None;
        }
    }
    Some(spans)
}
