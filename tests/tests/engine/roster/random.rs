//! Whatever is certified, revoked, written and met in whatever order: who reads what.

use super::{house, read, replace, roster, staff, thief, write};
use allkontor_core::error::Error;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::replica::{Command, Replica};
use allkontor_core::resolve::Authority;
use allkontor_core::statement::{Body, Role, Verified};
use allkontor_core::time::OfficeDay;
use allkontor_tests::chance::Chance;
use allkontor_tests::crew::{Crew, KIOSK, keypair};
use std::collections::{BTreeMap, BTreeSet};

const FRONT: &str = "front";
const HALL: &str = "hall";
const HUB: &str = "hub";
const HOLDERS: [PublicKey; 3] = [PublicKey([1; 32]), PublicKey([2; 32]), PublicKey([3; 32])];

#[derive(Debug, Default)]
struct Seen {
    written: usize,
    refused: usize,
    hidden: usize,
    certified: usize,
    revoked: usize,
    replaced_keys: usize,
    withheld: usize,
    given_later: usize,
    dropped: usize,
}

/// Where a device's `Revoke` stands in the admin chain, if it has one.
fn revoked_at(authority: &Authority, device: &PublicKey) -> Option<u32> {
    let revoked = authority.device(device)?.revoked.as_ref()?;
    authority.applied().get(&revoked.id).copied()
}

/// How much of the admin chain the author of a statement knew.
fn knew(authority: &Authority, statement: &Verified) -> u32 {
    let auth = statement.header().link.unwrap().auth.unwrap();
    authority.applied()[&auth]
}

/// The readers of each key, by everything that was said of it; counted here, statement by statement.
fn readers(all: &[Verified]) -> BTreeMap<PublicKey, BTreeSet<PublicKey>> {
    let mut readers: BTreeMap<PublicKey, BTreeSet<PublicKey>> = BTreeMap::new();
    for statement in all {
        if let Body::RosterKey(key) = statement.body() {
            let of_key = readers.entry(key.public).or_default();
            of_key.insert(statement.signer());
            of_key.extend(key.copies.iter().map(|copy| copy.device));
        }
    }
    readers
}

struct Office {
    crew: Crew,
    staff: Vec<String>,
    revoked: Vec<String>,
    texts: BTreeMap<StatementId, String>,
}

impl Office {
    fn names(&self) -> Vec<&str> {
        let staff = self.staff.iter().map(String::as_str);
        let all = [KIOSK, FRONT, HALL, HUB].into_iter().chain(staff);
        all.filter(|name| !self.revoked.iter().any(|gone| gone == name))
            .collect()
    }

    /// Everybody meets the admin's device, so many times.
    fn meet_the_admin(&mut self, times: usize) {
        let names: Vec<String> = self.names().into_iter().map(str::to_owned).collect();
        for _ in 0..times {
            for name in names.iter().filter(|name| *name != KIOSK) {
                self.crew.meet(name, KIOSK);
            }
        }
    }

    fn certify(&mut self, seen: &mut Seen) {
        let name = format!("staff {}", self.staff.len());
        staff(&mut self.crew, &name);
        self.staff.push(name);
        seen.certified += 1;
    }

    fn write(&mut self, device: &str, holder: PublicKey, text: &str, seen: &mut Seen) {
        let ids = |replica: &Replica| -> BTreeSet<StatementId> {
            let all = thief::rosters(replica).into_iter();
            let contacts = all.filter(|one| matches!(one.body(), Body::Contact(_)));
            contacts.map(|statement| statement.id()).collect()
        };
        let before = ids(&self.crew.devices[device]);
        let written = write(&mut self.crew, device, holder, text);
        let replica = &self.crew.devices[device];
        let after = ids(replica);
        let fresh: Vec<StatementId> = after.difference(&before).copied().collect();
        if let Err(Error::Roster(_)) = written {
            assert!(fresh.is_empty());
            seen.refused += 1;
            return;
        }
        written.unwrap();
        assert_eq!(fresh.len(), 1);
        self.texts.insert(fresh[0], text.to_owned());
        // Sealed to a key that nobody has, as far as is known there, but who reads the roster there and then.
        let all = thief::rosters(replica);
        let body = all.iter().find(|one| one.id() == fresh[0]).unwrap().body();
        let Body::Contact(contact) = body else {
            panic!()
        };
        let authority = replica.authority().unwrap();
        for reader in &readers(&all)[&contact.key] {
            let known = authority.device(reader).unwrap();
            assert!(matches!(known.role, Role::Admin | Role::Staff));
            assert_eq!(known.revoked, None, "an old key is written to");
        }
        seen.written += 1;
        seen.hidden += usize::from(text.is_empty());
    }

