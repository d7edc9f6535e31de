//! Statement documents: the grow-only sets of statements that stewards merge.
//!
//! ```text
//! bytes ─► Change (content) ─check─► Checked ─apply─► StatementDocument
//! ```
//!
//! `authority`, every `ledger` and every `storage` document is an Automerge document with one grow-only root map. A
//! key is the complement of the admitting minute, so that the newest sorts first (applying a change walks the map
//! from its first key to the new one), then the first 16 bytes of the statement's SHA-256. The value is the
//! statement as received.
//!
//! **Architecture invariant:** this module is the only importer of Automerge, and Automerge's decoders never see a
//! foreign byte. Changes travel and are stored as [`Change`], content that can express nothing but puts of new
//! byte values; the Automerge change is built here, and its hash with it.
//!
//! What is kept is the changes and the graph they make: heads, version vectors and verdicts come from there. A map
//! that only grows has nothing to resolve, so the Automerge document itself is put together only when somebody asks
//! for it ([`StatementDocument::save`]). Whatever is accepted here, Automerge accepts too: [`StatementDocument::check`]
//! is stricter.
//!
//! **Architecture invariant:** whether a change is acceptable depends on its ancestors alone, so every replica that
//! has them says the same. The exceptions are [`Refusal::Equivocation`], of which each replica keeps the branch it
//! saw first, and [`Refusal::TooManyActors`].

mod actor;
mod build;
mod change;
mod graph;
mod prose;
mod refusal;
mod waiting;

pub use actor::ActorId;
pub use change::{Change, ChangeParts, InvalidChange};
pub use prose::{Patch, Prose, Revision};
pub use refusal::{ApplyError, Refusal};
pub use waiting::{RoomFull, WaitingRoom};

use crate::id::ChangeHash;
use crate::limits::{MAX_CHANGE_DEPS, MAX_DOCUMENT_ACTORS};
use crate::statement::{Document, Verified};
use crate::time::CivilMinute;
use automerge::Automerge;
use graph::{Graph, Overlay};
use std::collections::{BTreeMap, BTreeSet};

/// One document's changes, merged.
#[derive(Debug, Clone)]
pub struct StatementDocument {
    document: Document,
    graph: Graph,
    /// Each after what it depends on.
    changes: Vec<Change>,
}

/// Changes told apart by whether they can be merged: see [`StatementDocument::sort`].
#[derive(Debug)]
pub struct Sorted {
    /// Those that can be.
    pub checked: Checked,
    /// Those that never can: another change has their author's number, or they follow such a one.
    pub beside: Vec<Change>,
    /// Why, for each number that was used twice.
    pub refusals: Vec<Refusal>,
}

/// Changes that may be applied to the document that checked them. Only [`StatementDocument::check`] makes one.
#[derive(Debug)]
pub struct Checked {
    changes: Vec<Change>,
    base: Vec<ChangeHash>,
}

impl Checked {
    /// The changes that are new, in an order in which each follows what it depends on.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }
}

impl StatementDocument {
    /// Empty.
    pub fn new(document: Document) -> Self {
        Self {
            document,
            graph: Graph::default(),
            changes: Vec::new(),
        }
    }

    /// A document of all `changes`, each after what it depends on.
    pub fn load(document: Document, changes: &[Change]) -> Result<Self, ApplyError> {
        let mut loaded = Self::new(document);
        let checked = loaded.check(changes)?;
        loaded.apply(checked)?;
        Ok(loaded)
    }

    /// Which one it is.
    pub fn document(&self) -> Document {
        self.document
    }

