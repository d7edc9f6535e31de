//! How people are reached: written at any desk, read by the staff alone, gone with the month.

mod keys;
mod random;
mod thief;

use allkontor_core::command::{Book, ContactCard, NewContact, RosterError};
use allkontor_core::error::Error;
use allkontor_core::id::{PublicKey, UnitId};
use allkontor_core::model::{Catalogue, Parts};
use allkontor_core::replica::{Command, Person};
use allkontor_core::statement::{Document, Role};
use allkontor_core::time::{Month, OfficeDay};
use allkontor_tests::crew::{Crew, KIOSK, keypair};
use allkontor_tests::world::{at, instant, parts, span};

const STAFF: &str = "staff";
const ANNA: PublicKey = PublicKey([9; 32]);
const BO: PublicKey = PublicKey([10; 32]);

/// An office that keeps a roster.
fn house() -> Parts {
    let mut parts = parts();
    parts.roster = true;
    parts
}

/// A kiosk that holds the admin key and reads nothing, and a member of staff's tablet.
fn office(start: &str) -> Crew {
    let mut crew = Crew::with(house(), Role::Kiosk, start);
    staff(&mut crew, STAFF);
    crew
}

/// A device of the staff, whose clock somebody has looked at.
fn staff(crew: &mut Crew, name: &str) {
    crew.steward(name, Role::Staff);
    crew.command(name, Command::ConfirmClock).unwrap();
}

fn roster(year: i32, month: u32) -> Document {
    Document::Roster(Month::new(year, month).unwrap())
}

fn month(month: u32) -> Month {
    Month::new(2026, month).unwrap()
}

fn write(crew: &mut Crew, device: &str, holder: PublicKey, text: &str) -> Result<(), Error> {
    let (contact, note) = text.split_once(" | ").unwrap_or((text, ""));
    let card = ContactCard::new(contact, note)?;
    let seed = [text.len() as u8; 32];
    let new = NewContact { holder, card, seed };
    let command = Command::WriteContact(Box::new(new));
    crew.command(device, command).map(drop)
}

/// `contact | note`; `sealed` when the device has not the key.
fn said(card: Option<&ContactCard>) -> String {
    match card {
        Some(card) if card.note().is_empty() => card.contact().to_owned(),
        Some(card) => format!("{} | {}", card.contact(), card.note()),
        None => "sealed".to_owned(),
    }
}

/// What counts, and then what was written before, the newest first.
fn told(person: Option<Person>) -> Vec<String> {
    let all = person.into_iter().flat_map(|person| {
        let latest = std::iter::once(person.latest);
        latest.chain(person.earlier)
    });
    all.map(|entry| said(entry.card.as_ref())).collect()
}

fn read(crew: &Crew, device: &str, holder: PublicKey) -> Vec<String> {
    told(crew.devices[device].person(&holder).unwrap())
}

fn replace(crew: &mut Crew, name: &str) {
    let device = crew.key(name);
    let successor = None;
    crew.command(KIOSK, Command::ReplaceDevice { device, successor })
        .unwrap();
}

#[test]
fn d3_staff_read_what_a_kiosk_wrote_and_the_kiosk_and_phones_read_nothing() {
    let mut crew = office("2026-11-24T08:00");
    crew.steward("other", Role::Staff);
    crew.steward("hub", Role::Hub);
    crew.phone("eva", KIOSK);
    crew.all_meet();
    write(
        &mut crew,
        KIOSK,
        ANNA,
        "Anna Ek, 070-174 06 05 | Rings twice",
    )
    .unwrap();
    crew.all_meet();
    for device in [STAFF, "other"] {
        let known = crew.devices[device].person(&ANNA).unwrap().unwrap();
        assert_eq!(known.latest.minute, at("2026-11-24T08:00"));
        assert_eq!(known.latest.device, crew.key(KIOSK));
        let told = read(&crew, device, ANNA);
        assert_eq!(told, ["Anna Ek, 070-174 06 05 | Rings twice"]);
        assert_eq!(crew.devices[device].person(&BO), Ok(None));
    }
    let kiosk = &crew.devices[KIOSK];
    let refused = Error::StaffOnly { role: Role::Kiosk };
    assert_eq!(kiosk.person(&ANNA), Err(refused.clone()));
    assert_eq!(kiosk.find_people("anna", None, 10), Err(refused));
    let eva = &crew.devices["eva"];
    assert_eq!(eva.person(&ANNA), Err(Error::NotASteward));
    assert!(!eva.documents().contains(&roster(2026, 11)));
    for (device, error) in [
        ("hub", Error::NoFacts { role: Role::Hub }),
        ("eva", Error::NotASteward),
    ] {
        assert_eq!(write(&mut crew, device, BO, "Bo"), Err(error));
    }
    // Not even with every byte that there is: neither the one that wrote it, nor the hub that carries it.
    for name in [KIOSK, "hub", "eva"] {
        let opened = thief::opens(&keypair(name), &crew.devices[STAFF], &crew.devices[STAFF]);
        assert!(opened.is_empty(), "{name}");
    }
    let opened = thief::opens(
        &keypair("other"),
        &crew.devices[STAFF],
        &crew.devices[KIOSK],
    );
    assert_eq!(opened.len(), 1);
}

