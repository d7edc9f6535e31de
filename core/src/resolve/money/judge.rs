//! One statement of a till document, judged against the books so far.

use super::super::fold::Fold;
use super::{
    AccountEntry, AccountPosting, Books, Charged, Corrected, Counted, Held, PayOut, Payment,
    Settlement, Till,
};
use crate::id::{PublicKey, StatementId};
use crate::money::{Ore, Sum};
use crate::statement::{Body, Entry, Means, Part, Posting, Role, Settle, Verified};
use std::collections::BTreeMap;

/// Every statement that a money statement builds on.
pub(in super::super) fn named(body: &Body) -> Vec<StatementId> {
    match body {
        Body::Pay(pay) => pay.parts.iter().map(|part| part.of).collect(),
        Body::Settle(settle) => [Some(settle.deposit), settle.paid_out]
            .into_iter()
            .flatten()
            .collect(),
        Body::PaidOut(paid_out) => vec![paid_out.deposit],
        Body::Spend(spend) => spend.parts.iter().map(|part| part.of).collect(),
        // The account may have been opened in another year, and cannot be looked up.
        Body::Refund(refund) => refund.of.into_iter().collect(),
        Body::Entry(entry) => match &entry.posting {
            Posting::Correction { of, returned, .. } => {
                let payments = returned.iter().map(|part| part.of);
                std::iter::once(*of).chain(payments).collect()
            }
            Posting::Count { .. } | Posting::Float { .. } | Posting::Closed { .. } => Vec::new(),
        },
        _ => Vec::new(),
    }
}

impl Fold {
    /// `cut`: it does not count, because its author was revoked before it.
    pub(in super::super) fn judge_money(&mut self, statement: &Verified, cut: bool) {
        let (id, device) = (statement.id(), statement.signer());
        let role = self.authority.device(&device).map(|d| d.role);
        if cut {
            self.progress.resolved.books.strays.insert(id);
            return;
        }
        // A machine in a cupboard takes no money. It can be the successor of a device that did, and settle.
        let states_facts = role.is_some_and(Role::states_facts);
        let is_steward = role.is_some_and(Role::issues_tickets);
        match statement.body() {
            Body::Settle(settle) if is_steward => self.settle(id, device, settle),
            body if states_facts => {
                self.note(id, device, body);
                self.judge_account(id, device, body, true);
            }
            body if is_steward => self.judge_account(id, device, body, false),
            _ => {}
        }
    }

    /// Who may settle or correct what a device wrote: it, or who took over from it.
    fn is_kept_by(&self, author: PublicKey, device: PublicKey) -> bool {
        self.stand_in(author) == device
    }

    fn settle(&mut self, id: StatementId, device: PublicKey, settle: &Settle) {
        let books = &self.progress.resolved.books;
        let deposit = books.deposits.get(&settle.deposit);
        let paid_out = settle.paid_out.and_then(|paid| books.pay_outs.get(&paid));
        let is_covered = match paid_out {
            None => settle.returned == Ore::ZERO,
            Some(paid) => paid.paid_out.deposit == settle.deposit && settle.returned <= paid.open(),
        };
        let settled = Sum::from(settle.returned).with(settle.forfeited);
        let is_held = deposit.is_some_and(|held| settled <= held.held().into());
        let is_keeper = deposit.is_some_and(|held| self.is_kept_by(held.device, device));
        let books = &mut self.progress.resolved.books;
        let deposit = books.deposits.get_mut(&settle.deposit);
        let Some(held) = deposit.filter(|_| is_keeper && is_covered && is_held) else {
            books.void.insert(id);
            return;
        };
        held.returned = together(held.returned, settle.returned);
        held.forfeited = together(held.forfeited, settle.forfeited);
        if let Some(paid) = settle
            .paid_out
            .and_then(|paid| books.pay_outs.get_mut(&paid))
        {
            paid.settled = together(paid.settled, settle.returned);
        }
        let settlement = Settlement {
            deposit: settle.deposit,
            returned: settle.returned,
            forfeited: settle.forfeited,
            cause: settle.cause,
        };
        books.settlements.insert(id, settlement);
    }

