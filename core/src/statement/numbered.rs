//! Roles and causes: numbers on the wire, of which later versions may know more.

macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident { $( $(#[$case_doc:meta])* $number:literal $case:ident $text:literal ),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[$case_doc])* $case, )*
            /// A number of a later version.
            Other(u16),
        }

        impl $name {
            /// The number on the wire.
            pub const fn number(self) -> u16 {
                match self { $( Self::$case => $number, )* Self::Other(number) => number }
            }

            /// The case of that number.
            pub const fn from_number(number: u16) -> Self {
                match number { $( $number => Self::$case, )* other => Self::Other(other) }
            }

            /// A stable word for logs and test stories; people read the translated texts.
            pub const fn word(self) -> &'static str {
                match self { $( Self::$case => $text, )* Self::Other(_) => "other" }
            }
        }

        impl $crate::statement::field::Value for $name {
            fn put(&self, to: &mut $crate::cbor::Writer) {
                $crate::statement::field::Value::put(&self.number(), to);
            }

            fn take(
                from: &mut $crate::cbor::Reader<'_>,
            ) -> Result<Self, $crate::cbor::CborError> {
                <u16 as $crate::statement::field::Value>::take(from).map(Self::from_number)
            }
        }
    };
}

pub(super) use numbered;

numbered! {
    /// What a certified device may do.
    Role {
        /// Signs the admin chain; decides where assigned.
        1 Admin "admin",
        /// A member of staff's device.
        2 Staff "staff",
        /// The screen at the entrance.
        3 Kiosk "kiosk",
        /// An always-on machine that relays, and decides only where assigned.
        4 Hub "hub",
    }
}

numbered! {
    /// Why a confirmation was released, a booking declined or a unit occupied.
    Cause {
        /// The person cancelled.
        1 Cancelled "cancelled",
        /// The booking moved; its old place is given back.
        2 Moved "moved",
        /// Nobody came within the grace time.
        3 NoShow "no-show",
        /// The room or the office is closed.
        4 Closed "closed",
        /// Staff needed the place.
        5 Override "override",
        /// The thing is lost or broken.
        6 Lost "lost",
        /// The visit ended.
        7 Ended "ended",
        /// A limit per person is reached.
        8 Limit "limit",
        /// The office's rules do not allow it.
        9 Rules "rules",
        /// The ticket is not for this class of unit.
        10 Uses "uses",
        /// Staff said no.
        11 Staff "staff",
        /// Someone is physically there.
        12 Present "present",
        /// What was to be back is not: it is still out, or its renter has not left.
        13 Late "late",
        /// It went on to another renter.
        14 Transferred "transferred",
        /// It is promised to somebody else.
        15 Taken "taken",
        /// The event does not take place.
        16 CalledOff "called-off",
        /// Its text breaks the guidelines, and is erased.
        17 Guidelines "guidelines",
    }
}

/// Causes from this number on are rules of the catalogue: 100 + the rule's own number.
const RULES_FROM: u16 = 100;

impl Cause {
    /// The catalogue's rule of that number (`model::Rule::code`).
    pub const fn from_rule(code: u16) -> Self {
        Self::from_number(RULES_FROM.saturating_add(code))
    }

    /// The number of the catalogue's rule, when it is one.
    pub const fn rule(self) -> Option<u16> {
        match self {
            Self::Other(number) => number.checked_sub(RULES_FROM),
            _ => None,
        }
    }

    /// Whether a release for this cause puts the person first in line: it was not their doing.
    pub const fn makes_victim(self) -> bool {
        matches!(
            self,
            Self::Closed | Self::Override | Self::Lost | Self::Late
        )
    }
}

impl Role {
    /// Whether this role may sign tickets.
    pub const fn issues_tickets(self) -> bool {
        matches!(self, Self::Staff | Self::Kiosk | Self::Hub | Self::Admin)
    }

    /// Whether this role may state physical facts (`Occupy`, `Vacate`) and vouch (`Honour`).
    pub const fn states_facts(self) -> bool {
        matches!(self, Self::Staff | Self::Kiosk | Self::Admin)
    }
}
