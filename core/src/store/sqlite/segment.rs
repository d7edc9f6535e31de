//! Segments: a document's older envelopes, packed.

use super::read::{envelope, key, rows};
use super::{failed, write};
use crate::cbor::{Reader, Writer};
use crate::id::Digest;
use crate::limits::MAX_ENVELOPE_BYTES;
use crate::statement::Document;
use crate::store::{Compaction, StoreError, StoredEnvelope, digest};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

/// Bytes of envelopes in one segment. Four times as many save half a hundredth, and are slower to read a part of.
const SEGMENT_BYTES: usize = 1 << 20;
/// A segment that would be smaller is not worth its frame: its envelopes stay rows.
const MIN_SEGMENT_BYTES: usize = 64 << 10;
/// The newest envelopes, which are the ones read alone, stay rows.
const NEWEST_ROWS: u64 = 64;
/// Level 7 takes three times as long and saves a fiftieth: most of a statement is hashes and signatures.
const LEVEL: i32 = 3;

const COMPACT: &str = "compact the store";

pub(super) struct Segment {
    pub(super) first: u64,
    pub(super) last: u64,
    document: Vec<u8>,
    count: usize,
    size: usize,
    hash: Digest,
    bytes: Vec<u8>,
}

/// The first segment of the document that reaches beyond `after`.
pub(super) fn next(
    connection: &Connection,
    document: &[u8],
    after: u64,
) -> Result<Option<Segment>, StoreError> {
    connection
        .prepare_cached(
            "SELECT first, last, document, envelopes, size, hash, bytes FROM segments
             WHERE document = ? AND last > ? ORDER BY last LIMIT 1",
        )
        .and_then(|mut statement| {
            let read = |row: &rusqlite::Row<'_>| {
                Ok(Segment {
                    first: row.get(0)?,
                    last: row.get(1)?,
                    document: row.get(2)?,
                    count: row.get(3)?,
                    size: row.get(4)?,
                    hash: Digest(row.get(5)?),
                    bytes: row.get(6)?,
                })
            };
            statement
                .query_row(params![document, after], read)
                .optional()
        })
        .map_err(failed(COMPACT))
}

/// What a segment holds; when it is damaged, from the rows it was packed from, as long as they are there.
pub(super) fn envelopes(
    connection: &Connection,
    segment: &Segment,
) -> Result<Vec<StoredEnvelope>, StoreError> {
    unpack(segment).or_else(|damage| {
        let kept = packed_rows(connection, segment)?;
        if kept.len() == segment.count {
            Ok(kept)
        } else {
            Err(damage.resume_behind(segment.last))
        }
    })
}

fn packed_rows(
    connection: &Connection,
    segment: &Segment,
) -> Result<Vec<StoredEnvelope>, StoreError> {
    let sql = "SELECT position, hash, bytes FROM envelopes
               WHERE document = ? AND packed = 1 AND position BETWEEN ? AND ? ORDER BY position";
    let params = params![segment.document, segment.first, segment.last];
    let read = rows(connection, sql, params, |row| Ok(envelope(row)))?;
    read.into_iter().collect()
}

fn unpack(segment: &Segment) -> Result<Vec<StoredEnvelope>, StoreError> {
    let name = || format!("segment {} to {}", segment.first, segment.last);
    if digest(&segment.bytes) != segment.hash {
        return Err(StoreError::mismatch(&name()));
    }
    let damaged = |why: String| StoreError::corrupt(format!("{}: {why}", name()));
    // A segment ends with the envelope that fills it, and a position and a head stand before each.
    let limit = SEGMENT_BYTES
        .saturating_add(MAX_ENVELOPE_BYTES)
        .saturating_mul(2);
    if segment.size > limit {
        return Err(damaged(format!(
            "{} bytes unpacked, the limit is {limit}",
            segment.size
        )));
    }
    let plain = zstd::bulk::decompress(&segment.bytes, segment.size)
        .map_err(|error| damaged(error.to_string()))?;
    let mut reader = Reader::new(&plain);
    let mut read = || {
        let count = reader.array("envelopes in a segment", segment.count, segment.count)?;
        let mut all = Vec::new();
        for _ in 0..count {
            let (position, bytes) = (reader.uint()?, reader.bytes()?.to_vec());
            all.push(StoredEnvelope {
                position,
                hash: digest(&bytes),
                bytes,
            });
        }
        reader.clone().finish().map(|()| all)
    };
    read().map_err(|error| damaged(error.to_string()))
}

/// Retires the rows of earlier segments, then packs what is older than the newest rows.
pub(super) fn compact(
    connection: &mut Connection,
    document: Document,
) -> Result<Compaction, StoreError> {
    let key = key(document);
    let mut done = Compaction {
        retired: retire(connection, &key)?,
        ..Compaction::default()
    };
    while let Some(packed) = pack(connection, &key)? {
        done.segments = done.segments.saturating_add(1);
        done.packed = done.packed.saturating_add(packed);
    }
    if done != Compaction::default() {
        write::shrink(connection)?;
    }
    Ok(done)
}

