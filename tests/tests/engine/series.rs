//! A series: asked for by a rule, seen as one, changed on one date, from one on, or altogether.

mod months;

use allkontor_core::command::{Book, Change, Changed, DateChange, DateOutcome, Which};
use allkontor_core::id::UnitId;
use allkontor_core::model::{Parts, Rule};
use allkontor_core::replica::{BookingId, Command, Outcome, SeriesId};
use allkontor_core::time::Interval;
use allkontor_tests::world::{World, at, parts, span};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// An office that can be booked half a year ahead.
fn far_ahead() -> Parts {
    let mut parts = parts();
    let classes = parts.classes.values_mut();
    classes.for_each(|class| class.rules.horizon_days = 200);
    parts
}

fn interval(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Room 1 and no other, on Tuesday evenings from 24 November 2026.
fn tuesdays(rrule: &str) -> Book {
    Book::unit(UnitId(1), span("24T18:00-20:00"))
        .exactly()
        .repeating(rrule)
}

fn book(world: &mut World, name: &str, book: Book) -> (SeriesId, Vec<BookingId>) {
    let booked = world.book(name, book);
    (booked.series.unwrap(), booked.bookings().collect())
}

fn change(
    world: &mut World,
    name: &str,
    booking: BookingId,
    which: Which,
    change: Change,
) -> Changed {
    let command = Command::ChangeDates {
        booking,
        which,
        change,
    };
    match world.command(name, command).unwrap() {
        Outcome::Changed(changed) => changed,
        other => panic!("changing dates answered {other:?}"),
    }
}

fn told(world: &World, name: &str, dates: &[BookingId]) -> Vec<String> {
    dates.iter().map(|date| world.told(name, *date)).collect()
}

#[test]
fn a_series_is_asked_for_by_a_rule_and_seen_as_one() {
    let mut world = World::with(far_ahead());
    world.phone("anna");
    world.booked("anna", Book::unit(UnitId(2), span("25T10:00-11:00")));
    let asked = tuesdays("freq=weekly;until=20261231").except([day("2026-12-22")]);
    let (series, dates) = book(&mut world, "anna", asked);
    world.all_meet();
    let groups = world.phones["anna"].agenda_groups();
    let sizes: Vec<_> = groups.iter().map(|g| (g.series, g.dates.len())).collect();
    assert_eq!(sizes, [(None, 1), (Some(series), 5)]);
    let rrule = "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T170000Z";
    assert_eq!(groups[1].rrule.as_deref(), Some(rrule));
    let confirmed = vec!["confirmed 1 18:00-20:00".to_owned(); 5];
    assert_eq!(told(&world, "anna", &dates), confirmed);
    assert_eq!(world.phones["anna"].series(series).unwrap(), groups[1]);
    assert_eq!(world.phones["anna"].series(SeriesId(7)), None);
}

#[test]
fn what_is_no_series_is_refused_with_its_reason_and_leaves_no_trace() {
    let mut world = World::with(far_ahead());
    world.phone("anna");
    let many = (0..70).map(|n| span("24T18:00-20:00").moved_by(n * 1440).unwrap());
    let refused = [
        (
            tuesdays("FREQ=YEARLY;COUNT=2"),
            "FREQ has \"YEARLY\": expected DAILY, WEEKLY or MONTHLY",
            "not_a_series",
        ),
        (
            tuesdays("FREQ=WEEKLY"),
            "rule has no end: COUNT or UNTIL is needed",
            "not_a_series",
        ),
        (
            tuesdays("FREQ=DAILY;COUNT=61"),
            "series has more than 60 dates: the last that fits is 2027-01-22",
            "series_too_long",
        ),
        (
            tuesdays("FREQ=WEEKLY;COUNT=2").also_on(many.clone()),
            "72 dates are asked for: a series has at most 60",
            "series_too_long",
        ),
        (
            Book::unit(UnitId(1), span("24T18:00-20:00")).also_on(many),
            "71 dates are asked for: a series has at most 60",
            "series_too_long",
        ),
        (
            tuesdays("FREQ=WEEKLY;COUNT=2").except([day("2026-11-24"), day("2026-12-01")]),
            "the series falls on no date from 2026-11-24T18:00/2026-11-24T20:00 on",
            "not_a_series",
        ),
        (
            tuesdays("FREQ=WEEKLY;COUNT=2").joining(SeriesId(3)),
            "series #3 is not on this device",
            "no_such_series",
        ),
    ];
    for (book, words, code) in refused {
        let error = world.command("anna", Command::Book(book)).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.code()), (words, code));
    }
    assert!(world.phones["anna"].agenda().is_empty());
}

