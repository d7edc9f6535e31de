//! What must not happen, when it has.

use std::fmt;

/// Something that must not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What kind of thing: the same for the run and for its shrunk story.
    pub what: &'static str,
    /// To whom, and how it shows.
    pub how: String,
}

impl Violation {
    /// Of a kind, with the facts.
    pub fn new(what: &'static str, how: impl fmt::Display) -> Self {
        let how = how.to_string();
        Self { what, how }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.how)
    }
}
