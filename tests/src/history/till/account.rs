//! Accounts in the histories of tills.

use super::{Tills, ore};
use crate::office::at;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::money::{Ore, Sum};
use allkontor_core::resolve::{Account, Fold};
use allkontor_core::statement::{
    Allow, Body, CarryOver, Document, Entry, Means, OpenAccount, Part, Posting, Refund, Spend,
    Take, TopUp, Verified,
};

impl Tills {
    /// Something with an account, as an honest desk would do it.
    pub(super) fn on_account(&mut self, device: usize) {
        match self.chance.below(17) {
            0 => self.open_account(device),
            1..=3 => self.top_up(device),
            4..=6 => self.spend(device),
            7..=8 => self.allow(device),
            9..=10 => self.take_allowed(device),
            11..=14 => self.refund(device),
            15 => self.carry_over(device),
            _ => self.close(device),
        }
    }

    fn open_account(&mut self, device: usize) {
        let open = OpenAccount {
            holder: PublicKey([9; 32]),
            limit: ore(1_000 * self.chance.below(3) as i64),
            minute: at(0, 600),
            account: None,
        };
        self.say(device, open);
    }

    /// An account that a device knows, with what it may spend of it.
    fn some_account(&mut self, device: usize) -> Option<(Fold, StatementId, Sum)> {
        let fold = self.known(device);
        let books = &fold.resolved().books;
        let all: Vec<StatementId> = books.accounts.keys().copied().collect();
        if all.is_empty() {
            return None;
        }
        let account = self.chance.pick(&all);
        let share = books.accounts[&account].share(&self.office.key(device));
        Some((fold, account, share))
    }

    fn part_of(&mut self, share: Sum) -> Option<Ore> {
        let share = share.ore().ok()?.get();
        let part = share / (1 + self.chance.below(3) as i64);
        (part > 0).then(|| ore(part))
    }

    fn top_up(&mut self, device: usize) {
        let Some((_, account, _)) = self.some_account(device) else {
            return self.open_account(device);
        };
        let top_up = TopUp {
            account,
            amount: ore(100 * (1 + self.chance.below(20) as i64)),
            means: self.means(),
            minute: at(0, 605),
        };
        self.say(device, top_up);
    }

    fn spend(&mut self, device: usize) {
        let Some((fold, account, share)) = self.some_account(device) else {
            return;
        };
        let books = &fold.resolved().books;
        let owed = books
            .charges
            .keys()
            .filter_map(|id| Some((*id, books.owed(id).ore().ok()?)));
        let owed = owed.filter(|(_, owed)| *owed > Ore::ZERO && Sum::from(*owed) <= share);
        let owed: Vec<(StatementId, Ore)> = owed.collect();
        if owed.is_empty() {
            return self.charge(device);
        }
        let (of, amount) = self.chance.pick(&owed);
        let spend = Spend {
            account,
            parts: vec![Part { of, amount }],
            minute: at(0, 612),
        };
        self.say(device, spend);
    }

    fn allow(&mut self, device: usize) {
        let Some((_, account, share)) = self.some_account(device) else {
            return;
        };
        let to = self.chance.below(self.views.len());
        let to = self.office.key(to);
        if let Some(amount) = self.part_of(share) {
            self.say(
                device,
                Allow {
                    account,
                    amount,
                    to,
                },
            );
        }
    }

    /// Takes what is on its way to it.
    pub(super) fn take_allowed(&mut self, device: usize) {
        let me = self.office.key(device);
        let fold = self.known(device);
        let books = &fold.resolved().books;
        if let Some(of) = books.allowed_to(&me).next() {
            self.note("takes");
            self.say(device, Take { of, via: None });
        }
    }

