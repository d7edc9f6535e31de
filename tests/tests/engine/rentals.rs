//! Lockers: rented to a date or without an end, kept longer, given back, given on, overdue, carried into the next year.

use allkontor_core::command::{Book, ChangeError, Heir, WalkIn, WalkInDate};
use allkontor_core::error::Error;
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::model::{Catalogue, CellSpan, Class, Kind, Parts, Rule, Rules, Text, Unit};
use allkontor_core::replica::{BookingId, Command, Outcome, SlipSays};
use allkontor_core::statement::{Cause, Document};
use allkontor_core::sync::qr::Slip;
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

#[test]
fn l1_what_has_no_end_goes_on_next_year_and_is_nobody_elses_in_between() {
    let mut world = office();
    let anna = rented(&mut world, "anna", NEVER);
    assert_eq!(seen(&world), ["41 open runs"]);
    // It is confirmed in both years at once, so nobody can get it for the next.
    world.phone("bo");
    let next_year = until("2027-01-04T08:00", "2027-02-01T08:00");
    let bo = world.booked("bo", Book::unit(UnitId(41), next_year).exactly());
    world.all_meet();
    world.all_meet();
    assert_eq!(world.told("bo", bo), "waiting 1");
    for time in [
        "2026-12-31T12:00",
        "2027-01-01T12:00",
        "2027-06-01T12:00",
        "2028-02-01T12:00",
    ] {
        world.clock(time);
        world.all_meet();
        assert_eq!(seen(&world), ["41 open runs"], "{time}");
        let mine = world.phones["anna"].own_rentals(world.now).unwrap();
        assert_eq!(mine.len(), 1, "{time}");
        assert_eq!(mine[0].1.since, at("2026-11-24T08:00"));
    }
    // By whichever booking of the rental it is named.
    world.command("anna", Command::Cancel(anna)).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), [""; 0]);
    world.assert_agreed();
}

#[test]
fn l1_two_lockers_of_one_person_go_on_side_by_side() {
    let mut world = office();
    world.phone("anna");
    let both = [41, 42].map(|unit| {
        let book = Book::rent(UnitId(unit), at("2026-11-24T08:00")).exactly();
        world.booked("anna", book)
    });
    world.all_meet();
    world.all_meet();
    assert_eq!(seen(&world), ["41 open runs", "42 open runs"]);
    world.clock("2027-02-01T12:00");
    world.all_meet();
    assert_eq!(seen(&world), ["41 open runs", "42 open runs"]);
    // What the desk ends this year does not turn up as overdue last year.
    let key = rentals(&world)[0].key;
    world.desk(Command::Release {
        key,
        cause: Cause::Ended,
    });
    assert_eq!(seen(&world), ["42 open runs"]);
    world.command("anna", Command::Cancel(both[1])).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), [""; 0]);
}

#[test]
fn l1_a_rental_until_a_date_of_next_year_ends_then() {
    let mut world = office();
    let anna = rented(&mut world, "anna", at("2027-02-10T12:00"));
    assert_eq!(seen(&world), ["41 2027-02-10T12:00 runs"]);
    world.clock("2027-02-08T12:00");
    assert_eq!(seen(&world), ["41 2027-02-10T12:00 due in 2"]);
    extend(&mut world, "anna", anna, at("2027-03-10T12:00")).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), ["41 2027-03-10T12:00 runs"]);
    world.assert_agreed();
}

