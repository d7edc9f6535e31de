//! A page of 1 000 bookings in Rust, which `cargo xtask cost` compares the other languages with.
//!
//! `page found FOLDER` makes the same office twice, in `FOLDER/office` for the other languages and in `FOLDER/beside`, and
//! leaves a copy of itself as `FOLDER/page`. `page FOLDER` asks for the page again and again, and prints what a call takes of
//! a processor's time, in nanoseconds. Every language does the same and starts that copy between its turns: a machine that
//! changes its speed changes both. Not what it takes on the clock: what else the machine does should make no difference.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a measurement"
)]

use allkontor::{Device, Founding, Interval, Ledger, Role, WalkInOutcome, Wanted, What};
use allkontor_core::id::UnitId;
use allkontor_core::time::{CivilMinute, Timestamp};
use rustix::time::{ClockId, clock_gettime};
use std::path::Path;

const NOW: Timestamp = Timestamp(1_795_510_800); // Tuesday 2026-11-24, 10.00 in Stockholm
const NOVEMBER: Ledger = Ledger::OfMonth {
    year: 2026,
    month: 11,
};
const BOOKINGS: usize = 1_000;
const UNITS: u32 = 40;
const DAYS: u32 = 5;
const HOURS: u32 = 5;
/// How often the page is asked for before it counts, and then while it does.
const ROUNDS: (i64, i64) = (20, 20);

fn main() {
    // Cargo adds an option of its own.
    let words: Vec<String> = std::env::args().filter(|word| word != "--bench").collect();
    match words.iter().skip(1).map(String::as_str).collect::<Vec<_>>()[..] {
        ["found", folder] => found_both(Path::new(folder)),
        [folder] => measure(Path::new(folder)),
        _ => panic!("expected `found FOLDER` or `FOLDER`"),
    }
}

fn catalogue() -> String {
    let units: Vec<String> = (1..=UNITS)
        .map(|unit| format!(r#""{unit}": {{"name": {{"sv": "Bord {unit}"}}, "class": 1}}"#))
        .collect();
    let days = ["tuesday", "wednesday", "thursday", "friday", "saturday"];
    let hours = days.map(|day| format!(r#""{day}": {{"open": ["08:00-22:00"]}}"#));
    format!(
        r#"{{
        "profile": {{"name": {{"sv": "Kontoret"}}, "languages": ["sv"], "zone": "Europe/Stockholm", "operator": "library",
            "address": {{"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"}},
            "duration": {{"kind": "permanent"}}}},
        "classes": {{"1": {{"name": {{"sv": "Bord"}}, "kind": "desk"}}}},
        "units": {{{}}},
        "hours": {{"weekly": {{{}}}}}
    }}"#,
        units.join(", "),
        hours.join(", ")
    )
}

fn found_both(folder: &Path) {
    found(&folder.join("office"));
    found(&folder.join("beside"));
    std::fs::copy(std::env::current_exe().unwrap(), folder.join("page")).unwrap();
}

/// An office whose kiosk has confirmed 1 000 walk-ins.
fn found(place: &Path) {
    std::fs::create_dir_all(place).unwrap();
    let founding = Founding {
        catalogue: catalogue().into_bytes(),
        role: Role::Kiosk,
        device_seed: vec![1; 32],
        recovery_seed: vec![9; 32],
        salt: vec![7; 32],
        day_start: 240,
    };
    let kiosk = Device::found(place.to_str().unwrap().to_owned(), NOW, founding).unwrap();
    let mut made = 0_u32;
    for unit in 1..=UNITS {
        for day in 0..DAYS {
            for hour in 0..HOURS {
                made += 1;
                book(&kiosk, unit, day, hour, made);
            }
        }
    }
    kiosk.shut_down().unwrap();
}

fn book(kiosk: &Device, unit: u32, day: u32, hour: u32, number: u32) {
    let at = |hour| CivilMinute::from_ymd_hm(2026, 11, 24 + day, hour, 0).unwrap();
    let wanted = Wanted {
        what: What::ExactlyUnit { unit: UnitId(unit) },
        dates: vec![Interval {
            start: at(11 + 2 * hour),
            end: at(12 + 2 * hour),
        }],
        alternatives: Vec::new(),
        needs: Vec::new(),
        party: 1,
    };
    let seed = [number.to_be_bytes(), [0; 4], [0; 4], [0; 4]].concat();
    let outcomes = kiosk.walk_in(NOW, wanted, seed).unwrap();
    assert!(
        matches!(outcomes[..], [WalkInOutcome::Requested { .. }]),
        "{outcomes:?}"
    );
}

fn measure(folder: &Path) {
    let place = folder.join("beside").to_str().unwrap().to_owned();
    let kiosk = Device::open(place).unwrap();
    let ask = || {
        let page = kiosk.desk_bookings(NOVEMBER, None, 1_000).unwrap();
        assert_eq!(page.len(), BOOKINGS);
    };
    (0..ROUNDS.0).for_each(|_| ask());
    let start = spent();
    (0..ROUNDS.1).for_each(|_| ask());
    println!("{}", (spent() - start) / ROUNDS.1);
    kiosk.shut_down().unwrap();
}

/// What this process has taken of a processor's time, in nanoseconds.
fn spent() -> i64 {
    let spent = clock_gettime(ClockId::ProcessCPUTime);
    spent.tv_sec * 1_000_000_000 + spent.tv_nsec
}
