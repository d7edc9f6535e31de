//! Accounts with the office: money paid in ahead, or a tab. For the office's devices, but for the key of one.

use crate::ids::each;
use crate::money::{Means, Receipt, SaleItem};
use crate::{AllkontorError, Device, page};
use allkontor_core::device;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::money::Ore;
use allkontor_core::time::{CivilMinute, Timestamp};
use allkontor_core::{command, resolve};

/// An account: what was paid in, less what was spent and paid out.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Account {
    /// The statement that opened it.
    pub account: StatementId,
    /// The key of whoever it is for.
    pub holder: PublicKey,
    /// The device that pays it out, and that allowances go back to.
    pub custodian: PublicKey,
    /// How far below nothing it may go: nothing, when all is paid in ahead.
    pub limit: Ore,
    /// What it has; less than nothing when its tab is owed.
    pub balance: Ore,
    /// What this device may spend of it now, with no network.
    pub here: Ore,
    /// What others than the custodian may spend, or what is on its way to them.
    pub allowances: Vec<AccountAllowance>,
    /// When it was opened, or went on in the newest year.
    pub opened: CivilMinute,
    /// Whether it is closed.
    pub is_closed: bool,
}

/// What a device was allowed to spend of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AccountAllowance {
    /// The device.
    pub device: PublicKey,
    /// How much.
    pub ore: Ore,
}

/// What a line of an account's statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum AccountPosting {
    /// Money came in.
    TopUp,
    /// A top-up was wrong.
    TakenBack,
    /// Something was paid from it.
    Spent,
    /// What was paid from it was wrong.
    GivenBack,
    /// The rest was paid out.
    PaidOut,
}

/// One line of an account's statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AccountLine {
    /// The entry in the books: `receipt` prints it.
    pub entry: StatementId,
    /// What it was.
    pub posting: AccountPosting,
    /// By how much the balance changed.
    pub change: Ore,
    /// The device whose till it went through.
    pub till: PublicKey,
    /// The number of its receipt in that till and year.
    pub receipt: u32,
    /// When.
    pub minute: CivilMinute,
}

/// The key that a paper has an account under: 16 random bytes that are printed on it and kept nowhere.
#[uniffi::export]
pub fn account_key_on_paper(seed: Vec<u8>) -> Result<PublicKey, AllkontorError> {
    let length = seed.len();
    let seed = seed.try_into().map_err(|_| {
        let detail = format!("a seed is 16 bytes: got {length}");
        AllkontorError::argument("out_of_range", detail)
    })?;
    Ok(device::Device::account_key_on_paper(&seed))
}

#[uniffi::export]
impl Device {
    /// The lasting key that the person with this device has an account under: shown at the desk, in a code. Nothing ties
    /// it to the keys that they book with.
    pub fn account_key(&self) -> Result<PublicKey, AllkontorError> {
        self.with(|engine| Ok(engine.account_key()?))
    }

    /// Opens an account for whoever has that key, where the tariff says that there are any. This device is its custodian,
    /// and pays from it with no network.
    pub fn open_account(
        &self,
        now: Timestamp,
        holder: PublicKey,
    ) -> Result<StatementId, AllkontorError> {
        self.with(|engine| Ok(engine.open_account(now, holder)?))
    }

    /// Takes money in for an account. What another desk than its custodian's takes in can be spent when the custodian has
    /// heard of it.
    pub fn top_up(
        &self,
        now: Timestamp,
        account: StatementId,
        ore: Ore,
        means: Means,
    ) -> Result<Receipt, AllkontorError> {
        let receipt = self.with(|engine| Ok(engine.top_up(now, account, ore, means.into())?))?;
        Ok(receipt.into())
    }

    /// Sells, and takes the money from an account, out of what this device may spend of it.
    pub fn sell_from_account(
        &self,
        now: Timestamp,
        account: StatementId,
        items: Vec<SaleItem>,
    ) -> Result<Receipt, AllkontorError> {
        let items = each(items);
        let receipt = self.with(|engine| Ok(engine.sell_from_account(now, account, items)?))?;
        Ok(receipt.into())
    }

