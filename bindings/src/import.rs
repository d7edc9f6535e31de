//! iCalendar files in: what other calendars have becomes closings, bookings and events here.

use crate::ids::{Interval, each};
use crate::rule::Rule;
use crate::status::BookingKey;
use crate::{AllkontorError, Device, Slip};
use allkontor_core::command::{ImportAs, ImportEntry, Imported};
use allkontor_core::device::DeviceError;
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::model::Catalogue;
use allkontor_core::replica::BookingId;
use allkontor_core::statement::Cause;
use allkontor_core::time::{Timestamp, Zone};
use allkontor_interchange::ics;

/// What the events of a file are to become.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum IcsUse {
    /// The units are closed; without a unit, the office.
    Closings,
    /// The office's own events, with their titles and descriptions: each date is one, in the unit if there is one. On a
    /// staff's device they take place as soon as they have their room, elsewhere when somebody has approved them.
    Events,
    /// The units are booked, for people who get a slip if they want one.
    Bookings,
}

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct IcsImport {
    /// Every date that could be read, by line, then by time.
    pub entries: Vec<IcsEntry>,
    /// What could not be read.
    pub refused: Vec<IcsRefused>,
    /// Dates that events of the file have no more since the version that was taken in before: they were taken back.
    pub gone: Vec<Interval>,
}

/// One date of an event in a file.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct IcsEntry {
    /// The line that the event begins on, from 1.
    pub line: u32,
    /// What the file calls it.
    pub uid: String,
    /// Its title, for whoever looks at the outcome. It is kept nowhere, but as an event's.
    pub summary: String,
    /// When, on the office's wall clock.
    pub interval: Interval,
    /// Where; none for the whole office, or when no unit is named.
    pub unit: Option<UnitId>,
    /// What came of it.
    pub outcome: IcsOutcome,
}

/// What came of one date of an event in a file.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum IcsOutcome {
    /// It was here before. Nothing was changed.
    Known,
    /// The units are closed, or taken.
    Taken {
        /// Bookings that had a place there: moved, or first in line.
        affected: Vec<BookingKey>,
    },
    /// Asked for and decided, if it could be. What stood under that name at another time is cancelled.
    Booked {
        /// The booking.
        booking: BookingKey,
        /// What its holder may be given.
        slip: Slip,
    },
    /// Proposed; the agenda says how it stands. What stood under that name is withdrawn.
    Proposed {
        /// The event's booking on this device.
        booking: BookingId,
    },
    /// No event can be made of it.
    Unsuitable {
        /// Why, as a stable code.
        code: String,
        /// Why, in English.
        why: String,
    },
    /// The file cancels it, and so it was taken back here.
    Withdrawn,
    /// A rule of the office forbids it.
    Refused {
        /// Which.
        rule: Rule,
        /// The rule's stable number.
        number: u16,
    },
    /// The unit is taken then, or somebody who asked before hopes for it.
    Clash,
    /// Its location names no unit of the office, and none was given.
    NoPlace,
    /// More than one import takes in: import the same file again.
    Left,
}

/// Something that is not taken from a file.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct IcsRefused {
    /// Where, from 1.
    pub line: u32,
    /// The event, if it has a name.
    pub uid: Option<String>,
    /// Why, in English.
    pub why: String,
}

/// A catalogue with what a file closes.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct IcsClosed {
    /// JSON to publish.
    pub catalogue: Vec<u8>,
    /// What could not be read.
    pub refused: Vec<IcsRefused>,
}

/// A catalogue, given as JSON, with what an iCalendar file closes: whole days of the office become dates with no hours,
/// anything else a closure with the event's title for its reason. What the file cancels is taken out; the same file again
/// changes nothing. `language` (BCP 47) is the one that the titles are in.
///
/// People who have booked are not moved by a catalogue: `import_ics` closes the units as well.
#[uniffi::export]
pub fn with_ics_closures(
    catalogue: Vec<u8>,
    ics: Vec<u8>,
    language: String,
) -> Result<IcsClosed, AllkontorError> {
    let catalogue = Catalogue::from_bytes(&catalogue).map_err(DeviceError::from)?;
    let zone = Zone::new(&catalogue.profile().zone)
        .map_err(|error| AllkontorError::argument("not_a_catalogue", error))?;
    let import = read(&ics, zone)?;
    let parts = ics::into_catalogue(&catalogue, &import, &language);
    let catalogue = Catalogue::new(parts).map_err(DeviceError::from)?;
    Ok(IcsClosed {
        catalogue: catalogue.to_bytes(),
        refused: each(import.refused),
    })
}

