//! An office of devices with disks and vaults: they can be restored from backups, cloned, and lose power.

use crate::world::{at, founding, instant, parts, words};
use allkontor_core::command::Book;
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::PublicKey;
use allkontor_core::model::Parts;
use allkontor_core::replica::BookingId;
use allkontor_core::statement::Role;
use allkontor_core::store::MemoryStore;
use allkontor_core::sync::qr::Backup;
use allkontor_core::time::Timestamp;
use allkontor_core::vault::MemoryVault;
use std::collections::BTreeMap;

/// A device, its disk and its vault.
#[derive(Debug)]
pub struct Machine {
    /// What it runs on.
    pub disk: MemoryStore,
    /// Its key and chain heads.
    pub vault: MemoryVault,
    device: Option<Device>,
}

/// Devices by name.
#[derive(Debug)]
pub struct Fleet {
    /// The time, the same for everybody.
    pub now: Timestamp,
    /// Every device.
    pub devices: BTreeMap<String, Machine>,
}

impl Machine {
    /// The device.
    pub fn on(&mut self) -> &mut Device {
        self.device.as_mut().unwrap()
    }

    /// Power is lost and comes back.
    pub fn reopen(&mut self) {
        self.device = None;
        self.disk.crash();
        let (store, vault) = (Box::new(self.disk.clone()), Box::new(self.vault.clone()));
        self.device = Some(Device::open(store, vault).unwrap());
    }

    /// Another device with the same disk and vault as this one has now.
    pub fn copy(&self) -> Self {
        let mut copy = Self {
            disk: self.disk.copy(),
            vault: self.vault.copy(),
            device: None,
        };
        copy.reopen();
        copy
    }

    /// The database is as it was in a backup; the vault is not in it.
    pub fn restore(&mut self, backup: &MemoryStore) {
        self.device = None;
        self.disk = backup.copy();
        self.reopen();
    }
}

impl Fleet {
    /// Tuesday 24 November 2026, 08.00, and a kiosk that decides everything.
    pub fn new() -> Self {
        Self::with(parts(), Role::Kiosk)
    }

    /// Another office, and founder's role.
    pub fn with(parts: Parts, role: Role) -> Self {
        let now = instant(at("2026-11-24T08:00"));
        let founding = founding(parts, role);
        let (disk, vault) = (MemoryStore::new(), MemoryVault::new());
        let (store, safe) = (Box::new(disk.clone()), Box::new(vault.clone()));
        let device = Device::found(store, safe, now, [1; 32], &founding).unwrap();
        let kiosk = Machine {
            disk,
            vault,
            device: Some(device),
        };
        Self {
            now,
            devices: BTreeMap::from([("kiosk".to_owned(), kiosk)]),
        }
    }

    /// A device that has joined and met nobody.
    pub fn join(&mut self, name: &str) {
        let office = self.devices.values_mut().next().unwrap().on().office();
        let (disk, vault) = (MemoryStore::new(), MemoryVault::new());
        let (store, safe) = (Box::new(disk.clone()), Box::new(vault.clone()));
        let bytes: Vec<u8> = name.bytes().cycle().take(32).collect();
        let device = Device::join(store, safe, bytes.try_into().unwrap(), office).unwrap();
        let joined = Machine {
            disk,
            vault,
            device: Some(device),
        };
        self.devices.insert(name.to_owned(), joined);
    }

    /// A new phone that goes on from a backup, and has met nobody.
    pub fn restored(&mut self, name: &str, backup: &Backup) {
        let (disk, vault) = (MemoryStore::new(), MemoryVault::new());
        let (store, safe) = (Box::new(disk.clone()), Box::new(vault.clone()));
        let device = Device::restore_visitor(store, safe, backup).unwrap();
        let restored = Machine {
            disk,
            vault,
            device: Some(device),
        };
        self.devices.insert(name.to_owned(), restored);
    }

