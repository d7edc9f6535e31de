//! §5.2: what went through the tills, every amount added up again from the statements that count.

use super::account::AccountBooks;
use super::fold::{Fold, Motion};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::limits::MAX_ORE;
use allkontor_core::statement::{Body, Entry, Means, Part, Posting, Verified};
use std::collections::{BTreeMap, BTreeSet};

/// What the desks must agree on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// What each charge comes to, what was paid for it and not given back, and who may correct it.
    pub charges: BTreeMap<StatementId, (i128, i128, PublicKey)>,
    /// What is held, returned and forfeited of each deposit, and who keeps it.
    pub deposits: BTreeMap<StatementId, (i128, i128, i128, PublicKey)>,
    /// What of each pay-out is not settled.
    pub open: BTreeMap<StatementId, i128>,
    /// How much more left the tills for a deposit than there is of it.
    pub second: BTreeMap<StatementId, i128>,
    /// The cash that should lie in each till.
    pub cash: BTreeMap<PublicKey, i128>,
    /// The number of each receipt.
    pub receipts: BTreeMap<StatementId, u32>,
    /// Accounts.
    pub accounts: BTreeMap<StatementId, AccountBooks>,
    /// What does not count of what needs a keeper, or so much.
    pub void: BTreeSet<StatementId>,
    /// What is beyond a cut.
    pub strays: BTreeSet<StatementId>,
}

/// The charge and the payments that a correction names.
pub(super) fn corrected(entry: &Entry) -> Option<Vec<StatementId>> {
    match &entry.posting {
        Posting::Correction { of, returned, .. } => Some(
            [*of]
                .into_iter()
                .chain(returned.iter().map(|part| part.of))
                .collect(),
        ),
        _ => None,
    }
}

