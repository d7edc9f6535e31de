//! Codes of lockers: read by whoever rents them and nobody else, changed when somebody leaves or a lock was forced.

use crate::rentals::lockers;
use allkontor_core::command::{Book, LockCode, NewCode, WalkIn, WalkInDate};
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{BookingId, CodeDueBy, Command, Outcome};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Cause, Document, Role};
use allkontor_core::sync::qr::Slip;
use allkontor_core::time::{CivilMinute, Interval, OfficeDay};
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::at;

const LOCKER: UnitId = UnitId(41);
const STAFF: &str = "staff";

/// A kiosk, a member of staff's tablet, and two phones.
fn office() -> Crew {
    let mut crew = Crew::with(lockers(), Role::Kiosk, "2026-11-24T08:00");
    crew.steward(STAFF, Role::Staff);
    crew.phone("anna", KIOSK);
    crew.phone("bo", KIOSK);
    crew
}

fn locker(end: CivilMinute) -> Book {
    let time = Interval::new(at("2026-11-24T08:00"), end).unwrap();
    Book::unit(LOCKER, time).exactly()
}

fn rented(crew: &mut Crew, name: &str, end: CivilMinute) -> (BookingId, SlotKey) {
    let booking = crew.booked(name, locker(end));
    crew.all_meet();
    (booking, crew.see(name, booking).key.unwrap())
}

fn new_code(key: SlotKey, code: &str) -> Command {
    Command::IssueCode(NewCode {
        key,
        unit: LOCKER,
        code: LockCode::new(code).unwrap(),
        seed: [code.len() as u8; 32],
    })
}

fn issue(crew: &mut Crew, who: &str, key: SlotKey, code: &str) {
    crew.command(who, new_code(key, code)).unwrap();
}

/// `41 4711 1`: the lock, what it opens by and which code it is; with `!` when it is to be changed.
fn read(crew: &Crew, name: &str) -> Vec<String> {
    let codes = crew.devices[name].own_codes(crew.now).unwrap().into_iter();
    let told = codes.map(|(_, known)| {
        let due = if known.is_due { "!" } else { "" };
        let code = known.code.as_str();
        format!("{} {code} {}{due}", known.unit.0, known.generation)
    });
    told.collect()
}

fn due(crew: &Crew, name: &str) -> Vec<(CodeDueBy, Option<SlotKey>)> {
    let due = crew.devices[name].codes_due(crew.now).unwrap();
    due.into_iter().map(|due| (due.by, due.renter)).collect()
}

#[test]
fn l1_a_code_is_read_by_its_renter_and_nobody_else() {
    let mut crew = office();
    let (_, key) = rented(&mut crew, "anna", at("2026-12-10T12:00"));
    assert_eq!(read(&crew, "anna"), [""; 0]);
    issue(&mut crew, STAFF, key, "the 4711 blue");
    crew.all_meet();
    assert_eq!(read(&crew, "anna"), ["41 the 4711 blue 1"]);
    assert_eq!(read(&crew, "bo"), [""; 0]);
    for (name, device) in &crew.devices {
        for document in device.documents() {
            let Some(fold) = device.fold(document) else {
                continue;
            };
            let mut all = fold.statements().values();
            let told = all.any(|said| said.bytes().windows(4).any(|bytes| bytes == b"4711"));
            assert!(!told, "{name} has it in {document}");
        }
    }
    assert_eq!(due(&crew, STAFF), []);
    assert_eq!(
        crew.devices["bo"].codes_due(crew.now),
        Err(Error::NotASteward)
    );
    crew.assert_agreed();
}

#[test]
fn l1_a_code_is_changed_after_a_forced_opening_and_when_its_renter_leaves() {
    let mut crew = office();
    let (booking, key) = rented(&mut crew, "anna", at("2026-12-10T12:00"));
    issue(&mut crew, STAFF, key, "4711");
    crew.all_meet();
    let (unit, cause) = (LOCKER, Cause::Lost);
    crew.command(
        KIOSK,
        Command::Open {
            unit,
            cause,
            remark: None,
        },
    )
    .unwrap();
    crew.all_meet();
    assert_eq!(due(&crew, STAFF), [(CodeDueBy::Opened, Some(key))]);
    assert_eq!(read(&crew, "anna"), ["41 4711 1!"]);
    // In the same minute: it is the later of the two.
    issue(&mut crew, STAFF, key, "0815");
    crew.all_meet();
    assert_eq!(due(&crew, KIOSK), []);
    assert_eq!(read(&crew, "anna"), ["41 0815 2"]);

    crew.command("anna", Command::Cancel(booking)).unwrap();
    crew.all_meet();
    assert_eq!(due(&crew, STAFF), [(CodeDueBy::Ended, None)]);
    assert_eq!(read(&crew, "anna"), [""; 0]);
    // The next in line is not told the code of the one before.
    let (_, next) = rented(&mut crew, "bo", at("2026-12-20T12:00"));
    assert_eq!(due(&crew, STAFF), [(CodeDueBy::Ended, Some(next))]);
    assert_eq!(read(&crew, "bo"), [""; 0]);
    issue(&mut crew, STAFF, next, "2001");
    crew.all_meet();
    assert_eq!(due(&crew, STAFF), []);
    assert_eq!(read(&crew, "bo"), ["41 2001 3"]);
    crew.assert_agreed();
}

