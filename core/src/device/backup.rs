//! A visitor's keys on another device: a backup that is printed or photographed, and a new phone that goes on from it.

use super::{Device, DeviceError};
use crate::replica::OwnKeys;
use crate::store::Store;
use crate::sync::qr::Backup;
use crate::vault::{Vault, VaultState};
use std::collections::BTreeMap;

impl Device {
    /// A backup of a visitor's keys, as a code to print or photograph: whoever has it can do all that this device can.
    ///
    /// It stays good for all that is booked later. What has left neither device is not in it: drafts that wait for a
    /// ticket, and what nobody has been told. The keys of the office's devices exist once: such a device is refused.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{command::Book, id::UnitId, sync::qr::Backup};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (mut phone, mut kiosk) = office()?;
    /// let code = phone.backup()?.code();
    /// phone.book(NOW, Book::unit(UnitId(1), at(2, 18, 20)))?;
    /// meet(&mut phone, &mut kiosk)?;
    ///
    /// // The phone is gone. The code was written down, and the new one has scanned the office's invitation.
    /// let backup = Backup::from_code(&code, kiosk.invitation()?.office)?;
    /// let (store, vault) = (Box::new(MemoryStore::new()), Box::new(MemoryVault::new()));
    /// let mut new = Device::restore_visitor(store, vault, &backup)?;
    /// meet(&mut new, &mut kiosk)?;
    /// assert_eq!(new.agenda()?[0].status, phone.agenda()?[0].status);
    /// # Ok(())
    /// # }
    /// ```
    pub fn backup(&mut self) -> Result<Backup, DeviceError> {
        let backup = self.replica()?.backup().ok_or(DeviceError::NoBackup)?;
        let state = VaultState {
            copied: true,
            ..self.state.clone()
        };
        // Before anybody can have copied it, this device knows that somebody may have.
        if state != self.state {
            self.vault
                .save(&state)
                .inspect_err(|_| self.replica = None)?;
            self.state = state;
        }
        Ok(backup)
    }

    /// A visitor's device from a backup: as good as the one before as soon as it has met a device of the office, or
    /// another phone that has what that has.
    ///
    /// The one before may go on: both see, change and cancel the bookings of both. It opens new ones in a lane of its own,
    /// so that the two do not use one place of a ticket for two bookings. When one backup is restored twice, the two find
    /// out, and one of them leaves: see [`Device::own_keys`].
    pub fn restore_visitor(
        store: Box<dyn Store>,
        vault: Box<dyn Vault>,
        backup: &Backup,
    ) -> Result<Self, DeviceError> {
        let mut device = Self::unopened(store, vault, |_| false)?;
        device.state = VaultState {
            seed: backup.seed,
            office: backup.office,
            incarnation: 0,
            chains: BTreeMap::new(),
            lane: backup.lane,
            copied: true,
        };
        device.vault.save(&device.state)?;
        Ok(device)
    }

    /// Fails when the keys may be on another device too: the chains of an office's device have one that signs.
    pub(super) fn require_single(&self) -> Result<(), DeviceError> {
        match self.state.copied {
            true => Err(DeviceError::BackedUp),
            false => Ok(()),
        }
    }

    /// How this device shares its keys with others of the same person.
    pub fn own_keys(&mut self) -> Result<OwnKeys, DeviceError> {
        Ok(self.replica()?.own_keys())
    }
}