#[test]
fn alternatives_move_with_every_date_also_when_the_rule_passes_over_the_first() {
    let mut world = World::with(far_ahead());
    world.phones(&["anna", "bo"]);
    // From Tuesday on, every Thursday: the 26th is the first.
    world.booked(
        "bo",
        Book::unit(UnitId(1), span("26T18:00-20:00")).exactly(),
    );
    world.all_meet();
    let asked = tuesdays("FREQ=WEEKLY;BYDAY=TH;COUNT=2").or_at(span("24T16:00-18:00"));
    let (_, dates) = book(&mut world, "anna", asked);
    world.all_meet();
    let expected = ["confirmed 1 16:00-18:00", "confirmed 1 18:00-20:00"];
    assert_eq!(told(&world, "anna", &dates), expected);
    let held = world.see("anna", dates[0]).status.holding[0].interval();
    assert_eq!(held, span("26T16:00-18:00"));
}

#[test]
fn each_date_is_answered_by_itself_and_none_stops_the_rest() {
    let mut office = far_ahead();
    // Closed on 1 December from seven in the evening.
    office.closures.push(allkontor_core::model::Closure {
        unit: None,
        interval: interval("2026-12-01T19:00", "2026-12-02T00:00"),
        reason: allkontor_core::model::Text::new([("en", "stocktaking")]),
    });
    let mut world = World::with(office);
    world.phones(&["anna", "bo"]);
    let late = interval("2026-12-08T20:00", "2026-12-08T22:00");
    let bo = world.booked("bo", Book::unit(UnitId(1), late).exactly());
    let asked = Book::unit(UnitId(1), span("24T16:00-18:00"))
        .exactly()
        .repeating("FREQ=WEEKLY;COUNT=4");
    let (_, dates) = book(&mut world, "anna", asked);
    world.all_meet();
    // Three hours later: the 24th and the 15th can, on the 1st it is closed, on the 8th Bo has the last hour.
    let to = Book::unit(UnitId(1), span("24T19:00-21:00")).exactly();
    let changed = change(&mut world, "anna", dates[0], Which::All, Change::Move(to));
    let asked_for = |n: usize, interval| DateChange::Requested {
        booking: dates[n],
        interval,
    };
    assert_eq!(changed.dates[0], asked_for(0, span("24T19:00-21:00")));
    let DateChange::Refused {
        rule,
        interval: wanted,
        nearest,
        ..
    } = &changed.dates[1]
    else {
        panic!("a closed evening was not refused: {changed:?}")
    };
    assert!(matches!(rule, Rule::ClosedFor { .. }), "{rule}");
    assert_eq!(*wanted, interval("2026-12-01T19:00", "2026-12-01T21:00"));
    let near = ["16:00", "17:00", "16:30"].map(|start| at(&format!("2026-12-01T{start}")));
    let near: BTreeSet<_> = near.into();
    let starts: BTreeSet<_> = nearest.iter().map(|time| time.start()).collect();
    assert_eq!(starts, near, "the own place is in nobody's way");
    assert!(changed.dates[2].is_done() && changed.dates[3].is_done());
    world.all_meet();
    let expected = [
        "confirmed 1 19:00-21:00",
        "confirmed 1 16:00-18:00",
        "waiting 1",
        "confirmed 1 19:00-21:00",
    ];
    assert_eq!(told(&world, "anna", &dates), expected);
    assert_eq!(world.told("bo", bo), "confirmed 1 20:00-22:00");
    let held = &world.see("anna", dates[2]).status.holding;
    assert_eq!(
        held[0].interval(),
        interval("2026-12-08T16:00", "2026-12-08T18:00")
    );
    world.assert_agreed();
}

