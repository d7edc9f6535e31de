//! Taking in what came from other devices: envelopes, statements in no document yet, catalogues, clocks.

use super::Replica;
use super::apply::Learned;
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::limits::{
    MAX_EDITS, MAX_LOOSE, MAX_LOOSE_UNKNOWN, MAX_ORGANISERS, MAX_REQUESTS_PER_SLOT, MAX_TICKET_LIFE,
};
use crate::statement::{
    Body, Document, Kind, Order, Post, Signed, Suggest, Support, Ticket, Verified,
};
use crate::sync::Incoming;
use crate::time::Timestamp;
use std::collections::BTreeMap;

impl Replica {
    pub(super) fn take_in(&mut self, now: Timestamp, incoming: Vec<Incoming>) {
        let (mut statements, mut learned) = (Vec::new(), Learned::new());
        let mut answers = Vec::new();
        for one in incoming {
            match one {
                Incoming::Envelope(bytes) => self.take_envelope(&bytes, &mut learned),
                Incoming::Statement(bytes) => statements.extend(Signed::decode(&bytes).ok()),
                Incoming::Blob(bytes) => {
                    if self.shelf.add_blob(&bytes) {
                        self.keep_blob(&bytes);
                    } else {
                        self.take_text(&bytes);
                    }
                }
                Incoming::Answer(bytes) => answers.push(bytes),
                Incoming::Greeting(greeting) => {
                    if let (true, Ok(minute)) = (greeting.peer.steward, self.civil(now)) {
                        self.shelf.greet(PublicKey(greeting.peer.id.0), minute);
                    }
                    if self.clock.hear(now, greeting.clock) {
                        self.keep_clock();
                    }
                }
            }
        }
        for (document, statements) in learned {
            self.learn(document, statements);
        }
        self.take_statements(statements);
        for answer in answers {
            self.take_answer(&answer);
        }
    }

    /// Verifies what is new and keeps it: in its document when this device may write there, else to carry it on.
    fn take_statements(&mut self, statements: Vec<Signed>) {
        let mut by_document: BTreeMap<Document, Vec<Verified>> = BTreeMap::new();
        for signed in statements {
            let id = signed.id();
            if self.loose.contains_key(&id) || self.shelf.has(signed.document(), &id) {
                continue;
            }
            let Ok(statement) = signed.verify() else {
                continue;
            };
            let header = statement.header();
            let document = header.document;
            // It reaches a device again and again from those who have not heard.
            if self.is_served(&statement) {
                continue;
            }
            let ours = header.office == Some(self.office) && document != Document::Authority;
            let said = is_said(&statement) || self.is_decision(&statement);
            if ours && said && !self.is_dropped(document) {
                by_document.entry(document).or_default().push(statement);
            }
        }
        let admits = self.standing().decides();
        for (document, batch) in by_document {
            if !admits {
                self.carry_all(document, batch);
                continue;
            }
            let (decisions, mut said): (Vec<_>, Vec<_>) =
                batch.into_iter().partition(|s| self.is_decision(s));
            // A request can only be judged beside its ticket.
            said.sort_by_key(|statement| {
                (!matches!(statement.body(), Body::Ticket(_)), statement.id())
            });
            for statement in said {
                if is_known(&statement) && self.has_ticket(&statement) {
                    self.admit(document, statement);
                } else {
                    self.carry(statement);
                }
            }
            self.notice_clone(&decisions);
            self.admit_decisions(document, decisions);
        }
    }

    /// Whether it is an order whose ticket has been issued.
    fn is_served(&self, statement: &Verified) -> bool {
        let Body::Order(order) = statement.body() else {
            return false;
        };
        let ledger = self.shelf.ledger(statement.header().document);
        ledger.is_some_and(|ledger| ledger.fold.ticket_of(&order.key).is_some())
    }

    /// Whether what a visitor's statement is about is known; a ticket is about itself.
    fn has_ticket(&self, statement: &Verified) -> bool {
        let ticket = match statement.body() {
            Body::Request(request) => request.ticket,
            Body::Cancel(cancel) => cancel.ticket,
            Body::Arrive(arrive) => arrive.ticket,
            Body::Renew(renew) => renew.ticket,
            Body::Propose(propose) => propose.ticket,
            Body::Appoint(appoint) => appoint.ticket,
            Body::Suggest(suggest) => suggest.ticket,
            Body::Post(post) => post.ticket,
            Body::Support(support) => {
                let ledger = self.shelf.ledger(statement.header().document);
                let named = [support.ticket, support.suggestion];
                return ledger.is_some_and(|l| named.iter().all(|id| l.fold.is_ready(id)));
            }
            Body::Edit(edit) => {
                let ledger = self.shelf.ledger(statement.header().document);
                let mut named = [Some(edit.proposal), edit.appoint].into_iter().flatten();
                return ledger.is_some_and(|ledger| named.all(|id| ledger.fold.is_ready(&id)));
            }
            _ => return true,
        };
        let ledger = self.shelf.ledger(statement.header().document);
        ledger.is_some_and(|ledger| ledger.fold.resolved().tickets.contains_key(&ticket))
    }

