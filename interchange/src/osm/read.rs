//! From OpenStreetMap's text to hours.
//!
//! The rules are asked, in their order, about each kind of day there is: a weekday or a public holiday, in no period
//! or in one of those named. So what a later rule overrides is never guessed at.

use super::rule::{Kind, Period, Rule, spans_on};
use super::{HoursText, MAX_TEXT, NotHours, Tag};
use allkontor_core::model::{
    DayHours, Exception, HolidayCalendar, HolidayPolicy, Hours, Season, Span, Text, Week,
};
use chrono::{Datelike, Weekday};

const WEEK: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

pub(super) fn hours(
    text: &HoursText,
    calendar: HolidayCalendar,
    language: &str,
) -> Result<Hours, NotHours> {
    let office = Office {
        open: rules(Tag::OpeningHours, &text.opening_hours)?,
        staffed: rules(Tag::ServiceTimes, &text.service_times)?,
    };
    let has_calendar = calendar != HolidayCalendar::None;
    if !has_calendar && office.all().any(|rule| rule.holidays) {
        return Err(NotHours::NoCalendar);
    }
    let (days, seasons) = office.periods()?;
    let holidays = if has_calendar {
        office.policy(&seasons)?
    } else {
        HolidayPolicy::default()
    };
    let comment = |period: &Period| office.comment(period, language);
    Ok(Hours {
        weekly: office.week(None),
        seasons: seasons
            .iter()
            .map(|period| Season {
                first: period.first,
                last: period.last,
                name: comment(period),
                weekly: office.week(Some(*period)),
            })
            .collect(),
        calendar,
        holidays,
        exceptions: days
            .iter()
            .map(|period| Exception {
                day: period.first,
                hours: office.on(&Kind {
                    weekday: period.first.date().weekday(),
                    holiday: calendar.on(period.first).is_some(),
                    period: Some(*period),
                }),
                note: comment(period),
            })
            .collect(),
    })
}

fn rules(tag: Tag, text: &str) -> Result<Vec<Rule>, NotHours> {
    if text.len() > MAX_TEXT {
        let (got, limit) = (text.len(), MAX_TEXT);
        return Err(NotHours::TooLong { tag, got, limit });
    }
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let expression = opening_hours_syntax::parse(text).map_err(|error| NotHours::Syntax {
        tag,
        why: error.to_string(),
    })?;
    expression
        .rules
        .iter()
        .map(|rule| {
            Rule::read(rule).map_err(|why| NotHours::Unsupported {
                tag,
                rule: rule.to_string(),
                why,
            })
        })
        .collect()
}

struct Office {
    open: Vec<Rule>,
    staffed: Vec<Rule>,
}

impl Office {
    fn all(&self) -> impl Iterator<Item = &Rule> {
        self.open.iter().chain(&self.staffed)
    }

    fn on(&self, day: &Kind) -> DayHours {
        let spans = |rules: &[Rule]| -> Vec<Span> {
            let spans = spans_on(rules, day).into_iter();
            spans.filter_map(|(from, to)| Span::new(from, to)).collect()
        };
        // Spans that rules leave are apart, so this cannot fail.
        DayHours::new(spans(&self.open), spans(&self.staffed)).unwrap_or_default()
    }

    /// Single dates, and periods of several; both in order, each once.
    fn periods(&self) -> Result<(Vec<Period>, Vec<Period>), NotHours> {
        let mut all: Vec<Period> = self
            .all()
            .flat_map(|rule| rule.periods.iter().copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        let (days, seasons): (Vec<_>, Vec<_>) = all.into_iter().partition(Period::is_one_day);
        for (one, next) in seasons.iter().zip(seasons.iter().skip(1)) {
            if one.overlaps(next) {
                return Err(NotHours::PeriodsOverlap {
                    first: one.first,
                    first_end: one.last,
                    second: next.first,
                    second_end: next.last,
                });
            }
        }
        Ok((days, seasons))
    }

    fn week(&self, period: Option<Period>) -> Week {
        let on = |weekday| {
            self.on(&Kind {
                weekday,
                holiday: false,
                period,
            })
        };
        Week {
            monday: on(Weekday::Mon),
            tuesday: on(Weekday::Tue),
            wednesday: on(Weekday::Wed),
            thursday: on(Weekday::Thu),
            friday: on(Weekday::Fri),
            saturday: on(Weekday::Sat),
            sunday: on(Weekday::Sun),
        }
    }

    /// The one policy that says what the rules say about every holiday, in every season.
    fn policy(&self, seasons: &[Period]) -> Result<HolidayPolicy, NotHours> {
        let contexts = || std::iter::once(None).chain(seasons.iter().copied().map(Some));
        let days = || contexts().flat_map(|period| WEEK.map(|weekday| (period, weekday)));
        let hours = |(period, weekday), holiday| {
            self.on(&Kind {
                weekday,
                holiday,
                period,
            })
        };
        if days().all(|day| hours(day, true) == hours(day, false)) {
            return Ok(HolidayPolicy::AsUsual);
        }
        if days().all(|day| hours(day, true) == DayHours::closed()) {
            return Ok(HolidayPolicy::Closed);
        }
        if days().all(|day| hours(day, true) == hours((day.0, Weekday::Sun), false)) {
            return Ok(HolidayPolicy::AsSunday);
        }
        let own = hours((None, Weekday::Sun), true);
        if days().all(|day| hours(day, true) == own) {
            return Ok(HolidayPolicy::Own { hours: own });
        }
        Err(NotHours::HolidaysDiffer)
    }

    fn comment(&self, period: &Period, language: &str) -> Text {
        let own = |rule: &&Rule| rule.periods.contains(period) && !rule.comment.is_empty();
        let words = self.all().find(own).map(|rule| rule.comment.as_str());
        Text::new(words.map(|words| (language, words)))
    }
}
