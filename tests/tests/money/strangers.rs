//! What went through a till is for the office's devices alone.

use super::{PAGE, confirmed, item, office, ore};
use allkontor_core::statement::{Document, Means};

const TILL: Document = Document::Till(2026);

#[test]
fn l3_a_strangers_phone_is_given_no_money_by_session_or_file() {
    let mut fleet = office();
    let now = fleet.now;
    let key = confirmed(&mut fleet, "anna", 1, "24T10:00-12:00");
    fleet
        .on("kiosk")
        .charge(now, key, vec![item(PAGE, 3)])
        .unwrap();
    fleet
        .on("kiosk")
        .sell(now, vec![item(PAGE, 1)], Means::Cash)
        .unwrap();
    // A phone that follows everything, to carry it on.
    fleet.phone("bo", "kiosk");
    fleet.on("bo").relay_everything();
    fleet.all_meet();
    let file = fleet.on("kiosk").export_file(now).unwrap();
    fleet.join("cleo");
    fleet.on("cleo").import_file(now, &file).unwrap();
    for phone in ["anna", "bo", "cleo"] {
        let device = fleet.on(phone);
        assert!(
            !device.picture().unwrap().documents().contains(&TILL),
            "{phone}"
        );
        assert_eq!(device.charges_of(key).unwrap(), [], "{phone}");
    }
    // The office's own have it, and everybody agrees on the rest.
    let kiosk = fleet.on("kiosk").picture().unwrap().document_digest(TILL);
    assert_eq!(
        fleet.on("tablet").picture().unwrap().document_digest(TILL),
        kiosk
    );
    assert!(kiosk.is_some());
    assert_eq!(fleet.on("tablet").owed(key).unwrap(), ore(900));
    fleet.assert_agreed_with("kiosk");
}

#[test]
fn a_meeting_with_a_phone_that_follows_everything_ends_although_it_is_not_given_all() {
    let mut fleet = office();
    let now = fleet.now;
    fleet
        .on("kiosk")
        .sell(now, vec![item(PAGE, 1)], Means::Cash)
        .unwrap();
    fleet.phone("bo", "kiosk");
    fleet.on("bo").relay_everything();
    let (mut bo, mut kiosk) = (
        fleet.devices.remove("bo").unwrap(),
        fleet.devices.remove("kiosk").unwrap(),
    );
    let (here, mut outgoing) = bo.on().connect(now).unwrap();
    let there = kiosk.on().accept(now).unwrap();
    while !outgoing.is_empty() {
        let mut answers = Vec::new();
        for message in &outgoing {
            answers.extend(kiosk.on().receive(now, there, message).unwrap());
        }
        outgoing.clear();
        for message in &answers {
            outgoing.extend(bo.on().receive(now, here, message).unwrap());
        }
    }
    assert!(kiosk.on().is_in_sync(now, there).unwrap());
    assert!(bo.on().is_in_sync(now, here).unwrap());
}
