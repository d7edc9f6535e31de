//! Random histories of what is known of people, and of how they are reached: said by devices that may, and by such as may not.

use crate::chance::Chance;
use crate::office::{Office, at, keypair};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::limits::{CONTACT_LENGTHS, SEAL_OVERHEAD, SEALED_KEY_BYTES};
use allkontor_core::statement::{
    Amend, Amendment, Body, Contact, Document, Ground, Introduce, KeyCopy, Retract, Role,
    RosterKey, SealedContact, Suspend, Verified,
};
use allkontor_core::time::{CivilMinute, DayStart, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

const ROLES: [Role; 5] = [
    Role::Staff,
    Role::Admin,
    Role::Kiosk,
    Role::Hub,
    Role::Staff,
];
const HOLDERS: u64 = 4;
const KEYS: u64 = 6;

/// A history in one document, and what the oracle needs to know of it.
#[derive(Debug)]
pub struct History {
    /// The office, with everything that was signed.
    pub office: Office,
    document: Document,
    cuts: BTreeMap<usize, Option<u32>>,
}

/// Whoever is spoken of.
pub fn holders() -> Vec<PublicKey> {
    (0..HOLDERS)
        .map(|n| keypair("holder", n).public())
        .collect()
}

impl History {
    /// So many things said in that document, a `people` or a `roster` one, from a seed.
    pub fn new(seed: u64, length: usize, document: Document) -> Self {
        let mut history = Self {
            office: Office::new(&ROLES).writing_in(document),
            document,
            cuts: BTreeMap::new(),
        };
        let mut chance = Chance(seed);
        for _ in 0..length {
            history.step(&mut chance);
        }
        history
    }

    fn step(&mut self, chance: &mut Chance) {
        let device = chance.below(ROLES.len());
        if chance.below(20) == 0 && self.cuts.len() < 2 && !self.cuts.contains_key(&device) {
            self.revoke(chance, device);
            return;
        }
        let holder = chance.pick(&holders());
        // Some minutes are the same, and some are of another month.
        let day = if chance.below(10) == 0 { 40 } else { 3 };
        let minute = at(day, chance.below(24) as i32);
        let body: Body = match (self.document, chance.below(8)) {
            (Document::Roster(_), ..4) => {
                let public = keypair("month", chance.below(KEYS as usize) as u64).public();
                let copies = chance.some(&self.devices(), 50);
                if copies.is_empty() {
                    return;
                }
                RosterKey { public, copies }.into()
            }
            (Document::Roster(_), _) => Contact {
                holder,
                key: keypair("month", chance.below(KEYS as usize) as u64).public(),
                sealed: SealedContact::new(&[7; CONTACT_LENGTHS[0] + SEAL_OVERHEAD]).unwrap(),
                minute,
            }
            .into(),
            (_, ..3) => {
                let introduced = self.office.said(|body| matches!(body, Body::Introduce(_)));
                let again = !introduced.is_empty() && chance.below(3) == 0;
                let first = again.then(|| chance.pick(&introduced));
                Introduce {
                    holder,
                    minute,
                    first,
                }
                .into()
            }
            (_, ..6) => Retract { holder, minute }.into(),
            (_, ..7) => {
                let from = OfficeDay::of(minute, DayStart::default());
                Suspend {
                    holder,
                    from,
                    until: from.plus(chance.below(9) as i32),
                    ground: Ground::Conduct,
                    minute,
                }
                .into()
            }
            _ => {
                let suspended = self.office.said(|body| matches!(body, Body::Suspend(_)));
                if suspended.is_empty() {
                    return;
                }
                let suspend = chance.pick(&suspended);
                let amendment = chance.pick(&[Amendment::Appealed, Amendment::Lifted]);
                Amend {
                    suspend,
                    amendment,
                    minute,
                }
                .into()
            }
        };
        self.office.say(device, body);
    }

    /// A copy for each device, in order, and for one that is none.
    fn devices(&self) -> Vec<KeyCopy> {
        let stranger = keypair("stranger", 0).public();
        let known = (0..ROLES.len()).map(|device| self.office.key(device));
        // The stranger is given one seldom: once is enough to spoil a key.
        let some = self.office.heap.len().is_multiple_of(9).then_some(stranger);
        let all: BTreeSet<PublicKey> = known.chain(some).collect();
        let sealed = [9; SEALED_KEY_BYTES];
        all.into_iter()
            .map(|device| KeyCopy { device, sealed })
            .collect()
    }

    /// Takes a device's certificate back, perhaps at less than it has said.
    fn revoke(&mut self, chance: &mut Chance, device: usize) {
        let (_, last) = self.office.revoke(device, chance.below(3), None);
        self.cuts.insert(device, last);
    }

    fn device_of(&self, statement: &Verified) -> Option<usize> {
        (0..ROLES.len()).find(|device| self.office.key(*device) == statement.signer())
    }

    /// What the devices of those roles said and was not cut off.
    fn counting(&self, roles: &[Role]) -> Vec<&Verified> {
        let heap = self.office.heap.iter();
        let counts = heap.filter(|one| {
            let Some(device) = self.device_of(one) else {
                return false;
            };
            let seq = one.header().link.map_or(0, |link| link.seq);
            let cut = self.cuts.get(&device);
            roles.contains(&ROLES[device])
                && cut.is_none_or(|cut| cut.is_some_and(|last| seq <= last))
        });
        counts.collect()
    }

    /// The last word on whether somebody was shown round: when, and whether it is taken back.
    pub fn introduction(&self, holder: PublicKey) -> Option<(CivilMinute, bool)> {
        let facts = self.counting(&[Role::Admin, Role::Staff, Role::Kiosk]);
        let retracted = facts.iter().filter_map(|one| match one.body() {
            Body::Retract(retract) if retract.holder == holder => Some((retract.minute, true)),
            _ => None,
        });
        let staff = self.counting(&[Role::Admin, Role::Staff]);
        let all = self.counting(&[Role::Admin, Role::Staff, Role::Kiosk, Role::Hub]);
        let again = all.iter().filter(|one| match one.body() {
            Body::Introduce(introduce) => introduce.first.is_some(),
            _ => false,
        });
        let introduced = staff
            .iter()
            .chain(again)
            .filter_map(|one| match one.body() {
                Body::Introduce(said) if said.holder == holder => Some((said.minute, false)),
                _ => None,
            });
        retracted.chain(introduced).max()
    }

    /// The key that is sealed to.
    pub fn key_in_force(&self) -> Option<PublicKey> {
        let good = |key: &PublicKey| {
            let device = (0..ROLES.len()).find(|device| self.office.key(*device) == *key);
            device.is_some_and(|device| {
                matches!(ROLES[device], Role::Admin | Role::Staff)
                    && !self.cuts.contains_key(&device)
            })
        };
        let mut known: BTreeMap<PublicKey, bool> = BTreeMap::new();
        for one in &self.office.heap {
            let is_reader = self
                .device_of(one)
                .is_some_and(|device| matches!(ROLES[device], Role::Admin | Role::Staff));
            if let (Body::RosterKey(key), true) = (one.body(), is_reader) {
                let all = key.copies.iter().all(|copy| good(&copy.device));
                *known.entry(key.public).or_insert(true) &= all && good(&one.signer());
            }
        }
        known
            .into_iter()
            .find(|(_, good)| *good)
            .map(|(key, _)| key)
    }

    /// What was written of a holder and counts, in order.
    pub fn written(&self, holder: PublicKey) -> Vec<StatementId> {
        let facts = self
            .counting(&[Role::Admin, Role::Staff, Role::Kiosk])
            .into_iter();
        let mut written: Vec<(CivilMinute, StatementId)> = facts
            .filter_map(|one| match one.body() {
                Body::Contact(contact) if contact.holder == holder => {
                    Some((contact.minute, one.id()))
                }
                _ => None,
            })
            .filter(|(minute, _)| *minute < at(30, 0))
            .collect();
        written.sort_unstable();
        written.into_iter().map(|(_, id)| id).collect()
    }
}
