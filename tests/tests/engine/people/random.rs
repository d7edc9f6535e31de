//! Whatever is said of suspensions, in whatever order: no ticket is issued against it.

use super::{STAFF, day, guidelines, office};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::replica::{Command, Outcome, Replica};
use allkontor_core::statement::{Amendment, Document, Ground, Role};
use allkontor_core::time::OfficeDay;
use allkontor_tests::chance::Chance;
use allkontor_tests::crew::{Crew, KIOSK};
use std::collections::{BTreeMap, BTreeSet};

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
