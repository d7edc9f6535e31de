//! The admin chain: who may decide what, and by which rules.

use super::field::kind;
use super::values::in_range;
use super::{Cut, Document, Family, Role};
use crate::cbor::{CborError, Reader, Writer};
use crate::id::{Digest, PublicKey, StatementId, UnitId};
use crate::limits;
use crate::statement::field::Value;
use crate::time::{DayStart, OfficeDay};

kind! {
    /// Founds an office; its id is the office's.
    Genesis {
        /// Signs the admin chain until it is handed over.
        10 admin: PublicKey,
        /// Kept off line; signs only `Replace`.
        11 recovery: PublicKey,
        /// IANA zone name. Never needed to tell what overlaps.
        12 zone: String,
        /// When an office day begins.
        13 day_start: DayStart,
        /// Mixed into the rank, so that ids ground beforehand gain nothing.
        14 salt: [u8; 32],
        /// Version of the resolver's rules.
        15 rules: u16,
    }
}

kind! {
    /// Certifies a device of the office.
    Certify {
        /// The device's key.
        10 device: PublicKey,
        /// What it may do.
        11 role: Role,
    }
}

kind! {
    /// Takes a device's certificate back. Only the first one for a device counts.
    Revoke {
        /// The device.
        10 device: PublicKey,
        /// Where its chains end. A document not named is cut before its first statement.
        11 cuts: Vec<Cut>,
        /// Who takes over what it held.
        12 successor: Option<PublicKey>,
    }
    check |revoke| {
        let sorted = revoke.cuts.windows(2).all(|pair| match pair {
            [a, b] => a.document < b.document,
            _ => true,
        });
        if sorted { Ok(()) } else { Err(CborError::Invalid { what: "cuts", why: "documents are not in ascending order" }) }
    };
}

kind! {
    /// Names a successor for a revoked device that has none.
    Succeed {
        /// The revoked device.
        10 device: PublicKey,
        /// Who takes over.
        11 successor: PublicKey,
    }
}

kind! {
    /// Makes a device the first custodian of units. The first one wins for each unit.
    Assign {
        /// The units.
        10 units: Vec<UnitId>,
        /// Booked by the day or rented by the year.
        11 family: Family,
        /// The custodian.
        12 device: PublicKey,
    }
}

kind! {
    /// Hands the admin chain to another key.
    HandOver {
        /// The key that signs from here on.
        10 admin: PublicKey,
    }
}

kind! {
    /// Signed by the recovery key: says which branch of a forked admin chain stands, and who signs from here on.
    Replace {
        /// The key that signs from here on.
        10 admin: PublicKey,
        /// The last statement that stands; also this statement's `prev`.
        11 keeps: StatementId,
    }
}

kind! {
    /// Publishes a version of the catalogue.
    Publish {
        /// Rises.
        10 version: u32,
        /// SHA-256 of the catalogue's bytes.
        11 hash: Digest,
    }
}

kind! {
    /// Asks every device to drop the ledgers before a day, and refuses them from then on.
    DropBefore {
        /// Which kind of document.
        10 family: Family,
        /// Documents that end before this day go.
        11 before: OfficeDay,
    }
}

kind! {
    /// Puts a later version of the rules in force.
    Activate {
        /// The version.
        10 rules: u16,
        /// The first day it governs.
        11 from: OfficeDay,
    }
}

impl Value for String {
    fn put(&self, to: &mut Writer) {
        to.text(self);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        let text = from.text()?;
        in_range(
            "bytes of a zone name",
            text.len() as u64,
            1,
            limits::MAX_ZONE_BYTES as u64,
        )?;
        Ok(text.to_owned())
    }
}

impl Value for DayStart {
    fn put(&self, to: &mut Writer) {
        self.get().put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        let got = u16::take(from)?;
        Self::new(got).ok_or(CborError::Range {
            what: "start of day",
            got: got.into(),
            min: 0,
            max: 1439,
        })
    }
}

/// Tills, people and commons have no units and are not dropped for themselves: their families are written nowhere, and not read.
impl Value for Family {
    fn put(&self, to: &mut Writer) {
        to.uint(match self {
            Self::Ledger => 0,
            Self::Storage => 1,
            Self::Till => 2,
            Self::People => 3,
            Self::Commons => 4,
            Self::Roster => 5,
        });
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        match from.uint()? {
            0 => Ok(Self::Ledger),
            1 => Ok(Self::Storage),
            got => Err(CborError::Range {
                what: "family",
                got: got.into(),
                min: 0,
                max: 1,
            }),
        }
    }
}

impl Document {
    /// Whether every day of this document is before `before`.
    pub fn ends_before(self, before: OfficeDay) -> bool {
        match self {
            Self::Ledger(month) | Self::Roster(month) => month < before.month(),
            Self::Storage(year) | Self::Till(year) | Self::People(year) | Self::Commons(year) => {
                year < before.year()
            }
            Self::Authority | Self::Other { .. } => false,
        }
    }
}
