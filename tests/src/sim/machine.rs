//! The machine under a device: power, a disk and a vault that fail when told to.

use allkontor_core::id::Digest;
use allkontor_core::statement::Document;
use allkontor_core::store::{
    Batch, Compaction, LooseStatement, MemoryStore, Quarantined, Store, StoreError, StoredEnvelope,
};
use allkontor_core::vault::{MemoryVault, Vault, VaultError, VaultState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Something that the simulator is not told of and must find out: it tests the simulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plant {
    /// The disk of the office's first device says that it wrote, and a power cut loses the last thing it wrote.
    ForgetfulDisk,
    /// The vault of the office's first device keeps its key, and nothing that it is given afterwards.
    ForgetfulVault,
    /// Every device takes a confirmation for good whose author had no right to it.
    Gullible,
}

/// Power, disk and vault of one device. A clone is another handle to the same ones.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    disk: MemoryStore,
    vault: MemoryVault,
    dead: bool,
    /// How many effects are still done before power is lost in the middle of one, and whether that one is kept.
    cut: Option<(u8, bool)>,
    /// Power is lost once more, in the first effect after it has come back.
    again: bool,
    full: bool,
    /// Writes until one fails, and whether a power cut right after finds it done.
    failing_write: Option<(u8, bool)>,
    /// Saves of the vault until one fails, and whether it is kept all the same.
    failing_save: Option<(u8, bool)>,
    /// A write that failed for all anybody knows, and may be found after a power cut.
    limbo: Option<Batch>,
    /// What a disk that says that it wrote really has.
    durable: Option<MemoryStore>,
    plant: Option<Plant>,
    /// For a forgetful disk: as it was before the last write.
    before_last: Option<MemoryStore>,
}

/// What becomes of one effect.
enum Fate {
    Done,
    PowerLost { kept: bool },
}

/// What power coming back finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The disk had said that it wrote what is not there.
    pub betrayed: bool,
}

impl Machine {
    /// A new one, with something wrong that nobody knows of.
    pub fn with(plant: Option<Plant>) -> Self {
        let machine = Self::default();
        machine.inner().plant = plant;
        machine
    }

    /// The disk and the vault, for a device.
    pub fn parts(&self) -> (Box<dyn Store>, Box<dyn Vault>) {
        (Box::new(self.clone()), Box::new(self.clone()))
    }

    /// Power is lost in the middle of an effect, `after` effects from now. `again`: and once more when it comes back.
    pub fn cut_power(&self, after: u8, kept: bool, again: bool) {
        let mut inner = self.inner();
        inner.cut = Some((after, kept));
        inner.again = again;
    }

    /// The disk is full from now on.
    pub fn fill(&self) {
        self.inner().full = true;
    }

    /// A write fails, `after` writes from now. `kept`: a power cut right after it finds it done.
    pub fn fail_write(&self, after: u8, kept: bool) {
        self.inner().failing_write = Some((after, kept));
    }

    /// A save of the vault fails, `after` saves from now. `kept`: it is done all the same.
    pub fn fail_save(&self, after: u8, kept: bool) {
        self.inner().failing_save = Some((after, kept));
    }

    /// From now on the disk says that it wrote, and does not.
    pub fn lie(&self) {
        let mut inner = self.inner();
        inner.durable = Some(inner.disk.copy());
    }

    /// Everything works again, and what the disk said becomes true.
    pub fn repair(&self) {
        let mut inner = self.inner();
        let inner = &mut *inner;
        (inner.cut, inner.again, inner.full) = (None, false, false);
        (inner.failing_write, inner.failing_save) = (None, None);
        (inner.limbo, inner.durable) = (None, None);
    }

    /// Whether power is lost.
    pub fn is_dead(&self) -> bool {
        self.inner().dead
    }

    /// Whether an error may be the machine's.
    pub fn is_troubled(&self) -> bool {
        let inner = self.inner();
        let waiting = inner.failing_write.is_some() || inner.failing_save.is_some();
        inner.dead || inner.full || inner.cut.is_some() || waiting
    }

    /// Whether a power cut may find something else than what was read: the disk lies, or a write that failed was done.
    pub fn is_doubtful(&self) -> bool {
        let inner = self.inner();
        inner.durable.is_some() || inner.limbo.is_some()
    }

    /// Envelopes that were put aside.
    pub fn put_aside(&self) -> usize {
        self.inner()
            .disk
            .quarantined()
            .map_or(0, |aside| aside.len())
    }

    /// Power comes back, or is lost and comes back.
    pub fn reboot(&self) -> Found {
        let mut inner = self.inner();
        let betrayed = inner.durable.is_some();
        if let Some(durable) = inner.durable.take().or(inner.before_last.take()) {
            inner.disk = durable;
        } else if let Some(batch) = inner.limbo.take() {
            let written = inner.disk.commit(&batch);
            assert!(written.is_ok(), "a disk in memory takes everything");
        }
        inner.dead = false;
        inner.cut = inner.again.then_some((0, false));
        inner.again = false;
        Found { betrayed }
    }

