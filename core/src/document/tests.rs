mod automerge_agrees;
mod hostile;

use super::*;
use crate::id::OfficeId;
use automerge::{ROOT, ReadDoc as _};
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

const LEDGER: Document = Document::Storage(2026);

fn actor(n: u8) -> ActorId {
    ActorId([n; 16])
}

fn minute(n: usize) -> CivilMinute {
    CivilMinute::new(13_000_000 + n as i64).unwrap()
}

/// Statements that differ, of the length a booking's have. Documents do not read them.
fn statements(n: usize, count: usize) -> Vec<Box<[u8]>> {
    let one = |i: usize| {
        let seed = Sha256::digest(((n as u64) << 32 | i as u64).to_be_bytes());
        seed.iter().copied().cycle().take(280 + n % 40).collect()
    };
    (0..count).map(one).collect()
}

/// Every value of the Automerge document, in the order of its keys.
fn everything(document: &StatementDocument) -> Vec<Vec<u8>> {
    let merged = document.merge().unwrap();
    let entries = merged.map_range(ROOT, ..);
    let all = entries.flat_map(|entry| merged.get_all(ROOT, entry.key.as_ref()).unwrap());
    all.map(|(value, _)| value.into_bytes().unwrap()).collect()
}

/// Several stewards write, and hear of what others wrote, as the choices say. Returns every change, causes first.
fn histories(stewards: u8, changes: usize, mut choice: impl FnMut(usize) -> usize) -> Vec<Change> {
    let empty = (StatementDocument::new(LEDGER), 0);
    let mut stands = vec![empty; usize::from(stewards)];
    let mut written: Vec<Change> = Vec::new();
    for n in 0..changes {
        let who = choice(usize::from(stewards));
        let (document, heard) = &mut stands[who];
        let news = &written[*heard..*heard + choice(written.len() - *heard + 1)];
        *heard += news.len();
        document.apply(document.check(news).unwrap()).unwrap();
        let batch = statements(n, 1 + choice(5));
        let author = actor(who as u8);
        written.push(document.append_bytes(author, minute(n), batch).unwrap());
    }
    written
}

fn xorshift(mut state: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    }
}

/// Delivers one by one, in any order, through a waiting room.
fn deliver(changes: &[Change], mut choice: impl FnMut(usize) -> usize) -> StatementDocument {
    let mut document = StatementDocument::new(LEDGER);
    let mut room: WaitingRoom<ChangeHash, ChangeHash, Change> = WaitingRoom::new();
    let mut left = changes.to_vec();
    while !left.is_empty() {
        let mut arrived = vec![left.swap_remove(choice(left.len()))];
        while let Some(change) = arrived.pop() {
            match document.check(std::slice::from_ref(&change)) {
                Ok(checked) => {
                    document.apply(checked).unwrap();
                    arrived.extend(room.arrived(&change.hash()));
                }
                Err(Refusal::MissingDeps { missing, .. }) => {
                    room.hold(change.hash(), change, 1, missing).unwrap();
                }
                Err(refusal) => panic!("{refusal}"),
            }
        }
    }
    assert!(room.is_empty());
    document
}

#[test]
fn three_thousand_changes_of_seven_stewards_lead_to_the_same_document_in_any_order() {
    let written = histories(7, 3_000, xorshift(0x5eed));
    let loaded = StatementDocument::load(LEDGER, &written).unwrap();
    let delivered = deliver(&written, xorshift(77));
    assert_eq!(loaded.heads(), delivered.heads());
    assert_eq!(loaded.vector(), delivered.vector());
    assert_eq!(everything(&loaded), everything(&delivered));
    assert!(everything(&loaded).iter().eq(loaded.statements()));
    let put = |changes: &[Change]| -> BTreeSet<Vec<u8>> {
        let statements = changes.iter().flat_map(Change::statements);
        statements.map(<[u8]>::to_vec).collect()
    };
    assert_eq!(BTreeSet::from_iter(everything(&loaded)), put(&written));
    assert!(written.iter().all(|change| loaded.contains(&change.hash())));
}

#[test]
fn automerge_saves_and_loads_what_was_built_and_computes_the_same_hashes() {
    let written = histories(4, 400, xorshift(3));
    let document = StatementDocument::load(LEDGER, &written).unwrap();
    let again = Automerge::load(&document.save().unwrap()).unwrap();
    let heads: Vec<_> = again
        .get_heads()
        .iter()
        .map(|head| ChangeHash(head.0))
        .collect();
    assert_eq!(heads, document.heads());
    let hashes: BTreeSet<_> = again
        .get_changes(&[])
        .iter()
        .map(|c| ChangeHash(c.hash().0))
        .collect();
    assert_eq!(hashes, written.iter().map(Change::hash).collect());
}

#[test]
fn a_change_is_the_one_automerge_itself_would_write() {
    use automerge::transaction::{CommitOptions, Transactable as _};
    let written = histories(3, 60, xorshift(9));
    let mut document = StatementDocument::load(LEDGER, &written).unwrap();
    let mut native = document
        .merge()
        .unwrap()
        .with_actor(automerge::ActorId::from(actor(1).0));
    let batch = statements(61, 3);
    let ours = document
        .append_bytes(actor(1), minute(61), batch.clone())
        .unwrap();
    let mut transaction = native.transaction();
    for op in ours.built().decode().operations {
        let automerge::legacy::Key::Map(key) = &op.key else {
            panic!("a map key")
        };
        let value = op.primitive_value().unwrap();
        transaction.put(ROOT, key.as_str(), value).unwrap();
    }
    let time = i64::from(minute(61).get());
    transaction.commit_with(CommitOptions::default().with_time(time));
    assert_eq!(native.get_heads(), document.merge().unwrap().get_heads());
}

