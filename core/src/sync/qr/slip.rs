use super::code::{self, SlipCodeError};
use super::{CardError, QrKind};
use crate::id::StatementId;
use crate::statement::Keypair;
use crate::statement::field::Field;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// A booking on paper, for someone without a phone: whoever holds the slip holds the ticket.
///
/// Printed as a QR code, and as a short code to type by hand. The short code has the seed only: the ticket is found by
/// its key.
#[derive(Clone, PartialEq, Eq)]
pub struct Slip {
    /// What the ticket's key is made from. Secret.
    pub seed: [u8; 16],
    /// The ticket.
    pub ticket: StatementId,
}

impl Slip {
    /// The key pair that a slip's seed stands for.
    pub fn key_of(seed: &[u8; 16]) -> Keypair {
        let hash = Sha256::new()
            .chain_update(b"allkontor/1/slip\0")
            .chain_update(seed);
        Keypair::from_seed(&hash.finalize().into())
    }

    /// The key pair of this slip.
    pub fn key(&self) -> Keypair {
        Self::key_of(&self.seed)
    }

    /// The payload of its QR code.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = QrKind::Slip.fields();
        fields.put(10, &self.seed);
        fields.put(11, &self.ticket);
        fields.into_bytes()
    }

    /// Reads a scanned slip.
    pub fn from_bytes(payload: &[u8]) -> Result<Self, CardError> {
        let fields = QrKind::Slip.read(payload)?;
        Ok(Self {
            seed: Field::take_field(&fields, 10, "seed")?,
            ticket: Field::take_field(&fields, 11, "ticket")?,
        })
    }

    /// The short code: 28 characters of Crockford's base 32, the last two of which check the others.
    ///
    /// ```
    /// use allkontor_core::{id::StatementId, sync::qr::Slip};
    /// let slip = Slip { seed: *b"sixteen secrets!", ticket: StatementId([1; 32]) };
    /// assert_eq!(slip.code(), "3KD5-W78S-B5DR-G76S-B3E9-JQ8W-S1GS");
    /// assert_eq!(Slip::seed_from_code("3kd5 w78s b5dr g76s b3e9 jq8w sLgs"), Ok(slip.seed));
    /// ```
    pub fn code(&self) -> String {
        code::write(&self.seed)
    }

    /// The seed of a typed code. Lower case, spaces and dashes are fine; O is 0, I and L are 1.
    ///
    /// Any one or two wrong characters, and so any two swapped, are found for certain (Reed–Solomon over GF(32));
    /// more with a chance of 1023 in 1024.
    pub fn seed_from_code(typed: &str) -> Result<[u8; 16], SlipCodeError> {
        code::read(typed)
    }
}

/// Without the seed, which is a secret.
impl fmt::Debug for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Slip({:?})", self.ticket)
    }
}