    /// Takes the money for charges from an account, all that is owed for each.
    pub fn pay_from_account(
        &self,
        now: Timestamp,
        account: StatementId,
        charges: Vec<StatementId>,
    ) -> Result<Receipt, AllkontorError> {
        let receipt = self.with(|engine| Ok(engine.pay_from_account(now, account, charges)?))?;
        Ok(receipt.into())
    }

    /// Allows another device to spend so much of an account, out of what this one may spend; or gives it back to the
    /// custodian. That one may when it has heard of it, this one no longer.
    pub fn allow(
        &self,
        now: Timestamp,
        account: StatementId,
        to: PublicKey,
        ore: Ore,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.allow(now, account, to, ore)?))
    }

    /// Pays an account out from this till: all that is there, when no amount is named. Only its custodian.
    pub fn pay_account_out(
        &self,
        now: Timestamp,
        account: StatementId,
        ore: Option<Ore>,
        means: Means,
    ) -> Result<Receipt, AllkontorError> {
        let receipt =
            self.with(|engine| Ok(engine.pay_account_out(now, account, ore, means.into())?))?;
        Ok(receipt.into())
    }

    /// Says what a top-up should have come to, if it was less: the difference is given back as it came. Only where it was
    /// taken, and as far as that device may spend it.
    pub fn correct_top_up(
        &self,
        now: Timestamp,
        entry: StatementId,
        ore: Ore,
    ) -> Result<Receipt, AllkontorError> {
        let receipt = self.with(|engine| Ok(engine.correct_top_up(now, entry, ore)?))?;
        Ok(receipt.into())
    }

    /// Closes an account that has nothing left. Only its custodian.
    pub fn close_account(
        &self,
        now: Timestamp,
        account: StatementId,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.close_account(now, account)?))
    }

    /// The account that somebody has under a key; none when they have none, or nobody here has heard of it.
    pub fn account_of(&self, holder: PublicKey) -> Result<Option<Account>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.account_of(holder)?))?;
        Ok(found.map(Account::from))
    }

    /// An account; none when nobody here has heard of it.
    pub fn account(&self, account: StatementId) -> Result<Option<Account>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.account(account)?))?;
        Ok(found.map(Account::from))
    }

    /// At most `limit` accounts behind `after`.
    pub fn accounts(
        &self,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<Account>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.accounts(after, page(limit))?))?;
        Ok(each(found))
    }

    /// What passed through an account, oldest first: at most `limit` lines behind the entry `after`.
    pub fn account_lines(
        &self,
        account: StatementId,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<AccountLine>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.account_lines(account, after, page(limit))?))?;
        Ok(each(found))
    }
}

impl From<command::AccountState> for Account {
    fn from(state: command::AccountState) -> Self {
        let allowed = |(device, ore)| AccountAllowance { device, ore };
        Self {
            account: state.account,
            holder: state.holder,
            custodian: state.custodian,
            limit: state.limit,
            balance: state.balance,
            here: state.here,
            allowances: state.allowances.into_iter().map(allowed).collect(),
            opened: state.opened,
            is_closed: state.is_closed,
        }
    }
}

impl From<command::AccountLine> for AccountLine {
    fn from(line: command::AccountLine) -> Self {
        Self {
            entry: line.entry,
            posting: match line.posting {
                resolve::AccountPosting::TopUp => AccountPosting::TopUp,
                resolve::AccountPosting::TakenBack => AccountPosting::TakenBack,
                resolve::AccountPosting::Spent => AccountPosting::Spent,
                resolve::AccountPosting::GivenBack => AccountPosting::GivenBack,
                resolve::AccountPosting::PaidOut => AccountPosting::PaidOut,
            },
            change: line.change,
            till: line.till,
            receipt: line.receipt,
            minute: line.minute,
        }
    }
}
