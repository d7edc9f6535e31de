//! People without a phone.

use allkontor_core::command::{Book, DateOutcome, WalkIn, WalkInDate};
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Command, Event, Outcome, SlipSays};
use allkontor_core::statement::Cause;
use allkontor_core::sync::qr::Slip;
use allkontor_core::view::Stage;
use allkontor_tests::world::{World, span};

#[test]
fn somebody_without_a_phone_leaves_the_kiosk_with_a_slip() {
    let mut world = World::new();
    let book = Book::unit(UnitId(1), span("24T10:00-11:00"));
    let Outcome::WalkedIn(walked_in) = world.desk(Command::WalkIn(WalkIn {
        book,
        slip_seed: [5; 16],
    })) else {
        panic!("no slip")
    };
    let WalkInDate::Requested { key, .. } = &walked_in.dates[0] else {
        panic!("refused")
    };
    let document = world.kiosk.documents()[0];
    let entry = world
        .kiosk
        .desk_entries(document)
        .into_iter()
        .find(|entry| entry.key == *key)
        .unwrap();
    assert_eq!(
        entry.status.holding[0].unit,
        UnitId(1),
        "decided on the spot"
    );
    let certificate = world.kiosk.certificate(document, key).unwrap();
    assert!(
        certificate.to_bytes().len() <= 1_600,
        "{} bytes",
        certificate.to_bytes().len()
    );
}

#[test]
fn a_slip_is_all_it_takes_to_look_up_arrive_and_cancel() {
    let mut world = World::new();
    let walk_in = |world: &mut World, unit, slip_seed| {
        let book = Book::unit(UnitId(unit), span("24T10:00-11:00"))
            .also_on([span("25T10:00-11:00")])
            .exactly();
        match world.desk(Command::WalkIn(WalkIn { book, slip_seed })) {
            Outcome::WalkedIn(walked_in) => walked_in.dates,
            other => panic!("a walk-in answered {other:?}"),
        }
    };
    let dates = walk_in(&mut world, 1, [5; 16]);
    let slips: Vec<Slip> = dates
        .iter()
        .map(|date| match date {
            WalkInDate::Requested { slip, .. } => slip.clone(),
            WalkInDate::Refused(refused) => panic!("{refused:?}"),
        })
        .collect();
    // One by its QR code, the other by the short code that was typed in.
    let scanned = Slip::from_bytes(&slips[0].to_bytes()).unwrap().seed;
    let typed = Slip::seed_from_code(&slips[1].code()).unwrap();
    let stage = |world: &World, seed| world.kiosk.slip(seed).unwrap().status.stage;
    assert!(matches!(stage(&world, &scanned), Stage::Confirmed { .. }));
    assert!(matches!(stage(&world, &typed), Stage::Confirmed { .. }));
    world.clock("2026-11-24T09:50");
    let says = |seed, says| Command::Slip { seed, says };
    world.desk(says(scanned, SlipSays::Arrive));
    assert!(matches!(stage(&world, &scanned), Stage::CheckedIn { .. }));
    world.desk(says(typed, SlipSays::Cancel));
    let cause = Cause::Cancelled;
    assert_eq!(stage(&world, &typed), Stage::Released { cause });
    // The place is free for the next one, and a slip of another office is none.
    let again = walk_in(&mut world, 1, [6; 16]);
    assert!(matches!(again[1], WalkInDate::Requested { .. }));
    let stranger = Event::Command(says([7; 16], SlipSays::Cancel));
    let error = world.kiosk.handle(world.now, stranger).unwrap_err();
    assert_eq!(error.code(), "no_such_slip");
    // A rule that forbids a date is told with the nearest times that can be had.
    let book = Book::unit(UnitId(1), span("24T10:10-11:10")).exactly();
    let slip_seed = [8; 16];
    let Outcome::WalkedIn(refused) = world.desk(Command::WalkIn(WalkIn { book, slip_seed })) else {
        panic!("no answer")
    };
    let WalkInDate::Refused(DateOutcome::Refused { nearest, .. }) = &refused.dates[0] else {
        panic!("starts are half an hour apart: {refused:?}")
    };
    assert_eq!(nearest[0], span("24T11:00-12:00"));
}
