//! Events: proposed from a phone, let through by the office, held in a room of theirs; seats asked for by groups, a
//! line that no small group overtakes for ever, and everybody told when one is called off.

mod seats;
mod texts;

use allkontor_core::command::{Book, EventError, ProposeEvent, What};
use allkontor_core::error::Error;
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::model::{Approval, Class, Kind, Parts, Rules, Text, Unit};
use allkontor_core::replica::{BookingId, Command, EventEntry, Outcome};
use allkontor_core::resolve::{EventStage, SlotKey};
use allkontor_core::statement::Cause;
use allkontor_tests::world::{ROOM, World, parts, span};

const SEAT: ClassId = ClassId(9);
const EVENING: &str = "26T18:00-20:00";

/// The usual office with ten seats, 101 to 110.
fn theatre() -> Parts {
    let mut parts = parts();
    let text = |words: &str| Text::new([("en", words)]);
    let seat = Class {
        name: text("seat"),
        kind: Kind::Seat,
        cells: Default::default(),
        rules: Rules::default(),
    };
    parts.classes.insert(SEAT, seat);
    for unit in 101..=110 {
        let seat = Unit {
            name: text("seat"),
            class: SEAT,
            features: Default::default(),
            bookable: true,
        };
        parts.units.insert(UnitId(unit), seat);
    }
    parts
}

pub(super) fn reading() -> ProposeEvent {
    ProposeEvent::new("Reading aloud\nBring a book.", [span(EVENING)])
        .in_room(What::Unit(UnitId(1)))
        .with_seats(SEAT, 10)
}

fn propose(world: &mut World, name: &str, event: ProposeEvent) -> BookingId {
    let command = Command::Propose(Box::new(event));
    match world.command(name, command).unwrap() {
        Outcome::Asked(booking) => booking,
        other => panic!("answered {other:?}"),
    }
}

fn seats(world: &mut World, name: &str, event: SlotKey, seats: u16) -> Result<BookingId, Error> {
    let date = 0;
    let command = Command::AskForSeats { event, date, seats };
    world.command(name, command).map(|outcome| match outcome {
        Outcome::Asked(booking) => booking,
        other => panic!("answered {other:?}"),
    })
}

pub(super) fn first(world: &World) -> EventEntry {
    world.kiosk.events().remove(0)
}

/// An open event with ten seats, proposed by Anna.
pub(super) fn open(names: &[&str]) -> (World, BookingId, SlotKey) {
    let mut world = World::with(theatre());
    world.phone("anna");
    world.phones(names);
    let booking = propose(&mut world, "anna", reading());
    world.all_meet();
    let event = first(&world).key;
    world.desk(Command::Approve(event));
    world.all_meet();
    (world, booking, event)
}

pub(super) fn edit(world: &mut World, name: &str, event: SlotKey, from: &str, to: &str) {
    let known = world.phones[name].event(&event).unwrap().text.unwrap();
    let text = known.replace(from, to);
    assert_ne!(text, known);
    world
        .command(name, Command::EditEvent { event, text })
        .unwrap();
}

#[test]
fn e1_an_event_is_proposed_let_through_and_holds_its_room() {
    let mut world = World::with(theatre());
    world.phones(&["anna", "bo"]);
    let booking = propose(&mut world, "anna", reading());
    world.all_meet();
    // Until somebody says yes it takes nothing from anybody, and nobody else sees it.
    assert_eq!(first(&world).stage, EventStage::Proposed);
    assert_eq!(first(&world).title(), Some("Reading aloud"));
    assert_eq!(world.told("anna", booking), "waiting 1");
    assert_eq!(world.phones["bo"].events(), []);

    let event = first(&world).key;
    world.desk(Command::Approve(event));
    world.all_meet();
    assert_eq!(world.told("anna", booking), "confirmed 1 18:00-20:00");
    let programme = world.phones["bo"].events();
    assert_eq!(programme[0].stage, EventStage::Open);
    assert_eq!(
        programme[0].text.as_deref(),
        Some("Reading aloud\nBring a book.")
    );
    assert_eq!(programme[0].rooms, [UnitId(1)]);
    assert_eq!(
        (programme[0].own, world.phones["anna"].events()[0].own),
        (None, Some(booking))
    );
    world.assert_agreed();
}

