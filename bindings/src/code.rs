//! Codes of locks: sealed to whoever rents them.

use crate::ids::{each, seed};
use crate::status::BookingKey;
use crate::{AllkontorError, Device, cards};
use allkontor_core::command::{LockCode as Code, NewCode};
use allkontor_core::id::UnitId;
use allkontor_core::replica::{self, BookingId, KnownCode};
use allkontor_core::time::{CivilMinute, Timestamp};

/// What a lock opens by.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct LockCode {
    /// The lock.
    pub unit: UnitId,
    /// What it opens by.
    pub code: String,
    /// Which code of that lock it is.
    pub generation: u32,
    /// When it was issued.
    pub since: CivilMinute,
    /// Whether the office is to change it, since the lock was opened without its renter.
    pub is_due: bool,
}

/// The code of something that this device rents.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct OwnLockCode {
    /// The booking.
    pub booking: BookingId,
    /// The code.
    pub code: LockCode,
}

/// A lock whose code is to be changed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct CodeDue {
    /// The lock.
    pub unit: UnitId,
    /// Why.
    pub why: CodeDueBy,
    /// Who rents it now, and is to be told the next code.
    pub renter: Option<BookingKey>,
}

/// Why a code is to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum CodeDueBy {
    /// Who was told it rents the lock no longer.
    Ended,
    /// The lock was opened without its renter.
    Opened,
    /// Two devices issued a code at once, and nobody can tell which of them the lock has.
    Twice,
}

#[uniffi::export]
impl Device {
    /// Tells the renter of a lock what it opens by from now on; nobody else can read it. `code_seed`: 32 random bytes, drawn
    /// for this code.
    pub fn issue_code(
        &self,
        now: Timestamp,
        booking: BookingKey,
        unit: UnitId,
        code: String,
        code_seed: Vec<u8>,
    ) -> Result<(), AllkontorError> {
        let code = Code::new(&code).map_err(|bad| AllkontorError::argument("bad_code", bad))?;
        let new = NewCode {
            key: booking.into(),
            unit,
            code,
            seed: seed("code_seed", &code_seed)?,
        };
        self.with(|engine| Ok(engine.issue_code(now, new)?))
    }

    /// What the locks open by that this device rents. At most as many as it rents.
    pub fn codes(&self, now: Timestamp) -> Result<Vec<OwnLockCode>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.own_codes(now)?))?;
        let own = |(booking, code): (BookingId, KnownCode)| OwnLockCode {
            booking,
            code: code.into(),
        };
        Ok(found.into_iter().map(own).collect())
    }

    /// What the locks open by that are rented by a slip, to be read out to whoever holds it. On an admin's or staff's
    /// device: a screen in the room shows nobody's.
    pub fn slip_codes(
        &self,
        now: Timestamp,
        code: String,
    ) -> Result<Vec<LockCode>, AllkontorError> {
        let seed = cards::seed_of(&code)?;
        let found = self.with(|engine| Ok(engine.slip_codes(now, &seed)?))?;
        Ok(each(found))
    }

    /// Locks whose codes are to be changed, by unit: for the desk. At most as many as there are locks.
    pub fn codes_due(&self, now: Timestamp) -> Result<Vec<CodeDue>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.codes_due(now)?))?;
        Ok(each(found))
    }
}

impl From<KnownCode> for LockCode {
    fn from(known: KnownCode) -> Self {
        Self {
            unit: known.unit,
            code: known.code.as_str().to_owned(),
            generation: known.generation,
            since: known.since,
            is_due: known.is_due,
        }
    }
}

impl From<replica::CodeDue> for CodeDue {
    fn from(due: replica::CodeDue) -> Self {
        use replica::CodeDueBy as From;
        Self {
            unit: due.unit,
            why: match due.by {
                From::Ended => CodeDueBy::Ended,
                From::Opened => CodeDueBy::Opened,
                From::Twice => CodeDueBy::Twice,
            },
            renter: due.renter.map(BookingKey::from),
        }
    }
}
