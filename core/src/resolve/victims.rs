//! Who lost a confirmation through no doing of theirs (spec §5.5).

use super::fold::Fold;
use super::state::{Resolved, SlotKey, SlotState, State};
use crate::id::StatementId;
use crate::statement::{Body, Cause};
use std::collections::BTreeMap;

impl Fold {
    /// Brings the list of victims up to date.
    ///
    /// A (slot, version) is a victim when its confirmation did not last, and none came since:
    /// - the slot's last confirmation that is not void was of that version and was released for a cause that makes
    ///   victims, or for no-show although the person says they came before their time was over; or
    /// - a void Confirm of that version, whose author held the right and the cells, followed the slot's last
    ///   confirmation (its `ends` names it), and that one does not stand for the same version.
    pub(super) fn refresh_victims(&mut self) {
        let honoured: Vec<_> = self
            .progress
            .beyond_cut
            .intersection(&self.progress.honoured)
            .copied()
            .collect();
        let doubtful = std::mem::take(&mut self.progress.doubtful);
        for confirm in honoured {
            if !self.progress.owed.contains_key(&confirm) {
                let key = self.held_when_written(confirm);
                self.progress.owed.insert(confirm, key);
                self.break_promise(key, confirm);
            }
        }
        for confirm in doubtful {
            let key = self.held_when_written(confirm);
            self.break_promise(key, confirm);
        }
        for key in self.progress.touched.clone() {
            let versions = self.victims_of(&key);
            let resolved = &mut self.progress.resolved;
            let old: Vec<_> = resolved
                .victims
                .range((key, 0)..=(key, u8::MAX))
                .copied()
                .collect();
            old.iter().for_each(|victim| {
                resolved.victims.remove(victim);
            });
            resolved
                .victims
                .extend(versions.into_iter().map(|version| (key, version)));
            if self.is_pending(&key) {
                self.progress.pending.insert(key);
            } else {
                self.progress.pending.remove(&key);
            }
        }
    }

    fn break_promise(&mut self, key: Option<SlotKey>, confirm: StatementId) {
        if let Some(key) = key {
            self.progress.slot(key).broken.insert(confirm);
        }
    }

    fn victims_of(&self, key: &SlotKey) -> Vec<u8> {
        let resolved = &self.progress.resolved;
        let Some(slot) = resolved.slots.get(key) else {
            return Vec::new();
        };
        let released = slot
            .last()
            .and_then(|last| released_victim(resolved, slot, last));
        let broken = slot
            .broken
            .iter()
            .filter_map(|id| self.broken_victim(slot, id));
        released.into_iter().chain(broken).collect()
    }

    /// Whether the slot's current request is undecided (spec §6.1).
    fn is_pending(&self, key: &SlotKey) -> bool {
        let resolved = &self.progress.resolved;
        let Some(slot) = resolved.slots.get(key) else {
            return false;
        };
        let Some(current) = slot.current() else {
            return false;
        };
        let version = current.request.version;
        if slot.is_cancelled(version) || resolved.declined.contains_key(&current.id) {
            return false;
        }
        let victim = resolved.victims.contains(&(*key, version));
        let confirmed = slot
            .confirmed
            .iter()
            .filter_map(|id| resolved.confirmations.get(id));
        !confirmed
            .filter(|confirmation| confirmation.version == version)
            .any(|confirmation| match confirmation.state {
                State::Live | State::CheckedIn => true,
                State::Released(_) => !victim,
                State::Moved => false,
            })
    }

    /// The fold of only that statement's ancestors and itself, cuts left aside: what its author knew.
    pub(super) fn as_its_author_knew(&self, id: StatementId) -> Self {
        let mut known = BTreeMap::new();
        let mut open = vec![id];
        while let Some(next) = open.pop() {
            if known.contains_key(&next) {
                continue;
            }
            if let Some(statement) = self.statements.get(&next) {
                open.extend(self.names(statement).unwrap_or_default());
                known.insert(next, statement.clone());
            }
        }
        let mut fold = Self {
            statements: known,
            heed_cuts: false,
            ..Self::new(self.document, self.authority.clone())
        };
        fold.start_over();
        fold
    }

    pub(super) fn held_when_written(&self, confirm: StatementId) -> Option<SlotKey> {
        let alone = self.as_its_author_knew(confirm);
        let slots = &alone.progress.resolved.slots;
        let was_live = alone
            .progress
            .resolved
            .confirmations
            .get(&confirm)
            .map(|c| c.key);
        was_live.or_else(|| {
            slots
                .iter()
                .find(|(_, slot)| slot.broken.contains(&confirm))
                .map(|(key, _)| *key)
        })
    }

    pub(super) fn broken_victim(&self, slot: &SlotState, confirm: &StatementId) -> Option<u8> {
        let Body::Confirm(body) = self.statements.get(confirm)?.body() else {
            return None;
        };
        let version = self.good_request(&body.request)?.version;
        let last = slot
            .last()
            .and_then(|last| self.progress.resolved.confirmations.get(&last));
        let stands = last.is_some_and(|last| last.version == version && last.state.stands());
        (body.ends == slot.last() && !stands).then_some(version)
    }
}

fn released_victim(resolved: &Resolved, slot: &SlotState, last: StatementId) -> Option<u8> {
    let confirmation = resolved.confirmations.get(&last)?;
    let State::Released(cause) = confirmation.state else {
        return None;
    };
    let end = confirmation
        .holds
        .iter()
        .map(|placed| placed.hold.interval().end())
        .min();
    let came = slot
        .arrived
        .zip(end)
        .is_some_and(|(arrived, end)| arrived <= end);
    (cause.makes_victim() || (cause == Cause::NoShow && came)).then_some(confirmation.version)
}
