//! A list of offices, signed by whoever publishes it: a municipality's, a country's, a network's of shop-fronts.
//!
//! ```text
//! directory = [1, content: bytes, signature: bytes .size 64]     deterministic CBOR, in it:
//! content   = [publisher: bytes .size 32, issued: int, offices: bytes]
//! offices   = JSON, a list of [`Listing`]
//! ```
//!
//! The signature is the publisher's (Ed25519, checked strictly) over `allkontor/1/directory` ‖ 0x00 ‖ content. A directory is
//! an address book: following an office still takes what the office itself has signed, so a wrong entry can send somebody to
//! the wrong door and no further.

use crate::cbor::{CborError, Reader, Writer};
use crate::id::{OfficeId, PublicKey};
use crate::limits::{MAX_DIRECTORY_BYTES, MAX_LISTINGS};
use crate::model::{Address, Text};
use crate::statement::{Keypair, verify_bytes};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

const VERSION: u64 = 1;

/// What keeps a directory's signature apart from every other.
const CONTEXT: &str = "directory";

/// One office of a directory. Fields that this version does not know are skipped when read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The office.
    #[serde(with = "as_hex")]
    pub office: OfficeId,
    /// What it is called.
    pub name: Text,
    /// Where its door is.
    pub address: Address,
    /// Where a device of the office, or a relay, can be reached, such as `192.168.1.4:7411`; empty when people have to go
    /// there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reach: Vec<String>,
    /// A page about it; empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub website: String,
}

/// A directory whose signature holds.
///
/// ```
/// use allkontor_core::directory::{Directory, Listing};
/// use allkontor_core::id::OfficeId;
/// use allkontor_core::model::{Address, Text};
/// use allkontor_core::statement::Keypair;
/// use allkontor_core::time::Timestamp;
///
/// let publisher = Keypair::from_seed(&[3; 32]); // Secret; its public half is printed in the app.
/// let office = Listing {
///     office: OfficeId([7; 32]), name: Text::new([("sv", "Kontoret vid torget")]), address: Address::default(),
///     reach: Vec::new(), website: String::new(),
/// };
/// let bytes = Directory::sign(&publisher, Timestamp(1_795_510_800), vec![office])?;
/// let read = Directory::read(&bytes, publisher.public())?;
/// assert_eq!(read.offices()[0].name.in_language("sv"), "Kontoret vid torget");
/// # Ok::<(), allkontor_core::directory::NotADirectory>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    publisher: PublicKey,
    issued: Timestamp,
    offices: Vec<Listing>,
}

/// Bytes that are no directory of that publisher.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotADirectory {
    /// More than any publisher needs.
    #[error("directory is {bytes} bytes: the limit is {MAX_DIRECTORY_BYTES}")]
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// More offices than a list can show.
    #[error("directory has {offices} offices: the limit is {MAX_LISTINGS}")]
    TooMany {
        /// How many there are.
        offices: usize,
    },
    /// Of a later version, or of something else.
    #[error("directory is of version {got}: this app reads {VERSION}")]
    Version {
        /// What it says.
        got: u64,
    },
    /// Not the CBOR of a directory.
    #[error("directory cannot be read: {0}")]
    Cbor(#[from] CborError),
    /// Not the JSON of its offices.
    #[error("the directory's offices cannot be read: {reason}")]
    Unreadable {
        /// What was expected and where, at most 200 characters.
        reason: String,
    },
    /// Somebody else's.
    #[error("directory is published by {publisher}: expected {expected}")]
    Publisher {
        /// Who it says has published it.
        publisher: PublicKey,
        /// Whose it should be.
        expected: PublicKey,
    },
    /// Changed on its way, or made up.
    #[error("the directory's signature does not hold under key {publisher}")]
    Signature {
        /// Who it says has published it.
        publisher: PublicKey,
    },
    /// One office twice: which of them counts?
    #[error("the directory lists office {office} twice")]
    Twice {
        /// The office.
        office: OfficeId,
    },
}

impl Directory {
    /// The bytes of a directory, signed.
    pub fn sign(
        publisher: &Keypair,
        issued: Timestamp,
        mut offices: Vec<Listing>,
    ) -> Result<Vec<u8>, NotADirectory> {
        offices.sort_by_key(|listing| listing.office);
        check(&offices)?;
        let listed = serde_json::to_vec(&offices).map_err(unreadable)?;
        let mut content = Writer::new();
        content
            .array(3)
            .bytes(publisher.public().as_bytes())
            .int(issued.0)
            .bytes(&listed);
        let content = content.into_bytes();
        let mut out = Writer::new();
        out.array(3)
            .uint(VERSION)
            .bytes(&content)
            .bytes(&publisher.sign_bytes(CONTEXT, &content));
        let bytes = out.into_bytes();
        if bytes.len() > MAX_DIRECTORY_BYTES {
            return Err(NotADirectory::TooLarge { bytes: bytes.len() });
        }
        Ok(bytes)
    }

    /// Reads a directory of that publisher, whose key the app knows from elsewhere.
    pub fn read(bytes: &[u8], publisher: PublicKey) -> Result<Self, NotADirectory> {
        if bytes.len() > MAX_DIRECTORY_BYTES {
            return Err(NotADirectory::TooLarge { bytes: bytes.len() });
        }
        let mut from = Reader::new(bytes);
        from.array("parts of a directory", 3, 3)?;
        let got = from.uint()?;
        if got != VERSION {
            return Err(NotADirectory::Version { got });
        }
        let content = from.bytes()?;
        let signature: [u8; 64] = from.fixed("length of a signature")?;
        from.finish()?;
        let mut from = Reader::new(content);
        from.array("fields of a directory", 3, 3)?;
        let signer = PublicKey(from.fixed("length of a key")?);
        let issued = Timestamp(from.int()?);
        let listed = from.bytes()?;
        from.finish()?;
        if signer != publisher {
            return Err(NotADirectory::Publisher {
                publisher: signer,
                expected: publisher,
            });
        }
        if !verify_bytes(signer, CONTEXT, content, &signature) {
            return Err(NotADirectory::Signature { publisher });
        }
        let offices: Vec<Listing> = serde_json::from_slice(listed).map_err(unreadable)?;
        check(&offices)?;
        Ok(Self {
            publisher,
            issued,
            offices,
        })
    }

    /// Who published it.
    pub const fn publisher(&self) -> PublicKey {
        self.publisher
    }

    /// When, by the publisher's clock: of two directories the later one counts.
    pub const fn issued(&self) -> Timestamp {
        self.issued
    }

    /// Its offices, by id.
    pub fn offices(&self) -> &[Listing] {
        &self.offices
    }
}

fn check(offices: &[Listing]) -> Result<(), NotADirectory> {
    if offices.len() > MAX_LISTINGS {
        return Err(NotADirectory::TooMany {
            offices: offices.len(),
        });
    }
    let mut seen = std::collections::BTreeSet::new();
    match offices.iter().find(|listing| !seen.insert(listing.office)) {
        Some(listing) => Err(NotADirectory::Twice {
            office: listing.office,
        }),
        None => Ok(()),
    }
}

fn unreadable(error: serde_json::Error) -> NotADirectory {
    NotADirectory::Unreadable {
        reason: error.to_string().chars().take(200).collect(),
    }
}

pub(crate) mod as_hex {
    use crate::id::OfficeId;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(office: &OfficeId, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(office)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<OfficeId, D::Error> {
        let text = String::deserialize(from)?;
        OfficeId::from_hex(&text)
            .ok_or_else(|| D::Error::custom("expected an office: 64 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests;
