//! Taking in envelopes: vouched for by a certified writer, checked change by change, merged.

use super::authors::Stranger;
use super::pages::Taken;
use super::{Alarm, Replica};
use crate::document::Refusal;
use crate::envelope::{EnvelopeError, SignedEnvelope, VerifiedEnvelope};
use crate::id::{Digest, PublicKey, StatementId};
use crate::statement::{Body, Document, Verified};
use crate::store::Operation;
use std::collections::{BTreeMap, BTreeSet};

/// Statements that have come into documents and are not resolved yet.
pub(super) type Learned = BTreeMap<Document, Vec<Verified>>;

impl Replica {
    /// Takes in one envelope, and those that waited for it. What they say about a month goes to `learned`: it is
    /// resolved once for all that came together.
    pub(super) fn take_envelope(&mut self, bytes: &[u8], learned: &mut Learned) {
        // Anybody can send bytes that say nothing, or say them in another's name.
        let Ok(signed) = SignedEnvelope::decode(bytes) else {
            return;
        };
        let (signer, what) = (signed.signer(), signed.hash());
        match signed.verify() {
            Ok(envelope) => self.admit_envelope(envelope, learned),
            Err(EnvelopeError::Signature { .. }) => {}
            Err(error) => self.refuse(signer, what, bytes, error.to_string()),
        }
    }

    fn admit_envelope(&mut self, envelope: VerifiedEnvelope, learned: &mut Learned) {
        let mut open = vec![envelope];
        while let Some(envelope) = open.pop() {
            open.extend(self.try_envelope(envelope, learned));
        }
    }

    /// Notes that a device of the office signed what no honest device signs, and sets it aside.
    fn refuse(&mut self, signer: PublicKey, what: Digest, bytes: &[u8], why: String) {
        let certified = self.authority().is_some_and(|authority| {
            authority.admin() == signer || authority.device(&signer).is_some()
        });
        // What a stranger sends concerns nobody.
        if certified {
            self.effects.set_aside.push((signer, bytes.to_vec()));
            let signer = Some(signer);
            self.alarm(Alarm::Refused { signer, what, why });
        }
    }

    /// Merges an envelope, or has it wait, or refuses it; answers with those that waited for it.
    fn try_envelope(
        &mut self,
        envelope: VerifiedEnvelope,
        learned: &mut Learned,
    ) -> Vec<VerifiedEnvelope> {
        let content = envelope.envelope();
        let (document, signer) = (content.document(), envelope.signer());
        let refuse = |replica: &mut Self, why: String| {
            replica.refuse(signer, envelope.hash(), envelope.bytes(), why);
            Vec::new()
        };
        if content.office() != self.office {
            return refuse(self, format!("it is of office {}", content.office()));
        }
        let bytes = content
            .changes()
            .iter()
            .flat_map(|change| change.statements());
        let statements = match self.shelf.read(document, bytes) {
            Ok(statements) => statements,
            Err(forged) => return refuse(self, forged.to_string()),
        };
        let known = self.shelf.authority_for(document, &signer, &statements);
        let is_writer = known.is_some_and(|authority| authority.is_writer(&signer));
        if !is_writer && !self.shelf.is_named(&envelope) {
            // Its signer's certificate may still be on the way, or a change that names it.
            self.hold_stranger(envelope, statements);
            return Vec::new();
        }
        match self
            .shelf
            .check_authors(document, content.changes(), &statements)
        {
            Ok(()) => {}
            Err(Stranger::Unknown) => {
                self.hold_stranger(envelope, statements);
                return Vec::new();
            }
            Err(Stranger::TooMany(device)) => {
                return refuse(
                    self,
                    format!("device {device} goes by too many authors' names"),
                );
            }
        }
        let Some(pages) = self.shelf.pages_mut(document) else {
            return Vec::new();
        };
        let said = statements.iter().map(Verified::id);
        let twice = match pages.take(&envelope, said) {
            Ok(Taken::Known) => return Vec::new(),
            Ok(Taken::New(twice)) => twice,
            Ok(Taken::Waits(missing)) => {
                let named = self.shelf.strangers.leading_to(&missing);
                self.shelf.wait_for(missing, envelope);
                return named;
            }
            // Whose fault it is that there are too many, nobody can tell from one more.
            Ok(Taken::Refused(refusal @ Refusal::TooManyActors { .. })) => {
                let (signer, what) = (Some(signer), envelope.hash());
                let why = refusal.to_string();
                self.alarm(Alarm::Refused { signer, what, why });
                return Vec::new();
            }
            Ok(Taken::Refused(refusal)) => return refuse(self, refusal.to_string()),
            Err(error) => {
                self.effects.spoiled = true;
                return refuse(self, error.to_string());
            }
        };
        for refusal in twice {
            let (signer, what) = (Some(signer), envelope.hash());
            let why = refusal.to_string();
            self.alarm(Alarm::Refused { signer, what, why });
        }
        self.shelf.hear(&envelope);
        self.keep_envelope(document, envelope.bytes());
        self.effects.changed = true;
        let mut next = self.shelf.no_longer_waiting(&envelope);
        if document == Document::Authority {
            // Who may vouch for the next envelope depends on it.
            self.learn(document, statements);
            next.extend(self.shelf.no_longer_strangers());
        } else {
            learned.entry(document).or_default().extend(statements);
        }
        next
    }

