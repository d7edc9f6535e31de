//! Move, extend, cancel, arrive, not come, walk in.

use allkontor_core::command::{Book, DateOutcome, WalkIn, WalkInDate};
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::limits::{MAX_QR_BYTES, MAX_VERSION};
use allkontor_core::model::{CellSpan, Class, Composite, CompositeId, Kind, Rules, Text, Unit};
use allkontor_core::replica::{Command, Event, Outcome, SlipSays};
use allkontor_core::resolve::ConfirmState;
use allkontor_core::statement::Cause;
use allkontor_core::sync::Incoming;
use allkontor_core::sync::qr::{RequestCard, Slip};
use allkontor_core::view::{Delivery, Stage};
use allkontor_tests::world::{HALL, World, at, parts, span};
use std::collections::BTreeSet;

#[test]
fn a_booking_is_carried_until_a_steward_has_it() {
    let mut world = World::new();
    world.phone("anna");
    let booking = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    assert_eq!(
        world.see("anna", booking).status.delivery,
        Delivery::Carried
    );
    assert_eq!(world.told("anna", booking), "likely 1 10:00-11:00");
    world.all_meet();
    assert_eq!(
        world.see("anna", booking).status.delivery,
        Delivery::Received
    );
}

#[test]
fn without_a_ticket_a_booking_is_a_draft_that_becomes_a_request_when_the_ticket_comes() {
    let mut world = World::new();
    world.phone("anna");
    // Tickets at hand serve this month and the next: February's has to be asked for.
    let mut parts = allkontor_tests::world::parts();
    parts
        .classes
        .values_mut()
        .for_each(|class| class.rules.horizon_days = 120);
    world.desk(Command::Publish(Box::new(
        allkontor_core::model::Catalogue::new(parts).unwrap(),
    )));
    world.all_meet();
    let february =
        allkontor_core::time::Interval::new(at("2027-02-10T10:00"), at("2027-02-10T11:00"))
            .unwrap();
    let booking = world.booked("anna", Book::unit(UnitId(1), february));
    assert_eq!(world.see("anna", booking).status.delivery, Delivery::Draft);
    world.all_meet();
    world.all_meet();
    assert_eq!(world.told("anna", booking), "confirmed 1 10:00-11:00");
}

#[test]
fn what_is_held_stays_held_until_the_move_is_confirmed() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let bo = world.booked(
        "bo",
        Book::unit(UnitId(2), span("24T10:00-11:00")).exactly(),
    );
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    let to = Book::unit(UnitId(2), span("24T10:30-11:30")).exactly();
    world
        .command("anna", Command::Move { booking: anna, to })
        .unwrap();
    world.all_meet();
    let entry = world.see("anna", anna);
    assert_eq!(
        entry.status.holding[0].unit,
        UnitId(1),
        "the old place is kept while the new one waits"
    );
    assert_eq!(world.told("anna", anna), "waiting 1");
    world.command("bo", Command::Cancel(bo)).unwrap();
    world.all_meet();
    assert_eq!(world.told("anna", anna), "confirmed 2 10:30-11:30");
    let old = world.kiosk.day_of(
        UnitId(1),
        allkontor_core::time::OfficeDay::from_ymd(2026, 11, 24).unwrap(),
    );
    assert!(old.is_empty(), "the old place is free at once: {old:?}");
    world.assert_agreed();
}

#[test]
fn whoever_changed_their_mind_as_often_as_one_may_still_shows_one_code() {
    let mut world = World::new();
    world.phone("anna");
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    for version in 1..=MAX_VERSION {
        let to = format!("24T{}:00-{}:30", 10 + version % 4, 10 + version % 4);
        let to = Book::unit(UnitId(2), span(&to)).exactly();
        world
            .command("anna", Command::Move { booking: anna, to })
            .unwrap();
    }
    let said = world.phones["anna"].statements_of(anna).unwrap();
    assert_eq!(said.len(), 2 + usize::from(MAX_VERSION));
    let card = RequestCard::of_booking(said).unwrap();
    let code = card.to_bytes();
    assert!(code.len() <= MAX_QR_BYTES, "{} bytes", code.len());
    let shown = RequestCard::from_bytes(&code).unwrap();
    let shown = shown.statements().iter();
    let shown = shown.map(|statement| Incoming::Statement(statement.bytes().into()));
    let now = world.now;
    world
        .kiosk
        .handle(now, Event::TakeIn(shown.collect()))
        .unwrap();
    world.meet("anna");
    assert_eq!(world.told("anna", anna), "confirmed 2 13:00-13:30");
}

