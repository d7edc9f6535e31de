//! What every store does. Each store's tests run all of it.

use super::*;
use crate::time::Month;

/// Opens the same disk, again and again.
pub(super) type Disk = Box<dyn FnMut() -> Box<dyn Store>>;

pub(super) const JUNE: Document = Document::Ledger(Month::MIN);
pub(super) const YEAR: Document = Document::Storage(2026);

pub(super) fn all(mut fresh: impl FnMut() -> Disk) {
    for promise in [
        what_is_committed_is_there_when_opened_again,
        envelopes_come_in_the_order_stored_page_by_page,
        a_batch_is_written_in_order,
        loose_statements_are_kept_by_id_until_removed,
        a_dropped_document_is_gone_and_nothing_else_is,
        blobs_are_kept_by_their_hash_until_erased,
        a_mark_is_found_until_cleared_and_quarantine_stays,
        the_generation_rises_with_each_commit_and_with_nothing_else,
        compaction_changes_nothing_that_can_be_read,
        positions_never_come_again,
    ] {
        promise(fresh());
    }
}

pub(super) fn put(document: Document, bytes: &[u8]) -> Operation {
    let bytes = bytes.to_vec();
    Operation::PutEnvelope { document, bytes }
}

pub(super) fn batch(operations: impl IntoIterator<Item = Operation>) -> Batch {
    operations.into_iter().collect()
}

pub(super) fn bytes_of(store: &dyn Store, document: Document) -> Vec<Vec<u8>> {
    let envelopes = store.envelopes(document).unwrap();
    envelopes
        .into_iter()
        .map(|envelope| envelope.bytes)
        .collect()
}

/// Different for every n, and long enough that a few hundred fill a segment.
pub(super) fn long(n: usize) -> Vec<u8> {
    let seed = digest(&n.to_be_bytes()).0;
    (0..128u8)
        .flat_map(|i| digest(&[&seed[..], &[i]].concat()).0)
        .collect()
}

fn what_is_committed_is_there_when_opened_again(mut disk: Disk) {
    let mut store = disk();
    assert_eq!(store.documents().unwrap(), []);
    assert_eq!(store.generation().unwrap(), 0);
    let meta = Operation::PutMeta {
        key: "view".into(),
        bytes: vec![7],
    };
    store
        .commit(&batch([put(JUNE, b"one"), put(YEAR, b""), meta]))
        .unwrap();
    drop(store);
    let store = disk();
    assert_eq!(store.documents().unwrap(), [JUNE, YEAR]);
    assert_eq!(bytes_of(&*store, JUNE), [b"one"]);
    assert_eq!(bytes_of(&*store, YEAR), [b""]);
    assert_eq!(store.meta("view").unwrap(), Some(vec![7]));
    assert_eq!(store.meta("other").unwrap(), None);
    assert_eq!(store.generation().unwrap(), 1);
    assert!(store.size_on_disk().unwrap() >= 4);
}

fn envelopes_come_in_the_order_stored_page_by_page(mut disk: Disk) {
    let mut store = disk();
    let texts: Vec<Vec<u8>> = (0..10u8).map(|n| vec![n; 100]).collect();
    for (n, text) in texts.iter().enumerate() {
        let other = put(YEAR, &[n as u8]);
        store.commit(&batch([other, put(JUNE, text)])).unwrap();
    }
    assert_eq!(bytes_of(&*store, JUNE), texts);
    let first = store.page(JUNE, 0, 250).unwrap();
    assert_eq!(first.iter().map(|e| e.bytes.len()).sum::<usize>(), 300);
    assert!(first.iter().all(|e| e.hash == digest(&e.bytes)));
    let rest = store.page(JUNE, first[2].position, usize::MAX).unwrap();
    assert_eq!(rest.len(), 7);
    assert_eq!(rest[0].bytes, texts[3]);
    assert_eq!(store.page(JUNE, rest[6].position, 1).unwrap(), []);
}

fn a_batch_is_written_in_order(mut disk: Disk) {
    let mut store = disk();
    let drop_june = Operation::DropDocument { document: JUNE };
    let meta = |n| Operation::PutMeta {
        key: "k".into(),
        bytes: vec![n],
    };
    let remove = Operation::RemoveMeta { key: "k".into() };
    store
        .commit(&batch([
            put(JUNE, b"old"),
            drop_june,
            put(JUNE, b"new"),
            meta(1),
            remove,
            meta(2),
        ]))
        .unwrap();
    assert_eq!(bytes_of(&*store, JUNE), [b"new"]);
    assert_eq!(store.meta("k").unwrap(), Some(vec![2]));
}

fn loose_statements_are_kept_by_id_until_removed(mut disk: Disk) {
    let mut store = disk();
    let id = |n| StatementId([n; 32]);
    let loose = |n, bytes: &[u8]| Operation::PutLoose {
        id: id(n),
        document: YEAR,
        bytes: bytes.to_vec(),
    };
    store
        .commit(&batch([
            loose(2, b"b"),
            loose(1, b"a"),
            loose(2, b"b again"),
        ]))
        .unwrap();
    store
        .commit(&batch([
            Operation::RemoveLoose { id: id(1) },
            Operation::RemoveLoose { id: id(9) },
        ]))
        .unwrap();
    let left = LooseStatement {
        id: id(2),
        document: YEAR,
        bytes: b"b again".to_vec(),
    };
    assert_eq!(disk().loose().unwrap(), [left]);
}