    /// A device that the admin certifies, and that has met the admin since.
    pub fn steward(&mut self, name: &str, role: Role, admin: &str) {
        self.join(name);
        let (key, now) = (self.key(name), self.now);
        self.on(admin).certify(now, key, role).unwrap();
        self.meet(name, admin);
    }

    /// A phone that has met a steward and has tickets of it at hand.
    pub fn phone(&mut self, name: &str, steward: &str) {
        self.join(name);
        self.meet(name, steward);
        self.meet(name, steward);
    }

    /// A device.
    pub fn on(&mut self, name: &str) -> &mut Device {
        self.devices.get_mut(name).unwrap().on()
    }

    /// A device's key.
    pub fn key(&mut self, name: &str) -> PublicKey {
        self.on(name).public_key().unwrap()
    }

    /// Lets two devices talk until neither has anything to say, and counts the bytes.
    pub fn meet(&mut self, one: &str, other: &str) -> usize {
        let mut first = self.devices.remove(one).unwrap();
        let bytes = talk(self.now, first.on(), self.on(other)).unwrap();
        self.devices.insert(one.to_owned(), first);
        bytes
    }

    /// Everybody meets everybody, until nobody has anything new.
    pub fn all_meet(&mut self) {
        let names: Vec<String> = self.devices.keys().cloned().collect();
        for round in 0.. {
            assert!(round < 20, "they never stop having something to say");
            let before = self.news();
            for (at, one) in names.iter().enumerate() {
                for other in names.iter().skip(at + 1) {
                    self.meet(one, other);
                }
            }
            if self.news() == before {
                return;
            }
        }
    }

    fn news(&mut self) -> Vec<u64> {
        let devices = self.devices.values_mut();
        devices.map(|machine| machine.on().news()).collect()
    }

    /// What one side brings, the other hears of in the second meeting.
    pub fn meet_twice(&mut self, one: &str, other: &str) {
        self.meet(one, other);
        self.meet(one, other);
    }

    /// A phone books one date that no rule forbids.
    pub fn booked(&mut self, name: &str, book: Book) -> BookingId {
        let now = self.now;
        let booked = self.on(name).book(now, book).unwrap();
        booked
            .bookings()
            .next()
            .unwrap_or_else(|| panic!("refused: {booked:?}"))
    }

    /// One word and the place: `confirmed 1 10:00-11:00`, `waiting 2`.
    pub fn told(&mut self, name: &str, booking: BookingId) -> String {
        words(&self.on(name).booking(booking).unwrap().unwrap().status)
    }

    /// Every device has the picture that this one has.
    pub fn assert_agreed_with(&mut self, steward: &str) {
        let picture = self.on(steward).digest().unwrap();
        let names: Vec<String> = self.devices.keys().cloned().collect();
        for name in names {
            assert_eq!(
                self.on(&name).digest().unwrap(),
                picture,
                "{name} sees another picture than {steward}"
            );
        }
    }
}

impl Default for Fleet {
    fn default() -> Self {
        Self::new()
    }
}

fn talk(now: Timestamp, one: &mut Device, other: &mut Device) -> Result<usize, DeviceError> {
    let (here, mut outgoing) = one.connect(now)?;
    let there = other.accept(now)?;
    let mut bytes = 0;
    while !outgoing.is_empty() {
        let mut answers = Vec::new();
        bytes += outgoing.iter().map(Vec::len).sum::<usize>();
        if std::env::var("FLEET_LOG").is_ok() {
            for m in &outgoing {
                eprintln!("> {:?} {}", &m[..m.len().min(8)], m.len());
            }
        }
        for message in &outgoing {
            answers.extend(other.receive(now, there, message)?);
        }
        outgoing.clear();
        bytes += answers.iter().map(Vec::len).sum::<usize>();
        if std::env::var("FLEET_LOG").is_ok() {
            for m in &answers {
                eprintln!("< {:?} {}", &m[..m.len().min(8)], m.len());
            }
        }
        for message in &answers {
            outgoing.extend(one.receive(now, here, message)?);
        }
    }
    one.disconnect(now, here)?;
    other.disconnect(now, there)?;
    Ok(bytes)
}
