//! What a fold arrives at.

use super::commons::Commons;
use super::event::EventRecord;
use super::money::Books;
use super::people::People;
use super::roster::Roster;
use crate::id::{ConditionId, PublicKey, StatementId, UnitId};
use crate::limits::SEALED_NOTE_BYTES;
use crate::statement::{Carry, Cause, Code, Hold, Opened, Request, Ticket, Words};
use crate::time::{CivilMinute, Interval};
use std::collections::{BTreeMap, BTreeSet};

/// A unit and a period: an office day in a ledger, a year in a storage document. The grain of custody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The unit.
    pub unit: UnitId,
    /// The office day or the year.
    pub period: i32,
}

/// Who has custody of a cell, or the right to decide a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holding {
    /// This device.
    Held(PublicKey),
    /// Nobody until it is taken.
    InFlight {
        /// The Give or Pass.
        under: StatementId,
        /// Whom it is addressed to.
        to: PublicKey,
    },
}

impl Holding {
    /// Who has it, or is to have it.
    pub const fn device(self) -> PublicKey {
        match self {
            Self::Held(device) | Self::InFlight { to: device, .. } => device,
        }
    }
}

/// One booking of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SlotKey {
    /// The ticket.
    pub ticket: StatementId,
    /// Which of its bookings.
    pub slot: u8,
}

/// What became of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It stands.
    Live,
    /// It stands, and the person came.
    CheckedIn,
    /// A later confirmation of the same slot took its place.
    Moved,
    /// Its place was given back. Final.
    Released(Cause),
}

impl State {
    /// Whether the person has the place.
    pub const fn stands(self) -> bool {
        matches!(self, Self::Live | Self::CheckedIn)
    }
}

/// A confirmation that is not void.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Confirmation {
    /// The request it grants.
    pub request: StatementId,
    /// The booking.
    pub key: SlotKey,
    /// The request's version.
    pub version: u8,
    /// Who confirmed.
    pub device: PublicKey,
    /// What it holds, each with its cell and what it occupies of it.
    pub holds: Vec<Placed>,
    /// What became of it.
    pub state: State,
}

/// A hold in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placed {
    /// The hold.
    pub hold: Hold,
    /// Its cell.
    pub cell: Cell,
    /// What it occupies of the cell, buffers included.
    pub occupied: Interval,
    /// Whether it still keeps others out.
    pub blocks: bool,
}

/// A unit physically taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occupation {
    /// The unit.
    pub unit: UnitId,
    /// For how long, as far as is known.
    pub interval: Interval,
    /// Why.
    pub cause: Cause,
    /// Whether it is free again.
    pub vacated: bool,
}

/// The latest wish to keep what is rented until another time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Renewal {
    /// When the person says they asked.
    pub claimed: CivilMinute,
    /// The `Renew`; at equal claims the smaller id counts.
    pub id: std::cmp::Reverse<StatementId>,
    /// Until when; [`CivilMinute::MAX`] means without an end.
    pub until: CivilMinute,
}

/// A thing handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loan {
    /// The confirmation whose holder has it.
    pub confirm: StatementId,
    /// The thing.
    pub unit: UnitId,
    /// When it went out.
    pub minute: CivilMinute,
    /// What was said of its condition then.
    pub condition: Vec<ConditionId>,
    /// The first time that it came back, by what was written of it.
    pub back: Option<Back>,
}

/// A thing that came back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Back {
    /// When.
    pub minute: CivilMinute,
    /// The `HandIn`.
    pub id: StatementId,
    /// What was said of its condition then.
    pub condition: Vec<ConditionId>,
}

/// A request that counts: its ticket is good, it is signed by the ticket's key, in time and in its slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotRecord {
    /// The request's id.
    pub id: StatementId,
    /// The request.
    pub request: Request,
}

