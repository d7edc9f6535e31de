//! Lockers: rented to a date or without an end, kept longer, given back, given on, overdue, carried into the next year.

mod desk;
mod turn;

use allkontor_core::command::{Book, ChangeError};
use allkontor_core::error::Error;
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::model::{Catalogue, CellSpan, Class, Kind, Parts, Rule, Rules, Text, Unit};
use allkontor_core::replica::{BookingId, Command, Outcome};
use allkontor_core::statement::Cause;
use allkontor_core::time::{CivilMinute, Interval};
use allkontor_core::view::{Rental, RentalStep};
use allkontor_tests::world::{World, at, parts};

pub(crate) const LOCKER: ClassId = ClassId(5);
const NEVER: CivilMinute = CivilMinute::MAX;

/// The usual office with two lockers, 41 and 42.
pub(crate) fn lockers() -> Parts {
    let mut parts = parts();
    let rules = Rules {
        min_minutes: 24 * 60,
        max_minutes: 366 * 24 * 60,
        horizon_days: 400,
        ..Rules::default()
    };
    let text = |words: &str| Text::new([("en", words)]);
    parts.classes.insert(
        LOCKER,
        Class {
            name: text("locker"),
            kind: Kind::Locker,
            cells: CellSpan::Year,
            rules,
        },
    );
    for unit in [41, 42] {
        let locker = Unit {
            name: text("locker"),
            class: LOCKER,
            features: Default::default(),
            bookable: true,
        };
        parts.units.insert(UnitId(unit), locker);
    }
    parts
}

fn office() -> World {
    World::with(lockers())
}

fn until(from: &str, to: &str) -> Interval {
    Interval::new(at(from), at(to)).unwrap()
}

/// Locker 41 from that morning until then.
fn locker(end: CivilMinute) -> Book {
    Book::unit(
        UnitId(41),
        Interval::new(at("2026-11-24T08:00"), end).unwrap(),
    )
    .exactly()
}

/// A phone has rented locker 41.
fn rented(world: &mut World, name: &str, end: CivilMinute) -> BookingId {
    world.phone(name);
    let booking = world.booked(name, locker(end));
    world.all_meet();
    world.all_meet();
    booking
}

fn rentals(world: &World) -> Vec<Rental> {
    world.kiosk.rentals(world.now).unwrap()
}

/// `41 anna-free words`: each rental as the desk sees it.
fn seen(world: &World) -> Vec<String> {
    let step = |rental: &Rental| match rental.step {
        RentalStep::Runs => "runs".to_owned(),
        RentalStep::DueSoon { days } => format!("due in {days}"),
        RentalStep::DueToday => "due today".into(),
        RentalStep::Overdue { days } => format!("overdue {days}"),
        RentalStep::MayBeOpened { days } => format!("may be opened {days}"),
    };
    let all = rentals(world).into_iter().map(|rental| {
        let due = rental.due.map_or("open".into(), |due| due.to_string());
        format!("{} {due} {}", rental.units[0].0, step(&rental))
    });
    all.collect()
}

fn extend(
    world: &mut World,
    name: &str,
    booking: BookingId,
    end: CivilMinute,
) -> Result<Outcome, Error> {
    world.command(name, Command::Extend { booking, end })
}

#[test]
fn l1_a_locker_is_rented_until_a_date_kept_longer_and_given_back() {
    let mut world = office();
    let anna = rented(&mut world, "anna", at("2026-12-10T12:00"));
    assert_eq!(seen(&world), ["41 2026-12-10T12:00 runs"]);

    extend(&mut world, "anna", anna, at("2026-12-20T12:00")).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), ["41 2026-12-20T12:00 runs"]);
    let mine = world.phones["anna"].own_rentals(world.now).unwrap();
    assert_eq!(mine[0].1.due, Some(at("2026-12-20T12:00")));

    world.command("anna", Command::Cancel(anna)).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), [""; 0]);
    assert_eq!(world.told("anna", anna), "released: cancelled");
    world.assert_agreed();
}

#[test]
fn l1_a_wish_to_keep_a_locker_is_good_long_after_the_ticket() {
    let mut world = office();
    let anna = rented(&mut world, "anna", at("2026-12-20T12:00"));
    world.clock("2026-12-15T09:00");
    // The ticket was good for a week.
    extend(&mut world, "anna", anna, at("2026-12-28T12:00")).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), ["41 2026-12-28T12:00 runs"]);
}

