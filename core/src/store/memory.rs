use super::{
    Batch, Compaction, LooseStatement, Operation, Quarantined, Store, StoreError, StoredEnvelope,
    digest,
};
use crate::id::{Digest, PublicKey, StatementId};
use crate::statement::Document;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A store in memory that fails when told to: for tests and simulations.
///
/// A clone is another handle to the same disk, so a test keeps one to inject a [`Fault`], crash, or open again.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    disk: Arc<Mutex<Disk>>,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// That many commits succeed, the next one fails and writes nothing; then all is well again.
    FailOnce {
        /// Commits that succeed before.
        after: u64,
    },
    /// That many commits succeed, then the disk is full until [`MemoryStore::repair`].
    Full {
        /// Commits that succeed before.
        after: u64,
    },
    /// That many commits succeed, then power is lost in the middle of one: it fails, as does everything until
    /// [`MemoryStore::crash`]. Whether the commit is there afterwards is `kept`; the caller cannot know.
    PowerCut {
        /// Commits that succeed before.
        after: u64,
        /// Whether the interrupted commit is found afterwards.
        kept: bool,
    },
    /// From now on the disk says that it wrote and does not: [`MemoryStore::crash`] returns to this moment.
    LostWrites,
}

#[derive(Debug, Default)]
struct Disk {
    now: State,
    /// What a crash returns to, when it is not `now`.
    durable: Option<State>,
    fault: Option<Fault>,
    commits: u64,
    dead: bool,
}

#[derive(Debug, Clone, Default)]
struct State {
    generation: u64,
    last_position: u64,
    envelopes: BTreeMap<Document, BTreeMap<u64, Row>>,
    loose: BTreeMap<StatementId, (Document, Row)>,
    blobs: BTreeMap<Digest, Row>,
    meta: BTreeMap<String, Row>,
    applying: Option<(PublicKey, Row)>,
    quarantine: BTreeMap<Digest, (PublicKey, Row)>,
}

#[derive(Debug, Clone)]
struct Row {
    hash: Digest,
    bytes: Arc<[u8]>,
}

impl Row {
    fn new(bytes: &[u8]) -> Self {
        Self {
            hash: digest(bytes),
            bytes: bytes.into(),
        }
    }

    fn read(&self, what: impl FnOnce() -> String) -> Result<Vec<u8>, StoreError> {
        if digest(&self.bytes) == self.hash {
            return Ok(self.bytes.to_vec());
        }
        Err(StoreError::mismatch(&what()))
    }
}

impl MemoryStore {
    /// Empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets something go wrong from now on. Counting starts here; a fault replaces the one before.
    pub fn inject(&self, fault: Fault) {
        let mut disk = self.disk();
        if fault == Fault::LostWrites {
            disk.durable = Some(disk.now.clone());
        }
        disk.commits = 0;
        disk.fault = Some(fault);
    }

    /// Ends the fault.
    pub fn repair(&self) {
        let mut disk = self.disk();
        disk.fault = None;
        disk.durable = None;
    }

    /// Power is lost and comes back: what was not durable is gone, and the fault is over.
    pub fn crash(&self) {
        let mut disk = self.disk();
        if let Some(durable) = disk.durable.take() {
            disk.now = durable;
        }
        disk.fault = None;
        disk.dead = false;
    }

    /// Another disk with the same content and no fault: a backup, or a clone.
    pub fn copy(&self) -> Self {
        let disk = Disk {
            now: self.disk().now.clone(),
            ..Disk::default()
        };
        Self {
            disk: Arc::new(Mutex::new(disk)),
        }
    }

    /// Flips a bit of a stored envelope. Says whether there is one at that position.
    pub fn corrupt(&self, document: Document, position: u64) -> bool {
        let mut disk = self.disk();
        let rows = disk.now.envelopes.get_mut(&document);
        let Some(row) = rows.and_then(|rows| rows.get_mut(&position)) else {
            return false;
        };
        let mut bytes = row.bytes.to_vec();
        match bytes.last_mut() {
            Some(last) => *last ^= 1,
            None => bytes.push(0),
        }
        row.bytes = bytes.into();
        true
    }

    fn disk(&self) -> MutexGuard<'_, Disk> {
        // Whoever panicked while holding it was a test.
        self.disk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, read: impl FnOnce(&State) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let disk = self.disk();
        if disk.dead {
            return Err(no_power("read"));
        }
        read(&disk.now)
    }
}

fn no_power(operation: &'static str) -> StoreError {
    let detail = "power is lost".to_owned();
    StoreError::Io { operation, detail }
}

