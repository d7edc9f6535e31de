//! Taking in what another calendar has: closings, bookings and events, each under the name that it has there.

use super::EventError;
use crate::command::BookingId;
use crate::id::{Digest, UnitId};
use crate::model::Rule;
use crate::resolve::SlotKey;
use crate::statement::Cause;
use crate::sync::qr::Slip;
use crate::time::Interval;

/// One thing that another calendar has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportEntry {
    /// By which it is known again: a hash of what the other calendar calls it.
    pub name: Digest,
    /// The event that it is a date of. One import has all dates of an event: what a version has no more is taken back.
    pub event: Digest,
    /// Of several versions under one name the highest counts.
    pub sequence: u32,
    /// When.
    pub interval: Interval,
    /// What it is here.
    pub what: ImportAs,
}

/// What an entry of another calendar is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportAs {
    /// Units are taken: people who have a place there are moved or put first in line.
    Closing {
        /// The units; none named means all of the catalogue.
        units: Vec<UnitId>,
        /// Why.
        cause: Cause,
    },
    /// One unit is booked, for somebody who has no phone here.
    Booking {
        /// The unit, and no other.
        unit: UnitId,
    },
    /// The office's event: proposed by this device, in a room if one is named.
    Event {
        /// The room, and no other.
        room: Option<UnitId>,
        /// Its text: the title on the first line, then what there is to say.
        text: String,
    },
    /// It does not take place: what was taken in under that name is taken back.
    Nothing,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedAll {
    /// One outcome an entry, in order.
    pub entries: Vec<Imported>,
    /// Dates of events that the events have no more, and that were taken back.
    pub gone: Vec<Interval>,
}

/// What came of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    /// It is here already, as it is there. Nothing was changed.
    Known,
    /// The units are closed.
    Closed {
        /// Bookings that had a place there.
        affected: Vec<SlotKey>,
    },
    /// Asked for and decided, if it could be. What stood under that name at another time is cancelled.
    Booked {
        /// The booking.
        key: SlotKey,
        /// What its holder may be given.
        slip: Slip,
    },
    /// Proposed; on a staff's device it takes place as soon as it has its room. What stood under that name is withdrawn.
    Proposed {
        /// The event.
        event: BookingId,
    },
    /// No event can be made of it.
    Unsuitable(EventError),
    /// What was here under that name is taken back.
    Withdrawn,
    /// A rule of the office forbids it.
    Refused(Rule),
    /// The unit is taken then, or somebody who asked before hopes for it. What stood under that name stays.
    Clash,
    /// More than one import takes in: take in the same file again.
    Left,
}
