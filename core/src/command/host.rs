//! Offices that take one another's people.

use crate::id::{ClassId, OfficeId};
use crate::limits::MAX_HOSTS;
use crate::sync::qr::AgreementError;

/// Why another office cannot be named as one that takes people, or why this one cannot agree to take them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// What is said to have been agreed does not hold.
    #[error(transparent)]
    Agreement(#[from] AgreementError),
    /// It was agreed with another office.
    #[error("office {host} has agreed to take the people of office {guest}: this is {ours}")]
    ForAnother {
        /// Who has agreed.
        host: OfficeId,
        /// With whom.
        guest: OfficeId,
        /// Who that is not.
        ours: OfficeId,
    },
    /// An office takes its own people anyway.
    #[error("office {office} cannot be host to itself")]
    Itself {
        /// The office.
        office: OfficeId,
    },
    /// Nobody agreed to that.
    #[error("office {host} has not agreed to class {}", class.0)]
    NotAgreed {
        /// Who has agreed to something else.
        host: OfficeId,
        /// Its class.
        class: ClassId,
    },
    /// A class that the catalogue does not have.
    #[error("class {} is not in the catalogue", class.0)]
    UnknownClass {
        /// The class.
        class: ClassId,
    },
    /// Nothing at all.
    #[error("an agreement is about one class or more")]
    NoClass,
    /// More than anybody reads through.
    #[error("{hosts} offices take people: the limit is {MAX_HOSTS}")]
    TooMany {
        /// How many.
        hosts: usize,
    },
}

impl HostError {
    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Agreement(_) => "not_an_agreement",
            Self::ForAnother { .. } => "agreed_with_another",
            Self::Itself { .. } => "host_to_itself",
            Self::NotAgreed { .. } => "not_agreed",
            Self::UnknownClass { .. } => "no_such_class",
            Self::NoClass => "agreed_to_nothing",
            Self::TooMany { .. } => "too_many_hosts",
        }
    }
}
