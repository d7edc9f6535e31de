//! Series over several months.

use super::{book, change, far_ahead, interval, told, tuesdays};
use allkontor_core::command::{Book, Change, DateChange, Which};
use allkontor_core::id::UnitId;
use allkontor_core::replica::Command;
use allkontor_core::statement::Cause;
use allkontor_tests::world::{World, at, span};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn a_series_over_months_has_one_ticket_in_each() {
    let mut world = World::with(far_ahead());
    world.phone("anna");
    // Something else first, so that tickets at hand have been touched.
    world.booked("anna", Book::unit(UnitId(2), span("25T10:00-11:00")));
    let weekdays = "FREQ=WEEKLY;BYDAY=MO,TU;UNTIL=20270228";
    let (_, dates) = book(&mut world, "anna", tuesdays(weekdays));
    world.all_meet();
    world.all_meet();
    let mut tickets: BTreeMap<String, BTreeSet<_>> = BTreeMap::new();
    for date in &dates {
        assert_eq!(world.told("anna", *date), "confirmed 1 18:00-20:00");
        let (document, key) = world.phones["anna"].slot_of(*date).unwrap();
        tickets
            .entry(document.to_string())
            .or_default()
            .insert(key.ticket);
    }
    let several: Vec<_> = tickets.iter().map(|(m, t)| (m.as_str(), t.len())).collect();
    // December has nine dates, and two tickets of four slots were at hand: what can be asked for at once is.
    let expected = [
        ("ledger/2026-11", 1),
        ("ledger/2026-12", 3),
        ("ledger/2027-01", 1),
        ("ledger/2027-02", 1),
    ];
    assert_eq!(several, expected);
}

#[test]
fn dates_that_move_to_another_month_keep_their_old_time_until_the_new_one_is_confirmed() {
    let mut world = World::with(far_ahead());
    world.phones(&["anna", "bo"]);
    let mondays = Book::unit(UnitId(1), span("30T18:00-20:00"))
        .exactly()
        .repeating("FREQ=WEEKLY;COUNT=2");
    let (series, dates) = book(&mut world, "anna", mondays);
    world.all_meet();
    let tuesday = interval("2026-12-01T18:00", "2026-12-01T20:00");
    let to = Book::unit(UnitId(1), tuesday).exactly();
    let changed = change(&mut world, "anna", dates[0], Which::All, Change::Move(to));
    let moved = changed.dates[0].booking();
    assert_ne!(
        moved, dates[0],
        "what is filed in December is a booking of its own"
    );
    assert_eq!(changed.dates[1].booking(), dates[1]);
    let entry = world.see("anna", moved);
    assert_eq!(
        (entry.instead_of, entry.series),
        (Some(dates[0]), Some(series))
    );
    assert_eq!(world.told("anna", dates[0]), "confirmed 1 18:00-20:00");
    world.all_meet();
    assert_eq!(world.told("anna", moved), "confirmed 1 18:00-20:00");
    assert_eq!(world.told("anna", dates[0]), "released: cancelled");
    assert_eq!(world.see("anna", moved).instead_of, None);
    // Where the new time is not to be had, the old one stays.
    let wednesday = interval("2027-01-06T18:00", "2027-01-06T20:00");
    let bo = world.booked("bo", Book::unit(UnitId(1), wednesday).exactly());
    world.all_meet();
    let to = Book::unit(UnitId(1), wednesday).exactly();
    let changed = change(&mut world, "anna", dates[1], Which::This, Change::Move(to));
    let waiting = changed.dates[0].booking();
    world.all_meet();
    world.all_meet();
    assert_eq!(world.told("anna", waiting), "waiting 1");
    assert_eq!(world.told("anna", dates[1]), "confirmed 1 18:00-20:00");
    world.command("bo", Command::Cancel(bo)).unwrap();
    world.all_meet();
    assert_eq!(world.told("anna", waiting), "confirmed 1 18:00-20:00");
    assert_eq!(world.told("anna", dates[1]), "released: cancelled");
    world.assert_agreed();
}

