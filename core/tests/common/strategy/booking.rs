//! What is asked for and what answers it.

use super::values::*;
use allkontor_core::id::{ClassId, ConditionId, FeatureId};
use allkontor_core::limits;
use allkontor_core::statement::{
    AnyEqual, Carry, CellRange, EventKey, Hold, Origin, Request, Ticket, Wish,
};
use allkontor_core::time::CivilMinute;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

pub fn wish() -> impl Strategy<Value = Wish> {
    (unit(), interval()).prop_map(|(unit, interval)| Wish::new(unit, interval))
}

pub fn hold() -> impl Strategy<Value = Hold> {
    let buffer = || 0..=limits::MAX_BUFFER;
    (unit(), interval(), buffer(), buffer())
        .prop_map(|(unit, span, before, after)| Hold::new(unit, span, before, after))
}

pub fn options() -> impl Strategy<Value = Vec<Vec<Wish>>> {
    prop_oneof![
        vec(vec(wish(), 1..=3), 1..=limits::MAX_OPTIONS),
        vec(vec(wish(), 1..=limits::MAX_HOLDS), 1..=1),
    ]
}

pub fn cell_range() -> impl Strategy<Value = CellRange> {
    let length = 1..=limits::MAX_RANGE_CELLS as i32;
    (unit(), any::<i32>(), length).prop_map(|(unit, first, cells)| {
        let last = first.saturating_add(cells - 1);
        CellRange {
            unit,
            first: last - (cells - 1).min(last.saturating_sub(i32::MIN)),
            last,
        }
    })
}

pub fn ticket() -> impl Strategy<Value = Ticket> {
    let life = 0..=limits::MAX_TICKET_LIFE;
    // The stamp leaves room for a ticket's life before the last minute there is.
    let stamp = minute().prop_map(|m| {
        let last = CivilMinute::MAX.plus(-limits::MAX_TICKET_LIFE).unwrap();
        let first = CivilMinute::MIN.plus(limits::STAMP_STEP).unwrap();
        m.clamp(first, last).floor_to(limits::STAMP_STEP)
    });
    (
        any::<[u8; 16]>(),
        public(),
        public(),
        uses(),
        slots(),
        stamp,
        life,
        shown(),
    )
        .prop_map(
            |(serial, key, decider, uses, slots, stamp, life, introduced)| {
                let expires = stamp.plus(life).unwrap();
                Ticket {
                    serial,
                    key,
                    decider,
                    uses,
                    slots,
                    stamp,
                    expires,
                    introduced,
                }
            },
        )
}

pub fn shown() -> impl Strategy<Value = Option<bool>> {
    any::<bool>().prop_map(|shown| shown.then_some(true))
}

pub fn request() -> impl Strategy<Value = Request> {
    let needs = vec(any::<u16>().prop_map(FeatureId), 0..=limits::MAX_NEEDS);
    let any_equal = (any::<u16>(), needs).prop_map(|(class, needs)| AnyEqual {
        class: ClassId(class),
        needs,
    });
    let party = 1..=limits::MAX_PARTY;
    (
        id(),
        any::<u8>(),
        version(),
        options(),
        option::of(any_equal),
        party,
        minute(),
        option::of((id(), any::<u8>()).prop_map(|(ticket, slot)| EventKey { ticket, slot })),
        option::of(any::<u32>()),
    )
        .prop_map(
            |(ticket, slot, version, options, any_equal, party, claimed, event, accepts)| Request {
                event,
                accepts,
                ticket,
                slot,
                version,
                options,
                any_equal,
                party,
                claimed,
            },
        )
}

pub fn sealed() -> impl Strategy<Value = [u8; limits::SEALED_CODE_BYTES]> {
    vec(any::<u8>(), limits::SEALED_CODE_BYTES).prop_map(|bytes| bytes.try_into().unwrap())
}

pub fn carry() -> impl Strategy<Value = Carry> {
    let from = (document(), id()).prop_map(|(document, confirm)| Origin { document, confirm });
    (
        (id(), any::<u8>(), version()),
        vec(wish(), 1..=limits::MAX_HOLDS),
        from,
        (minute(), minute()),
        option::of(minute()),
        option::of(id()),
    )
        .prop_map(
            |((ticket, slot, version), wishes, from, (claimed, since), until, answers)| Carry {
                ticket,
                slot,
                version,
                wishes,
                from,
                claimed,
                since,
                until,
                answers,
            },
        )
}

pub fn conditions() -> impl Strategy<Value = Vec<ConditionId>> {
    vec(
        any::<u16>().prop_map(ConditionId),
        0..=limits::MAX_CONDITIONS,
    )
}
