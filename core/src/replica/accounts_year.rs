//! Accounts at the turn of the year, which each device carries over for itself.

use super::Replica;
use crate::error::Error;
use crate::id::StatementId;
use crate::money::Ore;
use crate::resolve::Fold;
use crate::statement::{Document, OpenAccount};
use crate::time::{OfficeDay, Timestamp};

/// What of an account goes on.
struct Due {
    account: StatementId,
    from: Document,
    open: Option<OpenAccount>,
    amount: Ore,
}

impl Replica {
    /// Goes on this year with the accounts of years past: with what this device may spend, and with being their custodian.
    pub(super) fn carry_accounts(&mut self, now: Timestamp) -> Result<(), Error> {
        let minute = self.civil(now)?;
        let year = OfficeDay::of(minute, self.shelf.day_start()).year();
        let into = Document::Till(year);
        if !self.clock.is_believed(now) || !self.may_decide(into) {
            return Ok(());
        }
        let past = self.tills().map(Fold::document);
        let past: Vec<Document> = past
            .filter(|document| matches!(document, Document::Till(past) if *past < year))
            .filter(|document| self.may_decide(*document))
            .collect();
        for from in past {
            for due in self.accounts_due(from, into) {
                if let Some(open) = due.open {
                    let open = OpenAccount { minute, ..open };
                    self.decide_that(now, into, open)?;
                }
                if due.amount > Ore::ZERO {
                    self.carry_account(now, due.account, due.amount, due.from, into)?;
                }
            }
        }
        Ok(())
    }

    fn accounts_due(&self, from: Document, into: Document) -> Vec<Due> {
        let me = self.key.public();
        let fold = |document| self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let Some(past) = fold(from) else {
            return Vec::new();
        };
        let accounts = past.resolved().books.accounts.iter();
        let due = accounts.filter_map(|(account, known)| {
            let share = known.share(&me);
            let limit = past.account_custodians(account).get(&me).copied();
            let goes_on = fold(into).is_some_and(|fold| {
                let custodians = fold.account_custodians(account);
                custodians.contains_key(&me)
            });
            let opening = known.opening(account)?;
            let open = limit.filter(|_| !goes_on && known.closed.is_empty());
            let open = open.map(|limit| OpenAccount {
                holder: opening.holder,
                limit,
                minute: opening.minute,
                account: Some(*account),
            });
            // More than one entry can say goes on in several.
            let amount = share.min(Ore::MAX.into()).ore().unwrap_or_default();
            let is_over = !known.closed.is_empty();
            let amount = if is_over { Ore::ZERO } else { amount };
            (open.is_some() || amount > Ore::ZERO).then_some(Due {
                account: *account,
                from,
                open,
                amount,
            })
        });
        due.collect()
    }
}
