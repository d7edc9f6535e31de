//! Guidelines that are accepted before the first booking, and people who may not book for a time.

use allkontor_core::command::Book;
use allkontor_core::error::Error;
use allkontor_core::id::{PublicKey, StatementId, UnitId};
use allkontor_core::limits::ANSWER_BYTES;
use allkontor_core::model::{Catalogue, EarlierGuidelines, Guidelines, Parts, Rule, Since, Text};
use allkontor_core::replica::{BookingId, Command, Outcome, Replica};
use allkontor_core::statement::{
    Amendment, Cause, Document, Ground, Header, Keypair, Link, Role, Statement, Suspend,
};
use allkontor_core::sync::{Incoming, Peer, PeerId, Source};
use allkontor_core::time::OfficeDay;
use allkontor_tests::chance::Chance;
use allkontor_tests::crew::{Crew, KIOSK, keypair};
use allkontor_tests::world::{ROOM, parts, span};
use std::collections::{BTreeMap, BTreeSet};

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

fn publish(crew: &mut Crew, guidelines: Guidelines) -> Result<Outcome, Error> {
    let catalogue = Catalogue::new(house(guidelines)).unwrap();
    crew.command(KIOSK, Command::Publish(Box::new(catalogue)))
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

/// What a steward would answer to whoever orders under a key.
fn answer(crew: &Crew, holder: &PublicKey) -> Vec<u8> {
    crew.devices[STAFF].at(crew.now).answer(holder).unwrap()
}

#[test]
fn p5_whoever_has_no_ticket_is_told_why_none_comes() {
    let mut crew = office(guidelines(1, None, &[]));
    let (bo, until) = (keypair("bo").public(), day("2026-11-27"));
    let id = suspend(&mut crew, bo, "2026-11-27");
    crew.phone("bo", STAFF);
    crew.phone("cia", STAFF);
    assert_eq!(own(&crew, "bo"), Some((until, Ground::Damage)));
    assert_eq!(own(&crew, "cia"), None);
    // Nothing came, in any document, that anybody else could see.
    let documents = crew.devices["cia"].documents().into_iter();
    let folds = documents.filter_map(|document| crew.devices["cia"].fold(document));
    let mut said = folds.flat_map(|fold| fold.statements().values());
    assert!(!said.any(|said| said.bytes().windows(32).any(|bytes| bytes == bo.0)));
    // Once it is taken back, a ticket says so.
    let amendment = Amendment::Lifted;
    let suspend = id;
    let amend = Command::AmendSuspension { suspend, amendment };
    crew.command(STAFF, amend).unwrap();
    crew.clock("2026-11-24T09:00", &[KIOSK, STAFF]);
    crew.meet("bo", STAFF);
    crew.meet("bo", STAFF);
    assert_eq!(own(&crew, "bo"), None);
    accept(&mut crew, "bo", 1);
    let booking = crew.booked("bo", room("25T10:00-11:00"));
    crew.all_meet();
    assert_confirmed(&crew, "bo", booking);
}

#[test]
fn p5_nobody_but_whoever_orders_learns_what_is_answered() {
    let mut crew = office(guidelines(1, None, &[]));
    let bo = keypair("bo").public();
    suspend(&mut crew, bo, "2026-11-27");
    // Dan carries what Bo has ordered, and the answer is nothing to him.
    crew.phone("dan", STAFF);
    crew.join("bo");
    crew.meet("bo", "dan");
    crew.meet("bo", "dan");
    let at = crew.devices["bo"].at(crew.now);
    let peer = Peer {
        id: PeerId([0; 32]),
        steward: false,
    };
    let orders = at.loose(&peer).into_iter();
    let orders = orders.filter_map(|id| at.loose_item(&id));
    let orders: Vec<Incoming> = orders
        .map(|(_, bytes)| Incoming::Statement(bytes))
        .collect();
    assert!(!orders.is_empty());
    crew.take_in("dan", orders);
    crew.meet("dan", STAFF);
    assert_eq!(own(&crew, "dan"), None);
    assert_eq!(own(&crew, "bo"), None);
    // To everybody there is an answer of one length, and it never looks as it did before.
    let dan = crew.key("dan");
    let (to_bo, to_dan) = (answer(&crew, &bo), answer(&crew, &dan));
    assert_eq!(to_bo.len(), to_dan.len());
    assert!(crew.devices["dan"].at(crew.now).open(&to_bo).is_none());
    assert!(crew.devices["dan"].at(crew.now).open(&to_dan).is_some());
    crew.clock("2026-11-24T08:01", &[STAFF]);
    assert_ne!(answer(&crew, &dan), to_dan);
    // Whoever ordered has it answered, also when a ticket came.
    let staff = &crew.devices[STAFF].at(crew.now);
    let whose: BTreeSet<PublicKey> = (crew.devices.values())
        .flat_map(|device| device.at(crew.now).loose(&peer))
        .filter_map(|order| staff.ordered(&order))
        .collect();
    assert!(whose.contains(&bo), "{whose:?}");
}

#[test]
fn p5_an_answer_that_the_office_did_not_sign_is_not_believed() {
    let mut crew = office(guidelines(1, None, &[]));
    crew.phone("bo", STAFF);
    let (holder, office) = (crew.key("bo"), crew.devices["bo"].office());
    let told = |key: &Keypair, holder: PublicKey| {
        let link = Link {
            seq: 0,
            prev: Some(StatementId([1; 32])),
            auth: Some(StatementId([2; 32])),
        };
        let suspend = Suspend {
            holder,
            from: day("2026-11-24"),
            until: day("2026-12-24"),
            ground: Ground::Conduct,
            minute: span("24T08:00-09:00").start(),
        };
        let said = key.sign(Statement {
            header: Header::linked(office, Document::People(2026), link),
            body: suspend.into(),
        });
        let said = said.unwrap();
        let mut answer = vec![0; 8];
        answer.extend((said.bytes().len() as u16).to_be_bytes());
        answer.extend(said.bytes());
        answer.resize(ANSWER_BYTES, 0);
        Incoming::Answer(answer.into())
    };
    let other = keypair("somebody else");
    for forged in [
        told(&other, holder),
        told(&keypair(STAFF), other.public()),
        Incoming::Answer([255; 20].to_vec().into()),
        Incoming::Answer(Vec::new().into()),
    ] {
        crew.take_in("bo", vec![forged]);
        assert_eq!(own(&crew, "bo"), None);
    }
    crew.take_in("bo", vec![told(&keypair(STAFF), holder)]);
    assert_eq!(own(&crew, "bo"), Some((day("2026-12-24"), Ground::Conduct)));
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

/// How often what is interesting happened.
#[derive(Debug, Default)]
struct Seen {
    suspended: usize,
    amended: usize,
    issued: usize,
    withheld: usize,
    refused: usize,
    over: usize,
}

/// Slots that were issued to a holder, in all documents that a device knows.
fn issued(device: &Replica, keys: &BTreeSet<StatementId>) -> BTreeSet<StatementId> {
    let folds = device
        .documents()
        .into_iter()
        .filter_map(|d| device.fold(d));
    let tickets =
        folds.flat_map(|fold| fold.resolved().tickets.keys().copied().collect::<Vec<_>>());
    tickets.filter(|ticket| !keys.contains(ticket)).collect()
}

fn live(seed: u64, seen: &mut Seen) {
    let mut chance = Chance(seed);
    let mut crew = office(guidelines(1, None, &[]));
    crew.steward("admin", Role::Admin);
    let stewards = [STAFF, "admin"];
    crew.phone("anna", STAFF);
    let holder = crew.key("anna");
    // What was said of Anna, as a list: the slow way to know whether something stands.
    let mut said: BTreeMap<StatementId, (OfficeDay, OfficeDay)> = BTreeMap::new();
    let mut lifted: BTreeSet<StatementId> = BTreeSet::new();
    let mut key = 0;
    for step in 0..40 {
        let today = day("2026-11-24").plus(step / 4);
        crew.clock(
            &format!("{}T{:02}:00", today.date(), 8 + step % 4),
            &[KIOSK, STAFF, "admin"],
        );
        let steward = chance.pick(&stewards);
        let knows = |crew: &Crew, id: &StatementId| {
            let all = crew.devices[steward].suspensions(crew.now).unwrap();
            all.iter().any(|(known, _)| known == id)
        };
        match chance.below(6) {
            0 => {
                let until = today.plus(chance.below(3) as i32);
                let ground = Ground::NoShows;
                let suspend = Command::Suspend {
                    holder,
                    until,
                    ground,
                };
                let Outcome::Suspended(id) = crew.command(steward, suspend).unwrap() else {
                    panic!("nothing was said");
                };
                said.insert(id, (today, until));
                seen.suspended += 1;
            }
            1 => {
                let open: Vec<_> = said.keys().copied().filter(|id| knows(&crew, id)).collect();
                if let Some(suspend) = open.first().copied() {
                    let amendment = chance.pick(&[Amendment::Appealed, Amendment::Lifted]);
                    let amend = Command::AmendSuspension { suspend, amendment };
                    crew.command(steward, amend).unwrap();
                    if amendment == Amendment::Lifted {
                        lifted.insert(suspend);
                    }
                    seen.amended += 1;
                }
            }
            2 => crew.meet(STAFF, "admin"),
            _ => {
                let standing = |(id, (from, until)): (&StatementId, &(OfficeDay, OfficeDay))| {
                    let open = *from <= today && today <= *until;
                    open && !lifted.contains(id) && knows(&crew, id)
                };
                let stands = said.iter().any(standing);
                seen.over += said.values().filter(|(_, until)| today > *until).count();
                let before = issued(&crew.devices[steward], &BTreeSet::new());
                key += 1;
                let mut name = [0; 32];
                name[..4].copy_from_slice(&(key as u32).to_be_bytes());
                let ticket = Command::IssueTicket {
                    holder,
                    key: PublicKey(name),
                    document: Document::ledger_of(today),
                    uses: vec![],
                    slots: 1,
                };
                let outcome = crew.command(steward, ticket).unwrap();
                let Outcome::Ticket(answer) = outcome else {
                    panic!("{outcome:?}")
                };
                let new = issued(&crew.devices[steward], &before);
                assert_eq!(
                    new.len(),
                    usize::from(answer.is_ok()),
                    "seed {seed}, step {step}"
                );
                if stands {
                    assert!(
                        answer.is_err(),
                        "seed {seed}, step {step}: a ticket for the suspended"
                    );
                    seen.withheld += 1;
                } else {
                    seen.refused += usize::from(answer.is_err());
                    seen.issued += usize::from(answer.is_ok());
                }
            }
        }
    }
    for _ in 0..2 {
        crew.meet(STAFF, "admin");
        crew.meet(STAFF, KIOSK);
        crew.meet("admin", KIOSK);
    }
    let all = |name: &str| crew.devices[name].suspensions(crew.now).unwrap();
    assert_eq!(all(STAFF), all("admin"), "seed {seed}");
    let open = all(STAFF).into_iter().map(|(id, _)| id);
    let today = day("2026-11-24").plus(39 / 4);
    let wanted = said
        .iter()
        .filter(|(id, (_, until))| today <= *until && !lifted.contains(id));
    assert_eq!(
        open.collect::<BTreeSet<_>>(),
        wanted.map(|(id, _)| *id).collect(),
        "seed {seed}"
    );
}

#[test]
fn p5_no_ticket_is_issued_to_the_suspended_whoever_said_what_in_whatever_order() {
    let mut seen = Seen::default();
    for seed in 0..60 {
        live(seed, &mut seen);
    }
    println!("{seen:?}");
    assert!(seen.suspended > 200 && seen.amended > 100, "{seen:?}");
    assert!(
        seen.issued > 200 && seen.withheld > 200 && seen.over > 200,
        "{seen:?}"
    );
}
