//! Computers to borrow: handed out, handed in, late; and what is opened without its renter.

mod remarks;

use allkontor_core::command::Book;
use allkontor_core::error::Error;
use allkontor_core::id::{ClassId, ConditionId, UnitId};
use allkontor_core::model::{CellSpan, Class, Kind, Parts, Rules, Text, Unit};
use allkontor_core::replica::{BookingId, Command, Event};
use allkontor_core::resolve::{ConfirmState, SlotKey};
use allkontor_core::statement::{Cause, Role};
use allkontor_core::view::EntryKind;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{World, at, parts, span};

const COMPUTER: ClassId = ClassId(6);
const LOCKER: ClassId = ClassId(5);
const SCRATCHED: ConditionId = ConditionId(1);

/// The usual office with computers 51 and 52, and locker 41.
fn lending() -> Parts {
    let mut parts = parts();
    let text = |words: &str| Text::new([("en", words)]);
    let class = |name: &str, kind, cells, rules| Class {
        name: text(name),
        kind,
        cells,
        rules,
    };
    let rented = Rules {
        max_minutes: 366 * 24 * 60,
        horizon_days: 400,
        ..Rules::default()
    };
    let computer = class("computer", Kind::Computer, CellSpan::Day, Rules::default());
    parts.classes.insert(COMPUTER, computer);
    let locker = class("locker", Kind::Locker, CellSpan::Year, rented);
    parts.classes.insert(LOCKER, locker);
    for (unit, class) in [(51, COMPUTER), (52, COMPUTER), (41, LOCKER)] {
        let thing = Unit {
            name: text("thing"),
            class,
            features: Default::default(),
            bookable: true,
        };
        parts.units.insert(UnitId(unit), thing);
    }
    parts.conditions.insert(SCRATCHED, text("scratched"));
    parts
}

fn office() -> World {
    World::with(lending())
}

fn computer(unit: u32, time: &str) -> Book {
    Book::unit(UnitId(unit), span(time))
}

/// A phone whose booking is confirmed.
fn booked(world: &mut World, name: &str, book: Book) -> (BookingId, SlotKey) {
    world.phone(name);
    let booking = world.booked(name, book);
    world.all_meet();
    (booking, world.see(name, booking).key.unwrap())
}

fn hand_out(world: &mut World, key: SlotKey, unit: u32) {
    let (unit, condition) = (UnitId(unit), vec![]);
    world.desk(Command::HandOut {
        key,
        unit,
        condition,
        remark: None,
    });
}

fn hand_in(world: &mut World, unit: u32) {
    let (unit, condition) = (UnitId(unit), vec![SCRATCHED]);
    world.desk(Command::HandIn {
        unit,
        condition,
        remark: None,
    });
}

fn refused(world: &mut World, command: Command) -> Error {
    let now = world.now;
    world
        .kiosk
        .handle(now, Event::Command(command))
        .unwrap_err()
}

#[test]
fn l2_a_computer_is_booked_handed_out_and_handed_in() {
    let mut world = office();
    let (anna, key) = booked(&mut world, "anna", computer(51, "24T09:00-11:00"));
    world.clock("2026-11-24T09:05");
    hand_out(&mut world, key, 51);
    world.all_meet();
    assert_eq!(
        world.told("anna", anna),
        "checked in 51 09:00-11:00",
        "nobody is a no-show with it in hand"
    );
    let out = world.kiosk.loans(world.now).unwrap();
    assert_eq!(
        (out[0].key, out[0].unit, out[0].due, out[0].is_late),
        (key, UnitId(51), at("2026-11-24T11:00"), false)
    );
    let own = world.phones["anna"].own_loans(world.now).unwrap();
    assert_eq!((own[0].0, own[0].1.unit), (anna, UnitId(51)));
    // It is in nobody else's hands.
    let (unit, condition) = (UnitId(51), vec![]);
    let error = refused(
        &mut world,
        Command::HandOut {
            key,
            unit,
            condition,
            remark: None,
        },
    );
    assert_eq!(error, Error::StillOut { unit });

    hand_in(&mut world, 51);
    world.all_meet();
    assert_eq!(world.kiosk.loans(world.now).unwrap(), []);
    assert_eq!(world.phones["anna"].own_loans(world.now).unwrap(), []);
    let loans = world
        .kiosk
        .fold(key_document(&world, &key))
        .unwrap()
        .resolved()
        .loans
        .clone();
    let back = loans.values().next().unwrap().back.clone().unwrap();
    assert_eq!(
        (back.minute, back.condition),
        (at("2026-11-24T09:05"), vec![SCRATCHED])
    );
    let condition = vec![];
    assert_eq!(
        refused(
            &mut world,
            Command::HandIn {
                unit,
                condition,
                remark: None
            }
        ),
        Error::NotOut { unit }
    );
    let condition = vec![ConditionId(9)];
    let error = refused(
        &mut world,
        Command::HandOut {
            key,
            unit,
            condition,
            remark: None,
        },
    );
    assert_eq!(
        error,
        Error::NoSuchCondition {
            condition: ConditionId(9)
        }
    );
    world.assert_agreed();
}

fn key_document(world: &World, key: &SlotKey) -> allkontor_core::statement::Document {
    world.kiosk.document_of(key).unwrap()
}

#[test]
fn l2_a_hand_out_before_the_grace_is_over_is_a_check_in_even_if_nobody_arrived() {
    let mut world = office();
    let (anna, key) = booked(&mut world, "anna", computer(51, "24T09:00-11:00"));
    world.clock("2026-11-24T08:20");
    hand_out(&mut world, key, 51);
    world.all_meet();
    assert_eq!(world.told("anna", anna), "confirmed 51 09:00-11:00");
    world.clock("2026-11-24T09:40");
    world.all_meet();
    assert_eq!(world.told("anna", anna), "checked in 51 09:00-11:00");
}

