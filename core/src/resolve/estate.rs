//! What a device leaves behind, and what it promised that nobody had heard of.

use super::fold::Fold;
use super::state::{Holding, SlotKey};
use crate::id::{PublicKey, StatementId};
use crate::statement::{Body, ChainPoint, Verified};
use std::collections::{BTreeMap, BTreeSet};

impl Fold {
    /// Whether a device holds custody or a right to decide here, of whatever was ever touched or never was.
    ///
    /// False once another has taken it all over. May be true for a device whose tickets have all been passed on.
    pub fn leaves_something(&self, device: &PublicKey) -> bool {
        let resolved = &self.progress.resolved;
        let held = Holding::Held(*device);
        let mut changed = resolved.custody.values().chain(resolved.rights.values());
        if changed.any(|holding| *holding == held) {
            return true;
        }
        let stands = |named: &PublicKey| self.stand_in(*named) == *device;
        // What it took in for deposits, what only it could correct, and accounts.
        let mut authors = resolved.books.authors().into_iter();
        if authors.any(|author| self.stand_in(author) == *device) {
            return true;
        }
        if resolved.books.may_spend(device) {
            return true;
        }
        let family = self.document.family();
        let mut first = self.authority.first_custodians().values();
        self.progress.deciders.iter().any(stands)
            || first.any(|(of, custodian)| Some(*of) == family && stands(custodian))
    }

    /// The last statement of a device's chain. Of a chain that forks: of the branch with the most confirmations that
    /// stand, so that a cut there takes the place from as few as can be; then the longest, then the smallest id.
    pub fn chain_head(&self, device: &PublicKey) -> Option<ChainPoint> {
        let resolved = &self.progress.resolved;
        let signed = |id: &StatementId| self.statements.get(id).map(Verified::signer);
        let first = *resolved.chains.get(device)?;
        if !resolved
            .forks
            .iter()
            .any(|(one, _)| signed(one) == Some(*device))
        {
            return Some(first);
        }
        let mut prev: BTreeMap<StatementId, (u32, Option<StatementId>)> = BTreeMap::new();
        for (id, statement) in &self.statements {
            if let Some(link) = statement.header().link
                && statement.signer() == *device
                && self.is_ready(id)
            {
                prev.insert(*id, (link.seq, link.prev));
            }
        }
        let followed: BTreeSet<StatementId> = prev.values().filter_map(|(_, prev)| *prev).collect();
        let stands = |id: &StatementId| {
            let confirmation = resolved.confirmations.get(id);
            confirmation.is_some_and(|confirmation| confirmation.state.stands())
        };
        let kept = |tip: &StatementId| {
            let path = std::iter::successors(Some(*tip), |id| prev.get(id).and_then(|(_, p)| *p));
            path.filter(stands).count()
        };
        let tips = prev.iter().filter(|(id, _)| !followed.contains(id));
        let best = tips.max_by_key(|(id, (seq, _))| (kept(id), *seq, std::cmp::Reverse(**id)));
        best.map(|(id, (seq, _))| ChainPoint { seq: *seq, id: *id })
    }

    /// The Gives, Passes and Allows of a device that nobody has taken.
    pub fn in_flight_from(&self, device: &PublicKey) -> BTreeSet<StatementId> {
        let resolved = &self.progress.resolved;
        let holdings = resolved.custody.values().chain(resolved.rights.values());
        let under = holdings.filter_map(|holding| match holding {
            Holding::InFlight { under, .. } => Some(*under),
            Holding::Held(_) => None,
        });
        let accounts = resolved.books.accounts.values();
        let under = under.chain(accounts.flat_map(|account| account.flights.keys().copied()));
        under
            .filter(|id| self.statements.get(id).map(Verified::signer) == Some(*device))
            .collect()
    }

    /// Whether a statement can never be ready while the admin chain stands as it does: all that it builds on is here,
    /// and some of it is of a branch that fell. `is_authority`: whether that is a statement of the admin chain, standing
    /// or not.
    pub fn has_fallen(
        &self,
        id: &StatementId,
        is_authority: impl Fn(&StatementId) -> bool,
    ) -> bool {
        let (mut open, mut seen) = (vec![*id], BTreeSet::new());
        let mut fallen = false;
        while let Some(next) = open.pop() {
            let stands = self.is_ready(&next) || self.authority.has_applied(&next);
            if stands || !seen.insert(next) {
                continue;
            }
            match self.statements.get(&next) {
                Some(statement) => open.extend(self.named(statement)),
                None if is_authority(&next) => fallen = true,
                None => return false,
            }
        }
        fallen
    }

    /// Confirmations of revoked devices beyond their cuts, whose chains are here: void, whoever they were promised to.
    pub fn beyond_cuts(&self) -> &BTreeSet<StatementId> {
        &self.progress.beyond_cut
    }

    /// Whether staff vouched for that confirmation.
    pub fn is_honoured(&self, confirm: &StatementId) -> bool {
        self.progress.honoured.contains(confirm)
    }

    /// The booking and version that a Confirm grants, if its request counts.
    pub fn granted_by(&self, confirm: &StatementId) -> Option<(SlotKey, u8)> {
        let Body::Confirm(body) = self.statements.get(confirm)?.body() else {
            return None;
        };
        let request = self.good_request(&body.request)?;
        let key = SlotKey {
            ticket: request.ticket,
            slot: request.slot,
        };
        Some((key, request.version))
    }

    /// Whether a void confirmation is of the current version of a booking that nothing has come of since.
    pub fn is_open_promise(&self, confirm: &StatementId) -> bool {
        let Some((key, version)) = self.granted_by(confirm) else {
            return false;
        };
        self.progress.resolved.slots.get(&key).is_some_and(|slot| {
            self.progress.pending.contains(&key)
                && slot
                    .current()
                    .is_some_and(|current| current.request.version == version)
                && self.broken_victim(slot, confirm) == Some(version)
        })
    }

    /// Whether honouring a confirmation beyond a cut would put somebody first in line: its author held the right and
    /// the cells at its place in its chain, and nothing has come of the booking since.
    ///
    /// Folds the statement's ancestors anew: not to be asked in a loop.
    pub fn would_be_owed(&self, confirm: &StatementId) -> bool {
        self.progress.beyond_cut.contains(confirm)
            && self.is_open_promise(confirm)
            && self.held_when_written(*confirm).is_some()
    }

    /// Void confirmations of a booking whose author held what it gave, or that lie beyond a cut: promises that broke.
    pub fn broken_promises(&self, key: &SlotKey) -> BTreeSet<StatementId> {
        let slot = self.progress.resolved.slots.get(key);
        let broken = slot
            .into_iter()
            .flat_map(|slot| slot.broken.iter().copied());
        let beyond = self.progress.beyond_cut.iter().copied();
        let of_key = |id: &StatementId| {
            self.granted_by(id)
                .is_some_and(|(granted, _)| granted == *key)
        };
        broken.chain(beyond.filter(of_key)).collect()
    }
}
