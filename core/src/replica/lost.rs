//! A phone that is gone: its keys are good for nothing from here on, and what was promised under them goes on on paper.

use super::{Outcome, Replica};
use crate::command::Heir;
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::limits::MAX_SUSPENSION_DAYS;
use crate::resolve::{ConfirmState, SlotKey};
use crate::statement::{
    Cause, CheckIn, Document, EventKey, Family, Ground, Keypair, Release, Request, Wish,
};
use crate::sync::qr::Slip;
use crate::time::{OfficeDay, Timestamp};

/// What became of the bookings of whoever lost their phone, as far as this device knows that they are theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostPhone {
    /// The suspension that makes the keys useless.
    pub suspend: StatementId,
    /// What goes on, on slips.
    pub reissued: Vec<Reissued>,
    /// What stands as it stood.
    pub left: Vec<(SlotKey, LeftBecause)>,
    /// What waited for a place: to be asked for anew.
    pub waiting: Vec<SlotKey>,
}

/// A booking that goes on under the key of a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reissued {
    /// The booking of the lost phone, which is released.
    pub before: SlotKey,
    /// The booking of the slip, for the same places and times.
    pub now: SlotKey,
    /// What is printed.
    pub slip: Slip,
}

/// Why a booking was not put on a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftBecause {
    /// Another device has custody of a place: it is for that desk.
    Elsewhere,
    /// It is the room of an event of theirs.
    OwnEvent,
    /// They have the thing in their hands: hand it in first.
    HandedOut,
}

impl Replica {
    /// Puts what a holder was promised on slips, releases it under the lost keys, and suspends these for as long as may be.
    /// `seed`: 32 random bytes, from which the slips follow.
    pub(super) fn report_lost(
        &mut self,
        now: Timestamp,
        holder: PublicKey,
        seed: &[u8; 32],
    ) -> Result<Outcome, Error> {
        self.require_facts()?;
        let waiting = self.pending_of(&holder);
        let (mut reissued, mut left) = (Vec::new(), Vec::new());
        let slips = Keypair::from_seed(seed);
        for (number, key) in (0..).zip(self.promised_to(now, &holder)?) {
            let document = match self.standing_confirmation(&key) {
                Ok((document, _)) => document,
                Err(Error::NotCustodian { .. }) => {
                    left.push((key, LeftBecause::Elsewhere));
                    continue;
                }
                // A rental's part in the next year, which went with the one before.
                Err(_) => continue,
            };
            if let Some(why) = self.must_stay(document, &key) {
                left.push((key, why));
                continue;
            }
            let slip_seed = slip_seed(&slips, number);
            let outcome = match document.family() {
                Some(Family::Storage) => {
                    let until = None;
                    self.transfer(now, key, &Heir::Slip { slip_seed, until })?
                }
                _ => self.book_on_slip(now, key, slip_seed)?,
            };
            if let Outcome::Transferred {
                to,
                slip: Some(slip),
            } = outcome
            {
                let before = key;
                reissued.push(Reissued {
                    before,
                    now: to,
                    slip,
                });
            }
        }
        let suspend = self.suspend_lost(now, holder)?;
        Ok(Outcome::ReportedLost(Box::new(LostPhone {
            suspend,
            reissued,
            left,
            waiting,
        })))
    }

    /// For as long as may be; once, though it is reported at several desks.
    fn suspend_lost(&mut self, now: Timestamp, holder: PublicKey) -> Result<StatementId, Error> {
        let known = self
            .suspensions(now)?
            .into_iter()
            .find(|(_, known)| known.holder == holder && known.ground == Ground::LostKeys);
        if let Some((suspend, _)) = known {
            self.decide_all(now)?;
            return Ok(suspend);
        }
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        let longest = i32::try_from(MAX_SUSPENSION_DAYS).unwrap_or(i32::MAX);
        let until = today.plus(longest.saturating_sub(1));
        self.say_suspended(now, holder, until, Ground::LostKeys)
    }

