use crate::AllkontorError;
use crate::convert::interval;
use allkontor_core::command::{Book, DateOutcome};
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::model::CompositeId;
use allkontor_core::replica::AgendaEntry;
use allkontor_core::statement::Hold;
use allkontor_core::view::{Delivery, Stage};

/// What somebody wants to book. Exactly one of `unit`, `class` and `together` is given.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Wanted {
    /// This unit, or its equal.
    #[uniffi(default = None)]
    pub unit: Option<u32>,
    /// Places of this class.
    #[uniffi(default = None)]
    pub class: Option<u16>,
    /// How many places of the class, all at once or none.
    #[uniffi(default = 1)]
    pub places: u16,
    /// What the catalogue books together.
    #[uniffi(default = None)]
    pub together: Option<u32>,
    /// Features it must have.
    #[uniffi(default = [])]
    pub needs: Vec<u16>,
    /// Start, office civil time.
    pub start: String,
    /// End, office civil time.
    pub end: String,
    /// How many people come.
    #[uniffi(default = 1)]
    pub party: u16,
}

/// What came of one date.
#[derive(Clone, Debug, uniffi::Enum)]
pub enum DateResult {
    /// Asked for.
    Requested {
        /// Its number on this device.
        booking: u64,
    },
    /// A rule of the office forbids it.
    Refused {
        /// The rule's stable number.
        rule: u16,
        /// The rule in English, with its numbers.
        message: String,
        /// Starts of the nearest free times.
        nearest: Vec<String>,
    },
}

/// One of this device's bookings.
#[derive(Clone, Debug, uniffi::Record)]
pub struct BookingView {
    /// Its number on this device.
    pub booking: u64,
    /// `draft`, `carried` or `received`.
    pub delivery: String,
    /// `asked`, `likely`, `alternative`, `waiting`, `confirmed`, `checked_in`, `moved`, `cancelled`, `released`,
    /// `declined` or `withdrawn`.
    pub stage: String,
    /// Place in the queue, while it waits.
    pub waiting: Option<u32>,
    /// The cause's stable number, when it was released or declined.
    pub cause: Option<u16>,
    /// Units held or expected.
    pub units: Vec<u32>,
    /// Start of what is held or expected, else of what was asked for.
    pub start: Option<String>,
    /// End of the same.
    pub end: Option<String>,
}

impl Wanted {
    pub(crate) fn to_book(&self) -> Result<Book, AllkontorError> {
        let at = interval(&self.start, &self.end)?;
        let book = match (self.unit, self.class, self.together) {
            (Some(unit), None, None) => Book::unit(UnitId(unit), at),
            (None, Some(class), None) => Book::places(ClassId(class), self.places, at),
            (None, None, Some(composite)) => Book::together(CompositeId(composite), at),
            _ => {
                let message = "give exactly one of unit, class and together".to_owned();
                return Err(AllkontorError::Argument { message });
            }
        };
        Ok(book
            .needing(self.needs.iter().copied().map(FeatureId))
            .party(self.party))
    }
}

impl From<DateOutcome> for DateResult {
    fn from(outcome: DateOutcome) -> Self {
        match outcome {
            DateOutcome::Requested { booking, .. } => Self::Requested { booking: booking.0 },
            DateOutcome::Refused { rule, nearest, .. } => Self::Refused {
                rule: rule.code(),
                message: rule.to_string(),
                nearest: nearest.iter().map(|at| at.start().to_string()).collect(),
            },
        }
    }
}

impl From<AgendaEntry> for BookingView {
    fn from(entry: AgendaEntry) -> Self {
        let status = &entry.status;
        let holds: Vec<Hold> = if status.holding.is_empty() {
            status.stage.holds().to_vec()
        } else {
            status.holding.clone()
        };
        let wanted = entry.wanted.first().map(|wish| wish.interval);
        let at = holds.first().map(Hold::interval).or(wanted);
        let (stage, waiting, cause) = stage(&status.stage);
        Self {
            booking: entry.booking.0,
            delivery: match status.delivery {
                Delivery::Draft => "draft",
                Delivery::Carried => "carried",
                Delivery::Received => "received",
            }
            .to_owned(),
            stage: stage.to_owned(),
            waiting,
            cause,
            units: holds.iter().map(|hold| hold.unit.0).collect(),
            start: at.map(|at| at.start().to_string()),
            end: at.map(|at| at.end().to_string()),
        }
    }
}

fn stage(stage: &Stage) -> (&'static str, Option<u32>, Option<u16>) {
    match stage {
        Stage::Asked => ("asked", None, None),
        Stage::Likely { .. } => ("likely", None, None),
        Stage::Alternative { .. } => ("alternative", None, None),
        Stage::Waiting { n } => ("waiting", Some(*n), None),
        Stage::Confirmed { .. } => ("confirmed", None, None),
        Stage::CheckedIn { .. } => ("checked_in", None, None),
        Stage::Moved => ("moved", None, None),
        Stage::Cancelled => ("cancelled", None, None),
        Stage::Released { cause } => ("released", None, Some(cause.number())),
        Stage::Declined { cause } => ("declined", None, Some(cause.number())),
        Stage::Withdrawn { cause, .. } => ("withdrawn", None, cause.map(|cause| cause.number())),
    }
}
