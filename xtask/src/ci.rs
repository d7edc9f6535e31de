//! `cargo xtask ci`: everything that has to hold before a change is taken.

use crate::failure::Result;
use crate::project::{Project, run};
use crate::step::{Outcome, Step};
use crate::{test, tools};

/// The cheap refusals first, then the engine's steps of `cargo xtask test`.
pub fn steps() -> Vec<Step> {
    let mut steps = vec![
        Step {
            name: "fmt",
            about: "the sources are formatted",
            seconds: 2,
            run: fmt,
        },
        Step {
            name: "clippy",
            about: "no lint speaks up, warnings included",
            seconds: 90,
            run: clippy,
        },
        Step {
            name: "doc",
            about: "the documentation builds and its links hold",
            seconds: 60,
            run: doc,
        },
        Step {
            name: "deny",
            about: "licences, bans and sources of dependencies",
            seconds: 75,
            run: deny,
        },
    ];
    steps.extend(test::engine());
    steps
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
