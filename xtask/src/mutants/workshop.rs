//! A copy of the work tree with every patch applied, built once.

use super::artifact::artifacts;
use super::header::Trial;
use super::mirror::mirror;
use super::patience::wait;
use super::trial::{Ending, Verdict, result};
use super::{FOLDER, Mutant};
use crate::failure::{Failure, Result};
use crate::project::{Project, output};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What the crate with the mistakes is given: the macro that asks for a switch.
const SWITCH: &str = "tests/mutants/switch.rs";

/// Where it goes, at the end of the file.
const SWITCHED: &str = "core/src/lib.rs";

/// Which switch is set; read by [`SWITCH`].
const VARIABLE: &str = "ALLKONTOR_MUTANT";

/// A test that takes longer than this with a mistake in place is taken to hang.
const PATIENCE: Duration = Duration::from_secs(180);

/// The first build compiles every dependency, on a machine that may be busy.
const BUILD_PATIENCE: Duration = Duration::from_secs(1_800);

/// `target/mutants`: the copy in `tree`, what was said in `logs`.
pub(super) struct Workshop<'a> {
    project: &'a Project,
    folder: PathBuf,
}

/// The executables with tests, by the file their target starts from.
pub(super) type Tests = BTreeMap<String, PathBuf>;

/// A file that a test target starts from, as cargo is asked for it.
struct Target {
    /// The folder of its package.
    folder: String,
    /// `--lib`, or `--test NAME`.
    words: Vec<String>,
}

impl<'a> Workshop<'a> {
    /// Makes the copy, or brings the one of the last run up to date.
    pub(super) fn open(project: &'a Project, mutants: &[Mutant]) -> Result<Self> {
        let workshop = Self {
            project,
            folder: project.target().join("mutants"),
        };
        fs::create_dir_all(workshop.logs())
            .map_err(Failure::during("cannot make the folder for mutants"))?;
        // Patched beside the copy, which then changes only where it differs from the last one.
        let next = workshop.folder.join("next");
        let files = project.files()?;
        mirror(project.root(), &next, &files)?;
        workshop.add_switch(&next)?;
        let refused: Vec<String> = mutants
            .iter()
            .filter_map(|mutant| {
                let why = workshop.apply(&next, &mutant.patch).err()?;
                Some(format!(
                    "{FOLDER}/{}.patch does not apply: {why}",
                    mutant.name
                ))
            })
            .collect();
        if !refused.is_empty() {
            return Err(Failure::new(refused.join("\n")));
        }
        mirror(&next, &workshop.tree(), &files)?;
        fs::remove_dir_all(&next).map_err(Failure::during("cannot remove half a copy"))?;
        Ok(workshop)
    }

    fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// Where the output of every run is kept.
    pub(super) fn logs(&self) -> PathBuf {
        self.folder.join("logs")
    }

    fn add_switch(&self, tree: &Path) -> Result<()> {
        let reading = |name| Failure::during(format!("cannot read {name}"));
        let switch = fs::read_to_string(self.project.path(SWITCH)).map_err(reading(SWITCH))?;
        let code = fs::read_to_string(tree.join(SWITCHED)).map_err(reading(SWITCHED))?;
        fs::write(tree.join(SWITCHED), format!("{code}\n{switch}"))
            .map_err(Failure::during(format!("cannot write {SWITCHED}")))
    }

