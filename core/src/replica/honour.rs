//! Staff vouch for a promise of a device that was replaced before the office heard of it.

use super::{Outcome, Replica};
use crate::error::Error;
use crate::id::StatementId;
use crate::resolve::SlotKey;
use crate::statement::{Body, Document, Honour, Role};
use crate::time::Timestamp;

/// A confirmation that somebody showed, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Honoured {
    /// Where the booking is filed.
    pub document: Document,
    /// The booking; `None` while its request is not here.
    pub key: Option<SlotKey>,
    /// What came of it.
    pub standing: HonourStanding,
}

/// What a confirmation that somebody shows is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HonourStanding {
    /// It stands: nothing was to be done.
    Stands,
    /// It does not stand, and whoever was promised it comes before all others: it is decided again.
    FirstInLine,
    /// What its device signed before it has not come. Noted: it is vouched for when the rest is here.
    Noted,
    /// The booking has gone another way since, by its holder's wish or the office's.
    Superseded,
    /// Its device had no right to promise that.
    NotOwed,
}

impl Replica {
    pub(super) fn honour(
        &mut self,
        now: Timestamp,
        confirm: StatementId,
    ) -> Result<Outcome, Error> {
        let role = self.require_role()?;
        if !role.states_facts() {
            return Err(Error::CannotVouch { role });
        }
        let document = self
            .document_of_confirm(&confirm)
            .ok_or(Error::NoSuchConfirmation { confirm })?;
        let mut standing = self.worth(document, &confirm);
        match standing {
            Some(HonourStanding::Noted) => {
                self.noted.insert(confirm);
                self.keep_noted();
            }
            None => {
                self.decide_that(now, document, Honour { confirm })?;
                standing = Some(HonourStanding::FirstInLine);
            }
            Some(_) => {}
        }
        let ledger = self.shelf.ledger(document);
        let granted = ledger.and_then(|ledger| ledger.fold.granted_by(&confirm));
        Ok(Outcome::Honoured(Honoured {
            document,
            key: granted.map(|(key, _)| key),
            standing: standing.unwrap_or(HonourStanding::FirstInLine),
        }))
    }

    /// Vouches for what was shown before it could be judged, as far as it can be now.
    pub(super) fn honour_noted(&mut self, now: Timestamp) -> Result<(), Error> {
        let may_vouch = self.require_role().is_ok_and(Role::states_facts);
        for confirm in self.noted.clone() {
            let document = self.document_of_confirm(&confirm);
            let Some(document) = document.filter(|document| self.may_decide(*document)) else {
                continue;
            };
            let standing = self.worth(document, &confirm);
            if standing == Some(HonourStanding::Noted) || !may_vouch {
                continue;
            }
            if standing.is_none() {
                self.decide_that(now, document, Honour { confirm })?;
            }
            self.noted.remove(&confirm);
            self.keep_noted();
        }
        Ok(())
    }

    /// What a confirmation is worth; `None` when it is worth vouching for.
    fn worth(&self, document: Document, confirm: &StatementId) -> Option<HonourStanding> {
        let Some(fold) = self.shelf.ledger(document).map(|ledger| &ledger.fold) else {
            return Some(HonourStanding::Superseded);
        };
        let resolved = fold.resolved();
        if let Some(confirmation) = resolved.confirmations.get(confirm) {
            return Some(if confirmation.state.stands() {
                HonourStanding::Stands
            } else {
                HonourStanding::Superseded
            });
        }
        if !fold.is_ready(confirm) {
            return Some(HonourStanding::Noted);
        }
        let Some(granted) = fold.granted_by(confirm) else {
            return Some(HonourStanding::NotOwed);
        };
        if resolved.victims.contains(&granted) {
            return Some(HonourStanding::FirstInLine);
        }
        if !fold.is_open_promise(confirm) {
            return Some(HonourStanding::Superseded);
        }
        (!fold.would_be_owed(confirm)).then_some(HonourStanding::NotOwed)
    }

    fn document_of_confirm(&self, confirm: &StatementId) -> Option<Document> {
        let statement = self.shelf.statement(confirm)?;
        matches!(statement.body(), Body::Confirm(_)).then_some(statement.header().document)
    }
}
