//! What a test run says about a mutant.

use std::fmt;

/// The tests a run reported, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tests {
    pub(super) passed: Vec<String>,
    pub(super) failed: Vec<String>,
}

/// What became of a mutant. Only `Killed` is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Killed { by: String },
    Survived,
    KilledByAnother { by: String },
    NoSuchTest { dies_by: String },
    DoesNotApply { why: String },
    DoesNotCompile,
    Died,
    Hung { seconds: u64 },
}

/// How a test command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ending {
    Succeeded(String),
    Failed(String),
    TimedOut { seconds: u64 },
}

impl Tests {
    /// Reads the lines `test NAME ... ok` and `test NAME ... FAILED`.
    pub(super) fn parse(said: &str) -> Self {
        let mut tests = Self::default();
        for line in said.lines() {
            let Some((name, result)) = line
                .strip_prefix("test ")
                .and_then(|rest| rest.rsplit_once(" ... "))
            else {
                continue;
            };
            match result.trim() {
                "ok" => tests.passed.push(name.into()),
                "FAILED" => tests.failed.push(name.into()),
                _ => {}
            }
        }
        tests
    }

    /// Whether some passing test's name holds this.
    pub(super) fn passes(&self, name: &str) -> bool {
        self.passed.iter().any(|test| test.contains(name))
    }
}

impl Verdict {
    /// Judges the run of a mutant that compiled.
    pub(super) fn of(dies_by: &str, ending: &Ending) -> Self {
        let failed = match ending {
            Ending::Succeeded(_) => return Self::Survived,
            Ending::TimedOut { seconds } => return Self::Hung { seconds: *seconds },
            Ending::Failed(said) => Tests::parse(said).failed,
        };
        match (
            failed.iter().find(|test| test.contains(dies_by)),
            failed.first(),
        ) {
            (Some(by), _) => Self::Killed { by: by.clone() },
            (None, Some(by)) => Self::KilledByAnother { by: by.clone() },
            (None, None) => Self::Died,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Killed { by } => write!(f, "killed by {by}"),
            Self::Survived => f.write_str("SURVIVED: the test passes with the mistake in place"),
            Self::KilledByAnother { by } => {
                write!(f, "NOT KILLED by the test it names, but by {by}")
            }
            Self::NoSuchTest { dies_by } => {
                write!(f, "NO SUCH TEST: nothing that runs is named like {dies_by}")
            }
            Self::DoesNotApply { why } => write!(f, "DOES NOT APPLY: {why}"),
            Self::DoesNotCompile => {
                f.write_str("DOES NOT COMPILE: the compiler noticed, no test did")
            }
            Self::Died => f.write_str("DIED: the run ended without naming a failed test"),
            Self::Hung { seconds } => write!(
                f,
                "HUNG: no verdict after {seconds} s; name a test that ends"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str = "\
   Compiling allkontor-core v0.1.0
running 3 tests
test rank::tests::victims_first ... ok
test rank::tests::buckets - should panic ... FAILED
test core/src/rank.rs - rank::Bucket (line 9) ... ignored
test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out
";

    #[test]
    fn tests_are_read_by_name() {
        let tests = Tests::parse(RUN);
        assert_eq!(tests.passed, ["rank::tests::victims_first"]);
        assert_eq!(tests.failed, ["rank::tests::buckets - should panic"]);
        assert!(tests.passes("victims") && !tests.passes("buckets"));
    }

    #[test]
    fn only_the_named_test_kills() {
        let failed = Ending::Failed(RUN.into());
        let by = String::from("rank::tests::buckets - should panic");
        assert_eq!(
            Verdict::of("buckets", &failed),
            Verdict::Killed { by: by.clone() }
        );
        assert_eq!(
            Verdict::of("victims", &failed),
            Verdict::KilledByAnother { by }
        );
    }

    #[test]
    fn a_run_that_names_no_failed_test_kills_nothing() {
        assert_eq!(
            Verdict::of("buckets", &Ending::Succeeded(RUN.into())),
            Verdict::Survived
        );
        assert_eq!(
            Verdict::of("buckets", &Ending::Failed("signal: 11".into())),
            Verdict::Died
        );
        assert_eq!(
            Verdict::of("buckets", &Ending::TimedOut { seconds: 9 }),
            Verdict::Hung { seconds: 9 }
        );
    }
}
