use super::{Hours, Text};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A partner's number in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartnerId(pub u16);

impl fmt::Display for PartnerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "partner {}", self.0)
    }
}

/// Somebody in the same house with hours of their own: the café next door, a clothes library.
///
/// Nothing of a partner can be booked; a swap day in its rooms is an exception in its hours, with a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Partner {
    /// What people call it.
    pub name: Text,
    /// What it is and offers, for everyone to read.
    #[serde(default)]
    pub about: Text,
    /// When it is open, and when somebody is there. The office's own hours and closures have no part in it.
    #[serde(default)]
    pub hours: Hours,
}
