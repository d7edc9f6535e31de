//! What staff do with accounts at a desk.

use super::money::{priced, require_lines, total_of};
use super::{Outcome, Replica};
use crate::command::{AccountError, AccountState, Item, MoneyError, OnAccount};
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::money::{Ore, Sum};
use crate::resolve::Account;
use crate::statement::{
    Allow, CarryOver, Document, Entry, Means, OpenAccount, Part, Posting, Refund, Spend, TopUp,
};
use crate::time::Timestamp;

impl Replica {
    pub(super) fn on_account(&mut self, now: Timestamp, act: OnAccount) -> Result<Outcome, Error> {
        match act {
            OnAccount::Open { holder } => self.open_account(now, holder),
            OnAccount::TopUp {
                account,
                amount,
                means,
            } => self.top_up(now, account, amount, means),
            OnAccount::Sell { account, items } => self.sell_from(now, account, &items),
            OnAccount::Pay { account, charges } => {
                self.require_open(&account)?;
                let (document, parts) = self.owed_parts(&charges)?;
                self.spend(now, document, account, parts)
            }
            OnAccount::Allow {
                account,
                to,
                amount,
            } => self.allow(now, account, to, amount),
            OnAccount::PayOut {
                account,
                amount,
                means,
            } => self.pay_account_out(now, account, amount, means),
            OnAccount::Correct { top_up, amount } => self.correct_top_up(now, top_up, amount),
            OnAccount::Close { account } => self.close_account(now, account),
        }
    }

    fn open_account(&mut self, now: Timestamp, holder: PublicKey) -> Result<Outcome, Error> {
        let here = self.till_now(now)?;
        let accounts = here.tariff.accounts.ok_or(AccountError::NoAccounts)?;
        let known = self.account_of(&holder)?;
        if let Some(open) = known.filter(|known| !known.is_closed) {
            let account = open.account;
            return Err(AccountError::Exists { account }.into());
        }
        let open = OpenAccount {
            holder,
            limit: accounts.limit,
            minute: here.minute,
            account: None,
        };
        let account = self.decide_that(now, here.document, open)?;
        Ok(Outcome::AccountOpened(account))
    }

    /// An account that something may pass through.
    fn require_open(&self, account: &StatementId) -> Result<AccountState, Error> {
        let unknown = AccountError::Unknown { account: *account };
        let known = self.account(account)?.ok_or(unknown)?;
        if known.is_closed {
            return Err(AccountError::Closed { account: *account }.into());
        }
        Ok(known)
    }

    /// What comes in at another desk goes to the custodian at once: whoever paid in looks for it there.
    fn top_up(
        &mut self,
        now: Timestamp,
        account: StatementId,
        amount: Ore,
        means: Means,
    ) -> Result<Outcome, Error> {
        let (document, minute) = self.till_document(now)?;
        let known = self.require_open(&account)?;
        require_amount(amount)?;
        super::money::require_by_hand(means)?;
        let top_up = TopUp {
            account,
            amount,
            means,
            minute,
        };
        let entry = self.decide_that(now, document, top_up)?;
        if known.custodian != self.key.public() {
            let to = known.custodian;
            let allow = Allow {
                account,
                amount,
                to,
            };
            self.decide_that(now, document, allow)?;
        }
        self.receipt_of(entry)
    }

    /// Nothing is signed before all of it can be.
    fn sell_from(
        &mut self,
        now: Timestamp,
        account: StatementId,
        items: &[Item],
    ) -> Result<Outcome, Error> {
        self.require_open(&account)?;
        let here = self.till_now(now)?;
        let charges = priced(&here, items, None)?;
        self.require_here(&account, total_of(&charges)?)?;
        let parts = self.charge_all(now, here.document, charges)?;
        self.spend(now, here.document, account, parts)
    }

    fn spend(
        &mut self,
        now: Timestamp,
        document: Document,
        account: StatementId,
        parts: Vec<Part>,
    ) -> Result<Outcome, Error> {
        require_lines(parts.len())?;
        let total: Sum = parts.iter().map(|part| part.amount).sum();
        let total = total.ore().map_err(MoneyError::from)?;
        self.gather(now, document, account, total)?;
        let minute = self.civil(now)?;
        let spend = Spend {
            account,
            parts,
            minute,
        };
        let entry = self.decide_that(now, document, spend)?;
        self.receipt_of(entry)
    }

    fn allow(
        &mut self,
        now: Timestamp,
        account: StatementId,
        to: PublicKey,
        amount: Ore,
    ) -> Result<Outcome, Error> {
        let known = self.account(&account)?;
        known.ok_or(AccountError::Unknown { account })?;
        require_amount(amount)?;
        let authority = self.shelf.require_authority()?;
        let device = authority.device(&to);
        let works =
            device.is_some_and(|device| device.revoked.is_none() && device.role.issues_tickets());
        if !works || to == self.key.public() {
            return Err(AccountError::NotForThem { device: to }.into());
        }
        let (document, _) = self.till_document(now)?;
        self.gather(now, document, account, amount)?;
        let allow = Allow {
            account,
            amount,
            to,
        };
        self.decide_that(now, document, allow)?;
        Ok(Outcome::Done)
    }

