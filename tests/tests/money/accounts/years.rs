//! Accounts that outlast a year, an office's move, and the desk that kept them.

use super::super::{PAGE, confirmed, item, ore};
use super::{office, opened, stands, state};
use allkontor_core::id::PublicKey;
use allkontor_core::statement::{Means, Role};
use allkontor_tests::world::{at, instant};

#[test]
fn l3_a_balance_goes_on_in_the_new_year_and_what_is_owed_from_the_old_one_is_paid_from_it() {
    let mut fleet = office(0);
    let (holder, account) = opened(&mut fleet);
    let key = confirmed(&mut fleet, "bo", 1, "24T10:00-12:00");
    let (now, tablet) = (fleet.now, fleet.key("tablet"));
    let kiosk = fleet.on("kiosk");
    let owed = kiosk.charge(now, key, vec![item(PAGE, 10)]).unwrap();
    kiosk
        .top_up(now, account, ore(10_000), Means::Cash)
        .unwrap();
    kiosk.allow(now, account, tablet, ore(3_000)).unwrap();
    fleet.meet_twice("tablet", "kiosk");
    fleet.now = instant(at("2027-01-04T09:00"));
    let now = fleet.now;
    for desk in ["kiosk", "tablet"] {
        fleet.on(desk).confirm_clock(now).unwrap();
    }
    // Neither has heard of the other since.
    fleet
        .on("tablet")
        .sell_from_account(now, account, vec![item(PAGE, 10)])
        .unwrap();
    fleet
        .on("kiosk")
        .sell_from_account(now, account, vec![item(PAGE, 1)])
        .unwrap();
    let late = fleet
        .on("kiosk")
        .pay_from_account(now, account, owed)
        .unwrap();
    assert_eq!(late.total, ore(3_000));
    fleet.meet_twice("tablet", "kiosk");
    for desk in ["kiosk", "tablet"] {
        let known = fleet.on(desk).account_of(holder).unwrap().unwrap();
        assert_eq!(
            (known.account, known.balance),
            (account, ore(3_700)),
            "{desk}"
        );
    }
    assert_eq!(
        stands(&mut fleet, "kiosk", account),
        "balance 3700 here 3700 allowed 0"
    );
    assert_eq!(
        fleet
            .on("kiosk")
            .account_lines(account, None, 10)
            .unwrap()
            .len(),
        4
    );
    let opened = state(&mut fleet, "tablet", account).opened;
    assert!(
        opened >= at("2027-01-04T09:00"),
        "last year's books are not needed for it"
    );
    let kiosk = fleet.on("kiosk");
    kiosk
        .pay_account_out(now, account, None, Means::Cash)
        .unwrap();
    kiosk.close_account(now, account).unwrap();
}

#[test]
fn l3_an_office_that_is_moved_as_one_file_has_its_accounts() {
    let mut fleet = office(0);
    let (_, account) = opened(&mut fleet);
    let now = fleet.now;
    fleet
        .on("kiosk")
        .top_up(now, account, ore(2_000), Means::Cash)
        .unwrap();
    let archive = fleet.on("kiosk").archive(now).unwrap();
    archive.check(now).unwrap();
    fleet.join("moved");
    fleet.on("moved").restore_archive(now, &archive).unwrap();
    let (lost, heir) = (fleet.key("kiosk"), fleet.key("moved"));
    let kiosk = fleet.on("kiosk");
    kiosk.certify(now, heir, Role::Staff).unwrap();
    kiosk.hand_over(now, heir).unwrap();
    fleet.meet_twice("moved", "kiosk");
    fleet
        .on("moved")
        .replace_device(now, lost, Some(heir))
        .unwrap();
    let all = "balance 2000 here 2000 allowed 0";
    assert_eq!(stands(&mut fleet, "moved", account), all);
}

#[test]
fn l3_who_takes_over_from_a_lost_desk_keeps_its_accounts() {
    let mut fleet = office(0);
    fleet.steward("second", Role::Staff, "kiosk");
    fleet.meet_twice("second", "kiosk");
    fleet.meet_twice("second", "tablet");
    let now = fleet.now;
    let account = fleet
        .on("tablet")
        .open_account(now, PublicKey([7; 32]))
        .unwrap();
    fleet
        .on("tablet")
        .top_up(now, account, ore(2_000), Means::Cash)
        .unwrap();
    fleet.meet_twice("tablet", "kiosk");
    let (lost, heir) = (fleet.key("tablet"), fleet.key("second"));
    // What it spends alone is gone with it.
    fleet
        .on("tablet")
        .sell_from_account(now, account, vec![item(PAGE, 5)])
        .unwrap();
    fleet
        .on("kiosk")
        .replace_device(now, lost, Some(heir))
        .unwrap();
    fleet.meet_twice("second", "kiosk");
    assert_eq!(
        stands(&mut fleet, "second", account),
        "balance 2000 here 2000 allowed 0"
    );
    assert_eq!(state(&mut fleet, "kiosk", account).custodian, heir);
    fleet
        .on("second")
        .pay_account_out(now, account, None, Means::Cash)
        .unwrap();
    fleet.meet_twice("second", "kiosk");
    fleet.meet_twice("tablet", "kiosk");
    assert_eq!(
        stands(&mut fleet, "kiosk", account),
        "balance 0 here 0 allowed 0"
    );
    assert_eq!(
        fleet.on("kiosk").stray_money().unwrap().len(),
        2,
        "the charge and its payment"
    );
}
