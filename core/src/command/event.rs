//! Propose an event, ask for seats at one.

mod error;

pub use error::EventError;

use super::book::{FreeUnits, Plan, Purpose, What};
use crate::id::{ClassId, Digest, FeatureId, UnitId};
use crate::limits::{MAX_EVENT_DATES, MAX_EVENT_TEXT, MAX_HOLDS, MAX_OPTIONS};
use crate::model::{Approval, Ask, Catalogue, Kind, Moment, PartnerId, Rule};
use crate::resolve::SlotKey;
use crate::statement::{AnyEqual, Document, EventKey, Propose, Seats, Wish};
use crate::time::{CivilMinute, Interval, OfficeDay};
use serde::{Deserialize, Serialize};
use sha2::Digest as _;
use std::collections::BTreeSet;

/// An event that somebody proposes.
///
/// ```
/// use allkontor_core::{command::{ProposeEvent, What}, id::{ClassId, UnitId}, time::{CivilMinute, Interval}};
/// let at = |hour| CivilMinute::from_ymd_hm(2026, 11, 24, hour, 0).unwrap();
/// let evening = Interval::new(at(18), at(20)).unwrap();
/// let reading = ProposeEvent::new("Högläsning\nVi läser Ferlin.", [evening])
///     .in_room(What::Unit(UnitId(3)))
///     .with_seats(ClassId(9), 12);
/// assert_eq!(reading.title(), "Högläsning");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposeEvent {
    text: String,
    dates: Vec<Interval>,
    room: Option<What>,
    needs: BTreeSet<FeatureId>,
    seats: Option<(ClassId, u16)>,
    public: bool,
    partner: Option<PartnerId>,
    people: u16,
}

impl ProposeEvent {
    /// A public event on those dates of one month, without a room of the office and without seats to ask for. The first
    /// line of `text` is its title.
    pub fn new(text: impl Into<String>, dates: impl IntoIterator<Item = Interval>) -> Self {
        let mut dates: Vec<Interval> = dates.into_iter().collect();
        dates.sort_unstable();
        Self {
            text: text.into(),
            dates,
            room: None,
            needs: BTreeSet::new(),
            seats: None,
            public: true,
            partner: None,
            people: 1,
        }
    }

    /// In a room of the office, held on all dates or not at all.
    pub fn in_room(mut self, room: What) -> Self {
        self.room = Some(room);
        self
    }

    /// Only a room with these features.
    pub fn needing(mut self, features: impl IntoIterator<Item = FeatureId>) -> Self {
        self.needs.extend(features);
        self
    }

    /// People ask for one of so many seats of a class.
    pub fn with_seats(mut self, class: ClassId, count: u16) -> Self {
        self.seats = Some((class, count));
        self
    }

    /// Not in the programme: whoever knows of it may come.
    pub fn private(mut self) -> Self {
        self.public = false;
        self
    }

    /// Held by a partner in the house.
    pub fn held_by(mut self, partner: PartnerId) -> Self {
        self.partner = Some(partner);
        self
    }

    /// How many people the room is wanted for.
    pub fn people(mut self, people: u16) -> Self {
        self.people = people.max(1);
        self
    }

    /// The first line of its text.
    pub fn title(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }

