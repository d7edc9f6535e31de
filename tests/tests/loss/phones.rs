//! One person with several phones that book, change and cancel without hearing of one another: whatever they asked for is
//! there in the end, or was taken back by somebody, and all of them see the same.

mod stories;

use allkontor_core::command::Book;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{AgendaEntry, BookingId};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Document, Role};
use allkontor_core::time::{CivilMinute, Interval, Month};
use allkontor_core::view::Stage;
use allkontor_tests::chance::Chance;
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{ROOM, parts, span, words};
use std::collections::{BTreeMap, BTreeSet};

const DECEMBER: u32 = 12;

/// The `n`th hour that nobody has asked for: no two wishes of a run are in each other's way.
fn hour(n: u32) -> Book {
    let (unit, day, hour) = (1 + n % 3, 3 + n / 30, 8 + n / 3 % 10);
    let minute = |hour| CivilMinute::from_ymd_hm(2026, DECEMBER, day, hour, 0).unwrap();
    Book::unit(
        UnitId(unit),
        Interval::new(minute(hour), minute(hour + 1)).unwrap(),
    )
    .exactly()
}

type Wish = (UnitId, Interval);

/// What is wanted, told by places and hours alone: nothing of tickets, slots and lanes.
#[derive(Default)]
struct Oracle {
    asked: u32,
    /// Every wish that there ever was, with the booking that it is of, numbered by this oracle.
    wishes: BTreeMap<Wish, u32>,
    bookings: u32,
    cancelled: BTreeSet<u32>,
    changed: BTreeSet<u32>,
}

impl Oracle {
    fn next(&mut self) -> (Book, Wish) {
        let book = hour(self.asked);
        self.asked += 1;
        let wish = match book.what() {
            allkontor_core::command::What::Unit(unit) => (unit, book.dates()[0]),
            other => panic!("{other:?}"),
        };
        (book, wish)
    }

    fn of(&self, entry: &AgendaEntry) -> u32 {
        let wish = entry.wanted[0];
        self.wishes[&(wish.unit, wish.interval)]
    }
}

/// What happened often enough to mean something.
#[derive(Debug, Default)]
struct Seen {
    confirmed: usize,
    changed: usize,
    cancelled: usize,
    moved: usize,
}

struct Run {
    fleet: Fleet,
    oracle: Oracle,
    phones: Vec<&'static str>,
    stewards: Vec<&'static str>,
}

impl Run {
    fn new(restored: &[&'static str], stewards: &[&'static str]) -> Self {
        let mut fleet = Fleet::new();
        for steward in &stewards[1..] {
            fleet.steward(steward, Role::Staff, "kiosk");
        }
        fleet.phone("anna", "kiosk");
        let code = fleet.on("anna").backup().unwrap();
        let mut run = Self {
            fleet,
            oracle: Oracle::default(),
            phones: vec!["anna"],
            stewards: stewards.to_vec(),
        };
        for name in restored {
            run.fleet.restored(name, &code);
            run.fleet.meet_twice(name, "kiosk");
            run.phones.push(name);
        }
        run
    }

    /// The phone is lost, and two new ones go by one lane and the same tickets, and know nothing of each other.
    fn twins(copied: bool) -> Self {
        let mut run = Self::new(&[], &["kiosk"]);
        run.fleet.phone("bo", "kiosk");
        let code = run.fleet.on("anna").backup().unwrap();
        run.fleet.devices.remove("anna");
        run.fleet.restored("one", &code);
        // Of the office they hear from a stranger, so both order under the same keys.
        run.fleet.meet("one", "bo");
        let other = run.fleet.devices["one"].copy();
        run.fleet.meet_twice("one", "kiosk");
        let other = match copied {
            true => run.fleet.devices["one"].copy(),
            false => other,
        };
        run.fleet.devices.insert("other".to_owned(), other);
        run.phones = vec!["one", "other"];
        run
    }

