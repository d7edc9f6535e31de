//! What the books say.

use super::super::fold::Fold;
use super::{Books, Charged};
use crate::id::{PublicKey, StatementId};
use crate::money::{Ore, Sum};
use crate::statement::About;
use std::collections::{BTreeMap, BTreeSet};

/// More was paid out for a deposit than there is of it: money went twice. Staff have to look; nothing nets it away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondPayOut {
    /// The deposit.
    pub deposit: StatementId,
    /// How much too much.
    pub amount: Sum,
    /// The pay-outs that nobody has settled wholly.
    pub pay_outs: Vec<StatementId>,
}

impl Books {
    /// What was paid for a charge, and not given back since.
    pub fn paid(&self, charge: &StatementId) -> Sum {
        self.paid.get(charge).copied().unwrap_or_default()
    }

    /// What is still owed for a charge; less than nothing when too much was paid.
    pub fn owed(&self, charge: &StatementId) -> Sum {
        let amount = self.charges.get(charge).map(|charged| charged.amount);
        Sum::from(amount.unwrap_or_default()).less(self.paid(charge))
    }

    /// Charges of a booking, by the confirmations that it had.
    pub fn charges_for<'a>(
        &'a self,
        is_of: impl Fn(&About) -> bool + 'a,
    ) -> impl Iterator<Item = (StatementId, &'a Charged)> + 'a {
        let charges = self.charges.iter();
        charges
            .filter(move |(_, charged)| charged.charge.about.as_ref().is_some_and(&is_of))
            .map(|(id, charged)| (*id, charged))
    }

    /// Charges for which more was paid than they come to: also of what is no charge, or does not count.
    pub fn overpaid(&self) -> impl Iterator<Item = (StatementId, Sum)> + '_ {
        let paid = self.paid.keys();
        let over = paid.map(|charge| (*charge, Sum::default().less(self.owed(charge))));
        over.filter(|(_, over)| over.is_positive())
    }

    /// What is still held of a deposit: nothing of what is none, or does not count.
    pub fn held(&self, deposit: &StatementId) -> Ore {
        self.deposits
            .get(deposit)
            .map(super::Held::held)
            .unwrap_or_default()
    }

    /// What left tills for a deposit and nobody has settled.
    pub fn unsettled(&self, deposit: &StatementId) -> Sum {
        let all = self.pay_outs.values();
        let of = all.filter(|paid| paid.paid_out.deposit == *deposit);
        of.map(super::PayOut::open).sum()
    }

    /// Pay-outs that nobody has settled wholly, by deposit, in the order of their minutes.
    pub fn open_pay_outs(&self) -> BTreeMap<StatementId, Vec<StatementId>> {
        let mut open: BTreeMap<StatementId, Vec<StatementId>> = BTreeMap::new();
        for (id, pay_out) in &self.pay_outs {
            if pay_out.open() > Ore::ZERO {
                open.entry(pay_out.paid_out.deposit).or_default().push(*id);
            }
        }
        let minute = |id: &StatementId| self.pay_outs.get(id).map(|paid| paid.paid_out.minute);
        for ids in open.values_mut() {
            ids.sort_by_key(|id| (minute(id), *id));
        }
        open
    }

    /// Deposits for which more left the tills than there is of them.
    pub fn second_pay_outs(&self) -> Vec<SecondPayOut> {
        let open = self.open_pay_outs().into_iter();
        let over = open.map(|(deposit, pay_outs)| {
            let all = pay_outs.iter().filter_map(|id| self.pay_outs.get(id));
            let left: Sum = all.map(super::PayOut::open).sum();
            let amount = left.without(self.held(&deposit));
            SecondPayOut {
                deposit,
                amount,
                pay_outs,
            }
        });
        over.filter(|second| second.amount.is_positive()).collect()
    }

    /// Devices that wrote what only they, or who stands in for them, may settle or correct.
    pub(in super::super) fn authors(&self) -> BTreeSet<PublicKey> {
        let charges = self.charges.values().map(|charged| charged.device);
        let deposits = self.deposits.values().map(|held| held.device);
        let accounts = self.accounts.values();
        let opened = accounts.flat_map(|account| account.openings.values().map(|o| o.device));
        charges.chain(deposits).chain(opened).collect()
    }

    /// Every statement that the books are made of, and whether it counts.
    pub(in super::super) fn statements(&self) -> BTreeMap<StatementId, bool> {
        let counts = (self.charges.keys())
            .chain(self.payments.keys())
            .chain(self.deposits.keys())
            .chain(self.pay_outs.keys())
            .chain(self.settlements.keys())
            .chain(self.corrections.keys())
            .chain(self.tills.values().flat_map(|till| till.floats.keys()))
            .chain(
                self.tills
                    .values()
                    .flat_map(|till| till.counts.iter().map(|c| &c.entry)),
            );
        let accounts = self.accounts.values().flat_map(|account| {
            let entries = account.entries.keys();
            let moved = account.openings.keys().chain(&account.moved);
            entries.chain(moved).chain(&account.closed)
        });
        let counts = counts.chain(accounts);
        let not = self.void.iter().chain(&self.strays);
        counts
            .map(|id| (*id, true))
            .chain(not.map(|id| (*id, false)))
            .collect()
    }
}

impl Fold {
    /// Who may settle a deposit: the device that took it, or who took over from that. `None` when it does not count.
    pub fn keeper_of_deposit(&self, deposit: &StatementId) -> Option<PublicKey> {
        let held = self.progress.resolved.books.deposits.get(deposit)?;
        Some(self.stand_in(held.device))
    }

    /// Who may correct a charge: the device that wrote it, or who took over from that. `None` when it does not count.
    pub fn keeper_of_charge(&self, charge: &StatementId) -> Option<PublicKey> {
        let charged = self.progress.resolved.books.charges.get(charge)?;
        Some(self.stand_in(charged.device))
    }
}
