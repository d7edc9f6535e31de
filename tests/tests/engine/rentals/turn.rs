//! Rentals over the turn of the year.

use super::{NEVER, extend, office, rentals, rented, seen, until};
use allkontor_core::command::Book;
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::replica::Command;
use allkontor_core::statement::{Cause, Document};
use allkontor_tests::world::at;

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
