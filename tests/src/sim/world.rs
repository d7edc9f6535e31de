//! The simulated world: its devices, what lies between them, and what people remember.

use super::counts::Counts;
use super::machine::Plant;
use super::node::{Clock, Node, Part};
use super::office::catalogue;
use super::op::Who;
use super::plan::Plan;
use super::violation::Violation;
use super::wire::Link;
use allkontor_core::command::Founding;
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::{OfficeId, PublicKey};
use allkontor_core::replica::BookingId;
use allkontor_core::statement::{Document, Keypair, Role};
use allkontor_core::sync::qr::Slip;
use allkontor_core::time::{CivilMinute, DayStart, Interval, OfficeDay, Timestamp, Zone};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Files that people keep at a time.
const FILES: usize = 6;

/// Everything there is.
pub struct World {
    /// The time.
    pub now: Timestamp,
    /// The devices.
    pub nodes: BTreeMap<Who, Node>,
    /// Their office.
    pub office: OfficeId,
    /// How often what is interesting happened.
    pub counts: Counts,
    /// Devices that the event at hand has to do with.
    pub touched: BTreeSet<Who>,
    /// The times that each booking was asked for.
    pub asked: BTreeMap<(Who, BookingId), BTreeSet<Interval>>,
    /// Keys that sign what no honest device would, or that two devices sign with.
    pub faithless: BTreeSet<PublicKey>,
    /// Bookings that their owners have changed since they last looked.
    pub(super) changed: BTreeSet<(Who, BookingId)>,
    /// Devices whose disk has just gone back in time.
    pub(super) betrayed: Vec<Who>,
    /// What a copy of a device is called, if one can be made.
    pub(super) double: Option<&'static str>,
    pub(super) zone: Zone,
    pub(super) links: Vec<Link>,
    pub(super) islands: Option<u32>,
    pub(super) files: VecDeque<Vec<u8>>,
    pub(super) slips: Vec<Paper>,
}

/// A slip that somebody was given, and where its booking is filed.
pub(super) struct Paper {
    pub(super) slip: Slip,
    pub(super) document: Document,
}

impl World {
    /// Founds the office and gives everybody a device that knows it. Those in `absent` are left out.
    pub fn found(
        plan: &Plan,
        absent: &BTreeSet<Who>,
        plant: Option<Plant>,
    ) -> Result<Self, Violation> {
        let (mut nodes, mut double) = (BTreeMap::new(), None);
        let founding = Founding {
            catalogue: catalogue(plan.variant),
            day_start: DayStart::default(),
            role: Role::Kiosk,
            recovery_seed: [9; 32],
            salt: secret(plan.seed, "salt"),
        };
        let lost = |error: DeviceError| Violation::new("an office cannot be founded", error);
        let mut office = None;
        for (who, part, name) in plan
            .cast
            .members()
            .filter(|(who, ..)| !absent.contains(who))
        {
            if part == Part::Double {
                double = Some(name);
                continue;
            }
            let seed = secret(plan.seed, name);
            let node = match office {
                None => {
                    let machine = super::machine::Machine::with(plant);
                    let (store, vault) = machine.parts();
                    let device =
                        Device::found(store, vault, plan.start, seed, &founding).map_err(lost)?;
                    office = Some(device.office());
                    Node::founder(name, machine, seed, device)
                }
                Some(office) => Node::joined(name, part, seed, office, None).map_err(lost)?,
            };
            nodes.insert(who, node);
        }
        let zone =
            Zone::new("Europe/Stockholm").map_err(|e| Violation::new("there is no zone", e))?;
        Ok(Self {
            now: plan.start,
            nodes,
            office: office.ok_or(Violation::new(
                "an office cannot be founded",
                "nobody is there",
            ))?,
            counts: Counts::default(),
            touched: BTreeSet::new(),
            asked: BTreeMap::new(),
            faithless: BTreeSet::new(),
            changed: BTreeSet::new(),
            betrayed: Vec::new(),
            double,
            zone,
            links: Vec::new(),
            islands: None,
            files: VecDeque::new(),
            slips: Vec::new(),
        })
    }

