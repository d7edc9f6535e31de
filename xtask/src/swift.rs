//! The tests of the Swift package and of the visitor's app that uses it.

use crate::failure::{Failure, Result};
use crate::project::{Project, run, words};
use crate::step::Outcome;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

const SCRIPT: &str = "bindings/swift/build";
const WITH: &str = "bindings/swift/toolchain/with";
/// How `toolchain/with` ends when there is no Swift to be had.
const UNAVAILABLE: i32 = 75;
const INSTALLS: &str = "\
A swift on the PATH is used as it is. Where there is none, Debian's 6.0.3 is unpacked into a cache folder, once: 550 MB to
download, 2.6 GB on disk, one to two minutes; apt-get installs mmdebstrap and debian-archive-keyring for that. Then the
tests take about three minutes the first time, one the next.";

/// Runs `bindings/swift/build verify`: the package with its tests, its documentation, and the visitor's app.
///
/// The script does the whole of it. It is told, in the environment:
/// - `ALLKONTOR_CARGO_PROFILE`: the cargo profile to build with, so that what is built already is used;
/// - `CARGO_TARGET_DIR`: where that lies.
pub fn test_swift(project: &Project) -> Result<Outcome> {
    println!("{INSTALLS}");
    let command = |script: &str| {
        let mut command = project.command(project.path(script));
        command
            .env("ALLKONTOR_CARGO_PROFILE", "ci")
            .env("CARGO_TARGET_DIR", project.target());
        command
    };
    if let Some(why) = missing(command(WITH).args(["swift", "--version"]))? {
        println!("!!!! THE SWIFT PACKAGE IS NOT TESTED HERE");
        println!("!!!! {why}");
        return Ok(Outcome::Skipped(why));
    }
    run(command(SCRIPT).arg("verify"))?;
    Ok(Outcome::Passed)
}

/// Why there is no Swift, in the last words of the command that looks for it; none when there is.
fn missing(look: &mut Command) -> Result<Option<String>> {
    let line = words(look);
    let mut child = look
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Failure::during(format!("cannot start `{line}`")))?;
    let mut last = String::new();
    for said in child
        .stderr
        .take()
        .into_iter()
        .flat_map(|said| BufReader::new(said).lines())
    {
        last = said.map_err(Failure::during(format!("cannot hear `{line}`")))?;
        eprintln!("{last}");
    }
    let status = child
        .wait()
        .map_err(Failure::during(format!("cannot wait for `{line}`")))?;
    match status.code() {
        Some(0) => Ok(None),
        Some(UNAVAILABLE) => Ok(Some(last)),
        _ => Err(Failure::new(format!("`{line}` ended with {status}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Result<Option<String>> {
        missing(Command::new("sh").args(["-c", script]))
    }

    #[test]
    fn only_the_code_for_it_skips_and_the_last_words_say_why() {
        assert_eq!(shell("echo fetching >&2").unwrap(), None);
        let skipped = shell("echo fetching >&2; echo no network >&2; exit 75").unwrap();
        assert_eq!(skipped.as_deref(), Some("no network"));
        let failed = shell("exit 1").unwrap_err().to_string();
        assert!(failed.ends_with("ended with exit status: 1"), "{failed}");
    }
}
