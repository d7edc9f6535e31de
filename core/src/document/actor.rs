use crate::cbor::Writer;
use crate::id::PublicKey;
use crate::statement::Document;
use crate::time::OfficeDay;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// An author of changes in one document: one device on one office day, in one incarnation of its database.
///
/// Time-ordered, because Automerge renumbers everything when an author sorts in between; and new after a suspected
/// restore, because two changes with one number by one author can never be merged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub [u8; 16]);

impl ActorId {
    /// Four bytes of the office day, big-endian, then 12 of SHA-256(device ‖ document ‖ incarnation).
    ///
    /// `incarnation` counts how often the device's database was lost, restored or suspected of it.
    pub fn derive(day: OfficeDay, device: PublicKey, document: Document, incarnation: u32) -> Self {
        let mut place = Writer::new();
        document.write(&mut place);
        let hash: [u8; 32] = Sha256::new()
            .chain_update(b"allkontor/1/actor")
            .chain_update(device.as_bytes())
            .chain_update(place.into_bytes())
            .chain_update(incarnation.to_be_bytes())
            .finalize()
            .into();
        // The sign bit is flipped so that days before 2000 sort first.
        let day = day.get().to_be_bytes();
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(day.into_iter().chain(hash)) {
            *to = from;
        }
        if let Some(sign) = bytes.first_mut() {
            *sign ^= 0x80;
        }
        Self(bytes)
    }

    /// What is the same on every day: which device it is, in which incarnation.
    pub fn name(&self) -> [u8; 12] {
        let mut name = [0; 12];
        for (to, from) in name.iter_mut().zip(self.0.iter().skip(4)) {
            *to = *from;
        }
        name
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl fmt::Debug for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ActorId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_days_sort_later_and_every_part_counts() {
        let day = |n| OfficeDay::new(n).unwrap();
        let (device, ledger) = (PublicKey([7; 32]), Document::Authority);
        let actors: Vec<_> = [-400, -1, 0, 1, 255, 256, 9000]
            .map(|n| ActorId::derive(day(n), device, ledger, 0))
            .into();
        assert!(actors.is_sorted_by(|a, b| a < b));
        let base = ActorId::derive(day(1), device, ledger, 0);
        for other in [
            ActorId::derive(day(1), PublicKey([8; 32]), ledger, 0),
            ActorId::derive(day(1), device, Document::Storage(2026), 0),
            ActorId::derive(day(1), device, ledger, 1),
        ] {
            assert_ne!(base, other);
        }
    }
}
