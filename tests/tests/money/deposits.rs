//! L4: what is taken is held, returned and forfeited; a second pay-out is listed and never netted away.

use super::{KEY, PAGE, confirmed, item, office, ore, told};
use allkontor_core::command::MoneyError;
use allkontor_core::device::DeviceError;
use allkontor_core::error::Error;
use allkontor_core::id::StatementId;
use allkontor_core::statement::{Cause, Means};
use allkontor_tests::fleet::Fleet;

fn why(error: DeviceError) -> MoneyError {
    match error {
        DeviceError::Engine(Error::Money(error)) => error,
        other => panic!("failed otherwise: {other}"),
    }
}

/// `held 20000 returned 0 forfeited 0 unsettled 0`, and that it adds up.
fn stands(fleet: &mut Fleet, desk: &str, deposit: StatementId) -> String {
    let all = fleet.on(desk).deposits(None, None, 100).unwrap();
    let of = all.iter().find(|entry| entry.deposit == deposit).unwrap();
    let parts = [of.held, of.returned, of.forfeited];
    assert_eq!(
        of.taken.get(),
        parts.iter().map(|part| part.get()).sum::<i64>()
    );
    format!(
        "held {} returned {} forfeited {} unsettled {}",
        of.held.get(),
        of.returned.get(),
        of.forfeited.get(),
        of.unsettled.get()
    )
}

fn taken(fleet: &mut Fleet, desk: &str) -> StatementId {
    let now = fleet.now;
    let receipt = fleet
        .on(desk)
        .take_deposit(now, item(KEY, 1), None, Means::Cash)
        .unwrap();
    assert_eq!(receipt.total, ore(20_000));
    receipt.entry
}

#[test]
fn l4_a_deposit_is_taken_for_a_booking_and_given_back_at_the_desk_that_keeps_it() {
    let mut fleet = office();
    let now = fleet.now;
    let key = confirmed(&mut fleet, "anna", 1, "24T10:00-12:00");
    let kiosk = fleet.on("kiosk");
    let receipt = kiosk
        .take_deposit(now, item(KEY, 1), Some(key), Means::Cash)
        .unwrap();
    assert_eq!(told(&receipt), "deposit 1: key x1 20000 = 20000 cash");
    let deposit = receipt.entry;
    assert_eq!(kiosk.deposits(Some(key), None, 10).unwrap().len(), 1);
    assert_eq!(kiosk.till(None).unwrap().cash, ore(20_000));
    let receipt = kiosk
        .pay_out(now, deposit, Some(ore(15_000)), Means::Cash)
        .unwrap();
    assert_eq!(told(&receipt), "payout 2: key x1 -15000 = -15000 cash");
    assert_eq!(
        stands(&mut fleet, "kiosk", deposit),
        "held 5000 returned 15000 forfeited 0 unsettled 0"
    );
    let kiosk = fleet.on("kiosk");
    kiosk
        .forfeit(now, deposit, ore(5_000), Cause::Lost)
        .unwrap();
    assert_eq!(kiosk.till(None).unwrap().cash, ore(5_000));
    let refused = why(kiosk.pay_out(now, deposit, None, Means::Cash).unwrap_err());
    assert!(matches!(refused, MoneyError::NotHeld { .. }), "{refused}");
    assert_eq!(
        stands(&mut fleet, "kiosk", deposit),
        "held 0 returned 15000 forfeited 5000 unsettled 0"
    );
}

