//! Offices at random: several stewards, phones, meetings and clocks, and what must hold whatever happens.

use allkontor_core::command::{Book, Close};
use allkontor_core::id::{StatementId, UnitId};
use allkontor_core::replica::{BookingId, Command};
use allkontor_core::resolve::{ConfirmState, Fold};
use allkontor_core::statement::{Body, Cause, Role};
use allkontor_core::time::Interval;
use allkontor_core::view::Awaits;
use allkontor_tests::chance::Chance;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{DESK, HALL, ROOM, at, parts};
use std::collections::{BTreeMap, BTreeSet};

const PHONES: [&str; 4] = ["anna", "bo", "cleo", "dan"];

struct Play {
    crew: Crew,
    chance: Chance,
    bookings: Vec<(&'static str, BookingId)>,
    /// Confirmations that some device has shown as standing.
    promised: BTreeSet<StatementId>,
    counts: BTreeMap<&'static str, usize>,
}

impl Play {
    fn new(seed: u64) -> Self {
        let mut chance = Chance(seed);
        let founder = [Role::Kiosk, Role::Admin, Role::Staff][chance.below(3)];
        let mut crew = Crew::with(parts(), founder, "2026-11-24T08:00");
        crew.steward("tablet", Role::Staff);
        if chance.below(2) == 0 {
            crew.steward("hub", Role::Hub);
        }
        for (number, phone) in PHONES.into_iter().enumerate() {
            crew.phone(phone, if number % 2 == 0 { KIOSK } else { "tablet" });
        }
        Self {
            crew,
            chance,
            bookings: Vec::new(),
            promised: BTreeSet::new(),
            counts: BTreeMap::new(),
        }
    }

    fn names(&self) -> Vec<String> {
        self.crew.devices.keys().cloned().collect()
    }

    fn stewards(&self) -> Vec<String> {
        let devices = self.crew.devices.iter();
        let deciding = devices.filter(|(_, device)| device.standing().decides());
        deciding.map(|(name, _)| name.clone()).collect()
    }

    fn wish(&mut self) -> Book {
        let day = 24 + self.chance.below(6);
        let start = 9 + self.chance.below(9);
        let minute = [0, 30][self.chance.below(2)];
        let start = at(&format!("2026-11-{day}T{start:02}:{minute:02}"));
        let long = 30 * (1 + self.chance.below(4)) as i32;
        let when = Interval::new(start, start.plus(long).unwrap()).unwrap();
        match self.chance.below(6) {
            0 | 1 => Book::unit(UnitId(1 + self.chance.below(3) as u32), when),
            2 => Book::unit(UnitId(1 + self.chance.below(3) as u32), when).exactly(),
            3 => Book::places(DESK, 1 + self.chance.below(4) as u16, when),
            4 => Book::places(ROOM, 1 + self.chance.below(3) as u16, when),
            _ => Book::together(HALL, when),
        }
    }

    fn step(&mut self) {
        match self.chance.below(20) {
            0..=5 => {
                let phone = PHONES[self.chance.below(PHONES.len())];
                let book = self.wish();
                if let Ok(allkontor_core::replica::Outcome::Booked(booked)) =
                    self.crew.command(phone, Command::Book(book))
                {
                    self.bookings
                        .extend(booked.bookings().map(|booking| (phone, booking)));
                }
            }
            6 | 7 if !self.bookings.is_empty() => {
                let (phone, booking) = self.bookings[self.chance.below(self.bookings.len())];
                let command = match self.chance.below(3) {
                    0 => Command::Cancel(booking),
                    1 => Command::Arrive(booking),
                    _ => Command::Move {
                        booking,
                        to: self.wish(),
                    },
                };
                // Refused when it is over or another month's: that is an answer too.
                let _ = self.crew.command(phone, command);
            }
            8 => {
                let minutes = [5, 20, 90, 600][self.chance.below(4)];
                self.crew.now = self.crew.now.plus_minutes(minutes);
                for name in self.stewards() {
                    if self.chance.below(3) > 0 {
                        self.tick(&name);
                    }
                }
            }
            9 if self.chance.below(4) == 0 => {
                let stewards = self.stewards();
                let name = stewards[self.chance.below(stewards.len())].clone();
                let start = self.crew.devices[KIOSK].civil(self.crew.now).unwrap();
                let close = Close {
                    units: vec![UnitId(1 + self.chance.below(3) as u32)],
                    interval: Interval::new(start, start.plus(240).unwrap()).unwrap(),
                    cause: Cause::Closed,
                };
                let _ = self.crew.command(&name, Command::Close(close));
            }
            10 if self.chance.below(6) == 0 && !self.crew.devices.contains_key("screen") => {
                self.crew.join("screen");
                let (device, role) = (self.crew.key("screen"), Role::Kiosk);
                self.crew
                    .command(KIOSK, Command::Certify { device, role })
                    .unwrap();
            }
            _ => {
                let names = self.names();
                let one = self.chance.below(names.len());
                let other = self.chance.below(names.len());
                if one != other {
                    self.crew.meet(&names[one], &names[other]);
                }
            }
        }
        self.check();
    }

