use super::{CardError, QrKind};
use crate::id::{OfficeId, PublicKey};
use crate::statement::field::Field;

/// What a device shows that is to become one of the office's: its key.
///
/// It has joined as a visitor, so it follows the office already. Whoever holds the admin key scans this, looks at the
/// device in the room, and certifies it. Nothing in it is secret, and it gives no rights by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// The office that the device has joined.
    pub office: OfficeId,
    /// Its key there.
    pub device: PublicKey,
}

impl Enrolment {
    /// The payload.
    ///
    /// ```
    /// use allkontor_core::{id::{OfficeId, PublicKey}, sync::qr::Enrolment};
    /// let card = Enrolment { office: OfficeId([7; 32]), device: PublicKey([8; 32]) };
    /// assert_eq!(Enrolment::from_bytes(&card.to_bytes()), Ok(card));
    /// assert_eq!(card.for_office(OfficeId([7; 32])), Ok(card.device));
    /// assert!(card.for_office(OfficeId([9; 32])).is_err());
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = QrKind::Enrolment.fields();
        fields.put(10, &self.office);
        fields.put(11, &self.device);
        fields.into_bytes()
    }

    /// Reads a scanned card.
    pub fn from_bytes(payload: &[u8]) -> Result<Self, CardError> {
        let fields = QrKind::Enrolment.read(payload)?;
        Ok(Self {
            office: OfficeId::take_field(&fields, 10, "office")?,
            device: PublicKey::take_field(&fields, 11, "device")?,
        })
    }

    /// The device's key, if it has joined that office: at another one it goes by another key.
    pub fn for_office(&self, ours: OfficeId) -> Result<PublicKey, CardError> {
        if self.office == ours {
            Ok(self.device)
        } else {
            let theirs = self.office;
            Err(CardError::OtherOffice { ours, theirs })
        }
    }
}
