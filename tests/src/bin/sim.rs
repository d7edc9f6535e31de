//! Plays the simulator from the command line: see `cargo xtask sim`.

use allkontor_tests::sim::campaign::{Campaign, EVENTS, events};
use allkontor_tests::sim::op::Who;
use allkontor_tests::sim::plan::Plan;
use allkontor_tests::sim::run::{Event, Run};
use allkontor_tests::sim::shrink::Story;
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const USAGE: &str = "\
usage: cargo xtask sim [--seed N] [--steps N] [--seconds N] [--step] [--whole] [--only N,N…] [--without NAME,NAME…]

  --seed N       play that seed, and only it; with --steps or --seconds, seed after seed from there on
  --steps N      play until there were N events
  --seconds N    play for N seconds
  --step         print each event and what it changed
  --whole        tell a failure as it was found, without making it shorter
  --only N,N…    play only these events of the seed
  --without …    play without these devices, by name
";

/// What was asked for.
#[derive(Default)]
struct Asked {
    seed: Option<u64>,
    steps: Option<usize>,
    seconds: Option<u64>,
    step: bool,
    whole: bool,
    only: Option<BTreeSet<usize>>,
    without: Vec<String>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match asked(&words) {
        Ok(asked) if play(&asked) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(what) => {
            eprintln!("{what}\n\n{USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn asked(words: &[String]) -> Result<Asked, String> {
    let mut asked = Asked::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--step" => {
                asked.step = true;
                continue;
            }
            "--whole" => {
                asked.whole = true;
                continue;
            }
            "--help" => return Err("The simulator plays an office from a seed.".into()),
            _ => {}
        }
        let value = words.next().ok_or(format!("{word} wants a value"))?;
        let number = || {
            value
                .parse()
                .map_err(|_| format!("{word} wants a whole number, not {value:?}"))
        };
        match word.as_str() {
            "--seed" => asked.seed = Some(number()?),
            "--steps" => asked.steps = Some(number()? as usize),
            "--seconds" => asked.seconds = Some(number()?),
            "--only" => {
                let list = value.split(',').map(str::parse).collect::<Result<_, _>>();
                asked.only =
                    Some(list.map_err(|_| format!("--only wants numbers, not {value:?}"))?);
            }
            "--without" => asked.without = value.split(',').map(str::to_owned).collect(),
            _ => return Err(format!("there is no option {word}")),
        }
    }
    Ok(asked)
}

/// Whether nothing happened that must not.
fn play(asked: &Asked) -> bool {
    match (asked.seed, asked.steps, asked.seconds) {
        (Some(seed), None, None) => one(asked, seed),
        _ => many(asked),
    }
}

fn one(asked: &Asked, seed: u64) -> bool {
    let plan = Plan::of(seed);
    let wanted = |event: &Event| {
        asked
            .only
            .as_ref()
            .is_none_or(|only| only.contains(&event.0))
    };
    let events: Vec<Event> = events(&plan, EVENTS).into_iter().filter(wanted).collect();
    let absent: BTreeSet<Who> = asked
        .without
        .iter()
        .filter_map(|name| plan.cast.find(name))
        .collect();
    let run = Run {
        absent,
        ..Run::of(&plan)
    };
    println!("seed {seed}: {:?}", plan.themes);
    let mut print = |line: String| println!("{line}");
    let played = run.play(&events, if asked.step { Some(&mut print) } else { None });
    match played.failure {
        None => {
            println!("{}{} events, nothing wrong", played.counts, played.steps);
            true
        }
        Some(failure) if asked.only.is_some() || asked.step || asked.whole => {
            println!("event {}: {}", failure.0, failure.1);
            false
        }
        Some(failure) => {
            println!("{}", Story::shrink(&plan, &events, None, failure));
            false
        }
    }
}

fn many(asked: &Asked) -> bool {
    let begun = Instant::now();
    let end = asked.seconds.map(Duration::from_secs);
    let steps = asked.steps.unwrap_or(usize::MAX);
    let mut told = 0;
    let campaign = Campaign::of(asked.seed.unwrap_or(1), steps, |campaign| {
        if campaign.steps / 10_000 > told {
            told = campaign.steps / 10_000;
            println!(
                "{} events, {} runs, {} s",
                campaign.steps,
                campaign.runs,
                begun.elapsed().as_secs()
            );
        }
        end.is_some_and(|end| begun.elapsed() >= end)
    });
    let Campaign {
        runs,
        steps,
        counts,
        failure,
    } = campaign;
    println!(
        "{counts}{steps} events in {runs} runs, {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    match failure {
        None => true,
        Some(story) => {
            println!("\n{story}");
            false
        }
    }
}
