//! Seats at events.

use super::{open, seats};
use allkontor_core::command::{Book, EventError};
use allkontor_core::id::UnitId;
use allkontor_core::replica::Command;
use allkontor_tests::world::span;

#[test]
fn e2_seats_are_given_to_groups_and_never_more_than_there_are() {
    let (mut world, _, event) = open(&["bo", "cleo", "dan"]);
    let bo = seats(&mut world, "bo", event, 6).unwrap();
    let cleo = seats(&mut world, "cleo", event, 5).unwrap();
    world.all_meet();
    let told = [world.told("bo", bo), world.told("cleo", cleo)];
    let waits = told.iter().filter(|told| *told == "waiting 1").count();
    assert_eq!(waits, 1, "{told:?}");
    // Who comes to nothing sees how many are left, and nobody's ticket.
    let seen = world.phones["dan"].events()[0].dates[0];
    assert_eq!(seen.taken + seen.left, 10);
    assert!(world.phones["dan"].asked_for_seats(&event).is_err());
    assert_eq!(world.kiosk.asked_for_seats(&event).unwrap().len(), 2);
    let too_many = seats(&mut world, "dan", event, 11);
    let expected = EventError::TooFewSeats { asked: 11, of: 10 };
    assert_eq!(too_many, Err(expected.into()));
    // Seats are for nothing else.
    world.refused("dan", Book::unit(UnitId(101), span("25T10:00-11:00")));
    // A seat given back goes to the group that waits.
    let (had, name, other) = if told[0] == "waiting 1" {
        (cleo, "cleo", ("bo", bo))
    } else {
        (bo, "bo", ("cleo", cleo))
    };
    world.command(name, Command::Cancel(had)).unwrap();
    world.all_meet();
    assert!(world.told(other.0, other.1).starts_with("confirmed"));
    world.assert_agreed();
}

#[test]
fn e2_a_group_that_waits_is_not_overtaken_for_ever() {
    let (mut world, _, event) = open(&["bo", "cleo", "dan", "eva", "finn"]);
    let bo = seats(&mut world, "bo", event, 8).unwrap();
    world.all_meet();
    world.clock("2026-11-24T09:00");
    let cleo = seats(&mut world, "cleo", event, 4).unwrap();
    world.all_meet();
    assert_eq!(world.told("cleo", cleo), "waiting 1");
    // Who asks within a day may have what the group cannot use;
    world.clock("2026-11-24T10:00");
    let dan = seats(&mut world, "dan", event, 1).unwrap();
    world.all_meet();
    assert!(world.told("dan", dan).starts_with("confirmed"));
    // who asks later stands behind it, though there is a seat left;
    world.clock("2026-11-25T12:00");
    let eva = seats(&mut world, "eva", event, 1).unwrap();
    world.all_meet();
    assert_eq!(world.told("eva", eva), "waiting 2");
    // and when there is room for the group, it comes first, and then the rest.
    world.command("bo", Command::Cancel(bo)).unwrap();
    world.all_meet();
    assert!(world.told("cleo", cleo).starts_with("confirmed"));
    assert!(world.told("eva", eva).starts_with("confirmed"));
    world.assert_agreed();
}

#[test]
fn e2_a_booking_for_an_event_is_not_moved() {
    let (mut world, anna, event) = open(&["bo"]);
    let bo = seats(&mut world, "bo", event, 1).unwrap();
    world.all_meet();
    for (name, booking) in [("anna", anna), ("bo", bo)] {
        let to = Book::unit(UnitId(2), span("27T18:00-19:00"));
        let moved = world.command(name, Command::Move { booking, to });
        assert_eq!(moved, Err(EventError::Fixed { booking }.into()));
    }
}
