//! Promises 2 and 3, and no double booking anywhere: over all devices together, whoever knows what.

use super::Of;
use super::taint::{is_tainted, rests_on};
use crate::sim::counts::Counts;
use crate::sim::machine::Plant;
use crate::sim::violation::Violation;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::resolve::{Cell, ConfirmState, Fold, SlotKey};
use allkontor_core::statement::{Body, Cause};
use allkontor_core::time::Interval;
use std::collections::{BTreeMap, BTreeSet};

/// Every confirmation that any device has ever shown to stand, and what became of it as far as anybody knows.
#[derive(Default)]
pub(super) struct Promises {
    made: BTreeMap<StatementId, Promise>,
    by_cell: BTreeMap<Cell, Vec<(Interval, StatementId)>>,
}

struct Promise {
    key: SlotKey,
    state: ConfirmState,
    holds: Vec<(Cell, Interval)>,
    is_void: bool,
    /// What it rests on.
    rests: BTreeMap<PublicKey, u32>,
}

/// What a device takes to be confirmed. A gullible one asks for nobody's right.
pub(super) fn confirmed(fold: &Fold, plant: Option<Plant>) -> BTreeMap<StatementId, ConfirmState> {
    let resolved = fold.resolved();
    let good = resolved.confirmations.iter().map(|(id, c)| (*id, c.state));
    let void = resolved
        .void
        .iter()
        .filter(|_| plant == Some(Plant::Gullible));
    good.chain(void.map(|id| (*id, ConfirmState::Live)))
        .collect()
}

/// Whether what was promised may have become this: forwards, or void by a revoked or faithless device.
pub(super) fn only_along_the_ladder(
    fold: &Fold,
    before: &BTreeMap<StatementId, ConfirmState>,
    of: &Of<'_>,
    counts: &mut Counts,
) -> Result<(), Violation> {
    for (id, was) in before {
        let now = fold.resolved().confirmations.get(id).map(|c| c.state);
        if now == Some(*was) || (now.is_none() && is_gullible(fold, id)) {
            continue;
        }
        let forwards = match (was, now) {
            (ConfirmState::Live, Some(_)) => true,
            (ConfirmState::CheckedIn, Some(now)) => now != ConfirmState::Live,
            (ConfirmState::Moved, Some(ConfirmState::Released(_))) => true,
            _ => false,
        };
        if forwards {
            continue;
        }
        if !is_tainted(&rests_on(fold, *id), fold, of) {
            let how = format!("{}: {id} was {was:?} and is {now:?}", of.name);
            return Err(Violation::new("a confirmation was taken back", how));
        }
        counts.add("confirmations voided", 1);
    }
    Ok(())
}

/// Void all along, and only taken for good.
fn is_gullible(fold: &Fold, id: &StatementId) -> bool {
    fold.resolved().void.contains(id)
        && fold
            .authority()
            .devices()
            .values()
            .all(|d| d.revoked.is_none())
}

fn rung(state: ConfirmState) -> u8 {
    match state {
        ConfirmState::Live => 0,
        ConfirmState::CheckedIn => 1,
        ConfirmState::Moved => 2,
        ConfirmState::Released(_) => 3,
    }
}

impl Promises {
    /// Those that nobody knows of any more are forgotten: the only device that did has lost them.
    pub(super) fn keep_only(&mut self, known: &BTreeSet<StatementId>) {
        self.made.retain(|id, _| known.contains(id));
        self.by_cell
            .values_mut()
            .for_each(|times| times.retain(|(_, id)| known.contains(id)));
    }

