//! Who meets whom, and how.

use super::diary::Diary;
use super::{Act, Frame, Step};
use crate::desks::{Desk, Party};
use crate::people::PersonId;
use crate::random::Random;
use crate::story::Carrier;
use allkontor_core::time::{CivilMinute, Interval};

/// The meetings of one person, from the welcome to the last thing they have to say.
pub(super) fn of(
    frame: &Frame,
    diary: &Diary,
    people: usize,
    outages: &[Interval],
    random: &mut Random,
) -> Vec<Step> {
    let who = diary.who;
    let mut steps = Vec::new();
    let mut meet = |at, with: Option<PersonId>, carrier| {
        steps.push(Step {
            at,
            act: Act::Meet {
                one: Party::Phone(who),
                other: with.map_or(Party::Desk(Desk::Kiosk), Party::Phone),
                carrier,
            },
        })
    };
    match diary.welcomed {
        Some(at) => meet(at, None, face_to_face(at, &[], random)),
        // Somebody's phone has the office on it: enough to look at the rooms and to order a ticket.
        None => {
            if let Some(friend) = somebody_else(who, people, random) {
                meet(
                    frame.at(random.between(7 * 60, 8 * 60)),
                    Some(friend),
                    Carrier::Relay,
                );
            }
        }
    }
    for at in &diary.news {
        let soon = at.saturating_plus(random.between(1, 25));
        match random.below(100) {
            // From home or from the street, if there is a network.
            0..=54 => meet(soon, None, Carrier::Socket),
            // Through whoever is near, who goes on to the office.
            55..=74 => {
                if let Some(friend) = somebody_else(who, people, random) {
                    meet(soon, Some(friend), Carrier::Relay);
                }
            }
            // Not at all until they next pass the kiosk.
            _ => {}
        }
    }
    // An app looks now and then whether anything has changed, where there is a network.
    for _ in 0..3 {
        meet(
            frame.at(random.between(8 * 60 + 30, 18 * 60)),
            None,
            Carrier::Socket,
        );
    }
    for at in &diary.visits {
        let at = at.saturating_plus(random.between(0, 4));
        meet(at, None, face_to_face(at, outages, random));
    }
    steps
}

/// At the kiosk: by its network, by its screen and camera, or by a stick.
fn face_to_face(at: CivilMinute, outages: &[Interval], random: &mut Random) -> Carrier {
    let cut = outages.iter().any(|outage| outage.contains_minute(at));
    match random.below(100) {
        // Some try the network first and find out.
        0..=9 => Carrier::Socket,
        10..=64 if !cut => Carrier::Socket,
        10..=34 => Carrier::File,
        _ => Carrier::Qr,
    }
}

/// When the office has closed, everybody passes the kiosk twice, in an order of their own: then all have heard all.
pub(super) fn closing_rounds(frame: &Frame, people: usize, random: &mut Random) -> Vec<Step> {
    let mut steps = Vec::new();
    for round in 0..2 {
        let mut order: Vec<usize> = (0..people).collect();
        random.shuffle(&mut order);
        for who in order {
            let at = frame
                .closes
                .saturating_plus(5 + round * 25 + random.between(0, 19));
            let carrier = match random.below(10) {
                0..=6 => Carrier::Socket,
                7 => Carrier::File,
                _ => Carrier::Qr,
            };
            steps.push(Step {
                at,
                act: Act::Meet {
                    one: Party::Phone(PersonId(who)),
                    other: Party::Desk(Desk::Kiosk),
                    carrier,
                },
            });
        }
    }
    steps
}

fn somebody_else(who: PersonId, people: usize, random: &mut Random) -> Option<PersonId> {
    let others = people.checked_sub(1).filter(|others| *others > 0)?;
    let drawn = random.below(others);
    Some(PersonId(if drawn < who.0 {
        drawn
    } else {
        drawn.saturating_add(1)
    }))
}
