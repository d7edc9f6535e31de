//! The lines above a mutant's diff.

use std::fmt;

/// What is wrong, and which test must notice.
///
/// ```text
/// # what: A confirmation that arrives late displaces an earlier one.
/// # dies-by: tests/tests/promises.rs a_confirmation_lasts_whatever_arrives_later
/// # histories: 100
/// diff --git a/core/src/resolve/fold.rs b/core/src/resolve/fold.rs
/// ```
///
/// `dies-by` has the file that the test's target starts from (`core/src/lib.rs` for unit tests) and the test's whole
/// name. `histories` goes with tests that play random ones, the same ones each time. Other lines that start with `#`
/// are for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The mistake, in a sentence.
    pub(super) what: String,
    pub(super) trial: Trial,
    /// The files the diff changes.
    pub(super) files: Vec<String>,
}

/// One run of one test.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Trial {
    /// The file its target starts from.
    pub(super) file: String,
    /// The test's whole name.
    pub(super) test: String,
    /// How many random histories it plays, if it plays any.
    pub(super) histories: Option<u32>,
}

/// A header that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeaderError {
    Missing(&'static str),
    Twice(&'static str),
    Empty(&'static str),
    DiesBy(String),
    Histories(String),
    NoDiff,
    Switch { name: String },
}

impl Header {
    /// Reads the lines before the diff of the mutant `name`, and checks that the diff has its switch.
    pub(super) fn parse(name: &str, patch: &str) -> Result<Self, HeaderError> {
        let is_diff = |line: &&str| line.starts_with("diff --git ") || line.starts_with("--- ");
        let lines: Vec<&str> = patch.lines().take_while(|line| !is_diff(line)).collect();
        let diff: Vec<&str> = patch.lines().skip(lines.len()).collect();
        if diff.is_empty() {
            return Err(HeaderError::NoDiff);
        }
        let header = Self {
            what: field(&lines, "what")?
                .ok_or(HeaderError::Missing("what"))?
                .into(),
            trial: Trial::parse(&lines)?,
            files: diff
                .iter()
                .filter_map(|line| line.strip_prefix("+++ b/"))
                .map(String::from)
                .collect(),
        };
        let switches: Vec<&str> = diff
            .iter()
            .filter(|line| line.starts_with('+'))
            .flat_map(|line| line.split("mutant!(\"").skip(1))
            .filter_map(|rest| rest.split('"').next())
            .collect();
        if switches.is_empty() || switches.iter().any(|switch| *switch != name) {
            return Err(HeaderError::Switch { name: name.into() });
        }
        Ok(header)
    }
}

impl Trial {
    fn parse(lines: &[&str]) -> Result<Self, HeaderError> {
        let dies_by = field(lines, "dies-by")?.ok_or(HeaderError::Missing("dies-by"))?;
        let words: Vec<&str> = dies_by.split_whitespace().collect();
        let [file, test] = words.as_slice() else {
            return Err(HeaderError::DiesBy(dies_by.into()));
        };
        if !file.ends_with(".rs") {
            return Err(HeaderError::DiesBy(dies_by.into()));
        }
        let histories = field(lines, "histories")?.map(|text| {
            let number = text.parse().ok().filter(|number| *number > 0);
            number.ok_or_else(|| HeaderError::Histories(text.into()))
        });
        Ok(Self {
            file: (*file).into(),
            test: (*test).into(),
            histories: histories.transpose()?,
        })
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

impl fmt::Display for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.file, self.test)?;
        match self.histories {
            Some(histories) => write!(f, ", {histories} histories"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "no line `# {name}: …` above the diff"),
            Self::Twice(name) => write!(f, "more than one line `# {name}: …` above the diff"),
            Self::Empty(name) => write!(f, "`# {name}:` is empty"),
            Self::DiesBy(got) => write!(
                f,
                "`dies-by` has the file of a target and the whole name of a test in it, not {got:?}"
            ),
            Self::Histories(got) => write!(f, "`histories` is a number above 0, not {got:?}"),
            Self::NoDiff => f.write_str("there is no diff below the header"),
            Self::Switch { name } => write!(
                f,
                "the lines it adds have to ask for `mutant!(\"{name}\")` and for no other"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIFF: &str = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-a\n+# what: not a header\n+if mutant!(\"m\") {\n";

    fn parse(header: &str) -> Result<Header, HeaderError> {
        Header::parse("m", &format!("{header}\n{DIFF}"))
    }

    fn refusal(header: &str) -> String {
        parse(header).unwrap_err().to_string()
    }

    #[test]
    fn a_header_names_the_mistake_and_the_test() {
        let header =
            parse("# what: Prose: a colon is fine.\n#dies-by: core/src/lib.rs a::b").unwrap();
        assert_eq!(header.what, "Prose: a colon is fine.");
        assert_eq!(header.trial.to_string(), "core/src/lib.rs a::b");
        assert_eq!(header.files, ["x"]);
        let header =
            parse("# what: w\n# Why.\n# dies-by: tests/tests/p.rs t\n# histories: 50").unwrap();
        assert_eq!(header.trial.to_string(), "tests/tests/p.rs t, 50 histories");
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        assert_eq!(
            refusal("# dies-by: a.rs t"),
            "no line `# what: …` above the diff"
        );
        assert_eq!(
            refusal("# what: w"),
            "no line `# dies-by: …` above the diff"
        );
        assert_eq!(refusal("# what: w\n# dies-by:"), "`# dies-by:` is empty");
        assert_eq!(
            refusal("# what: w\n# what: v\n# dies-by: a.rs t"),
            "more than one line `# what: …` above the diff"
        );
        for wrong in ["t", "allkontor-core t", "a.rs t u"] {
            assert_eq!(
                refusal(&format!("# what: w\n# dies-by: {wrong}")),
                format!(
                    "`dies-by` has the file of a target and the whole name of a test in it, not {wrong:?}"
                )
            );
        }
        assert_eq!(
            refusal("# what: w\n# dies-by: a.rs t\n# histories: 0"),
            "`histories` is a number above 0, not \"0\""
        );
        let no_diff = Header::parse("m", "# what: w\n# dies-by: a.rs t\n").unwrap_err();
        assert_eq!(no_diff.to_string(), "there is no diff below the header");
    }

    #[test]
    fn a_patch_switches_itself_and_nothing_else() {
        let header = "# what: w\n# dies-by: a.rs t";
        let other = DIFF.replace("(\"m\")", "(\"n\")");
        let none = DIFF.replace("mutant!", "if ");
        let both = format!("{DIFF}+mutant!(\"n\")\n");
        for diff in [other, none, both] {
            let error = Header::parse("m", &format!("{header}\n{diff}")).unwrap_err();
            assert_eq!(
                error.to_string(),
                "the lines it adds have to ask for `mutant!(\"m\")` and for no other"
            );
        }
    }
}
