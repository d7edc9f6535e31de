//! Bugs that booking systems are known for, each as a test.

use allkontor_core::command::{Book, DateOutcome};
use allkontor_core::id::UnitId;
use allkontor_core::model::{Notice, Rule};
use allkontor_core::replica::Command;
use allkontor_core::time::Interval;
use allkontor_tests::world::{DESK, HALL, ROOM, World, at, parts, span};

#[test]
fn a_hold_made_on_one_path_is_seen_on_every_other() {
    let mut world = World::new();
    world.phones(&["anna", "bo", "eva", "nils"]);
    let hall = world.booked("anna", Book::together(HALL, span("24T10:00-11:00")));
    world.all_meet();
    assert!(world.told("anna", hall).starts_with("confirmed"));
    // The same minutes through the part, through the class and through a move.
    let part = world.booked(
        "bo",
        Book::unit(UnitId(21), span("24T10:30-11:30")).exactly(),
    );
    let class = world.booked(
        "eva",
        Book::places(allkontor_tests::world::PART, 1, span("24T10:00-10:30")),
    );
    let moved = world.booked(
        "nils",
        Book::unit(UnitId(22), span("24T12:00-13:00")).exactly(),
    );
    world.all_meet();
    let to = Book::unit(UnitId(22), span("24T10:15-10:45")).exactly();
    world
        .command("nils", Command::Move { booking: moved, to })
        .unwrap();
    world.all_meet();
    assert_eq!(world.told("bo", part), "waiting 1");
    assert!(
        world.told("eva", class).starts_with("waiting"),
        "{}",
        world.told("eva", class)
    );
    assert!(
        world.told("nils", moved).starts_with("waiting"),
        "{}",
        world.told("nils", moved)
    );
    let free = world.kiosk.free(
        Some(allkontor_tests::world::PART),
        &Default::default(),
        span("24T10:00-11:00"),
    );
    assert!(free.unwrap().is_empty());
}

#[test]
fn a_change_is_checked_like_a_booking() {
    let mut world = World::new();
    world.phone("anna");
    let booking = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    let to = Book::unit(UnitId(1), span("24T10:10-11:00"));
    let error = world
        .command("anna", Command::Move { booking, to })
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "starts at 2026-11-24T10:10: starts are 30 minutes apart, counted from midnight"
    );
    let error = world
        .command(
            "anna",
            Command::Extend {
                booking,
                end: at("2026-11-24T19:00"),
            },
        )
        .unwrap_err();
    assert_eq!(error.to_string(), "540 minutes: the most is 480");
    let error = world
        .command(
            "anna",
            Command::Extend {
                booking,
                end: at("2026-11-24T09:00"),
            },
        )
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "booking #0 starts at 2026-11-24T10:00: the new end 2026-11-24T09:00 is not after it"
    );
}

#[test]
fn a_booking_does_not_stand_in_its_own_way() {
    let mut world = World::new();
    world.phone("anna");
    let booking = world.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    world.all_meet();
    let to = Book::unit(UnitId(1), span("24T10:30-11:30")).exactly();
    world
        .command("anna", Command::Move { booking, to })
        .unwrap();
    world.all_meet();
    assert_eq!(world.told("anna", booking), "confirmed 1 10:30-11:30");
}

#[test]
fn every_date_of_a_series_is_checked_and_one_clash_stops_no_other() {
    let mut world = World::new();
    world.phones(&["anna", "bo"]);
    let taken = world.booked(
        "bo",
        Book::unit(UnitId(1), span("26T18:00-20:00")).exactly(),
    );
    world.all_meet();
    // The 24th, the 26th (taken) and a date beyond the horizon of 30 days.
    let far = Interval::new(at("2027-01-05T18:00"), at("2027-01-05T20:00")).unwrap();
    let series = Book::unit(UnitId(1), span("24T18:00-20:00"))
        .exactly()
        .also_on([span("26T18:00-20:00"), far]);
    let booked = world.book("anna", series);
    let DateOutcome::Refused { rule, .. } = &booked.dates[2] else {
        panic!("the last date was not checked")
    };
    assert!(matches!(rule, Rule::BeyondHorizon { .. }), "{rule}");
    world.all_meet();
    let bookings: Vec<_> = booked.bookings().collect();
    assert_eq!(world.told("anna", bookings[0]), "confirmed 1 18:00-20:00");
    assert_eq!(world.told("anna", bookings[1]), "waiting 1");
    assert_eq!(world.told("bo", taken), "confirmed 1 18:00-20:00");
}

