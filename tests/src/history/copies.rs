//! Random histories of people with several phones: backups that are restored, once or twice, phones that fall into the
//! water, and phones that are reported lost at a desk. Devices have disks, meet as they like, and book what others want.

mod act;
mod check;
mod desk;
mod parts;

use crate::chance::Chance;
use crate::fleet::Fleet;
use crate::sim::counts::Counts;
use allkontor_core::envelope::SignedEnvelope;
use allkontor_core::id::{PublicKey, StatementId, UnitId};
use allkontor_core::limits::MAX_LANES;
use allkontor_core::replica::{AgendaEntry, ticket_number};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Document, Keypair, Request, Role, Signed, Verified};
use allkontor_core::store::MemoryStore;
use allkontor_core::sync::qr::Backup;
use allkontor_core::sync::{Incoming, file};
use allkontor_core::time::Interval;
use allkontor_core::vault::Vault as _;
use std::collections::{BTreeMap, BTreeSet};

/// A history that goes on until [`rest`](History::rest), and what people and desks remember of it.
pub struct History {
    /// Everybody.
    pub fleet: Fleet,
    /// How often what is interesting happened.
    pub counts: Counts,
    chance: Chance,
    steps: usize,
    people: Vec<Person>,
    stewards: Vec<&'static str>,
    /// What phones' disks were once.
    disks: BTreeMap<String, MemoryStore>,
    authority: Vec<Verified>,
    /// Every confirmation that any device has ever shown to stand.
    promised: BTreeMap<StatementId, SlotKey>,
    /// What went on on a slip, with the booking of the slip.
    reissued: BTreeMap<SlotKey, SlotKey>,
    /// Suspensions that nobody has lifted.
    suspended: BTreeSet<StatementId>,
    story: Vec<String>,
}

/// Of a history that fails its story is told.
impl Drop for History {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.story.join("\n"));
        }
    }
}

/// Keys of one lane in one document: more than anybody is given tickets for in a history.
const KEYS: u32 = 24;

/// Nobody reports a phone before there is something to lose.
const QUIET: usize = 24;

/// A place and a time: no person asks for one twice.
type Wished = (UnitId, Interval);

/// Somebody, with phones that share their keys.
struct Person {
    name: &'static str,
    code: Option<Backup>,
    /// Phones that are not lost.
    phones: Vec<String>,
    /// How many phones they ever had.
    had: usize,
    /// Whether two phones may have gone by one lane.
    twins: bool,
    /// Whether their keys were reported lost.
    reported: bool,
    bookings: u32,
    /// Every wish, with the booking that it is of, numbered by this history.
    wishes: BTreeMap<Wished, u32>,
    /// Bookings that were withdrawn on some phone.
    cancelled: BTreeSet<u32>,
    /// Bookings that were asked to be elsewhere on some phone.
    changed: BTreeSet<u32>,
    /// Bookings that nobody but a lost phone knew of.
    forgotten: BTreeSet<u32>,
    /// The phone that asked for each booking first.
    maker: BTreeMap<u32, String>,
    /// Bookings that nothing was promised of when the phone that had asked for them was lost: nobody asks again when
    /// another phone in its lane asked for something else in their place.
    doubtful: BTreeSet<u32>,
    /// Every key that a ticket of theirs may be for.
    keys: BTreeSet<PublicKey>,
}

impl Person {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            code: None,
            phones: vec![name.to_owned()],
            had: 1,
            twins: false,
            reported: false,
            bookings: 0,
            wishes: BTreeMap::new(),
            cancelled: BTreeSet::new(),
            changed: BTreeSet::new(),
            forgotten: BTreeSet::new(),
            maker: BTreeMap::new(),
            doubtful: BTreeSet::new(),
            keys: BTreeSet::new(),
        }
    }

    /// Notes whose tickets are theirs.
    fn go_by(&mut self, seed: &[u8; 32]) {
        let seed = Keypair::from_seed(seed);
        let lines = parts::documents().flat_map(|of| (0..MAX_LANES).map(move |lane| (of, lane)));
        let numbers =
            lines.flat_map(|(of, lane)| (0..KEYS).map(move |index| ticket_number(of, lane, index)));
        let keys = numbers.map(|number| seed.derive("ticket", number).public());
        self.keys = keys.collect();
    }

    /// Whether they gave up what that request asks for.
    fn gave_up(&self, request: &Request) -> bool {
        let wish = &request.options[0][0];
        let of = self.wishes.get(&(wish.unit, wish.interval));
        of.is_some_and(|of| self.cancelled.contains(of) || self.changed.contains(of))
    }

    fn gave_up_any(&self) -> bool {
        !self.cancelled.is_empty() || !self.changed.is_empty()
    }

    /// The booking that an entry of the agenda is.
    fn booking(&self, entry: &AgendaEntry) -> u32 {
        let wish = &entry.wanted[0];
        self.wishes[&(wish.unit, wish.interval)]
    }
}

