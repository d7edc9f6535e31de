//! "Which of 60 units are free 14–16?" at 100 000 bookings over twelve months: the view beside prepared queries on
//! SQLite tables in memory with covering indexes, in one run, on the same bookings, with equal answers.
//!
//! `cargo bench -p allkontor-core --bench availability`; the first lines say how many times faster the view is.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a benchmark reads the clock and may fail"
)]

#[path = "availability/office.rs"]
mod office;
#[path = "availability/table.rs"]
mod table;

use allkontor_core::id::Digest;
use allkontor_core::time::{DayStart, Interval, OfficeDay};
use allkontor_core::view::{Board, View, Wanted};
use criterion::{Criterion, criterion_group, criterion_main};
use office::{CLASS, Year};
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::{Duration, Instant};
use table::{Shape, Table};

const BOOKINGS: usize = 100_000;
const STAMP: Digest = Digest([1; 32]);

/// A question for every day of the year: aligned to the quarter, or five minutes off it.
fn questions(off: u16) -> Vec<(OfficeDay, Interval)> {
    let first = OfficeDay::from_ymd(2026, 1, 1).unwrap();
    let days = (0..365).map(|day| first.plus(day * 89 % 365));
    days.map(|day| {
        let four = day.interval(DayStart::default()).start();
        let at = |hour: i32, minute: u16| four.plus((hour - 4) * 60 + i32::from(minute)).unwrap();
        (day, Interval::new(at(14, off), at(16, off)).unwrap())
    })
    .collect()
}

fn from_view(boards: &[Board], day: OfficeDay, interval: Interval) -> usize {
    let needs = BTreeSet::new();
    let board = &boards[day.month().month() as usize - 1];
    board.free(&Wanted::any(CLASS, &needs, interval)).len()
}

fn per_question(
    questions: &[(OfficeDay, Interval)],
    rounds: u32,
    mut ask: impl FnMut(OfficeDay, Interval),
) -> Duration {
    let start = Instant::now();
    for _ in 0..rounds {
        questions
            .iter()
            .for_each(|(day, interval)| ask(*day, *interval));
    }
    start.elapsed() / (rounds * questions.len() as u32)
}

fn availability(criterion: &mut Criterion) {
    let year = Year::booked(BOOKINGS);
    let start = Instant::now();
    let views: Vec<View> = year
        .folds
        .iter()
        .map(|fold| View::rebuild(fold, &year.catalogue))
        .collect();
    println!("rebuilding {} views: {:?}", views.len(), start.elapsed());
    let boards: Vec<Board> = views.iter().map(|view| view.board().clone()).collect();
    let table = Table::of(&year);
    for off in [0, 5] {
        for (day, interval) in questions(off) {
            let needs = BTreeSet::new();
            let board = &boards[day.month().month() as usize - 1];
            let answer = board.free(&Wanted::any(CLASS, &needs, interval));
            let answer: Vec<u32> = answer.iter().map(|free| free.unit.0).collect();
            for shape in Shape::ALL {
                assert_eq!(answer, table.free(shape, day, interval), "{day} {interval}");
            }
        }
        compare(&boards, &table, off);
    }
    sidecars(&year, &boards);

    let mut group = criterion.benchmark_group("which of 60 units are free 14-16");
    let asked = questions(0);
    let mut turn = asked.iter().cycle();
    group.bench_function("view", |bencher| {
        bencher.iter(|| {
            turn.next()
                .map(|(day, interval)| from_view(&boards, *day, *interval))
        });
    });
    for shape in Shape::ALL {
        group.bench_function(shape.name(), |bencher| {
            bencher.iter(|| {
                turn.next()
                    .map(|(day, interval)| table.free(shape, *day, *interval).len())
            });
        });
    }
    group.finish();
}

fn compare(boards: &[Board], table: &Table, off: u16) {
    let asked = questions(off);
    let ours = per_question(&asked, 2000, |day, interval| {
        black_box(from_view(boards, day, interval));
    });
    let theirs = Shape::ALL.map(|shape| {
        let took = per_question(&asked, 20, |day, interval| {
            black_box(table.free(shape, day, interval));
        });
        (took, shape.name())
    });
    let (best, name) = theirs.into_iter().min().unwrap();
    let ratio = best.as_secs_f64() / ours.as_secs_f64();
    println!(
        "14:{off:02}-16:{off:02}: view {ours:?}, best SQLite ({name}) {best:?}: {ratio:.0} times faster; {theirs:?}"
    );
}

fn sidecars(year: &Year, boards: &[Board]) {
    let packed: Vec<Vec<u8>> = boards.iter().map(|board| board.pack(&STAMP)).collect();
    let bytes: usize = packed.iter().map(Vec::len).sum();
    let start = Instant::now();
    let opened: Option<Vec<Board>> = packed
        .iter()
        .zip(boards)
        .map(|(bytes, board)| {
            Board::unpack(
                bytes,
                &STAMP,
                &year.catalogue,
                board.document(),
                DayStart::default(),
            )
        })
        .collect();
    let (day, interval) = questions(0)[0];
    let first = from_view(opened.as_ref().unwrap(), day, interval);
    println!(
        "opening {bytes} bytes of sidecars to the first answer ({first} free): {:?}",
        start.elapsed()
    );
    assert_eq!(opened.unwrap(), boards);
}

criterion_group!(benches, availability);
criterion_main!(benches);
