//! Where a request goes that one device decides and whose place others may hold.

use super::Stewards;
use crate::id::PublicKey;
use crate::resolve::{Cell, Fold, Forecast, Holding, Places, SlotKey};
use crate::statement::Hold;
use std::collections::BTreeSet;

/// What the device that decides about a request does with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Confirms it there.
    Here(Vec<Hold>),
    /// Passes the right on to the device that holds its place.
    To(PublicKey),
    /// Waits for the cells, which those who hold them give as soon as they see the request.
    Gather,
    /// Waits: nobody who is there has custody.
    Wait,
}

/// Where `decider` sends a request that it is to decide; the first that applies.
///
/// 1. The place that the forecast names, when the decider has custody of it.
/// 2. Equal units at the same times that the decider has custody of, when any equal will do.
/// 3. The device that has custody of the whole place, when it is present.
/// 4. A present device, in order of certification, that has custody of equal units at the same times.
/// 5. Several devices have custody of the place, and all are present: they give it to the decider.
pub(crate) fn route(
    fold: &Fold,
    forecast: &Forecast,
    places: &impl Places,
    stewards: &Stewards,
    key: &SlotKey,
    decider: PublicKey,
) -> Route {
    let holds = forecast
        .outlook(key)
        .map(|outlook| outlook.place.holds())
        .unwrap_or_default();
    let Some(cells) = cells_of(fold, holds).filter(|cells| !cells.is_empty()) else {
        return Route::Wait;
    };
    let at =
        |device: PublicKey| move |cell: &Cell| fold.custodian(cell) == Some(Holding::Held(device));
    if cells.iter().all(at(decider)) {
        return Route::Here(holds.to_vec());
    }
    let equals = |device| forecast.equals_among(fold, places, key, holds, at(device));
    if let Some(holds) = equals(decider) {
        return Route::Here(holds);
    }
    let holders: Option<BTreeSet<PublicKey>> = cells
        .iter()
        .map(|cell| fold.custodian(cell).map(Holding::device))
        .collect();
    let is_present = |device: &PublicKey| *device == decider || stewards.present().contains(device);
    let sole = holders.as_ref().filter(|holders| holders.len() == 1);
    let sole = sole.and_then(|holders| holders.first().copied());
    if let Some(custodian) = sole.filter(|custodian| *custodian != decider && is_present(custodian))
    {
        return Route::To(custodian);
    }
    let others = stewards.present().iter().filter(|other| **other != decider);
    for other in others {
        if equals(*other).is_some() {
            return Route::To(*other);
        }
    }
    match holders {
        Some(holders) if holders.iter().all(is_present) => Route::Gather,
        _ => Route::Wait,
    }
}

/// The cells of some holds; `None` when one lies in no cell.
pub(super) fn cells_of(fold: &Fold, holds: &[Hold]) -> Option<BTreeSet<Cell>> {
    holds.iter().map(|hold| fold.cell_of(hold)).collect()
}
