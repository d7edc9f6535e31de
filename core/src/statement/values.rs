use super::Document;
use super::field::{Item, Value};
use crate::cbor::{CborError, Reader, Writer};
use crate::id::{ClassId, ConditionId, FeatureId, StatementId, UnitId};
use crate::limits;
use crate::time::{CivilMinute, Interval};

/// A wish for one unit: part of an option, which is granted whole or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wish {
    /// The unit.
    pub unit: UnitId,
    /// When, buffers not included.
    pub interval: Interval,
}

/// A unit held for a time, with minutes set aside before and after.
///
/// It occupies `[start − before, end + after)`, cut off at its cell's edges. Overlap is always occupied against
/// occupied, so a buffer keeps its distance from both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hold {
    /// The unit.
    pub unit: UnitId,
    start: CivilMinute,
    end: CivilMinute,
    /// Minutes set aside before, 0–720.
    pub before: u16,
    /// Minutes set aside after, 0–720.
    pub after: u16,
}

impl Hold {
    /// A hold of `unit` for `interval`, with buffers cut to [`limits::MAX_BUFFER`].
    pub fn new(unit: UnitId, interval: Interval, before: u16, after: u16) -> Self {
        let cut = |buffer: u16| buffer.min(limits::MAX_BUFFER);
        Self {
            unit,
            start: interval.start(),
            end: interval.end(),
            before: cut(before),
            after: cut(after),
        }
    }

    /// When the person is there, buffers not included.
    pub fn interval(&self) -> Interval {
        Interval::between(self.start, self.end)
    }

    /// The unit and time asked for, without the buffers.
    pub fn wish(&self) -> Wish {
        Wish {
            unit: self.unit,
            interval: self.interval(),
        }
    }

    /// What it occupies within `cell`; `None` when it lies outside.
    pub fn occupied(&self, cell: Interval) -> Option<Interval> {
        let start = self
            .start
            .saturating_plus(-i32::from(self.before))
            .max(cell.start());
        let end = self
            .end
            .saturating_plus(i32::from(self.after))
            .min(cell.end());
        Interval::new(start, end).ok()
    }
}

impl Wish {
    /// A wish for `unit` during `interval`.
    pub fn new(unit: UnitId, interval: Interval) -> Self {
        Self { unit, interval }
    }
}

fn interval(start: CivilMinute, end: CivilMinute) -> Result<Interval, CborError> {
    Interval::new(start, end).map_err(|_| CborError::Invalid {
        what: "interval",
        why: "its start is not before its end",
    })
}

/// `[unit, start, end]`
impl Value for Wish {
    fn put(&self, to: &mut Writer) {
        to.array(3);
        self.unit.put(to);
        self.interval.start().put(to);
        self.interval.end().put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("wish", 3, 3)?;
        let unit = UnitId::take(from)?;
        let (start, end) = (CivilMinute::take(from)?, CivilMinute::take(from)?);
        Ok(Self {
            unit,
            interval: interval(start, end)?,
        })
    }
}

/// `[unit, start, end, before, after]`
impl Value for Hold {
    fn put(&self, to: &mut Writer) {
        to.array(5);
        self.unit.put(to);
        self.start.put(to);
        self.end.put(to);
        self.before.put(to);
        self.after.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("hold", 5, 5)?;
        let unit = UnitId::take(from)?;
        let (start, end) = (CivilMinute::take(from)?, CivilMinute::take(from)?);
        let (before, after) = (u16::take(from)?, u16::take(from)?);
        for got in [before, after] {
            in_range("buffer", got, 0, limits::MAX_BUFFER)?;
        }
        Ok(Self::new(unit, interval(start, end)?, before, after))
    }
}

/// `[start, end]`
impl Value for Interval {
    fn put(&self, to: &mut Writer) {
        to.array(2);
        self.start().put(to);
        self.end().put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("interval", 2, 2)?;
        interval(CivilMinute::take(from)?, CivilMinute::take(from)?)
    }
}

impl Item for Wish {
    const WHAT: &'static str = "number of units in an option";
    const MAX: usize = limits::MAX_HOLDS;
}

impl Item for Vec<Wish> {
    const WHAT: &'static str = "number of options";
    const MAX: usize = limits::MAX_OPTIONS;
}

impl Item for Hold {
    const WHAT: &'static str = "number of holds";
    const MAX: usize = limits::MAX_HOLDS;
}

impl Item for UnitId {
    const WHAT: &'static str = "number of units";
    const MAX: usize = limits::MAX_ASSIGNED;
}

impl Item for ClassId {
    const WHAT: &'static str = "number of uses";
    const MIN: usize = 0;
    const MAX: usize = limits::MAX_USES;
}

