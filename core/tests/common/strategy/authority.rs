//! What the admin says.

use super::values::*;
use allkontor_core::limits;
use allkontor_core::statement::{ChainPoint, Cut, Genesis};
use allkontor_core::time::DayStart;
use proptest::collection::btree_map;
use proptest::prelude::*;

pub fn genesis() -> impl Strategy<Value = Genesis> {
    let zone = "[A-Za-z_/+-]{1,64}";
    let day_start = (0..1440u16).prop_map(|m| DayStart::new(m).unwrap());
    (
        public(),
        public(),
        zone,
        day_start,
        any::<[u8; 32]>(),
        any::<u16>(),
    )
        .prop_map(|(admin, recovery, zone, day_start, salt, rules)| Genesis {
            admin,
            recovery,
            zone,
            day_start,
            salt,
            rules,
        })
}

pub fn cuts() -> impl Strategy<Value = Vec<Cut>> {
    // Chains longer than 65,535 in one document would not leave room for 40 cuts: see `every_list_fits`.
    let head = (any::<u16>(), id()).prop_map(|(seq, id)| ChainPoint {
        seq: seq.into(),
        id,
    });
    btree_map(document(), head, 0..=limits::MAX_CUTS).prop_map(|cuts| {
        cuts.into_iter()
            .map(|(document, head)| Cut { document, head })
            .collect()
    })
}
