//! People who may not book for a time.

use super::{
    STAFF, accept, assert_confirmed, booked_by_anna, day, guidelines, office, own, room, suspend,
};
use allkontor_core::error::Error;
use allkontor_core::id::StatementId;
use allkontor_core::replica::Command;
use allkontor_core::statement::{Amendment, Cause, Document, Ground, Role};
use allkontor_tests::crew::KIOSK;

#[test]
fn p5_a_suspension_is_told_to_whom_it_concerns_and_ends_by_itself() {
    let mut crew = office(guidelines(1, None, &[]));
    let (held, holder) = booked_by_anna(&mut crew);
    crew.phone("bo", STAFF);
    suspend(&mut crew, holder, "2026-11-27");
    // What was promised stays promised; what is asked under an older ticket is refused.
    let asked = crew.booked("anna", room("25T10:00-11:00"));
    crew.all_meet();
    assert_confirmed(&crew, "anna", held);
    assert_eq!(crew.told("anna", asked), "declined: staff");
    assert_eq!(
        own(&crew, "anna"),
        Some((day("2026-11-27"), Ground::Damage))
    );
    assert_eq!(own(&crew, "bo"), None);
    assert_eq!(
        crew.devices["bo"].suspensions(crew.now),
        Err(Error::NotASteward)
    );
    assert_eq!(crew.devices[KIOSK].suspensions(crew.now).unwrap().len(), 1);
    crew.clock("2026-11-27T23:00", &[KIOSK, STAFF]);
    crew.all_meet();
    assert!(own(&crew, "anna").is_some());
    // The office's day ends at four.
    crew.clock("2026-11-28T04:00", &[KIOSK, STAFF]);
    crew.all_meet();
    assert_eq!(own(&crew, "anna"), None);
    assert_eq!(crew.devices[KIOSK].suspensions(crew.now), Ok(vec![]));
    let again = crew.booked("anna", room("28T10:00-11:00"));
    crew.all_meet();
    assert_confirmed(&crew, "anna", again);
    crew.assert_agreed_with(STAFF);
}

#[test]
fn p5_no_phone_is_given_what_tells_of_others_and_a_refusal_looks_like_any_other() {
    let mut crew = office(guidelines(1, None, &[]));
    let (_, holder) = booked_by_anna(&mut crew);
    suspend(&mut crew, holder, "2026-12-24");
    let by_rule = crew.booked("anna", room("24T12:00-13:00"));
    crew.all_meet();
    assert_eq!(crew.told("anna", by_rule), "declined: staff");
    // A refusal that says nothing: two want one room, and the desk sends one of them away.
    crew.phone("bo", STAFF);
    accept(&mut crew, "bo", 1);
    crew.booked("bo", room("24T14:00-15:00").exactly());
    crew.all_meet();
    let waits = crew.booked("bo", room("24T14:00-15:00").exactly());
    crew.meet("bo", STAFF);
    let key = crew.see("bo", waits).key.unwrap();
    let cause = Cause::Staff;
    crew.command(STAFF, Command::Decline { key, cause })
        .unwrap();
    crew.all_meet();
    for phone in ["anna", "bo"] {
        let documents = crew.devices[phone].documents();
        let internal = documents.iter().find(|document| document.is_internal());
        assert_eq!(internal, None, "{phone}");
        for document in documents {
            let Some(fold) = crew.devices[phone].fold(document) else {
                continue;
            };
            for said in fold.statements().values() {
                let names = said.bytes().windows(32).any(|bytes| bytes == holder.0);
                assert!(
                    !names || phone == "anna",
                    "{phone} reads whose it is in {document}"
                );
            }
        }
    }
    // Every refusal has a note of one length, whatever it says.
    let fold = crew.devices["bo"]
        .fold(Document::ledger_of(day("2026-11-24")))
        .unwrap();
    let resolved = fold.resolved();
    assert_eq!(resolved.declined.len(), 2);
    assert!(
        resolved
            .declined
            .keys()
            .all(|request| resolved.notes.contains_key(request))
    );
}

#[test]
fn p5_an_appeal_is_noted_and_a_suspension_taken_back() {
    let mut crew = office(guidelines(1, None, &[]));
    let (_, holder) = booked_by_anna(&mut crew);
    let id = suspend(&mut crew, holder, "2026-12-24");
    let amend = |amendment| Command::AmendSuspension {
        suspend: id,
        amendment,
    };
    let role = Role::Kiosk;
    crew.all_meet();
    let at_kiosk = crew.command(KIOSK, amend(Amendment::Lifted));
    assert_eq!(at_kiosk, Err(Error::StaffOnly { role }));
    crew.command(STAFF, amend(Amendment::Appealed)).unwrap();
    crew.all_meet();
    assert!(
        crew.devices[KIOSK].suspensions(crew.now).unwrap()[0]
            .1
            .is_appealed
    );
    crew.command(STAFF, amend(Amendment::Lifted)).unwrap();
    crew.all_meet();
    assert_eq!(crew.devices[KIOSK].suspensions(crew.now), Ok(vec![]));
    let booking = crew.booked("anna", room("25T10:00-11:00"));
    crew.all_meet();
    assert_confirmed(&crew, "anna", booking);
    let (from, until) = (day("2026-11-24"), day("2027-11-25"));
    let ground = Ground::Conduct;
    let too_long = crew.command(
        STAFF,
        Command::Suspend {
            holder,
            until,
            ground,
        },
    );
    assert_eq!(too_long, Err(Error::NoSuspension { from, until }));
    let until = day("2027-11-24");
    crew.command(
        STAFF,
        Command::Suspend {
            holder,
            until,
            ground,
        },
    )
    .unwrap();
    let nothing = StatementId([7; 32]);
    let unknown = Command::AmendSuspension {
        suspend: nothing,
        amendment: Amendment::Lifted,
    };
    assert_eq!(
        crew.command(STAFF, unknown),
        Err(Error::NotSuspended { suspend: nothing })
    );
    crew.assert_agreed_with(STAFF);
}
