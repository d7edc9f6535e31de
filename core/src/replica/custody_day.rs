//! Who holds what on one day, what is on its way between devices, and who has been heard of: for staff.

use super::Replica;
use crate::custody::Heard;
use crate::error::Error;
use crate::id::{StatementId, UnitId};
use crate::resolve::{Cell, Holding};
use crate::statement::Document;
use crate::time::{OfficeDay, Timestamp};

/// Who may decide what on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustodyDay {
    /// The day.
    pub day: OfficeDay,
    /// Every unit that is booked by the day, in order.
    pub units: Vec<UnitCustody>,
    /// Tickets of that month's bookings whose deciding right is on its way to a device.
    pub passed: Vec<InFlight<StatementId>>,
    /// The devices of the office, in order of their keys.
    pub stewards: Vec<Heard>,
}

/// A unit on that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitCustody {
    /// The unit.
    pub unit: UnitId,
    /// Who may decide about it that day.
    pub custody: Custody,
}

/// Who may decide about a unit on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Custody {
    /// This device.
    Here,
    /// Another device.
    Elsewhere(Heard),
    /// On its way: nobody may, until that device takes it.
    InFlight(Heard),
    /// Nobody: the unit was never assigned, or is of a later version's devices.
    Nobody,
}

/// Something on its way to a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight<T> {
    /// What.
    pub what: T,
    /// The device.
    pub to: Heard,
}

impl Replica {
    /// Who may decide what on a day: this device, another, or nobody while it is on its way.
    pub fn custody_day(&self, now: Timestamp, day: OfficeDay) -> Result<CustodyDay, Error> {
        let authority = self.shelf.require_authority()?;
        let minute = self.civil(now)?;
        let catalogue = self.require_catalogue()?;
        let heard = |device| Heard::of(authority, self.shelf.heard(), &device, minute);
        let document = Document::ledger_of(day);
        let ledger = self.shelf.ledger(document);
        let me = self.key.public();
        let custody = |cell: &Cell| {
            let untouched = || {
                let family = document.family()?;
                let first = authority.first_custodian(cell.unit, family)?;
                Some(Holding::Held(first))
            };
            let holding = match ledger {
                Some(ledger) => ledger.fold.custodian(cell),
                None => untouched(),
            };
            match holding {
                Some(Holding::Held(device)) if device == me => Custody::Here,
                Some(Holding::Held(device)) => {
                    heard(device).map_or(Custody::Nobody, Custody::Elsewhere)
                }
                Some(Holding::InFlight { to, .. }) => {
                    heard(to).map_or(Custody::Nobody, Custody::InFlight)
                }
                None => Custody::Nobody,
            }
        };
        let period = day.get();
        let units = catalogue.parts().units.keys().copied();
        let units = units
            .filter(|unit| self.is_booked_by_the_day(*unit))
            .map(|unit| UnitCustody {
                unit,
                custody: custody(&Cell { unit, period }),
            });
        let rights = ledger.into_iter().flat_map(|l| &l.fold.resolved().rights);
        let passed = rights.filter_map(|(ticket, holding)| match holding {
            Holding::InFlight { to, .. } => Some(InFlight {
                what: *ticket,
                to: heard(*to)?,
            }),
            Holding::Held(_) => None,
        });
        Ok(CustodyDay {
            day,
            units: units.collect(),
            passed: passed.collect(),
            stewards: authority
                .devices()
                .keys()
                .filter_map(|d| heard(*d))
                .collect(),
        })
    }
}
