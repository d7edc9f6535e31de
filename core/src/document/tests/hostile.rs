//! What is not merged: changes that lie, too many heads, too many authors.

use super::super::*;
use super::{LEDGER, actor, histories, minute, statements, xorshift};
use crate::limits::{MAX_CHANGE_STATEMENTS, MAX_STATEMENT_BYTES};

#[test]
fn too_many_heads_are_merged_by_several_changes() {
    let roots: Vec<Change> = (0..200u8)
        .map(|n| {
            StatementDocument::new(LEDGER)
                .append_bytes(actor(n), minute(0), statements(n.into(), 2))
                .unwrap()
        })
        .collect();
    let mut document = StatementDocument::load(LEDGER, &roots).unwrap();
    for left in [73, 1, 1] {
        document
            .append_bytes(actor(201), minute(1), statements(left + document.len(), 1))
            .unwrap();
        assert_eq!(document.heads().len(), left);
    }
    // An author whose own last change is buried below too many heads still follows it.
    let mut buried = StatementDocument::new(LEDGER);
    let own = buried
        .append_bytes(actor(250), minute(0), statements(900, 1))
        .unwrap();
    let over: Vec<Change> = (0..200u8)
        .map(|n| {
            buried
                .clone()
                .append_bytes(actor(n), minute(1), statements(n.into(), 1))
                .unwrap()
        })
        .collect();
    buried.apply(buried.check(&over).unwrap()).unwrap();
    let next = buried
        .append_bytes(actor(250), minute(2), statements(901, 1))
        .unwrap();
    assert!(next.deps().contains(&own.hash()));
}

/// Every way in which content can be wrong is refused with its facts, and nothing changes.
#[test]
fn hostile_changes_are_refused_and_change_nothing() {
    let written = histories(3, 90, xorshift(21));
    let document = StatementDocument::load(LEDGER, &written).unwrap();
    let (heads, saved) = (document.heads(), document.save());
    let good = document
        .clone()
        .append_bytes(actor(1), minute(99), statements(99, 2))
        .unwrap();
    let forged = |change: &dyn Fn(&mut ChangeParts)| {
        let mut parts = good.to_parts();
        change(&mut parts);
        let forged = Change::new(parts).unwrap();
        document.check(&[forged]).unwrap_err()
    };
    let (seq, start_op) = (good.seq(), good.start_op());
    let own = written.iter().rfind(|c| c.actor() == actor(1)).unwrap();
    let stranger = ChangeHash([0xee; 32]);

    assert!(matches!(forged(&|p| p.seq += 1),
        Refusal::SeqGap { expected, got, .. } if expected == seq && got == seq + 1));
    assert!(matches!(forged(&|p| p.actor = actor(77)),
        Refusal::SeqGap { expected: 1, got, .. } if got == seq));
    assert!(matches!(forged(&|p| p.seq -= 1),
        Refusal::Equivocation { seq, known, .. } if seq == own.seq() && known == own.hash()));
    for wrong in [
        1,
        start_op - 1,
        start_op + 1,
        crate::limits::MAX_DOCUMENT_OPS,
    ] {
        assert!(matches!(forged(&|p| p.start_op = wrong),
            Refusal::StartOp { expected, got, .. } if expected == start_op && got == wrong));
    }
    assert!(matches!(forged(&|p| p.deps = vec![stranger]),
        Refusal::MissingDeps { missing, .. } if missing == [stranger]));
    // A root, and a change beside the author's own, reuse put numbers or leave the own change out of its ancestors.
    assert!(matches!(
        forged(&|p| (p.deps, p.start_op) = (Vec::new(), 1)),
        Refusal::NotAfterOwn { .. }
    ));
    let beside = written
        .iter()
        .find(|c| c.actor() != actor(1) && c.max_op() < own.max_op())
        .unwrap();
    assert!(matches!(
        forged(&|p| (p.deps, p.start_op) = (vec![beside.hash()], beside.max_op() + 1)),
        Refusal::NotAfterOwn { .. }
    ));
    assert_eq!(document.heads(), heads);
    assert_eq!(document.save(), saved);
    assert!(document.check(&[good]).is_ok());
}

#[test]
fn what_makes_no_change_cannot_be_built() {
    let good = StatementDocument::new(LEDGER)
        .append_bytes(actor(1), minute(0), statements(0, 2))
        .unwrap();
    let refused = |change: &dyn Fn(&mut ChangeParts)| {
        let mut parts = good.to_parts();
        change(&mut parts);
        Change::new(parts).unwrap_err().to_string()
    };
    let dep = ChangeHash([3; 32]);
    assert_eq!(refused(&|p| p.seq = 0), "change has seq 0: the first is 1");
    assert_eq!(
        refused(&|p| p.start_op = 0),
        "change has start op 0: the first is 1"
    );
    assert_eq!(
        refused(&|p| p.start_op = u64::MAX),
        "change has start op 18446744073709551615: the limit is 2147483647"
    );
    assert_eq!(
        refused(&|p| p.statements.clear()),
        "change has 0 statements: allowed are 1 to 256"
    );
    assert_eq!(
        refused(&|p| p.statements = statements(0, MAX_CHANGE_STATEMENTS + 1)),
        "change has 257 statements: allowed are 1 to 256"
    );
    assert_eq!(
        refused(&|p| p.statements[1] = vec![0; MAX_STATEMENT_BYTES + 1].into()),
        "statement 1 of a change is 2049 bytes: allowed are 1 to 2048"
    );
    assert_eq!(
        refused(&|p| p.statements[0] = [].into()),
        "statement 0 of a change is 0 bytes: allowed are 1 to 2048"
    );
    assert_eq!(
        refused(&|p| p.statements[1] = p.statements[0].clone()),
        "change carries one statement twice, the second time at 1"
    );
    assert!(
        refused(&|p| p.deps = vec![dep, dep])
            .starts_with("change's dependencies are not ascending at 0303")
    );
    assert_eq!(
        refused(&|p| p.deps = vec![dep; MAX_CHANGE_DEPS + 1]),
        "change has 129 dependencies: allowed are 0 to 128"
    );
}

#[test]
fn one_author_too_many_is_refused() {
    let roots: Vec<Change> = (0..3)
        .map(|n| {
            StatementDocument::new(LEDGER)
                .append_bytes(actor(n), minute(0), statements(n.into(), 1))
                .unwrap()
        })
        .collect();
    let mut base = Graph::default();
    base.push(&roots[0]);
    let mut overlay = Overlay::new(&base);
    assert_eq!(overlay.judge(&roots[1], 2), Ok(()));
    assert!(matches!(
        overlay.judge(&roots[2], 2),
        Err(Refusal::TooManyActors { limit: 2, .. })
    ));
}
