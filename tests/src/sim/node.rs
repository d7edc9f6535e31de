//! One device of the simulated world, on its machine, with its own idea of the time.

use super::machine::{Found, Machine, Plant};
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::{OfficeId, PublicKey};
use allkontor_core::statement::{Keypair, Role};
use allkontor_core::store::MemoryStore;
use allkontor_core::time::Timestamp;

/// What a device is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The device that founds the office: its kiosk, with the admin key.
    Kiosk,
    /// A tablet that staff carry.
    Tablet,
    /// A device that decides only what it is assigned, and meets everybody.
    Hub,
    /// A second kiosk.
    Annex,
    /// A visitor's phone.
    Phone,
    /// Carries everything for everybody, and is nobody's.
    Relay,
    /// A copy of another device, once somebody has made it.
    Double,
}

impl Part {
    /// What the office certifies it as, if it does.
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Kiosk | Self::Annex => Some(Role::Kiosk),
            Self::Tablet => Some(Role::Staff),
            Self::Hub => Some(Role::Hub),
            Self::Phone | Self::Relay | Self::Double => None,
        }
    }

    /// Whether the office certifies it.
    pub const fn is_of_the_office(self) -> bool {
        self.role().is_some()
    }
}

/// What a device takes for the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The time.
    Right,
    /// So many minutes ahead; behind, if negative.
    Off(i32),
    /// It has stopped.
    Stopped(Timestamp),
}

/// How often people try to open a device whose machine fails.
const TRIES: usize = 3;

/// A device in the world.
pub struct Node {
    /// What it is called in stories.
    pub name: &'static str,
    /// What it is for.
    pub part: Part,
    /// What it runs on.
    pub machine: Machine,
    /// What it takes for the time.
    pub clock: Clock,
    /// A copy of its disk that somebody keeps.
    pub backup: Option<MemoryStore>,
    /// Whether it says what its engine does not know of, or stands in the world twice.
    pub is_faithless: bool,
    /// Its key: the office's devices sign with it, a visitor's other keys are derived from it.
    pub key: Keypair,
    device: Option<Device>,
}

impl Node {
    /// A device that has founded an office.
    pub fn founder(name: &'static str, machine: Machine, seed: [u8; 32], device: Device) -> Self {
        Self::new(
            name,
            Part::Kiosk,
            machine,
            Keypair::from_seed(&seed),
            device,
        )
    }

    /// A device that has joined an office.
    pub fn joined(
        name: &'static str,
        part: Part,
        seed: [u8; 32],
        office: OfficeId,
        plant: Option<Plant>,
    ) -> Result<Self, DeviceError> {
        let machine = Machine::with(plant);
        let (store, vault) = machine.parts();
        let device = Device::join(store, vault, seed, office)?;
        let key = Keypair::from_seed(&seed).derive(&format!("office/{office}"), 0);
        Ok(Self::new(name, part, machine, key, device))
    }

    fn new(name: &'static str, part: Part, machine: Machine, key: Keypair, device: Device) -> Self {
        let mut node = Self {
            name,
            part,
            machine,
            clock: Clock::Right,
            backup: None,
            is_faithless: false,
            key,
            device: Some(device),
        };
        node.wake();
        node
    }

    /// A second device with the same disk, vault and key.
    pub fn cloned(&self, name: &'static str) -> Result<Self, DeviceError> {
        let machine = self.machine.cloned();
        let (store, vault) = machine.parts();
        let device = Device::open(store, vault)?;
        let mut clone = Self::new(name, self.part, machine, self.key.clone(), device);
        (clone.is_faithless, clone.clock) = (true, self.clock);
        Ok(clone)
    }

    /// The device, if it is on.
    pub fn device(&mut self) -> Option<&mut Device> {
        self.device.as_mut()
    }

    /// What it takes for the time when it is `now`.
    pub fn now(&self, now: Timestamp) -> Timestamp {
        match self.clock {
            Clock::Right => now,
            Clock::Off(minutes) => now.plus_minutes(i64::from(minutes)),
            Clock::Stopped(at) => at,
        }
    }

    /// The key that others know it by.
    pub fn public(&self) -> PublicKey {
        self.key.public()
    }

    /// Power is lost, at rest or in the middle of something, and comes back.
    ///
    /// Opening may lose power too: then it is tried again, as people do.
    pub fn reboot(&mut self) -> Result<Found, DeviceError> {
        self.device = None;
        let (mut found, mut tries) = (self.machine.reboot(), 0);
        loop {
            let (store, vault) = self.machine.parts();
            let opened = Device::open(store, vault).and_then(|mut device| {
                device.standing()?;
                Ok(device)
            });
            match opened {
                Ok(device) => {
                    self.device = Some(device);
                    self.wake();
                    return Ok(found);
                }
                Err(_) if self.machine.is_dead() => {
                    found.betrayed |= self.machine.reboot().betrayed;
                }
                // A full disk says so, and a write that failed is tried again.
                Err(error) if error.is_retryable() && tries < TRIES => {
                    tries += 1;
                    self.machine.make_room();
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn wake(&mut self) {
        if let Some(device) = self.device.as_mut().filter(|_| self.part == Part::Relay) {
            device.relay_everything();
        }
    }
}
