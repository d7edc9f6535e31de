//! From hours to OpenStreetMap's text: the week, the seasons, the holidays of each, then the single dates. Later rules
//! override earlier ones, which is the order in which hours are looked up.

use super::HoursText;
use allkontor_core::model::{DayHours, HolidayCalendar, HolidayPolicy, Hours, Span, Text, Week};
use allkontor_core::time::OfficeDay;
use chrono::{Datelike, Weekday};
use opening_hours_syntax::ExtendedTime;
use opening_hours_syntax::rules::day::{
    Date, DateOffset, DaySelector, HolidayKind, Month, MonthdayRange, WeekDayRange, Year,
};
use opening_hours_syntax::rules::time::{TimeSelector, TimeSpan};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleKind, RuleOperator, RuleSequence};

type Spans = fn(&DayHours) -> &[Span];

/// The tags of these hours. `language` (BCP 47) is the one that notes are written in.
///
/// ```
/// use allkontor_core::model::Hours;
/// assert_eq!(allkontor_interchange::osm::from_hours(&Hours::default(), "sv").opening_hours, "closed");
/// ```
pub fn from_hours(hours: &Hours, language: &str) -> HoursText {
    let staffed = expression(hours, DayHours::staffed, language);
    let never = staffed.rules.iter().all(|rule| rule.kind != RuleKind::Open);
    HoursText {
        opening_hours: expression(hours, DayHours::open, language).to_string(),
        service_times: if never {
            String::new()
        } else {
            staffed.to_string()
        },
    }
}

fn expression(hours: &Hours, spans: Spans, language: &str) -> OpeningHoursExpression {
    let mut rules = Vec::new();
    let days = DaySelector::default;
    week(&mut rules, &hours.weekly, spans, &days(), false);
    let seasons: Vec<DaySelector> = hours
        .seasons
        .iter()
        .map(|season| dates(season.first, season.last))
        .collect();
    for (season, dates) in hours.seasons.iter().zip(&seasons) {
        let before = rules.len();
        week(&mut rules, &season.weekly, spans, dates, true);
        name(&mut rules, before, &season.name, language);
    }
    if hours.calendar != HolidayCalendar::None {
        let weeks = std::iter::once((&hours.weekly, days())).chain(
            hours
                .seasons
                .iter()
                .map(|season| &season.weekly)
                .zip(seasons),
        );
        for (week, mut selector) in weeks {
            let on_holidays = match &hours.holidays {
                HolidayPolicy::AsUsual => continue,
                HolidayPolicy::Closed => &DayHours::closed(),
                HolidayPolicy::AsSunday => week.on(Weekday::Sun),
                HolidayPolicy::Own { hours } => hours,
            };
            selector.weekday = vec![WeekDayRange::Holiday {
                kind: HolidayKind::Public,
                offset: 0,
            }];
            rules.push(rule(selector, spans(on_holidays)));
        }
    }
    for exception in &hours.exceptions {
        let before = rules.len();
        let day = dates(exception.day, exception.day);
        rules.push(rule(day, spans(&exception.hours)));
        name(&mut rules, before, &exception.note, language);
    }
    OpeningHoursExpression { rules }
}

/// One rule for each set of weekdays with the same hours. Closed days need no rule where nothing else opens them.
fn week(
    rules: &mut Vec<RuleSequence>,
    week: &Week,
    spans: Spans,
    dates: &DaySelector,
    say_closed: bool,
) {
    let mut left: Vec<Weekday> = std::iter::successors(Some(Weekday::Mon), |day| {
        Some(day.succ()).filter(|day| *day != Weekday::Mon)
    })
    .collect();
    while let Some(first) = left.first().copied() {
        let hours = spans(week.on(first));
        let alike: Vec<Weekday> = left
            .iter()
            .copied()
            .filter(|day| spans(week.on(*day)) == hours)
            .collect();
        left.retain(|day| !alike.contains(day));
        if hours.is_empty() && !say_closed {
            continue;
        }
        let mut selector = dates.clone();
        if alike.len() < 7 {
            selector.weekday = ranges(&alike);
        }
        rules.push(rule(selector, hours));
    }
}

/// Weekdays in order as ranges: Monday to Friday, Sunday.
fn ranges(days: &[Weekday]) -> Vec<WeekDayRange> {
    let mut ranges: Vec<(Weekday, Weekday)> = Vec::new();
    for day in days {
        match ranges.last_mut() {
            Some((_, last)) if last.succ() == *day => *last = *day,
            _ => ranges.push((*day, *day)),
        }
    }
    ranges
        .into_iter()
        .map(|(first, last)| WeekDayRange::Fixed {
            range: first..=last,
            offset: 0,
            nth_from_start: [true; 5],
            nth_from_end: [true; 5],
        })
        .collect()
}

fn rule(day_selector: DaySelector, spans: &[Span]) -> RuleSequence {
    let time =
        |minute| ExtendedTime::from_mins_from_midnight(minute).unwrap_or(ExtendedTime::MIDNIGHT_48);
    let spans: Vec<TimeSpan> = spans
        .iter()
        .map(|span| TimeSpan::fixed_range(time(span.from()), time(span.to())))
        .collect();
    RuleSequence {
        day_selector,
        kind: if spans.is_empty() {
            RuleKind::Closed
        } else {
            RuleKind::Open
        },
        time_selector: TimeSelector::new(spans),
        operator: RuleOperator::Normal,
        comment: "".into(),
    }
}

/// Puts a note on the first of the rules from `from` on.
fn name(rules: &mut [RuleSequence], from: usize, note: &Text, language: &str) {
    // The format has no way to write a quotation mark in a comment.
    let words = note.in_language(language).replace('"', "'");
    if let Some(rule) = rules.get_mut(from) {
        rule.comment = words.into();
    }
}

fn dates(first: OfficeDay, last: OfficeDay) -> DaySelector {
    let at = |day: OfficeDay| {
        let date = day.date();
        let month = Month::from_date(date);
        let day = u8::try_from(date.day()).unwrap_or(1);
        (
            Date::ymd(day, month, Year(date.year())),
            DateOffset::default(),
        )
    };
    DaySelector {
        monthday: vec![MonthdayRange::Date {
            start: at(first),
            end: at(last),
        }],
        ..DaySelector::default()
    }
}
