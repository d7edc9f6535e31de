/// Why the store did not do what it was asked. After an error of [`super::Store::commit`] nothing of the batch is
/// readable here; whether a batch that failed with [`StoreError::Io`] is there after a power cut, only opening tells.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No space left.
    #[error("no space left on the device to {operation}")]
    Full {
        /// What was tried.
        operation: &'static str,
    },
    /// What was read is not what was written, or not a store.
    #[error("store is damaged: {what}")]
    Corrupt {
        /// Which part, and how it shows.
        what: String,
        /// While reading envelopes: the position behind which to read on to leave the damaged part out.
        resume: Option<u64>,
    },
    /// The system refused.
    #[error("could not {operation}: {detail}")]
    Io {
        /// What was tried.
        operation: &'static str,
        /// What the system said.
        detail: String,
    },
    /// Written by a later version of the app.
    #[error("store has version {version}, this app knows versions up to {known}: update the app")]
    TooNew {
        /// The store's version.
        version: i64,
        /// The latest this app can open.
        known: i64,
    },
    /// Another process wrote into the store since this one read it.
    #[error("store is at generation {found}, this process left it at {expected}: open it again")]
    Changed {
        /// What this process left behind.
        expected: u64,
        /// What is there.
        found: u64,
    },
}

impl StoreError {
    pub(super) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt {
            what: what.into(),
            resume: None,
        }
    }

    pub(super) fn mismatch(what: &str) -> Self {
        Self::corrupt(format!("{what} does not match its hash"))
    }

    /// Damage that ends at an envelope's position.
    pub(super) fn resume_behind(self, position: u64) -> Self {
        match self {
            Self::Corrupt { what, .. } => Self::Corrupt {
                what,
                resume: Some(position),
            },
            other => other,
        }
    }

    /// Whether making space would help.
    pub fn is_full(&self) -> bool {
        matches!(self, Self::Full { .. })
    }

    /// Whether what is stored cannot be trusted any more.
    pub fn is_corrupt(&self) -> bool {
        matches!(self, Self::Corrupt { .. })
    }

    /// Whether the same call may succeed later.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::Full { .. } | Self::Io { .. })
    }
}
