//! The kiosk is gone, with all it had. A tablet takes over.

use allkontor_core::command::Book;
use allkontor_core::error::Error;
use allkontor_core::id::{StatementId, UnitId};
use allkontor_core::replica::{Alarm, BookingId, Command, HonourStanding, Outcome, Standing};
use allkontor_core::statement::{Body, Document, Ground, Role};
use allkontor_core::sync::Incoming;
use allkontor_core::sync::qr::Certificate;
use allkontor_core::time::Month;
use allkontor_core::view::BrokenBy;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::span;

const TABLET: &str = "tablet";

fn november() -> Document {
    Document::Ledger(Month::new(2026, 11).unwrap())
}

fn room(unit: u32, time: &str) -> Book {
    Book::unit(UnitId(unit), span(time)).exactly()
}

/// A kiosk that decides everything, a tablet that holds the admin key, and phones that have met the kiosk.
fn office(phones: &[&str]) -> Crew {
    let mut crew = Crew::new();
    crew.steward(TABLET, Role::Staff);
    let tablet = crew.key(TABLET);
    crew.command(KIOSK, Command::HandOver(tablet)).unwrap();
    for phone in phones {
        crew.phone(phone, KIOSK);
    }
    crew.meet(TABLET, KIOSK);
    crew
}

/// The kiosk is lost: nobody meets it any more.
fn lose(crew: &mut Crew, name: &str) {
    crew.devices.remove(name).unwrap();
}

fn replace(crew: &mut Crew, device: allkontor_core::id::PublicKey) -> StatementId {
    let successor = Some(crew.key(TABLET));
    let command = Command::ReplaceDevice { device, successor };
    match crew.command(TABLET, command).unwrap() {
        Outcome::Replaced(revoke) => revoke,
        other => panic!("replacing answered {other:?}"),
    }
}

fn meet_twice(crew: &mut Crew, one: &str, other: &str) {
    crew.meet(one, other);
    crew.meet(one, other);
}

fn certificate(crew: &Crew, phone: &str, booking: BookingId) -> Vec<u8> {
    let device = &crew.devices[phone];
    let (document, key) = device.slot_of(booking).unwrap();
    device.certificate(document, &key).unwrap().to_bytes()
}

/// What a steward does with a certificate that somebody shows.
fn show(crew: &mut Crew, steward: &str, shown: &[u8]) -> Result<HonourStanding, Error> {
    let (promise, said) = Certificate::open(shown, crew.devices[steward].office()).unwrap();
    let said = said.iter().map(|s| Incoming::Statement(s.bytes().into()));
    crew.take_in(steward, said.collect());
    match crew.command(steward, Command::Honour(promise.confirm))? {
        Outcome::Honoured(honoured) => Ok(honoured.standing),
        other => panic!("honouring answered {other:?}"),
    }
}

#[test]
fn what_the_office_knew_stands_and_the_tablet_decides_from_then_on() {
    let mut crew = office(&["anna", "bo"]);
    let kept = crew.booked("anna", room(1, "24T10:00-11:00"));
    meet_twice(&mut crew, "anna", KIOSK);
    assert_eq!(crew.told("anna", kept), "confirmed 1 10:00-11:00");
    crew.meet(TABLET, KIOSK);
    let kiosk = crew.key(KIOSK);
    lose(&mut crew, KIOSK);

    let before = crew.devices[TABLET].digest();
    let question = crew.devices[TABLET].replacement(crew.now, kiosk).unwrap();
    let left = &question.documents[&november()];
    assert_eq!((question.role, question.revoked), (Role::Kiosk, None));
    assert_eq!(question.heirs, [crew.key(TABLET)]);
    assert_eq!(left.stands.len(), 1, "anna's booking is kept");
    assert!(left.head.is_some() && left.last_heard.is_some());
    assert!(left.units.contains(&UnitId(1)));
    assert_eq!(
        crew.devices[TABLET].digest(),
        before,
        "asking changes nothing"
    );

    let new = crew.booked("bo", room(3, "24T10:00-11:00"));
    crew.meet("bo", TABLET);
    assert!(
        crew.told("bo", new).starts_with("likely"),
        "nobody may decide yet"
    );
    replace(&mut crew, kiosk);
    meet_twice(&mut crew, "bo", TABLET);
    meet_twice(&mut crew, "anna", TABLET);
    assert_eq!(crew.told("bo", new), "confirmed 3 10:00-11:00");
    assert_eq!(crew.told("anna", kept), "confirmed 1 10:00-11:00");
    let question = crew.devices[TABLET].replacement(crew.now, kiosk).unwrap();
    assert_eq!(question.successor, Some(crew.key(TABLET)));
    assert!(question.documents[&november()].units.is_empty());
    crew.assert_agreed_with(TABLET);
}

