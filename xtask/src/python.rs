//! The test of the Python bindings.

use crate::failure::{Failure, Result};
use crate::project::{Project, run};
use crate::step::Outcome;

const FOLDER: &str = "bindings/python";
const SCRIPT: &str = "bindings/python/run_tests.py";

/// Runs `bindings/python/run_tests.py`.
///
/// The script does the whole of it: builds the generator and the wheel, installs it with what the tests need into a
/// clean virtual environment under the target folder, and runs mypy and pytest there. It is told, in the environment:
/// - `ALLKONTOR_CARGO_PROFILE`: the cargo profile to build with, so that what is built already is used;
/// - `CARGO_TARGET_DIR`: where that lies.
pub fn test_python_bindings(project: &Project) -> Result<Outcome> {
    if !project.path(FOLDER).is_dir() {
        return Ok(Outcome::Skipped(format!("there is no {FOLDER} to test")));
    }
    if !project.path(SCRIPT).is_file() {
        return Err(Failure::new(format!(
            "{FOLDER} is there but {SCRIPT} is not: it should run its tests"
        )));
    }
    let mut python = project.command("python3");
    python
        .env("ALLKONTOR_CARGO_PROFILE", "ci")
        .env("CARGO_TARGET_DIR", project.target());
    run(python.arg(SCRIPT))?;
    Ok(Outcome::Passed)
}