    fn book(&mut self, name: &str) {
        let (book, wish) = self.oracle.next();
        self.fleet.booked(name, book);
        self.oracle.wishes.insert(wish, self.oracle.bookings);
        self.oracle.bookings += 1;
    }

    fn open(&mut self, name: &str) -> Vec<(BookingId, u32)> {
        let entries = self.fleet.on(name).agenda().unwrap().into_iter();
        let stands = |stage: &Stage| stage.is_open() || matches!(stage, Stage::Confirmed { .. });
        let open = entries.filter(|entry| stands(&entry.status.stage));
        open.map(|entry| (entry.booking, self.oracle.of(&entry)))
            .collect()
    }

    fn step(&mut self, chance: &mut Chance) {
        let name = chance.pick(&self.phones);
        let now = self.fleet.now;
        match chance.below(8) {
            0..=2 => self.book(name),
            3 => {
                let open = self.open(name);
                if !open.is_empty() {
                    let (booking, of) = chance.pick(&open);
                    let (book, wish) = self.oracle.next();
                    if self.fleet.on(name).move_to(now, booking, book).is_ok() {
                        self.oracle.wishes.insert(wish, of);
                        self.oracle.changed.insert(of);
                    }
                }
            }
            4 => {
                let open = self.open(name);
                if !open.is_empty() {
                    let (booking, of) = chance.pick(&open);
                    if self.fleet.on(name).cancel(now, booking).is_ok() {
                        self.oracle.cancelled.insert(of);
                    }
                }
            }
            5 if self.phones.len() > 1 => {
                let other = chance.pick(&self.phones);
                if other != name {
                    self.fleet.meet(name, other);
                }
            }
            6 => self.fleet.devices.get_mut(name).unwrap().reopen(),
            _ => {
                let steward = chance.pick(&self.stewards);
                self.fleet.meet(name, steward);
            }
        }
    }

    /// A week and a day later tickets have come for everything; everybody has heard of everything.
    fn settle(&mut self) {
        for _ in 0..2 {
            self.fleet.all_meet();
            self.fleet.now.0 += 4 * 24 * 3600 + 3600;
            let now = self.fleet.now;
            for steward in &self.stewards {
                self.fleet.on(steward).confirm_clock(now).unwrap();
                self.fleet.on(steward).tick(now).unwrap();
            }
            self.fleet.all_meet();
        }
        self.fleet.all_meet();
    }

    fn agenda(&mut self, name: &str) -> BTreeMap<SlotKey, (String, u32)> {
        let entries = self.fleet.on(name).agenda().unwrap().into_iter();
        // What was withdrawn before it had a ticket nobody else has heard of.
        let said = entries.filter(|one| one.key.is_some() || one.status.stage != Stage::Cancelled);
        let told = said.map(|entry| {
            let key = entry
                .key
                .unwrap_or_else(|| panic!("{name} still waits: {entry:?}"));
            (key, (words(&entry.status), self.oracle.of(&entry)))
        });
        told.collect()
    }

    /// `twice`: whether a booking may stand twice, because two phones in one lane changed what was in one slot.
    fn check(&mut self, seed: u64, twice: bool, seen: &mut Seen) {
        let views: Vec<_> = self
            .phones
            .clone()
            .iter()
            .map(|name| self.agenda(name))
            .collect();
        assert!(
            views.iter().all(|view| *view == views[0]),
            "seed {seed}: {views:#?}"
        );
        self.fleet.assert_agreed_with("kiosk");
        let mut standing: BTreeMap<u32, usize> = BTreeMap::new();
        for (told, of) in views[0].values() {
            if told.starts_with("confirmed") {
                *standing.entry(*of).or_default() += 1;
            }
        }
        for booking in 0..self.oracle.bookings {
            let stands = standing.get(&booking).copied().unwrap_or_default();
            let cancelled = self.oracle.cancelled.contains(&booking);
            let changed = self.oracle.changed.contains(&booking);
            let told = &views[0];
            let most = if twice { 2 } else { 1 };
            assert!(
                stands <= most,
                "seed {seed}: {booking} stands {stands} times: {told:#?}"
            );
            assert!(
                stands > 0 || cancelled,
                "seed {seed}: {booking} is gone unsaid: {told:#?}"
            );
            // What was withdrawn on one phone stands only if it was changed on another.
            assert!(
                stands == 0 || !cancelled || changed || twice,
                "seed {seed}: {booking}"
            );
            seen.confirmed += stands;
            seen.changed += usize::from(changed && stands > 0);
            seen.cancelled += usize::from(cancelled && stands == 0);
        }
        for name in self.phones.clone() {
            seen.moved += usize::from(self.fleet.on(name).own_keys().unwrap().moved);
        }
    }

