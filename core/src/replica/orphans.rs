//! What other devices wrote in their chains and nobody vouches for any more: taken in one by one.

use super::Replica;
use crate::id::{PublicKey, StatementId};
use crate::limits::MAX_BEYOND_CUT;
use crate::statement::{Document, Kind, Verified};
use std::collections::BTreeMap;

impl Replica {
    /// Whether it stands in the chain of a device that was ever certified. Those travel in envelopes; what is left of
    /// one that nobody vouches for any more, its author's certificate taken back, travels alone.
    pub(super) fn is_decision(&self, statement: &Verified) -> bool {
        let chained = statement.header().link.is_some()
            && statement.header().document.family().is_some()
            && matches!(
                statement.body().kind(),
                Kind::Steward
                    | Kind::Money
                    | Kind::People
                    | Kind::Commons
                    | Kind::Roster
                    | Kind::Unknown
            );
        let known = |authority: &std::sync::Arc<crate::resolve::Authority>| {
            authority.device(&statement.signer()).is_some()
        };
        chained && self.authority().is_some_and(known)
    }

    /// Writes statements of other devices' chains into their document. Of a revoked device there is room for so many
    /// beyond its cut: its key may be in anybody's hands.
    pub(super) fn admit_decisions(&mut self, document: Document, decisions: Vec<Verified>) {
        if decisions.is_empty() {
            return;
        }
        let Some(authority) = self.authority().cloned() else {
            return;
        };
        let is_beyond = |statement: &Verified| {
            let device = authority.device(&statement.signer());
            let revoked = device.and_then(|device| device.revoked.as_ref());
            let seq = statement.header().link.map(|link| link.seq);
            revoked.is_some_and(|revocation| {
                let cut = revocation.cuts.get(&document).map(|head| head.seq);
                seq > cut
            })
        };
        let mut beyond: BTreeMap<PublicKey, usize> = BTreeMap::new();
        if let Some(ledger) = self.shelf.ledger(document) {
            let known = ledger.fold.statements().values();
            let recorded = |id: &StatementId| ledger.pages.recorded.contains(id);
            for statement in known.filter(|s| is_beyond(s) && recorded(&s.id())) {
                let count = beyond.entry(statement.signer()).or_default();
                *count = count.saturating_add(1);
            }
        }
        let mut admitted = decisions;
        admitted.sort_by_key(|statement| statement.header().link.map(|link| link.seq));
        admitted.retain(|statement| {
            if !is_beyond(statement) {
                return true;
            }
            let count = beyond.entry(statement.signer()).or_default();
            *count = count.saturating_add(1);
            *count <= MAX_BEYOND_CUT
        });
        self.record_all(document, admitted);
    }
}
