//! Random histories of people with several phones, and of phones that are lost: nobody is promised what somebody else was,
//! no promise is broken, nothing is lost but what only a lost phone knew, and everybody and the oracle see the same.
//!
//! `ALLKONTOR_HISTORIES` says how many are played (8), `ALLKONTOR_SEED` from which seed on (0).

use allkontor_tests::history::copies::History;
use allkontor_tests::sim::counts::Counts;

const HISTORIES: u64 = 8;
const STEPS: usize = 60;

/// What has to have happened in so many.
const LEAST: &[(&str, u64)] = &[
    ("stands", 30),
    ("restored", 5),
    ("lost", 3),
    ("databases lost", 3),
    ("left a lane", 4),
    ("reported", 12),
    ("reissued", 3),
    ("goes on on a slip", 3),
    ("left in hand", 2),
    ("left elsewhere", 2),
];

/// Says which history it was.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("in the history of seed {}", self.0);
        }
    }
}

fn number(variable: &str, otherwise: u64) -> u64 {
    let set = std::env::var(variable).ok();
    set.map_or(otherwise, |text| text.parse().expect("a number"))
}

#[test]
fn b7_whatever_people_do_with_several_phones_nothing_promised_is_lost() {
    let first = number("ALLKONTOR_SEED", 0);
    let histories = number("ALLKONTOR_HISTORIES", HISTORIES);
    let mut counts = Counts::default();
    for seed in first..first + histories {
        let _seed = Seed(seed);
        let mut history = History::new(seed);
        for _ in 0..STEPS {
            history.step();
        }
        history.rest();
        counts.join(&history.counts);
    }
    println!("{counts}");
    let wanted = LEAST
        .iter()
        .map(|(what, least)| (*what, least * histories / HISTORIES));
    let wanted: Vec<_> = wanted.collect();
    // One history alone says nothing of how often.
    if histories >= HISTORIES {
        let short = counts.short_of(&wanted);
        assert!(short.is_empty(), "{}", short.join("\n"));
    }
}
