//! One rule of `opening_hours`, reduced to what an office's hours can say.

use super::Unsupported;
use allkontor_core::time::OfficeDay;
use chrono::Weekday;
use opening_hours_syntax::rules::day::{
    Date, DateOffset, DaySelector, HolidayKind, Month, MonthdayRange, WeekDayRange, Year,
};
use opening_hours_syntax::rules::time::{Time, TimeSpan};
use opening_hours_syntax::rules::{RuleKind, RuleOperator, RuleSequence};

const DAY: u16 = 1440;
const MAX_PERIODS: usize = 100;

/// From one date to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Period {
    pub(super) first: OfficeDay,
    pub(super) last: OfficeDay,
}

impl Period {
    pub(super) fn contains(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    pub(super) fn is_one_day(&self) -> bool {
        self.first == self.last
    }
}

/// A day as rules see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    pub(super) weekday: Weekday,
    pub(super) holiday: bool,
    /// The dates it is one of; `None` for a day of no named period.
    pub(super) period: Option<Period>,
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// No period named: always.
    pub(super) periods: Vec<Period>,
    weekdays: Vec<Weekday>,
    pub(super) holidays: bool,
    spans: Vec<(u16, u16)>,
    effect: Effect,
    pub(super) comment: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// Takes the place of what earlier rules said about the day.
    Instead,
    /// Open besides.
    Also,
    /// Closed in these spans.
    Except,
}

impl Rule {
    pub(super) fn read(sequence: &RuleSequence) -> Result<Self, Unsupported> {
        let effect = match (sequence.operator, sequence.kind) {
            (RuleOperator::Fallback, _) => return Err(Unsupported::Fallback),
            (_, RuleKind::Unknown) => return Err(Unsupported::Unknown),
            (_, RuleKind::Closed) => Effect::Except,
            (RuleOperator::Normal, RuleKind::Open) => Effect::Instead,
            (RuleOperator::Additional, RuleKind::Open) => Effect::Also,
        };
        let mut spans = Vec::new();
        for span in &sequence.time_selector.spans {
            spans.push(read_span(span)?);
        }
        // "off" alone ends what the evening before runs into; a closed span only covers what it names.
        let selector = &sequence.day_selector;
        let (mut weekdays, mut holidays) = (Vec::new(), false);
        for range in &selector.weekday {
            match range {
                WeekDayRange::Fixed {
                    range,
                    offset: 0,
                    nth_from_start,
                    nth_from_end,
                } if !nth_from_start.contains(&false) && !nth_from_end.contains(&false) => {
                    weekdays.extend(from_to(*range.start(), *range.end()));
                }
                WeekDayRange::Holiday {
                    kind: HolidayKind::Public,
                    offset: 0,
                } => holidays = true,
                WeekDayRange::Holiday {
                    kind: HolidayKind::School,
                    ..
                } => return Err(Unsupported::SchoolHolidays),
                WeekDayRange::Fixed { .. } | WeekDayRange::Holiday { .. } => {
                    return Err(Unsupported::Counted);
                }
            }
        }
        Ok(Self {
            periods: periods(selector)?,
            weekdays,
            holidays,
            spans,
            effect,
            comment: sequence.comment.to_string(),
        })
    }

    fn covers(&self, day: &Kind) -> bool {
        let on_weekday = self.weekdays.contains(&day.weekday);
        let named = on_weekday || (self.holidays && day.holiday);
        let every = self.weekdays.is_empty() && !self.holidays;
        let dated = |period: Period| self.periods.iter().any(|own| own.contains(&period));
        (named || every) && (self.periods.is_empty() || day.period.is_some_and(dated))
    }
}

/// The spans that rules, one after the other, leave open on a day: sorted, apart.
pub(super) fn spans_on(rules: &[Rule], day: &Kind) -> Vec<(u16, u16)> {
    let mut open: Vec<(u16, u16)> = Vec::new();
    for rule in rules.iter().filter(|rule| rule.covers(day)) {
        match rule.effect {
            Effect::Instead => open = joined(rule.spans.clone()),
            Effect::Also => {
                open.extend(&rule.spans);
                open = joined(open);
            }
            Effect::Except if rule.spans == [(0, DAY)] => open.clear(),
            Effect::Except => {
                for hole in &rule.spans {
                    open = open.iter().flat_map(|span| without(*span, *hole)).collect();
                }
            }
        }
    }
    open
}

