//! What the keeper of a deposit does by itself: settle what was paid out, by whichever till.

use super::Replica;
use crate::error::Error;
use crate::money::Ore;
use crate::statement::{Cause, Document, Settle};
use crate::time::Timestamp;

impl Replica {
    /// Settles what was paid out of deposits that this device keeps, by whichever till.
    pub(super) fn settle_pay_outs(&mut self, now: Timestamp) -> Result<(), Error> {
        let tills = self.shelf.ledgers.keys().copied();
        let tills: Vec<Document> = tills.filter(|document| document.is_internal()).collect();
        for document in tills {
            for settle in self.settlements_due(document) {
                self.decide_that(now, document, settle)?;
            }
        }
        Ok(())
    }

    fn settlements_due(&self, document: Document) -> Vec<Settle> {
        let ledger = self.shelf.ledger(document);
        let Some(ledger) = ledger.filter(|_| self.may_decide(document)) else {
            return Vec::new();
        };
        let (fold, me) = (&ledger.fold, self.key.public());
        let books = &fold.resolved().books;
        let mut due = Vec::new();
        for (deposit, pay_outs) in books.open_pay_outs() {
            if fold.keeper_of_deposit(&deposit) != Some(me) {
                continue;
            }
            let mut held = books.held(&deposit);
            for id in pay_outs {
                let open = books.pay_outs.get(&id).map(|paid| paid.open());
                let returned = open.unwrap_or_default().min(held);
                if returned == Ore::ZERO {
                    continue;
                }
                held = held.less(returned).unwrap_or_default();
                due.push(Settle {
                    deposit,
                    returned,
                    forfeited: Ore::ZERO,
                    cause: Cause::Ended,
                    paid_out: Some(id),
                });
            }
        }
        due
    }
}
