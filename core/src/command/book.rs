//! Book: a unit, places of a class, or things that belong together; one date or many.

use super::event::EventDraft;
use crate::command::{BookingId, SeriesId};
use crate::id::{ClassId, FeatureId, UnitId};
use crate::model::{Ask, Catalogue, CellSpan, CompositeId, Moment, Rule};
use crate::statement::{AnyEqual, Document, EventKey, Wish};
use crate::time::{CivilMinute, Interval, OfficeDay};
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

/// A date's request, before it has a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) document: Document,
    pub(crate) class: Option<ClassId>,
    pub(crate) options: Vec<Vec<Wish>>,
    pub(crate) any_equal: Option<AnyEqual>,
    pub(crate) party: u16,
    /// Until when it is wanted beyond the document's year.
    pub(crate) until: Option<CivilMinute>,
    /// The event that it is for.
    pub(crate) purpose: Option<Purpose>,
}

/// What a request has to do with an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It is proposed with it; without options it needs no room.
    Event(EventDraft),
    /// It asks for seats there.
    Seats(EventKey),
}

pub(crate) struct PlannedDate {
    pub(crate) interval: Interval,
    pub(crate) plan: Result<Plan, Rule>,
}

/// The units of a class that have what is needed and are free then, best first.
pub(crate) type FreeUnits<'a> = dyn Fn(ClassId, &BTreeSet<FeatureId>, Interval) -> Vec<UnitId> + 'a;

/// One plan a date. `free` names the units of a class that are free then, best first.
pub(crate) fn plan(
    book: &Book,
    catalogue: &Catalogue,
    moment: &Moment,
    free: &FreeUnits<'_>,
) -> Vec<PlannedDate> {
    let first = book.dates.first().copied();
    let planned = book.dates.iter().map(|interval| {
        let moved = |alternative: &Interval| {
            let by = interval.start().minutes_since(first?.start());
            alternative.moved_by(by)
        };
        let alternatives: Vec<Interval> = book.alternatives.iter().filter_map(moved).collect();
        let plan = plan_date(book, catalogue, moment, free, *interval, &alternatives);
        PlannedDate {
            interval: *interval,
            plan,
        }
    });
    planned.collect()
}

fn plan_date(
    book: &Book,
    catalogue: &Catalogue,
    moment: &Moment,
    free: &FreeUnits<'_>,
    interval: Interval,
    alternatives: &[Interval],
) -> Result<Plan, Rule> {
    let check = |option: &[Wish]| {
        option.iter().try_for_each(|wish| {
            let ask = Ask {
                unit: wish.unit,
                interval: wish.interval,
                party: book.party,
            };
            catalogue.check_hold(moment, &ask)
        })
    };
    let wishes = |at: Interval| -> Result<Vec<Wish>, Rule> {
        let units = units_for(book, catalogue, free, at)?;
        Ok(units.into_iter().map(|unit| Wish::new(unit, at)).collect())
    };
    let asked_until = interval.end();
    let interval = within_its_year(book, catalogue, moment, interval);
    let wanted = wishes(interval)?;
    check(&wanted)?;
    let until = (interval.end() < asked_until).then_some(asked_until);
    for wish in wanted.iter().filter(|_| until.is_some()) {
        catalogue.check_renewal(moment, wish.unit, interval.start(), asked_until)?;
    }
    let class = wanted
        .first()
        .and_then(|wish| catalogue.unit(wish.unit))
        .map(|unit| unit.class);
    // Seats are for who comes to an event.
    if let Some(wish) = wanted.iter().find(|wish| catalogue.is_seat(wish.unit)) {
        return Err(Rule::NotBookable { unit: wish.unit });
    }
    let document = document_of(catalogue, moment, class, interval);
    let mut options = vec![wanted];
    for at in alternatives
        .iter()
        .filter(|at| document_of(catalogue, moment, class, **at) == document)
    {
        let option = wishes(*at)?;
        // An alternative that the rules forbid is left out: the first wish still stands.
        if check(&option).is_ok() {
            options.push(option);
        }
    }
    let equal = match book.what {
        What::Together(_) => None,
        What::Unit(_) if !book.equal => None,
        What::Unit(_) | What::Places { .. } => class,
    };
    let needs = book.needs.iter().copied().collect();
    let any_equal = equal.map(|class| AnyEqual { class, needs });
    Ok(Plan {
        document,
        class,
        options,
        any_equal,
        party: book.party,
        until,
        purpose: None,
    })
}

/// What is rented by the year is asked for until the year's end; from there on it is carried over.
fn within_its_year(
    book: &Book,
    catalogue: &Catalogue,
    moment: &Moment,
    interval: Interval,
) -> Interval {
    let unit = match book.what {
        What::Unit(unit) => Some(unit),
        What::Together(composite) => catalogue
            .expand(composite)
            .and_then(|all| all.first().copied()),
        What::Places { .. } => None,
    };
    let class = match book.what {
        What::Places { class, .. } => Some(class),
        _ => unit
            .and_then(|unit| catalogue.unit(unit))
            .map(|unit| unit.class),
    };
    let document = document_of(catalogue, moment, class, interval);
    let Document::Storage(year) = document else {
        return interval;
    };
    let whole = document.cell_interval(i32::from(year), moment.day_start);
    whole
        .and_then(|whole| whole.intersection(interval))
        .unwrap_or(interval)
}

fn units_for(
    book: &Book,
    catalogue: &Catalogue,
    free: &FreeUnits<'_>,
    at: Interval,
) -> Result<Vec<UnitId>, Rule> {
    match book.what {
        What::Unit(unit) => Ok(vec![unit]),
        What::Together(composite) => {
            let unknown = Rule::UnknownUnit {
                unit: UnitId(composite.0),
            };
            catalogue.expand(composite).ok_or(unknown)
        }
        What::Places { class, count } => {
            let mut units = free(class, &book.needs, at);
            // Too few are free: ask for the plainest ones all the same, and wait in their line.
            for unit in catalogue.matching(class, &book.needs) {
                if !units.contains(&unit) {
                    units.push(unit);
                }
            }
            let of = units.len();
            units.truncate(usize::from(count));
            if units.len() < usize::from(count) || units.is_empty() {
                return Err(Rule::TooFewUnits {
                    class,
                    asked: count,
                    of: u16::try_from(of).unwrap_or(u16::MAX),
                });
            }
            Ok(units)
        }
    }
}

fn document_of(
    catalogue: &Catalogue,
    moment: &Moment,
    class: Option<ClassId>,
    at: Interval,
) -> Document {
    let day = OfficeDay::of(at.start(), moment.day_start);
    match class
        .and_then(|class| catalogue.class(class))
        .map(|class| class.cells)
    {
        Some(CellSpan::Year) => Document::Storage(day.year()),
        Some(CellSpan::Day) | None => Document::ledger_of(day),
    }
}
