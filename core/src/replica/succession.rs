//! What follows from a Revoke: the successor takes over custody and rights, in each document once it knows where the
//! revoked device's chain was cut, and vouches for promises that surface beyond the cut.

use super::Replica;
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::resolve::Authority;
use crate::statement::{Document, Honour, Role, Take, Verified};
use crate::time::Timestamp;
use std::collections::BTreeSet;

impl Replica {
    /// Takes over what revoked devices left to this one.
    pub(super) fn take_over(&mut self, now: Timestamp) -> Result<(), Error> {
        let authority = self.shelf.require_authority()?.clone();
        let me = self.key.public();
        if !authority
            .device(&me)
            .is_some_and(|device| device.role.issues_tickets())
        {
            return Ok(());
        }
        let devices = authority.devices().iter();
        let left: Vec<(PublicKey, StatementId)> = devices
            .filter_map(|(device, known)| Some((*device, known.revoked.as_ref()?.id)))
            .filter(|(device, _)| authority.succeeds(&me, device))
            .collect();
        let documents: Vec<Document> = self.shelf.ledgers.keys().copied().collect();
        for (device, revoke) in left {
            for document in &documents {
                for take in self.takes(*document, &device, revoke) {
                    self.decide_that(now, *document, take)?;
                }
            }
        }
        Ok(())
    }

    /// The Takes by which this device gets what a revoked one held or was given; none before its last statement that
    /// stands is here.
    fn takes(&self, document: Document, device: &PublicKey, revoke: StatementId) -> Vec<Take> {
        if !self.may_decide(document) {
            return Vec::new();
        }
        let Some(ledger) = self.shelf.ledger(document) else {
            return Vec::new();
        };
        let cut = ledger
            .fold
            .authority()
            .revoked_by(&revoke)
            .and_then(|(_, revocation)| revocation.cuts.get(&document));
        if cut.is_some_and(|head| !ledger.fold.is_ready(&head.id)) {
            return Vec::new();
        }
        let everything = ledger.fold.leaves_something(device).then_some(Take {
            of: revoke,
            via: None,
        });
        let given = ledger.fold.in_flight_to(device).into_iter();
        let given = given.map(|of| Take {
            of,
            via: Some(revoke),
        });
        everything.into_iter().chain(given).collect()
    }

    /// Vouches for confirmations beyond a cut, so that those who were promised something come first in line.
    ///
    /// Only for bookings of whose ticket the office had heard before it replaced the device, or that another device
    /// issued: a stolen key can sign any number of tickets and confirm them. The rest is for a person to look at.
    pub(super) fn honour_orphans(&mut self, now: Timestamp) -> Result<(), Error> {
        let authority = self.shelf.require_authority()?.clone();
        let me = self.key.public();
        let role = authority.device(&me).map(|device| device.role);
        if !role.is_some_and(Role::states_facts) {
            return Ok(());
        }
        let documents: Vec<Document> = self.shelf.ledgers.keys().copied().collect();
        for document in documents {
            if !self.may_decide(document) {
                continue;
            }
            for (confirm, device) in self.unjudged_orphans(document) {
                if !self.speaks_for_the_lost(&authority, &device) {
                    continue;
                }
                self.judged.insert(confirm);
                if self.is_to_be_honoured(document, &device, &confirm) {
                    self.decide_that(now, document, Honour { confirm })?;
                }
            }
        }
        Ok(())
    }

    fn unjudged_orphans(&self, document: Document) -> Vec<(StatementId, PublicKey)> {
        let Some(ledger) = self.shelf.ledger(document) else {
            return Vec::new();
        };
        let signer = |id: &StatementId| ledger.fold.statements().get(id).map(Verified::signer);
        let orphans = ledger.fold.beyond_cuts().iter();
        orphans
            .filter(|id| !ledger.fold.is_honoured(id) && !self.judged.contains(*id))
            .filter_map(|id| Some((*id, signer(id)?)))
            .collect()
    }

    fn is_to_be_honoured(
        &self,
        document: Document,
        device: &PublicKey,
        confirm: &StatementId,
    ) -> bool {
        let Some(ledger) = self.shelf.ledger(document) else {
            return false;
        };
        let Some((key, _)) = ledger.fold.granted_by(confirm) else {
            return false;
        };
        let ticket = ledger.fold.resolved().tickets.get(&key.ticket);
        let issued_elsewhere = ticket.is_some_and(|ticket| ticket.signer != *device);
        (issued_elsewhere || self.was_known_at_takeover(document, device, &key.ticket))
            && ledger.fold.would_be_owed(confirm)
    }

    /// Whether this device vouches for what that one promised: its successor, or the admin when that one cannot.
    fn speaks_for_the_lost(&self, authority: &Authority, device: &PublicKey) -> bool {
        let me = self.key.public();
        let vouches = |key: &PublicKey| {
            let known = authority.device(key);
            known.is_some_and(|known| known.revoked.is_none() && known.role.states_facts())
        };
        let mut heirs = authority.devices().keys();
        authority.succeeds(&me, device)
            || (authority.admin() == me
                && !heirs.any(|heir| vouches(heir) && authority.succeeds(heir, device)))
    }

    /// Whether a ticket stood in the document before this device's first statement in it that knew of the Revoke.
    fn was_known_at_takeover(
        &self,
        document: Document,
        device: &PublicKey,
        ticket: &StatementId,
    ) -> bool {
        let Some((ledger, authority)) = self.shelf.ledger(document).zip(self.authority()) else {
            return false;
        };
        let revocation = authority.device(device).and_then(|d| d.revoked.as_ref());
        let since = revocation.and_then(|revocation| authority.applied().get(&revocation.id));
        let Some(since) = since else { return false };
        let knew = |statement: &Verified| {
            let auth = statement.header().link.and_then(|link| link.auth);
            auth.and_then(|auth| authority.applied().get(&auth))
                .is_some_and(|seq| seq >= since)
        };
        let me = self.key.public();
        let statements = ledger.fold.statements();
        let mut known: BTreeSet<&[u8]> = statements
            .values()
            .filter(|statement| statement.signer() == me && knew(statement))
            .map(Verified::bytes)
            .collect();
        let Some(ticket) = statements.get(ticket) else {
            return false;
        };
        // Written down in this turn at the earliest, or never.
        if known.is_empty() {
            return false;
        }
        known.insert(ticket.bytes());
        let envelopes = ledger.pages.envelopes.iter();
        let mut written = envelopes
            .flat_map(|envelope| envelope.envelope().changes())
            .flat_map(|change| change.statements());
        written.find(|bytes| known.contains(bytes)) == Some(ticket.bytes())
    }
}
