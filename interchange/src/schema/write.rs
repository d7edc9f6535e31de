use super::{PUBLIC_HOLIDAYS, WEEK};
use allkontor_core::model::{DayHours, HolidayCalendar, HolidayPolicy, Hours, Span, Text, Week};
use allkontor_core::time::OfficeDay;
use chrono::Weekday;
use serde::Serialize;

type Spans = fn(&DayHours) -> &[Span];

/// A span that schema.org has no words for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{span} is a day or more, which opens and closes cannot say: write it as two")]
pub struct NotSayable {
    /// Which.
    pub span: Span,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    opening_hours_specification: Vec<Specification>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    special_opening_hours_specification: Vec<Specification>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact_point: Option<ContactPoint>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ContactPoint {
    #[serde(rename = "@type")]
    kind: &'static str,
    contact_type: &'static str,
    hours_available: Vec<Specification>,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Specification {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    day_of_week: Vec<&'static str>,
    opens: String,
    closes: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_through: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
}

/// These hours as JSON-LD of a place, to be put into a web page beside its name and address. `language` (BCP 47) is the one
/// that notes are written in.
pub fn from_hours(hours: &Hours, language: &str) -> Result<String, NotSayable> {
    let (general, special) = specifications(hours, DayHours::open, language)?;
    let (staffed, on_dates) = specifications(hours, DayHours::staffed, language)?;
    let staffed: Vec<Specification> = staffed.into_iter().chain(on_dates).collect();
    let never = staffed.iter().all(|one| one.opens == one.closes);
    let place = Place {
        context: "https://schema.org",
        kind: "Place",
        opening_hours_specification: general,
        special_opening_hours_specification: special,
        contact_point: (!never).then_some(ContactPoint {
            kind: "ContactPoint",
            contact_type: "staff",
            hours_available: staffed,
        }),
    };
    // Strings and lists of them: nothing here can fail.
    Ok(serde_json::to_string(&place).unwrap_or_default())
}

/// The week, and what overrides it.
fn specifications(
    hours: &Hours,
    spans: Spans,
    language: &str,
) -> Result<(Vec<Specification>, Vec<Specification>), NotSayable> {
    let holidays = |week: &Week| match &hours.holidays {
        _ if hours.calendar == HolidayCalendar::None => None,
        HolidayPolicy::AsUsual => None,
        HolidayPolicy::Closed => Some(DayHours::closed()),
        HolidayPolicy::AsSunday => Some(week.on(Weekday::Sun).clone()),
        HolidayPolicy::Own { hours } => Some(hours.clone()),
    };
    let mut general = Vec::new();
    for (days, hours) in week(&hours.weekly, spans, holidays(&hours.weekly)) {
        general.extend(each(&days, &hours, None, String::new())?);
    }
    let mut special = Vec::new();
    let words = |text: &Text| text.in_language(language).to_owned();
    for season in &hours.seasons {
        let dates = Some((season.first, season.last));
        for (days, hours) in week(&season.weekly, spans, holidays(&season.weekly)) {
            special.extend(each(&days, &hours, dates, words(&season.name))?);
        }
    }
    for exception in &hours.exceptions {
        let dates = Some((exception.day, exception.day));
        let hours = spans(&exception.hours);
        special.extend(each(&[], hours, dates, words(&exception.note))?);
    }
    Ok((general, special))
}

/// Days with the same hours together, in the order of the week; holidays last.
fn week(
    week: &Week,
    spans: Spans,
    holidays: Option<DayHours>,
) -> Vec<(Vec<&'static str>, Vec<Span>)> {
    let weekdays = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ()));
    let days = WEEK.iter().zip(weekdays);
    let days = days.map(|((name, _), weekday)| (*name, spans(week.on(weekday)).to_vec()));
    let mut alike: Vec<(Vec<&'static str>, Vec<Span>)> = Vec::new();
    for (name, hours) in days {
        match alike.iter_mut().find(|(_, known)| *known == hours) {
            Some((names, _)) => names.push(name),
            None => alike.push((vec![name], hours)),
        }
    }
    alike.extend(holidays.map(|hours| (vec![PUBLIC_HOLIDAYS], spans(&hours).to_vec())));
    alike
}

/// A specification for each span; one that says closed, if there is none.
fn each(
    days: &[&'static str],
    hours: &[Span],
    dates: Option<(OfficeDay, OfficeDay)>,
    description: String,
) -> Result<Vec<Specification>, NotSayable> {
    let date = |day: OfficeDay| day.date().format("%Y-%m-%d").to_string();
    let closed = Specification {
        kind: "OpeningHoursSpecification",
        day_of_week: days.to_vec(),
        opens: "00:00".to_owned(),
        closes: "00:00".to_owned(),
        valid_from: dates.map(|(first, _)| date(first)),
        valid_through: dates.map(|(_, last)| date(last)),
        description,
    };
    if hours.is_empty() {
        return Ok(vec![closed]);
    }
    let said = hours.iter().map(|span| {
        let length = span.to() - span.from();
        let to = match span.to() {
            1440 => 1440,
            // From midnight to midnight is a whole day; from any other minute it would read as closed.
            _ if length >= 1440 => return Err(NotSayable { span: *span }),
            to => to % 1440,
        };
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        Ok(Specification {
            opens: clock(span.from()),
            closes: clock(to),
            ..closed.clone()
        })
    });
    said.collect()
}
