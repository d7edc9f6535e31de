//! What stewards decide of bookings and places.

use super::{hours, id, public};
use allkontor_core::id::UnitId;
use allkontor_core::statement::{
    Body, Cause, CellRange, CheckIn, Confirm, Decline, Give, Hold, Honour, Occupy, Pass, Release,
    Take, Vacate,
};
use allkontor_core::time::OfficeDay;

pub fn confirm() -> Confirm {
    let holds = vec![
        Hold::new(UnitId(7), hours(9, 10), 15, 0),
        Hold::new(UnitId(70_000), hours(9, 10), 0, 720),
    ];
    Confirm {
        request: id(0x21),
        holds,
        ends: Some(id(0x33)),
    }
}

/// Each of these kinds, with every optional field.
pub fn full() -> Vec<Body> {
    let day = |d| OfficeDay::from_ymd(2026, 12, d).unwrap();
    let cells = vec![
        CellRange {
            unit: UnitId(7),
            first: day(1).get(),
            last: day(31).get(),
        },
        CellRange {
            unit: UnitId(8),
            first: 2026,
            last: 2026,
        },
    ];
    vec![
        Give {
            cells,
            to: public(4),
        }
        .into(),
        Take {
            of: id(0x30),
            via: Some(id(3)),
        }
        .into(),
        Pass {
            ticket: id(0x20),
            to: public(4),
        }
        .into(),
        confirm().into(),
        Decline {
            request: id(0x21),
            cause: Cause::Limit,
            note: Some([9; 64]),
        }
        .into(),
        Release {
            confirm: id(0x33),
            cause: Cause::NoShow,
        }
        .into(),
        CheckIn { confirm: id(0x33) }.into(),
        Occupy {
            unit: UnitId(7),
            interval: hours(12, 13),
            cause: Cause::Present,
        }
        .into(),
        Vacate { occupy: id(0x37) }.into(),
        Honour { confirm: id(0x33) }.into(),
    ]
}
