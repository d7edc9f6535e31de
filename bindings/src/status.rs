//! How a booking stands.

use crate::ids::{Interval, each};
use allkontor_core::id::{StatementId, UnitId};
use allkontor_core::model;
use allkontor_core::replica::{AgendaEntry, BookingId, SeriesId};
use allkontor_core::resolve::{ConfirmState, Place, SlotKey};
use allkontor_core::{statement, view};

/// A booking as everybody but its own device knows it: by its ticket, and which of the ticket's bookings it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Record)]
pub struct BookingKey {
    /// The ticket.
    pub ticket: StatementId,
    /// Which of its bookings.
    pub slot: u8,
}

/// One of this device's bookings.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Booking {
    /// Its number on this device.
    pub id: BookingId,
    /// The series it is a date of.
    pub series: Option<SeriesId>,
    /// The booking that is cancelled when this one is confirmed: the time it moved from, in another month.
    pub instead_of: Option<BookingId>,
    /// How others know it, once it has a ticket.
    pub key: Option<BookingKey>,
    /// What was asked for first.
    pub wanted: Vec<Wish>,
    /// How it stands.
    pub status: Status,
}

/// How a booking stands.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Status {
    /// How far the request has come on its way to the office.
    pub delivery: Delivery,
    /// What is known of what it asks for now.
    pub stage: Stage,
    /// What is held for the person now, whatever is asked for instead.
    pub holding: Vec<Hold>,
    /// What it held before, when another place has taken its place, or when that was given back while something else
    /// was asked for.
    pub before: Option<Replaced>,
    /// The first statement about it that this app is too old to follow: what is shown may not be all.
    pub outdated: Option<StatementId>,
}

/// How far a request has come on its way to the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Delivery {
    /// On the device that made it.
    Draft,
    /// Ready to be carried; the office does not have it, as far as is known.
    Carried,
    /// The office has it.
    Received,
}

/// What is known of what a booking asks for.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Stage {
    /// Nothing but that it was asked for.
    Asked,
    /// What was asked for first fits; nobody has decided.
    Likely {
        /// Where it would be.
        holds: Vec<Hold>,
    },
    /// An alternative or an equal unit fits; nobody has decided.
    Alternative {
        /// Where it would be.
        holds: Vec<Hold>,
    },
    /// Nothing fits.
    Waiting {
        /// The place in the queue, from 1.
        number: u32,
    },
    /// The office has promised it.
    Confirmed {
        /// What is held.
        holds: Vec<Hold>,
    },
    /// The person came.
    CheckedIn {
        /// What is held.
        holds: Vec<Hold>,
    },
    /// It moved to another booking, in another month or year.
    Moved,
    /// Its place was given back.
    Released {
        /// Why.
        cause: Cause,
    },
    /// It was refused.
    Declined {
        /// Why.
        cause: Cause,
    },
    /// The office took back what it had promised. It is asked for again, before all others.
    Withdrawn {
        /// Why; none when the promising device had lost its certificate.
        cause: Option<Cause>,
        /// What is expected of it now.
        outlook: Outlook,
    },
    /// The person withdrew it.
    Cancelled,
}

/// What is expected of something that nobody has decided.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Outlook {
    /// What was asked for first fits.
    Likely {
        /// Where it would be.
        holds: Vec<Hold>,
    },
    /// An alternative or an equal unit fits.
    Alternative {
        /// Where it would be.
        holds: Vec<Hold>,
    },
    /// Nothing fits.
    Waiting {
        /// The place in the queue, from 1.
        number: u32,
    },
}

/// A promise that another took the place of.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Replaced {
    /// What it held.
    pub holds: Vec<Hold>,
    /// Why it was released; none when the booking just moved.
    pub cause: Option<Cause>,
}

/// A unit held for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Hold {
    /// The unit.
    pub unit: UnitId,
    /// When the person is there.
    pub interval: Interval,
    /// Minutes kept free before.
    pub before: u16,
    /// Minutes kept free after.
    pub after: u16,
}

/// A unit wanted for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Wish {
    /// The unit.
    pub unit: UnitId,
    /// When.
    pub interval: Interval,
}

/// Why a place was given back, a request refused, or a unit taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum Cause {
    /// The person cancelled.
    Cancelled,
    /// The booking moved.
    Moved,
    /// Nobody came within the grace time.
    NoShow,
    /// The room or the office is closed.
    Closed,
    /// Staff needed the place.
    Override,
    /// The thing is lost or broken.
    Lost,
    /// The visit ended.
    Ended,
    /// A limit per person is reached.
    Limit,
    /// The office's rules do not allow it.
    Rules,
    /// The ticket is not for this class of unit.
    Uses,
    /// Staff said no.
    Staff,
    /// Someone is physically there.
    Present,
    /// What was to be back is not: it is still out, or its renter has not left.
    Late,
    /// It went on to another renter.
    Transferred,
    /// It is promised to somebody else.
    Taken,
    /// The event does not take place.
    CalledOff,
    /// Its text breaks the guidelines, and is erased.
    Guidelines,
    /// This rule of the catalogue.
    ByRule {
        /// The rule's stable number.
        number: u16,
        /// Its word, such as `outside_hours`; none for a rule of a later version.
        key: Option<String>,
    },
    /// A cause of a later version.
    Later {
        /// Its number.
        number: u16,
    },
}

/// What a certified device is.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Role {
    /// Signs what the office is made of; decides where assigned.
    Admin,
    /// A member of staff's device.
    Staff,
    /// The screen at the entrance.
    Kiosk,
    /// An always-on machine that relays, and decides only where assigned.
    Hub,
    /// A role of a later version.
    Later {
        /// Its number.
        number: u16,
    },
}

