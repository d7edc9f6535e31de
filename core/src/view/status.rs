//! How one booking stands: data, put into words later in the person's language.

use super::View;
use crate::id::StatementId;
use crate::resolve::{ConfirmState, Confirmation, Fold, Place, SlotKey};
use crate::statement::{Cause, Hold};

/// How far a request has come on its way to the office. The device that made it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    /// On the device that made it.
    Draft,
    /// Another device carries it; no steward has it, as far as is known.
    Carried,
    /// A steward has admitted it.
    Received,
}

/// How one booking stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// How far the request has come.
    pub delivery: Delivery,
    /// What is known of its current version.
    pub stage: Stage,
    /// What is held for the person now, whatever the current version asks for: a pending newer version keeps the old.
    pub holding: Vec<Hold>,
    /// What the booking held before: when its last confirmation took the place of another, or when what an older
    /// version held was given back before the current one was confirmed.
    pub before: Option<Replaced>,
    /// The first statement about it that this app is too old to follow: what is shown may not be all.
    pub outdated: Option<StatementId>,
}

/// What is known of a booking's current version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing but that it was asked for: its ticket or its document is not here.
    Asked,
    /// Its first option fits.
    Likely {
        /// Where it would be.
        holds: Vec<Hold>,
    },
    /// A later option or an equal unit fits.
    Alternative {
        /// Where it would be.
        holds: Vec<Hold>,
    },
    /// Nothing fits.
    Waiting {
        /// Its place in the queue, from 1.
        n: u32,
    },
    /// It stands.
    Confirmed {
        /// What is held.
        holds: Vec<Hold>,
    },
    /// It stands, and the person came.
    CheckedIn {
        /// What is held.
        holds: Vec<Hold>,
    },
    /// It moved to another booking, in another month or year.
    Moved,
    /// Its place was given back.
    Released {
        /// Why.
        cause: Cause,
    },
    /// It was refused.
    Declined {
        /// Why; [`Cause::rule`] is the catalogue's rule, if it is one.
        cause: Cause,
    },
    /// The office took back what it had confirmed. The request is asked again, before all others.
    Withdrawn {
        /// Why; `None` when the confirming device had been revoked.
        cause: Option<Cause>,
        /// What is expected of it now.
        place: Place,
    },
    /// The person withdrew it. What it held is in [`Status::holding`] until the office gives it back.
    Cancelled,
}

/// A confirmation that another took the place of, or that an older version has lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// What it held.
    pub holds: Vec<Hold>,
    /// What became of it: moved, or released for a cause.
    pub state: ConfirmState,
}

impl Stage {
    /// Whether the person has the place, as far as anyone can know.
    pub const fn stands(&self) -> bool {
        matches!(self, Self::Confirmed { .. } | Self::CheckedIn { .. })
    }

    /// Whether somebody still has to decide.
    pub const fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Asked
                | Self::Likely { .. }
                | Self::Alternative { .. }
                | Self::Waiting { .. }
                | Self::Withdrawn { .. }
        )
    }

    /// Where the person would go: what is held or expected, first hold first.
    pub fn holds(&self) -> &[Hold] {
        match self {
            Self::Likely { holds }
            | Self::Alternative { holds }
            | Self::Confirmed { holds }
            | Self::CheckedIn { holds } => holds,
            Self::Withdrawn { place, .. } => place.holds(),
            _ => &[],
        }
    }
}

impl View {
    /// How a booking stands. `delivery` is what the caller knows of its request's way to the office.
    pub fn status(&self, fold: &Fold, key: &SlotKey, delivery: Delivery) -> Status {
        let resolved = fold.resolved();
        let slot = resolved.slots.get(key);
        let confirmed = |id| resolved.confirmations.get(id);
        let mut history = slot
            .into_iter()
            .flat_map(|slot| slot.confirmed.iter().rev());
        let last = history.next().and_then(confirmed);
        let before = history.next().and_then(confirmed);
        let stands = last.filter(|last| last.state.stands());
        let current = slot.and_then(|slot| slot.current());
        let current = current.map(|current| current.request.version);
        let before = match stands {
            Some(_) => before,
            // Of the current version's place the stage tells.
            None => last.filter(|last| current.is_some_and(|current| last.version < current)),
        };
        Status {
            delivery,
            stage: self.stage(fold, key, last),
            holding: stands.map(holds_of).unwrap_or_default(),
            before: before.map(|before| Replaced {
                holds: holds_of(before),
                state: before.state,
            }),
            outdated: fold.outdated_for(key),
        }
    }

    fn stage(&self, fold: &Fold, key: &SlotKey, last: Option<&Confirmation>) -> Stage {
        let resolved = fold.resolved();
        let Some(slot) = resolved.slots.get(key) else {
            return Stage::Asked;
        };
        let Some(current) = slot.current() else {
            return if slot.cancelled.is_some() {
                Stage::Cancelled
            } else {
                Stage::Asked
            };
        };
        let version = current.request.version;
        if let Some(outlook) = self.forecast.outlook(key) {
            if resolved.victims.contains(&(*key, version)) {
                let cause = last.and_then(|last| match last.state {
                    ConfirmState::Released(cause) => Some(cause),
                    _ => None,
                });
                let place = outlook.place.clone();
                return Stage::Withdrawn { cause, place };
            }
            return match outlook.place.clone() {
                Place::Likely(holds) => Stage::Likely { holds },
                Place::Alternative(holds) => Stage::Alternative { holds },
                Place::Waiting { n } => Stage::Waiting { n },
            };
        }
        let cancelled = slot.is_cancelled(version);
        match last.filter(|last| last.version == version) {
            Some(last) => match last.state {
                ConfirmState::Released(Cause::Moved) | ConfirmState::Moved => Stage::Moved,
                ConfirmState::Released(cause) => Stage::Released { cause },
                _ if cancelled => Stage::Cancelled,
                ConfirmState::Live => Stage::Confirmed {
                    holds: holds_of(last),
                },
                ConfirmState::CheckedIn => Stage::CheckedIn {
                    holds: holds_of(last),
                },
            },
            None if cancelled => Stage::Cancelled,
            None => match resolved.declined.get(&current.id) {
                Some(cause) => Stage::Declined { cause: *cause },
                None => Stage::Asked,
            },
        }
    }
}

fn holds_of(confirmation: &Confirmation) -> Vec<Hold> {
    confirmation
        .holds
        .iter()
        .map(|placed| placed.hold)
        .collect()
}
