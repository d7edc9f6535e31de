//! A forecast brought up to date without placing every request anew.

use super::fold::Fold;
use super::forecast::{Forecast, Places};
use super::state::{Cell, SlotKey};
use crate::id::StatementId;
use crate::statement::{Body, Hold, Request};
use std::collections::BTreeSet;

impl Forecast {
    /// Places anew what a change can reach, and returns the periods (office days or years) in which it did.
    ///
    /// `slots` and `cells` are what changed, occupations included. The result equals [`Forecast::new`].
    ///
    /// Requests meet only inside a cell, so whatever a change can reach is tied to it by a chain of requests that
    /// share periods: everything in those periods is placed anew, the rest stays as it is.
    pub fn refresh(
        &mut self,
        fold: &Fold,
        places: &impl Places,
        slots: &BTreeSet<SlotKey>,
        cells: &BTreeSet<Cell>,
    ) -> BTreeSet<i32> {
        let pending: Vec<(SlotKey, Vec<i32>)> = fold
            .pending()
            .iter()
            .filter_map(|key| {
                let current = fold.resolved().slots.get(key)?.current()?;
                Some((*key, periods(fold, &current.request)))
            })
            .collect();
        let mut dirty: BTreeSet<i32> = cells.iter().map(|cell| cell.period).collect();
        for old in slots.iter().filter_map(|key| self.outlooks.get(key)) {
            dirty.extend(request(fold, &old.request).map_or_else(Vec::new, |r| periods(fold, r)));
        }
        let mut reached: BTreeSet<SlotKey> = BTreeSet::new();
        loop {
            let before = reached.len();
            for (key, periods) in &pending {
                let is_reached = slots.contains(key) || periods.iter().any(|p| dirty.contains(p));
                if is_reached && reached.insert(*key) {
                    dirty.extend(periods);
                }
            }
            if reached.len() == before {
                break;
            }
        }
        self.outlooks
            .retain(|key, _| fold.pending().contains(key) && !reached.contains(key));
        self.taken.retain(|cell, _| !dirty.contains(&cell.period));
        self.place_all(fold, places, &reached);
        dirty
    }
}

fn request<'a>(fold: &'a Fold, id: &StatementId) -> Option<&'a Request> {
    match fold.statements().get(id)?.body() {
        Body::Request(request) => Some(request),
        _ => None,
    }
}

/// The periods that a request could be placed in; equal units have the first option's times.
fn periods(fold: &Fold, request: &Request) -> Vec<i32> {
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
