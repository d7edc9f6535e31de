//! What a test run says about a mutant.

use std::fmt;

/// What became of a mutant. Only `Killed` is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Killed,
    Survived,
    Died,
    Hung { seconds: u64 },
}

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ending {
    Succeeded(String),
    Failed(String),
    TimedOut { seconds: u64 },
}

/// What a run of one test said of it: `ok`, `FAILED`; nothing when it did not run to its end.
pub(super) fn result<'a>(said: &'a str, test: &str) -> Option<&'a str> {
    said.lines().find_map(|line| {
        let (name, result) = line.strip_prefix("test ")?.rsplit_once(" ... ")?;
        // A test that should panic says so behind its name.
        let name = name.split(" - ").next()?;
        (name == test).then_some(result.trim())
    })
}

impl Verdict {
    /// Judges the run of the named test with the mistake switched on.
    pub(super) fn of(test: &str, ending: &Ending) -> Self {
        match ending {
            Ending::Succeeded(_) => Self::Survived,
            Ending::TimedOut { seconds } => Self::Hung { seconds: *seconds },
            Ending::Failed(said) if result(said, test) == Some("FAILED") => Self::Killed,
            Ending::Failed(_) => Self::Died,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Killed => f.write_str("killed"),
            Self::Survived => f.write_str("SURVIVED: the test passes with the mistake switched on"),
            Self::Died => f.write_str("DIED: the run ended without saying that the test failed"),
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
running 2 tests
test rank::tests::victims_first ... ok
test rank::tests::buckets - should panic ... FAILED
test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out
";

    #[test]
    fn a_test_is_found_by_its_whole_name() {
        assert_eq!(result(RUN, "rank::tests::victims_first"), Some("ok"));
        assert_eq!(result(RUN, "rank::tests::buckets"), Some("FAILED"));
        assert_eq!(result(RUN, "buckets"), None);
    }

    #[test]
    fn only_the_named_test_kills() {
        let failed = Ending::Failed(RUN.into());
        assert_eq!(
            Verdict::of("rank::tests::buckets", &failed),
            Verdict::Killed
        );
        assert_eq!(
            Verdict::of("rank::tests::victims_first", &failed),
            Verdict::Died
        );
    }

    #[test]
    fn a_run_that_does_not_fail_the_test_kills_nothing() {
        let of = |ending| Verdict::of("rank::tests::buckets", &ending);
        assert_eq!(of(Ending::Succeeded(RUN.into())), Verdict::Survived);
        assert_eq!(of(Ending::Failed("signal: 11".into())), Verdict::Died);
        assert_eq!(
            of(Ending::TimedOut { seconds: 9 }),
            Verdict::Hung { seconds: 9 }
        );
    }
}
