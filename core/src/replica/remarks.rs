//! Remarks about things, in free text: written by the office's devices, read and erased by them, and given to nobody else.

use super::{Outcome, Replica};
use crate::command::{Remark, RemarkError};
use crate::error::Error;
use crate::id::{ConditionId, PublicKey, StatementId, UnitId};
use crate::statement::{Body, Cause, Document, Moderate, Words};
use crate::time::{CivilMinute, Timestamp};

/// A remark, as far as it is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remarked {
    /// What it says; `None` when that has not come, or was erased.
    pub text: Option<String>,
    /// Why it was erased.
    pub erased: Option<Cause>,
}

/// That a thing went out, or came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingEntry {
    /// The statement.
    pub id: StatementId,
    /// When.
    pub minute: CivilMinute,
    /// Whether it came back.
    pub is_back: bool,
    /// What was said of its condition.
    pub condition: Vec<ConditionId>,
    /// What was remarked.
    pub remark: Option<Remarked>,
    /// The device that says so.
    pub device: PublicKey,
}

impl Replica {
    /// Keeps a remark beside the documents; what they are to have of it.
    pub(super) fn write_remark(
        &mut self,
        now: Timestamp,
        text: Option<&str>,
    ) -> Result<Option<Words>, Error> {
        let Some(remark) = Remark::of(text.unwrap_or_default(), &self.key, now)? else {
            return Ok(None);
        };
        self.take_text(remark.bytes());
        Ok(Some(remark.words()))
    }

    /// What a statement has as a remark, on a device of the office's.
    pub(super) fn remarked(&self, id: &StatementId) -> Option<Remarked> {
        if !self.standing().decides() {
            return None;
        }
        let mut ledgers = self.shelf.ledgers.values();
        ledgers.find_map(|ledger| {
            let resolved = ledger.fold.resolved();
            let words = resolved.remarks.get(id)?;
            let erased = resolved.commons.moderated.get(id).map(|(_, cause)| *cause);
            let here = self.text(&words.hash).filter(|_| erased.is_none());
            let text = here.and_then(|bytes| Remark::read(bytes));
            Some(Remarked { text, erased })
        })
    }

    /// What was said of a thing when it went out and came back, the latest last: for stewards.
    pub fn things_said(&self, unit: UnitId) -> Result<Vec<ThingEntry>, Error> {
        self.require_role()?;
        let mut said = Vec::new();
        for ledger in self.shelf.ledgers.values() {
            let (loans, all) = (&ledger.fold.resolved().loans, ledger.fold.statements());
            let of_unit = |hand_out: &StatementId| {
                let loan = loans.get(hand_out);
                loan.is_some_and(|loan| loan.unit == unit)
            };
            for (id, loan) in loans.iter().filter(|(id, _)| of_unit(id)) {
                let out = (*id, loan.minute, false, loan.condition.clone());
                said.extend(all.get(id).map(|by| (out, by.signer())));
            }
            for (id, by) in all {
                let device = ledger.fold.authority().device(&by.signer());
                if let Body::HandIn(back) = by.body()
                    && of_unit(&back.hand_out)
                    && ledger.fold.is_ready(id)
                    && device.is_some_and(|device| device.role.states_facts())
                {
                    let back = (*id, back.minute, true, back.condition.clone());
                    said.push((back, by.signer()));
                }
            }
        }
        said.sort_by_key(|((id, minute, is_back, _), _)| (*minute, *is_back, *id));
        let entry = |((id, minute, is_back, condition), device)| ThingEntry {
            id,
            minute,
            is_back,
            condition,
            remark: self.remarked(&id),
            device,
        };
        Ok(said.into_iter().map(entry).collect())
    }

    /// Erases a remark here, and wherever that is heard.
    pub(super) fn erase_remark(
        &mut self,
        now: Timestamp,
        of: StatementId,
        cause: Cause,
    ) -> Result<Outcome, Error> {
        self.require_host()?;
        let mut ledgers = self.shelf.ledgers.iter();
        let found: Option<(Document, bool)> = ledgers.find_map(|(document, ledger)| {
            let resolved = ledger.fold.resolved();
            let erased = resolved.commons.moderated.contains_key(&of);
            let known = resolved.remarks.contains_key(&of);
            known.then_some((*document, erased))
        });
        let (document, erased) = found.ok_or(RemarkError::None { of })?;
        if !erased {
            let minute = self.civil(now)?;
            self.decide_that(now, document, Moderate { of, cause, minute })?;
        }
        Ok(Outcome::Done)
    }
}