#[test]
fn l1_who_changes_their_mind_gives_the_next_year_back() {
    let mut world = office();
    let anna = rented(&mut world, "anna", NEVER);
    extend(&mut world, "anna", anna, at("2026-12-20T12:00")).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), ["41 2026-12-20T12:00 runs"]);
    world.phone("bo");
    let next_year = until("2027-01-04T08:00", "2027-02-01T08:00");
    let bo = world.booked("bo", Book::unit(UnitId(41), next_year).exactly());
    world.all_meet();
    world.all_meet();
    assert_eq!(world.told("bo", bo), "confirmed 41 08:00-08:00");
    // Now it is Bo's from January on.
    extend(&mut world, "anna", anna, NEVER).unwrap();
    world.all_meet();
    let mine = world.phones["anna"].own_rentals(world.now).unwrap();
    let asked = mine[0].1.asked.unwrap();
    assert_eq!((asked.until, asked.refused), (None, Some(Cause::Taken)));
    assert_eq!(seen(&world)[0], "41 2026-12-20T12:00 runs");
}

#[test]
fn l1_who_gave_the_next_year_back_and_did_not_leave_is_overdue_over_the_turn_of_the_year() {
    let mut world = office();
    let booking = rented(&mut world, "anna", at("2027-01-20T12:00"));
    extend(&mut world, "anna", booking, at("2026-12-28T08:00")).unwrap();
    world.all_meet();
    world.all_meet();
    for (now, days) in [("2026-12-31T12:00", 3), ("2027-01-02T12:00", 5)] {
        world.clock(now);
        assert_eq!(
            seen(&world),
            [format!("41 2026-12-28T08:00 overdue {days}")]
        );
    }
}

#[test]
fn l1_an_ended_rental_does_not_come_back_at_the_turn_of_the_year() {
    let mut world = office();
    let anna = rented(&mut world, "anna", NEVER);
    let key = world.see("anna", anna).key.unwrap();
    world.desk(Command::Release {
        key,
        cause: Cause::Ended,
    });
    for time in ["2026-12-31T12:00", "2027-01-01T12:00", "2028-01-01T12:00"] {
        world.clock(time);
        assert_eq!(seen(&world), [""; 0], "{time}");
    }
}

#[test]
fn l1_the_old_years_document_can_be_dropped() {
    let mut world = office();
    let anna = rented(&mut world, "anna", NEVER);
    world.clock("2027-03-01T12:00");
    world.all_meet();
    let first = allkontor_core::time::OfficeDay::from_ymd(2027, 1, 1).unwrap();
    world.desk(Command::DropYearsBefore(first));
    world.all_meet();
    assert!(world.kiosk.fold(Document::Storage(2026)).is_none());
    assert_eq!(seen(&world), ["41 open runs"]);
    let mine = world.phones["anna"].own_rentals(world.now).unwrap();
    assert_eq!(mine[0].1.since, at("2026-11-24T08:00"));
    assert!(world.phones["anna"].booking(anna).is_none());
    let second = allkontor_core::time::OfficeDay::from_ymd(2028, 1, 1).unwrap();
    let (now, command) = (world.now, Command::DropYearsBefore(second));
    let event = allkontor_core::replica::Event::Command(command);
    let document = Document::Storage(2027);
    let error = world.kiosk.handle(now, event).unwrap_err();
    assert_eq!(error, Error::StillRented { document });
    world.command("anna", Command::Cancel(mine[0].0)).unwrap();
    world.all_meet();
    assert_eq!(seen(&world), [""; 0]);
}