#[test]
fn who_waits_for_another_time_and_does_not_come_is_told_that_the_old_place_was_given_back() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let taken = || Book::unit(UnitId(2), span("24T12:00-13:00")).exactly();
    world.booked("bo", taken());
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    let to = taken();
    world
        .command("anna", Command::Move { booking: anna, to })
        .unwrap();
    world.all_meet();
    let waiting = world.see("anna", anna).status;
    assert_eq!(waiting.before, None, "the old place is still held");
    world.clock("2026-11-24T10:16");
    world.all_meet();
    let status = world.see("anna", anna).status;
    assert_eq!(
        (status.holding.len(), world.told("anna", anna)),
        (0, "waiting 1".into())
    );
    let before = status.before.unwrap();
    assert_eq!(before.state, ConfirmState::Released(Cause::NoShow));
    assert_eq!(before.holds, waiting.holding);
}

#[test]
fn a_stay_is_lengthened_when_nobody_is_in_the_way() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    world.clock("2026-11-24T10:00");
    world.command("anna", Command::Arrive(anna)).unwrap();
    world.all_meet();
    assert_eq!(world.told("anna", anna), "checked in 1 10:00-11:00");
    world.clock("2026-11-24T10:50");
    world
        .command(
            "anna",
            Command::Extend {
                booking: anna,
                end: at("2026-11-24T12:00"),
            },
        )
        .unwrap();
    world.all_meet();
    assert_eq!(
        world.told("anna", anna),
        "checked in 1 10:00-12:00",
        "whoever has come need not come again"
    );
}

#[test]
fn who_does_not_come_loses_the_place_after_the_grace_time_and_a_late_check_in_wins_it_back() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let anna = world.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-12:00")).exactly(),
    );
    let bo = world.booked(
        "bo",
        Book::unit(UnitId(2), span("24T10:00-12:00")).exactly(),
    );
    world.all_meet();
    world.clock("2026-11-24T10:05");
    // Anna says she is here, but her phone has no contact until later. Bo never comes.
    world.command("anna", Command::Arrive(anna)).unwrap();
    world.clock("2026-11-24T10:14");
    world.meet("bo");
    assert!(world.told("bo", bo).starts_with("confirmed"));
    world.clock("2026-11-24T10:16");
    world.meet("bo");
    assert_eq!(world.told("bo", bo), "released: no-show");
    world.all_meet();
    assert_eq!(
        world.told("anna", anna),
        "checked in 1 10:00-12:00",
        "the mark is cleared and the place still free"
    );
    world.assert_agreed();
}

#[test]
fn who_says_hours_too_early_that_they_have_come_is_not_sent_away_and_asked_back_for_ever() {
    let mut world = World::new();
    world.phone("anna");
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    world.clock("2026-11-24T08:05");
    world.command("anna", Command::Arrive(anna)).unwrap();
    world.all_meet();
    assert_eq!(world.told("anna", anna), "confirmed 1 10:00-11:00");
    world.clock("2026-11-24T10:15");
    let document = world.phones["anna"].slot_of(anna).unwrap().0;
    let said = |world: &World| world.kiosk.fold(document).unwrap().statements().len();
    let before = said(&world);
    world.clock("2026-11-24T10:16");
    assert_eq!(said(&world), before, "nothing is left to decide");
    world.all_meet();
    assert_eq!(world.told("anna", anna), "checked in 1 10:00-11:00");
}

#[test]
fn who_sits_down_first_and_books_then_has_a_grace_of_their_own() {
    let mut world = World::new();
    world.phone("anna");
    world.clock("2026-11-24T10:14");
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-12:00")));
    world.clock("2026-11-24T10:20");
    world.all_meet();
    world.clock("2026-11-24T10:28");
    world.all_meet();
    assert_eq!(world.told("anna", anna), "confirmed 1 10:00-12:00");
    world.clock("2026-11-24T10:30");
    world.all_meet();
    assert_eq!(world.told("anna", anna), "released: no-show");
}

