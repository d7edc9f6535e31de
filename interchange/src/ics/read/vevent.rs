//! One VEVENT (RFC 5545 §3.6.1).

use super::component::Component;
use super::error::shown;
use super::line::Line;
use super::time::{At, Length};
use super::{Date, MAX_LENGTH_DAYS, MAX_UID, Refused, Why};
use allkontor_core::series::Series;
use allkontor_core::time::{CivilMinute, Interval, Zone};
use chrono::NaiveDate;

/// Longer texts are cut: they become notes that people read.
const MAX_TEXT: usize = 500;

/// What an event says.
pub(super) struct Read {
    pub(super) line: u32,
    pub(super) uid: String,
    pub(super) sequence: u32,
    /// The date of a series that it takes the place of, by the start that the rule gives it.
    pub(super) replaces: Option<CivilMinute>,
    pub(super) dates: Vec<Date>,
}

/// An event's lines.
pub(super) struct Vevent<'a> {
    event: &'a Component,
    office: Zone,
}

impl<'a> Vevent<'a> {
    pub(super) fn read(event: &'a Component, office: Zone) -> Result<Read, Refused> {
        let uid = event.lines.iter().find(|line| line.name == "UID");
        let uid = uid.map(|line| line.text().trim().to_owned());
        let uid = uid.unwrap_or_default();
        let vevent = Self { event, office };
        vevent
            .dates(&uid)
            .map_err(|(line, why)| Refused::new(line, &uid, why))
    }