impl Store for MemoryStore {
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let mut disk = self.disk();
        if disk.dead {
            return Err(no_power("commit"));
        }
        let before = disk.commits;
        disk.commits = before.saturating_add(1);
        match disk.fault {
            Some(Fault::FailOnce { after }) if before == after => {
                disk.fault = None;
                let detail = "the write failed".to_owned();
                let operation = "commit";
                return Err(StoreError::Io { operation, detail });
            }
            Some(Fault::Full { after }) if before >= after => {
                let operation = "commit";
                return Err(StoreError::Full { operation });
            }
            Some(Fault::PowerCut { after, kept }) if before == after => {
                disk.dead = true;
                if kept {
                    disk.now.apply(batch);
                }
                return Err(no_power("commit"));
            }
            _ => {}
        }
        disk.now.apply(batch);
        Ok(())
    }

    fn generation(&self) -> Result<u64, StoreError> {
        self.read(|state| Ok(state.generation))
    }

    fn documents(&self) -> Result<Vec<Document>, StoreError> {
        self.read(|state| Ok(state.envelopes.keys().copied().collect()))
    }

    fn page(
        &self,
        document: Document,
        after: u64,
        budget: usize,
    ) -> Result<Vec<StoredEnvelope>, StoreError> {
        self.read(|state| {
            let (mut page, mut bytes_read) = (Vec::new(), 0usize);
            let rows = state.envelopes.get(&document).into_iter().flatten();
            for (position, row) in rows.filter(|(position, _)| **position > after) {
                let bytes = row
                    .read(|| format!("envelope {position}"))
                    .map_err(|error| error.resume_behind(*position))?;
                bytes_read = bytes_read.saturating_add(bytes.len());
                page.push(StoredEnvelope {
                    position: *position,
                    hash: row.hash,
                    bytes,
                });
                if bytes_read >= budget {
                    break;
                }
            }
            Ok(page)
        })
    }

    fn loose(&self) -> Result<Vec<LooseStatement>, StoreError> {
        self.read(|state| {
            let read = |(id, (document, row)): (&StatementId, &(Document, Row))| {
                Ok(LooseStatement {
                    id: *id,
                    document: *document,
                    bytes: row.read(|| format!("loose statement {id}"))?,
                })
            };
            state.loose.iter().map(read).collect()
        })
    }

    fn blob(&self, hash: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|state| {
            let row = state.blobs.get(hash);
            row.map(|row| row.read(|| format!("blob {hash}")))
                .transpose()
        })
    }

    fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|state| {
            let row = state.meta.get(key);
            row.map(|row| row.read(|| format!("value of {key}")))
                .transpose()
        })
    }

    fn applying(&self) -> Result<Option<Quarantined>, StoreError> {
        self.read(|state| state.applying.as_ref().map(set_aside).transpose())
    }

    fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError> {
        self.read(|state| state.quarantine.values().map(set_aside).collect())
    }

    fn compact(&mut self, _document: Document) -> Result<Compaction, StoreError> {
        self.read(|_| Ok(Compaction::default()))
    }

    fn size_on_disk(&self) -> Result<u64, StoreError> {
        self.read(|state| {
            let rows = state.envelopes.values().flat_map(BTreeMap::values);
            let rows = rows.chain(state.loose.values().map(|(_, row)| row));
            let rows = rows.chain(state.blobs.values()).chain(state.meta.values());
            let rows = rows.chain(state.quarantine.values().map(|(_, row)| row));
            Ok(rows.map(|row| row.bytes.len() as u64).sum())
        })
    }
}

fn set_aside((signer, row): &(PublicKey, Row)) -> Result<Quarantined, StoreError> {
    Ok(Quarantined {
        hash: row.hash,
        signer: *signer,
        bytes: row.read(|| format!("quarantined envelope {}", row.hash))?,
    })
}

impl State {
    fn apply(&mut self, batch: &Batch) {
        self.generation = self.generation.saturating_add(1);
        for operation in batch.operations() {
            match operation {
                Operation::PutEnvelope { document, bytes } => {
                    self.last_position = self.last_position.saturating_add(1);
                    let rows = self.envelopes.entry(*document).or_default();
                    rows.insert(self.last_position, Row::new(bytes));
                }
                Operation::PutLoose {
                    id,
                    document,
                    bytes,
                } => {
                    self.loose.insert(*id, (*document, Row::new(bytes)));
                }
                Operation::RemoveLoose { id } => {
                    self.loose.remove(id);
                }
                Operation::PutBlob { bytes } => {
                    let row = Row::new(bytes);
                    self.blobs.insert(row.hash, row);
                }
                Operation::RemoveBlob { hash } => {
                    self.blobs.remove(hash);
                }
                Operation::PutMeta { key, bytes } => {
                    self.meta.insert(key.clone(), Row::new(bytes));
                }
                Operation::RemoveMeta { key } => {
                    self.meta.remove(key);
                }
                Operation::DropDocument { document } => {
                    self.envelopes.remove(document);
                    self.loose.retain(|_, (of, _)| of != document);
                }
                Operation::MarkApplying { signer, bytes } => {
                    self.applying = Some((*signer, Row::new(bytes)));
                }
                Operation::ClearApplying => self.applying = None,
                Operation::Quarantine { signer, bytes } => {
                    let row = Row::new(bytes);
                    self.quarantine.insert(row.hash, (*signer, row));
                }
                Operation::RemoveQuarantined { hash } => {
                    self.quarantine.remove(hash);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