    /// What counts of a holder, the slow way: of what stands the last, unless it hides.
    fn expected(&self, all: &[Verified], holder: PublicKey) -> Vec<String> {
        let authority = self.crew.devices[KIOSK].authority().unwrap();
        let stands = |statement: &&Verified| {
            let device = authority.device(&statement.signer()).unwrap();
            let seq = statement.header().link.unwrap().seq;
            device.revoked.as_ref().is_none_or(|revoked| {
                let cut = revoked.cuts.get(&statement.header().document);
                cut.is_some_and(|cut| seq <= cut.seq)
            })
        };
        let mut said: Vec<_> = all
            .iter()
            .filter(stands)
            .filter_map(|statement| match statement.body() {
                Body::Contact(contact) if contact.holder == holder => {
                    Some((contact.minute, statement.id()))
                }
                _ => None,
            })
            .collect();
        said.sort_unstable();
        let texts = said.iter().rev().map(|(_, id)| self.texts[id].clone());
        texts.take_while(|text| !text.is_empty()).collect()
    }
}

fn one_of(chance: &mut Chance, names: &[String]) -> String {
    names[chance.below(names.len())].clone()
}

fn live(seed: u64, seen: &mut Seen) {
    let mut chance = Chance(seed);
    let mut office = Office {
        crew: Crew::with(house(), Role::Admin, "2026-11-23T08:00"),
        staff: Vec::new(),
        revoked: Vec::new(),
        texts: BTreeMap::new(),
    };
    for (name, role) in [(FRONT, Role::Kiosk), (HALL, Role::Kiosk), (HUB, Role::Hub)] {
        office.crew.steward(name, role);
    }
    office.certify(seen);
    for step in 0..32_u32 {
        let names: Vec<String> = office.names().into_iter().map(str::to_owned).collect();
        let one = one_of(&mut chance, &names);
        match chance.below(12) {
            0 if office.staff.len() < 5 => office.certify(seen),
            1 if office.staff.len() > 1 => {
                let gone = one_of(&mut chance, &office.staff);
                if !office.revoked.contains(&gone) {
                    replace(&mut office.crew, &gone);
                    office.revoked.push(gone);
                    seen.revoked += 1;
                }
            }
            2 => {
                office.crew.now.0 += 5 * 3_600;
                for name in &names {
                    office.crew.command(name, Command::ConfirmClock).unwrap();
                }
            }
            3..=6 if one != HUB => {
                let holder = chance.pick(&HOLDERS);
                let text = if chance.below(6) == 0 {
                    String::new()
                } else {
                    format!("text {step}")
                };
                office.write(&one, holder, &text, seen);
            }
            _ => {
                let other = one_of(&mut chance, &names);
                if one != other {
                    office.crew.meet(&one, &other);
                }
            }
        }
    }
    let frozen: BTreeMap<String, Replica> = office
        .revoked
        .iter()
        .map(|name| (name.clone(), office.crew.devices.remove(name).unwrap()))
        .collect();
    // So often that whoever had keys to give has heard of all who lack them, and all have heard of what was given.
    office.meet_the_admin(3);
    judge(seed, &office, &frozen, seen);
    let first = OfficeDay::from_ymd(2026, 12, 1).unwrap();
    office.crew.clock("2026-12-01T08:00", &[KIOSK]);
    office
        .crew
        .command(KIOSK, Command::DropBefore(first))
        .unwrap();
    office.meet_the_admin(1);
    for name in office.names() {
        let documents = office.crew.devices[name].documents();
        assert!(
            !documents.contains(&roster(2026, 11)),
            "seed {seed}: {name}"
        );
        if name == KIOSK {
            let left: Vec<_> = HOLDERS
                .map(|holder| read(&office.crew, name, holder))
                .concat();
            assert!(left.is_empty(), "seed {seed}: {left:?}");
        }
    }
    seen.dropped += 1;
}

