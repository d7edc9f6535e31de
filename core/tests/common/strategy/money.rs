//! What tills and accounts have.

use super::values::*;
use allkontor_core::id::LineId;
use allkontor_core::limits;
use allkontor_core::money::Ore;
use allkontor_core::statement::{About, Means, Part, Posting};
use proptest::collection::btree_map;
use proptest::prelude::*;

pub fn line() -> impl Strategy<Value = LineId> {
    any::<u16>().prop_map(LineId)
}

pub fn means() -> impl Strategy<Value = Means> {
    let by_hand = |means: &Means| *means != Means::Account;
    any::<u16>()
        .prop_map(Means::from_number)
        .prop_filter("by hand", by_hand)
}

/// An amount of at least so much.
pub fn ore(least: i64) -> impl Strategy<Value = Ore> {
    (least..=limits::MAX_ORE).prop_map(|ore| Ore::new(ore).unwrap())
}

/// Two of them are still an amount.
pub fn half() -> impl Strategy<Value = Ore> {
    (1..=limits::MAX_ORE / 2).prop_map(|ore| Ore::new(ore).unwrap())
}

pub fn about() -> impl Strategy<Value = About> {
    (document(), id()).prop_map(|(document, confirm)| About { document, confirm })
}

pub fn parts(least: usize) -> impl Strategy<Value = Vec<Part>> {
    let part = 1..=limits::MAX_ORE / limits::MAX_PARTS as i64;
    btree_map(id(), part, least..=limits::MAX_PARTS).prop_map(|parts| {
        let part = |(of, amount)| Part {
            of,
            amount: Ore::new(amount).unwrap(),
        };
        parts.into_iter().map(part).collect()
    })
}

pub fn posting() -> impl Strategy<Value = Posting> {
    let change = || (1..=limits::MAX_ORE).prop_map(|ore| Ore::new(-ore).unwrap());
    prop_oneof![
        (id(), change(), parts(0)).prop_map(|(of, change, returned)| Posting::Correction {
            of,
            change,
            returned
        }),
        (ore(0), ore(-limits::MAX_ORE))
            .prop_map(|(counted, expected)| Posting::Count { counted, expected }),
        ore(-limits::MAX_ORE).prop_map(|change| Posting::Float { change }),
        id().prop_map(|account| Posting::Closed { account }),
    ]
}
