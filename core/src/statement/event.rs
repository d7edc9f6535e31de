//! Events: proposed by whoever holds a ticket, approved and called off by the office.

use super::Cause;
use super::field::{Item, Value, kind};
use super::values::in_range;
use crate::cbor::{CborError, Reader, Writer};
use crate::id::{ClassId, Digest, PublicKey, StatementId, UnitId};
use crate::limits;
use crate::time::{CivilMinute, Interval};

/// An event: the ticket that it was proposed by, and which of the ticket's bookings it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventKey {
    /// The ticket.
    pub ticket: StatementId,
    /// Which of its bookings.
    pub slot: u8,
}

kind! {
    /// Lets another phone write the text of an event. Signed by the ticket's key.
    ///
    /// Good for as long as the event is; nothing takes it back but calling the event off.
    Appoint {
        /// The ticket.
        10 ticket: StatementId,
        /// Which of the ticket's bookings the event is.
        11 slot: u8,
        /// The key that the other phone has shown: made for this alone.
        12 key: PublicKey,
        /// When the person says they did so.
        13 claimed: CivilMinute,
    }
}

/// The seats of an event: the units of a class with numbers from `first` to `last`.
///
/// Named by number, so that no later catalogue makes them more than were approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seats {
    /// The class.
    pub class: ClassId,
    /// The first of them.
    pub first: UnitId,
    /// The last of them.
    pub last: UnitId,
}

impl Seats {
    /// Whether that unit, of that class, is one of them.
    pub fn include(&self, unit: UnitId, class: ClassId) -> bool {
        self.class == class && (self.first..=self.last).contains(&unit)
    }
}

kind! {
    /// Proposes an event. Signed by the ticket's key, like a request.
    ///
    /// Of its text a document has only the hash and the length; the text travels beside it and can be erased.
    Propose {
        /// The ticket.
        10 ticket: StatementId,
        /// Which of the ticket's bookings this is.
        11 slot: u8,
        /// A later version replaces earlier ones once it is approved; at equal version the smaller id counts.
        12 version: u8,
        /// When it takes place, in ascending order, none overlapping another.
        13 dates: Vec<Interval>,
        /// SHA-256 of its text: the title on the first line, then what there is to say.
        14 text: Digest,
        /// How many bytes the text has.
        15 length: u16,
        /// Whether it needs a room of the office, which a request of the same slot and version asks for.
        16 room: bool,
        /// The seats that people can ask for; `None` when whoever comes just comes.
        17 seats: Option<Seats>,
        /// Whether it stands in the programme.
        18 public: bool,
        /// The partner in the house that holds it; `None` when whoever proposed it does.
        19 partner: Option<u16>,
        /// When the person says they proposed it.
        20 claimed: CivilMinute,
    }
    check |propose| {
        in_range("version", propose.version, 0, limits::MAX_VERSION)?;
        in_range("bytes of an event's text", propose.length, 1, limits::MAX_EVENT_TEXT)?;
        let dates = propose.dates.iter();
        if !dates.clone().zip(dates.skip(1)).all(|(one, next)| one.end() <= next.start()) {
            return Err(CborError::Invalid { what: "dates", why: "not in order, or overlapping" });
        }
        if propose.seats.is_some_and(|seats| seats.first > seats.last) {
            return Err(CborError::Invalid { what: "seats", why: "the first is not before the last" });
        }
        Ok(())
    };
}

kind! {
    /// The office lets an event take place as proposed.
    Approve {
        /// The `Propose`.
        10 proposal: StatementId,
    }
}

kind! {
    /// An event does not take place: refused, or called off. Final.
    CallOff {
        /// A `Propose` of it.
        10 proposal: StatementId,
        /// Why.
        11 cause: Cause,
    }
}

kind! {
    /// Edits the text of an event. Signed by the ticket's key, by one that it has appointed, or by a device of the
    /// office's that states facts.
    ///
    /// Of what it does a document has only the hash and the length; that travels beside it, like the text itself.
    Edit {
        /// The `Propose` with whose text it began.
        10 proposal: StatementId,
        /// The edits that it was made upon and that no other had followed; none for the text as it was proposed.
        11 after: Vec<StatementId>,
        /// SHA-256 of what it does: see [`crate::document::Patch`].
        12 patch: Digest,
        /// How many bytes that has.
        13 length: u16,
        /// When the person says they wrote it.
        14 claimed: CivilMinute,
        /// The `Appoint` of the key that signs; left out by whoever needs none.
        15 appoint: Option<StatementId>,
    }
    check |edit| in_range("bytes of a patch", edit.length, 1, limits::MAX_EVENT_TEXT);
}

impl Item for StatementId {
    const WHAT: &'static str = "number of edits that one follows";
    const MIN: usize = 0;
    const MAX: usize = limits::MAX_EDITS_AFTER;
}

/// `[ticket, slot]`
impl Value for EventKey {
    fn put(&self, to: &mut Writer) {
        to.array(2);
        self.ticket.put(to);
        self.slot.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("event", 2, 2)?;
        let (ticket, slot) = (StatementId::take(from)?, u8::take(from)?);
        Ok(Self { ticket, slot })
    }
}

/// `[class, first, last]`
impl Value for Seats {
    fn put(&self, to: &mut Writer) {
        to.array(3);
        self.class.put(to);
        self.first.put(to);
        self.last.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("seats", 3, 3)?;
        let class = ClassId::take(from)?;
        let (first, last) = (UnitId::take(from)?, UnitId::take(from)?);
        Ok(Self { class, first, last })
    }
}

impl Item for Interval {
    const WHAT: &'static str = "number of dates";
    const MAX: usize = limits::MAX_EVENT_DATES;
}