    /// Somebody makes room on a full disk; whether there was need to.
    pub fn make_room(&self) -> bool {
        std::mem::take(&mut self.inner().full)
    }

    /// A copy of the disk, for a backup.
    pub fn backup(&self) -> MemoryStore {
        self.inner().disk.copy()
    }

    /// Puts a backup on the disk. The vault stays.
    pub fn restore(&self, backup: &MemoryStore) {
        let mut inner = self.inner();
        inner.disk = backup.copy();
        (inner.durable, inner.limbo) = (None, None);
    }

    /// A machine with the same disk and the same vault.
    pub fn cloned(&self) -> Self {
        let inner = self.inner();
        let copy = Inner {
            disk: inner.disk.copy(),
            vault: inner.vault.copy(),
            ..Inner::default()
        };
        Self {
            inner: Arc::new(Mutex::new(copy)),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(
        &self,
        read: impl FnOnce(&MemoryStore) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let inner = self.inner();
        if inner.dead {
            return Err(no_power("read"));
        }
        read(&inner.disk)
    }
}

impl Inner {
    fn fate(&mut self) -> Fate {
        match &mut self.cut {
            Some((0, kept)) => {
                let kept = *kept;
                (self.cut, self.dead) = (None, true);
                Fate::PowerLost { kept }
            }
            Some((left, _)) => {
                *left -= 1;
                Fate::Done
            }
            None => Fate::Done,
        }
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if self.dead {
            return Err(no_power("commit"));
        }
        if self.full {
            let operation = "commit";
            return Err(StoreError::Full { operation });
        }
        if let Some(kept) = due(&mut self.failing_write) {
            self.limbo = kept.then(|| batch.clone());
            let detail = "the write failed".to_owned();
            let operation = "commit";
            return Err(StoreError::Io { operation, detail });
        }
        let fate = self.fate();
        if let Fate::Done | Fate::PowerLost { kept: true } = fate {
            self.limbo = None;
            if self.plant == Some(Plant::ForgetfulDisk) {
                self.before_last = Some(self.disk.copy());
            }
            self.disk.commit(batch)?;
        }
        match fate {
            Fate::Done => Ok(()),
            Fate::PowerLost { .. } => Err(no_power("commit")),
        }
    }

    fn save(&mut self, state: &VaultState) -> Result<(), VaultError> {
        let operation = "save the vault";
        let fails = |detail: &str| {
            let detail = detail.to_owned();
            Err(VaultError::Io { operation, detail })
        };
        if self.dead {
            return fails("power is lost");
        }
        let failing = due(&mut self.failing_save);
        let fate = match failing {
            Some(_) => Fate::Done,
            None => self.fate(),
        };
        let forgets = self.plant == Some(Plant::ForgetfulVault) && self.vault.load()?.is_some();
        let lost = failing == Some(false) || matches!(fate, Fate::PowerLost { kept: false });
        if !lost && !forgets {
            self.vault.save(state)?;
        }
        match fate {
            _ if failing.is_some() => fails("the write failed"),
            Fate::PowerLost { .. } => fails("power is lost"),
            Fate::Done => Ok(()),
        }
    }
}

/// Counts down to a failure; says how it ends when it is there.
fn due(failing: &mut Option<(u8, bool)>) -> Option<bool> {
    match failing {
        Some((0, kept)) => {
            let kept = *kept;
            *failing = None;
            Some(kept)
        }
        Some((left, _)) => {
            *left -= 1;
            None
        }
        None => None,
    }
}

fn no_power(operation: &'static str) -> StoreError {
    let detail = "power is lost".to_owned();
    StoreError::Io { operation, detail }
}

impl Store for Machine {
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.inner().commit(batch)
    }

    fn generation(&self) -> Result<u64, StoreError> {
        self.read(Store::generation)
    }

    fn documents(&self) -> Result<Vec<Document>, StoreError> {
        self.read(Store::documents)
    }

    fn page(
        &self,
        document: Document,
        after: u64,
        budget: usize,
    ) -> Result<Vec<StoredEnvelope>, StoreError> {
        self.read(|disk| disk.page(document, after, budget))
    }

    fn loose(&self) -> Result<Vec<LooseStatement>, StoreError> {
        self.read(Store::loose)
    }

    fn blob(&self, hash: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|disk| disk.blob(hash))
    }

    fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|disk| disk.meta(key))
    }

    fn applying(&self) -> Result<Option<Quarantined>, StoreError> {
        self.read(Store::applying)
    }

    fn quarantined(&self) -> Result<Vec<Quarantined>, StoreError> {
        self.read(Store::quarantined)
    }

    fn compact(&mut self, document: Document) -> Result<Compaction, StoreError> {
        let mut inner = self.inner();
        if inner.dead {
            return Err(no_power("compact"));
        }
        inner.disk.compact(document)
    }

    fn size_on_disk(&self) -> Result<u64, StoreError> {
        self.read(Store::size_on_disk)
    }
}

impl Vault for Machine {
    fn load(&self) -> Result<Option<VaultState>, VaultError> {
        self.inner().vault.load()
    }

    fn save(&mut self, state: &VaultState) -> Result<(), VaultError> {
        self.inner().save(state)
    }
}