    /// How many slots of tickets this person ever had at hand at one time, in one month.
    fn most_slots(&mut self) -> u32 {
        let month = Document::Ledger(Month::new(2026, DECEMBER).unwrap());
        let picture = self.fleet.on("kiosk").picture().unwrap();
        let Some(fold) = picture.fold(month) else {
            return 0;
        };
        let mut slots = BTreeMap::<CivilMinute, u32>::new();
        for record in fold.resolved().tickets.values() {
            *slots.entry(record.ticket.expires).or_default() += u32::from(record.ticket.slots);
        }
        slots.values().copied().max().unwrap_or_default()
    }
}

#[test]
fn b7_two_phones_of_one_person_lose_nothing_whatever_they_do_without_hearing_of_one_another() {
    let mut seen = Seen::default();
    for seed in 0..12 {
        let mut chance = Chance(seed);
        let mut run = Run::new(&["tablet-at-home"], &["kiosk", "desk"]);
        for _ in 0..24 {
            run.step(&mut chance);
        }
        run.settle();
        run.check(seed, false, &mut seen);
        assert!(
            run.most_slots() <= 24 + 8,
            "seed {seed}: {}",
            run.most_slots()
        );
    }
    assert_eq!(seen.moved, 0, "their lanes are their own");
    assert!(
        seen.confirmed > 30 && seen.changed > 5 && seen.cancelled > 5,
        "{seen:?}"
    );
}

#[test]
fn b7_one_backup_restored_twice_is_found_out_and_nothing_is_lost() {
    let mut seen = Seen::default();
    for seed in 0..12 {
        let mut chance = Chance(seed);
        let mut run = Run::twins(seed % 2 == 0);
        for _ in 0..20 {
            run.step(&mut chance);
        }
        run.settle();
        run.check(seed, true, &mut seen);
    }
    assert!(seen.moved > 6, "{seen:?}");
    assert!(
        seen.confirmed > 30 && seen.changed > 5 && seen.cancelled > 5,
        "{seen:?}"
    );
}

#[test]
fn b8_two_phones_have_one_share() {
    let mut parts = parts();
    parts.classes.get_mut(&ROOM).unwrap().rules.limits.at_once = Some(3);
    let mut fleet = Fleet::with(parts, Role::Kiosk);
    fleet.phone("anna", "kiosk");
    let code = fleet.on("anna").backup().unwrap();
    fleet.restored("other", &code);
    fleet.meet_twice("other", "kiosk");
    let mut all = Vec::new();
    for (n, name) in ["anna", "other", "anna", "other"].into_iter().enumerate() {
        let time = format!("24T{}:00-{}:00", 10 + n, 11 + n);
        let book = Book::unit(UnitId(1), span(&time)).exactly();
        all.push((name, fleet.booked(name, book)));
    }
    for _ in 0..2 {
        fleet.meet_twice("anna", "kiosk");
        fleet.meet_twice("other", "kiosk");
    }
    let told: Vec<String> = all
        .iter()
        .map(|(name, booking)| fleet.told(name, *booking))
        .collect();
    let confirmed = told
        .iter()
        .filter(|told| told.starts_with("confirmed"))
        .count();
    assert_eq!(confirmed, 3, "{told:?}");
    assert_eq!(
        told.iter()
            .filter(|told| *told == "declined: limit")
            .count(),
        1,
        "{told:?}"
    );
}
