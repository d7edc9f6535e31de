//! A room is physically taken, and whoever holds it has to act.

use allkontor_core::command::{Book, Close};
use allkontor_core::error::Error;
use allkontor_core::id::{StatementId, UnitId};
use allkontor_core::replica::{Command, Outcome};
use allkontor_core::statement::{Cause, Role};
use allkontor_core::time::OfficeDay;
use allkontor_core::view::EntryKind;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::span;

fn flooded(units: &[u32]) -> Command {
    Command::Close(Close {
        units: units.iter().map(|unit| UnitId(*unit)).collect(),
        interval: span("24T09:00-18:00"),
        cause: Cause::Closed,
    })
}

fn occupations(crew: &Crew, name: &str, unit: u32) -> Vec<StatementId> {
    let day = OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let taken = crew.devices[name].desk_day(day).into_iter();
    let taken = taken.filter(|entry| entry.entry.unit == UnitId(unit));
    let taken = taken.filter(|entry| matches!(entry.entry.kind, EntryKind::Occupied { .. }));
    taken.map(|entry| entry.statement).collect()
}

#[test]
fn staff_close_a_room_in_anothers_custody_and_it_moves_the_people_when_it_hears() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew.phone("anna", KIOSK);
    crew.phone("bo", KIOSK);
    let anna = crew.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    let bo = crew.booked(
        "bo",
        Book::unit(UnitId(1), span("24T11:00-12:00")).exactly(),
    );
    crew.all_meet();
    assert_eq!(crew.told("anna", anna), "confirmed 1 10:00-11:00");
    let Ok(Outcome::Closed(closed)) = crew.command("tablet", flooded(&[1])) else {
        panic!("not closed")
    };
    assert_eq!(
        (
            closed.affected.len(),
            closed.moved.len(),
            closed.elsewhere.len()
        ),
        (2, 0, 2)
    );
    assert_eq!(
        occupations(&crew, "tablet", 1).len(),
        1,
        "shows as taken at once"
    );
    assert!(
        crew.devices["tablet"]
            .free(None, &Default::default(), span("24T14:00-15:00"))
            .unwrap()
            .iter()
            .all(|free| free.unit != UnitId(1))
    );
    assert_eq!(
        crew.told("anna", anna),
        "confirmed 1 10:00-11:00",
        "the kiosk does not know yet"
    );

    crew.meet("tablet", KIOSK);
    for name in ["anna", "bo"] {
        crew.meet(name, KIOSK);
    }
    assert_eq!(
        crew.told("anna", anna),
        "confirmed 3 10:00-11:00",
        "the kiosk's other room"
    );
    assert!(
        crew.told("bo", bo).starts_with("withdrawn"),
        "{}",
        crew.told("bo", bo)
    );

    // Dry again: whoever stands there says so, and bo, who insisted, is first in line.
    let occupy = occupations(&crew, KIOSK, 1)[0];
    crew.command("tablet", Command::Reopen(occupy)).unwrap();
    assert_eq!(
        crew.command("tablet", Command::Reopen(occupy)),
        Err(Error::NotOccupied { occupy })
    );
    crew.all_meet();
    assert_eq!(crew.told("bo", bo), "confirmed 1 11:00-12:00");
    crew.assert_agreed();
}

#[test]
fn those_affected_are_moved_into_another_devices_room_when_the_custodian_has_none() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew.phone("anna", KIOSK);
    let anna = crew.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    crew.all_meet();
    let Ok(Outcome::Closed(closed)) = crew.command(KIOSK, flooded(&[1, 3])) else {
        panic!("not closed")
    };
    assert_eq!((closed.moved.len(), closed.elsewhere.len()), (0, 0));
    crew.all_meet();
    assert_eq!(crew.told("anna", anna), "confirmed 2 10:00-11:00");
    crew.assert_agreed();
}

#[test]
fn a_hub_in_a_cupboard_says_nothing_of_rooms_it_cannot_see() {
    let mut crew = Crew::new();
    crew.steward("hub", Role::Hub);
    assert_eq!(
        crew.command("hub", flooded(&[1])),
        Err(Error::NoFacts { role: Role::Hub })
    );
}

#[test]
fn by_hand_a_steward_decides_only_what_is_its_own_to_decide() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew.phone("anna", KIOSK);
    let anna = crew.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    crew.meet("anna", KIOSK);
    crew.all_meet();
    let (_, key) = crew.devices["anna"].slot_of(anna).unwrap();
    let cause = Cause::Override;
    assert_eq!(
        crew.command("tablet", Command::Release { key, cause }),
        Err(Error::NotCustodian { key })
    );
    assert_eq!(
        crew.command("tablet", Command::CheckIn(key)),
        Err(Error::NotCustodian { key })
    );
    let again = crew.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:30-11:30")).exactly(),
    );
    crew.all_meet();
    let (_, key) = crew.devices["anna"].slot_of(again).unwrap();
    for command in [Command::Confirm(key), Command::Decline { key, cause }] {
        assert_eq!(
            crew.command("tablet", command),
            Err(Error::NotDecider { key })
        );
    }
    assert_eq!(
        crew.command(KIOSK, Command::Confirm(key)),
        Err(Error::NoPlace { key })
    );
    crew.assert_agreed();
}
