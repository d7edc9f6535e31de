//! Later rules, and certificates of engines of other versions.

use super::{chained, day, deliver, later, november, two, vouched};
use allkontor_core::command::Book;
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::replica::Command;
use allkontor_core::statement::{Document, Role};
use allkontor_core::sync::qr::Certificate;
use allkontor_core::view::{Awaits, Delivery};
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::span;

#[test]
fn later_rules_are_put_in_force_one_after_the_other_from_a_coming_day() {
    let mut crew = two();
    let activate = |rules, from| Command::Activate {
        rules,
        from: day(from),
    };
    assert_eq!(
        crew.command("tablet", activate(2, 28)),
        Err(Error::NotTheAdmin)
    );
    assert_eq!(
        crew.command(KIOSK, activate(3, 28)),
        Err(Error::NotNextRules { asked: 3, next: 2 })
    );
    let refused = crew.command(KIOSK, activate(2, 24)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "rules cannot govern from 2026-11-24: it is 2026-11-24, and the first day can be tomorrow"
    );
    crew.command(KIOSK, activate(2, 28)).unwrap();
    assert_eq!(
        crew.command(KIOSK, activate(2, 29)),
        Err(Error::NotNextRules { asked: 2, next: 3 })
    );
}

#[test]
fn an_engine_without_the_rules_of_a_day_leaves_it_undecided_and_says_so_before_it_comes() {
    let mut crew = two();
    crew.phone("anna", KIOSK);
    let (rules, from) = (2, day(28));
    crew.command(KIOSK, Command::Activate { rules, from })
        .unwrap();
    let since = crew.devices[KIOSK].authority().unwrap().head().id;
    assert_eq!(
        crew.devices[KIOSK].outdated(),
        Some(since),
        "staff hear of it at once"
    );
    let room = |time| Book::unit(UnitId(1), span(time)).exactly();
    let before = crew.booked("anna", room("27T10:00-11:00"));
    let first_day = crew.booked("anna", room("28T10:00-11:00"));
    crew.all_meet();
    assert_eq!(crew.told("anna", before), "confirmed 1 10:00-11:00");
    assert_eq!(crew.see("anna", before).status.outdated, None);
    let status = crew.see("anna", first_day).status;
    assert_eq!(
        (status.delivery, status.outdated),
        (Delivery::Received, Some(since))
    );
    let awaits = crew.devices["anna"]
        .explain(first_day, crew.now)
        .unwrap()
        .awaits;
    assert_eq!(awaits, Some(Awaits::Update { since }));
    let (_, key) = crew.devices["anna"].slot_of(first_day).unwrap();
    assert_eq!(
        crew.command(KIOSK, Command::Confirm(key)),
        Err(Error::Outdated { since })
    );
}

/// Shown by the engine that first had certificates. It must be read for ever.
const FIRST_CERTIFICATE: &str = include_str!("../../../vectors/certificate-1.hex");

#[test]
fn a_certificate_of_an_older_engine_still_shows_its_promise() {
    let digits: String = FIRST_CERTIFICATE.split_whitespace().collect();
    let bytes = data_encoding::HEXLOWER.decode(digits.as_bytes()).unwrap();
    let office = Crew::new().devices[KIOSK].office();
    let promise = Certificate::verify(&bytes, office).unwrap();
    assert_eq!(promise.role, Role::Kiosk);
    assert_eq!(promise.holds[0].unit, UnitId(1));
    assert_eq!(promise.holds[0].interval(), span("24T10:00-11:00"));
    assert_eq!(promise.document, november());
}

#[test]
fn a_certificate_of_a_later_engine_may_say_more() {
    let mut crew = two();
    crew.phone("anna", KIOSK);
    let booking = crew.booked(
        "anna",
        Book::unit(UnitId(1), span("24T10:00-11:00")).exactly(),
    );
    crew.meet("anna", KIOSK);
    crew.meet("anna", KIOSK);
    // The office has later statements in its admin chain, and what comes after them still counts.
    let unknown = chained(&crew, KIOSK, Document::Authority, false, later(11));
    let envelope = vouched(&crew, KIOSK, Document::Authority, &[unknown]);
    deliver(&mut crew, "anna", envelope);
    let (document, key) = crew.devices["anna"].slot_of(booking).unwrap();
    let certificate = crew.devices["anna"].certificate(document, &key).unwrap();
    let office = crew.devices[KIOSK].office();
    let promise = Certificate::verify(&certificate.to_bytes(), office).unwrap();
    // One more field, 99: true, in the map.
    let mut bytes = certificate.to_bytes();
    bytes[0] += 1;
    bytes.extend([0x18, 99, 0xf5]);
    assert_eq!(Certificate::verify(&bytes, office), Ok(promise));
}
