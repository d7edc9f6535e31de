use crate::desks::Party;
use crate::office::NoOffice;
use allkontor_core::device::DeviceError;
use allkontor_core::store::StoreError;
use std::path::PathBuf;

/// Why a day could not be played to its end.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The office could not be founded.
    #[error("the office cannot be founded: {0}")]
    Office(#[from] NoOffice),
    /// The office does not open on the day that is played.
    #[error("the office does not open on the day that is played")]
    NoPlan,
    /// A device said no where it must not.
    #[error("{device} could not {what}: {error}")]
    Device {
        /// Whose.
        device: String,
        /// What it was to do.
        what: &'static str,
        /// What it said.
        error: Box<DeviceError>,
    },
    /// A database could not be opened.
    #[error("the database {} cannot be opened: {error}", path.display())]
    Store {
        /// Which.
        path: PathBuf,
        /// What it said.
        error: StoreError,
    },
    /// A file or folder.
    #[error("cannot {what} {}: {error}", path.display())]
    File {
        /// What was to be done.
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// The socket between two devices.
    #[error("the socket between two devices broke: {0}")]
    Socket(#[from] std::io::Error),
    /// What was sent over a socket came out as something else.
    #[error("a message of {sent} bytes did not come out of the socket as it went in")]
    Mangled {
        /// How long it was.
        sent: usize,
    },
    /// The figures could not be written.
    #[error("the figures cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A phone that does not take part.
    #[error("phone {0} does not take part")]
    NoPhone(usize),
    /// Two devices that cannot meet, because one of them is not there.
    #[error("{one:?} and {other:?} are not both there to meet")]
    Nobody {
        /// The one.
        one: Party,
        /// The other.
        other: Party,
    },
}