impl Fold<'_> {
    fn counted(&self) -> impl Iterator<Item = &Verified> {
        self.money.iter().filter_map(|id| self.all.get(id))
    }

    fn counts_as<'a, T>(
        &'a self,
        id: StatementId,
        what: impl Fn(&'a Body) -> Option<T>,
    ) -> Option<T> {
        let counts = self.money.contains(&id);
        let body = self.all.get(&id).filter(|_| counts)?.body();
        what(body)
    }

    /// "its keeper is the device that took it, or who took over from that"
    pub(super) fn keeper(&self, of: StatementId) -> Option<PublicKey> {
        let mut at = self.all.get(&of)?.signer();
        for motion in &self.motions {
            if let Motion::Inherit { from, by } = motion
                && at == *from
            {
                at = *by;
            }
        }
        Some(at)
    }

    fn settled(&self, deposit: StatementId) -> (i128, i128) {
        let settles = self.counted().filter_map(|s| match s.body() {
            Body::Settle(b) if b.deposit == deposit => Some(b),
            _ => None,
        });
        settles.fold((0, 0), |(returned, forfeited), b| {
            (
                returned + i128::from(b.returned.get()),
                forfeited + i128::from(b.forfeited.get()),
            )
        })
    }

    fn open(&self, paid_out: StatementId, amount: i128) -> i128 {
        let settles = self.counted().filter_map(|s| match s.body() {
            Body::Settle(b) if b.paid_out == Some(paid_out) => Some(b),
            _ => None,
        });
        amount - settles.map(|b| i128::from(b.returned.get())).sum::<i128>()
    }

    fn corrections(&self, charge: StatementId) -> impl Iterator<Item = (i128, &Vec<Part>)> {
        self.counted().filter_map(move |s| match s.body() {
            Body::Entry(entry) => match &entry.posting {
                Posting::Correction {
                    of,
                    change,
                    returned,
                } if *of == charge => Some((i128::from(change.get()), returned)),
                _ => None,
            },
            _ => None,
        })
    }

    fn given_back(&self, charge: StatementId, payment: StatementId) -> i128 {
        let parts = self.corrections(charge).flat_map(|(_, parts)| parts);
        let of = parts.filter(|part| part.of == payment);
        of.map(|part| i128::from(part.amount.get())).sum()
    }

    fn paid_by(&self, charge: StatementId, payment: StatementId) -> i128 {
        let parts = self.counts_as(payment, |body| match body {
            Body::Pay(b) => Some(&b.parts),
            Body::Spend(b) => Some(&b.parts),
            _ => None,
        });
        let parts = parts.into_iter().flatten().filter(|part| part.of == charge);
        parts.map(|part| i128::from(part.amount.get())).sum()
    }

    /// Whether a settlement or an entry counts; `None` when its author may not write such a thing at all.
    pub(super) fn counts(&self, by: PublicKey, body: &Body, facts: bool) -> Option<bool> {
        match body {
            Body::Settle(b) => {
                let taken = self.counts_as(b.deposit, |body| match body {
                    Body::Deposit(d) => Some(i128::from(d.amount.get())),
                    _ => None,
                });
                let Some(taken) = taken else {
                    return Some(false);
                };
                let (returned, forfeited) = self.settled(b.deposit);
                let (more, kept) = (i128::from(b.returned.get()), i128::from(b.forfeited.get()));
                // "nothing is given back without a pay-out of that deposit, nor more than it"
                let paid_out = b.paid_out.and_then(|id| {
                    self.counts_as(id, |body| match body {
                        Body::PaidOut(p) => Some((p.deposit, i128::from(p.amount.get()))),
                        _ => None,
                    })
                });
                let covered = match (b.paid_out, paid_out) {
                    (Some(id), Some((of, amount))) => {
                        of == b.deposit && more <= self.open(id, amount)
                    }
                    _ => more == 0,
                };
                let fits = returned + forfeited + more + kept <= taken;
                Some(self.keeper(b.deposit) == Some(by) && covered && fits)
            }
            Body::Entry(entry) if facts => match &entry.posting {
                Posting::Correction {
                    of,
                    change,
                    returned,
                } => {
                    let first = self.counts_as(*of, |body| match body {
                        Body::Charge(c) => Some(i128::from(c.amount.get())),
                        _ => None,
                    });
                    let Some(first) = first else {
                        return Some(false);
                    };
                    let changes: i128 = self.corrections(*of).map(|(change, _)| change).sum();
                    let after = first + changes + i128::from(change.get());
                    let kept = |part: &Part| {
                        let left = self.paid_by(*of, part.of) - self.given_back(*of, part.of);
                        i128::from(part.amount.get()) <= left
                    };
                    Some(
                        self.keeper(*of) == Some(by)
                            && (0..=i128::from(MAX_ORE)).contains(&after)
                            && returned.iter().all(kept),
                    )
                }
                Posting::Closed { account } => Some(self.closes(by, *account)),
                _ => Some(true),
            },
            _ => None,
        }
    }

    /// Everything, added up.
    pub fn books(&self) -> Books {
        let mut books = Books {
            void: self.no_money.clone(),
            strays: self.strays.clone(),
            accounts: self.account_books(),
            ..Books::default()
        };
        let mut left: BTreeMap<StatementId, i128> = BTreeMap::new();
        let mut numbers: BTreeMap<PublicKey, u32> = BTreeMap::new();
        for statement in self.counted() {
            let (id, by) = (statement.id(), statement.signer());
            let keeper = self.keeper(id).unwrap_or(by);
            let mut cash = |means: Means, amount: i128| {
                let till = books.cash.entry(by).or_default();
                if means == Means::Cash {
                    *till += amount;
                }
                let number = numbers.entry(by).or_default();
                *number += 1;
                books.receipts.insert(id, *number);
            };
            match statement.body() {
                Body::Charge(b) => {
                    let changes: i128 = self.corrections(id).map(|(change, _)| change).sum();
                    let payments: BTreeSet<StatementId> = self.money.iter().copied().collect();
                    let paid = payments
                        .iter()
                        .map(|pay| self.paid_by(id, *pay) - self.given_back(id, *pay))
                        .sum();
                    let amount = i128::from(b.amount.get()) + changes;
                    books.charges.insert(id, (amount, paid, keeper));
                }
                Body::Pay(b) => {
                    let parts = b.parts.iter().map(|part| i128::from(part.amount.get()));
                    cash(b.means, parts.sum());
                }
                Body::Spend(_) => cash(Means::Account, 0),
                Body::TopUp(b) => cash(b.means, i128::from(b.amount.get())),
                Body::Refund(b) => cash(b.means, -i128::from(b.amount.get())),
                Body::Deposit(b) => {
                    let amount = i128::from(b.amount.get());
                    cash(b.means, amount);
                    let (returned, forfeited) = self.settled(id);
                    let held = amount - returned - forfeited;
                    books
                        .deposits
                        .insert(id, (held, returned, forfeited, keeper));
                }
                Body::PaidOut(b) => {
                    let amount = i128::from(b.amount.get());
                    cash(b.means, -amount);
                    books.open.insert(id, self.open(id, amount));
                    *left.entry(b.deposit).or_default() += amount;
                }
                Body::Entry(entry) => match &entry.posting {
                    Posting::Correction { returned, .. } => {
                        let in_cash = returned.iter().filter(|part| {
                            let means = self.counts_as(part.of, |body| match body {
                                Body::Pay(b) => Some(b.means),
                                _ => None,
                            });
                            means == Some(Means::Cash)
                        });
                        let out: i128 = in_cash.map(|part| i128::from(part.amount.get())).sum();
                        cash(Means::Cash, -out);
                    }
                    Posting::Count { counted, expected } => {
                        *books.cash.entry(by).or_default() +=
                            i128::from(counted.get()) - i128::from(expected.get());
                    }
                    Posting::Closed { .. } => {}
                    Posting::Float { change } => {
                        *books.cash.entry(by).or_default() += i128::from(change.get());
                    }
                },
                _ => {}
            }
        }
        for (deposit, out) in left {
            // All that left the tills, and all that is kept for good, against what was taken.
            let taken = self.counts_as(deposit, |body| match body {
                Body::Deposit(d) => Some(i128::from(d.amount.get())),
                _ => None,
            });
            let over = out + self.settled(deposit).1 - taken.unwrap_or(0);
            if over > 0 {
                books.second.insert(deposit, over);
            }
        }
        books
    }
}