    /// Changes that nothing here depends on, ascending. Equal heads are equal documents.
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.graph.heads().collect()
    }

    /// How many changes of each author are here: 1 to that number, without gaps.
    pub fn vector(&self) -> BTreeMap<ActorId, u64> {
        self.graph.vector()
    }

    /// Whether a change of that author is here.
    pub fn has_author(&self, actor: &ActorId) -> bool {
        self.graph.count(actor) > 0
    }

    /// Whether that change is here.
    pub fn contains(&self, change: &ChangeHash) -> bool {
        self.graph.max_op(change).is_some()
    }

    /// How many changes are here.
    pub fn len(&self) -> usize {
        self.graph.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Writes a received batch down as one change by `actor`, admitted at `minute`, and returns it.
    ///
    /// A statement that stands in the batch twice is written once. The change depends on all heads, so it merges
    /// them; beyond [`MAX_CHANGE_DEPS`] of them the next change merges the rest. Fails on a batch that is empty or
    /// longer than [`MAX_CHANGE_STATEMENTS`](crate::limits::MAX_CHANGE_STATEMENTS), and changes nothing then.
    pub fn append(
        &mut self,
        actor: ActorId,
        minute: CivilMinute,
        batch: &[Verified],
    ) -> Result<Change, ApplyError> {
        let mut seen = BTreeSet::new();
        let statements = batch
            .iter()
            .filter(|statement| seen.insert(statement.bytes()))
            .map(|statement| statement.bytes().into())
            .collect();
        self.append_bytes(actor, minute, statements)
    }

    fn append_bytes(
        &mut self,
        actor: ActorId,
        minute: CivilMinute,
        statements: Vec<Box<[u8]>>,
    ) -> Result<Change, ApplyError> {
        let before = self.graph.count(&actor);
        // The own last change is named even when others follow it, as Automerge does, and before all else: ours
        // must descend from it even when there are too many heads to merge.
        let own = self.graph.by_seq(&actor, before);
        let others = self.graph.heads().filter(|head| Some(*head) != own);
        let mut deps: Vec<ChangeHash> = own
            .into_iter()
            .chain(others)
            .take(MAX_CHANGE_DEPS)
            .collect();
        deps.sort_unstable();
        let highest = deps.iter().filter_map(|dep| self.graph.max_op(dep)).max();
        let start_op = highest.unwrap_or(0).saturating_add(1);
        let seq = before.saturating_add(1);
        let change = Change::new(ChangeParts {
            actor,
            seq,
            start_op,
            minute,
            deps,
            statements,
        })?;
        let checked = self.check(std::slice::from_ref(&change))?;
        self.apply(checked)?;
        Ok(change)
    }

    /// Judges changes, each after those of `changes` it depends on. What is here already is passed over.
    ///
    /// All of them are acceptable, or the first that is not is refused and none is. Never writes.
    pub fn check(&self, changes: &[Change]) -> Result<Checked, Refusal> {
        let mut overlay = Overlay::new(&self.graph);
        let mut accepted = Vec::with_capacity(changes.len());
        for change in changes {
            if overlay.max_op(&change.hash()).is_none() {
                overlay.judge(change, MAX_DOCUMENT_ACTORS)?;
                accepted.push(change.clone());
            }
        }
        Ok(Checked {
            changes: accepted,
            base: self.heads(),
        })
    }

    /// Judges changes as [`StatementDocument::check`] does, but sets aside what an author wrote twice under one number
    /// and whatever follows it, or follows what `is_beside` says was set aside before. Never writes.
    pub fn sort(
        &self,
        changes: &[Change],
        is_beside: impl Fn(&ChangeHash) -> bool,
    ) -> Result<Sorted, Refusal> {
        let mut overlay = Overlay::new(&self.graph);
        let (mut accepted, mut beside, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
        let mut aside: BTreeSet<ChangeHash> = BTreeSet::new();
        for change in changes {
            let hash = change.hash();
            if overlay.max_op(&hash).is_some() {
                continue;
            }
            if change
                .deps()
                .iter()
                .any(|dep| aside.contains(dep) || is_beside(dep))
            {
                aside.insert(hash);
                beside.push(change.clone());
                continue;
            }
            match overlay.judge(change, MAX_DOCUMENT_ACTORS) {
                Ok(()) => accepted.push(change.clone()),
                Err(refusal @ Refusal::Equivocation { .. }) => {
                    aside.insert(hash);
                    beside.push(change.clone());
                    refusals.push(refusal);
                }
                Err(refusal) => return Err(refusal),
            }
        }
        let base = self.heads();
        Ok(Sorted {
            checked: Checked {
                changes: accepted,
                base,
            },
            beside,
            refusals,
        })
    }

    /// Merges what was checked. Fails when the document has changed since the check.
    pub fn apply(&mut self, checked: Checked) -> Result<(), ApplyError> {
        if !self.graph.heads().eq(checked.base) {
            return Err(ApplyError::Stale);
        }
        for change in &checked.changes {
            self.graph.push(change);
        }
        self.changes.extend(checked.changes);
        Ok(())
    }

    /// The statements as received, newest admission first. The same statement admitted twice comes twice: its reader
    /// drops duplicates by id.
    pub fn statements(&self) -> impl Iterator<Item = &[u8]> {
        let puts = self.changes.iter().flat_map(Change::puts);
        let mut puts: Vec<(String, &[u8])> = puts.collect();
        puts.sort();
        puts.into_iter().map(|(_, statement)| statement)
    }

    /// The content of every change beyond `known` (author → how many of its changes), each after what it depends
    /// on: what a snapshot for somebody with that vector consists of.
    pub fn changes_since(&self, known: &BTreeMap<ActorId, u64>) -> Vec<Change> {
        let is_new = |change: &&Change| {
            known
                .get(&change.actor())
                .is_none_or(|seq| change.seq() > *seq)
        };
        self.changes.iter().filter(is_new).cloned().collect()
    }

    /// The document as Automerge's own file, uncompressed: for tools that read those, and for archives.
    pub fn save(&self) -> Result<Vec<u8>, ApplyError> {
        Ok(self.merge()?.save_nocompress())
    }

    /// The Automerge document, put together from its changes.
    fn merge(&self) -> Result<Automerge, ApplyError> {
        let fault = |detail: String| ApplyError::Automerge {
            document: self.document,
            detail,
        };
        // Never written: changes are built by us, and Automerge's own author would otherwise be drawn at random.
        let mut merged = Automerge::new().with_actor(automerge::ActorId::from([0u8; 16]));
        let built: Vec<automerge::Change> = self.changes.iter().map(Change::built).collect();
        merged
            .apply_changes(built)
            .map_err(|error| fault(error.to_string()))?;
        let heads = merged.get_heads();
        if !heads
            .iter()
            .map(|head| ChangeHash(head.0))
            .eq(self.graph.heads())
        {
            let (here, there) = (self.heads().len(), heads.len());
            return Err(fault(format!(
                "{there} heads differ from the {here} expected"
            )));
        }
        Ok(merged)
    }
}

#[cfg(test)]
mod tests;
