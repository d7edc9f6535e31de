//! A visitor's keys on a new phone, or on a second one: a backup to print or photograph, and going on from it.

use crate::{AllkontorError, Device};
use allkontor_core::device::{Device as Engine, DeviceError};
use allkontor_core::id::OfficeId;
use allkontor_core::replica;
use allkontor_core::sync::qr::Backup as Paper;
use std::sync::Arc;

/// A backup of a visitor's keys. Whoever has it can do all that the visitor can: print or photograph it, and keep no copy.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Backup {
    /// The payload of its QR code. Secret.
    pub payload: Vec<u8>,
    /// The code to type by hand: four lines of 16 characters. Which office it is of, an invitation says. Secret.
    pub code: String,
}

/// How a device shares its keys with others of the same person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OwnKeys {
    /// Whether they are, or may be, on another device too: it was restored from a backup, or has shown one.
    pub copied: bool,
    /// How many other devices have asked for something with them, as far as is known here; the one that was lost is one.
    pub others: u32,
    /// Whether one backup was restored twice and this device has made room for the other. What both had asked for in one
    /// place was asked for again: a booking may stand twice.
    pub moved: bool,
    /// Whether it was restored and has not met a device of the office since: it may not know of all bookings yet.
    pub seeks: bool,
}

#[uniffi::export]
impl Device {
    /// A visitor's device from a scanned backup, in an empty folder: as good as the one before as soon as it has met a
    /// device of the office. The one before may go on.
    #[uniffi::constructor]
    pub fn restore_visitor(folder: String, backup: Vec<u8>) -> Result<Arc<Self>, AllkontorError> {
        let paper = Paper::from_bytes(&backup).map_err(DeviceError::from)?;
        Self::first(folder, |(store, vault)| {
            Engine::restore_visitor(store, vault, &paper)
        })
    }

    /// The same from a code typed by hand. Lower case, spaces, line breaks and dashes are fine.
    #[uniffi::constructor]
    pub fn restore_visitor_by_code(
        folder: String,
        code: String,
        office: OfficeId,
    ) -> Result<Arc<Self>, AllkontorError> {
        let paper = Paper::from_code(&code, office)
            .map_err(|error| AllkontorError::bad_bytes("not_a_backup", error))?;
        Self::first(folder, |(store, vault)| {
            Engine::restore_visitor(store, vault, &paper)
        })
    }

    /// A backup of a visitor's keys: good for all that is booked later too, and not for drafts or what nobody has been
    /// told. The keys of the office's devices exist once: such a device is refused, and one whose keys were backed up does
    /// not become one of the office's.
    pub fn backup(&self) -> Result<Backup, AllkontorError> {
        let paper = self.with(|engine| Ok(engine.backup()?))?;
        Ok(Backup {
            payload: paper.to_bytes(),
            code: paper.code(),
        })
    }

    /// How this device shares its keys with others of the same person.
    pub fn own_keys(&self) -> Result<OwnKeys, AllkontorError> {
        Ok(self.with(|engine| Ok(engine.own_keys()?))?.into())
    }
}

impl From<replica::OwnKeys> for OwnKeys {
    fn from(keys: replica::OwnKeys) -> Self {
        Self {
            copied: keys.copied,
            others: u32::try_from(keys.others.len()).unwrap_or(u32::MAX),
            moved: keys.moved,
            seeks: keys.seeks,
        }
    }
}
