//! How an office was used, for those who run and fund it: counts, and nothing about a person.
//!
//! ```text
//! asked ─┬─ booked ─┬─ came         each branch adds up to the figure it grows from,
//!        │          ├─ held         whole months at a time, class by class
//!        │          └─ no-show
//!        ├─ cancelled
//!        ├─ unmet ──┬─ declined
//!        │          └─ displaced
//!        └─ waiting
//! ```
//!
//! Figures count places: four desks booked together are four. What a figure says about fewer than `smallest` bookings is
//! withheld, and so is as much more as keeps it from being worked out from the rest (complementary suppression: Hundepool
//! et al., *Statistical Disclosure Control*, 2012, chapter 4). There is no sum over classes and no period shorter than a
//! month, because differences of those would tell what was withheld. Whoever publishes overlapping periods can still be
//! subtracted from: publish months, or years, not both.
//!
//! Everything is read from what documents say, so every steward with the same documents writes the same report.

mod collect;
mod csv;
mod money;
mod tally;
mod withhold;

pub(crate) use collect::Source;
pub use money::{LineMoney, MonthMoney};

use crate::id::ClassId;
use crate::limits::{MAX_REPORT_MONTHS, MAX_SMALLEST_GROUP};
use crate::model::{Catalogue, Text};
use crate::time::{DayStart, Month};
use serde::{Serialize, Serializer};

/// Which months, and how small a group may be told of.
///
/// ```
/// use allkontor_core::report::ReportOrder;
/// use allkontor_core::time::Month;
/// let month = |month| Month::new(2026, month).unwrap();
/// assert!(ReportOrder::new(month(1), month(12), 5).is_ok());
/// let error = ReportOrder::new(month(2), month(1), 5).unwrap_err();
/// assert_eq!(error.to_string(), "a report from 2026-02 to 2026-01 has no months: the first comes first");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportOrder {
    first: Month,
    last: Month,
    smallest: u32,
}

/// Why there is no such report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidReport {
    /// It ends before it begins.
    #[error("a report from {first} to {last} has no months: the first comes first")]
    NoMonths {
        /// The first month asked for.
        first: Month,
        /// The last.
        last: Month,
    },
    /// It covers too much.
    #[error("a report from {first} to {last} has {months} months: at most {MAX_REPORT_MONTHS} fit")]
    TooLong {
        /// The first month asked for.
        first: Month,
        /// The last.
        last: Month,
        /// How many there are.
        months: u16,
    },
    /// No group is that large, or none at all is needed.
    #[error("a smallest group of {smallest} is not between 1 and {MAX_SMALLEST_GROUP}")]
    Smallest {
        /// What was asked for.
        smallest: u32,
    },
}

impl ReportOrder {
    /// From `first` to `last`, both included. What is said of fewer than `smallest` bookings is withheld: 5 is customary, 1
    /// withholds nothing.
    pub fn new(first: Month, last: Month, smallest: u32) -> Result<Self, InvalidReport> {
        let Some(behind) = last.index().checked_sub(first.index()) else {
            return Err(InvalidReport::NoMonths { first, last });
        };
        let months = behind.saturating_add(1);
        if months > MAX_REPORT_MONTHS {
            return Err(InvalidReport::TooLong {
                first,
                last,
                months,
            });
        }
        if !(1..=MAX_SMALLEST_GROUP).contains(&smallest) {
            return Err(InvalidReport::Smallest { smallest });
        }
        Ok(Self {
            first,
            last,
            smallest,
        })
    }

    /// Its months, in order.
    pub fn months(self) -> impl Iterator<Item = Month> {
        (self.first.index()..=self.last.index())
            .filter_map(|index| Month::from_index(u64::from(index)))
    }
}

/// A count, or that it would tell of too few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// So many.
    Count(u64),
    /// More than none, and not told.
    Withheld,
}

impl Figure {
    /// The count, if it is told.
    pub const fn count(self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(count),
            Self::Withheld => None,
        }
    }
}

/// `null` when withheld.
impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.count().serialize(serializer)
    }
}

/// How an office was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The first month.
    #[serde(serialize_with = "as_text")]
    pub first: Month,
    /// The last month.
    #[serde(serialize_with = "as_text")]
    pub last: Month,
    /// The smallest group that is told of.
    pub smallest: u32,
    /// Months of which nothing is here: dropped after the retention time, or before the office's first.
    #[serde(serialize_with = "as_texts")]
    pub missing: Vec<Month>,
    /// Events; whom they reached, the classes of seats tell.
    pub events: EventCounts,
    /// By class, in the catalogue's order; classes that nobody asked for are there with zeros.
    pub classes: Vec<ClassUse>,
    /// What was charged, by line of the tariff; lines by which nothing was are there with zeros.
    pub money: Vec<LineMoney>,
}

