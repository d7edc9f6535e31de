//! What apps tell errors by, and what they can do about them.

use super::Error;
use crate::command::{
    AccountError, CommonsError, EventError, MoneyError, RemarkError, RosterError,
};

impl Error {
    /// A stable code, for apps and for the languages' own texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotJoined { .. } => "not_joined",
            Self::NoCatalogue => "no_catalogue",
            Self::NotASteward => "not_a_steward",
            Self::NotTheAdmin => "not_the_admin",
            Self::AlreadyCertified { .. } => "already_certified",
            Self::UnknownRole { .. } => "unknown_role",
            Self::Outdated { .. } => "outdated",
            Self::NotNextRules { .. } => "not_next_rules",
            Self::NotAhead { .. } => "not_ahead",
            Self::Recovering => "recovering",
            Self::NoSuchDocument { .. } => "no_such_document",
            Self::NoSuchBooking { .. } => "no_such_booking",
            Self::NotPending { .. } => "not_pending",
            Self::NoPlace { .. } => "no_place",
            Self::NotDecider { .. } => "not_decider",
            Self::NoFacts { .. } => "no_facts",
            Self::NotConfirmed { .. } => "not_confirmed",
            Self::NotCustodian { .. } => "not_custodian",
            Self::NoSuchUnit { .. } => "no_such_unit",
            Self::StillRented { .. } => "still_rented",
            Self::StillOut { .. } => "still_out",
            Self::NotOut { .. } => "not_out",
            Self::NoSuchCondition { .. } => "no_such_condition",
            Self::TooManyConditions { .. } => "too_many_conditions",
            Self::NotARental { .. } => "not_a_rental",
            Self::NoSuspension { .. } => "no_suspension",
            Self::NotSuspended { .. } => "not_suspended",
            Self::NotIntroduced { .. } => "not_introduced",
            Self::NoSuchGuidelines { .. } => "no_such_guidelines",
            Self::GuidelinesRewritten { .. } => "guidelines_rewritten",
            Self::NotRented { .. } => "not_rented",
            Self::CannotSeal(_) => "cannot_seal",
            Self::StaffOnly { .. } => "staff_only",
            Self::NotOccupied { .. } => "not_occupied",
            Self::ZoneChanged { .. } => "zone_changed",
            Self::NoSuchConfirmation { .. } => "no_such_confirmation",
            Self::NotCertified { .. } => "not_certified",
            Self::AlreadyReplaced { .. } => "already_replaced",
            Self::NotAnHeir { .. } => "not_an_heir",
            Self::OwnDevice => "own_device",
            Self::KeyInForce => "key_in_force",
            Self::KeyUsedBefore { .. } => "key_used_before",
            Self::AdminChainBehind => "admin_chain_behind",
            Self::WrongRecoveryKey => "wrong_recovery_key",
            Self::NotOnTheChain { .. } => "not_on_the_chain",
            Self::CannotVouch { .. } => "cannot_vouch",
            Self::Stalled { .. } => "stalled",
            Self::AdminForked { .. } => "admin_forked",
            Self::Change(error) => error.code(),
            Self::NoSuchSlip => "no_such_slip",
            Self::Series(error) => error.code(),
            Self::Money(error) => error.code(),
            Self::Event(error) => error.code(),
            Self::Commons(error) => error.code(),
            Self::Host(error) => error.code(),
            Self::Roster(error) => error.code(),
            Self::Remark(error) => error.code(),
            Self::Statement(_) => "statement_too_large",
            Self::Envelope(_) => "envelope_too_large",
            Self::Document(_) => "document_fault",
        }
    }

    /// Whether meeting another device may help.
    pub const fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::NotJoined { .. }
                | Self::NoCatalogue
                | Self::NoSuchBooking { .. }
                | Self::NoSuchConfirmation { .. }
                | Self::Stalled { .. }
                | Self::AdminForked { .. }
                | Self::NoSuchSlip
                | Self::Commons(CommonsError::Unknown { .. })
                | Self::Roster(RosterError::NoKey { .. })
                | Self::Remark(RemarkError::None { .. })
                | Self::Event(
                    EventError::Unknown { .. }
                        | EventError::NotOpen { .. }
                        | EventError::TextMissing { .. }
                )
                | Self::Money(
                    MoneyError::NoSuchCharge { .. }
                        | MoneyError::NoSuchDeposit { .. }
                        | MoneyError::Account(
                            AccountError::Unknown { .. } | AccountError::UnknownTopUp { .. }
                        )
                )
        )
    }

    /// Whether the replica that answered so may have changed halfway, and must be restored from its store.
    pub const fn spoils_replica(&self) -> bool {
        matches!(
            self,
            Self::Statement(_) | Self::Envelope(_) | Self::Document(_)
        )
    }
}