    fn apply(&self, tree: &Path, patch: &Path) -> Result<()> {
        let ceiling =
            fs::canonicalize(&self.folder).map_err(Failure::during("cannot find the workshop"))?;
        // Inside a repository `git apply` skips, without a word, what it takes to lie outside of it.
        let mut git = self.project.command("git");
        git.env("GIT_CEILING_DIRECTORIES", ceiling)
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE");
        // Patches may stand close together: one line on either side has to be as it was.
        git.current_dir(tree)
            .args(["apply", "--whitespace=nowarn", "-C1"])
            .arg(patch);
        let applied = git.output().map_err(Failure::during("cannot start git"))?;
        if applied.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&applied.stderr);
        let why = said.lines().find(|line| line.starts_with("error:"));
        Err(Failure::new(why.unwrap_or("git gives no reason")))
    }

    /// Builds every test that a mutant names.
    pub(super) fn build(&self, mutants: &[Mutant]) -> Result<Tests> {
        let named: BTreeSet<&str> = mutants
            .iter()
            .map(|mutant| mutant.header.trial.file.as_str())
            .collect();
        let mut targets = BTreeSet::new();
        for file in &named {
            targets.insert(Target::of(file)?.words);
        }
        let mut cargo = self.project.cargo();
        cargo.current_dir(self.tree());
        // As for `cargo xtask test`: for the whole workspace, because what is asked for decides the features that
        // dependencies are built with.
        cargo.args(["test", "--workspace", "--no-run", "--locked"]);
        cargo.args(["--profile", "ci"]);
        cargo.arg("--message-format=json-render-diagnostics");
        for package in self.members()? {
            // Settings that differ make file names that differ: what is built of the real tree stays what it is.
            cargo.args([
                "--config",
                &format!("profile.ci.package.{package}.codegen-units=17"),
            ]);
        }
        cargo.args(targets.iter().flatten());
        cargo.env("CARGO_TARGET_DIR", self.project.target());
        let said = match wait(&mut cargo, &self.logs().join("build.log"), BUILD_PATIENCE)? {
            Ending::Succeeded(said) => said,
            Ending::Failed(said) => return Err(does_not_compile(&said, mutants)),
            Ending::TimedOut { seconds } => {
                return Err(Failure::new(format!("the build took over {seconds} s")));
            }
        };
        let tree =
            fs::canonicalize(self.tree()).map_err(Failure::during("cannot find the copy"))?;
        let mut tests = Tests::new();
        for artifact in artifacts(&said) {
            let source = fs::canonicalize(&artifact.source).unwrap_or(artifact.source);
            if let Ok(file) = source.strip_prefix(&tree) {
                let file = file.to_string_lossy().replace('\\', "/");
                tests.insert(file, artifact.executable);
            }
        }
        Ok(tests)
    }

    /// The names of the workspace's packages.
    fn members(&self) -> Result<Vec<String>> {
        let mut cargo = self.project.cargo();
        cargo.current_dir(self.tree());
        let tree = output(cargo.args([
            "tree",
            "--workspace",
            "--depth=0",
            "--edges=normal",
            "--locked",
        ]))?;
        let names = tree.lines().filter_map(|line| line.split(' ').next());
        let names = names.filter(|name| !name.is_empty());
        Ok(names.map(String::from).collect())
    }

    /// Runs a trial with no switch set, where it has to pass.
    pub(super) fn passes(&self, tests: &Tests, trial: &Trial) -> Result<()> {
        let log = format!("unmutated {}", trial.test.replace("::", "."));
        match self.run(tests, trial, None, &log)? {
            Ending::Succeeded(said) if result(&said, &trial.test) == Some("ok") => Ok(()),
            Ending::Succeeded(_) => Err(Failure::new(format!("there is no such test: {trial}"))),
            Ending::Failed(said) => Err(Failure::new(format!(
                "with no mistake switched on this fails: {trial}\n{}",
                last_lines(&said)
            ))),
            Ending::TimedOut { seconds } => Err(Failure::new(format!(
                "with no mistake switched on this takes over {seconds} s: {trial}"
            ))),
        }
    }

    /// Runs a mutant's trial with its switch set.
    pub(super) fn try_mutant(&self, tests: &Tests, mutant: &Mutant) -> Result<Verdict> {
        let (trial, name) = (&mutant.header.trial, mutant.name.as_str());
        let ending = self.run(tests, trial, Some(name), name)?;
        Ok(Verdict::of(&trial.test, &ending))
    }

    fn run(&self, tests: &Tests, trial: &Trial, switch: Option<&str>, log: &str) -> Result<Ending> {
        let executable = tests.get(&trial.file).ok_or_else(|| {
            Failure::new(format!(
                "cargo built no test that starts from {}",
                trial.file
            ))
        })?;
        let folder = self.tree().join(Target::of(&trial.file)?.folder);
        let mut test = Command::new(executable);
        test.args(["--exact", &trial.test])
            .env("CARGO_MANIFEST_DIR", &folder)
            .current_dir(folder);
        for variable in [
            VARIABLE,
            "ALLKONTOR_SEED",
            "UPDATE_EXPECT",
            "RUST_BACKTRACE",
        ] {
            test.env_remove(variable);
        }
        if let Some(switch) = switch {
            // The first history that fails is enough: nobody reads the smallest one.
            test.env(VARIABLE, switch).env("ALLKONTOR_SHRINK", "0");
        }
        if let Some(histories) = trial.histories {
            test.env("ALLKONTOR_HISTORIES", histories.to_string());
        }
        wait(&mut test, &self.logs().join(format!("{log}.log")), PATIENCE)
    }
}

impl Target {
    fn of(file: &str) -> Result<Self> {
        let unknown = || {
            Failure::new(format!(
                "no test target starts from {file}: name PACKAGE/src/lib.rs, PACKAGE/tests/NAME.rs or \
                 PACKAGE/tests/NAME/main.rs"
            ))
        };
        if let Some(folder) = file.strip_suffix("/src/lib.rs") {
            return Ok(Self {
                folder: folder.into(),
                words: vec!["--lib".into()],
            });
        }
        let (folder, name) = file.rsplit_once("/tests/").ok_or_else(unknown)?;
        let name = name
            .strip_suffix("/main.rs")
            .or(name.strip_suffix(".rs"))
            .filter(|name| !name.contains('/'))
            .ok_or_else(unknown)?;
        Ok(Self {
            folder: folder.into(),
            words: vec!["--test".into(), name.into()],
        })
    }
}

/// The compiler names files; which mutants change them is what a person wants to know.
fn does_not_compile(said: &str, mutants: &[Mutant]) -> Failure {
    let accused: BTreeSet<&str> = said
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .filter_map(|place| place.split(':').next())
        .collect();
    let suspects: Vec<&str> = mutants
        .iter()
        .filter(|mutant| {
            let files = &mutant.header.files;
            files.iter().any(|file| accused.contains(file.as_str()))
        })
        .map(|mutant| mutant.name.as_str())
        .collect();
    Failure::new(format!(
        "with all mistakes behind switches the tests do not compile; in those files are: {}\n{}",
        suspects.join(", "),
        last_lines(said)
    ))
}

fn last_lines(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    lines
        .iter()
        .skip(lines.len().saturating_sub(40))
        .filter(|line| !line.starts_with('{'))
        .copied()
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_told_by_the_file_it_starts_from() {
        let words = |file| {
            let target = Target::of(file).unwrap();
            format!("{} {}", target.folder, target.words.join(" "))
        };
        assert_eq!(words("core/src/lib.rs"), "core --lib");
        assert_eq!(words("tests/tests/promises.rs"), "tests --test promises");
        assert_eq!(words("tests/tests/engine/main.rs"), "tests --test engine");
        assert_eq!(
            Target::of("tests/tests/engine/clash.rs")
                .err()
                .unwrap()
                .to_string(),
            "no test target starts from tests/tests/engine/clash.rs: name PACKAGE/src/lib.rs, \
             PACKAGE/tests/NAME.rs or PACKAGE/tests/NAME/main.rs"
        );
    }
}
