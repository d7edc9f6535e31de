//! What a till's books tell the desk: receipts, what is owed, deposits, cash.

use super::Replica;
use crate::command::{
    ChargeEntry, DepositEntry, MoneyError, Receipt, ReceiptKind, ReceiptLine, TillEntry,
};
use crate::error::Error;
use crate::id::{LineId, PublicKey, StatementId};
use crate::model::Tariff;
use crate::money::{Ore, Sum};
use crate::resolve::{AccountPosting, Books, Fold, SecondPayOut, SlotKey};
use crate::statement::{About, Means};
use std::collections::BTreeSet;

impl Replica {
    pub(super) fn tills(&self) -> impl Iterator<Item = &Fold> {
        let ledgers = self.shelf.ledgers.iter();
        let tills = ledgers.filter(|(document, _)| document.is_internal());
        tills.map(|(_, ledger)| &ledger.fold)
    }

    /// The receipt of a payment, a deposit, a pay-out or a correction; `None` when it is none, or not known here.
    pub fn receipt(&self, entry: &StatementId) -> Result<Option<Receipt>, Error> {
        let Some(tariff) = self.catalogue().and_then(|catalogue| catalogue.tariff()) else {
            return Ok(None);
        };
        for fold in self.tills() {
            let printed = printed(&fold.resolved().books, tariff, entry);
            if let Some(receipt) = printed.map_err(MoneyError::from)? {
                return Ok(Some(receipt));
            }
        }
        Ok(None)
    }

    /// What a booking was charged, in the order of the charges' minutes.
    pub fn charges_of(&self, key: &SlotKey) -> Result<Vec<ChargeEntry>, Error> {
        let confirmed: BTreeSet<StatementId> = self
            .shelf
            .ledgers
            .values()
            .filter_map(|ledger| ledger.fold.resolved().slots.get(key))
            .flat_map(|slot| slot.confirmed.iter().copied())
            .collect();
        let is_of = |about: &About| confirmed.contains(&about.confirm);
        let mut charges = Vec::new();
        for fold in self.tills() {
            let books = &fold.resolved().books;
            for (charge, charged) in books.charges_for(is_of) {
                charges.push(ChargeEntry {
                    charge,
                    line: charged.charge.line,
                    quantity: charged.charge.quantity,
                    amount: charged.amount,
                    owed: books.owed(&charge).ore().map_err(MoneyError::from)?,
                    minute: charged.charge.minute,
                    keeper: fold.keeper_of_charge(&charge).unwrap_or(charged.device),
                });
            }
        }
        charges.sort_by_key(|entry| (entry.minute, entry.charge));
        Ok(charges)
    }

    /// What is still owed for a booking; less than nothing when too much was paid.
    pub fn owed(&self, key: &SlotKey) -> Result<Ore, Error> {
        let owed: Sum = self.charges_of(key)?.iter().map(|entry| entry.owed).sum();
        Ok(owed.ore().map_err(MoneyError::from)?)
    }

    /// Deposits behind `after`, by their ids. `key`: only those of that booking.
    pub fn deposits(
        &self,
        key: Option<&SlotKey>,
        after: Option<StatementId>,
        limit: usize,
    ) -> Result<Vec<DepositEntry>, Error> {
        let ledgers = self.shelf.ledgers.values();
        let slots = ledgers.filter_map(|ledger| ledger.fold.resolved().slots.get(key?));
        let confirmed: BTreeSet<StatementId> = slots
            .flat_map(|slot| slot.confirmed.iter().copied())
            .collect();
        let mut found = Vec::new();
        for fold in self.tills() {
            let books = &fold.resolved().books;
            for (id, held) in &books.deposits {
                let about = held.deposit.about.map(|about| about.confirm);
                let is_wanted =
                    key.is_none() || about.is_some_and(|confirm| confirmed.contains(&confirm));
                if !is_wanted || after.is_some_and(|after| *id <= after) {
                    continue;
                }
                found.push(DepositEntry {
                    deposit: *id,
                    line: held.deposit.line,
                    taken: held.deposit.amount,
                    held: held.held(),
                    returned: held.returned,
                    forfeited: held.forfeited,
                    unsettled: books.unsettled(id).ore().map_err(MoneyError::from)?,
                    minute: held.deposit.minute,
                    keeper: fold.keeper_of_deposit(id).unwrap_or(held.device),
                });
            }
        }
        found.sort_by_key(|entry| entry.deposit);
        found.truncate(limit);
        Ok(found)
    }

    /// Deposits for which more left the tills than there is of them.
    pub fn second_pay_outs(&self) -> Vec<SecondPayOut> {
        let all = self
            .tills()
            .map(|fold| fold.resolved().books.second_pay_outs());
        all.flatten().collect()
    }

    /// Charges for which more was paid than they come to, and how much more.
    pub fn overpaid(&self) -> Vec<(StatementId, Sum)> {
        let tills = self.tills();
        tills
            .flat_map(|fold| fold.resolved().books.overpaid())
            .collect()
    }

