//! `cargo xtask cost`: what the languages' layers cost, as ratios in one run, and how large the library is. With the
//! profile that apps get, so it takes a while.

use crate::failure::{Failure, Result};
use crate::project::{Project, run};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fmt, fs};

/// The cargo profile of what apps carry.
const PROFILE: &str = "apps";
/// A page of 1 000 bookings as an app asks for it, as a multiple of the same call in Rust: measured, and room for another
/// machine. `bindings/docs/costs.md` says what the time goes to.
const GATES: [(&str, f64); 3] = [("kotlin", 3.0), ("swift", 3.5), ("python", 45.0)];
/// What apps carry: the library, stripped, in bytes.
const SIZE_GATE: u64 = 17_000_000;

/// Measures, tells, and fails when something costs more than its gate.
pub fn cost(project: &Project) -> Result<()> {
    let folder = project.target().join("cost");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(Failure::during("cannot make a folder to measure in"))?;
    run(page(project).arg("found").arg(&folder))?;
    for measure in [kotlin, swift, python] {
        run(measure(project).env("ALLKONTOR_COST", &folder))?;
    }

    let mut too_much = Vec::new();
    println!("a page of 1 000 bookings, as a multiple of Rust's:");
    for (language, most) in GATES {
        let turns = Turns::read(&folder, language)?;
        println!("  {language:8} {turns}, at most {most:.2}");
        if turns.multiple() > most {
            too_much.push(format!("a page in {language}"));
        }
    }
    let size = size(project, &folder)?;
    println!("the stripped library: {size} bytes, at most {SIZE_GATE}");
    if size > SIZE_GATE {
        too_much.push("the library".to_owned());
    }
    if too_much.is_empty() {
        return Ok(());
    }
    let too_much = too_much.join(", ");
    Err(Failure::new(format!("beyond its gate: {too_much}")))
}

fn page(project: &Project) -> Command {
    let mut cargo = project.cargo();
    cargo.args([
        "bench",
        "--locked",
        "--profile",
        PROFILE,
        "--package",
        "allkontor",
        "--bench",
        "page",
        "--",
    ]);
    cargo
}

fn script(project: &Project, script: &str) -> Command {
    let mut command = project.command(project.path(script));
    command
        .env("ALLKONTOR_CARGO_PROFILE", PROFILE)
        .env("CARGO_TARGET_DIR", project.target());
    command
}

/// With the JVM's second compiler, as apps run.
fn kotlin(project: &Project) -> Command {
    let mut build = script(project, "bindings/kotlin/build");
    build.args([
        "test",
        "-Dtest=CostTest",
        "-Djvm.compiler=-XX:+TieredCompilation",
    ]);
    build
}

fn swift(project: &Project) -> Command {
    let mut build = script(project, "bindings/swift/build");
    build.args([
        "test",
        "--configuration",
        "release",
        "-Xswiftc",
        "-enable-testing",
    ]);
    build.args(["--filter", "CostTests"]);
    build
}

fn python(project: &Project) -> Command {
    let mut python = project.command("python3");
    python
        .env("ALLKONTOR_CARGO_PROFILE", PROFILE)
        .env("CARGO_TARGET_DIR", project.target())
        .args(["bindings/python/run_tests.py", "tests/test_cost.py"]);
    python
}

/// What a language measured in turns with Rust: the processor's time of a call, in nanoseconds, its own and Rust's.
struct Turns(Vec<(f64, f64)>);

impl Turns {
    fn read(folder: &Path, language: &str) -> Result<Self> {
        let text = fs::read_to_string(folder.join(language))
            .map_err(Failure::during(format!("{language} has measured nothing")))?;
        Self::parse(&text).ok_or_else(|| Failure::new(format!("{language} measured {text:?}")))
    }

    /// A turn a line, at least one.
    fn parse(text: &str) -> Option<Self> {
        let turn = |line: &str| {
            let (own, rust) = line.split_once(' ')?;
            let (own, rust) = (own.parse().ok()?, rust.parse().ok()?);
            (own > 0.0 && rust > 0.0).then_some((own, rust))
        };
        let turns: Option<Vec<_>> = text.lines().map(turn).collect();
        turns.filter(|turns| !turns.is_empty()).map(Self)
    }

    /// The least of all turns, its own and Rust's: what else a machine does, and a processor that slows down, only add.
    fn least(&self) -> (f64, f64) {
        let least =
            |(own, rust): (f64, f64), turn: &(f64, f64)| (own.min(turn.0), rust.min(turn.1));
        self.0.iter().fold((f64::INFINITY, f64::INFINITY), least)
    }

    fn multiple(&self) -> f64 {
        let (own, rust) = self.least();
        own / rust
    }
}

impl fmt::Display for Turns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((own, rust), multiple) = (self.least(), self.multiple());
        let (own, rust, turns) = (own / 1e6, rust / 1e6, self.0.len());
        write!(
            f,
            "{multiple:.2} times ({own:.2} of {rust:.2} ms, the least of {turns} turns)"
        )
    }
}

fn size(project: &Project, folder: &Path) -> Result<u64> {
    let name = format!(
        "{}allkontor{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    );
    let stripped: PathBuf = folder.join(&name);
    let built = project.target().join(PROFILE).join(&name);
    fs::copy(&built, &stripped)
        .map_err(Failure::during(format!("there is no {}", built.display())))?;
    run(project.command("strip").arg(&stripped))?;
    let facts = fs::metadata(&stripped).map_err(Failure::during("cannot look at the library"))?;
    Ok(facts.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_of_all_turns_is_compared() {
        let turns = Turns::parse("4000000 2000000\n9000000 1000000\n3000000 1500000\n").unwrap();
        assert_eq!(
            turns.to_string(),
            "3.00 times (3.00 of 1.00 ms, the least of 3 turns)"
        );
    }

    #[test]
    fn what_is_no_measurement_is_refused() {
        for text in ["", "4", "4 ", "4 x", "4 0", "0 4", "4 2\n\n"] {
            assert!(Turns::parse(text).is_none(), "{text:?}");
        }
    }
}