#[test]
fn l1_of_several_wishes_to_keep_a_locker_the_latest_counts() {
    let mut world = office();
    let anna = rented(&mut world, "anna", at("2026-12-20T12:00"));
    world.clock("2026-12-15T09:00");
    extend(&mut world, "anna", anna, at("2026-12-28T12:00")).unwrap();
    world.clock("2026-12-15T09:01");
    extend(&mut world, "anna", anna, at("2026-12-24T12:00")).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), ["41 2026-12-24T12:00 runs"]);

    world.clock("2026-12-16T09:00");
    extend(&mut world, "anna", anna, at("2026-12-30T12:00")).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), ["41 2026-12-30T12:00 runs"]);
    world.assert_agreed();
}

#[test]
fn l1_what_the_class_does_not_allow_is_refused_before_it_is_asked() {
    let mut world = office();
    let mut shorter = lockers();
    let class = shorter.classes.get_mut(&LOCKER).unwrap();
    class.rules.max_minutes = 20 * 24 * 60;
    world.desk(Command::Publish(Box::new(Catalogue::new(shorter).unwrap())));
    let anna = rented(&mut world, "anna", at("2026-12-10T12:00"));
    let refused = extend(&mut world, "anna", anna, at("2026-12-20T12:00"));
    let Err(Error::Change(ChangeError::Rule(Rule::TooLong { max: 28_800, got }))) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(got, 26 * 24 * 60 + 4 * 60);
    let open = extend(&mut world, "anna", anna, NEVER);
    assert!(
        matches!(
            open,
            Err(Error::Change(ChangeError::Rule(Rule::TooLong { .. })))
        ),
        "{open:?}"
    );
    let earlier = extend(&mut world, "anna", anna, at("2026-11-24T08:00"));
    assert!(
        matches!(
            earlier,
            Err(Error::Change(ChangeError::EndsBeforeStart { .. }))
        ),
        "{earlier:?}"
    );
    world.phone("bo");
    let rule = world.refused("bo", Book::rent(UnitId(42), at("2026-11-24T08:00")));
    assert!(matches!(rule, Rule::TooLong { .. }), "{rule:?}");
}

#[test]
fn l1_a_rental_climbs_the_ladder_and_nothing_but_the_office_ends_it() {
    let mut world = office();
    let anna = rented(&mut world, "anna", at("2026-12-10T12:00"));
    let steps = [
        ("2026-12-02T09:00", "runs"),
        ("2026-12-03T09:00", "due in 7"),
        ("2026-12-09T09:00", "due in 1"),
        ("2026-12-10T09:00", "due today"),
        ("2026-12-10T12:00", "overdue 0"),
        ("2026-12-13T09:00", "overdue 3"),
        ("2027-01-09T09:00", "may be opened 30"),
    ];
    for (time, step) in steps {
        world.clock(time);
        assert_eq!(
            seen(&world),
            [format!("41 2026-12-10T12:00 {step}")],
            "{time}"
        );
    }
    let key = world.see("anna", anna).key.unwrap();
    world.desk(Command::Release {
        key,
        cause: Cause::Ended,
    });
    assert_eq!(seen(&world), [""; 0]);
}

#[test]
fn l1_an_overdue_locker_is_nobody_elses_until_it_is_given_back() {
    let mut world = office();
    let anna = rented(&mut world, "anna", at("2026-12-10T12:00"));
    world.phones(&["bo", "cai"]);
    // Bo has been promised it from the day after.
    let next = Book::unit(UnitId(41), until("2026-12-11T08:00", "2026-12-20T08:00"));
    let bo = world.booked("bo", next);
    world.all_meet();
    assert_eq!(world.told("bo", bo), "confirmed 41 08:00-08:00");
    world.clock("2026-12-10T12:30");
    world.all_meet();
    assert_eq!(
        world.told("bo", bo),
        "confirmed 42 08:00-08:00",
        "moved before it began"
    );
    let before = world.see("bo", bo).status.before.unwrap();
    assert_eq!(
        before.state,
        allkontor_core::resolve::ConfirmState::Released(Cause::Late)
    );

    let now = Book::unit(UnitId(41), until("2026-12-10T12:30", "2026-12-18T08:00"));
    let cai = world.booked("cai", now.exactly());
    world.all_meet();
    world.all_meet();
    assert_eq!(world.told("cai", cai), "waiting 1");

    // Anna may still keep it: what is inside is inside.
    extend(&mut world, "anna", anna, at("2026-12-14T12:00")).unwrap();
    world.all_meet();
    assert_eq!(seen(&world)[0], "41 2026-12-14T12:00 due in 4");
    assert_eq!(world.told("anna", anna), "confirmed 41 08:00-12:00");
    world.command("anna", Command::Cancel(anna)).unwrap();
    world.all_meet();
    assert_eq!(world.told("cai", cai), "confirmed 41 12:30-08:00");
    world.assert_agreed();
}