    /// What revoked devices wrote into their tills that the office had not heard of when it revoked them.
    pub fn stray_money(&self) -> Vec<StatementId> {
        let tills = self.tills();
        tills
            .flat_map(|fold| fold.resolved().books.strays.iter().copied())
            .collect()
    }

    pub(super) fn cash_of(&self, till: &PublicKey) -> Sum {
        let tills = self
            .tills()
            .filter_map(|fold| fold.resolved().books.tills.get(till));
        tills.fold(Sum::default(), |sum, till| sum.and(till.cash))
    }

    /// A device's till.
    pub fn till(&self, till: &PublicKey) -> Result<TillEntry, Error> {
        let mut counts: Vec<_> = self
            .tills()
            .filter_map(|fold| fold.resolved().books.tills.get(till))
            .flat_map(|till| till.counts.iter().copied())
            .collect();
        counts.sort_by_key(|count| count.minute);
        let cash = self.cash_of(till).ore().map_err(MoneyError::from)?;
        Ok(TillEntry {
            till: *till,
            cash,
            counts,
        })
    }
}

fn printed(
    books: &Books,
    tariff: &Tariff,
    entry: &StatementId,
) -> Result<Option<Receipt>, crate::money::TooMuch> {
    let line = |of: StatementId, line: LineId, quantity: u32, amount: Ore, before: Option<Ore>| {
        let known = tariff.lines.get(&line);
        ReceiptLine {
            of,
            line,
            name: known.map(|known| known.name.clone()).unwrap_or_default(),
            unit: known.map(|known| known.unit),
            quantity,
            amount,
            before,
        }
    };
    let charged = |of: &StatementId, amount: Ore, before: Option<Ore>| {
        let charged = books.charges.get(of);
        charged.map(|c| line(*of, c.charge.line, c.charge.quantity, amount, before))
    };
    let receipt = |kind, till, number, minute, lines, total: Sum, means| {
        Ok(Some(Receipt {
            entry: *entry,
            kind,
            till,
            number,
            minute,
            lines,
            total: total.ore()?,
            currency: tariff.currency,
            means,
        }))
    };
    if let Some(paid) = books.payments.get(entry) {
        let parts = paid.parts.iter();
        let lines = parts
            .filter_map(|(of, amount)| charged(of, *amount, None))
            .collect();
        let (kind, means) = (ReceiptKind::Payment, Some(paid.means));
        return receipt(
            kind,
            paid.device,
            paid.receipt,
            paid.minute,
            lines,
            paid.total(),
            means,
        );
    }
    if let Some(held) = books.deposits.get(entry) {
        let deposit = &held.deposit;
        let lines = vec![line(*entry, deposit.line, 1, deposit.amount, None)];
        let (kind, means) = (ReceiptKind::Deposit, Some(deposit.means));
        let total = deposit.amount.into();
        return receipt(
            kind,
            held.device,
            held.receipt,
            deposit.minute,
            lines,
            total,
            means,
        );
    }
    if let Some(pay_out) = books.pay_outs.get(entry) {
        let paid = &pay_out.paid_out;
        let total = Sum::default().without(paid.amount);
        let of = books.deposits.get(&paid.deposit);
        let amount = total.ore()?;
        let lines = of.map(|of| line(paid.deposit, of.deposit.line, 1, amount, None));
        let lines = lines.into_iter().collect();
        let (kind, means) = (ReceiptKind::PayOut, Some(paid.means));
        return receipt(
            kind,
            pay_out.device,
            pay_out.receipt,
            paid.minute,
            lines,
            total,
            means,
        );
    }
    let mut accounts = books.accounts.values();
    let passed = accounts.find_map(|account| account.entries.get(entry));
    let kind = passed.and_then(|passed| match passed.posting {
        AccountPosting::TopUp => Some(ReceiptKind::TopUp),
        AccountPosting::PaidOut | AccountPosting::TakenBack => Some(ReceiptKind::Refund),
        AccountPosting::Spent | AccountPosting::GivenBack => None,
    });
    if let Some((passed, kind)) = passed.zip(kind) {
        let (till, number) = (passed.device, passed.receipt);
        let (minute, means) = (passed.minute, Some(passed.means));
        return receipt(kind, till, number, minute, Vec::new(), passed.change, means);
    }
    let Some(corrected) = books.corrections.get(entry) else {
        return Ok(None);
    };
    let lines = charged(&corrected.charge, corrected.after, Some(corrected.before));
    let returned = corrected.returned.iter();
    let total = returned
        .clone()
        .fold(Sum::default(), |sum, part| sum.without(part.amount));
    let means: BTreeSet<Means> = returned
        .filter_map(|part| books.payments.get(&part.of))
        .map(|payment| payment.means)
        .collect();
    let lines = lines.into_iter().collect();
    let (kind, means) = (ReceiptKind::Correction, means.into_iter().next());
    let (device, number, minute) = (corrected.device, corrected.receipt, corrected.minute);
    receipt(kind, device, number, minute, lines, total, means)
}
