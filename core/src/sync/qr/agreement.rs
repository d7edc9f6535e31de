use super::chain::Chain;
use super::{CardError, CertificateError, QrKind};
use crate::directory::{self, Listing};
use crate::id::{ClassId, OfficeId};
use crate::limits::{MAX_KEY_CHAIN, MAX_QR_BYTES};
use crate::model::{Since, Text};
use crate::statement::field::Field;
use crate::statement::{Body, Keypair, Signed, Verified, verify_bytes};
use crate::sync::wire::Bytes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What keeps an agreement's signature apart from every other.
const CONTEXT: &str = "agreement";

/// An office's word that it takes another office's people when that is closed.
///
/// ```text
/// agreement = {0: 6, 10: [* statement], 11: content: bytes, 12: signature: bytes .size 64}    deterministic CBOR
/// content   = JSON, an Agreement
/// ```
///
/// The statements are Genesis and what handed the host's admin key on; the signature is by the key that is in force then
/// (Ed25519, checked strictly), over `allkontor/1/agreement` ‖ 0x00 ‖ content. It promises nobody a place: whoever comes asks
/// there like anybody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The office whose people may come.
    #[serde(with = "directory::as_hex")]
    pub guest: OfficeId,
    /// The office that takes them, and where it is.
    pub host: Listing,
    /// What they may ask for there.
    pub classes: BTreeMap<ClassId, Text>,
    /// The last day; `None` for as long as nobody says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Since>,
}

/// Bytes that are no agreement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AgreementError {
    /// Not even that.
    #[error(transparent)]
    Payload(#[from] CardError),
    /// Its statements do not show who holds the host's admin key.
    #[error(transparent)]
    Chain(#[from] CertificateError),
    /// Something else stands where the agreement should.
    #[error("the agreement cannot be read: {reason}")]
    Unreadable {
        /// Why not.
        reason: String,
    },
    /// Somebody else signed it.
    #[error("the agreement is not signed with the admin key of office {host}")]
    Signature {
        /// The office that is said to have agreed.
        host: OfficeId,
    },
}

impl Agreement {
    /// The payload, signed with the host's admin key. `admin_chain`: the host's, in order, Genesis first.
    pub fn sign(
        &self,
        admin: &Keypair,
        admin_chain: impl IntoIterator<Item = Verified>,
    ) -> Result<Vec<u8>, AgreementError> {
        let hands_on = |statement: &Verified| {
            matches!(
                statement.body(),
                Body::Genesis(_) | Body::HandOver(_) | Body::Replace(_)
            )
        };
        let chain = admin_chain.into_iter().filter(hands_on);
        let chain: Vec<Bytes> = chain.map(|one| Bytes(one.bytes().into())).collect();
        let content = serde_json::to_vec(self).map_err(unreadable)?;
        let mut fields = QrKind::Agreement.fields();
        fields.put(10, &chain);
        let signature = admin.sign_bytes(CONTEXT, &content);
        fields.put(11, &Bytes(content.into()));
        fields.put(12, &Bytes(signature[..].into()));
        let bytes = fields.into_bytes();
        if bytes.len() > MAX_QR_BYTES {
            return Err(CardError::TooLong { bytes: bytes.len() }.into());
        }
        Self::read(&bytes)?;
        Ok(bytes)
    }

    /// Reads an agreement that the host's admin has signed.
    pub fn read(payload: &[u8]) -> Result<Self, AgreementError> {
        let fields = QrKind::Agreement.read(payload)?;
        let chain =
            Vec::<Bytes>::take_field(&fields, 10, "admin chain").map_err(CardError::from)?;
        let content = Bytes::take_field(&fields, 11, "content").map_err(CardError::from)?;
        let signature = Bytes::take_field(&fields, 12, "signature").map_err(CardError::from)?;
        if chain.len() > MAX_KEY_CHAIN {
            let statements = chain.len();
            return Err(CertificateError::TooManyKeys { statements }.into());
        }
        let open = |bytes: &Bytes| -> Result<Verified, CertificateError> {
            Ok(Signed::decode(&bytes.0)?.verify()?)
        };
        let chain = chain.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        let agreement: Self = serde_json::from_slice(&content.0).map_err(unreadable)?;
        let host = agreement.host.office;
        let admin = Chain::follow(&chain, host)?.admin();
        let holds = <&[u8; 64]>::try_from(&*signature.0)
            .is_ok_and(|signature| verify_bytes(admin, CONTEXT, &content.0, signature));
        if !holds {
            return Err(AgreementError::Signature { host });
        }
        Ok(agreement)
    }
}

fn unreadable(error: serde_json::Error) -> AgreementError {
    AgreementError::Unreadable {
        reason: error.to_string().chars().take(200).collect(),
    }
}
