//! Whoever said what of whom in whatever order: a ticket says what its issuer knows.

use super::{STAFF, office};
use allkontor_core::id::PublicKey;
use allkontor_core::replica::{Command, Outcome, Replica};
use allkontor_core::statement::{Document, Role};
use allkontor_core::time::{CivilMinute, OfficeDay};
use allkontor_tests::chance::Chance;
use allkontor_tests::crew::KIOSK;
use allkontor_tests::world::{at, instant};
use std::collections::{BTreeMap, BTreeSet};

/// One thing that was said of a holder.
#[derive(Clone, Copy, Debug)]
struct Said {
    minute: CivilMinute,
    retracted: bool,
    year: u16,
    /// Whether it was said again in 2027.
    kept: bool,
}

/// What is true of a holder to whoever knows these: the slow, obvious way.
fn standing(said: &[Said], known: &BTreeSet<usize>) -> Option<usize> {
    let known = known.iter().copied();
    known.max_by_key(|one| (said[*one].minute, said[*one].retracted))
}

#[derive(Debug, Default)]
struct Seen {
    introduced: usize,
    retracted: usize,
    unlocked: usize,
    locked: usize,
    kept: usize,
    dropped: usize,
}

fn is_introduced(device: &Replica, key: PublicKey, document: Document) -> bool {
    let tickets = &device.fold(document).unwrap().resolved().tickets;
    let mut of_key = tickets.values().filter(|record| record.ticket.key == key);
    of_key.next().unwrap().ticket.is_introduced()
}

fn live(seed: u64, seen: &mut Seen) {
    let mut chance = Chance(seed);
    let mut crew = office("2026-12-26T08:00");
    crew.steward("other", Role::Staff);
    crew.meet(STAFF, KIOSK);
    let stewards = [STAFF, "other", KIOSK];
    let holder = PublicKey([9; 32]);
    let mut said: Vec<Said> = Vec::new();
    let mut known: BTreeMap<&str, BTreeSet<usize>> =
        stewards.map(|name| (name, BTreeSet::new())).into();
    for step in 0..30_u8 {
        let day = OfficeDay::from_ymd(2026, 12, 26)
            .unwrap()
            .plus(i32::from(step / 4));
        let hour = 8 + step % 4;
        // The other device's clock is three hours ahead.
        crew.clock(&format!("{}T{hour:02}:00", day.date()), &stewards);
        let steward = chance.pick(&stewards);
        let last = standing(&said, &known[steward]);
        let stands = last.is_some_and(|last| !said[last].retracted);
        match chance.below(6) {
            word @ (0 | 1) if steward != KIOSK => {
                let retracted = word == 1;
                let ahead: u8 = if steward == "other" { 3 } else { 0 };
                let real = crew.now;
                crew.now.0 += i64::from(ahead) * 3_600;
                let command = if retracted {
                    Command::Retract(holder)
                } else {
                    Command::Introduce(holder)
                };
                let outcome = crew.command(steward, command);
                let now = at(&format!("{}T{:02}:00", day.date(), hour + ahead));
                assert_eq!(instant(now), crew.now);
                crew.now = real;
                assert_eq!(outcome.is_ok(), stands || !retracted);
                if stands == retracted {
                    let after = last.map(|last| said[last].minute.saturating_plus(1));
                    let minute = now.max(after.unwrap_or(now));
                    known.get_mut(steward).unwrap().insert(said.len());
                    let year = day.year();
                    said.push(Said {
                        minute,
                        retracted,
                        year,
                        kept: false,
                    });
                    seen.introduced += usize::from(!retracted);
                    seen.retracted += usize::from(retracted);
                }
            }
            2 | 3 => {
                let other = chance.pick(&stewards);
                if other != steward {
                    crew.meet(steward, other);
                    crew.meet(steward, other);
                    let all = &known[steward] | &known[other];
                    known.insert(steward, all.clone());
                    known.insert(other, all);
                }
            }
            // Some do not come in January.
            _ if seed.is_multiple_of(2) && day.year() == 2027 => {}
            _ => {
                let key = PublicKey([step + 10; 32]);
                let document = Document::ledger_of(day);
                let order = Command::IssueTicket {
                    holder,
                    key,
                    document,
                    uses: vec![],
                    slots: 1,
                };
                let Outcome::Ticket(Ok(_)) = crew.command(steward, order).unwrap() else {
                    continue;
                };
                let unlocked = is_introduced(&crew.devices[steward], key, document);
                assert_eq!(unlocked, stands, "seed {seed}, step {step}");
                seen.unlocked += usize::from(stands);
                seen.locked += usize::from(!stands);
                if let Some(last) = last.filter(|_| stands && day.year() == 2027) {
                    said[last].kept = true;
                }
            }
        }
    }
    crew.all_meet();
    let all: BTreeSet<usize> = (0..said.len()).collect();
    let last = standing(&said, &all).filter(|last| !said[*last].retracted);
    let minute = last.map(|last| said[last].minute);
    for name in stewards {
        assert_eq!(
            crew.devices[name].introduction(&holder),
            Ok(minute),
            "seed {seed}: {name}"
        );
    }
    let first = OfficeDay::from_ymd(2027, 1, 1).unwrap();
    crew.command(KIOSK, Command::DropYearsBefore(first))
        .unwrap();
    crew.all_meet();
    let goes_on = last.filter(|last| said[*last].year == 2027 || said[*last].kept);
    seen.kept += usize::from(goes_on.is_some_and(|last| said[last].year == 2026));
    seen.dropped += usize::from(goes_on.is_none() && last.is_some());
    let minute = goes_on.map(|last| said[last].minute);
    for name in stewards {
        assert_eq!(
            crew.devices[name].introduction(&holder),
            Ok(minute),
            "seed {seed}: {name} after"
        );
    }
}

#[test]
fn e4_a_ticket_says_what_its_issuer_knows_whoever_said_what_in_whatever_order() {
    let mut seen = Seen::default();
    for seed in 0..40 {
        live(seed, &mut seen);
    }
    println!("{seen:?}");
    assert!(seen.introduced > 60 && seen.retracted > 30, "{seen:?}");
    assert!(seen.unlocked > 100 && seen.locked > 100, "{seen:?}");
    assert!(seen.kept > 2 && seen.dropped > 2, "{seen:?}");
}
