//! One person's keys on several devices: a backup of them, and what becomes of a device that shares them.

use super::desk_commands::MONTHS_AHEAD;
use super::{Effects, Outcome, Replica, Standing};
use crate::statement::Document;
use crate::sync::qr::Backup;
use crate::time::{CivilMinute, OfficeDay};
use std::collections::BTreeSet;

/// How a device shares its keys with others of the same person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnKeys {
    /// Whether they are, or may be, on another device too: it was restored from a backup, or has shown one.
    pub copied: bool,
    /// The lane that this device opens new bookings in: no two devices of one person should have the same.
    pub lane: u8,
    /// Other lanes that something was asked for in, as far as is known here.
    pub others: BTreeSet<u8>,
    /// Whether it found another device in its own lane, because one backup was restored twice, and has left it. What both
    /// had asked for under one ticket was asked for again.
    pub moved: bool,
    /// Whether it was restored and has not met a device of the office since: it may not know of all bookings yet.
    pub seeks: bool,
}

impl Replica {
    /// How this device shares its keys.
    pub fn own_keys(&self) -> OwnKeys {
        let mut others = self.wallet.lanes_used();
        others.remove(&self.wallet.lane());
        OwnKeys {
            copied: self.wallet.is_copied(),
            lane: self.wallet.lane(),
            others,
            moved: self.wallet.has_moved(),
            seeks: self.wallet.seeks(),
        }
    }

    /// A backup of a visitor's keys; `None` on a device that is or was one of the office's: a chain that two devices sign
    /// is a fork. From now on this device takes it that another one goes by its keys.
    pub fn backup(&mut self) -> Option<Backup> {
        let me = self.key.public();
        let certified = self.authority().and_then(|office| office.device(&me));
        if self.standing() != Standing::Visitor || certified.is_some() {
            return None;
        }
        self.wallet.copy();
        let name = self
            .catalogue()
            .map(|catalogue| catalogue.profile().name.in_language("sv").to_owned());
        Some(Backup {
            seed: self.key.to_seed(),
            office: self.office,
            lane: self.wallet.free_lane(),
            name: name.unwrap_or_default(),
        })
    }

    /// Whether a restored device still follows everything, to find what its keys have done.
    pub(crate) fn seeks(&self) -> bool {
        self.wallet.seeks()
    }

    /// The documents that another device of the same person may book in: that is heard of wherever it is.
    pub(crate) fn documents_of_others(&self, now: CivilMinute) -> Vec<Document> {
        if !self.wallet.is_copied() {
            return Vec::new();
        }
        let month = OfficeDay::of(now, self.shelf.day_start()).month();
        let months = std::iter::successors(Some(month), |month| Some(month.next()));
        let months = months.take(usize::from(MONTHS_AHEAD).saturating_add(1));
        let year = self.year_of(now);
        let years = [year, year.saturating_add(1)].map(Document::Storage);
        months.map(Document::Ledger).chain(years).collect()
    }

    /// The lane that it opens new slots in, to be kept in the vault.
    pub(crate) fn lane(&self) -> u8 {
        self.wallet.lane()
    }

    /// A device of the office has told everything that it has.
    pub(crate) fn has_found(&mut self) -> Effects {
        self.effects = Effects::default();
        self.wallet.has_found();
        self.keep_wallet();
        self.finish(Outcome::Done)
    }
}
