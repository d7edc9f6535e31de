//! Times, dates and durations of events.

use super::Why;
use super::error::shown;
use super::line::Line;
use allkontor_core::time::{CivilMinute, LocalMinute, Timestamp, Zone};
use chrono::{NaiveDate, NaiveDateTime, Timelike};

/// When something is, as the file says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    /// What a wall clock shows.
    pub(super) minute: CivilMinute,
    /// Whose wall clock.
    pub(super) zone: Zone,
    /// Whether only the day is said.
    pub(super) whole_day: bool,
}

const EXPECTED: &str = "a date like 20261124, or a time like 20261124T090000 in whole minutes";

impl At {
    /// A DATE or DATE-TIME; `office` is where one without a zone is.
    pub(super) fn read(
        line: &Line,
        property: &'static str,
        value: &str,
        office: Zone,
    ) -> Result<Self, Why> {
        let wrong = || Why::Value {
            property,
            got: shown(value),
            expected: EXPECTED,
        };
        // `%m%d` would also take a digit less.
        let digits = |text: &str, many: usize| {
            text.len() == many && text.bytes().all(|b| b.is_ascii_digit())
        };
        let says_date = line
            .parameter("VALUE")
            .is_some_and(|v| v.eq_ignore_ascii_case("DATE"));
        if says_date || digits(value, 8) {
            let date = Some(value).filter(|value| digits(value, 8));
            let date = date.and_then(|value| NaiveDate::parse_from_str(value, "%Y%m%d").ok());
            let midnight = date.ok_or_else(wrong)?.and_time(chrono::NaiveTime::MIN);
            return Ok(Self {
                minute: minute(midnight, property)?,
                zone: office,
                whole_day: true,
            });
        }
        let (local, utc) = match value.strip_suffix('Z') {
            Some(local) => (local, true),
            None => (value, false),
        };
        let (date, time) = local.split_once('T').ok_or_else(wrong)?;
        if !digits(date, 8) || !digits(time, 6) {
            return Err(wrong());
        }
        let local = NaiveDateTime::parse_from_str(local, "%Y%m%dT%H%M%S").map_err(|_| wrong())?;
        if local.second() != 0 {
            return Err(wrong());
        }
        let zone = match line.parameter("TZID") {
            _ if utc => zone("UTC")?,
            Some(name) => zone(name)?,
            None => office,
        };
        Ok(Self {
            minute: minute(local, property)?,
            zone,
            whole_day: false,
        })
    }

    /// The moment; of an hour that is shown twice the first.
    pub(super) fn instant(self) -> Result<Timestamp, Why> {
        match self.zone.local(self.minute) {
            LocalMinute::Unambiguous(at) | LocalMinute::Fold(at, _) => Ok(at),
            LocalMinute::Gap => Err(Why::Skipped { at: self.minute }),
        }
    }

    /// What another zone's wall clock shows then. A day is the same day anywhere.
    pub(super) fn shown_in(self, zone: Zone) -> Result<CivilMinute, Why> {
        if self.whole_day {
            return Ok(self.minute);
        }
        let instant = self.instant()?;
        if zone == self.zone {
            Ok(self.minute)
        } else {
            Ok(zone.civil(instant))
        }
    }

    /// So much later: days on the wall clock, then minutes of real time (§3.3.6).
    pub(super) fn plus(self, length: Length) -> Result<Self, Why> {
        const PROPERTY: &str = "DURATION";
        let out = |_| Why::OutOfYears { property: PROPERTY };
        let day = length.days.saturating_mul(1440);
        let mut end = Self {
            minute: self.minute.plus(day).map_err(out)?,
            ..self
        };
        if length.minutes > 0 {
            let instant = end.instant()?.plus_minutes(length.minutes.into());
            end.minute = self.zone.civil(instant);
        }
        Ok(end)
    }
}

/// A DURATION.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    days: i32,
    minutes: i32,
}

impl Length {
    /// `P1D`, `PT1H30M`, `P2W`; never negative.
    pub(super) fn read(value: &str) -> Result<Self, Why> {
        let wrong = || Why::Value {
            property: "DURATION",
            got: shown(value),
            expected: "a length like PT1H30M or P1D, in whole minutes",
        };
        let text = value.strip_prefix('+').unwrap_or(value);
        let mut rest = text.strip_prefix('P').ok_or_else(wrong)?;
        let mut length = Self {
            days: 0,
            minutes: 0,
        };
        let mut in_time = false;
        if rest.is_empty() || rest.ends_with('T') {
            return Err(wrong());
        }
        while !rest.is_empty() {
            if let Some(time) = rest.strip_prefix('T').filter(|_| !in_time) {
                in_time = true;
                rest = time;
            }
            let end = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
            let (number, after) = rest.split_at_checked(end).ok_or_else(wrong)?;
            // Six digits of any unit fit, and are more than a file may ask for.
            let number: i32 = Some(number)
                .filter(|number| number.len() <= 6)
                .and_then(|number| number.parse().ok())
                .ok_or_else(wrong)?;
            let unit = after.chars().next();
            match (in_time, unit) {
                (false, Some('W')) => length.days = length.days.saturating_add(number * 7),
                (false, Some('D')) => length.days = length.days.saturating_add(number),
                (true, Some('H')) => length.minutes = length.minutes.saturating_add(number * 60),
                (true, Some('M')) => length.minutes = length.minutes.saturating_add(number),
                (true, Some('S')) if number % 60 == 0 => {
                    length.minutes = length.minutes.saturating_add(number / 60);
                }
                _ => return Err(wrong()),
            }
            rest = after.get(1..).unwrap_or_default();
        }
        Ok(length)
    }

    pub(super) const DAY: Self = Self {
        days: 1,
        minutes: 0,
    };
}

fn minute(at: NaiveDateTime, property: &'static str) -> Result<CivilMinute, Why> {
    CivilMinute::from_naive(at).ok_or(Why::OutOfYears { property })
}

/// Names that Outlook and Exchange write, of zones near by (CLDR's `windowsZones`).
const WINDOWS: [(&str, &str); 8] = [
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("GMT Standard Time", "Europe/London"),
    ("FLE Standard Time", "Europe/Helsinki"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("UTC", "UTC"),
];

fn zone(name: &str) -> Result<Zone, Why> {
    let windows = WINDOWS.iter().find(|(windows, _)| *windows == name);
    // Some put a slash before a name that everybody knows.
    let known = windows.map_or(name.trim_start_matches('/'), |(_, name)| name);
    Zone::new(known).map_err(|_| Why::UnknownZone { zone: shown(name) })
}
