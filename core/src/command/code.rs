//! Codes of locks: for one person's eyes.

use crate::cbor::Writer;
use crate::id::{OfficeId, PublicKey, StatementId, UnitId};
use crate::limits::{MAX_CODE_BYTES, SEALED_CODE_BYTES};
use crate::resolve::SlotKey;
use crate::seal::{self, CannotSeal};
use crate::statement::{Code, Keypair};
use std::fmt;

/// What a lock opens by. Not shown where values are printed for finding faults.
///
/// ```
/// use allkontor_core::command::LockCode;
/// let code = LockCode::new("4711").unwrap();
/// assert_eq!(code.as_str(), "4711");
/// assert_eq!(format!("{code:?}"), "LockCode");
/// assert_eq!(
///     LockCode::new("").unwrap_err().to_string(),
///     "a lock's code is 1 to 31 bytes of text without control characters: this one is 0 bytes"
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct LockCode(String);

/// Text that is no code of a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a lock's code is 1 to {MAX_CODE_BYTES} bytes of text without control characters: this one is {bytes} bytes{}",
    if *has_control { " with one" } else { "" }
)]
pub struct BadLockCode {
    /// How long it is.
    pub bytes: usize,
    /// Whether it has a control character.
    pub has_control: bool,
}

/// A lock was set to another code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCode {
    /// Whose it is now.
    pub key: SlotKey,
    /// The lock.
    pub unit: UnitId,
    /// What it opens by.
    pub code: LockCode,
    /// 32 random bytes, drawn for this code.
    pub seed: [u8; 32],
}

impl LockCode {
    /// From what somebody typed; spaces around it are left out.
    pub fn new(text: &str) -> Result<Self, BadLockCode> {
        let text = text.trim();
        let (bytes, has_control) = (text.len(), text.chars().any(char::is_control));
        if bytes == 0 || bytes > MAX_CODE_BYTES || has_control {
            return Err(BadLockCode { bytes, has_control });
        }
        Ok(Self(text.to_owned()))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Sealed to the key of whoever rents it, filled up to one length.
    pub(crate) fn seal(
        &self,
        office: OfficeId,
        place: &CodePlace,
        to: &PublicKey,
        seed: &[u8; 32],
    ) -> Result<[u8; SEALED_CODE_BYTES], CannotSeal> {
        let mut plain = [0; 1 + MAX_CODE_BYTES];
        let length = u8::try_from(self.0.len()).unwrap_or(u8::MAX);
        let bytes = std::iter::once(length).chain(self.0.bytes());
        plain
            .iter_mut()
            .zip(bytes)
            .for_each(|(to, from)| *to = from);
        let sealed = seal::seal(to, &info(office), &place.to_bytes(), &plain, seed)?;
        sealed.try_into().map_err(|_| CannotSeal { key: *to })
    }

    /// Opens a code that was sealed to that key; `None` when it was not, or is no code.
    pub(crate) fn open(office: OfficeId, code: &Code, key: &Keypair) -> Option<Self> {
        let place = CodePlace::of(code).to_bytes();
        let plain = seal::open(key, &info(office), &place, &code.sealed)?;
        let (length, rest) = plain.split_first()?;
        let (text, filling) = rest.split_at_checked(usize::from(*length))?;
        if filling.iter().any(|byte| *byte != 0) {
            return None;
        }
        Self::new(std::str::from_utf8(text).ok()?).ok()
    }
}

/// Where a sealed code stands: moved elsewhere it does not open.
pub(crate) struct CodePlace {
    pub(crate) confirm: StatementId,
    pub(crate) unit: UnitId,
    pub(crate) generation: u32,
}

impl CodePlace {
    fn of(code: &Code) -> Self {
        Self {
            confirm: code.first.unwrap_or(code.confirm),
            unit: code.unit,
            generation: code.generation,
        }
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.array(3).bytes(&self.confirm.0);
        out.uint(u64::from(self.unit.0));
        out.uint(u64::from(self.generation));
        out.into_bytes()
    }
}

fn info(office: OfficeId) -> Vec<u8> {
    [&b"allkontor/1/code\0"[..], &office.0].concat()
}

impl fmt::Debug for LockCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LockCode")
    }
}

#[cfg(test)]
mod tests;
