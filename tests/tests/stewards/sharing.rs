//! Who holds what: each device of the front line can confirm something today, the hub keeps what comes later.

use allkontor_core::command::Book;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Command, Custody, CustodyDay};
use allkontor_core::statement::{Body, Role};
use allkontor_core::time::OfficeDay;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{DESK, HALL, at, instant, span};

fn day(day: u32) -> OfficeDay {
    OfficeDay::from_ymd(2026, 11, day).unwrap()
}

/// The numbers of the units that a device may decide about on a day of November.
fn holds(crew: &Crew, name: &str, of: u32) -> Vec<u32> {
    let desk = crew.devices[name].custody_day(crew.now, day(of)).unwrap();
    let here = desk
        .units
        .iter()
        .filter(|unit| unit.custody == Custody::Here);
    here.map(|unit| unit.unit.0).collect()
}

fn desk(crew: &Crew, name: &str, of: u32) -> CustodyDay {
    crew.devices[name].custody_day(crew.now, day(of)).unwrap()
}

/// How often the cell that changed hands most often did so.
fn most_given(crew: &Crew) -> u32 {
    let kiosk = &crew.devices[KIOSK];
    let folds = kiosk.documents().into_iter().filter_map(|d| kiosk.fold(d));
    let cells = folds.flat_map(|fold| {
        let cells = fold.resolved().custody.keys();
        cells.map(|cell| fold.times_given(cell))
    });
    cells.max().unwrap_or(0)
}

#[test]
fn a_new_tablet_gets_its_share_of_every_pool_for_these_days_when_it_first_meets_the_kiosk() {
    let mut crew = Crew::new();
    assert_eq!(holds(&crew, KIOSK, 24), [1, 2, 3, 11, 12, 13, 14, 21, 22]);
    crew.steward("tablet", Role::Staff);
    for of in 24..=27 {
        // What is booked together, the parts of the hall, is held together.
        assert_eq!(holds(&crew, KIOSK, of), [1, 3, 12, 14]);
        assert_eq!(holds(&crew, "tablet", of), [2, 11, 13, 21, 22]);
    }
    assert_eq!(holds(&crew, "tablet", 28), [0; 0], "what comes later stays");
    assert!(desk(&crew, "tablet", 24).passed.is_empty());
}

#[test]
fn what_is_on_its_way_shows_at_both_desks() {
    let mut crew = Crew::new();
    crew.join("tablet");
    let (device, role) = (crew.key("tablet"), Role::Staff);
    crew.command(KIOSK, Command::Certify { device, role })
        .unwrap();
    let in_flight = |crew: &Crew| {
        let units = desk(crew, KIOSK, 24).units.into_iter();
        let flying = units.filter(
            |unit| matches!(unit.custody, Custody::InFlight(heard) if heard.device == device),
        );
        flying.map(|unit| unit.unit.0).collect::<Vec<_>>()
    };
    assert_eq!(in_flight(&crew), [2, 11, 13, 21, 22]);
    crew.meet("tablet", KIOSK);
    assert_eq!(in_flight(&crew), [0; 0]);
    let elsewhere = desk(&crew, KIOSK, 24).units.into_iter();
    let elsewhere = elsewhere
        .filter(|unit| matches!(unit.custody, Custody::Elsewhere(heard) if heard.device == device));
    assert_eq!(elsewhere.count(), 5);
}

