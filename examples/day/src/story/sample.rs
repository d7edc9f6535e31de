//! A story that did not happen, for tests of what stories are made into: first come, first served, on paper.

use super::*;
use crate::desks::{Crew, Loss};
use crate::plan::{Act, DATE, Plan, Wanted};
use crate::random::Random;
use crate::{office, people};
use allkontor_core::model::Catalogue;
use allkontor_core::time::DayStart;

/// Bookings in the order of the plan; a place that is taken moves the next to an equal one, or has it wait.
pub(crate) fn story(phones: usize, seed: u64) -> Story {
    let random = Random::seeded(seed);
    let office = office::catalogue(DATE.0).unwrap();
    let people = people::people(phones, &random);
    let plan = Plan::new(&office, &people, &Crew::ALONE, &random).unwrap();
    let mut bookings: Vec<Booking> = Vec::new();
    let mut meetings = Vec::new();
    for (index, step) in plan.steps.iter().enumerate() {
        match &step.act {
            Act::Book { who, wish, .. }
                if wish.interval.start()
                    < plan.day.plus(1).interval(DayStart::default()).start() =>
            {
                let wanted = spans(&office, wish.what, wish.interval, &bookings, false);
                let got = spans(&office, wish.what, wish.interval, &bookings, true);
                let end = match (got.is_empty(), index % 9) {
                    (true, 0) => End::Declined,
                    (true, n) => End::Waiting(n as u32),
                    (false, 1) => End::NoShow,
                    (false, 2) => End::Cancelled,
                    (false, 3) => End::Confirmed,
                    (false, _) => End::CheckedIn,
                };
                let told = |minutes, status, why: Option<&str>| Told {
                    at: step.at.saturating_plus(minutes),
                    status,
                    place: None,
                    why: why.map(str::to_owned),
                };
                bookings.push(Booking {
                    who: *who,
                    title: format!("{:?}", wish.what),
                    wishes: vec![wanted],
                    held: if got.is_empty() {
                        vec![]
                    } else {
                        vec![Held {
                            since: step.at.saturating_plus(40),
                            until: (end == End::NoShow).then(|| {
                                got.first().map_or(step.at, |span| {
                                    span.interval.start().saturating_plus(15)
                                })
                            }),
                            spans: got,
                            wish: 0,
                        }]
                    },
                    end,
                    told: vec![
                        told(0, Status::Likely, None),
                        told(
                            40,
                            Status::Confirmed,
                            Some("Birch is confirmed to <someone> else"),
                        ),
                    ],
                });
            }
            Act::Meet {
                one,
                other,
                carrier,
            } => meetings.push(Meeting {
                at: step.at,
                one: *one,
                other: *other,
                carrier: *carrier,
                reached: *carrier != Carrier::Socket
                    || !plan.outages.iter().any(|o| o.contains_minute(step.at)),
                bytes: 512,
            }),
            _ => {}
        }
    }
    let profile = office.profile();
    Story {
        seed,
        office: Office {
            names: ["fi", "sv", "en"]
                .map(|tag| profile.name.in_language(tag).to_owned())
                .into(),
            address: "Viides linja 11, 00530 Helsinki".into(),
            day: plan.day,
            open: office.open(plan.day, DayStart::default()),
            staffed: office.staffed(plan.day, DayStart::default()),
        },
        rows: office
            .parts()
            .units
            .iter()
            .map(|(id, unit)| Row {
                unit: *id,
                name: unit.name.in_language("en").into(),
                class: office
                    .class(unit.class)
                    .unwrap()
                    .name
                    .in_language("en")
                    .into(),
            })
            .collect(),
        outages: plan.outages,
        notices: plan
            .steps
            .iter()
            .filter_map(|step| match step.act {
                Act::Close {
                    unit,
                    interval,
                    words,
                } => Some(Notice {
                    at: step.at,
                    unit: Some(unit),
                    interval,
                    words: words.into(),
                }),
                _ => None,
            })
            .collect(),
        attempts: plan
            .steps
            .iter()
            .filter_map(|step| match step.act {
                Act::Try { who, trick } => Some(Attempt {
                    at: step.at,
                    who,
                    trick,
                    times: 3,
                    came_to: "refused".into(),
                    harm: false,
                }),
                _ => None,
            })
            .collect(),
        broken: Vec::new(),
        honoured: Vec::new(),
        lost: None,
        misled: Vec::new(),
        digests: (0..phones)
            .map(|n| (format!("phone {n:02}"), Digest([7; 32])))
            .chain([("kiosk".into(), Digest([7; 32]))])
            .collect(),
        totals: Totals {
            phones,
            requests: bookings.len(),
            ..Totals::default()
        },
        desks: vec![Desk::Kiosk],
        people,
        meetings,
        bookings,
    }
}

/// The same with a tablet that was lost, and one promise of each outcome.
pub(crate) fn with_loss() -> Story {
    let mut story = story(12, 7);
    let at = |hour, minute| CivilMinute::from_ymd_hm(2026, 6, 16, hour, minute).unwrap();
    let outcomes = [
        Outcome::Kept,
        Outcome::Again,
        Outcome::Moved {
            to: "Spruce".into(),
        },
        Outcome::InLine,
        Outcome::Over,
        Outcome::NotShown,
        Outcome::GivenUp,
        Outcome::NoShow,
        Outcome::Closed,
        Outcome::Forgotten,
    ];
    let promises = outcomes
        .into_iter()
        .enumerate()
        .map(|(nth, outcome)| Promise {
            who: PersonId(nth),
            title: format!("booking <{nth}>"),
            place: "Birch 17:00–18:00".into(),
            since: at(14, nth as u32),
            shown: true,
            heard: !(1..=5).contains(&nth),
            told: (outcome != Outcome::Kept).then(|| at(16, 30)),
            outcome,
        });
    story.desks = Desk::CREW.to_vec();
    story.lost = Some(Lost {
        loss: Loss {
            desk: Desk::Tablet,
            apart: at(14, 5),
            lost: at(15, 40),
            replaced: at(16, 10),
        },
        promises: promises.collect(),
    });
    story.totals.honoured_promises = 3;
    story
}

fn spans(
    office: &Catalogue,
    what: Wanted,
    interval: Interval,
    others: &[Booking],
    free: bool,
) -> Vec<Span> {
    let span = |unit| {
        let rules = &office.class_of(unit).unwrap().rules;
        let start = interval.start().saturating_plus(-i32::from(rules.before));
        let end = interval.end().saturating_plus(i32::from(rules.after));
        Span {
            unit,
            interval,
            occupied: Interval::new(start, end).unwrap(),
        }
    };
    let taken = |span: &Span| {
        others
            .iter()
            .flat_map(Booking::got)
            .any(|got| got.unit == span.unit && got.occupied.overlaps(span.occupied))
    };
    let class_of = |class| office.matching(class, &Default::default());
    let candidates: Vec<Vec<UnitId>> = match what {
        Wanted::Unit(unit) => [unit]
            .into_iter()
            .chain(class_of(office.unit(unit).unwrap().class))
            .map(|u| vec![u])
            .collect(),
        Wanted::AnyOf(class) => class_of(class).into_iter().map(|u| vec![u]).collect(),
        Wanted::Together(whole) => vec![office.expand(whole).unwrap()],
    };
    let mut candidates = candidates
        .into_iter()
        .map(|units| units.into_iter().map(span).collect::<Vec<_>>());
    if free {
        candidates
            .find(|all| !all.iter().any(taken))
            .unwrap_or_default()
    } else {
        candidates.next().unwrap()
    }
}
