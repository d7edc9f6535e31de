//! What must survive a restored backup: the device's signing key and how far each of its own chains has come.
//!
//! It lives outside the database and its backups. A database that is behind its vault was restored or lost, and the
//! device is `Recovering`: it would sign a second statement with a number it has used. A database that is ahead (the
//! vault is written after it) brings the vault up. So the vault is synced before a decision leaves the device.

mod file;
mod memory;
mod state;

pub use file::FileVault;
pub use memory::MemoryVault;
pub use state::VaultState;

use crate::cbor::CborError;

/// Where a device keeps its [`VaultState`].
pub trait Vault: Send {
    /// What was saved last; none when nothing ever was.
    fn load(&self) -> Result<Option<VaultState>, VaultError>;

    /// Replaces what was saved, whole or not at all; durable on return.
    fn save(&mut self, state: &VaultState) -> Result<(), VaultError>;
}

/// Why a vault could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The system refused. What was saved before is still there.
    #[error("could not {operation}: {detail}")]
    Io {
        /// What was tried.
        operation: &'static str,
        /// What the system said.
        detail: String,
    },
    /// It does not match its checksum, or is cut off.
    #[error("vault is damaged: {bytes} bytes do not match their checksum")]
    Damaged {
        /// How many bytes were found.
        bytes: usize,
    },
    /// It is whole and not a vault.
    #[error("vault does not decode: {0}")]
    Cbor(#[from] CborError),
    /// Written by a later version of the app.
    #[error("vault has form {form}: only forms 1 and 2 are known, update the app")]
    TooNew {
        /// Its form.
        form: u64,
    },
}

impl VaultError {
    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Io { .. })
    }
}

#[cfg(test)]
mod tests;
