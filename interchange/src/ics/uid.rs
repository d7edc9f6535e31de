use allkontor_core::id::{OfficeId, UnitId};
use allkontor_core::resolve::SlotKey;
use allkontor_core::time::{CivilMinute, OfficeDay};
use sha2::{Digest, Sha256};
use std::fmt;

/// What names an event for good: 16 bytes of a SHA-256, in hexadecimal, and `@allkontor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid([u8; 16]);

impl Uid {
    fn new(office: &OfficeId, kind: &str, parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new()
            .chain_update(b"allkontor/1/ics/")
            .chain_update(kind)
            .chain_update([0])
            .chain_update(office.0);
        for part in parts {
            hash.update(part);
        }
        let mut uid = [0; 16];
        let hash = hash.finalize();
        uid.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        Self(uid)
    }

    /// Of a booking, whatever becomes of it. Only who knows its ticket can tell.
    pub fn of_booking(office: &OfficeId, key: &SlotKey) -> Self {
        Self::new(office, "booking", &[&key.ticket.0, &[key.slot]])
    }

    /// Of a date of an event.
    pub fn of_event(office: &OfficeId, key: &SlotKey, start: CivilMinute) -> Self {
        let start = start.get().to_be_bytes();
        Self::new(office, "event", &[&key.ticket.0, &[key.slot], &start])
    }

    /// Of the time at which a unit is taken from a minute on, by whomever.
    pub fn of_busy_time(office: &OfficeId, unit: UnitId, start: CivilMinute) -> Self {
        let (unit, start) = (unit.0.to_be_bytes(), start.get().to_be_bytes());
        Self::new(office, "busy", &[&unit, &start])
    }

    /// Of a closure in the catalogue.
    pub fn of_closure(office: &OfficeId, unit: Option<UnitId>, start: CivilMinute) -> Self {
        let unit = unit.map(|unit| unit.0.to_be_bytes());
        let unit: &[u8] = unit.as_ref().map_or(&[], |unit| unit);
        Self::new(office, "closure", &[&start.get().to_be_bytes(), unit])
    }

    /// Of a date with hours of its own.
    pub fn of_exception(office: &OfficeId, day: OfficeDay) -> Self {
        Self::new(office, "exception", &[&day.get().to_be_bytes()])
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        f.write_str("@allkontor")
    }
}