#[test]
fn two_stewards_with_no_contact_both_confirm_from_their_share_and_then_agree() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew.phone("anna", KIOSK);
    crew.phone("eva", KIOSK);
    crew.phone("bo", "tablet");
    crew.phone("dan", "tablet");
    let desk = || Book::unit(UnitId(11), span("24T10:00-11:00"));
    let people = ["anna", "eva", "bo", "dan"];
    let bookings = people.map(|name| (name, crew.booked(name, desk())));
    for (name, steward) in [
        ("anna", KIOSK),
        ("eva", KIOSK),
        ("bo", "tablet"),
        ("dan", "tablet"),
    ] {
        crew.meet(name, steward);
        crew.meet(name, steward);
    }
    let mut told = bookings.map(|(name, booking)| crew.told(name, booking));
    crew.all_meet();
    let later = bookings.map(|(name, booking)| crew.told(name, booking));
    assert_eq!(later, told, "what was confirmed stays confirmed");
    crew.assert_agreed();
    told.sort();
    assert_eq!(
        told,
        [11, 12, 13, 14].map(|desk| format!("confirmed {desk} 10:00-11:00")),
        "all asked for desk 11, and each has a desk"
    );
}

#[test]
fn the_hub_keeps_the_coming_days_and_hands_each_to_the_front_line_before_it_starts() {
    let mut crew = Crew::new();
    crew.steward("hub", Role::Hub);
    crew.steward("tablet", Role::Staff);
    assert_eq!(holds(&crew, "hub", 28), [1, 2, 3, 11, 12, 13, 14, 21, 22]);
    assert_eq!(holds(&crew, "hub", 27), [0; 0]);
    crew.phone("anna", "hub");
    let anna = crew.booked("anna", Book::unit(UnitId(2), span("28T10:00-11:00")));
    crew.meet("anna", "hub");
    assert_eq!(crew.told("anna", anna), "confirmed 2 10:00-11:00");

    // On one of the days before: one meeting with the hub is enough, at any time.
    crew.clock("2026-11-25T08:00", &["hub", KIOSK, "tablet"]);
    crew.meet(KIOSK, "hub");
    crew.meet("tablet", "hub");
    assert_eq!(holds(&crew, KIOSK, 28), [1, 3, 12, 14]);
    assert_eq!(holds(&crew, "tablet", 28), [2, 11, 13, 21, 22]);
    assert_eq!(holds(&crew, "hub", 29), [1, 2, 3, 11, 12, 13, 14, 21, 22]);

    // The day itself, with no hub: the tablet holds the room, so it also checks in who was confirmed there.
    crew.clock("2026-11-28T09:50", &["tablet"]);
    crew.command("anna", Command::Arrive(anna)).unwrap();
    crew.meet("anna", "tablet");
    crew.meet("anna", "tablet");
    assert_eq!(crew.told("anna", anna), "checked in 2 10:00-11:00");
    crew.phone("bo", "tablet");
    let bo = crew.booked("bo", Book::together(HALL, span("28T12:00-13:00")));
    crew.meet("bo", "tablet");
    crew.meet("bo", "tablet");
    assert_eq!(
        crew.told("bo", bo),
        "confirmed 21 12:00-13:00, 22 12:00-13:00"
    );
    crew.all_meet();
    crew.assert_agreed();
}

#[test]
fn what_one_booking_holds_is_never_split_between_devices() {
    let mut crew = Crew::new();
    crew.phone("anna", KIOSK);
    let four = Book::places(DESK, 4, span("24T10:00-11:00")).party(4);
    let anna = crew.booked("anna", four);
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    assert!(crew.told("anna", anna).starts_with("confirmed"));
    crew.steward("tablet", Role::Staff);
    let kiosk = holds(&crew, KIOSK, 24);
    let tablet = holds(&crew, "tablet", 24);
    let desks = [11, 12, 13, 14];
    assert_eq!(most_given(&crew), 1, "they went once, and stay");
    assert!(
        desks.iter().all(|desk| tablet.contains(desk))
            != desks.iter().all(|desk| kiosk.contains(desk)),
        "kiosk {kiosk:?}, tablet {tablet:?}"
    );
    // Given back, the desks can be shared again.
    crew.command("anna", Command::Cancel(anna)).unwrap();
    crew.all_meet();
    crew.clock("2026-11-24T08:30", &[KIOSK, "tablet"]);
    crew.all_meet();
    assert_eq!(holds(&crew, KIOSK, 24), [1, 3, 12, 14]);
    assert_eq!(holds(&crew, "tablet", 24), [2, 11, 13, 21, 22]);
}

