//! What is done with accounts at a desk: open, pay in, pay from, allow others to, pay out, close.

use super::Item;
use crate::id::{PublicKey, StatementId};
use crate::money::Ore;
use crate::resolve::AccountPosting;
use crate::statement::Means;
use crate::time::CivilMinute;

/// What staff do with accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnAccount {
    /// Open an account for whoever wishes one. This device is its custodian.
    Open {
        /// A lasting key, made for this alone.
        holder: PublicKey,
    },
    /// Take money in for an account. It can be spent when its custodian has heard of it.
    TopUp {
        /// The account.
        account: StatementId,
        /// How much.
        amount: Ore,
        /// How it is paid.
        means: Means,
    },
    /// Sell, and take the money from an account.
    Sell {
        /// The account.
        account: StatementId,
        /// What.
        items: Vec<Item>,
    },
    /// Take the money for charges from an account, all that is owed for each.
    Pay {
        /// The account.
        account: StatementId,
        /// The charges.
        charges: Vec<StatementId>,
    },
    /// Allow another device to spend so much of an account, or give an allowance back to its custodian.
    Allow {
        /// The account.
        account: StatementId,
        /// The device.
        to: PublicKey,
        /// How much.
        amount: Ore,
    },
    /// Pay an account out. Only its custodian.
    PayOut {
        /// The account.
        account: StatementId,
        /// How much; all that is there, when none is named.
        amount: Option<Ore>,
        /// In what form.
        means: Means,
    },
    /// Say what a top-up should have come to, if it was less; the difference is given back. Only where it was taken.
    Correct {
        /// The top-up.
        top_up: StatementId,
        /// What it comes to.
        amount: Ore,
    },
    /// Close an account that has nothing left. Only its custodian.
    Close {
        /// The account.
        account: StatementId,
    },
}

/// An account, as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountState {
    /// The statement that opened it.
    pub account: StatementId,
    /// The key of whoever it is for.
    pub holder: PublicKey,
    /// Who pays it out, and whom allowances go back to.
    pub custodian: PublicKey,
    /// How far below nothing it may go: nothing, when all is paid in ahead.
    pub limit: Ore,
    /// What was paid in, less what was spent and paid out.
    pub balance: Ore,
    /// What this device may spend of it now.
    pub here: Ore,
    /// What others than the custodian may spend, or what is on its way to them, by device.
    pub allowances: Vec<(PublicKey, Ore)>,
    /// When it was opened, or went on in the newest year.
    pub opened: CivilMinute,
    /// Whether it is closed.
    pub is_closed: bool,
}

/// One line of an account's statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountLine {
    /// The entry. Of what has a receipt, `receipt` prints it.
    pub entry: StatementId,
    /// What it was.
    pub posting: AccountPosting,
    /// By how much the balance changed.
    pub change: Ore,
    /// At which device.
    pub till: PublicKey,
    /// The number of its receipt in that till and year.
    pub receipt: u32,
    /// When.
    pub minute: CivilMinute,
}

/// Why something cannot be done with an account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    /// The catalogue does not say that there are any.
    #[error("the tariff says nothing of accounts: publish one that does")]
    NoAccounts,
    /// Nobody here has heard of it.
    #[error("account {account} is not known here")]
    Unknown {
        /// The account.
        account: StatementId,
    },
    /// Nobody here has heard of it, or nothing is left of it.
    #[error("top-up {top_up} is not known here")]
    UnknownTopUp {
        /// The top-up.
        top_up: StatementId,
    },
    /// One key has one account.
    #[error("that key has an account already: {account}")]
    Exists {
        /// The account.
        account: StatementId,
    },
    /// It is closed.
    #[error("account {account} is closed")]
    Closed {
        /// The account.
        account: StatementId,
    },
    /// Not to be closed while something is in it, owed for it, or allowed to others.
    #[error("account {account} has {balance}, {allowed} of it allowed to others: expected nothing")]
    NotEmpty {
        /// The account.
        account: StatementId,
        /// What it has.
        balance: Ore,
        /// What others may spend.
        allowed: Ore,
    },
    /// This device may not spend as much of it.
    #[error("{asked} of an account of which {here} may be spent here")]
    NotEnough {
        /// What was asked for.
        asked: Ore,
        /// What may be spent here.
        here: Ore,
    },
    /// Nothing, or less.
    #[error("an amount of {asked}: expected more than nothing")]
    NoAmount {
        /// What was said.
        asked: Ore,
    },
    /// An account was meant, and none was named.
    #[error("paying from an account names the account")]
    Which,
    /// No steward of the office, or no longer.
    #[error("device {device} is no steward of this office")]
    NotForThem {
        /// The device.
        device: PublicKey,
    },
}

impl AccountError {
    /// A stable code, for apps and for the languages' own texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoAccounts => "no_accounts",
            Self::Unknown { .. } => "no_such_account",
            Self::UnknownTopUp { .. } => "no_such_top_up",
            Self::Exists { .. } => "account_exists",
            Self::Closed { .. } => "account_closed",
            Self::NotEmpty { .. } => "account_not_empty",
            Self::NotEnough { .. } => "not_in_account",
            Self::NoAmount { .. } => "no_amount",
            Self::Which => "which_account",
            Self::NotForThem { .. } => "not_for_them",
        }
    }
}
