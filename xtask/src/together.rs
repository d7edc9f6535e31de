//! Devices in several languages meet, once their packages are built.

use crate::failure::Result;
use crate::project::{Project, run};
use crate::step::Outcome;

/// What the kiosk runs in, below the target folder, and the step that builds it.
const KIOSK: (&str, &str) = ("python/venv", "python");
/// The visitors' apps, and the steps that build them.
const APPS: [(&str, &str); 2] = [
    ("kotlin/visitor/lib", "kotlin"),
    ("swift/swift/debug/visitor", "swift"),
];

/// Runs `bindings/together.py` with the apps that there are; it says which are missing.
pub fn meet(project: &Project) -> Result<Outcome> {
    let is_built = |(built, _): &(&str, &str)| project.target().join(built).exists();
    if !is_built(&KIOSK) || !APPS.iter().any(is_built) {
        let (kiosk, [(_, kotlin), (_, swift)]) = (KIOSK.1, APPS);
        let why = format!("needs what step `{kiosk}` builds, and `{kotlin}` or `{swift}`");
        return Ok(Outcome::Skipped(why));
    }
    let mut together = project.command("python3");
    together
        .env("ALLKONTOR_CARGO_PROFILE", "ci")
        .env("CARGO_TARGET_DIR", project.target());
    run(together.arg("bindings/together.py"))?;
    Ok(Outcome::Passed)
}