#[test]
fn nobody_is_given_a_place_too_late_to_have_come_but_who_says_that_they_came_is() {
    let mut world = World::new();
    world.phones(&["anna", "bo", "eva"]);
    let only = || Book::unit(UnitId(1), span("24T10:00-12:00")).exactly();
    let anna = world.booked("anna", only());
    world.meet("anna");
    let (bo, eva) = (world.booked("bo", only()), world.booked("eva", only()));
    world.all_meet();
    world.clock("2026-11-24T10:20");
    world.all_meet();
    assert_eq!(world.told("anna", anna), "released: no-show");
    // Confirmed now, they would be no-shows a minute later, and neither has heard that the place is free.
    assert!(
        world.told("bo", bo).starts_with("likely") || world.told("eva", eva).starts_with("likely")
    );
    world.command("bo", Command::Arrive(bo)).unwrap();
    world.command("eva", Command::Arrive(eva)).unwrap();
    world.all_meet();
    let told = [world.told("bo", bo), world.told("eva", eva)];
    assert!(
        told.contains(&"checked in 1 10:00-12:00".to_owned()),
        "{told:?}"
    );
    assert!(told.contains(&"waiting 1".to_owned()), "{told:?}");
    world.assert_agreed();
}

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

#[test]
fn somebody_without_a_phone_leaves_the_kiosk_with_a_slip() {
    let mut world = World::new();
    let book = Book::unit(UnitId(1), span("24T10:00-11:00"));
    let Outcome::WalkedIn(walked_in) = world.desk(Command::WalkIn(WalkIn {
        book,
        slip_seed: [5; 16],
    })) else {
        panic!("no slip")
    };
    let WalkInDate::Requested { key, .. } = &walked_in.dates[0] else {
        panic!("refused")
    };
    let document = world.kiosk.documents()[0];
    let entry = world
        .kiosk
        .desk_entries(document)
        .into_iter()
        .find(|entry| entry.key == *key)
        .unwrap();
    assert_eq!(
        entry.status.holding[0].unit,
        UnitId(1),
        "decided on the spot"
    );
    let certificate = world.kiosk.certificate(document, key).unwrap();
    assert!(
        certificate.to_bytes().len() <= 1_600,
        "{} bytes",
        certificate.to_bytes().len()
    );
}

#[test]
fn a_slip_is_all_it_takes_to_look_up_arrive_and_cancel() {
    let mut world = World::new();
    let walk_in = |world: &mut World, unit, slip_seed| {
        let book = Book::unit(UnitId(unit), span("24T10:00-11:00"))
            .also_on([span("25T10:00-11:00")])
            .exactly();
        match world.desk(Command::WalkIn(WalkIn { book, slip_seed })) {
            Outcome::WalkedIn(walked_in) => walked_in.dates,
            other => panic!("a walk-in answered {other:?}"),
        }
    };
    let dates = walk_in(&mut world, 1, [5; 16]);
    let slips: Vec<Slip> = dates
        .iter()
        .map(|date| match date {
            WalkInDate::Requested { slip, .. } => slip.clone(),
            WalkInDate::Refused(refused) => panic!("{refused:?}"),
        })
        .collect();
    // One by its QR code, the other by the short code that was typed in.
    let scanned = Slip::from_bytes(&slips[0].to_bytes()).unwrap().seed;
    let typed = Slip::seed_from_code(&slips[1].code()).unwrap();
    let stage = |world: &World, seed| world.kiosk.slip(seed).unwrap().status.stage;
    assert!(matches!(stage(&world, &scanned), Stage::Confirmed { .. }));
    assert!(matches!(stage(&world, &typed), Stage::Confirmed { .. }));
    world.clock("2026-11-24T09:50");
    let says = |seed, says| Command::Slip { seed, says };
    world.desk(says(scanned, SlipSays::Arrive));
    assert!(matches!(stage(&world, &scanned), Stage::CheckedIn { .. }));
    world.desk(says(typed, SlipSays::Cancel));
    let cause = Cause::Cancelled;
    assert_eq!(stage(&world, &typed), Stage::Released { cause });
    // The place is free for the next one, and a slip of another office is none.
    let again = walk_in(&mut world, 1, [6; 16]);
    assert!(matches!(again[1], WalkInDate::Requested { .. }));
    let stranger = Event::Command(says([7; 16], SlipSays::Cancel));
    let error = world.kiosk.handle(world.now, stranger).unwrap_err();
    assert_eq!(error.code(), "no_such_slip");
    // A rule that forbids a date is told with the nearest times that can be had.
    let book = Book::unit(UnitId(1), span("24T10:10-11:10")).exactly();
    let slip_seed = [8; 16];
    let Outcome::WalkedIn(refused) = world.desk(Command::WalkIn(WalkIn { book, slip_seed })) else {
        panic!("no answer")
    };
    let WalkInDate::Refused(DateOutcome::Refused { nearest, .. }) = &refused.dates[0] else {
        panic!("starts are half an hour apart: {refused:?}")
    };
    assert_eq!(nearest[0], span("24T11:00-12:00"));
}