#[uniffi::export]
impl Device {
    /// Takes in an iCalendar file. An event is at the unit that its LOCATION names, else at `unit`.
    ///
    /// Each date is taken in whole or not at all, and none stops another. What was taken in is remembered under the file's
    /// UID on this device: the same file again changes nothing, a later version of an event moves what was made of it, a
    /// cancelled one takes it back. Nothing of the texts is kept, but those of events.
    pub fn import_ics(
        &self,
        now: Timestamp,
        ics: Vec<u8>,
        use_as: IcsUse,
        unit: Option<UnitId>,
    ) -> Result<IcsImport, AllkontorError> {
        self.with(|engine| {
            let catalogue = engine.catalogue()?;
            let catalogue = catalogue.ok_or(DeviceError::from(Error::NoCatalogue))?;
            let import = read(&ics, engine.zone()?)?;
            let place = |date: &ics::Date| ics::unit_named(&catalogue, &date.location).or(unit);
            let entry = |date: &ics::Date| entry(date, use_as, place(date));
            let (placed, nowhere): (Vec<_>, Vec<_>) = import
                .dates
                .into_iter()
                .map(|date| (entry(&date), date))
                .partition(|(entry, _)| entry.is_some());
            let entries = placed.iter().filter_map(|(entry, _)| entry.clone());
            let imported = engine.import(now, entries.collect())?;
            let outcomes = imported.entries.into_iter().map(IcsOutcome::from);
            let nowhere = nowhere
                .into_iter()
                .map(|(_, date)| (date, IcsOutcome::NoPlace));
            let dates = placed.into_iter().map(|(_, date)| date);
            let mut entries: Vec<IcsEntry> = dates
                .zip(outcomes)
                .chain(nowhere)
                .map(|(date, outcome)| IcsEntry {
                    line: date.line,
                    unit: place(&date),
                    interval: date.interval.into(),
                    uid: date.uid,
                    summary: date.summary,
                    outcome,
                })
                .collect();
            entries.sort_by_key(|entry| (entry.line, entry.interval));
            Ok(IcsImport {
                entries,
                refused: each(import.refused),
                gone: each(imported.gone),
            })
        })
    }
}

fn read(file: &[u8], zone: Zone) -> Result<ics::Import, AllkontorError> {
    ics::read(file, zone).map_err(|error| AllkontorError::bad_bytes("not_a_calendar", error))
}

/// What a date is to become; none when there is no place for it.
fn entry(date: &ics::Date, use_as: IcsUse, unit: Option<UnitId>) -> Option<ImportEntry> {
    let what = match use_as {
        _ if date.cancelled => ImportAs::Nothing,
        IcsUse::Closings => ImportAs::Closing {
            units: unit.into_iter().collect(),
            cause: Cause::Closed,
        },
        IcsUse::Events => ImportAs::Event {
            room: unit,
            text: format!("{}\n{}", date.summary, date.description)
                .trim_end()
                .to_owned(),
        },
        IcsUse::Bookings => ImportAs::Booking { unit: unit? },
    };
    Some(ImportEntry {
        name: date.name(),
        event: date.event(),
        sequence: date.sequence,
        interval: date.interval,
        what,
    })
}

impl From<Imported> for IcsOutcome {
    fn from(imported: Imported) -> Self {
        match imported {
            Imported::Known => Self::Known,
            Imported::Closed { affected } => Self::Taken {
                affected: each(affected),
            },
            Imported::Booked { key, slip } => Self::Booked {
                booking: key.into(),
                slip: (&slip).into(),
            },
            Imported::Proposed { event } => Self::Proposed { booking: event },
            Imported::Unsuitable(error) => Self::Unsuitable {
                code: error.code().to_owned(),
                why: error.to_string(),
            },
            Imported::Withdrawn => Self::Withdrawn,
            Imported::Refused(rule) => Self::Refused {
                number: rule.code(),
                rule: rule.into(),
            },
            Imported::Clash => Self::Clash,
            Imported::Left => Self::Left,
        }
    }
}

impl From<ics::Refused> for IcsRefused {
    fn from(refused: ics::Refused) -> Self {
        Self {
            line: refused.line,
            uid: refused.uid,
            why: refused.why.to_string(),
        }
    }
}
