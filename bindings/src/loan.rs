//! Things handed out and in, and units opened without their renters.

use crate::ids::each;
use crate::status::{BookingKey, Cause};
use crate::{AllkontorError, Device, page_behind};
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
    /// What was remarked then; for the office's devices.
    pub remark: Option<Remark>,
}

/// A remark in free text about a thing.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Remark {
    /// What it says; none when that has not come, or was erased.
    pub text: Option<String>,
    /// Why it was erased.
    pub erased: Option<Cause>,
}

/// That a thing went out, or came back.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ThingEntry {
    /// The statement.
    pub id: StatementId,
    /// When.
    pub at: CivilMinute,
    /// Whether it came back.
    pub is_back: bool,
    /// What was said of its condition: numbers of the catalogue.
    pub condition: Vec<u16>,
    /// What was remarked.
    pub remark: Option<Remark>,
    /// The device that says so.
    pub device: PublicKey,
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
    /// The statement.
    pub id: StatementId,
    /// The unit.
    pub unit: UnitId,
    /// When.
    pub at: CivilMinute,
    /// Why.
    pub cause: Cause,
    /// The device that says so.
    pub device: PublicKey,
    /// What was remarked; for the office's devices.
    pub remark: Option<Remark>,
}

fn conditions(numbers: Vec<u16>) -> Vec<ConditionId> {
    numbers.into_iter().map(ConditionId).collect()
}

#[uniffi::export]
impl Device {
    /// Hands a thing to whoever has a booking, whichever thing it was promised. They came: they are checked in. `remark`:
    /// what is to be said of it in free text, to the office's devices alone.
    pub fn hand_out(
        &self,
        now: Timestamp,
        booking: BookingKey,
        unit: UnitId,
        condition: Vec<u16>,
        remark: Option<String>,
    ) -> Result<(), AllkontorError> {
        let condition = conditions(condition);
        self.with(|engine| {
            Ok(engine
                .hand_out(now, booking.into(), unit, condition, remark)
                .map(drop)?)
        })
    }

    /// A thing is back. Whoever was promised it next, and was told that it is late, may have it again.
    pub fn hand_in(
        &self,
        now: Timestamp,
        unit: UnitId,
        condition: Vec<u16>,
        remark: Option<String>,
    ) -> Result<(), AllkontorError> {
        let condition = conditions(condition);
        self.with(|engine| Ok(engine.hand_in(now, unit, condition, remark)?))
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
        remark: Option<String>,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.open_unit(now, unit, cause.into(), remark)?))
    }

    /// What was said of a thing when it went out and came back, the latest last: for the office's devices. `after`: the
    /// last of the page before.
    pub fn things_said(
        &self,
        unit: UnitId,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<ThingEntry>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.things_said(unit)?))?;
        let all: Vec<ThingEntry> = each(found);
        Ok(page_behind(all, |entry| Some(entry.id) == after, limit))
    }

    /// Erases what was remarked of a thing, by the statement that has it: here and wherever that is heard. That it was
    /// there, and how long it was, stays.
    pub fn erase_remark(
        &self,
        now: Timestamp,
        of: StatementId,
        cause: Cause,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.erase_remark(now, of, cause.into())?))
    }

    /// When a unit was opened without its renter, the latest last: everything for the desk, for a visitor what happened
    /// while the unit was theirs. `after`: the last of the page before.
    pub fn openings(
        &self,
        unit: UnitId,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<Opening>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.openings(unit)?))?;
        let all: Vec<Opening> = each(found);
        Ok(page_behind(all, |entry| Some(entry.id) == after, limit))
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
            remark: loan.remark.map(Remark::from),
        }
    }
}

impl From<replica::Remarked> for Remark {
    fn from(remark: replica::Remarked) -> Self {
        Self {
            text: remark.text,
            erased: remark.erased.map(Cause::from),
        }
    }
}

impl From<replica::ThingEntry> for ThingEntry {
    fn from(entry: replica::ThingEntry) -> Self {
        let condition = entry.condition.into_iter();
        Self {
            id: entry.id,
            at: entry.minute,
            is_back: entry.is_back,
            condition: condition.map(|condition| condition.0).collect(),
            remark: entry.remark.map(Remark::from),
            device: entry.device,
        }
    }
}

impl From<replica::Opening> for Opening {
    fn from(opening: replica::Opening) -> Self {
        Self {
            id: opening.id,
            unit: opening.unit,
            at: opening.minute,
            cause: opening.cause.into(),
            device: opening.device,
            remark: opening.remark.map(Remark::from),
        }
    }
}
