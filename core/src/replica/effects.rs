use super::{Outcome, Replica};
use crate::id::{Digest, PublicKey, StatementId};
use crate::statement::{ChainPoint, Document};
use crate::store::Batch;
use crate::view::Redrawn;
use std::collections::{BTreeMap, BTreeSet};

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
    /// What a person has to see to: what has just come up, and everything that still stands.
    pub alarms: Vec<Alarm>,
    /// Envelopes of the office's devices that were refused for good: who signed each, and its bytes.
    pub set_aside: Vec<(PublicKey, Vec<u8>)>,
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
    /// Two statements of one device stand at one place: it was cloned, or restored from a backup. Replace it.
    Fork {
        /// The device.
        device: PublicKey,
        /// Where.
        document: Document,
        /// The one.
        first: StatementId,
        /// The other.
        second: StatementId,
    },
    /// Somebody else signs with this device's key: it was cloned, or restored with its vault. It decides nothing until
    /// it has another key.
    Cloned {
        /// This device.
        device: PublicKey,
    },
    /// A confirmation of a replaced device came up that the office had not heard of. Nobody has vouched for it: see
    /// [`Command::Honour`](super::Command::Honour).
    Orphan {
        /// The device.
        device: PublicKey,
        /// Where.
        document: Document,
        /// The confirmation.
        confirm: StatementId,
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

impl Alarm {
    /// Whether it tells of something that happened, and not of how things stand: it does not pass by itself.
    pub const fn is_incident(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }

    /// Who signed what was refused.
    pub const fn signer(&self) -> Option<PublicKey> {
        match self {
            Self::Refused { signer, .. } => *signer,
            _ => None,
        }
    }
}

impl Replica {
    pub(super) fn alarm(&mut self, alarm: Alarm) {
        if !self.effects.alarms.contains(&alarm) {
            self.effects.alarms.push(alarm);
        }
    }

    /// What a person has to see to, as far as the documents tell. Each passes when somebody has seen to it.
    pub fn alarms(&self) -> BTreeSet<Alarm> {
        let mut alarms = BTreeSet::new();
        let Some(authority) = self.authority() else {
            return alarms;
        };
        let is_in_office = |device: &PublicKey| {
            let known = authority.device(device);
            known.is_some_and(|known| known.revoked.is_none())
        };
        for (document, ledger) in &self.shelf.ledgers {
            let (document, fold) = (*document, &ledger.fold);
            let signer = |id: &StatementId| fold.statements().get(id).map(|s| s.signer());
            for (first, second) in fold.resolved().forks.iter().copied() {
                if let Some(device) = signer(&first).filter(is_in_office) {
                    alarms.insert(Alarm::Fork {
                        device,
                        document,
                        first,
                        second,
                    });
                }
            }
            let orphans = fold.beyond_cuts().iter().copied();
            for confirm in orphans.filter(|id| !fold.is_honoured(id) && fold.is_open_promise(id)) {
                if let Some(device) = signer(&confirm) {
                    alarms.insert(Alarm::Orphan {
                        device,
                        document,
                        confirm,
                    });
                }
            }
        }
        let since = self.outdated();
        alarms.extend(since.map(|since| Alarm::Outdated { since }));
        let after = authority.fork().map(|fork| fork.after);
        alarms.extend(after.map(|after| Alarm::AdminFork { after }));
        if self.cloned && is_in_office(&self.key.public()) {
            let device = self.key.public();
            alarms.insert(Alarm::Cloned { device });
        }
        alarms
    }

    /// What a turn asks of the caller.
    pub(super) fn finish(&mut self, outcome: Outcome) -> Effects {
        self.keep_picked_up();
        let standing = self.alarms();
        let mut effects = std::mem::take(&mut self.effects);
        effects.alarms.extend(standing);
        effects.outcome = outcome;
        effects.touched = self.shelf.touched();
        effects
    }
}
