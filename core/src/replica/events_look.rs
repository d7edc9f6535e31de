//! What is known of events: the programme for everybody, who comes for those who need to know.

use super::{BookingId, Replica};
use crate::command::EventError;
use crate::error::Error;
use crate::id::UnitId;
use crate::model::PartnerId;
use crate::resolve::{EventStage, Fold, SlotKey};
use crate::statement::{Document, Propose};
use crate::time::Interval;
use crate::view::{Stage, Status};
use std::collections::BTreeMap;

/// An event, as everybody sees it: how many come, and never who.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventEntry {
    /// The event.
    pub key: SlotKey,
    /// The ledger that it is in.
    pub document: Document,
    /// How far it has come.
    pub stage: EventStage,
    /// Its text, the title on the first line; `None` when that has not come, or was erased.
    pub text: Option<String>,
    /// When it takes place.
    pub dates: Vec<EventDate>,
    /// Seats on each date; `None` when whoever comes just comes.
    pub seats: Option<u32>,
    /// Whether it stands in the programme.
    pub public: bool,
    /// The partner that holds it.
    pub partner: Option<PartnerId>,
    /// The rooms that it holds.
    pub rooms: Vec<UnitId>,
    /// Rises with whatever is said of it, and is equal on all devices with the same statements.
    pub sequence: u32,
    /// This device's booking, if it proposed the event.
    pub own: Option<BookingId>,
    /// This device's bookings of seats there.
    pub mine: Vec<BookingId>,
    /// Whether this device was let in to write its text.
    pub organises: bool,
    /// How many others were let in by whoever proposed it.
    pub organisers: usize,
}

/// One date of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventDate {
    /// When.
    pub interval: Interval,
    /// Seats that the office has promised.
    pub taken: u32,
    /// Seats asked for that are expected to be given.
    pub expected: u32,
    /// Seats asked for by groups that wait.
    pub waiting: u32,
    /// Seats nobody has or is expected to get.
    pub left: u32,
}

/// A request for seats, for stewards: a ticket, and nobody's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The booking.
    pub key: SlotKey,
    /// Which date.
    pub interval: Interval,
    /// How many seats.
    pub seats: u32,
    /// How it stands.
    pub status: Status,
}

impl EventEntry {
    /// The first line of its text.
    pub fn title(&self) -> Option<&str> {
        self.text.as_deref()?.lines().next()
    }
}

impl Replica {
    /// Events, by date: the programme, and whatever this device proposed, was let in to or has asked for seats at.
    /// Stewards see all.
    pub fn events(&self) -> Vec<EventEntry> {
        let steward = self.standing().decides();
        let mut events = Vec::new();
        for (document, ledger) in &self.shelf.ledgers {
            for (key, record) in &ledger.fold.resolved().events {
                let stage = ledger.fold.event_stage(key);
                let Some((stage, (_, content))) = stage.zip(record.content()) else {
                    continue;
                };
                let own = self.own_booking(*document, key);
                let asked = ledger.fold.attending(key);
                let mine = asked.filter_map(|asked| self.own_booking(*document, &asked));
                let mine: Vec<BookingId> = mine.collect();
                let listed = content.public && stage == EventStage::Open;
                let fold = &ledger.fold;
                let organises = self.organises(fold, key);
                if listed || steward || organises || own.is_some() || !mine.is_empty() {
                    let entry = self.event_entry(*document, fold, key, stage, content);
                    events.push(EventEntry {
                        own,
                        mine,
                        organises,
                        ..entry
                    });
                }
            }
        }
        events.sort_by_key(|event| (event.dates.first().map(|date| date.interval), event.key));
        events
    }

    /// What the public feed says of events: those of the programme that take place, and those that were to.
    pub fn programme(&self, within: Interval) -> Vec<EventEntry> {
        let is_there = |date: &EventDate| date.interval.overlaps(within);
        let mut events = Vec::new();
        for (document, ledger) in &self.shelf.ledgers {
            for (key, record) in &ledger.fold.resolved().events {
                let stage = ledger.fold.event_stage(key);
                let approved = !record.approved.is_empty();
                let Some((stage, (_, content))) = stage
                    .zip(record.content())
                    .filter(|(_, (_, content))| content.public && approved)
                else {
                    continue;
                };
                let entry = self.event_entry(*document, &ledger.fold, key, stage, content);
                if entry.dates.iter().any(is_there) {
                    events.push(entry);
                }
            }
        }
        events.sort_by_key(|event| (event.dates.first().map(|date| date.interval), event.key));
        events
    }

