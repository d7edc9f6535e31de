//! Events and what is written in them.

use super::{at, hours, id, public};
use allkontor_core::id::{ClassId, Digest, UnitId};
use allkontor_core::statement::{Appoint, Approve, Body, CallOff, Cause, Edit, Propose, Seats};

pub fn propose() -> Propose {
    Propose {
        ticket: id(0x20),
        slot: 1,
        version: 2,
        dates: vec![hours(9, 10), hours(11, 12)],
        text: Digest([0x27; 32]),
        length: 4_000,
        room: true,
        seats: Some(Seats {
            class: ClassId(9),
            first: UnitId(101),
            last: UnitId(140),
        }),
        public: true,
        partner: Some(3),
        claimed: at(8, 17),
    }
}

pub fn edit() -> Edit {
    Edit {
        proposal: id(0x27),
        after: vec![id(0x28), id(0x29)],
        patch: Digest([0x28; 32]),
        length: 4_000,
        claimed: at(8, 18),
        appoint: Some(id(0x26)),
    }
}

/// Each of these kinds, with every optional field.
pub fn full() -> Vec<Body> {
    vec![
        Appoint {
            ticket: id(0x20),
            slot: 1,
            key: public(6),
            claimed: at(8, 18),
        }
        .into(),
        propose().into(),
        edit().into(),
        Approve { proposal: id(0x27) }.into(),
        CallOff {
            proposal: id(0x27),
            cause: Cause::Guidelines,
        }
        .into(),
    ]
}
