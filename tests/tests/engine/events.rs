//! Events: proposed from a phone, let through by the office, held in a room of theirs; seats asked for by groups, a
//! line that no small group overtakes for ever, and everybody told when one is called off.

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
fn e1_a_text_that_breaks_the_guidelines_is_erased() {
    let (mut world, _, event) = open(&["bo"]);
    assert!(world.phones["bo"].events()[0].text.is_some());
    let cause = Cause::Guidelines;
    world.desk(Command::CallOff { event, cause });
    world.all_meet();
    assert_eq!(first(&world).text, None);
    assert_eq!(world.phones["anna"].events()[0].text, None);
}

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

pub(super) fn edit(world: &mut World, name: &str, event: SlotKey, from: &str, to: &str) {
    let known = world.phones[name].event(&event).unwrap().text.unwrap();
    let text = known.replace(from, to);
    assert_ne!(text, known);
    world
        .command(name, Command::EditEvent { event, text })
        .unwrap();
}

#[test]
fn e3_two_write_in_the_same_paragraph_offline_and_both_are_heard() {
    let (mut world, _, event) = open(&["bo"]);
    // Anna far away, and staff at the kiosk, before they meet again.
    edit(
        &mut world,
        "anna",
        event,
        "Bring a book.",
        "Bring a book and a cup.",
    );
    let known = world.kiosk.event(&event).unwrap().text.unwrap();
    let text = known
        .replace("Reading aloud", "Reading poems aloud")
        .replace("Bring", "Please bring");
    world.desk(Command::EditEvent { event, text });
    world.all_meet();
    let both = "Reading poems aloud\nPlease bring a book and a cup.";
    for name in ["anna", "bo"] {
        let seen = world.phones[name].event(&event).unwrap();
        assert_eq!(seen.text.as_deref(), Some(both));
    }
    assert_eq!(first(&world).title(), Some("Reading poems aloud"));
    edit(&mut world, "anna", event, "cup", "cup of tea");
    world.all_meet();
    assert!(
        first(&world)
            .text
            .unwrap()
            .ends_with("a book and a cup of tea.")
    );
    world.assert_agreed();
}

#[test]
fn e3_strangers_write_nothing_and_an_erased_text_is_gone_with_its_edits() {
    let (mut world, _, event) = open(&["bo"]);
    let text = "Another title".to_owned();
    let refused = world.command("bo", Command::EditEvent { event, text });
    assert_eq!(
        refused,
        Err(EventError::NotAnOrganiser { key: event }.into())
    );
    edit(&mut world, "anna", event, "book", "thing that hurts");
    world.all_meet();
    let cause = Cause::Guidelines;
    world.desk(Command::CallOff { event, cause });
    world.all_meet();
    assert_eq!(first(&world).text, None);
    let text = "It comes back".to_owned();
    let refused = world.command("anna", Command::EditEvent { event, text });
    assert_eq!(refused, Err(EventError::NotOpen { key: event }.into()));
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

/// Whether a text is there that came before its event, with so many others behind it.
fn is_kept_behind(others: u32) -> bool {
    use allkontor_core::replica::Event;
    use allkontor_core::sync::{Incoming, Peer, PeerId, Source};
    let mut world = World::with(theatre());
    world.phone("anna");
    propose(&mut world, "anna", reading());
    let (now, catalogue) = (world.now, world.kiosk.catalogue().unwrap().hash());
    let anna = world.phones["anna"].at(now);
    let texts = anna.blobs().into_iter().filter(|hash| *hash != catalogue);
    let texts = texts
        .filter_map(|hash| anna.blob(&hash))
        .map(Incoming::Blob);
    let texts: Vec<Incoming> = texts.collect();
    assert_eq!(texts.len(), 1);
    let kiosk = Peer {
        id: PeerId(world.kiosk.public_key().0),
        steward: true,
    };
    let said = anna.loose(&kiosk).into_iter();
    let said = said
        .filter_map(|id| anna.loose_item(&id))
        .map(|(_, bytes)| Incoming::Statement(bytes));
    let said: Vec<Incoming> = said.collect();
    let others = (0..others).map(|n| Incoming::Blob(n.to_be_bytes().to_vec().into()));
    for incoming in [texts, others.collect(), said] {
        world.kiosk.handle(now, Event::TakeIn(incoming)).unwrap();
    }
    first(&world).text.is_some()
}

#[test]
fn texts_that_came_too_early_wait_while_there_is_room() {
    let room = u32::try_from(allkontor_core::limits::MAX_WAITING_TEXTS).unwrap();
    assert!(is_kept_behind(room - 1));
    assert!(!is_kept_behind(room));
}

#[test]
fn a_text_is_edited_so_many_times_and_no_more() {
    use allkontor_core::id::Digest;
    use allkontor_core::limits::MAX_EDITS;
    use allkontor_core::replica::Event;
    use allkontor_core::statement::{Body, Edit, Header, Keypair, Statement};
    use allkontor_core::sync::Incoming;
    let (mut world, _, key) = open(&[]);
    let document = first(&world).document;
    let events = &world.kiosk.fold(document).unwrap().resolved().events;
    let proposal = *events[&key].proposals.keys().next().unwrap();
    let header = Header::standalone(world.kiosk.office(), document);
    let edits = (0..MAX_EDITS + 1).map(|n| {
        let mut patch = [0; 32];
        patch[..8].copy_from_slice(&n.to_be_bytes());
        let edit = Edit {
            proposal,
            after: vec![],
            patch: Digest(patch),
            length: 1,
            claimed: span(EVENING).start(),
            appoint: None,
        };
        let body = Body::from(edit);
        let signed = Keypair::from_seed(&[1; 32]).sign(Statement { header, body });
        Incoming::Statement(signed.unwrap().bytes().into())
    });
    let edits: Vec<Incoming> = edits.collect();
    world.kiosk.handle(world.now, Event::TakeIn(edits)).unwrap();
    let events = &world.kiosk.fold(document).unwrap().resolved().events;
    assert_eq!(events[&key].edits.len(), MAX_EDITS);
}
