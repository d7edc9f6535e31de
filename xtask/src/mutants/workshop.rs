//! A copy of the work tree that patches may be applied to.

use super::Mutant;
use super::mirror::mirror;
use super::patience::wait;
use super::trial::{Ending, Tests, Verdict};
use crate::failure::{Failure, Result};
use crate::project::{Project, output};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A test that takes longer than this with a mistake in place is taken to hang.
const PATIENCE: Duration = Duration::from_secs(300);

/// The first build compiles every dependency, on a machine that may be busy.
const BUILD_PATIENCE: Duration = Duration::from_secs(1_800);

/// `target/mutants`: the copy in `tree`, what is built in `target`, what was said in `logs`.
pub(super) struct Workshop<'a> {
    project: &'a Project,
    folder: PathBuf,
}

impl<'a> Workshop<'a> {
    /// Makes the copy, or brings the one of the last run up to date.
    pub(super) fn open(project: &'a Project) -> Result<Self> {
        let workshop = Self {
            project,
            folder: project.target().join("mutants"),
        };
        fs::create_dir_all(workshop.logs())
            .map_err(Failure::during("cannot make the folder for mutants"))?;
        workshop.borrow_dependencies()?;
        mirror(project, &workshop.tree())?;
        Ok(workshop)
    }

    /// Starts with the dependencies that were built for the tests, if they were: minutes saved.
    fn borrow_dependencies(&self) -> Result<()> {
        let (from, to) = (self.project.target().join("ci"), self.target().join("ci"));
        let parts = ["deps", "build", ".fingerprint"].map(|part| from.join(part));
        if to.is_dir() || !parts.iter().all(|part| part.is_dir()) {
            return Ok(());
        }
        // A new copy of the sources is newer than what was built of the old one, so only dependencies stay.
        let tree = self.tree();
        if tree.is_dir() {
            fs::remove_dir_all(&tree).map_err(Failure::during("cannot renew the copy"))?;
        }
        fs::create_dir_all(&to)
            .map_err(Failure::during(format!("cannot make {}", to.display())))?;
        // With its times, by which cargo tells what is fresh. Without `cp` the first build just takes longer.
        let copied = output(Command::new("cp").arg("-Rp").args(parts).arg(&to));
        if let Err(failure) = copied {
            println!("the dependencies are built anew: {failure}");
            fs::remove_dir_all(&to).map_err(Failure::during("cannot remove half a copy"))?;
        }
        Ok(())
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// Where the output of every run is kept.
    pub(super) fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    /// Runs a test command on the unmutated copy, where all it runs has to pass.
    pub(super) fn baseline(&self, name: &str, command: &[String]) -> Result<Tests> {
        let log = format!("{name}.baseline");
        let words = command.join(" ");
        let said = match self.build(&log, command)? {
            Ending::Succeeded(_) => self.cargo(&log, command, &[], PATIENCE)?,
            failed => failed,
        };
        match said {
            Ending::Succeeded(said) => Ok(Tests::parse(&said)),
            Ending::Failed(said) => {
                let said = last_lines(&said);
                Err(Failure::new(format!(
                    "without any mutant `cargo {words}` fails:\n{said}"
                )))
            }
            Ending::TimedOut { seconds } => Err(Failure::new(format!(
                "without any mutant `cargo {words}` takes over {seconds} s"
            ))),
        }
    }

    /// Applies the patch, runs the test and takes the patch off again.
    pub(super) fn try_mutant(&self, mutant: &Mutant, baseline: &Tests) -> Result<Verdict> {
        let dies_by = &mutant.header.dies_by;
        if !baseline.passes(dies_by) {
            return Ok(Verdict::NoSuchTest {
                dies_by: dies_by.clone(),
            });
        }
        let command = mutant.header.command();
        let verdict = match self.apply(&mutant.patch) {
            Err(failure) => Verdict::DoesNotApply {
                why: failure.to_string(),
            },
            Ok(()) => match self.build(&mutant.name, &command)? {
                Ending::Succeeded(_) => {
                    Verdict::of(dies_by, &self.cargo(&mutant.name, &command, &[], PATIENCE)?)
                }
                Ending::Failed(_) => Verdict::DoesNotCompile,
                Ending::TimedOut { seconds } => Verdict::Hung { seconds },
            },
        };
        mirror(self.project, &self.tree())?;
        Ok(verdict)
    }

    fn apply(&self, patch: &Path) -> Result<()> {
        let tree = self.tree();
        let ceiling =
            fs::canonicalize(&self.folder).map_err(Failure::during("cannot find the workshop"))?;
        // Inside a repository `git apply` skips, without a word, what it takes to lie outside of it.
        let mut git = self.project.command("git");
        git.env("GIT_CEILING_DIRECTORIES", ceiling)
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE");
        git.current_dir(tree)
            .args(["apply", "--whitespace=nowarn"])
            .arg(patch);
        let applied = git.output().map_err(Failure::during("cannot start git"))?;
        if applied.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&applied.stderr);
        Err(Failure::new(
            said.lines()
                .next()
                .unwrap_or("git gives no reason")
                .to_string(),
        ))
    }

    fn build(&self, log: &str, command: &[String]) -> Result<Ending> {
        self.cargo(
            &format!("{log}.build"),
            command,
            &["--no-run"],
            BUILD_PATIENCE,
        )
    }

    /// Runs cargo in the copy; `extra` goes before what is meant for the tests.
    fn cargo(
        &self,
        log: &str,
        command: &[String],
        extra: &[&str],
        patience: Duration,
    ) -> Result<Ending> {
        let split = command
            .iter()
            .position(|word| word == "--")
            .unwrap_or(command.len());
        let (for_cargo, for_tests) = command.split_at(split);
        let mut cargo = self.project.cargo();
        cargo
            .current_dir(self.tree())
            .args(for_cargo)
            .args(extra)
            .args(for_tests);
        cargo.env("CARGO_TARGET_DIR", self.target());
        // Small changes, one after the other, whose line numbers nobody debugs.
        cargo
            .env("CARGO_INCREMENTAL", "1")
            .env("CARGO_PROFILE_CI_DEBUG", "0");
        cargo.env_remove("UPDATE_EXPECT");
        wait(
            &mut cargo,
            &self.logs().join(format!("{log}.log")),
            patience,
        )
    }
}

fn last_lines(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    lines
        .iter()
        .skip(lines.len().saturating_sub(40))
        .copied()
        .collect::<Vec<_>>()
        .join("\n")
}
