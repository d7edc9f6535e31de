//! Things handed out and in, and units opened without their renters: what staff state as physically so.

use super::{Device, DeviceError};
use crate::id::{ConditionId, StatementId, UnitId};
use crate::replica::{BookingId, Command, LoanOut, Opening, Outcome, ThingEntry};
use crate::resolve::SlotKey;
use crate::statement::Cause;
use crate::time::Timestamp;

impl Device {
    /// Hands a thing to whoever has a booking, whichever thing it was promised. They came: they are checked in. `remark`:
    /// what is to be said of it in free text, to the office's devices alone.
    pub fn hand_out(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        unit: UnitId,
        condition: Vec<ConditionId>,
        remark: Option<String>,
    ) -> Result<Option<StatementId>, DeviceError> {
        let command = Command::HandOut {
            key,
            unit,
            condition,
            remark,
        };
        match self.command(now, command)? {
            Outcome::HandedOut(id) => Ok(Some(id)),
            _ => Ok(None),
        }
    }

    /// A thing is back.
    pub fn hand_in(
        &mut self,
        now: Timestamp,
        unit: UnitId,
        condition: Vec<ConditionId>,
        remark: Option<String>,
    ) -> Result<(), DeviceError> {
        let command = Command::HandIn {
            unit,
            condition,
            remark,
        };
        self.command(now, command).map(drop)
    }

    /// Things that are out, by unit: for stewards.
    pub fn loans(&mut self, now: Timestamp) -> Result<Vec<LoanOut>, DeviceError> {
        Ok(self.replica()?.loans(now)?)
    }

    /// What was handed out to this device's bookings and is not back.
    pub fn own_loans(&mut self, now: Timestamp) -> Result<Vec<(BookingId, LoanOut)>, DeviceError> {
        Ok(self.replica()?.own_loans(now)?)
    }

    /// Notes that a unit was opened without its renter.
    pub fn open_unit(
        &mut self,
        now: Timestamp,
        unit: UnitId,
        cause: Cause,
        remark: Option<String>,
    ) -> Result<(), DeviceError> {
        let command = Command::Open {
            unit,
            cause,
            remark,
        };
        self.command(now, command).map(drop)
    }

    /// What was said of a thing when it went out and came back, the latest last: for stewards.
    pub fn things_said(&mut self, unit: UnitId) -> Result<Vec<ThingEntry>, DeviceError> {
        Ok(self.replica()?.things_said(unit)?)
    }

    /// Erases what was remarked of a thing, here and wherever that is heard. That it was there, and how long it was, stays.
    pub fn erase_remark(
        &mut self,
        now: Timestamp,
        of: StatementId,
        cause: Cause,
    ) -> Result<(), DeviceError> {
        self.command(now, Command::EraseRemark { of, cause })
            .map(drop)
    }

    /// When a unit was opened without its renter: everything for a steward, for a visitor what happened while the unit
    /// was theirs.
    pub fn openings(&mut self, unit: UnitId) -> Result<Vec<Opening>, DeviceError> {
        Ok(self.replica()?.openings(unit))
    }
}
