//! Why a command stopped, in words for whoever ran it.

use std::fmt;

/// What was wrong and, where it helps, what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

/// What a fallible part of a command gives.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure in these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// For `map_err`: what was being done, then what the system said.
    pub fn during<E: fmt::Display>(doing: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("{doing}: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}
