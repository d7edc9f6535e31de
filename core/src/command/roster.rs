//! How somebody is reached, and what is to be remembered of them: for the staff's eyes.

use crate::cbor::Writer;
use crate::id::{OfficeId, PublicKey};
use crate::limits::{CONTACT_LENGTHS, MAX_CONTACT_BYTES, MAX_CONTACT_NOTE_BYTES, SEALED_KEY_BYTES};
use crate::seal::{self, CannotSeal};
use crate::statement::{Document, Keypair, SealedContact};
use crate::time::{CivilMinute, Month};
use std::fmt;

/// How somebody is reached, and a note. Not shown where values are printed for finding faults.
///
/// ```
/// use allkontor_core::command::ContactCard;
/// let card = ContactCard::new("Anna Ek, 070-174 06 05", "Needs the door held open.").unwrap();
/// assert_eq!(card.contact(), "Anna Ek, 070-174 06 05");
/// assert_eq!(format!("{card:?}"), "ContactCard");
/// assert_eq!(
///     ContactCard::new(&"x".repeat(501), "").unwrap_err().to_string(),
///     "a contact is 501 bytes: the limit is 500"
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ContactCard {
    contact: String,
    note: String,
}

/// How somebody is reached is to be written down.
#[derive(Clone, PartialEq, Eq)]
pub struct NewContact {
    /// The pseudonym.
    pub holder: PublicKey,
    /// What is to be written; an empty card hides what was written before.
    pub card: ContactCard,
    /// 32 random bytes, drawn for this card: without them a device could find out what it has written by guessing.
    pub seed: [u8; 32],
}

/// Why nothing can be written in the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// The catalogue says so.
    #[error("this office keeps no roster: its catalogue says so")]
    None,
    /// The contact is too long.
    #[error("a contact is {bytes} bytes: the limit is {MAX_CONTACT_BYTES}")]
    ContactTooLong {
        /// How long it is.
        bytes: usize,
    },
    /// The note is too long.
    #[error("a note on a person is {bytes} bytes: the limit is {MAX_CONTACT_NOTE_BYTES}")]
    NoteTooLong {
        /// How long it is.
        bytes: usize,
    },
    /// There is nothing here to seal it to. A device of the staff makes a key.
    #[error(
        "there is no key here to seal contacts of {month} to{}: meet a device of the staff",
        if *revoked { ", since a device that had it was replaced" } else { "" }
    )]
    NoKey {
        /// The month.
        month: Month,
        /// Whether there was one, which a device has that was revoked since.
        revoked: bool,
    },
}

impl RosterError {
    /// A stable code, for apps and for the languages' own texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::None => "no_roster",
            Self::ContactTooLong { .. } => "contact_too_long",
            Self::NoteTooLong { .. } => "contact_note_too_long",
            Self::NoKey { .. } => "no_roster_key",
        }
    }
}

impl ContactCard {
    /// From what somebody typed; spaces around it are left out. Nothing of both is what hides the card before.
    pub fn new(contact: &str, note: &str) -> Result<Self, RosterError> {
        let (contact, note) = (contact.trim(), note.trim());
        if contact.len() > MAX_CONTACT_BYTES {
            let bytes = contact.len();
            return Err(RosterError::ContactTooLong { bytes });
        }
        if note.len() > MAX_CONTACT_NOTE_BYTES {
            let bytes = note.len();
            return Err(RosterError::NoteTooLong { bytes });
        }
        Ok(Self {
            contact: contact.to_owned(),
            note: note.to_owned(),
        })
    }

    /// How the person is reached: a name, a number, an address.
    pub fn contact(&self) -> &str {
        &self.contact
    }

    /// What is to be remembered.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// Whether it says nothing, and so hides what was written before.
    pub fn is_empty(&self) -> bool {
        self.contact.is_empty() && self.note.is_empty()
    }

    /// Whether it has that text in it, in whatever case. `lower`: in lower case.
    pub(crate) fn contains(&self, lower: &str) -> bool {
        self.contact.to_lowercase().contains(lower) || self.note.to_lowercase().contains(lower)
    }

