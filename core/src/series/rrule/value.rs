//! The values of RFC 5545 §3.3, and nothing that merely looks like them.

use crate::series::{Nth, NthWeekday};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use std::num::NonZeroU16;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

pub(super) fn weekday(text: &str) -> Option<Weekday> {
    let found = WEEKDAYS.into_iter().find(|(code, _)| *code == text);
    found.map(|(_, weekday)| weekday)
}

pub(super) fn code(weekday: Weekday) -> &'static str {
    let found = WEEKDAYS.into_iter().find(|(_, of)| *of == weekday);
    found.map_or("", |(code, _)| code)
}

/// A number without sign; the standard parser would take `+2`.
pub(super) fn number(text: &str) -> Option<NonZeroU16> {
    digits(text).then(|| text.parse().ok())?
}

pub(super) fn nth(text: &str) -> Option<Nth> {
    Nth::new(text.parse().ok()?)
}

/// `FR`, `1FR`, `+1FR` or `-1FR`.
pub(super) fn nth_weekday(text: &str) -> Option<NthWeekday> {
    let (place, code) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = weekday(code)?;
    match place {
        "" => Some(NthWeekday::every(weekday)),
        place => NthWeekday::nth(place.parse().ok()?, weekday),
    }
}

pub(super) fn date(text: &str) -> Option<NaiveDate> {
    (text.len() == 8 && digits(text)).then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok())?
}

pub(super) fn date_time(text: &str) -> Option<NaiveDateTime> {
    let (day, time) = text.split_once('T')?;
    let whole = time.len() == 6 && digits(time);
    let time = whole.then(|| NaiveTime::parse_from_str(time, "%H%M%S").ok())?;
    Some(date(day)?.and_time(time?))
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
