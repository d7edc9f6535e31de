//! Events.

use super::values::*;
use allkontor_core::id::{ClassId, Digest, UnitId};
use allkontor_core::limits;
use allkontor_core::statement::{Propose, Seats};
use allkontor_core::time::Interval;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub fn propose() -> impl Strategy<Value = Propose> {
    let dates = (
        minute(),
        vec((1..600_i32, 0..600_i32), 1..=limits::MAX_EVENT_DATES),
    );
    let dates = dates.prop_filter_map("within the years", |(start, lengths)| {
        let mut at = start;
        let mut dates = Vec::new();
        for (length, pause) in lengths {
            let end = at.plus(length).ok()?;
            dates.push(Interval::new(at, end).ok()?);
            at = end.plus(pause).ok()?;
        }
        Some(dates)
    });
    let seats = (any::<u16>(), any::<u32>(), any::<u32>()).prop_map(|(class, a, b)| Seats {
        class: ClassId(class),
        first: UnitId(a.min(b)),
        last: UnitId(a.max(b)),
    });
    (
        (id(), any::<u8>(), version(), dates),
        (any::<[u8; 32]>(), 1..=limits::MAX_EVENT_TEXT, any::<bool>()),
        (
            option::of(seats),
            any::<bool>(),
            option::of(any::<u16>()),
            minute(),
        ),
    )
        .prop_map(
            |((ticket, slot, version, dates), (text, length, room), rest)| {
                let (seats, public, partner, claimed) = rest;
                Propose {
                    ticket,
                    slot,
                    version,
                    dates,
                    text: Digest(text),
                    length,
                    room,
                    seats,
                    public,
                    partner,
                    claimed,
                }
            },
        )
}
