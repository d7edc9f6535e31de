//! L3: accounts. One desk pays from an account with no network; another only what it was allowed beforehand.

mod years;

use super::{PAGE, item, ore, publish, tariff, told};
use allkontor_core::command::{AccountError, AccountState, MoneyError};
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::error::Error;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::model::Accounts;
use allkontor_core::statement::{Means, Role};
use allkontor_tests::fleet::Fleet;

/// The office of the other stories, where people can have accounts.
fn office(limit: i64) -> Fleet {
    let mut fleet = Fleet::new();
    fleet.steward("tablet", Role::Staff, "kiosk");
    let mut tariff = tariff();
    let limit = ore(limit);
    tariff.accounts = Some(Accounts { limit });
    publish(&mut fleet, tariff).unwrap();
    fleet.meet_twice("tablet", "kiosk");
    fleet
}

fn why(error: DeviceError) -> AccountError {
    match error {
        DeviceError::Engine(Error::Money(MoneyError::Account(error))) => error,
        other => panic!("failed otherwise: {other}"),
    }
}

/// `balance 700 here 700 allowed 0`
fn stands(fleet: &mut Fleet, desk: &str, account: StatementId) -> String {
    let state = state(fleet, desk, account);
    let allowed: i64 = state.allowances.iter().map(|(_, ore)| ore.get()).sum();
    let (balance, here) = (state.balance.get(), state.here.get());
    format!("balance {balance} here {here} allowed {allowed}")
}

fn state(fleet: &mut Fleet, desk: &str, account: StatementId) -> AccountState {
    fleet.on(desk).account(account).unwrap().unwrap()
}

/// The account of a phone's owner, opened at the kiosk.
fn opened(fleet: &mut Fleet) -> (PublicKey, StatementId) {
    fleet.phone("anna", "kiosk");
    let holder = fleet.on("anna").account_key().unwrap();
    let now = fleet.now;
    let account = fleet.on("kiosk").open_account(now, holder).unwrap();
    (holder, account)
}

#[test]
fn l3_an_account_is_paid_into_and_paid_from_with_no_network_and_its_statement_adds_up() {
    let mut fleet = office(0);
    let (holder, account) = opened(&mut fleet);
    let now = fleet.now;
    let kiosk = fleet.on("kiosk");
    let again = why(kiosk.open_account(now, holder).unwrap_err());
    assert_eq!(again, AccountError::Exists { account });
    let receipt = kiosk.top_up(now, account, ore(2_000), Means::Cash).unwrap();
    assert_eq!(told(&receipt), "topup 1:  = 2000 cash");
    let sold = kiosk
        .sell_from_account(now, account, vec![item(PAGE, 5)])
        .unwrap();
    assert_eq!(told(&sold), "payment 2: page x5 1500 = 1500 account");
    assert_eq!(
        kiosk.till(None).unwrap().cash,
        ore(2_000),
        "of what was spent none is cash"
    );
    let refused = why(kiosk
        .sell_from_account(now, account, vec![item(PAGE, 2)])
        .unwrap_err());
    let (asked, here) = (ore(600), ore(500));
    assert_eq!(refused, AccountError::NotEnough { asked, here });
    // Three pages came out blank.
    let corrected = kiosk
        .correct(now, sold.lines[0].of, ore(600), None)
        .unwrap();
    assert_eq!(
        told(&corrected),
        "correction 3: page x5 1500 -> 600 = -900 account"
    );
    assert_eq!(
        stands(&mut fleet, "kiosk", account),
        "balance 1400 here 1400 allowed 0"
    );
    let kiosk = fleet.on("kiosk");
    let out = kiosk
        .pay_account_out(now, account, None, Means::Cash)
        .unwrap();
    assert_eq!(told(&out), "refund 4:  = -1400 cash");
    assert_eq!(kiosk.till(None).unwrap().cash, ore(600));
    let lines = kiosk.account_lines(account, None, 10).unwrap();
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("{:?} {}", line.posting, line.change.get()))
        .collect();
    assert_eq!(
        lines,
        [
            "TopUp 2000",
            "Spent -1500",
            "GivenBack 900",
            "PaidOut -1400"
        ]
    );
    let page = kiosk.account_lines(account, None, 1).unwrap();
    let rest = kiosk
        .account_lines(account, Some(page[0].entry), 10)
        .unwrap();
    assert_eq!(rest.len(), 3);
    assert_eq!(kiosk.receipt(out.entry).unwrap(), Some(out));
    kiosk.close_account(now, account).unwrap();
    let closed = why(kiosk
        .top_up(now, account, ore(100), Means::Cash)
        .unwrap_err());
    assert_eq!(closed, AccountError::Closed { account });
    assert!(
        kiosk.open_account(now, holder).is_ok(),
        "whoever closed one may open another"
    );
    fleet.meet_twice("anna", "kiosk");
    assert!(
        fleet.on("anna").account_of(holder).is_err(),
        "no business of phones"
    );
}

