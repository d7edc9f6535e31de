//! What the program was asked for.

use crate::desks::{Crew, Desk};
use std::path::PathBuf;

/// The words of `--help`.
pub const HELP: &str = "\
A day at the office: many phones book the same rooms, mostly without a network.

usage: day [--phones N] [--seed S] [--stewards K] [--lose DEVICE] [--out DIR] [--json]

  --phones N     how many phones take part, 1 to 400 (default 40)
  --seed S       which day it is: the same seed plays the same day (default 7)
  --stewards K   how many devices of the office decide, 1 to 3 (default 1): a kiosk, a tablet
                 that staff carry around, a hub on the internet
  --lose DEVICE  kiosk, tablet or hub: in the afternoon that device confirms bookings where no other
                 device hears of it, is lost and replaced; the report tells what became of each of
                 its promises. With two or three devices that decide, the lost one among them
  --out DIR      where the devices' databases, day.svg and day.html go (default target/day);
                 databases of an earlier run there are replaced
  --json         print one JSON object and nothing else
  --help         print this
";

/// More phones than this say nothing new and take minutes.
pub const MAX_PHONES: usize = 400;

/// A day to play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// How many phones take part, 1–[`MAX_PHONES`].
    pub phones: usize,
    /// Replays the same day.
    pub seed: u64,
    /// The office's own devices.
    pub crew: Crew,
    /// Prints one JSON object instead of the report.
    pub json: bool,
    /// Where databases and pictures go.
    pub out: PathBuf,
}

impl Default for Args {
    fn default() -> Self {
        Self {
            phones: 40,
            seed: 7,
            crew: Crew::ALONE,
            json: false,
            out: PathBuf::from("target/day"),
        }
    }
}

/// What a command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Print [`HELP`].
    Help,
    /// Play a day.
    Play(Args),
}

/// A command line that asks for nothing we can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadArgs {
    /// An option that there is not.
    #[error(
        "there is no option {got:?}: the options are --phones, --seed, --stewards, --lose, --out, --json and --help"
    )]
    Unknown {
        /// What was written.
        got: String,
    },
    /// An option at the end, without its value.
    #[error("{option} wants {wants} after it")]
    NoValue {
        /// The option.
        option: &'static str,
        /// What it wants.
        wants: &'static str,
    },
    /// A value that is not what the option wants.
    #[error("{option} wants {wants}, not {got:?}")]
    BadValue {
        /// The option.
        option: &'static str,
        /// What it wants.
        wants: &'static str,
        /// What was written.
        got: String,
    },
    /// A device that the office does not have, or cannot do without.
    #[error("--lose {lose} with --stewards {stewards}: {}", able(*stewards))]
    NotToLose {
        /// What was to be lost.
        lose: Desk,
        /// How many devices there are.
        stewards: usize,
    },
    /// An option given two times.
    #[error("{option} is given twice")]
    Twice {
        /// The option.
        option: &'static str,
    },
}

const PHONES: (&str, &str) = ("--phones", "a whole number from 1 to 400");
const SEED: (&str, &str) = ("--seed", "a whole number from 0 to 18446744073709551615");
const STEWARDS: (&str, &str) = ("--stewards", "a whole number from 1 to 3");
const LOSE: (&str, &str) = ("--lose", "kiosk, tablet or hub");
const OUT: (&str, &str) = ("--out", "a folder");
const JSON: &str = "--json";

