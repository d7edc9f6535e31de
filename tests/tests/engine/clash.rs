//! Two people want the same place.

use allkontor_core::command::{Book, Close};
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Command, Outcome};
use allkontor_core::resolve::Obstacle;
use allkontor_core::statement::Cause;
use allkontor_tests::world::{STEP_FREE, World, span};

#[test]
fn the_loser_of_a_clash_is_moved_to_an_equal_unit() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    let bo = world.booked("bo", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    assert_eq!(world.told("anna", anna), "confirmed 1 10:00-11:00");
    assert_eq!(
        world.told("bo", bo),
        "confirmed 2 10:00-11:00",
        "room 3 stays free for those who need it"
    );
    world.assert_agreed();
}

#[test]
fn who_insists_on_one_unit_waits_is_told_why_and_is_promoted_when_it_frees() {
    let mut world = World::new();
    world.phones(&["anna", "bo", "eva"]);
    let anna = world.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    world.all_meet();
    let bo = world.booked(
        "bo",
        Book::unit(UnitId(1), span("24T10:30-11:30")).exactly(),
    );
    let eva = world.booked(
        "eva",
        Book::unit(UnitId(1), span("24T10:30-11:00")).exactly(),
    );
    world.meet("bo");
    world.clock("2026-11-24T08:30");
    world.all_meet();
    let (first, second) = (world.told("bo", bo), world.told("eva", eva));
    let mut both = [first, second];
    both.sort();
    assert_eq!(both, ["waiting 1", "waiting 2"]);
    let why = world.phones["bo"].explain(bo, world.now).unwrap();
    let obstacle = &why.options[0].obstacles[0];
    assert!(
        matches!(
            obstacle,
            Obstacle::Confirmed {
                unit: UnitId(1),
                ..
            }
        ),
        "{obstacle:?}"
    );
    assert!(
        !why.nearest[0].times.is_empty(),
        "the nearest free times are offered"
    );
    world.command("anna", Command::Cancel(anna)).unwrap();
    world.all_meet();
    assert_eq!(world.told("anna", anna), "released: cancelled");
    let (first, second) = (world.told("bo", bo), world.told("eva", eva));
    assert!(
        [&first, &second]
            .iter()
            .any(|told| told.starts_with("confirmed 1")),
        "{first}, {second}"
    );
    assert!(
        [&first, &second].iter().any(|told| *told == "waiting 1"),
        "{first}, {second}"
    );
    world.assert_agreed();
}

#[test]
fn a_confirmed_booking_is_never_displaced_by_an_earlier_request_that_arrives_late() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let early = world.booked(
        "bo",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    world.clock("2026-11-24T09:00");
    let late = world.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    world.meet("anna");
    world.all_meet();
    assert_eq!(world.told("anna", late), "confirmed 1 10:00-11:00");
    assert_eq!(world.told("bo", early), "waiting 1");
}

#[test]
fn who_needs_a_feature_gets_it_and_who_does_not_is_offered_the_plainest() {
    let mut world = World::new();
    world.phones(&["anna", "bo", "eva"]);
    let anna = world.booked(
        "anna",
        Book::places(allkontor_tests::world::ROOM, 1, span("24T10:00-11:00")),
    );
    let bo = world.booked(
        "bo",
        Book::places(allkontor_tests::world::ROOM, 1, span("24T10:00-11:00")),
    );
    let needs =
        Book::places(allkontor_tests::world::ROOM, 1, span("24T10:00-11:00")).needing([STEP_FREE]);
    let eva = world.booked("eva", needs);
    world.all_meet();
    assert_eq!(world.told("eva", eva), "confirmed 3 10:00-11:00");
    for (name, booking) in [("anna", anna), ("bo", bo)] {
        assert!(
            !world.told(name, booking).contains(" 3 "),
            "{}",
            world.told(name, booking)
        );
    }
}

#[test]
fn closing_a_room_moves_who_can_be_moved_and_puts_the_rest_first_in_line() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    let bo = world.booked(
        "bo",
        Book::unit(UnitId(1), span("24T14:00-15:00")).exactly(),
    );
    world.all_meet();
    let close = Close {
        units: vec![UnitId(1)],
        interval: span("24T08:00-18:00"),
        cause: Cause::Closed,
    };
    let Outcome::Closed(closed) = world.desk(Command::Close(close)) else {
        panic!("not closed")
    };
    assert_eq!((closed.affected.len(), closed.moved.len()), (2, 1));
    world.all_meet();
    assert_eq!(world.told("anna", anna), "confirmed 2 10:00-11:00");
    assert!(
        world.told("bo", bo).starts_with("withdrawn"),
        "{}",
        world.told("bo", bo)
    );
    let fold = world.kiosk.fold(world.kiosk.documents()[0]).unwrap();
    let occupy = *fold.resolved().occupations.keys().next().unwrap();
    world.desk(Command::Reopen(occupy));
    world.all_meet();
    assert_eq!(
        world.told("bo", bo),
        "confirmed 1 14:00-15:00",
        "first in line when it opens again"
    );
    world.assert_agreed();
}

#[test]
fn a_request_reaches_the_kiosk_through_another_persons_phone() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.meet_each_other("anna", "bo");
    world.meet("bo");
    world.meet_each_other("anna", "bo");
    assert_eq!(world.told("anna", anna), "confirmed 1 10:00-11:00");
}
