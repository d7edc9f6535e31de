//! The two nights on which the clocks change, and the turn of a month.

use allkontor_core::command::Book;
use allkontor_core::id::UnitId;
use allkontor_core::model::Rule;
use allkontor_core::replica::{Command, Event};
use allkontor_core::time::{Interval, OfficeDay};
use allkontor_tests::world::{World, at, parts, span};

fn interval(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).unwrap()
}

#[test]
fn the_repeated_hour_of_autumn_is_booked_once() {
    let mut world = World::starting(parts(), "2026-10-24T20:00");
    world.phones(&["anna", "bo"]);
    let night = interval("2026-10-25T02:00", "2026-10-25T03:00");
    let anna = world.booked("anna", Book::unit(UnitId(1), night).exactly());
    let bo = world.booked("bo", Book::unit(UnitId(1), night).exactly());
    world.all_meet();
    let mut told = [world.told("anna", anna), world.told("bo", bo)];
    told.sort();
    assert_eq!(told, ["confirmed 1 02:00-03:00", "waiting 1"]);
}

#[test]
fn an_end_in_the_skipped_hour_of_spring_is_refused() {
    let mut world = World::starting(parts(), "2027-03-27T20:00");
    world.phone("anna");
    for (start, end) in [("01:00", "02:30"), ("02:30", "04:00")] {
        let night = interval(&format!("2027-03-28T{start}"), &format!("2027-03-28T{end}"));
        let rule = world.refused("anna", Book::unit(UnitId(1), night));
        assert!(matches!(rule, Rule::SkippedHour { .. }), "{rule}");
    }
    let across = interval("2027-03-28T01:30", "2027-03-28T03:30");
    world.booked("anna", Book::unit(UnitId(1), across));
}

#[test]
fn a_late_evening_is_filed_with_the_day_it_began_on_across_the_turn_of_the_month() {
    let mut world = World::new();
    world.phone("anna");
    let late = interval("2026-11-30T22:00", "2026-12-01T02:00");
    let booking = world.booked("anna", Book::unit(UnitId(1), late));
    world.all_meet();
    assert_eq!(world.told("anna", booking), "confirmed 1 22:00-02:00");
    let (document, _) = world.phones["anna"].slot_of(booking).unwrap();
    assert_eq!(document.to_string(), "ledger/2026-11");
    let entries = world.kiosk.day(OfficeDay::from_ymd(2026, 11, 30).unwrap());
    assert_eq!(entries.len(), 1);
}

#[test]
fn moving_across_the_edge_of_a_month_is_two_bookings_and_says_so() {
    let mut world = World::new();
    world.phone("anna");
    let booking = world.booked("anna", Book::unit(UnitId(1), span("30T10:00-11:00")));
    world.all_meet();
    let december = interval("2026-12-01T10:00", "2026-12-01T11:00");
    let to = Book::unit(UnitId(1), december);
    world
        .command("anna", Command::Move { booking, to })
        .unwrap();
    let agenda = world.phones["anna"].agenda();
    let new = agenda.last().unwrap();
    assert_eq!((agenda.len(), new.instead_of), (2, Some(booking)));
    let new = new.booking;
    assert!(
        world.told("anna", booking).starts_with("confirmed"),
        "the old one stays until the new one is confirmed"
    );
    world.all_meet();
    assert!(world.told("anna", new).starts_with("confirmed"));
    assert_eq!(world.told("anna", booking), "released: cancelled");
}

#[test]
fn a_dropped_month_is_gone_and_refused_from_then_on() {
    let mut world = World::new();
    world.phone("anna");
    world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    let november = world.kiosk.documents()[0];
    world.desk(Command::DropBefore(
        OfficeDay::from_ymd(2026, 12, 1).unwrap(),
    ));
    world.all_meet();
    assert!(world.kiosk.fold(november).is_none());
    assert!(world.phones["anna"].fold(november).is_none());
    assert!(world.kiosk.handle(world.now, Event::Tick).is_ok());
    world.assert_agreed();
}
