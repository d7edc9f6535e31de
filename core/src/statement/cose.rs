//! COSE_Sign1 (RFC 9052 §4.2) with EdDSA (RFC 9053 §2.2) and the signer's raw key as `kid`, protected.

use super::{Body, Document, Header, Statement};
use crate::cbor::{CborError, Reader, Writer};
use crate::id::{PublicKey, StatementId};
use crate::limits::MAX_STATEMENT_BYTES;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// COSE_Sign1's CBOR tag.
const TAG: u64 = 18;
/// The protected header `{1: -8, 4: kid}` up to the key: alg EdDSA, kid of 32 bytes.
const PROTECTED: [u8; 6] = [0xa2, 0x01, 0x27, 0x04, 0x58, 0x20];

/// Bytes that are not a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Too long to read.
    #[error("statement is {bytes} bytes: the limit is {MAX_STATEMENT_BYTES}")]
    TooLong {
        /// How long it was.
        bytes: usize,
    },
    /// Not a COSE_Sign1 with our one algorithm, and the signer's key.
    #[error("protected header is not EdDSA with a 32-byte key id")]
    Header,
    /// Not deterministic CBOR, or not a payload we can read.
    #[error("statement does not decode: {0}")]
    Cbor(#[from] CborError),
}

/// A signature that does not hold under strict checking (RFC 8032 with small-order keys refused).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("signature of statement {id} does not hold under key {signer}")]
pub struct BadSignature {
    /// The statement.
    pub id: StatementId,
    /// Whose it claims to be.
    pub signer: PublicKey,
}

/// A decoded statement whose signature nobody has checked yet. It can only be verified.
#[derive(Debug, Clone)]
pub struct Signed {
    inner: Verified,
    to_be_signed: Vec<u8>,
    signature: [u8; 64],
}

/// A statement whose signature holds. Only [`Signed::verify`] and [`Keypair::sign`] make one.
///
/// Cheap to clone: the content is shared.
#[derive(Debug, Clone)]
pub struct Verified(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    id: StatementId,
    signer: PublicKey,
    statement: Statement,
    bytes: Box<[u8]>,
}

impl Verified {
    /// SHA-256 of what was signed.
    pub fn id(&self) -> StatementId {
        self.0.id
    }

    /// Who signed it.
    pub fn signer(&self) -> PublicKey {
        self.0.signer
    }

    /// Where it belongs.
    pub fn header(&self) -> &Header {
        &self.0.statement.header
    }

    /// What it says.
    pub fn body(&self) -> &Body {
        &self.0.statement.body
    }

    /// The COSE_Sign1 as received.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }
}

/// By id: the same statement signed twice is one statement.
impl PartialEq for Verified {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Verified {}

impl PartialOrd for Verified {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Verified {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id().cmp(&other.id())
    }
}

impl Signed {
    /// The device that this Certify, if it is one, certifies. Whether it does is for the authority to say.
    pub(crate) fn certifies(&self) -> Option<PublicKey> {
        match self.inner.body() {
            Body::Certify(certify) => Some(certify.device),
            _ => None,
        }
    }

    /// Reads a COSE_Sign1. Never panics, whatever the bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        if bytes.len() > MAX_STATEMENT_BYTES {
            return Err(DecodeError::TooLong { bytes: bytes.len() });
        }
        let mut reader = Reader::new(bytes);
        reader.tag(TAG, "COSE tag")?;
        reader.array("parts of a COSE_Sign1", 4, 4)?;
        let key = reader
            .bytes()?
            .strip_prefix(&PROTECTED)
            .ok_or(DecodeError::Header)?;
        let signer = PublicKey(key.try_into().map_err(|_| DecodeError::Header)?);
        reader.map("unprotected header", 0)?;
        let payload = reader.bytes()?;
        let signature = reader.fixed("length of a signature")?;
        reader.finish()?;
        let statement = Statement::from_payload(payload)?;
        let to_be_signed = sig_structure(signer, payload);
        let inner = Inner {
            id: digest(&to_be_signed),
            signer,
            statement,
            bytes: bytes.into(),
        };
        Ok(Self {
            inner: Verified(Arc::new(inner)),
            to_be_signed,
            signature,
        })
    }

    /// SHA-256 of what is said to be signed: lets a receiver skip what it has verified before.
    pub fn id(&self) -> StatementId {
        self.inner.id()
    }

    /// The COSE_Sign1 as received.
    pub fn bytes(&self) -> &[u8] {
        self.inner.bytes()
    }

    /// The document that it is said to be of.
    pub fn document(&self) -> Document {
        self.inner.header().document
    }

    /// Checks the signature, strictly and alone: never in a batch, whose edge cases differ.
    pub fn verify(self) -> Result<Verified, BadSignature> {
        let bad = BadSignature {
            id: self.inner.id(),
            signer: self.inner.signer(),
        };
        let key = VerifyingKey::from_bytes(bad.signer.as_bytes()).map_err(|_| bad)?;
        key.verify_strict(&self.to_be_signed, &Signature::from_bytes(&self.signature))
            .map_err(|_| bad)?;
        Ok(self.inner)
    }

    /// Takes the signature as checked: for bytes from this device's own store, which were verified when they came
    /// and whose hash has been compared since.
    pub(crate) fn trust_store(self) -> Verified {
        self.inner
    }
}