#[test]
fn l3_another_desk_spends_what_it_was_allowed_beforehand_and_not_an_ore_more() {
    let mut fleet = office(0);
    let (_, account) = opened(&mut fleet);
    let (now, tablet) = (fleet.now, fleet.key("tablet"));
    fleet
        .on("kiosk")
        .top_up(now, account, ore(3_000), Means::Card)
        .unwrap();
    fleet
        .on("kiosk")
        .allow(now, account, tablet, ore(900))
        .unwrap();
    assert_eq!(
        stands(&mut fleet, "kiosk", account),
        "balance 3000 here 2100 allowed 900"
    );
    fleet.meet_twice("tablet", "kiosk");
    // They hear nothing of one another, and both take what they can.
    let pages = |count| vec![item(PAGE, count)];
    fleet
        .on("tablet")
        .sell_from_account(now, account, pages(3))
        .unwrap();
    fleet
        .on("kiosk")
        .sell_from_account(now, account, pages(7))
        .unwrap();
    for (desk, count) in [("tablet", 1), ("kiosk", 1)] {
        let refused = why(fleet
            .on(desk)
            .sell_from_account(now, account, pages(count))
            .unwrap_err());
        assert!(
            matches!(refused, AccountError::NotEnough { .. }),
            "{desk}: {refused}"
        );
    }
    fleet.meet_twice("tablet", "kiosk");
    assert_eq!(
        stands(&mut fleet, "tablet", account),
        "balance 0 here 0 allowed 0"
    );
    // What comes in at the tablet is the kiosk's when that hears of it.
    let mistaken = fleet
        .on("tablet")
        .top_up(now, account, ore(5_000), Means::Cash)
        .unwrap();
    assert_eq!(
        stands(&mut fleet, "kiosk", account),
        "balance 0 here 0 allowed 0"
    );
    fleet.meet_twice("tablet", "kiosk");
    assert_eq!(
        stands(&mut fleet, "kiosk", account),
        "balance 5000 here 5000 allowed 0"
    );
    // It was 500: the kiosk gives back what the tablet gives back.
    let correct = |device: &mut Device| device.correct_top_up(now, mistaken.entry, ore(500));
    assert!(
        correct(fleet.on("kiosk")).is_err(),
        "that is the tablet's till"
    );
    assert!(matches!(
        why(correct(fleet.on("tablet")).unwrap_err()),
        AccountError::NotEnough { .. }
    ));
    fleet
        .on("kiosk")
        .allow(now, account, tablet, ore(4_500))
        .unwrap();
    fleet.meet_twice("tablet", "kiosk");
    let back = correct(fleet.on("tablet")).unwrap();
    assert_eq!(told(&back), "refund 3:  = -4500 cash");
    assert_eq!(fleet.on("tablet").till(None).unwrap().cash, ore(500));
    fleet.meet_twice("tablet", "kiosk");
    for desk in ["tablet", "kiosk"] {
        assert!(stands(&mut fleet, desk, account).starts_with("balance 500"));
        assert_eq!(fleet.on(desk).stray_money().unwrap(), []);
    }
}

#[test]
fn l3_an_allowance_is_given_back_and_only_then_is_the_account_closed() {
    let mut fleet = office(0);
    let (_, account) = opened(&mut fleet);
    let (now, tablet, kiosk) = (fleet.now, fleet.key("tablet"), fleet.key("kiosk"));
    fleet
        .on("kiosk")
        .top_up(now, account, ore(1_000), Means::Cash)
        .unwrap();
    fleet
        .on("kiosk")
        .allow(now, account, tablet, ore(400))
        .unwrap();
    fleet.meet_twice("tablet", "kiosk");
    let out = fleet
        .on("tablet")
        .pay_account_out(now, account, None, Means::Cash);
    assert!(out.is_err(), "only its custodian pays it out");
    fleet
        .on("kiosk")
        .pay_account_out(now, account, None, Means::Cash)
        .unwrap();
    let open = why(fleet.on("kiosk").close_account(now, account).unwrap_err());
    assert!(matches!(open, AccountError::NotEmpty { .. }), "{open}");
    fleet
        .on("tablet")
        .allow(now, account, kiosk, ore(400))
        .unwrap();
    fleet.meet_twice("tablet", "kiosk");
    assert_eq!(
        stands(&mut fleet, "kiosk", account),
        "balance 400 here 400 allowed 0"
    );
    fleet
        .on("kiosk")
        .pay_account_out(now, account, None, Means::Cash)
        .unwrap();
    fleet.on("kiosk").close_account(now, account).unwrap();
}