fn a_dropped_document_is_gone_and_nothing_else_is(mut disk: Disk) {
    let mut store = disk();
    let loose = |n, document| Operation::PutLoose {
        id: StatementId([n; 32]),
        document,
        bytes: vec![n],
    };
    let all = [
        put(JUNE, b"june"),
        put(YEAR, b"year"),
        loose(1, JUNE),
        loose(2, YEAR),
    ];
    store.commit(&batch(all)).unwrap();
    store
        .commit(&batch([Operation::DropDocument { document: JUNE }]))
        .unwrap();
    drop(store);
    let store = disk();
    assert_eq!(store.documents().unwrap(), [YEAR]);
    assert_eq!(store.envelopes(JUNE).unwrap(), []);
    assert_eq!(store.loose().unwrap().len(), 1);
    assert_eq!(bytes_of(&*store, YEAR), [b"year"]);
}

fn blobs_are_kept_by_their_hash_until_erased(mut disk: Disk) {
    let mut store = disk();
    let text = || Operation::PutBlob {
        bytes: b"suggestion".to_vec(),
    };
    let hash = digest(b"suggestion");
    store.commit(&batch([text(), text()])).unwrap();
    assert_eq!(store.blob(&hash).unwrap().unwrap(), b"suggestion");
    store
        .commit(&batch([Operation::RemoveBlob { hash }]))
        .unwrap();
    assert_eq!(disk().blob(&hash).unwrap(), None);
}

fn a_mark_is_found_until_cleared_and_quarantine_stays(mut disk: Disk) {
    let mut store = disk();
    let signer = PublicKey([3; 32]);
    let mark = |bytes: &[u8]| Operation::MarkApplying {
        signer,
        bytes: bytes.to_vec(),
    };
    let of = |bytes: &[u8]| Quarantined {
        hash: digest(bytes),
        signer,
        bytes: bytes.to_vec(),
    };
    assert_eq!(store.applying().unwrap(), None);
    store
        .commit(&batch([mark(b"first"), mark(b"suspect")]))
        .unwrap();
    drop(store);
    let mut store = disk();
    assert_eq!(store.applying().unwrap(), Some(of(b"suspect")));
    let quarantine = Operation::Quarantine {
        signer,
        bytes: b"suspect".to_vec(),
    };
    store
        .commit(&batch([Operation::ClearApplying, quarantine]))
        .unwrap();
    assert_eq!(store.applying().unwrap(), None);
    assert_eq!(store.quarantined().unwrap(), [of(b"suspect")]);
}

fn the_generation_rises_with_each_commit_and_with_nothing_else(mut disk: Disk) {
    let mut store = disk();
    for expected in 1..=3 {
        store.commit(&Batch::new()).unwrap();
        assert_eq!(store.generation().unwrap(), expected);
    }
    store.compact(JUNE).unwrap();
    drop(store);
    assert_eq!(disk().generation().unwrap(), 3);
}

fn compaction_changes_nothing_that_can_be_read(mut disk: Disk) {
    let mut store = disk();
    let mut texts: Vec<Vec<u8>> = Vec::new();
    for round in 0..3 {
        let more: Vec<_> = (0..400).map(|n| long(round * 1_000 + n)).collect();
        for part in more.chunks(50) {
            let mix = part
                .iter()
                .flat_map(|text| [put(JUNE, text), put(YEAR, &text[..9])]);
            store.commit(&batch(mix)).unwrap();
        }
        texts.extend(more);
        let before = store.envelopes(JUNE).unwrap();
        store.compact(JUNE).unwrap();
        assert_eq!(store.envelopes(JUNE).unwrap(), before);
        assert_eq!(disk().envelopes(JUNE).unwrap(), before);
        assert_eq!(bytes_of(&*store, JUNE), texts);
        assert_eq!(store.envelopes(YEAR).unwrap().len(), texts.len());
        let (middle, last) = (&before[before.len() / 2], before.last().unwrap());
        assert_eq!(
            store.page(JUNE, middle.position, 1).unwrap()[0],
            before[before.len() / 2 + 1]
        );
        assert_eq!(store.page(JUNE, last.position, 1).unwrap(), []);
    }
    store
        .commit(&batch([Operation::DropDocument { document: JUNE }]))
        .unwrap();
    assert_eq!(disk().envelopes(JUNE).unwrap(), []);
    assert_eq!(disk().envelopes(YEAR).unwrap().len(), texts.len());
}

fn positions_never_come_again(mut disk: Disk) {
    let mut store = disk();
    store
        .commit(&batch([put(JUNE, b"1"), put(JUNE, b"2")]))
        .unwrap();
    let last = store.envelopes(JUNE).unwrap()[1].position;
    store
        .commit(&batch([Operation::DropDocument { document: JUNE }]))
        .unwrap();
    drop(store);
    let mut store = disk();
    store.commit(&batch([put(JUNE, b"3")])).unwrap();
    assert!(store.envelopes(JUNE).unwrap()[0].position > last);
}
