//! Which confirmations may be due for something in a turn, so that a turn costs what has changed and not what a month
//! holds.

use super::automation::open_of;
use crate::id::StatementId;
use crate::resolve::{Changed, ConfirmState, Confirmation, Fold, SlotKey};
use crate::statement::Document;
use crate::time::{CivilMinute, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

/// The confirmations of one document that the automation has to look at.
///
/// What is due rests on what is known of a booking, on custody, on what is physically taken, on the rules, and on the
/// clock. After all but the last, whatever changed is looked at once. The clock makes due only that nobody came, while
/// the booking lasts, and that somebody came too early to be checked in at once: those are looked at in every turn.
#[derive(Debug, Default)]
pub(crate) struct Due {
    /// Bookings that something was said about since somebody last looked.
    changed: BTreeSet<SlotKey>,
    /// Who has not come, with the start, by each office day of the booking. Ledgers only: nobody is expected at a locker.
    expected: BTreeMap<i32, BTreeSet<(CivilMinute, StatementId)>>,
    /// Who says they have come and is not checked in, with the last minute at which that can be done.
    came: BTreeSet<(CivilMinute, StatementId)>,
    /// Anything may be due.
    all: bool,
    /// [`Fold::shifts`] when that was last asked.
    shifts: u64,
    /// When somebody last looked: a clock put back makes due again what was over.
    seen: Option<CivilMinute>,
}

impl Due {
    /// Follows a fold that has changed, or rules that have.
    pub(crate) fn follow(&mut self, fold: &Fold, changed: &Changed) {
        self.all |= self.shifts != fold.shifts();
        self.shifts = fold.shifts();
        match changed {
            Changed::Nothing => {}
            Changed::Everything => {
                self.all = true;
                self.expected.clear();
                self.came.clear();
                for id in open_of(fold) {
                    self.file(fold, id);
                }
            }
            Changed::Some { slots, .. } => {
                self.changed.extend(slots);
                for id in slots.iter().flat_map(|key| confirmations_of(fold, key)) {
                    self.file(fold, id);
                }
            }
        }
    }

    /// Puts a confirmation where it belongs now, and takes it out where it stood before.
    fn file(&mut self, fold: &Fold, id: StatementId) {
        let resolved = fold.resolved();
        let Some(confirmation) = resolved.confirmations.get(&id) else {
            return;
        };
        let Some((start, end)) = span(confirmation) else {
            return;
        };
        let slot = resolved.slots.get(&confirmation.key);
        let lent = slot.is_some_and(|slot| fold.is_lent(slot)).then_some(start);
        let arrived = slot.and_then(|slot| slot.arrived).or(lent);
        let is_live = confirmation.state == ConfirmState::Live;
        // Who came in time is checked in however late that is heard; who came after the end, by their clock, only
        // while it has not passed by this one.
        let in_time = |at: CivilMinute| at <= end || lent.is_some();
        let until = arrived.map(|at| if in_time(at) { CivilMinute::MAX } else { end });
        for other in [CivilMinute::MAX, end] {
            self.came.remove(&(other, id));
        }
        self.came
            .extend(until.filter(|_| is_live).map(|until| (until, id)));
        if let Document::Ledger(_) = fold.document() {
            let days = || confirmation.holds.iter().map(|placed| placed.cell.period);
            let (first, last) = (days().min().unwrap_or(0), days().max().unwrap_or(-1));
            for day in first..=last {
                if is_live && arrived.is_none() {
                    self.expected.entry(day).or_default().insert((start, id));
                } else if let Some(others) = self.expected.get_mut(&day) {
                    others.remove(&(start, id));
                }
            }
        }
    }

    /// The confirmations that may be due, in order.
    pub(crate) fn candidates(&self, fold: &Fold, now: CivilMinute) -> BTreeSet<StatementId> {
        if self.all || self.seen.is_some_and(|seen| now < seen) {
            return open_of(fold).collect();
        }
        let changed = self.changed.iter();
        let changed = changed.flat_map(|key| confirmations_of(fold, key));
        let came = self.came.range((now, StatementId([0; 32]))..);
        let today = OfficeDay::of(now, fold.authority().day_start());
        let expected = self.expected.get(&today.get()).into_iter().flatten();
        let expected = expected.take_while(|(start, _)| *start <= now);
        let by_the_clock = came.chain(expected).map(|(_, id)| *id);
        changed.chain(by_the_clock).collect()
    }

    /// Whatever may be due by now is being seen to.
    pub(crate) fn seen(&mut self, now: CivilMinute) {
        self.all = false;
        self.changed.clear();
        self.seen = Some(now);
    }

    /// It was not.
    pub(crate) fn look_again(&mut self) {
        self.all = true;
    }
}

/// From the first start to the last end.
fn span(confirmation: &Confirmation) -> Option<(CivilMinute, CivilMinute)> {
    let holds = || {
        confirmation
            .holds
            .iter()
            .map(|placed| placed.hold.interval())
    };
    let start = holds().map(|hold| hold.start()).min()?;
    Some((start, holds().map(|hold| hold.end()).max()?))
}

fn confirmations_of<'a>(fold: &'a Fold, key: &SlotKey) -> impl Iterator<Item = StatementId> + 'a {
    let slot = fold.resolved().slots.get(key);
    let confirmed = slot.into_iter().flat_map(|slot| &slot.confirmed);
    confirmed.copied()
}
