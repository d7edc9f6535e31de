//! A report counts what the desk sees, and says nothing about a person.

use allkontor_core::command::Book;
use allkontor_core::error::Error;
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::replica::{BookingId, Command, Event, Replica};
use allkontor_core::report::{ClassUse, Figure, Pattern, Report, ReportOrder};
use allkontor_core::statement::{Cause, Document, Role};
use allkontor_core::time::{Interval, Month};
use allkontor_core::view::Stage;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{DESK, HALL, PART, ROOM, World, at, span};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn november() -> Month {
    Month::new(2026, 11).unwrap()
}

fn report(device: &Replica, smallest: u32) -> Report {
    let order = ReportOrder::new(november(), november(), smallest).unwrap();
    device.report(order).unwrap()
}

fn of(report: &Report, class: ClassId) -> &ClassUse {
    let mut classes = report.classes.iter();
    classes.find(|one| one.class == Some(class)).unwrap()
}

fn count(figure: Figure) -> u64 {
    figure.count().expect("told")
}

/// A desk with a no-show, somebody who came, a group of four, and one who found no place.
fn a_day() -> World {
    let mut world = World::new();
    world.phones(&["anna", "bo", "cia", "dan"]);
    let came = world.booked("anna", Book::places(DESK, 1, span("24T09:00-11:00")));
    world.booked("bo", Book::places(DESK, 1, span("24T09:00-10:00")));
    world.booked("cia", Book::places(DESK, 4, span("25T22:30-26T01:00")));
    world.all_meet();
    world.booked("dan", Book::places(DESK, 1, span("25T23:00-25T23:30")));
    world.all_meet();
    world.clock("2026-11-24T09:05");
    world.command("anna", Command::Arrive(came)).unwrap();
    world.meet("anna");
    world.clock("2026-11-24T09:20");
    world.all_meet();
    world
}

#[test]
fn e7_a_day_is_counted_by_class_hour_and_weekday() {
    let world = a_day();
    let report = report(&world.kiosk, 1);
    let desks = of(&report, DESK);
    let figures = [
        desks.asked,
        desks.booked,
        desks.came,
        desks.held,
        desks.no_show,
        desks.waiting,
    ];
    assert_eq!(figures.map(count), [7, 6, 1, 4, 1, 1]);
    assert_eq!(count(desks.booked_minutes), 120 + 60 + 4 * 150);
    assert_eq!(
        desks.bookable_minutes,
        4 * 30 * 24 * 60,
        "four desks, open around the clock"
    );
    let hours: Vec<u64> = desks.use_by.hours.iter().map(|hour| count(*hour)).collect();
    let mut expected = [0; 24];
    for (hour, places) in [(9, 2), (10, 1), (22, 4), (23, 4), (0, 4)] {
        expected[hour] = places;
    }
    assert_eq!(hours, expected);
    assert_eq!(desks.use_by.weekdays.map(count), [0, 2, 4, 0, 0, 0, 0]);
    assert_eq!(count(desks.waited.quarter_hour), 3, "bookings, not places");
    assert_eq!(count(of(&report, ROOM).asked), 0);
    assert_eq!(report.missing, []);
}

#[test]
fn e7_few_are_not_told_of_and_cannot_be_worked_out() {
    let world = a_day();
    let report = report(&world.kiosk, 5);
    let desks = of(&report, DESK);
    assert_eq!(desks.asked, Figure::Withheld, "four bookings");
    assert_eq!(desks.booked_minutes, Figure::Withheld);
    let all = desks.use_by.hours.iter().chain(&desks.use_by.weekdays);
    assert!(
        all.clone()
            .all(|figure| matches!(figure, Figure::Withheld | Figure::Count(0)))
    );
    assert_eq!(
        of(&report, ROOM).asked,
        Figure::Count(0),
        "none is no secret"
    );
}

#[test]
fn a_visitor_writes_no_report_and_a_month_that_is_not_here_is_named() {
    let world = a_day();
    let order = ReportOrder::new(Month::new(2026, 9).unwrap(), november(), 5).unwrap();
    assert_eq!(world.phones["anna"].report(order), Err(Error::NotASteward));
    let missing: Vec<String> = world
        .kiosk
        .report(order)
        .unwrap()
        .missing
        .iter()
        .map(Month::to_string)
        .collect();
    assert_eq!(missing, ["2026-09", "2026-10"]);
}