    /// Admits what came before its ticket, or before this device was certified.
    pub(super) fn admit_carried(&mut self) {
        let ready: Vec<Verified> = self
            .loose
            .values()
            .filter(|statement| {
                (is_known(statement) && self.has_ticket(statement)) || self.is_decision(statement)
            })
            .cloned()
            .collect();
        let mut decisions: BTreeMap<Document, Vec<Verified>> = BTreeMap::new();
        for statement in ready {
            self.loose.remove(&statement.id());
            self.forget_loose(statement.id());
            let document = statement.header().document;
            if statement.body().kind() == Kind::Visitor {
                self.admit(document, statement);
            } else {
                decisions.entry(document).or_default().push(statement);
            }
        }
        for (document, decisions) in decisions {
            self.admit_decisions(document, decisions);
        }
    }

    fn is_dropped(&self, document: Document) -> bool {
        self.authority()
            .is_some_and(|authority| authority.is_dropped(document))
    }

    /// Keeps a statement to pass it on, while there is room.
    pub(super) fn carry(&mut self, statement: Verified) {
        self.carry_all(statement.header().document, vec![statement]);
    }

    /// Keeps statements of one document to pass them on, while there is room.
    pub(super) fn carry_all(&mut self, document: Document, statements: Vec<Verified>) {
        let mut told = Vec::new();
        for statement in statements {
            if self.loose.len() >= MAX_LOOSE && !self.is_own(&statement) {
                continue;
            }
            // What nobody here can judge must not crowd out the rest.
            let unknown = |statement: &&Verified| statement.body().kind() == Kind::Unknown;
            if unknown(&&statement)
                && self.loose.values().filter(unknown).count() >= MAX_LOOSE_UNKNOWN
            {
                continue;
            }
            self.picked_up.insert(statement.id());
            if !matches!(statement.body(), Body::Order(_)) {
                told.push(statement.clone());
            }
            self.loose.insert(statement.id(), statement);
        }
        if !told.is_empty() {
            self.recall_organising(document, &told);
            self.shelf.extend(document, told.iter().cloned());
            if self.wallet.is_copied() {
                // Another phone of the same person may have said it.
                self.recall(document, &told);
            }
        }
    }

    /// Writes a visitor's statement into its document, when it is good and within the slot's bounds.
    pub(super) fn admit(&mut self, document: Document, statement: Verified) {
        let good = match statement.body() {
            Body::Ticket(_) => self.issued_here(&statement),
            Body::Request(request) => {
                let of_slot =
                    |body: &Body| matches!(body, Body::Request(r) if r.slot == request.slot);
                self.speaks_for(&statement, request.ticket, request.slot, |ticket| {
                    !ticket.is_expired_at(request.claimed)
                }) && self.said(document, request.ticket, of_slot) < MAX_REQUESTS_PER_SLOT
            }
            Body::Cancel(cancel) => {
                // Two phones of one person may withdraw and change a booking without hearing of one another.
                let of_slot = |body: &Body| matches!(body, Body::Cancel(c) if c.slot == cancel.slot && c.version >= cancel.version);
                self.speaks_for(&statement, cancel.ticket, cancel.slot, |_| true)
                    && self.said(document, cancel.ticket, of_slot) == 0
            }
            Body::Arrive(arrive) => {
                let of_slot =
                    |body: &Body| matches!(body, Body::Arrive(a) if a.slot == arrive.slot);
                self.speaks_for(&statement, arrive.ticket, arrive.slot, |_| true)
                    && self.said(document, arrive.ticket, of_slot) == 0
            }
            Body::Renew(renew) => {
                let of_slot = |body: &Body| matches!(body, Body::Renew(r) if r.slot == renew.slot);
                self.speaks_for(&statement, renew.ticket, renew.slot, |_| true)
                    && self.said(document, renew.ticket, of_slot) < MAX_REQUESTS_PER_SLOT
            }
            Body::Edit(edit) => {
                let ledger = self.shelf.ledger(document);
                let (signer, appoint) = (statement.signer(), edit.appoint.as_ref());
                let event = ledger.and_then(|l| l.fold.edits(&signer, &edit.proposal, appoint));
                let of_event =
                    |body: &Body| matches!(body, Body::Edit(e) if e.proposal == edit.proposal);
                event.is_some_and(|key| self.said(document, key.ticket, of_event) < MAX_EDITS)
            }
            Body::Appoint(appoint) => {
                let of_slot =
                    |body: &Body| matches!(body, Body::Appoint(a) if a.slot == appoint.slot);
                self.speaks_for(&statement, appoint.ticket, appoint.slot, |_| true)
                    && self.said(document, appoint.ticket, of_slot) < MAX_ORGANISERS
            }
            Body::Propose(propose) => {
                let of_slot =
                    |body: &Body| matches!(body, Body::Propose(p) if p.slot == propose.slot);
                self.speaks_for(&statement, propose.ticket, propose.slot, |ticket| {
                    !ticket.is_expired_at(propose.claimed)
                }) && self.said(document, propose.ticket, of_slot) < MAX_REQUESTS_PER_SLOT
            }
            Body::Suggest(Suggest { ticket, slot, .. })
            | Body::Support(Support { ticket, slot, .. })
            | Body::Post(Post { ticket, slot, .. }) => {
                let of_slot = |body: &Body| match body {
                    Body::Suggest(said) => said.slot == *slot,
                    Body::Support(said) => said.slot == *slot,
                    Body::Post(said) => said.slot == *slot,
                    _ => false,
                };
                self.speaks_for(&statement, *ticket, *slot, |_| true)
                    && self.said(document, *ticket, of_slot) == 0
            }
            _ => false,
        };
        if good {
            self.record(document, statement);
        } else {
            // It was folded if it came before its ticket.
            self.shelf.leave_out(document, &statement.id());
        }
    }

