use super::account::{Allow, CarryOver, OpenAccount, Refund, Spend, TopUp};
use super::authority::{
    Activate, Assign, Certify, DropBefore, Genesis, HandOver, Publish, Replace, Revoke, Succeed,
};
use super::commons::{Answer, Moderate, Post, Review, Suggest, Support};
use super::event::{Appoint, Approve, CallOff, Edit, Propose};
use super::field::{Fields, RawFields};
use super::money::{Charge, Deposit, Entry, PaidOut, Pay, Settle};
use super::people::{Amend, Introduce, Retract, Suspend};
use super::roster::{Contact, RosterKey};
use super::steward::{
    Carry, CheckIn, Code, Confirm, Decline, Give, HandIn, HandOut, Honour, Occupy, Opened, Pass,
    Release, Take, Vacate,
};
use super::visitor::{Arrive, Cancel, Order, Renew, Request, Ticket};
use crate::cbor::CborError;

/// Who writes a kind of statement, and whether it stands in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The admin chain of the authority document.
    Authority,
    /// Standalone: tickets, and what visitors say.
    Visitor,
    /// A steward's chain in a ledger or storage document; `Take` in a till too.
    Steward,
    /// A steward's chain in a till document.
    Money,
    /// A steward's chain in a people document.
    People,
    /// A steward's chain in a commons document.
    Commons,
    /// A steward's chain in a roster document.
    Roster,
    /// A kind of a later version.
    Unknown,
}

macro_rules! bodies {
    ($( $number:literal $group:ident $name:ident ),* $(,)?) => {
        /// What a statement says.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each case is named after the statement it carries, which is documented")]
        pub enum Body {
            $( $name($name), )*
            /// A kind of a later version: kept, passed on, and inert.
            Unknown {
                /// Its number.
                number: u16,
            },
        }

        impl Body {
            /// The number of the kind on the wire.
            pub const fn number(&self) -> u16 {
                match self { $( Self::$name(_) => $number, )* Self::Unknown { number } => *number }
            }

            /// Who writes this kind.
            pub const fn kind(&self) -> Kind {
                match self { $( Self::$name(_) => Kind::$group, )* Self::Unknown { .. } => Kind::Unknown }
            }

            /// The name of the kind.
            pub const fn name(&self) -> &'static str {
                match self { $( Self::$name(_) => stringify!($name), )* Self::Unknown { .. } => "Unknown" }
            }

            pub(super) fn put(&self, to: &mut Fields) {
                match self { $( Self::$name(body) => body.put(to), )* Self::Unknown { .. } => {} }
            }

            pub(super) fn take(number: u16, from: &RawFields<'_>) -> Result<Self, CborError> {
                match number {
                    $( $number => $name::read(from).map(Self::$name), )*
                    number => Ok(Self::Unknown { number }),
                }
            }
        }

        $( impl From<$name> for Body {
            fn from(body: $name) -> Self {
                Self::$name(body)
            }
        } )*
    };
}

bodies! {
    1 Authority Genesis,
    2 Authority Certify,
    3 Authority Revoke,
    4 Authority Succeed,
    5 Authority Assign,
    6 Authority HandOver,
    7 Authority Replace,
    8 Authority Publish,
    9 Authority DropBefore,
    10 Authority Activate,
    20 Visitor Ticket,
    21 Visitor Request,
    22 Visitor Cancel,
    23 Visitor Arrive,
    24 Visitor Order,
    25 Visitor Renew,
    26 Visitor Appoint,
    27 Visitor Propose,
    28 Visitor Edit,
    29 Visitor Suggest,
    30 Steward Give,
    31 Steward Take,
    32 Steward Pass,
    33 Steward Confirm,
    34 Steward Decline,
    35 Steward Release,
    36 Steward CheckIn,
    37 Steward Occupy,
    38 Steward Vacate,
    39 Steward Honour,
    40 Money Charge,
    41 Money Pay,
    42 Money Deposit,
    43 Money Settle,
    44 Money PaidOut,
    45 Money Entry,
    46 Steward Carry,
    47 Steward Code,
    48 Steward Opened,
    49 Steward HandOut,
    50 Steward HandIn,
    51 Money OpenAccount,
    52 Money TopUp,
    53 Money Spend,
    54 Steward Approve,
    55 Steward CallOff,
    56 Money Allow,
    57 Money CarryOver,
    58 Money Refund,
    60 People Suspend,
    61 People Amend,
    62 People Introduce,
    63 People Retract,
    64 Roster RosterKey,
    65 Roster Contact,
    80 Visitor Support,
    81 Visitor Post,
    84 Commons Answer,
    85 Commons Moderate,
    86 Commons Review,
}

impl Body {
    /// Whether it stands in a commons document and nowhere else, or everywhere but there; `None` for what stands in any.
    pub(super) const fn is_of_commons(&self) -> Option<bool> {
        match self {
            Self::Ticket(_) | Self::Order(_) | Self::Cancel(_) => None,
            Self::Suggest(_) | Self::Support(_) | Self::Post(_) => Some(true),
            _ => Some(false),
        }
    }
}
