//! A booking on paper: whoever holds the slip speaks for it, at any of the office's devices.

use super::{DeskEntry, Outcome, Replica};
use crate::error::Error;
use crate::resolve::SlotKey;
use crate::statement::{Arrive, Body, Cancel, Document};
use crate::sync::qr::Slip;
use crate::time::Timestamp;

/// What the holder of a slip says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipSays {
    /// The booking is not wanted any more.
    Cancel,
    /// "I am here."
    Arrive,
}

impl Replica {
    /// The booking on a slip, and how it stands; `None` when its ticket is not known here. `seed` is what the slip's QR
    /// code holds, and what its short code is read to.
    pub fn slip(&self, seed: &[u8; 16]) -> Option<DeskEntry> {
        let (document, key) = self.booking_on(seed)?;
        let status = self.status(document, &key);
        Some(DeskEntry { key, status })
    }

    /// A slip's ticket has one slot.
    fn booking_on(&self, seed: &[u8; 16]) -> Option<(Document, SlotKey)> {
        let holder = Slip::key_of(seed).public();
        self.shelf.ledgers.iter().find_map(|(document, ledger)| {
            let mut tickets = ledger.fold.resolved().tickets.iter();
            let (ticket, _) = tickets.find(|(_, record)| record.ticket.key == holder)?;
            let key = SlotKey {
                ticket: *ticket,
                slot: 0,
            };
            Some((*document, key))
        })
    }

    pub(super) fn speak_for_slip(
        &mut self,
        now: Timestamp,
        seed: &[u8; 16],
        says: SlipSays,
    ) -> Result<Outcome, Error> {
        let (document, key) = self.booking_on(seed).ok_or(Error::NoSuchSlip)?;
        let SlotKey { ticket, slot } = key;
        let ledger = self.shelf.ledger(document).ok_or(Error::NoSuchSlip)?;
        let state = ledger.fold.resolved().slots.get(&key);
        let current = state.and_then(|slot| slot.current());
        let version = current.map_or(0, |current| current.request.version);
        let body: Body = match says {
            SlipSays::Cancel => Cancel {
                ticket,
                slot,
                version,
            }
            .into(),
            SlipSays::Arrive => Arrive {
                ticket,
                slot,
                claimed: self.civil(now)?,
            }
            .into(),
        };
        let said = self.say(&Slip::key_of(seed), document, body)?;
        if self.standing().decides() {
            self.admit(document, said);
        } else {
            self.carry(said);
        }
        Ok(Outcome::Done)
    }
}
