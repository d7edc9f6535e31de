use super::{Envelope, VerifiedEnvelope};
use crate::cbor::{CborError, Reader, Writer};
use crate::document::{Change, ChangeParts, InvalidChange};
use crate::id::{ChangeHash, Digest, OfficeId, PublicKey};
use crate::limits::{MAX_ENVELOPE_BYTES, MAX_ENVELOPE_CHANGES};
use crate::statement::{Document, Keypair, verify_bytes};
use sha2::{Digest as _, Sha256};

/// The form this version writes and the only one it reads.
const VERSION: u64 = 1;
/// What keeps an envelope's signature apart from every other.
const CONTEXT: &str = "envelope";

/// Bytes that are no envelope, or changes that make none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Too long.
    #[error("envelope is {bytes} bytes: the limit is {MAX_ENVELOPE_BYTES}")]
    TooLong {
        /// How long it was.
        bytes: usize,
    },
    /// A form of a later version.
    #[error("envelope has form {got}: only form 1 is known")]
    Version {
        /// What it says.
        got: u64,
    },
    /// Too few or too many changes.
    #[error("envelope has {got} changes: allowed are 1 to {MAX_ENVELOPE_CHANGES}")]
    Changes {
        /// How many there were.
        got: usize,
    },
    /// Not deterministic CBOR, or not an envelope's.
    #[error("envelope does not decode: {0}")]
    Cbor(#[from] CborError),
    /// A change that is none.
    #[error("change {index} of an envelope: {why}")]
    Change {
        /// Its place, from 0.
        index: usize,
        /// What is wrong with it.
        why: InvalidChange,
    },
    /// A change before one it depends on, or twice.
    #[error("change {change} stands twice, or after one that depends on it")]
    Order {
        /// The change.
        change: ChangeHash,
    },
    /// A signature that does not hold under strict checking.
    #[error("signature of envelope {hash} does not hold under key {signer}")]
    Signature {
        /// SHA-256 of its bytes.
        hash: Digest,
        /// Whose it claims to be.
        signer: PublicKey,
    },
    /// The changes built are not those that were vouched for.
    #[error("envelope promises {promised} heads and its changes lead to {built}, or to others")]
    Heads {
        /// How many heads it names.
        promised: usize,
        /// How many its changes have.
        built: usize,
    },
}

/// A decoded envelope whose signature nobody has checked yet, and whose changes nobody has built.
#[derive(Debug, Clone)]
pub struct SignedEnvelope {
    content: Content,
    hash: Digest,
    bytes: Box<[u8]>,
}

#[derive(Debug, Clone)]
struct Content {
    office: OfficeId,
    document: Document,
    signer: PublicKey,
    heads: Vec<ChangeHash>,
    changes: Vec<ChangeParts>,
}

impl SignedEnvelope {
    /// Reads an envelope. Never panics, whatever the bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > MAX_ENVELOPE_BYTES {
            return Err(EnvelopeError::TooLong { bytes: bytes.len() });
        }
        let (content, _) = open(bytes)?;
        Ok(Self {
            content: Content::read(content)?,
            hash: digest(bytes),
            bytes: bytes.into(),
        })
    }

    /// SHA-256 of its bytes: lets a receiver skip what it has.
    pub fn hash(&self) -> Digest {
        self.hash
    }

    /// The office it claims to be of.
    pub fn office(&self) -> OfficeId {
        self.content.office
    }

    /// The document it claims to be of.
    pub fn document(&self) -> Document {
        self.content.document
    }

    /// Whose it claims to be: what a receiver looks at before it spends time on a stranger's signature.
    pub fn signer(&self) -> PublicKey {
        self.content.signer
    }

    /// The bytes as received.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Checks the signature, strictly; then builds the changes and compares the heads they lead to with the promise.
    pub fn verify(self) -> Result<VerifiedEnvelope, EnvelopeError> {
        let (content, signature) = open(&self.bytes)?;
        let (hash, signer) = (self.hash, self.content.signer);
        if !verify_bytes(signer, CONTEXT, content, &signature) {
            return Err(EnvelopeError::Signature { hash, signer });
        }
        self.build(|parts, _| Change::new(parts))
    }

    /// Takes signature and hashes as checked: for bytes from this device's own store, which were verified when they
    /// came and whose hash has been compared since.
    pub(crate) fn trust_store(self) -> Result<VerifiedEnvelope, EnvelopeError> {
        self.build(|parts, only| match only {
            Some(hash) => Change::trust_store(parts, hash),
            None => Change::new(parts),
        })
    }

    /// Each change by `make`, which is told the hash promised for it when it is the only one; then the heads compared.
    fn build(
        self,
        make: impl Fn(ChangeParts, Option<ChangeHash>) -> Result<Change, InvalidChange>,
    ) -> Result<VerifiedEnvelope, EnvelopeError> {
        let Content {
            office,
            document,
            signer,
            heads: promised,
            changes,
        } = self.content;
        let only = match (promised.as_slice(), changes.len()) {
            ([head], 1) => Some(*head),
            _ => None,
        };
        let changes = changes.into_iter().enumerate().map(|(index, parts)| {
            make(parts, only).map_err(|why| EnvelopeError::Change { index, why })
        });
        let envelope = Envelope::new(office, document, changes.collect::<Result<_, _>>()?)?;
        if envelope.heads != promised {
            return Err(EnvelopeError::Heads {
                promised: promised.len(),
                built: envelope.heads.len(),
            });
        }
        Ok(VerifiedEnvelope::new(
            envelope, signer, self.hash, self.bytes,
        ))
    }
}

