//! A whole office as JSON, to be moved to other machines or kept for as long as somebody can read JSON.
//!
//! ```json
//! {
//!   "format": "allkontor-office",
//!   "version": 1,
//!   "office": "…64 hexadecimal digits…",
//!   "digest": "…what every device shows that has all of it…",
//!   "catalogue": { "profile": { … }, … },
//!   "catalogues": ["…each published catalogue, byte for byte, the oldest first…"],
//!   "texts": ["…base64…"],
//!   "documents": [
//!     { "document": "authority", "envelopes": ["…base64…"] },
//!     { "document": "ledger/2026-11", "envelopes": ["…"] }
//!   ]
//! }
//! ```
//!
//! `documents` and `catalogues` are the truth: signed envelopes as `core/SPEC.md` section 8.3 defines them, of each document
//! in an order in which they can be taken in, the authority first; and the catalogues whose hashes the authority publishes.
//! `texts` are those of events, suggestions and notices, of which documents have only the hash; one that was erased is not there.
//! `catalogue` repeats the newest for whoever opens the file, and readers pass it over. There is no key in it, and nothing
//! that a device keeps to itself. A reader passes over fields that it does not know, and refuses another `version`.

use allkontor_core::device::Archive;
use allkontor_core::envelope::SignedEnvelope;
use allkontor_core::id::{Digest, OfficeId};
use allkontor_core::statement::Document;
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest file that is read, in bytes: what one bundle between devices may have.
pub const MAX_ARCHIVE: usize = allkontor_core::limits::MAX_BUNDLE_BYTES;

const FORMAT: &str = "allkontor-office";
const VERSION: u32 = 1;

/// A file that is no archive of an office.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnArchive {
    /// Too long to be read.
    #[error("file is {got} bytes: the limit is {limit}")]
    TooLong {
        /// Its length.
        got: usize,
        /// What is allowed.
        limit: usize,
    },
    /// Not JSON of that form.
    #[error("not an archive: {why}")]
    Form {
        /// Where, and what was expected.
        why: String,
    },
    /// Another format.
    #[error("format is {got:?}: expected {FORMAT:?}")]
    Format {
        /// What it says it is.
        got: String,
    },
    /// Written by a later version.
    #[error("archive has version {got}: this engine reads {VERSION}")]
    Version {
        /// Its version.
        got: u32,
    },
    /// A value that is not what it should be.
    #[error("{what} is not {expected}")]
    Value {
        /// Which.
        what: String,
        /// What was expected.
        expected: &'static str,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u32,
    office: String,
    digest: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalogue: Option<Value>,
    catalogues: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    texts: Vec<String>,
    documents: Vec<Envelopes>,
}

#[derive(Serialize, Deserialize)]
struct Envelopes {
    document: String,
    envelopes: Vec<String>,
}

/// What says which version the rest is of.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct Read {
    office: String,
    digest: String,
    catalogues: Vec<String>,
    #[serde(default)]
    texts: Vec<String>,
    documents: Vec<Envelopes>,
}

/// The archive as JSON.
pub fn write(archive: &Archive) -> Vec<u8> {
    let texts = archive.catalogues.iter();
    // The engine publishes no catalogue that is not JSON.
    let catalogues: Vec<&str> = texts.filter_map(|b| std::str::from_utf8(b).ok()).collect();
    let newest = catalogues.last();
    let documents = archive.documents.iter();
    let written = Written {
        format: FORMAT,
        version: VERSION,
        office: archive.office.to_string(),
        digest: archive.digest.to_string(),
        catalogue: newest.and_then(|text| serde_json::from_str(text).ok()),
        documents: documents
            .map(|(document, envelopes)| Envelopes {
                document: document.to_string(),
                envelopes: envelopes.iter().map(|bytes| BASE64.encode(bytes)).collect(),
            })
            .collect(),
        catalogues,
        texts: archive
            .texts
            .iter()
            .map(|text| BASE64.encode(text))
            .collect(),
    };
    // Strings and lists of them: nothing here can fail.
    serde_json::to_vec_pretty(&written).unwrap_or_default()
}

/// Reads an archive. Nothing of it is believed yet: see [`Archive::check`].
pub fn read(bytes: &[u8]) -> Result<Archive, NotAnArchive> {
    if bytes.len() > MAX_ARCHIVE {
        let (got, limit) = (bytes.len(), MAX_ARCHIVE);
        return Err(NotAnArchive::TooLong { got, limit });
    }
    let form = |error: serde_json::Error| NotAnArchive::Form {
        why: error.to_string(),
    };
    let head: Head = serde_json::from_slice(bytes).map_err(form)?;
    if head.format != FORMAT {
        let got = head.format.chars().take(40).collect();
        return Err(NotAnArchive::Format { got });
    }
    if head.version != VERSION {
        return Err(NotAnArchive::Version { got: head.version });
    }
    let read: Read = serde_json::from_slice(bytes).map_err(form)?;
    let value = |what: &str, expected| NotAnArchive::Value {
        what: what.to_owned(),
        expected,
    };
    let digits = "64 hexadecimal digits";
    let office = OfficeId::from_hex(&read.office).ok_or_else(|| value("office", digits))?;
    let digest = Digest::from_hex(&read.digest).ok_or_else(|| value("digest", digits))?;
    let mut documents: Vec<(Document, Vec<Vec<u8>>)> = Vec::new();
    for one in read.documents {
        let name: String = one.document.chars().take(40).collect();
        let mut envelopes = Vec::new();
        let mut document = None;
        for (text, number) in one.envelopes.iter().zip(1..) {
            let what = format!("envelope {number} of {name}");
            let bytes = BASE64.decode(text.as_bytes());
            let bytes = bytes.map_err(|_| value(&what, "base64"))?;
            let envelope = SignedEnvelope::decode(&bytes);
            let of = envelope
                .map_err(|_| value(&what, "an envelope"))?
                .document();
            if of.to_string() != name {
                return Err(value(&what, "of that document"));
            }
            document = Some(of);
            envelopes.push(bytes);
        }
        documents.extend(document.map(|document| (document, envelopes)));
    }
    let mut texts = Vec::new();
    for (text, number) in read.texts.iter().zip(1..) {
        let bytes = BASE64.decode(text.as_bytes());
        texts.push(bytes.map_err(|_| value(&format!("text {number}"), "base64"))?);
    }
    let catalogues = read.catalogues.into_iter().map(String::into_bytes);
    Ok(Archive {
        office,
        digest,
        documents,
        catalogues: catalogues.collect(),
        texts,
    })
}
