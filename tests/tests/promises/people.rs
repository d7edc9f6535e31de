//! What is known of people and of how they are reached, against going through everything again; and nothing depends on
//! order.

use allkontor_core::resolve::Fold;
use allkontor_core::statement::Document;
use allkontor_core::time::Month;
use allkontor_tests::adapter::{fold_all, resolve_authority};
use allkontor_tests::chance::Chance;
use allkontor_tests::history::people::{History, holders};

const HISTORIES: u64 = 60;

/// What everything that was said comes to; the same in any order.
fn folded(history: &History, document: Document, seed: u64) -> Fold {
    let office = &history.office;
    let whole = fold_all(office.id, document, &office.heap).unwrap();
    let mut order = office.heap.clone();
    Chance(seed).shuffle(&mut order);
    let authority = resolve_authority(office.id, &office.heap).unwrap();
    let mut fold = Fold::new(document, authority);
    for one in order {
        fold.extend([one]);
    }
    assert_eq!(
        fold.resolved(),
        whole.resolved(),
        "seed {seed}: the order counts"
    );
    assert_eq!(fold.resolved().digest(), whole.resolved().digest());
    whole
}

#[test]
fn e4_the_last_word_on_an_introduction_is_what_going_through_all_gives_in_any_order() {
    let (mut stands, mut retracted, mut nothing) = (0, 0, 0);
    for seed in 0..HISTORIES {
        let document = Document::People(2026);
        let history = History::new(seed, 10 + seed as usize % 40, document);
        let fold = folded(&history, document, seed);
        for holder in holders() {
            let known = fold.resolved().people.introductions.get(&holder);
            let known = known.map(|last| (last.minute, last.is_retracted));
            assert_eq!(known, history.introduction(holder), "seed {seed}");
            match known {
                Some((_, false)) => stands += 1,
                Some((_, true)) => retracted += 1,
                None => nothing += 1,
            }
        }
    }
    assert!(
        stands > 40 && retracted > 60,
        "{stands} stand, {retracted} do not"
    );
    assert!(nothing > 2, "{nothing}");
}

#[test]
fn d3_the_key_in_force_and_what_was_written_are_what_going_through_all_gives_in_any_order() {
    let (mut keys, mut none, mut written) = (0, 0, 0);
    for seed in 0..HISTORIES {
        let document = Document::Roster(Month::new(2026, 11).unwrap());
        // Not too many, or every key is spoiled in the end.
        let history = History::new(seed, 8 + seed as usize % 24, document);
        let fold = folded(&history, document, seed);
        let key = fold.roster_key();
        assert_eq!(key, history.key_in_force(), "seed {seed}");
        keys += usize::from(key.is_some());
        none += usize::from(key.is_none());
        for holder in holders() {
            let known = fold.resolved().roster.contacts.get(&holder);
            let known = known.into_iter().flat_map(|all| all.keys());
            let known: Vec<_> = known.map(|(_, id)| *id).collect();
            assert_eq!(known, history.written(holder), "seed {seed}");
            written += known.len();
        }
    }
    assert!(keys > 8 && none > 8, "{keys} keys, {none} without");
    assert!(written > 150, "{written}");
}