    /// Lets a device do something. `may` are the errors that are expected of it, whatever its machine does.
    ///
    /// `None`: it is not there, or could not do it.
    pub(super) fn on<T>(
        &mut self,
        who: Who,
        may: &[&str],
        act: impl FnOnce(&mut Device, Timestamp) -> Result<T, DeviceError>,
    ) -> Result<Option<T>, Violation> {
        let Some(node) = self.nodes.get_mut(&who) else {
            return Ok(None);
        };
        let (now, name) = (node.now(self.now), node.name);
        let machine = node.machine.clone();
        let Some(device) = node.device().filter(|_| !machine.is_dead()) else {
            return Ok(None);
        };
        self.touched.insert(who);
        let troubled = machine.is_troubled();
        match act(device, now) {
            Ok(done) => Ok(Some(done)),
            Err(error) => {
                let code = error.code();
                let machines = ["store_failed", "disk_full", "vault_failed"];
                let excused = (troubled && machines.contains(&code)) || may.contains(&code);
                self.counts.add(code, 1);
                if excused {
                    return Ok(None);
                }
                let what = format!("{name}: {code}: {error}");
                Err(Violation::new("an error that nobody expected", what))
            }
        }
    }

    /// Power comes back wherever it was lost.
    pub(super) fn power_back(&mut self) -> Result<Vec<Who>, Violation> {
        let dead = |(who, node): (&Who, &Node)| node.machine.is_dead().then_some(*who);
        let dead: Vec<Who> = self.nodes.iter().filter_map(dead).collect();
        for who in &dead {
            self.counts.add("kills in a write", 1);
            self.reboot(*who)?;
        }
        Ok(dead)
    }

    pub(super) fn reboot(&mut self, who: Who) -> Result<(), Violation> {
        let Some(node) = self.nodes.get_mut(&who) else {
            return Ok(());
        };
        let found = node.reboot().map_err(|error| {
            Violation::new("a device does not open", format!("{}: {error}", node.name))
        })?;
        if found.betrayed {
            self.betrayed.push(who);
            self.counts.add("lost writes", 1);
        }
        self.touched.insert(who);
        self.links.retain(|link| !link.joins(who));
        Ok(())
    }

    /// Whether two devices are there and no water lies between them.
    pub(super) fn can_meet(&self, one: Who, other: Who) -> bool {
        let both = self.nodes.contains_key(&one) && self.nodes.contains_key(&other);
        let island = |who: Who| self.islands.map(|islands| islands >> (who % 32) & 1);
        both && one != other && island(one) == island(other)
    }

    /// What the office's wall clock shows.
    pub fn civil(&self) -> CivilMinute {
        self.zone.civil(self.now)
    }

    /// Today's ledger.
    pub(super) fn ledger(&self) -> Document {
        Document::ledger_of(OfficeDay::of(self.civil(), DayStart::default()))
    }

    pub(super) fn keep_file(&mut self, file: Vec<u8>) {
        if self.files.len() == FILES {
            self.files.pop_front();
        }
        self.files.push_back(file);
    }

    /// What a person remembers of bookings that their restored phone does not know.
    pub(super) fn forget_asked(&mut self, who: Who) -> Result<(), Violation> {
        let agenda = self
            .on(who, &[], |device, _| device.agenda())?
            .unwrap_or_default();
        let known: BTreeSet<BookingId> = agenda.iter().map(|entry| entry.booking).collect();
        self.asked
            .retain(|(of, booking), _| *of != who || known.contains(booking));
        Ok(())
    }

    pub(super) fn mend(&mut self) {
        self.islands = None;
        for node in self.nodes.values_mut() {
            node.machine.repair();
            node.clock = Clock::Right;
        }
    }
}

/// 32 bytes that nobody else has.
pub(super) fn secret(seed: u64, of: &str) -> [u8; 32] {
    let mut root = [0; 32];
    root[..8].copy_from_slice(&seed.to_be_bytes());
    Keypair::from_seed(&root).derive(of, 0).to_seed()
}
