use super::{CardError, QrKind};
use crate::cbor::{CborError, Reader, Writer};
use crate::id::OfficeId;
use crate::limits::MAX_NAME_BYTES;
use crate::statement::field::{Field, Value};

/// What a phone scans to follow an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invite {
    /// The office: all that counts.
    pub office: OfficeId,
    /// A name to show until the office's own is there. Anyone may have written it; what is beyond 120 bytes is cut.
    pub name: String,
}

pub(super) struct Name(pub(super) String);

impl Invite {
    /// The payload.
    ///
    /// ```
    /// use allkontor_core::{id::OfficeId, sync::qr::Invite};
    /// let invite = Invite { office: OfficeId([7; 32]), name: "Kontoret vid torget".to_owned() };
    /// assert_eq!(Invite::from_bytes(&invite.to_bytes()), Ok(invite));
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = QrKind::Invite.fields();
        fields.put(10, &self.office);
        fields.put(11, &Name(self.name.clone()));
        fields.into_bytes()
    }

    /// Reads a scanned invitation.
    pub fn from_bytes(payload: &[u8]) -> Result<Self, CardError> {
        let fields = QrKind::Invite.read(payload)?;
        Ok(Self {
            office: OfficeId::take_field(&fields, 10, "office")?,
            name: Name::take_field(&fields, 11, "name")?.0,
        })
    }
}

impl Value for Name {
    fn put(&self, to: &mut Writer) {
        let end = self.0.floor_char_boundary(MAX_NAME_BYTES);
        to.text(self.0.get(..end).unwrap_or_default());
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        let text = from.text()?;
        if text.len() <= MAX_NAME_BYTES {
            return Ok(Self(text.to_owned()));
        }
        Err(CborError::Range {
            what: "bytes of a name",
            got: text.len() as i128,
            min: 0,
            max: MAX_NAME_BYTES as i128,
        })
    }
}
