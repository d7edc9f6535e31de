//! Lockers and storage rooms: rented by the year, until a date or without an end.
//!
//! They are booked like anything else, by [`Device::book`] with a time that may reach beyond the year, and given back by
//! [`Device::cancel`]; [`Device::extend`] asks to keep one longer or shorter, [`CivilMinute::MAX`] without an end.

use super::{Device, DeviceError};
use crate::command::Heir;
use crate::replica::{BookingId, Command, Event, Outcome, SlipSays};
use crate::resolve::SlotKey;
use crate::sync::qr::Slip;
use crate::time::{CivilMinute, Timestamp};
use crate::view::Rental;

impl Device {
    /// What this device rents now, with the booking of each.
    pub fn own_rentals(&mut self, now: Timestamp) -> Result<Vec<(BookingId, Rental)>, DeviceError> {
        Ok(self.replica()?.own_rentals(now)?)
    }

    /// Everything that is rented, by unit: for stewards. What goes on next year is told once.
    pub fn rentals(&mut self, now: Timestamp) -> Result<Vec<Rental>, DeviceError> {
        Ok(self.replica()?.rentals(now)?)
    }

    /// What is rented by a slip; `None` when it is nothing, or not known here.
    pub fn slip_rental(
        &mut self,
        now: Timestamp,
        seed: &[u8; 16],
    ) -> Result<Option<Rental>, DeviceError> {
        Ok(self.replica()?.rental_of_slip(now, seed)?)
    }

    /// Whoever holds the slip asks to keep what it is for until then; [`CivilMinute::MAX`] is without an end.
    pub fn keep_slip(
        &mut self,
        now: Timestamp,
        seed: [u8; 16],
        until: CivilMinute,
    ) -> Result<(), DeviceError> {
        let says = SlipSays::Keep { until };
        let command = Command::Slip { seed, says };
        self.run(now, Event::Command(command)).map(drop)
    }

    /// Lengthens or shortens a rental at the desk; [`CivilMinute::MAX`] is without an end.
    pub fn prolong(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        until: CivilMinute,
    ) -> Result<(), DeviceError> {
        let command = Command::Prolong { key, until };
        self.run(now, Event::Command(command)).map(drop)
    }

    /// Gives what somebody rents on to another: their rental, and the slip that they leave with if they have no phone.
    pub fn transfer(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        to: Heir,
    ) -> Result<(SlotKey, Option<Slip>), DeviceError> {
        let command = Command::Transfer { key, to };
        match self.run(now, Event::Command(command))? {
            Outcome::Transferred { to, slip } => Ok((to, slip)),
            _ => Ok((key, None)),
        }
    }
}
