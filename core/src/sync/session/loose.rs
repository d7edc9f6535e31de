use super::super::item::digest;
use super::super::memory::PeerMemory;
use super::super::source::{Peer, Source};
use crate::id::{Digest, StatementId};
use crate::limits::MAX_LOOSE_OFFERED;
use std::collections::{BTreeMap, BTreeSet};

/// What is known about loose statements at the peer.
#[derive(Debug, Default, Clone)]
pub(super) struct Loose {
    /// Known to be there: it sent or offered them, or acknowledged them.
    there: BTreeSet<StatementId>,
    /// Sent, with the last message that carried them; not acknowledged.
    sent: BTreeMap<StatementId, u32>,
    /// Offered by id.
    offered: BTreeSet<StatementId>,
    /// Wanted by the peer, to be sent.
    asked: BTreeSet<StatementId>,
    /// Offered by the peer, and not here.
    pub(super) wanted: BTreeSet<StatementId>,
    /// Came from the peer while this lasts.
    got: BTreeSet<StatementId>,
}

impl Loose {
    pub(super) fn remembered(memory: Option<&PeerMemory>) -> Self {
        let there = memory
            .map(|memory| memory.loose.clone())
            .unwrap_or_default();
        Self {
            there,
            ..Self::default()
        }
    }

    /// What was believed to be there may not be.
    pub(super) fn forget(&mut self) {
        self.there.clear();
    }

    /// The greeting confirmed what was sent in the last session.
    pub(super) fn confirm_last(&mut self, memory: &PeerMemory, seen: Option<Digest>) {
        if seen.is_some() && seen == mark(&memory.sent) {
            self.there.extend(&memory.sent);
        }
    }

    pub(super) fn acknowledged(&mut self, ack: u32) {
        let there = &mut self.there;
        self.sent.retain(|id, seq| {
            let arrived = *seq < ack;
            if arrived {
                there.insert(*id);
            }
            !arrived
        });
    }

    /// A statement came.
    pub(super) fn came(&mut self, id: StatementId) {
        self.wanted.remove(&id);
        if self.got.len() < MAX_LOOSE_OFFERED {
            self.got.insert(id);
        }
    }

    /// The peer offers: what is here need not be sent, what is not is wanted.
    pub(super) fn offered_to_us(
        &mut self,
        ids: impl Iterator<Item = StatementId>,
        source: &dyn Source,
        peer: &Peer,
    ) {
        let here: BTreeSet<StatementId> = source.loose(peer).into_iter().collect();
        for id in ids {
            if here.contains(&id) {
                self.there.insert(id);
            } else if !source.knows(&id) && self.wanted.len() < MAX_LOOSE_OFFERED {
                // What is beyond the limit is offered again at the next meeting.
                self.wanted.insert(id);
            }
        }
    }

    pub(super) fn asked_for(&mut self, ids: impl Iterator<Item = StatementId>) {
        for id in ids {
            if self.asked.len() < MAX_LOOSE_OFFERED {
                self.asked.insert(id);
            }
        }
    }

    pub(super) fn next_asked(&mut self) -> Option<StatementId> {
        self.asked.pop_first()
    }

    pub(super) fn is_asked(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Statements here that the peer has not been sent or offered.
    pub(super) fn unsent<'a>(
        &'a self,
        source: &dyn Source,
        peer: &Peer,
    ) -> impl Iterator<Item = StatementId> + 'a {
        source.loose(peer).into_iter().filter(|id| {
            !(self.there.contains(id)
                || self.got.contains(id)
                || self.sent.contains_key(id)
                || self.offered.contains(id))
        })
    }

    /// Statements that the peer brought, or is known to have.
    pub(super) fn at_peer(&self) -> impl Iterator<Item = &StatementId> {
        self.got.union(&self.there)
    }

    pub(super) fn offer(&mut self, ids: &[StatementId]) {
        self.offered.extend(ids);
    }

    pub(super) fn sent(&mut self, id: StatementId, seq: u32) {
        self.sent.insert(id, seq);
    }

    /// What is there, what was sent and not acknowledged, and a mark of what came.
    pub(super) fn memory(
        &self,
        source: &dyn Source,
        peer: &Peer,
    ) -> (BTreeSet<StatementId>, BTreeSet<StatementId>, Option<Digest>) {
        let here: BTreeSet<StatementId> = source.loose(peer).into_iter().collect();
        let there = self.there.union(&self.got).filter(|id| here.contains(*id));
        let there = there.take(MAX_LOOSE_OFFERED).copied().collect();
        (there, self.sent.keys().copied().collect(), mark(&self.got))
    }
}

/// Over a set of statements; none for no statement.
fn mark(ids: &BTreeSet<StatementId>) -> Option<Digest> {
    let bytes: Vec<u8> = ids.iter().flat_map(|id| id.0).collect();
    (!bytes.is_empty()).then(|| digest(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_there_once_it_is_acknowledged_and_not_before() {
        let [early, late] = [1, 2].map(|n| StatementId([n; 32]));
        let mut loose = Loose::default();
        loose.sent(early, 3);
        loose.sent(late, 5);
        // The peer has everything before that number.
        for (ack, there) in [(3, vec![]), (4, vec![early]), (6, vec![early, late])] {
            loose.acknowledged(ack);
            assert_eq!(
                loose.there,
                BTreeSet::from_iter(there),
                "acknowledged to {ack}"
            );
        }
        assert!(loose.sent.is_empty());
    }
}