/// Events of those months. None of them is a person, so nothing is withheld.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventCounts {
    /// Let through, and not called off or withdrawn since.
    pub held: u64,
    /// Dates of those.
    pub dates: u64,
    /// Of `held`: by partners in the house.
    pub by_partners: u64,
    /// Let through, and called off or withdrawn.
    pub called_off: u64,
    /// Seats that people could ask for, on each date of those held.
    pub seats: u64,
}

/// How the places of one class were used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassUse {
    /// The class; `None` for places that are not in the catalogue any more.
    #[serde(serialize_with = "as_number")]
    pub class: Option<ClassId>,
    /// What it is called.
    pub name: Text,
    /// Minutes for which its places could be booked, all together.
    pub bookable_minutes: u64,
    /// Minutes for which they were: those of `booked`.
    pub booked_minutes: Figure,
    /// Places asked for.
    pub asked: Figure,
    /// Places that somebody had.
    pub booked: Figure,
    /// Of `booked`: checked in.
    pub came: Figure,
    /// Of `booked`: not checked in, and not given to others.
    pub held: Figure,
    /// Of `booked`: given back because nobody came.
    pub no_show: Figure,
    /// Withdrawn by those who asked.
    pub cancelled: Figure,
    /// Demand that could not be met.
    pub unmet: Figure,
    /// Of `unmet`: the office said no.
    pub declined: Figure,
    /// Of `unmet`: confirmed, then taken back by the office, and not placed again.
    pub displaced: Figure,
    /// Not decided.
    pub waiting: Figure,
    /// When places were had.
    pub use_by: Pattern,
    /// When demand could not be met.
    pub unmet_by: Pattern,
    /// Bookings, by how long their people waited for the confirmation.
    pub waited: Waited,
}

/// When in the day and in the week. A place counts in every hour that it touches, and on the weekday it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pattern {
    /// From 00 to 23 on the office's wall clock; all zero for places that are rented by the year.
    pub hours: [Figure; 24],
    /// From Monday to Sunday.
    pub weekdays: [Figure; 7],
}

/// From the ticket's stamp, or what the person claimed if that is later, to the confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Waited {
    /// At most a quarter of an hour.
    pub quarter_hour: Figure,
    /// Longer, at most an hour.
    pub hour: Figure,
    /// Longer, at most a day.
    pub day: Figure,
    /// Longer.
    pub longer: Figure,
}

impl Report {
    /// The report as JSON (RFC 8259): the fields of [`Report`] under their names, `null` for what is withheld.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The report as CSV (RFC 4180), a figure a row, the classes' names in that language (BCP 47).
    pub fn to_csv(&self, language: &str) -> String {
        csv::write(self, language)
    }
}

/// The report over these documents.
pub(crate) fn report(
    order: ReportOrder,
    catalogue: &Catalogue,
    day_start: DayStart,
    sources: &[Source<'_>],
) -> Report {
    let months: Vec<Month> = order.months().collect();
    let tallies = collect::collect(&months, catalogue, day_start, sources);
    let is_here = |month: &Month| {
        let ledger = crate::statement::Document::Ledger(*month);
        sources
            .iter()
            .any(|source| source.fold.document() == ledger)
    };
    Report {
        first: order.first,
        last: order.last,
        smallest: order.smallest,
        missing: months
            .iter()
            .copied()
            .filter(|month| !is_here(month))
            .collect(),
        events: collect::events(&months, catalogue, day_start, sources),
        classes: tallies
            .into_iter()
            .map(|(class, tally)| {
                let name = class.and_then(|class| catalogue.class(class));
                let name = name.map(|class| class.name.clone()).unwrap_or_default();
                tally.told(class, name, order.smallest)
            })
            .collect(),
        money: money::by_line(&months, catalogue, day_start, sources, order.smallest),
    }
}

fn as_text<S: Serializer>(month: &Month, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(month)
}

fn as_texts<S: Serializer>(months: &[Month], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(months.iter().map(Month::to_string))
}

#[expect(clippy::ref_option, reason = "serde gives the field by reference")]
fn as_number<S: Serializer>(class: &Option<ClassId>, serializer: S) -> Result<S::Ok, S::Error> {
    class.map(|class| class.0).serialize(serializer)
}

#[cfg(test)]
mod tests;
