//! Acting on all dates of a series is acting on each: the same outcomes, the same statements, the same picture.

use allkontor_core::command::{Book, Change, ChangeError, Changed, DateChange, Which};
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{BookingId, Command, Outcome};
use allkontor_core::time::{CivilMinute, Interval};
use allkontor_tests::world::{DESK, World, at, instant, parts};
use proptest::prelude::*;

/// How a history goes before the series is changed, and what is done then.
#[derive(Clone, Debug)]
struct History {
    every_days: i32,
    dates: i32,
    desks: bool,
    /// What others have: (days from the first date, hour), each an hour of room 1.
    others: Vec<(i32, i32)>,
    /// Dates that were cancelled before, by place.
    cancelled: Vec<usize>,
    /// Dates that were moved before, by place and by how many half hours.
    moved: Vec<(usize, i32)>,
    met: bool,
    /// Days that pass between booking and changing.
    later: i32,
    named: usize,
    which: Which,
    act: Act,
}

#[derive(Clone, Debug)]
enum Act {
    Cancel,
    Move {
        minutes: i32,
        length: i32,
        room: u32,
    },
    Extend {
        minutes: i32,
    },
}

fn history() -> impl Strategy<Value = History> {
    let act = prop_oneof![
        Just(Act::Cancel),
        (-3..40i32, 1..5i32, 1..3u32).prop_map(|(days, halves, room)| Act::Move {
            minutes: if days < 3 {
                days * 30
            } else {
                (days - 3) * 1440
            },
            length: halves * 30,
            room,
        }),
        (-5..6i32).prop_map(|halves| Act::Extend {
            minutes: halves * 30
        }),
    ];
    let which = prop_oneof![Just(Which::This), Just(Which::Following), Just(Which::All)];
    let asked = (1..9i32, 2..9i32, any::<bool>());
    let before = (
        prop::collection::vec((0..40i32, 16..21i32), 0..4),
        prop::collection::vec(0..8usize, 0..3),
        prop::collection::vec((0..8usize, -4..5i32), 0..3),
        any::<bool>(),
    );
    (asked, before, 0..20i32, 0..8usize, which, act).prop_map(
        |(
            (every_days, dates, desks),
            (others, cancelled, moved, met),
            later,
            named,
            which,
            act,
        )| {
            History {
                every_days,
                dates,
                desks,
                others,
                cancelled,
                moved,
                met,
                later,
                named,
                which,
                act,
            }
        },
    )
}

fn first() -> Interval {
    Interval::new(at("2026-11-20T18:00"), at("2026-11-20T19:30")).unwrap()
}

fn wish(history: &History, when: Interval, room: u32) -> Book {
    if history.desks {
        Book::places(DESK, 2, when)
    } else {
        Book::unit(UnitId(room), when).exactly()
    }
}

/// The office when the series is about to be changed.
fn world(history: &History) -> (World, Vec<BookingId>) {
    let mut office = parts();
    for class in office.classes.values_mut() {
        class.rules.horizon_days = 60;
    }
    let mut world = World::starting(office, "2026-11-18T08:00");
    world.phones(&["anna", "bo"]);
    for (days, hour) in &history.others {
        let start = first()
            .start()
            .saturating_plus(days * 1440 + (hour - 18) * 60);
        let hour = Interval::new(start, start.saturating_plus(60)).unwrap();
        world.book("bo", Book::unit(UnitId(1), hour).exactly());
    }
    world.all_meet();
    let rrule = format!(
        "FREQ=DAILY;INTERVAL={};COUNT={}",
        history.every_days, history.dates
    );
    let booked = world.book("anna", wish(history, first(), 1).repeating(rrule));
    let dates: Vec<BookingId> = booked.bookings().collect();
    if history.met {
        world.all_meet();
    }
    for place in &history.cancelled {
        // Cancelling twice is an error of the history, not of the engine.
        let _ = world.command("anna", Command::Cancel(dates[place % dates.len()]));
    }
    for (place, halves) in &history.moved {
        let booking = dates[place % dates.len()];
        let when = time(&world, booking).moved_by(halves * 30).unwrap();
        let to = wish(history, when, 1);
        let _ = world.command("anna", Command::Move { booking, to });
    }
    if history.met {
        world.all_meet();
    }
    world.now = instant(at("2026-11-18T08:00").saturating_plus(history.later * 1440));
    (world, dates)
}