    /// When it is to take place, in ascending order.
    pub fn dates(&self) -> &[Interval] {
        &self.dates
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A proposal before it is signed, as the wallet keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EventDraft {
    dates: Vec<(i32, i32)>,
    text: String,
    length: u16,
    room: bool,
    seats: Option<(u16, u32, u32)>,
    public: bool,
    partner: Option<u16>,
}

impl EventDraft {
    /// SHA-256 of its text.
    pub(crate) fn text(&self) -> Option<Digest> {
        Digest::from_hex(&self.text)
    }

    /// How many bytes that has.
    pub(crate) fn length(&self) -> u16 {
        self.length
    }

    pub(crate) fn propose(&self, key: SlotKey, claimed: CivilMinute) -> Option<Propose> {
        let at = |minute: i32| CivilMinute::new(i64::from(minute)).ok();
        let date = |(start, end): &(i32, i32)| Interval::new(at(*start)?, at(*end)?).ok();
        let seats = self.seats.map(|(class, first, last)| Seats {
            class: ClassId(class),
            first: UnitId(first),
            last: UnitId(last),
        });
        Some(Propose {
            ticket: key.ticket,
            slot: key.slot,
            version: 0,
            dates: self.dates.iter().map(date).collect::<Option<Vec<_>>>()?,
            text: self.text()?,
            length: self.length,
            room: self.room,
            seats,
            public: self.public,
            partner: self.partner,
            claimed,
        })
    }
}

/// What a proposal asks for, planned. `staff`: whether a member of staff proposes it.
pub(crate) fn plan_event(
    event: &ProposeEvent,
    catalogue: &Catalogue,
    moment: &Moment,
    staff: bool,
    free: &FreeUnits<'_>,
) -> Result<Plan, EventError> {
    if event.title().trim().is_empty() {
        return Err(EventError::NoTitle);
    }
    let bytes = event.text.len();
    let length = u16::try_from(bytes).ok().filter(|l| *l <= MAX_EVENT_TEXT);
    let length = length.ok_or(EventError::TextTooLong { bytes })?;
    if catalogue.parts().events.approval == Approval::Staff && !staff {
        return Err(EventError::StaffOnly);
    }
    if let Some(partner) = event.partner
        && !catalogue.parts().partners.contains_key(&partner)
    {
        return Err(EventError::UnknownPartner { partner });
    }
    let document = one_document(&event.dates, moment)?;
    let seats = event
        .seats
        .map(|(class, count)| seats_of(catalogue, class, count));
    let options = event
        .room
        .map(|room| rooms(event, room, catalogue, moment, free));
    let options = options.transpose()?.unwrap_or_default();
    let class = options.first().and_then(|option| option.first());
    let class = class
        .and_then(|wish| catalogue.unit(wish.unit))
        .map(|unit| unit.class);
    let dates = event.dates.iter();
    let seats = seats.transpose()?;
    Ok(Plan {
        document,
        class,
        options,
        any_equal: None,
        party: event.people,
        until: None,
        purpose: Some(Purpose::Event(EventDraft {
            dates: dates
                .map(|date| (date.start().get(), date.end().get()))
                .collect(),
            text: Digest(sha2::Sha256::digest(&event.text).into()).to_string(),
            length,
            room: event.room.is_some(),
            seats: seats.map(|seats| (seats.class.0, seats.first.0, seats.last.0)),
            public: event.public,
            partner: event.partner.map(|partner| partner.0),
        })),
    })
}

/// The one ledger that all dates are in.
fn one_document(dates: &[Interval], moment: &Moment) -> Result<Document, EventError> {
    let count = EventError::Dates { dates: dates.len() };
    let first = dates.first().filter(|_| dates.len() <= MAX_EVENT_DATES);
    let first = *first.ok_or(count)?;
    for (one, next) in dates.iter().zip(dates.iter().skip(1)) {
        if one.end() > next.start() {
            let (one, next) = (*one, *next);
            return Err(EventError::DatesOverlap { one, next });
        }
    }
    let of = |date: &Interval| Document::ledger_of(OfficeDay::of(date.start(), moment.day_start));
    if let Some(other) = dates.iter().find(|date| of(date) != of(&first)) {
        let other = *other;
        return Err(EventError::SeveralMonths { first, other });
    }
    if first.end() <= moment.now {
        return Err(Rule::Over { end: first.end() }.into());
    }
    Ok(of(&first))
}

/// The first so many seats of a class.
fn seats_of(catalogue: &Catalogue, class: ClassId, count: u16) -> Result<Seats, EventError> {
    let is_seat = catalogue
        .class(class)
        .is_some_and(|class| class.kind == Kind::Seat);
    let units = catalogue.parts().units.iter();
    let seats = units.filter(|(_, unit)| is_seat && unit.class == class && unit.bookable);
    let seats: Vec<UnitId> = seats.map(|(id, _)| *id).collect();
    let last = usize::from(count)
        .checked_sub(1)
        .and_then(|last| seats.get(last));
    let ends = seats.first().zip(last);
    let (first, last) =
        ends.map(|(first, last)| (*first, *last))
            .ok_or(EventError::TooFewSeats {
                asked: count,
                of: u16::try_from(seats.len()).unwrap_or(u16::MAX),
            })?;
    Ok(Seats { class, first, last })
}

/// Rooms that would do, each held on all dates.
fn rooms(
    event: &ProposeEvent,
    room: What,
    catalogue: &Catalogue,
    moment: &Moment,
    free: &FreeUnits<'_>,
) -> Result<Vec<Vec<Wish>>, EventError> {
    let choices: Vec<Vec<UnitId>> = match room {
        What::Unit(unit) => vec![vec![unit]],
        What::Together(composite) => {
            let unit = UnitId(composite.0);
            vec![
                catalogue
                    .expand(composite)
                    .ok_or(Rule::UnknownUnit { unit })?,
            ]
        }
        What::Places { class, count } => {
            let each = event
                .dates
                .iter()
                .map(|date| free(class, &event.needs, *date));
            let common = each.reduce(|mut all, these| {
                all.retain(|unit| these.contains(unit));
                all
            });
            let mut units = common.unwrap_or_default();
            for unit in catalogue.matching(class, &event.needs) {
                if !units.contains(&unit) {
                    units.push(unit);
                }
            }
            let of = u16::try_from(units.len()).unwrap_or(u16::MAX);
            if count == 0 || of < count {
                let asked = count;
                return Err(Rule::TooFewUnits { class, asked, of }.into());
            }
            units
                .windows(count.into())
                .map(<[UnitId]>::to_vec)
                .collect()
        }
    };
    let (mut options, mut places) = (Vec::new(), 0_usize);
    for units in choices {
        let wishes = event
            .dates
            .iter()
            .flat_map(|date| units.iter().map(|unit| Wish::new(*unit, *date)));
        let wishes: Vec<Wish> = wishes.collect();
        places = places.saturating_add(wishes.len());
        if options.len() >= MAX_OPTIONS || places > MAX_HOLDS {
            break;
        }
        check(catalogue, moment, &wishes, event.people)?;
        options.push(wishes);
    }
    if options.is_empty() {
        return Err(EventError::TooManyPlaces { places });
    }
    Ok(options)
}

fn check(catalogue: &Catalogue, moment: &Moment, wishes: &[Wish], party: u16) -> Result<(), Rule> {
    wishes.iter().try_for_each(|wish| {
        let (unit, interval) = (wish.unit, wish.interval);
        catalogue.check_hold(
            moment,
            &Ask {
                unit,
                interval,
                party,
            },
        )
    })
}

/// A request for seats, all together or none.
pub(crate) fn plan_seats(
    document: Document,
    key: SlotKey,
    (seats, date): (Seats, Interval),
    count: u16,
    catalogue: &Catalogue,
    moment: &Moment,
    free: &FreeUnits<'_>,
) -> Result<Plan, EventError> {
    let class = seats.class;
    let mut units = free(class, &BTreeSet::new(), date);
    units.extend(catalogue.parts().units.keys());
    units.retain(|unit| {
        let known = catalogue.unit(*unit).filter(|unit| unit.bookable);
        known.is_some_and(|known| seats.include(*unit, known.class))
    });
    let mut seen = BTreeSet::new();
    units.retain(|unit| seen.insert(*unit));
    let of = u16::try_from(units.len()).unwrap_or(u16::MAX);
    if count == 0 || of < count {
        return Err(EventError::TooFewSeats { asked: count, of });
    }
    units.truncate(count.into());
    let places = units.len();
    if places > MAX_HOLDS {
        return Err(EventError::TooManyPlaces { places });
    }
    let wishes: Vec<Wish> = units
        .into_iter()
        .map(|unit| Wish::new(unit, date))
        .collect();
    check(catalogue, moment, &wishes, count)?;
    Ok(Plan {
        document,
        class: Some(class),
        options: vec![wishes],
        any_equal: Some(AnyEqual {
            class,
            needs: Vec::new(),
        }),
        party: count,
        until: None,
        purpose: Some(Purpose::Seats(EventKey::from(key))),
    })
}
