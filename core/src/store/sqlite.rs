//! The store on disk: SQLite, one file and its write-ahead log.
//!
//! Recent envelopes are a row each. Older ones are packed into immutable zstd segments, which are read back and
//! compared; the rows they replace stay until the next compaction has compared them once more.

mod read;
mod schema;
mod segment;
mod write;

use super::{Batch, Compaction, LooseStatement, Quarantined, Store, StoreError, StoredEnvelope};
use crate::id::Digest;
use crate::statement::Document;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// A store in one SQLite file.
///
/// `synchronous=FULL`: what [`Store::commit`] wrote survives a power cut. `secure_delete`: what was dropped is
/// overwritten. One process opens it at a time; another's writes are noticed ([`StoreError::Changed`]).
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
    /// What this process left behind.
    generation: u64,
}

impl SqliteStore {
    /// Opens the store at `path`, or makes an empty one. Checks its structure and counts its envelopes.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref().to_owned();
        let connection = schema::open(&path)?;
        let generation = read::generation(&connection)?;
        let mut store = Self {
            connection,
            path,
            generation,
        };
        if read::erasing(&store.connection)? {
            write::erase(&mut store.connection)?;
        }
        Ok(store)
    }
}

impl Store for SqliteStore {
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.generation = write::commit(&mut self.connection, batch, self.generation)?;
        if batch.operations().iter().any(super::Operation::erases) {
            // The batch is written. Erasing its traces is marked as owed, and tried again at the next open.
            let _ = write::erase(&mut self.connection);
        }
        Ok(())
    }

    fn generation(&self) -> Result<u64, StoreError> {
        read::generation(&self.connection)
    }

    fn documents(&self) -> Result<Vec<Document>, StoreError> {
        read::documents(&self.connection)
    }

    fn page(
        &self,
        document: Document,
        after: u64,
        budget: usize,
    ) -> Result<Vec<StoredEnvelope>, StoreError> {
        read::page(&self.connection, document, after, budget)
    }

    fn loose(&self) -> Result<Vec<LooseStatement>, StoreError> {
        read::loose(&self.connection)
    }

    fn blob(&self, hash: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        read::blob(&self.connection, hash)
    }

    fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        read::meta(&self.connection, key)
    }

    fn applying(&self) -> Result<Option<Quarantined>, StoreError> {
        Ok(read::marked(&self.connection, schema::APPLYING)?.pop())
    }

    fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError> {
        read::marked(&self.connection, schema::QUARANTINED)
    }

    fn compact(&mut self, document: Document) -> Result<Compaction, StoreError> {
        segment::compact(&mut self.connection, document)
    }

    fn size_on_disk(&self) -> Result<u64, StoreError> {
        let log = {
            let mut name = self.path.clone().into_os_string();
            name.push("-wal");
            std::fs::metadata(name).map_or(0, |file| file.len())
        };
        let file = std::fs::metadata(&self.path).map_err(|error| StoreError::Io {
            operation: "measure the store",
            detail: error.to_string(),
        })?;
        Ok(file.len().saturating_add(log))
    }
}

/// SQLite's errors in our words.
fn failed(operation: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode::{DatabaseCorrupt, DiskFull, NotADatabase};
    move |error| match error.sqlite_error_code() {
        Some(DiskFull) => StoreError::Full { operation },
        Some(DatabaseCorrupt | NotADatabase) => {
            StoreError::corrupt(format!("{operation}: {error}"))
        }
        _ => StoreError::Io {
            operation,
            detail: error.to_string(),
        },
    }
}

#[cfg(test)]
mod size_tests;
#[cfg(test)]
mod tests;