#[test]
fn e1_a_room_is_never_in_an_event_and_in_a_booking() {
    let mut world = World::with(theatre());
    world.phones(&["anna", "bo", "cleo"]);
    let event = propose(&mut world, "anna", reading());
    world.all_meet();
    let bo = world.booked("bo", Book::unit(UnitId(1), span(EVENING)).exactly());
    world.all_meet();
    assert_eq!(world.told("bo", bo), "confirmed 1 18:00-20:00");
    // What is let through after somebody else was promised the room waits for it.
    world.desk(Command::Approve(first(&world).key));
    world.all_meet();
    assert_eq!(first(&world).stage, EventStage::Approved);
    assert_eq!(world.told("anna", event), "waiting 1");
    world.command("bo", Command::Cancel(bo)).unwrap();
    world.all_meet();
    assert_eq!(first(&world).stage, EventStage::Open);
    let cleo = world.booked("cleo", Book::unit(UnitId(1), span(EVENING)).exactly());
    world.all_meet();
    assert_eq!(world.told("cleo", cleo), "waiting 1");
}

#[test]
fn e1_an_event_called_off_frees_its_room_and_tells_whoever_comes() {
    let (mut world, anna, event) = open(&["bo", "cleo", "dan"]);
    let bo = seats(&mut world, "bo", event, 2).unwrap();
    world.all_meet();
    // One asks while nobody has heard yet that it is off.
    let cleo = seats(&mut world, "cleo", event, 1).unwrap();
    let cause = Cause::Staff;
    world.desk(Command::CallOff { event, cause });
    world.all_meet();
    assert_eq!(world.told("anna", anna), "released: staff");
    assert_eq!(world.told("bo", bo), "released: called-off");
    assert_eq!(world.told("cleo", cleo), "declined: called-off");
    assert_eq!(world.see("bo", bo).event, Some(event));
    let told = world.phones["bo"].events();
    assert_eq!(told[0].stage, EventStage::CalledOff(Cause::Staff));
    assert_eq!(told[0].title(), Some("Reading aloud"));
    // Who does not come sees it no more, and the room is free.
    assert_eq!(world.phones["dan"].events(), []);
    let dan = world.booked("dan", Book::unit(UnitId(1), span(EVENING)).exactly());
    world.all_meet();
    assert_eq!(world.told("dan", dan), "confirmed 1 18:00-20:00");
    assert!(seats(&mut world, "dan", event, 1).is_err());
    world.assert_agreed();
}

#[test]
fn e1_whoever_proposed_an_event_can_withdraw_it() {
    let (mut world, anna, event) = open(&["bo"]);
    let bo = seats(&mut world, "bo", event, 2).unwrap();
    world.all_meet();
    world.command("anna", Command::Cancel(anna)).unwrap();
    world.all_meet();
    assert_eq!(first(&world).stage, EventStage::Withdrawn);
    assert_eq!(world.told("anna", anna), "released: cancelled");
    assert_eq!(world.told("bo", bo), "released: called-off");
}

#[test]
fn e1_the_catalogue_says_whose_leave_an_event_needs() {
    let mut world = World::with(Parts {
        events: allkontor_core::model::Events {
            approval: Approval::Nobody,
        },
        ..theatre()
    });
    world.phone("anna");
    let booking = propose(&mut world, "anna", reading());
    world.all_meet();
    assert_eq!(world.told("anna", booking), "confirmed 1 18:00-20:00");
    assert_eq!(first(&world).stage, EventStage::Open);

    let mut world = World::with(Parts {
        events: allkontor_core::model::Events {
            approval: Approval::Staff,
        },
        ..theatre()
    });
    world.phone("anna");
    let refused = world.command("anna", Command::Propose(Box::new(reading())));
    assert_eq!(refused, Err(EventError::StaffOnly.into()));
}