    /// Both texts behind their lengths, filled up to one of few lengths.
    fn to_plain(&self) -> Vec<u8> {
        let mut plain = Vec::new();
        for text in [&self.contact, &self.note] {
            let length = u16::try_from(text.len()).unwrap_or(u16::MAX);
            plain.extend(length.to_be_bytes());
            plain.extend(text.as_bytes());
        }
        let fits = CONTACT_LENGTHS.iter().find(|most| plain.len() <= **most);
        plain.resize(fits.copied().unwrap_or(plain.len()), 0);
        plain
    }

    fn from_plain(plain: &[u8]) -> Option<Self> {
        let (contact, rest) = text(plain)?;
        let (note, filling) = text(rest)?;
        let card = Self::new(contact, note).ok()?;
        filling.iter().all(|byte| *byte == 0).then_some(card)
    }

    /// Sealed to a month's key, for one place.
    pub(crate) fn seal(
        &self,
        place: &ContactPlace,
        key: &PublicKey,
        seed: &[u8; 32],
    ) -> Result<SealedContact, CannotSeal> {
        let (info, plain) = (info(b"contact", place.office), self.to_plain());
        let sealed = seal::seal(key, &info, &place.to_bytes(), &plain, seed)?;
        SealedContact::new(&sealed).ok_or(CannotSeal { key: *key })
    }

    /// Opens what was sealed to that key in that place; `None` when it was not.
    pub(crate) fn open(
        place: &ContactPlace,
        key: &Keypair,
        sealed: &SealedContact,
    ) -> Option<Self> {
        let info = info(b"contact", place.office);
        let plain = seal::open(key, &info, &place.to_bytes(), sealed.as_bytes())?;
        Self::from_plain(&plain)
    }
}

/// A text behind its length, and what follows it.
fn text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (text, rest) = rest.split_at_checked(length)?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

/// Where a sealed card stands: moved elsewhere, or signed by somebody else, it does not open.
pub(crate) struct ContactPlace {
    pub(crate) office: OfficeId,
    pub(crate) document: Document,
    pub(crate) holder: PublicKey,
    pub(crate) minute: CivilMinute,
    pub(crate) device: PublicKey,
}

impl ContactPlace {
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.array(4);
        self.document.write(&mut out);
        out.bytes(&self.holder.0);
        out.int(i64::from(self.minute.get()));
        out.bytes(&self.device.0);
        out.into_bytes()
    }
}

/// The secret half of a month's key, for one device that may read.
pub(crate) fn seal_key(
    office: OfficeId,
    document: Document,
    secret: &Keypair,
    to: &PublicKey,
    seed: &[u8; 32],
) -> Result<[u8; SEALED_KEY_BYTES], CannotSeal> {
    let (info, aad) = (
        info(b"roster", office),
        key_place(document, secret.public()),
    );
    let sealed = seal::seal(to, &info, &aad, &secret.to_seed(), seed)?;
    sealed.try_into().map_err(|_| CannotSeal { key: *to })
}

/// Opens a copy of a month's key; `None` when it was not sealed to `key`, or is no copy of that one.
pub(crate) fn open_key(
    office: OfficeId,
    document: Document,
    public: PublicKey,
    key: &Keypair,
    sealed: &[u8; SEALED_KEY_BYTES],
) -> Option<Keypair> {
    let (info, aad) = (info(b"roster", office), key_place(document, public));
    let seed = seal::open(key, &info, &aad, sealed)?;
    let secret = Keypair::from_seed(&seed.try_into().ok()?);
    (secret.public() == public).then_some(secret)
}

fn key_place(document: Document, public: PublicKey) -> Vec<u8> {
    let mut out = Writer::new();
    out.array(2);
    document.write(&mut out);
    out.bytes(&public.0);
    out.into_bytes()
}

fn info(purpose: &[u8], office: OfficeId) -> Vec<u8> {
    [b"allkontor/1/", purpose, b"\0", &office.0].concat()
}

impl fmt::Debug for ContactCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ContactCard")
    }
}

impl fmt::Debug for NewContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewContact")
    }
}

#[cfg(test)]
mod tests;