impl Item for FeatureId {
    const WHAT: &'static str = "number of needs";
    const MIN: usize = 0;
    const MAX: usize = limits::MAX_NEEDS;
}

/// "Or any other of this class that has these features."
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnyEqual {
    /// The class to look in.
    pub class: ClassId,
    /// The features a unit must have.
    pub needs: Vec<FeatureId>,
}

/// `[class, [needs]]`
impl Value for AnyEqual {
    fn put(&self, to: &mut Writer) {
        to.array(2);
        self.class.put(to);
        self.needs.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("any equal", 2, 2)?;
        Ok(Self {
            class: ClassId::take(from)?,
            needs: Vec::take(from)?,
        })
    }
}

/// Cells of one unit: the periods (office days or years) `first` to `last`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellRange {
    /// The unit.
    pub unit: UnitId,
    /// The first office day (as a number) or year.
    pub first: i32,
    /// The last one.
    pub last: i32,
}

impl CellRange {
    /// The cells of the range, in order.
    pub fn cells(self) -> impl Iterator<Item = (UnitId, i32)> {
        (self.first..=self.last).map(move |period| (self.unit, period))
    }
}

/// `[unit, first, last]`
impl Value for CellRange {
    fn put(&self, to: &mut Writer) {
        to.array(3);
        self.unit.put(to);
        to.int(i64::from(self.first)).int(i64::from(self.last));
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("range of cells", 3, 3)?;
        let unit = UnitId::take(from)?;
        let mut period = || -> Result<i32, CborError> {
            let got = from.int()?;
            i32::try_from(got).map_err(|_| CborError::Range {
                what: "period",
                got: i128::from(got),
                min: i128::from(i32::MIN),
                max: i128::from(i32::MAX),
            })
        };
        let (first, last) = (period()?, period()?);
        let cells = i64::from(last) - i64::from(first) + 1;
        in_range(
            "cells in a range",
            cells,
            1,
            i64::from(limits::MAX_RANGE_CELLS),
        )?;
        Ok(Self { unit, first, last })
    }
}

impl Item for CellRange {
    const WHAT: &'static str = "number of cell ranges";
    const MAX: usize = limits::MAX_CELL_RANGES;
}

/// A place in a device's chain: its sequence number and the statement there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChainPoint {
    /// Statements before it in the chain.
    pub seq: u32,
    /// The statement.
    pub id: StatementId,
}

/// Where a revoked device's chain in one document ends: what lies beyond is void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    /// The document.
    pub document: Document,
    /// The last statement that stands.
    pub head: ChainPoint,
}

/// `[document, seq, id]`
impl Value for Cut {
    fn put(&self, to: &mut Writer) {
        to.array(3);
        self.document.put(to);
        self.head.seq.put(to);
        self.head.id.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("cut", 3, 3)?;
        let document = Document::take(from)?;
        Ok(Self {
            document,
            head: ChainPoint {
                seq: u32::take(from)?,
                id: StatementId::take(from)?,
            },
        })
    }
}

impl Item for Cut {
    const WHAT: &'static str = "number of cuts";
    const MIN: usize = 0;
    const MAX: usize = limits::MAX_CUTS;
}

impl Item for ConditionId {
    const WHAT: &'static str = "number of conditions";
    const MIN: usize = 0;
    const MAX: usize = limits::MAX_CONDITIONS;
}

/// A confirmation, and the document that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The document.
    pub document: Document,
    /// The confirmation.
    pub confirm: StatementId,
}

/// `[document, confirm]`
impl Value for Origin {
    fn put(&self, to: &mut Writer) {
        to.array(2);
        self.document.put(to);
        self.confirm.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("origin", 2, 2)?;
        Ok(Self {
            document: Document::take(from)?,
            confirm: StatementId::take(from)?,
        })
    }
}

/// A decoded number inside `min..=max`, or an error that says all three.
pub(crate) fn in_range<N: Into<i128> + PartialOrd + Copy>(
    what: &'static str,
    got: N,
    min: N,
    max: N,
) -> Result<(), CborError> {
    if (min..=max).contains(&got) {
        return Ok(());
    }
    Err(CborError::Range {
        what,
        got: got.into(),
        min: min.into(),
        max: max.into(),
    })
}

/// What is left out when it is not so.
pub(crate) fn only_true(what: &'static str, got: Option<bool>) -> Result<(), CborError> {
    match got {
        Some(false) => Err(CborError::Invalid {
            what,
            why: "left out when false",
        }),
        Some(true) | None => Ok(()),
    }
}
