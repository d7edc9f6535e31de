//! L3: sold and charged by a tariff, paid, corrected by new entries, counted at the end of the day.

use super::{
    ASSOCIATIONS, FAX, KEY, MONTH, PAGE, confirmed, item, office, ore, publish, tariff, told,
};
use allkontor_core::command::{Item, MoneyError};
use allkontor_core::device::DeviceError;
use allkontor_core::error::Error;
use allkontor_core::id::{LineId, StatementId};
use allkontor_core::model::{Price, PriceError, Step};
use allkontor_core::money::Currency;
use allkontor_core::statement::{Cause, Document, Means};
use allkontor_core::time::OfficeDay;
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{at, instant};

fn why(error: DeviceError) -> MoneyError {
    match error {
        DeviceError::Engine(Error::Money(error)) => error,
        other => panic!("failed otherwise: {other}"),
    }
}

fn cash(fleet: &mut Fleet, name: &str) -> i64 {
    fleet.on(name).till(None).unwrap().cash.get()
}

#[test]
fn l3_a_sale_at_the_till_is_charged_and_paid_at_once_by_the_tariff() {
    let mut fleet = office();
    let now = fleet.now;
    let items = vec![item(PAGE, 5), item(FAX, 2)];
    let receipt = fleet.on("kiosk").sell(now, items, Means::Cash).unwrap();
    let lines = told(&receipt);
    assert!(lines.starts_with("payment 1: "), "{lines}");
    assert!(
        lines.contains("page x5 1500") && lines.contains("fax x2 1500"),
        "{lines}"
    );
    assert!(lines.ends_with("= 3000 cash"), "{lines}");
    assert_eq!(receipt.currency.letters(), "SEK");
    let reduced = Item {
        reduction: Some(ASSOCIATIONS),
        ..item(PAGE, 5)
    };
    let receipt = fleet
        .on("kiosk")
        .sell(now, vec![reduced], Means::Card)
        .unwrap();
    assert_eq!(told(&receipt), "payment 2: page x5 750 = 750 card");
    assert_eq!(
        cash(&mut fleet, "kiosk"),
        3_000,
        "a card puts nothing into the till"
    );
    // Another till counts its own receipts, and reads those of others.
    fleet.meet_twice("tablet", "kiosk");
    let there = fleet
        .on("tablet")
        .sell(now, vec![item(PAGE, 1)], Means::Cash)
        .unwrap();
    assert_eq!(there.number, 1);
    assert_eq!(
        fleet.on("tablet").receipt(receipt.entry).unwrap(),
        Some(receipt)
    );
}

#[test]
fn l3_a_booking_is_charged_when_it_is_confirmed_and_never_for_a_forecast() {
    let mut fleet = office();
    let now = fleet.now;
    let key = confirmed(&mut fleet, "anna", 1, "24T10:00-12:00");
    let kiosk = fleet.on("kiosk");
    let charges = kiosk
        .charge(now, key, vec![item(MONTH, 2), item(PAGE, 1)])
        .unwrap();
    assert_eq!(kiosk.owed(key).unwrap(), ore(10_300));
    // Staff at another desk see it, take the money, and can take it once.
    fleet.meet_twice("tablet", "kiosk");
    let tablet = fleet.on("tablet");
    assert_eq!(tablet.charges_of(key).unwrap().len(), 2);
    let receipt = tablet.pay(now, charges.clone(), Means::Cash).unwrap();
    assert_eq!(receipt.total, ore(10_300));
    assert_eq!(tablet.owed(key).unwrap(), ore(0));
    let again = why(tablet.pay(now, charges.clone(), Means::Cash).unwrap_err());
    assert!(matches!(again, MoneyError::NothingOwed { .. }), "{again}");
    // A request that nobody has confirmed is no ground for a charge.
    let asked = allkontor_core::resolve::SlotKey { slot: 1, ..key };
    let error = tablet.charge(now, asked, vec![item(PAGE, 1)]).unwrap_err();
    assert!(
        matches!(error.code(), "no_such_booking" | "not_confirmed"),
        "{error}"
    );
    fleet.on("kiosk").release(now, key, Cause::Staff).unwrap();
    let error = fleet
        .on("kiosk")
        .charge(now, key, vec![item(PAGE, 1)])
        .unwrap_err();
    assert_eq!(error.code(), "not_confirmed");
}

