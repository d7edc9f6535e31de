//! What staff do at the desk: close a room or the office, book for someone who walked in.

use super::book::{Book, DateOutcome};
use crate::id::UnitId;
use crate::resolve::SlotKey;
use crate::statement::Cause;
use crate::sync::qr::Slip;
use crate::time::{CivilMinute, Interval};

/// Closes units for a time: they are taken, and everybody affected is moved or put first in line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// The units; none named means all of the catalogue.
    pub units: Vec<UnitId>,
    /// When.
    pub interval: Interval,
    /// Why.
    pub cause: Cause,
}

/// What closing did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// Bookings that had a place there.
    pub affected: Vec<SlotKey>,
    /// Those of them that have another place now.
    pub moved: Vec<SlotKey>,
    /// Those whose place another device has custody of. It moves them, or puts them first in line, when it hears of
    /// this; until then they keep their confirmation, and the place shows as taken.
    pub elsewhere: Vec<SlotKey>,
}

/// A booking for someone without a phone. They leave with a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkIn {
    /// What they want.
    pub book: Book,
    /// 16 random bytes that become the slip's key.
    pub slip_seed: [u8; 16],
}

/// What a walk-in leaves with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalkedIn {
    /// What came of each date.
    pub dates: Vec<WalkInDate>,
}

/// One date of a walk-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WalkInDate {
    /// Asked for and decided, if it could be: the agenda of the slip says how it stands.
    Requested {
        /// The booking.
        key: SlotKey,
        /// What is printed on the slip.
        slip: Slip,
    },
    /// A rule of the office forbids it.
    Refused(DateOutcome),
}

/// Who is to have what another rents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heir {
    /// Somebody whose request for it waits.
    Waiting(SlotKey),
    /// Somebody without a phone, who leaves with a slip.
    Slip {
        /// 16 random bytes that become the slip's key.
        slip_seed: [u8; 16],
        /// Until when; `None`: as long as it was rented before.
        until: Option<CivilMinute>,
    },
}
