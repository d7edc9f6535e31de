//! What the books tell of accounts: what they have, what may be spent where, and what passed through them. And the key that
//! a person has an account under.

use super::Replica;
use crate::command::{AccountLine, AccountState, MoneyError};
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::money::{Ore, Sum};
use crate::resolve::{Account, Fold};
use crate::statement::Document;
use std::collections::{BTreeMap, BTreeSet};

impl Replica {
    /// The lasting key that the person with this device has an account under. Nothing ties it to the keys that they book
    /// with.
    pub fn account_key(&self) -> PublicKey {
        self.key.derive("account", 0).public()
    }

    pub(super) fn find_account(
        &self,
        is_it: impl Fn(&Account) -> bool,
    ) -> Option<(Document, StatementId, &Fold)> {
        let tills = self.tills();
        let mut all = tills.flat_map(|fold| {
            let accounts = fold.resolved().books.accounts.iter();
            accounts.map(move |(id, account)| (fold, id, account))
        });
        let found = all.find(|(_, _, account)| is_it(account));
        found.map(|(fold, id, _)| (fold.document(), *id, fold))
    }

    /// An account in each year that it is in, oldest first.
    pub(super) fn years_of<'a>(
        &'a self,
        account: &'a StatementId,
    ) -> impl Iterator<Item = (&'a Fold, &'a Account)> {
        let tills = self.tills();
        tills.filter_map(|fold| Some((fold, fold.resolved().books.accounts.get(account)?)))
    }

    pub(super) fn shares_of(
        &self,
        account: &StatementId,
        share: impl Fn(&Account) -> Sum,
    ) -> Vec<(Document, Sum)> {
        let years = self.years_of(account);
        years
            .map(|(fold, known)| (fold.document(), share(known)))
            .collect()
    }

    /// What a device may spend of an account, in all years together.
    pub(super) fn spendable(&self, account: &StatementId, device: &PublicKey) -> Sum {
        let shares = self.shares_of(account, |known| known.share(device));
        let shares = shares.into_iter().map(|(_, share)| share);
        shares.fold(Sum::default(), Sum::and)
    }

    /// The account that somebody has under a key: of several the one that is open, then the one with the smallest id.
    pub fn account_of(&self, holder: &PublicKey) -> Result<Option<AccountState>, Error> {
        self.require_role()?;
        let mut ids: BTreeSet<StatementId> = BTreeSet::new();
        for fold in self.tills() {
            let accounts = fold.resolved().books.accounts.iter();
            let theirs = accounts.filter(|(id, account)| {
                account
                    .opening(id)
                    .is_some_and(|opening| opening.holder == *holder)
            });
            ids.extend(theirs.map(|(id, _)| *id));
        }
        let mut all = Vec::new();
        for id in ids {
            all.extend(self.account(&id)?);
        }
        all.sort_by_key(|state| (state.is_closed, state.account));
        Ok(all.into_iter().next())
    }

    /// An account; `None` when nobody here has heard of its opening.
    pub fn account(&self, account: &StatementId) -> Result<Option<AccountState>, Error> {
        self.require_role()?;
        let mut years: Vec<_> = self.years_of(account).collect();
        years.sort_by_key(|(fold, _)| fold.document());
        let opened = years.iter().rev().find_map(|(fold, known)| {
            let opening = known.opening(account)?;
            // An heir of the custodian is the custodian.
            Some((fold.stand_in(opening.device), *opening))
        });
        let Some((custodian, opening)) = opened else {
            return Ok(None);
        };
        let mut allowed: BTreeMap<PublicKey, Sum> = BTreeMap::new();
        let mut balance = Sum::default();
        for (_, known) in &years {
            balance = balance.and(known.balance());
            let flights = known.flights.values();
            let flights = flights.map(|flight| (flight.to, Sum::from(flight.amount)));
            let shares = known.shares.iter().map(|(device, share)| (*device, *share));
            for (device, amount) in shares.chain(flights) {
                if device != custodian && amount.is_positive() {
                    let all = allowed.entry(device).or_default();
                    *all = all.and(amount);
                }
            }
        }
        let here = self.spendable(account, &self.key.public());
        let narrow = |sum: Sum| sum.ore().map_err(MoneyError::from);
        let allowances = allowed.into_iter();
        let allowances = allowances.map(|(device, sum)| Ok((device, narrow(sum)?)));
        Ok(Some(AccountState {
            account: *account,
            holder: opening.holder,
            custodian,
            limit: opening.limit,
            balance: narrow(balance)?,
            here: narrow(here)?,
            allowances: allowances.collect::<Result<_, MoneyError>>()?,
            opened: opening.minute,
            is_closed: years.iter().any(|(_, known)| !known.closed.is_empty()),
        }))
    }

    /// At most `limit` accounts behind `after`, by their ids.
    pub fn accounts(
        &self,
        after: Option<StatementId>,
        limit: usize,
    ) -> Result<Vec<AccountState>, Error> {
        let all = self
            .tills()
            .flat_map(|fold| fold.resolved().books.accounts.keys());
        let ids: BTreeSet<StatementId> = all.copied().collect();
        let mut found = Vec::new();
        for id in ids
            .into_iter()
            .filter(|id| after.is_none_or(|after| *id > after))
        {
            if found.len() == limit {
                break;
            }
            found.extend(self.account(&id)?);
        }
        Ok(found)
    }

    /// What passed through an account, in the order of the minutes: at most `limit` lines behind `after`.
    pub fn account_lines(
        &self,
        account: &StatementId,
        after: Option<StatementId>,
        limit: usize,
    ) -> Result<Vec<AccountLine>, Error> {
        self.require_role()?;
        let mut lines = Vec::new();
        for (_, known) in self.years_of(account) {
            for (id, entry) in &known.entries {
                let change: Ore = entry.change.ore().map_err(MoneyError::from)?;
                lines.push(AccountLine {
                    entry: *id,
                    posting: entry.posting,
                    change,
                    till: entry.device,
                    receipt: entry.receipt,
                    minute: entry.minute,
                });
            }
        }
        lines.sort_by_key(|line| (line.minute, line.till, line.receipt, line.entry));
        let from = after.and_then(|after| lines.iter().position(|line| line.entry == after));
        let from = from.map_or(0, |at| at.saturating_add(1));
        Ok(lines.into_iter().skip(from).take(limit).collect())
    }
}
