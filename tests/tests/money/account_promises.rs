//! What accounts promise, over random histories of several desks: nothing below the limit, no öre twice, whatever merges.

use super::promises::{
    books_are_the_oracles, happened_enough, number, order_makes_no_difference, some, whole,
};
use allkontor_core::money::Sum;
use allkontor_core::resolve::Books;
use allkontor_tests::adapter::fold_all;
use allkontor_tests::chance::Chance;
use allkontor_tests::history::Mode;
use allkontor_tests::history::till::{TILL, Tills};
use std::collections::BTreeMap;

/// What has to be tried or to happen at least this often in three hundred histories, for a test to mean much.
const WILD: &[(&str, usize)] = &[
    ("OpenAccount", 400),
    ("TopUp", 700),
    ("Spend", 150),
    ("Allow", 300),
    ("takes", 80),
    ("taken back", 40),
    ("paid out", 40),
    ("came", 60),
    ("went", 40),
    ("robberies", 200),
    ("revokes", 60),
    ("copies", 200),
    ("void", 100),
    ("given back", 5),
];

const HONEST: &[(&str, usize)] = &[
    ("OpenAccount", 400),
    ("TopUp", 800),
    ("Spend", 200),
    ("Allow", 350),
    ("takes", 100),
    ("taken back", 50),
    ("paid out", 50),
];

fn each(mode: Mode, enough: &[(&str, usize)], check: impl Fn(&Tills, &mut Chance)) {
    let histories = number("ALLKONTOR_HISTORIES", 1_000) * 3 / 10;
    let first = number("ALLKONTOR_SEED", 1);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in first..first + histories {
        let tills = Tills::with_accounts(mode, seed, 48);
        println!("seed {seed}");
        check(&tills, &mut Chance(seed ^ 0xffff));
        let fold = whole(&tills);
        let books = &fold.resolved().books;
        let entries = books
            .accounts
            .values()
            .flat_map(|account| account.entries.values());
        let back = entries
            .filter(|entry| entry.posting == allkontor_core::resolve::AccountPosting::GivenBack);
        let found = [("void", books.void.len()), ("given back", back.count())];
        let tried = tills.tried.iter().map(|(what, times)| (*what, *times));
        for (what, times) in tried.chain(found) {
            *seen.entry(what).or_default() += times;
        }
    }
    println!("{mode:?}: {seen:?}");
    happened_enough(&seen, enough, histories as usize, 300);
}

#[test]
fn l3_accounts_agree_with_the_oracle_whatever_is_signed() {
    each(Mode::Wild, WILD, |tills, chance| {
        books_are_the_oracles(tills, &tills.office.heap);
        books_are_the_oracles(tills, &some(tills, chance, 80));
    });
}

/// Always granted + paid in + came = shares + on their way + spent + paid out + went, none of them less than nothing; so
/// the balance is never below the limit. What was spent is on receipts.
fn accounts_are_conserved(books: &Books) {
    for (id, account) in &books.accounts {
        let add = |sums: &[Sum]| sums.iter().fold(Sum::default(), |all, sum| all.and(*sum));
        let shares: Vec<Sum> = account.shares.values().copied().collect();
        let flights = account.flights.values().map(|flight| flight.amount);
        let out = [account.spent, account.paid_out, account.went];
        let there = [add(&shares), flights.clone().sum()];
        let come = add(&[account.granted, account.paid_in, account.came]);
        assert_eq!(come, add(&out).and(add(&there)));
        for sum in shares.iter().chain(&out).chain(&there) {
            assert!(!sum.is_negative(), "{id} has less than nothing somewhere");
        }
        let balance = account.balance().and(account.came).less(account.went);
        assert!(
            !balance.and(account.granted).is_negative(),
            "below the limit"
        );
        let payments = books
            .payments
            .values()
            .filter(|paid| paid.account == Some(*id));
        let kept = payments.flat_map(|paid| paid.parts.keys().map(|of| paid.kept_for(of)));
        assert_eq!(account.spent, kept.sum(), "what was spent is on receipts");
        let listed = account.entries.values().map(|entry| entry.change);
        let listed = listed.fold(Sum::default(), Sum::and);
        assert_eq!(listed, account.balance(), "the statement is the balance");
    }
}

#[test]
fn l3_no_account_is_below_its_limit_and_no_ore_of_it_is_spent_twice_whatever_merges() {
    each(Mode::Wild, WILD, |tills, chance| {
        for percent in [100, 80, 50] {
            let heap = some(tills, chance, percent);
            let fold = fold_all(tills.office.id, TILL, &heap).unwrap();
            accounts_are_conserved(&fold.resolved().books);
        }
        for device in 0..tills.views.len() {
            accounts_are_conserved(&tills.known(device).resolved().books);
        }
    });
}

#[test]
fn l3_the_order_of_arrival_makes_no_difference_to_accounts() {
    each(Mode::Wild, WILD, order_makes_no_difference);
}

#[test]
fn l3_what_an_honest_desk_spends_counts_wherever_more_is_known() {
    each(Mode::Honest, HONEST, |tills, _| {
        let all = whole(tills);
        let books = &all.resolved().books;
        assert!(
            books.void.is_empty() && books.strays.is_empty(),
            "an honest desk errs"
        );
        for device in 0..tills.views.len() {
            let known = tills.known(device);
            for (id, account) in &known.resolved().books.accounts {
                let more = &books.accounts[id];
                for (entry, line) in &account.entries {
                    assert_eq!(more.entries.get(entry), Some(line));
                }
            }
        }
    });
}