#[test]
fn l3_a_tab_goes_as_far_below_nothing_as_the_office_says_and_is_never_paid_out() {
    let mut fleet = office(1_000);
    let (_, account) = opened(&mut fleet);
    let now = fleet.now;
    let kiosk = fleet.on("kiosk");
    let pages = |count| vec![item(PAGE, count)];
    kiosk.sell_from_account(now, account, pages(3)).unwrap();
    let refused = why(kiosk.sell_from_account(now, account, pages(1)).unwrap_err());
    assert!(
        matches!(refused, AccountError::NotEnough { .. }),
        "{refused}"
    );
    assert_eq!(
        stands(&mut fleet, "kiosk", account),
        "balance -900 here 100 allowed 0"
    );
    let kiosk = fleet.on("kiosk");
    let none = why(kiosk
        .pay_account_out(now, account, Some(ore(100)), Means::Cash)
        .unwrap_err());
    assert!(
        matches!(none, AccountError::NotEnough { .. }),
        "the limit is not lent in cash"
    );
    let owing = why(kiosk.close_account(now, account).unwrap_err());
    assert!(matches!(owing, AccountError::NotEmpty { .. }), "{owing}");
    kiosk.top_up(now, account, ore(900), Means::Cash).unwrap();
    kiosk.close_account(now, account).unwrap();
}

#[test]
fn l3_nobody_has_an_account_where_the_office_has_none_and_bad_amounts_leave_no_trace() {
    let mut fleet = super::office();
    let now = fleet.now;
    let kiosk = fleet.on("kiosk");
    let none = why(kiosk.open_account(now, PublicKey([7; 32])).unwrap_err());
    assert_eq!(none, AccountError::NoAccounts);
    let mut fleet = office(0);
    let (_, account) = opened(&mut fleet);
    let (before, me) = (fleet.on("kiosk").digest().unwrap(), fleet.key("kiosk"));
    let kiosk = fleet.on("kiosk");
    for (refused, code) in [
        (
            kiosk.top_up(now, account, ore(0), Means::Cash).unwrap_err(),
            "no_amount",
        ),
        (
            kiosk
                .top_up(now, account, ore(-5), Means::Cash)
                .unwrap_err(),
            "no_amount",
        ),
        (
            kiosk
                .top_up(now, account, ore(5), Means::Account)
                .unwrap_err(),
            "which_account",
        ),
        (
            kiosk
                .sell(now, vec![item(PAGE, 1)], Means::Account)
                .unwrap_err(),
            "which_account",
        ),
        (
            kiosk.allow(now, account, me, ore(1)).unwrap_err(),
            "not_for_them",
        ),
        (
            kiosk
                .allow(now, account, PublicKey([1; 32]), ore(1))
                .unwrap_err(),
            "not_for_them",
        ),
        (
            kiosk.correct_top_up(now, account, ore(1)).unwrap_err(),
            "no_such_top_up",
        ),
        (
            kiosk.close_account(now, StatementId([1; 32])).unwrap_err(),
            "no_such_account",
        ),
    ] {
        assert_eq!(refused.code(), code, "{refused}");
    }
    assert_eq!(fleet.on("kiosk").digest().unwrap(), before);
}

#[test]
fn l3_an_account_s_key_is_tied_to_no_booking_and_the_same_every_time() {
    let mut fleet = office(0);
    fleet.phone("anna", "kiosk");
    let key = fleet.on("anna").account_key().unwrap();
    assert_eq!(fleet.on("anna").account_key().unwrap(), key);
    assert_ne!(key, fleet.key("anna"));
    let seed = [5; 16];
    let paper = Device::account_key_on_paper(&seed);
    assert_eq!(paper, Device::account_key_on_paper(&seed));
    assert_ne!(
        paper,
        allkontor_core::sync::qr::Slip::key_of(&seed).public()
    );
}
