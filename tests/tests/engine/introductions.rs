//! Staff show a visitor round, which unlocks what the office reserves for such people.

mod random;

use allkontor_core::command::{Book, DateOutcome, WalkIn, WalkInDate};
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::model::{Catalogue, Parts, Rule};
use allkontor_core::replica::{Command, Outcome};
use allkontor_core::statement::{Document, Role};
use allkontor_core::time::{Interval, OfficeDay};
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{ROOM, at, instant, parts, span};
use std::collections::{BTreeMap, BTreeSet};

const STAFF: &str = "staff";
const RESERVED: Rule = Rule::Introduction { class: ROOM };

/// Rooms are for those who were shown round, desks for everybody.
fn house(reserved: bool) -> Parts {
    let mut parts = parts();
    let room = parts.classes.get_mut(&ROOM).unwrap();
    room.rules.introduced_only = reserved;
    parts
}

fn office(start: &str) -> Crew {
    let mut crew = Crew::with(house(true), Role::Kiosk, start);
    crew.steward(STAFF, Role::Staff);
    crew
}

fn room(time: &str) -> Book {
    Book::unit(UnitId(1), span(time))
}

fn desk(time: &str) -> Book {
    Book::unit(UnitId(11), span(time))
}

fn asked(crew: &mut Crew, name: &str, book: Book) -> Result<(), Rule> {
    let Outcome::Booked(booked) = crew.command(name, Command::Book(book)).unwrap() else {
        panic!("not booked")
    };
    match booked.dates.into_iter().next().unwrap() {
        DateOutcome::Requested { .. } => Ok(()),
        DateOutcome::Refused { rule, .. } => Err(rule),
    }
}

fn introduce(crew: &mut Crew, steward: &str, name: &str) {
    let holder = crew.key(name);
    crew.command(steward, Command::Introduce(holder)).unwrap();
}

#[test]
fn e4_whoever_was_shown_round_books_what_is_reserved_and_nobody_else_learns_of_it() {
    let mut crew = office("2026-11-24T08:00");
    crew.phone("anna", KIOSK);
    crew.phone("bo", KIOSK);
    assert_eq!(
        asked(&mut crew, "anna", room("24T10:00-11:00")),
        Err(RESERVED)
    );
    assert_eq!(
        RESERVED.to_string(),
        "class 1 is for those whom the staff have shown round"
    );
    assert_eq!(
        asked(&mut crew, "bo", room("24T12:00-13:00")),
        Err(RESERVED)
    );
    let plain = crew.booked("anna", desk("24T10:00-11:00"));
    let free = crew.devices["anna"].free(None, &BTreeSet::new(), span("24T10:00-11:00"));
    let free = free.unwrap();
    let shown: BTreeMap<_, _> = free.iter().map(|f| (f.unit, f.introduced_only)).collect();
    assert!(shown[&UnitId(1)] && !shown[&UnitId(12)], "{shown:?}");
    crew.all_meet();
    // Both orders wait at the office. The staff know of one person that they showed her round.
    introduce(&mut crew, STAFF, "anna");
    crew.all_meet();
    assert_eq!(crew.devices["anna"].is_introduced(crew.now), Ok(true));
    assert_eq!(crew.devices["bo"].is_introduced(crew.now), Ok(false));
    let booking = crew.booked("anna", room("24T10:00-11:00"));
    assert_eq!(
        asked(&mut crew, "bo", room("24T12:00-13:00")),
        Err(RESERVED)
    );
    // The kiosk decides by the ticket, with nobody else there.
    crew.meet("anna", KIOSK);
    crew.all_meet();
    assert!(crew.told("anna", booking).starts_with("confirmed "));
    assert!(crew.told("anna", plain).starts_with("confirmed"));
    for phone in ["anna", "bo"] {
        let documents = crew.devices[phone].documents();
        assert!(!documents.contains(&Document::People(2026)), "{phone}");
        let holder = crew.key("anna");
        let asked = crew.devices[phone].introduction(&holder);
        assert_eq!(asked, Err(Error::NotASteward));
    }
    crew.assert_agreed();
}

