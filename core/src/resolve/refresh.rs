//! A forecast brought up to date without placing every request anew.

use super::fold::Fold;
use super::forecast::{Forecast, Places};
use super::state::{Cell, SlotKey, SlotRecord};
use crate::id::StatementId;
use crate::statement::{Hold, Request};
use std::collections::BTreeSet;

impl Forecast {
    /// Places anew what a change can reach, and returns the cells of which other times may now be expected to be taken.
    ///
    /// `slots` and `cells` are what changed, occupations included. The result equals [`Forecast::new`].
    ///
    /// Requests meet only inside a cell, so whatever a change can reach is tied to it by a chain of requests that
    /// share periods (office days or years): everything in those periods is placed anew, the rest stays as it is.
    pub fn refresh(
        &mut self,
        fold: &Fold,
        places: &impl Places,
        slots: &BTreeSet<SlotKey>,
        cells: &BTreeSet<Cell>,
    ) -> BTreeSet<Cell> {
        let mut dirty: BTreeSet<i32> = cells.iter().map(|cell| cell.period).collect();
        let mut reached: BTreeSet<SlotKey> = BTreeSet::new();
        for key in slots {
            dirty.extend(self.stood_in(fold, key));
            // Who asks for seats there is filed under the times that they ask for.
            for asked in fold.attending(key) {
                dirty.extend(self.stood_in(fold, &asked));
            }
            if let Some(record) = undecided(fold, key) {
                dirty.extend(periods(fold, &record.request));
                reached.insert(*key);
            }
        }
        let mut open: Vec<i32> = dirty.iter().copied().collect();
        while let Some(period) = open.pop() {
            for key in self.by_period.get(&period).into_iter().flatten() {
                let Some(record) = undecided(fold, key).filter(|_| reached.insert(*key)) else {
                    continue;
                };
                let next = periods(fold, &record.request).into_iter();
                open.extend(next.filter(|period| dirty.insert(*period)));
            }
        }
        let mut redrawn = BTreeSet::new();
        for key in slots.union(&reached) {
            self.forget(fold, key, &mut redrawn);
        }
        self.place_all(fold, places, &reached);
        let placed = reached.iter().filter_map(|key| self.outlooks.get(key));
        let holds = placed.flat_map(|outlook| outlook.place.holds());
        redrawn.extend(holds.filter_map(|hold| Some(fold.place_one(hold)?.cell)));
        redrawn
    }

    /// The periods under which an outlook is filed.
    fn stood_in(&self, fold: &Fold, key: &SlotKey) -> Vec<i32> {
        let asked = self.outlooks.get(key).map(|outlook| &outlook.request);
        let asked = asked.and_then(|id| request(fold, id));
        asked.map_or_else(Vec::new, |request| periods(fold, request))
    }

    /// Takes an outlook out, and notes the cells that it had taken something of.
    fn forget(&mut self, fold: &Fold, key: &SlotKey, cells: &mut BTreeSet<Cell>) {
        for period in self.stood_in(fold, key) {
            if let Some(others) = self.by_period.get_mut(&period) {
                others.remove(key);
                if others.is_empty() {
                    self.by_period.remove(&period);
                }
            }
        }
        let Some(outlook) = self.outlooks.remove(key) else {
            return;
        };
        for hold in outlook.place.holds() {
            let Some(cell) = fold.place_one(hold).map(|placed| placed.cell) else {
                continue;
            };
            cells.insert(cell);
            if let Some(taken) = self.taken.get_mut(&cell) {
                taken.retain(|(other, _)| other != key);
                if taken.is_empty() {
                    self.taken.remove(&cell);
                }
            }
        }
    }
}

/// A booking's current request, when nobody has decided it.
fn undecided<'a>(fold: &'a Fold, key: &SlotKey) -> Option<&'a SlotRecord> {
    let slot = fold.resolved().slots.get(key)?;
    slot.current().filter(|_| fold.pending().contains(key))
}

fn request<'a>(fold: &'a Fold, id: &StatementId) -> Option<&'a Request> {
    fold.good_request(id)
}

/// The periods that a request could be placed in; equal units have the first option's times.
pub(super) fn periods(fold: &Fold, request: &Request) -> Vec<i32> {
    let day_start = fold.authority().day_start();
    let wishes = request.options.iter().flatten();
    let mut periods: Vec<i32> = wishes
        .filter_map(|wish| {
            let hold = Hold::new(wish.unit, wish.interval, 0, 0);
            fold.document().cell_period(&hold, day_start)
        })
        .collect();
    periods.dedup();
    periods
}
