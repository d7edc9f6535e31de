//! E7: money by line of the tariff and month, the same at every desk, and nothing about a person.

use super::{FAX, MONTH, PAGE, item, office, ore};
use allkontor_core::id::LineId;
use allkontor_core::report::{Figure, LineMoney, Report, ReportOrder};
use allkontor_core::statement::Means;
use allkontor_core::time::Month;
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{at, instant};

fn report(fleet: &mut Fleet, desk: &str, smallest: u32) -> Report {
    let month = |month| Month::new(2026, month).unwrap();
    let order = ReportOrder::new(month(11), month(12), smallest).unwrap();
    fleet.on(desk).report(order).unwrap()
}

fn of(report: &Report, line: LineId) -> &LineMoney {
    report.money.iter().find(|one| one.line == line).unwrap()
}

fn figure(figure: Figure) -> String {
    figure.count().map_or("-".into(), |count| count.to_string())
}

/// `12 3600: 5 1500, 7 2100`
fn told(line: &LineMoney) -> String {
    let one = |quantity, ore| format!("{} {}", figure(quantity), figure(ore));
    let months = line
        .months
        .iter()
        .map(|month| one(month.quantity, month.ore));
    let months: Vec<String> = months.collect();
    format!("{}: {}", one(line.quantity, line.ore), months.join(", "))
}

/// Six sales of pages in November at two desks, five in December; three faxes, two of them in November.
fn two_months() -> Fleet {
    let mut fleet = office();
    let sell = |fleet: &mut Fleet, desk: &str, line, count| {
        let now = fleet.now;
        fleet
            .on(desk)
            .sell(now, vec![item(line, count)], Means::Cash)
            .unwrap()
    };
    for (desk, count) in [
        ("kiosk", 1),
        ("kiosk", 2),
        ("kiosk", 3),
        ("tablet", 4),
        ("tablet", 5),
    ] {
        sell(&mut fleet, desk, PAGE, count);
    }
    let wrong = sell(&mut fleet, "kiosk", PAGE, 10);
    let now = fleet.now;
    fleet
        .on("kiosk")
        .correct(now, wrong.lines[0].of, ore(300), None)
        .unwrap();
    sell(&mut fleet, "kiosk", FAX, 1);
    sell(&mut fleet, "tablet", FAX, 1);
    fleet.now = instant(at("2026-12-03T09:00"));
    for _ in 0..5 {
        sell(&mut fleet, "kiosk", PAGE, 1);
    }
    sell(&mut fleet, "kiosk", FAX, 2);
    fleet.meet_twice("tablet", "kiosk");
    fleet
}

#[test]
fn e7_money_is_counted_by_line_and_month_as_corrected_and_the_same_at_every_desk() {
    let mut fleet = two_months();
    let whole = report(&mut fleet, "kiosk", 1);
    assert_eq!(told(of(&whole, PAGE)), "30 6300: 25 4800, 5 1500");
    assert_eq!(told(of(&whole, FAX)), "4 3500: 2 2000, 2 1500");
    assert_eq!(told(of(&whole, MONTH)), "0 0: 0 0, 0 0");
    assert!(
        whole.money.iter().all(|line| line.line != super::KEY),
        "deposits are no income"
    );
    assert_eq!(report(&mut fleet, "tablet", 1), whole);
    let csv = whole.to_csv("en");
    assert!(
        csv.contains("2026-11,2026-12,1,page,line_quantity,,30\r\n"),
        "{csv}"
    );
    assert!(
        csv.contains("2026-11,2026-12,1,page,line_ore,2026-12,1500\r\n"),
        "{csv}"
    );
    let json: serde_json::Value = serde_json::from_str(&whole.to_json()).unwrap();
    assert_eq!(json["money"][0]["line"], 1);
    assert_eq!(json["money"][0]["months"][0]["ore"], 4_800);
}

#[test]
fn e7_few_charges_are_not_told_of_and_cannot_be_worked_out() {
    let mut fleet = two_months();
    let five = report(&mut fleet, "kiosk", 5);
    assert_eq!(told(of(&five, PAGE)), "30 6300: 25 4800, 5 1500");
    assert_eq!(told(of(&five, FAX)), "- -: - -, - -", "three charges");
    assert!(
        five.to_csv("en")
            .contains(",10,fax,line_ore,2026-11,withheld\r\n")
    );
    // With six, December's five would be told by subtracting November's six from the line.
    let six = report(&mut fleet, "tablet", 6);
    assert_eq!(told(of(&six, PAGE)), "30 6300: - -, - -");
    assert_eq!(told(of(&six, MONTH)), "0 0: 0 0, 0 0", "none is no secret");
}
