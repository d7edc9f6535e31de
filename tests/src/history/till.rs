//! Random histories of an office's tills: several desks that hear of one another now and then, are copied and revoked,
//! and sign what they like when nobody holds them to it.

mod account;

use super::Mode;
use crate::adapter::fold_all;
use crate::chance::Chance;
use crate::office::{Office, at};
use allkontor_core::id::{LineId, StatementId};
use allkontor_core::money::Ore;
use allkontor_core::resolve::Fold;
use allkontor_core::statement::{
    Body, Cause, ChainPoint, Charge, Cut, Deposit, Document, Entry, Means, PaidOut, Part, Pay,
    Posting, Revoke, Role, Settle, Take, Verified,
};
use std::collections::{BTreeMap, BTreeSet};

/// The document that it all happens in.
pub const TILL: Document = Document::Till(2026);

/// An office's tills being played in.
#[derive(Clone, Debug)]
pub struct Tills {
    /// Keys, chains, and everything signed.
    pub office: Office,
    /// What each device has heard, by place in the heap.
    pub views: Vec<BTreeSet<usize>>,
    /// How often what is interesting was tried.
    pub tried: BTreeMap<&'static str, usize>,
    mode: Mode,
    with_accounts: bool,
    chance: Chance,
}

fn ore(amount: i64) -> Ore {
    Ore::new(amount).expect("a small amount")
}

impl Tills {
    /// Two to four desks, and about `most` acts.
    pub fn play(mode: Mode, seed: u64, most: usize) -> Self {
        Self::start(mode, seed, most, false)
    }

    /// The same, and two thirds of what is done is about accounts.
    pub fn with_accounts(mode: Mode, seed: u64, most: usize) -> Self {
        Self::start(mode, seed, most, true)
    }

    fn start(mode: Mode, seed: u64, most: usize, with_accounts: bool) -> Self {
        let mut chance = Chance(seed);
        let roles = [Role::Kiosk, Role::Staff, Role::Admin, Role::Hub];
        let devices = 2 + chance.below(3);
        let office = Office::unassigned(&roles[..devices]).writing_in(TILL);
        let mut tills = Self {
            views: vec![(0..office.heap.len()).collect(); devices],
            office,
            tried: BTreeMap::new(),
            mode,
            with_accounts,
            chance,
        };
        for _ in 0..most {
            tills.act();
        }
        tills
    }

    fn act(&mut self) {
        let device = self.chance.below(self.views.len());
        let wild = self.mode == Mode::Wild;
        if self.with_accounts && self.chance.below(3) > 0 {
            return match self.chance.below(8) {
                0 if wild => self.rob(device),
                _ => self.on_account(device),
            };
        }
        match self.chance.below(if wild { 24 } else { 18 }) {
            0..=2 => self.charge(device),
            3..=4 => self.pay(device),
            5..=7 => self.deposit(device),
            8..=10 => self.pay_out(device),
            11..=12 => self.settle(device),
            13 => self.correct(device),
            14 => self.entry(device),
            15..=17 => self.meet(device),
            18 if self.chance.below(2) == 0 => self.revoke(device),
            18 => self.meet(device),
            19..=20 => self.copy(device),
            _ => self.rogue(device),
        }
    }

    fn note(&mut self, what: &'static str) {
        *self.tried.entry(what).or_default() += 1;
    }

    /// Adds to a device's chain, as far as it knows the office.
    fn say(&mut self, device: usize, body: impl Into<Body>) {
        let body = body.into();
        self.note(body.name());
        self.office.say(device, body);
        let last = self.office.heap.len() - 1;
        self.views[device].insert(last);
    }

    /// What a device has heard, resolved.
    pub fn known(&self, device: usize) -> Fold {
        let heap: Vec<Verified> = self.view(device);
        fold_all(self.office.id, TILL, &heap).expect("everybody knows the Genesis")
    }

    /// What a device has heard.
    pub fn view(&self, device: usize) -> Vec<Verified> {
        let known = self.views[device].iter();
        known.map(|at| self.office.heap[*at].clone()).collect()
    }

    fn means(&mut self) -> Means {
        self.chance.pick(&[Means::Cash, Means::Cash, Means::Card])
    }

    fn charge(&mut self, device: usize) {
        let amount = ore(100 * (1 + self.chance.below(9) as i64));
        let charge = Charge {
            line: LineId(1),
            quantity: 1,
            amount,
            catalogue: 1,
            minute: at(0, 600),
            about: None,
        };
        self.say(device, charge);
    }

    fn deposit(&mut self, device: usize) {
        let amount = ore(1_000 * (1 + self.chance.below(3) as i64));
        let means = self.means();
        let deposit = Deposit {
            line: LineId(2),
            amount,
            means,
            catalogue: 1,
            minute: at(0, 600),
            about: None,
        };
        self.say(device, deposit);
    }