fn judge(seed: u64, office: &Office, frozen: &BTreeMap<String, Replica>, seen: &mut Seen) {
    let world = &office.crew.devices[KIOSK];
    let (all, authority) = (thief::rosters(world), world.authority().unwrap());
    // Copies are for those who may read, as far as their author knew.
    for statement in &all {
        let Body::RosterKey(key) = statement.body() else {
            continue;
        };
        for copy in &key.copies {
            let role = authority.device(&copy.device).unwrap().role;
            assert!(
                matches!(role, Role::Admin | Role::Staff),
                "seed {seed}: a {role:?} has a copy"
            );
            let revoked = revoked_at(authority, &copy.device);
            let unheard = revoked.is_none_or(|revoked| revoked > knew(authority, statement));
            assert!(unheard, "seed {seed}: a revoked device was given a copy");
        }
    }
    // Who was revoked opens nothing under a key that was made by somebody who knew of it.
    let mut made: BTreeMap<PublicKey, u32> = BTreeMap::new();
    for statement in &all {
        if let Body::RosterKey(key) = statement.body() {
            let first = made.entry(key.public).or_insert(u32::MAX);
            *first = knew(authority, statement).min(*first);
        }
    }
    seen.replaced_keys += made.len().saturating_sub(1);
    for (name, then) in frozen {
        let opened = thief::opens(&keypair(name), then, world);
        let revoked = revoked_at(authority, &then.public_key()).unwrap();
        for statement in &all {
            let Body::Contact(contact) = statement.body() else {
                continue;
            };
            if made[&contact.key] >= revoked {
                assert!(
                    !opened.contains(&statement.id()),
                    "seed {seed}: {name} opens what came after"
                );
                seen.withheld += 1;
            }
        }
    }
    // Kiosks and hubs open nothing, with every byte there is.
    for name in [FRONT, HALL, HUB] {
        let opened = thief::opens(&keypair(name), world, world);
        assert!(opened.is_empty(), "seed {seed}: {name} opens {opened:?}");
    }
    // The staff agree, on what counting again gives.
    for name in office.names() {
        let device = &office.crew.devices[name];
        let (Role::Admin | Role::Staff) = authority.device(&device.public_key()).unwrap().role
        else {
            let refused = device.person(&HOLDERS[0]);
            assert!(matches!(refused, Err(Error::StaffOnly { .. })));
            continue;
        };
        for holder in HOLDERS {
            let expected = office.expected(&all, holder);
            assert_eq!(
                read(&office.crew, name, holder),
                expected,
                "seed {seed}: {name}"
            );
            seen.given_later += usize::from(name != KIOSK && !expected.is_empty());
        }
    }
}

#[test]
fn d3_who_reads_what_whatever_is_certified_revoked_written_and_met_in_whatever_order() {
    let mut seen = Seen::default();
    for seed in 0..10 {
        live(seed, &mut seen);
    }
    println!("{seen:?}");
    assert!(
        seen.written > 50 && seen.refused > 3 && seen.hidden > 5,
        "{seen:?}"
    );
    assert!(seen.certified > 20 && seen.revoked > 5, "{seen:?}");
    assert!(seen.replaced_keys > 10 && seen.withheld > 5, "{seen:?}");
    assert!(seen.given_later > 30 && seen.dropped == 10, "{seen:?}");
}
