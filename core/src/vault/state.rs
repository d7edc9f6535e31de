use super::VaultError;
use crate::cbor::{CborError, Reader, Writer};
use crate::id::{OfficeId, StatementId};
use crate::limits::{MAX_LANES, MAX_VAULT_CHAINS};
use crate::statement::{ChainPoint, Document};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The form of a device whose keys are on no other.
const FORM: u64 = 1;
/// The form of one whose keys are, or may be: an app that does not know it must not go on under them.
const COPIED: u64 = 2;
/// Bytes of the checksum, SHA-256 of what stands before it.
const CHECKSUM: usize = 32;

/// What a device must not lose, and must not take back in time.
#[derive(Clone, PartialEq, Eq)]
pub struct VaultState {
    /// The 32 secret bytes of the device's signing key.
    pub seed: [u8; 32],
    /// The office it belongs to.
    pub office: OfficeId,
    /// How often the device's database was lost, restored or suspected of it. Part of every author's name in its
    /// documents, so that no number is used twice.
    pub incarnation: u32,
    /// How far the device's own chain in each document has come.
    pub chains: BTreeMap<Document, ChainPoint>,
    /// The lane that it opens new bookings in, for whoever goes by the same keys has others.
    pub lane: u8,
    /// Whether its keys are, or may be, on another device too: a visitor's backup was shown or restored.
    pub copied: bool,
}

impl VaultState {
    /// A device that has signed nothing.
    pub fn new(seed: [u8; 32], office: OfficeId) -> Self {
        Self {
            seed,
            office,
            incarnation: 0,
            chains: BTreeMap::new(),
            lane: 0,
            copied: false,
        }
    }

    /// Deterministic CBOR `[1, seed, office, incarnation, [[document, seq, id]…]]`, documents ascending, then SHA-256 of
    /// it. With copied keys `[2, …, lane]`.
    pub fn encode(&self) -> Vec<u8> {
        let mut to = Writer::new();
        let form = if self.copied { COPIED } else { FORM };
        to.array(if self.copied { 6 } else { 5 })
            .uint(form)
            .bytes(&self.seed)
            .bytes(self.office.as_bytes())
            .uint(u64::from(self.incarnation))
            .array(self.chains.len());
        for (document, head) in &self.chains {
            to.array(3);
            document.write(&mut to);
            to.uint(u64::from(head.seq)).bytes(head.id.as_bytes());
        }
        if self.copied {
            to.uint(u64::from(self.lane));
        }
        let mut bytes = to.into_bytes();
        let checksum = Sha256::digest(&bytes);
        bytes.extend(checksum);
        bytes
    }

    /// Reads what [`VaultState::encode`] wrote.
    pub fn decode(bytes: &[u8]) -> Result<Self, VaultError> {
        let damaged = VaultError::Damaged { bytes: bytes.len() };
        let Some((content, checksum)) = bytes
            .len()
            .checked_sub(CHECKSUM)
            .and_then(|at| bytes.split_at_checked(at))
        else {
            return Err(damaged);
        };
        if Sha256::digest(content).as_slice() != checksum {
            return Err(damaged);
        }
        let mut from = Reader::new(content);
        let parts = from.array("parts of a vault", 5, 6)?;
        let form = from.uint()?;
        let copied = form == COPIED;
        if form != FORM && !copied {
            return Err(VaultError::TooNew { form });
        }
        let expected = if copied { 6 } else { 5 };
        if parts != expected {
            return Err(CborError::Range {
                what: "parts of a vault",
                got: parts as i128,
                min: expected as i128,
                max: expected as i128,
            }
            .into());
        }
        let seed = from.fixed("length of a seed")?;
        let office = OfficeId(from.fixed("length of an office id")?);
        let incarnation = number(&mut from, "incarnation")?;
        let count = from.array("chains in a vault", 0, MAX_VAULT_CHAINS)?;
        let mut chains = BTreeMap::new();
        for _ in 0..count {
            let at = from.position();
            from.array("parts of a chain head", 3, 3)?;
            let document = Document::read(&mut from)?;
            let seq = number(&mut from, "seq")?;
            let id = StatementId(from.fixed("length of an id")?);
            if chains
                .last_key_value()
                .is_some_and(|(last, _)| *last >= document)
            {
                return Err(CborError::KeyOrder { at }.into());
            }
            chains.insert(document, ChainPoint { seq, id });
        }
        let lane = match copied {
            true => narrow(&mut from)?,
            false => 0,
        };
        from.finish()?;
        Ok(Self {
            seed,
            office,
            incarnation,
            chains,
            lane,
            copied,
        })
    }
}

fn number(from: &mut Reader<'_>, what: &'static str) -> Result<u32, CborError> {
    let got = from.uint()?;
    u32::try_from(got).map_err(|_| CborError::Range {
        what,
        got: i128::from(got),
        min: 0,
        max: i128::from(u32::MAX),
    })
}

fn narrow(from: &mut Reader<'_>) -> Result<u8, CborError> {
    let got = from.uint()?;
    let lane = u8::try_from(got).ok().filter(|lane| *lane < MAX_LANES);
    lane.ok_or(CborError::Range {
        what: "lane",
        got: i128::from(got),
        min: 0,
        max: i128::from(MAX_LANES - 1),
    })
}

/// Without the seed.
impl std::fmt::Debug for VaultState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VaultState")
            .field("incarnation", &self.incarnation)
            .field("chains", &self.chains)
            .finish_non_exhaustive()
    }
}
