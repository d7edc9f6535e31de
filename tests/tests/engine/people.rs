//! Guidelines that are accepted before the first booking, and people who may not book for a time.

mod answers;
mod guidelines;
mod random;
mod suspension;

use allkontor_core::command::Book;
use allkontor_core::id::{PublicKey, StatementId, UnitId};
use allkontor_core::model::{EarlierGuidelines, Guidelines, Parts, Rule, Since, Text};
use allkontor_core::replica::{BookingId, Command, Outcome};
use allkontor_core::statement::{Ground, Role};
use allkontor_core::sync::Source;
use allkontor_core::time::OfficeDay;
use allkontor_tests::crew::Crew;
use allkontor_tests::world::{ROOM, parts, span};

const STAFF: &str = "staff";

fn day(text: &str) -> OfficeDay {
    OfficeDay::from_date(text.parse().unwrap()).unwrap()
}

fn guidelines(version: u32, from: Option<&str>, earlier: &[(u32, Option<&str>)]) -> Guidelines {
    let since = |from: Option<&str>| from.map(|from| Since(day(from)));
    let earlier = earlier.iter().map(|(version, from)| EarlierGuidelines {
        version: *version,
        from: since(*from),
    });
    let text = format!("Be kind, {version}.");
    Guidelines {
        version,
        text: Text::new([("en", text.as_str())]),
        from: since(from),
        earlier: earlier.collect(),
        appeal: Text::default(),
    }
}

/// Rooms are for those who have accepted the guidelines, desks for everybody.
fn house(guidelines: Guidelines) -> Parts {
    let mut parts = parts();
    let room = parts.classes.get_mut(&ROOM).unwrap();
    room.rules.accepted_guidelines = true;
    parts.guidelines = Some(guidelines);
    parts
}

fn office(guidelines: Guidelines) -> Crew {
    let mut crew = Crew::with(house(guidelines), Role::Kiosk, "2026-11-24T08:00");
    crew.steward(STAFF, Role::Staff);
    crew
}

fn room(time: &str) -> Book {
    Book::unit(UnitId(1), span(time))
}

fn refused(crew: &mut Crew, name: &str, book: Book) -> Rule {
    match crew.command(name, Command::Book(book)).unwrap() {
        Outcome::Booked(booked) => match booked.dates.into_iter().next() {
            Some(allkontor_core::command::DateOutcome::Refused { rule, .. }) => rule,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// It has a room, whichever device had one to give.
fn assert_confirmed(crew: &Crew, name: &str, booking: BookingId) {
    let told = crew.told(name, booking);
    assert!(told.starts_with("confirmed "), "{name}: {told}");
}

fn accept(crew: &mut Crew, name: &str, version: u32) {
    crew.command(name, Command::AcceptGuidelines(version))
        .unwrap();
}

/// A booking of Anna's at the staff's tablet, and whose it is.
fn booked_by_anna(crew: &mut Crew) -> (BookingId, PublicKey) {
    crew.phone("anna", STAFF);
    accept(crew, "anna", 1);
    let booking = crew.booked("anna", room("24T10:00-11:00"));
    crew.all_meet();
    let key = crew.see("anna", booking).key.unwrap();
    let holder = crew.devices[STAFF].holder_of(&key).unwrap().unwrap();
    (booking, holder)
}

fn suspend(crew: &mut Crew, holder: PublicKey, until: &str) -> StatementId {
    let (until, ground) = (day(until), Ground::Damage);
    let suspend = Command::Suspend {
        holder,
        until,
        ground,
    };
    match crew.command(STAFF, suspend).unwrap() {
        Outcome::Suspended(id) => id,
        other => panic!("{other:?}"),
    }
}

fn own(crew: &Crew, name: &str) -> Option<(OfficeDay, Ground)> {
    let told = crew.devices[name].own_suspension(crew.now).unwrap();
    told.map(|told| (told.until, told.ground))
}

/// What a steward would answer to whoever orders under a key.
fn answer(crew: &Crew, holder: &PublicKey) -> Vec<u8> {
    crew.devices[STAFF].at(crew.now).answer(holder).unwrap()
}