#[test]
fn l4_any_desk_pays_out_and_the_keeper_settles_when_it_hears() {
    let mut fleet = office();
    let now = fleet.now;
    let deposit = taken(&mut fleet, "kiosk");
    fleet.meet_twice("tablet", "kiosk");
    fleet
        .on("tablet")
        .pay_out(now, deposit, None, Means::Cash)
        .unwrap();
    let waiting = "held 20000 returned 0 forfeited 0 unsettled 20000";
    assert_eq!(stands(&mut fleet, "tablet", deposit), waiting);
    let again = why(fleet
        .on("tablet")
        .pay_out(now, deposit, None, Means::Cash)
        .unwrap_err());
    assert!(matches!(again, MoneyError::NotHeld { .. }), "{again}");
    let refused = why(fleet
        .on("tablet")
        .forfeit(now, deposit, ore(1), Cause::Lost)
        .unwrap_err());
    assert!(matches!(refused, MoneyError::NotKeeper { .. }), "{refused}");
    fleet.meet_twice("tablet", "kiosk");
    for desk in ["kiosk", "tablet"] {
        let settled = "held 0 returned 20000 forfeited 0 unsettled 0";
        assert_eq!(stands(&mut fleet, desk, deposit), settled, "{desk}");
        assert_eq!(fleet.on(desk).second_pay_outs().unwrap(), []);
    }
    assert_eq!(
        fleet.on("tablet").till(None).unwrap().cash,
        ore(-20_000),
        "it left that till"
    );
}

#[test]
fn l4_a_deposit_paid_out_twice_is_listed_at_every_desk_and_stays_listed() {
    let mut fleet = office();
    let now = fleet.now;
    let deposit = taken(&mut fleet, "kiosk");
    let other = taken(&mut fleet, "kiosk");
    fleet.meet_twice("tablet", "kiosk");
    // Two desks that do not hear of one another.
    fleet
        .on("kiosk")
        .pay_out(now, deposit, None, Means::Cash)
        .unwrap();
    let twice = fleet
        .on("tablet")
        .pay_out(now, deposit, None, Means::Cash)
        .unwrap();
    fleet.all_meet();
    // More money comes in; it makes nothing good.
    fleet
        .on("kiosk")
        .sell(now, vec![item(PAGE, 100)], Means::Cash)
        .unwrap();
    fleet
        .on("kiosk")
        .forfeit(now, other, ore(20_000), Cause::Lost)
        .unwrap();
    fleet.all_meet();
    for desk in ["kiosk", "tablet"] {
        let listed = fleet.on(desk).second_pay_outs().unwrap();
        assert_eq!(listed.len(), 1, "{desk}");
        assert_eq!(listed[0].deposit, deposit);
        assert_eq!(listed[0].amount.ore().unwrap(), ore(20_000));
        assert_eq!(listed[0].pay_outs, [twice.entry]);
        let once = "held 0 returned 20000 forfeited 0 unsettled 20000";
        assert_eq!(stands(&mut fleet, desk, deposit), once, "{desk}");
    }
}

#[test]
fn l4_who_takes_over_a_lost_tablet_keeps_its_deposits() {
    let mut fleet = office();
    let now = fleet.now;
    let known = taken(&mut fleet, "tablet");
    let sold = fleet
        .on("tablet")
        .sell(now, vec![item(PAGE, 2)], Means::Cash)
        .unwrap();
    fleet.meet_twice("tablet", "kiosk");
    let unheard = taken(&mut fleet, "tablet");
    let (lost, heir) = (fleet.key("tablet"), fleet.key("kiosk"));
    let tablet = fleet.devices.remove("tablet").unwrap();
    fleet
        .on("kiosk")
        .replace_device(now, lost, Some(heir))
        .unwrap();
    fleet.on("kiosk").tick(now).unwrap();
    let kiosk = fleet.on("kiosk");
    kiosk.pay_out(now, known, None, Means::Cash).unwrap();
    kiosk
        .correct(now, sold.lines[0].of, ore(300), None)
        .unwrap();
    assert_eq!(
        stands(&mut fleet, "kiosk", known),
        "held 0 returned 20000 forfeited 0 unsettled 0"
    );
    // The tablet comes back with what nobody had heard of: it does not count, and staff are told to look.
    fleet.devices.insert("tablet".into(), tablet);
    fleet.meet_twice("tablet", "kiosk");
    let strays = fleet.on("kiosk").stray_money().unwrap();
    assert_eq!(strays, [unheard]);
    let refused = why(fleet
        .on("kiosk")
        .pay_out(now, unheard, None, Means::Cash)
        .unwrap_err());
    assert!(
        matches!(refused, MoneyError::NoSuchDeposit { .. }),
        "{refused}"
    );
}
