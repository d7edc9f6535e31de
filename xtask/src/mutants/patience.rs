//! Waiting for a command, but not for ever.

use super::trial::Ending;
use crate::failure::{Failure, Result};
use crate::project::output;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Runs the command with its output in the log, and ends it with all it started when patience runs out.
pub(super) fn wait(command: &mut Command, log: &Path, patience: Duration) -> Result<Ending> {
    let logging = || format!("cannot write {}", log.display());
    let file = fs::File::create(log).map_err(Failure::during(logging()))?;
    command
        .stderr(Stdio::from(
            file.try_clone().map_err(Failure::during(logging()))?,
        ))
        .stdout(file);
    own_group(command);
    let mut child = command
        .spawn()
        .map_err(Failure::during("cannot start cargo"))?;
    let deadline = Instant::now() + patience;
    let status = loop {
        match child
            .try_wait()
            .map_err(Failure::during("cannot wait for cargo"))?
        {
            Some(status) => break status,
            None if Instant::now() < deadline => thread::sleep(Duration::from_millis(20)),
            None => {
                end(&mut child)?;
                return Ok(Ending::TimedOut {
                    seconds: patience.as_secs(),
                });
            }
        }
    };
    let said = fs::read(log).map_err(Failure::during(format!("cannot read {}", log.display())))?;
    let said = String::from_utf8_lossy(&said).into_owned();
    Ok(if status.success() {
        Ending::Succeeded(said)
    } else {
        Ending::Failed(said)
    })
}

/// A group of its own, so that the test which cargo started can be ended with it.
#[cfg(unix)]
fn own_group(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

fn end(child: &mut Child) -> Result<()> {
    if cfg!(unix) {
        let group = format!("-{}", child.id());
        output(Command::new("kill").args(["-KILL", "--", &group]))?;
    } else {
        child.kill().map_err(Failure::during("cannot end cargo"))?;
    }
    child
        .wait()
        .map(drop)
        .map_err(Failure::during("cannot wait for cargo"))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn run(script: &str, patience: Duration) -> Ending {
        let log =
            std::env::temp_dir().join(format!("xtask-{}-{}.log", std::process::id(), script.len()));
        let ending = wait(Command::new("sh").args(["-c", script]), &log, patience).unwrap();
        fs::remove_file(log).unwrap();
        ending
    }

    #[test]
    fn both_outputs_are_kept() {
        let ending = run("echo out; echo err >&2; exit 3", Duration::from_secs(60));
        assert_eq!(ending, Ending::Failed("out\nerr\n".into()));
    }

    #[test]
    fn a_run_that_hangs_is_ended_with_what_it_started() {
        let start = Instant::now();
        let ending = run(
            "sleep 60 & sleep 60; echo never",
            Duration::from_millis(100),
        );
        assert_eq!(ending, Ending::TimedOut { seconds: 0 });
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}
