use super::*;
use crate::desks::Desk;
use crate::office;
use crate::people::people;
use allkontor_core::model::{Ask, Moment};
use std::collections::{BTreeMap, BTreeSet};

fn plan(phones: usize, seed: u64) -> Plan {
    let random = Random::seeded(seed);
    let office = office::catalogue(DATE.0).unwrap();
    Plan::new(&office, &people(phones, &random), &Crew::ALONE, &random).unwrap()
}

#[test]
fn a_seed_is_a_plan_and_another_seed_another() {
    assert_eq!(plan(12, 7), plan(12, 7));
    assert_ne!(plan(12, 7), plan(12, 8));
}

#[test]
fn steps_come_in_the_order_of_time() {
    let steps = plan(40, 7).steps;
    assert!(steps.is_sorted_by_key(|step| step.at));
    assert_eq!(steps.first().unwrap().act, Act::ConfirmClock);
}

#[test]
fn every_wish_but_the_one_for_midsummer_eve_is_one_the_office_allows() {
    let office = office::catalogue(DATE.0).unwrap();
    let zone = office.profile().zone().unwrap();
    for seed in 0..20 {
        let mut refused = Vec::new();
        for step in plan(40, seed).steps {
            let (Act::Book { wish, .. } | Act::Move { wish, .. }) = &step.act else {
                continue;
            };
            let units = match wish.what {
                Wanted::Unit(unit) => vec![unit],
                Wanted::Together(whole) => office.expand(whole).unwrap(),
                Wanted::AnyOf(class) => office
                    .matching(class, &wish.needs.iter().copied().collect())
                    .into_iter()
                    .take(1)
                    .collect(),
            };
            let moment = Moment {
                now: step.at,
                zone,
                day_start: DayStart::default(),
            };
            for unit in units {
                for interval in [Some(wish.interval), wish.or_at].into_iter().flatten() {
                    let ask = Ask {
                        unit,
                        interval,
                        party: wish.party,
                    };
                    refused.extend(
                        office
                            .check_hold(&moment, &ask)
                            .err()
                            .map(|rule| rule.to_string()),
                    );
                }
            }
        }
        assert_eq!(
            refused,
            ["the office is closed on 2026-06-19"],
            "seed {seed}"
        );
    }
}

#[test]
fn people_change_what_they_booked_before_and_come_only_to_what_they_kept() {
    for seed in 0..20 {
        let mut open: BTreeMap<(PersonId, usize), bool> = BTreeMap::new();
        for step in plan(40, seed).steps {
            match step.act {
                Act::Book { who, nth, .. } => assert_eq!(open.insert((who, nth), true), None),
                Act::Cancel { who, nth } => assert_eq!(open.insert((who, nth), false), Some(true)),
                Act::Move { who, nth, .. }
                | Act::Extend { who, nth, .. }
                | Act::Arrive { who, nth } => {
                    assert_eq!(open.get(&(who, nth)), Some(&true), "seed {seed}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn after_closing_everybody_passes_the_kiosk_twice() {
    let plan = plan(9, 3);
    let closes = plan
        .steps
        .iter()
        .rfind(|step| step.act == Act::Tick)
        .unwrap()
        .at;
    let mut met: BTreeMap<PersonId, usize> = BTreeMap::new();
    for step in plan.steps.iter().filter(|step| step.at > closes) {
        let Act::Meet {
            one: Party::Phone(who),
            other: Party::Desk(Desk::Kiosk),
            ..
        } = step.act
        else {
            panic!("{step:?} after closing")
        };
        *met.entry(who).or_default() += 1;
    }
    assert_eq!(met, (0..9).map(|who| (PersonId(who), 2)).collect());
}

#[test]
fn a_day_of_forty_has_everything_in_it() {
    for seed in 0..20 {
        let plan = plan(40, seed);
        let count = |of: fn(&Act) -> bool| plan.steps.iter().filter(|step| of(&step.act)).count();
        let carriers: BTreeSet<Carrier> = plan
            .steps
            .iter()
            .filter_map(|step| match step.act {
                Act::Meet { carrier, .. } => Some(carrier),
                _ => None,
            })
            .collect();
        assert_eq!(carriers.len(), Carrier::ALL.len());
        assert!(
            (50..=110).contains(&count(|act| matches!(act, Act::Book { .. }))),
            "seed {seed}"
        );
        assert!(
            count(|act| matches!(act, Act::Move { .. })) > 0,
            "seed {seed}"
        );
        assert!(
            count(|act| matches!(act, Act::Cancel { .. })) > 0,
            "seed {seed}"
        );
        assert!(
            count(|act| matches!(act, Act::Arrive { .. })) > 20,
            "seed {seed}"
        );
        assert_eq!(count(|act| matches!(act, Act::Try { .. })), 10);
        assert_eq!(plan.outages.len(), 2);
    }
}
