//! Who of the office's devices decides what, and when each was last heard of.

use crate::ids::each;
use crate::status::Role;
use crate::{AllkontorError, Device};
use allkontor_core::custody;
use allkontor_core::id::{PublicKey, StatementId, UnitId};
use allkontor_core::replica;
use allkontor_core::time::{CivilMinute, OfficeDay, Timestamp};
use allkontor_core::view;

/// A device of the office, and when it was last heard of.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Steward {
    /// Its key.
    pub device: PublicKey,
    /// What it may do.
    pub role: Role,
    /// When it last wrote something that has come here; none when nothing has.
    pub heard_at: Option<CivilMinute>,
    /// Whether its certificate was taken back.
    pub revoked: bool,
}

/// Who may decide what on one day.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CustodyDay {
    /// The day.
    pub day: OfficeDay,
    /// Every unit that is booked by the day, in order.
    pub units: Vec<UnitCustody>,
    /// Tickets of that month whose deciding right is on its way to a device.
    pub passed: Vec<PassedTicket>,
    /// The devices of the office, in order of their keys.
    pub stewards: Vec<Steward>,
}

/// A unit on that day.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct UnitCustody {
    /// The unit.
    pub unit: UnitId,
    /// Who may decide about it.
    pub custody: Custody,
}

/// Who may decide about a unit on a day.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Custody {
    /// This device.
    Here,
    /// Another device.
    Elsewhere {
        /// Which.
        steward: Steward,
    },
    /// On its way: nobody may, until that device takes it.
    InFlight {
        /// To which.
        steward: Steward,
    },
    /// Nobody: the unit was never assigned, or is of a later version's devices.
    Nobody,
}

/// A ticket whose deciding right is on its way.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct PassedTicket {
    /// The ticket.
    pub ticket: StatementId,
    /// The device that will decide.
    pub steward: Steward,
}

/// What an undecided booking waits for, the first thing first.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Awaits {
    /// No device of the office has it, as far as is known here.
    Delivery,
    /// The app must be updated before it can tell.
    Update {
        /// The first statement that it is too old to follow.
        since: StatementId,
    },
    /// A place that frees.
    Place {
        /// Its place in the queue, from 1.
        number: u32,
    },
    /// The office decides about that day from then on, by rank among all who asked.
    WindowOpens {
        /// From when.
        at: CivilMinute,
    },
    /// The person: the place is given to who says that they came.
    Arrival,
    /// The device that decides about it.
    Decision {
        /// Which.
        steward: Steward,
    },
    /// The device that decides about it, and those that hold its place, to come together.
    Custodians {
        /// The device that decides about it now.
        steward: Steward,
        /// Those that hold the place; the one not heard of for longest first.
        holders: Vec<Steward>,
    },
    /// Nobody can decide about the place: only staff can help.
    Nobody,
}

#[uniffi::export]
impl Device {
    /// Who may decide what on a day. At most as many units as the catalogue has.
    pub fn custody_day(
        &self,
        now: Timestamp,
        day: OfficeDay,
    ) -> Result<CustodyDay, AllkontorError> {
        Ok(self.with(|engine| Ok(engine.custody(now, day)?))?.into())
    }
}

impl From<custody::Heard> for Steward {
    fn from(heard: custody::Heard) -> Self {
        Self {
            device: heard.device,
            role: heard.role.into(),
            heard_at: heard.at,
            revoked: heard.revoked,
        }
    }
}

impl From<replica::CustodyDay> for CustodyDay {
    fn from(day: replica::CustodyDay) -> Self {
        let passed = day.passed.into_iter().map(|passed| PassedTicket {
            ticket: passed.what,
            steward: passed.to.into(),
        });
        Self {
            day: day.day,
            units: each(day.units),
            passed: passed.collect(),
            stewards: each(day.stewards),
        }
    }
}

impl From<replica::UnitCustody> for UnitCustody {
    fn from(unit: replica::UnitCustody) -> Self {
        Self {
            unit: unit.unit,
            custody: match unit.custody {
                replica::Custody::Here => Custody::Here,
                replica::Custody::Elsewhere(heard) => Custody::Elsewhere {
                    steward: heard.into(),
                },
                replica::Custody::InFlight(heard) => Custody::InFlight {
                    steward: heard.into(),
                },
                replica::Custody::Nobody => Custody::Nobody,
            },
        }
    }
}

impl From<view::Awaits> for Awaits {
    fn from(awaits: view::Awaits) -> Self {
        use view::Awaits as From;
        match awaits {
            From::Office => Self::Delivery,
            From::Update { since } => Self::Update { since },
            From::Place { n } => Self::Place { number: n },
            From::Window { from } => Self::WindowOpens { at: from },
            From::Arrival => Self::Arrival,
            From::Decider(heard) => Self::Decision {
                steward: heard.into(),
            },
            From::Custodians {
                decider,
                custodians,
            } => Self::Custodians {
                steward: decider.into(),
                holders: each(custodians),
            },
            From::Nobody => Self::Nobody,
        }
    }
}