    fn is_of(&self, holder: &PublicKey, key: &SlotKey) -> bool {
        self.desk.holder_of(&key.ticket) == Some(*holder)
    }

    fn pending_of(&self, holder: &PublicKey) -> Vec<SlotKey> {
        let ledgers = self.shelf.ledgers.values();
        let pending = ledgers.flat_map(|ledger| ledger.fold.pending());
        pending
            .filter(|key| self.is_of(holder, key))
            .copied()
            .collect()
    }

    /// What stands for a holder and is not over, in the order of its documents.
    fn promised_to(&self, now: Timestamp, holder: &PublicKey) -> Result<Vec<SlotKey>, Error> {
        let now = self.civil(now)?;
        let documents = self.shelf.ledgers.keys();
        let standing = documents.flat_map(|document| self.standing_last(*document));
        let theirs = standing
            .map(|(_, of)| of)
            .filter(|of| self.is_of(holder, &of.key))
            .filter(|of| of.holds.iter().any(|p| now < p.hold.interval().end()));
        Ok(theirs.map(|of| of.key).collect())
    }

    fn must_stay(&self, document: Document, key: &SlotKey) -> Option<LeftBecause> {
        let resolved = self.shelf.ledger(document)?.fold.resolved();
        let slot = resolved.slots.get(key)?;
        let own = EventKey {
            ticket: key.ticket,
            slot: key.slot,
        };
        if slot.current()?.request.event == Some(own) {
            return Some(LeftBecause::OwnEvent);
        }
        let mut out = resolved.loans.values().filter(|loan| loan.back.is_none());
        let handed_out = out.any(|loan| slot.confirmed.contains(&loan.confirm));
        handed_out.then_some(LeftBecause::HandedOut)
    }

    /// Books what a phone had for somebody with a slip instead.
    fn book_on_slip(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        seed: [u8; 16],
    ) -> Result<Outcome, Error> {
        let (document, confirm) = self.standing_confirmation(&key)?;
        let gone = || Error::NotConfirmed { key };
        let resolved = self
            .shelf
            .ledger(document)
            .map(|ledger| ledger.fold.resolved());
        let resolved = resolved.ok_or_else(gone)?;
        let was = resolved.confirmations.get(&confirm).ok_or_else(gone)?;
        let asked = resolved.slots.get(&key).and_then(|slot| slot.current());
        let asked = &asked.ok_or_else(gone)?.request;
        let (event, party, accepts) = (asked.event, asked.party, asked.accepts);
        let came = was.state == ConfirmState::CheckedIn;
        let holds: Vec<_> = was.holds.iter().map(|placed| placed.hold).collect();

        let cause = Cause::Transferred;
        self.decide_that(now, document, Release { confirm, cause })?;
        let slip_key = Slip::key_of(&seed);
        let vouched = self.is_staff();
        let ticket = self.sign_ticket(now, slip_key.public(), document, Vec::new(), 1, vouched)?;
        let request = Request {
            event,
            ticket,
            slot: 0,
            version: 0,
            options: vec![holds.iter().map(|hold| hold.wish()).collect::<Vec<Wish>>()],
            any_equal: None,
            party,
            claimed: self.civil(now)?,
            accepts,
        };
        let confirm = self.confirm_for_slip(now, document, &slip_key, request, holds)?;
        if came {
            self.decide_that(now, document, CheckIn { confirm })?;
        }
        let slip = Some(Slip { seed, ticket });
        let to = SlotKey { ticket, slot: 0 };
        Ok(Outcome::Transferred { to, slip })
    }
}

fn slip_seed(slips: &Keypair, number: u64) -> [u8; 16] {
    let mut seed = [0; 16];
    let drawn = slips.derive("slip of a lost phone", number).to_seed();
    seed.iter_mut().zip(drawn).for_each(|(to, from)| *to = from);
    seed
}
