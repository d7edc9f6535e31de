use super::{ActorId, InvalidChange};
use crate::id::ChangeHash;
use crate::statement::Document;

/// Why a change is not applied. Only [`Refusal::MissingDeps`] may pass; the rest is for good.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It follows changes that are not here: it waits.
    #[error("change {change} follows {} that are not here, first {}", missing.len(), first(missing))]
    MissingDeps {
        /// The change.
        change: ChangeHash,
        /// What it follows and is not here, at least one.
        missing: Vec<ChangeHash>,
    },
    /// Its first put is not numbered after those of its dependencies.
    #[error("change {change} has start op {got}: its dependencies lead to {expected}")]
    StartOp {
        /// The change.
        change: ChangeHash,
        /// One more than the greatest number among its dependencies.
        expected: u64,
        /// What it says.
        got: u64,
    },
    /// Its author's changes before it are not among its ancestors.
    #[error("change {change} is number {got} by {actor}: number {expected} comes next")]
    SeqGap {
        /// The change.
        change: ChangeHash,
        /// Its author.
        actor: ActorId,
        /// The author's next number.
        expected: u64,
        /// What it says.
        got: u64,
    },
    /// It does not name its author's change before it among its dependencies.
    #[error("change {change} is number {seq} by {actor} and does not name the one before it")]
    NotAfterOwn {
        /// The change.
        change: ChangeHash,
        /// Its author.
        actor: ActorId,
        /// Its number.
        seq: u64,
    },
    /// Its author wrote two changes with one number, which no document can hold: a lost database that was
    /// continued, or a dishonest steward. The statements in `other` can still be admitted by another change.
    #[error("{actor} wrote two changes number {seq}: {known} is here, {other} is another")]
    Equivocation {
        /// The author.
        actor: ActorId,
        /// The number used twice.
        seq: u64,
        /// The change that is here.
        known: ChangeHash,
        /// The one refused.
        other: ChangeHash,
    },
    /// One author too many.
    #[error("change {change} is by one more author than the {limit} a document may have")]
    TooManyActors {
        /// The change.
        change: ChangeHash,
        /// The limit.
        limit: usize,
    },
}

fn first(missing: &[ChangeHash]) -> ChangeHash {
    missing.first().copied().unwrap_or(ChangeHash([0; 32]))
}

/// Why a document did not take changes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// A change was refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A batch that makes no change.
    #[error(transparent)]
    Invalid(#[from] InvalidChange),
    /// The document changed between check and apply.
    #[error("document changed since these changes were checked: check them again")]
    Stale,
    /// Automerge did not put the document together as it is known here.
    #[error("automerge did not merge {document} as expected: {detail}")]
    Automerge {
        /// The document.
        document: Document,
        /// What it said.
        detail: String,
    },
}
