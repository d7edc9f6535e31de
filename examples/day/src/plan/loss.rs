//! A device of the office is lost: what happens before, so that it has promised what nobody else has heard of.

use super::{Act, Frame, Step, Wish, wishes};
use crate::desks::{Crew, Desk, Loss, Party};
use crate::people::{Person, PersonId};
use crate::random::Random;
use crate::story::Carrier;
use allkontor_core::model::Catalogue;
use allkontor_core::time::{CivilMinute, Interval};

/// So many people come by while the device is by itself, and book; fewer when there are fewer.
const COME_BY: usize = 24;
/// Who comes by in the first so many hundredths of that time goes on to meet others, and they tell what they heard.
const TELL: i32 = 35;

/// When what is lost is lost: after lunch it is by itself for an hour and a half, and half an hour later replaced.
pub(super) fn draw(frame: &Frame, crew: &Crew, random: &mut Random) -> Option<Loss> {
    let desk = crew.loses()?;
    let apart = frame.at(14 * 60 + random.between(0, 20));
    let lost = apart.saturating_plus(random.between(80, 100));
    Some(Loss {
        desk,
        apart,
        lost,
        replaced: lost.saturating_plus(random.between(20, 40)),
    })
}

/// Adds the loss to a day.
pub(super) fn happen(
    frame: &Frame,
    office: &Catalogue,
    people: &[Person],
    loss: &Loss,
    steps: &mut Vec<Step>,
    random: &mut Random,
) {
    let desk = loss.desk;
    let alone = |at: CivilMinute| loss.apart <= at && at < loss.lost;
    // Whatever it is that keeps the others from it.
    steps.retain(|step| {
        let between_desks = match &step.act {
            Act::Meet { one, other, .. } => one.desk().zip(other.desk()),
            _ => None,
        };
        let about_it = between_desks.is_some_and(|(one, other)| one == desk || other == desk);
        !(about_it && alone(step.at))
    });
    if desk.has_people() {
        // Those who want the office go to the device that is where it always is.
        let next = Desk::CREW.into_iter().find(|other| *other != desk);
        for step in steps.iter_mut().filter(|step| alone(step.at)) {
            if let Act::Meet { other, .. } = &mut step.act
                && *other == Party::Desk(desk)
                && let Some(next) = next
            {
                *other = Party::Desk(next);
            }
        }
    }
    let honest = people.iter().enumerate();
    let honest = honest.filter(|(_, person)| person.trick.is_none());
    let mut order: Vec<PersonId> = honest.map(|(index, _)| PersonId(index)).collect();
    random.shuffle(&mut order);
    for who in order.into_iter().take(COME_BY) {
        come_by(frame, office, who, loss, steps, random);
    }
    let act = |at, act| Step { at, act };
    steps.push(act(loss.lost, Act::Lose { desk }));
    steps.push(act(loss.replaced, Act::Replace { desk }));
}

/// Somebody books for later at the device that will be lost, and comes then.
fn come_by(
    frame: &Frame,
    office: &Catalogue,
    who: PersonId,
    loss: &Loss,
    steps: &mut Vec<Step>,
    random: &mut Random,
) {
    let minutes = loss.lost.minutes_since(loss.apart);
    let busy_then = |at: CivilMinute| {
        let comes = |step: &Step| {
            let theirs = matches!(&step.act, Act::Arrive { who: of, .. } if *of == who);
            theirs && at <= step.at && step.at <= loss.replaced
        };
        steps.iter().any(comes)
    };
    let at = (0..5)
        .map(|_| loss.apart.saturating_plus(random.between(2, minutes - 5)))
        .find(|at| !busy_then(*at));
    let Some(at) = at else { return };
    let from = loss.replaced.saturating_plus(random.between(20, 80));
    let (nth, busy) = booked(who, steps);
    let free = |wish: &Wish| !busy.iter().any(|other| other.overlaps(wish.interval));
    let wish = (0..20).find_map(|_| wishes::wish(frame, office, from, random).filter(free));
    let Some(wish) = wish else { return };
    if at.minutes_since(loss.apart) * 100 > minutes * TELL {
        // They stay where there is no network until somebody else is at the desk.
        let quiet = |step: &Step| at <= step.at && step.at <= loss.replaced;
        let theirs = |step: &Step| match &step.act {
            Act::Meet { one, other, .. } => [*one, *other].contains(&Party::Phone(who)),
            _ => false,
        };
        steps.retain(|step| !(quiet(step) && theirs(step)));
    }
    let arrives = wish
        .interval
        .start()
        .saturating_plus(random.between(-12, 8));
    let meet = |at, with, carrier| Step {
        at,
        act: Act::Meet {
            one: Party::Phone(who),
            other: Party::Desk(with),
            carrier,
        },
    };
    let carrier = if loss.desk.has_people() {
        Carrier::Qr
    } else {
        Carrier::Socket
    };
    let book = Act::Book { who, nth, wish };
    steps.push(Step { at, act: book });
    steps.push(meet(at.saturating_plus(1), loss.desk, carrier));
    steps.push(Step {
        at: arrives,
        act: Act::Arrive { who, nth },
    });
    // Face to face: they show the code of what they were promised, or the phone tells it all.
    let carrier = if random.chance(60) {
        Carrier::Qr
    } else {
        Carrier::File
    };
    steps.push(meet(arrives.saturating_plus(2), Desk::Kiosk, carrier));
}

