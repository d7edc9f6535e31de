//! What is known of people, and how they are reached.

use super::{at, id, public};
use allkontor_core::id::PublicKey;
use allkontor_core::statement::{
    Amend, Amendment, Body, Contact, Ground, Introduce, KeyCopy, Retract, RosterKey, SealedContact,
    Suspend,
};
use allkontor_core::time::OfficeDay;

/// So many, in order.
pub fn key_copies(copies: u8) -> Vec<KeyCopy> {
    let all = (0..copies).map(|n| KeyCopy {
        device: PublicKey([n; 32]),
        sealed: [n; 80],
    });
    all.collect()
}

/// Each of these kinds, with every optional field.
pub fn full() -> Vec<Body> {
    vec![
        Suspend {
            holder: public(5),
            from: OfficeDay::from_ymd(2026, 11, 24).unwrap(),
            until: OfficeDay::from_ymd(2026, 12, 24).unwrap(),
            ground: Ground::Damage,
            minute: at(10, 2),
        }
        .into(),
        Amend {
            suspend: id(0x60),
            amendment: Amendment::Appealed,
            minute: at(10, 3),
        }
        .into(),
        Introduce {
            holder: public(5),
            minute: at(10, 4),
            first: Some(id(0x62)),
        }
        .into(),
        Retract {
            holder: public(5),
            minute: at(10, 5),
        }
        .into(),
        RosterKey {
            public: public(6),
            copies: key_copies(14),
        }
        .into(),
        Contact {
            holder: public(5),
            key: public(6),
            sealed: SealedContact::new(&[0x65; 192 + 48]).unwrap(),
            minute: at(10, 6),
        }
        .into(),
    ]
}
