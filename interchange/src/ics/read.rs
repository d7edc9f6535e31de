//! iCalendar in: dates of events, each refusal with its line.

mod component;
mod error;
mod line;
mod time;
mod vevent;

pub use error::{NotIcs, Refused, Why};

use allkontor_core::time::{CivilMinute, Interval, Zone};
use std::collections::BTreeMap;
use vevent::{Read, Vevent};

/// The longest file that is read, in bytes: a year of a large office's bookings is half of it.
pub const MAX_BYTES: usize = 4_194_304;

/// The longest content line, unfolded, in bytes: a description has room.
pub const MAX_LINE: usize = 16_384;

/// The deepest that components lie in one another. VCALENDAR, VEVENT, VALARM is all there is.
pub const MAX_DEPTH: usize = 4;

/// The most events of a file.
pub const MAX_EVENTS: usize = 5_000;

/// The most dates that all events of a file have together. One event has at most 60.
pub const MAX_DATES: usize = 10_000;

/// The longest name of an event, in bytes.
pub const MAX_UID: usize = 512;

/// The longest time of an event, in days: a year's closing.
pub const MAX_LENGTH_DAYS: i32 = 400;

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// Every date of every event that could be read, by line, then by time.
    pub dates: Vec<Date>,
    /// What could not be read, by line. Nothing of such an event is among the dates.
    pub refused: Vec<Refused>,
}

/// One date of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date {
    /// The line that the event begins on, from 1.
    pub line: u32,
    /// What the file calls the event.
    pub uid: String,
    /// Which date of a series it is: the start that the rule gives it, wherever it has been moved.
    pub recurrence: Option<CivilMinute>,
    /// Of several versions of an event the highest counts.
    pub sequence: u32,
    /// Whether it does not take place.
    pub cancelled: bool,
    /// When, on the office's wall clock.
    pub interval: Interval,
    /// Whether the file names days instead of times.
    pub whole_days: bool,
    /// Its title; empty when the file marks it as private.
    pub summary: String,
    /// What there is to say of it; empty when the file marks it as private.
    pub description: String,
    /// Where it says it is.
    pub location: String,
}

/// Reads an iCalendar file for an office in `zone`.
///
/// Read are VEVENTs with DTSTART and DTEND or DURATION, in whole minutes or days, in any zone of the time-zone database,
/// in UTC, or on the office's own wall clock; repeated by the RRULEs that
/// [`Series::from_rrule`](allkontor_core::series::Series::from_rrule) takes, less EXDATE, with single dates changed by
/// RECURRENCE-ID. What else an event holds that changes when it is, is refused; what does not is passed over.
///
/// ```
/// use allkontor_core::time::Zone;
/// use allkontor_interchange::ics;
///
/// let file = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T090000Z\r\n\
///     DURATION:PT1H\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:2\r\nDTSTART;TZID=Mars/Olympus:20261124T090000\r\n\
///     DURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let read = ics::read(file, Zone::new("Europe/Stockholm").unwrap())?;
/// assert_eq!(read.dates[0].interval.to_string(), "2026-11-24T10:00/2026-11-24T11:00");
/// assert_eq!(read.refused[0].to_string(), "line 10: the time zone \"Mars/Olympus\" is not known");
/// # Ok::<(), ics::NotIcs>(())
/// ```
pub fn read(bytes: &[u8], zone: Zone) -> Result<Import, NotIcs> {
    let (events, mut refused) = component::events(bytes)?;
    let mut all = Dates::default();
    let mut overrides = Vec::new();
    for event in events {
        match Vevent::read(&event, zone) {
            Ok(read) if read.replaces.is_some() => overrides.push(read),
            Ok(read) => refused.extend(all.add(read)),
            Err(why) => refused.push(why),
        }
    }
    for read in overrides {
        refused.extend(all.replace(read));
    }
    let mut dates: Vec<Date> = all.by_name.into_values().flatten().collect();
    dates.sort_by(|a, b| (a.line, a.interval, &a.uid).cmp(&(b.line, b.interval, &b.uid)));
    refused.sort_by_key(|refused| refused.line);
    Ok(Import { dates, refused })
}

/// The dates of each event.
#[derive(Default)]
struct Dates {
    by_name: BTreeMap<String, Vec<Date>>,
    count: usize,
}

impl Dates {
    fn add(&mut self, read: Read) -> Option<Refused> {
        let refused = |why| Some(Refused::new(read.line, &read.uid, why));
        let before = self.by_name.get(&read.uid);
        let before = before.map_or(&[][..], Vec::as_slice);
        if let Some(other) = before.first()
            && other.sequence >= read.sequence
        {
            return refused(Why::Again { line: other.line });
        }
        let count = self.count.saturating_sub(before.len());
        let count = count.saturating_add(read.dates.len());
        if count > MAX_DATES {
            return refused(Why::TooManyDates { limit: MAX_DATES });
        }
        self.count = count;
        self.by_name.insert(read.uid, read.dates);
        None
    }

    /// Puts a changed date in the place of the one that the rule gives.
    fn replace(&mut self, read: Read) -> Option<Refused> {
        let at = read.replaces?;
        let dates = self.by_name.get_mut(&read.uid).into_iter().flatten();
        let date = dates.into_iter().find(|date| date.recurrence == Some(at));
        match (date, read.dates.into_iter().next()) {
            (Some(date), Some(changed)) => {
                *date = Date {
                    recurrence: Some(at),
                    sequence: changed.sequence.max(date.sequence),
                    ..changed
                };
                None
            }
            _ => Some(Refused::new(read.line, &read.uid, Why::NoSuchDate { at })),
        }
    }
}
