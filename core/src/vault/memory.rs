use super::{Vault, VaultError, VaultState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A vault in memory that fails when told to: for tests and simulations. A clone is another handle to the same one.
#[derive(Debug, Clone, Default)]
pub struct MemoryVault {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    bytes: Option<Vec<u8>>,
    /// Saves that succeed before one fails.
    until_failure: Option<u64>,
}

impl MemoryVault {
    /// Empty.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `after` saves succeed and the next one fail, which leaves what was saved before.
    pub fn fail_save(&self, after: u64) {
        self.inner().until_failure = Some(after);
    }

    /// Another vault with the same content and no fault: a clone's.
    pub fn copy(&self) -> Self {
        let inner = Inner {
            bytes: self.inner().bytes.clone(),
            until_failure: None,
        };
        Self {
            inner: Arc::new(Mutex::new(inner)),
        }
    }

    /// Flips a bit of what is saved. Says whether anything is.
    pub fn corrupt(&self) -> bool {
        let mut inner = self.inner();
        let first = inner.bytes.as_mut().and_then(|bytes| bytes.first_mut());
        first.map(|byte| *byte ^= 1).is_some()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Whoever panicked while holding it was a test.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Vault for MemoryVault {
    fn load(&self) -> Result<Option<VaultState>, VaultError> {
        self.inner()
            .bytes
            .as_deref()
            .map(VaultState::decode)
            .transpose()
    }

    fn save(&mut self, state: &VaultState) -> Result<(), VaultError> {
        let mut inner = self.inner();
        match inner.until_failure {
            Some(0) => {
                inner.until_failure = None;
                let (operation, detail) = ("save the vault", "the write failed".to_owned());
                return Err(VaultError::Io { operation, detail });
            }
            Some(left) => inner.until_failure = Some(left.saturating_sub(1)),
            None => {}
        }
        inner.bytes = Some(state.encode());
        Ok(())
    }
}
