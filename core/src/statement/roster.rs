//! How people are reached, sealed to the staff: in `roster` documents, which phones are not given and kiosks cannot read.

use super::Document;
use super::field::{Item, Value, kind};
use crate::cbor::{CborError, Reader, Writer};
use crate::id::PublicKey;
use crate::limits::{CONTACT_LENGTHS, MAX_KEY_COPIES, SEAL_OVERHEAD, SEALED_KEY_BYTES};
use crate::time::{CivilMinute, Month};

kind! {
    /// A key that contacts of one month are sealed to, and its secret half for those who may read them.
    RosterKey {
        /// Its public half: an Ed25519 key that signs nothing.
        10 public: PublicKey,
        /// Its secret half, once for each device. More than one statement has room for are in several.
        11 copies: Vec<KeyCopy>,
    }
    check |key| {
        let mut pairs = key.copies.iter().zip(key.copies.iter().skip(1));
        if pairs.all(|(one, next)| one.device < next.device) {
            return Ok(());
        }
        Err(CborError::Invalid { what: "copies", why: "devices are not in ascending order, each once" })
    };
}

kind! {
    /// How somebody is reached, and what is to be remembered of them: readable by the staff alone.
    Contact {
        /// Whose pseudonym it is.
        10 holder: PublicKey,
        /// The key that it is sealed to.
        11 key: PublicKey,
        /// The contact and the note, filled up to one of few lengths.
        12 sealed: SealedContact,
        /// When it was written.
        13 minute: CivilMinute,
    }
}

/// The secret half of a roster's key, for one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyCopy {
    /// Who can open it.
    pub device: PublicKey,
    /// The secret, sealed to that device's key.
    pub sealed: [u8; SEALED_KEY_BYTES],
}

/// What was sealed of a contact. Its length tells nothing but that it is one of few.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SealedContact(Box<[u8]>);

impl SealedContact {
    /// Of bytes of one of the lengths that there are; `None` of others.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let plain = bytes.len().checked_sub(SEAL_OVERHEAD)?;
        CONTACT_LENGTHS.contains(&plain).then(|| Self(bytes.into()))
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Document {
    /// The month of a roster; `None` for other documents.
    pub const fn roster_month(self) -> Option<Month> {
        match self {
            Self::Roster(month) => Some(month),
            _ => None,
        }
    }
}

/// `[device, sealed]`
impl Value for KeyCopy {
    fn put(&self, to: &mut Writer) {
        to.array(2);
        self.device.put(to);
        self.sealed.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("copy of a key", 2, 2)?;
        Ok(Self {
            device: PublicKey::take(from)?,
            sealed: Value::take(from)?,
        })
    }
}

impl Item for KeyCopy {
    const WHAT: &'static str = "number of copies";
    const MAX: usize = MAX_KEY_COPIES;
}

impl Value for SealedContact {
    fn put(&self, to: &mut Writer) {
        to.bytes(&self.0);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        Self::new(from.bytes()?).ok_or(CborError::Invalid {
            what: "sealed contact",
            why: "of no length that there is",
        })
    }
}
