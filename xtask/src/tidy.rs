//! The rules of the work tree that no compiler checks. `tests/tidy.rs` holds the tree against them.
//!
//! A rule takes one file and gives what is wrong with it, in words that say what to do instead.

mod claims;
mod code;
mod engine;
mod words;

pub use claims::{PAGE, claims};
pub use engine::{automerge, hashed, layers, length, pure_resolver};
pub use words::{machines, provenance, unfinished};

use std::fmt;
use std::path::{Path, PathBuf};

/// These files spell what they forbid.
const SELF: &str = "xtask/src/tidy";

/// A text file of the work tree.
#[derive(Debug, Clone)]
pub struct File {
    /// Relative to the top folder.
    pub path: PathBuf,
    /// All of it.
    pub text: String,
}

/// Something wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    path: PathBuf,
    line: Option<usize>,
    words: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path.display(), self.words),
            None => write!(f, "{}: {}", self.path.display(), self.words),
        }
    }
}

impl File {
    fn is_rust(&self) -> bool {
        self.path
            .extension()
            .is_some_and(|extension| extension == "rs")
    }

    /// Of a language that people write here.
    fn is_source(&self) -> bool {
        let extension = self
            .path
            .extension()
            .and_then(|extension| extension.to_str());
        extension.is_some_and(|extension| ["rs", "kt", "swift", "py"].contains(&extension))
    }

    /// `NAME` of `core/src/NAME.rs` and `core/src/NAME/`.
    fn module_of_core(&self) -> Option<&str> {
        let below = self.path.strip_prefix("core/src").ok()?;
        let top = Path::new(below.components().next()?.as_os_str());
        let module = top.file_stem()?.to_str()?;
        (self.is_rust() && module != "lib").then_some(module)
    }

    fn is_module_of_core(&self, name: &str) -> bool {
        self.module_of_core() == Some(name)
    }

    fn is_core(&self) -> bool {
        self.is_rust() && self.path.starts_with("core/src")
    }

    /// A module of unit tests: `tests.rs`, or in a folder `tests`.
    fn is_tests(&self) -> bool {
        let mut parts = self.path.components();
        parts.any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
    }

    fn is_tidy_itself(&self) -> bool {
        self.path.to_string_lossy().starts_with(SELF)
    }

    fn finding(&self, line: Option<usize>, words: impl Into<String>) -> Finding {
        Finding {
            path: self.path.clone(),
            line,
            words: words.into(),
        }
    }

    /// A finding for each line that the question is answered for.
    fn lines_where(&self, wrong: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
        let lines = self.text.lines().zip(1..);
        lines
            .filter_map(|(line, number)| Some(self.finding(Some(number), wrong(line)?)))
            .collect()
    }

    /// The same for lines of Rust without their comments and strings.
    fn code_where(&self, wrong: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
        let code = File {
            path: self.path.clone(),
            text: code::without_comments(&self.text),
        };
        code.lines_where(wrong)
    }
}

#[cfg(test)]
fn check(rule: fn(&File) -> Vec<Finding>, path: &str, text: &str) -> Vec<String> {
    rule(&File {
        path: path.into(),
        text: text.into(),
    })
    .iter()
    .map(Finding::to_string)
    .collect()
}
