//! Whether a verdict may change: only what a revoked or faithless device signed can make it.

use super::Of;
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::resolve::Fold;
use allkontor_core::statement::{Body, Verified};
use std::collections::{BTreeMap, BTreeSet};

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

/// For each device, the highest place in its chain that a statement rests on, its own included.
pub(super) fn rests_on(fold: &Fold, id: StatementId) -> BTreeMap<PublicKey, u32> {
    let (mut open, mut seen, mut rests) = (vec![id], BTreeSet::new(), BTreeMap::new());
    while let Some(id) = open.pop() {
        let Some(statement) = fold.statements().get(&id).filter(|_| seen.insert(id)) else {
            continue;
        };
        if let Some(link) = statement.header().link {
            let highest = rests.entry(statement.signer()).or_insert(link.seq);
            *highest = link.seq.max(*highest);
        }
        open.extend(named(statement));
    }
    rests
}

/// Whether what rests on those places may be void: a device known not to be honest signed some of it, or one that was
/// revoked, beyond its cut.
pub(super) fn is_tainted(rests: &BTreeMap<PublicKey, u32>, fold: &Fold, of: &Of<'_>) -> bool {
    rests.iter().any(|(signer, seq)| {
        let revoked = fold
            .authority()
            .device(signer)
            .and_then(|device| device.revoked.as_ref());
        let beyond = revoked.is_some_and(|revoked| {
            let cut = revoked.cuts.get(&fold.document());
            cut.is_none_or(|head| *seq > head.seq)
        });
        beyond || of.faithless.contains(signer)
    })
}