    fn issued_here(&self, ticket: &Verified) -> bool {
        let issuer = self
            .authority()
            .and_then(|authority| authority.device(&ticket.signer()));
        issuer.is_some_and(|device| device.role.issues_tickets())
    }

    fn speaks_for(
        &self,
        statement: &Verified,
        ticket: StatementId,
        slot: u8,
        also: impl Fn(&Ticket) -> bool,
    ) -> bool {
        let record = self
            .shelf
            .ledger(statement.header().document)
            .and_then(|ledger| ledger.fold.resolved().tickets.get(&ticket));
        record.is_some_and(|record| {
            record.ticket.key == statement.signer()
                && slot < record.ticket.slots
                && also(&record.ticket)
        })
    }

    /// How many statements about a ticket's slot the document has, or will have at the end of this turn. What is only
    /// carried is not among them.
    fn said(
        &self,
        document: Document,
        ticket: StatementId,
        which: impl Fn(&Body) -> bool,
    ) -> usize {
        let Some(ledger) = self.shelf.ledger(document) else {
            return 0;
        };
        let about = ledger.fold.said_of(&ticket);
        let fresh = self
            .fresh
            .get(&document)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let is_written = |statement: &Verified| {
            ledger.pages.recorded.contains(&statement.id()) || fresh.contains(statement)
        };
        about
            .filter(|statement| which(statement.body()) && is_written(statement))
            .count()
    }

    /// Issues the tickets that orders ask for, as far as each holder's share goes. What another device has served is
    /// forgotten; what only the holder's home device may serve is carried there.
    pub(super) fn serve_orders(&mut self, now: Timestamp) -> Result<(), Error> {
        let orders: Vec<(Verified, Order)> = self
            .loose
            .values()
            .filter_map(|statement| match statement.body() {
                Body::Order(order) => Some((statement.clone(), order.clone())),
                _ => None,
            })
            .collect();
        if orders.is_empty() || !self.clock.is_believed(now) {
            return Ok(());
        }
        let minute = self.civil(now)?;
        self.heard_orders(&orders);
        for (statement, order) in orders {
            let (document, holder, id) = (
                statement.header().document,
                statement.signer(),
                statement.id(),
            );
            let ledger = self.shelf.ledger(document);
            let elsewhere = ledger.and_then(|ledger| ledger.fold.ticket_of(&order.key));
            let done = self.desk.has_served(&id) || elsewhere.is_some();
            let stale = minute.minutes_since(order.claimed) > MAX_TICKET_LIFE;
            if !done && !stale && self.suspended(now, &holder)?.is_some() {
                // It waits until the suspension is over, or is asked for anew.
                continue;
            }
            let reserved = order.introduced == Some(true);
            if !done && !stale && reserved && !self.counts_as_introduced(&holder) {
                // It waits until whoever asks has been shown round, or is asked for anew.
                continue;
            }
            if !done && !stale && self.is_near(document, now)? && self.may_decide(document) {
                // What exceeds the share is not issued; the holder asks again when more comes free.
                let left = self.quota_of(now, &holder, document)?.left;
                let slots = order.slots.min(u8::try_from(left).unwrap_or(u8::MAX));
                if slots > 0 {
                    let _ = self.issue(
                        now,
                        holder,
                        id,
                        order.key,
                        document,
                        order.uses.clone(),
                        slots,
                    )?;
                } else if !self.is_home_of(now, &holder)? {
                    continue;
                }
            }
            self.loose.remove(&id);
            self.forget_loose(id);
        }
        Ok(())
    }

    /// Whether a holder's full share is issued here: every other device knows only what it has issued itself.
    pub(super) fn is_home_of(&self, now: Timestamp, holder: &PublicKey) -> Result<bool, Error> {
        Ok(self.stewards(now)?.home_of(holder) == Some(self.key.public()))
    }
}

/// What is said in no chain and concerns no one document's stewards alone: by visitors, or of a later version.
fn is_said(statement: &Verified) -> bool {
    let kind = statement.body().kind();
    kind == Kind::Visitor || (kind == Kind::Unknown && statement.header().link.is_none())
}

/// Whether a steward of today can tell if it belongs in its document.
fn is_known(statement: &Verified) -> bool {
    statement.body().kind() == Kind::Visitor
        && !matches!(statement.body(), Body::Order(_))
        && statement.header().document.family().is_some()
}