/// Somebody without a phone rents locker 41; what they leave with.
fn walked_in(world: &mut World, end: CivilMinute, seed: u8) -> Slip {
    let walk_in = WalkIn {
        book: locker(end),
        slip_seed: [seed; 16],
    };
    let Outcome::WalkedIn(walked_in) = world.desk(Command::WalkIn(walk_in)) else {
        panic!();
    };
    match &walked_in.dates[0] {
        WalkInDate::Requested { slip, .. } => slip.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn l1_a_slip_is_all_it_takes_to_rent_keep_and_give_back() {
    let mut world = office();
    let slip = walked_in(&mut world, NEVER, 5);
    assert_eq!(seen(&world), ["41 open runs"]);
    for time in ["2026-12-24T12:00", "2027-02-01T12:00"] {
        world.clock(time);
        let rental = world
            .kiosk
            .rental_of_slip(world.now, &slip.seed)
            .unwrap()
            .unwrap();
        assert_eq!((rental.units[0], rental.due), (UnitId(41), None), "{time}");
    }
    let seed = slip.seed;
    let says = SlipSays::Keep {
        until: at("2027-02-20T12:00"),
    };
    world.desk(Command::Slip { seed, says });
    assert_eq!(seen(&world), ["41 2027-02-20T12:00 runs"]);
    world.desk(Command::Slip {
        seed,
        says: SlipSays::Cancel,
    });
    assert_eq!(seen(&world), [""; 0]);
}

#[test]
fn l1_staff_lengthen_and_shorten_and_give_on() {
    let mut world = office();
    let anna = rented(&mut world, "anna", NEVER);
    let key = world.see("anna", anna).key.unwrap();
    world.desk(Command::Prolong {
        key,
        until: at("2026-12-10T12:00"),
    });
    assert_eq!(seen(&world), ["41 2026-12-10T12:00 runs"]);
    // What she asked for before is answered by it: it does not come back.
    world.clock("2026-11-25T08:00");
    assert_eq!(seen(&world), ["41 2026-12-10T12:00 runs"]);
    world.desk(Command::Prolong { key, until: NEVER });
    assert_eq!(seen(&world), ["41 open runs"]);

    // Bo waits for that one, and Cai before him; staff give it to Bo.
    world.phones(&["cai", "bo"]);
    let wish = || Book::unit(UnitId(41), until("2026-11-25T08:00", "2027-03-01T08:00")).exactly();
    let cai = world.booked("cai", wish());
    world.all_meet();
    world.clock("2026-11-25T08:15");
    let bo = world.booked("bo", wish());
    world.all_meet();
    world.all_meet();
    assert_eq!(
        (world.told("cai", cai), world.told("bo", bo)),
        ("waiting 1".into(), "waiting 2".into())
    );
    let heir = world.see("bo", bo).key.unwrap();
    let to = Heir::Waiting(heir);
    let outcome = world.desk(Command::Transfer { key, to });
    assert_eq!(
        outcome,
        Outcome::Transferred {
            to: heir,
            slip: None
        }
    );
    world.all_meet();
    assert_eq!(world.told("anna", anna), "released: transferred");
    assert_eq!(world.told("cai", cai), "waiting 1");
    assert_eq!(seen(&world), ["41 2027-03-01T08:00 runs"]);

    // And then to somebody without a phone, as long as Bo had it.
    let to = Heir::Slip {
        slip_seed: [9; 16],
        until: None,
    };
    let Outcome::Transferred {
        slip: Some(slip), ..
    } = world.desk(Command::Transfer { key: heir, to })
    else {
        panic!();
    };
    let rental = world
        .kiosk
        .rental_of_slip(world.now, &slip.seed)
        .unwrap()
        .unwrap();
    assert_eq!(rental.due, Some(at("2027-03-01T08:00")));
    assert_eq!(seen(&world), ["41 2027-03-01T08:00 runs"]);
    world.all_meet();
    world.assert_agreed();
}

#[test]
fn l1_the_desk_keeps_apart_what_is_rented_and_what_is_booked_by_the_day() {
    let mut world = office();
    world.phone("anna");
    let room = world.booked(
        "anna",
        Book::unit(UnitId(1), until("2026-11-24T10:00", "2026-11-24T11:00")),
    );
    world.all_meet();
    let key = world.see("anna", room).key.unwrap();
    let to = Heir::Slip {
        slip_seed: [9; 16],
        until: None,
    };
    for command in [
        Command::Prolong { key, until: NEVER },
        Command::Transfer { key, to },
    ] {
        let now = world.now;
        let event = allkontor_core::replica::Event::Command(command);
        let error = world.kiosk.handle(now, event).unwrap_err();
        assert_eq!(error, Error::NotARental { key });
    }
}