/// What visitors have said of one booking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotState {
    /// The current request of each version.
    pub versions: BTreeMap<u8, SlotRecord>,
    /// Versions up to this one are withdrawn.
    pub cancelled: Option<u8>,
    /// The earliest minute at which the person says they came.
    pub arrived: Option<CivilMinute>,
    /// The latest wish to keep it until another time.
    pub renewal: Option<Renewal>,
    /// Its confirmations that are not void; each ended the one before it.
    pub confirmed: Vec<StatementId>,
    /// Confirmations that are void although their author held the right and the cells: promises that broke.
    pub broken: BTreeSet<StatementId>,
}

impl SlotState {
    /// The current request: the highest version, at equal version the smaller id; whether or not it is withdrawn.
    pub fn current(&self) -> Option<&SlotRecord> {
        self.versions.last_key_value().map(|(_, record)| record)
    }

    /// Its last confirmation that is not void, whatever became of it.
    pub fn last(&self) -> Option<StatementId> {
        self.confirmed.last().copied()
    }

    /// Whether that version is withdrawn.
    pub fn is_cancelled(&self, version: u8) -> bool {
        self.cancelled.is_some_and(|through| version <= through)
    }
}

/// The resolved document: the picture that is equal on every device with the same statements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Confirmations that are not void.
    pub confirmations: BTreeMap<StatementId, Confirmation>,
    /// Confirmations that are void.
    pub void: BTreeSet<StatementId>,
    /// Requests declined, with the cause.
    pub declined: BTreeMap<StatementId, Cause>,
    /// What visitors have said, by booking.
    pub slots: BTreeMap<SlotKey, SlotState>,
    /// Custody of the cells that ever changed hands.
    pub custody: BTreeMap<Cell, Holding>,
    /// The deciding right of the tickets that were ever passed on.
    pub rights: BTreeMap<StatementId, Holding>,
    /// For each device whose cells and rights were taken after a Revoke: who stands in for it.
    pub stand_ins: BTreeMap<PublicKey, PublicKey>,
    /// Units physically taken.
    pub occupations: BTreeMap<StatementId, Occupation>,
    /// Bookings that lost a confirmation through no doing of theirs: first in line.
    pub victims: BTreeSet<(SlotKey, u8)>,
    /// Statements of one device and document with the same place in its chain: evidence of a clone or a restore.
    pub forks: BTreeSet<(StatementId, StatementId)>,
    /// Critical statements of unknown kinds at which chains stop.
    pub outdated: BTreeSet<StatementId>,
    /// Good tickets, by id.
    pub tickets: BTreeMap<StatementId, TicketRecord>,
    /// What goes on, by the statement that stands for a request.
    pub carried: BTreeMap<StatementId, Carry>,
    /// The wishes to keep something that a `Carry` has answered.
    pub answered: BTreeSet<StatementId>,
    /// Units opened without their renters.
    pub opened: BTreeMap<StatementId, Opened>,
    /// Codes of locks, sealed to their renters.
    pub codes: BTreeMap<StatementId, Code>,
    /// Things handed out, by the `HandOut`.
    pub loans: BTreeMap<StatementId, Loan>,
    /// Events, by the slot that each was proposed by.
    pub events: BTreeMap<SlotKey, EventRecord>,
    /// What things handed out, back or opened have as a remark, by the statement.
    pub remarks: BTreeMap<StatementId, Words>,
    /// The keys that were let in to write an event's text, by the slot and the `Appoint`.
    pub organisers: BTreeMap<SlotKey, BTreeMap<StatementId, PublicKey>>,
    /// The last statement of each device's chain that was folded, the first of equals.
    pub chains: BTreeMap<PublicKey, crate::statement::ChainPoint>,
    /// What went through the tills; empty but in a till document.
    pub books: Books,
    /// What is known of people; empty but in a people document.
    pub people: People,
    /// Suggestions and notices; empty but in a commons document, save for remarks that were erased.
    pub commons: Commons,
    /// How people are reached, sealed; empty but in a roster document.
    pub roster: Roster,
    /// What refusals say to whoever asked, sealed, by the request.
    pub notes: BTreeMap<StatementId, [u8; SEALED_NOTE_BYTES]>,
}

/// A ticket signed by a certified steward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketRecord {
    /// The ticket.
    pub ticket: Ticket,
    /// Who signed it.
    pub signer: PublicKey,
}