impl From<SlotKey> for BookingKey {
    fn from(key: SlotKey) -> Self {
        let SlotKey { ticket, slot } = key;
        Self { ticket, slot }
    }
}

impl From<BookingKey> for SlotKey {
    fn from(key: BookingKey) -> Self {
        let BookingKey { ticket, slot } = key;
        Self { ticket, slot }
    }
}

impl From<AgendaEntry> for Booking {
    fn from(entry: AgendaEntry) -> Self {
        Self {
            id: entry.booking,
            series: entry.series,
            instead_of: entry.instead_of,
            key: entry.key.map(BookingKey::from),
            wanted: each(entry.wanted),
            status: entry.status.into(),
        }
    }
}

impl From<view::Status> for Status {
    fn from(status: view::Status) -> Self {
        Self {
            delivery: match status.delivery {
                view::Delivery::Draft => Delivery::Draft,
                view::Delivery::Carried => Delivery::Carried,
                view::Delivery::Received => Delivery::Received,
            },
            stage: status.stage.into(),
            holding: each(status.holding),
            before: status.before.map(|before| Replaced {
                holds: each(before.holds),
                cause: match before.state {
                    ConfirmState::Released(cause) => Some(cause.into()),
                    _ => None,
                },
            }),
            outdated: status.outdated,
        }
    }
}

impl From<view::Stage> for Stage {
    fn from(stage: view::Stage) -> Self {
        use view::Stage as From;
        match stage {
            From::Asked => Self::Asked,
            From::Likely { holds } => Self::Likely { holds: each(holds) },
            From::Alternative { holds } => Self::Alternative { holds: each(holds) },
            From::Waiting { n } => Self::Waiting { number: n },
            From::Confirmed { holds } => Self::Confirmed { holds: each(holds) },
            From::CheckedIn { holds } => Self::CheckedIn { holds: each(holds) },
            From::Moved => Self::Moved,
            From::Released { cause } => Self::Released {
                cause: cause.into(),
            },
            From::Declined { cause } => Self::Declined {
                cause: cause.into(),
            },
            From::Withdrawn { cause, place } => Self::Withdrawn {
                cause: cause.map(Cause::from),
                outlook: place.into(),
            },
            From::Cancelled => Self::Cancelled,
        }
    }
}

impl From<Place> for Outlook {
    fn from(place: Place) -> Self {
        match place {
            Place::Likely(holds) => Self::Likely { holds: each(holds) },
            Place::Alternative(holds) => Self::Alternative { holds: each(holds) },
            Place::Waiting { n } => Self::Waiting { number: n },
        }
    }
}

impl From<statement::Hold> for Hold {
    fn from(hold: statement::Hold) -> Self {
        Self {
            unit: hold.unit,
            interval: hold.interval().into(),
            before: hold.before,
            after: hold.after,
        }
    }
}

impl From<statement::Wish> for Wish {
    fn from(wish: statement::Wish) -> Self {
        Self {
            unit: wish.unit,
            interval: wish.interval.into(),
        }
    }
}

impl From<statement::Cause> for Cause {
    fn from(cause: statement::Cause) -> Self {
        use statement::Cause as From;
        match cause {
            From::Cancelled => Self::Cancelled,
            From::Moved => Self::Moved,
            From::NoShow => Self::NoShow,
            From::Closed => Self::Closed,
            From::Override => Self::Override,
            From::Lost => Self::Lost,
            From::Ended => Self::Ended,
            From::Limit => Self::Limit,
            From::Rules => Self::Rules,
            From::Uses => Self::Uses,
            From::Staff => Self::Staff,
            From::Present => Self::Present,
            From::Late => Self::Late,
            From::Transferred => Self::Transferred,
            From::Taken => Self::Taken,
            From::CalledOff => Self::CalledOff,
            From::Guidelines => Self::Guidelines,
            From::Other(number) => match cause.rule() {
                Some(number) => Self::ByRule {
                    number,
                    key: model::Rule::key(number).map(str::to_owned),
                },
                None => Self::Later { number },
            },
        }
    }
}

impl From<Cause> for statement::Cause {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::Cancelled => Self::Cancelled,
            Cause::Moved => Self::Moved,
            Cause::NoShow => Self::NoShow,
            Cause::Closed => Self::Closed,
            Cause::Override => Self::Override,
            Cause::Lost => Self::Lost,
            Cause::Ended => Self::Ended,
            Cause::Limit => Self::Limit,
            Cause::Rules => Self::Rules,
            Cause::Uses => Self::Uses,
            Cause::Staff => Self::Staff,
            Cause::Present => Self::Present,
            Cause::Late => Self::Late,
            Cause::Transferred => Self::Transferred,
            Cause::Taken => Self::Taken,
            Cause::CalledOff => Self::CalledOff,
            Cause::Guidelines => Self::Guidelines,
            Cause::ByRule { number, .. } => Self::from_rule(number),
            Cause::Later { number } => Self::from_number(number),
        }
    }
}

impl From<statement::Role> for Role {
    fn from(role: statement::Role) -> Self {
        match role {
            statement::Role::Admin => Self::Admin,
            statement::Role::Staff => Self::Staff,
            statement::Role::Kiosk => Self::Kiosk,
            statement::Role::Hub => Self::Hub,
            statement::Role::Other(number) => Self::Later { number },
        }
    }
}

impl From<Role> for statement::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Staff => Self::Staff,
            Role::Kiosk => Self::Kiosk,
            Role::Hub => Self::Hub,
            Role::Later { number } => Self::from_number(number),
        }
    }
}
