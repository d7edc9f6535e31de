//! A saved board is the same board, or none.

use crate::history::History;
use crate::office::{catalogue, ledger, storage};
use allkontor_core::id::Digest;
use allkontor_core::model::Catalogue;
use allkontor_core::time::DayStart;
use allkontor_core::view::{Board, View};

const STAMP: Digest = Digest([9; 32]);

fn board(seed: u64, document: allkontor_core::statement::Document) -> Board {
    let mut history = History::new(seed, document);
    (0..150).for_each(|_| drop(history.next()));
    View::rebuild(&history.fold, &catalogue()).board().clone()
}

#[test]
fn a_board_comes_back_as_it_was_saved() {
    for seed in 0..20 {
        for document in [ledger(), storage()] {
            let board = board(seed, document);
            let bytes = board.pack(&STAMP);
            let back = Board::unpack(&bytes, &STAMP, &catalogue(), document, DayStart::default());
            assert_eq!(back, Some(board));
        }
    }
}

#[test]
fn a_board_that_is_damaged_or_of_another_state_is_thrown_away() {
    let bytes = board(3, ledger()).pack(&STAMP);
    let day_start = DayStart::default();
    let read = |bytes: &[u8]| Board::unpack(bytes, &STAMP, &catalogue(), ledger(), day_start);
    assert!(read(&bytes).is_some());
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        assert!(read(&damaged).is_none(), "byte {at}");
        assert!(read(&bytes[..at]).is_none(), "cut at {at}");
    }
    let other = Digest([8; 32]);
    assert!(Board::unpack(&bytes, &other, &catalogue(), ledger(), day_start).is_none());
    assert!(Board::unpack(&bytes, &STAMP, &catalogue(), storage(), day_start).is_none());
    let midnight = DayStart::new(0).unwrap();
    assert!(Board::unpack(&bytes, &STAMP, &catalogue(), ledger(), midnight).is_none());
    let changed = String::from_utf8(catalogue().to_bytes())
        .unwrap()
        .replace("08:00", "09:00");
    let changed = Catalogue::from_bytes(changed.as_bytes()).unwrap();
    assert!(Board::unpack(&bytes, &STAMP, &changed, ledger(), day_start).is_none());
}
