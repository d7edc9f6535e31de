//! Accounts: what was paid in ahead, and tabs.
//!
//! Every öre that may be spent of an account is with one device, or on its way to one. It comes by what that device takes
//! in, by the limit of whoever opened the account, and from other devices; and it goes in that device's chain alone. So
//! each verdict depends on ancestors only, and nothing that merges can spend an öre twice (the bounded counters of Balegas
//! et al., *Extending Eventually Consistent Cloud Databases for Enforcing Numeric Invariants*, SRDS 2015).

use super::super::fold::Fold;
use super::{Books, Payment};
use crate::id::{PublicKey, StatementId};
use crate::money::{Ore, Sum};
use crate::statement::{Allow, Body, CarryOver, Means, OpenAccount, Refund, Spend, TopUp};
use crate::time::CivilMinute;
use std::collections::{BTreeMap, BTreeSet};

/// An account, as one year's document tells of it.
///
/// Always: `granted + paid_in + came = shares + flights + spent + paid_out + went`, none of them less than nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Who opened it here, or went on with it.
    pub openings: BTreeMap<StatementId, Opening>,
    /// What each device may spend of it.
    pub shares: BTreeMap<PublicKey, Sum>,
    /// What is on its way from one device to another, by the `Allow`.
    pub flights: BTreeMap<StatementId, Flight>,
    /// The limit, if it was opened here: what may be spent before anything is paid in.
    pub granted: Sum,
    /// What was paid in, less what of it was wrong.
    pub paid_in: Sum,
    /// What was spent, less what corrections gave back.
    pub spent: Sum,
    /// What was paid out.
    pub paid_out: Sum,
    /// What came from other years' documents.
    pub came: Sum,
    /// What went into other years' documents.
    pub went: Sum,
    /// What its statement lists.
    pub entries: BTreeMap<StatementId, AccountEntry>,
    /// What moved it between devices and years.
    pub moved: BTreeSet<StatementId>,
    /// Who said that it is closed.
    pub closed: BTreeSet<StatementId>,
    /// What of each top-up was not taken back.
    top_ups: BTreeMap<StatementId, (PublicKey, Ore)>,
}

/// A device opened an account, or went on with it in a new year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The device. It, or who stands in for it, is the custodian.
    pub device: PublicKey,
    /// The key of whoever it is for.
    pub holder: PublicKey,
    /// How far below nothing it may go.
    pub limit: Ore,
    /// When.
    pub minute: CivilMinute,
}

/// Something on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flight {
    /// Where to.
    pub to: PublicKey,
    /// How much.
    pub amount: Ore,
}

/// One line of an account's statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountEntry {
    /// What it was.
    pub posting: AccountPosting,
    /// By how much the balance changed.
    pub change: Sum,
    /// At which device.
    pub device: PublicKey,
    /// The number of its receipt in that till and year.
    pub receipt: u32,
    /// In what form.
    pub means: Means,
    /// When.
    pub minute: CivilMinute,
}

/// What a line of an account's statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AccountPosting {
    /// Money came in.
    TopUp,
    /// A top-up was wrong.
    TakenBack,
    /// Charges were paid.
    Spent,
    /// A charge was corrected.
    GivenBack,
    /// The rest was paid out.
    PaidOut,
}

impl Account {
    /// What a device may spend of it.
    pub fn share(&self, device: &PublicKey) -> Sum {
        self.shares.get(device).copied().unwrap_or_default()
    }

    /// The opening that tells whose it is: that of the account itself, else the one with the smallest id.
    pub fn opening(&self, account: &StatementId) -> Option<&Opening> {
        let first = self.openings.get(account);
        first.or_else(|| self.openings.values().next())
    }

    /// What is left of a top-up, if it counts.
    pub fn left_of(&self, top_up: &StatementId) -> Option<Ore> {
        self.top_ups.get(top_up).map(|(_, left)| *left)
    }

    /// By how much the balance has changed here.
    pub fn balance(&self) -> Sum {
        self.paid_in.less(self.spent).less(self.paid_out)
    }

    fn give(&mut self, device: PublicKey, amount: Sum) {
        let share = self.shares.entry(device).or_default();
        *share = share.and(amount);
    }

    /// Takes so much from what a device may spend; false, and nothing, when it may not spend as much.
    fn draw(&mut self, device: PublicKey, amount: Sum, keep: Sum) -> bool {
        let left = self.share(&device).less(amount);
        let is_enough = left >= keep;
        if is_enough {
            self.shares.insert(device, left);
        }
        is_enough
    }
}

