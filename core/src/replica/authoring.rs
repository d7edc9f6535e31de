//! Signing what this device says, and writing it down at the end of a turn.

use super::Replica;
use crate::document::ActorId;
use crate::envelope::Envelope;
use crate::error::Error;
use crate::id::StatementId;
use crate::statement::{Body, Document, Header, Keypair, Kind, Link, Statement, Verified};
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
        let link = match document {
            Document::Authority => {
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
        let id = statement.id();
        self.clock.signed(now);
        self.record(document, statement);
        Ok(id)
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
        self.loose.remove(&statement.id());
        match document {
            Document::Authority => self.shelf.extend_authority([statement.clone()]),
            _ => self.shelf.extend(document, [statement.clone()]),
        }
        let recorded = self
            .shelf
            .pages(document)
            .is_some_and(|pages| pages.recorded.contains(&statement.id()));
        self.note_tickets(std::slice::from_ref(&statement));
        let fresh = self.fresh.entry(document).or_default();
        if !recorded && !fresh.contains(&statement) {
            fresh.push(statement);
        }
    }

    /// One change and one envelope a document for everything recorded in this turn.
    pub(super) fn write_down(&mut self, now: Timestamp) -> Result<(), Error> {
        let me = self.key.public();
        for (document, batch) in std::mem::take(&mut self.fresh) {
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
                pages.recorded.extend(batch.iter().map(Verified::id));
            }
            pages.envelopes.extend(signed.iter().cloned());
            for envelope in &signed {
                self.shelf.hear(envelope);
                self.keep_envelope(document, envelope.bytes());
            }
            for statement in &batch {
                self.forget_loose(statement.id());
            }
            let in_chain = batch
                .iter()
                .any(|s| s.signer() == me && s.body().kind() != Kind::Visitor);
            let own = self.own_chains().get(&document).copied();
            if let Some(head) = own.filter(|_| in_chain) {
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