/// How many bookings somebody makes that day, and the times of them.
fn booked(who: PersonId, steps: &[Step]) -> (usize, Vec<Interval>) {
    let (mut count, mut busy) = (0_usize, Vec::new());
    for step in steps {
        match &step.act {
            Act::Book { who: of, wish, .. } if *of == who => {
                count = count.saturating_add(1);
                busy.push(wish.interval);
            }
            Act::Move { who: of, wish, .. } if *of == who => busy.push(wish.interval),
            _ => {}
        }
    }
    (count, busy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::people;
    use crate::plan::{DATE, Plan};
    use crate::{office, plan};
    use std::collections::BTreeSet;

    fn plan(lose: Option<Desk>, seed: u64) -> Plan {
        let random = Random::seeded(seed);
        let office = office::catalogue(DATE.0).unwrap();
        let crew = Crew { stewards: 3, lose };
        plan::Plan::new(&office, &people(20, &random), &crew, &random).unwrap()
    }

    fn meets(step: &Step, desk: Desk) -> bool {
        let party = Party::Desk(desk);
        matches!(&step.act, Act::Meet { one, other, .. } if *one == party || *other == party)
    }

    #[test]
    fn until_it_is_lost_only_people_meet_it_and_they_book() {
        for (desk, seed) in Desk::CREW.into_iter().zip(1..) {
            let plan = plan(Some(desk), seed);
            let loss = plan.loss.unwrap();
            assert_eq!(loss.desk, desk);
            assert!(loss.apart < loss.lost && loss.lost < loss.replaced);
            let alone = |step: &&Step| loss.apart <= step.at && step.at < loss.lost;
            let there: Vec<&Step> = plan.steps.iter().filter(alone).collect();
            let visits = there.iter().filter(|step| meets(step, desk));
            let by: BTreeSet<Carrier> = visits
                .map(|step| match step.act {
                    Act::Meet {
                        one: Party::Phone(_),
                        carrier,
                        ..
                    } => carrier,
                    _ => panic!("{desk}: {step:?}"),
                })
                .collect();
            assert!(!by.is_empty());
            assert_eq!(by.contains(&Carrier::Socket), desk == Desk::Hub);
            let count = |steps: &[&Step]| {
                let books = |step: &&&Step| matches!(step.act, Act::Book { .. });
                steps.iter().filter(books).count()
            };
            assert!(count(&there) >= 5, "{desk}: {}", count(&there));
        }
    }

    #[test]
    fn the_day_is_as_it_was_until_it_is_lost_but_for_those_who_come_by() {
        let (with, without) = (plan(Some(Desk::Tablet), 4), plan(None, 4));
        assert_eq!(without.loss, None);
        let apart = with.loss.unwrap().apart;
        let before = |plan: &Plan| -> Vec<CivilMinute> {
            let steps = plan.steps.iter().map(|step| step.at);
            steps.filter(|at| *at < apart).collect()
        };
        assert_eq!(before(&with), before(&without));
    }
}
