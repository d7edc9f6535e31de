//! What an office's device does by itself besides deciding requests: give cancelled places back, check people in,
//! release the places of those who did not come, make room when something is closed.

use super::Replica;
use super::shelf::Ledger;
use crate::error::Error;
use crate::id::StatementId;
use crate::resolve::{ConfirmState, Confirmation, Fold, Holding, SlotState};
use crate::statement::{Body, Cause, CheckIn, Document, Hold, Release, Request};
use crate::time::{CivilMinute, Timestamp};
use crate::view::expected_by;

/// How long before the start somebody who has come is checked in, in minutes.
const EARLY: i32 = 30;

impl Replica {
    /// Does what is due in one document.
    pub(super) fn tend(&mut self, now: Timestamp, document: Document) -> Result<(), Error> {
        let minute = self.civil(now)?;
        let believed = self.clock.is_believed(now);
        let ledger = self.shelf.ledger(document);
        let Some(ledger) = ledger.filter(|_| self.may_decide(document)) else {
            return Ok(());
        };
        let candidates = ledger.due.candidates(&ledger.fold, minute);
        let due = self.due_among(ledger, candidates, minute, believed);
        debug_assert_eq!(
            due,
            self.due_among(ledger, open_of(&ledger.fold), minute, believed),
            "something is due that nobody looked at"
        );
        let Some(ledger) = self.shelf.ledger_mut(document) else {
            return Ok(());
        };
        ledger.due.seen(minute);
        for body in due {
            if let Err(error) = self.decide_that(now, document, body) {
                if let Some(ledger) = self.shelf.ledger_mut(document) {
                    ledger.due.look_again();
                }
                return Err(error);
            }
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
            (is_open(confirmation) && self.is_custodian_of(document, confirmation)).then_some((
                id,
                confirmation,
                slot,
            ))
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
        // Another custodian gave them another place: until this one says so, the old one stays blocked.
        if confirmation.state == ConfirmState::Moved {
            return release(Cause::Moved);
        }
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
        if self.follows_rules_until(end).is_err() {
            return None;
        }
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let event = fold.and_then(|fold| fold.event_of(confirmation));
        let off = fold.zip(event.as_ref());
        let off = off.and_then(|(fold, event)| fold.off_for(&confirmation.key, event));
        if let Some(cause) = off.filter(|_| end > now) {
            return release(cause);
        }
        if let Some(cause) = self.taken_for(document, confirmation).filter(|_| end > now) {
            return release(cause);
        }
        if confirmation.state == ConfirmState::CheckedIn {
            return None;
        }
        // Whatever the person's clock said, they said it by now. What they claim too early, by a slow clock or because
        // they came for an earlier time of this booking, counts too: the fold would ask for them again and again.
        // Who was handed something came, whatever they say.
        let lent = fold.is_some_and(|fold| fold.is_lent(slot));
        if lent || slot.arrived.is_some_and(|at| at.min(now) <= end) {
            return (now >= start.saturating_plus(-EARLY)).then(|| CheckIn { confirm }.into());
        }
        // An event goes on in its room, whoever opens it.
        if event == Some(confirmation.key) {
            return None;
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

    /// Until when somebody is expected who has not said that they came.
    pub(super) fn expected_by<'h>(
        &self,
        document: Document,
        request: &Request,
        holds: impl Iterator<Item = &'h Hold>,
        now: CivilMinute,
    ) -> Option<CivilMinute> {
        let ledger = self.shelf.ledger(document)?;
        expected_by(&ledger.fold, self.catalogue()?, request, holds, now)
    }

    /// Why people lose a place of a confirmation that is physically taken: something is late, or it is closed.
    fn taken_for(&self, document: Document, confirmation: &Confirmation) -> Option<Cause> {
        let fold = &self.shelf.ledger(document)?.fold;
        let taken = confirmation.holds.iter().flat_map(|placed| {
            let taken = fold.occupied(placed.hold.unit);
            taken.filter(|(_, interval)| interval.overlaps(placed.hold.interval()))
        });
        let causes = taken.filter_map(|(id, _)| Some(fold.resolved().occupations.get(&id)?.cause));
        let late = |cause| {
            if cause == Cause::Late {
                cause
            } else {
                Cause::Closed
            }
        };
        causes.map(late).min_by_key(|cause| *cause == Cause::Late)
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

/// The confirmations that their custodians still have to look after.
pub(super) fn open_of(fold: &Fold) -> impl Iterator<Item = StatementId> + '_ {
    let all = fold.resolved().confirmations.iter();
    all.filter(|(_, confirmation)| is_open(confirmation))
        .map(|(id, _)| *id)
}

/// Whether its custodian still has to look after it: it stands, or has moved away and still keeps others out.
fn is_open(confirmation: &Confirmation) -> bool {
    let blocks = || confirmation.holds.iter().any(|placed| placed.blocks);
    confirmation.state.stands() || (confirmation.state == ConfirmState::Moved && blocks())
}
