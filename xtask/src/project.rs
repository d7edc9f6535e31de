//! The work tree, and how its commands are run.

use crate::failure::{Failure, Result};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// The work tree that commands run on.
#[derive(Debug, Clone)]
pub struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// The work tree that this crate lies in, with `CARGO_TARGET_DIR` or else `target` for what is built.
    pub fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| {
            Failure::new("CARGO_MANIFEST_DIR is not set: run this as `cargo xtask`")
        })?;
        let root = Path::new(&manifest)
            .parent()
            .ok_or_else(|| Failure::new("the xtask crate has no parent folder"))?
            .to_path_buf();
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        Ok(Self { root, target })
    }

    /// The top folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where cargo puts what it builds.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// A path below the top folder.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// A program started at the top folder, with nothing to read.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }

    /// The cargo that runs this crate, so that the toolchain is the pinned one.
    pub fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// Every file that git tracks or would track, as it is on disk, relative to the top folder, sorted.
    pub fn files(&self) -> Result<Vec<PathBuf>> {
        let mut git = self.command("git");
        git.args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]);
        let listed = output(&mut git)?;
        let mut files: Vec<PathBuf> = listed
            .split('\0')
            .filter(|name| !name.is_empty())
            .map(PathBuf::from)
            .collect();
        files.retain(|name| self.path(name).is_file());
        files.sort();
        files.dedup();
        Ok(files)
    }
}

/// Prints the command and runs it with its output shown.
pub fn run(command: &mut Command) -> Result<()> {
    let status = shown(command)?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "`{}` ended with {status}",
        words(command)
    )))
}

/// The same for a script that ends with [`LACKING`] when it said what it lacks and cannot install: whether it ran.
pub fn run_unless_lacking(command: &mut Command) -> Result<bool> {
    let status = shown(command)?;
    if status.success() || status.code() == Some(LACKING) {
        return Ok(status.success());
    }
    Err(Failure::new(format!(
        "`{}` ended with {status}",
        words(command)
    )))
}

/// What a script ends with when something is not here that it needs: what test drivers take for "skipped".
pub const LACKING: i32 = 77;

fn shown(command: &mut Command) -> Result<ExitStatus> {
    println!("$ {}", words(command));
    command.status().map_err(Failure::during(format!(
        "cannot start `{}`",
        words(command)
    )))
}

/// Runs the command and gives what it printed; its own words when it fails.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(Failure::during(format!(
        "cannot start `{}`",
        words(command)
    )))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(format!(
        "`{}` ended with {}: {}",
        words(command),
        output.status,
        said.trim()
    )))
}

/// The command as a person would type it.
pub fn words(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_command_is_named_as_it_would_be_typed() {
        let project = Project::find().unwrap();
        let error = run(project
            .command("git")
            .arg("no-such-verb")
            .stderr(Stdio::null()))
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            "`git no-such-verb` ended with exit status: 1"
        );
    }

    #[test]
    fn files_are_the_work_tree_without_what_is_built() {
        let files = Project::find().unwrap().files().unwrap();
        assert!(files.contains(&PathBuf::from("xtask/src/project.rs")));
        assert!(!files.iter().any(|file| file.starts_with("target")));
    }

    #[test]
    fn a_script_that_lacks_something_has_not_run_and_has_not_failed() {
        let script = |code: i32| {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("exit {code}")]);
            run_unless_lacking(&mut shell).map_err(|failure| failure.to_string())
        };
        assert_eq!(script(0), Ok(true));
        assert_eq!(script(LACKING), Ok(false));
        assert!(script(1).is_err_and(|failure| failure.contains("exit status: 1")));
    }
}
