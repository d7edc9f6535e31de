use super::Connection;
use crate::error::Error;
use crate::model::NotACatalogue;
use crate::store::StoreError;
use crate::sync::SessionError;
use crate::sync::file::BundleError;
use crate::sync::qr::{CardError, CertificateError};
use crate::vault::VaultError;

/// Why a device could not do something. After any of them the device goes on from what its store has.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// The engine said no.
    #[error(transparent)]
    Engine(#[from] Error),
    /// The store failed. Nothing was promised.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key and chain heads could not be read or kept. Nothing has left this device.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The other side of a connection broke the protocol; the connection is closed.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// A file is not one that a device exported, or is damaged.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A scanned code is not what it should be.
    #[error(transparent)]
    Card(#[from] CardError),
    /// A scanned certificate shows nothing of this office.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The bytes are no catalogue.
    #[error(transparent)]
    Catalogue(#[from] NotACatalogue),
    /// The connection was closed.
    #[error("connection {} is closed", connection.0)]
    NoConnection {
        /// Which one.
        connection: Connection,
    },
    /// There is no device in this store and vault yet.
    #[error("there is no device here yet: found an office or join one")]
    Empty,
    /// There is a device in this store and vault already.
    #[error("there is a device here already, of office {office}")]
    Taken {
        /// Its office.
        office: crate::id::OfficeId,
    },
    /// The keys of an office's device exist once.
    #[error(
        "this device is or was one of the office's: its keys are not backed up, a new one is certified under its own"
    )]
    NoBackup,
    /// A visitor's keys that were backed up may be on several devices.
    #[error(
        "the keys of this device were backed up and may be on another: a device of the office has keys of its own"
    )]
    BackedUp,
    /// A document did not take what was checked; the device goes on from its store.
    #[error("a document did not take what was checked: the device goes on from its store")]
    Spoiled,
}

impl DeviceError {
    /// A stable code, for apps and for the languages' own texts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Engine(error) => error.code(),
            Self::Store(error) if error.is_full() => "disk_full",
            Self::Store(_) => "store_failed",
            Self::Vault(_) => "vault_failed",
            Self::Session(_) => "session_failed",
            Self::Bundle(_) => "not_a_bundle",
            Self::Card(_) => "not_a_card",
            Self::Certificate(_) => "not_a_certificate",
            Self::Catalogue(_) => "not_a_catalogue",
            Self::NoConnection { .. } => "no_connection",
            Self::Empty => "empty",
            Self::Taken { .. } => "taken",
            Self::NoBackup => "no_backup",
            Self::BackedUp => "backed_up",
            Self::Spoiled => "spoiled",
        }
    }

    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Engine(error) => error.may_pass(),
            Self::Store(error) => error.is_retryable(),
            Self::Vault(_) | Self::Spoiled => true,
            _ => false,
        }
    }
}
