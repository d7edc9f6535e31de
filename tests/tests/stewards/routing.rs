//! A request finds the device that can decide it, or says what it waits for.

use allkontor_core::command::Book;
use allkontor_core::id::UnitId;
use allkontor_core::model::Catalogue;
use allkontor_core::replica::{BookingId, Command, Event};
use allkontor_core::statement::{Body, Cause, Role};
use allkontor_core::sync::{Incoming, Peer, PeerId, file};
use allkontor_core::time::OfficeDay;
use allkontor_core::view::{Awaits, Delivery, EntryKind, Stage};
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{DESK, HALL, at, parts, span};

/// The kiosk holds rooms 1 and 3 and desks 12 and 14 today, the tablet room 2, desks 11 and 13 and the hall.
fn two() -> Crew {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew
}

fn awaits(crew: &Crew, name: &str, booking: BookingId) -> Option<Awaits> {
    crew.devices[name]
        .explain(booking, crew.now)
        .unwrap()
        .awaits
}

#[test]
fn a_request_made_at_one_steward_is_decided_by_the_one_that_holds_the_place() {
    let mut crew = two();
    crew.phone("anna", KIOSK);
    let room_2 = Book::unit(UnitId(2), span("24T10:00-11:00")).exactly();
    let anna = crew.booked("anna", room_2);
    assert_eq!(awaits(&crew, "anna", anna), Some(Awaits::Office));
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    // The kiosk has it and has passed it on. Anna sees that it is received, and by whom it will be decided.
    assert_eq!(crew.told("anna", anna), "likely 2 10:00-11:00");
    assert_eq!(crew.see("anna", anna).status.delivery, Delivery::Received);
    let Some(Awaits::Decider(tablet)) = awaits(&crew, "anna", anna) else {
        panic!("{:?}", awaits(&crew, "anna", anna))
    };
    assert_eq!(
        (tablet.device, tablet.role, tablet.at),
        (
            crew.key("tablet"),
            Role::Staff,
            Some(at("2026-11-24T08:00"))
        )
    );
    // Her own phone carries it there.
    crew.meet("anna", "tablet");
    crew.meet("anna", "tablet");
    assert_eq!(crew.told("anna", anna), "confirmed 2 10:00-11:00");
    assert_eq!(awaits(&crew, "anna", anna), None);
    crew.all_meet();
    crew.assert_agreed();
}

#[test]
fn any_steward_and_any_phone_carries_a_request_to_its_decider() {
    let mut crew = two();
    crew.steward("hub", Role::Hub);
    crew.phone("anna", "tablet");
    crew.phone("bo", KIOSK);
    // Anna's ticket is the tablet's; she meets only the kiosk, and the kiosk only the hub.
    let anna = crew.booked(
        "anna",
        Book::unit(UnitId(2), span("24T10:00-11:00")).exactly(),
    );
    crew.meet("anna", KIOSK);
    assert_eq!(crew.see("anna", anna).status.delivery, Delivery::Received);
    crew.meet(KIOSK, "hub");
    crew.meet("hub", "tablet");
    // The answer goes back through a stranger's phone.
    crew.meet("bo", "tablet");
    crew.meet("anna", "bo");
    assert_eq!(crew.told("anna", anna), "confirmed 2 10:00-11:00");
}

#[test]
fn a_bundle_whose_parts_lie_with_two_devices_is_gathered_by_the_one_that_decides() {
    let mut crew = two();
    crew.phone("anna", KIOSK);
    let four = Book::places(DESK, 4, span("24T10:00-11:00")).party(4);
    let anna = crew.booked("anna", four);
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    assert!(
        crew.told("anna", anna).starts_with("likely"),
        "{}",
        crew.told("anna", anna)
    );
    let Some(Awaits::Custodians {
        decider,
        custodians,
    }) = awaits(&crew, "anna", anna)
    else {
        panic!("{:?}", awaits(&crew, "anna", anna))
    };
    assert_eq!(decider.device, crew.key(KIOSK));
    assert_eq!(custodians.len(), 2);
    // To see the pending request is to be asked.
    crew.meet("tablet", KIOSK);
    crew.meet("anna", KIOSK);
    let told = crew.told("anna", anna);
    assert!(told.starts_with("confirmed"), "{told}");
    assert_eq!(crew.see("anna", anna).status.holding.len(), 4);
    crew.all_meet();
    crew.assert_agreed();
}

