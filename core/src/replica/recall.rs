//! What a visitor's phone takes back from the documents: tickets for its keys, and bookings that it has forgotten.

use super::Replica;
use super::wallet::Learnt;
use crate::id::StatementId;
use crate::resolve::SlotKey;
use crate::statement::{Body, Document, Verified};
use std::collections::BTreeSet;

impl Replica {
    /// Notes what new statements of a document say of this device's own bookings.
    pub(super) fn recall(&mut self, document: Document, statements: &[Verified]) {
        self.forget_served_orders(statements);
        let mut forgotten = self.recall_tickets(document, statements);
        self.recall_bookings(document, statements);
        self.recall_sayings(document, statements);
        self.recall_organising(document, statements);
        // Whoever forgot one key has forgotten more, and a later one may have come first.
        while std::mem::take(&mut forgotten) {
            let documents: Vec<Document> = self.shelf.ledgers.keys().copied().collect();
            for document in documents {
                let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
                let all: Vec<Verified> = fold
                    .into_iter()
                    .flat_map(|fold| fold.statements().values())
                    .filter(|statement| statement.header().link.is_none())
                    .cloned()
                    .collect();
                forgotten |= self.recall_tickets(document, &all);
                self.recall_bookings(document, &all);
                self.recall_sayings(document, &all);
            }
        }
    }

    /// Whether one of the tickets is for a key that the wallet had forgotten.
    fn recall_tickets(&mut self, document: Document, statements: &[Verified]) -> bool {
        let mut learnt = BTreeSet::new();
        for statement in statements {
            if let Body::Ticket(ticket) = statement.body() {
                let told = self
                    .wallet
                    .learn(statement.id(), document, ticket, &self.key);
                if told != Learnt::Nothing {
                    self.wallet.hear_ticket(ticket.stamp);
                }
                learnt.insert(told);
            }
        }
        if learnt.contains(&Learnt::Ticket) || learnt.contains(&Learnt::Forgotten) {
            self.keep_wallet();
        }
        learnt.contains(&Learnt::Forgotten)
    }

    fn recall_bookings(&mut self, document: Document, statements: &[Verified]) {
        // Those that were forgotten are numbered as they were made.
        let mut ours = BTreeSet::new();
        for statement in statements {
            let (ticket, slot) = match statement.body() {
                Body::Request(request) => (request.ticket, request.slot),
                Body::Cancel(cancel) => (cancel.ticket, cancel.slot),
                Body::Carry(carry) => (carry.ticket, carry.slot),
                _ => continue,
            };
            let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
            let owner = match statement.body() {
                // The office speaks for whoever has the ticket.
                Body::Carry(_) => {
                    let record = fold.and_then(|fold| fold.resolved().tickets.get(&ticket));
                    record.map(|record| record.ticket.key)
                }
                _ => Some(statement.signer()),
            };
            let number = owner.and_then(|owner| self.wallet.number_of(&owner, &self.key));
            let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
            let key = SlotKey { ticket, slot };
            let state = fold.and_then(|fold| fold.resolved().slots.get(&key));
            let first = state.and_then(|slot| slot.versions.values().next());
            if let Some((number, first)) = number.zip(first) {
                ours.insert((first.request.claimed, number, key));
            }
        }
        let mut changed = false;
        for (_, number, key) in ours {
            let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
            let state = fold.and_then(|fold| fold.resolved().slots.get(&key));
            if let Some((state, current)) = state.and_then(|slot| Some((slot, slot.current()?))) {
                let cancelled = state.is_cancelled(current.request.version);
                let request = &current.request;
                let continues = self.continues(document, &current.id);
                changed |= self
                    .wallet
                    .recall(document, number, key, request, cancelled, continues);
            }
        }
        if changed {
            self.keep_wallet();
        }
    }

    /// The booking, of the year before, that something goes on from.
    fn continues(&self, document: Document, id: &StatementId) -> Option<(Document, SlotKey)> {
        let resolved = self.shelf.ledger(document)?.fold.resolved();
        let from = resolved.carried.get(id)?.from;
        let before = self
            .shelf
            .ledger(from.document)
            .filter(|_| from.document != document)?;
        let confirmation = before.fold.resolved().confirmations.get(&from.confirm)?;
        Some((from.document, confirmation.key))
    }
}
