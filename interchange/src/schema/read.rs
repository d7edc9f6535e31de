//! From JSON-LD to OpenStreetMap's rules, whose reader knows what an office's hours can say.

use super::{MAX_JSON, MAX_SPECIFICATIONS, NotSchemaHours, PUBLIC_HOLIDAYS, WEEK};
use crate::osm::HoursText;
use allkontor_core::model::{HolidayCalendar, Hours};
use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use std::collections::BTreeMap;

/// The hours of a place, given as JSON-LD: an object with `openingHoursSpecification`, or a list or graph with one such.
///
/// `calendar` says which days `PublicHolidays` are; `language` (BCP 47) is the one that descriptions are in. Times are in
/// whole minutes, dates have their year; what else there is, is passed over unless it changes the hours.
pub fn read(
    text: &str,
    calendar: HolidayCalendar,
    language: &str,
) -> Result<Hours, NotSchemaHours> {
    if text.len() > MAX_JSON {
        let (got, limit) = (text.len(), MAX_JSON);
        return Err(NotSchemaHours::TooLong { got, limit });
    }
    let not_json = |why: String| NotSchemaHours::NotJson { why };
    let read: Value = serde_json::from_str(text).map_err(|error| not_json(error.to_string()))?;
    let place = place(&read).ok_or_else(|| not_json("no object has it".to_owned()))?;
    let contacts = list(place.get("contactPoint"));
    let staffed = contacts
        .iter()
        .filter(|contact| contact.get("contactType").and_then(Value::as_str) == Some("staff"));
    let open: Vec<&Value> = [
        "openingHoursSpecification",
        "specialOpeningHoursSpecification",
    ]
    .into_iter()
    .flat_map(|name| list(place.get(name)))
    .collect();
    let staffed: Vec<&Value> = staffed
        .flat_map(|contact| list(contact.get("hoursAvailable")))
        .collect();
    let (got, limit) = (open.len().saturating_add(staffed.len()), MAX_SPECIFICATIONS);
    if got > limit {
        return Err(NotSchemaHours::TooMany { got, limit });
    }
    let tags = HoursText {
        opening_hours: rules(&open, 1)?,
        service_times: rules(&staffed, open.len().saturating_add(1))?,
    };
    Ok(tags.read(calendar, language)?)
}

fn place(value: &Value) -> Option<&Value> {
    let has = |value: &&Value| value.get("openingHoursSpecification").is_some();
    if has(&value) {
        return Some(value);
    }
    let graph = value.get("@graph").unwrap_or(value);
    graph.as_array()?.iter().find(has)
}

/// JSON-LD leaves out the brackets of a list of one.
fn list(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values.iter().collect(),
        Some(value) => vec![value],
    }
}

/// What is said of one day of one period: spans, and why.
#[derive(Default)]
struct Said {
    spans: Vec<(String, String)>,
    description: String,
}

/// The dates a specification is for, and a weekday's place in the week, 7 for holidays, 8 for the one day that there is.
type Day = (Option<(NaiveDate, NaiveDate)>, usize);

const HOLIDAYS: usize = 7;
const THAT_DAY: usize = 8;

fn rules(specifications: &[&Value], from: usize) -> Result<String, NotSchemaHours> {
    let mut days: BTreeMap<Day, Said> = BTreeMap::new();
    for (value, number) in specifications.iter().zip(from..) {
        let specification = Specification { value, number };
        let dates = specification.dates()?;
        let span = specification.span()?;
        for day in specification.days(dates)? {
            let said = days.entry((dates, day)).or_default();
            said.spans.extend(span.clone());
            if said.description.is_empty() {
                said.description = specification.text("description")?.replace('"', "'");
            }
        }
    }
    let mut rules = Vec::new();
    for ((dates, day), said) in days {
        let date =
            |day: NaiveDate| format!("{:04} {} {:02}", day.year(), day.format("%b"), day.day());
        let mut rule: Vec<String> = Vec::new();
        rule.extend(dates.map(|(first, last)| {
            if first == last {
                date(first)
            } else {
                format!("{}-{}", date(first), date(last))
            }
        }));
        rule.extend(match WEEK.get(day) {
            Some((_, short)) => Some((*short).to_owned()),
            None if day == HOLIDAYS => Some("PH".to_owned()),
            None => None,
        });
        let spans = said.spans.iter().map(|(from, to)| format!("{from}-{to}"));
        let spans: Vec<String> = spans.collect();
        rule.push(if spans.is_empty() {
            "off".to_owned()
        } else {
            spans.join(",")
        });
        if !said.description.is_empty() {
            rule.push(format!("\"{}\"", said.description));
        }
        rules.push(rule.join(" "));
    }
    Ok(rules.join("; "))
}