    /// What is so because somebody saw it happen; and corrections.
    fn note(&mut self, id: StatementId, device: PublicKey, body: &Body) {
        let books = &mut self.progress.resolved.books;
        match body {
            Body::Charge(charge) => {
                let amount = charge.amount;
                let charge = charge.clone();
                books.charges.insert(
                    id,
                    Charged {
                        charge,
                        device,
                        amount,
                    },
                );
            }
            Body::Pay(pay) => {
                let total: Sum = pay.parts.iter().map(|part| part.amount).sum();
                for part in &pay.parts {
                    let paid = books.paid.entry(part.of).or_default();
                    *paid = paid.with(part.amount);
                }
                let payment = Payment {
                    device,
                    receipt: books.till(device).receipt(pay.means, total),
                    parts: pay
                        .parts
                        .iter()
                        .map(|part| (part.of, part.amount))
                        .collect(),
                    returned: BTreeMap::new(),
                    means: pay.means,
                    account: None,
                    minute: pay.minute,
                };
                books.payments.insert(id, payment);
            }
            Body::Deposit(deposit) => {
                let held = Held {
                    device,
                    receipt: books
                        .till(device)
                        .receipt(deposit.means, deposit.amount.into()),
                    deposit: deposit.clone(),
                    returned: Ore::ZERO,
                    forfeited: Ore::ZERO,
                };
                books.deposits.insert(id, held);
            }
            Body::PaidOut(paid_out) => {
                let out = Sum::default().without(paid_out.amount);
                let pay_out = PayOut {
                    device,
                    receipt: books.till(device).receipt(paid_out.means, out),
                    paid_out: paid_out.clone(),
                    settled: Ore::ZERO,
                };
                books.pay_outs.insert(id, pay_out);
            }
            Body::Entry(entry) => self.enter(id, device, entry),
            _ => {}
        }
    }

    fn enter(&mut self, id: StatementId, device: PublicKey, entry: &Entry) {
        match &entry.posting {
            Posting::Correction {
                of,
                change,
                returned,
            } => {
                self.correct(id, device, entry, (*of, *change, returned));
            }
            Posting::Count { counted, expected } => {
                let count = Counted {
                    entry: id,
                    minute: entry.minute,
                    counted: *counted,
                    expected: *expected,
                };
                let till = self.progress.resolved.books.till(device);
                till.cash = till.cash.and(count.difference());
                till.counts.push(count);
            }
            Posting::Float { change } => {
                let till = self.progress.resolved.books.till(device);
                till.cash = till.cash.with(*change);
                till.floats.insert(id, *change);
            }
            Posting::Closed { account } => self.close_account(id, device, *account),
        }
    }

    fn correct(
        &mut self,
        id: StatementId,
        device: PublicKey,
        entry: &Entry,
        (of, change, returned): (StatementId, Ore, &[Part]),
    ) {
        let books = &self.progress.resolved.books;
        let is_kept = |part: &Part| {
            let payment = books.payments.get(&part.of);
            payment.is_some_and(|payment| part.amount <= payment.kept_for(&of))
        };
        let charged = books.charges.get(&of);
        let mine = charged.filter(|charged| self.is_kept_by(charged.device, device));
        let after =
            mine.and_then(|charged| Some((charged.amount, charged.amount.plus(change).ok()?)));
        let good = after.filter(|(_, after)| *after >= Ore::ZERO && returned.iter().all(is_kept));
        let books = &mut self.progress.resolved.books;
        let Some((before, after)) = good else {
            books.void.insert(id);
            return;
        };
        if let Some(charged) = books.charges.get_mut(&of) {
            charged.amount = after;
        }
        let mut cash = Sum::default();
        let mut to_accounts = Vec::new();
        for part in returned {
            let paid = books.paid.entry(of).or_default();
            *paid = paid.without(part.amount);
            if let Some(payment) = books.payments.get_mut(&part.of) {
                let given_back = payment.returned.entry(of).or_default();
                *given_back = together(*given_back, part.amount);
                if payment.means == Means::Cash {
                    cash = cash.without(part.amount);
                }
                to_accounts.extend(payment.account.map(|account| (account, part.amount)));
            }
        }
        let receipt = books.till(device).receipt(Means::Cash, cash);
        for (account, amount) in to_accounts {
            let entry = AccountEntry {
                posting: AccountPosting::GivenBack,
                change: amount.into(),
                device,
                receipt,
                means: Means::Account,
                minute: entry.minute,
            };
            books.give_back(id, entry, account);
        }
        let corrected = Corrected {
            device,
            receipt,
            charge: of,
            before,
            after,
            returned: returned.to_vec(),
            minute: entry.minute,
            cause: entry.cause,
        };
        books.corrections.insert(id, corrected);
    }
}

impl Books {
    pub(super) fn till(&mut self, device: PublicKey) -> &mut Till {
        self.tills.entry(device).or_default()
    }
}

impl Till {
    /// Notes what went in or out, and numbers the receipt.
    pub(super) fn receipt(&mut self, means: Means, change: Sum) -> u32 {
        if means == Means::Cash {
            self.cash = self.cash.and(change);
        }
        self.receipts = self.receipts.saturating_add(1);
        self.receipts
    }
}

/// Two parts of what was one amount.
fn together(one: Ore, other: Ore) -> Ore {
    one.plus(other).unwrap_or(Ore::MAX)
}
