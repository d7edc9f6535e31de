//! Signing what this device says, and writing it down at the end of a turn.

use super::Replica;
use crate::document::ActorId;
use crate::envelope::Envelope;
use crate::error::Error;
use crate::id::StatementId;
use crate::statement::{Body, ChainPoint, Document, Header, Keypair, Link, Statement, Verified};
use crate::time::{OfficeDay, Timestamp};

impl Replica {
    /// Signs the next statement of this device's own chain in a document, and folds it.
    pub(super) fn decide_that(
        &mut self,
        now: Timestamp,
        document: Document,
        body: impl Into<Body>,
    ) -> Result<StatementId, Error> {
        let body = body.into();
        let authority = self.shelf.require_authority()?.clone();
        let me = self.key.public();
        if !self.stands_where_put(document) {
            return Err(Error::Stalled { document });
        }
        let link = match document {
            Document::Authority => {
                if let Some(fork) = authority.fork() {
                    return Err(Error::AdminForked { after: fork.after });
                }
                if let Some(since) = authority.outdated() {
                    return Err(Error::Outdated { since });
                }
                let head = authority.head();
                Link {
                    seq: head.seq.saturating_add(1),
                    prev: Some(head.id),
                    auth: None,
                }
            }
            _ => {
                let ledger = self
                    .shelf
                    .ledger_mut(document)
                    .ok_or(Error::NoSuchDocument { document })?;
                let device = authority.device(&me).ok_or(Error::NotASteward)?;
                let last = ledger.fold.resolved().chains.get(&me);
                let (seq, prev) =
                    last.map_or((0, device.certificate), |p| (p.seq.saturating_add(1), p.id));
                Link {
                    seq,
                    prev: Some(prev),
                    auth: Some(authority.head().id),
                }
            }
        };
        let header = Header::linked(self.office, document, link);
        let statement = self.key.sign(Statement { header, body })?;
        let (id, seq) = (statement.id(), link.seq);
        self.clock.signed(now);
        self.signed.insert(document, ChainPoint { seq, id });
        self.record(document, statement);
        Ok(id)
    }

    /// Whether this device can add to its chain in a document without using a number twice: its last statement there
    /// stands where it put it. Not so while the admin chain is forked below it, and not so for a clone.
    pub(super) fn stands_where_put(&self, document: Document) -> bool {
        // In the admin chain places are told by what comes before, and no number is ever used up.
        let signed = self.signed.get(&document);
        let (Some(signed), Some(ledger)) = (signed, self.shelf.ledger(document)) else {
            return true;
        };
        if ledger.fold.resolved().chains.get(&self.key.public()) == Some(signed) {
            return true;
        }
        // It was built on a branch of the admin chain that fell: the chain goes on from what stands.
        let is_authority = |id: &StatementId| self.shelf.authority_statement(id).is_some();
        ledger.fold.authority().fork().is_none() && ledger.fold.has_fallen(&signed.id, is_authority)
    }

    /// Signs something that stands in no chain.
    pub(super) fn say(
        &self,
        key: &Keypair,
        document: Document,
        body: impl Into<Body>,
    ) -> Result<Verified, Error> {
        let header = Header::standalone(self.office, document);
        Ok(key.sign(Statement {
            header,
            body: body.into(),
        })?)
    }

    /// Folds a statement now, and has it written into its document at the end of this turn.
    pub(super) fn record(&mut self, document: Document, statement: Verified) {
        self.record_all(document, vec![statement]);
    }

    /// The same for several at once: what a revoked device signed makes the fold start over.
    pub(super) fn record_all(&mut self, document: Document, statements: Vec<Verified>) {
        for statement in &statements {
            self.loose.remove(&statement.id());
        }
        match document {
            Document::Authority => self.shelf.extend_authority(statements.iter().cloned()),
            _ => self.shelf.extend(document, statements.iter().cloned()),
        }
        self.recall(document, &statements);
        for statement in statements {
            let recorded = self
                .shelf
                .pages(document)
                .is_some_and(|pages| pages.recorded.contains(&statement.id()));
            let fresh = self.fresh.entry(document).or_default();
            if !recorded && !fresh.contains(&statement) {
                fresh.push(statement);
            }
        }
    }

    /// Has this device write down itself what stands only in changes that cannot be merged here.
    pub(super) fn say_again(&mut self) {
        let documents = self.shelf.ledgers.keys().copied();
        for document in std::iter::once(Document::Authority).chain(documents) {
            let ids = self
                .shelf
                .pages(document)
                .map(|pages| pages.only_beside())
                .filter(|ids| !ids.is_empty());
            let found: Vec<Verified> = ids
                .into_iter()
                .flatten()
                .filter_map(|id| self.shelf.statement(id).cloned())
                .collect();
            if !found.is_empty() {
                let fresh = self.fresh.entry(document).or_default();
                fresh.extend(found);
            }
        }
    }

    /// One change and one envelope a document for everything recorded in this turn.
    pub(super) fn write_down(&mut self, now: Timestamp) -> Result<(), Error> {
        let me = self.key.public();
        for (document, batch) in std::mem::take(&mut self.fresh) {
            if batch.is_empty() {
                continue;
            }
            let minute = self.shelf.zone()?.civil(now);
            let day = OfficeDay::of(minute, self.shelf.day_start());
            let actor = ActorId::derive(day, me, document, self.incarnation);
            let office = self.office;
            let Some(pages) = self.shelf.pages_mut(document) else {
                continue;
            };
            let mut signed = Vec::new();
            for batch in batch.chunks(crate::limits::MAX_CHANGE_STATEMENTS) {
                let change = pages.merged.append(actor, minute, batch)?;
                signed.push(Envelope::new(office, document, vec![change])?.sign(&self.key)?);
                pages.wrote(batch);
            }
            pages.envelopes.extend(signed.iter().cloned());
            for envelope in &signed {
                self.shelf.hear(envelope);
                self.keep_envelope(document, envelope.bytes());
            }
            for statement in &batch {
                self.forget_loose(statement.id());
            }
            let own = batch.iter().filter(|statement| statement.signer() == me);
            let points = own.filter_map(|statement| {
                let (seq, id) = (statement.header().link?.seq, statement.id());
                Some(ChainPoint { seq, id })
            });
            // What came back from elsewhere is older than what this device knows that it signed.
            let signed = self.signed.get(&document);
            let newer = |point: &ChainPoint| signed.is_none_or(|signed| point.seq >= signed.seq);
            if let Some(head) = points.filter(newer).max_by_key(|point| point.seq) {
                self.effects.heads.insert(document, head);
            }
            self.effects.changed = true;
        }
        if self.effects.changed {
            self.keep_clock();
        }
        Ok(())
    }
}
