//! Things in people's hands, and what was opened without its renter: physical facts, which win over what anybody claims.

use super::remarks::Remarked;
use super::{BookingId, Outcome, Replica};
use crate::error::Error;
use crate::id::{ConditionId, PublicKey, StatementId, UnitId};
use crate::limits::MAX_CONDITIONS;
use crate::model::CellSpan;
use crate::resolve::{Loan, SlotKey};
use crate::statement::{Cause, Document, HandIn, HandOut, Opened};
use crate::time::{CivilMinute, Timestamp};

/// A thing that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoanOut {
    /// The `HandOut`.
    pub hand_out: StatementId,
    /// The booking of whoever has it.
    pub key: SlotKey,
    /// The thing.
    pub unit: UnitId,
    /// When it was handed out.
    pub since: CivilMinute,
    /// When it is to be back.
    pub due: CivilMinute,
    /// Whether it should be back by now.
    pub is_late: bool,
    /// What was said of its condition when it went out.
    pub condition: Vec<ConditionId>,
    /// What was remarked then; for stewards.
    pub remark: Option<Remarked>,
}

/// A thing that is out, and whether whoever has it was promised that one.
pub(super) struct Out {
    pub(super) hand_out: StatementId,
    pub(super) key: SlotKey,
    pub(super) unit: UnitId,
    pub(super) since: CivilMinute,
    pub(super) due: CivilMinute,
    pub(super) is_as_promised: bool,
    pub(super) unit_is_rented: bool,
    condition: Vec<ConditionId>,
}

/// A unit that was opened without its renter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The statement.
    pub id: StatementId,
    /// The unit.
    pub unit: UnitId,
    /// When.
    pub minute: CivilMinute,
    /// Why.
    pub cause: Cause,
    /// The device that says so.
    pub device: PublicKey,
    /// What was remarked; for stewards.
    pub remark: Option<Remarked>,
}

impl Replica {
    /// Things that are out and not back; of two that have one thing, the one to whom it was handed last.
    pub(super) fn things_out(&self) -> Vec<Out> {
        let mut all: Vec<Out> = Vec::new();
        for (document, ledger) in &self.shelf.ledgers {
            let loans = ledger.fold.resolved().loans.iter();
            let open = loans.filter(|(_, loan)| loan.back.is_none());
            all.extend(open.filter_map(|(id, loan)| self.out(*document, *id, loan)));
        }
        all.sort_by_key(|out| (out.unit, out.since, out.hand_out));
        let last = |at: usize, out: &Out| {
            all.get(at.saturating_add(1))
                .is_none_or(|next| next.unit != out.unit)
        };
        let kept: Vec<bool> = all
            .iter()
            .enumerate()
            .map(|(at, out)| last(at, out))
            .collect();
        let kept = all.into_iter().zip(kept);
        kept.filter(|(_, kept)| *kept).map(|(out, _)| out).collect()
    }

    fn out(&self, document: Document, hand_out: StatementId, loan: &Loan) -> Option<Out> {
        let resolved = self.shelf.ledger(document)?.fold.resolved();
        let named = resolved.confirmations.get(&loan.confirm)?;
        let slot = resolved.slots.get(&named.key)?;
        let last = slot
            .last()
            .and_then(|last| resolved.confirmations.get(&last));
        let holds = &last
            .filter(|last| last.state.stands())
            .unwrap_or(named)
            .holds;
        let due = holds
            .iter()
            .map(|placed| placed.hold.interval().end())
            .max()?;
        let class = self
            .catalogue()
            .and_then(|catalogue| catalogue.class_of(loan.unit));
        Some(Out {
            hand_out,
            key: named.key,
            unit: loan.unit,
            since: loan.minute,
            due,
            is_as_promised: holds.iter().any(|placed| placed.hold.unit == loan.unit),
            unit_is_rented: class.is_some_and(|class| class.cells == CellSpan::Year),
            condition: loan.condition.clone(),
        })
    }

    /// Things that are out, by unit: for stewards.
    pub fn loans(&self, now: Timestamp) -> Result<Vec<LoanOut>, Error> {
        let minute = self.civil(now)?;
        let told = |out: Out| LoanOut {
            hand_out: out.hand_out,
            key: out.key,
            unit: out.unit,
            since: out.since,
            due: out.due,
            is_late: minute >= out.due,
            condition: out.condition,
            remark: self.remarked(&out.hand_out),
        };
        Ok(self.things_out().into_iter().map(told).collect())
    }

    /// What whoever has this device has borrowed, with the booking of each.
    pub fn own_loans(&self, now: Timestamp) -> Result<Vec<(BookingId, LoanOut)>, Error> {
        let all = self.loans(now)?;
        let own = all.into_iter().filter_map(|loan| {
            let mut bookings = self.wallet.bookings();
            let (booking, _) = bookings.find(|(_, entry)| entry.slot_key() == Some(loan.key))?;
            Some((booking, loan))
        });
        Ok(own.collect())
    }