#[test]
fn l2_who_is_next_is_moved_before_it_begins_when_a_computer_is_late() {
    let mut world = office();
    let (_, anna) = booked(&mut world, "anna", computer(51, "24T09:00-10:00"));
    let (bo, _) = booked(&mut world, "bo", computer(51, "24T10:15-12:00"));
    let (cai, _) = booked(&mut world, "cai", computer(51, "24T16:00-17:00"));
    assert_eq!(world.told("bo", bo), "confirmed 51 10:15-12:00");
    world.clock("2026-11-24T09:00");
    hand_out(&mut world, anna, 51);
    world.clock("2026-11-24T10:01");
    world.all_meet();
    assert_eq!(
        world.told("bo", bo),
        "confirmed 52 10:15-12:00",
        "the other one will do"
    );
    let before = world.see("bo", bo).status.before.unwrap();
    assert_eq!(before.state, ConfirmState::Released(Cause::Late));
    assert_eq!(
        world.told("cai", cai),
        "confirmed 51 16:00-17:00",
        "it may be back by then"
    );
    let out = world.kiosk.loans(world.now).unwrap();
    assert!(out[0].is_late);
    let late = |world: &World| {
        let day = allkontor_core::time::OfficeDay::from_ymd(2026, 11, 24).unwrap();
        let all = world.kiosk.day_of(UnitId(51), day);
        all.iter()
            .any(|entry| entry.kind == EntryKind::Occupied { cause: Cause::Late })
    };
    assert!(late(&world), "everybody sees that it is taken");
    hand_in(&mut world, 51);
    assert!(!late(&world), "it is back");
    world.all_meet();
    world.assert_agreed();
}

#[test]
fn l2_who_cannot_be_moved_is_first_in_line_when_it_comes_back() {
    let mut world = office();
    let (_, anna) = booked(&mut world, "anna", computer(51, "24T09:00-10:00"));
    let (_, other) = booked(&mut world, "dan", computer(52, "24T09:00-15:00"));
    let (bo, _) = booked(&mut world, "bo", computer(51, "24T10:15-12:00"));
    world.clock("2026-11-24T09:00");
    hand_out(&mut world, anna, 51);
    hand_out(&mut world, other, 52);
    world.clock("2026-11-24T10:05");
    world.all_meet();
    assert!(
        world.told("bo", bo).starts_with("withdrawn"),
        "{}",
        world.told("bo", bo)
    );
    // Somebody who asks now does not come before Bo.
    let (cai, _) = booked(&mut world, "cai", computer(51, "24T10:30-12:00"));
    world.clock("2026-11-24T10:20");
    hand_in(&mut world, 51);
    world.all_meet();
    assert_eq!(world.told("bo", bo), "confirmed 51 10:15-12:00");
    assert_eq!(world.told("cai", cai), "waiting 1");
}

#[test]
fn l2_whoever_has_it_has_it_whatever_was_promised() {
    let mut world = office();
    let (anna, with_anna) = booked(&mut world, "anna", computer(51, "24T09:00-11:00"));
    let (bo, _) = booked(&mut world, "bo", computer(52, "24T10:00-12:00"));
    assert_eq!(world.told("bo", bo), "confirmed 52 10:00-12:00");
    world.clock("2026-11-24T09:00");
    // The battery of 51 is flat: Anna gets 52.
    hand_out(&mut world, with_anna, 52);
    world.all_meet();
    assert_eq!(world.told("anna", anna), "checked in 51 09:00-11:00");
    assert!(
        world.told("bo", bo).starts_with("withdrawn"),
        "told before his time: {}",
        world.told("bo", bo)
    );
    assert_eq!(world.kiosk.loans(world.now).unwrap()[0].unit, UnitId(52));
}

#[test]
fn l2_a_hand_over_by_staff_wins_over_what_the_kiosk_thought() {
    let mut crew = Crew::with(lending(), Role::Kiosk, "2026-11-24T08:00");
    crew.steward("staff", Role::Staff);
    crew.phone("anna", KIOSK);
    let anna = crew.booked("anna", computer(51, "24T09:00-11:00"));
    crew.all_meet();
    let key = crew.see("anna", anna).key.unwrap();
    // Nobody tells the kiosk, and it takes Anna for a no-show.
    crew.clock("2026-11-24T09:05", &["staff"]);
    let (unit, condition) = (UnitId(51), vec![]);
    crew.command(
        "staff",
        Command::HandOut {
            key,
            unit,
            condition,
            remark: None,
        },
    )
    .unwrap();
    crew.clock("2026-11-24T09:40", &[KIOSK, "staff"]);
    crew.all_meet();
    crew.clock("2026-11-24T09:41", &[KIOSK, "staff"]);
    crew.all_meet();
    for steward in [KIOSK, "staff"] {
        let out = crew.devices[steward].loans(crew.now).unwrap();
        assert_eq!(
            (out.len(), out[0].unit, out[0].key),
            (1, UnitId(51), key),
            "{steward}"
        );
    }
    let condition = vec![];
    crew.command(
        KIOSK,
        Command::HandIn {
            unit,
            condition,
            remark: None,
        },
    )
    .unwrap();
    crew.all_meet();
    assert_eq!(crew.devices["staff"].loans(crew.now).unwrap(), []);
    crew.assert_agreed();
}