#[test]
fn a_date_on_its_way_to_another_month_goes_where_it_was_last_wished() {
    let mut world = World::with(far_ahead());
    world.phone("anna");
    let mondays = Book::unit(UnitId(1), span("30T18:00-20:00"))
        .exactly()
        .repeating("FREQ=WEEKLY;COUNT=2");
    let (series, dates) = book(&mut world, "anna", mondays);
    world.all_meet();
    let evening = |day| {
        let (start, end) = (
            format!("2026-12-0{day}T18:00"),
            format!("2026-12-0{day}T20:00"),
        );
        Book::unit(UnitId(1), interval(&start, &end)).exactly()
    };
    let to = Change::Move(evening(1));
    let first = change(&mut world, "anna", dates[0], Which::This, to);
    // The same date again, before the office has heard: Wednesday it is, and Tuesday is not wanted any more.
    let to = Change::Move(evening(2));
    let second = change(&mut world, "anna", dates[0], Which::All, to);
    let (tuesday, wednesday) = (first.dates[0].booking(), second.dates[0].booking());
    let touched: Vec<_> = second.dates.iter().map(DateChange::booking).collect();
    assert_eq!(touched, [wednesday, dates[1]]);
    world.all_meet();
    let expected = [
        "cancelled",
        "confirmed 1 18:00-20:00",
        "released: cancelled",
    ];
    assert_eq!(
        told(&world, "anna", &[tuesday, wednesday, dates[0]]),
        expected
    );
    // One date and what it became are one date to whoever acts on all.
    let to = Change::Extend(at("2026-12-02T21:00"));
    let extended = change(&mut world, "anna", wednesday, Which::All, to);
    let touched: Vec<_> = extended.dates.iter().map(DateChange::booking).collect();
    assert_eq!(touched, [wednesday, dates[1]]);
    assert_eq!(world.phones["anna"].series(series).unwrap().dates.len(), 4);
}

#[test]
fn what_was_refused_in_another_month_stays_refused_when_the_date_is_moved_again() {
    let mut world = World::with(far_ahead());
    world.phones(&["anna", "bo"]);
    let evening = |day| {
        let at = |hour| format!("2026-12-0{day}T{hour}:00");
        Book::unit(UnitId(1), interval(&at(18), &at(20))).exactly()
    };
    world.booked("bo", evening(1));
    let date = world.booked("anna", Book::unit(UnitId(1), span("30T18:00-20:00")));
    world.all_meet();
    let to = Change::Move(evening(1));
    let changed = change(&mut world, "anna", date, Which::This, to);
    let refused = changed.dates[0].booking();
    world.all_meet();
    let (_, key) = world.phones["anna"].slot_of(refused).unwrap();
    let cause = Cause::Staff;
    world.desk(Command::Decline { key, cause });
    world.all_meet();
    let to = Change::Move(evening(2));
    let changed = change(&mut world, "anna", date, Which::This, to);
    assert_eq!(world.told("anna", refused), "declined: staff");
    world.all_meet();
    let bookings = [refused, date, changed.dates[0].booking()];
    let expected = [
        "declined: staff",
        "released: cancelled",
        "confirmed 1 18:00-20:00",
    ];
    assert_eq!(told(&world, "anna", &bookings), expected);
}

#[test]
fn a_daily_series_gets_its_tickets_as_the_share_frees() {
    let mut world = World::with(far_ahead());
    world.phone("anna");
    let daily = Book::unit(UnitId(1), interval("2027-01-01T18:00", "2027-01-01T20:00"))
        .exactly()
        .repeating("FREQ=DAILY;COUNT=31");
    let (_, dates) = book(&mut world, "anna", daily);
    let confirmed = |world: &World| {
        let told = told(world, "anna", &dates);
        told.iter()
            .filter(|told| told.starts_with("confirmed"))
            .count()
    };
    world.all_meet();
    world.all_meet();
    assert_eq!(
        confirmed(&world),
        24,
        "the share of one holder in one month"
    );
    // Those tickets are over after a week.
    world.clock("2026-12-02T08:00");
    world.desk(Command::ConfirmClock);
    world.all_meet();
    world.all_meet();
    assert_eq!(confirmed(&world), 31);
}
