//! `cargo xtask mutants`: each committed mistake has to be caught by the test it names.
//!
//! A mutant is a patch in `tests/mutants` that puts one plausible mistake into the sources, with a header that
//! names the test which must notice. A test that lets its mutant live does not test what it says.
//!
//! ```text
//! work tree ─mirror─► target/mutants/tree ─test─► passes ─patch─► compiles ─test─► fails: killed
//! ```
//!
//! The work tree itself is never written to. Whatever else can happen (a patch that no longer applies, a mutant
//! that does not compile, a test that is gone, dies or hangs) is a failure too: it proves nothing.

mod header;
mod mirror;
mod patience;
mod trial;
mod workshop;

use crate::failure::{Failure, Result};
use crate::project::Project;
use crate::step::{Outcome, Took};
use header::Header;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use trial::{Tests, Verdict};
use workshop::Workshop;

const FOLDER: &str = "tests/mutants";

struct Mutant {
    name: String,
    patch: PathBuf,
    header: Header,
}

/// Tries every mutant whose name holds one of the words in `only`; all of them when there are none.
pub fn run(project: &Project, only: &[String]) -> Result<Outcome> {
    let folder = project.path(FOLDER);
    if !folder.is_dir() {
        return Ok(Outcome::Skipped(format!("there is no {FOLDER}")));
    }
    let mut mutants = read(&folder)?;
    mutants.retain(|mutant| {
        only.is_empty() || only.iter().any(|word| mutant.name.contains(word.as_str()))
    });
    if mutants.is_empty() {
        return Err(Failure::new(format!(
            "no mutant in {FOLDER} is named like {only:?}"
        )));
    }
    let workshop = Workshop::open(project)?;
    let baselines = baselines(&workshop, &mutants)?;
    let width = mutants
        .iter()
        .map(|mutant| mutant.name.len())
        .max()
        .unwrap_or_default();
    println!("\n{:<width$}  {:>10}  verdict", "mutant", "took");
    let mut wrong = Vec::new();
    for mutant in &mutants {
        let start = Instant::now();
        let baseline = baselines.get(&mutant.header.command());
        let verdict = workshop.try_mutant(mutant, baseline.unwrap_or(&Tests::default()))?;
        println!(
            "{:<width$}  {:>10}  {verdict}",
            mutant.name,
            Took(start.elapsed()).to_string()
        );
        if !matches!(verdict, Verdict::Killed { .. }) {
            wrong.push(mutant.name.as_str());
        }
    }
    println!(
        "\n{} of {} mutants killed",
        mutants.len() - wrong.len(),
        mutants.len()
    );
    if wrong.is_empty() {
        return Ok(Outcome::Passed);
    }
    println!(
        "what cargo and the tests said: {}",
        workshop.logs().display()
    );
    Err(Failure::new(format!(
        "not killed: {}. Make the test it names notice the mistake, or mend the patch",
        wrong.join(", ")
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
        match Header::parse(&text) {
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

/// Runs each distinct test command on the unmutated tree, where it has to pass.
fn baselines(workshop: &Workshop, mutants: &[Mutant]) -> Result<BTreeMap<Vec<String>, Tests>> {
    println!("Unmutated first; the first build takes minutes, later ones seconds.");
    let mut baselines = BTreeMap::new();
    for mutant in mutants {
        let command = mutant.header.command();
        if baselines.contains_key(&command) {
            continue;
        }
        let start = Instant::now();
        let tests = workshop.baseline(&mutant.name, &command)?;
        println!(
            "{:>10}  {} pass: cargo {}",
            Took(start.elapsed()),
            tests.passed.len(),
            command.join(" ")
        );
        baselines.insert(command, tests);
    }
    Ok(baselines)
}