#[test]
fn a_confirmation_nobody_had_heard_of_comes_first_in_line_and_is_decided_again() {
    let mut crew = office(&["anna", "bo", "eva"]);
    crew.meet(TABLET, KIOSK);
    let promised = crew.booked("anna", room(1, "24T10:00-11:00"));
    meet_twice(&mut crew, "anna", KIOSK);
    assert_eq!(crew.told("anna", promised), "confirmed 1 10:00-11:00");
    let kiosk = crew.key(KIOSK);
    lose(&mut crew, KIOSK);

    // Bo has waited for the room since before anna asked.
    let waiting = crew.booked("bo", room(1, "24T10:30-11:30"));
    replace(&mut crew, kiosk);
    crew.meet("anna", TABLET);
    let why = crew.devices["anna"].explain(promised, crew.now).unwrap();
    assert!(
        matches!(why.broken.as_slice(), [broken] if matches!(broken.why, BrokenBy::Unheard { .. })),
        "{:?}",
        why.broken
    );
    crew.meet("anna", TABLET);
    crew.meet("bo", TABLET);
    meet_twice(&mut crew, "anna", TABLET);
    meet_twice(&mut crew, "bo", TABLET);
    assert_eq!(crew.told("anna", promised), "confirmed 1 10:00-11:00");
    assert_eq!(crew.told("bo", waiting), "waiting 1");
    assert!(crew.devices[TABLET].alarms().is_empty());
    meet_twice(&mut crew, "eva", TABLET);
    crew.assert_agreed_with(TABLET);
}

#[test]
fn a_place_that_went_to_somebody_else_meanwhile_stays_theirs_and_the_other_is_told() {
    let mut crew = office(&["anna", "bo"]);
    crew.meet(TABLET, KIOSK);
    let promised = crew.booked("anna", room(1, "24T10:00-11:00"));
    meet_twice(&mut crew, "anna", KIOSK);
    let kiosk = crew.key(KIOSK);
    lose(&mut crew, KIOSK);
    replace(&mut crew, kiosk);
    let other = crew.booked("bo", room(1, "24T10:30-11:30"));
    meet_twice(&mut crew, "bo", TABLET);
    assert_eq!(crew.told("bo", other), "confirmed 1 10:30-11:30");
    for _ in 0..3 {
        crew.meet("anna", TABLET);
    }
    assert!(
        crew.told("anna", promised).starts_with("withdrawn"),
        "{}",
        crew.told("anna", promised)
    );
    let why = crew.devices["anna"].explain(promised, crew.now).unwrap();
    assert_eq!(why.broken.len(), 1);
    assert_eq!(why.broken[0].why, BrokenBy::Unheard { honoured: true });
    assert!(
        !why.nearest[0].times.is_empty(),
        "the nearest free times are offered"
    );
    // Bo gives the room back: anna is first in line.
    let eva = {
        crew.phone("eva", TABLET);
        crew.booked("eva", room(1, "24T10:00-11:00"))
    };
    meet_twice(&mut crew, "eva", TABLET);
    crew.command("bo", Command::Cancel(other)).unwrap();
    meet_twice(&mut crew, "bo", TABLET);
    meet_twice(&mut crew, "anna", TABLET);
    meet_twice(&mut crew, "eva", TABLET);
    assert_eq!(crew.told("anna", promised), "confirmed 1 10:00-11:00");
    assert_eq!(crew.told("eva", eva), "waiting 1");
    crew.assert_agreed_with(TABLET);
}

