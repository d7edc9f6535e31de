//! What an office's device does by itself besides deciding requests: give cancelled places back, check people in,
//! release the places of those who did not come, make room when something is closed.

use super::Replica;
use super::shelf::Ledger;
use crate::error::Error;
use crate::id::StatementId;
use crate::resolve::{ConfirmState, Confirmation, Holding, SlotState};
use crate::statement::{Body, Cause, CheckIn, Document, Family, Hold, Release, Request};
use crate::time::{CivilMinute, Timestamp};

/// How early somebody is checked in who has said that they came, in minutes before the start.
const EARLY: i32 = 30;

impl Replica {
    /// Does what is due in one document.
    pub(super) fn tend(&mut self, now: Timestamp, document: Document) -> Result<(), Error> {
        let minute = self.civil(now)?;
        let believed = self.clock.is_believed(now);
        let Some(ledger) = self.shelf.ledger(document) else {
            return Ok(());
        };
        let candidates = ledger.due.candidates(&ledger.fold, minute);
        let due = self.due_among(ledger, candidates, minute, believed);
        debug_assert_eq!(
            due,
            self.due_among(
                ledger,
                ledger.fold.standing().map(|(id, _)| id),
                minute,
                believed
            ),
            "something is due that nobody looked at"
        );
        for body in due {
            self.decide_that(now, document, body)?;
        }
        if let Some(ledger) = self.shelf.ledger_mut(document) {
            ledger.due.seen(&ledger.fold, minute);
        }
        Ok(())
    }

    fn due_among(
        &self,
        ledger: &Ledger,
        candidates: impl IntoIterator<Item = StatementId>,
        now: CivilMinute,
        believed: bool,
    ) -> Vec<Body> {
        let (document, resolved) = (ledger.fold.document(), ledger.fold.resolved());
        let standing = candidates.into_iter().filter_map(|id| {
            let confirmation = resolved.confirmations.get(&id)?;
            let slot = resolved.slots.get(&confirmation.key)?;
            (confirmation.state.stands() && self.is_custodian_of(document, confirmation))
                .then_some((id, confirmation, slot))
        });
        standing
            .filter_map(|(id, confirmation, slot)| {
                self.due(document, id, confirmation, slot, now, believed)
            })
            .collect()
    }

    fn due(
        &self,
        document: Document,
        confirm: StatementId,
        confirmation: &Confirmation,
        slot: &SlotState,
        now: CivilMinute,
        believed: bool,
    ) -> Option<Body> {
        let release = |cause| Some(Body::from(Release { confirm, cause }));
        if slot.is_cancelled(confirmation.version) {
            return release(Cause::Cancelled);
        }
        let start = confirmation
            .holds
            .iter()
            .map(|placed| placed.hold.interval().start())
            .min()?;
        let end = confirmation
            .holds
            .iter()
            .map(|placed| placed.hold.interval().end())
            .max()?;
        if end > now && self.is_taken(document, confirmation) {
            return release(Cause::Closed);
        }
        if confirmation.state == ConfirmState::CheckedIn {
            return None;
        }
        // However early it was said: a no-show is whoever never said that they came, as for the fold.
        if slot.arrived.is_some_and(|at| at <= end) {
            return (now >= start.saturating_plus(-EARLY)).then(|| CheckIn { confirm }.into());
        }
        let asked = slot
            .versions
            .get(&confirmation.version)
            .map(|record| &record.request)?;
        let holds = confirmation.holds.iter().map(|placed| &placed.hold);
        let expected = self.expected_by(document, asked, holds, now)?;
        (believed && now >= expected && now < end).then(|| {
            Release {
                confirm,
                cause: Cause::NoShow,
            }
            .into()
        })
    }

    /// Until when somebody is expected who has not said that they came: a grace after the start, or after they asked
    /// when that was later, so that who sits down first and books then is not sent away. Nobody is expected at a locker.
    pub(super) fn expected_by<'h>(
        &self,
        document: Document,
        request: &Request,
        holds: impl Iterator<Item = &'h Hold>,
        now: CivilMinute,
    ) -> Option<CivilMinute> {
        if document.family() != Some(Family::Ledger) {
            return None;
        }
        let catalogue = self.catalogue()?;
        let ledger = self.shelf.ledger(document)?;
        let stamp = ledger
            .fold
            .resolved()
            .tickets
            .get(&request.ticket)
            .map(|record| record.ticket.stamp)?;
        let (mut start, mut grace) = (None, 0);
        for hold in holds {
            start = Some(start.map_or(hold.interval().start(), |s: CivilMinute| {
                s.min(hold.interval().start())
            }));
            grace = grace.max(
                catalogue
                    .class_of(hold.unit)
                    .map_or(0, |class| class.rules.grace_minutes),
            );
        }
        // A clock that runs ahead must not put the grace off for ever.
        let asked = if request.claimed > now {
            stamp
        } else {
            request.claimed.max(stamp)
        };
        Some(start?.max(asked).saturating_plus(grace.into()))
    }

    /// Whether some place of a confirmation is physically taken.
    fn is_taken(&self, document: Document, confirmation: &Confirmation) -> bool {
        let Some(ledger) = self.shelf.ledger(document) else {
            return false;
        };
        confirmation.holds.iter().any(|placed| {
            let mut taken = ledger.fold.occupied(placed.hold.unit);
            taken.any(|(_, interval)| interval.overlaps(placed.hold.interval()))
        })
    }

    pub(super) fn is_custodian_of(&self, document: Document, confirmation: &Confirmation) -> bool {
        let me = Some(Holding::Held(self.key.public()));
        let ledger = self.shelf.ledger(document);
        ledger.is_some_and(|ledger| {
            confirmation
                .holds
                .iter()
                .all(|placed| ledger.fold.custodian(&placed.cell) == me)
        })
    }
}
