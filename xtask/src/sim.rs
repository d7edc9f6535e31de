//! `cargo xtask sim`: the simulator in `tests`, from the command line.

use crate::failure::Result;
use crate::project::{Project, run};

/// Plays what the words ask for: see `cargo xtask sim --help`.
pub fn sim(project: &Project, words: &[String]) -> Result<()> {
    let mut cargo = project.cargo();
    // The tests' own profile: every check is on. For the whole workspace, so that nothing is built twice.
    cargo.args(["build", "--quiet", "--locked", "--profile", "ci"]);
    run(cargo.args(["--workspace", "--bin", "sim"]))?;
    run(project.command(project.target().join("ci/sim")).args(words))
}
