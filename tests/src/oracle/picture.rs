//! What everybody must agree on, in plain ordered values.

use super::cells::{Cell, Span, cell_of, is_period_of};
use super::fold::{Fold, Place, Standing};
use super::victims::{Fork, SlotVersion};
use allkontor_core::id::StatementId;
use allkontor_core::statement::{Body, Cause};
use allkontor_core::time::CivilMinute;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What became of a Confirm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It stands.
    Live,
    /// The person came.
    CheckedIn,
    /// A later confirmation of the slot ended it.
    Moved,
    /// Given back.
    Released(Cause),
    /// It never had an effect.
    Void,
}

/// One document, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Chain statements that are ready.
    pub ready: BTreeSet<StatementId>,
    /// Every ready Confirm.
    pub confirms: BTreeMap<StatementId, State>,
    /// What is taken on each unit, and by which confirmation.
    pub blocking: BTreeSet<(Span, StatementId)>,
    /// Requests declined for good.
    pub declined: BTreeSet<StatementId>,
    /// Every cell that a ready statement names, and where it is.
    pub cells: BTreeMap<Cell, Place>,
    /// Every ticket that is not inert, and where the right to decide it is.
    pub rights: BTreeMap<StatementId, Place>,
    /// Who was let down.
    pub victims: BTreeSet<SlotVersion>,
    /// Two statements at one place of a chain.
    pub forks: BTreeSet<Fork>,
    /// `Occupy` statements in force.
    pub facts: BTreeSet<StatementId>,
    /// What goes on, and the wishes that it answers.
    pub carried: (BTreeSet<StatementId>, BTreeSet<StatementId>),
    /// Proposals that were approved, and events that were called off.
    pub events: (BTreeSet<StatementId>, BTreeSet<(StatementId, u8)>),
    /// Edits of texts that count.
    pub edits: BTreeSet<StatementId>,
    /// What was opened.
    pub opened: BTreeSet<StatementId>,
    /// Codes that are told.
    pub codes: BTreeSet<StatementId>,
    /// What was handed out, and when and by what it came back.
    pub loans: BTreeMap<StatementId, Option<(CivilMinute, StatementId)>>,
    /// The latest wish to keep each slot.
    pub renewals: BTreeMap<(StatementId, u8), StatementId>,
    /// Critical statements of an unknown kind at which chains stop.
    pub outdated: BTreeSet<StatementId>,
}

impl Picture {
    /// What a fold came to.
    pub fn of(fold: &Fold<'_>) -> Self {
        let mut cells = BTreeSet::new();
        for statement in fold.taken.iter().filter_map(|id| fold.all.get(id)) {
            match statement.body() {
                Body::Give(b) => cells.extend(
                    b.cells
                        .iter()
                        .flat_map(|range| range.cells())
                        .filter(|(_, period)| is_period_of(fold.document, *period)),
                ),
                Body::Confirm(b) => cells.extend(
                    b.holds
                        .iter()
                        .filter_map(|hold| cell_of(fold.document, fold.day_start(), hold)),
                ),
                _ => {}
            }
        }
        let state = |standing| match standing {
            Standing::Live => State::Live,
            Standing::CheckedIn => State::CheckedIn,
            Standing::Moved => State::Moved,
            Standing::Released(cause) => State::Released(cause),
            Standing::Void => State::Void,
        };
        Self {
            ready: fold.taken.iter().copied().collect(),
            confirms: fold
                .confirmations
                .iter()
                .map(|c| (c.id, state(c.standing)))
                .collect(),
            blocking: fold.blocking().into_iter().collect(),
            declined: fold.declined.clone(),
            cells: cells.into_iter().map(|c| (c, fold.cell(c))).collect(),
            rights: fold
                .all
                .keys()
                .filter(|id| fold.ticket(**id).is_some())
                .map(|id| (*id, fold.right(*id)))
                .collect(),
            victims: fold.victims(),
            forks: fold.forks(),
            facts: fold.facts.clone(),
            carried: (fold.carried.clone(), fold.answered.clone()),
            events: {
                let off = fold.called_off.values().filter_map(|id| fold.proposed(*id));
                let off = off.map(|propose| (propose.ticket, propose.slot));
                (fold.approved.clone(), off.collect())
            },
            edits: fold.edits(),
            opened: fold.opened.clone(),
            codes: fold.codes.clone(),
            loans: fold.loans.clone(),
            renewals: renewals(fold),
            outdated: fold.outdated.clone(),
        }
    }

    /// SHA-256 of everything above, for comparing deliveries byte by byte.
    pub fn digest(&self) -> String {
        data_encoding::HEXLOWER.encode(&Sha256::digest(format!("{self:?}")))
    }
}

/// "Of several the one with the latest claim counts, at equal claims the smaller id."
fn renewals(fold: &Fold<'_>) -> BTreeMap<(StatementId, u8), StatementId> {
    let mut latest: BTreeMap<(StatementId, u8), (CivilMinute, StatementId)> = BTreeMap::new();
    // Ids come in ascending order.
    for (id, statement) in &fold.all {
        let (Some(slot), Body::Renew(renew)) = (fold.renewed(*id), statement.body()) else {
            continue;
        };
        let known = latest.get(&slot);
        if known.is_none_or(|(claimed, _)| renew.claimed > *claimed) {
            latest.insert(slot, (renew.claimed, *id));
        }
    }
    latest
        .into_iter()
        .map(|(slot, (_, id))| (slot, id))
        .collect()
}