/// Deletes rows whose segment, read again, equals them. A segment that does not is undone instead.
fn retire(connection: &mut Connection, document: &[u8]) -> Result<u64, StoreError> {
    let failed = failed(COMPACT);
    let mut retired = 0u64;
    loop {
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(&failed)?;
        let sql = "SELECT min(position) FROM envelopes WHERE document = ? AND packed = 1";
        let oldest: Option<u64> = transaction
            .query_row(sql, [document], |row| row.get(0))
            .map_err(&failed)?;
        let Some(oldest) = oldest else {
            return Ok(retired);
        };
        let segment = next(&transaction, document, oldest.saturating_sub(1))?
            .ok_or_else(|| StoreError::corrupt(format!("envelope {oldest} is in no segment")))?;
        let kept = packed_rows(&transaction, &segment)?;
        let range = params![document, segment.first, segment.last];
        if unpack(&segment).is_ok_and(|unpacked| unpacked == kept) {
            let sql = "DELETE FROM envelopes WHERE document = ? AND packed = 1 AND position BETWEEN ? AND ?";
            let deleted = transaction.execute(sql, range).map_err(&failed)?;
            retired = retired.saturating_add(deleted as u64);
        } else {
            // Later segments go too: rows that are not packed stand behind all segments. Theirs are all still there,
            // since rows retire oldest first.
            let sql = "UPDATE envelopes SET packed = 0 WHERE document = ? AND position >= ?";
            transaction
                .execute(sql, params![document, segment.first])
                .map_err(&failed)?;
            let sql = "DELETE FROM segments WHERE document = ? AND last >= ?";
            transaction
                .execute(sql, params![document, segment.last])
                .map_err(&failed)?;
        }
        transaction.commit().map_err(&failed)?;
    }
}

/// Packs one segment and reads it back; gives how many envelopes it holds, or none when there is too little.
fn pack(connection: &mut Connection, document: &[u8]) -> Result<Option<u64>, StoreError> {
    let failed = failed(COMPACT);
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(&failed)?;
    let Some(chosen) = choose(&transaction, document)? else {
        return Ok(None);
    };
    let (Some(first), Some(last)) = (chosen.first(), chosen.last()) else {
        return Ok(None);
    };
    let (first, last) = (first.position, last.position);
    let mut plain = Writer::new();
    plain.array(chosen.len());
    for envelope in &chosen {
        plain.uint(envelope.position).bytes(&envelope.bytes);
    }
    let plain = plain.into_bytes();
    let bytes = zstd::bulk::compress(&plain, LEVEL).map_err(|error| StoreError::Io {
        operation: COMPACT,
        detail: error.to_string(),
    })?;
    let hash = digest(&bytes).0;
    transaction
        .execute(
            "INSERT INTO segments (first, last, document, envelopes, size, hash, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)",
            params![first, last, document, chosen.len(), plain.len(), hash, bytes],
        )
        .map_err(&failed)?;
    let sql = "UPDATE envelopes SET packed = 1 WHERE document = ? AND position BETWEEN ? AND ?";
    let marked = transaction
        .execute(sql, params![document, first, last])
        .map_err(&failed)?;
    transaction.commit().map_err(&failed)?;
    // From the file, as far as SQLite's own cache can be left out.
    connection
        .execute_batch("PRAGMA shrink_memory")
        .map_err(&failed)?;
    let written = next(connection, document, last.saturating_sub(1))?;
    let same = written.is_some_and(|segment| unpack(&segment).is_ok_and(|all| all == chosen));
    if marked != chosen.len() || !same {
        return Err(StoreError::corrupt(format!(
            "segment {first} to {last} reads back differently"
        )));
    }
    Ok(Some(chosen.len() as u64))
}

/// The oldest rows that fill a segment.
fn choose(
    connection: &Connection,
    document: &[u8],
) -> Result<Option<Vec<StoredEnvelope>>, StoreError> {
    let failed = failed(COMPACT);
    let sql = "SELECT count(*) FROM envelopes WHERE document = ? AND packed = 0";
    let rows: u64 = connection
        .query_row(sql, [document], |row| row.get(0))
        .map_err(&failed)?;
    let sql = "SELECT position, hash, bytes FROM envelopes
               WHERE document = ? AND packed = 0 ORDER BY position LIMIT ?";
    let mut statement = connection.prepare_cached(sql).map_err(&failed)?;
    let mut rows = statement
        .query(params![document, rows.saturating_sub(NEWEST_ROWS)])
        .map_err(&failed)?;
    let (mut chosen, mut size) = (Vec::new(), 0usize);
    while size < SEGMENT_BYTES {
        let Some(row) = rows.next().map_err(&failed)? else {
            break;
        };
        let envelope = envelope(row)?;
        size = size.saturating_add(envelope.bytes.len());
        chosen.push(envelope);
    }
    Ok((size >= MIN_SEGMENT_BYTES).then_some(chosen))
}
