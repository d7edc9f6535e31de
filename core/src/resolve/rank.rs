//! Who comes first among requests that are undecided together (spec §6.2).

use super::fold::Fold;
use super::state::{SlotKey, SlotRecord};
use crate::limits::STAMP_STEP;
use crate::time::CivilMinute;
use sha2::{Digest as _, Sha256};

/// A request's place in line; smaller is first. Compared field by field, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Victims first, tickets of a revoked signer last.
    pub class: RankClass,
    /// The quarter of an hour of the later of the claimed minute and the ticket's stamp.
    pub quarter: i32,
    /// A draw nobody can influence after the office was founded: SHA-256(salt ‖ ticket id).
    pub draw: [u8; 32],
    /// Which booking of the ticket.
    pub slot: u8,
}

/// The first thing that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RankClass {
    /// Lost a confirmation through no doing of theirs.
    Victim,
    /// Everybody else.
    Normal,
    /// The device that signed the ticket was revoked.
    RevokedSigner,
}

impl Rank {
    /// The start of the quarter of an hour that counts.
    pub fn since(&self) -> CivilMinute {
        let minute = i64::from(self.quarter).saturating_mul(i64::from(STAMP_STEP));
        CivilMinute::new(minute).unwrap_or(CivilMinute::MIN)
    }

    pub(super) fn of(fold: &Fold, key: &SlotKey, record: &SlotRecord) -> Option<Self> {
        let ticket = fold.resolved().tickets.get(&key.ticket)?;
        let signer = fold.authority().device(&ticket.signer);
        let class = if fold
            .resolved()
            .victims
            .contains(&(*key, record.request.version))
        {
            RankClass::Victim
        } else if signer.is_some_and(|device| device.revoked.is_some()) {
            RankClass::RevokedSigner
        } else {
            RankClass::Normal
        };
        let counts = record.request.claimed.max(ticket.ticket.stamp);
        let salted = Sha256::new()
            .chain_update(fold.authority().genesis().salt)
            .chain_update(key.ticket.0);
        let quarter = counts.get().div_euclid(STAMP_STEP);
        Some(Self {
            class,
            quarter,
            draw: salted.finalize().into(),
            slot: key.slot,
        })
    }
}