fn joined(mut spans: Vec<(u16, u16)>) -> Vec<(u16, u16)> {
    spans.sort_unstable();
    let mut apart: Vec<(u16, u16)> = Vec::new();
    for (from, to) in spans {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

fn without((from, to): (u16, u16), (hole, end): (u16, u16)) -> impl Iterator<Item = (u16, u16)> {
    let before = (from, to.min(hole));
    let after = (from.max(end), to);
    [before, after].into_iter().filter(|(a, b)| a < b)
}

fn read_span(span: &TimeSpan) -> Result<(u16, u16), Unsupported> {
    if span.open_end {
        return Err(Unsupported::OpenEnd);
    }
    if span.repeats.is_some() {
        return Err(Unsupported::Repeats);
    }
    let (Time::Fixed(start), Time::Fixed(end)) = (span.range.start, span.range.end) else {
        return Err(Unsupported::Sun);
    };
    let (from, to) = (start.mins_from_midnight(), end.mins_from_midnight());
    // "22:00-02:00" runs on into the next day.
    let to = if to <= from { to + DAY } else { to };
    if from < DAY && to <= 2 * DAY {
        Ok((from, to))
    } else {
        Err(Unsupported::NoSpan)
    }
}

fn from_to(first: Weekday, last: Weekday) -> Vec<Weekday> {
    let mut days = vec![first];
    let mut day = first;
    while day != last {
        day = day.succ();
        days.push(day);
    }
    days
}

fn periods(selector: &DaySelector) -> Result<Vec<Period>, Unsupported> {
    if !selector.week.is_empty() {
        return Err(Unsupported::Weeks);
    }
    let mut years = Vec::new();
    for range in &selector.year {
        let (range, step) = range.clone().into_parts();
        let (first, last) = (range.start().0, range.end().0);
        if last.abs_diff(first) > 229 {
            return Err(Unsupported::TooMany);
        }
        years.extend((first..=last).step_by(step.max(1).into()));
    }
    let mut periods = Vec::new();
    for range in &selector.monthday {
        if years.is_empty() {
            periods.push(dates(range, None)?);
        }
        for year in &years {
            periods.push(dates(range, Some(Year(*year)))?);
        }
    }
    if selector.monthday.is_empty() {
        for year in years {
            periods.push(Period {
                first: date(year, 1, 1)?,
                last: date(year, 12, 31)?,
            });
        }
    }
    if periods.len() > MAX_PERIODS {
        return Err(Unsupported::TooMany);
    }
    Ok(periods)
}

fn dates(range: &MonthdayRange, year: Option<Year>) -> Result<Period, Unsupported> {
    match range {
        MonthdayRange::Month { range, year: own } => {
            let year = own.or(year).ok_or(Unsupported::EveryYear)?.0;
            let (first, last) = (*range.start(), *range.end());
            let end = if last < first { year + 1 } else { year };
            Ok(Period {
                first: date(year, first.into(), 1)?,
                last: last_of_month(end, last)?,
            })
        }
        MonthdayRange::Date { start, end } => {
            let none = DateOffset::default();
            if start.1 != none || end.1 != none {
                return Err(Unsupported::Counted);
            }
            let first = fixed(&start.0, year)?;
            let last = match end.0 {
                // "2026 Dec 20-Jan 06" ends in the year after.
                Date::Fixed {
                    year: None,
                    month,
                    day,
                } => {
                    let year = chrono::Datelike::year(&first.date());
                    let same = date(year, month.into(), day);
                    match same {
                        Ok(day) if day >= first => day,
                        _ => date(year + 1, month.into(), day)?,
                    }
                }
                other => fixed(&other, None)?,
            };
            if last < first {
                return Err(Unsupported::NoSuchDate);
            }
            Ok(Period { first, last })
        }
    }
}

fn fixed(given: &Date, year: Option<Year>) -> Result<OfficeDay, Unsupported> {
    match *given {
        Date::Fixed {
            year: own,
            month,
            day,
        } => {
            let year = own.or(year).ok_or(Unsupported::EveryYear)?;
            date(year.0, month.into(), day)
        }
        Date::Weekday { .. } | Date::Easter { .. } => Err(Unsupported::Counted),
    }
}

fn date(year: i32, month: u32, day: u8) -> Result<OfficeDay, Unsupported> {
    OfficeDay::from_ymd(year, month, day.into()).ok_or(Unsupported::NoSuchDate)
}

fn last_of_month(year: i32, month: Month) -> Result<OfficeDay, Unsupported> {
    let (year, next) = match month {
        Month::December => (year + 1, Month::January),
        month => (year, month.next()),
    };
    Ok(date(year, next.into(), 1)?.plus(-1))
}