#[test]
fn e1_several_dates_are_held_together_or_not_at_all() {
    let mut world = World::with(theatre());
    world.phones(&["anna", "bo"]);
    let dates = ["25T18:00-20:00", EVENING, "27T18:00-20:00"].map(span);
    let bo = world.booked("bo", Book::unit(UnitId(1), dates[1]).exactly());
    world.all_meet();
    let course = ProposeEvent::new("A course", dates).in_room(What::Places {
        class: ROOM,
        count: 1,
    });
    let anna = propose(&mut world, "anna", course);
    world.all_meet();
    world.desk(Command::Approve(first(&world).key));
    world.all_meet();
    assert_eq!(world.told("bo", bo), "confirmed 1 18:00-20:00");
    let held: Vec<_> = world.see("anna", anna).status.holding;
    let held: Vec<_> = held
        .iter()
        .map(|hold| (hold.unit, hold.interval()))
        .collect();
    assert_eq!(held.len(), 3);
    assert!(
        held.iter()
            .all(|(unit, _)| *unit == held[0].0 && unit.0 != 1),
        "{held:?}"
    );
}

#[test]
fn e1_a_partner_holds_an_event_on_its_own_premises() {
    let mut parts = theatre();
    let cafe = serde_json::from_str(r#"{"name": {"en": "The café"}}"#).unwrap();
    let number = allkontor_core::model::PartnerId(1);
    parts.partners.insert(number, cafe);
    let mut world = World::with(parts);
    world.phones(&["anna", "bo"]);
    let tasting = ProposeEvent::new("Tasting", [span(EVENING)]).held_by(number);
    propose(&mut world, "anna", tasting);
    world.all_meet();
    world.desk(Command::Approve(first(&world).key));
    world.all_meet();
    let seen = &world.phones["bo"].events()[0];
    assert_eq!((seen.stage, seen.partner), (EventStage::Open, Some(number)));
    assert_eq!((seen.rooms.as_slice(), seen.seats), (&[][..], None));
}

#[test]
fn e1_what_staff_propose_needs_nobodys_leave_and_every_steward_gives_its_seats() {
    use allkontor_core::statement::Role;
    use allkontor_tests::crew::{Crew, KIOSK};
    let parts = Parts {
        events: allkontor_core::model::Events {
            approval: Approval::Staff,
        },
        ..theatre()
    };
    let mut crew = Crew::with(parts, Role::Kiosk, "2026-11-24T08:00");
    crew.steward("tablet", Role::Staff);
    for (phone, steward) in [("anna", KIOSK), ("bo", "tablet"), ("cia", KIOSK)] {
        crew.phone(phone, steward);
    }
    crew.all_meet();
    crew.command("tablet", Command::Propose(Box::new(reading())))
        .unwrap();
    crew.all_meet();
    crew.all_meet();
    let event = crew.devices["anna"].events().remove(0);
    assert_eq!(
        (event.stage, event.rooms),
        (EventStage::Open, vec![UnitId(1)])
    );
    let refused = crew.command("anna", Command::Propose(Box::new(reading())));
    assert_eq!(refused, Err(EventError::StaffOnly.into()));

    // The stewards do not hear of one another while everybody asks.
    let (event, date) = (event.key, 0);
    for (phone, seats) in [("anna", 4), ("bo", 4), ("cia", 4)] {
        crew.command(phone, Command::AskForSeats { event, date, seats })
            .unwrap();
    }
    for (phone, steward) in [("anna", KIOSK), ("bo", "tablet"), ("cia", KIOSK)] {
        crew.meet(phone, steward);
    }
    crew.all_meet();
    crew.all_meet();
    let date = crew.devices[KIOSK].event(&event).unwrap().dates[0];
    assert_eq!((date.taken, date.waiting, date.left), (8, 4, 2));
    crew.assert_agreed();
}
