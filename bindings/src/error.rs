use allkontor_core::device::DeviceError;

/// Why a call failed. Expected outcomes (refused by a rule, waiting, moved) are values instead.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum AllkontorError {
    /// The engine, the store or a peer said no.
    #[error("{message}")]
    Failed {
        /// Stable, for the app and its translations.
        code: String,
        /// What was expected and what was there, in English; names nobody.
        message: String,
        /// Whether the same call may succeed later.
        retry: bool,
    },
    /// An argument does not have the form it should have.
    #[error("{message}")]
    Argument {
        /// What was expected and what was there.
        message: String,
    },
}

impl AllkontorError {
    pub(crate) fn argument(what: &str, got: &str, expected: &str) -> Self {
        let got: String = got.chars().take(40).collect();
        Self::Argument {
            message: format!("{what} is {got:?}: expected {expected}"),
        }
    }
}

impl From<DeviceError> for AllkontorError {
    fn from(error: DeviceError) -> Self {
        Self::Failed {
            code: error.code().to_owned(),
            message: error.to_string(),
            retry: error.is_retryable(),
        }
    }
}