#[test]
fn d3_what_a_kiosk_cannot_seal_is_refused_with_its_facts_and_leaves_no_trace() {
    let mut crew = Crew::with(house(), Role::Kiosk, "2026-11-24T08:00");
    let no_key = |month, revoked| Err(Error::Roster(RosterError::NoKey { month, revoked }));
    assert_eq!(
        write(&mut crew, KIOSK, ANNA, "Anna"),
        no_key(month(11), false)
    );
    let said = write(&mut crew, KIOSK, ANNA, "Anna").unwrap_err();
    assert_eq!(
        (said.code(), said.may_pass(), said.to_string().as_str()),
        (
            "no_roster_key",
            true,
            "there is no key here to seal contacts of 2026-11 to: meet a device of the staff"
        )
    );
    staff(&mut crew, STAFF);
    crew.meet(STAFF, KIOSK);
    write(&mut crew, KIOSK, ANNA, "Anna").unwrap();
    // The admin's device is a kiosk here, which has no key to make.
    crew.steward("lost", Role::Staff);
    crew.all_meet();
    let before = crew.devices[KIOSK].fold(roster(2026, 11)).unwrap();
    let before = before.statements().len();
    replace(&mut crew, "lost");
    assert_eq!(write(&mut crew, KIOSK, BO, "Bo"), no_key(month(11), true));
    let after = crew.devices[KIOSK].fold(roster(2026, 11)).unwrap();
    assert_eq!(after.statements().len(), before);
    crew.meet(STAFF, KIOSK);
    write(&mut crew, KIOSK, BO, "Bo").unwrap();
    crew.meet(STAFF, KIOSK);
    assert_eq!(read(&crew, STAFF, BO), ["Bo"]);
    for (text, error) in [
        ("x".repeat(501), RosterError::ContactTooLong { bytes: 501 }),
        (
            format!(" | {}", "x".repeat(1_001)),
            RosterError::NoteTooLong { bytes: 1_001 },
        ),
    ] {
        assert_eq!(write(&mut crew, STAFF, ANNA, &text), Err(error.into()));
    }
    let mut crew = Crew::new();
    assert_eq!(
        write(&mut crew, KIOSK, ANNA, "Anna"),
        Err(RosterError::None.into())
    );
    staff(&mut crew, STAFF);
    crew.all_meet();
    assert!(!crew.devices[STAFF].documents().contains(&roster(2026, 11)));
}

#[test]
fn d3_over_the_turn_of_the_month_a_kiosk_that_nobody_meets_goes_on_writing() {
    let mut crew = office("2026-11-20T08:00");
    crew.meet(STAFF, KIOSK);
    assert!(!crew.devices[STAFF].documents().contains(&roster(2026, 12)));
    crew.clock("2026-11-21T08:00", &[STAFF, KIOSK]);
    crew.meet(STAFF, KIOSK);
    assert!(crew.devices[KIOSK].documents().contains(&roster(2026, 12)));
    crew.clock("2026-12-01T03:59", &[KIOSK]);
    write(&mut crew, KIOSK, ANNA, "Anna, in November's last night").unwrap();
    crew.clock("2026-12-01T04:00", &[KIOSK]);
    write(&mut crew, KIOSK, ANNA, "Anna, in December").unwrap();
    let in_december = crew.devices[KIOSK].fold(roster(2026, 12)).unwrap();
    assert_eq!(in_december.resolved().roster.contacts.len(), 1);
    crew.meet(STAFF, KIOSK);
    let both = ["Anna, in December", "Anna, in November's last night"];
    assert_eq!(read(&crew, STAFF, ANNA), both);
    let first = OfficeDay::from_ymd(2026, 12, 1).unwrap();
    crew.command(KIOSK, Command::DropBefore(first)).unwrap();
    crew.meet(STAFF, KIOSK);
    for device in [STAFF, KIOSK] {
        let documents = crew.devices[device].documents();
        assert!(!documents.contains(&roster(2026, 11)), "{device}");
    }
    assert_eq!(read(&crew, STAFF, ANNA), both[..1]);
    // A clock that is a month behind writes into nothing that was dropped.
    crew.now = instant(at("2026-11-28T08:00"));
    let document = roster(2026, 11);
    let late = write(&mut crew, STAFF, BO, "Bo");
    assert_eq!(late, Err(Error::NoSuchDocument { document }));
}