/// The signed content and the signature.
fn open(bytes: &[u8]) -> Result<(&[u8], [u8; 64]), EnvelopeError> {
    let mut reader = Reader::new(bytes);
    reader.array("parts of an envelope", 3, 3)?;
    let got = reader.uint()?;
    if got != VERSION {
        return Err(EnvelopeError::Version { got });
    }
    let content = reader.bytes()?;
    let signature = reader.fixed("length of a signature")?;
    reader.finish()?;
    Ok((content, signature))
}

impl Content {
    fn read(content: &[u8]) -> Result<Self, EnvelopeError> {
        let mut from = Reader::new(content);
        if from.map("fields of an envelope", 5)? != 5 {
            let what = "field of an envelope";
            return Err(CborError::Missing { what }.into());
        }
        key(&mut from, 0)?;
        let office = OfficeId(from.fixed("length of an office id")?);
        key(&mut from, 1)?;
        let document = Document::read(&mut from)?;
        key(&mut from, 2)?;
        let signer = PublicKey(from.fixed("length of a key")?);
        key(&mut from, 3)?;
        let count = from.array("heads of an envelope", 1, MAX_ENVELOPE_CHANGES)?;
        let heads = (0..count)
            .map(|_| from.fixed("length of a head").map(ChangeHash))
            .collect::<Result<_, _>>()?;
        key(&mut from, 4)?;
        let count = from.array("changes of an envelope", 1, MAX_ENVELOPE_CHANGES)?;
        let changes = (0..count)
            .map(|_| Change::read(&mut from))
            .collect::<Result<_, _>>()?;
        from.finish()?;
        Ok(Self {
            office,
            document,
            signer,
            heads,
            changes,
        })
    }
}

fn key(from: &mut Reader<'_>, expected: u64) -> Result<(), CborError> {
    let at = from.position();
    if from.uint()? == expected {
        return Ok(());
    }
    Err(CborError::KeyOrder { at })
}

pub(super) fn sign(
    envelope: Envelope,
    signer: &Keypair,
) -> Result<VerifiedEnvelope, EnvelopeError> {
    let content = content(&envelope, signer.public());
    let mut out = Writer::new();
    out.array(3)
        .uint(VERSION)
        .bytes(&content)
        .bytes(&signer.sign_bytes(CONTEXT, &content));
    let bytes = out.into_bytes();
    if bytes.len() > MAX_ENVELOPE_BYTES {
        return Err(EnvelopeError::TooLong { bytes: bytes.len() });
    }
    let hash = digest(&bytes);
    let (signer, bytes) = (signer.public(), bytes.into());
    Ok(VerifiedEnvelope::new(envelope, signer, hash, bytes))
}

fn content(envelope: &Envelope, signer: PublicKey) -> Vec<u8> {
    let mut to = Writer::new();
    to.map(5).uint(0).bytes(envelope.office.as_bytes()).uint(1);
    envelope.document.write(&mut to);
    to.uint(2).bytes(signer.as_bytes());
    to.uint(3).array(envelope.heads.len());
    for head in &envelope.heads {
        to.bytes(head.as_bytes());
    }
    to.uint(4).array(envelope.changes.len());
    for change in &envelope.changes {
        change.write(&mut to);
    }
    to.into_bytes()
}

pub(super) fn check_count(got: usize) -> Result<(), EnvelopeError> {
    if got == 0 || got > MAX_ENVELOPE_CHANGES {
        return Err(EnvelopeError::Changes { got });
    }
    Ok(())
}

fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}
