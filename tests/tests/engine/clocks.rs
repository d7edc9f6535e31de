//! Phones whose clocks are wrong: their owners come like anybody else, and are not sent away for what the clock says.

use allkontor_core::command::Book;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Command, Event};
use allkontor_tests::world::{World, at, instant, span};

/// Anna has a room from 13 to 14, and comes a few minutes before; her clock shows `clock` then.
fn comes_when_her_clock_shows(clock: &str) -> World {
    let mut world = World::new();
    world.phone("anna");
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T13:00-14:00")));
    world.all_meet();
    world.now = instant(at(clock));
    world.command("anna", Command::Arrive(anna)).unwrap();
    world.clock("2026-11-24T12:57");
    world.all_meet();
    assert_eq!(world.told("anna", anna), "checked in 1 13:00-14:00");
    world.clock("2026-11-24T13:20");
    world.all_meet();
    assert_eq!(world.told("anna", anna), "checked in 1 13:00-14:00");
    world
}

/// Time that does not pass brings nothing to do.
fn assert_at_rest(world: &mut World) {
    let effects = world.kiosk.handle(world.now, Event::Tick).unwrap();
    assert!(effects.batch.is_empty(), "{:?}", effects.batch);
}

#[test]
fn who_comes_with_a_slow_clock_has_come() {
    let mut world = comes_when_her_clock_shows("2026-11-24T09:54");
    assert_at_rest(&mut world);
}

#[test]
fn who_comes_with_a_fast_clock_has_come() {
    let mut world = comes_when_her_clock_shows("2026-11-24T16:15");
    assert_at_rest(&mut world);
}

#[test]
fn who_comes_an_hour_early_is_checked_in_when_it_is_time() {
    let mut world = World::new();
    world.phone("anna");
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T13:00-14:00")));
    world.all_meet();
    world.clock("2026-11-24T12:00");
    world.command("anna", Command::Arrive(anna)).unwrap();
    world.all_meet();
    assert_eq!(world.told("anna", anna), "confirmed 1 13:00-14:00");
    assert_at_rest(&mut world);
    world.clock("2026-11-24T12:30");
    world.all_meet();
    assert_eq!(world.told("anna", anna), "checked in 1 13:00-14:00");
    assert_at_rest(&mut world);
}

#[test]
fn who_came_for_an_earlier_time_and_moved_need_not_come_again() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    world.clock("2026-11-24T09:50");
    world.command("anna", Command::Arrive(anna)).unwrap();
    world.all_meet();
    let to = Book::unit(UnitId(1), span("24T12:00-13:00"));
    world
        .command("anna", Command::Move { booking: anna, to })
        .unwrap();
    world.all_meet();
    for time in ["2026-11-24T12:16", "2026-11-24T12:40"] {
        world.clock(time);
        world.all_meet();
        assert_eq!(world.told("anna", anna), "checked in 1 12:00-13:00");
        assert_at_rest(&mut world);
    }
}
