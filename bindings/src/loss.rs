//! When a device of the office is lost: a question that changes nothing, then the replacing; and what it had promised.

use crate::desk::Ledger;
use crate::ids::each;
use crate::status::{BookingKey, Role};
use crate::{AllkontorError, Device};
use allkontor_core::id::{PublicKey, StatementId, UnitId};
use allkontor_core::replica::{self, Left};
use allkontor_core::statement::Document;
use allkontor_core::time::{CivilMinute, Timestamp};

/// What is known here of a device, and so what replacing it now would mean.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Replacement {
    /// The device.
    pub device: PublicKey,
    /// What it may do.
    pub role: Role,
    /// What took its certificate back, if it was replaced already.
    pub revoked: Option<StatementId>,
    /// Who took over, if somebody was named.
    pub successor: Option<PublicKey>,
    /// What it leaves in each month and year that it has written or holds something in.
    pub left: Vec<LeftBehind>,
    /// Who could take over: this device first, then those that decide without being assigned, hubs last.
    pub heirs: Vec<PublicKey>,
    /// Months and years, the oldest, that one replacing has no room for: what the device promised there would be void.
    pub left_out: Vec<Ledger>,
}

/// What a device leaves in one month or year, as far as is known here.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LeftBehind {
    /// The month or year.
    pub ledger: Ledger,
    /// How many of its statements have come here.
    pub known: u32,
    /// When the last of them was written down; none when none has come. What it did since is unheard of here.
    pub last_heard: Option<CivilMinute>,
    /// Bookings that it promised and that stand: they are kept.
    pub stands: Vec<BookingKey>,
    /// Bookings that it decides and that are undecided here. It may have promised them unheard.
    pub undecided: Vec<BookingKey>,
    /// Units that it decides about from today on: nobody does before somebody takes over.
    pub units: Vec<UnitId>,
    /// Rights on their way from it or to it that nobody has taken.
    pub in_flight: Vec<StatementId>,
    /// How many statements this very device has signed and lost: only known of itself.
    pub lost: u32,
}

/// What came of a promise that somebody showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Honoured {
    /// The booking; none while its request is not here.
    pub booking: Option<BookingKey>,
    /// What it is worth.
    pub worth: Worth,
}

/// What a promise that somebody shows is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Worth {
    /// It stands: nothing was to be done.
    Stands,
    /// It does not stand, and whoever was promised it comes before all others: it is decided again.
    FirstInLine,
    /// What its device signed before it has not come. Noted: it is vouched for when the rest is here.
    Noted,
    /// The booking has been decided anew since, or has gone another way by its holder's wish or the office's.
    Superseded,
    /// Its device had no right to promise that.
    NotOwed,
}

#[uniffi::export]
impl Device {
    /// What replacing a device now would mean. Changes nothing: the first of two steps. As much as the device has left.
    pub fn replacement(
        &self,
        now: Timestamp,
        device: PublicKey,
    ) -> Result<Replacement, AllkontorError> {
        Ok(self
            .with(|engine| Ok(engine.replacement(now, device)?))?
            .into())
    }

    /// Replaces a device: takes its certificate back at what is known of it, and names who takes over. Only with the
    /// admin key. Answers with the statement that says so.
    ///
    /// What it promised without anybody hearing of it does not stand; whoever was promised it comes first in line when
    /// that comes up. For a device that was replaced before, names the successor that is still missing.
    pub fn replace_device(
        &self,
        now: Timestamp,
        device: PublicKey,
        successor: Option<PublicKey>,
    ) -> Result<StatementId, AllkontorError> {
        self.with(|engine| Ok(engine.replace_device(now, device, successor)?))
    }

    /// Vouches for a promise of a replaced device that came up here: `Alarm.Orphan` names it.
    pub fn honour(&self, now: Timestamp, confirm: StatementId) -> Result<Honoured, AllkontorError> {
        Ok(self.with(|engine| Ok(engine.honour(now, confirm)?))?.into())
    }

    /// Takes in a certificate that somebody shows at the desk, and vouches for what it promises if it does not stand.
    pub fn honour_certificate(
        &self,
        now: Timestamp,
        payload: Vec<u8>,
    ) -> Result<Honoured, AllkontorError> {
        let honoured = self.with(|engine| Ok(engine.honour_certificate(now, &payload)?))?;
        Ok(honoured.into())
    }
}

impl From<replica::Replacement> for Replacement {
    fn from(found: replica::Replacement) -> Self {
        let left = found.documents.into_iter();
        Self {
            device: found.device,
            role: found.role.into(),
            revoked: found.revoked,
            successor: found.successor,
            left: left
                .filter_map(|(document, left)| LeftBehind::of(document, left))
                .collect(),
            heirs: found.heirs,
            left_out: found.left_out.into_iter().filter_map(Ledger::of).collect(),
        }
    }
}

impl LeftBehind {
    fn of(document: Document, left: Left) -> Option<Self> {
        Some(Self {
            ledger: Ledger::of(document)?,
            known: left.head.map_or(0, |head| head.seq.saturating_add(1)),
            last_heard: left.last_heard,
            stands: each(left.stands),
            undecided: each(left.undecided),
            units: left.units.into_iter().collect(),
            in_flight: left.in_flight.into_iter().collect(),
            lost: left.lost,
        })
    }
}

impl From<replica::Honoured> for Honoured {
    fn from(honoured: replica::Honoured) -> Self {
        use replica::HonourStanding as From;
        Self {
            booking: honoured.key.map(BookingKey::from),
            worth: match honoured.standing {
                From::Stands => Worth::Stands,
                From::FirstInLine => Worth::FirstInLine,
                From::Noted => Worth::Noted,
                From::Superseded => Worth::Superseded,
                From::NotOwed => Worth::NotOwed,
            },
        }
    }
}
