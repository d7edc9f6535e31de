//! Which changes are here: what is needed to judge the next one.

use super::{ActorId, Change, Refusal};
use crate::id::ChangeHash;
use std::collections::{BTreeMap, BTreeSet};

/// The changes of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    /// Every change, with the number of its last put.
    max_ops: BTreeMap<ChangeHash, u64>,
    heads: BTreeSet<ChangeHash>,
    /// Each author's changes; the one with seq n stands at n − 1.
    actors: BTreeMap<ActorId, Vec<ChangeHash>>,
}

impl Graph {
    pub(super) fn len(&self) -> usize {
        self.max_ops.len()
    }

    pub(super) fn heads(&self) -> impl Iterator<Item = ChangeHash> + '_ {
        self.heads.iter().copied()
    }

    pub(super) fn vector(&self) -> BTreeMap<ActorId, u64> {
        let all = self.actors.keys();
        all.map(|actor| (*actor, self.count(actor))).collect()
    }

    /// The number of that change's last put, if it is here.
    pub(super) fn max_op(&self, hash: &ChangeHash) -> Option<u64> {
        self.max_ops.get(hash).copied()
    }

    /// How many changes of that author are here.
    pub(super) fn count(&self, actor: &ActorId) -> u64 {
        self.actors.get(actor).map_or(0, Vec::len) as u64
    }

    pub(super) fn by_seq(&self, actor: &ActorId, seq: u64) -> Option<ChangeHash> {
        let index = usize::try_from(seq.checked_sub(1)?).ok()?;
        self.actors.get(actor)?.get(index).copied()
    }

    /// Adds a change that was judged.
    pub(super) fn push(&mut self, change: &Change) {
        for dep in change.deps() {
            self.heads.remove(dep);
        }
        self.heads.insert(change.hash());
        self.max_ops.insert(change.hash(), change.max_op());
        self.actors
            .entry(change.actor())
            .or_default()
            .push(change.hash());
    }
}

/// A graph with changes that are being judged on top.
pub(super) struct Overlay<'a> {
    base: &'a Graph,
    new: Graph,
    /// Authors with changes on top and none in the base.
    new_actors: usize,
}

impl<'a> Overlay<'a> {
    pub(super) fn new(base: &'a Graph) -> Self {
        Self {
            base,
            new: Graph::default(),
            new_actors: 0,
        }
    }

    pub(super) fn max_op(&self, hash: &ChangeHash) -> Option<u64> {
        self.base.max_op(hash).or_else(|| self.new.max_op(hash))
    }

    fn by_seq(&self, actor: &ActorId, seq: u64) -> Option<ChangeHash> {
        match seq.checked_sub(self.base.count(actor)) {
            None | Some(0) => self.base.by_seq(actor, seq),
            Some(beyond) => self.new.by_seq(actor, beyond),
        }
    }

    /// Accepts a change that is not here, or says why not.
    pub(super) fn judge(&mut self, change: &Change, max_actors: usize) -> Result<(), Refusal> {
        let (hash, actor, seq) = (change.hash(), change.actor(), change.seq());
        let (mut missing, mut highest) = (Vec::new(), 0u64);
        for dep in change.deps() {
            match self.max_op(dep) {
                Some(max_op) => highest = highest.max(max_op),
                None => missing.push(*dep),
            }
        }
        if !missing.is_empty() {
            return Err(Refusal::MissingDeps {
                change: hash,
                missing,
            });
        }
        let (expected, got) = (highest.saturating_add(1), change.start_op());
        if got != expected {
            return Err(Refusal::StartOp {
                change: hash,
                expected,
                got,
            });
        }
        if let Some(known) = self.by_seq(&actor, seq) {
            return Err(Refusal::Equivocation {
                actor,
                seq,
                known,
                other: hash,
            });
        }
        self.judge_author(change, max_actors)?;
        self.new.push(change);
        Ok(())
    }

    /// The author's change before is named as a dependency, so that it is an ancestor and put numbers never repeat.
    fn judge_author(&mut self, change: &Change, max_actors: usize) -> Result<(), Refusal> {
        let (hash, actor, seq) = (change.hash(), change.actor(), change.seq());
        let before = self
            .base
            .count(&actor)
            .saturating_add(self.new.count(&actor));
        let expected = before.saturating_add(1);
        if seq != expected {
            return Err(Refusal::SeqGap {
                change: hash,
                actor,
                expected,
                got: seq,
            });
        }
        if let Some(own) = self.by_seq(&actor, before) {
            if change.deps().binary_search(&own).is_err() {
                return Err(Refusal::NotAfterOwn {
                    change: hash,
                    actor,
                    seq,
                });
            }
            return Ok(());
        }
        if self.base.actors.len().saturating_add(self.new_actors) >= max_actors {
            return Err(Refusal::TooManyActors {
                change: hash,
                limit: max_actors,
            });
        }
        self.new_actors = self.new_actors.saturating_add(1);
        Ok(())
    }
}
