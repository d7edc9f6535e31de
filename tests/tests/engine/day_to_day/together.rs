//! What is booked together: rooms of several parts, things that go with them, groups.

use allkontor_core::command::Book;
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::model::{CellSpan, Class, Composite, CompositeId, Kind, Rules, Text, Unit};
use allkontor_core::replica::Command;
use allkontor_tests::world::{HALL, World, parts, span};
use std::collections::BTreeSet;

#[test]
fn a_whole_room_is_all_its_parts_or_nothing() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let part = world.booked(
        "anna",
        Book::unit(UnitId(22), span("24T10:00-11:00")).exactly(),
    );
    world.all_meet();
    let hall = world.booked("bo", Book::together(HALL, span("24T10:00-11:00")));
    let later = world.booked("bo", Book::together(HALL, span("24T11:00-12:00")));
    world.all_meet();
    assert_eq!(world.told("anna", part), "confirmed 22 10:00-11:00");
    assert_eq!(world.told("bo", hall), "waiting 1");
    assert_eq!(
        world.told("bo", later),
        "confirmed 21 11:00-12:00, 22 11:00-12:00"
    );
}

#[test]
fn a_room_and_its_projector_are_had_together_or_not_at_all() {
    let mut office = parts();
    let projector = ClassId(9);
    let class = Class {
        name: Text::new([("en", "projector")]),
        kind: Kind::Equipment,
        cells: CellSpan::Day,
        rules: Rules::default(),
    };
    office.classes.insert(projector, class);
    let unit = Unit {
        name: Text::new([("en", "the projector")]),
        class: projector,
        features: BTreeSet::new(),
        bookable: true,
    };
    office.units.insert(UnitId(90), unit);
    let lecture = CompositeId(2);
    let bundle = Composite {
        name: Text::new([("en", "room 1 with the projector")]),
        units: BTreeSet::from([UnitId(1), UnitId(90)]),
    };
    office.composites.insert(lecture, bundle);
    let mut world = World::with(office);
    world.phones(&["anna", "bo", "eva"]);
    let alone = world.booked("anna", Book::unit(UnitId(90), span("24T10:00-11:00")));
    world.all_meet();
    let both = world.booked("bo", Book::together(lecture, span("24T10:30-11:30")));
    world.all_meet();
    assert_eq!(
        world.told("bo", both),
        "waiting 1",
        "the room alone is not taken"
    );
    let room = world.booked(
        "eva",
        Book::unit(UnitId(1), span("24T10:30-11:30")).exactly(),
    );
    world.all_meet();
    assert_eq!(world.told("eva", room), "confirmed 1 10:30-11:30");
    world.command("anna", Command::Cancel(alone)).unwrap();
    world.command("eva", Command::Cancel(room)).unwrap();
    world.all_meet();
    assert_eq!(
        world.told("bo", both),
        "confirmed 1 10:30-11:30, 90 10:30-11:30"
    );
}

#[test]
fn an_association_books_four_desks_or_none() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let one = world.booked(
        "anna",
        Book::places(allkontor_tests::world::DESK, 1, span("24T10:00-11:00")),
    );
    world.all_meet();
    let four = world.booked(
        "bo",
        Book::places(allkontor_tests::world::DESK, 4, span("24T10:00-11:00")).party(4),
    );
    world.all_meet();
    assert_eq!(world.told("bo", four), "waiting 1");
    world.command("anna", Command::Cancel(one)).unwrap();
    world.all_meet();
    assert!(
        world.told("bo", four).starts_with("confirmed"),
        "{}",
        world.told("bo", four)
    );
    assert_eq!(world.see("bo", four).status.holding.len(), 4);
}