#[test]
fn l3_two_desks_that_take_the_same_money_are_told_of_it() {
    let mut fleet = office();
    let now = fleet.now;
    let key = confirmed(&mut fleet, "anna", 1, "24T10:00-12:00");
    let charges = fleet
        .on("kiosk")
        .charge(now, key, vec![item(MONTH, 1)])
        .unwrap();
    fleet.meet_twice("tablet", "kiosk");
    fleet
        .on("kiosk")
        .pay(now, charges.clone(), Means::Cash)
        .unwrap();
    fleet
        .on("tablet")
        .pay(now, charges.clone(), Means::Cash)
        .unwrap();
    fleet.all_meet();
    for desk in ["kiosk", "tablet"] {
        assert_eq!(
            fleet.on(desk).overpaid().unwrap(),
            [(charges[0], ore(5_000))],
            "{desk}"
        );
        assert_eq!(fleet.on(desk).owed(key).unwrap(), ore(-5_000), "{desk}");
    }
    // Correcting the charge to what it is gives nothing back: to half of it, all that is too much.
    let receipt = fleet
        .on("kiosk")
        .correct(now, charges[0], ore(2_500), None)
        .unwrap();
    assert_eq!(
        told(&receipt),
        "correction 2: a month x1 5000 -> 2500 = -7500 cash"
    );
    assert_eq!(fleet.on("kiosk").overpaid().unwrap(), []);
}

#[test]
fn l3_a_correction_is_a_new_entry_and_only_the_till_that_charged_writes_it() {
    let mut fleet = office();
    let now = fleet.now;
    let sold = fleet
        .on("kiosk")
        .sell(now, vec![item(PAGE, 10)], Means::Cash)
        .unwrap();
    let charge = sold.lines[0].of;
    fleet.meet_twice("tablet", "kiosk");
    let refused = why(fleet
        .on("tablet")
        .correct(now, charge, ore(300), None)
        .unwrap_err());
    assert!(matches!(refused, MoneyError::NotKeeper { .. }), "{refused}");
    let cause = Some(Cause::Staff);
    let receipt = fleet
        .on("kiosk")
        .correct(now, charge, ore(300), cause)
        .unwrap();
    assert_eq!(
        told(&receipt),
        "correction 2: page x10 3000 -> 300 = -2700 cash"
    );
    assert_eq!(cash(&mut fleet, "kiosk"), 300);
    assert_eq!(
        fleet.on("kiosk").receipt(sold.entry).unwrap(),
        Some(sold),
        "the old one stays"
    );
    for wrong in [300, -1] {
        let refused = why(fleet
            .on("kiosk")
            .correct(now, charge, ore(wrong), None)
            .unwrap_err());
        assert!(
            matches!(refused, MoneyError::NoCorrection { .. }),
            "{refused}"
        );
    }
    // Upwards, the rest is owed.
    fleet
        .on("kiosk")
        .correct(now, charge, ore(900), None)
        .unwrap();
    let paid = fleet
        .on("kiosk")
        .pay(now, vec![charge], Means::Card)
        .unwrap();
    assert_eq!(paid.total, ore(600));
}

#[test]
fn l3_the_cash_is_counted_and_the_difference_booked() {
    let mut fleet = office();
    let now = fleet.now;
    fleet.on("kiosk").move_cash(now, ore(50_000)).unwrap();
    fleet
        .on("kiosk")
        .sell(now, vec![item(PAGE, 3)], Means::Cash)
        .unwrap();
    let count = fleet.on("kiosk").count_till(now, ore(50_400)).unwrap();
    assert_eq!((count.expected, count.counted), (ore(50_900), ore(50_400)));
    assert_eq!(count.difference().ore().unwrap(), ore(-500));
    fleet.on("kiosk").move_cash(now, ore(-50_000)).unwrap();
    assert_eq!(cash(&mut fleet, "kiosk"), 400, "from what was counted on");
    // The new year has books of its own; the till is the same.
    fleet.now = instant(at("2027-01-04T09:00"));
    let now = fleet.now;
    fleet
        .on("kiosk")
        .sell(now, vec![item(PAGE, 1)], Means::Cash)
        .unwrap();
    let count = fleet.on("kiosk").count_till(now, ore(700)).unwrap();
    assert_eq!(count.expected, ore(700));
    let till = fleet.on("kiosk").till(None).unwrap();
    assert_eq!(till.counts.len(), 2);
    let picture = fleet.on("kiosk").picture().unwrap();
    assert!(picture.documents().contains(&Document::Till(2027)));
}

