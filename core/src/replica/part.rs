//! What of a rental is in one document, and where it goes on in the next.

use super::Replica;
use crate::id::{StatementId, UnitId};
use crate::limits::MAX_VERSION;
use crate::resolve::{Cell, Confirmation, Holding, Placed, SlotKey};
use crate::statement::{Document, Hold, Origin, Wish};
use crate::time::{CivilMinute, Interval};

/// What of a rental is in one document.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its confirmation, which stands.
    pub(super) confirm: StatementId,
    pub(super) holds: Vec<Hold>,
    /// When the rental began, in whatever year.
    pub(super) since: CivilMinute,
    /// What it continues.
    pub(super) from: Option<Origin>,
    /// Until when it goes on beyond the document's year.
    pub(super) until: Option<CivilMinute>,
}

impl Part {
    /// Whether it continues a confirmation of that document.
    pub(super) fn is_of(&self, document: Document) -> bool {
        self.from.is_some_and(|from| from.document == document)
    }

    /// When what is held ends.
    pub(super) fn end(&self) -> CivilMinute {
        let ends = self.holds.iter().map(|hold| hold.interval().end());
        ends.max().unwrap_or(self.since)
    }
}

impl Replica {
    /// Until when a rental goes on beyond its document's year.
    pub(super) fn goes_on_until(
        &self,
        document: Document,
        of: &Confirmation,
    ) -> Option<CivilMinute> {
        let fold = &self.shelf.ledger(document)?.fold;
        fold.resolved().carried.get(&of.request)?.until
    }

    /// The minutes of a year in which this device may decide about all those units.
    pub(super) fn whole_of_next(
        &mut self,
        document: Document,
        units: &[UnitId],
    ) -> Option<Interval> {
        self.shelf.ledger_mut(document)?;
        let whole = self.whole(document)?;
        let Document::Storage(year) = document else {
            return None;
        };
        let fold = &self.shelf.ledger(document)?.fold;
        let me = Some(Holding::Held(self.key.public()));
        let period = i32::from(year);
        let mine = |unit: &UnitId| {
            fold.custodian(&Cell {
                unit: *unit,
                period,
            }) == me
        };
        (units.iter().all(mine) && self.may_decide(document)).then_some(whole)
    }

    /// Whether somebody else was promised some of that.
    pub(super) fn is_promised(
        &self,
        document: Document,
        hold: &Hold,
        own: Option<StatementId>,
    ) -> bool {
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let Some((fold, whole)) = fold.zip(self.whole(document)) else {
            return false;
        };
        let blocks = fold.cell_of(hold).map(|cell| fold.blocks(&cell).to_vec());
        let occupied = hold.occupied(whole);
        let others = blocks
            .into_iter()
            .flatten()
            .filter(|(id, _)| Some(*id) != own);
        occupied.is_some_and(|occupied| {
            others
                .into_iter()
                .any(|(_, taken)| taken.overlaps(occupied))
        })
    }

    /// A wish with the buffers of its class.
    pub(super) fn padded(&self, wish: &Wish) -> Hold {
        let class = self
            .catalogue()
            .and_then(|catalogue| catalogue.class_of(wish.unit));
        let (before, after) = class.map_or((0, 0), |class| (class.rules.before, class.rules.after));
        Hold::new(wish.unit, wish.interval, before, after)
    }

    pub(super) fn next_version(&self, document: Document, key: &SlotKey) -> Option<u8> {
        let fold = &self.shelf.ledger(document)?.fold;
        let current = fold.resolved().slots.get(key)?.current()?;
        let version = current.request.version;
        (version < MAX_VERSION).then_some(version.saturating_add(1))
    }

    /// The last confirmation of a booking that is not void, whatever became of it.
    pub(super) fn last_of(&self, document: Document, key: &SlotKey) -> Option<StatementId> {
        let fold = &self.shelf.ledger(document)?.fold;
        fold.resolved().slots.get(key)?.last()
    }

    /// The slot that a rental of the year before goes on in.
    pub(super) fn carried_into(
        &self,
        next: Document,
        document: Document,
        key: &SlotKey,
    ) -> Option<SlotKey> {
        let before = self.shelf.ledger(document)?.fold.resolved();
        let slot = before.slots.get(key)?;
        let carried = self.shelf.ledger(next)?.fold.resolved().carried.values();
        let mut of_slot = carried.filter(|carry| {
            carry.from.document == document && slot.confirmed.contains(&carry.from.confirm)
        });
        of_slot.next().map(|carry| SlotKey {
            ticket: carry.ticket,
            slot: carry.slot,
        })
    }

    pub(super) fn is_carried_from(&self, next: Document, key: &SlotKey, from: &Origin) -> bool {
        let fold = self.shelf.ledger(next).map(|ledger| ledger.fold.resolved());
        let mut carried = fold.into_iter().flat_map(|fold| fold.carried.values());
        carried.any(|carry| {
            carry.ticket == key.ticket && carry.slot == key.slot && carry.from == *from
        })
    }

    /// When a rental began, in whatever year.
    pub(super) fn since(&self, document: Document, of: &Confirmation) -> Option<CivilMinute> {
        let carried = &self.shelf.ledger(document)?.fold.resolved().carried;
        let starts = of
            .holds
            .iter()
            .map(|placed: &Placed| placed.hold.interval().start());
        let carry = carried.get(&of.request);
        carry.map(|carry| carry.since).or_else(|| starts.min())
    }

    /// What of a rental is in one document, if it stands.
    pub(super) fn part(&self, document: Document, key: &SlotKey) -> Option<Part> {
        let fold = &self.shelf.ledger(document)?.fold;
        let resolved = fold.resolved();
        let confirm = resolved.slots.get(key)?.last()?;
        let confirmation = resolved.confirmations.get(&confirm)?;
        if !confirmation.state.stands() {
            return None;
        }
        let carry = resolved.carried.get(&confirmation.request);
        Some(Part {
            confirm,
            holds: confirmation
                .holds
                .iter()
                .map(|placed| placed.hold)
                .collect(),
            since: self.since(document, confirmation)?,
            from: carry.map(|carry| carry.from),
            until: carry.and_then(|carry| carry.until),
        })
    }

    /// The minutes of a year's document.
    pub(super) fn whole(&self, document: Document) -> Option<Interval> {
        let Document::Storage(year) = document else {
            return None;
        };
        document.cell_interval(i32::from(year), self.shelf.day_start())
    }
}
