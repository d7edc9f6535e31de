//! VTIMEZONE (RFC 5545 §3.6.5): every change of the clock in the years that the events are in, written out.

use super::line::Lines;
use allkontor_core::time::{ClockChange, Timestamp, Zone};
use chrono::{DateTime, NaiveDate};

/// Writes the zone for the years from `first` to `last`.
pub(super) fn write(lines: &mut Lines, zone: Zone, first: i32, last: i32) {
    // What holds on the last day of the year before comes first: an observance must precede every event.
    let from = midnight(first.saturating_sub(1), 12, 31);
    let to = midnight(last.saturating_add(1), 1, 2);
    lines.put("BEGIN", "VTIMEZONE");
    lines.text("TZID", zone.name());
    let mut left = zone.clock_changes(from, to);
    while let Some(first) = left.first().cloned() {
        let is_alike = |change: &ClockChange| {
            (change.before, change.after, change.summer, &change.name)
                == (first.before, first.after, first.summer, &first.name)
        };
        let (alike, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(is_alike);
        left = rest;
        let component = if first.summer { "DAYLIGHT" } else { "STANDARD" };
        lines.put("BEGIN", component);
        lines.put("DTSTART", &shown(&first));
        let again: Vec<String> = alike.iter().skip(1).map(shown).collect();
        if !again.is_empty() {
            lines.put("RDATE", &again.join(","));
        }
        lines.put("TZOFFSETFROM", &offset(first.before));
        lines.put("TZOFFSETTO", &offset(first.after));
        lines.text("TZNAME", &first.name);
        lines.put("END", component);
    }
    lines.put("END", "VTIMEZONE");
}

fn midnight(year: i32, month: u32, day: u32) -> Timestamp {
    let date = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    Timestamp(date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
}

/// What the wall clock would have shown without the change.
fn shown(change: &ClockChange) -> String {
    let local = change.at.0.saturating_add(change.before.into());
    let local = DateTime::from_timestamp(local, 0).unwrap_or_default();
    local.format("%Y%m%dT%H%M%S").to_string()
}

fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{rest:02}")
    }
}