#[test]
fn d3_the_latest_counts_whatever_clock_it_was_written_by_and_an_empty_card_hides_what_was_before() {
    let mut crew = office("2026-11-24T08:00");
    crew.steward("other", Role::Staff);
    crew.all_meet();
    let real = crew.now;
    crew.now.0 += 3 * 3_600;
    write(&mut crew, "other", ANNA, "Anna, by a clock that is fast").unwrap();
    crew.now = real;
    crew.meet("other", KIOSK);
    write(&mut crew, KIOSK, ANNA, "Anna, corrected").unwrap();
    crew.all_meet();
    for device in [STAFF, "other"] {
        let told = read(&crew, device, ANNA);
        assert_eq!(told, ["Anna, corrected", "Anna, by a clock that is fast"]);
    }
    write(&mut crew, KIOSK, ANNA, "").unwrap();
    crew.all_meet();
    for device in [STAFF, "other"] {
        assert_eq!(crew.devices[device].person(&ANNA), Ok(None));
        assert_eq!(crew.devices[device].find_people("", None, 9), Ok(vec![]));
    }
    write(&mut crew, KIOSK, ANNA, "Anna, who came again").unwrap();
    crew.all_meet();
    assert_eq!(read(&crew, STAFF, ANNA), ["Anna, who came again"]);
    // At the end of the month, too: what hides something is never dropped before it.
    crew.now = instant(at("2026-12-01T03:59"));
    write(&mut crew, "other", BO, "Bo").unwrap();
    crew.all_meet();
    crew.now.0 -= 3_600;
    write(&mut crew, STAFF, BO, "").unwrap();
    let hidden = crew.devices[STAFF].fold(roster(2026, 12)).unwrap();
    assert_eq!(hidden.resolved().roster.contacts.len(), 1);
}

#[test]
fn d3_staff_find_people_by_what_was_written_and_by_their_bookings() {
    let mut crew = office("2026-11-24T08:00");
    crew.phone("eva", STAFF);
    let eva = crew.key("eva");
    let booking = crew.booked("eva", Book::unit(UnitId(1), span("24T10:00-11:00")));
    crew.all_meet();
    let key = crew.see("eva", booking).key.unwrap();
    for (holder, text) in [
        (ANNA, "Anna Ek, Storgatan 1 | Needs the LIFT"),
        (BO, "bo Ek | borrows the projector"),
        (eva, "Eva | Öppnar själv"),
    ] {
        write(&mut crew, STAFF, holder, text).unwrap();
    }
    let staff = &crew.devices[STAFF];
    let found = |text: &str| -> Vec<PublicKey> {
        let found = staff.find_people(text, None, 9).unwrap();
        found.iter().map(|person| person.holder).collect()
    };
    assert_eq!(found(" EK "), [ANNA, BO]);
    assert_eq!(found("lift"), [ANNA]);
    assert_eq!(found("öPPNAR"), [eva]);
    assert_eq!(found(""), [ANNA, BO, eva]);
    assert_eq!(found("nobody"), []);
    let second = staff.find_people("", Some(ANNA), 1).unwrap();
    assert_eq!(second[0].holder, BO);
    assert_eq!(told(staff.person_of(&key).unwrap()), ["Eva | Öppnar själv"]);
    let kiosk = crew.devices[KIOSK].person_of(&key);
    assert_eq!(kiosk, Err(Error::StaffOnly { role: Role::Kiosk }));
    let printed = format!("{staff:?} {:?}", staff.find_people("", None, 9));
    for secret in ["Storgatan", "LIFT", "projector"] {
        assert!(!printed.contains(secret));
    }
    // What people look at in other ways has none of it.
    let day = OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let shown = format!("{:?}", staff.desk_entries(Document::ledger_of(day)));
    assert!(!shown.contains("Eva"));
}

#[test]
fn d3_a_catalogue_that_keeps_no_roster_says_nothing_of_one() {
    let plain = Catalogue::new(parts()).unwrap();
    assert!(!String::from_utf8_lossy(&plain.to_bytes()).contains("roster"));
    let kept = Catalogue::new(house()).unwrap();
    assert!(
        Catalogue::from_bytes(&kept.to_bytes())
            .unwrap()
            .parts()
            .roster
    );
}