#[test]
fn this_and_the_following_change_and_what_is_over_or_cancelled_is_left_alone() {
    let mut world = World::with(far_ahead());
    world.phone("anna");
    let (series, dates) = book(&mut world, "anna", tuesdays("FREQ=WEEKLY;COUNT=5"));
    world.command("anna", Command::Cancel(dates[3])).unwrap();
    world.all_meet();
    let end = at("2026-12-08T21:00");
    let changed = change(
        &mut world,
        "anna",
        dates[2],
        Which::Following,
        Change::Extend(end),
    );
    let touched: Vec<_> = changed.dates.iter().map(DateChange::booking).collect();
    assert_eq!(touched, [dates[2], dates[4]]);
    world.clock("2026-11-30T10:00");
    world.all_meet();
    let changed = change(&mut world, "anna", dates[4], Which::All, Change::Cancel);
    let touched: Vec<_> = changed.dates.iter().map(DateChange::booking).collect();
    assert_eq!(touched, [dates[1], dates[2], dates[4]], "the 24th is over");
    world.all_meet();
    let now = told(&world, "anna", &dates);
    let gone = "released: cancelled";
    assert_eq!(now[1..], [gone, gone, "cancelled", gone]);
    assert_eq!(world.phones["anna"].series(series).unwrap().dates.len(), 5);
    // What has ended can still be named, and says so.
    let changed = change(&mut world, "anna", dates[3], Which::This, Change::Cancel);
    let DateChange::Kept { why, .. } = &changed.dates[0] else {
        panic!("cancelled twice: {changed:?}")
    };
    assert_eq!(why.to_string(), "booking #3 has ended");
}

#[test]
fn a_series_shows_the_same_time_over_both_nights_and_a_skipped_hour_is_refused_alone() {
    let mut world = World::starting(far_ahead(), "2027-03-22T10:00");
    world.phone("anna");
    let night = interval("2027-03-27T02:30", "2027-03-27T03:30");
    let nights = Book::unit(UnitId(1), night)
        .exactly()
        .repeating("FREQ=DAILY;COUNT=3");
    let booked = world.book("anna", nights);
    world.all_meet();
    let DateOutcome::Refused { rule, .. } = &booked.dates[1] else {
        panic!("a start that the clock skips was not refused: {booked:?}")
    };
    assert_eq!(rule.to_string(), "the clock skips 2027-03-28T02:30");
    let dates: Vec<_> = booked.bookings().collect();
    assert_eq!(
        told(&world, "anna", &dates),
        vec!["confirmed 1 02:30-03:30"; 2]
    );
    // A day later: the first of them would fall into the skipped hour, the last one can.
    let to = Book::unit(UnitId(1), night.moved_by(1440).unwrap()).exactly();
    let changed = change(&mut world, "anna", dates[0], Which::All, Change::Move(to));
    assert!(matches!(
        changed.dates[..],
        [
            DateChange::Refused {
                rule: Rule::SkippedHour { .. },
                ..
            },
            DateChange::Requested { .. }
        ]
    ));
    let evening = interval("2027-03-23T18:00", "2027-03-23T20:00");
    let evenings = Book::unit(UnitId(2), evening)
        .exactly()
        .repeating("FREQ=WEEKLY;COUNT=2");
    let (_, dates) = book(&mut world, "anna", evenings);
    world.all_meet();
    assert_eq!(
        told(&world, "anna", &dates),
        vec!["confirmed 2 18:00-20:00"; 2]
    );
}