    fn pay(&mut self, device: usize) {
        let fold = self.known(device);
        let books = &fold.resolved().books;
        let owed: Vec<(StatementId, Ore)> = books
            .charges
            .keys()
            .filter_map(|id| Some((*id, books.owed(id).ore().ok()?)))
            .filter(|(_, owed)| *owed > Ore::ZERO)
            .collect();
        if owed.is_empty() {
            return;
        }
        let mut parts: Vec<Part> = (0..=self.chance.below(2))
            .map(|_| self.chance.pick(&owed))
            .map(|(of, amount)| Part { of, amount })
            .collect();
        parts.sort_unstable();
        parts.dedup();
        let means = self.means();
        let pay = Pay {
            parts,
            means,
            minute: at(0, 610),
        };
        self.say(device, pay);
    }

    /// From any till, for any deposit that still has something left as far as is known there.
    fn pay_out(&mut self, device: usize) {
        let fold = self.known(device);
        let books = &fold.resolved().books;
        let left: Vec<(StatementId, Ore)> = books
            .deposits
            .iter()
            .map(|(id, held)| (*id, held.held()))
            .filter(|(id, held)| books.unsettled(id).ore().is_ok_and(|out| out < *held))
            .collect();
        if left.is_empty() {
            return;
        }
        let (deposit, held) = self.chance.pick(&left);
        let amount = if self.chance.below(3) == 0 {
            ore(held.get() / 2)
        } else {
            held
        };
        let means = self.means();
        let paid_out = PaidOut {
            deposit,
            amount,
            means,
            minute: at(0, 620),
        };
        self.say(device, paid_out);
    }

    /// Settles what was paid out of its deposits, or keeps some of one.
    fn settle(&mut self, device: usize) {
        let fold = self.known(device);
        let me = self.office.key(device);
        let books = &fold.resolved().books;
        let open = books.open_pay_outs().into_iter();
        let mine = open.filter(|(deposit, _)| fold.keeper_of_deposit(deposit) == Some(me));
        let mut due: Vec<Settle> = mine
            .filter_map(|(deposit, pay_outs)| {
                let paid_out = *pay_outs.first()?;
                let returned = books
                    .pay_outs
                    .get(&paid_out)?
                    .open()
                    .min(books.held(&deposit));
                (returned > Ore::ZERO).then_some(Settle {
                    deposit,
                    returned,
                    forfeited: Ore::ZERO,
                    cause: Cause::Ended,
                    paid_out: Some(paid_out),
                })
            })
            .collect();
        if due.is_empty() && self.chance.below(3) == 0 {
            let held = books
                .deposits
                .keys()
                .filter(|id| books.held(id) >= ore(100));
            let mine = held.filter(|id| fold.keeper_of_deposit(id) == Some(me));
            due.extend(mine.map(|deposit| Settle {
                deposit: *deposit,
                returned: Ore::ZERO,
                forfeited: ore(100),
                cause: Cause::Lost,
                paid_out: None,
            }));
        }
        if !due.is_empty() {
            let at = self.chance.below(due.len());
            self.say(device, due.swap_remove(at));
        }
    }

    fn correct(&mut self, device: usize) {
        let fold = self.known(device);
        let me = self.office.key(device);
        let books = &fold.resolved().books;
        let mine: Vec<StatementId> = books
            .charges
            .iter()
            .filter(|(id, charged)| {
                fold.keeper_of_charge(id) == Some(me) && charged.amount >= ore(100)
            })
            .map(|(id, _)| *id)
            .collect();
        if mine.is_empty() {
            return;
        }
        let of = self.chance.pick(&mine);
        let mut payments = books.payments.iter();
        let paid = payments.find(|(_, payment)| payment.kept_for(&of) >= ore(100));
        let returned = paid.map(|(id, _)| Part {
            of: *id,
            amount: ore(100),
        });
        let change = if self.chance.below(4) == 0 {
            ore(100)
        } else {
            ore(-100)
        };
        let returned = returned.into_iter().collect();
        self.post(
            device,
            Posting::Correction {
                of,
                change,
                returned,
            },
        );
    }

    fn entry(&mut self, device: usize) {
        let me = self.office.key(device);
        let fold = self.known(device);
        let till = fold.resolved().books.tills.get(&me);
        let cash = till.map(|till| till.cash).unwrap_or_default();
        let posting = match (self.chance.below(2), cash.ore()) {
            (0, Ok(expected)) => Posting::Count {
                counted: ore(expected.get().max(0) + 50),
                expected,
            },
            _ => Posting::Float { change: ore(5_000) },
        };
        self.post(device, posting);
    }