#[test]
fn two_bundles_that_need_the_same_places_are_served_in_rank_order_and_both_devices_let_go() {
    // Who ranks first is drawn from their keys.
    for (one, other) in [
        ("anna", "bo"),
        ("eva", "kim"),
        ("li", "max"),
        ("ada", "ove"),
        ("bo", "anna"),
        ("kim", "eva"),
    ] {
        two_bundles(one, other);
    }
}

fn two_bundles(one: &str, other: &str) {
    let mut crew = two();
    crew.phone(one, KIOSK);
    crew.phone(other, "tablet");
    let four = |time| Book::places(DESK, 4, span(time)).party(4);
    let first = crew.booked(one, four("24T10:00-11:00"));
    let second = crew.booked(other, four("24T10:30-12:00"));
    let later = crew.booked(other, four("24T14:00-15:00"));
    // Each device hears of all three, and only one lets go of what it has: who decides about the first waits for it.
    crew.meet(one, other);
    let before = [gives(&crew, KIOSK), gives(&crew, "tablet")];
    crew.meet(one, KIOSK);
    crew.meet(other, "tablet");
    let after = [gives(&crew, KIOSK), gives(&crew, "tablet")];
    assert_eq!(
        after.iter().sum::<usize>(),
        before.iter().sum::<usize>() + 1
    );
    crew.all_meet();
    let told = [crew.told(one, first), crew.told(other, second)];
    assert!(
        told.iter().any(|told| told.starts_with("confirmed")),
        "{told:?}"
    );
    assert!(told.contains(&"waiting 1".to_owned()), "{told:?}");
    assert!(
        crew.told(other, later).starts_with("confirmed"),
        "{}",
        crew.told(other, later)
    );
    crew.assert_agreed();
}

fn gives(crew: &Crew, from: &str) -> usize {
    let device = &crew.devices[from];
    let folds = device
        .documents()
        .into_iter()
        .filter_map(|d| device.fold(d));
    let said = folds.flat_map(|fold| fold.statements().values());
    let own = said.filter(|statement| statement.signer() == device.public_key());
    own.filter(|statement| matches!(statement.body(), Body::Give(_)))
        .count()
}

#[test]
fn nothing_is_given_to_a_decider_who_is_away() {
    let mut crew = two();
    crew.phone("anna", "tablet");
    let four = Book::places(DESK, 4, span("27T15:00-16:00")).party(4);
    let anna = crew.booked("anna", four);
    // The tablet decides about it. It was last heard of more than three days ago.
    crew.clock("2026-11-27T12:00", &[KIOSK]);
    let before = gives(&crew, KIOSK);
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    crew.clock("2026-11-27T12:01", &[KIOSK]);
    assert_eq!(gives(&crew, KIOSK), before);
    assert_eq!(crew.see("anna", anna).status.delivery, Delivery::Received);
    // It is back.
    crew.all_meet();
    let told = crew.told("anna", anna);
    assert!(told.starts_with("confirmed"), "{told}");
}

#[test]
fn without_the_newest_catalogue_a_device_sends_nothing_to_and_fro() {
    let mut crew = two();
    crew.phone("anna", "tablet");
    let mut parts = parts();
    parts.units.remove(&UnitId(14));
    let catalogue = Box::new(Catalogue::new(parts).unwrap());
    crew.command(KIOSK, Command::Publish(catalogue)).unwrap();
    // The tablet hears that there is a new catalogue, and does not get it: a stick that was pulled out early.
    let now = crew.now;
    let anybody = Peer {
        id: PeerId([0; 32]),
        steward: false,
    };
    let stick = file::export(&crew.devices[KIOSK].at(now), &anybody, &Default::default());
    let without = file::import(&stick, None).unwrap().into_iter();
    let without = without.filter(|one| matches!(one, Incoming::Envelope(_)));
    let tablet = crew.devices.get_mut("tablet").unwrap();
    tablet
        .handle(now, Event::TakeIn(without.collect()))
        .unwrap();
    assert_eq!(tablet.catalogue_version(), Some(1));
    let anna = crew.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    let own = crew.booked(
        "anna",
        Book::unit(UnitId(2), span("24T10:00-11:00")).exactly(),
    );
    let before = gives(&crew, "tablet");
    crew.meet("anna", "tablet");
    crew.clock("2026-11-24T08:01", &["tablet"]);
    crew.meet("anna", "tablet");
    assert_eq!(gives(&crew, "tablet"), before);
    assert!(matches!(
        awaits(&crew, "anna", anna),
        Some(Awaits::Custodians { decider, .. }) if decider.device == crew.key("tablet")
    ));
    assert_eq!(
        crew.told("anna", own),
        "confirmed 2 10:00-11:00",
        "its own it decides"
    );
    crew.all_meet();
    assert_eq!(crew.told("anna", anna), "confirmed 1 10:00-11:00");
    crew.assert_agreed();
}