#[test]
fn e4_a_decider_refuses_by_the_ticket_what_an_older_catalogue_let_through() {
    let mut crew = Crew::with(house(false), Role::Kiosk, "2026-11-24T08:00");
    crew.steward(STAFF, Role::Staff);
    crew.phone("anna", KIOSK);
    let early = crew.booked("anna", room("25T10:00-11:00"));
    let catalogue = Catalogue::new(house(true)).unwrap();
    crew.command(KIOSK, Command::Publish(Box::new(catalogue)))
        .unwrap();
    crew.meet("anna", KIOSK);
    assert_eq!(crew.told("anna", early), "declined: introduction");
}

#[test]
fn e4_an_introduction_helps_the_next_ticket_and_one_taken_back_does_not() {
    let mut crew = office("2026-11-24T08:00");
    crew.phone("anna", STAFF);
    let holder = crew.key("anna");
    let unknown = crew.command(STAFF, Command::Retract(holder));
    assert_eq!(unknown, Err(Error::NotIntroduced { holder }));
    for command in [Command::Introduce(holder), Command::Retract(holder)] {
        let role = Role::Kiosk;
        assert_eq!(crew.command(KIOSK, command), Err(Error::StaffOnly { role }));
    }
    let moved = crew.booked("anna", desk("25T10:00-11:00"));
    crew.all_meet();
    introduce(&mut crew, STAFF, "anna");
    introduce(&mut crew, STAFF, "anna");
    let said = crew.devices[STAFF].fold(Document::People(2026)).unwrap();
    assert_eq!(said.statements().len(), 1);
    // Her tickets are older, and she has not asked for anything reserved: one that says so is ordered now.
    assert_eq!(
        asked(&mut crew, "anna", room("25T12:00-13:00")),
        Err(RESERVED)
    );
    crew.all_meet();
    // What she has under a plain ticket moves to a reserved place as a booking of its own.
    let to = room("25T12:00-13:00");
    crew.command("anna", Command::Move { booking: moved, to })
        .unwrap();
    crew.all_meet();
    let all = crew.devices["anna"].agenda();
    let standing: Vec<String> = all
        .iter()
        .map(|entry| crew.told("anna", entry.booking))
        .filter(|told| told.starts_with("confirmed"))
        .collect();
    // Whichever device had a room to give.
    assert_eq!(standing.len(), 1, "{standing:?}");
    assert!(standing[0].ends_with("12:00-13:00"), "{standing:?}");
    crew.command(STAFF, Command::Retract(holder)).unwrap();
    crew.all_meet();
    // The tickets at hand are good until they expire.
    assert_eq!(asked(&mut crew, "anna", room("26T12:00-13:00")), Ok(()));
    crew.clock("2026-12-02T08:00", &[KIOSK, STAFF]);
    crew.all_meet();
    crew.all_meet();
    assert_eq!(crew.devices["anna"].is_introduced(crew.now), Ok(false));
    assert_eq!(crew.devices[KIOSK].introduction(&holder), Ok(None));
    let late = Book::unit(
        UnitId(1),
        Interval::new(at("2026-12-03T10:00"), at("2026-12-03T11:00")).unwrap(),
    );
    assert_eq!(asked(&mut crew, "anna", late), Err(RESERVED));
}

#[test]
fn e4_who_still_comes_goes_on_over_the_turn_of_the_year_and_others_are_forgotten() {
    let mut crew = office("2026-12-30T08:00");
    for name in ["anna", "bo", "cecilia"] {
        crew.phone(name, STAFF);
        introduce(&mut crew, STAFF, name);
    }
    crew.all_meet();
    crew.clock("2027-01-04T08:00", &[KIOSK, STAFF]);
    // Anna and Cecilia come in January, and then Cecilia's introduction is taken back at another desk.
    for name in ["anna", "cecilia"] {
        crew.meet(name, KIOSK);
        crew.meet(name, KIOSK);
    }
    let cecilia = crew.key("cecilia");
    crew.command(STAFF, Command::Retract(cecilia)).unwrap();
    crew.meet(STAFF, KIOSK);
    crew.meet(STAFF, KIOSK);
    let first = OfficeDay::from_ymd(2027, 1, 1).unwrap();
    crew.command(KIOSK, Command::DropYearsBefore(first))
        .unwrap();
    crew.meet(STAFF, KIOSK);
    crew.meet(STAFF, KIOSK);
    for steward in [KIOSK, STAFF] {
        let device = &crew.devices[steward];
        assert!(!device.documents().contains(&Document::People(2026)));
        let known = |name: &str| device.introduction(&crew.key(name)).unwrap();
        assert_eq!(known("anna"), Some(at("2026-12-30T08:00")), "{steward}");
        assert_eq!((known("bo"), known("cecilia")), (None, None), "{steward}");
    }
}

