//! `cargo xtask mutants`: each committed mistake has to be caught by the test it names.
//!
//! A mutant is a patch in `tests/mutants` that puts one plausible mistake behind a run-time switch, with a header
//! that names the test which must notice. A test that lets its mutant live does not test what it says.
//!
//! ```text
//! work tree ─mirror─► + every patch ─build once─► tests ─no switch─► pass
//!                                                       ─one switch─► its test fails: killed
//! ```
//!
//! The work tree itself is never written to: the sources that ship have no switches. Whatever else can happen (a
//! patch that no longer applies or compiles, a test that is gone, dies or hangs) is a failure too: it proves nothing.

mod artifact;
mod header;
mod mirror;
mod patience;
mod pool;
mod trial;
mod workshop;

use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::step::{Outcome, Took};
use header::{Header, Trial};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use trial::Verdict;
use workshop::{Tests, Workshop};

const FOLDER: &str = "tests/mutants";

struct Mutant {
    name: String,
    patch: PathBuf,
    header: Header,
}

/// Tries every mutant.
pub fn all(project: &Project) -> Result<Outcome> {
    run(project, &[])
}

/// Whether every patch applies upon those before it, which takes seconds and spares a build that cannot be used.
pub fn apply(project: &Project) -> Result<Outcome> {
    let folder = project.path(FOLDER);
    if !folder.is_dir() {
        return Ok(Outcome::Skipped(format!("there is no {FOLDER}")));
    }
    Workshop::open(project, &read(&folder)?)?;
    Ok(Outcome::Passed)
}

/// Tries every mutant whose name holds one of the words in `only`; all of them when there are none.
pub fn run(project: &Project, only: &[String]) -> Result<Outcome> {
    let folder = project.path(FOLDER);
    if !folder.is_dir() {
        return Ok(Outcome::Skipped(format!("there is no {FOLDER}")));
    }
    let all = read(&folder)?;
    let chosen: Vec<&Mutant> = all
        .iter()
        .filter(|mutant| only.is_empty() || only.iter().any(|word| mutant.name.contains(word)))
        .collect();
    if chosen.is_empty() {
        return Err(Failure::new(format!(
            "no mutant in {FOLDER} is named like {only:?}"
        )));
    }
    let workshop = Workshop::open(project, &all)?;
    let tests = build(&workshop, &all)?;
    unmutated(&workshop, &tests, &chosen)?;
    let verdicts = try_all(&workshop, &tests, &chosen)?;
    let alive: Vec<&str> = chosen
        .iter()
        .zip(&verdicts)
        .filter(|(_, verdict)| !matches!(verdict, Verdict::Killed))
        .map(|(mutant, _)| mutant.name.as_str())
        .collect();
    let killed = chosen.len().saturating_sub(alive.len());
    println!("\n{killed} of {} mutants killed", chosen.len());
    if alive.is_empty() {
        return Ok(Outcome::Passed);
    }
    println!("what the tests said: {}", workshop.logs().display());
    Err(Failure::new(format!(
        "not killed: {}. Make the test it names notice the mistake, or mend the patch",
        alive.join(", ")
    )))
}

/// Every patch, sorted by name; all wrong headers are reported together.
fn read(folder: &Path) -> Result<Vec<Mutant>> {
    let reading = || format!("cannot read {}", folder.display());
    let mut mutants = Vec::new();
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).map_err(Failure::during(reading()))? {
        let patch = entry.map_err(Failure::during(reading()))?.path();
        if patch
            .extension()
            .is_none_or(|extension| extension != "patch")
        {
            continue;
        }
        let name = patch
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&patch)
            .map_err(Failure::during(format!("cannot read {name}.patch")))?;
        match Header::parse(&name, &text) {
            Ok(header) => mutants.push(Mutant {
                name,
                patch,
                header,
            }),
            Err(error) => wrong.push(format!("{FOLDER}/{name}.patch: {error}")),
        }
    }
    mutants.sort_by(|a, b| a.name.cmp(&b.name));
    wrong.sort();
    if wrong.is_empty() {
        Ok(mutants)
    } else {
        Err(Failure::new(wrong.join("\n")))
    }
}

fn build(workshop: &Workshop<'_>, mutants: &[Mutant]) -> Result<Tests> {
    println!(
        "Building the tests once, with {} mistakes behind switches.",
        mutants.len()
    );
    let start = Instant::now();
    let tests = workshop.build(mutants)?;
    println!("{:>10}  built", Took(start.elapsed()).to_string());
    Ok(tests)
}

/// Runs each distinct trial with no switch set: there it has to pass.
fn unmutated(workshop: &Workshop<'_>, tests: &Tests, mutants: &[&Mutant]) -> Result<()> {
    println!("With no mistake switched on:");
    let trials: BTreeSet<&Trial> = mutants.iter().map(|mutant| &mutant.header.trial).collect();
    let trials: Vec<&Trial> = trials.into_iter().collect();
    let results = pool::each(&trials, |trial| {
        let start = Instant::now();
        let passes = workshop.passes(tests, trial);
        if passes.is_ok() {
            println!("{:>10}  passes: {trial}", Took(start.elapsed()).to_string());
        }
        passes
    });
    let failures: Vec<String> = results
        .into_iter()
        .filter_map(|result| result.err().map(|failure| failure.to_string()))
        .collect();
    if failures.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(failures.join("\n")))
    }
}

fn try_all(workshop: &Workshop<'_>, tests: &Tests, mutants: &[&Mutant]) -> Result<Vec<Verdict>> {
    let lengths = mutants.iter().map(|mutant| mutant.name.len());
    let width = lengths.max().unwrap_or_default();
    println!("\n{:<width$}  {:>10}  verdict", "mutant", "took");
    let verdicts = pool::each(mutants, |mutant| {
        let start = Instant::now();
        let verdict = workshop.try_mutant(tests, mutant);
        if let Ok(verdict) = &verdict {
            let took = Took(start.elapsed()).to_string();
            println!("{:<width$}  {took:>10}  {verdict}", mutant.name);
            if !matches!(verdict, Verdict::Killed) {
                println!("{:<width$}              {}", "", mutant.header.what);
                println!("{:<width$}              {}", "", mutant.header.trial);
            }
        }
        verdict
    });
    verdicts.into_iter().collect()
}
