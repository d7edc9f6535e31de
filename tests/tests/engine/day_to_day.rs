//! Move, extend, cancel, arrive, not come, walk in.

mod slips;
mod together;

use allkontor_core::command::Book;
use allkontor_core::id::UnitId;
use allkontor_core::limits::{MAX_QR_BYTES, MAX_VERSION};
use allkontor_core::replica::{Command, Event};
use allkontor_core::resolve::ConfirmState;
use allkontor_core::statement::Cause;
use allkontor_core::sync::Incoming;
use allkontor_core::sync::qr::RequestCard;
use allkontor_core::view::Delivery;
use allkontor_tests::world::{World, at, span};

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
