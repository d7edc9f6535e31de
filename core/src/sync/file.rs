//! Sync by file: everything one device has for another, carried on a USB stick or as an attachment.
//!
//! ```text
//! "allkontor\0" ‖ version u16 ‖ office 32 bytes ‖ items… ‖ 0 ‖ SHA-256 of all before
//! item = kind u8 (1 envelope, 2 statement, 3 blob) ‖ length u32 ‖ bytes          numbers big-endian
//! ```

use super::item::{ItemKind, digest};
use super::source::{Peer, Source};
use super::{Incoming, Vector};
use crate::id::{Digest, OfficeId};
use crate::limits::{MAX_BUNDLE_BYTES, MAX_FLIGHT_BYTES, MAX_ITEM_BYTES};
use crate::statement::Document;
use std::collections::BTreeMap;

const MAGIC: &[u8] = b"allkontor\0";
const VERSION: u16 = 1;
const END: u8 = 0;

/// A file that is no bundle for this office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Another kind of file.
    #[error("file does not start as a bundle does")]
    NotABundle,
    /// Too long to read.
    #[error("bundle is {bytes} bytes: the limit is {MAX_BUNDLE_BYTES}")]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// Written by a later version.
    #[error("bundle has version {version}: this engine reads {VERSION}")]
    NewerVersion {
        /// Its version.
        version: u16,
    },
    /// Cut off, or changed on the way.
    #[error(
        "bundle of {bytes} bytes is cut off or damaged: its last 32 bytes are not the SHA-256 of the rest"
    )]
    Damaged {
        /// How long it is.
        bytes: usize,
    },
    /// Whole, and wrongly put together.
    #[error("byte {at}: {why}")]
    Malformed {
        /// Where.
        at: usize,
        /// What is wrong.
        why: &'static str,
    },
    /// An archive that lacks something, or in which something does not hold.
    #[error("archive says that its digest is {said}, and what is in it gives {got}")]
    NotWhole {
        /// The digest that it states.
        said: Digest,
        /// The digest of what could be taken in.
        got: Digest,
    },
    /// For another office.
    #[error("bundle is of office {theirs}: expected {ours}")]
    OtherOffice {
        /// The office expected.
        ours: OfficeId,
        /// The bundle's.
        theirs: OfficeId,
    },
}

/// A bundle for `peer`: what `known` lacks of each document (all of a document not named), every loose statement
/// that may be handed to it, and the published catalogues.
///
/// Stops before [`MAX_BUNDLE_BYTES`]; what is left out is in the next bundle, made for a peer that has applied this.
pub fn export(source: &dyn Source, peer: &Peer, known: &BTreeMap<Document, Vector>) -> Vec<u8> {
    let mut out = Vec::from(MAGIC);
    out.extend(VERSION.to_be_bytes());
    out.extend(source.office().map_or([0; 32], |office| office.0));
    let room = |out: &Vec<u8>| MAX_BUNDLE_BYTES - MAX_ITEM_BYTES > out.len();
    let documents = source.documents().into_iter();
    for document in documents.filter(|document| source.may_have(*document, peer)) {
        let ours = source.vector(document);
        let mut known = known.get(&document).cloned().unwrap_or_default();
        while !known.covers(&ours) && room(&out) {
            let batch = source.envelopes_since(document, &known, MAX_FLIGHT_BYTES);
            batch
                .envelopes
                .iter()
                .for_each(|bytes| put(&mut out, ItemKind::Envelope, bytes));
            if known.covers(&batch.covers) {
                break;
            }
            known.join(&batch.covers);
        }
    }
    for bytes in source.blobs().iter().filter_map(|blob| source.blob(blob)) {
        if room(&out) {
            put(&mut out, ItemKind::Blob, &bytes);
        }
    }
    for (_, bytes) in source
        .loose(peer)
        .iter()
        .filter_map(|id| source.loose_item(id))
    {
        if room(&out) {
            put(&mut out, ItemKind::Statement, &bytes);
        }
    }
    out.push(END);
    let hash = digest(&out);
    out.extend(hash.0);
    out
}

fn put(out: &mut Vec<u8>, kind: ItemKind, bytes: &[u8]) {
    if let Some(length) = u32::try_from(bytes.len())
        .ok()
        .filter(|_| bytes.len() <= MAX_ITEM_BYTES)
    {
        out.push(kind.number());
        out.extend(length.to_be_bytes());
        out.extend(bytes);
    }
}

/// Everything in a bundle, to be applied in this order; nothing of it is believed yet.
///
/// A device that has not joined an office takes a bundle of any. Kinds of item of a later version are passed over.
pub fn import(bytes: &[u8], office: Option<OfficeId>) -> Result<Vec<Incoming>, BundleError> {
    let mut rest = bytes.strip_prefix(MAGIC).ok_or(BundleError::NotABundle)?;
    if bytes.len() > MAX_BUNDLE_BYTES {
        return Err(BundleError::TooLong { bytes: bytes.len() });
    }
    let damaged = BundleError::Damaged { bytes: bytes.len() };
    let version = u16::from_be_bytes(take(&mut rest).ok_or(damaged)?);
    if version != VERSION {
        return Err(BundleError::NewerVersion { version });
    }
    let (content, hash) = bytes.split_last_chunk::<32>().ok_or(damaged)?;
    if digest(content) != Digest(*hash) {
        return Err(damaged);
    }
    let theirs = OfficeId(take(&mut rest).ok_or(damaged)?);
    if let Some(ours) = office.filter(|ours| *ours != theirs && theirs.0 != [0; 32]) {
        return Err(BundleError::OtherOffice { ours, theirs });
    }
    let mut incoming = Vec::new();
    loop {
        let at = bytes.len().saturating_sub(rest.len());
        let malformed = |why| BundleError::Malformed { at, why };
        let [kind] = take(&mut rest).ok_or(malformed("expected an item"))?;
        if kind == END {
            return match rest.len() {
                32 => Ok(incoming),
                _ => Err(malformed("the end stands before the end of the file")),
            };
        }
        let length = u32::from_be_bytes(take(&mut rest).ok_or(malformed("expected a length"))?);
        let length = usize::try_from(length)
            .ok()
            .filter(|length| *length <= MAX_ITEM_BYTES);
        let (item, after) = length
            .and_then(|length| rest.split_at_checked(length))
            .ok_or(malformed("item is longer than the file or the limit"))?;
        rest = after;
        match ItemKind::from_number(kind) {
            Some(ItemKind::Envelope) => incoming.push(Incoming::Envelope(item.into())),
            Some(ItemKind::Statement) => incoming.push(Incoming::Statement(item.into())),
            Some(ItemKind::Blob) => incoming.push(Incoming::Blob(item.into())),
            // A file is for anybody: what one device is to open is not in it.
            Some(ItemKind::Sealed | ItemKind::Answer) | None => {}
        }
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}
