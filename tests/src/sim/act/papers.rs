//! Files and codes.

use super::{ASKING, Came};
use crate::chance::Chance;
use crate::sim::op::Who;
use crate::sim::violation::Violation;
use crate::sim::world::World;

/// Changes some of the bytes, cuts them off or adds some.
pub(in crate::sim) fn mangle(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..=chance.below(3) {
        if bytes.is_empty() {
            return;
        }
        let at = chance.below(bytes.len());
        match chance.below(4) {
            0 | 1 => bytes[at] ^= 1 << chance.below(8),
            2 => bytes.truncate(at),
            _ => bytes.insert(at, chance.below(256) as u8),
        }
    }
}

impl World {
    pub(super) fn export(&mut self, who: Who) -> Result<Came, Violation> {
        let file = self.on(who, &[], |device, now| device.export_file(now))?;
        let Some(file) = file else {
            return Ok(Came::Nothing);
        };
        self.keep_file(file);
        Ok(Came::Done)
    }

    pub(super) fn import(
        &mut self,
        who: Who,
        file: u8,
        mangled: bool,
        salt: u64,
    ) -> Result<Came, Violation> {
        let Some(nth) = usize::from(file).checked_rem(self.files.len()) else {
            return Ok(Came::Nothing);
        };
        let mut bytes = self.files[nth].clone();
        if mangled {
            mangle(&mut bytes, &mut Chance(salt));
        }
        let may: &[&str] = if mangled { &["not_a_bundle"] } else { &[] };
        let read = self.on(who, may, |device, now| device.import_file(now, &bytes))?;
        self.counts.add(
            if mangled {
                "damaged papers"
            } else {
                "files read"
            },
            1,
        );
        Ok(Came::of(read))
    }

    pub(super) fn show_card(
        &mut self,
        who: Who,
        nth: u8,
        to: Who,
        mangled: bool,
        salt: u64,
    ) -> Result<Came, Violation> {
        let Some(entry) = self.entry(who, nth)? else {
            return Ok(Came::Nothing);
        };
        let card = self.on(who, ASKING, |device, _| device.request_card(entry.booking))?;
        let Some(mut card) = card.filter(|_| self.nodes.contains_key(&to)) else {
            return Ok(Came::Nothing);
        };
        if mangled {
            mangle(&mut card, &mut Chance(salt));
        }
        let may: &[&str] = if mangled { &["not_a_card"] } else { &[] };
        let read = self.on(to, may, |device, now| device.scan_card(now, &card))?;
        self.counts.add(
            if mangled {
                "damaged papers"
            } else {
                "codes read"
            },
            1,
        );
        Ok(Came::of(read))
    }
}