/// An Ed25519 key pair.
#[derive(Clone)]
pub struct Keypair(SigningKey);

impl Keypair {
    /// From 32 secret bytes, which the caller draws from the system's random source.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The key that others know it by.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// The 32 secret bytes, for storing them.
    pub fn to_seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The scalar that it signs with, which is its X25519 secret too.
    pub(crate) fn to_scalar_bytes(&self) -> [u8; 32] {
        self.0.to_scalar_bytes()
    }

    /// A key pair derived from this one, separated by `purpose` and `index`. Neither reveals the other.
    pub fn derive(&self, purpose: &str, index: u64) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"allkontor/1/derive");
        hash.update(self.0.to_bytes());
        hash.update((purpose.len() as u64).to_be_bytes());
        hash.update(purpose.as_bytes());
        hash.update(index.to_be_bytes());
        Self(SigningKey::from_bytes(&hash.finalize().into()))
    }

    /// Signs a statement. Fails when its encoding is longer than a statement may be, or would not be read back.
    ///
    /// What comes back holds the statement as every reader will see it: `Role::Other(1)` has become `Role::Admin`.
    pub fn sign(&self, statement: Statement) -> Result<Verified, DecodeError> {
        let payload = statement.to_payload();
        let statement = Statement::from_payload(&payload)?;
        let signer = self.public();
        let to_be_signed = sig_structure(signer, &payload);
        let signature = self.0.sign(&to_be_signed);
        let mut out = Writer::new();
        out.tag(TAG)
            .array(4)
            .bytes(&protected(signer))
            .map(0)
            .bytes(&payload)
            .bytes(&signature.to_bytes());
        let bytes = out.into_bytes();
        if bytes.len() > MAX_STATEMENT_BYTES {
            return Err(DecodeError::TooLong { bytes: bytes.len() });
        }
        let inner = Inner {
            id: digest(&to_be_signed),
            signer,
            statement,
            bytes: bytes.into(),
        };
        Ok(Verified(Arc::new(inner)))
    }

    /// Signs bytes that are not a statement, under a name that keeps the two apart.
    pub(crate) fn sign_bytes(&self, context: &str, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(&in_context(context, bytes)).to_bytes()
    }
}

impl std::fmt::Debug for Keypair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keypair({:?})", self.public())
    }
}

/// Checks a signature made by [`Keypair::sign_bytes`] under the same context.
pub(crate) fn verify_bytes(
    signer: PublicKey,
    context: &str,
    bytes: &[u8],
    signature: &[u8; 64],
) -> bool {
    VerifyingKey::from_bytes(signer.as_bytes()).is_ok_and(|key| {
        key.verify_strict(
            &in_context(context, bytes),
            &Signature::from_bytes(signature),
        )
        .is_ok()
    })
}

// A Sig_structure begins with the CBOR head 0x84, a context with 'a': no bytes are both.
fn in_context(context: &str, bytes: &[u8]) -> Vec<u8> {
    [b"allkontor/1/", context.as_bytes(), b"\0", bytes].concat()
}

fn protected(signer: PublicKey) -> Vec<u8> {
    [&PROTECTED[..], signer.as_bytes()].concat()
}

fn sig_structure(signer: PublicKey, payload: &[u8]) -> Vec<u8> {
    let mut out = Writer::new();
    out.array(4)
        .text("Signature1")
        .bytes(&protected(signer))
        .bytes(&[])
        .bytes(payload);
    out.into_bytes()
}

fn digest(to_be_signed: &[u8]) -> StatementId {
    StatementId(Sha256::digest(to_be_signed).into())
}
