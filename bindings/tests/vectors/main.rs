//! One set of files that every language runs: `tests/vectors/bindings/README.md` says what is in them.
//!
//! `ALLKONTOR_WRITE_VECTORS=1 cargo test -p allkontor --test vectors` writes them anew. What changes then, changes for
//! apps: say so in the changelog.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "tests"
)]

mod form;
mod incident;
mod locks;
mod run;
mod write;

use form::{Codes, Histories, Incident, Locks, Texts};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/vectors/bindings")
        .join(name)
}

/// What the file says; it is written first when that was asked for, and says what is written now.
fn held<T: Serialize + DeserializeOwned>(name: &str, now: impl Fn() -> T) -> T {
    let text = serde_json::to_string_pretty(&now()).unwrap() + "\n";
    if std::env::var_os("ALLKONTOR_WRITE_VECTORS").is_some() {
        std::fs::write(file(name), &text).unwrap();
    }
    let found = std::fs::read_to_string(file(name)).unwrap();
    assert!(
        found == text,
        "{name} says something else than this engine: if apps are meant to see the difference, write it anew"
    );
    serde_json::from_str(&found).unwrap()
}

#[test]
fn texts_are_as_recorded() {
    run::texts(&held::<Texts>("texts.json", write::texts));
}

#[test]
fn histories_give_the_views_recorded() {
    let histories = held::<Histories>("histories.json", write::histories);
    assert!(histories.histories.len() >= 3);
    histories.histories.iter().for_each(run::history);
}

#[test]
fn codes_are_read_as_recorded() {
    run::codes(&held::<Codes>("codes.json", write::codes));
}

#[test]
fn an_incident_is_told_and_dismissed_as_recorded() {
    incident::run(&held::<Incident>("incident.json", incident::incident));
}

#[test]
fn test_l1_a_locks_code_is_read_by_its_renter_as_recorded() {
    locks::run(&held::<Locks>("locks.json", locks::locks));
}
