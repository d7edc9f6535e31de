//! `cargo xtask sim`: the simulator in `tests`, from the command line.

use crate::failure::Result;
use crate::project::{Project, run};

/// Plays what the words ask for: see `cargo xtask sim --help`.
pub fn sim(project: &Project, words: &[String]) -> Result<()> {
    let mut cargo = project.cargo();
    // The tests' own profile: every check is on, and nothing is built twice.
    cargo.args(["run", "--quiet", "--locked", "--profile", "ci"]);
    cargo.args(["--package", "allkontor-tests", "--bin", "sim", "--"]);
    run(cargo.args(words))
}
