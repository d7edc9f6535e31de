//! How people are reached: written at any of the office's devices, read by the staff's.

use super::{Device, DeviceError};
use crate::command::NewContact;
use crate::id::PublicKey;
use crate::replica::{Command, Person};
use crate::resolve::SlotKey;
use crate::time::Timestamp;

impl Device {
    /// Writes down how somebody is reached, for the staff alone: what a kiosk has written it cannot read again. It goes
    /// with the month. An empty card hides what was written before.
    ///
    /// On a kiosk that knows no key of this month, [`RosterError::NoKey`](crate::command::RosterError::NoKey): nothing is
    /// kept of what was typed, and meeting a device of the staff helps.
    pub fn write_contact(&mut self, now: Timestamp, new: NewContact) -> Result<(), DeviceError> {
        self.command(now, Command::WriteContact(Box::new(new)))
            .map(drop)
    }

    /// How a holder is reached; `None` when nothing is known, or it was hidden. On an admin's or staff's device.
    pub fn person(&mut self, holder: PublicKey) -> Result<Option<Person>, DeviceError> {
        Ok(self.replica()?.person(&holder)?)
    }

    /// How whoever has a booking is reached; `None` also where [`Device::holder_of`] is. On an admin's or staff's device.
    pub fn person_of(&mut self, key: SlotKey) -> Result<Option<Person>, DeviceError> {
        Ok(self.replica()?.person_of(&key)?)
    }

    /// Everybody whose contact or note has that text in it, in whatever case, by their contacts. On an admin's or staff's
    /// device. `after`: the last of the page before.
    pub fn find_people(
        &mut self,
        text: &str,
        after: Option<PublicKey>,
        limit: usize,
    ) -> Result<Vec<Person>, DeviceError> {
        Ok(self.replica()?.find_people(text, after, limit)?)
    }
}
