//! iCalendar ([RFC 5545], [RFC 7986]) out: bookings, busy times and hours as events that calendars can follow. And in: see
//! [`read()`].
//!
//! ```
//! use allkontor_core::id::{OfficeId, StatementId};
//! use allkontor_core::resolve::SlotKey;
//! use allkontor_core::time::{CivilMinute, Interval, Timestamp, Zone};
//! use allkontor_interchange::ics::{Calendar, Event, Status, Uid, When};
//!
//! let at = |hour| CivilMinute::from_ymd_hm(2026, 11, 24, hour, 0).unwrap();
//! let key = SlotKey { ticket: StatementId([7; 32]), slot: 0 };
//! let calendar = Calendar {
//!     name: "Mina bokningar".into(),
//!     language: "sv".into(),
//!     zone: Zone::new("Europe/Stockholm").unwrap(),
//!     events: vec![Event {
//!         location: "Rum 1, Storgatan 1, Stockholm".into(),
//!         ..Event::new(
//!             Uid::of_booking(&OfficeId([1; 32]), &key),
//!             When::Minutes(Interval::new(at(10), at(11)).unwrap()),
//!             Status::Confirmed,
//!             "Rum 1",
//!         )
//!     }],
//! };
//! let written = String::from_utf8(calendar.to_bytes(Timestamp(1_795_510_800))).unwrap();
//! assert!(written.contains("DTSTART;TZID=Europe/Stockholm:20261124T100000\r\n"));
//! assert!(written.contains("LOCATION;LANGUAGE=sv:Rum 1\\, Storgatan 1\\, Stockholm\r\n"));
//! ```
//!
//! - An event is found again by its UID, which is a hash: of the office and the ticket's slot for a booking, so that it
//!   survives moves; of the office, the unit and the start for a busy time, so that nothing links two of one person's.
//! - SEQUENCE comes from the data alone: see [`Fold::sequence`](allkontor_core::resolve::Fold::sequence). Two devices with
//!   the same statements write the same bytes for the same `now`.
//! - Each date of a series is an event of its own, because each is decided by itself; RELATED-TO names the first.
//! - There is no METHOD, no ORGANIZER and no ATTENDEE: nobody is invited, and nobody is named.
//! - A civil minute that the clock shows twice is the earlier one; one that it skips counts on with the old offset. Both
//!   are what RFC 5545 §3.3.5 says of a local time.
//!
//! [RFC 5545]: https://www.rfc-editor.org/rfc/rfc5545
//! [RFC 7986]: https://www.rfc-editor.org/rfc/rfc7986

mod catalogue;
mod line;
mod read;
mod uid;
mod write;
mod zone;

pub use catalogue::{into_catalogue, unit_named};
pub use read::{
    Date, Import, MAX_BYTES, MAX_DATES, MAX_DEPTH, MAX_EVENTS, MAX_LENGTH_DAYS, MAX_LINE, MAX_UID,
    NotIcs, Refused, Why, read,
};
pub use uid::Uid;

use allkontor_core::time::{Interval, OfficeDay, Zone};

/// Events to be written together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// What it is called.
    pub name: String,
    /// The language (BCP 47) of its texts.
    pub language: String,
    /// The zone whose wall clock its times are of.
    pub zone: Zone,
    /// In the order in which they are written.
    pub events: Vec<Event>,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// By which a calendar finds it again.
    pub uid: Uid,
    /// Rises whenever what is said of it changes.
    pub sequence: u32,
    /// Whether it takes place.
    pub status: Status,
    /// When.
    pub when: When,
    /// Its title.
    pub summary: String,
    /// More about it; may be empty.
    pub description: String,
    /// Where; may be empty.
    pub location: String,
    /// An event that it belongs with.
    pub sibling: Option<Uid>,
    /// Whether it takes up the time of whoever has it in a calendar.
    pub takes_time: bool,
}

/// Whether an event takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Not decided.
    Tentative,
    /// It does.
    Confirmed,
    /// It does not: a calendar that had it removes it.
    Cancelled,
}

/// When an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A span of the wall clock.
    Minutes(Interval),
    /// Whole dates, both included.
    Days {
        /// The first.
        first: OfficeDay,
        /// The last.
        last: OfficeDay,
    },
}

impl Event {
    /// An event with nothing but what each must have.
    pub fn new(uid: Uid, when: When, status: Status, summary: impl Into<String>) -> Self {
        Self {
            uid,
            sequence: 0,
            status,
            when,
            summary: summary.into(),
            description: String::new(),
            location: String::new(),
            sibling: None,
            takes_time: true,
        }
    }
}
