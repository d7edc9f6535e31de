//! Names that cannot be mixed up: hashes, keys and unit numbers.

use std::fmt;

macro_rules! bytes32 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 32]);

        impl $name {
            /// The 32 bytes.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// Reads 64 hexadecimal digits, the form [`fmt::Display`] writes.
            pub fn from_hex(text: &str) -> Option<Self> {
                let bytes = data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
                bytes.try_into().ok().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let hex = data_encoding::HEXLOWER.encode(&self.0);
                write!(f, "{}({})", stringify!($name), hex.get(..8).unwrap_or(&hex))
            }
        }

        impl From<[u8; 32]> for $name {
            fn from(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }
        }
    };
}

bytes32! {
    /// SHA-256 of a statement's COSE `Sig_structure` (RFC 9052 §4.4).
    ///
    /// A second signature over the same content is the same statement: the signature is not hashed.
    StatementId
}

bytes32! {
    /// An office: the id of its Genesis statement.
    OfficeId
}

bytes32! {
    /// An Ed25519 public key (RFC 8032), naming a steward device, a ticket's owner or a holder.
    PublicKey
}

bytes32! {
    /// SHA-256 of a picture, a catalogue or an envelope.
    Digest
}

bytes32! {
    /// SHA-256 of an Automerge change: what another change names as its dependency, and an envelope as a head.
    ChangeHash
}

impl From<StatementId> for OfficeId {
    fn from(genesis: StatementId) -> Self {
        Self(genesis.0)
    }
}

/// One thing that one party can hold at a time: desk 7, room A, laptop 3, locker 12.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct UnitId(pub u32);

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unit {}", self.0)
    }
}

/// A class of units that can stand in for one another: "desk", "small room", "laptop".
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct ClassId(pub u16);

/// A feature of a unit, numbered by the office's catalogue: step-free, hearing loop, quiet.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct FeatureId(pub u16);

/// What can be said of a thing's condition, numbered by the office's catalogue: scratched, charger missing.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct ConditionId(pub u16);

/// A line of the tariff, numbered by the office's catalogue: "black and white A4, a page".
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct LineId(pub u16);

/// A reason for a reduced price, numbered by the office's catalogue: "associations".
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct ReductionId(pub u16);
