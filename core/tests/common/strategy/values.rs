//! Names, numbers and times that may stand in a statement.

use allkontor_core::id::{ClassId, Digest, PublicKey, StatementId, UnitId};
use allkontor_core::limits;
use allkontor_core::statement::{Cause, Document, Family, Role, Words};
use allkontor_core::time::{CivilMinute, Interval, Month, OfficeDay};
use proptest::collection::vec;
use proptest::prelude::*;

pub fn id() -> impl Strategy<Value = StatementId> {
    any::<[u8; 32]>().prop_map(StatementId)
}

pub fn public() -> impl Strategy<Value = PublicKey> {
    any::<[u8; 32]>().prop_map(PublicKey)
}

pub fn minute() -> impl Strategy<Value = CivilMinute> {
    (CivilMinute::MIN.get()..=CivilMinute::MAX.get())
        .prop_map(|m| CivilMinute::new(m.into()).unwrap())
}

pub fn interval() -> impl Strategy<Value = Interval> {
    (minute(), minute())
        .prop_filter("two minutes", |(a, b)| a != b)
        .prop_map(|(a, b)| Interval::new(a.min(b), a.max(b)).unwrap())
}

pub fn day() -> impl Strategy<Value = OfficeDay> {
    (OfficeDay::MIN.get()..=OfficeDay::MAX.get()).prop_map(|d| OfficeDay::new(d.into()).unwrap())
}

pub fn unit() -> impl Strategy<Value = UnitId> {
    prop_oneof![0..300u32, any::<u32>()].prop_map(UnitId)
}

pub fn uses() -> impl Strategy<Value = Vec<ClassId>> {
    vec(any::<u16>().prop_map(ClassId), 0..=limits::MAX_USES)
}

pub fn slots() -> impl Strategy<Value = u8> {
    1..=limits::MAX_SLOTS
}

pub fn version() -> impl Strategy<Value = u8> {
    0..=limits::MAX_VERSION
}

pub fn month() -> impl Strategy<Value = Month> {
    (Month::MIN.index()..=Month::MAX.index()).prop_map(|m| Month::from_index(m.into()).unwrap())
}

/// A ledger or storage document.
pub fn chain_document() -> impl Strategy<Value = Document> {
    prop_oneof![
        month().prop_map(Document::Ledger),
        (1970..2200u16).prop_map(Document::Storage)
    ]
}

/// Any document, of later versions too.
pub fn document() -> impl Strategy<Value = Document> {
    let later = (any::<u8>(), any::<u16>())
        .prop_filter("a tag of ours", |(tag, _)| {
            ![0, 2, 3, 4, 5, 6, 7].contains(tag)
        })
        .prop_map(|(tag, period)| Document::Other {
            tag,
            period: period.into(),
        });
    prop_oneof![1 => Just(Document::Authority), 4 => chain_document(), 1 => later]
}

pub fn role() -> impl Strategy<Value = Role> {
    any::<u16>().prop_map(Role::from_number)
}

pub fn cause() -> impl Strategy<Value = Cause> {
    prop_oneof![0..20u16, any::<u16>()].prop_map(Cause::from_number)
}

pub fn family() -> impl Strategy<Value = Family> {
    prop_oneof![Just(Family::Ledger), Just(Family::Storage)]
}

pub fn words() -> impl Strategy<Value = Words> {
    let text = (any::<[u8; 32]>(), 1..=limits::MAX_COMMONS_TEXT);
    text.prop_map(|(hash, length)| Words {
        hash: Digest(hash),
        length,
    })
}
