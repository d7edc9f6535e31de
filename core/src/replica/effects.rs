use super::{Outcome, Replica};
use crate::id::{Digest, PublicKey, StatementId};
use crate::statement::{ChainPoint, Document};
use crate::store::Batch;
use crate::view::Redrawn;
use std::collections::BTreeMap;

/// What a turn asks of the caller, in this order: make `batch` durable, then `heads`, then speak.
#[derive(Debug, Default)]
pub struct Effects {
    /// To be stored in one transaction. Until it is durable nothing was promised.
    pub batch: Batch,
    /// The own chains that grew, to be kept outside the database and its backups before anything leaves.
    pub heads: BTreeMap<Document, ChainPoint>,
    /// Whether other devices may want to hear of it.
    pub changed: bool,
    /// Whether this value may no longer agree with the store: restore it.
    pub spoiled: bool,
    /// What a person has to see to.
    pub alarms: Vec<Alarm>,
    /// Documents whose picture may be another now, and which of their periods look different.
    pub touched: BTreeMap<Document, Redrawn>,
    /// What came of the event.
    pub outcome: Outcome,
}

/// Something wrong that somebody at the office has to know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// A certified device sent something that no honest device sends.
    Refused {
        /// Who vouched for it; `None` when that could not be read.
        signer: Option<PublicKey>,
        /// SHA-256 of what was sent.
        what: Digest,
        /// Why it was refused.
        why: String,
    },
    /// Two statements of one device stand at one place: it was cloned, or restored from a backup.
    Fork {
        /// Where.
        document: Document,
        /// The one.
        first: StatementId,
        /// The other.
        second: StatementId,
    },
    /// The admin chain forked: nothing after this statement applies until the recovery key decides.
    AdminFork {
        /// The last statement that stands.
        after: StatementId,
    },
    /// A statement that this engine is too old to follow: the app wants to be updated.
    Outdated {
        /// The first such statement.
        since: StatementId,
    },
}

impl Replica {
    pub(super) fn alarm(&mut self, alarm: Alarm) {
        if !self.effects.alarms.contains(&alarm) {
            self.effects.alarms.push(alarm);
        }
    }
}
