//! The books of a till document: what its statements come to (spec §5.2).
//!
//! A deposit's öre are written off in its keeper's chain only, and a charge is corrected in its own: so each verdict
//! depends on ancestors only. All else is a physical fact, counted as it comes: a payment too many, or money paid out
//! twice, is shown and never netted away.
//!
//! **Architecture invariant:** nothing here knows the tariff or the clock, and no amount is ever rounded.

mod account;
mod ask;
mod judge;

pub use account::{Account, AccountEntry, AccountPosting, Flight, Opening};
pub use ask::SecondPayOut;
pub(super) use judge::named;

use crate::id::{PublicKey, StatementId};
use crate::money::{Ore, Sum};
use crate::statement::{Cause, Charge, Deposit, Means, PaidOut, Part};
use crate::time::CivilMinute;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that went through the tills of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// What is or was owed.
    pub charges: BTreeMap<StatementId, Charged>,
    /// What came in for charges.
    pub payments: BTreeMap<StatementId, Payment>,
    /// What came in to be given back.
    pub deposits: BTreeMap<StatementId, Held>,
    /// What left a till for a deposit, whether or not it was settled.
    pub pay_outs: BTreeMap<StatementId, PayOut>,
    /// Settlements that count.
    pub settlements: BTreeMap<StatementId, Settlement>,
    /// Corrections that count.
    pub corrections: BTreeMap<StatementId, Corrected>,
    /// Accounts, by the statements that opened them, in whichever year.
    pub accounts: BTreeMap<StatementId, Account>,
    /// Each device's till.
    pub tills: BTreeMap<PublicKey, Till>,
    /// Without effect, because their author was not the keeper or there was not so much: settlements, corrections, and what
    /// an account does not have.
    pub void: BTreeSet<StatementId>,
    /// What a revoked device wrote beyond its cut. It does not count, but money may have changed hands: for staff to
    /// look at.
    pub strays: BTreeSet<StatementId>,
    /// What was paid for each charge, and not given back since.
    pub(super) paid: BTreeMap<StatementId, Sum>,
}

/// A charge, as it stands after its corrections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// As it was written.
    pub charge: Charge,
    /// The device that wrote it.
    pub device: PublicKey,
    /// What it comes to now.
    pub amount: Ore,
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Whose till it went into.
    pub device: PublicKey,
    /// Its receipt's number in that till and year.
    pub receipt: u32,
    /// How much for which charge.
    pub parts: BTreeMap<StatementId, Ore>,
    /// How much of that was given back.
    pub returned: BTreeMap<StatementId, Ore>,
    /// In what form.
    pub means: Means,
    /// The account that it was paid from.
    pub account: Option<StatementId>,
    /// When.
    pub minute: CivilMinute,
}

/// A deposit: what was taken is what is held, returned and forfeited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// As it was written.
    pub deposit: Deposit,
    /// The device that took it. It, or who stands in for it, is the keeper.
    pub device: PublicKey,
    /// Its receipt's number in that till and year.
    pub receipt: u32,
    /// Given back, as settled.
    pub returned: Ore,
    /// Kept for good.
    pub forfeited: Ore,
}

/// Money of a deposit that left a till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayOut {
    /// As it was written.
    pub paid_out: PaidOut,
    /// Whose till.
    pub device: PublicKey,
    /// Its receipt's number in that till and year.
    pub receipt: u32,
    /// How much of it has been settled.
    pub settled: Ore,
}

/// A settlement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The deposit.
    pub deposit: StatementId,
    /// Given back.
    pub returned: Ore,
    /// Kept.
    pub forfeited: Ore,
    /// Why.
    pub cause: Cause,
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// Whose till gave money back, if any.
    pub device: PublicKey,
    /// Its receipt's number in that till and year.
    pub receipt: u32,
    /// The charge.
    pub charge: StatementId,
    /// What it came to before.
    pub before: Ore,
    /// What it comes to after.
    pub after: Ore,
    /// Payments, and how much of each was given back.
    pub returned: Vec<Part>,
    /// When.
    pub minute: CivilMinute,
    /// Why.
    pub cause: Option<Cause>,
}

/// One device's till in one year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Till {
    /// The cash that came in less what went out, differences of counts included.
    pub cash: Sum,
    /// How many receipts it has written.
    pub receipts: u32,
    /// Cash put in or taken out, by entry.
    pub floats: BTreeMap<StatementId, Ore>,
    /// Its counts, in the order in which they were made.
    pub counts: Vec<Counted>,
}

/// A count of a till's cash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The entry.
    pub entry: StatementId,
    /// When.
    pub minute: CivilMinute,
    /// What lay in it.
    pub counted: Ore,
    /// What its books said.
    pub expected: Ore,
}

impl Counted {
    /// Too much, or too little.
    pub fn difference(&self) -> Sum {
        Sum::from(self.counted).without(self.expected)
    }
}

impl Held {
    /// What the keeper still holds of it.
    pub fn held(&self) -> Ore {
        let settled = [self.returned, self.forfeited];
        let left = settled
            .into_iter()
            .fold(Sum::from(self.deposit.amount), Sum::without);
        // Never more than was taken, which is an amount.
        left.ore().unwrap_or_default()
    }
}

impl PayOut {
    /// What of it nobody has settled.
    pub fn open(&self) -> Ore {
        let left = Sum::from(self.paid_out.amount).without(self.settled);
        left.ore().unwrap_or_default()
    }
}

impl Payment {
    /// What was paid for a charge and has not been given back.
    pub fn kept_for(&self, charge: &StatementId) -> Ore {
        let paid = self.parts.get(charge).copied().unwrap_or_default();
        let returned = self.returned.get(charge).copied().unwrap_or_default();
        Sum::from(paid).without(returned).ore().unwrap_or_default()
    }

    /// All of it.
    pub fn total(&self) -> Sum {
        self.parts.values().copied().sum()
    }
}
