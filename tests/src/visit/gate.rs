//! Counts the effects of a device, before and after each, and stops it at one of them for good.

use super::process::Reply;
use allkontor_core::id::Digest;
use allkontor_core::statement::Document;
use allkontor_core::store::{
    Batch, Compaction, LooseStatement, Quarantined, Store, StoreError, StoredEnvelope,
};
use allkontor_core::vault::{Vault, VaultError, VaultState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The boundaries of a device's effects, counted from 1. A clone counts on.
#[derive(Clone, Debug)]
pub struct Gate {
    passed: Arc<AtomicU64>,
    stop_at: u64,
}

impl Gate {
    /// Stops at that boundary; at none when it is 0.
    pub fn new(stop_at: u64) -> Self {
        let passed = Arc::default();
        Self { passed, stop_at }
    }

    /// Passes a boundary, or says that it is reached and waits there to be killed.
    pub fn pass(&self) {
        let at = self.passed.fetch_add(1, Ordering::SeqCst) + 1;
        if at == self.stop_at {
            Reply::Stopped.say();
            loop {
                std::thread::park();
            }
        }
    }
}

/// A store or a vault whose writes each have a boundary before and after them.
#[derive(Debug)]
pub struct Watched<T> {
    inner: T,
    gate: Gate,
}

impl<T> Watched<T> {
    /// Writes to `inner`, watched at `gate`.
    pub fn new(inner: T, gate: &Gate) -> Self {
        let gate = gate.clone();
        Self { inner, gate }
    }

    fn write<R>(&mut self, write: impl FnOnce(&mut T) -> R) -> R {
        self.gate.pass();
        let written = write(&mut self.inner);
        self.gate.pass();
        written
    }
}

impl<V: Vault> Vault for Watched<V> {
    fn load(&self) -> Result<Option<VaultState>, VaultError> {
        self.inner.load()
    }

    fn save(&mut self, state: &VaultState) -> Result<(), VaultError> {
        self.write(|vault| vault.save(state))
    }
}

impl<S: Store> Store for Watched<S> {
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.write(|store| store.commit(batch))
    }

    fn generation(&self) -> Result<u64, StoreError> {
        self.inner.generation()
    }

    fn documents(&self) -> Result<Vec<Document>, StoreError> {
        self.inner.documents()
    }

    fn page(
        &self,
        document: Document,
        after: u64,
        budget: usize,
    ) -> Result<Vec<StoredEnvelope>, StoreError> {
        self.inner.page(document, after, budget)
    }

    fn loose(&self) -> Result<Vec<LooseStatement>, StoreError> {
        self.inner.loose()
    }

    fn blob(&self, hash: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.blob(hash)
    }

    fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.meta(key)
    }

    fn applying(&self) -> Result<Option<Quarantined>, StoreError> {
        self.inner.applying()
    }

    fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError> {
        self.inner.quarantined()
    }

    fn compact(&mut self, document: Document) -> Result<Compaction, StoreError> {
        self.write(|store| store.compact(document))
    }

    fn size_on_disk(&self) -> Result<u64, StoreError> {
        self.inner.size_on_disk()
    }
}
