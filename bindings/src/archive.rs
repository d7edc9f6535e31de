//! A whole office as one JSON file, to be moved or kept.

use crate::ids::seed;
use crate::{AllkontorError, Device};
use allkontor_core::device::{Archive, Device as Engine};
use allkontor_core::time::Timestamp;
use allkontor_interchange::archive;
use std::sync::Arc;

#[uniffi::export]
impl Device {
    /// Opens an office from an archive on a new machine, in an empty folder, as a visitor that has all of it: certify it, or
    /// recover the office with it. `device_seed`: 32 random bytes. A file that is not whole leaves the folder empty.
    #[uniffi::constructor]
    pub fn from_archive(
        folder: String,
        now: Timestamp,
        archive: Vec<u8>,
        device_seed: Vec<u8>,
    ) -> Result<Arc<Self>, AllkontorError> {
        let seed = seed("device_seed", &device_seed)?;
        let archive = read(&archive)?;
        archive.check(now)?;
        Self::first(folder, |(store, vault)| {
            let mut engine = Engine::join(store, vault, seed, archive.office)?;
            engine.restore_archive(now, &archive)?;
            Ok(engine)
        })
    }

    /// The whole office as JSON: every document as it was signed, and the catalogues to be read. No key is in it, and nothing
    /// that devices keep to themselves. Only on a device of the office.
    pub fn export_office(&self, now: Timestamp) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| Ok(archive::write(&engine.archive(now)?)))
    }

    /// Takes in an archive of this office. Afterwards this device has all that is in it; one that is not whole, or of another
    /// office, changes nothing.
    pub fn import_office(&self, now: Timestamp, archive: Vec<u8>) -> Result<(), AllkontorError> {
        let archive = read(&archive)?;
        self.with(|engine| Ok(engine.restore_archive(now, &archive)?))
    }
}

fn read(file: &[u8]) -> Result<Archive, AllkontorError> {
    archive::read(file).map_err(|error| AllkontorError::bad_bytes("not_an_archive", error))
}