/// As held, else as asked for.
fn time(world: &World, booking: BookingId) -> Interval {
    let entry = world.see("anna", booking);
    let held = entry.status.holding.first().map(|hold| hold.interval());
    held.unwrap_or_else(|| entry.wanted[0].interval)
}

/// The dates that a person would say are meant, told from the agenda alone.
fn meant(world: &World, named: BookingId, which: Which) -> Vec<BookingId> {
    if which == Which::This {
        return vec![named];
    }
    let now = world.phones["anna"].civil(world.now).unwrap();
    let series = world.see("anna", named).series;
    let mut meant: Vec<(CivilMinute, BookingId)> = Vec::new();
    for entry in world.phones["anna"].agenda() {
        let withdrawn = matches!(
            entry.status.stage,
            allkontor_core::view::Stage::Cancelled
                | allkontor_core::view::Stage::Released {
                    cause: allkontor_core::statement::Cause::Cancelled
                }
        );
        let when = time(world, entry.booking);
        let after = which == Which::All || when.start() >= time(world, named).start();
        if entry.series == series && !withdrawn && when.end() > now && after {
            meant.push((when.start(), entry.booking));
        }
    }
    meant.sort();
    meant.into_iter().map(|(_, booking)| booking).collect()
}

fn all_at_once(world: &mut World, history: &History, named: BookingId) -> Changed {
    let when = time(world, named);
    let change = match history.act {
        Act::Cancel => Change::Cancel,
        Act::Move {
            minutes,
            length,
            room,
        } => {
            let start = when.start().saturating_plus(minutes);
            let to = Interval::new(start, start.saturating_plus(length)).unwrap();
            Change::Move(wish(history, to, room))
        }
        Act::Extend { minutes } => Change::Extend(when.end().saturating_plus(minutes)),
    };
    let command = Command::ChangeDates {
        booking: named,
        which: history.which,
        change,
    };
    match world.command("anna", command).unwrap() {
        Outcome::Changed(changed) => changed,
        other => panic!("changing dates answered {other:?}"),
    }
}

fn one_by_one(
    world: &mut World,
    history: &History,
    named: BookingId,
) -> Vec<(BookingId, Result<Outcome, Error>)> {
    let meant = meant(world, named, history.which);
    let times: Vec<Interval> = meant.iter().map(|date| time(world, *date)).collect();
    let mut outcomes = Vec::new();
    for (booking, when) in meant.into_iter().zip(times) {
        let command = match history.act {
            Act::Cancel => Command::Cancel(booking),
            Act::Move {
                minutes,
                length,
                room,
            } => {
                let start = when.start().saturating_plus(minutes);
                let to = Interval::new(start, start.saturating_plus(length)).unwrap();
                let to = wish(history, to, room);
                Command::Move { booking, to }
            }
            Act::Extend { minutes } => Command::Extend {
                booking,
                end: when.end().saturating_plus(minutes),
            },
        };
        outcomes.push((booking, world.command("anna", command)));
    }
    outcomes
}

fn agree(one: &DateChange, other: &Result<Outcome, Error>) -> bool {
    match (one, other) {
        (DateChange::Requested { .. } | DateChange::Cancelled { .. }, Ok(_)) => true,
        (DateChange::Refused { rule, .. }, Err(Error::Change(ChangeError::Rule(other)))) => {
            rule == other
        }
        (DateChange::Kept { why, .. }, Err(Error::Change(other))) => why == other,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn acting_on_all_equals_acting_on_each(history in history()) {
        let (mut together, dates) = world(&history);
        let (mut apart, _) = world(&history);
        let named = dates[history.named % dates.len()];
        let all = all_at_once(&mut together, &history, named);
        let each = one_by_one(&mut apart, &history, named);
        prop_assert_eq!(all.dates.len(), each.len());
        for (one, (booking, other)) in all.dates.iter().zip(&each) {
            prop_assert!(agree(one, other), "{booking}: {one:?} beside {other:?}");
        }
        prop_assert_eq!(together.phones["anna"].agenda(), apart.phones["anna"].agenda());
        for world in [&mut together, &mut apart] {
            world.desk(Command::ConfirmClock);
            world.all_meet();
            world.all_meet();
        }
        prop_assert_eq!(together.phones["anna"].agenda(), apart.phones["anna"].agenda());
        prop_assert_eq!(together.kiosk.digest(), apart.kiosk.digest());
        together.assert_agreed();
    }
}
