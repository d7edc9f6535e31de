//! `cargo xtask lint`: what has to hold of a change besides its tests.

use crate::failure::Result;
use crate::project::{Project, run};
use crate::step::{Outcome, Step};
use crate::{mutants, tools};

/// The cheap refusals first.
pub fn steps() -> Vec<Step> {
    vec![
        Step {
            name: "fmt",
            about: "the sources are formatted",
            seconds: 2,
            beside: false,
            run: fmt,
        },
        Step {
            name: "patches",
            about: "the committed mistakes apply, each upon those before it",
            seconds: 5,
            beside: false,
            run: mutants::apply,
        },
        Step {
            name: "clippy",
            about: "no lint speaks up, warnings included",
            seconds: 160,
            beside: false,
            run: clippy,
        },
        Step {
            name: "doc",
            about: "the documentation builds and its links hold",
            seconds: 40,
            beside: false,
            run: doc,
        },
        Step {
            name: "deny",
            about: "licences, bans and sources of dependencies",
            seconds: 85,
            beside: false,
            run: deny,
        },
    ]
}

fn fmt(project: &Project) -> Result<Outcome> {
    run(project.cargo().args(["fmt", "--all", "--", "--check"]))?;
    Ok(Outcome::Passed)
}

// From here on with the profile of the tests, so that build scripts and macros are compiled once.

fn clippy(project: &Project) -> Result<Outcome> {
    let mut cargo = project.cargo();
    cargo.args(["clippy", "--workspace", "--all-targets"]);
    cargo.args(["--locked", "--profile", "ci"]);
    run(cargo.args(["--", "-D", "warnings"]))?;
    Ok(Outcome::Passed)
}

fn doc(project: &Project) -> Result<Outcome> {
    let mut cargo = project.cargo();
    cargo.env("RUSTDOCFLAGS", "-D warnings");
    run(cargo.args([
        "doc",
        "--workspace",
        "--no-deps",
        "--locked",
        "--profile",
        "ci",
    ]))?;
    Ok(Outcome::Passed)
}

/// Advisories are left out: their database is a git repository, which not every machine reaches.
fn deny(project: &Project) -> Result<Outcome> {
    let mut cargo_deny = project.command(tools::CARGO_DENY.find_or_install(project)?);
    cargo_deny.args([
        "--workspace",
        "--all-features",
        "--locked",
        "check",
        "licenses",
        "bans",
        "sources",
    ]);
    run(&mut cargo_deny)?;
    Ok(Outcome::Passed)
}
