//! Guidelines are accepted before the first booking.

use super::{STAFF, accept, assert_confirmed, guidelines, house, office, refused, room};
use allkontor_core::command::Book;
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::model::{Catalogue, Guidelines, Rule, Text};
use allkontor_core::replica::{Command, Outcome};
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::span;

fn publish(crew: &mut Crew, guidelines: Guidelines) -> Result<Outcome, Error> {
    let catalogue = Catalogue::new(house(guidelines)).unwrap();
    crew.command(KIOSK, Command::Publish(Box::new(catalogue)))
}

#[test]
fn p5_guidelines_are_accepted_with_no_network_before_the_first_booking() {
    let mut crew = office(guidelines(1, None, &[]));
    crew.phone("anna", STAFF);
    let (version, accepted) = (1, None);
    let rule = refused(&mut crew, "anna", room("24T10:00-11:00"));
    assert_eq!(rule, Rule::Guidelines { version, accepted });
    assert_eq!(
        rule.to_string(),
        "guidelines of version 1 are to be accepted first"
    );
    // A desk asks for nothing.
    let desk = crew.booked("anna", Book::unit(UnitId(11), span("24T10:00-11:00")));
    let unknown = crew.command("anna", Command::AcceptGuidelines(2));
    assert_eq!(unknown, Err(Error::NoSuchGuidelines { version: 2 }));
    accept(&mut crew, "anna", 1);
    let booking = crew.booked("anna", room("24T10:00-11:00"));
    crew.all_meet();
    assert_confirmed(&crew, "anna", booking);
    assert_confirmed(&crew, "anna", desk);
    crew.assert_agreed();
}

#[test]
fn p5_what_was_asked_is_judged_by_the_version_that_held_then() {
    let mut crew = office(guidelines(1, None, &[]));
    crew.phone("anna", STAFF);
    crew.phone("bo", STAFF);
    accept(&mut crew, "anna", 1);
    accept(&mut crew, "bo", 1);
    let early = crew.booked("anna", room("26T10:00-11:00"));
    publish(&mut crew, guidelines(2, Some("2026-11-25"), &[(1, None)])).unwrap();
    // The tablet hears of the catalogue first, and then gets it.
    crew.meet(STAFF, KIOSK);
    crew.meet(STAFF, KIOSK);
    assert_eq!(crew.devices[STAFF].catalogue_version(), Some(2));
    crew.clock("2026-11-25T08:00", &[KIOSK, STAFF]);
    // Neither phone has heard of the new ones.
    let late = crew.booked("bo", room("26T12:00-13:00"));
    crew.meet("anna", STAFF);
    crew.meet("bo", STAFF);
    crew.all_meet();
    assert_confirmed(&crew, "anna", early);
    assert_eq!(crew.told("bo", late), "declined: guidelines");
    let (version, accepted) = (2, Some(1));
    let rule = refused(&mut crew, "bo", room("26T12:00-13:00"));
    assert_eq!(rule, Rule::Guidelines { version, accepted });
    accept(&mut crew, "bo", 2);
    let again = crew.booked("bo", room("26T12:00-13:00"));
    crew.all_meet();
    assert_confirmed(&crew, "bo", again);
}

#[test]
fn p5_a_text_that_people_have_accepted_is_not_given_another_meaning() {
    let mut crew = office(guidelines(2, None, &[]));
    let mut other = guidelines(2, None, &[]);
    other.text = Text::new([("en", "Be quiet.")]);
    let rewritten = Err(Error::GuidelinesRewritten { version: 2 });
    assert_eq!(publish(&mut crew, other), rewritten);
    assert_eq!(publish(&mut crew, guidelines(1, None, &[])), rewritten);
    publish(&mut crew, guidelines(3, Some("2026-12-01"), &[(2, None)])).unwrap();
    let disorder = Catalogue::new(house(guidelines(3, None, &[(3, None)])));
    assert_eq!(
        disorder.unwrap_err().to_string(),
        "guidelines of version 3 are not later than those before them"
    );
}
