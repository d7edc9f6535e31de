//! Tickets within a holder's share.

use allkontor_core::command::Book;
use allkontor_core::id::{PublicKey, UnitId};
use allkontor_core::replica::{Command, Outcome, Quota};
use allkontor_core::statement::Document;
use allkontor_core::time::Month;
use allkontor_tests::world::{ROOM, World, at, parts, span};

#[test]
fn a_holder_gets_tickets_up_to_a_share_and_is_told_when_more_come_free() {
    let mut world = World::new();
    let (holder, other) = (PublicKey([3; 32]), PublicKey([4; 32]));
    let document = Document::Ledger(Month::new(2026, 11).unwrap());
    let issue = |holder, n: u8, slots| Command::IssueTicket {
        holder,
        key: PublicKey([n; 32]),
        document,
        uses: Vec::new(),
        slots,
    };
    assert!(matches!(
        world.desk(issue(holder, 10, 20)),
        Outcome::Ticket(Ok(_))
    ));
    let Outcome::Ticket(Err(Quota { left, next_at })) = world.desk(issue(holder, 11, 5)) else {
        panic!("more than the share")
    };
    assert_eq!((left, next_at), (4, Some(at("2026-12-01T08:01"))));
    assert!(
        matches!(world.desk(issue(other, 12, 20)), Outcome::Ticket(Ok(_))),
        "a stranger's share is their own"
    );
    world.clock("2026-12-01T08:01");
    world.desk(Command::ConfirmClock);
    assert!(matches!(
        world.desk(issue(holder, 13, 20)),
        Outcome::Ticket(Ok(_))
    ));
}

#[test]
fn so_many_left_and_the_next_at() {
    let mut parts = parts();
    parts.classes.get_mut(&ROOM).unwrap().rules.limits.at_once = Some(2);
    let mut world = World::with(parts);
    world.phone("anna");
    world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    let holder = world.phones["anna"].public_key();
    let day = allkontor_core::time::OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let share = world
        .kiosk
        .allowances(world.now, holder, ROOM, day)
        .unwrap();
    assert_eq!(
        (share[0].left, share[0].next_at),
        (1, Some(at("2026-11-24T11:00")))
    );
}

#[test]
fn automation_that_frees_places_stops_when_nobody_has_confirmed_the_clock() {
    let mut world = World::new();
    world.phone("anna");
    let booking = world.booked("anna", Book::unit(UnitId(1), span("27T10:00-12:00")));
    world.all_meet();
    world.clock("2026-11-27T10:30");
    assert!(!world.kiosk.clock_is_believed(world.now));
    assert!(world.told("anna", booking).starts_with("confirmed"));
    world.desk(Command::ConfirmClock);
    world.all_meet();
    assert_eq!(world.told("anna", booking), "released: no-show");
}
