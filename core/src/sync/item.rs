//! Items that travel: whole, or in parts when they are too long for a message.

use super::wire::{Bytes, Part};
use crate::id::Digest;
use crate::limits::{MAX_ITEM_BYTES, MAX_OPEN_ITEMS, PART_BYTES};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// Changes of one document, vouched for by a steward.
    Envelope,
    /// A statement not yet in a ledger.
    Statement,
    /// A catalogue, or a text.
    Blob,
    /// An envelope or a statement of an internal document, or an answer, which one device can open.
    Sealed,
    /// What a steward answers to whoever orders: never but sealed.
    Answer,
}

impl ItemKind {
    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Envelope => 1,
            Self::Statement => 2,
            Self::Blob => 3,
            Self::Sealed => 4,
            Self::Answer => 5,
        }
    }

    pub(super) const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Envelope),
            2 => Some(Self::Statement),
            3 => Some(Self::Blob),
            4 => Some(Self::Sealed),
            5 => Some(Self::Answer),
            _ => None,
        }
    }

    /// An item as it is sealed: its kind, and then its bytes.
    pub(crate) fn enclose(self, bytes: &[u8]) -> Vec<u8> {
        [&[self.number()], bytes].concat()
    }

    /// What was sealed: an envelope, a statement or an answer.
    pub(super) fn disclose(plain: &[u8]) -> Option<(Self, &[u8])> {
        let (number, bytes) = plain.split_first()?;
        let kind = Self::from_number(*number)?;
        (kind != Self::Sealed).then_some((kind, bytes))
    }
}

/// Parts that do not make an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// Too long to put together.
    #[error("item is {bytes} bytes: the limit is {MAX_ITEM_BYTES}")]
    TooLong {
        /// How long it is said to be.
        bytes: usize,
    },
    /// A part that starts or ends where none does.
    #[error(
        "part of {length} bytes at {offset} of {total}: parts are {PART_BYTES} bytes, the last may be shorter"
    )]
    Place {
        /// Its length.
        length: usize,
        /// Where it says it starts.
        offset: usize,
        /// The item's length.
        total: usize,
    },
    /// All parts are there and are not the item promised.
    #[error("item of {bytes} bytes hashes to {got}: its parts promised {expected}")]
    Digest {
        /// The item's length.
        bytes: usize,
        /// What was promised.
        expected: Digest,
        /// What came.
        got: Digest,
    },
}

/// SHA-256.
pub(super) fn digest(bytes: &[u8]) -> Digest {
    Digest(Sha256::digest(bytes).into())
}

/// An item being sent in parts.
#[derive(Debug, Clone)]
pub(super) struct Splitting {
    kind: ItemKind,
    digest: Digest,
    bytes: Arc<[u8]>,
    at: usize,
}

impl Splitting {
    pub(super) fn new(kind: ItemKind, bytes: Arc<[u8]>) -> Self {
        Self {
            kind,
            digest: digest(&bytes),
            bytes,
            at: 0,
        }
    }

    pub(super) fn next(&mut self) -> Option<Part> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let bytes = rest.get(..PART_BYTES).unwrap_or(rest);
        let part = Part {
            item: self.kind.number(),
            digest: self.digest,
            total: u32::try_from(self.bytes.len()).ok()?,
            offset: u32::try_from(self.at).ok()?,
            bytes: Bytes(bytes.into()),
        };
        self.at = self.at.saturating_add(bytes.len());
        Some(part)
    }
}

/// An item put together.
pub(super) type Whole = (ItemKind, Arc<[u8]>);

/// Items being put together from parts, which may come in any order and repeatedly.
#[derive(Debug, Default, Clone)]
pub(super) struct Joining {
    open: Vec<Open>,
}

#[derive(Debug, Clone)]
struct Open {
    item: u8,
    digest: Digest,
    total: usize,
    parts: BTreeMap<usize, Bytes>,
}

impl Joining {
    /// Takes a part; gives the item when it was the last one missing.
    pub(super) fn take(&mut self, part: Part) -> Result<Option<Whole>, PartError> {
        let too_many = |_| PartError::TooLong { bytes: usize::MAX };
        let total = usize::try_from(part.total).map_err(too_many)?;
        let offset = usize::try_from(part.offset).map_err(too_many)?;
        let length = part.bytes.0.len();
        if total > MAX_ITEM_BYTES {
            return Err(PartError::TooLong { bytes: total });
        }
        if offset % PART_BYTES != 0
            || length == 0
            || length != total.saturating_sub(offset).min(PART_BYTES)
        {
            return Err(PartError::Place {
                length,
                offset,
                total,
            });
        }
        let Some(kind) = ItemKind::from_number(part.item) else {
            return Ok(None);
        };
        let same =
            |open: &Open| (open.item, open.digest, open.total) == (part.item, part.digest, total);
        let at = self.open.iter().position(same).unwrap_or_else(|| {
            // A lost part leaves an item unfinished: the oldest makes room.
            if self.open.len() >= MAX_OPEN_ITEMS {
                self.open.remove(0);
            }
            self.open.push(Open {
                item: part.item,
                digest: part.digest,
                total,
                parts: BTreeMap::new(),
            });
            self.open.len().saturating_sub(1)
        });
        let Some(open) = self.open.get_mut(at) else {
            return Ok(None);
        };
        open.parts.insert(offset, part.bytes);
        if open.parts.len() < total.div_ceil(PART_BYTES) {
            return Ok(None);
        }
        let open = self.open.remove(at);
        let mut bytes = Vec::with_capacity(total);
        open.parts
            .values()
            .for_each(|part| bytes.extend_from_slice(&part.0));
        let got = digest(&bytes);
        if got != open.digest {
            return Err(PartError::Digest {
                bytes: total,
                expected: open.digest,
                got,
            });
        }
        Ok(Some((kind, bytes.into())))
    }
}
