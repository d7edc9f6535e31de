//! What changes when the office has more devices than the kiosk: whom people meet, and when the devices meet.

use super::{Act, Frame, Step};
use crate::desks::{Crew, Desk, Party};
use crate::random::Random;
use crate::story::Carrier;
use allkontor_core::time::CivilMinute;

/// The office's devices meet this often while somebody is there, in minutes, and every hour at night.
const EVERY: i32 = 15;
const AT_NIGHT: i32 = 60;

/// Sends people to all of the office's devices, and the devices to one another.
pub(super) fn share(frame: &Frame, crew: &Crew, steps: &mut Vec<Step>, random: &mut Random) {
    if crew.stewards < 2 {
        return;
    }
    for step in steps.iter_mut() {
        spread(frame, crew, step, random);
    }
    for at in times(frame) {
        let desks = crew.desks();
        let pairs = desks.iter().enumerate().flat_map(|(nth, one)| {
            let others = desks.iter().skip(nth.saturating_add(1));
            others.map(move |other| (*one, *other))
        });
        steps.extend(pairs.map(|(one, other)| Step {
            at,
            act: Act::Meet {
                one: Party::Desk(one),
                other: Party::Desk(other),
                carrier: Carrier::Socket,
            },
        }));
    }
}

/// The network leads to the hub, if there is one; who stands in the office goes to whichever device is nearer.
fn spread(frame: &Frame, crew: &Crew, step: &mut Step, random: &mut Random) {
    let Act::Meet {
        one: Party::Phone(_),
        other,
        carrier,
    } = &mut step.act
    else {
        return;
    };
    if *other != Party::Desk(Desk::Kiosk) || step.at > frame.closes {
        return;
    }
    let by_network = *carrier == Carrier::Socket;
    *other = Party::Desk(if by_network && crew.has(Desk::Hub) {
        Desk::Hub
    } else if random.chance(50) {
        Desk::Tablet
    } else {
        Desk::Kiosk
    });
}

/// From the evening before until everybody has passed the kiosk after closing, twice: before each round, and after.
fn times(frame: &Frame) -> Vec<CivilMinute> {
    let (start, opens) = (
        frame.at(15 * 60 + 40 - 24 * 60),
        frame.opens.saturating_plus(-60),
    );
    let every = |from: CivilMinute, until: CivilMinute, step: i32| {
        let count = until.minutes_since(from) / step;
        (0..=count).map(move |n| from.saturating_plus(n * step))
    };
    let mut times: Vec<CivilMinute> = every(start, opens, AT_NIGHT).collect();
    times.extend(every(
        opens.saturating_plus(5),
        frame.closes.saturating_plus(5),
        EVERY,
    ));
    times.extend([26, 28, 52, 54].map(|minutes| frame.closes.saturating_plus(minutes)));
    times
}
