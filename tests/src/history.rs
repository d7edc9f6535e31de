//! Random histories of a small office.
//!
//! A history is a list of [`Action`]s, so that a failing one shrinks to the few that matter. Numbers in an action pick
//! from whatever there is when it is played, so every list of actions can be played.

mod admin;
mod clone;
pub mod commons;
pub mod copies;
mod counts;
mod events;
mod hands;
pub mod people;
mod rental;
mod rogue;
mod shop;
mod steward;
pub mod till;
mod visitor;
mod world;

pub use counts::Counts;
pub use shop::{SHOP_CLASSES, shop};
pub use world::World;

use proptest::collection::vec;
use proptest::prelude::*;

/// Whether anybody lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Stewards sign only what is effective in their own view; the admin neither forks nor revokes. Visitors may lie.
    Honest,
    /// Anything.
    Wild,
}

/// A place in an office that a visitor wants.
#[derive(Clone, Copy, Debug)]
pub struct Want {
    /// Picks a unit.
    pub unit: u8,
    /// Picks one of three days below 18, else a place in no cell of the document.
    pub day: u8,
    /// Picks a start in steps of half an hour.
    pub start: u8,
    /// Picks a length in steps of half an hour.
    pub length: u8,
}

/// What a visitor says about the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The truth.
    Now,
    /// Long before the ticket's stamp.
    FarBack,
    /// Tomorrow.
    Ahead,
    /// After the ticket has expired.
    Expired,
}

/// One thing that happens.
#[derive(Clone, Debug)]
#[expect(
    missing_docs,
    reason = "numbers pick from what there is; the cases say what happens"
)]
pub enum Action {
    Work {
        device: u8,
    },
    Round {
        first: u8,
    },
    Ticket {
        issuer: u8,
        decider: u8,
        slots: u8,
    },
    Ask {
        ticket: u8,
        slot: u8,
        newer: bool,
        options: Vec<Vec<Want>>,
        any: bool,
        claim: Claim,
        thief: bool,
    },
    Cancel {
        ticket: u8,
        slot: u8,
        thief: bool,
    },
    Arrive {
        ticket: u8,
        slot: u8,
        late: bool,
    },
    Renew {
        ticket: u8,
        slot: u8,
        claimed: u8,
        thief: bool,
    },
    Propose {
        ticket: u8,
        slot: u8,
        date: Want,
        seats: u8,
        thief: bool,
    },
    AskForEvent {
        ticket: u8,
        slot: u8,
        event: u8,
        seats: u8,
    },
    Edit {
        ticket: u8,
        pick: u8,
        by: u8,
    },
    Approve {
        device: u8,
        pick: u8,
    },
    CallOff {
        device: u8,
        pick: u8,
    },
    Hear {
        device: u8,
        what: u8,
    },
    Meet {
        a: u8,
        b: u8,
    },
    Wait {
        minutes: u8,
    },
    Decide {
        device: u8,
    },
    Decline {
        device: u8,
        pick: u8,
    },
    Release {
        device: u8,
        pick: u8,
        cause: u8,
    },
    CheckIn {
        device: u8,
        pick: u8,
    },
    Give {
        device: u8,
        to: u8,
        unit: u8,
        day: u8,
    },
    Take {
        device: u8,
    },
    Pass {
        device: u8,
        to: u8,
        pick: u8,
    },
    Occupy {
        device: u8,
        want: Want,
    },
    Vacate {
        device: u8,
        pick: u8,
    },
    Honour {
        device: u8,
        pick: u8,
    },
    Carry {
        device: u8,
        pick: u8,
    },
    HandOut {
        device: u8,
        pick: u8,
        unit: u8,
    },
    HandIn {
        device: u8,
        pick: u8,
        minute: u8,
    },
    Open {
        device: u8,
        unit: u8,
    },
    Code {
        device: u8,
        pick: u8,
        unit: u8,
    },
    RogueRental {
        device: u8,
        what: u8,
        pick: u8,
        want: Want,
    },
    Publish,
    Assign {
        device: u8,
        unit: u8,
    },
    Certify {
        role: u8,
    },
    HandOver,
    Revoke {
        device: u8,
        successor: u8,
        behind: u8,
    },
    Succeed {
        device: u8,
        successor: u8,
    },
    AdminFork {
        back: u8,
        replace: bool,
    },
    Clone {
        device: u8,
        back: u8,
    },
    Rogue {
        device: u8,
        what: u8,
        pick: u8,
        back: u8,
        want: Want,
    },
    BadSignature {
        pick: u8,
    },
}