    /// The one line of that name.
    fn one(&self, property: &'static str) -> Result<Option<&'a Line>, (u32, Why)> {
        let mut lines = self.event.lines.iter().filter(|line| line.name == property);
        let first = lines.next();
        match lines.next() {
            Some(second) => Err((second.number, Why::Twice { property })),
            None => Ok(first),
        }
    }

    fn missing(&self, property: &'static str) -> (u32, Why) {
        (self.event.line, Why::Missing { property })
    }

    fn at(&self, property: &'static str) -> Result<Option<(u32, At)>, (u32, Why)> {
        let Some(line) = self.one(property)? else {
            return Ok(None);
        };
        let at = At::read(line, property, line.value.trim(), self.office);
        at.map(|at| Some((line.number, at)))
            .map_err(|why| (line.number, why))
    }

    fn dates(&self, uid: &str) -> Result<Read, (u32, Why)> {
        if let Some(line) = self.one("UID")?.filter(|_| uid.len() > MAX_UID) {
            let expected = "at most 512 bytes";
            let got = shown(uid);
            let property = "UID";
            return Err((
                line.number,
                Why::Value {
                    property,
                    got,
                    expected,
                },
            ));
        }
        if uid.is_empty() {
            return Err(self.missing("UID"));
        }
        for property in ["RDATE", "EXRULE"] {
            if let Some(line) = self.event.lines.iter().find(|line| line.name == property) {
                return Err((line.number, Why::Unsupported { property }));
            }
        }
        let (line, start) = self.at("DTSTART")?.ok_or_else(|| self.missing("DTSTART"))?;
        // A start that is skipped is its own line's fault, not its end's.
        start.shown_in(self.office).map_err(|why| (line, why))?;
        let (end_line, end) = self.end(line, start)?;
        let first = Interval::new(start.minute, end.minute);
        let first = first.map_err(|error| {
            let (start, end) = (error.start, error.end);
            (end_line, Why::NoTime { start, end })
        })?;
        let days = first.minutes() / 1440;
        if days > MAX_LENGTH_DAYS {
            let limit = MAX_LENGTH_DAYS;
            return Err((end_line, Why::TooLong { days, limit }));
        }
        let replaces = self.replaces()?;
        let rule = self.one("RRULE")?;
        let spans = match rule {
            Some(rule) if replaces.is_some() => {
                let why = "a single date of a series does not repeat".to_owned();
                return Err((rule.number, Why::Rrule { why }));
            }
            Some(rule) => self.repeated(rule, first, start.zone)?,
            None => vec![first],
        };
        let sequence = self.sequence()?;
        let base = Date {
            line: self.event.line,
            uid: uid.to_owned(),
            recurrence: None,
            sequence,
            cancelled: self.is_cancelled()?,
            interval: first,
            whole_days: start.whole_day,
            summary: self.summary()?,
            description: self.description()?,
            location: self.text("LOCATION")?,
        };
        let at = |minute| At { minute, ..start };
        let dates = spans.into_iter().map(|span| {
            let from = at(span.start()).shown_in(self.office)?;
            // Each end is shown where the first one is said.
            let until = At {
                minute: span.end(),
                ..start
            };
            let until = until.shown_in(self.office)?;
            let interval = Interval::new(from, until).map_err(|error| Why::NoTime {
                start: error.start,
                end: error.end,
            })?;
            Ok(Date {
                recurrence: rule.map(|_| from),
                interval,
                ..base.clone()
            })
        });
        let dates: Result<Vec<Date>, Why> = dates.collect();
        Ok(Read {
            line: self.event.line,
            uid: uid.to_owned(),
            sequence,
            replaces,
            dates: dates.map_err(|why| (line, why))?,
        })
    }

    /// Where it ends on the clock that it starts by, and the line that says so.
    fn end(&self, line: u32, start: At) -> Result<(u32, At), (u32, Why)> {
        let length = self.one("DURATION")?;
        if let Some((number, end)) = self.at("DTEND")? {
            if let Some(length) = length {
                let property = "DURATION";
                return Err((length.number, Why::Unsupported { property }));
            }
            if end.whole_day != start.whole_day {
                let why = Why::Value {
                    property: "DTEND",
                    got: end.minute.to_string(),
                    expected: "a day when DTSTART is one, a time when it is one",
                };
                return Err((number, why));
            }
            let minute = end.shown_in(start.zone).map_err(|why| (number, why))?;
            return Ok((number, At { minute, ..start }));
        }
        let (number, length) = match length {
            Some(line) => {
                let length = Length::read(line.value.trim()).map_err(|why| (line.number, why))?;
                (line.number, length)
            }
            None if start.whole_day => (line, Length::DAY),
            None => return Err(self.missing("DTEND")),
        };
        let end = start.plus(length).map_err(|why| (number, why))?;
        Ok((number, end))
    }

    fn repeated(
        &self,
        rule: &Line,
        first: Interval,
        zone: Zone,
    ) -> Result<Vec<Interval>, (u32, Why)> {
        let refused = |why: String| (rule.number, Why::Rrule { why });
        let series = Series::from_rrule(first, rule.value.trim(), zone)
            .map_err(|error| refused(error.to_string()))?;
        let mut except: Vec<NaiveDate> = Vec::new();
        let lines = self.event.lines.iter();
        for line in lines.filter(|line| line.name == "EXDATE") {
            for value in line.value.split(',') {
                let at = At::read(line, "EXDATE", value.trim(), self.office);
                let minute = at.and_then(|at| at.shown_in(zone));
                let minute = minute.map_err(|why| (line.number, why))?;
                except.push(minute.to_naive().date());
            }
        }
        let dates = series.without(except).expand();
        let dates = dates.map_err(|error| refused(error.to_string()))?;
        if dates.is_empty() {
            return Err(refused("no date is left".to_owned()));
        }
        Ok(dates)
    }

    fn replaces(&self) -> Result<Option<CivilMinute>, (u32, Why)> {
        let Some(line) = self.one("RECURRENCE-ID")? else {
            return Ok(None);
        };
        if line.parameter("RANGE").is_some() {
            let property = "RANGE";
            return Err((line.number, Why::Unsupported { property }));
        }
        let at = At::read(line, "RECURRENCE-ID", line.value.trim(), self.office);
        let at = at.and_then(|at| at.shown_in(self.office));
        at.map(Some).map_err(|why| (line.number, why))
    }

    fn sequence(&self) -> Result<u32, (u32, Why)> {
        let Some(line) = self.one("SEQUENCE")? else {
            return Ok(0);
        };
        line.value.trim().parse().map_err(|_| {
            let got = shown(&line.value);
            let (property, expected) = ("SEQUENCE", "a whole number");
            let why = Why::Value {
                property,
                got,
                expected,
            };
            (line.number, why)
        })
    }

    fn is_cancelled(&self) -> Result<bool, (u32, Why)> {
        let status = self.one("STATUS")?;
        let says = status.is_some_and(|line| line.value.trim().eq_ignore_ascii_case("CANCELLED"));
        Ok(says || self.event.cancelled)
    }

    /// The title, unless whoever wrote the file wanted it kept to themselves.
    fn summary(&self) -> Result<String, (u32, Why)> {
        if self.is_private()? {
            return Ok(String::new());
        }
        self.text("SUMMARY")
    }

    fn description(&self) -> Result<String, (u32, Why)> {
        if self.is_private()? {
            return Ok(String::new());
        }
        let line = self.one("DESCRIPTION")?.map(Line::text);
        Ok(line.unwrap_or_default().trim().to_owned())
    }

    fn is_private(&self) -> Result<bool, (u32, Why)> {
        let class = self.one("CLASS")?.map(|line| line.value.trim());
        Ok(class.is_some_and(|class| !class.eq_ignore_ascii_case("PUBLIC")))
    }

    fn text(&self, property: &'static str) -> Result<String, (u32, Why)> {
        let text = self.one(property)?.map(Line::text).unwrap_or_default();
        Ok(text.trim().chars().take(MAX_TEXT).collect())
    }
}
