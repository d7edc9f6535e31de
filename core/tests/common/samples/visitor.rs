//! What visitors ask for.

use super::{at, hours, id, public};
use allkontor_core::id::{ClassId, FeatureId, UnitId};
use allkontor_core::statement::{
    AnyEqual, Arrive, Body, Cancel, EventKey, Order, Renew, Request, Ticket, Wish,
};

pub fn ticket() -> Ticket {
    Ticket {
        serial: [9; 16],
        key: public(5),
        decider: public(2),
        uses: vec![ClassId(1), ClassId(400)],
        slots: 3,
        stamp: at(8, 15),
        expires: at(8, 15).plus(7 * 1440).unwrap(),
        introduced: Some(true),
    }
}

pub fn request() -> Request {
    Request {
        event: None,
        ticket: id(0x20),
        slot: 1,
        version: 2,
        options: vec![
            vec![
                Wish::new(UnitId(7), hours(9, 10)),
                Wish::new(UnitId(70_000), hours(9, 10)),
            ],
            vec![Wish::new(UnitId(8), hours(9, 10))],
        ],
        any_equal: Some(AnyEqual {
            class: ClassId(2),
            needs: vec![FeatureId(1), FeatureId(300)],
        }),
        party: 4,
        claimed: at(8, 17),
        accepts: Some(3),
    }
}

/// Each of these kinds, with every optional field.
pub fn full() -> Vec<Body> {
    vec![
        ticket().into(),
        Request {
            event: Some(EventKey {
                ticket: id(0x22),
                slot: 3,
            }),
            ..request()
        }
        .into(),
        Cancel {
            ticket: id(0x20),
            slot: 1,
            version: 15,
        }
        .into(),
        Arrive {
            ticket: id(0x20),
            slot: 1,
            claimed: at(9, 2),
        }
        .into(),
        Order {
            key: public(5),
            uses: vec![ClassId(1)],
            slots: 60,
            claimed: at(7, 59),
            introduced: Some(true),
        }
        .into(),
        Renew {
            ticket: id(0x20),
            slot: 1,
            until: at(12, 0),
            claimed: at(9, 3),
        }
        .into(),
    ]
}
