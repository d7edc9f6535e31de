//! Things handed out and in, and units opened without their renters.

use crate::ids::each;
use crate::status::{BookingKey, Cause};
use crate::{AllkontorError, Device};
use allkontor_core::id::{ConditionId, PublicKey, StatementId, UnitId};
use allkontor_core::replica::{self, BookingId, LoanOut};
use allkontor_core::time::{CivilMinute, Timestamp};

/// A thing that is out.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Loan {
    /// The statement that it went out.
    pub hand_out: StatementId,
    /// The booking of whoever has it.
    pub booking: BookingKey,
    /// The thing.
    pub unit: UnitId,
    /// When it went out.
    pub since: CivilMinute,
    /// When it is to be back.
    pub due: CivilMinute,
    /// Whether it should be back by now.
    pub is_late: bool,
    /// What was said of its condition when it went out: numbers of the catalogue.
    pub condition: Vec<u16>,
}

/// A thing that was handed out to a booking of this device.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OwnLoan {
    /// The booking.
    pub booking: BookingId,
    /// The thing.
    pub loan: Loan,
}

/// A unit that was opened without its renter.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Opening {
    /// The unit.
    pub unit: UnitId,
    /// When.
    pub at: CivilMinute,
    /// Why.
    pub cause: Cause,
    /// The device that says so.
    pub device: PublicKey,
}

fn conditions(numbers: Vec<u16>) -> Vec<ConditionId> {
    numbers.into_iter().map(ConditionId).collect()
}

#[uniffi::export]
impl Device {
    /// Hands a thing to whoever has a booking, whichever thing it was promised. They came: they are checked in.
    pub fn hand_out(
        &self,
        now: Timestamp,
        booking: BookingKey,
        unit: UnitId,
        condition: Vec<u16>,
    ) -> Result<(), AllkontorError> {
        let condition = conditions(condition);
        self.with(|engine| {
            Ok(engine
                .hand_out(now, booking.into(), unit, condition)
                .map(drop)?)
        })
    }

    /// A thing is back. Whoever was promised it next, and was told that it is late, may have it again.
    pub fn hand_in(
        &self,
        now: Timestamp,
        unit: UnitId,
        condition: Vec<u16>,
    ) -> Result<(), AllkontorError> {
        let condition = conditions(condition);
        self.with(|engine| Ok(engine.hand_in(now, unit, condition)?))
    }

    /// Things that are out, by unit: for the desk. At most as many as the catalogue has.
    pub fn desk_loans(&self, now: Timestamp) -> Result<Vec<Loan>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.loans(now)?))?;
        Ok(each(found))
    }

    /// What was handed out to this device's bookings and is not back.
    pub fn loans(&self, now: Timestamp) -> Result<Vec<OwnLoan>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.own_loans(now)?))?;
        let own = |(booking, loan): (BookingId, LoanOut)| OwnLoan {
            booking,
            loan: loan.into(),
        };
        Ok(found.into_iter().map(own).collect())
    }

    /// What can be noted of a thing's condition: numbers of the catalogue, which `Words.condition` puts into words.
    pub fn conditions(&self) -> Result<Vec<u16>, AllkontorError> {
        let catalogue = self.with(|engine| Ok(engine.catalogue()?))?;
        let known = catalogue
            .iter()
            .flat_map(|office| office.parts().conditions.keys());
        Ok(known.map(|condition| condition.0).collect())
    }

    /// Notes that a unit was opened without its renter, who is told.
    pub fn open_unit(
        &self,
        now: Timestamp,
        unit: UnitId,
        cause: Cause,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.open_unit(now, unit, cause.into())?))
    }

    /// When a unit was opened without its renter, the latest last: everything for the desk, for a visitor what happened
    /// while the unit was theirs.
    pub fn openings(&self, unit: UnitId) -> Result<Vec<Opening>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.openings(unit)?))?;
        Ok(each(found))
    }
}

impl From<LoanOut> for Loan {
    fn from(loan: LoanOut) -> Self {
        Self {
            hand_out: loan.hand_out,
            booking: loan.key.into(),
            unit: loan.unit,
            since: loan.since,
            due: loan.due,
            is_late: loan.is_late,
            condition: loan
                .condition
                .into_iter()
                .map(|condition| condition.0)
                .collect(),
        }
    }
}

impl From<replica::Opening> for Opening {
    fn from(opening: replica::Opening) -> Self {
        Self {
            unit: opening.unit,
            at: opening.minute,
            cause: opening.cause.into(),
            device: opening.device,
        }
    }
}
