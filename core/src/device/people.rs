//! Guidelines and their acceptance, and who may not book for a time.

use super::{Device, DeviceError};
use crate::id::{PublicKey, StatementId};
use crate::replica::{Command, LostPhone, Outcome, OwnSuspension};
use crate::resolve::{SlotKey, Suspension};
use crate::statement::{Amendment, Ground};
use crate::time::{CivilMinute, OfficeDay, Timestamp};

impl Device {
    /// The version of the guidelines that holds now; `None` where there are none.
    pub fn guidelines_in_force(&mut self, now: Timestamp) -> Result<Option<u32>, DeviceError> {
        Ok(self.replica()?.guidelines_in_force(now)?)
    }

    /// The newest version of the guidelines that the person with this device has accepted.
    pub fn accepted_guidelines(&mut self) -> Result<Option<u32>, DeviceError> {
        Ok(self.replica()?.accepted_guidelines())
    }

    /// The person has read the guidelines of that version and accepts them: said with each request from now on. With no
    /// network if there is none.
    pub fn accept_guidelines(&mut self, now: Timestamp, version: u32) -> Result<(), DeviceError> {
        self.command(now, Command::AcceptGuidelines(version))
            .map(drop)
    }

    /// The pseudonym of whoever has a booking; `None` where another device issued its ticket, and for what was booked at
    /// the desk.
    pub fn holder_of(&mut self, key: SlotKey) -> Result<Option<PublicKey>, DeviceError> {
        Ok(self.replica()?.holder_of(&key)?)
    }

    /// Somebody may not book until that day, which is the last: no tickets are issued to them, and what they ask for under
    /// those they have is refused. It is over by itself. On an admin's or staff's device.
    pub fn suspend_holder(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
        until: OfficeDay,
        ground: Ground,
    ) -> Result<StatementId, DeviceError> {
        let command = Command::Suspend {
            holder,
            until,
            ground,
        };
        match self.command(now, command)? {
            Outcome::Suspended(id) => Ok(id),
            _ => Err(DeviceError::Empty),
        }
    }

    /// Somebody has lost their phone, or their keys: what they were promised goes on on slips to be printed, with nobody
    /// coming in between, and the keys are suspended for a year, so that whoever has them gets nothing by them. On an
    /// admin's, staff's or kiosk's device; [`Device::holder_of`] knows whose a booking is.
    ///
    /// Only what this device issued the tickets for is known to be theirs, and only what it has custody of is put on slips:
    /// what is left is to be reported at other desks. What they waited for is to be asked for anew. `seed`: 32 random bytes.
    pub fn report_lost(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
        seed: [u8; 32],
    ) -> Result<LostPhone, DeviceError> {
        match self.command(now, Command::ReportLost { holder, seed })? {
            Outcome::ReportedLost(lost) => Ok(*lost),
            _ => Err(DeviceError::Empty),
        }
    }

    /// Notes that whoever is suspended has appealed, or takes a suspension back.
    pub fn amend_suspension(
        &mut self,
        now: Timestamp,
        suspend: StatementId,
        amendment: Amendment,
    ) -> Result<(), DeviceError> {
        self.command(now, Command::AmendSuspension { suspend, amendment })
            .map(drop)
    }

    /// Somebody was shown round: what the office reserves for such people is theirs to book, with tickets issued from now
    /// on. Again and again is once. On an admin's or staff's device.
    pub fn introduce(&mut self, now: Timestamp, holder: PublicKey) -> Result<(), DeviceError> {
        self.command(now, Command::Introduce(holder)).map(drop)
    }

    /// Takes an introduction back: it counts for no ticket issued from now on. Those at hand expire within a week.
    pub fn retract_introduction(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
    ) -> Result<(), DeviceError> {
        self.command(now, Command::Retract(holder)).map(drop)
    }

    /// When a holder was shown round; `None` when they were not: for the office's devices.
    pub fn introduction(&mut self, holder: PublicKey) -> Result<Option<CivilMinute>, DeviceError> {
        Ok(self.replica()?.introduction(&holder)?)
    }

    /// Whether a ticket of this device says that its holder was shown round.
    pub fn is_introduced(&mut self, now: Timestamp) -> Result<bool, DeviceError> {
        Ok(self.replica()?.is_introduced(now)?)
    }

    /// Suspensions that are not over, by their last day: for the office's devices.
    pub fn suspensions(
        &mut self,
        now: Timestamp,
    ) -> Result<Vec<(StatementId, Suspension)>, DeviceError> {
        Ok(self.replica()?.suspensions(now)?)
    }

    /// What this device was told of a suspension of its own.
    pub fn own_suspension(&mut self, now: Timestamp) -> Result<Option<OwnSuspension>, DeviceError> {
        Ok(self.replica()?.own_suspension(now)?)
    }
}