#[test]
fn buffers_keep_their_distance_on_both_sides() {
    let mut parts = parts();
    let rules = &mut parts.classes.get_mut(&ROOM).unwrap().rules;
    (rules.before, rules.after) = (30, 0);
    let mut world = World::with(parts);
    world.phones(&["anna", "bo", "eva"]);
    let anna = world.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    world.all_meet();
    let before = world.booked(
        "bo",
        Book::unit(UnitId(1), span("24T09:00-10:00")).exactly(),
    );
    let after = world.booked(
        "eva",
        Book::unit(UnitId(1), span("24T11:00-12:00")).exactly(),
    );
    world.all_meet();
    assert!(world.told("anna", anna).starts_with("confirmed"));
    assert_eq!(
        world.told("bo", before),
        "waiting 1",
        "anna's own half hour before"
    );
    assert_eq!(
        world.told("eva", after),
        "waiting 1",
        "eva's half hour before is anna's last"
    );
}

#[test]
fn the_horizon_is_checked_at_the_end_too() {
    let mut parts = parts();
    parts.classes.get_mut(&DESK).unwrap().rules.horizon_days = 2;
    let mut world = World::with(parts);
    world.phone("anna");
    world.booked("anna", Book::unit(UnitId(11), span("26T22:00-27T03:00")));
    let rule = world.refused("anna", Book::unit(UnitId(11), span("26T22:00-27T05:00")));
    assert!(
        matches!(rule, Rule::CrossesDay { .. } | Rule::BeyondHorizon { .. }),
        "{rule}"
    );
    let rule = world.refused("anna", Book::unit(UnitId(11), span("27T05:00-06:00")));
    assert!(matches!(rule, Rule::BeyondHorizon { .. }), "{rule}");
}

#[test]
fn a_limit_counts_its_holder_and_nobody_else() {
    let mut parts = parts();
    parts.classes.get_mut(&ROOM).unwrap().rules.limits.per_day = Some(1);
    let mut world = World::with(parts);
    world.phones(&["anna", "bo"]);
    let first = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    let stranger = world.booked("bo", Book::unit(UnitId(1), span("24T12:00-13:00")));
    world.all_meet();
    let second = world.booked("anna", Book::unit(UnitId(1), span("24T14:00-15:00")));
    let tomorrow = world.booked("anna", Book::unit(UnitId(1), span("25T14:00-15:00")));
    world.all_meet();
    assert!(world.told("anna", first).starts_with("confirmed"));
    assert!(world.told("bo", stranger).starts_with("confirmed"));
    assert_eq!(world.told("anna", second), "declined: limit");
    assert!(world.told("anna", tomorrow).starts_with("confirmed"));
}

#[test]
fn two_wishes_sent_at_once_do_not_slip_past_a_limit_together() {
    let mut parts = parts();
    parts.classes.get_mut(&ROOM).unwrap().rules.limits.at_once = Some(1);
    let mut world = World::with(parts);
    world.phone("anna");
    let one = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    let two = world.booked("anna", Book::unit(UnitId(1), span("24T14:00-15:00")));
    world.all_meet();
    let mut told = [world.told("anna", one), world.told("anna", two)];
    told.sort();
    assert!(
        told[0].starts_with("confirmed") && told[1] == "declined: limit",
        "{told:?}"
    );
}

#[test]
fn notice_counts_from_when_it_was_asked_not_from_when_it_arrived() {
    let mut parts = parts();
    parts.classes.get_mut(&ROOM).unwrap().rules.notice = Notice::Before { minutes: 60 };
    let mut world = World::with(parts);
    world.phone("anna");
    let in_time = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.clock("2026-11-24T09:30");
    let rule = world.refused("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    assert!(matches!(rule, Rule::TooSoon { .. }), "{rule}");
    world.all_meet();
    assert!(
        world.told("anna", in_time).starts_with("confirmed"),
        "offline since eight, and asked in time"
    );
}
