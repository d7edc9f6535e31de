//! What an engine of today makes of what a later one wrote: it knows where it must stop.

use super::authority::Authority;
use super::fold::Fold;
use super::state::SlotKey;
use crate::id::StatementId;
use crate::time::{CivilMinute, OfficeDay};

/// The version of the rules that this engine follows.
pub const RULES: u16 = 1;

/// A later version of the rules, put in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Activation {
    /// The first day it governs.
    pub from: OfficeDay,
    /// The Activate.
    pub id: StatementId,
}

impl Authority {
    /// The newest version of the rules that is or will be in force.
    pub fn newest_rules(&self) -> u16 {
        let newest = self.activations().keys().next_back().copied();
        newest.unwrap_or(0).max(self.genesis().rules)
    }

    /// Why this engine cannot follow the rules of a day: the Genesis or the Activate of a version it does not know.
    pub fn outdated_on(&self, day: OfficeDay) -> Option<StatementId> {
        if self.genesis().rules > RULES {
            return Some(StatementId(self.office().0));
        }
        let unknown = self.activations().range(RULES.saturating_add(1)..);
        let unknown = unknown.map(|(_, activation)| *activation);
        let first = unknown.min().filter(|first| first.from <= day);
        first.map(|activation| activation.id)
    }
}

impl Fold {
    /// The first critical statement that this engine does not know, in the admin chain or in a chain of this document.
    pub fn outdated(&self) -> Option<StatementId> {
        let here = self.resolved().outdated.first().copied();
        self.authority().outdated().or(here)
    }

    /// Why what this engine says of a booking may not be all there is to say: [`Fold::outdated`], or rules of a later
    /// version on a day that was asked for.
    pub fn outdated_for(&self, key: &SlotKey) -> Option<StatementId> {
        let slot = self.resolved().slots.get(key);
        let asked = slot.and_then(|slot| slot.current()).into_iter();
        let wishes = asked.flat_map(|current| current.request.options.iter().flatten());
        let end = wishes.map(|wish| wish.interval.end()).max();
        self.outdated()
            .or_else(|| self.authority().outdated_before(end?))
    }
}

impl Authority {
    /// [`Authority::outdated_on`] the day of the last minute before `end`.
    pub(crate) fn outdated_before(&self, end: CivilMinute) -> Option<StatementId> {
        self.outdated_on(OfficeDay::of(end.saturating_plus(-1), self.day_start()))
    }
}
