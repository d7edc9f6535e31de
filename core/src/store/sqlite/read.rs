use super::{failed, segment};
use crate::cbor::{Reader, Writer};
use crate::id::{Digest, PublicKey, StatementId};
use crate::statement::Document;
use crate::store::{LooseStatement, Quarantined, StoreError, StoredEnvelope, digest};
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

const READ: &str = "read from the store";

pub(super) fn generation(connection: &Connection) -> Result<u64, StoreError> {
    one(connection, "SELECT generation FROM store")
}

pub(super) fn erasing(connection: &Connection) -> Result<bool, StoreError> {
    one(connection, "SELECT erasing FROM store").map(|erasing| erasing > 0)
}

fn one(connection: &Connection, sql: &str) -> Result<u64, StoreError> {
    connection
        .query_row(sql, [], |row| row.get::<_, u64>(0))
        .map_err(failed(READ))
}

pub(super) fn key(document: Document) -> Vec<u8> {
    let mut writer = Writer::new();
    document.write(&mut writer);
    writer.into_bytes()
}

fn document(key: &[u8]) -> Result<Document, StoreError> {
    let mut reader = Reader::new(key);
    Document::read(&mut reader)
        .and_then(|document| reader.finish().map(|()| document))
        .map_err(|error| StoreError::corrupt(format!("name of a document: {error}")))
}

/// All rows, each read by `read`.
pub(super) fn rows<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StoreError> {
    connection
        .prepare_cached(sql)
        .and_then(|mut statement| statement.query_map(params, read)?.collect())
        .map_err(failed(READ))
}

pub(super) fn documents(connection: &Connection) -> Result<Vec<Document>, StoreError> {
    let keys = rows(connection, "SELECT document FROM documents", [], |row| {
        row.get::<_, Vec<u8>>(0)
    })?;
    let mut all: Vec<Document> = keys
        .iter()
        .map(|key| document(key))
        .collect::<Result<_, _>>()?;
    all.sort_unstable();
    Ok(all)
}

pub(super) fn page(
    connection: &Connection,
    document: Document,
    after: u64,
    budget: usize,
) -> Result<Vec<StoredEnvelope>, StoreError> {
    // One snapshot for segments and rows: a compaction in between would hide envelopes.
    let transaction = connection.unchecked_transaction().map_err(failed(READ))?;
    let key = key(document);
    let (mut page, mut size) = (Vec::new(), 0usize);
    let mut position = after;
    while size < budget {
        let Some(segment) = segment::next(&transaction, &key, position)? else {
            break;
        };
        position = segment.last;
        for envelope in segment::envelopes(&transaction, &segment)? {
            if envelope.position > after {
                size = size.saturating_add(envelope.bytes.len());
                page.push(envelope);
            }
        }
    }
    if size >= budget {
        return Ok(page);
    }
    let mut statement = transaction
        .prepare_cached(
            "SELECT position, hash, bytes FROM envelopes
             WHERE document = ? AND packed = 0 AND position > ? ORDER BY position",
        )
        .map_err(failed(READ))?;
    let mut rows = statement
        .query(params![key, position])
        .map_err(failed(READ))?;
    while let Some(row) = rows.next().map_err(failed(READ))? {
        let envelope = envelope(row)?;
        size = size.saturating_add(envelope.bytes.len());
        page.push(envelope);
        if size >= budget {
            break;
        }
    }
    Ok(page)
}

/// From the columns position, hash, bytes.
pub(super) fn envelope(row: &Row<'_>) -> Result<StoredEnvelope, StoreError> {
    let read = || Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let (position, hash, bytes): (u64, [u8; 32], Vec<u8>) = read().map_err(failed(READ))?;
    let hash = Digest(hash);
    if digest(&bytes) != hash {
        let error = StoreError::mismatch(&format!("envelope {position}"));
        return Err(error.resume_behind(position));
    }
    Ok(StoredEnvelope {
        position,
        hash,
        bytes,
    })
}

pub(super) fn loose(connection: &Connection) -> Result<Vec<LooseStatement>, StoreError> {
    type Columns = ([u8; 32], Vec<u8>, [u8; 32], Vec<u8>);
    let sql = "SELECT id, document, hash, bytes FROM loose ORDER BY id";
    let all: Vec<Columns> = rows(connection, sql, [], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    let read = |(id, key, hash, bytes): Columns| {
        if hash_with_key(&[&id, key.as_slice()].concat(), &bytes).0 != hash {
            let id = StatementId(id);
            return Err(StoreError::mismatch(&format!("loose statement {id}")));
        }
        Ok(LooseStatement {
            id: StatementId(id),
            document: document(&key)?,
            bytes,
        })
    };
    all.into_iter().map(read).collect()
}

/// What guards a row whose key says nothing about its bytes.
pub(super) fn hash_with_key(key: &[u8], bytes: &[u8]) -> Digest {
    digest(&[&(key.len() as u64).to_be_bytes(), key, bytes].concat())
}

pub(super) fn blob(connection: &Connection, hash: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT bytes FROM blobs WHERE hash = ?";
    let found: Option<Vec<u8>> = connection
        .query_row(sql, [hash.as_bytes()], |row| row.get(0))
        .optional()
        .map_err(failed(READ))?;
    match found {
        Some(bytes) if digest(&bytes) != *hash => {
            Err(StoreError::mismatch(&format!("blob {hash}")))
        }
        found => Ok(found),
    }
}

pub(super) fn meta(connection: &Connection, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let sql = "SELECT hash, bytes FROM meta WHERE key = ?";
    let found: Option<([u8; 32], Vec<u8>)> = connection
        .query_row(sql, [key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
        .map_err(failed(READ))?;
    match found {
        Some((hash, bytes)) if hash_with_key(key.as_bytes(), &bytes).0 != hash => {
            Err(StoreError::mismatch(&format!("value of {key}")))
        }
        found => Ok(found.map(|(_, bytes)| bytes)),
    }
}

pub(super) fn marked(connection: &Connection, kind: i64) -> Result<Vec<Quarantined>, StoreError> {
    type Columns = ([u8; 32], [u8; 32], Vec<u8>);
    let sql = "SELECT hash, signer, bytes FROM marks WHERE kind = ? ORDER BY hash";
    let all: Vec<Columns> = rows(connection, sql, [kind], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })?;
    let read = |(hash, signer, bytes): Columns| {
        let (hash, signer) = (Digest(hash), PublicKey(signer));
        if digest(&bytes) != hash {
            return Err(StoreError::mismatch(&format!(
                "quarantined envelope {hash}"
            )));
        }
        Ok(Quarantined {
            hash,
            signer,
            bytes,
        })
    };
    all.into_iter().map(read).collect()
}
