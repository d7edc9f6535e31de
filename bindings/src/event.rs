//! Events: proposed from anywhere, let through by the office, with seats that people ask for.

use crate::ids::{Interval, each};
use crate::rule::Rule;
use crate::status::{BookingKey, Cause, Status};
use crate::visit::What;
use crate::{AllkontorError, Device, page};
use allkontor_core::command::{EventError, ProposeEvent, What as Room};
use allkontor_core::device::DeviceError;
use allkontor_core::error::Error;
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::PartnerId;
use allkontor_core::replica::{self, BookingId};
use allkontor_core::resolve;
use allkontor_core::time::{Interval as Span, Timestamp};

/// An event that somebody proposes.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EventProposal {
    /// The title on the first line, then what there is to say: at most 4 000 bytes.
    pub text: String,
    /// When: one date, or several of one month.
    pub dates: Vec<Interval>,
    /// The room of the office that it needs, held on all dates or not at all; none when it needs none.
    #[uniffi(default = None)]
    pub room: Option<What>,
    /// Features that the room must have.
    #[uniffi(default = [])]
    pub needs: Vec<FeatureId>,
    /// Seats that people ask for; none when whoever comes just comes.
    #[uniffi(default = None)]
    pub seats: Option<SeatsWanted>,
    /// Whether it stands in the programme.
    #[uniffi(default = true)]
    pub listed: bool,
    /// The partner in the house that holds it.
    #[uniffi(default = None)]
    pub partner: Option<PartnerId>,
    /// How many people the room is wanted for.
    #[uniffi(default = 1)]
    pub party: u16,
}

/// So many seats of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SeatsWanted {
    /// The class.
    pub class_id: ClassId,
    /// How many.
    pub count: u16,
}

/// What came of proposing an event, or of asking for seats at one.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum EventOutcome {
    /// Asked for; the agenda says how it stands.
    Asked {
        /// Its number on this device. `cancel` withdraws it.
        booking: BookingId,
    },
    /// A rule of the office forbids it.
    Refused {
        /// The rule.
        rule: Rule,
        /// The rule's stable number.
        number: u16,
    },
}

/// An event, as everybody sees it: how many come, and never who.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EventInfo {
    /// The event.
    pub key: BookingKey,
    /// How far it has come.
    pub stage: EventStage,
    /// The first line of its text.
    pub title: Option<String>,
    /// Its text; none when that has not come, or was erased.
    pub text: Option<String>,
    /// When it takes place.
    pub dates: Vec<EventDate>,
    /// Seats on each date; none when whoever comes just comes.
    pub seats: Option<u32>,
    /// Whether it stands in the programme.
    pub listed: bool,
    /// The partner in the house that holds it.
    pub partner: Option<PartnerId>,
    /// The rooms that it holds.
    pub rooms: Vec<UnitId>,
    /// This device's booking of the room, if it proposed the event.
    pub own: Option<BookingId>,
    /// This device's bookings of seats there.
    pub mine: Vec<BookingId>,
    /// Whether this device was let in to write its text.
    pub organises: bool,
    /// How many others whoever proposed it has let in.
    pub organisers: u32,
}

/// One date of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
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

/// How far an event has come.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum EventStage {
    /// The office has not said yes.
    Proposed,
    /// The office has, and the room that it needs is not held.
    Approved,
    /// It takes place; people can ask for seats.
    Open,
    /// Whoever proposed it has withdrawn it.
    Withdrawn,
    /// The office refused it or called it off.
    CalledOff {
        /// Why.
        cause: Cause,
    },
}

/// A request for seats, as the desk sees it: a ticket, and nobody's name.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SeatRequest {
    /// The booking.
    pub key: BookingKey,
    /// Which date.
    pub interval: Interval,
    /// How many seats.
    pub seats: u32,
    /// How it stands.
    pub status: Status,
}

fn asked(result: Result<BookingId, DeviceError>) -> Result<EventOutcome, AllkontorError> {
    match result {
        Ok(booking) => Ok(EventOutcome::Asked { booking }),
        Err(DeviceError::Engine(Error::Event(EventError::Rule(rule)))) => {
            let number = rule.code();
            let rule = rule.into();
            Ok(EventOutcome::Refused { rule, number })
        }
        Err(error) => Err(error.into()),
    }
}

#[uniffi::export]
impl Device {
    /// Proposes an event. The office says yes or no by the catalogue's policy; what a member of staff proposes needs
    /// nobody's leave.
    pub fn propose_event(
        &self,
        now: Timestamp,
        proposal: EventProposal,
    ) -> Result<EventOutcome, AllkontorError> {
        let event = ProposeEvent::try_from(proposal)?;
        self.with(|engine| asked(engine.propose_event(now, event)))
    }

    /// Asks for seats on a date of an event, all together or none; the first date is 0.
    pub fn ask_for_seats(
        &self,
        now: Timestamp,
        event: BookingKey,
        date: u32,
        seats: u16,
    ) -> Result<EventOutcome, AllkontorError> {
        let date = usize::try_from(date).unwrap_or(usize::MAX);
        self.with(|engine| asked(engine.ask_for_seats(now, event.into(), date, seats)))
    }

