use super::field::Value;
use crate::cbor::{CborError, Reader, Writer};
use crate::time::{DayStart, Month, OfficeDay};
use std::fmt;

/// Where a statement belongs. Each document resolves alone, given `authority`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Document {
    /// The admin chain: certificates, revocations, first custody, published catalogues. Never dropped.
    Authority,
    /// One month's requests and decisions.
    Ledger(Month),
    /// One year's rentals and loans.
    Storage(u16),
    /// One year's money: charges, payments, deposits. For the office's devices only.
    Till(u16),
    /// One year of what is known of people, by their pseudonyms. For the office's devices only.
    People(u16),
    /// One year of suggestions and notices.
    Commons(u16),
    /// One month of how people are reached, sealed to the staff. For the office's devices only.
    Roster(Month),
    /// A document of a later version: its statements are kept and passed on, and mean nothing here.
    Other {
        /// The number of its kind.
        tag: u8,
        /// Which one of its kind.
        period: u32,
    },
}

/// The families of documents. Of the first two a unit belongs to one: booked by the day, or rented by the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Cells are (unit, office day), in `ledger` documents.
    Ledger,
    /// Cells are (unit, calendar year), in `storage` documents.
    Storage,
    /// Money, in `till` documents: no cells, and no units.
    Till,
    /// People, in `people` documents: no cells, and no units.
    People,
    /// Suggestions and notices, in `commons` documents: no cells, and no units.
    Commons,
    /// How people are reached, in `roster` documents: no cells, and no units.
    Roster,
}

impl Document {
    /// Appends `[tag, period]`, the form it has inside statements.
    pub(crate) fn write(self, to: &mut Writer) {
        Value::put(&self, to);
    }

    /// Reads what [`Document::write`] wrote.
    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, CborError> {
        Value::take(from)
    }

    /// The family of units whose cells this document holds.
    pub const fn family(self) -> Option<Family> {
        match self {
            Self::Ledger(_) => Some(Family::Ledger),
            Self::Storage(_) => Some(Family::Storage),
            Self::Till(_) => Some(Family::Till),
            Self::People(_) => Some(Family::People),
            Self::Commons(_) => Some(Family::Commons),
            Self::Roster(_) => Some(Family::Roster),
            Self::Authority | Self::Other { .. } => None,
        }
    }

    /// Whether only the office's own devices are given this document.
    pub const fn is_internal(self) -> bool {
        matches!(self, Self::Till(_) | Self::People(_) | Self::Roster(_))
    }

    /// The ledger that bookings of that office day are filed in.
    pub fn ledger_of(day: OfficeDay) -> Self {
        Self::Ledger(day.month())
    }

    /// The period (office day or year) of the cell that holds the whole of `[start, end)`, if one does here.
    pub fn cell_period(self, hold: &super::Hold, day_start: DayStart) -> Option<i32> {
        let span = hold.interval();
        let day = OfficeDay::of(span.start(), day_start);
        let last = OfficeDay::of(span.end().saturating_plus(-1), day_start);
        match self {
            Self::Ledger(month) => (day == last && day.month() == month).then_some(day.get()),
            Self::Storage(year) => {
                (day.year() == year && last.year() == year).then_some(i32::from(year))
            }
            Self::Authority
            | Self::Till(_)
            | Self::People(_)
            | Self::Commons(_)
            | Self::Roster(_)
            | Self::Other { .. } => None,
        }
    }

    /// The civil minutes of a cell of this document.
    pub fn cell_interval(self, period: i32, day_start: DayStart) -> Option<crate::time::Interval> {
        match self {
            Self::Ledger(_) => Some(OfficeDay::new(i64::from(period))?.interval(day_start)),
            Self::Storage(_) => {
                let first = OfficeDay::from_ymd(period, 1, 1)?
                    .interval(day_start)
                    .start();
                let last = OfficeDay::from_ymd(period, 12, 31)?
                    .interval(day_start)
                    .end();
                crate::time::Interval::new(first, last).ok()
            }
            Self::Authority
            | Self::Till(_)
            | Self::People(_)
            | Self::Commons(_)
            | Self::Roster(_)
            | Self::Other { .. } => None,
        }
    }
}

impl Document {
    /// `(tag, period)`, as on the wire.
    pub const fn to_parts(self) -> (u8, u32) {
        match self {
            Self::Authority => (0, 0),
            Self::Ledger(month) => (2, month.index() as u32),
            Self::Storage(year) => (3, year as u32),
            Self::Till(year) => (4, year as u32),
            Self::People(year) => (5, year as u32),
            Self::Commons(year) => (6, year as u32),
            Self::Roster(month) => (7, month.index() as u32),
            Self::Other { tag, period } => (tag, period),
        }
    }

    /// The document of those parts; tags of later versions are kept.
    pub fn from_parts(tag: u8, period: u32) -> Result<Self, CborError> {
        let year = || {
            let year = u16::try_from(period).ok();
            let known = year.filter(|year| (1970..2200).contains(year));
            known.ok_or(CborError::Invalid {
                what: "document",
                why: "year outside 1970 to 2199",
            })
        };
        let month = || {
            Month::from_index(u64::from(period)).ok_or(CborError::Invalid {
                what: "document",
                why: "month outside 1970-01 to 2199-12",
            })
        };
        match tag {
            0 if period == 0 => Ok(Self::Authority),
            0 => Err(CborError::Invalid {
                what: "document",
                why: "there is one authority",
            }),
            2 => month().map(Self::Ledger),
            3 => year().map(Self::Storage),
            4 => year().map(Self::Till),
            5 => year().map(Self::People),
            6 => year().map(Self::Commons),
            7 => month().map(Self::Roster),
            tag => Ok(Self::Other { tag, period }),
        }
    }
}

/// `[tag, period]`; authority is `[0, 0]`.
impl Value for Document {
    fn put(&self, to: &mut Writer) {
        let (tag, period) = self.to_parts();
        to.array(2).uint(u64::from(tag)).uint(u64::from(period));
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("document", 2, 2)?;
        Self::from_parts(u8::take(from)?, u32::take(from)?)
    }
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Authority => f.write_str("authority"),
            Self::Ledger(month) => write!(f, "ledger/{month}"),
            Self::Storage(year) => write!(f, "storage/{year}"),
            Self::Till(year) => write!(f, "till/{year}"),
            Self::People(year) => write!(f, "people/{year}"),
            Self::Commons(year) => write!(f, "commons/{year}"),
            Self::Roster(month) => write!(f, "roster/{month}"),
            Self::Other { tag, period } => write!(f, "document {tag}/{period}"),
        }
    }
}