#[test]
fn e7_every_steward_writes_the_same_report() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    for (phone, steward) in [("anna", KIOSK), ("bo", "tablet"), ("cia", "tablet")] {
        crew.phone(phone, steward);
    }
    for (phone, start) in [("anna", 9), ("bo", 9), ("cia", 10)] {
        let when = Interval::new(
            at(&format!("2026-11-25T{start:02}:00")),
            at("2026-11-25T12:00"),
        )
        .unwrap();
        crew.booked(phone, Book::places(ROOM, 1, when));
    }
    crew.meet("anna", KIOSK);
    crew.meet("bo", "tablet");
    crew.meet("cia", "tablet");
    assert_ne!(
        report(&crew.devices[KIOSK], 1),
        report(&crew.devices["tablet"], 1)
    );
    for _ in 0..3 {
        crew.all_meet();
    }
    let (kiosk, tablet) = (
        report(&crew.devices[KIOSK], 1),
        report(&crew.devices["tablet"], 1),
    );
    assert_eq!(kiosk, tablet);
    assert_eq!(kiosk.to_csv("sv"), tablet.to_csv("sv"));
    assert_eq!(count(of(&kiosk, ROOM).booked), 3);
}

/// What is counted again, slowly, from the desk's list.
#[derive(Debug, Default, PartialEq, Eq)]
struct Again {
    booked: u64,
    cancelled: u64,
    unmet: u64,
    waiting: u64,
    minutes: u64,
    hours: [u64; 24],
    weekdays: [u64; 7],
}

/// From each booking's stage, and from what it wished for where it has no place.
fn again(world: &World) -> BTreeMap<ClassId, Again> {
    let kiosk = &world.kiosk;
    let units = &kiosk.catalogue().unwrap().parts().units;
    let document = Document::Ledger(november());
    let mut by_class: BTreeMap<ClassId, Again> = BTreeMap::new();
    for entry in kiosk.desk_page(document, None, 1_000) {
        let explained = kiosk.explain_slot(document, &entry.key, world.now).unwrap();
        let wished = &explained.options[0].wishes;
        let class = |unit: UnitId| units[&unit].class;
        match &entry.status.stage {
            Stage::Confirmed { holds } | Stage::CheckedIn { holds } => {
                for hold in holds {
                    by_class
                        .entry(class(hold.unit))
                        .or_default()
                        .had(hold.interval());
                }
            }
            Stage::Cancelled
            | Stage::Released {
                cause: Cause::Cancelled,
            } => {
                let places = entry
                    .status
                    .before
                    .as_ref()
                    .map_or(wished.len(), |before| before.holds.len());
                by_class.entry(class(wished[0].unit)).or_default().cancelled += places as u64;
            }
            Stage::Declined { .. } => {
                by_class.entry(class(wished[0].unit)).or_default().unmet += wished.len() as u64;
            }
            _ => by_class.entry(class(wished[0].unit)).or_default().waiting += wished.len() as u64,
        }
    }
    by_class
}

impl Again {
    fn had(&mut self, when: Interval) {
        self.booked += 1;
        let length = when.end().minutes_since(when.start());
        self.minutes += u64::try_from(length).unwrap();
        let mut hours = [0; 24];
        for minute in 0..length {
            let clock = when.start().saturating_plus(minute).to_string();
            hours[clock[11..13].parse::<usize>().unwrap()] = 1;
        }
        for (all, one) in self.hours.iter_mut().zip(hours) {
            *all += one;
        }
        // The office's day begins at four; 24 November 2026 is a Tuesday.
        let day = when.start().saturating_plus(-240).to_string()[8..10]
            .parse::<usize>()
            .unwrap();
        self.weekdays[(day - 24 + 1) % 7] += 1;
    }
}

