//! The simulator finds nothing wrong with the engine, and what is planted for it to find.

use allkontor_tests::sim::campaign::{Campaign, EVENTS, events};
use allkontor_tests::sim::machine::Plant;
use allkontor_tests::sim::plan::Plan;
use allkontor_tests::sim::run::{Played, Run};
use allkontor_tests::sim::shrink::Story;

/// Events played on every run of the tests: about a minute of one core.
const STEPS: usize = 30_000;

/// What has to have happened in them, so that they test something.
const LEAST: &[(&str, u64)] = &[
    ("agreed", 150),
    ("confirmations", 2_000),
    ("bundles confirmed", 300),
    ("told confirmed", 1_000),
    ("waiting", 100),
    ("promotions", 8),
    ("moved", 140),
    ("declined", 80),
    ("released", 300),
    ("no-shows", 50),
    ("checked in", 100),
    ("walk-ins", 200),
    ("slips shown", 80),
    ("moves to another month", 20),
    ("closures", 50),
    ("moved by a closure", 3),
    ("published", 30),
    ("documents dropped", 40),
    ("certificates", 60),
    ("kills at rest", 250),
    ("kills in a write", 200),
    ("store_failed", 200),
    ("vault_failed", 50),
    ("disk_full", 200),
    ("lost messages", 500),
    ("cut connections", 400),
    ("messages damaged", 30),
    ("files read", 150),
    ("codes read", 100),
    ("abuses", 150),
    ("harmless tricks", 150),
    ("rebuilds compared", 300),
];

#[test]
fn nothing_that_must_not_happens_in_an_office_where_everything_else_does() {
    let campaign = Campaign::of(1, STEPS, |_| false);
    if let Some(story) = campaign.failure {
        panic!("{story}");
    }
    println!("{}{} events", campaign.counts, campaign.steps);
    let short = campaign.counts.short_of(LEAST);
    assert!(
        short.is_empty(),
        "too little happened:\n{}",
        short.join("\n")
    );
}

fn play(seed: u64, plant: Option<Plant>) -> Played {
    let plan = Plan::of(seed);
    let run = Run {
        plant,
        ..Run::of(&plan)
    };
    run.play(&events(&plan, EVENTS), None)
}

#[test]
fn the_same_seed_is_the_same_run() {
    let traces: Vec<_> = (1..=4).map(|seed| play(seed, None).trace).collect();
    let again: Vec<_> = (1..=4).map(|seed| play(seed, None).trace).collect();
    assert_eq!(traces, again);
    assert_ne!(traces[0], traces[1]);
}

/// Plays seed after seed until what is planted shows, and tells the story of it.
fn found(plant: Plant) -> Story {
    for seed in 1..=60 {
        let plan = Plan::of(seed);
        let events = events(&plan, EVENTS);
        let run = Run {
            plant: Some(plant),
            ..Run::of(&plan)
        };
        if let Some(failure) = run.play(&events, None).failure {
            return Story::shrink(&plan, &events, Some(plant), failure);
        }
    }
    panic!("{plant:?} was not found in 60 runs");
}

fn is_short(story: &Story) {
    println!("{story}");
    assert!(
        story.events.len() <= 12,
        "{} events are no short story:\n{story}",
        story.events.len()
    );
    let told = story.to_string();
    assert!(told.contains("replay: cargo xtask sim --seed"), "{told}");
}

#[test]
fn a_disk_that_forgets_what_it_acknowledged_is_found() {
    let story = found(Plant::ForgetfulDisk);
    let what = story.violation.what;
    let lost = [
        "what a device had is gone",
        "a device shows something else after it lost power",
    ];
    assert!(lost.contains(&what), "{what}");
    is_short(&story);
}