#[test]
fn e4_what_was_taken_back_does_not_come_again_when_the_year_is_dropped() {
    let mut crew = office("2026-12-30T08:00");
    crew.phone("anna", KIOSK);
    introduce(&mut crew, STAFF, "anna");
    crew.all_meet();
    let holder = crew.key("anna");
    crew.command(STAFF, Command::Retract(holder)).unwrap();
    // The kiosk has not heard of it in January, and says again what it knows.
    crew.clock("2027-01-04T08:00", &[KIOSK, STAFF]);
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    let shown = Some(at("2026-12-30T08:00"));
    let people = crew.devices[KIOSK].fold(Document::People(2027)).unwrap();
    assert_eq!(people.resolved().people.introductions.len(), 1);
    assert_eq!(crew.devices[KIOSK].introduction(&holder), Ok(shown));
    crew.meet(STAFF, KIOSK);
    crew.meet(STAFF, KIOSK);
    assert_eq!(crew.devices[KIOSK].introduction(&holder), Ok(None));
    let first = OfficeDay::from_ymd(2027, 1, 1).unwrap();
    crew.command(KIOSK, Command::DropYearsBefore(first))
        .unwrap();
    assert_eq!(crew.devices[KIOSK].introduction(&holder), Ok(None));
}

#[test]
fn e4_a_slip_from_the_staffs_desk_is_good_for_what_is_reserved() {
    let mut crew = office("2026-11-24T08:00");
    let walk_in = |seed| {
        let (book, slip_seed) = (room("24T10:00-11:00"), [seed; 16]);
        Command::WalkIn(WalkIn { book, slip_seed })
    };
    let Outcome::WalkedIn(refused) = crew.command(KIOSK, walk_in(1)).unwrap() else {
        panic!()
    };
    let rule = match &refused.dates[0] {
        WalkInDate::Refused(DateOutcome::Refused { rule, .. }) => rule,
        other => panic!("{other:?}"),
    };
    assert_eq!(*rule, RESERVED);
    let Outcome::WalkedIn(made) = crew.command(STAFF, walk_in(2)).unwrap() else {
        panic!()
    };
    let WalkInDate::Requested { key, .. } = &made.dates[0] else {
        panic!("{made:?}")
    };
    crew.all_meet();
    let status = crew.devices[KIOSK].desk_entries(Document::ledger_of(
        OfficeDay::from_ymd(2026, 11, 24).unwrap(),
    ));
    let entry = status.iter().find(|entry| entry.key == *key).unwrap();
    assert!(entry.status.stage.stands(), "{:?}", entry.status.stage);
}

#[test]
fn e4_what_is_said_last_counts_also_after_a_clock_that_is_three_hours_ahead() {
    let mut crew = office("2026-11-24T08:00");
    crew.steward("other", Role::Staff);
    crew.phone("anna", STAFF);
    let holder = crew.key("anna");
    // By its clock it is eleven when the other device says so, and eight when the staff hear of it.
    let real = crew.now;
    crew.now = instant(at("2026-11-24T11:00"));
    introduce(&mut crew, "other", "anna");
    crew.now = real;
    for word in ["11:01", "11:02", "11:03"] {
        crew.meet(STAFF, "other");
        crew.meet(STAFF, "other");
        let stands = crew.devices[STAFF].introduction(&holder).unwrap().is_some();
        let command = match stands {
            true => Command::Retract(holder),
            false => Command::Introduce(holder),
        };
        crew.command(STAFF, command).unwrap();
        crew.meet(STAFF, "other");
        crew.meet(STAFF, "other");
        let minute = at(&format!("2026-11-24T{word}"));
        for name in [STAFF, "other"] {
            let known = crew.devices[name].introduction(&holder).unwrap();
            assert_eq!(known, (!stands).then_some(minute), "{name} after {word}");
        }
    }
}