    fn refund(&mut self, device: usize) {
        let Some((fold, account, share)) = self.some_account(device) else {
            return;
        };
        let me = self.office.key(device);
        let known = &fold.resolved().books.accounts[&account];
        let limit = fold.account_custodians(&account).get(&me).copied();
        let mine = |account: &Account| {
            let mut entries = account.entries.iter();
            entries.find_map(|(id, entry)| {
                let left = account.left_of(id)?;
                let is_enough = left > Ore::ZERO && Sum::from(left) <= share;
                (entry.device == me && is_enough).then_some((*id, left))
            })
        };
        let (of, amount) = match (mine(known), limit) {
            (Some((id, left)), _) if self.chance.below(2) == 0 => (Some(id), left),
            (_, Some(limit)) => match self.part_of(share.without(limit)) {
                Some(amount) => (None, amount),
                None => return,
            },
            _ => return,
        };
        self.note(if of.is_some() {
            "taken back"
        } else {
            "paid out"
        });
        let means = self.means();
        let refund = Refund {
            account,
            amount,
            means,
            minute: at(0, 640),
            of,
        };
        self.say(device, refund);
    }

    fn carry_over(&mut self, device: usize) {
        let Some((_, account, share)) = self.some_account(device) else {
            return;
        };
        let comes = self.chance.below(2) == 0;
        let change = match (comes, self.part_of(share)) {
            (true, _) => ore(700),
            (false, Some(amount)) => Ore::ZERO.less(amount).expect("a small amount"),
            (false, None) => return,
        };
        self.note(if comes { "came" } else { "went" });
        let carry = CarryOver {
            account,
            change,
            document: Document::Till(if comes { 2025 } else { 2027 }),
            minute: at(0, 650),
        };
        self.say(device, carry);
    }

    fn close(&mut self, device: usize) {
        let Some((fold, account, _)) = self.some_account(device) else {
            return;
        };
        let custodians = fold.account_custodians(&account);
        if custodians.contains_key(&self.office.key(device)) && self.chance.below(4) == 0 {
            self.note("closed");
            self.say(
                device,
                Entry {
                    posting: Posting::Closed { account },
                    minute: at(0, 660),
                    cause: None,
                },
            );
        }
    }

    /// Takes from an account whatever it likes, whoever signs.
    pub(super) fn rob(&mut self, device: usize) {
        let of = |heap: &[Verified], wanted: fn(&Body) -> bool| -> Vec<StatementId> {
            heap.iter()
                .filter(|s| wanted(s.body()))
                .map(Verified::id)
                .collect()
        };
        let heap = &self.office.heap;
        let accounts = of(heap, |body| matches!(body, Body::OpenAccount(_)));
        let charges = of(heap, |body| matches!(body, Body::Charge(_)));
        let top_ups = of(heap, |body| matches!(body, Body::TopUp(_)));
        let allowed = of(heap, |body| matches!(body, Body::Allow(_)));
        if accounts.is_empty() {
            return;
        }
        self.note("robberies");
        let account = self.chance.pick(&accounts);
        let amount = ore(100 * (1 + self.chance.below(30) as i64));
        let to = self.office.key(device);
        let minute = at(0, 670);
        match self.chance.below(7) {
            0 if !charges.is_empty() => {
                let of = self.chance.pick(&charges);
                let parts = vec![Part { of, amount }];
                self.say(
                    device,
                    Spend {
                        account,
                        parts,
                        minute,
                    },
                );
            }
            1 => self.say(
                device,
                Allow {
                    account,
                    amount,
                    to,
                },
            ),
            2 => {
                let of = (!top_ups.is_empty() && self.chance.below(2) == 0)
                    .then(|| self.chance.pick(&top_ups));
                let means = Means::Cash;
                self.say(
                    device,
                    Refund {
                        account,
                        amount,
                        means,
                        minute,
                        of,
                    },
                );
            }
            3 if !allowed.is_empty() => {
                let of = self.chance.pick(&allowed);
                self.say(device, Take { of, via: None });
            }
            4 => {
                let change = Ore::ZERO.less(amount).expect("a small amount");
                let document = Document::Till(2027);
                self.say(
                    device,
                    CarryOver {
                        account,
                        change,
                        document,
                        minute,
                    },
                );
            }
            5 => {
                let open = OpenAccount {
                    holder: PublicKey([8; 32]),
                    limit: ore(100),
                    minute,
                    account: Some(account),
                };
                self.say(device, open);
            }
            _ => {
                let posting = Posting::Closed { account };
                self.say(
                    device,
                    Entry {
                        posting,
                        minute,
                        cause: None,
                    },
                );
            }
        }
    }
}
