//! Whether a verdict may change: only what a revoked or faithless device signed can make it.

use super::Of;
use allkontor_core::id::StatementId;
use allkontor_core::resolve::Fold;
use allkontor_core::statement::{Body, Verified};
use std::collections::BTreeSet;

/// What a chain statement rests on: those before it in its chain, and those it names.
fn named(statement: &Verified) -> Vec<StatementId> {
    let mut names: Vec<StatementId> = match statement.body() {
        Body::Take(take) => [Some(take.of), take.via].into_iter().flatten().collect(),
        Body::Confirm(confirm) => [Some(confirm.request), confirm.ends]
            .into_iter()
            .flatten()
            .collect(),
        Body::Decline(decline) => vec![decline.request],
        Body::Release(release) => vec![release.confirm],
        Body::CheckIn(check_in) => vec![check_in.confirm],
        Body::Vacate(vacate) => vec![vacate.occupy],
        Body::Honour(honour) => vec![honour.confirm],
        _ => Vec::new(),
    };
    names.extend(statement.header().link.and_then(|link| link.prev));
    names
}

/// Whether a statement rests on one of a device that is revoked or known not to be honest.
pub(super) fn is_tainted(fold: &Fold, id: StatementId, of: &Of<'_>) -> bool {
    let authority = fold.authority();
    let (mut open, mut seen) = (vec![id], BTreeSet::new());
    while let Some(id) = open.pop() {
        let Some(statement) = fold.statements().get(&id).filter(|_| seen.insert(id)) else {
            continue;
        };
        let signer = statement.signer();
        let revoked = authority
            .device(&signer)
            .is_some_and(|device| device.revoked.is_some());
        let in_chain = statement.header().link.is_some();
        if in_chain && (revoked || of.faithless.contains(&signer)) {
            return true;
        }
        open.extend(named(statement));
    }
    false
}