/// Who, what, from which hour of the 24th on, for how many half hours; then what becomes of it.
fn history() -> impl Strategy<Value = Vec<(usize, usize, i32, i32, u8)>> {
    prop::collection::vec(
        (0..3_usize, 0..5_usize, 10..60_i32, 1..8_i32, 0..8_u8),
        1..24,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn e7_a_report_is_what_counting_again_gives(history in history()) {
        let names = ["anna", "bo", "cia"];
        let mut world = World::new();
        world.phones(&names);
        for (who, what, start, length, then) in history {
            let start = at("2026-11-24T00:00").saturating_plus(start * 30);
            let when = Interval::new(start, start.saturating_plus(length * 30)).unwrap();
            let book = match what {
                0 => Book::unit(UnitId(3), when).exactly(),
                1 => Book::places(ROOM, 1, when),
                2 => Book::places(DESK, 3, when),
                3 => Book::together(HALL, when),
                _ => Book::places(PART, 1, when),
            };
            let made: Vec<BookingId> = world.book(names[who], book).bookings().collect();
            if then != 1 {
                world.all_meet();
            }
            for booking in made {
                let key = world.see(names[who], booking).key;
                match (then, key) {
                    (0 | 1, _) => drop(world.command(names[who], Command::Cancel(booking))),
                    (2, Some(key)) => {
                        let decline = Event::Command(Command::Decline { key, cause: Cause::Staff });
                        let _ = world.kiosk.handle(world.now, decline);
                    }
                    _ => {}
                }
            }
            world.all_meet();
        }
        let (report, again) = (report(&world.kiosk, 1), again(&world));
        for class in [ROOM, DESK, PART] {
            let told = of(&report, class);
            let hours = |pattern: &Pattern| pattern.hours.map(count);
            let counted = Again {
                booked: count(told.booked),
                cancelled: count(told.cancelled),
                unmet: count(told.unmet),
                waiting: count(told.waiting),
                minutes: count(told.booked_minutes),
                hours: hours(&told.use_by),
                weekdays: told.use_by.weekdays.map(count),
            };
            let nothing = Again::default();
            prop_assert_eq!(&counted, again.get(&class).unwrap_or(&nothing), "{:?}", class);
        }
    }
}

#[test]
fn e7_events_are_counted_and_whom_they_reached() {
    use allkontor_core::command::{ProposeEvent, What};
    use allkontor_core::model::{Class, Kind, Rules, Text, Unit};
    let seat = ClassId(9);
    let mut parts = allkontor_tests::world::parts();
    let name = Text::new([("en", "seat")]);
    let class = Class {
        name: name.clone(),
        kind: Kind::Seat,
        cells: Default::default(),
        rules: Rules::default(),
    };
    parts.classes.insert(seat, class);
    for unit in 101..=106 {
        let unit_of_class = Unit {
            name: name.clone(),
            class: seat,
            features: Default::default(),
            bookable: true,
        };
        parts.units.insert(UnitId(unit), unit_of_class);
    }
    let mut world = World::with(parts);
    world.phones(&["anna", "bo"]);
    for dates in [
        vec!["25T18:00-20:00", "26T18:00-20:00"],
        vec!["27T18:00-20:00"],
    ] {
        let dates = dates.into_iter().map(span);
        let event = ProposeEvent::new("Reading", dates)
            .in_room(What::Unit(UnitId(1)))
            .with_seats(seat, 5);
        world
            .command("anna", Command::Propose(Box::new(event)))
            .unwrap();
    }
    world.all_meet();
    let events: Vec<_> = world.kiosk.events().iter().map(|event| event.key).collect();
    for event in &events {
        world.desk(Command::Approve(*event));
    }
    world.all_meet();
    let (event, date, seats) = (events[0], 1, 3);
    let command = Command::AskForSeats { event, date, seats };
    world.command("bo", command).unwrap();
    let (event, cause) = (events[1], Cause::Staff);
    world.desk(Command::CallOff { event, cause });
    world.all_meet();
    let report = report(&world.kiosk, 1);
    let counts = report.events;
    assert_eq!((counts.held, counts.dates, counts.called_off), (1, 2, 1));
    assert_eq!((counts.by_partners, counts.seats), (0, 10));
    assert_eq!(count(of(&report, seat).booked), 3);
    assert!(
        report
            .to_csv("en")
            .contains("2026-11,2026-11,,,event_dates,,2\r\n")
    );
}
