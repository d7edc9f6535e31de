//! Codes of locks: sealed to whoever rents them.

use super::{Device, DeviceError};
use crate::command::NewCode;
use crate::replica::{BookingId, CodeDue, Command, KnownCode};
use crate::time::Timestamp;

impl Device {
    /// Tells the renter of a lock what it opens by from now on. Nobody else can read it, this device included.
    pub fn issue_code(&mut self, now: Timestamp, new: NewCode) -> Result<(), DeviceError> {
        self.command(now, Command::IssueCode(new)).map(drop)
    }

    /// What the locks open by that this device rents, with the booking of each.
    pub fn own_codes(
        &mut self,
        now: Timestamp,
    ) -> Result<Vec<(BookingId, KnownCode)>, DeviceError> {
        Ok(self.replica()?.own_codes(now)?)
    }

    /// What the locks open by that are rented by a slip, to be read out to whoever holds it. On an admin's or staff's
    /// device: a screen in the room shows nobody's.
    pub fn slip_codes(
        &mut self,
        now: Timestamp,
        seed: &[u8; 16],
    ) -> Result<Vec<KnownCode>, DeviceError> {
        Ok(self.replica()?.codes_of_slip(now, seed)?)
    }

    /// Locks whose codes are to be changed, by unit, and who is to be told: for stewards.
    pub fn codes_due(&mut self, now: Timestamp) -> Result<Vec<CodeDue>, DeviceError> {
        Ok(self.replica()?.codes_due(now)?)
    }
}
