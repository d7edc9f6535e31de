use super::failed;
use crate::store::StoreError;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// "AKON", so that a file is known for what it is.
const APPLICATION: i64 = 0x414b_4f4e;
/// Of the tables below. A later one is refused, an earlier one would be brought up here.
const VERSION: i64 = 1;

/// Marks for bytes that are being applied.
pub(super) const APPLYING: i64 = 0;
/// Marks for bytes that were set aside.
pub(super) const QUARANTINED: i64 = 1;

// `envelopes.packed` is 1 when a segment holds the row too. `documents.envelopes` counts rows not packed and those
// in segments, so that a lost row is noticed. Every `hash` is SHA-256 of `bytes`, with the key before it where the
// key is not itself a hash of them.
const TABLES: &str = "
    CREATE TABLE store (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        generation INTEGER NOT NULL,
        last_position INTEGER NOT NULL,
        erasing INTEGER NOT NULL
    );
    INSERT INTO store VALUES (1, 0, 0, 0);
    CREATE TABLE documents (document BLOB PRIMARY KEY, envelopes INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE envelopes (
        position INTEGER PRIMARY KEY,
        document BLOB NOT NULL,
        packed INTEGER NOT NULL,
        hash BLOB NOT NULL,
        bytes BLOB NOT NULL
    );
    CREATE INDEX envelopes_of ON envelopes (document, packed, position);
    CREATE TABLE segments (
        last INTEGER PRIMARY KEY,
        first INTEGER NOT NULL,
        document BLOB NOT NULL,
        envelopes INTEGER NOT NULL,
        size INTEGER NOT NULL,
        hash BLOB NOT NULL,
        bytes BLOB NOT NULL
    );
    CREATE INDEX segments_of ON segments (document, last, envelopes);
    CREATE TABLE loose (id BLOB PRIMARY KEY, document BLOB NOT NULL, hash BLOB NOT NULL, bytes BLOB NOT NULL);
    CREATE TABLE blobs (hash BLOB PRIMARY KEY, bytes BLOB NOT NULL);
    CREATE TABLE meta (key TEXT PRIMARY KEY, hash BLOB NOT NULL, bytes BLOB NOT NULL);
    CREATE TABLE marks (
        kind INTEGER NOT NULL,
        hash BLOB NOT NULL,
        signer BLOB NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (kind, hash)
    );
";

pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    let failed = failed("open the store");
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(&failed)?;
    let pragma = |name: &str| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .map_err(&failed)
    };
    // Looked at before anything is written: a later version's file is left as it is.
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let empty = pragma("schema_version")? == 0;
    if !empty && application != APPLICATION {
        let what = format!("the file belongs to application {application:#x}, not to a store");
        return Err(StoreError::corrupt(what));
    }
    if version > VERSION {
        let known = VERSION;
        return Err(StoreError::TooNew { version, known });
    }
    connection
        .execute_batch(
            // Pages given back go to the system, not to a free list. Apple's fsync does not reach the disk, its
            // full one does. What a damaged schema could call is off.
            "PRAGMA page_size = 4096;
             PRAGMA auto_vacuum = INCREMENTAL;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA fullfsync = ON;
             PRAGMA checkpoint_fullfsync = ON;
             PRAGMA secure_delete = ON;
             PRAGMA temp_store = MEMORY;
             PRAGMA cell_size_check = ON;
             PRAGMA trusted_schema = OFF;
             PRAGMA busy_timeout = 2000;",
        )
        .map_err(&failed)?;
    if empty {
        let transaction = connection.transaction().map_err(&failed)?;
        transaction.execute_batch(TABLES).map_err(&failed)?;
        for (name, value) in [("application_id", APPLICATION), ("user_version", VERSION)] {
            transaction
                .pragma_update(None, name, value)
                .map_err(&failed)?;
        }
        transaction.commit().map_err(&failed)?;
    }
    check(&connection)?;
    Ok(connection)
}

/// SQLite's own look at the structure, then whether any envelope is gone.
fn check(connection: &Connection) -> Result<(), StoreError> {
    let failed = failed("check the store");
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(&failed)?;
    if verdict != "ok" {
        return Err(StoreError::corrupt(verdict));
    }
    let lost: Option<(i64, i64)> = connection
        .prepare(
            "SELECT expected, found FROM (
                SELECT d.envelopes AS expected,
                    (SELECT count(*) FROM envelopes e WHERE e.document = d.document AND e.packed = 0)
                    + (SELECT coalesce(sum(s.envelopes), 0) FROM segments s WHERE s.document = d.document) AS found
                FROM documents d)
             WHERE expected <> found LIMIT 1",
        )
        .and_then(|mut rows| {
            let mut rows = rows.query([])?;
            rows.next()?.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
        })
        .map_err(&failed)?;
    match lost {
        None => Ok(()),
        Some((expected, found)) => Err(StoreError::corrupt(format!(
            "a document has {found} envelopes and had {expected}"
        ))),
    }
}
