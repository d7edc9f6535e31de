//! What is suggested to whoever was refused can be had: asked for, it is confirmed.

use allkontor_core::command::{Book, Booked, DateOutcome};
use allkontor_core::id::{FeatureId, UnitId};
use allkontor_core::model::{Notice, Raster};
use allkontor_core::replica::Outcome;
use allkontor_core::time::Interval;
use allkontor_tests::world::{DESK, HALL, PART, ROOM, STEP_FREE, World, at, parts};
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Day {
    before: u16,
    after: u16,
    notice: u32,
    hour: u32,
    /// Unit, start in quarters of an hour, length in quarters.
    taken: Vec<(usize, i32, i32)>,
    wanted: (usize, i32, i32),
}

fn day() -> impl Strategy<Value = Day> {
    let span = || (0..8usize, 28..80i32, 1..9i32);
    let rules = (0..3u16, 0..3u16, 0..3u32, 6..14u32);
    (rules, prop::collection::vec(span(), 3..14), span()).prop_map(
        |((before, after, notice, hour), taken, wanted)| Day {
            before: before * 15,
            after: after * 15,
            notice: notice * 60,
            hour,
            taken,
            wanted,
        },
    )
}

fn interval(start: i32, length: i32) -> Interval {
    let start = at("2026-11-25T00:00").saturating_plus(start * 15);
    Interval::new(start, start.saturating_plus(length * 15)).unwrap()
}

fn wish(what: usize, when: Interval) -> Book {
    let needing: [FeatureId; 1] = [STEP_FREE];
    match what {
        0..4 => Book::unit(UnitId(what as u32 % 3 + 1), when).exactly(),
        4 => Book::places(DESK, 3, when),
        5 => Book::together(HALL, when),
        6 => Book::places(PART, 2, when),
        _ => Book::places(ROOM, 1, when).needing(needing),
    }
}

fn refused(booked: &Booked) -> Option<Vec<Interval>> {
    match &booked.dates[0] {
        DateOutcome::Refused { nearest, .. } => Some(nearest.clone()),
        DateOutcome::Requested { .. } => None,
    }
}

fn world(day: &Day) -> World {
    let mut office = parts();
    for class in office.classes.values_mut() {
        class.rules.before = day.before;
        class.rules.after = day.after;
        class.rules.notice = Notice::Before {
            minutes: day.notice,
        };
        class.rules.max_minutes = 120;
        class.rules.raster = Raster::new(30).unwrap();
    }
    let mut world = World::with(office);
    world.phones(&["anna", "bo"]);
    for (what, start, length) in &day.taken {
        world.book("bo", wish(*what, interval(start / 2 * 2, *length)));
    }
    world.all_meet();
    world.clock(&format!("2026-11-25T{:02}:00", day.hour));
    world.desk(allkontor_core::replica::Command::ConfirmClock);
    world.all_meet();
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_suggested_can_be_had(day in day()) {
        let (what, start, length) = day.wanted;
        let asked = wish(what, interval(start, length));
        let Some(nearest) = refused(&world(&day).book("anna", asked)) else {
            return Ok(());
        };
        for time in nearest {
            let mut world = world(&day);
            let booked = world.book("anna", wish(what, time));
            prop_assert_eq!(refused(&booked), None, "{} is forbidden", time);
            world.all_meet();
            let told = world.told("anna", booked.bookings().next().unwrap());
            prop_assert!(told.starts_with("confirmed"), "{}: {}", time, told);
        }
    }
}

#[test]
fn a_date_that_moves_is_not_in_its_own_way() {
    use allkontor_core::command::{Change, DateChange, Which};
    use allkontor_core::replica::Command;
    let mut world = World::new();
    world.phone("anna");
    let when = interval(40, 4);
    let booking = world.booked("anna", wish(0, when));
    world.all_meet();
    let to = wish(0, interval(41, 4));
    let command = Command::ChangeDates {
        booking,
        which: Which::This,
        change: Change::Move(to),
    };
    let Outcome::Changed(changed) = world.command("anna", command).unwrap() else {
        panic!("no answer")
    };
    let DateChange::Refused { nearest, .. } = &changed.dates[0] else {
        panic!("starts are half an hour apart: {changed:?}")
    };
    assert_eq!(nearest[0], when);
}
