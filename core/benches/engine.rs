//! What the engine promises about its cost, at 100 000 bookings of 60 desks in twelve months: each figure side by side
//! with what it is measured against, in one run, as a ratio. `core/benches/README.md` says what was found.
//!
//! `cargo bench -p allkontor-core`. The first run signs the year and keeps it in the target folder. A word after `--`
//! picks a part: `intake`, `availability`, `opening`, `size`, `visits`, `whole`. With `--ratios` criterion is left out.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark reads the clock and may fail"
)]

#[path = "engine/availability.rs"]
mod availability;
#[path = "engine/clerk.rs"]
mod clerk;
#[path = "engine/intake.rs"]
mod intake;
#[path = "engine/opening.rs"]
mod opening;
#[path = "engine/plan.rs"]
mod plan;
#[path = "engine/report.rs"]
mod report;
#[path = "engine/scribe.rs"]
mod scribe;
#[path = "engine/table.rs"]
mod table;
#[path = "engine/visits.rs"]
mod visits;
#[path = "engine/whole.rs"]
mod whole;
#[path = "engine/year.rs"]
mod year;

use allkontor_core::replica::Replica;
use criterion::Criterion;
use report::Report;
use table::Table;
use year::{Extent, NOW, Year};

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let parts = [
        "intake",
        "availability",
        "opening",
        "size",
        "visits",
        "whole",
    ];
    let picked = asked.iter().any(|word| parts.contains(&word.as_str()));
    let wants = |part: &str| !picked || asked.iter().any(|word| word == part);
    let mut criterion = Criterion::default();
    let with_criterion = !asked.iter().any(|word| word == "--ratios");
    let mut report = Report::default();

    if wants("visits") {
        let months = visits::Months::new();
        months.compare(&mut report);
        if with_criterion {
            months.bench(&mut criterion);
        }
    }
    if wants("opening") || wants("size") || wants("intake") || wants("availability") {
        let year = Year::open(Extent::Desks);
        if wants("opening") {
            opening::compare(&year, &mut report);
            if with_criterion {
                opening::bench(&year, &mut criterion);
            }
        }
        if wants("size") {
            opening::size(&year, &mut report);
        }
        if wants("availability") || wants("intake") {
            let stored = year.stored();
            let kiosk = Replica::restore(year::kiosk_key(), year.office, &stored);
            drop(stored);
            if wants("availability") {
                let visits = plan::year(kiosk.civil(NOW).unwrap());
                let table = Table::of(visits.iter().flat_map(|visit| &visit.bookings));
                availability::compare(&kiosk, &table, &mut report);
                if with_criterion {
                    availability::bench(&kiosk, &table, &mut criterion);
                }
            }
            if wants("intake") {
                let mut office = intake::Office::new(&year, kiosk);
                intake::compare(&mut office, &mut report);
                if with_criterion {
                    intake::bench(&mut office, &mut criterion);
                }
            }
        }
    }
    if wants("whole") {
        report.heading(
            "a whole office: also 300 lockers, 500 events with 5 000 guests, 20 000 payments",
        );
        whole::compare(&Year::open(Extent::Whole), &mut report);
    }
    report.print();
    if with_criterion {
        criterion.final_summary();
    }
}