impl Books {
    fn account(&mut self, account: StatementId) -> &mut Account {
        self.accounts.entry(account).or_default()
    }

    /// What is on its way to a device.
    pub fn allowed_to(&self, device: &PublicKey) -> impl Iterator<Item = StatementId> + '_ {
        let device = *device;
        let flights = self.accounts.values().flat_map(|account| &account.flights);
        flights.filter_map(move |(id, flight)| (flight.to == device).then_some(*id))
    }

    /// A device takes what is on its way under that `Allow`, if `is_mine` says that it is for it.
    pub(in super::super) fn take_allowed(
        &mut self,
        allow: &StatementId,
        device: PublicKey,
        is_mine: impl Fn(&PublicKey) -> bool,
    ) {
        for account in self.accounts.values_mut() {
            if account
                .flights
                .get(allow)
                .is_some_and(|flight| is_mine(&flight.to))
                && let Some(flight) = account.flights.remove(allow)
            {
                account.give(device, flight.amount.into());
            }
        }
    }

    /// The heir of a device may spend what that might.
    pub(in super::super) fn inherit(&mut self, revoked: PublicKey, heir: PublicKey) {
        for account in self.accounts.values_mut() {
            if let Some(share) = account.shares.remove(&revoked) {
                account.give(heir, share);
            }
        }
    }

    /// Whether a device may spend anything of an account.
    pub(in super::super) fn may_spend(&self, device: &PublicKey) -> bool {
        let accounts = self.accounts.values();
        accounts
            .map(|account| account.share(device))
            .any(Sum::is_positive)
    }

    /// What a correction gives back of a payment from an account comes back to that, where it is corrected.
    pub(super) fn give_back(&mut self, id: StatementId, entry: AccountEntry, of: StatementId) {
        let account = self.account(of);
        account.spent = account.spent.less(entry.change);
        account.give(entry.device, entry.change);
        let all = account.entries.entry(id).or_insert(AccountEntry {
            change: Sum::default(),
            ..entry
        });
        all.change = all.change.and(entry.change);
    }
}

impl Fold {
    /// The custodians of an account here, each with how far below nothing it may let it go.
    pub fn account_custodians(&self, account: &StatementId) -> BTreeMap<PublicKey, Ore> {
        let mut custodians = BTreeMap::new();
        let known = self.progress.resolved.books.accounts.get(account);
        for opening in known.into_iter().flat_map(|known| known.openings.values()) {
            let limit = custodians.entry(self.stand_in(opening.device)).or_default();
            *limit = opening.limit.max(*limit);
        }
        custodians
    }

    /// A statement about an account. `facts`: whether its author may take money in and out.
    pub(super) fn judge_account(
        &mut self,
        id: StatementId,
        device: PublicKey,
        body: &Body,
        facts: bool,
    ) {
        let counts = match body {
            Body::OpenAccount(open) => self.open_account(id, device, open),
            Body::TopUp(top_up) if facts => self.top_up(id, device, top_up),
            Body::Spend(spend) if facts => self.spend(id, device, spend),
            Body::Allow(allow) => self.allow(id, device, allow),
            Body::CarryOver(carry) => self.carry_over(id, device, carry),
            Body::Refund(refund) if facts => self.refund(id, device, refund),
            _ => return,
        };
        if !counts {
            self.progress.resolved.books.void.insert(id);
        }
    }

    fn open_account(&mut self, id: StatementId, device: PublicKey, open: &OpenAccount) -> bool {
        let books = &mut self.progress.resolved.books;
        let account = books.account(open.account.unwrap_or(id));
        let opening = Opening {
            device,
            holder: open.holder,
            limit: open.limit,
            minute: open.minute,
        };
        account.openings.insert(id, opening);
        if open.account.is_none() {
            account.granted = account.granted.with(open.limit);
            account.give(device, open.limit.into());
        }
        true
    }

    fn top_up(&mut self, id: StatementId, device: PublicKey, top_up: &TopUp) -> bool {
        let books = &mut self.progress.resolved.books;
        let change = Sum::from(top_up.amount);
        let receipt = books.till(device).receipt(top_up.means, change);
        let account = books.account(top_up.account);
        account.give(device, change);
        account.paid_in = account.paid_in.and(change);
        account.top_ups.insert(id, (device, top_up.amount));
        let entry = AccountEntry {
            posting: AccountPosting::TopUp,
            change,
            device,
            receipt,
            means: top_up.means,
            minute: top_up.minute,
        };
        account.entries.insert(id, entry);
        true
    }