#[test]
fn what_only_the_lost_device_vouches_for_takes_a_person_who_looks_at_it() {
    let mut crew = office(&["bo", "eva"]);
    crew.meet(TABLET, KIOSK);
    // Carl comes when the tablet is away: his tickets too are only the kiosk's word.
    crew.phone("carl", KIOSK);
    let promised = crew.booked("carl", room(1, "24T10:00-11:00"));
    meet_twice(&mut crew, "carl", KIOSK);
    let kiosk = crew.key(KIOSK);
    lose(&mut crew, KIOSK);
    replace(&mut crew, kiosk);
    // Bo gets the room meanwhile, and eva waits for it.
    let bo = crew.booked("bo", room(1, "24T10:00-11:00"));
    meet_twice(&mut crew, "bo", TABLET);
    let eva = crew.booked("eva", room(1, "24T10:00-11:00"));
    meet_twice(&mut crew, "eva", TABLET);

    for _ in 0..3 {
        crew.meet("carl", TABLET);
    }
    let alarms = crew.devices[TABLET].alarms();
    assert!(
        matches!(alarms.first(), Some(Alarm::Orphan { device, .. }) if *device == kiosk),
        "{alarms:?}"
    );
    assert!(crew.told("carl", promised).starts_with("waiting"));
    let why = crew.devices["carl"].explain(promised, crew.now).unwrap();
    assert_eq!(why.broken[0].why, BrokenBy::Unheard { honoured: false });

    let shown = certificate(&crew, "carl", promised);
    assert_eq!(
        show(&mut crew, TABLET, &shown),
        Ok(HonourStanding::FirstInLine)
    );
    assert!(
        crew.devices[TABLET].alarms().is_empty(),
        "it has been seen to"
    );
    crew.command("bo", Command::Cancel(bo)).unwrap();
    for name in ["bo", "carl", "eva"] {
        meet_twice(&mut crew, name, TABLET);
    }
    assert_eq!(crew.told("carl", promised), "confirmed 1 10:00-11:00");
    assert_eq!(crew.told("eva", eva), "waiting 1");
    assert_eq!(
        show(&mut crew, TABLET, &shown),
        Ok(HonourStanding::Superseded)
    );
}

#[test]
fn a_certificate_shown_before_its_chain_has_come_is_noted_and_honoured_then() {
    let mut crew = office(&["anna", "bo", "eva"]);
    crew.meet(TABLET, KIOSK);
    let first = crew.booked("anna", room(1, "24T09:00-10:00"));
    meet_twice(&mut crew, "anna", KIOSK);
    let second = crew.booked("bo", room(3, "24T10:00-11:00"));
    meet_twice(&mut crew, "bo", KIOSK);
    let kiosk = crew.key(KIOSK);
    lose(&mut crew, KIOSK);
    replace(&mut crew, kiosk);
    let eva = crew.booked("eva", room(3, "24T10:00-11:00"));
    meet_twice(&mut crew, "eva", TABLET);
    // Bo's battery is empty: he has a print of the code. What the kiosk signed before it is on anna's phone.
    let print = certificate(&crew, "bo", second);
    assert_eq!(show(&mut crew, TABLET, &print), Ok(HonourStanding::Noted));
    for _ in 0..3 {
        crew.meet("anna", TABLET);
    }
    assert_eq!(crew.told("anna", first), "confirmed 1 09:00-10:00");
    let fold = crew.devices[TABLET].fold(november()).unwrap();
    let honours = fold
        .statements()
        .values()
        .filter(|s| matches!(s.body(), Body::Honour(_)));
    assert_eq!(honours.count(), 2);
    crew.command("eva", Command::Cancel(eva)).unwrap();
    meet_twice(&mut crew, "eva", TABLET);
    meet_twice(&mut crew, "bo", TABLET);
    assert_eq!(crew.told("bo", second), "confirmed 3 10:00-11:00");
}

#[test]
fn the_kiosk_is_found_again_and_hands_in_what_it_had_promised() {
    let mut crew = office(&["anna"]);
    crew.meet(TABLET, KIOSK);
    let promised = crew.booked("anna", room(1, "24T10:00-11:00"));
    meet_twice(&mut crew, "anna", KIOSK);
    let kiosk = crew.key(KIOSK);
    replace(&mut crew, kiosk);
    for _ in 0..3 {
        crew.meet(KIOSK, TABLET);
    }
    assert_eq!(crew.devices[KIOSK].standing(), Standing::Visitor);
    meet_twice(&mut crew, "anna", TABLET);
    assert_eq!(crew.told("anna", promised), "confirmed 1 10:00-11:00");
    meet_twice(&mut crew, KIOSK, TABLET);
    crew.assert_agreed_with(TABLET);
}

