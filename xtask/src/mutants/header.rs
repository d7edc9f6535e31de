//! The lines above a mutant's diff.

use std::fmt;

/// Which test must notice the mistake, and how to run it.
///
/// ```text
/// # A confirmation that arrives late displaces an earlier one.
/// # package: allkontor-tests
/// # dies-by: a_confirmed_booking_is_never_displaced
/// # run: cargo test -p allkontor-tests --test promises -- a_confirmed
/// diff --git a/core/src/resolve/fold.rs b/core/src/resolve/fold.rs
/// ```
///
/// `run` may be left out: then every test of the package whose name holds `dies-by` is run. Give it to build
/// one test file instead of all. Other lines that start with `#` are for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// What the name of a failing test has to hold.
    pub(super) dies_by: String,
    package: String,
    run: Option<Vec<String>>,
}

/// A header that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderError {
    Missing(&'static str),
    Twice(&'static str),
    Empty(&'static str),
    NotCargoTest(String),
    Quoted(String),
    OtherPackage { package: String, run: String },
    DocOnly,
    NoDiff,
}

impl Header {
    /// Reads the lines before the diff.
    pub(super) fn parse(patch: &str) -> Result<Self, HeaderError> {
        let is_diff = |line: &&str| line.starts_with("diff --git ") || line.starts_with("--- ");
        if !patch.lines().any(|line| is_diff(&line)) {
            return Err(HeaderError::NoDiff);
        }
        let lines: Vec<&str> = patch.lines().take_while(|line| !is_diff(line)).collect();
        let package = field(&lines, "package")?.ok_or(HeaderError::Missing("package"))?;
        let dies_by = field(&lines, "dies-by")?.ok_or(HeaderError::Missing("dies-by"))?;
        let run = field(&lines, "run")?
            .map(|run| command(run, package))
            .transpose()?;
        Ok(Self {
            dies_by: dies_by.into(),
            package: package.into(),
            run,
        })
    }

    /// The words after `cargo`: with `--locked`, so that a stale lockfile is an error and not a change, and with
    /// the profile that `cargo xtask test` has built the dependencies for, unless another is asked for.
    pub(super) fn command(&self) -> Vec<String> {
        let default = || {
            vec![
                "-p".into(),
                self.package.clone(),
                "--".into(),
                self.dies_by.clone(),
            ]
        };
        let rest = self.run.clone().unwrap_or_else(default);
        let asks = rest
            .iter()
            .any(|word| word == "--profile" || word == "--release");
        let profile = if asks { &[][..] } else { &["--profile", "ci"] };
        let words = ["test", "--locked"]
            .iter()
            .chain(profile)
            .map(ToString::to_string);
        words.chain(rest).collect()
    }
}

fn field<'a>(lines: &[&'a str], name: &'static str) -> Result<Option<&'a str>, HeaderError> {
    let mut values = lines.iter().filter_map(|line| {
        line.strip_prefix('#')?
            .trim_start()
            .strip_prefix(name)?
            .strip_prefix(':')
            .map(str::trim)
    });
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(HeaderError::Twice(name)),
        (Some(""), None) => Err(HeaderError::Empty(name)),
        (value, None) => Ok(value),
    }
}

/// The words of a `run` line after `cargo test`.
fn command(run: &str, package: &str) -> Result<Vec<String>, HeaderError> {
    if run.contains(['"', '\'', '\\', '$', '|', ';', '&', '>']) {
        return Err(HeaderError::Quoted(run.into()));
    }
    let Some(rest) = run.strip_prefix("cargo test ") else {
        return Err(HeaderError::NotCargoTest(run.into()));
    };
    if !rest.split_whitespace().any(|word| word == package) {
        return Err(HeaderError::OtherPackage {
            package: package.into(),
            run: run.into(),
        });
    }
    if rest.split_whitespace().any(|word| word == "--doc") {
        return Err(HeaderError::DocOnly);
    }
    Ok(rest.split_whitespace().map(String::from).collect())
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "no line `# {name}: …` above the diff"),
            Self::Twice(name) => write!(f, "more than one line `# {name}: …` above the diff"),
            Self::Empty(name) => write!(f, "`# {name}:` is empty"),
            Self::NotCargoTest(run) => {
                write!(f, "`run` has to start with `cargo test `, not {run:?}")
            }
            Self::Quoted(run) => write!(f, "no shell reads `run`: plain words only, not {run:?}"),
            Self::OtherPackage { package, run } => {
                write!(
                    f,
                    "`package` is {package:?}, which `run` does not name: {run:?}"
                )
            }
            Self::DocOnly => {
                f.write_str("cargo cannot build `--doc` without running it: leave it out")
            }
            Self::NoDiff => f.write_str("there is no diff below the header"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIFF: &str =
        "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+# run: not a header\n";

    fn parse(header: &str) -> Result<Header, HeaderError> {
        Header::parse(&format!("{header}\n{DIFF}"))
    }

    fn refusal(header: &str) -> String {
        parse(header).unwrap_err().to_string()
    }

    #[test]
    fn package_and_test_are_enough() {
        let header =
            parse("# Prose: a colon is fine.\n# package: allkontor-core\n# dies-by: touching")
                .unwrap();
        assert_eq!(
            header.command().join(" "),
            "test --locked --profile ci -p allkontor-core -- touching"
        );
        assert_eq!(header.dies_by, "touching");
    }

    #[test]
    fn run_narrows_what_is_built() {
        let header = parse(
            "#package:p\n# dies-by: long_name\n# run: cargo test -p p --test promises -- long",
        )
        .unwrap();
        assert_eq!(
            header.command().join(" "),
            "test --locked --profile ci -p p --test promises -- long"
        );
    }

    #[test]
    fn a_profile_that_is_asked_for_stays() {
        let header = parse("# package: p\n# dies-by: t\n# run: cargo test --release -p p").unwrap();
        assert_eq!(header.command().join(" "), "test --locked --release -p p");
    }

    #[test]
    fn a_diff_without_git_words_is_one_too() {
        let plain = "# package: p\n# dies-by: t\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";
        assert!(Header::parse(plain).is_ok());
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(
            refusal("# dies-by: t"),
            "no line `# package: …` above the diff"
        );
        assert_eq!(
            refusal("# package: p"),
            "no line `# dies-by: …` above the diff"
        );
        assert_eq!(refusal("# package: p\n# dies-by:"), "`# dies-by:` is empty");
        assert_eq!(
            refusal("# package: p\n# package: q"),
            "more than one line `# package: …` above the diff"
        );
        let no_diff = Header::parse("# package: p\n# dies-by: t\n").unwrap_err();
        assert_eq!(no_diff.to_string(), "there is no diff below the header");
    }

    #[test]
    fn run_is_a_plain_cargo_test_of_that_package() {
        let with = |run: &str| refusal(&format!("# package: p\n# dies-by: t\n# run: {run}"));
        assert_eq!(
            with("cargo run -p p"),
            "`run` has to start with `cargo test `, not \"cargo run -p p\""
        );
        assert_eq!(
            with("cargo test -p q"),
            "`package` is \"p\", which `run` does not name: \"cargo test -p q\""
        );
        assert!(with("cargo test -p p --doc").starts_with("cargo cannot build `--doc`"));
        assert!(with("cargo test -p p; ls").starts_with("no shell reads `run`"));
    }
}
