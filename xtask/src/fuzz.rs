//! The fuzz targets, fuzzed with libFuzzer on request.
//!
//! The body of each target is a plain function of the library in `fuzz/`; the test in `fuzz/tests/` calls it with the
//! seeds in `fuzz/seeds/TARGET` and mutations of them, on stable, like every other test.

use crate::failure::{Failure, Result};
use crate::project::{Project, output, run};
use crate::tools;

/// What `cargo xtask fuzz` was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The target's name.
    pub target: String,
    /// How long to look, in seconds.
    pub seconds: u64,
}

impl Request {
    /// Reads `TARGET [--seconds N]`; a minute unless told.
    pub fn parse(words: &[String]) -> Result<Self> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let (target, seconds) = match words.as_slice() {
            [target] => (*target, "60"),
            [target, "--seconds", seconds] | ["--seconds", seconds, target] => (*target, *seconds),
            _ => return Err(Failure::new("usage: cargo xtask fuzz TARGET [--seconds N]")),
        };
        let seconds = seconds.parse().map_err(|_| {
            Failure::new(format!(
                "--seconds wants a whole number of seconds, not {seconds:?}"
            ))
        })?;
        Ok(Self {
            target: target.into(),
            seconds,
        })
    }
}

/// Runs one target with libFuzzer, on the pinned toolchain.
///
/// Coverage is counted by a flag that stable refuses unless it is told otherwise; the address sanitizer is left out,
/// for the engine has no unsafe code.
pub fn fuzz(project: &Project, request: &Request) -> Result<()> {
    let targets = targets(project)?;
    if !targets.contains(&request.target) {
        return Err(Failure::new(format!(
            "there is no fuzz target {:?}: there are {}",
            request.target,
            targets.join(", ")
        )));
    }
    if output(project.command("c++").arg("--version")).is_err() {
        return Err(Failure::new(
            "libFuzzer is C++ and there is no `c++` here: install one (on Debian: apt-get install g++), \
             or `cargo xtask test` to replay the seeds and their mutations",
        ));
    }
    let cargo_fuzz = tools::CARGO_FUZZ.find_or_install(project)?;
    let target = request.target.as_str();
    let corpus = project.path("fuzz/corpus").join(target);
    std::fs::create_dir_all(&corpus).map_err(Failure::during("cannot make the corpus folder"))?;
    let mut fuzz = project.command(cargo_fuzz);
    fuzz.env("RUSTC_BOOTSTRAP", "1")
        .env_remove("CARGO_TARGET_DIR")
        .args(["run", "--sanitizer", "none", "--fuzz-dir", "fuzz", target])
        .arg(corpus);
    let seeds = project.path("fuzz/seeds").join(target);
    if seeds.is_dir() {
        fuzz.arg(seeds);
    }
    run(fuzz
        .arg("--")
        .arg(format!("-max_total_time={}", request.seconds))
        .arg("-print_final_stats=1"))
}

/// The names of the targets, in order.
fn targets(project: &Project) -> Result<Vec<String>> {
    let failed = || Failure::during("cannot list the fuzz targets");
    let files = std::fs::read_dir(project.path("fuzz/fuzz_targets")).map_err(failed())?;
    let mut names = Vec::new();
    for file in files {
        let path = file.map_err(failed())?.path();
        names.extend(
            path.file_stem()
                .map(|stem| stem.to_string_lossy().into_owned()),
        );
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Request> {
        Request::parse(
            &line
                .split_whitespace()
                .map(String::from)
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn a_request_names_a_target_and_perhaps_a_time() {
        assert_eq!(
            parse("decode").unwrap(),
            Request {
                target: "decode".into(),
                seconds: 60
            }
        );
        assert_eq!(parse("decode --seconds 5").unwrap().seconds, 5);
        assert_eq!(parse("--seconds 5 decode").unwrap().seconds, 5);
    }

    #[test]
    fn a_target_that_is_not_there_is_answered_with_those_that_are() {
        let request = parse("statement").unwrap();
        assert_eq!(
            fuzz(&Project::find().unwrap(), &request)
                .unwrap_err()
                .to_string(),
            "there is no fuzz target \"statement\": there are carried, document_import, foreign, session, statement_decode"
        );
    }

    #[test]
    fn a_request_that_is_not_one_says_what_is() {
        assert_eq!(
            parse("").unwrap_err().to_string(),
            "usage: cargo xtask fuzz TARGET [--seconds N]"
        );
        assert_eq!(
            parse("decode --seconds soon").unwrap_err().to_string(),
            "--seconds wants a whole number of seconds, not \"soon\""
        );
    }
}
