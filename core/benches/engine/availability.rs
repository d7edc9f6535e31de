//! "Which of 60 units are free 14–16?" The engine beside prepared queries on a table in memory with covering indexes.

use crate::plan::{self, CLASS};
use crate::report::{Pair, Report, Wanted, timed};
use crate::table::{Shape, Table};
use allkontor_core::replica::Replica;
use allkontor_core::time::{Interval, OfficeDay};
use criterion::Criterion;
use std::collections::BTreeSet;
use std::hint::black_box;

/// A question for every day of the year: aligned to the quarter, or five minutes off it.
fn questions(off: u32) -> Vec<(OfficeDay, Interval)> {
    let days = (0..365).map(|day| plan::first_day().plus(day * 89 % 365));
    days.map(|day| {
        let at = |hour| plan::minute(day, hour, off);
        (day, Interval::new(at(14), at(16)).unwrap())
    })
    .collect()
}

fn ask(replica: &Replica, interval: Interval) -> Vec<u32> {
    let free = replica
        .free(Some(CLASS), &BTreeSet::new(), interval)
        .unwrap();
    free.iter().map(|free| free.unit.0).collect()
}

pub(crate) fn compare(kiosk: &Replica, table: &Table, report: &mut Report) {
    for off in [0, 5] {
        let asked = questions(off);
        for (day, interval) in &asked {
            let answer = ask(kiosk, *interval);
            for shape in Shape::ALL {
                assert_eq!(
                    answer,
                    table.free(shape, *day, *interval),
                    "{day} {interval}"
                );
            }
        }
        let needs = BTreeSet::new();
        let mut pairs = Shape::ALL.map(|shape| (shape, Pair::default()));
        for _ in 0..40 {
            for (shape, pair) in &mut pairs {
                // Ours is so much shorter that it is asked more often.
                let (ours, ()) = timed(|| {
                    for (_, interval) in asked.iter().cycle().take(asked.len() * 20) {
                        black_box(kiosk.free(Some(CLASS), &needs, *interval)).unwrap();
                    }
                });
                let (theirs, ()) = timed(|| {
                    for (day, interval) in &asked {
                        black_box(table.free(*shape, *day, *interval));
                    }
                });
                pair.push(ours / 20, theirs);
            }
        }
        let slowest = pairs
            .iter()
            .max_by(|(_, a), (_, b)| a.ratio().total_cmp(&b.ratio()));
        let (shape, pair) = slowest.unwrap();
        let (ours, theirs) = pair.medians();
        let count = u32::try_from(asked.len()).unwrap();
        report.add(
            &format!(
                "times faster than SQLite: which of 60 units are free 14:{off:02}-16:{off:02}?"
            ),
            1.0 / pair.ratio(),
            &Wanted::AtLeast(50.0),
            &format!(
                "{:?} against {:?} ({}, the faster of two queries)",
                ours / count,
                theirs / count,
                shape.name()
            ),
        );
    }
}

pub(crate) fn bench(kiosk: &Replica, table: &Table, criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("which of 60 units are free 14-16");
    let asked = questions(0);
    let mut turn = asked.iter().cycle();
    let needs = BTreeSet::new();
    group.bench_function("engine", |bencher| {
        bencher.iter(|| {
            turn.next()
                .map(|(_, interval)| kiosk.free(Some(CLASS), &needs, *interval))
        });
    });
    for shape in Shape::ALL {
        group.bench_function(shape.name(), |bencher| {
            bencher.iter(|| {
                turn.next()
                    .map(|(day, interval)| table.free(shape, *day, *interval))
            });
        });
    }
    group.finish();
}