fn want() -> impl Strategy<Value = Want> {
    let unit = prop_oneof![3 => Just(0_u8), 2 => Just(4), 6 => 0..6_u8];
    (unit, 0..20_u8, 0..8_u8, 0..3_u8).prop_map(|(unit, day, start, length)| Want {
        unit,
        day,
        start,
        length,
    })
}

fn options() -> impl Strategy<Value = Vec<Vec<Want>>> {
    let option = prop_oneof![3 => vec(want(), 1), 1 => vec(want(), 2..4)];
    prop_oneof![3 => vec(option.clone(), 1), 1 => vec(option, 2..4)]
}

fn claim() -> impl Strategy<Value = Claim> {
    prop_oneof![
        12 => Just(Claim::Now),
        2 => Just(Claim::FarBack),
        1 => Just(Claim::Ahead),
        1 => Just(Claim::Expired),
    ]
}

fn visitors() -> impl Strategy<Value = Action> {
    let ask = (
        any::<u8>(),
        0..10_u8,
        any::<bool>(),
        options(),
        any::<bool>(),
        claim(),
        0..20_u8,
    );
    prop_oneof![
        4 => (any::<u8>(), any::<u8>(), 0..3_u8)
            .prop_map(|(issuer, decider, slots)| Action::Ticket { issuer, decider, slots }),
        13 => ask.prop_map(|(ticket, slot, newer, options, any, claim, thief)| Action::Ask {
            ticket,
            slot,
            newer,
            options,
            any,
            claim,
            thief: thief == 0,
        }),
        1 => (any::<u8>(), 0..10_u8, 0..10_u8)
            .prop_map(|(ticket, slot, thief)| Action::Cancel { ticket, slot, thief: thief == 0 }),
        1 => (any::<u8>(), 0..10_u8, any::<bool>())
            .prop_map(|(ticket, slot, late)| Action::Arrive { ticket, slot, late }),
        1 => (any::<u8>(), 0..10_u8, any::<u8>(), 0..10_u8).prop_map(|(ticket, slot, claimed, thief)| {
            Action::Renew { ticket, slot, claimed, thief: thief == 0 }
        }),
        2 => (any::<u8>(), 0..10_u8, want(), 0..5_u8, 0..10_u8).prop_map(
            |(ticket, slot, date, seats, thief)| {
                Action::Propose { ticket, slot, date, seats, thief: thief == 0 }
            },
        ),
        5 => (any::<u8>(), 0..10_u8, any::<u8>(), 0..5_u8).prop_map(
            |(ticket, slot, event, seats)| Action::AskForEvent { ticket, slot, event, seats },
        ),
        1 => (any::<u8>(), any::<u8>(), 0..8_u8)
            .prop_map(|(ticket, pick, by)| Action::Edit { ticket, pick, by }),
        1 => any::<u8>().prop_map(|minutes| Action::Wait { minutes }),
        1 => any::<u8>().prop_map(|pick| Action::BadSignature { pick }),
    ]
}

