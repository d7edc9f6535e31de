//! The office's devices beside the kiosk: how they come, and what all of them do.

use super::carry::{self, Guest};
use super::error::Trouble;
use super::world::{World, files, trouble};
use crate::desks::Desk;
use allkontor_core::device::Device;
use allkontor_core::time::CivilMinute;
use std::collections::BTreeMap;

/// One of the office's devices.
pub(super) struct Station {
    pub(super) device: Device,
}

/// The kiosk, then the others.
pub(super) fn every_desk<'a>(
    kiosk: &'a mut Device,
    others: &'a mut BTreeMap<Desk, Station>,
) -> impl Iterator<Item = (Desk, &'a mut Device)> {
    let others = others
        .iter_mut()
        .map(|(desk, station)| (*desk, &mut station.device));
    std::iter::once((Desk::Kiosk, kiosk)).chain(others)
}

impl World {
    /// Those that are there.
    pub(super) fn desks(&self) -> Vec<Desk> {
        let others = self.others.keys().copied();
        std::iter::once(Desk::Kiosk).chain(others).collect()
    }

    pub(super) fn at_every_desk(
        &mut self,
        mut act: impl FnMut(Desk, &mut Device) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let Self { kiosk, others, .. } = self;
        every_desk(kiosk, others).try_for_each(|(desk, device)| act(desk, device))
    }

    /// A new device shows its key as a code; the kiosk reads it, certifies it, and tells it so.
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
        let shown = device
            .enrolment()
            .map_err(trouble(name, "show its key"))?
            .to_bytes();
        let kiosk = |what| trouble(Desk::Kiosk.the(), what);
        let key = self
            .kiosk
            .scan_enrolment(&shown)
            .map_err(kiosk("read a key"))?;
        self.kiosk
            .certify(now, key, desk.role())
            .map_err(kiosk("certify a device"))?;
        let mut new = Guest::new(name, &mut device, now);
        let mut old = Guest::new(Desk::Kiosk.the(), &mut self.kiosk, now);
        carry::codes(&mut new, &mut old)?;
        self.others.insert(desk, Station { device });
        Ok(())
    }
}