    /// Hands a thing to whoever has that booking, whichever thing it was promised.
    pub(super) fn hand_out(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        unit: UnitId,
        condition: Vec<ConditionId>,
        remark: Option<&str>,
    ) -> Result<Outcome, Error> {
        self.require_facts()?;
        self.check_condition(&condition)?;
        self.require_catalogue()?
            .unit(unit)
            .ok_or(Error::NoSuchUnit { unit })?;
        if self.things_out().iter().any(|out| out.unit == unit) {
            return Err(Error::StillOut { unit });
        }
        let (document, _) = self.find_slot(&key)?;
        let confirm = self.last_of(document, &key);
        let confirm = confirm.ok_or(Error::NotConfirmed { key })?;
        let minute = self.civil(now)?;
        let remark = self.write_remark(now, remark)?;
        let id = self.decide_that(
            now,
            document,
            HandOut {
                confirm,
                unit,
                minute,
                condition,
                remark,
            },
        )?;
        Ok(Outcome::HandedOut(id))
    }

    /// A thing is back.
    pub(super) fn hand_in(
        &mut self,
        now: Timestamp,
        unit: UnitId,
        condition: Vec<ConditionId>,
        remark: Option<&str>,
    ) -> Result<Outcome, Error> {
        self.require_facts()?;
        self.check_condition(&condition)?;
        let minute = self.civil(now)?;
        // Whoever else was thought to have it does not.
        let mut open = Vec::new();
        for (document, ledger) in &self.shelf.ledgers {
            let loans = ledger.fold.resolved().loans.iter();
            let of_unit = loans.filter(|(_, loan)| loan.unit == unit && loan.back.is_none());
            open.extend(of_unit.map(|(id, _)| (*document, *id)));
        }
        if open.is_empty() {
            return Err(Error::NotOut { unit });
        }
        let remark = self.write_remark(now, remark)?;
        for (document, hand_out) in open {
            let condition = condition.clone();
            let hand_in = HandIn {
                hand_out,
                minute,
                condition,
                remark,
            };
            self.decide_that(now, document, hand_in)?;
        }
        Ok(Outcome::Done)
    }

    fn check_condition(&self, condition: &[ConditionId]) -> Result<(), Error> {
        let catalogue = self.require_catalogue()?;
        let known = &catalogue.parts().conditions;
        let unknown = condition
            .iter()
            .find(|condition| !known.contains_key(condition));
        if let Some(condition) = unknown {
            return Err(Error::NoSuchCondition {
                condition: *condition,
            });
        }
        match condition.len() {
            got if got > MAX_CONDITIONS => Err(Error::TooManyConditions { got }),
            _ => Ok(()),
        }
    }

    /// Notes that a unit was opened without its renter.
    pub(super) fn open_unit(
        &mut self,
        now: Timestamp,
        unit: UnitId,
        cause: Cause,
        remark: Option<&str>,
    ) -> Result<Outcome, Error> {
        self.require_facts()?;
        let catalogue = self.require_catalogue()?;
        let class = catalogue.class_of(unit).ok_or(Error::NoSuchUnit { unit })?;
        let minute = self.civil(now)?;
        let day = crate::time::OfficeDay::of(minute, self.shelf.day_start());
        let document = match class.cells {
            CellSpan::Year => Document::Storage(day.year()),
            CellSpan::Day => Document::ledger_of(day),
        };
        let opened = Opened {
            unit,
            minute,
            cause,
            remark: self.write_remark(now, remark)?,
        };
        self.decide_that(now, document, opened)?;
        Ok(Outcome::Done)
    }

    /// When a unit was opened without its renter, the latest last. A steward is told everything, a visitor what happened
    /// while the unit was theirs.
    pub fn openings(&self, unit: UnitId) -> Vec<Opening> {
        let mut openings = Vec::new();
        for ledger in self.shelf.ledgers.values() {
            let opened = ledger.fold.resolved().opened.iter();
            openings.extend(
                opened
                    .filter(|(_, o)| o.unit == unit)
                    .filter_map(|(id, o)| {
                        let device = ledger.fold.statements().get(id)?.signer();
                        Some(Opening {
                            id: *id,
                            unit,
                            minute: o.minute,
                            cause: o.cause,
                            device,
                            remark: self.remarked(id),
                        })
                    }),
            );
        }
        if !self.standing().decides() {
            openings.retain(|opening| self.had(unit, opening.minute));
        }
        openings.sort_by_key(|opening| (opening.minute, opening.id));
        openings
    }

    /// Whether a booking of this device had that unit then: promised, and not given back before its time was over.
    fn had(&self, unit: UnitId, then: CivilMinute) -> bool {
        let bookings = self.wallet.bookings().map(|(booking, _)| booking);
        let mut slots = bookings.filter_map(|booking| self.slot_of(booking));
        slots.any(|(document, key)| {
            let fold = self
                .shelf
                .ledger(document)
                .map(|ledger| ledger.fold.resolved());
            let confirmations = fold.into_iter().flat_map(|fold| {
                let slot = fold.slots.get(&key);
                let confirmed = slot.into_iter().flat_map(|slot| &slot.confirmed);
                confirmed.filter_map(|id| fold.confirmations.get(id))
            });
            let mut holds = confirmations.flat_map(|of| {
                let stands = of.state.stands();
                of.holds.iter().map(move |placed| (stands, placed.hold))
            });
            holds.any(|(stands, hold)| {
                let time = hold.interval();
                hold.unit == unit && time.start() <= then && (stands || then < time.end())
            })
        })
    }
}