fn stewards() -> impl Strategy<Value = Action> {
    let two = || (any::<u8>(), any::<u8>());
    let three = || (any::<u8>(), any::<u8>(), any::<u8>());
    prop_oneof![
        4 => two().prop_map(|(device, what)| Action::Hear { device, what }),
        4 => two().prop_map(|(a, b)| Action::Meet { a, b }),
        6 => any::<u8>().prop_map(|device| Action::Decide { device }),
        12 => any::<u8>().prop_map(|device| Action::Work { device }),
        5 => any::<u8>().prop_map(|first| Action::Round { first }),
        1 => two().prop_map(|(device, pick)| Action::Decline { device, pick }),
        4 => three().prop_map(|(device, pick, cause)| Action::Release { device, pick, cause }),
        1 => two().prop_map(|(device, pick)| Action::CheckIn { device, pick }),
        5 => (three(), any::<u8>())
            .prop_map(|((device, to, unit), day)| Action::Give { device, to, unit, day }),
        7 => any::<u8>().prop_map(|device| Action::Take { device }),
        2 => three().prop_map(|(device, to, pick)| Action::Pass { device, to, pick }),
        1 => (any::<u8>(), want()).prop_map(|(device, want)| Action::Occupy { device, want }),
        1 => two().prop_map(|(device, pick)| Action::Vacate { device, pick }),
        2 => two().prop_map(|(device, pick)| Action::Honour { device, pick }),
        1 => two().prop_map(|(device, pick)| Action::Carry { device, pick }),
        2 => three().prop_map(|(device, pick, unit)| Action::HandOut { device, pick, unit }),
        3 => three().prop_map(|(device, pick, number)| match number {
            0..64 => Action::Code { device, pick, unit: number },
            minute => Action::HandIn { device, pick, minute },
        }),
        1 => two().prop_map(|(device, unit)| Action::Open { device, unit }),
        1 => two().prop_map(|(device, pick)| Action::Approve { device, pick }),
        1 => two().prop_map(|(device, pick)| Action::CallOff { device, pick }),
        1 => Just(Action::Publish),
        1 => two().prop_map(|(device, unit)| Action::Assign { device, unit }),
        1 => any::<u8>().prop_map(|role| Action::Certify { role }),
        1 => Just(Action::HandOver),
    ]
}

fn wild() -> impl Strategy<Value = Action> {
    let rogue = (any::<u8>(), any::<u8>(), any::<u8>(), 0..4_u8, want());
    prop_oneof![
        10 => rogue.prop_map(|(device, what, pick, back, want)| Action::Rogue {
            device,
            what,
            pick,
            back,
            want,
        }),
        2 => (any::<u8>(), any::<u8>(), any::<u8>(), want())
            .prop_map(|(device, what, pick, want)| Action::RogueRental { device, what, pick, want }),
        4 => (any::<u8>(), any::<u8>(), 0..4_u8)
            .prop_map(|(device, successor, behind)| Action::Revoke { device, successor, behind }),
        1 => (any::<u8>(), any::<u8>())
            .prop_map(|(device, successor)| Action::Succeed { device, successor }),
        1 => (0..3_u8, any::<bool>())
            .prop_map(|(back, replace)| Action::AdminFork { back, replace }),
        3 => (any::<u8>(), 0..4_u8).prop_map(|(device, back)| Action::Clone { device, back }),
    ]
}

/// How many devices an office starts with: several, mostly.
pub fn devices() -> impl Strategy<Value = usize> {
    prop_oneof![1 => Just(1), 5 => 2..5_usize]
}

/// Who has custody of each of the nine units first: all with one device, or spread over them.
pub fn custodians() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![1 => Just(vec![0; 9]), 2 => vec(any::<u8>(), 9)]
}

/// A list of actions of about that many at most; at the end stewards often get round to what is left.
pub fn actions(mode: Mode, most: usize) -> BoxedStrategy<Vec<Action>> {
    let start = vec(
        (any::<u8>(), any::<u8>(), 0..3_u8).prop_map(|(issuer, decider, slots)| Action::Ticket {
            issuer,
            decider,
            slots,
        }),
        1..4,
    );
    let rest = match mode {
        Mode::Honest => vec(prop_oneof![2 => visitors(), 3 => stewards()], 1..most).boxed(),
        Mode::Wild => vec(
            prop_oneof![8 => visitors(), 12 => stewards(), 3 => wild()],
            1..most,
        )
        .boxed(),
    };
    let rounds = vec(any::<u8>().prop_map(|first| Action::Round { first }), 0..3);
    (start, rest, rounds)
        .prop_map(|(start, rest, rounds)| [start, rest, rounds].concat())
        .boxed()
}
