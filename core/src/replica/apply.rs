//! Taking in envelopes: vouched for by a certified writer, checked change by change, applied.

use super::{Alarm, Replica};
use crate::document::Refusal;
use crate::envelope::{SignedEnvelope, VerifiedEnvelope};
use crate::id::{Digest, StatementId};
use crate::statement::{Body, Document, Verified};
use crate::store::Operation;
use sha2::Digest as _;
use std::collections::{BTreeMap, BTreeSet};

/// Statements that have come into documents and are not resolved yet.
pub(super) type Learned = BTreeMap<Document, Vec<Verified>>;

impl Replica {
    /// Takes in one envelope, and those that waited for it. What they say about a month goes to `learned`: it is
    /// resolved once for all that came together.
    pub(super) fn take_envelope(&mut self, bytes: &[u8], learned: &mut Learned) {
        let verified = SignedEnvelope::decode(bytes).and_then(SignedEnvelope::verify);
        match verified {
            Ok(envelope) => self.admit_envelope(envelope, learned),
            Err(error) => {
                let why = error.to_string();
                let what = Digest(sha2::Sha256::digest(bytes).into());
                self.alarm(Alarm::Refused {
                    signer: None,
                    what,
                    why,
                });
            }
        }
    }

    fn admit_envelope(&mut self, envelope: VerifiedEnvelope, learned: &mut Learned) {
        let mut open = vec![envelope];
        while let Some(envelope) = open.pop() {
            open.extend(self.try_envelope(envelope, learned));
        }
    }

    /// Applies an envelope, or has it wait, or refuses it; answers with those that waited for it.
    fn try_envelope(
        &mut self,
        envelope: VerifiedEnvelope,
        learned: &mut Learned,
    ) -> Vec<VerifiedEnvelope> {
        let content = envelope.envelope();
        let document = content.document();
        let refuse = |why: String| Alarm::Refused {
            signer: Some(envelope.signer()),
            what: envelope.hash(),
            why,
        };
        if content.office() != self.office {
            self.alarm(refuse(format!("it is of office {}", content.office())));
            return Vec::new();
        }
        let bytes = content
            .changes()
            .iter()
            .flat_map(|change| change.statements());
        let statements = self.shelf.read(document, bytes);
        let vouched = if document == Document::Authority {
            self.shelf
                .authority_with(&statements)
                .map(|authority| authority.is_writer(&envelope.signer()))
        } else {
            self.shelf
                .authority()
                .map(|authority| authority.is_writer(&envelope.signer()))
        };
        if vouched != Some(true) {
            // Its signer's certificate may still be on the way.
            self.shelf.wait_for_signer(envelope);
            return Vec::new();
        }
        let Some(pages) = self.shelf.pages_mut(document) else {
            return Vec::new();
        };
        match pages.merged.check(content.changes()) {
            Ok(checked) if checked.changes().is_empty() => return Vec::new(),
            Ok(checked) => {
                if let Err(error) = pages.merged.apply(checked) {
                    self.alarm(refuse(error.to_string()));
                    self.effects.spoiled = true;
                    return Vec::new();
                }
            }
            Err(Refusal::MissingDeps { missing, .. }) => {
                self.shelf.wait_for(missing, envelope);
                return Vec::new();
            }
            Err(refusal) => {
                self.alarm(refuse(refusal.to_string()));
                return Vec::new();
            }
        }
        pages.recorded.extend(statements.iter().map(Verified::id));
        pages.envelopes.push(envelope.clone());
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

    /// Statements that are in a document now.
    pub(super) fn learn(&mut self, document: Document, statements: Vec<Verified>) {
        let recorded: Vec<StatementId> = statements.iter().map(Verified::id).collect();
        for id in recorded {
            if self.loose.remove(&id).is_some() {
                self.forget_loose(id);
            }
        }
        self.note_tickets(&statements);
        if document == Document::Authority {
            self.shelf.extend_authority(statements);
            self.drop_old_documents();
        } else {
            self.shelf.extend(document, statements);
        }
        self.watch(document);
    }

    /// Tickets have been issued: for keys of this device, and for orders that need not be carried any further.
    pub(super) fn note_tickets(&mut self, statements: &[Verified]) {
        let mut keys = BTreeSet::new();
        for statement in statements {
            if let Body::Ticket(ticket) = statement.body() {
                keys.insert(ticket.key);
                if self.wallet.learn(statement.id(), ticket, &self.key) {
                    self.keep_wallet();
                }
            }
        }
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

    /// Raises what somebody has to know.
    pub(super) fn watch(&mut self, document: Document) {
        let forks: Vec<_> = self
            .shelf
            .ledger(document)
            .into_iter()
            .flat_map(|ledger| ledger.fold.resolved().forks.iter().copied())
            .collect();
        for (first, second) in forks {
            self.alarm(Alarm::Fork {
                document,
                first,
                second,
            });
        }
        self.watch_versions();
        let fork = self
            .authority()
            .and_then(|authority| authority.fork())
            .map(|fork| fork.after);
        if let Some(after) = fork {
            self.alarm(Alarm::AdminFork { after });
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
            for (holder, left) in self.desk.forget(document) {
                self.keep_holder(holder, &left);
            }
        }
    }
}
