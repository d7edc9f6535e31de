//! Book: a unit, places of a class, or things that belong together; one date or many.

mod plan;

pub(crate) use plan::{FreeUnits, Plan, PlannedDate, Purpose, plan};

use crate::command::{BookingId, SeriesId};
use crate::id::{ClassId, FeatureId, UnitId};
use crate::model::{CompositeId, Rule};
use crate::time::{CivilMinute, Interval};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What somebody wants to book, and when.
///
/// ```
/// use allkontor_core::{command::Book, id::{ClassId, UnitId}, time::{CivilMinute, Interval}};
/// let at = |hour| CivilMinute::from_ymd_hm(2026, 11, 24, hour, 0).unwrap();
/// let morning = Interval::new(at(9), at(10)).unwrap();
/// let room = Book::unit(UnitId(3), morning).party(4);
/// let desks = Book::places(ClassId(1), 2, morning).or_at(Interval::new(at(13), at(14)).unwrap());
/// assert_eq!((room.dates().len(), desks.alternatives().len()), (1, 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    what: What,
    dates: Vec<Interval>,
    alternatives: Vec<Interval>,
    needs: BTreeSet<FeatureId>,
    equal: bool,
    party: u16,
    pub(super) rrule: Option<String>,
    pub(super) except: BTreeSet<NaiveDate>,
    joins: Option<SeriesId>,
}

/// What is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// One unit.
    Unit(UnitId),
    /// Any units of a class, all at once or none.
    Places {
        /// The class.
        class: ClassId,
        /// How many units, at least 1.
        count: u16,
    },
    /// Units that the catalogue books together: a whole room, a room with its projector. All or nothing.
    Together(CompositeId),
}

impl Book {
    fn new(what: What, date: Interval) -> Self {
        Self {
            what,
            dates: vec![date],
            alternatives: Vec::new(),
            needs: BTreeSet::new(),
            equal: true,
            party: 1,
            rrule: None,
            except: BTreeSet::new(),
            joins: None,
        }
    }

    /// One unit, or its equal at the same time.
    pub fn unit(unit: UnitId, date: Interval) -> Self {
        Self::new(What::Unit(unit), date)
    }

    /// `count` units of a class, all at once or none.
    pub fn places(class: ClassId, count: u16, date: Interval) -> Self {
        Self::new(
            What::Places {
                class,
                count: count.max(1),
            },
            date,
        )
    }

    /// What is rented by the year, without an end: [`Book::unit`] until the last minute there is.
    ///
    /// Whatever is wanted beyond the year's end is rented until then, and the office carries it over.
    pub fn rent(unit: UnitId, from: CivilMinute) -> Self {
        Self::unit(unit, Interval::between(from, CivilMinute::MAX))
    }

    /// Units that the catalogue books together.
    pub fn together(composite: CompositeId, date: Interval) -> Self {
        Self::new(What::Together(composite), date)
    }

    /// This time would do as well; the first named is preferred.
    pub fn or_at(mut self, interval: Interval) -> Self {
        self.alternatives.push(interval);
        self
    }

    /// Also on these dates: a series. Each date is a request of its own, and alternatives move with it.
    pub fn also_on(mut self, dates: impl IntoIterator<Item = Interval>) -> Self {
        self.dates.extend(dates);
        self
    }

    /// Again and again by the value of an RRULE, as [`Series::from_rrule`](crate::series::Series::from_rrule) reads it:
    /// a series. The first date gives the time and the length, and is one of the series only if the rule falls on it.
    ///
    /// ```
    /// use allkontor_core::{command::Book, id::UnitId, time::{CivilMinute, Interval}};
    /// let at = |hour| CivilMinute::from_ymd_hm(2027, 1, 12, hour, 0).unwrap();
    /// let evening = Interval::new(at(18), at(20)).unwrap();
    /// let choir = Book::unit(UnitId(3), evening).repeating("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270504");
    /// ```
    pub fn repeating(mut self, rrule: impl Into<String>) -> Self {
        self.rrule = Some(rrule.into());
        self
    }

    /// Not on these calendar dates, though the series falls on them.
    pub fn except(mut self, dates: impl IntoIterator<Item = NaiveDate>) -> Self {
        self.except.extend(dates);
        self
    }

    /// As further dates of a series of this device: for one that was refused, and is wanted at another time.
    pub fn joining(mut self, series: SeriesId) -> Self {
        self.joins = Some(series);
        self
    }

    /// Only units with these features.
    pub fn needing(mut self, features: impl IntoIterator<Item = FeatureId>) -> Self {
        self.needs.extend(features);
        self
    }

    /// This unit and no other.
    pub fn exactly(mut self) -> Self {
        self.equal = false;
        self
    }

    /// How many people come.
    pub fn party(mut self, people: u16) -> Self {
        self.party = people.max(1);
        self
    }

    /// What is booked.
    pub fn what(&self) -> What {
        self.what
    }

    /// When: one date, or those of a series.
    pub fn dates(&self) -> &[Interval] {
        &self.dates
    }

    /// Other times that would do on the first date.
    pub fn alternatives(&self) -> &[Interval] {
        &self.alternatives
    }

    /// Features that the units must have.
    pub fn needs(&self) -> &BTreeSet<FeatureId> {
        &self.needs
    }

    /// How many people come.
    pub fn people(&self) -> u16 {
        self.party
    }

    /// The series that the dates are to join.
    pub fn joins(&self) -> Option<SeriesId> {
        self.joins
    }

    /// The same on these dates, and by no rule. Alternatives move with the first date.
    pub(super) fn on(&self, dates: Vec<Interval>) -> Self {
        let by = dates
            .first()
            .zip(self.dates.first())
            .map_or(0, |(to, from)| to.start().minutes_since(from.start()));
        let alternatives = self.alternatives.iter().filter_map(|at| at.moved_by(by));
        Self {
            alternatives: alternatives.collect(),
            dates,
            rrule: None,
            except: BTreeSet::new(),
            ..self.clone()
        }
    }

    /// The first date, so many minutes later; `None` when that is outside the supported years.
    pub(crate) fn moved_by(&self, minutes: i32) -> Option<Self> {
        let first = self.dates.first()?.moved_by(minutes)?;
        Some(self.on(vec![first]))
    }
}

/// What came of a booking command: one outcome a date, in order. A clash on one date does not stop the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Booked {
    /// One outcome a date.
    pub dates: Vec<DateOutcome>,
    /// The series that its dates belong to, when a series was asked for: see [`Group`](crate::replica::Group).
    pub series: Option<SeriesId>,
}

/// What came of one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateOutcome {
    /// Asked for; the agenda says how it stands.
    Requested {
        /// The booking, on this device.
        booking: BookingId,
        /// The date asked for.
        interval: Interval,
    },
    /// A rule of the office forbids it.
    Refused {
        /// The date asked for.
        interval: Interval,
        /// The rule.
        rule: Rule,
        /// The nearest times of that day that the rules and what is known leave free.
        nearest: Vec<Interval>,
    },
}

impl Booked {
    /// The bookings made.
    pub fn bookings(&self) -> impl Iterator<Item = BookingId> + '_ {
        self.dates.iter().filter_map(|date| match date {
            DateOutcome::Requested { booking, .. } => Some(*booking),
            DateOutcome::Refused { .. } => None,
        })
    }
}
