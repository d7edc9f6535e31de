//! What staff note of openings and of what was handed over.

use super::{booked, computer, lending, office, refused};
use allkontor_core::command::{Book, RemarkError};
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Command, Remarked};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Cause, Role};
use allkontor_core::sync::Source;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::at;

#[test]
fn l1_what_is_opened_without_its_renter_is_in_a_log_that_no_stranger_reads() {
    let mut world = office();
    let rent = Book::rent(UnitId(41), at("2026-11-24T08:00"));
    let _ = booked(&mut world, "anna", rent);
    world.phone("bo");
    world.clock("2026-12-01T12:00");
    let (unit, cause) = (UnitId(41), Cause::Lost);
    world.desk(Command::Open {
        unit,
        cause,
        remark: None,
    });
    world.all_meet();
    let logged = world.kiosk.openings(unit);
    assert_eq!(
        (logged[0].minute, logged[0].cause),
        (at("2026-12-01T12:00"), Cause::Lost)
    );
    assert_eq!(logged[0].device, world.kiosk.public_key());
    assert_eq!(world.phones["anna"].openings(unit), logged);
    assert_eq!(world.phones["bo"].openings(unit), []);
    let unit = UnitId(999);
    assert_eq!(
        refused(
            &mut world,
            Command::Open {
                unit,
                cause,
                remark: None
            }
        ),
        Error::NoSuchUnit { unit }
    );
    world.assert_agreed();
}

fn hand_over(remark: &str, key: SlotKey) -> Command {
    let (unit, condition) = (UnitId(51), vec![]);
    let remark = Some(remark.to_owned());
    Command::HandOut {
        key,
        unit,
        condition,
        remark,
    }
}

fn remarks(crew: &Crew, name: &str) -> Vec<Option<Remarked>> {
    let said = crew.devices[name].things_said(UnitId(51)).unwrap();
    said.into_iter().map(|entry| entry.remark).collect()
}

fn text(words: &str) -> Option<Remarked> {
    let (text, erased) = (Some(words.to_owned()), None);
    Some(Remarked { text, erased })
}

#[test]
fn l2_a_remark_reaches_the_offices_devices_and_no_phone_and_is_erased_everywhere() {
    let mut crew = Crew::with(lending(), Role::Kiosk, "2026-11-24T08:00");
    crew.steward("staff", Role::Staff);
    crew.steward("tablet", Role::Staff);
    crew.phone("anna", KIOSK);
    let anna = crew.booked("anna", computer(51, "24T09:00-11:00"));
    crew.all_meet();
    let key = crew.see("anna", anna).key.unwrap();
    crew.command("staff", hand_over("The lid is loose.", key))
        .unwrap();
    crew.all_meet();
    crew.all_meet();
    for name in [KIOSK, "staff", "tablet"] {
        assert_eq!(remarks(&crew, name), [text("The lid is loose.")], "{name}");
    }
    let own = crew.devices["anna"].own_loans(crew.now).unwrap();
    assert_eq!(own[0].1.remark, None);
    assert_eq!(
        crew.devices["anna"].things_said(UnitId(51)),
        Err(Error::NotASteward)
    );
    // A phone is given no such text, and a file has none, whatever it asks for.
    let given = |name: &str| {
        let at = crew.devices[name].at(crew.now);
        let blobs = at.blobs().into_iter().chain(at.internal_blobs());
        blobs.filter_map(|hash| at.blob(&hash)).collect::<Vec<_>>()
    };
    let has = |bytes: &[u8]| bytes.windows(12).any(|part| part == b"lid is loose");
    assert!(given("tablet").iter().any(|bytes| has(bytes)));
    assert!(!given("anna").iter().any(|bytes| has(bytes)));
    let public = crew.devices["tablet"].at(crew.now).blobs();
    let tablet = crew.devices["tablet"].at(crew.now);
    let mut public = public.iter().filter_map(|hash| tablet.blob(hash));
    assert!(!public.any(|bytes| has(&bytes)));

    let of = crew.devices["tablet"].things_said(UnitId(51)).unwrap()[0].id;
    let cause = Cause::Staff;
    crew.command("tablet", Command::EraseRemark { of, cause })
        .unwrap();
    // Once more changes nothing.
    crew.command("tablet", Command::EraseRemark { of, cause })
        .unwrap();
    crew.all_meet();
    let gone = Remarked {
        text: None,
        erased: Some(cause),
    };
    for name in [KIOSK, "staff", "tablet"] {
        assert_eq!(remarks(&crew, name), [Some(gone.clone())], "{name}");
        let at = crew.devices[name].at(crew.now);
        assert_eq!(at.internal_blobs(), []);
    }
    let of = allkontor_core::id::StatementId([9; 32]);
    let unknown = crew.command("tablet", Command::EraseRemark { of, cause });
    assert_eq!(unknown, Err(RemarkError::None { of }.into()));
    crew.assert_agreed();
}

#[test]
fn l1_a_remark_about_an_opening_is_not_told_to_the_renter() {
    let mut world = office();
    let rent = Book::rent(UnitId(41), at("2026-11-24T08:00"));
    let _ = booked(&mut world, "anna", rent);
    world.clock("2026-12-01T12:00");
    let (unit, cause) = (UnitId(41), Cause::Lost);
    let remark = Some("Two bags, taken to the desk.".to_owned());
    world.desk(Command::Open {
        unit,
        cause,
        remark,
    });
    world.all_meet();
    let told = &world.kiosk.openings(unit)[0];
    assert_eq!(told.remark, text("Two bags, taken to the desk."));
    assert_eq!(world.phones["anna"].openings(unit)[0].remark, None);
    // It goes with the documents of its year.
    let before = allkontor_core::time::OfficeDay::from_ymd(2027, 1, 1).unwrap();
    world.clock("2027-02-01T12:00");
    world.all_meet();
    assert!(!world.kiosk.at(world.now).internal_blobs().is_empty());
    world.desk(Command::DropYearsBefore(before));
    assert_eq!(world.kiosk.at(world.now).internal_blobs(), []);
}
