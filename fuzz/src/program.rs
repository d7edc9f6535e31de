//! A dishonest steward's device: a program that makes changes, right ones and wrong ones.

use crate::document::{base, check, name};
use allkontor_core::document::{
    ActorId, ApplyError, Change, ChangeParts, Refusal, StatementDocument,
};
use allkontor_core::id::ChangeHash;
use allkontor_core::time::CivilMinute;

/// Instructions after which a program ends.
const LONGEST: usize = 60;

/// The bytes of a program, zeros when they are used up.
struct Tape<'a>(&'a [u8]);

impl Tape<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }
}

/// Runs a program against the base document; then merges what was accepted in the opposite order.
///
/// Whether a change is acceptable depends on its ancestors alone, so the other order accepts the same.
pub fn run(program: &[u8]) {
    let mut tape = Tape(program);
    let mut document = base();
    let mut known: Vec<ChangeHash> = document.heads();
    let mut accepted: Vec<Change> = Vec::new();
    for _ in 0..LONGEST {
        if tape.0.is_empty() {
            break;
        }
        let Ok(change) = Change::new(parts(&mut tape, &document, &known)) else {
            continue;
        };
        known.push(change.hash());
        let checked = match document.check(std::slice::from_ref(&change)) {
            Ok(checked) if checked.changes().is_empty() => continue,
            Ok(checked) => checked,
            Err(refusal) => {
                assert!(!refusal.to_string().is_empty());
                continue;
            }
        };
        match document.apply(checked) {
            Ok(()) => accepted.push(change),
            Err(ApplyError::Automerge { detail, .. }) => panic!("automerge disagrees: {detail}"),
            Err(other) => panic!("{other}"),
        }
        assert!(document.contains(&accepted[accepted.len() - 1].hash()));
    }
    check(&document, &accepted);
    let other = backwards(accepted);
    assert_eq!(
        (other.heads(), other.vector()),
        (document.heads(), document.vector())
    );
}

fn backwards(mut waiting: Vec<Change>) -> StatementDocument {
    let mut document = base();
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut left = Vec::new();
        for change in waiting.into_iter().rev() {
            match document.check(std::slice::from_ref(&change)) {
                Ok(checked) => document.apply(checked).expect("what was checked applies"),
                Err(Refusal::MissingDeps { .. }) => left.push(change),
                Err(refusal) => panic!("accepted in one order and not in another: {refusal}"),
            }
        }
        left.reverse();
        assert!(
            left.len() < before,
            "{} changes wait for ever in {}",
            left.len(),
            name()
        );
        waiting = left;
    }
    document
}

/// A change as an honest device would make it next, but for what the program says otherwise.
fn parts(tape: &mut Tape<'_>, document: &StatementDocument, known: &[ChangeHash]) -> ChangeParts {
    let (wrong, author, shape) = (tape.byte(), tape.byte(), tape.byte());
    let actor = ActorId([author % 4; 16]);
    let mut seq = document.vector().get(&actor).copied().unwrap_or(0) + 1;
    if wrong & 1 != 0 {
        seq = u64::from(tape.byte());
    }
    let mut deps = document.heads();
    if wrong & 2 != 0 {
        deps = (0..tape.byte() % 5)
            .filter_map(|_| known.get(usize::from(tape.byte()) % known.len()))
            .copied()
            .collect();
        deps.sort_unstable();
        deps.dedup();
    }
    let all = document.changes_since(&Default::default());
    let ends = all
        .iter()
        .filter(|change| deps.contains(&change.hash()))
        .map(Change::max_op);
    let mut start_op = ends.max().unwrap_or(0) + 1;
    if wrong & 4 != 0 {
        start_op = u64::from(tape.byte());
    }
    if wrong & 8 != 0 {
        deps.push(ChangeHash([tape.byte(); 32]));
        deps.sort_unstable();
    }
    let minute =
        CivilMinute::new(14_000_000 + i64::from(shape >> 4)).expect("a minute of our time");
    // Few different statements, so that they meet again under equal and other keys.
    let statements = (0..=shape % 4)
        .map(|n| vec![b's', n, tape.byte() % 8].into())
        .collect();
    ChangeParts {
        actor,
        seq,
        start_op,
        minute,
        deps,
        statements,
    }
}