    /// Events, by date: the programme, and whatever this device proposed, was let in to or has asked for seats at. The
    /// office's devices see all. `after`: the last event of the page before.
    pub fn events(
        &self,
        after: Option<BookingKey>,
        limit: u32,
    ) -> Result<Vec<EventInfo>, AllkontorError> {
        let all: Vec<EventInfo> = each(self.with(|engine| Ok(engine.events()?))?);
        let from = after.and_then(|after| all.iter().position(|event| event.key == after));
        let from = from.map_or(0, |at| at.saturating_add(1));
        Ok(all.into_iter().skip(from).take(page(limit)).collect())
    }

    /// One event; none when it is not known, or not for this device to see.
    pub fn event(&self, event: BookingKey) -> Result<Option<EventInfo>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.event(event.into())?))?;
        Ok(found.map(EventInfo::from))
    }

    /// Who asks for seats at an event, by ticket. `after`: the last of the page before.
    pub fn seat_requests(
        &self,
        event: BookingKey,
        after: Option<BookingKey>,
        limit: u32,
    ) -> Result<Vec<SeatRequest>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.asked_for_seats(event.into())?))?;
        let all: Vec<SeatRequest> = each(found);
        let behind = |one: &SeatRequest| after.is_none_or(|after| one.key > after);
        Ok(all.into_iter().filter(behind).take(page(limit)).collect())
    }

    /// The payload of the code by which this device is let in to write the text of another's event: a key made for this
    /// alone, another for each event. Whoever proposed the event scans it; for a week this device looks for that event.
    pub fn organiser_card(&self, now: Timestamp) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| Ok(engine.organiser_card(now)?.to_bytes()))
    }

    /// Lets the device that has shown that code write the text of an event that this one proposed, and do nothing else:
    /// not withdraw it, nor see who comes. Nothing takes that back but calling the event off.
    pub fn add_organiser(
        &self,
        now: Timestamp,
        event: BookingKey,
        card: Vec<u8>,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.add_organiser(now, event.into(), &card)?))
    }

    /// Writes the text of an event anew, the title on the first line: whoever proposed it does, those they let in, and
    /// staff. What several people write far apart is all there when they meet.
    pub fn edit_event(
        &self,
        now: Timestamp,
        event: BookingKey,
        text: String,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.edit_event(now, event.into(), text)?))
    }

    /// Lets an event take place. Its room is held as soon as whoever has custody of it hears of that.
    pub fn approve_event(&self, now: Timestamp, event: BookingKey) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.approve_event(now, event.into())?))
    }

    /// Refuses an event, or calls it off: its room comes free, and whoever has a seat is told. With `Guidelines` its text
    /// is erased, here and wherever that is heard.
    pub fn call_off_event(
        &self,
        now: Timestamp,
        event: BookingKey,
        cause: Cause,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.call_off_event(now, event.into(), cause.into())?))
    }
}

impl TryFrom<EventProposal> for ProposeEvent {
    type Error = AllkontorError;

    fn try_from(proposal: EventProposal) -> Result<Self, AllkontorError> {
        let dates = proposal.dates.into_iter().map(Span::try_from);
        let dates: Vec<Span> = dates.collect::<Result<_, _>>()?;
        let mut event = Self::new(proposal.text, dates)
            .needing(proposal.needs)
            .people(proposal.party);
        if let Some(room) = proposal.room {
            event = event.in_room(match room {
                What::UnitOrEqual { unit } | What::ExactlyUnit { unit } => Room::Unit(unit),
                What::Places { class_id, count } => Room::Places {
                    class: class_id,
                    count,
                },
                What::Together { bundle } => Room::Together(bundle),
            });
        }
        if let Some(seats) = proposal.seats {
            event = event.with_seats(seats.class_id, seats.count);
        }
        if let Some(partner) = proposal.partner {
            event = event.held_by(partner);
        }
        Ok(if proposal.listed {
            event
        } else {
            event.private()
        })
    }
}

impl From<replica::EventEntry> for EventInfo {
    fn from(event: replica::EventEntry) -> Self {
        Self {
            key: event.key.into(),
            stage: event.stage.into(),
            title: event.title().map(str::to_owned),
            text: event.text,
            dates: each(event.dates),
            seats: event.seats,
            listed: event.public,
            partner: event.partner,
            rooms: event.rooms,
            own: event.own,
            mine: event.mine,
            organises: event.organises,
            organisers: u32::try_from(event.organisers).unwrap_or(u32::MAX),
        }
    }
}

impl From<replica::EventDate> for EventDate {
    fn from(date: replica::EventDate) -> Self {
        Self {
            interval: date.interval.into(),
            taken: date.taken,
            expected: date.expected,
            waiting: date.waiting,
            left: date.left,
        }
    }
}

impl From<resolve::EventStage> for EventStage {
    fn from(stage: resolve::EventStage) -> Self {
        use resolve::EventStage as From;
        match stage {
            From::Proposed => Self::Proposed,
            From::Approved => Self::Approved,
            From::Open => Self::Open,
            From::Withdrawn => Self::Withdrawn,
            From::CalledOff(cause) => Self::CalledOff {
                cause: cause.into(),
            },
        }
    }
}

impl From<replica::Asked> for SeatRequest {
    fn from(asked: replica::Asked) -> Self {
        Self {
            key: asked.key.into(),
            interval: asked.interval.into(),
            seats: asked.seats,
            status: asked.status.into(),
        }
    }
}
