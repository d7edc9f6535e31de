use allkontor_core::device::DeviceError;
use std::io;

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The command line is not what it should be.
    #[error("{0}")]
    Misused(String),
    /// The engine said no.
    #[error("{error} ({})", error.code())]
    Device {
        #[from]
        error: DeviceError,
    },
    /// The system did.
    #[error("{0}")]
    System(#[from] io::Error),
}
