//! §5.5 and §5.6: who was let down, and who signed two things at one place.

use super::cells::occupied_together;
use super::fold::{Confirmation, Fold, Standing, ancestors};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{Body, Cause, Verified};
use std::collections::BTreeSet;

/// (ticket, slot, version)
pub type SlotVersion = (StatementId, u8, u8);
/// Device, seq, and two statements there, one of them the first that the fold took; the smaller id first.
pub type Fork = (PublicKey, u32, StatementId, StatementId);

impl Fold<'_> {
    /// "a (slot, version) with no live or checked-in confirmation since, whose void Confirm held the right and the
    /// cells at its place in the chain (cuts left aside; beyond a cut only if honoured), or whose confirmation was
    /// released with `closed`, `override`, `lost` or `late`."
    pub fn victims(&self) -> BTreeSet<SlotVersion> {
        let mut victims = BTreeSet::new();
        for c in &self.confirmations {
            let (Some(of), Some(asked)) = (slot_version(c), &c.request) else {
                continue;
            };
            let last = self.last_of_slot(asked);
            let is_victim = match c.standing {
                Standing::Void => {
                    let stands = self.confirmations.iter().any(|other| {
                        Some(other.id) == last
                            && slot_version(other) == Some(of)
                            && matches!(other.standing, Standing::Live | Standing::CheckedIn)
                    });
                    c.ends == last && !stands && self.void_held(c)
                }
                Standing::Released(Cause::NoShow) => last == Some(c.id) && self.came_in_time(c),
                Standing::Released(Cause::Closed | Cause::Override | Cause::Lost | Cause::Late) => {
                    last == Some(c.id)
                }
                _ => false,
            };
            if is_victim {
                victims.insert(of);
            }
        }
        victims
    }

    fn void_held(&self, confirmation: &Confirmation) -> bool {
        let (Some(asked), Some(statement)) =
            (&confirmation.request, self.all.get(&confirmation.id))
        else {
            return false;
        };
        // "beyond a cut only if honoured"
        if self.is_beyond_cut(statement) && !self.honoured.contains(&confirmation.id) {
            return false;
        }
        let before = ancestors(&self.all, self.authority, statement);
        let heap: Vec<Verified> = before
            .iter()
            .filter_map(|id| self.all.get(id))
            .cloned()
            .collect();
        let then = Fold::run(self.authority, self.document, &heap, false);
        self.is_steward(confirmation.by)
            && occupied_together(self.document, self.day_start(), &confirmation.holds).is_some()
            && then.holds_right_and_cells(
                confirmation.by,
                asked.request.ticket,
                &confirmation.holds,
            )
    }

    /// "a check-in that happened before but arrives late clears the mark and gives first priority"
    fn came_in_time(&self, confirmation: &Confirmation) -> bool {
        let ends = confirmation.holds.iter().map(|h| h.interval().end());
        let (Some(asked), Some(end)) = (&confirmation.request, ends.min()) else {
            return false;
        };
        self.all.values().any(|statement| {
            let Body::Arrive(arrive) = statement.body() else {
                return false;
            };
            arrive.ticket == asked.request.ticket
                && arrive.slot == asked.request.slot
                && statement.signer() == asked.ticket.key
                && arrive.claimed <= end
        })
    }

    /// "two statements of one device and document with the same seq, both ready" are "reported with both ids"
    pub fn forks(&self) -> BTreeSet<Fork> {
        let mut forks = BTreeSet::new();
        let mut first: Vec<(PublicKey, u32, StatementId)> = vec![];
        for statement in self.taken.iter().filter_map(|id| self.all.get(id)) {
            let Some(link) = statement.header().link else {
                continue;
            };
            let (device, id) = (statement.signer(), statement.id());
            match first
                .iter()
                .find(|(d, seq, _)| (*d, *seq) == (device, link.seq))
            {
                Some((_, _, other)) => {
                    forks.insert((device, link.seq, id.min(*other), id.max(*other)));
                }
                None => first.push((device, link.seq, id)),
            }
        }
        forks
    }
}

pub(super) fn slot_version(confirmation: &Confirmation) -> Option<SlotVersion> {
    let request = &confirmation.request.as_ref()?.request;
    Some((request.ticket, request.slot, request.version))
}
