//! The office's devices beside the kiosk: how they come, and what all of them do.

use super::carry::{self, Guest};
use super::error::Trouble;
use super::world::{World, files, key_of, trouble};
use crate::desks::Desk;
use allkontor_core::device::Device;
use allkontor_core::time::CivilMinute;
use std::collections::BTreeMap;

/// The one at the front, then the others.
pub(super) fn every_desk<'a>(
    (at_front, front): (Desk, &'a mut Device),
    others: &'a mut BTreeMap<Desk, Device>,
) -> impl Iterator<Item = (Desk, &'a mut Device)> {
    let others = others.iter_mut().map(|(desk, device)| (*desk, device));
    std::iter::once((at_front, front)).chain(others)
}

impl World {
    /// Those that are there.
    pub(super) fn desks(&self) -> Vec<Desk> {
        let others = self.others.keys().copied();
        std::iter::once(self.at_front).chain(others).collect()
    }

    pub(super) fn every_desk(&mut self) -> impl Iterator<Item = (Desk, &mut Device)> {
        every_desk((self.at_front, &mut self.front), &mut self.others)
    }

    pub(super) fn at_every_desk(
        &mut self,
        mut act: impl FnMut(Desk, &mut Device) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        self.every_desk()
            .try_for_each(|(desk, device)| act(desk, device))
    }

    /// A new device shows its key as a code; the front desk reads it, certifies it, and tells it so.
    pub(super) fn add_desk(
        &mut self,
        desk: Desk,
        seed: [u8; 32],
        at: CivilMinute,
    ) -> Result<(), Trouble> {
        let (name, now) = (desk.the(), self.now(at));
        let (store, vault) = files(&self.folder, desk.name())?;
        let mut device =
            Device::join(store, vault, seed, self.id).map_err(trouble(name, "join the office"))?;
        let key = key_of(&mut device).map_err(trouble(name, "show its key"))?;
        let at_front = self.at_front.the();
        self.front
            .certify(now, key, desk.role())
            .map_err(trouble(at_front, "certify a device"))?;
        let mut new = Guest::new(name, &mut device, now);
        let mut old = Guest::new(at_front, &mut self.front, now);
        carry::codes(&mut new, &mut old)?;
        self.others.insert(desk, device);
        self.keys.insert(desk, key);
        Ok(())
    }
}