    fn post(&mut self, device: usize, posting: Posting) {
        self.note(match posting {
            Posting::Correction { .. } => "corrections",
            Posting::Count { .. } => "counts",
            Posting::Float { .. } => "floats",
            Posting::Closed { .. } => "closings",
        });
        self.say(
            device,
            Entry {
                posting,
                minute: at(0, 630),
                cause: None,
            },
        );
    }

    fn meet(&mut self, device: usize) {
        let other = self.chance.below(self.views.len());
        let both: BTreeSet<usize> = self.views[device]
            .union(&self.views[other])
            .copied()
            .collect();
        self.views[device] = both.clone();
        self.views[other] = both;
        // What is on its way to somebody is taken when they hear of it, as a rule.
        if self.with_accounts && self.chance.below(4) > 0 {
            self.take_allowed(device);
            self.take_allowed(other);
        }
    }

    /// The admin revokes a device, its cut some statements before its last; the heir takes over, the device goes on.
    fn revoke(&mut self, device: usize) {
        let heir = (device + 1) % self.views.len();
        let key = self.office.key(device);
        let chain: Vec<ChainPoint> = self
            .office
            .heap
            .iter()
            .filter(|s| s.signer() == key && s.header().document == TILL)
            .filter_map(|s| {
                Some(ChainPoint {
                    seq: s.header().link?.seq,
                    id: s.id(),
                })
            })
            .collect();
        let behind = self.chance.below(3);
        let head = chain.len().checked_sub(1 + behind).map(|at| chain[at]);
        let cuts = head.map(|head| Cut {
            document: TILL,
            head,
        });
        let successor = Some(self.office.key(heir));
        let revoke = self.office.rule(Revoke {
            device: key,
            cuts: cuts.into_iter().collect(),
            successor,
        });
        self.note("revokes");
        for (other, view) in self.views.iter_mut().enumerate() {
            if other != device {
                view.extend(0..self.office.heap.len());
            }
        }
        self.say(
            heir,
            Take {
                of: revoke.id(),
                via: None,
            },
        );
        self.pay_out(heir);
        self.settle(heir);
    }

    /// The device goes on from some statements before its last, as if it had never signed them.
    fn copy(&mut self, device: usize) {
        let key = self.office.key(device);
        let Some(head) = self.office.devices[device].head else {
            return;
        };
        let heap = &self.office.heap;
        let before = heap
            .iter()
            .find(|s| s.id() == head.1)
            .and_then(|s| s.header().link?.prev);
        let kept = before.zip(head.0.checked_sub(1)).map(|(id, seq)| (seq, id));
        let lost = heap
            .iter()
            .position(|s| s.id() == head.1 && s.signer() == key);
        self.office.devices[device].head = kept;
        if let Some(lost) = lost {
            self.views[device].remove(&lost);
        }
        self.note("copies");
        match self.chance.below(3) {
            _ if self.with_accounts => self.on_account(device),
            0 => self.pay_out(device),
            _ => self.settle(device),
        }
    }

    /// Signs a settlement or a correction of anything, by anybody.
    fn rogue(&mut self, device: usize) {
        let heap = &self.office.heap;
        let of = |wanted: fn(&Body) -> bool| -> Vec<StatementId> {
            let found = heap.iter().filter(|s| wanted(s.body()));
            found.map(Verified::id).collect()
        };
        let deposits = of(|body| matches!(body, Body::Deposit(_)));
        let pay_outs = of(|body| matches!(body, Body::PaidOut(_)));
        let charges = of(|body| matches!(body, Body::Charge(_)));
        let payments = of(|body| matches!(body, Body::Pay(_)));
        self.note("rogues");
        if self.chance.below(3) > 0 && !deposits.is_empty() {
            let deposit = self.chance.pick(&deposits);
            let paid_out = (!pay_outs.is_empty() && self.chance.below(4) > 0)
                .then(|| self.chance.pick(&pay_outs));
            let returned = ore(500 * self.chance.below(4) as i64);
            let forfeited = ore(if returned == Ore::ZERO { 700 } else { 0 });
            let cause = Cause::Staff;
            self.say(
                device,
                Settle {
                    deposit,
                    returned,
                    forfeited,
                    cause,
                    paid_out,
                },
            );
        } else if !charges.is_empty() {
            let of = self.chance.pick(&charges);
            let paid = (!payments.is_empty()).then(|| self.chance.pick(&payments));
            let returned = paid.map(|of| Part {
                of,
                amount: ore(150),
            });
            let change = ore(-300);
            let returned = returned.into_iter().collect();
            self.post(
                device,
                Posting::Correction {
                    of,
                    change,
                    returned,
                },
            );
        }
    }
}
