//! A phone that is gone.

use crate::ids::{each, seed};
use crate::status::BookingKey;
use crate::{AllkontorError, Device, Slip};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::replica;
use allkontor_core::time::Timestamp;

/// What became of the bookings of whoever lost their phone, as far as this device knows that they are theirs.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LostPhone {
    /// The suspension that makes the keys useless.
    pub suspension: StatementId,
    /// What goes on, on slips.
    pub reissued: Vec<Reissued>,
    /// What stands as it stood.
    pub left: Vec<LeftBooking>,
    /// What waited for a place: to be asked for anew.
    pub waiting: Vec<BookingKey>,
}

/// A booking that goes on under the key of a slip.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Reissued {
    /// The booking of the lost phone, which is released.
    pub before: BookingKey,
    /// The booking of the slip, for the same places and times.
    pub booking: BookingKey,
    /// What is printed.
    pub slip: Slip,
}

/// A booking that was not put on a slip.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct LeftBooking {
    /// The booking.
    pub booking: BookingKey,
    /// Why.
    pub because: LeftBecause,
}

/// Why a booking was not put on a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum LeftBecause {
    /// Another device has custody of a place: it is for that desk.
    Elsewhere,
    /// It is the room of an event of theirs.
    OwnEvent,
    /// They have the thing in their hands: hand it in first.
    HandedOut,
}

#[uniffi::export]
impl Device {
    /// Somebody has lost their phone, or their keys: what they were promised goes on on slips to be printed, with nobody
    /// coming in between, and the keys are suspended for a year, so that whoever has them gets nothing by them. On an
    /// admin's, staff's or kiosk's device; `holder_of` knows whose a booking is. Only what this device issued the tickets for
    /// is known to be theirs: it is to be reported at other desks too. `lost_seed`: 32 random bytes.
    pub fn report_lost(
        &self,
        now: Timestamp,
        holder: PublicKey,
        lost_seed: Vec<u8>,
    ) -> Result<LostPhone, AllkontorError> {
        let drawn = seed("lost_seed", &lost_seed)?;
        let lost = self.with(|engine| Ok(engine.report_lost(now, holder, drawn)?))?;
        Ok(lost.into())
    }
}

impl From<replica::LostPhone> for LostPhone {
    fn from(lost: replica::LostPhone) -> Self {
        Self {
            suspension: lost.suspend,
            reissued: each(lost.reissued),
            left: each(lost.left),
            waiting: each(lost.waiting),
        }
    }
}

impl From<replica::Reissued> for Reissued {
    fn from(reissued: replica::Reissued) -> Self {
        Self {
            before: reissued.before.into(),
            booking: reissued.now.into(),
            slip: Slip::from(&reissued.slip),
        }
    }
}

impl From<(allkontor_core::resolve::SlotKey, replica::LeftBecause)> for LeftBooking {
    fn from((key, because): (allkontor_core::resolve::SlotKey, replica::LeftBecause)) -> Self {
        use replica::LeftBecause as From;
        Self {
            booking: key.into(),
            because: match because {
                From::Elsewhere => LeftBecause::Elsewhere,
                From::OwnEvent => LeftBecause::OwnEvent,
                From::HandedOut => LeftBecause::HandedOut,
            },
        }
    }
}