#[test]
fn nothing_is_shared_out_while_the_clock_is_not_believed() {
    let mut crew = Crew::new();
    crew.steward("hub", Role::Hub);
    crew.steward("tablet", Role::Staff);
    // Two days later nobody has said what time it is.
    crew.clock("2026-11-26T08:00", &["hub"]);
    assert_eq!(holds(&crew, "hub", 29), [1, 2, 3, 11, 12, 13, 14, 21, 22]);
    crew.command("hub", Command::ConfirmClock).unwrap();
    let (kiosk, tablet) = (crew.key(KIOSK), crew.key("tablet"));
    let custody = desk(&crew, "hub", 29)
        .units
        .into_iter()
        .map(|unit| unit.custody);
    for custody in custody {
        assert!(
            matches!(custody, Custody::InFlight(heard) if [kiosk, tablet].contains(&heard.device)),
            "{custody:?}"
        );
    }
}

#[test]
fn who_has_not_been_heard_of_for_three_days_gets_nothing_new_and_is_back_with_a_word() {
    let mut crew = Crew::new();
    crew.steward("hub", Role::Hub);
    crew.steward("tablet", Role::Staff);
    for (morning, of) in [("2026-11-25T08:00", 28), ("2026-11-26T08:00", 29)] {
        crew.clock(morning, &["hub", KIOSK]);
        crew.meet(KIOSK, "hub");
        assert_eq!(
            holds(&crew, KIOSK, of),
            [1, 3, 12, 14],
            "the rest is on its way"
        );
    }
    crew.clock("2026-11-27T08:15", &["hub", KIOSK]);
    crew.meet(KIOSK, "hub");
    assert_eq!(holds(&crew, KIOSK, 30), [1, 2, 3, 11, 12, 13, 14, 21, 22]);
    // It comes back, takes what was given, and has its share of what is left of the pools at the next minute.
    crew.meet("tablet", KIOSK);
    assert_eq!(holds(&crew, "tablet", 29), [2, 11, 13, 21, 22]);
    crew.clock("2026-11-27T08:16", &[KIOSK]);
    crew.meet("tablet", KIOSK);
    assert_eq!(holds(&crew, "tablet", 30), [2, 11, 13, 21, 22]);
    crew.all_meet();
    crew.assert_agreed();
}

#[test]
fn cells_do_not_wander_once_everybody_knows_the_same() {
    let mut crew = Crew::new();
    crew.steward("hub", Role::Hub);
    crew.steward("tablet", Role::Staff);
    crew.steward("screen", Role::Kiosk);
    crew.all_meet();
    let stewards = ["hub", KIOSK, "tablet", "screen"];
    let gives = |crew: &Crew| {
        let kiosk = &crew.devices[KIOSK];
        let folds = kiosk.documents().into_iter().filter_map(|d| kiosk.fold(d));
        let all = folds.flat_map(|fold| fold.statements().values());
        all.filter(|s| matches!(s.body(), Body::Give(_))).count()
    };
    let shared = gives(&crew);
    for hour in 9..20 {
        crew.clock(&format!("2026-11-24T{hour:02}:00"), &stewards);
        crew.all_meet();
    }
    assert_eq!(gives(&crew), shared);
    // The office day begins at four. The hub's clock is a little fast: the days change, nothing is given back.
    crew.clock("2026-11-25T03:58", &stewards);
    crew.all_meet();
    crew.clock("2026-11-25T04:02", &["hub"]);
    crew.now = instant(at("2026-11-25T03:58"));
    crew.all_meet();
    assert_eq!(
        gives(&crew),
        shared + 3,
        "one more day, to each of the front line"
    );
    crew.clock("2026-11-25T04:05", &stewards);
    crew.all_meet();
    assert_eq!(gives(&crew), shared + 3);
}
