use crate::id::ClassId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Another office that has agreed to take this one's people when it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// What that office's admin has signed: the bytes of a [`crate::sync::qr::Agreement`], as hexadecimal digits.
    #[serde(with = "as_hex")]
    pub agreement: Vec<u8>,
    /// Which of its classes there is for which of ours.
    pub classes: BTreeMap<ClassId, ClassId>,
}

mod as_hex {
    use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&HEXLOWER.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(from)?;
        HEXLOWER_PERMISSIVE
            .decode(text.as_bytes())
            .map_err(|error| D::Error::custom(format!("expected hexadecimal digits: {error}")))
    }
}
