//! Limits per person when several devices issue tickets.

use allkontor_core::command::Book;
use allkontor_core::id::{PublicKey, UnitId};
use allkontor_core::replica::{Command, Outcome, Quota};
use allkontor_core::statement::{Body, Document, Role};
use allkontor_core::time::Month;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{ROOM, parts, span};

fn november() -> Document {
    Document::Ledger(Month::new(2026, 11).unwrap())
}

fn issue(crew: &mut Crew, at: &str, holder: PublicKey, n: u8, slots: u8) -> Result<(), Quota> {
    let command = Command::IssueTicket {
        holder,
        key: PublicKey([n; 32]),
        document: november(),
        uses: Vec::new(),
        slots,
    };
    match crew.command(at, command).unwrap() {
        Outcome::Ticket(ticket) => ticket.map(drop),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_holder_has_the_full_share_at_one_device_and_a_guests_at_every_other() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    for n in 0..10 {
        let holder = PublicKey([100 + n; 32]);
        let full: Vec<bool> = [KIOSK, "tablet"]
            .map(|at| issue(&mut crew, at, holder, 10 + n, 20).is_ok())
            .into();
        assert_eq!(full.iter().filter(|full| **full).count(), 1, "{full:?}");
        let guest = if full[0] { "tablet" } else { KIOSK };
        assert_eq!(issue(&mut crew, guest, holder, 30 + n, 8), Ok(()));
        assert_eq!(
            issue(&mut crew, guest, holder, 50 + n, 1).unwrap_err().left,
            0
        );
    }
}

#[test]
fn an_order_is_served_once_whoever_carries_it_where() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew.join("anna");
    crew.meet("anna", KIOSK);
    // Bo's phone heard her orders; the kiosk has served them meanwhile.
    crew.join("bo");
    crew.meet("anna", "bo");
    crew.meet("anna", KIOSK);
    crew.meet("tablet", KIOSK);
    crew.meet("bo", "tablet");
    crew.all_meet();
    let fold = crew.devices[KIOSK].fold(november()).unwrap();
    let keys: Vec<PublicKey> = fold
        .statements()
        .values()
        .filter_map(|statement| match statement.body() {
            Body::Ticket(ticket) => Some(ticket.key),
            _ => None,
        })
        .collect();
    let mut distinct = keys.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(keys.len(), distinct.len(), "one ticket for each key");
    assert_eq!(keys.len(), 4, "two orders of each");
}

#[test]
fn what_is_passed_on_counts_in_the_share_of_whoever_asked() {
    let mut parts = parts();
    parts.classes.get_mut(&ROOM).unwrap().rules.limits.at_once = Some(1);
    let mut crew = Crew::with(parts, Role::Kiosk, "2026-11-24T08:00");
    crew.steward("tablet", Role::Staff);
    crew.phone("anna", KIOSK);
    let room_2 = |time| Book::unit(UnitId(2), span(time)).exactly();
    let first = crew.booked("anna", room_2("24T10:00-11:00"));
    let second = crew.booked("anna", room_2("24T14:00-15:00"));
    // Both rooms are the tablet's to give; the kiosk knows whose requests they are.
    crew.meet("anna", KIOSK);
    crew.all_meet();
    let mut told = [crew.told("anna", first), crew.told("anna", second)];
    told.sort();
    assert!(told[0].starts_with("confirmed 2"), "{told:?}");
    assert_eq!(told[1], "declined: limit", "{told:?}");
    crew.assert_agreed();
}
