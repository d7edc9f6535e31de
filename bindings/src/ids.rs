//! The engine's small values, as the languages see them: numbers and hexadecimal text.

use crate::AllkontorError;
use allkontor_core::id::{
    ClassId, FeatureId, LineId, OfficeId, PublicKey, ReductionId, StatementId, UnitId,
};
use allkontor_core::model::{CompositeId, PartnerId};
use allkontor_core::money::Ore;
use allkontor_core::replica::{BookingId, SeriesId};
use allkontor_core::time::{CivilMinute, Interval as Span, OfficeDay, Timestamp};

/// A half-open span of office civil time: it ends before `end` begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Record)]
pub struct Interval {
    /// The first minute inside.
    pub start: CivilMinute,
    /// The first minute after.
    pub end: CivilMinute,
}

impl From<Span> for Interval {
    fn from(span: Span) -> Self {
        Self {
            start: span.start(),
            end: span.end(),
        }
    }
}

impl TryFrom<Interval> for Span {
    type Error = AllkontorError;

    fn try_from(interval: Interval) -> Result<Self, AllkontorError> {
        Self::new(interval.start, interval.end)
            .map_err(|error| AllkontorError::argument("empty_interval", error))
    }
}

/// Converts a list.
pub(crate) fn each<A, B: From<A>>(list: impl IntoIterator<Item = A>) -> Vec<B> {
    list.into_iter().map(B::from).collect()
}

/// 32 random bytes, or 16.
pub(crate) fn seed<const N: usize>(what: &str, bytes: &[u8]) -> Result<[u8; N], AllkontorError> {
    bytes.try_into().map_err(|_| {
        let got = bytes.len();
        AllkontorError::argument(
            "wrong_length",
            format!("{what} is {got} bytes: expected {N} random bytes"),
        )
    })
}

fn hex<T>(what: &str, text: &str, read: fn(&str) -> Option<T>) -> Result<T, AllkontorError> {
    read(text).ok_or_else(|| {
        let got = text.chars().count();
        AllkontorError::argument(
            "not_hexadecimal",
            format!("{what} has {got} characters: expected 64 hexadecimal digits"),
        )
    })
}

uniffi::custom_type!(
    /// A minute on the office's wall clock, counted from 2000-01-01T00:00. Years 1970 to 2199.
    CivilMinute, i32, {
    remote,
    try_lift: |val| Ok(CivilMinute::new(val.into())
        .map_err(|error| AllkontorError::argument("out_of_range", error))?),
    lower: |val| val.get(),
});

uniffi::custom_type!(
    /// An office day, counted from 2000-01-01. It begins at the office's `day_start`, not at midnight.
    OfficeDay, i32, {
    remote,
    try_lift: |val| Ok(OfficeDay::new(val.into()).ok_or_else(|| AllkontorError::argument(
        "out_of_range", format!("day {val} is outside the years 1970 to 2199")))?),
    lower: |val| val.get(),
});

uniffi::custom_type!(
    /// Seconds since 1970-01-01T00:00 UTC.
    Timestamp, i64, { remote, try_lift: |val| Ok(Timestamp(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// A unit's number in the catalogue.
    UnitId, u32, { remote, try_lift: |val| Ok(UnitId(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// A class's number in the catalogue.
    ClassId, u16, { remote, try_lift: |val| Ok(ClassId(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// A feature's number in the catalogue.
    FeatureId, u16, { remote, try_lift: |val| Ok(FeatureId(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// A line's number in the tariff.
    LineId, u16, { remote, try_lift: |val| Ok(LineId(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// The number in the tariff of a reason for a reduced price.
    ReductionId, u16, { remote, try_lift: |val| Ok(ReductionId(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// An amount in hundredths of the office's currency: öre. At most 1 000 000 000 000 either way.
    Ore, i64, {
    remote,
    try_lift: |val| Ok(Ore::new(val)
        .map_err(|error| AllkontorError::argument("too_much_money", error))?),
    lower: |val| val.get(),
});

uniffi::custom_type!(
    /// The number in the catalogue of what is booked together.
    CompositeId, u32, { remote, try_lift: |val| Ok(CompositeId(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// A partner's number in the catalogue.
    PartnerId, u16, { remote, try_lift: |val| Ok(PartnerId(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// A booking of this device, numbered by it.
    BookingId, u64, { remote, try_lift: |val| Ok(BookingId(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// A series of this device, numbered by it.
    SeriesId, u64, { remote, try_lift: |val| Ok(SeriesId(val)), lower: |val| val.0 });

uniffi::custom_type!(
    /// An office: 64 hexadecimal digits.
    OfficeId, String, {
    remote,
    try_lift: |val| Ok(hex("office", &val, OfficeId::from_hex)?),
    lower: |val| val.to_string(),
});

uniffi::custom_type!(
    /// A statement: 64 hexadecimal digits.
    StatementId, String, {
    remote,
    try_lift: |val| Ok(hex("statement", &val, StatementId::from_hex)?),
    lower: |val| val.to_string(),
});

uniffi::custom_type!(
    /// A public key: 64 hexadecimal digits.
    PublicKey, String, {
    remote,
    try_lift: |val| Ok(hex("public key", &val, PublicKey::from_hex)?),
    lower: |val| val.to_string(),
});
