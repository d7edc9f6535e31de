//! What holds of one document on one device.

use super::Of;
use crate::sim::violation::Violation;
use allkontor_core::id::StatementId;
use allkontor_core::replica::Replica;
use allkontor_core::resolve::{Cell, Fold};
use allkontor_core::statement::Body;
use allkontor_core::time::Interval;
use allkontor_core::view::View;
use std::collections::BTreeMap;

/// What a device has for good: all but what visitors say under tickets that it does not have. Once it has them, some of
/// that may turn out to be more than the office keeps.
pub(super) fn settled(fold: &Fold) -> Vec<StatementId> {
    let statements = fold.statements();
    let is_settled = |body: &Body| {
        let ticket = match body {
            Body::Request(request) => request.ticket,
            Body::Cancel(cancel) => cancel.ticket,
            Body::Arrive(arrive) => arrive.ticket,
            _ => return true,
        };
        statements.contains_key(&ticket)
    };
    let settled = statements.iter().filter(|(_, s)| is_settled(s.body()));
    settled.map(|(id, _)| *id).collect()
}

/// What a device had for good, it has.
pub(super) fn nothing_is_lost(
    fold: &Fold,
    before: &[StatementId],
    of: &Of<'_>,
) -> Result<(), Violation> {
    let gone = before
        .iter()
        .filter(|id| !fold.statements().contains_key(id));
    match gone.count() {
        0 => Ok(()),
        gone => {
            let how = format!(
                "{}: {gone} of {} statements of {}",
                of.name,
                before.len(),
                fold.document()
            );
            Err(Violation::new("what a device had is gone", how))
        }
    }
}

/// Promise 1: whatever anybody signs, confirmations that block never overlap, and a booking has one at most.
pub(super) fn no_overlap(fold: &Fold, of: &Of<'_>) -> Result<(), Violation> {
    let mut taken: BTreeMap<Cell, Vec<(Interval, StatementId)>> = BTreeMap::new();
    let mut standing = BTreeMap::new();
    for (id, confirmation) in &fold.resolved().confirmations {
        for placed in confirmation.holds.iter().filter(|placed| placed.blocks) {
            taken
                .entry(placed.cell)
                .or_default()
                .push((placed.occupied, *id));
        }
        if confirmation.state.stands()
            && let Some(other) = standing.insert(confirmation.key, *id)
        {
            let how = format!("{}: {other} and {id}", of.name);
            return Err(Violation::new("a booking stands twice", how));
        }
    }
    for (cell, mut times) in taken {
        times.sort();
        for pair in times.windows(2) {
            if let [(a, one), (b, other)] = pair
                && a.overlaps(*b)
            {
                let how = format!(
                    "{}: unit {} at {a} ({one}) and {b} ({other})",
                    of.name, cell.unit.0
                );
                return Err(Violation::new("confirmations overlap", how));
            }
        }
    }
    Ok(())
}

/// An honest device never signs twice at one place.
pub(super) fn no_honest_fork(fold: &Fold, of: &Of<'_>) -> Result<(), Violation> {
    for (one, other) in &fold.resolved().forks {
        let signer = fold
            .statements()
            .get(one)
            .map(|statement| statement.signer());
        if signer.is_some_and(|signer| !of.faithless.contains(&signer)) {
            let how = format!("{} has {one} beside {other}", of.name);
            return Err(Violation::new("an honest device forked", how));
        }
    }
    Ok(())
}

/// What is derived, incrementally, is what it would be from nothing.
pub(super) fn rebuilt(picture: &Replica, fold: &Fold, of: &Of<'_>) -> Result<(), Violation> {
    let document = fold.document();
    let differs =
        |what: &'static str| Err(Violation::new(what, format!("{}: {document}", of.name)));
    let mut whole = Fold::new(document, fold.authority().clone());
    whole.extend(fold.statements().values().cloned());
    if whole.resolved() != fold.resolved() || whole.pending() != fold.pending() {
        return differs("the fold is not what it would be from nothing");
    }
    let Some(catalogue) = picture.catalogue() else {
        return Ok(());
    };
    let view = View::rebuild(fold, catalogue);
    let board = picture
        .boards()
        .find(|(of, _)| *of == document)
        .map(|(_, board)| board);
    if board.is_some_and(|board| board != view.board()) {
        return differs("the board is not what it would be from nothing");
    }
    if picture
        .forecast(document)
        .is_some_and(|forecast| forecast != view.forecast())
    {
        return differs("the forecast is not what it would be from nothing");
    }
    Ok(())
}
