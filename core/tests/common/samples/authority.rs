//! What the admin says.

use super::{id, november, public};
use allkontor_core::id::{Digest, UnitId};
use allkontor_core::statement::{
    Activate, Assign, Body, Certify, ChainPoint, Cut, Document, DropBefore, Family, Genesis,
    HandOver, Publish, Replace, Revoke, Role, Succeed,
};
use allkontor_core::time::{DayStart, OfficeDay};

pub fn genesis() -> Genesis {
    Genesis {
        admin: public(1),
        recovery: public(9),
        zone: "Europe/Stockholm".into(),
        day_start: DayStart::default(),
        salt: [0x5a; 32],
        rules: 1,
    }
}

pub fn revoke() -> Revoke {
    let cut = |document, seq| Cut {
        document,
        head: ChainPoint { seq, id: id(0x34) },
    };
    Revoke {
        device: public(3),
        cuts: vec![cut(november(), 41), cut(Document::Storage(2026), 100_000)],
        successor: Some(public(4)),
    }
}

/// Each of these kinds, with every optional field.
pub fn full() -> Vec<Body> {
    let day = |d| OfficeDay::from_ymd(2026, 12, d).unwrap();
    vec![
        genesis().into(),
        Certify {
            device: public(2),
            role: Role::Kiosk,
        }
        .into(),
        revoke().into(),
        Succeed {
            device: public(3),
            successor: public(4),
        }
        .into(),
        Assign {
            units: vec![UnitId(1), UnitId(70_000)],
            family: Family::Storage,
            device: public(2),
        }
        .into(),
        HandOver { admin: public(8) }.into(),
        Replace {
            admin: public(8),
            keeps: id(0x70),
        }
        .into(),
        Publish {
            version: 12,
            hash: Digest([0xc0; 32]),
        }
        .into(),
        DropBefore {
            family: Family::Ledger,
            before: day(1),
        }
        .into(),
        Activate {
            rules: 2,
            from: day(1),
        }
        .into(),
    ]
}
