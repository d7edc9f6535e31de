//! The numbers that a holder's ticket keys are derived by (SPEC 3): a line of them for each document and lane, so that a
//! phone finds all its keys from its seed alone.

use super::Wallet;
use crate::id::PublicKey;
use crate::limits::MAX_LANES;
use crate::statement::{Document, Keypair};
use std::collections::BTreeSet;

/// How many keys of a line beyond the last one known are looked for in documents. A line grows with tickets that came,
/// not with orders: what nobody answered is asked for again under the same key.
const AHEAD: u32 = 32;

const TAG: u32 = 56;
const PERIOD: u32 = 40;
const LANE: u32 = 32;

/// The number that the key of a ticket is derived by: the `index`th that a phone asks for in a document under that lane.
/// What is rented goes on from year to year under one key, so storage documents share a line.
pub fn ticket_number(document: Document, lane: u8, index: u32) -> u64 {
    line(document, lane) | u64::from(index)
}

fn line(document: Document, lane: u8) -> u64 {
    let (tag, period) = document.to_parts();
    let period = match document {
        Document::Storage(_) => 0,
        _ => period,
    };
    u64::from(tag) << TAG | u64::from(period) << PERIOD | u64::from(lane) << LANE
}

fn line_of(number: u64) -> u64 {
    number >> LANE << LANE
}

pub(super) fn lane_of(number: u64) -> u8 {
    u8::try_from(number >> LANE & 0xff).unwrap_or(u8::MAX)
}

/// The key pair that a ticket is asked for with.
pub(super) fn ticket_key(seed: &Keypair, number: u64) -> Keypair {
    seed.derive("ticket", number)
}

impl Wallet {
    /// The number of one of our keys, also of one that this wallet has forgotten, or that another device has asked with
    /// that goes by the same keys.
    pub(crate) fn number_of(
        &mut self,
        document: Document,
        key: &PublicKey,
        seed: &Keypair,
    ) -> Option<u64> {
        let lanes = match self.copied {
            true => 0..=MAX_LANES.saturating_sub(1),
            false => self.lane..=self.lane,
        };
        for lane in lanes {
            let line = line(document, lane);
            let next = self.next.get(&line).copied().unwrap_or_default();
            let looked = self.looked.entry(line).or_default();
            for index in *looked..next.saturating_add(AHEAD) {
                let number = line | u64::from(index);
                let key = ticket_key(seed, number).public();
                self.numbers.insert(key, number);
                *looked = index.saturating_add(1);
            }
        }
        self.numbers.get(key).copied()
    }

    /// The number of a key that this device asks for its next ticket with.
    pub(super) fn next_number(&mut self, document: Document) -> u64 {
        let line = line(document, self.lane);
        let next = self.next.entry(line).or_default();
        let number = line | u64::from(*next);
        *next = next.saturating_add(1);
        number
    }

    /// Notes that somebody goes by that number.
    pub(super) fn note_number(&mut self, number: u64) {
        let index = u32::try_from(number & u64::from(u32::MAX)).unwrap_or(u32::MAX);
        let next = self.next.entry(line_of(number)).or_default();
        *next = (*next).max(index.saturating_add(1));
    }

    /// Forgets the lines of a document that was dropped. Rentals go on from year to year.
    pub(super) fn forget_lines(&mut self, document: Document) {
        if !matches!(document, Document::Storage(_)) {
            let of = |number: u64| number >> PERIOD == line(document, 0) >> PERIOD;
            self.next.retain(|line, _| !of(*line));
        }
    }

    /// The lane that this device opens new slots in.
    pub(crate) fn lane(&self) -> u8 {
        self.lane
    }

    /// Whether that number is of this device's own lane.
    pub(super) fn is_own_lane(&self, number: u64) -> bool {
        lane_of(number) == self.lane
    }

    /// Lanes that something was asked for in, as far as is known here.
    pub(crate) fn lanes_used(&self) -> BTreeSet<u8> {
        self.next.keys().map(|line| lane_of(*line)).collect()
    }

    /// The lane for one more device: the first that nobody goes by. Of those that are all in use the next one: whoever
    /// shares it finds out.
    pub(crate) fn free_lane(&self) -> u8 {
        let used = self.lanes_used();
        let mut lanes = 0..MAX_LANES;
        let free = lanes.find(|lane| *lane != self.lane && !used.contains(lane));
        free.unwrap_or_else(|| self.lane.saturating_add(1) % MAX_LANES)
    }

