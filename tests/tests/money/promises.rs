//! What the books promise, over random histories of several tills, and that they are the oracle's, only faster.
//!
//! `ALLKONTOR_HISTORIES` says how many histories each test plays (1,000), `ALLKONTOR_SEED` where it starts.

use allkontor_core::resolve::{Books, Fold};
use allkontor_core::statement::{Body, Verified};
use allkontor_tests::adapter::{self, fold_all, resolve_authority};
use allkontor_tests::chance::Chance;
use allkontor_tests::history::Mode;
use allkontor_tests::history::till::{TILL, Tills};
use allkontor_tests::oracle::{self, Authority};
use std::collections::BTreeMap;

/// What has to be tried or to happen at least this often in a thousand histories, for a test to mean much.
const WILD: &[(&str, usize)] = &[
    ("Deposit", 3_000),
    ("PaidOut", 2_000),
    ("Settle", 3_000),
    ("Pay", 1_200),
    ("corrections", 1_500),
    ("counts", 400),
    ("revokes", 600),
    ("copies", 2_000),
    ("rogues", 3_000),
    ("void", 2_000),
    ("strays", 1_500),
    ("forks", 700),
    ("second pay-outs", 200),
    ("settled by an heir", 100),
    ("overpaid", 100),
];

const HONEST: &[(&str, usize)] = &[
    ("Deposit", 3_500),
    ("PaidOut", 2_500),
    ("Settle", 1_000),
    ("corrections", 800),
    ("second pay-outs", 100),
    ("overpaid", 100),
];

pub(super) fn number(variable: &str, otherwise: u64) -> u64 {
    let set = std::env::var(variable).ok();
    set.map_or(otherwise, |text| text.parse().expect("a number"))
}

fn each(mode: Mode, enough: &[(&str, usize)], check: impl Fn(&Tills, &mut Chance)) {
    let (histories, first) = (
        number("ALLKONTOR_HISTORIES", 1_000),
        number("ALLKONTOR_SEED", 1),
    );
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in first..first + histories {
        let tills = Tills::play(mode, seed, 40);
        let mut chance = Chance(seed ^ 0xffff);
        println!("seed {seed}");
        check(&tills, &mut chance);
        for (what, times) in &tills.tried {
            *seen.entry(what).or_default() += times;
        }
        let fold = whole(&tills);
        let books = &fold.resolved().books;
        let keeper = |settle: &Verified| match settle.body() {
            Body::Settle(b) if books.settlements.contains_key(&settle.id()) => {
                let taken_by = books.deposits.get(&b.deposit).map(|held| held.device);
                taken_by.is_some_and(|device| device != settle.signer())
            }
            _ => false,
        };
        for (what, times) in [
            ("void", books.void.len()),
            ("strays", books.strays.len()),
            ("forks", fold.resolved().forks.len()),
            ("second pay-outs", books.second_pay_outs().len()),
            ("overpaid", books.overpaid().count()),
            (
                "settled by an heir",
                fold.statements().values().filter(|s| keeper(s)).count(),
            ),
        ] {
            *seen.entry(what).or_default() += times;
        }
    }
    println!("{mode:?}: {seen:?}");
    happened_enough(&seen, enough, histories as usize, 1_000);
}

/// Whether in that many histories each happened as often as it is to in so many.
pub(super) fn happened_enough(
    seen: &BTreeMap<&str, usize>,
    enough: &[(&str, usize)],
    histories: usize,
    of_so_many: usize,
) {
    for (what, least) in enough {
        let got = seen.get(what).copied().unwrap_or(0);
        assert!(
            histories < of_so_many || got * of_so_many >= least * histories,
            "{what}: {got} times in {histories} histories, expected {least} in {of_so_many}"
        );
    }
}

pub(super) fn whole(tills: &Tills) -> Fold {
    fold_all(tills.office.id, TILL, &tills.office.heap).unwrap()
}

/// The Genesis, and the rest with that chance in percent.
pub(super) fn some(tills: &Tills, chance: &mut Chance, percent: usize) -> Vec<Verified> {
    let mut some = chance.some(&tills.office.heap, percent);
    some.push(tills.office.heap[0].clone());
    some
}

pub(super) fn books_are_the_oracles(tills: &Tills, heap: &[Verified]) {
    let authority = Authority::of(tills.office.id, heap);
    let slow = oracle::Fold::run(&authority, TILL, heap, true).books();
    let fast = adapter::books(&fold_all(tills.office.id, TILL, heap).unwrap());
    assert_eq!(fast, slow);
}

#[test]
fn l4_the_books_agree_with_the_oracle_whatever_is_signed() {
    each(Mode::Wild, WILD, |tills, chance| {
        books_are_the_oracles(tills, &tills.office.heap);
        books_are_the_oracles(tills, &some(tills, chance, 80));
    });
}

