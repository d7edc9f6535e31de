//! What is kept for long, opened and handed over.

use super::{at, hours, id, words};
use allkontor_core::id::{ConditionId, UnitId};
use allkontor_core::statement::{
    Body, Carry, Cause, Code, Document, HandIn, HandOut, Opened, Origin, Wish,
};

pub fn carry() -> Carry {
    Carry {
        ticket: id(0x20),
        slot: 1,
        version: 3,
        wishes: vec![Wish::new(UnitId(7), hours(9, 10))],
        from: Origin {
            document: Document::Storage(2025),
            confirm: id(0x33),
        },
        claimed: at(8, 18),
        since: at(8, 0),
        until: Some(at(18, 0)),
        answers: Some(id(0x25)),
    }
}

pub fn code() -> Code {
    Code {
        confirm: id(0x33),
        unit: UnitId(70_000),
        generation: 300,
        sealed: std::array::from_fn(|at| at as u8),
        minute: at(12, 31),
        first: Some(id(0x46)),
    }
}

/// Each of these kinds, with every optional field.
pub fn full() -> Vec<Body> {
    vec![
        carry().into(),
        code().into(),
        Opened {
            unit: UnitId(7),
            minute: at(12, 30),
            cause: Cause::Late,
            remark: Some(words(0x48)),
        }
        .into(),
        HandOut {
            confirm: id(0x33),
            unit: UnitId(70_000),
            minute: at(9, 1),
            condition: vec![ConditionId(1), ConditionId(300)],
            remark: Some(words(0x49)),
        }
        .into(),
        HandIn {
            hand_out: id(0x49),
            minute: at(10, 1),
            condition: vec![ConditionId(2)],
            remark: Some(words(0x50)),
        }
        .into(),
    ]
}
