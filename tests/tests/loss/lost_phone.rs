//! A visitor's phone is gone: what it was promised goes on on slips, and whoever has it gets nothing by it.

use allkontor_core::command::Book;
use allkontor_core::error::Error;
use allkontor_core::id::{PublicKey, UnitId};
use allkontor_core::replica::{BookingId, Command, LeftBecause, LostPhone, Outcome};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Cause, Ground, Role};
use allkontor_core::view::Stage;
use allkontor_tests::crew::Crew;
use allkontor_tests::world::{parts, span};

const STAFF: &str = "staff";
const DRAWN: [u8; 32] = [6; 32];

fn office() -> Crew {
    let mut crew = Crew::with(parts(), Role::Kiosk, "2026-11-24T08:00");
    crew.steward(STAFF, Role::Staff);
    crew.phone("anna", STAFF);
    crew.phone("bo", STAFF);
    crew
}

fn key(crew: &Crew, name: &str, booking: BookingId) -> SlotKey {
    crew.see(name, booking).key.unwrap()
}

fn holder(crew: &Crew, booking: SlotKey) -> PublicKey {
    crew.devices[STAFF].holder_of(&booking).unwrap().unwrap()
}

fn report(crew: &mut Crew, name: &str, holder: PublicKey) -> Result<LostPhone, Error> {
    let seed = DRAWN;
    match crew.command(name, Command::ReportLost { holder, seed })? {
        Outcome::ReportedLost(lost) => Ok(*lost),
        other => panic!("{other:?}"),
    }
}

/// The unit of a confirmed booking.
fn unit(crew: &Crew, name: &str, booking: BookingId) -> UnitId {
    match &crew.see(name, booking).status.stage {
        Stage::Confirmed { holds } | Stage::CheckedIn { holds } => holds[0].unit,
        other => panic!("{other:?}"),
    }
}

#[test]
fn b7_what_a_lost_phone_was_promised_goes_on_on_a_slip_and_nobody_comes_between() {
    let mut crew = office();
    let held = crew.booked("anna", Book::unit(UnitId(1), span("24T10:00-11:00")));
    crew.all_meet();
    let (place, before) = (unit(&crew, "anna", held), key(&crew, "anna", held));
    let next = crew.booked("bo", Book::unit(place, span("24T10:00-11:00")).exactly());
    crew.all_meet();
    assert!(crew.told("bo", next).starts_with("waiting"));

    let anna = holder(&crew, before);
    assert_eq!(report(&mut crew, "bo", anna), Err(Error::NotASteward));
    let lost = report(&mut crew, STAFF, anna).unwrap();
    let [reissued] = &lost.reissued[..] else {
        panic!("{lost:?}")
    };
    assert_eq!((reissued.before, lost.left.len()), (before, 0));
    crew.all_meet();
    let entry = crew.devices[STAFF].slip(&reissued.slip.seed).unwrap();
    assert_eq!(entry.key, reissued.now);
    match &entry.status.stage {
        Stage::Confirmed { holds } => assert_eq!(holds[0].unit, place),
        other => panic!("{other:?}"),
    }
    assert!(crew.told("bo", next).starts_with("waiting"));
    crew.assert_agreed_with(STAFF);
}

#[test]
fn b7_whoever_found_the_phone_gets_nothing_by_it_and_reads_why() {
    let mut crew = office();
    let held = crew.booked("anna", Book::unit(UnitId(11), span("24T10:00-11:00")));
    crew.all_meet();
    let before = key(&crew, "anna", held);
    let anna = holder(&crew, before);
    let lost = report(&mut crew, STAFF, anna).unwrap();
    let seed = lost.reissued[0].slip.seed;

    // It was offline all the while, and now cancels what it had and asks for more.
    crew.command("anna", Command::Cancel(held)).unwrap();
    let more = crew.booked("anna", Book::unit(UnitId(11), span("25T10:00-11:00")));
    crew.all_meet();
    crew.all_meet();
    let entry = crew.devices[STAFF].slip(&seed).unwrap();
    assert!(
        matches!(entry.status.stage, Stage::Confirmed { .. }),
        "{entry:?}"
    );
    let told = crew.see("anna", held).status.stage;
    assert!(
        matches!(
            told,
            Stage::Released {
                cause: Cause::Transferred,
                ..
            }
        ),
        "{told:?}"
    );
    assert_eq!(crew.told("anna", more), "declined: staff");
    let told = crew.devices["anna"].own_suspension(crew.now).unwrap();
    assert_eq!(told.unwrap().ground, Ground::LostKeys);
    crew.assert_agreed_with(STAFF);
}

#[test]
fn b7_what_cannot_be_put_on_a_slip_here_stays_and_is_told() {
    let mut crew = office();
    let held = crew.booked("anna", Book::unit(UnitId(11), span("24T08:00-11:00")));
    crew.all_meet();
    let before = key(&crew, "anna", held);
    let (anna, thing) = (holder(&crew, before), unit(&crew, "anna", held));
    let hand_out = Command::HandOut {
        key: before,
        unit: thing,
        condition: Vec::new(),
        remark: None,
    };
    crew.command(STAFF, hand_out).unwrap();
    let lost = report(&mut crew, STAFF, anna).unwrap();
    assert_eq!(lost.left, [(before, LeftBecause::HandedOut)]);
    assert_eq!(lost.reissued, []);
    crew.all_meet();
    assert!(crew.told("anna", held).starts_with("checked in"));
}