    fn pay_account_out(
        &mut self,
        now: Timestamp,
        account: StatementId,
        amount: Option<Ore>,
        means: Means,
    ) -> Result<Outcome, Error> {
        let known = self.account(&account)?;
        let known = known.ok_or(AccountError::Unknown { account })?;
        self.require_keeper(account, Some(known.custodian))?;
        super::money::require_by_hand(means)?;
        // What is paid out was paid in: the limit is not lent in cash.
        let here = known.here.less(known.limit).map_err(MoneyError::from)?;
        let here = here.max(Ore::ZERO);
        let amount = amount.unwrap_or(here);
        require_amount(amount)?;
        if amount > here {
            let asked = amount;
            return Err(AccountError::NotEnough { asked, here }.into());
        }
        let minute = self.civil(now)?;
        let document = self
            .custodian_in(&account)
            .unwrap_or(self.till_document(now)?.0);
        let with_limit = amount.plus(known.limit).map_err(MoneyError::from)?;
        self.gather(now, document, account, with_limit)?;
        let refund = Refund {
            account,
            amount,
            means,
            minute,
            of: None,
        };
        let entry = self.decide_that(now, document, refund)?;
        self.receipt_of(entry)
    }

    fn correct_top_up(
        &mut self,
        now: Timestamp,
        top_up: StatementId,
        after: Ore,
    ) -> Result<Outcome, Error> {
        let unknown = AccountError::UnknownTopUp { top_up };
        let found = self.find_account(|account| account.left_of(&top_up).is_some());
        let (document, account, fold) = found.ok_or(unknown)?;
        let known = fold.resolved().books.accounts.get(&account);
        let before = known
            .and_then(|known| known.left_of(&top_up))
            .unwrap_or_default();
        let entry = known.and_then(|known| known.entries.get(&top_up));
        let means = entry.map_or(Means::Cash, |entry| entry.means);
        self.require_keeper(top_up, entry.map(|entry| fold.stand_in(entry.device)))?;
        if after < Ore::ZERO || after >= before {
            return Err(MoneyError::NoCorrection { before, after }.into());
        }
        let amount = before.less(after).map_err(MoneyError::from)?;
        self.gather(now, document, account, amount)?;
        let refund = Refund {
            account,
            amount,
            means,
            minute: self.civil(now)?,
            of: Some(top_up),
        };
        let entry = self.decide_that(now, document, refund)?;
        self.receipt_of(entry)
    }

    fn close_account(&mut self, now: Timestamp, account: StatementId) -> Result<Outcome, Error> {
        let known = self.require_open(&account)?;
        self.require_keeper(account, Some(known.custodian))?;
        let allowed = known.allowances.iter().map(|(_, amount)| *amount);
        let allowed = allowed.sum::<Sum>().ore().map_err(MoneyError::from)?;
        let balance = known.balance;
        if balance != Ore::ZERO || allowed != Ore::ZERO {
            let error = AccountError::NotEmpty {
                account,
                balance,
                allowed,
            };
            return Err(error.into());
        }
        let minute = self.civil(now)?;
        let document = self
            .custodian_in(&account)
            .unwrap_or(self.till_document(now)?.0);
        let entry = Entry {
            posting: Posting::Closed { account },
            minute,
            cause: None,
        };
        self.decide_that(now, document, entry)?;
        Ok(Outcome::Done)
    }

    /// The newest year in which this device is the custodian of an account.
    fn custodian_in(&self, account: &StatementId) -> Option<Document> {
        let me = self.key.public();
        let years = self.years_of(account);
        let mine = years.filter(|(fold, _)| fold.account_custodians(account).contains_key(&me));
        mine.map(|(fold, _)| fold.document()).max()
    }

    fn require_here(&self, account: &StatementId, asked: Ore) -> Result<(), Error> {
        let here = self.spendable(account, &self.key.public());
        let here = here.ore().map_err(MoneyError::from)?;
        if asked > here {
            return Err(AccountError::NotEnough { asked, here }.into());
        }
        Ok(())
    }

    /// Sees to it that so much of an account may be spent here in that year's document: what is charged in December may be
    /// paid in January.
    fn gather(
        &mut self,
        now: Timestamp,
        document: Document,
        account: StatementId,
        amount: Ore,
    ) -> Result<(), Error> {
        self.require_here(&account, amount)?;
        let me = self.key.public();
        let share = |known: &Account| known.share(&me);
        let shares = self.shares_of(&account, share);
        let in_document = shares.iter().find(|(there, _)| *there == document);
        let mut lacking = Sum::from(amount).less(in_document.map_or(Sum::default(), |(_, s)| *s));
        for (from, share) in shares.into_iter().filter(|(from, _)| *from != document) {
            let amount = share.min(lacking).ore().map_err(MoneyError::from)?;
            if amount > Ore::ZERO {
                self.carry_account(now, account, amount, from, document)?;
                lacking = lacking.without(amount);
            }
        }
        Ok(())
    }

    /// Moves what this device may spend from one year's document into another's, in one turn.
    pub(super) fn carry_account(
        &mut self,
        now: Timestamp,
        account: StatementId,
        amount: Ore,
        from: Document,
        to: Document,
    ) -> Result<(), Error> {
        let minute = self.civil(now)?;
        let out = Ore::ZERO.less(amount).map_err(MoneyError::from)?;
        for (document, other, change) in [(from, to, out), (to, from, amount)] {
            let carry = CarryOver {
                account,
                change,
                document: other,
                minute,
            };
            self.decide_that(now, document, carry)?;
        }
        Ok(())
    }
}

fn require_amount(asked: Ore) -> Result<(), Error> {
    if asked <= Ore::ZERO {
        return Err(AccountError::NoAmount { asked }.into());
    }
    Ok(())
}
