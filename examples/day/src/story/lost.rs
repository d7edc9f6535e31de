//! A device of the office that was lost, and what became of each of its promises.

use super::Story;
use crate::desks::Loss;
use crate::people::PersonId;
use allkontor_core::time::CivilMinute;
use std::fmt;

/// A device that was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Which, and when.
    pub loss: Loss,
    /// Everything that it had confirmed and that stood when it was lost, in the order in which it said so.
    pub promises: Vec<Promise>,
}

/// Something that the lost device had confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// To whom.
    pub who: PersonId,
    /// What they had asked for.
    pub title: String,
    /// What was confirmed: "Birch 17:00–18:00".
    pub place: String,
    /// When the device first said so.
    pub since: CivilMinute,
    /// Whether their phone had shown it before the device was replaced.
    pub shown: bool,
    /// Whether the office had heard of it when it replaced the device.
    pub heard: bool,
    /// What became of it.
    pub outcome: Outcome,
    /// When their phone first showed that something had changed, if anything did.
    pub told: Option<CivilMinute>,
}

/// What became of a promise of a device that was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The office had heard of it: it stands.
    Kept,
    /// Its holder came first in line, and has the same place again.
    Again,
    /// Its holder came first in line, and got something equal.
    Moved {
        /// Where.
        to: String,
    },
    /// Its holder came first in line, and nothing came free.
    InLine,
    /// Its time was over before the device was replaced. Until then nobody else could give the place to anybody.
    Over,
    /// Nobody ever came to the office with it, so nobody there could know.
    NotShown,
    /// Its holder gave it back or asked for something else.
    GivenUp,
    /// Nobody came, and the place was given back.
    NoShow,
    /// The office closed the place.
    Closed,
    /// None of this: the office forgot somebody.
    Forgotten,
}

impl Outcome {
    /// One word for it, for programs.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Again => "again",
            Self::Moved { .. } => "moved",
            Self::InLine => "in_line",
            Self::Over => "over",
            Self::NotShown => "not_shown",
            Self::GivenUp => "given_up",
            Self::NoShow => "no_show",
            Self::Closed => "closed",
            Self::Forgotten => "forgotten",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kept => f.write_str("kept"),
            Self::Again => f.write_str("came first in line, and has the same place again"),
            Self::Moved { to } => write!(f, "came first in line, and was moved to {to}"),
            Self::InLine => f.write_str("came first in line, and nothing came free"),
            Self::Over => {
                f.write_str("its time was over before anybody else could give the place away")
            }
            Self::NotShown => f.write_str("nobody came to the office with it"),
            Self::GivenUp => f.write_str("given up by its holder"),
            Self::NoShow => f.write_str("nobody came"),
            Self::Closed => f.write_str("the place was closed"),
            Self::Forgotten => f.write_str("forgotten"),
        }
    }
}

impl Lost {
    /// How many promises the office had not heard of.
    pub fn unheard(&self) -> usize {
        let unheard = self.promises.iter().filter(|promise| !promise.heard);
        unheard.count()
    }

    /// "It had confirmed 12 bookings that stood; of 5 the office had not heard."
    pub fn words(&self) -> String {
        let bookings = match self.promises.len() {
            0 => return "It had confirmed nothing that stood.".into(),
            1 => "1 booking".into(),
            count => format!("{count} bookings"),
        };
        let unheard = match self.unheard() {
            0 => "the office had heard of all".into(),
            count => format!("of {count} the office had not heard"),
        };
        format!("It had confirmed {bookings} that stood; {unheard}.")
    }
}

impl Promise {
    /// What stands before its outcome.
    pub const fn heard_of(&self) -> &'static str {
        if self.heard { "" } else { "unheard of: " }
    }
}

impl Story {
    /// How many promises of the lost device changed on a phone, and why that breaks none.
    pub fn honoured_words(&self) -> Option<String> {
        let (lost, count) = (self.lost.as_ref()?, self.totals.honoured_promises);
        let promises = match count {
            0 => return None,
            1 => "1 promise".into(),
            count => format!("{count} promises"),
        };
        Some(format!(
            "{promises} of {} changed on a phone: nobody else had heard of them, so whoever had them came first in line",
            lost.loss.desk.the()
        ))
    }

    /// Whether the office forgot somebody to whom the lost device had promised something.
    pub fn forgot(&self) -> bool {
        let lost = self.lost.iter().flat_map(|lost| &lost.promises);
        lost.into_iter()
            .any(|promise| promise.outcome == Outcome::Forgotten)
    }
}