    /// One event; `None` when it is not known, or not for this device to see.
    pub fn event(&self, key: &SlotKey) -> Option<EventEntry> {
        self.events().into_iter().find(|event| event.key == *key)
    }

    /// Who asks for seats at an event, in the order of their tickets: for stewards.
    pub fn asked_for_seats(&self, event: &SlotKey) -> Result<Vec<Asked>, Error> {
        self.require_role()?;
        let document = self.find_event(event)?;
        let unknown = EventError::Unknown { key: *event };
        let ledger = self.shelf.ledger(document).ok_or(unknown)?;
        let asked = ledger.fold.attending(event).filter_map(|key| {
            let (interval, seats) = seats_asked(&ledger.fold, &key)?;
            let status = self.status(document, &key);
            Some(Asked {
                key,
                interval,
                seats,
                status,
            })
        });
        Ok(asked.collect())
    }

    /// This device's booking of that slot.
    pub(super) fn own_booking(&self, document: Document, key: &SlotKey) -> Option<BookingId> {
        let mut bookings = self.wallet.bookings();
        let own = bookings.find(|(_, entry)| {
            entry.document() == Some(document) && entry.slot_key() == Some(*key)
        });
        own.map(|(booking, _)| booking)
    }

    fn event_entry(
        &self,
        document: Document,
        fold: &Fold,
        key: &SlotKey,
        stage: EventStage,
        content: &Propose,
    ) -> EventEntry {
        let seats = content.seats.map(|seats| {
            let units = self.catalogue().map(|catalogue| &catalogue.parts().units);
            let units = units.into_iter().flatten();
            let there = units.filter(|(id, unit)| seats.include(**id, unit.class));
            u32::try_from(there.count()).unwrap_or(u32::MAX)
        });
        let dates = content.dates.iter().map(|interval| {
            let mut date = EventDate {
                interval: *interval,
                taken: 0,
                expected: 0,
                waiting: 0,
                left: 0,
            };
            for asked in fold.attending(key) {
                let Some((_, seats)) = seats_asked(fold, &asked).filter(|(at, _)| at == interval)
                else {
                    continue;
                };
                let sum = match self.status(document, &asked).stage {
                    stage if stage.stands() => &mut date.taken,
                    Stage::Likely { .. } | Stage::Alternative { .. } => &mut date.expected,
                    stage if stage.is_open() => &mut date.waiting,
                    _ => continue,
                };
                *sum = sum.saturating_add(seats);
            }
            let gone = date.taken.saturating_add(date.expected);
            date.left = seats.unwrap_or(0).saturating_sub(gone);
            date
        });
        let slot = fold.resolved().slots.get(key);
        let last = slot.and_then(|slot| fold.resolved().confirmations.get(&slot.last()?));
        let held = last.filter(|last| last.state.stands());
        let mut rooms: Vec<UnitId> = held
            .into_iter()
            .flat_map(|held| held.holds.iter().map(|placed| placed.hold.unit))
            .collect();
        rooms.sort_unstable();
        rooms.dedup();
        let record = fold.resolved().events.get(key);
        let text = record
            .and_then(|record| self.prose(record))
            .map(|(_, prose)| prose.text);
        EventEntry {
            key: *key,
            document,
            stage,
            text,
            dates: dates.collect(),
            seats,
            public: content.public,
            partner: content.partner.map(PartnerId),
            rooms,
            sequence: fold.event_sequence(key),
            own: None,
            mine: Vec::new(),
            organises: false,
            organisers: fold.organisers(key).map_or(0, BTreeMap::len),
        }
    }
}

/// The date and the number of seats that a slot's current request is for.
fn seats_asked(fold: &Fold, key: &SlotKey) -> Option<(Interval, u32)> {
    let request = &fold.resolved().slots.get(key)?.current()?.request;
    let option = request.options.first()?;
    let seats = u32::try_from(option.len()).unwrap_or(u32::MAX);
    Some((option.first()?.interval, seats))
}
