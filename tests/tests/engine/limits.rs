//! Tickets within a holder's share.

use allkontor_core::command::Book;
use allkontor_core::id::{PublicKey, UnitId};
use allkontor_core::replica::{Command, Event, Outcome, Quota};
use allkontor_core::statement::{Body, Document, Header, Keypair, Order, Statement};
use allkontor_core::sync::{Incoming, Peer, PeerId, Source};
use allkontor_core::time::Month;
use allkontor_tests::world::{ROOM, World, at, instant, parts, span};

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
fn a_phone_carries_so_many_statements_of_others_and_always_its_own() {
    let mut world = World::new();
    world.phone("anna");
    let document = Document::Ledger(Month::new(2026, 11).unwrap());
    let stranger = Keypair::from_seed(&[66; 32]);
    let carried = |world: &World| {
        let phone = world.phones["anna"].at(world.now);
        let someone = Peer {
            id: PeerId([0; 32]),
            steward: true,
        };
        phone.loose(&someone).len()
    };
    for serial in 0..2_001u32 {
        let mut key = [0; 32];
        key[..4].copy_from_slice(&serial.to_be_bytes());
        let order = Order {
            key: PublicKey(key),
            uses: Vec::new(),
            slots: 1,
            claimed: at("2026-11-24T08:00"),
            introduced: None,
        };
        let header = Header::standalone(world.kiosk.office(), document);
        let body = order.into();
        let order = stranger.sign(Statement { header, body }).unwrap();
        let incoming = vec![Incoming::Statement(order.bytes().into())];
        let phone = world.phones.get_mut("anna").unwrap();
        phone.handle(world.now, Event::TakeIn(incoming)).unwrap();
    }
    assert_eq!(carried(&world), 2_000);
    world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    assert_eq!(carried(&world), 2_001);
}

#[test]
fn of_what_it_cannot_read_a_phone_carries_so_many_and_has_room_for_the_rest() {
    let mut world = World::new();
    world.phone("anna");
    let document = Document::Ledger(Month::new(2026, 11).unwrap());
    let someone = Peer {
        id: PeerId([0; 32]),
        steward: true,
    };
    let carried = |world: &World| world.phones["anna"].at(world.now).loose(&someone).len();
    let before = carried(&world);
    for serial in 0..501u32 {
        let mut seed = [66; 32];
        seed[..4].copy_from_slice(&serial.to_be_bytes());
        let header = Header::standalone(world.kiosk.office(), document);
        let body = Body::Unknown { number: 200 };
        let later = Keypair::from_seed(&seed).sign(Statement { header, body });
        let incoming = vec![Incoming::Statement(later.unwrap().bytes().into())];
        let phone = world.phones.get_mut("anna").unwrap();
        phone.handle(world.now, Event::TakeIn(incoming)).unwrap();
    }
    assert_eq!(carried(&world) - before, 500);
    world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    assert_eq!(carried(&world) - before, 501);
}

#[test]
fn orders_that_were_answered_or_asked_anew_are_carried_no_further() {
    let mut world = World::new();
    world.phone("anna");
    let orders = |world: &World| {
        let phone = world.phones["anna"].at(world.now);
        let someone = Peer {
            id: PeerId([0; 32]),
            steward: true,
        };
        phone.loose(&someone).len()
    };
    assert_eq!(orders(&world), 0, "both months' tickets have come");
    // A week on they are over, and nobody is near who could issue more.
    for day in 2..6 {
        world.now = instant(at(&format!("2026-12-0{day}T09:00")));
        let phone = world.phones.get_mut("anna").unwrap();
        phone.stock_up(world.now).unwrap();
        assert_eq!(orders(&world), 4, "two a month, asked for anew each day");
    }
    world.desk(Command::ConfirmClock);
    world.all_meet();
    assert_eq!(orders(&world), 0);
}

#[test]
fn the_widest_buffers_that_a_catalogue_may_have_fit_a_confirmation() {
    let mut parts = parts();
    let rules = &mut parts.classes.get_mut(&ROOM).unwrap().rules;
    (rules.before, rules.after) = (720, 720);
    let mut world = World::with(parts);
    world.phone("anna");
    let booking = world.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    world.all_meet();
    assert_eq!(world.told("anna", booking), "confirmed 1 10:00-11:00");
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
    let own = world.phones["anna"].allowances(world.now, holder, ROOM, day);
    assert_eq!(own.unwrap(), share, "a phone knows its own share");
    let strangers = world.phones["anna"].allowances(world.now, PublicKey([9; 32]), ROOM, day);
    assert_eq!(strangers.unwrap()[0].left, 2);
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
