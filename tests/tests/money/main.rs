//! Money at the tills of an office: what is sold, charged, held and given back; and what its books promise.

mod account_promises;
mod accounts;
mod deposits;
mod promises;
mod report;
mod strangers;
mod till;

use allkontor_core::command::{Book, Item, Receipt};
use allkontor_core::id::{LineId, ReductionId, UnitId};
use allkontor_core::model::{Catalogue, Tariff};
use allkontor_core::money::Ore;
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::Role;
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{parts, span};

/// A page, a fax with a dearer first page, a month of a locker, a key's deposit.
const PAGE: LineId = LineId(1);
const FAX: LineId = LineId(10);
const MONTH: LineId = LineId(20);
const KEY: LineId = LineId(21);
const ASSOCIATIONS: ReductionId = ReductionId(1);

fn tariff() -> Tariff {
    serde_json::from_str(
        r#"{"currency": "SEK", "reductions": {"1": {"en": "associations"}}, "lines": {
            "1": {"name": {"en": "page"}, "unit": "page", "prices": [
                {"from": "2026-01-01", "steps": [{"from": 1, "ore": 300}],
                 "reduced": {"1": [{"from": 1, "ore": 150}]}}]},
            "10": {"name": {"en": "fax"}, "unit": "page", "prices": [
                {"from": "2026-01-01", "steps": [{"from": 1, "ore": 1000}, {"from": 2, "ore": 500}]}]},
            "20": {"name": {"en": "a month"}, "unit": "month", "prices": [
                {"from": "2026-01-01", "steps": [{"from": 1, "ore": 5000}]}]},
            "21": {"name": {"en": "key"}, "unit": "once", "kind": "deposit", "prices": [
                {"from": "2026-01-01", "steps": [{"from": 1, "ore": 20000}]}]},
            "22": {"name": {"en": "brochure"}, "unit": "piece", "prices": [
                {"from": "2026-01-01", "steps": [{"from": 1, "ore": 0}]}]}
        }}"#,
    )
    .unwrap()
}

/// A kiosk, a tablet of the staff, and a catalogue with prices.
fn office() -> Fleet {
    let mut fleet = Fleet::new();
    fleet.steward("tablet", Role::Staff, "kiosk");
    publish(&mut fleet, tariff()).unwrap();
    fleet.meet_twice("tablet", "kiosk");
    fleet
}

fn publish(fleet: &mut Fleet, tariff: Tariff) -> Result<(), allkontor_core::device::DeviceError> {
    let mut parts = parts();
    parts.tariff = Some(tariff);
    let now = fleet.now;
    fleet
        .on("kiosk")
        .publish(now, Catalogue::new(parts).unwrap())
}

fn ore(amount: i64) -> Ore {
    Ore::new(amount).unwrap()
}

fn item(line: LineId, quantity: u32) -> Item {
    Item {
        line,
        quantity,
        reduction: None,
    }
}

/// A phone's booking that the kiosk has confirmed.
fn confirmed(fleet: &mut Fleet, phone: &str, unit: u32, time: &str) -> SlotKey {
    fleet.phone(phone, "kiosk");
    let booking = fleet.booked(phone, Book::unit(UnitId(unit), span(time)));
    fleet.meet_twice(phone, "kiosk");
    let entry = fleet.on(phone).booking(booking).unwrap().unwrap();
    entry.key.unwrap()
}

/// `payment 3: page x5 1500, fax x2 1500 = 3000 cash`
fn told(receipt: &Receipt) -> String {
    let line = |line: &allkontor_core::command::ReceiptLine| {
        let before = line.before.map(|before| format!("{} -> ", before.get()));
        let name = line.name.in_language("en");
        let before = before.unwrap_or_default();
        format!("{name} x{} {before}{}", line.quantity, line.amount.get())
    };
    let lines: Vec<String> = receipt.lines.iter().map(line).collect();
    let kind = format!("{:?}", receipt.kind).to_lowercase();
    let means = receipt.means.map_or("nothing", |means| means.word());
    let (number, total) = (receipt.number, receipt.total.get());
    format!("{kind} {number}: {} = {total} {means}", lines.join(", "))
}