impl History {
    /// An office of one to three devices, and three people with a phone each. Two of them have written a code down.
    pub fn new(seed: u64) -> Self {
        let mut chance = Chance(seed);
        // Half of the offices have one device that decides everything.
        let alone = chance.below(2) == 0;
        let role = if alone { Role::Admin } else { Role::Kiosk };
        let mut fleet = Fleet::with(parts::parts(), role);
        let mut stewards = vec!["kiosk"];
        if !alone {
            fleet.steward("desk", Role::Staff, "kiosk");
            stewards.push("desk");
        }
        if !alone && chance.below(2) == 0 {
            fleet.steward("hub", Role::Hub, "kiosk");
            stewards.push("hub");
        }
        let mut people: Vec<Person> = ["anna", "bo", "cleo"].map(Person::new).into();
        for person in &mut people {
            let steward = chance.pick(&stewards);
            fleet.phone(person.name, steward);
            let vault = fleet.devices[person.name].vault.load().unwrap();
            person.go_by(&vault.unwrap().seed);
            if person.name != "cleo" {
                person.code = Some(fleet.on(person.name).backup().unwrap());
            }
        }
        fleet.all_meet();
        let authority = authority(&mut fleet);
        Self {
            fleet,
            counts: Counts::default(),
            chance,
            steps: 0,
            people,
            stewards,
            disks: BTreeMap::new(),
            authority,
            promised: BTreeMap::new(),
            reissued: BTreeMap::new(),
            suspended: BTreeSet::new(),
            story: Vec::new(),
        }
    }

    fn tell(&mut self, line: impl Into<String>) {
        self.story.push(line.into());
    }

    /// One thing happens. What must hold at any time is checked.
    pub fn step(&mut self) {
        self.steps += 1;
        match self.chance.below(100) {
            0..22 => self.book(),
            22..26 => self.propose(),
            26..33 => self.change(),
            33..38 => self.cancel(),
            38..41 => self.arrive(),
            41..46 => self.wait(),
            46..50 => self.back_up_or_restore(),
            50..52 => self.copy(),
            52..54 => self.lose(),
            54..56 => self.lose_database(),
            56..59 => self.reopen(),
            59..66 => self.hand_over_or_take_back(),
            66 => self.lift(),
            67..74 => self.phones_meet(),
            74..84 => self.stewards_meet(),
            _ => self.phone_meets_steward(),
        }
        if self.steps > QUIET && self.steps.is_multiple_of(8) {
            self.report_lost();
        }
        self.check();
    }

    /// Everything that a device knows, or has been told and carries.
    fn heap(&mut self, device: &str) -> Vec<Verified> {
        let picture = self.fleet.on(device).picture().unwrap();
        let folds = picture.documents().into_iter();
        let folds = folds.filter_map(|document| picture.fold(document));
        let said = folds.flat_map(|fold| fold.statements().values().cloned());
        self.authority.iter().cloned().chain(said).collect()
    }
}

/// What the admin has said: nothing more is, once everybody is there.
fn authority(fleet: &mut Fleet) -> Vec<Verified> {
    let now = fleet.now;
    let office = fleet.on("kiosk").office();
    let exported = fleet.on("kiosk").export_file(now).unwrap();
    let mut said = Vec::new();
    for incoming in file::import(&exported, Some(office)).unwrap() {
        let Incoming::Envelope(bytes) = incoming else {
            continue;
        };
        let envelope = SignedEnvelope::decode(&bytes).unwrap();
        if envelope.document() != Document::Authority {
            continue;
        }
        let envelope = envelope.verify().unwrap();
        for change in envelope.envelope().changes() {
            let statements = change.statements();
            said.extend(statements.map(|one| Signed::decode(one).unwrap().verify().unwrap()));
        }
    }
    said
}