/// Per deposit taken = held + returned + forfeited, no öre settled twice, on either side.
fn money_is_conserved(books: &Books) {
    let mut settled: BTreeMap<_, i64> = BTreeMap::new();
    let mut returned: BTreeMap<_, i64> = BTreeMap::new();
    for settlement in books.settlements.values() {
        let all = settlement.returned.get() + settlement.forfeited.get();
        *settled.entry(settlement.deposit).or_default() += all;
        *returned.entry(settlement.deposit).or_default() += settlement.returned.get();
    }
    for (id, held) in &books.deposits {
        let (taken, left) = (held.deposit.amount.get(), held.held().get());
        assert!(left >= 0 && held.returned.get() >= 0 && held.forfeited.get() >= 0);
        assert_eq!(taken, left + held.returned.get() + held.forfeited.get());
        assert_eq!(settled.get(id).copied().unwrap_or(0), taken - left);
        let outs = books
            .pay_outs
            .values()
            .filter(|out| out.paid_out.deposit == *id);
        let out: i64 = outs.map(|out| out.settled.get()).sum();
        assert_eq!(
            returned.get(id).copied().unwrap_or(0),
            out,
            "returned is what was paid out"
        );
    }
    for out in books.pay_outs.values() {
        assert!(out.settled <= out.paid_out.amount);
    }
    for charged in books.charges.values() {
        assert!(charged.amount.get() >= 0);
    }
    for payment in books.payments.values() {
        for (charge, amount) in &payment.parts {
            assert!(payment.kept_for(charge).get() >= 0 && payment.kept_for(charge) <= *amount);
        }
    }
}

#[test]
fn l4_money_is_conserved_and_no_ore_settled_twice_whatever_is_signed() {
    each(Mode::Wild, WILD, |tills, chance| {
        for percent in [100, 80, 50] {
            let heap = some(tills, chance, percent);
            money_is_conserved(
                &fold_all(tills.office.id, TILL, &heap)
                    .unwrap()
                    .resolved()
                    .books,
            );
        }
    });
}

#[test]
fn l4_the_order_of_arrival_makes_no_difference_to_the_books() {
    each(Mode::Wild, WILD, order_makes_no_difference);
}

/// What comes shuffled, in batches, is the same in the end as all at once.
pub(super) fn order_makes_no_difference(tills: &Tills, chance: &mut Chance) {
    let all = whole(tills);
    let mut heap = tills.office.heap.clone();
    chance.shuffle(&mut heap);
    let mut known = vec![];
    let mut fold: Option<Fold> = None;
    for batch in heap.chunks(1 + chance.below(6)) {
        known.extend(batch.iter().cloned());
        let Some(authority) = resolve_authority(tills.office.id, &known) else {
            continue;
        };
        let fold = fold.get_or_insert_with(|| Fold::new(TILL, authority.clone()));
        fold.set_authority(authority);
        fold.extend(known.iter().cloned());
    }
    let fold = fold.unwrap();
    assert_eq!(fold.resolved(), all.resolved());
    assert_eq!(fold.resolved().digest(), all.resolved().digest());
}

#[test]
fn l4_what_counts_at_an_honest_desk_counts_wherever_more_is_known() {
    each(Mode::Honest, HONEST, |tills, chance| {
        let all = whole(tills);
        let books = &all.resolved().books;
        assert!(
            books.void.is_empty() && books.strays.is_empty(),
            "an honest desk errs"
        );
        for device in 0..tills.views.len() {
            let known = tills.known(device);
            for (id, settlement) in &known.resolved().books.settlements {
                assert_eq!(books.settlements.get(id), Some(settlement));
            }
        }
        let fewer = some(tills, chance, 60);
        let fewer = fold_all(tills.office.id, TILL, &fewer).unwrap();
        for (id, settlement) in &fewer.resolved().books.settlements {
            assert_eq!(books.settlements.get(id), Some(settlement));
        }
        for (id, one) in &fewer.resolved().books.corrections {
            let then = books.corrections.get(id).map(|one| (one.before, one.after));
            assert_eq!(then, Some((one.before, one.after)));
        }
    });
}

#[test]
fn l4_a_second_pay_out_is_listed_whatever_came_in_besides() {
    each(Mode::Wild, WILD, |tills, _| {
        let fold = whole(tills);
        let books = &fold.resolved().books;
        let listed: BTreeMap<_, _> = books
            .second_pay_outs()
            .into_iter()
            .map(|second| (second.deposit, second.amount.ore().unwrap().get()))
            .collect();
        let mut out: BTreeMap<_, i64> = BTreeMap::new();
        for pay_out in books.pay_outs.values() {
            *out.entry(pay_out.paid_out.deposit).or_default() += pay_out.paid_out.amount.get();
        }
        for (deposit, out) in out {
            let held = books.deposits.get(&deposit);
            let taken = held.map_or(0, |held| held.deposit.amount.get() - held.forfeited.get());
            let over = (out > taken).then_some(out - taken);
            assert_eq!(listed.get(&deposit).copied(), over);
        }
    });
}