#[test]
fn the_content_of_a_document_is_given_back_change_by_change() {
    let written = histories(3, 200, xorshift(4));
    let document = StatementDocument::load(LEDGER, &written).unwrap();
    let all = document.changes_since(&BTreeMap::new());
    assert_eq!(
        StatementDocument::load(LEDGER, &all).unwrap().heads(),
        document.heads()
    );
    let half = StatementDocument::load(LEDGER, &written[..120]).unwrap();
    let rest = document.changes_since(&half.vector());
    assert_eq!(rest.len(), 80);
    let mut half = half;
    half.apply(half.check(&rest).unwrap()).unwrap();
    assert_eq!(half.heads(), document.heads());
}

#[test]
fn newest_statements_come_first_and_concurrent_admissions_of_one_are_both_kept() {
    let (mut a, mut b) = (
        StatementDocument::new(LEDGER),
        StatementDocument::new(LEDGER),
    );
    let [old, same, new] = [1, 2, 3].map(|n| statements(n, 1));
    let one = a.append_bytes(actor(1), minute(1), old.clone()).unwrap();
    let two = a.append_bytes(actor(1), minute(5), same.clone()).unwrap();
    let three = b.append_bytes(actor(2), minute(5), same.clone()).unwrap();
    let four = b.append_bytes(actor(2), minute(9), new.clone()).unwrap();
    let merged = StatementDocument::load(LEDGER, &[one, two, three, four]).unwrap();
    let read: Vec<_> = merged.statements().map(Box::from).collect();
    assert_eq!(
        read,
        [&new[0], &same[0], &same[0], &old[0]].map(Clone::clone)
    );
    assert!(everything(&merged).iter().eq(merged.statements()));
}

#[test]
fn a_batch_is_one_change_that_merges_all_heads_and_drops_repetitions() {
    let office = OfficeId([1; 32]);
    let keys = crate::statement::Keypair::from_seed(&[5; 32]);
    let sign = |confirm: u8| {
        let header = crate::statement::Header::standalone(office, LEDGER);
        let arrive = crate::statement::Arrive {
            ticket: crate::id::StatementId([confirm; 32]),
            slot: 0,
            claimed: minute(0),
        };
        let body = crate::statement::Body::from(arrive);
        keys.sign(crate::statement::Statement { header, body })
            .unwrap()
    };
    let mut document = StatementDocument::load(LEDGER, &histories(5, 50, xorshift(8))).unwrap();
    let heads = document.heads();
    assert!(heads.len() > 1);
    let batch = [sign(1), sign(2), sign(1)];
    let change = document.append(actor(9), minute(60), &batch).unwrap();
    assert_eq!(change.deps(), heads);
    assert_eq!(document.heads(), [change.hash()]);
    assert_eq!(
        change.statements().collect::<Vec<_>>(),
        [batch[0].bytes(), batch[1].bytes()]
    );
}

#[test]
fn a_check_is_good_for_the_document_it_was_made_on() {
    let mut document = StatementDocument::new(LEDGER);
    let other = StatementDocument::new(LEDGER)
        .append_bytes(actor(2), minute(0), statements(2, 1))
        .unwrap();
    let checked = document.check(&[other]).unwrap();
    document
        .append_bytes(actor(1), minute(0), statements(1, 1))
        .unwrap();
    assert_eq!(document.apply(checked), Err(ApplyError::Stale));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_history_in_any_order_gives_equal_heads_vector_and_statements(
        stewards in 1u8..6,
        changes in 1usize..60,
        writing in 1u64..,
        delivery in 1u64..,
    ) {
        let written = histories(stewards, changes, xorshift(writing));
        let loaded = StatementDocument::load(LEDGER, &written).unwrap();
        let delivered = deliver(&written, xorshift(delivery));
        prop_assert_eq!(loaded.heads(), delivered.heads());
        prop_assert_eq!(loaded.vector(), delivered.vector());
        prop_assert_eq!(everything(&loaded), everything(&delivered));
    }

    /// Random damage to a change's numbers and dependencies: accepted only when nothing was damaged.
    #[test]
    fn a_damaged_change_is_never_accepted(
        seed in 1u64..,
        field in 0usize..4,
        by in 1u64..1000,
    ) {
        let written = histories(3, 30, xorshift(seed));
        let (last, before) = written.split_last().unwrap();
        let document = StatementDocument::load(LEDGER, before).unwrap();
        let mut parts = last.to_parts();
        match field {
            0 => parts.seq = parts.seq.saturating_add(by),
            1 => parts.start_op = parts.start_op.saturating_add(by),
            2 => parts.seq = parts.seq.saturating_sub(by).max(1),
            _ => parts.start_op = parts.start_op.saturating_sub(by).max(1),
        }
        let damaged = Change::new(parts).unwrap();
        let verdict = document.check(std::slice::from_ref(&damaged));
        prop_assert_eq!(verdict.is_ok(), damaged == *last);
    }
}
