//! What visitors say, and the ticket that lets them say it.

use super::field::kind;
use super::values::{in_range, only_true};
use super::{AnyEqual, EventKey, Hold, Wish};
use crate::cbor::CborError;
use crate::id::{ClassId, PublicKey, StatementId};
use crate::limits;
use crate::time::{CivilMinute, Interval};

kind! {
    /// Lets the owner of one key ask for places in one document. Signed by a steward; in no chain.
    ///
    /// Tickets are the quota, the flood limit and the unlinkability: a fresh key for each booking or series. The
    /// document it serves is the one named in its header.
    Ticket {
        /// Random, so that two tickets for one key differ. Everything is keyed by the ticket's id, never by this.
        10 serial: [u8; 16],
        /// Who may use it.
        11 key: PublicKey,
        /// The only device that may decide its requests, until it passes the right on.
        12 decider: PublicKey,
        /// Classes of unit it may be used for; none named means all.
        13 uses: Vec<ClassId>,
        /// How many bookings it allows, 1–60.
        14 slots: u8,
        /// The steward's minute, rounded down to 15: the office's last contact with the holder.
        15 stamp: CivilMinute,
        /// At most seven days after the stamp.
        16 expires: CivilMinute,
        /// Whether the holder was shown round; left out when not.
        17 introduced: Option<bool>,
    }
    check |ticket| {
        only_true("introduced", ticket.introduced)?;
        in_range("slots", ticket.slots, 1, limits::MAX_SLOTS)?;
        let life = ticket.expires.minutes_since(ticket.stamp);
        in_range("minutes from stamp to expiry", life, 0, limits::MAX_TICKET_LIFE)?;
        if ticket.stamp.floor_to(limits::STAMP_STEP) == ticket.stamp {
            return Ok(());
        }
        Err(CborError::Invalid { what: "stamp", why: "not a multiple of 15 minutes" })
    };
}

kind! {
    /// Asks for one of several options, each of which is granted whole or not at all.
    Request {
        /// The ticket.
        10 ticket: StatementId,
        /// Which of the ticket's bookings this is.
        11 slot: u8,
        /// A later version replaces earlier ones; at equal version the smaller id is current.
        12 version: u8,
        /// What would do, best first.
        13 options: Vec<Vec<Wish>>,
        /// Whether equal units at the first option's times would do as well.
        14 any_equal: Option<AnyEqual>,
        /// How many people come.
        15 party: u16,
        /// When the person says they asked. Believed no further back than the ticket's stamp.
        16 claimed: CivilMinute,
        /// The event that it is for: another's, for seats there; its own, for the room.
        17 event: Option<EventKey>,
        /// The version of the guidelines that the person has accepted.
        18 accepts: Option<u32>,
    }
    check |request| {
        in_range("version", request.version, 0, limits::MAX_VERSION)?;
        in_range("party", request.party, 1, limits::MAX_PARTY)?;
        let holds: usize = request.options.iter().map(Vec::len).sum();
        in_range("units in all options", holds as u64, 1, limits::MAX_HOLDS as u64)
    };
}

kind! {
    /// Withdraws all versions of a request up to its own.
    Cancel {
        /// The ticket.
        10 ticket: StatementId,
        /// Which of its bookings.
        11 slot: u8,
        /// The last version withdrawn.
        12 version: u8,
    }
    check |cancel| in_range("version", cancel.version, 0, limits::MAX_VERSION);
}

kind! {
    /// "I am here": self check-in. Advisory until the custodian's `CheckIn`.
    Arrive {
        /// The ticket.
        10 ticket: StatementId,
        /// Which of its bookings.
        11 slot: u8,
        /// When the person says they came.
        12 claimed: CivilMinute,
    }
}

kind! {
    /// Asks to keep what is rented until another time, or without an end. Good for as long as the rental is; the office
    /// answers with a `Carry` or a `Decline`.
    Renew {
        /// The ticket.
        10 ticket: StatementId,
        /// Which of its bookings.
        11 slot: u8,
        /// Until when; the last minute there is means without an end.
        12 until: CivilMinute,
        /// When the person says they asked. The latest counts.
        13 claimed: CivilMinute,
    }
}

kind! {
    /// Asks a steward for a ticket, signed by the holder's key at this office. Stewards keep it to themselves.
    Order {
        /// The key the ticket is to be for.
        10 key: PublicKey,
        /// Classes of unit it is to be used for; none named means all.
        11 uses: Vec<ClassId>,
        /// How many bookings it is to allow, 1–60.
        12 slots: u8,
        /// When the person says they asked.
        13 claimed: CivilMinute,
        /// Whether it is to be served only when the holder has been shown round; left out when not.
        14 introduced: Option<bool>,
    }
    check |order| {
        only_true("introduced", order.introduced)?;
        in_range("slots", order.slots, 1, limits::MAX_SLOTS)
    };
}

impl Ticket {
    /// Whether a request claimed at that minute came too late for this ticket.
    pub fn is_expired_at(&self, claimed: CivilMinute) -> bool {
        claimed.max(self.stamp) > self.expires
    }

    /// Whether the holder was shown round when it was issued.
    pub fn is_introduced(&self) -> bool {
        self.introduced == Some(true)
    }

    /// Whether the ticket may be used for that class.
    pub fn covers(&self, class: ClassId) -> bool {
        self.uses.is_empty() || self.uses.contains(&class)
    }
}

impl Request {
    /// Whether the holds are one option, or, if any equal unit will do, at one option's times.
    pub fn is_granted_by(&self, holds: &[Hold]) -> bool {
        let mut wishes: Vec<Wish> = holds.iter().map(Hold::wish).collect();
        let mut times: Vec<Interval> = holds.iter().map(Hold::interval).collect();
        wishes.sort_unstable();
        times.sort_unstable();
        self.options.iter().any(|option| {
            let mut asked = option.clone();
            asked.sort_unstable();
            let mut asked_times: Vec<Interval> = option.iter().map(|wish| wish.interval).collect();
            asked_times.sort_unstable();
            asked == wishes || (self.any_equal.is_some() && asked_times == times)
        })
    }
}
