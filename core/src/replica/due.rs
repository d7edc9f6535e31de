//! Which confirmations may have become due since somebody last looked: a turn costs what changed, not what a month
//! holds.

use crate::id::StatementId;
use crate::resolve::{Changed, ConfirmState, Confirmation, Fold, SlotKey};
use crate::statement::Document;
use crate::time::{CivilMinute, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

/// The confirmations of one document to look at in the next turn.
///
/// A confirmation becomes due when something is said about its booking, when custody or an occupation changes, or by
/// the clock: when nobody comes, on one of its days; when somebody came too early to be checked in at once.
#[derive(Debug, Default)]
pub(crate) struct Due {
    /// Bookings that something was said about.
    changed: BTreeSet<SlotKey>,
    /// Whom somebody expects, with the start, by each office day from the first to the last. Ledgers only: nobody is
    /// expected at a locker.
    by_day: BTreeMap<i32, BTreeSet<(CivilMinute, StatementId)>>,
    /// Anything may be due.
    all: bool,
    /// [`Fold::shifts`] when that was last asked.
    shifts: u64,
    /// When somebody last looked: a clock put back may make due again what was over.
    seen: Option<CivilMinute>,
}

impl Due {
    /// Follows a fold that has changed.
    pub(crate) fn follow(&mut self, fold: &Fold, changed: &Changed) {
        self.all |= self.shifts != fold.shifts();
        self.shifts = fold.shifts();
        match changed {
            Changed::Nothing => {}
            Changed::Everything => {
                self.all = true;
                self.changed.clear();
                self.by_day.clear();
                for (id, confirmation) in fold.standing() {
                    self.file(fold, id, confirmation);
                }
            }
            Changed::Some { slots, .. } => {
                for key in slots {
                    self.changed.insert(*key);
                    for id in confirmations_of(fold, key) {
                        if let Some(confirmation) = fold.resolved().confirmations.get(&id) {
                            self.file(fold, id, confirmation);
                        }
                    }
                }
            }
        }
    }

    /// Puts a confirmation under its days while the person has not come, and takes any other out.
    fn file(&mut self, fold: &Fold, id: StatementId, confirmation: &Confirmation) {
        let Document::Ledger(_) = fold.document() else {
            return;
        };
        let holds = || confirmation.holds.iter();
        let days = || holds().map(|placed| placed.cell.period);
        let start = holds().map(|placed| placed.hold.interval().start()).min();
        let (Some(start), Some(first), Some(last)) = (start, days().min(), days().max()) else {
            return;
        };
        for day in first..=last {
            if confirmation.state == ConfirmState::Live {
                self.by_day.entry(day).or_default().insert((start, id));
            } else if let Some(others) = self.by_day.get_mut(&day) {
                others.remove(&(start, id));
            }
        }
    }

    /// The confirmations that may be due.
    pub(crate) fn candidates(&self, fold: &Fold, now: CivilMinute) -> BTreeSet<StatementId> {
        if self.all || self.seen.is_some_and(|seen| now < seen) {
            return fold.standing().map(|(id, _)| id).collect();
        }
        let today = OfficeDay::of(now, fold.authority().day_start());
        let changed = self.changed.iter();
        let changed = changed.flat_map(|key| confirmations_of(fold, key));
        let of_today = self.by_day.get(&today.get()).into_iter().flatten();
        let begun = of_today.take_while(|(start, _)| *start <= now);
        changed.chain(begun.map(|(_, id)| *id)).collect()
    }

    /// Everything that was due by now has been seen to.
    pub(crate) fn seen(&mut self, fold: &Fold, now: CivilMinute) {
        self.all = false;
        self.seen = Some(now);
        let resolved = fold.resolved();
        // Who says before its time that they came is checked in when it is time.
        self.changed.retain(|key| {
            let Some(slot) = resolved
                .slots
                .get(key)
                .filter(|slot| slot.arrived.is_some())
            else {
                return false;
            };
            let last = slot
                .last()
                .and_then(|last| resolved.confirmations.get(&last));
            last.is_some_and(|confirmation| {
                let mut holds = confirmation.holds.iter();
                confirmation.state == ConfirmState::Live
                    && holds.any(|placed| placed.hold.interval().end() > now)
            })
        });
    }
}

fn confirmations_of<'a>(fold: &'a Fold, key: &SlotKey) -> impl Iterator<Item = StatementId> + 'a {
    let slot = fold.resolved().slots.get(key);
    slot.into_iter()
        .flat_map(|slot| slot.confirmed.iter().copied())
}