#[test]
fn l3_what_is_not_sold_is_refused_and_leaves_no_trace() {
    let mut fleet = office();
    let now = fleet.now;
    let mut refused = |items: Vec<Item>| {
        let error = fleet.on("kiosk").sell(now, items, Means::Cash).unwrap_err();
        why(error).to_string()
    };
    assert_eq!(
        refused(vec![item(LineId(9), 1)]),
        "line 9 is not in the tariff"
    );
    assert_eq!(
        refused(vec![item(PAGE, 0)]),
        "0 of line 1: allowed are 1 to 10000"
    );
    assert_eq!(
        refused(vec![item(KEY, 1)]),
        "line 21 of the tariff is a deposit: take it as one"
    );
    assert_eq!(refused(vec![]), "0 were named: a receipt has 1 to 20 lines");
    assert_eq!(
        refused(vec![item(PAGE, 1); 21]),
        "21 were named: a receipt has 1 to 20 lines"
    );
    let brochure = LineId(22);
    assert_eq!(
        refused(vec![item(brochure, 1)]),
        "that costs nothing: there is nothing to pay"
    );
    // One wrong line of several: nothing of the sale is written.
    refused(vec![item(PAGE, 1), item(LineId(9), 1)]);
    let kiosk = fleet.on("kiosk");
    kiosk.tick(now).unwrap();
    let unknown = StatementId([1; 32]);
    assert_eq!(
        why(kiosk.pay(now, vec![unknown], Means::Cash).unwrap_err()).code(),
        "no_such_charge"
    );
    assert_eq!(
        why(kiosk.count_till(now, ore(-1)).unwrap_err()).code(),
        "bad_count"
    );
    let picture = kiosk.picture().unwrap();
    assert!(!picture.documents().contains(&Document::Till(2026)));
    fleet.phone("anna", "kiosk");
    let error = fleet
        .on("anna")
        .sell(now, vec![item(PAGE, 1)], Means::Cash)
        .unwrap_err();
    assert_eq!(error.code(), "not_a_steward");
}

#[test]
fn l3_a_new_price_holds_from_its_day_and_old_ones_stay_as_they_were() {
    let mut fleet = office();
    let december = OfficeDay::from_ymd(2026, 12, 1).unwrap();
    let mut dearer = tariff();
    let steps = vec![Step {
        from: 1,
        ore: ore(400),
    }];
    let page = dearer.lines.get_mut(&PAGE).unwrap();
    page.prices.push(Price {
        from: december,
        steps: steps.clone(),
        reduced: Default::default(),
    });
    publish(&mut fleet, dearer.clone()).unwrap();
    let today = OfficeDay::from_ymd(2026, 11, 30).unwrap();
    let mut price = |day| {
        fleet
            .on("kiosk")
            .price(item(PAGE, 2), day)
            .unwrap()
            .amount
            .get()
    };
    assert_eq!((price(today), price(december)), (600, 800));
    // What was charged must stay explained.
    let mut rewritten = dearer.clone();
    rewritten.lines.get_mut(&PAGE).unwrap().prices[0].steps = steps;
    assert_eq!(
        why(publish(&mut fleet, rewritten).unwrap_err()),
        MoneyError::PastRewritten { line: PAGE }
    );
    let mut gone = dearer.clone();
    gone.lines.remove(&FAX);
    assert_eq!(
        why(publish(&mut fleet, gone).unwrap_err()),
        MoneyError::PastRewritten { line: FAX }
    );
    let mut euro = dearer.clone();
    euro.currency = Currency::new("EUR").unwrap();
    assert_eq!(
        why(publish(&mut fleet, euro).unwrap_err()).code(),
        "currency_changed"
    );
    // A price that has not begun can still be changed, and a line be withdrawn from a coming day on.
    dearer.lines.get_mut(&PAGE).unwrap().prices[1].steps = vec![];
    publish(&mut fleet, dearer).unwrap();
    let none = fleet
        .on("kiosk")
        .price(item(PAGE, 2), december)
        .unwrap_err();
    let expected = PriceError::NotOnThatDay {
        line: PAGE,
        day: december,
    };
    assert_eq!(why(none), MoneyError::Price(expected));
}

#[test]
fn l3_real_price_lists_cost_what_they_cost() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/bindings/tariffs.json");
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let mut cases = 0;
    for tariff in json["tariffs"].as_array().unwrap() {
        let catalogue = serde_json::to_vec(&tariff["catalogue"]).unwrap();
        let catalogue = allkontor_core::model::Catalogue::from_bytes(&catalogue).unwrap();
        for case in tariff["cases"].as_array().unwrap() {
            let day: Vec<i32> = case["day"]
                .as_str()
                .unwrap()
                .split('-')
                .map(|n| n.parse().unwrap())
                .collect();
            let day = OfficeDay::from_ymd(day[0], day[1] as u32, day[2] as u32).unwrap();
            let number = |what: &str| case[what].as_u64();
            let price = catalogue.tariff().unwrap().price(
                LineId(number("line").unwrap() as u16),
                number("quantity").unwrap() as u32,
                number("reduction").map(|n| allkontor_core::id::ReductionId(n as u16)),
                day,
            );
            assert_eq!(
                price.ok().map(|ore| ore.get()),
                case["ore"].as_i64(),
                "{}: {case}",
                tariff["of"]
            );
            cases += 1;
        }
    }
    assert!(cases > 30, "{cases} prices");
}

#[test]
fn money_is_no_business_of_a_hub() {
    let mut fleet = office();
    fleet.steward("hub", allkontor_core::statement::Role::Hub, "kiosk");
    fleet.meet_twice("hub", "kiosk");
    let now = fleet.now;
    let error = fleet
        .on("hub")
        .sell(now, vec![item(PAGE, 1)], Means::Cash)
        .unwrap_err();
    assert_eq!(error.code(), "no_facts");
}
