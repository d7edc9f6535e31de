//! The tests of the Kotlin package and of the visitor's app that uses it.

use crate::failure::{Failure, Result};
use crate::project::{Project, run, run_unless_lacking};
use crate::step::Outcome;

const SCRIPT: &str = "bindings/kotlin/build";

/// What has to be built before devices meet: where it lies below the target folder, and the step that builds it.
const BUILT: [(&str, &str); 2] = [("python/venv", "python"), ("kotlin/visitor/lib", "kotlin")];

/// Runs `bindings/kotlin/build verify`: the package with its tests, then the visitor's app.
///
/// The script does the whole of it, installing what it lacks by package name; when it may not, it says what is missing.
/// It is told, in the environment:
/// - `ALLKONTOR_CARGO_PROFILE`: the cargo profile to build with, so that what is built already is used;
/// - `CARGO_TARGET_DIR`: where that lies.
pub fn test_kotlin(project: &Project) -> Result<Outcome> {
    let script = project.path(SCRIPT);
    if !script.is_file() {
        return Err(Failure::new(format!("there is no {SCRIPT}")));
    }
    let mut build = project.command(script);
    build
        .env("ALLKONTOR_CARGO_PROFILE", "ci")
        .env("CARGO_TARGET_DIR", project.target());
    Ok(if run_unless_lacking(build.arg("verify"))? {
        Outcome::Passed
    } else {
        let why = "no JDK of version 17 or no Maven here, and this user may not install them";
        Outcome::Skipped(why.to_owned())
    })
}

/// Devices in several languages meet, once their packages are built.
pub fn meet(project: &Project) -> Result<Outcome> {
    for (built, step) in BUILT {
        if !project.target().join(built).is_dir() {
            let why = format!("there is no {built} in the target folder: step `{step}` makes it");
            return Ok(Outcome::Skipped(why));
        }
    }
    let mut together = project.command("python3");
    together.env("CARGO_TARGET_DIR", project.target());
    run(together.arg("bindings/together.py"))?;
    Ok(Outcome::Passed)
}
