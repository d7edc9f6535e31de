//! One document's changes and the envelopes they came in.

use crate::document::{ActorId, ApplyError, Change, Refusal, StatementDocument};
use crate::envelope::VerifiedEnvelope;
use crate::id::{ChangeHash, PublicKey, StatementId};
use crate::statement::{Document, Signed, Verified};
use std::collections::{BTreeMap, BTreeSet};

/// A document as far as it is here.
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) merged: StatementDocument,
    /// As received or sent, in the order in which they were taken: what we pass on.
    pub(crate) envelopes: Vec<VerifiedEnvelope>,
    /// Statements that are in the document, merged or beside.
    pub(crate) recorded: BTreeSet<StatementId>,
    /// Changes that can never be merged here, by author and number: another with that number was merged first, or
    /// they follow such a one. What they say counts; a steward says it again in a change of its own.
    beside: BTreeMap<ChangeHash, (ActorId, u64)>,
    /// Statements that only changes beside the merged ones carry.
    only_beside: BTreeSet<StatementId>,
}

/// What became of an envelope.
#[derive(Debug)]
pub(crate) enum Taken {
    /// All of it was here.
    Known,
    /// It is here now. Of changes that could not be merged, why, the first of each author.
    New(Vec<Refusal>),
    /// It follows changes that are not here.
    Waits(Vec<ChangeHash>),
    /// No honest device sends it.
    Refused(Refusal),
}

impl Pages {
    pub(crate) fn new(document: Document) -> Self {
        Self {
            merged: StatementDocument::new(document),
            envelopes: Vec::new(),
            recorded: BTreeSet::new(),
            beside: BTreeMap::new(),
            only_beside: BTreeSet::new(),
        }
    }

    /// Opens a document from its envelopes, in the order in which they were taken; `said` is what stands in them.
    ///
    /// What cannot be taken is left out: a store that lost a page must not lose the rest.
    pub(crate) fn load(
        document: Document,
        envelopes: Vec<VerifiedEnvelope>,
        said: impl IntoIterator<Item = StatementId>,
    ) -> Self {
        let mut pages = Self::new(document);
        let changes: Vec<Change> = envelopes
            .iter()
            .flat_map(|envelope| envelope.envelope().changes().iter().cloned())
            .collect();
        match pages.take_changes(&changes, said) {
            Ok(Taken::New(_) | Taken::Known) => pages.envelopes = envelopes,
            _ => {
                pages = Self::new(document);
                for envelope in &envelopes {
                    let said: Vec<_> = envelope.envelope().changes().iter().flat_map(ids).collect();
                    let _ = pages.take(envelope, said);
                }
            }
        }
        pages
    }

    /// Takes an envelope that somebody vouches for, and keeps it if anything in it is new; `said` is what stands in
    /// it. After an error the document is to be opened anew.
    pub(crate) fn take(
        &mut self,
        envelope: &VerifiedEnvelope,
        said: impl IntoIterator<Item = StatementId>,
    ) -> Result<Taken, ApplyError> {
        let taken = self.take_changes(envelope.envelope().changes(), said)?;
        if let Taken::New(_) = taken {
            self.envelopes.push(envelope.clone());
        }
        Ok(taken)
    }

    fn take_changes(
        &mut self,
        changes: &[Change],
        said: impl IntoIterator<Item = StatementId>,
    ) -> Result<Taken, ApplyError> {
        let fresh: Vec<Change> = changes
            .iter()
            .filter(|change| !self.has(&change.hash()))
            .cloned()
            .collect();
        if fresh.is_empty() {
            return Ok(Taken::Known);
        }
        let is_beside = |hash: &ChangeHash| self.beside.contains_key(hash);
        let sorted = match self.merged.sort(&fresh, is_beside) {
            Ok(sorted) => sorted,
            Err(Refusal::MissingDeps { missing, .. }) => return Ok(Taken::Waits(missing)),
            Err(refusal) => return Ok(Taken::Refused(refusal)),
        };
        let merged: Vec<StatementId> = if sorted.beside.is_empty() {
            said.into_iter().collect()
        } else {
            sorted.checked.changes().iter().flat_map(ids).collect()
        };
        self.merged.apply(sorted.checked)?;
        if !self.only_beside.is_empty() {
            self.only_beside.retain(|id| !merged.contains(id));
        }
        self.recorded.extend(merged);
        for change in &sorted.beside {
            let place = (change.actor(), change.seq());
            self.beside.insert(change.hash(), place);
            for id in ids(change) {
                if self.recorded.insert(id) {
                    self.only_beside.insert(id);
                }
            }
        }
        Ok(Taken::New(sorted.refusals))
    }

    /// Whether that change is here, merged or beside.
    pub(crate) fn has(&self, change: &ChangeHash) -> bool {
        self.merged.contains(change) || self.beside.contains_key(change)
    }

    /// How many changes of each author are here, merged or beside.
    pub(crate) fn vector(&self) -> BTreeMap<ActorId, u64> {
        let mut vector = self.merged.vector();
        for (actor, seq) in self.beside.values() {
            let entry = vector.entry(*actor).or_default();
            *entry = (*entry).max(*seq);
        }
        vector
    }

    /// Statements that only changes beside the merged ones carry.
    pub(crate) fn only_beside(&self) -> &BTreeSet<StatementId> {
        &self.only_beside
    }

    /// Notes statements that this device has written down itself.
    pub(crate) fn wrote(&mut self, batch: &[Verified]) {
        for statement in batch {
            self.recorded.insert(statement.id());
            self.only_beside.remove(&statement.id());
        }
    }

    /// Keeps what is vouched for by `writers`, or named by a change that is; gives back the statements of the rest
    /// that stand nowhere else.
    pub(crate) fn keep_vouched(&mut self, is_writer: impl Fn(&PublicKey) -> bool) -> Vec<Verified> {
        if self.envelopes.iter().all(|one| is_writer(&one.signer())) {
            return Vec::new();
        }
        let mut named: BTreeSet<ChangeHash> = BTreeSet::new();
        let mut kept = Vec::new();
        let mut rest = Vec::new();
        // Whatever names a change was taken after it.
        for envelope in std::mem::take(&mut self.envelopes).into_iter().rev() {
            let changes = envelope.envelope().changes();
            if is_writer(&envelope.signer())
                || changes.iter().any(|change| named.contains(&change.hash()))
            {
                named.extend(changes.iter().flat_map(Change::deps));
                kept.push(envelope);
            } else {
                rest.push(envelope);
            }
        }
        kept.reverse();
        if rest.is_empty() {
            self.envelopes = kept;
            return Vec::new();
        }
        let said: Vec<_> = kept
            .iter()
            .flat_map(|one| one.envelope().changes())
            .flat_map(ids)
            .collect();
        *self = Self::load(self.merged.document(), kept, said);
        let mut gone = BTreeMap::new();
        for bytes in rest
            .iter()
            .flat_map(|envelope| envelope.envelope().changes())
            .flat_map(Change::statements)
        {
            // Verified when the envelope came: what failed then is not among what was folded.
            if let Ok(signed) = Signed::decode(bytes)
                && !self.recorded.contains(&signed.id())
                && let Ok(statement) = signed.verify()
            {
                gone.insert(statement.id(), statement);
            }
        }
        gone.into_values().collect()
    }
}

/// The ids of a change's statements, as far as they can be read.
fn ids(change: &Change) -> Vec<StatementId> {
    let decoded = change
        .statements()
        .filter_map(|bytes| Signed::decode(bytes).ok());
    decoded.map(|signed| signed.id()).collect()
}
