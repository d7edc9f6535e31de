use super::read::{hash_with_key, key};
use super::{failed, schema};
use crate::store::{Batch, Operation, StoreError, digest};
use rusqlite::{Connection, Params, Transaction, TransactionBehavior, params};

const COMMIT: &str = "write to the store";

/// Writes the batch; gives the generation after it.
pub(super) fn commit(
    connection: &mut Connection,
    batch: &Batch,
    expected: u64,
) -> Result<u64, StoreError> {
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed(COMMIT))?;
    let sql = "SELECT generation, last_position FROM store";
    let (found, mut position): (u64, u64) = transaction
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(failed(COMMIT))?;
    if found != expected {
        return Err(StoreError::Changed { expected, found });
    }
    for operation in batch.operations() {
        write(&transaction, operation, &mut position)?;
    }
    let generation = expected.saturating_add(1);
    let erasing = batch.operations().iter().any(Operation::erases);
    execute(
        &transaction,
        "UPDATE store SET generation = ?, last_position = ?, erasing = max(erasing, ?)",
        params![generation, position, erasing],
    )?;
    transaction.commit().map_err(failed(COMMIT))?;
    Ok(generation)
}

fn execute(to: &Transaction<'_>, sql: &str, params: impl Params) -> Result<(), StoreError> {
    to.prepare_cached(sql)
        .and_then(|mut statement| statement.execute(params))
        .map(|_| ())
        .map_err(failed(COMMIT))
}

fn write(
    to: &Transaction<'_>,
    operation: &Operation,
    position: &mut u64,
) -> Result<(), StoreError> {
    match operation {
        Operation::PutEnvelope { document, bytes } => {
            *position = position.saturating_add(1);
            let document = key(*document);
            execute(
                to,
                "INSERT INTO documents VALUES (?, 1) ON CONFLICT DO UPDATE SET envelopes = envelopes + 1",
                [&document],
            )?;
            let hash = digest(bytes).0;
            let sql = "INSERT INTO envelopes VALUES (?, ?, 0, ?, ?)";
            execute(to, sql, params![*position, document, hash, bytes])
        }
        Operation::PutLoose {
            id,
            document,
            bytes,
        } => {
            let (id, document) = (id.as_bytes(), key(*document));
            let hash = hash_with_key(&[id, document.as_slice()].concat(), bytes).0;
            let sql = "INSERT OR REPLACE INTO loose VALUES (?, ?, ?, ?)";
            execute(to, sql, params![id, document, hash, bytes])
        }
        Operation::RemoveLoose { id } => {
            execute(to, "DELETE FROM loose WHERE id = ?", [id.as_bytes()])
        }
        Operation::PutBlob { bytes } => {
            let sql = "INSERT OR REPLACE INTO blobs VALUES (?, ?)";
            execute(to, sql, params![digest(bytes).0, bytes])
        }
        Operation::RemoveBlob { hash } => {
            execute(to, "DELETE FROM blobs WHERE hash = ?", [hash.as_bytes()])
        }
        Operation::PutMeta { key, bytes } => {
            let hash = hash_with_key(key.as_bytes(), bytes).0;
            let sql = "INSERT OR REPLACE INTO meta VALUES (?, ?, ?)";
            execute(to, sql, params![key, hash, bytes])
        }
        Operation::RemoveMeta { key } => execute(to, "DELETE FROM meta WHERE key = ?", [key]),
        Operation::DropDocument { document } => {
            let document = key(*document);
            for sql in [
                "DELETE FROM envelopes WHERE document = ?",
                "DELETE FROM segments WHERE document = ?",
                "DELETE FROM loose WHERE document = ?",
                "DELETE FROM documents WHERE document = ?",
            ] {
                execute(to, sql, [&document])?;
            }
            Ok(())
        }
        Operation::MarkApplying { signer, bytes } => {
            let applying = schema::APPLYING;
            execute(to, "DELETE FROM marks WHERE kind = ?", [applying])?;
            let sql = "INSERT INTO marks VALUES (?, ?, ?, ?)";
            let hash = digest(bytes).0;
            execute(to, sql, params![applying, hash, signer.as_bytes(), bytes])
        }
        Operation::ClearApplying => {
            let sql = "DELETE FROM marks WHERE kind = ?";
            execute(to, sql, [schema::APPLYING])
        }
        Operation::Quarantine { signer, bytes } => {
            let sql = "INSERT OR REPLACE INTO marks VALUES (?, ?, ?, ?)";
            let (kind, hash) = (schema::QUARANTINED, digest(bytes).0);
            execute(to, sql, params![kind, hash, signer.as_bytes(), bytes])
        }
        Operation::RemoveQuarantined { hash } => {
            let sql = "DELETE FROM marks WHERE kind = ? AND hash = ?";
            execute(to, sql, params![schema::QUARANTINED, hash.as_bytes()])
        }
    }
}

/// Leaves no trace of what was deleted: pages were overwritten in place, their old images leave the log, and the
/// file gives back what it does not need.
pub(super) fn erase(connection: &mut Connection) -> Result<(), StoreError> {
    let failed = failed("erase what was dropped");
    shrink(connection)?;
    connection
        .execute("UPDATE store SET erasing = 0 WHERE erasing > 0", [])
        .map_err(&failed)?;
    Ok(())
}

/// Gives free pages back to the system and empties the log.
pub(super) fn shrink(connection: &Connection) -> Result<(), StoreError> {
    let failed = failed("shrink the store");
    let mut vacuum = connection
        .prepare("PRAGMA incremental_vacuum")
        .map_err(&failed)?;
    let mut freed = vacuum.query([]).map_err(&failed)?;
    while freed.next().map_err(&failed)?.is_some() {}
    let busy: i64 = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .map_err(&failed)?;
    if busy != 0 {
        let operation = "empty the store's log";
        let detail = "another process reads it".to_owned();
        return Err(StoreError::Io { operation, detail });
    }
    Ok(())
}
