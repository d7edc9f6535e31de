//! What was taken in from other calendars, so that it is taken in once.

use crate::command::{ImportAs, ImportEntry};
use crate::id::Digest;
use crate::statement::Document;
use crate::time::{CivilMinute, Interval};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// What was taken in, by name. Names are hashes: nothing here tells what the other calendar says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Imports(pub(super) BTreeMap<String, Remembered>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Remembered {
    /// The event that it is a date of.
    pub(super) event: String,
    /// The version.
    pub(super) sequence: u32,
    pub(super) start: i32,
    pub(super) end: i32,
    pub(super) made: Made,
}

/// What an entry has become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Made {
    Closing {
        units: Vec<u32>,
        cause: u16,
        taken: Vec<((u8, u32), String)>,
    },
    Booking {
        unit: u32,
        document: (u8, u32),
        /// How many tickets there were under this name before.
        turn: u32,
    },
    Event {
        booking: u64,
        document: (u8, u32),
        room: Option<u32>,
        /// SHA-256 of its text.
        text: String,
    },
    Nothing {
        turn: u32,
    },
}

impl Imports {
    /// Forgets what was made in a document that was dropped; whether there was anything.
    pub(crate) fn forget(&mut self, document: Document) -> bool {
        let wire = document.to_parts();
        let mut changed = false;
        self.0.retain(|_, remembered| {
            let keep = match &mut remembered.made {
                Made::Closing { taken, .. } => {
                    let before = taken.len();
                    taken.retain(|(of, _)| *of != wire);
                    changed |= taken.len() != before;
                    !taken.is_empty()
                }
                Made::Booking { document, .. } | Made::Event { document, .. } => *document != wire,
                Made::Nothing { .. } => true,
            };
            changed |= !keep;
            keep
        });
        changed
    }
}

impl Remembered {
    /// Whether the entry says the same.
    pub(super) fn is(&self, entry: &ImportEntry) -> bool {
        let at = (entry.interval.start().get(), entry.interval.end().get());
        let same = match (&self.made, &entry.what) {
            (
                Made::Closing { units, cause, .. },
                ImportAs::Closing {
                    units: asked,
                    cause: why,
                },
            ) => units.iter().eq(asked.iter().map(|unit| &unit.0)) && *cause == why.number(),
            (Made::Booking { unit, .. }, ImportAs::Booking { unit: asked }) => *unit == asked.0,
            (
                Made::Event { room, text, .. },
                ImportAs::Event {
                    room: asked,
                    text: says,
                },
            ) => *room == asked.map(|unit| unit.0) && *text == hash(says),
            (Made::Nothing { .. }, ImportAs::Nothing) => return true,
            _ => false,
        };
        same && at == (self.start, self.end)
    }

    /// When it is.
    pub(super) fn interval(&self) -> Option<Interval> {
        let minute = |minute: i32| CivilMinute::new(minute.into()).ok();
        Interval::new(minute(self.start)?, minute(self.end)?).ok()
    }

    /// How many tickets there were under this name.
    pub(super) fn turn(&self) -> u32 {
        match self.made {
            Made::Booking { turn, .. } => turn.saturating_add(1),
            Made::Nothing { turn } => turn,
            Made::Closing { .. } | Made::Event { .. } => 0,
        }
    }
}

/// SHA-256, as hexadecimal digits.
pub(super) fn hash(text: &str) -> String {
    Digest(Sha256::digest(text).into()).to_string()
}
