use super::*;
use crate::store::conformance::{self, JUNE, YEAR, batch, bytes_of, long, put};
use crate::store::{Operation, digest};
use std::fs;
use tempfile::TempDir;

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("office.db");
    (folder, path)
}

/// A store of 900 envelopes of 4 kB, three quarters of them packed, in the state `compactions` leave.
fn packed(path: &Path, compactions: usize) -> SqliteStore {
    let mut store = SqliteStore::open(path).unwrap();
    for part in (0..900).collect::<Vec<_>>().chunks(100) {
        store
            .commit(&part.iter().map(|n| put(JUNE, &long(*n))).collect())
            .unwrap();
    }
    for _ in 0..compactions {
        store.compact(JUNE).unwrap();
    }
    store
}

fn sql(path: &Path, sql: &str) {
    Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

fn found_on_disk(folder: &TempDir, needle: &[u8]) -> bool {
    fs::read_dir(folder.path()).unwrap().any(|file| {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}

#[test]
fn it_is_a_store() {
    conformance::all(|| {
        let (folder, path) = folder();
        Box::new(move || {
            assert!(folder.path().exists());
            Box::new(SqliteStore::open(&path).unwrap())
        })
    });
}

#[test]
fn a_dropped_document_and_an_erased_blob_leave_no_trace_on_the_disk() {
    let (folder, path) = folder();
    let mut store = SqliteStore::open(&path).unwrap();
    let secret = b"the words that someone wanted gone";
    let envelopes = (0..200).map(|n| put(JUNE, &[&secret[..], &long(n)].concat()));
    store.commit(&envelopes.collect()).unwrap();
    let loose = Operation::PutLoose {
        id: crate::id::StatementId([1; 32]),
        document: JUNE,
        bytes: secret.to_vec(),
    };
    store
        .commit(&batch([
            loose,
            Operation::PutBlob {
                bytes: secret.to_vec(),
            },
            put(YEAR, b"stays"),
        ]))
        .unwrap();
    assert!(found_on_disk(&folder, secret));
    let size = store.size_on_disk().unwrap();
    let hash = digest(secret);
    store
        .commit(&batch([
            Operation::DropDocument { document: JUNE },
            Operation::RemoveBlob { hash },
        ]))
        .unwrap();
    assert!(!found_on_disk(&folder, secret));
    assert!(store.size_on_disk().unwrap() < size / 4);
    assert_eq!(bytes_of(&store, YEAR), [b"stays"]);
}

#[test]
fn an_erasure_that_was_interrupted_is_finished_at_the_next_open() {
    let (folder, path) = folder();
    let mut store = SqliteStore::open(&path).unwrap();
    let secret = b"the words that someone wanted gone";
    store.commit(&batch([put(JUNE, secret)])).unwrap();
    // Another reader keeps the log from being emptied.
    let reader = Connection::open(&path).unwrap();
    reader.execute_batch("BEGIN; SELECT * FROM store").unwrap();
    store
        .commit(&batch([Operation::DropDocument { document: JUNE }]))
        .unwrap();
    assert!(found_on_disk(&folder, secret));
    drop((reader, store));
    SqliteStore::open(&path).unwrap();
    assert!(!found_on_disk(&folder, secret));
}

#[test]
fn a_full_disk_refuses_the_whole_batch_and_takes_it_once_there_is_room() {
    let (_folder, path) = folder();
    let mut store = SqliteStore::open(&path).unwrap();
    store.commit(&batch([put(JUNE, b"before")])).unwrap();
    let limit = |store: &SqliteStore, pages: i64| {
        store
            .connection
            .pragma_update(None, "max_page_count", pages)
            .unwrap();
    };
    limit(&store, 30);
    let large: Batch = (0..100).map(|n| put(JUNE, &long(n))).collect();
    let error = store.commit(&large).unwrap_err();
    assert!(error.is_full() && error.is_retryable(), "{error}");
    assert_eq!(
        (bytes_of(&store, JUNE), store.generation().unwrap()),
        (vec![b"before".to_vec()], 1)
    );
    limit(&store, 1 << 20);
    store.commit(&large).unwrap();
    assert_eq!(store.envelopes(JUNE).unwrap().len(), 101);
}

#[test]
fn a_changed_row_is_named_and_can_be_left_out() {
    let (_folder, path) = folder();
    let mut store = SqliteStore::open(&path).unwrap();
    let meta = Operation::PutMeta {
        key: "k".into(),
        bytes: b"v".to_vec(),
    };
    let blob = Operation::PutBlob {
        bytes: b"text".to_vec(),
    };
    let loose = Operation::PutLoose {
        id: crate::id::StatementId([1; 32]),
        document: JUNE,
        bytes: b"s".to_vec(),
    };
    store
        .commit(&batch([
            put(JUNE, b"1"),
            put(JUNE, b"2"),
            put(JUNE, b"3"),
            meta,
            blob,
            loose,
        ]))
        .unwrap();
    sql(
        &path,
        "UPDATE envelopes SET bytes = x'00' WHERE position = 2; UPDATE meta SET bytes = x'00';
                UPDATE blobs SET bytes = x'00'; UPDATE loose SET document = x'00'",
    );
    let error = store.envelopes(JUNE).unwrap_err();
    assert_eq!(
        error,
        StoreError::corrupt("envelope 2 does not match its hash").resume_behind(2)
    );
    assert_eq!(store.page(JUNE, 2, 1).unwrap()[0].bytes, b"3");
    for error in [
        store.meta("k").map(drop),
        store.blob(&digest(b"text")).map(drop),
        store.loose().map(drop),
    ] {
        assert!(error.unwrap_err().is_corrupt());
    }
}

#[test]
fn a_lost_row_is_noticed_when_the_store_is_opened() {
    let (_folder, path) = folder();
    drop(packed(&path, 0));
    sql(&path, "DELETE FROM envelopes WHERE position = 17");
    assert_eq!(
        SqliteStore::open(&path).unwrap_err().to_string(),
        "store is damaged: a document has 899 envelopes and had 900"
    );
}

#[test]
fn damage_to_any_page_is_an_error_or_does_no_harm() {
    let (_folder, path) = folder();
    let store = packed(&path, 2);
    let expected = store.envelopes(JUNE).unwrap();
    drop(store);
    let whole = fs::read(&path).unwrap();
    let mut noticed = 0;
    for page in (0..whole.len() / 4096).step_by(29) {
        let mut damaged = whole.clone();
        damaged[page * 4096 + 8..page * 4096 + 4000]
            .iter_mut()
            .for_each(|byte| *byte ^= 0x55);
        fs::write(&path, damaged).unwrap();
        let _ = fs::remove_file(path.with_extension("db-wal"));
        match SqliteStore::open(&path).and_then(|store| store.envelopes(JUNE)) {
            Ok(envelopes) => assert_eq!(envelopes, expected, "page {page}"),
            Err(error) => {
                assert!(error.is_corrupt(), "page {page}: {error}");
                noticed += 1;
            }
        }
    }
    assert!(noticed > 20, "{noticed}");
}

#[test]
fn a_damaged_segment_is_read_from_the_rows_it_was_packed_from_and_packed_anew() {
    let (_folder, path) = folder();
    let mut store = packed(&path, 1);
    let expected = store.envelopes(JUNE).unwrap();
    sql(
        &path,
        "UPDATE segments SET bytes = zeroblob(length(bytes)) WHERE last = (SELECT min(last) FROM segments)",
    );
    assert_eq!(store.envelopes(JUNE).unwrap(), expected);
    let compaction = store.compact(JUNE).unwrap();
    assert_eq!((compaction.retired, compaction.packed), (0, 836));
    assert_eq!(store.envelopes(JUNE).unwrap(), expected);
    assert_eq!(store.compact(JUNE).unwrap().retired, 836);
    // Now nothing stands behind a segment any more: damage is seen, and the rest can be read.
    sql(
        &path,
        "UPDATE segments SET bytes = zeroblob(length(bytes)) WHERE last = (SELECT min(last) FROM segments)",
    );
    let error = store.envelopes(JUNE).unwrap_err();
    let StoreError::Corrupt {
        resume: Some(resume),
        ..
    } = error
    else {
        panic!("{error}")
    };
    let rest = store.page(JUNE, resume, usize::MAX).unwrap();
    assert_eq!(rest, expected[resume as usize..]);
}

#[test]
fn rows_are_kept_until_the_compaction_after_the_one_that_packed_them() {
    let (_folder, path) = folder();
    let mut store = packed(&path, 0);
    let rows = |store: &SqliteStore| -> u64 {
        store
            .connection
            .query_row("SELECT count(*) FROM envelopes", [], |row| row.get(0))
            .unwrap()
    };
    let first = store.compact(JUNE).unwrap();
    assert_eq!(
        (first, rows(&store)),
        (
            Compaction {
                segments: 4,
                packed: 836,
                retired: 0
            },
            900
        )
    );
    let second = store.compact(JUNE).unwrap();
    assert_eq!(
        (second, rows(&store)),
        (
            Compaction {
                segments: 0,
                packed: 0,
                retired: 836
            },
            64
        )
    );
    assert_eq!(store.compact(JUNE).unwrap(), Compaction::default());
}

#[test]
fn a_later_version_and_a_foreign_file_are_refused_and_left_as_they_are() {
    let (_folder, path) = folder();
    drop(SqliteStore::open(&path).unwrap());
    sql(&path, "PRAGMA user_version = 2");
    let before = fs::read(&path).unwrap();
    assert_eq!(
        SqliteStore::open(&path).unwrap_err().to_string(),
        "store has version 2, this app knows versions up to 1: update the app"
    );
    assert_eq!(fs::read(&path).unwrap(), before);
    let foreign = path.with_extension("other");
    sql(&foreign, "CREATE TABLE recipes (name)");
    assert!(SqliteStore::open(&foreign).unwrap_err().is_corrupt());
    fs::write(&foreign, b"no database at all, but long enough to be looked at by one that expects a header of a hundred bytes").unwrap();
    assert!(SqliteStore::open(&foreign).unwrap_err().is_corrupt());
}

#[test]
fn no_lock_is_held_between_calls_and_another_writer_is_noticed() {
    let (_folder, path) = folder();
    let mut one = SqliteStore::open(&path).unwrap();
    one.commit(&batch([put(JUNE, b"1")])).unwrap();
    one.page(JUNE, 0, 1).unwrap();
    let mut two = SqliteStore::open(&path).unwrap();
    two.commit(&batch([put(JUNE, b"2")])).unwrap();
    sql(
        &path,
        "BEGIN EXCLUSIVE; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)",
    );
    assert_eq!(
        one.commit(&batch([put(JUNE, b"3")]))
            .unwrap_err()
            .to_string(),
        "store is at generation 2, this process left it at 1: open it again"
    );
    assert_eq!(bytes_of(&one, JUNE), [b"1", b"2"]);
}

#[test]
fn what_a_killed_process_said_it_committed_is_there_and_batches_are_whole() {
    use std::io::{BufRead as _, BufReader};
    use std::process::{Command, Stdio};
    for rounds in [1, 7, 40] {
        let (_folder, path) = folder();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "--nocapture",
                "store::sqlite::tests::child_that_commits_until_it_is_killed",
            ])
            .env("ALLKONTOR_TEST_STORE", &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = lines
            .map(Result::unwrap)
            .filter_map(|line| line.strip_prefix("committed ")?.parse::<usize>().ok());
        let last = said.take(rounds).last().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let store = SqliteStore::open(&path).unwrap();
        let there = store.envelopes(JUNE).unwrap().len();
        assert!(
            there >= last * 5 && there.is_multiple_of(5),
            "{there} after {last} commits"
        );
        assert_eq!(store.generation().unwrap() * 5, there as u64);
    }
}

/// Does nothing unless the test above starts it as a process of its own.
#[test]
fn child_that_commits_until_it_is_killed() {
    let Some(path) = std::env::var_os("ALLKONTOR_TEST_STORE") else {
        return;
    };
    let mut store = SqliteStore::open(path).unwrap();
    for n in 1.. {
        store
            .commit(&(0..5).map(|i| put(JUNE, &long(n * 5 + i))).collect())
            .unwrap();
        if n % 9 == 0 {
            store.compact(JUNE).unwrap();
        }
        println!("committed {n}");
    }
}
