//! Older and newer engines at one office: what this one cannot follow it carries, and leaves alone.

use super::Replica;
use crate::error::Error;
use crate::id::StatementId;
use crate::resolve::RULES;
use crate::statement::Document;
use crate::time::CivilMinute;

impl Replica {
    /// The first statement that this engine is too old to follow; `None` when it follows everything.
    ///
    /// Until the app is updated, what it shows may not be all, and a steward decides nothing that it may not know
    /// enough about.
    pub fn outdated(&self) -> Option<StatementId> {
        let authority = self.authority()?;
        let ahead = || {
            let mut later = authority.activations().range(RULES.saturating_add(1)..);
            later.next().map(|(_, activation)| activation.id)
        };
        let founded = (authority.genesis().rules > RULES).then_some(StatementId(self.office.0));
        let ledgers = || self.shelf.ledgers.values().find_map(|l| l.fold.outdated());
        authority
            .outdated()
            .or(founded)
            .or_else(ledgers)
            .or_else(ahead)
    }

    /// Fails when the admin chain goes on beyond what this engine can follow: what it signed would fork it, or rest on
    /// what may no longer hold.
    pub(super) fn require_current(&self) -> Result<(), Error> {
        let outdated = self.authority().and_then(|authority| authority.outdated());
        outdated.map_or(Ok(()), |since| Err(Error::Outdated { since }))
    }

    /// Whether this device may add to its chain in a document: it follows the admin chain, and that chain, to the end,
    /// and its last statement there stands.
    pub(super) fn may_decide(&self, document: Document) -> bool {
        let me = self.key.public();
        let is_own = |id: &StatementId| {
            let statement = self.shelf.statement(id);
            statement.is_some_and(|statement| statement.signer() == me)
        };
        let stopped =
            |ledger: &super::shelf::Ledger| ledger.fold.resolved().outdated.iter().any(is_own);
        self.require_current().is_ok()
            && !self.shelf.ledger(document).is_some_and(stopped)
            && self.stands_where_put(document)
    }

    /// Fails when the rules of a day before `end` are of a version that this engine does not know.
    pub(super) fn follows_rules_until(&self, end: CivilMinute) -> Result<(), Error> {
        let authority = self.shelf.require_authority()?;
        let outdated = authority.outdated_before(end);
        outdated.map_or(Ok(()), |since| Err(Error::Outdated { since }))
    }
}