struct Specification<'a> {
    value: &'a Value,
    /// Which, from 1.
    number: usize,
}

impl<'a> Specification<'a> {
    fn wrong(&self, property: &'static str, expected: &'static str) -> NotSchemaHours {
        let got = self.value.get(property).map(Value::to_string);
        NotSchemaHours::Value {
            number: self.number,
            property,
            got: got.unwrap_or_default().chars().take(60).collect(),
            expected,
        }
    }

    fn text(&self, property: &'static str) -> Result<&'a str, NotSchemaHours> {
        match self.value.get(property) {
            None | Some(Value::Null) => Ok(""),
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(self.wrong(property, "a text")),
        }
    }

    fn days(&self, dates: Option<(NaiveDate, NaiveDate)>) -> Result<Vec<usize>, NotSchemaHours> {
        let days = list(self.value.get("dayOfWeek"));
        if days.is_empty() {
            let is_one = dates.is_some_and(|(first, last)| first == last);
            return Ok(if is_one {
                vec![THAT_DAY]
            } else {
                (0..WEEK.len()).collect()
            });
        }
        let days = days.into_iter().map(|day| {
            let name = day.as_str().unwrap_or_default();
            let name = ["https://schema.org/", "http://schema.org/", "schema:"]
                .into_iter()
                .find_map(|prefix| name.strip_prefix(prefix))
                .unwrap_or(name);
            let weekday = WEEK.iter().position(|(weekday, _)| *weekday == name);
            let holidays = (name == PUBLIC_HOLIDAYS).then_some(HOLIDAYS);
            weekday
                .or(holidays)
                .ok_or_else(|| self.wrong("dayOfWeek", "Monday to Sunday or PublicHolidays"))
        });
        days.collect()
    }

    /// From when to when; none on a closed day.
    fn span(&self) -> Result<Option<(String, String)>, NotSchemaHours> {
        let (opens, closes) = (self.clock("opens")?, self.clock("closes")?);
        match (opens, closes) {
            (None, None) => Ok(None),
            (Some(opens), Some(closes)) if opens == closes && opens == "00:00" => Ok(None),
            (Some(opens), Some(closes)) if opens != closes && opens != "24:00" => {
                Ok(Some((opens, closes)))
            }
            (None, _) => Err(self.wrong("opens", "a time, as there is a closes")),
            _ => Err(self.wrong("closes", "another time than opens")),
        }
    }

    fn clock(&self, property: &'static str) -> Result<Option<String>, NotSchemaHours> {
        let text = self.text(property)?;
        if text.is_empty() {
            return Ok(None);
        }
        let expected = "a time like 08:00, in whole minutes";
        let clock = text.strip_suffix(":00").filter(|clock| clock.len() == 5);
        let clock = clock.unwrap_or(text);
        let number = |digits: &str| -> Option<u32> {
            let two = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
            two.then(|| digits.parse().ok())?
        };
        let minute = clock
            .split_once(':')
            .and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)))
            .filter(|(hour, minute)| (*hour < 24 && *minute < 60) || (*hour, *minute) == (24, 0));
        let (hour, minute) = minute.ok_or_else(|| self.wrong(property, expected))?;
        Ok(Some(format!("{hour:02}:{minute:02}")))
    }

    fn dates(&self) -> Result<Option<(NaiveDate, NaiveDate)>, NotSchemaHours> {
        let (first, last) = (self.date("validFrom")?, self.date("validThrough")?);
        match (first, last) {
            (None, None) => Ok(None),
            (Some(first), Some(last)) if first <= last => Ok(Some((first, last))),
            (None, Some(_)) => Err(self.wrong("validFrom", "a date, as there is a validThrough")),
            _ => Err(self.wrong("validThrough", "a date not before validFrom")),
        }
    }

    fn date(&self, property: &'static str) -> Result<Option<NaiveDate>, NotSchemaHours> {
        let text = self.text(property)?;
        if text.is_empty() {
            return Ok(None);
        }
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        date.map(Some)
            .ok_or_else(|| self.wrong(property, "a date like 2026-12-24"))
    }
}
