//! §5.2: accounts, as double-entry bookkeeping: everything that is judged to count moves so much from one pot to another.

use super::fold::Fold;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{Body, Posting, Refund};
use std::collections::{BTreeMap, BTreeSet};

/// Where money of an account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pot {
    /// A device may spend it.
    With(PublicKey),
    /// It is on its way under that `Allow`.
    Flight(StatementId),
    /// It was lent by the limit.
    Limit,
    /// It came in over a desk.
    Desk,
    /// It was spent.
    Spent,
    /// It was paid out.
    PaidOut,
    /// It is in another year's books.
    OtherYear,
}

/// So much went from one pot to another.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    account: StatementId,
    from: Pot,
    to: Pot,
    amount: i128,
}

/// What the desks must agree on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountBooks {
    /// What each device may spend.
    pub shares: BTreeMap<PublicKey, i128>,
    /// What is on its way.
    pub flights: BTreeMap<StatementId, i128>,
    /// The limit, what was paid in, spent, paid out, came and went.
    pub sums: [i128; 6],
    /// The custodians and their limits.
    pub custodians: BTreeMap<PublicKey, i128>,
    /// Whether it is closed.
    pub closed: bool,
}

impl Fold<'_> {
    fn pot(&self, account: StatementId, pot: Pot) -> i128 {
        let of = self.moves.iter().filter(|m| m.account == account);
        of.map(|m| {
            let (to, from) = (m.to == pot, m.from == pot);
            i128::from(to) * m.amount - i128::from(from) * m.amount
        })
        .sum()
    }

    fn shift(&mut self, account: StatementId, from: Pot, to: Pot, amount: i128) -> bool {
        self.moves.push(Move {
            account,
            from,
            to,
            amount,
        });
        true
    }

    /// The same, if there is as much beyond what has to stay.
    fn draw(&mut self, account: StatementId, pots: (Pot, Pot), amount: i128, stays: i128) -> bool {
        self.pot(account, pots.0) - amount >= stays && self.shift(account, pots.0, pots.1, amount)
    }

    /// "custodians(a): standin(signer of o) for each OpenAccount o of a that counts"
    fn custodians(&self, account: StatementId) -> BTreeMap<PublicKey, i128> {
        let mut found: BTreeMap<PublicKey, i128> = BTreeMap::new();
        for id in &self.money {
            if let Some(Body::OpenAccount(b)) = self.all.get(id).map(|s| s.body())
                && b.account.unwrap_or(*id) == account
            {
                let limit = found.entry(self.keeper(*id).unwrap()).or_default();
                *limit = (*limit).max(b.limit.get().into());
            }
        }
        found
    }

    /// Whether a statement about an account counts, and what it moves; `None` when its author may not write such a thing.
    pub(super) fn on_account(
        &mut self,
        id: StatementId,
        by: PublicKey,
        body: &Body,
        facts: bool,
    ) -> Option<bool> {
        let me = Pot::With(by);
        match body {
            Body::OpenAccount(b) => Some(match b.account {
                None => self.shift(id, Pot::Limit, me, b.limit.get().into()),
                Some(_) => true,
            }),
            Body::TopUp(b) if facts => {
                Some(self.shift(b.account, Pot::Desk, me, b.amount.get().into()))
            }
            Body::Spend(b) if facts => {
                let all = b
                    .parts
                    .iter()
                    .map(|part| i128::from(part.amount.get()))
                    .sum();
                Some(self.draw(b.account, (me, Pot::Spent), all, 0))
            }
            Body::Allow(b) => {
                let amount = b.amount.get().into();
                Some(self.draw(b.account, (me, Pot::Flight(id)), amount, 0))
            }
            Body::CarryOver(b) => {
                let change = i128::from(b.change.get());
                Some(if change > 0 {
                    self.shift(b.account, Pot::OtherYear, me, change)
                } else {
                    self.draw(b.account, (me, Pot::OtherYear), -change, 0)
                })
            }
            Body::Refund(b) if facts => Some(self.refunds(by, b)),
            _ => None,
        }
    }

    fn refunds(&mut self, by: PublicKey, refund: &Refund) -> bool {
        let (me, amount) = (Pot::With(by), i128::from(refund.amount.get()));
        let Some(of) = refund.of else {
            // "the custodian, and its limit stays"
            return match self.custodians(refund.account).get(&by).copied() {
                Some(limit) => self.draw(refund.account, (me, Pot::PaidOut), amount, limit),
                None => false,
            };
        };
        let top_up = self
            .money
            .contains(&of)
            .then(|| self.all[&of].body().clone());
        let Some(Body::TopUp(top_up)) = top_up else {
            return false;
        };
        let back = self
            .money
            .iter()
            .filter_map(|id| match self.all[id].body() {
                Body::Refund(b) if b.of == Some(of) => Some(i128::from(b.amount.get())),
                _ => None,
            });
        let left = i128::from(top_up.amount.get()) - back.sum::<i128>();
        top_up.account == refund.account
            && self.keeper(of) == Some(by)
            && amount <= left
            && self.draw(refund.account, (me, Pot::Desk), amount, 0)
    }

    /// What a correction gives back of what was paid from accounts.
    pub(super) fn back_to_accounts(&mut self, by: PublicKey, posting: &Posting) {
        let Posting::Correction { returned, .. } = posting else {
            return;
        };
        for part in returned {
            if let Some(Body::Spend(b)) = self.all.get(&part.of).map(|s| s.body().clone()) {
                self.shift(
                    b.account,
                    Pot::Spent,
                    Pot::With(by),
                    part.amount.get().into(),
                );
            }
        }
    }

    pub(super) fn closes(&self, by: PublicKey, account: StatementId) -> bool {
        self.custodians(account).contains_key(&by)
    }

    /// "in flight moves to share(a, d)"
    pub(super) fn take_allowed(&mut self, allow: StatementId, by: PublicKey) {
        for account in self.accounts() {
            let amount = self.pot(account, Pot::Flight(allow));
            self.shift(account, Pot::Flight(allow), Pot::With(by), amount);
        }
    }

    /// "moves what the revoked device may spend"
    pub(super) fn inherit(&mut self, from: PublicKey, by: PublicKey) {
        for account in self.accounts() {
            let amount = self.pot(account, Pot::With(from));
            self.shift(account, Pot::With(from), Pot::With(by), amount);
        }
    }

    fn accounts(&self) -> BTreeSet<StatementId> {
        let opened = self
            .money
            .iter()
            .filter_map(|id| match self.all[id].body() {
                Body::OpenAccount(b) => Some(b.account.unwrap_or(*id)),
                _ => None,
            });
        self.moves.iter().map(|m| m.account).chain(opened).collect()
    }

    /// Every account, added up.
    pub fn account_books(&self) -> BTreeMap<StatementId, AccountBooks> {
        let book = |account: StatementId| {
            let of = || self.moves.iter().filter(move |m| m.account == account);
            let between = |from: fn(Pot) -> bool, to: fn(Pot) -> bool| -> i128 {
                of().filter(|m| from(m.from) && to(m.to))
                    .map(|m| m.amount)
                    .sum()
            };
            let pots: BTreeSet<Pot> = of().flat_map(|m| [m.from, m.to]).collect();
            let held = |pot: &Pot| (*pot, self.pot(account, *pot));
            let held: Vec<(Pot, i128)> = pots.iter().map(held).filter(|(_, h)| *h != 0).collect();
            let closed = self.money.iter().any(|id| match self.all[id].body() {
                Body::Entry(b) => b.posting == Posting::Closed { account },
                _ => false,
            });
            AccountBooks {
                shares: held
                    .iter()
                    .filter_map(|(pot, sum)| match pot {
                        Pot::With(device) => Some((*device, *sum)),
                        _ => None,
                    })
                    .collect(),
                flights: held
                    .iter()
                    .filter_map(|(pot, sum)| match pot {
                        Pot::Flight(allow) => Some((*allow, *sum)),
                        _ => None,
                    })
                    .collect(),
                sums: [
                    -self.pot(account, Pot::Limit),
                    -self.pot(account, Pot::Desk),
                    self.pot(account, Pot::Spent),
                    self.pot(account, Pot::PaidOut),
                    between(|from| from == Pot::OtherYear, |_| true),
                    between(|_| true, |to| to == Pot::OtherYear),
                ],
                custodians: self.custodians(account),
                closed,
            }
        };
        let all = self.accounts().into_iter().map(|id| (id, book(id)));
        all.filter(|(_, book)| *book != AccountBooks::default())
            .collect()
    }
}