    fn hold_stranger(&mut self, envelope: VerifiedEnvelope, statements: Vec<Verified>) {
        let says = match envelope.envelope().document() {
            Document::Authority => statements,
            _ => Vec::new(),
        };
        self.shelf.strangers.hold(envelope, says);
    }

    /// Notices statements of this device's own chains that it has not signed: somebody else has its key, or it was
    /// restored together with its vault.
    pub(super) fn notice_clone(&mut self, statements: &[Verified]) {
        let me = self.key.public();
        let foreign = |statement: &Verified| {
            statement.signer() == me
                && statement.header().link.is_some()
                && self.shelf.statement(&statement.id()).is_none()
        };
        if self.standing().decides() && statements.iter().any(foreign) {
            self.cloned = true;
            self.recovering = true;
            self.keep_cloned();
        }
    }

    /// Statements that are in a document now.
    pub(super) fn learn(&mut self, document: Document, statements: Vec<Verified>) {
        self.notice_clone(&statements);
        let recorded: Vec<StatementId> = statements.iter().map(Verified::id).collect();
        for id in recorded {
            if self.loose.remove(&id).is_some() {
                self.forget_loose(id);
            }
        }
        if document == Document::Authority {
            self.shelf.extend_authority(statements);
            self.drop_old_documents();
        } else {
            self.shelf.extend(document, statements.iter().cloned());
            self.recall(document, &statements);
        }
    }

    /// Tickets have been issued: for orders that need not be carried any further.
    pub(super) fn forget_served_orders(&mut self, statements: &[Verified]) {
        let tickets = statements.iter().filter_map(|s| match s.body() {
            Body::Ticket(ticket) => Some(ticket.key),
            _ => None,
        });
        let keys: BTreeSet<PublicKey> = tickets.collect();
        if keys.is_empty() {
            return;
        }
        let is_served = |statement: &&Verified| matches!(statement.body(), Body::Order(order) if keys.contains(&order.key));
        let served = self.loose.values().filter(is_served).map(Verified::id);
        for id in served.collect::<Vec<_>>() {
            self.loose.remove(&id);
            self.forget_loose(id);
        }
    }

    /// Drops documents that the authority says are over, and whatever this device noted of them: the only erasure
    /// there is.
    pub(super) fn drop_old_documents(&mut self) {
        for document in self.shelf.dropped() {
            self.effects
                .batch
                .push(Operation::DropDocument { document });
            self.loose
                .retain(|_, statement| statement.header().document != document);
            if self.wallet.forget(document) {
                self.keep_wallet();
            }
            if self.desk.imports.forget(document) {
                self.keep_imports();
            }
            for (holder, left) in self.desk.forget(document) {
                self.keep_holder(holder, &left);
            }
        }
    }
}
