//! What an honest steward might say next, as far as it knows.

use crate::history::shop;
use crate::history::world::by_id;
use crate::oracle::Forecast;
use crate::oracle::cells::{Cell, cell_of};
use crate::oracle::fold::{Confirmation, Fold, Place, Standing};
use allkontor_core::id::PublicKey;
use allkontor_core::statement::{
    Body, Cause, CellRange, Confirm, Give, Honour, Pass, Release, Take, Verified,
};
use allkontor_core::time::DayStart;
use std::collections::BTreeSet;

/// Confirms what the forecast places; passes on what lies with another custodian.
pub(super) fn decisions(by: PublicKey, fold: &Fold<'_>) -> Vec<Body> {
    let forecasts = fold.forecast(&shop());
    let mut drafts: Vec<Body> = vec![];
    for asked in fold.pending(&fold.victims()) {
        let place = (asked.request.ticket, asked.request.slot);
        if fold.right(place.0) != Place::With(by) {
            continue;
        }
        let (Some(Forecast::Likely(holds)) | Some(Forecast::Alternative(holds))) =
            forecasts.get(&place)
        else {
            continue;
        };
        let last = fold
            .confirmations
            .iter()
            .rev()
            .filter(|c| c.standing != Standing::Void)
            .find(|c| {
                let of = c
                    .request
                    .as_ref()
                    .map(|r| (r.request.ticket, r.request.slot));
                of == Some(place)
            });
        drafts.push(
            Confirm {
                request: asked.id,
                holds: holds.clone(),
                ends: last.map(|c| c.id),
            }
            .into(),
        );
        let elsewhere = holds
            .iter()
            .filter_map(|hold| cell_of(fold.document, DayStart::default(), hold))
            .find_map(|cell| match fold.cell(cell) {
                Place::With(other) if other != by => Some(other),
                _ => None,
            });
        drafts.extend(elsewhere.map(|to| {
            Pass {
                ticket: place.0,
                to,
            }
            .into()
        }));
    }
    drafts
}

pub(super) fn standing<'a>(fold: &'a Fold<'_>, pick: u8) -> Option<&'a Confirmation> {
    let standing: Vec<_> = fold
        .confirmations
        .iter()
        .filter(|c| {
            matches!(
                c.standing,
                Standing::Live | Standing::CheckedIn | Standing::Moved
            )
        })
        .collect();
    standing
        .get(usize::from(pick) % standing.len().max(1))
        .copied()
}

/// Gives back what moved first; else something that stands.
pub(super) fn releases(fold: &Fold<'_>, pick: u8, cause: u8) -> Vec<Body> {
    let causes = [
        Cause::Cancelled,
        Cause::NoShow,
        Cause::Closed,
        Cause::Override,
        Cause::Lost,
        Cause::Ended,
    ];
    let cause = causes[usize::from(cause) % causes.len()];
    let mut drafts: Vec<Body> = fold
        .confirmations
        .iter()
        .filter(|c| c.standing == Standing::Moved && pick.is_multiple_of(2))
        .map(|c| {
            Release {
                confirm: c.id,
                cause: Cause::Moved,
            }
            .into()
        })
        .collect();
    drafts.extend(standing(fold, pick).map(|c| {
        Release {
            confirm: c.id,
            cause,
        }
        .into()
    }));
    drafts
}

/// Vouches for what somebody was promised by a device that was revoked, beyond its cut.
pub(super) fn honours(fold: &Fold<'_>, pick: u8) -> Vec<Body> {
    let orphans: Vec<_> = fold
        .confirmations
        .iter()
        .filter(|c| c.request.is_some() && !fold.honoured.contains(&c.id))
        .filter(|c| fold.all.get(&c.id).is_some_and(|s| fold.is_beyond_cut(s)))
        .collect();
    let confirm = orphans.get(usize::from(pick) % orphans.len().max(1));
    let honour = confirm.map(|c| Honour { confirm: c.id }.into());
    honour.into_iter().collect()
}

/// A cell, with every cell that a confirmation holds together with it: "never splits the cells of a live confirmation
/// between devices".
pub(super) fn gives(fold: &Fold<'_>, by: PublicKey, to: PublicKey, cell: Cell) -> Vec<Body> {
    let cells_of = |c: &Confirmation| -> BTreeSet<Cell> {
        c.holds
            .iter()
            .filter_map(|hold| cell_of(fold.document, DayStart::default(), hold))
            .collect()
    };
    let mut cells = BTreeSet::from([cell]);
    loop {
        let mut more = cells.clone();
        for c in &fold.confirmations {
            let stands = matches!(
                c.standing,
                Standing::Live | Standing::CheckedIn | Standing::Moved
            );
            if stands && !cells_of(c).is_disjoint(&cells) {
                more.extend(cells_of(c));
            }
        }
        if more == cells {
            break;
        }
        cells = more;
    }
    if to == by || !cells.iter().all(|cell| fold.cell(*cell) == Place::With(by)) {
        return vec![];
    }
    let range = |(unit, period): &Cell| CellRange {
        unit: *unit,
        first: *period,
        last: *period,
    };
    vec![
        Give {
            cells: cells.iter().map(range).collect(),
            to,
        }
        .into(),
    ]
}

/// What is addressed to the device or to somebody it stands in for, and what a revoked device left behind.
pub(super) fn takes(by: PublicKey, fold: &Fold<'_>) -> Vec<Body> {
    let mut drafts: Vec<Body> = vec![];
    let taken: BTreeSet<_> = by_id(&fold.all.values().cloned().collect::<Vec<Verified>>())
        .values()
        .filter_map(|s| match s.body() {
            Body::Take(b) if fold.effective.contains(&s.id()) && s.signer() == by => Some(b.of),
            _ => None,
        })
        .collect();
    let stands_in_for = |to: PublicKey| {
        let revoked = fold.authority.revoked.get(&to)?;
        fold.authority
            .successors(to)
            .contains(&by)
            .then_some(revoked.revoke)
    };
    for of in fold.taken.iter().filter(|id| !taken.contains(id)) {
        let to = match fold.all.get(of).map(Verified::body) {
            Some(Body::Give(b)) if fold.effective.contains(of) => b.to,
            Some(Body::Pass(b)) if fold.effective.contains(of) => b.to,
            _ => continue,
        };
        if to == by {
            drafts.push(Take { of: *of, via: None }.into());
        } else if let Some(via) = stands_in_for(to) {
            drafts.push(
                Take {
                    of: *of,
                    via: Some(via),
                }
                .into(),
            );
        }
    }
    for (device, revoked) in &fold.authority.revoked {
        if fold.authority.successors(*device).contains(&by) && !taken.contains(&revoked.revoke) {
            drafts.push(
                Take {
                    of: revoked.revoke,
                    via: None,
                }
                .into(),
            );
        }
    }
    drafts
}
