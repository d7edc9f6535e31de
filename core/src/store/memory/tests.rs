use super::*;
use crate::store::conformance::{self, JUNE, batch, bytes_of, put};

fn one(n: u8) -> Batch {
    batch([put(JUNE, &[n])])
}

#[test]
fn it_is_a_store() {
    conformance::all(|| {
        let disk = MemoryStore::new();
        Box::new(move || Box::new(disk.clone()))
    });
}

#[test]
fn a_failed_commit_writes_nothing_and_the_next_one_works() {
    let mut store = MemoryStore::new();
    store.inject(Fault::FailOnce { after: 1 });
    store.commit(&one(1)).unwrap();
    let error = store.commit(&one(2)).unwrap_err();
    assert_eq!(error.to_string(), "could not commit: the write failed");
    assert!(error.is_retryable() && !error.is_full());
    assert_eq!(
        (bytes_of(&store, JUNE), store.generation().unwrap()),
        (vec![vec![1]], 1)
    );
    store.commit(&one(2)).unwrap();
    assert_eq!(bytes_of(&store, JUNE), [[1], [2]]);
}

#[test]
fn a_full_disk_stays_full_until_there_is_room() {
    let mut store = MemoryStore::new();
    store.inject(Fault::Full { after: 1 });
    store.commit(&one(1)).unwrap();
    for _ in 0..3 {
        assert!(store.commit(&one(2)).unwrap_err().is_full());
    }
    assert_eq!(bytes_of(&store, JUNE), [[1]]);
    store.repair();
    store.commit(&one(2)).unwrap();
    assert_eq!(bytes_of(&store, JUNE), [[1], [2]]);
}

#[test]
fn after_a_power_cut_the_interrupted_commit_may_be_there_or_not() {
    for (kept, left) in [(false, vec![vec![1]]), (true, vec![vec![1], vec![2]])] {
        let mut store = MemoryStore::new();
        store.inject(Fault::PowerCut { after: 1, kept });
        store.commit(&one(1)).unwrap();
        assert!(store.commit(&one(2)).is_err());
        assert!(store.commit(&one(3)).is_err() && store.envelopes(JUNE).is_err());
        store.crash();
        assert_eq!(bytes_of(&store, JUNE), left);
    }
}

#[test]
fn a_disk_that_lies_forgets_what_it_said_it_wrote() {
    let mut store = MemoryStore::new();
    store.commit(&one(1)).unwrap();
    store.inject(Fault::LostWrites);
    store.commit(&one(2)).unwrap();
    assert_eq!(bytes_of(&store, JUNE), [[1], [2]]);
    store.crash();
    assert_eq!(
        (bytes_of(&store, JUNE), store.generation().unwrap()),
        (vec![vec![1]], 1)
    );
}

#[test]
fn a_damaged_envelope_is_named_and_can_be_left_out() {
    let mut store = MemoryStore::new();
    store
        .commit(&batch([put(JUNE, b"1"), put(JUNE, b"2"), put(JUNE, b"3")]))
        .unwrap();
    assert!(store.corrupt(JUNE, 2));
    let error = store.envelopes(JUNE).unwrap_err();
    let StoreError::Corrupt { what, resume } = error else {
        panic!("{error}")
    };
    assert_eq!(
        (what.as_str(), resume),
        ("envelope 2 does not match its hash", Some(2))
    );
    assert_eq!(store.page(JUNE, 2, 1).unwrap()[0].bytes, b"3");
}