    /// Takes in what one device shows, and finds whoever was promised the same place.
    pub(super) fn learn(
        &mut self,
        fold: &Fold,
        confirmed: &BTreeMap<StatementId, ConfirmState>,
        of: &Of<'_>,
        counts: &mut Counts,
    ) -> Result<(), Violation> {
        for id in fold
            .resolved()
            .void
            .iter()
            .filter(|id| !confirmed.contains_key(id))
        {
            if let Some(promise) = self.made.get_mut(id).filter(|promise| !promise.is_void) {
                if !is_tainted(&promise.rests, fold, of) {
                    let how = format!("{}: {id} is void here and stood elsewhere", of.name);
                    return Err(Violation::new(
                        "two devices judge a confirmation differently",
                        how,
                    ));
                }
                promise.is_void = true;
            }
        }
        // First what was given back, so that a place given on is nobody's before it is somebody else's.
        for (id, state) in confirmed {
            if let Some(promise) = self.made.get_mut(id)
                && rung(*state) > rung(promise.state)
            {
                promise.state = *state;
                count_state(*state, counts);
            }
        }
        for (id, state) in confirmed {
            if !self.made.contains_key(id) {
                self.make(fold, *id, *state, of, counts)?;
            }
        }
        Ok(())
    }

    fn make(
        &mut self,
        fold: &Fold,
        id: StatementId,
        state: ConfirmState,
        of: &Of<'_>,
        counts: &mut Counts,
    ) -> Result<(), Violation> {
        let Some(promise) = promise(fold, id, state) else {
            return Ok(());
        };
        counts.add("confirmations", 1);
        counts.add("bundles confirmed", u64::from(promise.holds.len() > 1));
        count_state(state, counts);
        if state.stands() {
            self.clash(&promise, id, fold, of)?;
        }
        for (cell, at) in &promise.holds {
            self.by_cell.entry(*cell).or_default().push((*at, id));
        }
        self.made.insert(id, promise);
        Ok(())
    }

    /// Two people were told that the same place is theirs, whether or not any device knows of both.
    fn clash(
        &self,
        new: &Promise,
        id: StatementId,
        fold: &Fold,
        of: &Of<'_>,
    ) -> Result<(), Violation> {
        for (cell, at) in &new.holds {
            for (theirs, other) in self.by_cell.get(cell).into_iter().flatten() {
                let Some(promise) = self
                    .made
                    .get(other)
                    .filter(|p| p.state.stands() && !p.is_void)
                else {
                    continue;
                };
                // What the new one moves stands until whoever confirmed the old one hears of it.
                let own = promise.key == new.key;
                let excused =
                    || is_tainted(&new.rests, fold, of) || is_tainted(&promise.rests, fold, of);
                if !own && theirs.overlaps(*at) && !excused() {
                    let unit = cell.unit.0;
                    let how = format!(
                        "{}: unit {unit} at {at} ({id}) and {theirs} ({other})",
                        of.name
                    );
                    return Err(Violation::new("two people were promised one place", how));
                }
            }
        }
        Ok(())
    }
}

fn count_state(state: ConfirmState, counts: &mut Counts) {
    match state {
        ConfirmState::Live => {}
        ConfirmState::CheckedIn => counts.add("checked in", 1),
        ConfirmState::Moved => counts.add("moved", 1),
        ConfirmState::Released(Cause::NoShow) => counts.add("no-shows", 1),
        ConfirmState::Released(_) => counts.add("released", 1),
    }
}

fn promise(fold: &Fold, id: StatementId, state: ConfirmState) -> Option<Promise> {
    let rests = rests_on(fold, id);
    if let Some(confirmation) = fold.resolved().confirmations.get(&id) {
        let holds = confirmation
            .holds
            .iter()
            .map(|placed| (placed.cell, placed.occupied));
        let (key, holds) = (confirmation.key, holds.collect());
        return Some(Promise {
            key,
            state,
            holds,
            is_void: false,
            rests,
        });
    }
    // Only a gullible device asks: what a void confirmation says, taken at its word.
    let Body::Confirm(confirm) = fold.statements().get(&id)?.body() else {
        return None;
    };
    let Body::Request(request) = fold.statements().get(&confirm.request)?.body() else {
        return None;
    };
    let (document, day_start) = (fold.document(), fold.authority().day_start());
    let holds = confirm.holds.iter().filter_map(|hold| {
        let period = document.cell_period(hold, day_start)?;
        Some((
            Cell {
                unit: hold.unit,
                period,
            },
            hold.interval(),
        ))
    });
    let key = SlotKey {
        ticket: request.ticket,
        slot: request.slot,
    };
    Some(Promise {
        key,
        state,
        holds: holds.collect(),
        is_void: false,
        rests,
    })
}
