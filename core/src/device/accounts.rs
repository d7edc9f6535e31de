//! Accounts with the office: money paid in ahead, or a tab. For the office's devices, but for the key of one.

use super::{Device, DeviceError};
use crate::command::{AccountLine, AccountState, AtTill, Item, OnAccount, Receipt};
use crate::id::{PublicKey, StatementId};
use crate::money::Ore;
use crate::replica::Outcome;
use crate::statement::Means;
use crate::sync::qr::Slip;
use crate::time::Timestamp;

impl Device {
    /// The lasting key that the person with this device has an account under: shown at the desk, in a code. Nothing ties
    /// it to the keys that they book with.
    pub fn account_key(&mut self) -> Result<PublicKey, DeviceError> {
        Ok(self.replica()?.account_key())
    }

    /// The same for somebody without a phone, of whose account a paper has that seed. Nothing ties it to a booking.
    pub fn account_key_on_paper(seed: &[u8; 16]) -> PublicKey {
        Slip::key_of(seed).derive("account", 0).public()
    }

    /// Opens an account for whoever has that key. This device is its custodian, and pays from it with no network.
    pub fn open_account(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
    ) -> Result<StatementId, DeviceError> {
        match self.on_account(now, OnAccount::Open { holder })? {
            Outcome::AccountOpened(account) => Ok(account),
            _ => Err(DeviceError::Spoiled),
        }
    }

    /// Takes money in for an account. What another desk than its custodian's takes in can be spent when the custodian has
    /// heard of it.
    pub fn top_up(
        &mut self,
        now: Timestamp,
        account: StatementId,
        amount: Ore,
        means: Means,
    ) -> Result<Receipt, DeviceError> {
        let act = OnAccount::TopUp {
            account,
            amount,
            means,
        };
        self.account_receipt(now, act)
    }

    /// Sells, and takes the money from an account, out of what this device may spend of it.
    pub fn sell_from_account(
        &mut self,
        now: Timestamp,
        account: StatementId,
        items: Vec<Item>,
    ) -> Result<Receipt, DeviceError> {
        self.account_receipt(now, OnAccount::Sell { account, items })
    }

    /// Takes the money for charges from an account, all that is owed for each.
    pub fn pay_from_account(
        &mut self,
        now: Timestamp,
        account: StatementId,
        charges: Vec<StatementId>,
    ) -> Result<Receipt, DeviceError> {
        self.account_receipt(now, OnAccount::Pay { account, charges })
    }

    /// Allows another device to spend so much of an account, out of what this one may spend; or gives it back to the
    /// custodian. That one may when it has heard of it, this one no longer.
    pub fn allow(
        &mut self,
        now: Timestamp,
        account: StatementId,
        to: PublicKey,
        amount: Ore,
    ) -> Result<(), DeviceError> {
        let act = OnAccount::Allow {
            account,
            to,
            amount,
        };
        self.on_account(now, act).map(drop)
    }

    /// Pays an account out from this till: all that is there, when no amount is named. Only its custodian.
    pub fn pay_account_out(
        &mut self,
        now: Timestamp,
        account: StatementId,
        amount: Option<Ore>,
        means: Means,
    ) -> Result<Receipt, DeviceError> {
        let act = OnAccount::PayOut {
            account,
            amount,
            means,
        };
        self.account_receipt(now, act)
    }

    /// Says what a top-up should have come to, if it was less: the difference is given back as it came. Only where it was
    /// taken, and as far as that device may spend it.
    pub fn correct_top_up(
        &mut self,
        now: Timestamp,
        top_up: StatementId,
        amount: Ore,
    ) -> Result<Receipt, DeviceError> {
        self.account_receipt(now, OnAccount::Correct { top_up, amount })
    }

    /// Closes an account that has nothing left. Only its custodian.
    pub fn close_account(
        &mut self,
        now: Timestamp,
        account: StatementId,
    ) -> Result<(), DeviceError> {
        self.on_account(now, OnAccount::Close { account }).map(drop)
    }

    /// The account that somebody has under a key.
    pub fn account_of(&mut self, holder: PublicKey) -> Result<Option<AccountState>, DeviceError> {
        Ok(self.replica()?.account_of(&holder)?)
    }

    /// An account.
    pub fn account(&mut self, account: StatementId) -> Result<Option<AccountState>, DeviceError> {
        Ok(self.replica()?.account(&account)?)
    }

    /// At most `limit` accounts behind `after`.
    pub fn accounts(
        &mut self,
        after: Option<StatementId>,
        limit: usize,
    ) -> Result<Vec<AccountState>, DeviceError> {
        Ok(self.replica()?.accounts(after, limit)?)
    }

    /// What passed through an account, oldest first: at most `limit` lines behind `after`.
    pub fn account_lines(
        &mut self,
        account: StatementId,
        after: Option<StatementId>,
        limit: usize,
    ) -> Result<Vec<AccountLine>, DeviceError> {
        Ok(self.replica()?.account_lines(&account, after, limit)?)
    }

    fn on_account(&mut self, now: Timestamp, act: OnAccount) -> Result<Outcome, DeviceError> {
        self.at_till(now, AtTill::OnAccount(act))
    }

    fn account_receipt(&mut self, now: Timestamp, act: OnAccount) -> Result<Receipt, DeviceError> {
        self.receipt_for(now, AtTill::OnAccount(act))
    }
}
