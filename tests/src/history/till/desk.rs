//! A day's work at a till, as an honest desk does it.

use super::{Tills, ore};
use crate::office::at;
use allkontor_core::id::{LineId, StatementId};
use allkontor_core::money::Ore;
use allkontor_core::statement::{
    Cause, Charge, Deposit, Entry, PaidOut, Part, Pay, Posting, Settle,
};

impl Tills {
    pub(super) fn charge(&mut self, device: usize) {
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

    pub(super) fn deposit(&mut self, device: usize) {
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

    pub(super) fn pay(&mut self, device: usize) {
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
    pub(super) fn pay_out(&mut self, device: usize) {
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
    pub(super) fn settle(&mut self, device: usize) {
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

    pub(super) fn correct(&mut self, device: usize) {
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
        self.post_correction(device, of, change, returned);
    }

    /// Corrects a charge, and gives back a part of what was paid for it.
    pub(super) fn post_correction(
        &mut self,
        device: usize,
        of: StatementId,
        change: Ore,
        returned: Option<Part>,
    ) {
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

    pub(super) fn entry(&mut self, device: usize) {
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

    pub(super) fn post(&mut self, device: usize, posting: Posting) {
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
}
