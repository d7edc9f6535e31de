//! A booking on paper: whoever holds the slip speaks for it, at any of the office's devices.

use super::{DeskEntry, Outcome, Replica};
use crate::error::Error;
use crate::id::StatementId;
use crate::limits::MAX_VERSION;
use crate::resolve::SlotKey;
use crate::statement::{Arrive, Body, Cancel, Confirm, Document, Hold, Keypair, Request};
use crate::sync::qr::Slip;
use crate::time::{CivilMinute, Timestamp};

/// What the holder of a slip says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipSays {
    /// The booking is not wanted any more.
    Cancel,
    /// "I am here."
    Arrive,
    /// What is rented is to be kept until then; the last minute there is means without an end.
    Keep {
        /// Until when.
        until: CivilMinute,
    },
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
        self.bookings_on(seed).first().copied()
    }

    /// The same in every document that it is in: a rental has a part in each year.
    pub(super) fn bookings_on(&self, seed: &[u8; 16]) -> Vec<(Document, SlotKey)> {
        let holder = Slip::key_of(seed).public();
        let ledgers = self.shelf.ledgers.iter();
        let found = ledgers.filter_map(|(document, ledger)| {
            let ticket = ledger.fold.ticket_of(&holder)?;
            Some((*document, SlotKey { ticket, slot: 0 }))
        });
        found.collect()
    }

    pub(super) fn speak_for_slip(
        &mut self,
        now: Timestamp,
        seed: &[u8; 16],
        says: SlipSays,
    ) -> Result<Outcome, Error> {
        let bookings = self.bookings_on(seed);
        if bookings.is_empty() {
            return Err(Error::NoSuchSlip);
        }
        let said: Vec<(Document, Body)> = match says {
            SlipSays::Cancel => {
                let all = bookings.iter();
                all.map(|(document, key)| (*document, self.cancel_of_slip(*document, key)))
                    .collect()
            }
            SlipSays::Arrive => {
                let claimed = self.civil(now)?;
                let first = bookings.first().into_iter();
                let arrive = |(document, key): &(Document, SlotKey)| {
                    let SlotKey { ticket, slot } = *key;
                    let arrive = Arrive {
                        ticket,
                        slot,
                        claimed,
                    };
                    (*document, arrive.into())
                };
                first.map(arrive).collect()
            }
            SlipSays::Keep { until } => vec![self.keep_slip_until(now, seed, until)?],
        };
        for (document, body) in said {
            let said = self.say(&Slip::key_of(seed), document, body)?;
            if self.standing().decides() {
                self.admit(document, said);
            } else {
                self.carry(said);
            }
        }
        Ok(Outcome::Done)
    }

    fn cancel_of_slip(&self, document: Document, key: &SlotKey) -> Body {
        let SlotKey { ticket, slot } = *key;
        let ledger = self.shelf.ledger(document);
        let state = ledger.and_then(|ledger| ledger.fold.resolved().slots.get(key));
        let current = state.and_then(|slot| slot.current());
        let version = match document {
            // The office may be writing a version of its own just now.
            Document::Storage(_) => MAX_VERSION,
            _ => current.map_or(0, |current| current.request.version),
        };
        Cancel {
            ticket,
            slot,
            version,
        }
        .into()
    }

    /// Confirms what is asked for in the name of somebody with a slip, in one turn: nobody who waits comes in between.
    pub(super) fn confirm_for_slip(
        &mut self,
        now: Timestamp,
        document: Document,
        slip_key: &Keypair,
        request: Request,
        holds: Vec<Hold>,
    ) -> Result<StatementId, Error> {
        let request = self.say(slip_key, document, request)?;
        let id = request.id();
        self.record(document, request);
        let confirm = Confirm {
            request: id,
            holds,
            ends: None,
        };
        self.decide_that(now, document, confirm)
    }
}
