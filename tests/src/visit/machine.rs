//! What a device runs on.

use super::process::{Process, places};
use super::request::{Answer, Files, Turn, perform};
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::store::MemoryStore;
use allkontor_core::vault::{MemoryVault, VaultState};
use std::path::{Path, PathBuf};

/// Why there was no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The process was killed.
    Killed,
    /// The device said that it could not.
    Failed {
        /// Its stable code.
        code: String,
        /// Whether it said that the same may succeed later.
        retryable: bool,
        /// Its words.
        words: String,
    },
}

/// A device, here or in a process that will be killed.
pub enum Machine {
    /// In this process.
    Here(Box<Here>),
    /// In a process of its own, with its files in that folder.
    Process(Process, PathBuf),
}

/// A device in this process.
pub struct Here {
    device: Option<Device>,
    files: Box<dyn FnMut() -> Result<Files, DeviceError>>,
    /// Repairs what failed; says whether the device has to be opened again.
    mend: Box<dyn FnMut() -> bool>,
}

impl Here {
    /// Nothing fails.
    pub fn well() -> Self {
        Self::on(&MemoryStore::new(), &MemoryVault::new(), || false)
    }

    /// On a store and a vault that may fail. `mend` is called after each failure and says whether power was lost.
    pub fn on(
        store: &MemoryStore,
        vault: &MemoryVault,
        mend: impl FnMut() -> bool + 'static,
    ) -> Self {
        let (store, vault) = (store.clone(), vault.clone());
        Self {
            device: None,
            files: Box::new(move || Ok((Box::new(store.clone()), Box::new(vault.clone())))),
            mend: Box::new(mend),
        }
    }

    fn in_folder(folder: PathBuf) -> Self {
        Self {
            device: None,
            files: Box::new(move || files_in(&folder)),
            mend: Box::new(|| false),
        }
    }
}

/// The store and the vault of a device in a folder.
pub fn files_in(folder: &Path) -> Result<Files, DeviceError> {
    let (store, vault) = places(folder)?;
    Ok((Box::new(store), Box::new(vault)))
}

impl Machine {
    /// A device in a process of its own that is killed at boundary `stop_at`.
    pub fn killed(program: &str, folder: &Path, stop_at: u64) -> Self {
        Self::Process(Process::start(program, folder, stop_at), folder.to_owned())
    }

    pub(super) fn ask(&mut self, turn: &Turn) -> Result<Answer, Trouble> {
        match self {
            Self::Process(process, _) => process.ask(turn),
            Self::Here(here) => {
                let answer = perform(&mut here.device, &mut here.files, turn);
                answer.map_err(|error| Trouble::Failed {
                    code: error.code().into(),
                    retryable: error.is_retryable(),
                    words: error.to_string(),
                })
            }
        }
    }

    /// Whether a device has been founded, joined or opened here.
    pub(super) fn is_there(&self) -> bool {
        match self {
            Self::Process(..) => true,
            Self::Here(here) => here.device.is_some(),
        }
    }

    /// The vault as it lies there.
    pub(super) fn vault(&mut self) -> Option<VaultState> {
        let (_, vault) = match self {
            Self::Process(_, folder) => files_in(folder).unwrap(),
            Self::Here(here) => (here.files)().unwrap(),
        };
        vault.load().unwrap()
    }

    /// Gets a device back after trouble: from its files, or as it goes on. `false`: there is none yet.
    pub(super) fn recover(&mut self) -> bool {
        let again = match self {
            Self::Process(_, folder) => {
                *self = Self::Here(Box::new(Here::in_folder(std::mem::take(folder))));
                true
            }
            Self::Here(here) => (here.mend)(),
        };
        let Self::Here(here) = self else { return true };
        // A device that could not be made may be there all the same.
        if again || here.device.is_none() {
            here.device = None;
            let (store, vault) = (here.files)().unwrap();
            match Device::open(store, vault) {
                Ok(device) => here.device = Some(device),
                Err(DeviceError::Empty) => {}
                Err(error) => panic!("what it left does not open: {error}"),
            }
        }
        here.device.is_some()
    }
}
