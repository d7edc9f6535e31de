use super::{CardError, QrKind};
use crate::id::{OfficeId, PublicKey};
use crate::statement::field::Field;

/// What a phone shows that wants to write the text of another's event: a key made for this alone.
///
/// Whoever proposed the event scans it. Nothing in it is secret, it gives no rights by itself, and it is not the key that
/// its holder books with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganiserCard {
    /// The office that the event is at.
    pub office: OfficeId,
    /// The key to let in.
    pub key: PublicKey,
}

impl OrganiserCard {
    /// The payload.
    ///
    /// ```
    /// use allkontor_core::{id::{OfficeId, PublicKey}, sync::qr::OrganiserCard};
    /// let card = OrganiserCard { office: OfficeId([7; 32]), key: PublicKey([8; 32]) };
    /// assert_eq!(OrganiserCard::from_bytes(&card.to_bytes()), Ok(card));
    /// assert_eq!(card.for_office(OfficeId([7; 32])), Ok(card.key));
    /// assert!(card.for_office(OfficeId([9; 32])).is_err());
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = QrKind::Organiser.fields();
        fields.put(10, &self.office);
        fields.put(11, &self.key);
        fields.into_bytes()
    }

    /// Reads a scanned card.
    pub fn from_bytes(payload: &[u8]) -> Result<Self, CardError> {
        let fields = QrKind::Organiser.read(payload)?;
        Ok(Self {
            office: OfficeId::take_field(&fields, 10, "office")?,
            key: PublicKey::take_field(&fields, 11, "key")?,
        })
    }

    /// The key, if it was made for that office.
    pub fn for_office(&self, ours: OfficeId) -> Result<PublicKey, CardError> {
        if self.office == ours {
            Ok(self.key)
        } else {
            let theirs = self.office;
            Err(CardError::OtherOffice { ours, theirs })
        }
    }
}
