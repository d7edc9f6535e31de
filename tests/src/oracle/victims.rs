//! §5.5 and §5.6: who was let down, and who signed two things at one place.

use super::fold::{Confirmation, Fold, LetDown, Standing, ancestors};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{Body, Cause, Verified};
use std::collections::BTreeSet;

/// (ticket, slot, version)
pub type SlotVersion = (StatementId, u8, u8);
/// Device, seq, and two statements there, the smaller id first.
pub type Fork = (PublicKey, u32, StatementId, StatementId);

impl Fold<'_> {
    /// "a (slot, version) with no live or checked-in confirmation since, whose void Confirm held the right and the
    /// cells at its place in the chain (cuts left aside; beyond a cut only if honoured), or whose confirmation was
    /// released with `closed`, `override` or `lost`."
    pub fn victims(&self) -> BTreeSet<SlotVersion> {
        let mut victims = BTreeSet::new();
        for let_down in &self.let_downs {
            let Some(c) = self.confirmations.iter().find(|c| c.id == let_down.confirm) else {
                continue;
            };
            let counts = match c.standing {
                Standing::Void => self.void_held(c),
                Standing::Released(Cause::NoShow) => self.came_in_time(c),
                Standing::Released(cause) => {
                    matches!(cause, Cause::Closed | Cause::Override | Cause::Lost)
                }
                _ => false,
            };
            if let Some(of) = slot_version(c).filter(|_| counts) {
                let since = self.confirmations.iter().any(|later| {
                    later.standing != Standing::Void
                        && slot_version(later) == Some(of)
                        && self.place(later.id) >= Some(let_down.after)
                });
                if !let_down.covered && !since {
                    victims.insert(of);
                }
            }
        }
        victims
    }

    pub(super) fn note_let_down(&mut self, confirm: StatementId) {
        let of = self
            .confirmations
            .iter()
            .find(|c| c.id == confirm)
            .and_then(slot_version);
        let covered = self.confirmations.iter().any(|c| {
            matches!(c.standing, Standing::Live | Standing::CheckedIn)
                && of.is_some()
                && slot_version(c) == of
        });
        self.let_downs.push(LetDown {
            after: self.taken.len(),
            confirm,
            covered,
        });
    }

    fn place(&self, id: StatementId) -> Option<usize> {
        self.taken.iter().position(|taken| *taken == id)
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
        then.holds_right_and_cells(confirmation.by, asked.request.ticket, &confirmation.holds)
    }

    /// "a check-in that happened before but arrives late clears the mark and gives first priority"
    fn came_in_time(&self, confirmation: &Confirmation) -> bool {
        let (Some(asked), Some(first)) = (&confirmation.request, confirmation.holds.first()) else {
            return false;
        };
        self.all.values().any(|statement| {
            let Body::Arrive(arrive) = statement.body() else {
                return false;
            };
            arrive.ticket == asked.request.ticket
                && arrive.slot == asked.request.slot
                && statement.signer() == asked.ticket.key
                && arrive.claimed <= first.interval().end()
        })
    }

    /// "two statements of one device and document with the same seq, both ready" are "reported with both ids"
    pub fn forks(&self) -> BTreeSet<Fork> {
        let mut forks = BTreeSet::new();
        for a in self.taken.iter().filter_map(|id| self.all.get(id)) {
            for b in self.taken.iter().filter_map(|id| self.all.get(id)) {
                let (Some(x), Some(y)) = (a.header().link, b.header().link) else {
                    continue;
                };
                if a.signer() == b.signer() && x.seq == y.seq && a.id() < b.id() {
                    forks.insert((a.signer(), x.seq, a.id(), b.id()));
                }
            }
        }
        forks
    }
}

pub(super) fn slot_version(confirmation: &Confirmation) -> Option<SlotVersion> {
    let request = &confirmation.request.as_ref()?.request;
    Some((request.ticket, request.slot, request.version))
}