#[test]
fn a_move_to_another_devices_room_keeps_the_old_one_until_both_know() {
    let mut crew = two();
    crew.phone("anna", KIOSK);
    let anna = crew.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    assert_eq!(crew.told("anna", anna), "confirmed 1 10:00-11:00");
    let to = Book::unit(UnitId(2), span("24T10:30-11:30")).exactly();
    crew.command("anna", Command::Move { booking: anna, to })
        .unwrap();
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    assert_eq!(crew.see("anna", anna).status.holding[0].unit, UnitId(1));
    crew.meet("anna", "tablet");
    crew.meet("anna", "tablet");
    assert_eq!(crew.told("anna", anna), "confirmed 2 10:30-11:30");
    let day = OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let old = crew.devices["tablet"].day_of(UnitId(1), day);
    assert_eq!(
        old[0].kind,
        EntryKind::Leaving,
        "the kiosk has not heard yet: nobody else gets it"
    );
    crew.meet("tablet", KIOSK);
    assert!(crew.devices[KIOSK].day_of(UnitId(1), day).is_empty());
    crew.all_meet();
    let before = crew.see("anna", anna).status.before.unwrap();
    assert_eq!(
        before.state,
        allkontor_core::resolve::ConfirmState::Released(Cause::Moved)
    );
    assert_eq!(crew.told("anna", anna), "confirmed 2 10:30-11:30");
    crew.assert_agreed();
}

#[test]
fn who_insists_on_a_place_that_nobody_can_give_waits_in_line_and_is_promoted_wherever_it_frees() {
    let mut crew = two();
    crew.phone("anna", "tablet");
    crew.phone("bo", KIOSK);
    let room_2 = || Book::unit(UnitId(2), span("24T10:00-11:00")).exactly();
    let anna = crew.booked("anna", room_2());
    crew.meet("anna", "tablet");
    crew.all_meet();
    let bo = crew.booked("bo", room_2());
    crew.meet("bo", KIOSK);
    crew.meet("bo", KIOSK);
    assert_eq!(crew.told("bo", bo), "waiting 1");
    assert_eq!(awaits(&crew, "bo", bo), Some(Awaits::Place { n: 1 }));
    crew.command("anna", Command::Cancel(anna)).unwrap();
    crew.meet("anna", "tablet");
    crew.all_meet();
    assert_eq!(crew.told("bo", bo), "confirmed 2 10:00-11:00");
}

#[test]
fn a_steward_that_never_comes_back_leaves_requests_visibly_received() {
    let mut crew = two();
    crew.phone("anna", "tablet");
    crew.phone("bo", KIOSK);
    let anna = crew.booked(
        "anna",
        Book::unit(UnitId(1), span("24T15:00-16:00")).exactly(),
    );
    let bo = crew.booked("bo", Book::together(HALL, span("24T15:00-16:00")));
    // The tablet is gone. Anna's request can only be decided by it, and the hall lies with it.
    for morning in ["2026-11-24T09:00", "2026-11-24T12:00"] {
        crew.clock(morning, &[KIOSK]);
        for name in ["anna", "bo"] {
            crew.meet(name, KIOSK);
            crew.meet(name, KIOSK);
        }
    }
    for (name, booking) in [("anna", anna), ("bo", bo)] {
        let status = crew.see(name, booking).status;
        assert_eq!(status.delivery, Delivery::Received, "{name}");
        assert!(
            matches!(status.stage, Stage::Likely { .. }),
            "{name}: {status:?}"
        );
        match awaits(&crew, name, booking) {
            Some(
                Awaits::Decider(tablet)
                | Awaits::Custodians {
                    decider: tablet, ..
                },
            ) => assert_eq!(
                (tablet.device, tablet.at),
                (crew.key("tablet"), Some(at("2026-11-24T08:00"))),
                "{name}"
            ),
            other => panic!("{name} waits for {other:?}"),
        }
    }
    // The kiosk did not send it anything that it could not bring back.
    let document = crew.devices[KIOSK].documents()[0];
    let kiosk = crew.key(KIOSK);
    let statements = crew.devices[KIOSK].fold(document).unwrap().statements();
    let given = statements.values().filter(|s| s.signer() == kiosk);
    let given = given.filter(|s| matches!(s.body(), Body::Give(_)));
    assert_eq!(
        given.count(),
        1,
        "its share of the pools, and nothing since"
    );
}