#[test]
fn l1_whoever_holds_a_slip_has_the_code_read_out_by_staff_and_not_by_the_kiosk() {
    let mut crew = office();
    let slip_seed = [5; 16];
    let book = locker(at("2026-12-10T12:00"));
    let asked = Command::WalkIn(WalkIn { book, slip_seed });
    let Outcome::WalkedIn(walked_in) = crew.command(KIOSK, asked).unwrap() else {
        panic!("no slip");
    };
    let WalkInDate::Requested {
        key,
        slip: Slip { seed, .. },
    } = walked_in.dates[0].clone()
    else {
        panic!("{walked_in:?}");
    };
    issue(&mut crew, KIOSK, key, "4711");
    crew.all_meet();
    let told = crew.devices[STAFF].codes_of_slip(crew.now, &seed).unwrap();
    assert_eq!(told[0].code.as_str(), "4711");
    assert_eq!(
        crew.devices[STAFF].codes_of_slip(crew.now, &[6; 16]),
        Ok(vec![])
    );
    let role = Role::Kiosk;
    assert_eq!(
        crew.devices[KIOSK].codes_of_slip(crew.now, &seed),
        Err(Error::StaffOnly { role })
    );
    assert_eq!(
        crew.devices["bo"].codes_of_slip(crew.now, &seed),
        Err(Error::NotASteward)
    );
}

#[test]
fn l1_a_code_goes_on_with_its_rental_when_the_old_year_is_dropped() {
    let mut crew = office();
    let (booking, key) = rented(&mut crew, "anna", CivilMinute::MAX);
    issue(&mut crew, STAFF, key, "4711");
    crew.all_meet();
    let codes = |crew: &Crew, year| {
        let fold = crew.devices[KIOSK].fold(Document::Storage(year));
        fold.map_or(0, |fold| fold.resolved().codes.len())
    };
    // Said once in each year, by whoever has custody of the locker.
    assert_eq!((codes(&crew, 2026), codes(&crew, 2027)), (1, 1));
    for time in ["2026-12-31T12:00", "2027-01-10T12:00"] {
        crew.clock(time, &[KIOSK, STAFF]);
        crew.all_meet();
        assert_eq!(read(&crew, "anna"), ["41 4711 1"], "{time}");
        assert_eq!(due(&crew, STAFF), []);
    }
    let day = OfficeDay::from_ymd(2027, 1, 1).unwrap();
    crew.command(KIOSK, Command::DropYearsBefore(day)).unwrap();
    crew.all_meet();
    assert_eq!((codes(&crew, 2026), codes(&crew, 2027)), (0, 1));
    assert_eq!(read(&crew, "anna"), ["41 4711 1"]);
    let key = crew.devices[STAFF].rentals(crew.now).unwrap()[0].key;
    issue(&mut crew, STAFF, key, "0815");
    crew.clock("2028-02-01T12:00", &[KIOSK, STAFF]);
    crew.all_meet();
    assert_eq!(read(&crew, "anna"), ["41 0815 2"]);
    let _ = booking;
    crew.assert_agreed();
}

#[test]
fn l1_two_codes_issued_at_once_are_noticed() {
    let mut crew = office();
    let (_, key) = rented(&mut crew, "anna", at("2026-12-10T12:00"));
    issue(&mut crew, STAFF, key, "4711");
    issue(&mut crew, KIOSK, key, "08154");
    assert_eq!((due(&crew, STAFF), due(&crew, KIOSK)), (vec![], vec![]));
    crew.all_meet();
    assert_eq!(due(&crew, STAFF), [(CodeDueBy::Twice, Some(key))]);
    issue(&mut crew, STAFF, key, "2001");
    crew.all_meet();
    assert_eq!(due(&crew, KIOSK), []);
    assert_eq!(read(&crew, "anna"), ["41 2001 2"]);
    crew.assert_agreed();
}

#[test]
fn l1_a_code_is_issued_for_what_is_rented_and_to_whoever_rents_it() {
    let mut crew = office();
    let time = Interval::new(at("2026-11-24T10:00"), at("2026-11-24T11:00")).unwrap();
    let room = crew.booked("bo", Book::unit(UnitId(1), time));
    let (_, key) = rented(&mut crew, "anna", at("2026-12-10T12:00"));
    let room = crew.see("bo", room).key.unwrap();
    assert_eq!(
        crew.command(STAFF, new_code(room, "1")),
        Err(Error::NotConfirmed { key: room })
    );
    let mut other = new_code(key, "1");
    if let Command::IssueCode(new) = &mut other {
        new.unit = UnitId(42);
    }
    let unit = UnitId(42);
    assert_eq!(
        crew.command(STAFF, other),
        Err(Error::NotRented { key, unit })
    );
    crew.steward("hub", Role::Hub);
    crew.all_meet();
    let role = Role::Hub;
    assert_eq!(
        crew.command("hub", new_code(key, "1")),
        Err(Error::NoFacts { role })
    );
    let nobody = SlotKey { slot: 7, ..key };
    assert_eq!(
        crew.command(STAFF, new_code(nobody, "1")),
        Err(Error::NoSuchBooking { key: nobody })
    );
}
