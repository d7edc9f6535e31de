//! Lockers over two turns of the year, at random: one renter a locker, and what stood goes on and nothing else.

use crate::rentals::{LOCKER, lockers};
use allkontor_core::command::Book;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{BookingId, Command};
use allkontor_core::statement::{Cause, Document};
use allkontor_core::time::{CivilMinute, Interval};
use allkontor_core::view::Rental;
use allkontor_tests::chance::Chance;
use allkontor_tests::world::World;
use std::collections::{BTreeMap, BTreeSet};

const NAMES: [&str; 4] = ["anna", "bo", "cai", "dan"];
const NEVER: CivilMinute = CivilMinute::MAX;

/// What happened often enough to mean something.
#[derive(Debug, Default)]
struct Seen {
    rented: usize,
    carried: usize,
    ended: usize,
    overdue: usize,
    waiting: usize,
}

fn rentals(world: &World) -> Vec<Rental> {
    world.kiosk.rentals(world.now).unwrap()
}

/// Nobody shares a locker: not now, and not in what is promised for any year.
fn one_renter_each(world: &World) {
    let mut units = BTreeSet::new();
    for rental in rentals(world) {
        let minute = world.kiosk.civil(world.now).unwrap();
        let has_it = rental.since <= minute;
        let all = rental.units.iter().filter(|_| has_it);
        for unit in all {
            assert!(
                units.insert(*unit),
                "{unit} has two renters: {:?}",
                rentals(world)
            );
        }
    }
    for document in world.kiosk.documents() {
        let Document::Storage(_) = document else {
            continue;
        };
        let fold = world.kiosk.fold(document).unwrap();
        let standing: Vec<_> = fold.standing().collect();
        for (at, (_, one)) in standing.iter().enumerate() {
            for (_, other) in &standing[..at] {
                for (a, b) in one
                    .holds
                    .iter()
                    .flat_map(|a| other.holds.iter().map(move |b| (a, b)))
                {
                    let shared = a.cell == b.cell && a.occupied.overlaps(b.occupied);
                    assert!(!shared, "{a:?} and {b:?}");
                }
            }
        }
    }
}

/// A random end, in this year, in the next, or none.
fn end(chance: &mut Chance, now: CivilMinute) -> CivilMinute {
    match chance.below(3) {
        0 => NEVER,
        1 => now.saturating_plus(1440 * (2 + chance.below(20) as i32)),
        _ => now.saturating_plus(1440 * (30 + chance.below(200) as i32)),
    }
}

fn live(seed: u64, seen: &mut Seen) {
    let mut chance = Chance(seed);
    let mut world = World::starting(lockers(), "2026-11-20T08:00");
    world.phones(&NAMES);
    let mut bookings: BTreeMap<&str, Vec<BookingId>> = BTreeMap::new();
    let mornings = [
        "2026-11-22T08:00",
        "2026-11-29T08:00",
        "2026-12-06T08:00",
        "2026-12-15T08:00",
        "2026-12-24T08:00",
        "2026-12-31T12:00",
        "2027-01-02T12:00",
        "2027-02-01T08:00",
        "2027-06-01T08:00",
        "2027-12-20T08:00",
        "2027-12-31T12:00",
        "2028-01-02T12:00",
    ];
    let mut new_years_eve: Option<BTreeSet<(UnitId, CivilMinute)>> = None;
    for morning in mornings {
        world.clock(morning);
        let now = world.kiosk.civil(world.now).unwrap();
        let eve = morning.contains("12-31");
        if let Some(stood) = new_years_eve.take() {
            // Nothing was done since: what stood stands, and nothing else does.
            let still: BTreeSet<_> = rentals(&world)
                .iter()
                .map(|r| (r.units[0], r.since))
                .collect();
            assert_eq!(still, stood, "seed {seed}, {morning}");
            seen.carried += stood.len();
        }
        for _ in 0..if eve { 0 } else { 6 } {
            let name = chance.pick(&NAMES);
            let mine = bookings.entry(name).or_default();
            match chance.below(6) {
                0 | 1 => {
                    let time = Interval::new(now, end(&mut chance, now)).unwrap();
                    let book = Book::places(LOCKER, 1, time);
                    mine.extend(world.book(name, book).bookings());
                }
                2 if !mine.is_empty() => {
                    let (booking, end) = (chance.pick(mine), end(&mut chance, now));
                    let _ = world.command(name, Command::Extend { booking, end });
                }
                3 if !mine.is_empty() => {
                    let booking = chance.pick(mine);
                    seen.ended +=
                        usize::from(world.command(name, Command::Cancel(booking)).is_ok());
                }
                4 => {
                    let all = rentals(&world);
                    if let Some(rental) = all.get(chance.below(all.len().max(1))) {
                        let (key, cause) = (rental.key, Cause::Ended);
                        world.desk(Command::Release { key, cause });
                        seen.ended += 1;
                    }
                }
                _ => world.meet(name),
            }
            one_renter_each(&world);
        }
        world.all_meet();
        world.all_meet();
        one_renter_each(&world);
        world.assert_agreed();
        let all = rentals(&world);
        seen.rented += all.len();
        seen.overdue += all.iter().filter(|rental| rental.step.is_overdue()).count();
        let pending = |document| {
            world
                .kiosk
                .fold(document)
                .map_or(0, |fold| fold.pending().len())
        };
        seen.waiting += pending(Document::Storage(2026)) + pending(Document::Storage(2027));
        if eve {
            new_years_eve = Some(all.iter().map(|r| (r.units[0], r.since)).collect());
        }
    }
}

#[test]
fn l1_a_locker_has_one_renter_and_goes_on_over_the_year_for_exactly_those_who_had_it() {
    let mut seen = Seen::default();
    for seed in 0..40 {
        live(seed, &mut seen);
    }
    println!("{seen:?}");
    assert!(
        seen.rented > 300 && seen.carried > 40 && seen.ended > 60,
        "{seen:?}"
    );
    assert!(seen.overdue > 20 && seen.waiting > 40, "{seen:?}");
}
