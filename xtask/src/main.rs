//! `cargo xtask COMMAND`: see [`xtask`].

use std::process::ExitCode;
use xtask::failure::{Failure, Result};
use xtask::project::Project;
use xtask::step::{self, Outcome, Step};
use xtask::{cost, fuzz, lint, mutants, sim, test};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  lint                        formatting, lints, documentation, dependencies
  test [STEP…]                every test there is, or those steps of it
  mutants [WORD…]             the committed mutants, or those whose name holds a word
  cost                        what the languages' layers cost, and the size of the library (release builds: minutes)
  sim [--seed N] [--step]     one run of the simulator, told step by step
  sim --steps N | --seconds N run after run of it, from seed 1 or --seed N on
  fuzz TARGET [--seconds N]   one fuzz target with libFuzzer (needs a C++ compiler), a minute unless told
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = words.split_first() else {
        print!("{USAGE}");
        return Ok(ExitCode::FAILURE);
    };
    match (command.as_str(), rest) {
        ("lint", []) => steps(lint::steps()),
        ("test", names) => steps(test::chosen(names)?),
        ("mutants", only) => match mutants::run(&Project::find()?, only)? {
            Outcome::Passed => Ok(ExitCode::SUCCESS),
            Outcome::Skipped(why) => Err(Failure::new(why)),
        },
        ("cost", []) => cost::cost(&Project::find()?).map(|()| ExitCode::SUCCESS),
        ("sim", words) => sim::sim(&Project::find()?, words).map(|()| ExitCode::SUCCESS),
        ("fuzz", rest) => {
            fuzz::fuzz(&Project::find()?, &fuzz::Request::parse(rest)?).map(|()| ExitCode::SUCCESS)
        }
        ("help" | "--help" | "-h", _) => {
            print!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(Failure::new(format!(
            "there is no `cargo xtask {}`\n\n{USAGE}",
            words.join(" ")
        ))),
    }
}

fn steps(steps: Vec<Step>) -> Result<ExitCode> {
    let passed = step::run_all(&Project::find()?, &steps);
    Ok(if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
