//! The work tree keeps the rules that no compiler checks. Each rule is explained, and tested, in `xtask::tidy`.

use xtask::failure::Result;
use xtask::project::Project;
use xtask::tidy::{self, File, Finding};

fn hold(rule: fn(&File) -> Vec<Finding>) -> Result<()> {
    let project = Project::find()?;
    let mut findings = Vec::new();
    for path in project.files()? {
        // What is not text has no words to check.
        if let Ok(text) = std::fs::read_to_string(project.path(&path)) {
            findings.extend(rule(&File { path, text }));
        }
    }
    assert_none(&findings);
    Ok(())
}

fn assert_none(findings: &[Finding]) {
    let list: String = findings
        .iter()
        .map(|finding| format!("\n  {finding}"))
        .collect();
    assert!(findings.is_empty(), "{list}\n");
}

#[test]
fn no_file_names_somebodys_machine_or_a_registry() -> Result<()> {
    hold(tidy::machines)
}

#[test]
fn no_file_tells_how_it_came_about() -> Result<()> {
    hold(tidy::provenance)
}

#[test]
fn nothing_is_left_for_later() -> Result<()> {
    hold(tidy::unfinished)
}

#[test]
fn every_source_file_can_be_read_in_one_sitting() -> Result<()> {
    hold(tidy::length)
}

#[test]
fn imports_of_the_engine_run_one_way() -> Result<()> {
    hold(tidy::layers)
}

#[test]
fn only_document_imports_automerge() -> Result<()> {
    hold(tidy::automerge)
}

#[test]
fn the_resolver_is_pure() -> Result<()> {
    hold(tidy::pure_resolver)
}

#[test]
fn the_engine_hashes_nothing_it_iterates() -> Result<()> {
    hold(tidy::hashed)
}

#[test]
fn what_is_said_to_be_tested_is() -> Result<()> {
    let project = Project::find()?;
    let read = |path: &std::path::Path| std::fs::read_to_string(project.path(path)).ok();
    let path = std::path::PathBuf::from(tidy::PAGE);
    let text = read(&path).unwrap_or_default();
    let findings = tidy::claims(&File { path, text }, read);
    assert_none(&findings);
    Ok(())
}