    fn spend(&mut self, id: StatementId, device: PublicKey, spend: &Spend) -> bool {
        let books = &mut self.progress.resolved.books;
        let total: Sum = spend.parts.iter().map(|part| part.amount).sum();
        let account = books.account(spend.account);
        if !account.draw(device, total, Sum::default()) {
            return false;
        }
        account.spent = account.spent.and(total);
        let receipt = books.till(device).receipt(Means::Account, total);
        let entry = AccountEntry {
            posting: AccountPosting::Spent,
            change: Sum::default().less(total),
            device,
            receipt,
            means: Means::Account,
            minute: spend.minute,
        };
        books.account(spend.account).entries.insert(id, entry);
        for part in &spend.parts {
            let paid = books.paid.entry(part.of).or_default();
            *paid = paid.with(part.amount);
        }
        let parts = spend.parts.iter().map(|part| (part.of, part.amount));
        let payment = Payment {
            device,
            receipt,
            parts: parts.collect(),
            returned: BTreeMap::new(),
            means: Means::Account,
            account: Some(spend.account),
            minute: spend.minute,
        };
        books.payments.insert(id, payment);
        true
    }

    fn allow(&mut self, id: StatementId, device: PublicKey, allow: &Allow) -> bool {
        let account = self.progress.resolved.books.account(allow.account);
        if !account.draw(device, allow.amount.into(), Sum::default()) {
            return false;
        }
        let flight = Flight {
            to: allow.to,
            amount: allow.amount,
        };
        account.flights.insert(id, flight);
        account.moved.insert(id)
    }

    fn carry_over(&mut self, id: StatementId, device: PublicKey, carry: &CarryOver) -> bool {
        let account = self.progress.resolved.books.account(carry.account);
        let (change, nothing) = (Sum::from(carry.change), Sum::default());
        if change.is_positive() {
            account.came = account.came.and(change);
            account.give(device, change);
        } else if account.draw(device, nothing.less(change), nothing) {
            account.went = account.went.less(change);
        } else {
            return false;
        }
        account.moved.insert(id)
    }

    fn refund(&mut self, id: StatementId, device: PublicKey, refund: &Refund) -> bool {
        let limit = self
            .account_custodians(&refund.account)
            .get(&device)
            .copied();
        let keeps = |author: PublicKey| self.stand_in(author) == device;
        let known = self.progress.resolved.books.accounts.get(&refund.account);
        // What is paid out was paid in: the limit is not lent in cash. A top-up that was wrong never was there at all.
        let keep = match refund.of {
            None => limit,
            Some(of) => known
                .and_then(|account| account.top_ups.get(&of))
                .filter(|(author, left)| keeps(*author) && refund.amount <= *left)
                .map(|_| Ore::ZERO),
        };
        let books = &mut self.progress.resolved.books;
        let account = books.account(refund.account);
        let amount = Sum::from(refund.amount);
        let Some(true) = keep.map(|keep| account.draw(device, amount, keep.into())) else {
            return false;
        };
        let posting = match refund.of {
            None => {
                account.paid_out = account.paid_out.and(amount);
                AccountPosting::PaidOut
            }
            Some(of) => {
                account.paid_in = account.paid_in.less(amount);
                if let Some((_, left)) = account.top_ups.get_mut(&of) {
                    *left = left.less(refund.amount).unwrap_or_default();
                }
                AccountPosting::TakenBack
            }
        };
        let change = Sum::default().less(amount);
        let receipt = books.till(device).receipt(refund.means, change);
        let entry = AccountEntry {
            posting,
            change,
            device,
            receipt,
            means: refund.means,
            minute: refund.minute,
        };
        books.account(refund.account).entries.insert(id, entry);
        true
    }

    /// Nothing more is to pass through an account: its custodian says so.
    pub(super) fn close_account(&mut self, id: StatementId, device: PublicKey, of: StatementId) {
        let is_custodian = self.account_custodians(&of).contains_key(&device);
        let books = &mut self.progress.resolved.books;
        if is_custodian {
            books.account(of).closed.insert(id);
        } else {
            books.void.insert(id);
        }
    }
}
