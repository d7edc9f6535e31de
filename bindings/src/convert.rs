//! Text and bytes to the engine's values, with errors that say what was expected.

use crate::AllkontorError;
use allkontor_core::id::OfficeId;
use allkontor_core::time::{CivilMinute, Interval, OfficeDay};

pub(crate) fn minute(what: &str, text: &str) -> Result<CivilMinute, AllkontorError> {
    text.parse()
        .map_err(|_| AllkontorError::argument(what, text, "a civil minute like 2026-11-24T09:00"))
}

pub(crate) fn interval(start: &str, end: &str) -> Result<Interval, AllkontorError> {
    let (from, to) = (minute("start", start)?, minute("end", end)?);
    Interval::new(from, to).map_err(|error| AllkontorError::Argument {
        message: error.to_string(),
    })
}

pub(crate) fn day(text: &str) -> Result<OfficeDay, AllkontorError> {
    let midnight = minute("day", &format!("{text}T00:00"))?;
    OfficeDay::from_date(midnight.to_naive().date())
        .ok_or_else(|| AllkontorError::argument("day", text, "a date like 2026-11-24"))
}

pub(crate) fn office(text: &str) -> Result<OfficeId, AllkontorError> {
    OfficeId::from_hex(text)
        .ok_or_else(|| AllkontorError::argument("office", text, "64 hexadecimal digits"))
}

pub(crate) fn seed<const N: usize>(what: &str, bytes: &[u8]) -> Result<[u8; N], AllkontorError> {
    bytes.try_into().map_err(|_| AllkontorError::Argument {
        message: format!("{what} is {} bytes: expected {N} random bytes", bytes.len()),
    })
}