    /// Another device goes by this one's lane: goes on in a free one. Which of them depends on what this device has said,
    /// so that two that find out about each other do not meet again.
    pub(crate) fn leave_lane(&mut self) {
        use sha2::Digest as _;
        let used = self.lanes_used();
        let free: Vec<u8> = (0..MAX_LANES)
            .filter(|lane| *lane != self.lane && !used.contains(lane))
            .collect();
        let mut hash = sha2::Sha256::new();
        for said in self.bookings.values().flat_map(|entry| &entry.said) {
            hash.update(said);
        }
        let draw = u64::from_be_bytes(first_bytes(&hash.finalize().into()));
        let place = draw.checked_rem(free.len() as u64).unwrap_or_default();
        let place = usize::try_from(place).unwrap_or_default();
        if let Some(lane) = free.get(place) {
            self.lane = *lane;
            self.moved = true;
        }
    }

    /// Its keys are, or may be, on another device too.
    pub(crate) fn is_copied(&self) -> bool {
        self.copied
    }

    /// Notes that its keys may be on another device.
    pub(crate) fn copy(&mut self) {
        self.copied = true;
    }

    /// A wallet that knows nothing but its seed: of a device in that lane.
    pub(crate) fn of_lane(lane: u8, copied: bool) -> Self {
        Self {
            lane,
            seeks: copied,
            ..Self::default()
        }
    }

    /// Whether it has not heard of everything yet that other devices did under its keys.
    pub(crate) fn seeks(&self) -> bool {
        self.seeks
    }

    /// An office's device has told everything.
    pub(crate) fn has_found(&mut self) {
        self.seeks = false;
    }

    /// Whether it left its lane to another device.
    pub(crate) fn has_moved(&self) -> bool {
        self.moved
    }

    /// The seed is another, and on this device alone: so are the keys.
    pub(crate) fn forget_keys(&mut self) {
        self.numbers.clear();
        self.looked.clear();
        (self.lane, self.copied, self.seeks, self.moved) = (0, false, false, false);
    }
}

fn first_bytes(hash: &[u8; 32]) -> [u8; 8] {
    let mut first = [0; 8];
    first
        .iter_mut()
        .zip(hash)
        .for_each(|(to, from)| *to = *from);
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Month;

    #[test]
    fn numbers_of_documents_lanes_and_tickets_do_not_meet() {
        let month = |n| Document::Ledger(Month::new(2026, n).unwrap());
        let documents = [
            month(11),
            month(12),
            Document::Storage(2026),
            Document::Commons(2026),
        ];
        let mut seen = BTreeSet::new();
        for document in documents {
            for lane in 0..MAX_LANES {
                for index in [0, 1, u32::MAX] {
                    let number = ticket_number(document, lane, index);
                    assert!(seen.insert(number));
                    assert_eq!(lane_of(number), lane);
                    assert_eq!(line_of(number), ticket_number(document, lane, 0));
                }
            }
        }
        let next_year = ticket_number(Document::Storage(2027), 3, 7);
        assert_eq!(next_year, ticket_number(Document::Storage(2026), 3, 7));
    }

    #[test]
    fn a_key_is_found_as_far_ahead_as_is_looked_and_in_every_lane_once_keys_are_copied() {
        let (seed, document) = (Keypair::from_seed(&[5; 32]), Document::Commons(2026));
        let key = |lane, index| ticket_key(&seed, ticket_number(document, lane, index)).public();
        let mut wallet = Wallet::default();
        let found = |wallet: &mut Wallet, lane, index| {
            wallet
                .number_of(document, &key(lane, index), &seed)
                .is_some()
        };
        assert!(found(&mut wallet, 0, AHEAD - 1) && !found(&mut wallet, 0, AHEAD));
        assert!(!found(&mut wallet, 1, 0));
        wallet.copy();
        assert!(found(&mut wallet, MAX_LANES - 1, 0));
        assert!(!found(&mut wallet, MAX_LANES, 0));
        wallet.note_number(ticket_number(document, 0, 3));
        assert!(found(&mut wallet, 0, AHEAD + 3) && !found(&mut wallet, 0, AHEAD + 4));
    }
}
