//! What a booking asks for, date by date, as far as the office's rules allow it.

use super::super::event::EventDraft;
use super::{Book, What};
use crate::id::{ClassId, FeatureId, UnitId};
use crate::model::{Ask, Catalogue, CellSpan, Moment, Rule};
use crate::statement::{AnyEqual, Document, EventKey, Wish};
use crate::time::{CivilMinute, Interval, OfficeDay};
use std::collections::BTreeSet;

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