#[test]
fn what_a_device_said_of_people_before_it_heard_that_it_was_replaced_is_handed_in_and_does_not_count()
 {
    let mut crew = office(&[]);
    crew.join("other");
    let (device, role) = (crew.key("other"), Role::Staff);
    crew.command(TABLET, Command::Certify { device, role })
        .unwrap();
    crew.meet("other", TABLET);
    crew.all_meet();
    let (other, people) = (crew.key("other"), Document::People(2026));
    let said = |crew: &Crew, name: &str| {
        let fold = crew.devices[name].fold(people);
        let said = fold.into_iter().flat_map(|fold| fold.statements().values());
        said.filter(|one| one.signer() == other).count()
    };
    // A tablet in somebody's bag says of two people what nobody hears, one after the other.
    for (number, days) in [(1, 3), (2, 5)] {
        let holder = allkontor_core::id::PublicKey([number; 32]);
        let today = allkontor_core::time::OfficeDay::from_ymd(2026, 11, 24).unwrap();
        let (until, ground) = (today.plus(days), Ground::Conduct);
        let suspend = Command::Suspend {
            holder,
            until,
            ground,
        };
        crew.command("other", suspend).unwrap();
    }
    replace(&mut crew, other);
    // It is found, and hears; what it said nobody vouches for, and it is carried to the office all the same.
    for _ in 0..3 {
        crew.meet("other", TABLET);
    }
    assert_eq!(crew.devices["other"].standing(), Standing::Visitor);
    crew.all_meet();
    for name in [KIOSK, TABLET] {
        assert_eq!(said(&crew, name), 2, "{name}");
        assert_eq!(crew.devices[name].suspensions(crew.now), Ok(vec![]));
        assert_eq!(
            crew.devices[name].document_digest(people),
            crew.devices[TABLET].document_digest(people)
        );
    }
}

#[test]
fn whoever_joins_later_gets_the_whole_document_from_a_steward_or_from_a_phone() {
    let mut crew = office(&["anna", "bo"]);
    for (name, time) in [("anna", "24T10:00-11:00"), ("bo", "24T12:00-13:00")] {
        crew.booked(name, room(1, time));
        meet_twice(&mut crew, name, KIOSK);
    }
    crew.meet(TABLET, KIOSK);
    let kiosk = crew.key(KIOSK);
    lose(&mut crew, KIOSK);
    replace(&mut crew, kiosk);
    meet_twice(&mut crew, "anna", TABLET);
    // Of a steward: it signs anew what the kiosk had signed.
    crew.join("carl");
    meet_twice(&mut crew, "carl", TABLET);
    // Of a phone that has it as the kiosk signed it.
    crew.join("dora");
    crew.meet("dora", "anna");
    for name in ["anna", "carl", "dora"] {
        assert_eq!(
            crew.devices[name].document_digest(november()),
            crew.devices[TABLET].document_digest(november()),
            "{name}"
        );
    }
}

#[test]
fn replacing_is_for_the_admin_and_once() {
    let mut crew = office(&[]);
    let (kiosk, tablet) = (crew.key(KIOSK), crew.key(TABLET));
    crew.join("stranger");
    let stranger = crew.key("stranger");
    let command = |device, successor| Command::ReplaceDevice { device, successor };
    let mut ask =
        |who: &str, device, successor| crew.command(who, command(device, successor)).map(drop);
    assert_eq!(ask(KIOSK, tablet, None), Err(Error::NotTheAdmin));
    assert_eq!(ask(TABLET, tablet, None), Err(Error::OwnDevice));
    assert_eq!(
        ask(TABLET, stranger, None),
        Err(Error::NotCertified { device: stranger })
    );
    for heir in [stranger, kiosk] {
        assert_eq!(
            ask(TABLET, kiosk, Some(heir)),
            Err(Error::NotAnHeir { device: heir })
        );
    }
    // A device can be cut off first, and its successor be named later.
    assert_eq!(ask(TABLET, kiosk, None), Ok(()));
    let again = Error::AlreadyReplaced {
        device: kiosk,
        successor: None,
    };
    assert_eq!(ask(TABLET, kiosk, None), Err(again));
    assert_eq!(ask(TABLET, kiosk, Some(tablet)), Ok(()));
    let again = Error::AlreadyReplaced {
        device: kiosk,
        successor: Some(tablet),
    };
    assert_eq!(ask(TABLET, kiosk, Some(tablet)), Err(again));
}
