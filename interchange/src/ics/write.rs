use super::line::Lines;
use super::{Calendar, Event, Status, When, zone};
use allkontor_core::time::{CivilMinute, OfficeDay, Timestamp};
use chrono::{DateTime, Datelike};

/// How often a calendar that follows this one should look again.
const REFRESH: &str = "PT1H";

impl Calendar {
    /// The calendar as iCalendar. `now` is what DTSTAMP says.
    pub fn to_bytes(&self, now: Timestamp) -> Vec<u8> {
        let mut lines = Lines::default();
        lines.put("BEGIN", "VCALENDAR");
        lines.put("VERSION", "2.0");
        lines.put("PRODID", "-//Allkontor//Allkontor//EN");
        lines.put("CALSCALE", "GREGORIAN");
        lines.words("NAME", &self.language, &self.name);
        // What was used before RFC 7986 and is still all that some calendars read.
        lines.text("X-WR-CALNAME", &self.name);
        lines.put("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        lines.put("X-PUBLISHED-TTL", REFRESH);
        let (first, last) = self.years(now);
        zone::write(&mut lines, self.zone, first, last);
        for event in &self.events {
            self.write(&mut lines, event, now);
        }
        lines.put("END", "VCALENDAR");
        lines.into_bytes()
    }

    fn write(&self, lines: &mut Lines, event: &Event, now: Timestamp) {
        lines.put("BEGIN", "VEVENT");
        lines.put("UID", &event.uid.to_string());
        let stamp = DateTime::from_timestamp(now.0, 0).unwrap_or_default();
        lines.put("DTSTAMP", &stamp.format("%Y%m%dT%H%M%SZ").to_string());
        lines.put("SEQUENCE", &event.sequence.to_string());
        let status = match event.status {
            Status::Tentative => "TENTATIVE",
            Status::Confirmed => "CONFIRMED",
            Status::Cancelled => "CANCELLED",
        };
        lines.put("STATUS", status);
        match event.when {
            When::Minutes(interval) => {
                self.minute(lines, "DTSTART", interval.start());
                self.minute(lines, "DTEND", interval.end());
            }
            When::Days { first, last } => {
                let date = |day: OfficeDay| day.date().format("%Y%m%d").to_string();
                lines.put("DTSTART;VALUE=DATE", &date(first));
                lines.put("DTEND;VALUE=DATE", &date(last.plus(1)));
            }
        }
        lines.words("SUMMARY", &self.language, &event.summary);
        lines.words("LOCATION", &self.language, &event.location);
        lines.words("DESCRIPTION", &self.language, &event.description);
        if let Some(sibling) = &event.sibling {
            lines.put("RELATED-TO;RELTYPE=SIBLING", &sibling.to_string());
        }
        let takes_time = event.takes_time && event.status != Status::Cancelled;
        lines.put("TRANSP", if takes_time { "OPAQUE" } else { "TRANSPARENT" });
        lines.put("END", "VEVENT");
    }

    fn minute(&self, lines: &mut Lines, name: &str, minute: CivilMinute) {
        let local = minute.to_naive().format("%Y%m%dT%H%M%S").to_string();
        lines.put(&format!("{name};TZID={}", self.zone.name()), &local);
    }

    /// The first and the last year that an event is in; this one, when there is none.
    fn years(&self, now: Timestamp) -> (i32, i32) {
        let spans = self.events.iter().filter_map(|event| match event.when {
            When::Minutes(interval) => Some((
                interval.start().to_naive().year(),
                interval.end().to_naive().year(),
            )),
            When::Days { .. } => None,
        });
        let both = spans.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)));
        both.unwrap_or_else(|| {
            let year = self.zone.civil(now).to_naive().year();
            (year, year)
        })
    }
}