impl Args {
    /// Reads the words after the program's name: `--option value` or `--option=value`.
    pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Asked, BadArgs> {
        let (mut args, mut given) = (Self::default(), std::collections::BTreeSet::new());
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let (name, mut inline) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word.as_str(), None),
            };
            let alone = inline.is_none();
            let mut value = |(option, wants): (&'static str, &'static str)| {
                if !given.insert(option) {
                    return Err(BadArgs::Twice { option });
                }
                inline
                    .take()
                    .or_else(|| words.next())
                    .filter(|value| !value.is_empty())
                    .ok_or(BadArgs::NoValue { option, wants })
            };
            match name {
                "--help" | "-h" if alone => return Ok(Asked::Help),
                JSON if alone => args.json = true,
                "--phones" => {
                    let got = value(PHONES)?;
                    args.phones = got
                        .parse()
                        .ok()
                        .filter(|n| (1..=MAX_PHONES).contains(n))
                        .ok_or_else(|| bad(PHONES, got))?;
                }
                "--seed" => {
                    let got = value(SEED)?;
                    args.seed = got.parse().map_err(|_| bad(SEED, got))?;
                }
                "--stewards" => {
                    let got = value(STEWARDS)?;
                    args.crew.stewards = got
                        .parse()
                        .ok()
                        .filter(|n| (1..=Desk::CREW.len()).contains(n))
                        .ok_or_else(|| bad(STEWARDS, got))?;
                }
                "--lose" => {
                    let got = value(LOSE)?;
                    let desk = Desk::named(&got).ok_or_else(|| bad(LOSE, got))?;
                    args.crew.lose = Some(desk);
                }
                "--out" => args.out = PathBuf::from(value(OUT)?),
                _ => return Err(BadArgs::Unknown { got: word }),
            }
        }
        match args.crew.lose {
            Some(lose) if args.crew.loses().is_none() => {
                let stewards = args.crew.stewards;
                Err(BadArgs::NotToLose { lose, stewards })
            }
            _ => Ok(Asked::Play(args)),
        }
    }
}

/// What an office with so many devices can lose.
fn able(stewards: usize) -> String {
    if stewards < 2 {
        return "the kiosk is the office's only device, and nobody would be left to replace it; \
                with --stewards 2 the kiosk or the tablet can be lost, with 3 the hub too"
            .into();
    }
    let crew = Desk::CREW.iter().take(stewards);
    let names: Vec<&str> = crew.map(|desk| desk.name()).collect();
    format!(
        "the office has no such device, only {}",
        names.join(" and ")
    )
}

fn bad((option, wants): (&'static str, &'static str), got: String) -> BadArgs {
    BadArgs::BadValue { option, wants, got }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Asked, String> {
        Args::parse(line.split_whitespace().map(str::to_owned)).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_said_is_the_day_of_the_readme() {
        assert_eq!(parse(""), parse("--phones 40 --seed 7 --out target/day"));
    }

    #[test]
    fn options_may_be_written_both_ways() {
        let asked = Asked::Play(Args {
            phones: 8,
            seed: 3,
            crew: Crew {
                stewards: 2,
                lose: Some(Desk::Tablet),
            },
            json: true,
            out: "elsewhere".into(),
        });
        assert_eq!(
            parse("--phones=8 --seed=3 --stewards=2 --lose=tablet --json --out=elsewhere"),
            Ok(asked.clone())
        );
        assert_eq!(
            parse("--json --lose tablet --out elsewhere --seed 3 --phones 8 --stewards 2"),
            Ok(asked)
        );
        assert_eq!(parse("--phones 8 --help"), Ok(Asked::Help));
    }

    #[test]
    fn a_bad_line_is_told_what_would_be_good() {
        let told = |line| parse(line).unwrap_err();
        assert_eq!(
            told("--phones 401"),
            "--phones wants a whole number from 1 to 400, not \"401\""
        );
        assert_eq!(
            told("--phones 0"),
            "--phones wants a whole number from 1 to 400, not \"0\""
        );
        assert_eq!(
            told("--seed"),
            "--seed wants a whole number from 0 to 18446744073709551615 after it"
        );
        assert_eq!(
            told("--stewards 4"),
            "--stewards wants a whole number from 1 to 3, not \"4\""
        );
        assert_eq!(
            told("--stewards 3 --lose phone"),
            "--lose wants kiosk, tablet or hub, not \"phone\""
        );
        assert_eq!(
            told("--lose hub --stewards 2"),
            "--lose hub with --stewards 2: the office has no such device, only kiosk and tablet"
        );
        assert_eq!(
            told("--lose kiosk"),
            "--lose kiosk with --stewards 1: the kiosk is the office's only device, and nobody would be left to replace it; \
             with --stewards 2 the kiosk or the tablet can be lost, with 3 the hub too"
        );
        assert_eq!(told("--out="), "--out wants a folder after it");
        assert_eq!(told("--seed 1 --seed 2"), "--seed is given twice");
        assert_eq!(
            told("--jsn"),
            "there is no option \"--jsn\": the options are --phones, --seed, --stewards, --lose, --out, --json and --help"
        );
        assert_eq!(
            told("--json=yes"),
            "there is no option \"--json=yes\": the options are --phones, --seed, --stewards, --lose, --out, --json and --help"
        );
    }
}