    fn tick(&mut self, name: &str) {
        let now = self.crew.now;
        let device = self.crew.devices.get_mut(name).unwrap();
        device
            .handle(now, allkontor_core::replica::Event::Tick)
            .unwrap();
    }

    /// What holds at every moment, on every device.
    fn check(&mut self) {
        for (name, device) in &self.crew.devices {
            for document in device.documents() {
                let fold = device.fold(document).unwrap();
                let resolved = fold.resolved();
                assert!(
                    resolved.void.is_empty(),
                    "{name}: an honest steward signed what is void"
                );
                assert!(
                    resolved.forks.is_empty(),
                    "{name}: an honest steward forked"
                );
                for (id, confirmation) in &resolved.confirmations {
                    if confirmation.state.stands() {
                        self.promised.insert(*id);
                        let custody = |cell| fold.custodian(cell).map(|holding| holding.device());
                        let holders: BTreeSet<_> = confirmation
                            .holds
                            .iter()
                            .map(|p| custody(&p.cell))
                            .collect();
                        assert_eq!(holders.len(), 1, "{name}: {id} is split");
                    }
                }
                assert_no_overlap(name, fold);
            }
        }
    }

    /// What holds when everybody has met everybody.
    fn settle(&mut self) {
        for name in self.stewards() {
            self.tick(&name);
        }
        self.crew.all_meet();
        self.check();
        self.crew.assert_agreed();
        let kiosk = &self.crew.devices[KIOSK];
        let minute = kiosk.civil(self.crew.now).unwrap();
        let mut states: BTreeMap<StatementId, ConfirmState> = BTreeMap::new();
        for document in kiosk.documents() {
            let fold = kiosk.fold(document).unwrap();
            for (id, confirmation) in &fold.resolved().confirmations {
                states.insert(*id, confirmation.state);
            }
            for cell in fold.resolved().custody.keys() {
                assert!(fold.times_given(cell) <= 8, "{cell:?} wanders");
            }
            let forecast = kiosk.forecast(document).unwrap();
            for (key, outlook) in forecast.outlooks() {
                let start = outlook
                    .place
                    .holds()
                    .iter()
                    .map(|hold| hold.interval().start());
                if start.min().is_some_and(|start| start > minute) {
                    let why = kiosk.explain_slot(document, key, self.crew.now).unwrap();
                    panic!("nobody decides about {key:?}, which has a place: {why:#?}");
                }
                let why = kiosk.explain_slot(document, key, self.crew.now).unwrap();
                assert!(
                    why.awaits.is_some() && !matches!(why.awaits, Some(Awaits::Nobody)),
                    "{key:?} waits for nothing that anybody can name"
                );
            }
            for statement in fold.statements().values() {
                let kind = match statement.body() {
                    Body::Give(_) => "gives",
                    Body::Take(_) => "takes",
                    Body::Pass(_) => "passes",
                    Body::Confirm(confirm) if confirm.ends.is_some() => "moves",
                    Body::Confirm(_) => "confirms",
                    Body::Release(_) => "releases",
                    Body::Occupy(_) => "occupations",
                    _ => continue,
                };
                *self.counts.entry(kind).or_default() += 1;
            }
        }
        for id in &self.promised {
            assert!(
                states.contains_key(id),
                "{id} was confirmed and is void or gone"
            );
        }
    }
}

fn assert_no_overlap(name: &str, fold: &Fold) {
    let standing: Vec<_> = fold
        .standing()
        .flat_map(|(id, confirmation)| confirmation.holds.iter().map(move |p| (id, p)))
        .collect();
    for (index, (id, placed)) in standing.iter().enumerate() {
        for (other, beside) in &standing[index + 1..] {
            let clash = placed.cell == beside.cell && placed.occupied.overlaps(beside.occupied);
            assert!(!clash || id == other, "{name}: {id} and {other} overlap");
        }
    }
}

#[test]
fn whatever_the_devices_of_an_office_live_through_nothing_promised_is_lost_and_all_is_decided() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..24 {
        let mut play = Play::new(seed);
        for _ in 0..3 {
            for _ in 0..40 {
                play.step();
            }
            play.settle();
        }
        for (kind, count) in play.counts {
            *counts.entry(kind).or_default() += count;
        }
    }
    for kind in [
        "gives",
        "takes",
        "passes",
        "moves",
        "confirms",
        "releases",
        "occupations",
    ] {
        let count = counts.get(kind).copied().unwrap_or(0);
        assert!(count >= 20, "only {count} {kind} were played: {counts:?}");
    }
}
