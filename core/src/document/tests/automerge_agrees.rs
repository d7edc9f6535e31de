//! Changes are judged without Automerge. That would be wrong if Automerge refused one that is accepted here, or came to
//! other heads: so it is asked after every single step, about honest changes and about damaged ones.

use super::*;
use std::collections::BTreeMap;

/// The change with one of its parts replaced; `None` when that makes no change.
fn damaged(
    change: &Change,
    all: &[Change],
    pick: &mut impl FnMut(usize) -> usize,
) -> Option<Change> {
    let mut parts = change.to_parts();
    let other = all.get(pick(all.len()))?;
    match pick(8) {
        0 => parts.actor = other.actor(),
        1 => parts.seq = parts.seq.saturating_add(pick(3) as u64).saturating_sub(1),
        2 => {
            parts.start_op = parts
                .start_op
                .saturating_add(pick(5) as u64)
                .saturating_sub(2)
        }
        3 => parts.deps = other.deps().to_vec(),
        4 => {
            parts.deps.push(other.hash());
            parts.deps.sort_unstable();
        }
        5 => parts.minute = minute(pick(90)),
        // Admitted before, by somebody else: the same key, when it is the same minute.
        6 => (parts.statements, parts.minute) = (other.to_parts().statements, other.minute()),
        _ => {
            parts.deps = vec![other.hash()];
            parts.start_op = other.max_op() + 1;
        }
    }
    Change::new(parts).ok()
}

fn hashes(document: &Automerge) -> BTreeSet<[u8; 32]> {
    let changes = document.get_changes(&[]);
    changes.iter().map(|change| change.hash().0).collect()
}

/// A document, and Automerge's own idea of it.
#[derive(Clone)]
struct Both {
    document: StatementDocument,
    oracle: Automerge,
}

impl Both {
    /// Offers a change. Whatever is accepted, Automerge must accept; and it must agree where that leads.
    fn offer(&mut self, change: &Change) -> &'static str {
        let verdict = match self.document.check(std::slice::from_ref(change)) {
            Ok(checked) if checked.changes().is_empty() => "known",
            Ok(checked) => {
                self.document.apply(checked).unwrap();
                self.oracle.apply_changes([change.built()]).unwrap();
                "accepted"
            }
            Err(Refusal::MissingDeps { .. }) => "missing",
            Err(Refusal::StartOp { .. }) => "start op",
            Err(Refusal::SeqGap { .. }) => "gap",
            Err(Refusal::NotAfterOwn { .. }) => "not after own",
            Err(Refusal::Equivocation { .. }) => "equivocation",
            Err(Refusal::TooManyActors { .. }) => "actors",
        };
        let heads = self.oracle.get_heads().into_iter();
        assert!(
            heads
                .map(|head| ChangeHash(head.0))
                .eq(self.document.heads())
        );
        verdict
    }
}

#[test]
fn automerge_accepts_every_change_that_is_accepted_here_and_comes_to_the_same_heads() {
    let mut verdicts = BTreeMap::new();
    for seed in 1..=60 {
        let mut pick = xorshift(seed * 0x9e37);
        let written = histories(4, 30, xorshift(seed));
        let mut both = Both {
            document: StatementDocument::new(LEDGER),
            oracle: Automerge::new().with_actor(automerge::ActorId::from([0; 16])),
        };
        for (n, honest) in written.iter().enumerate() {
            for _ in 0..3 {
                let near = &written[pick((n + 3).min(written.len()))];
                if let Some(odd) = damaged(near, &written, &mut pick) {
                    let verdict = both.clone().offer(&odd);
                    *verdicts.entry(verdict).or_insert(0) += 1;
                }
            }
            assert_eq!(both.offer(honest), "accepted");
        }
        let merged = both.document.merge().unwrap();
        assert_eq!(hashes(&merged), hashes(&both.oracle));
        assert!(
            everything(&both.document)
                .iter()
                .eq(both.document.statements())
        );
    }
    for often in [
        "accepted",
        "missing",
        "start op",
        "gap",
        "not after own",
        "equivocation",
    ] {
        assert!(verdicts.get(often).is_some_and(|n| *n > 60), "{verdicts:?}");
    }
}
