use allkontor_core::command::{
    AccountError, ChangeError, CommonsError, EventError, MoneyError, RemarkError, RosterError,
};
use allkontor_core::device::DeviceError;
use allkontor_core::error::Error;
use std::fmt::Display;

/// Why a call failed. Expected outcomes (refused by a rule, waiting, moved) are values instead.
///
/// `code` is stable, and `Words.error` puts it into a person's language. `detail` says in English what was expected and
/// what was there, for logs; it names nobody. `retry`: the same call may succeed later.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum AllkontorError {
    /// An argument is not what it should be.
    #[error("{detail}")]
    Argument {
        /// Stable.
        code: String,
        /// What was expected and what was there.
        detail: String,
        /// Whether the same call may succeed later.
        retry: bool,
    },
    /// It cannot be done as things stand: decided already, not this device's to decide, not certified.
    #[error("{detail}")]
    Refused {
        /// Stable.
        code: String,
        /// What was expected and what was there.
        detail: String,
        /// Whether the same call may succeed later.
        retry: bool,
    },
    /// Something is not known here. Meeting another device may help.
    #[error("{detail}")]
    Missing {
        /// Stable.
        code: String,
        /// What was expected and what was there.
        detail: String,
        /// Whether the same call may succeed later.
        retry: bool,
    },
    /// The disk or the vault failed. Nothing was promised, and the device goes on from what it has stored.
    #[error("{detail}")]
    Storage {
        /// Stable.
        code: String,
        /// What was expected and what was there.
        detail: String,
        /// Whether the same call may succeed later.
        retry: bool,
    },
    /// Bytes from elsewhere are not what they should be. Nothing of them was taken in.
    #[error("{detail}")]
    BadBytes {
        /// Stable.
        code: String,
        /// What was expected and what was there.
        detail: String,
        /// Whether the same call may succeed later.
        retry: bool,
    },
    /// The device was shut down.
    #[error("{detail}")]
    Closed {
        /// Stable.
        code: String,
        /// What was expected and what was there.
        detail: String,
        /// Whether the same call may succeed later.
        retry: bool,
    },
    /// A fault of the engine. It goes on from what it has stored.
    #[error("{detail}")]
    Internal {
        /// Stable.
        code: String,
        /// What was expected and what was there.
        detail: String,
        /// Whether the same call may succeed later.
        retry: bool,
    },
}

/// What kind of error a code is.
#[derive(Clone, Copy)]
enum Sort {
    Argument,
    Refused,
    Missing,
    Storage,
    BadBytes,
    Internal,
}

impl AllkontorError {
    fn new(sort: Sort, code: &str, detail: impl Display, retry: bool) -> Self {
        let (code, detail) = (code.to_owned(), detail.to_string());
        match sort {
            Sort::Argument => Self::Argument {
                code,
                detail,
                retry,
            },
            Sort::Refused => Self::Refused {
                code,
                detail,
                retry,
            },
            Sort::Missing => Self::Missing {
                code,
                detail,
                retry,
            },
            Sort::Storage => Self::Storage {
                code,
                detail,
                retry,
            },
            Sort::BadBytes => Self::BadBytes {
                code,
                detail,
                retry,
            },
            Sort::Internal => Self::Internal {
                code,
                detail,
                retry,
            },
        }
    }

    pub(crate) fn argument(code: &str, detail: impl Display) -> Self {
        Self::new(Sort::Argument, code, detail, false)
    }

    pub(crate) fn bad_bytes(code: &str, detail: impl Display) -> Self {
        Self::new(Sort::BadBytes, code, detail, false)
    }

    pub(crate) fn closed() -> Self {
        Self::Closed {
            code: "closed".to_owned(),
            detail: "this device is shut down: open it again".to_owned(),
            retry: false,
        }
    }

    pub(crate) fn panic() -> Self {
        let detail = "the engine stopped in the middle of a call: it goes on from its store";
        Self::new(Sort::Internal, "panic", detail, true)
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Argument { code, .. }
            | Self::Refused { code, .. }
            | Self::Missing { code, .. }
            | Self::Storage { code, .. }
            | Self::BadBytes { code, .. }
            | Self::Closed { code, .. }
            | Self::Internal { code, .. } => code,
        }
    }
}

impl From<DeviceError> for AllkontorError {
    fn from(error: DeviceError) -> Self {
        let sort = match &error {
            DeviceError::Engine(error) => engine(error),
            DeviceError::Store(_) | DeviceError::Vault(_) => Sort::Storage,
            DeviceError::Session(_)
            | DeviceError::Bundle(_)
            | DeviceError::Card(_)
            | DeviceError::Certificate(_) => Sort::BadBytes,
            DeviceError::Catalogue(_) => Sort::Argument,
            DeviceError::NoConnection { .. } | DeviceError::Empty => Sort::Missing,
            DeviceError::Taken { .. } | DeviceError::NoBackup | DeviceError::BackedUp => {
                Sort::Refused
            }
            DeviceError::Spoiled => Sort::Internal,
        };
        Self::new(sort, error.code(), &error, error.is_retryable())
    }
}

fn engine(error: &Error) -> Sort {
    match error {
        Error::NotJoined { .. }
        | Error::NoCatalogue
        | Error::NoSuchBooking { .. }
        | Error::NoSuchDocument { .. }
        | Error::NotOccupied { .. }
        | Error::NoSuchUnit { .. }
        | Error::NoSuchCondition { .. }
        | Error::NotOut { .. }
        | Error::NotRented { .. }
        | Error::NotSuspended { .. }
        | Error::NotIntroduced { .. }
        | Error::NoSuchGuidelines { .. }
        | Error::NoSuchConfirmation { .. }
        | Error::NotOnTheChain { .. }
        | Error::AdminChainBehind
        | Error::Money(
            MoneyError::NoTariff
            | MoneyError::NoSuchCharge { .. }
            | MoneyError::NoSuchDeposit { .. }
            | MoneyError::Account(
                AccountError::NoAccounts
                | AccountError::Unknown { .. }
                | AccountError::UnknownTopUp { .. },
            ),
        )
        | Error::Commons(CommonsError::None | CommonsError::Unknown { .. })
        | Error::Remark(RemarkError::None { .. })
        | Error::Roster(RosterError::None | RosterError::NoKey { .. })
        | Error::Event(EventError::Unknown { .. } | EventError::UnknownPartner { .. })
        | Error::Change(ChangeError::Unknown { .. }) => Sort::Missing,
        Error::Document(_) => Sort::Internal,
        _ => Sort::Refused,
    }
}
