//! An office with several devices that decide: they meet when a test says so, over real sync sessions.

use crate::world::{at, founding, instant, parts, talk, words};
use allkontor_core::command::Book;
use allkontor_core::error::Error;
use allkontor_core::id::PublicKey;
use allkontor_core::model::Parts;
use allkontor_core::replica::{AgendaEntry, BookingId, Command, Event, Outcome, Replica};
use allkontor_core::statement::{Keypair, Role};
use allkontor_core::sync::Incoming;
use allkontor_core::time::Timestamp;
use std::collections::BTreeMap;

/// The name of the device that founds the office and holds its admin key.
pub const KIOSK: &str = "kiosk";

/// The key pair of the device of that name.
pub fn keypair(name: &str) -> Keypair {
    let bytes: Vec<u8> = name.bytes().cycle().take(32).collect();
    Keypair::from_seed(&bytes.try_into().unwrap())
}

/// Stewards and phones by name.
#[derive(Debug)]
pub struct Crew {
    /// The time, the same for everybody.
    pub now: Timestamp,
    /// Every device.
    pub devices: BTreeMap<String, Replica>,
}

impl Crew {
    /// Tuesday 24 November 2026, 08.00, and a kiosk.
    pub fn new() -> Self {
        Self::with(parts(), Role::Kiosk, "2026-11-24T08:00")
    }

    /// Another office, founder's role and morning.
    pub fn with(parts: Parts, role: Role, start: &str) -> Self {
        let now = instant(at(start));
        let founding = founding(parts, role);
        let (kiosk, _) = Replica::found(now, keypair(KIOSK), &founding).unwrap();
        Self {
            now,
            devices: BTreeMap::from([(KIOSK.to_owned(), kiosk)]),
        }
    }

    /// A device that has joined and met nobody.
    pub fn join(&mut self, name: &str) {
        let office = self.devices.values().next().unwrap().office();
        let device = Replica::new(keypair(name), office);
        self.devices.insert(name.to_owned(), device);
    }

    /// A device that the kiosk certifies, and that has met the kiosk since.
    pub fn steward(&mut self, name: &str, role: Role) {
        self.join(name);
        let device = self.key(name);
        self.command(KIOSK, Command::Certify { device, role })
            .unwrap();
        self.meet(name, KIOSK);
    }

    /// A phone that has met a steward and has tickets of it at hand.
    pub fn phone(&mut self, name: &str, steward: &str) {
        self.join(name);
        self.meet(name, steward);
        self.meet(name, steward);
    }

    /// A device's key.
    pub fn key(&self, name: &str) -> PublicKey {
        self.devices[name].public_key()
    }

    /// Lets two devices talk until neither has anything to say.
    pub fn meet(&mut self, one: &str, other: &str) {
        let mut device = self.devices.remove(one).unwrap();
        talk(self.now, &mut device, self.devices.get_mut(other).unwrap());
        self.devices.insert(one.to_owned(), device);
    }

    /// Everybody meets everybody, until nobody learns anything more.
    pub fn all_meet(&mut self) {
        let names: Vec<String> = self.devices.keys().cloned().collect();
        for round in 0.. {
            assert!(round < 20, "they never stop having something to say");
            let before = self.said();
            for (at, one) in names.iter().enumerate() {
                for other in names.iter().skip(at + 1) {
                    self.meet(one, other);
                }
            }
            if self.said() == before {
                return;
            }
        }
    }

    /// How many statements each device has, in documents and carried.
    fn said(&self) -> Vec<usize> {
        let count = |device: &Replica| {
            let folds = device
                .documents()
                .into_iter()
                .filter_map(|d| device.fold(d));
            folds.map(|fold| fold.statements().len()).sum()
        };
        self.devices.values().map(count).collect()
    }

    /// The clock goes to a time of the office's wall clock, and these devices notice.
    pub fn clock(&mut self, time: &str, who: &[&str]) {
        self.now = instant(at(time));
        for name in who {
            let device = self.devices.get_mut(*name).unwrap();
            device.handle(self.now, Event::Tick).unwrap();
        }
    }

    /// A device's command.
    pub fn command(&mut self, name: &str, command: Command) -> Result<Outcome, Error> {
        let device = self.devices.get_mut(name).unwrap();
        let effects = device.handle(self.now, Event::Command(command))?;
        Ok(effects.outcome)
    }

    /// Hands things to a device, by whatever channel.
    pub fn take_in(&mut self, name: &str, incoming: Vec<Incoming>) {
        let device = self.devices.get_mut(name).unwrap();
        device.handle(self.now, Event::TakeIn(incoming)).unwrap();
    }

    /// A phone books one date that no rule forbids.
    pub fn booked(&mut self, name: &str, book: Book) -> BookingId {
        match self.command(name, Command::Book(book)).unwrap() {
            Outcome::Booked(booked) => booked
                .bookings()
                .next()
                .unwrap_or_else(|| panic!("refused: {booked:?}")),
            other => panic!("booking answered {other:?}"),
        }
    }

    /// How a phone sees one of its bookings.
    pub fn see(&self, name: &str, booking: BookingId) -> AgendaEntry {
        self.devices[name].booking(booking).unwrap()
    }

    /// One word and the place: `confirmed 1 10:00-11:00`, `waiting 2`.
    pub fn told(&self, name: &str, booking: BookingId) -> String {
        words(&self.see(name, booking).status)
    }

    /// Every device has the same picture.
    pub fn assert_agreed(&self) {
        self.assert_agreed_with(KIOSK);
    }

    /// Every device has the picture that this one has.
    pub fn assert_agreed_with(&self, steward: &str) {
        for (name, device) in &self.devices {
            assert_eq!(
                device.digest(),
                self.devices[steward].digest(),
                "{name} sees another picture"
            );
        }
    }
}

impl Default for Crew {
    fn default() -> Self {
        Self::new()
    }
}
