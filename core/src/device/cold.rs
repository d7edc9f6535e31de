//! A quick first answer: boards saved when the device last slept, taken back only if nothing has changed since.

use super::DeviceError;
use crate::envelope::{SignedEnvelope, VerifiedEnvelope};
use crate::id::{ClassId, Digest, FeatureId, OfficeId};
use crate::model::Catalogue;
use crate::replica::Replica;
use crate::resolve::Authority;
use crate::statement::{Document, Signed, Verified};
use crate::store::{Batch, Operation, Store};
use crate::time::{DayStart, Interval, OfficeDay};
use crate::view::{Board, Entry, FreeUnit, Wanted};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Boards as they were saved.
pub(super) struct Cold {
    day_start: DayStart,
    catalogue: Arc<Catalogue>,
    boards: BTreeMap<Document, Board>,
}

/// The note that a board is saved as.
pub(super) fn name(document: Document) -> String {
    format!("board/{document}")
}

fn statements_of(envelope: &VerifiedEnvelope) -> Vec<Verified> {
    let changes = envelope.envelope().changes().iter();
    let statements = changes.flat_map(|change| change.statements());
    statements
        .filter_map(|bytes| Signed::decode(bytes).ok())
        .map(Signed::trust_store)
        .collect()
}

/// What a board was made from: a state of the store.
fn stamp(generation: u64) -> Digest {
    let hash = Sha256::new()
        .chain_update(b"allkontor/1/board")
        .chain_update(generation.to_be_bytes());
    Digest(hash.finalize().into())
}

fn authority(store: &dyn Store, office: OfficeId) -> Result<Option<Authority>, DeviceError> {
    let statements: Vec<Verified> = store
        .envelopes(Document::Authority)?
        .iter()
        .filter_map(|stored| SignedEnvelope::decode(&stored.bytes).ok())
        .filter_map(|signed| signed.trust_store().ok())
        .flat_map(|envelope| statements_of(&envelope))
        .collect();
    Ok(Authority::resolve(office, &statements).ok())
}

/// The published catalogues that the store has, the newest version first.
pub(super) fn catalogues(store: &dyn Store, office: OfficeId) -> Result<Vec<Vec<u8>>, DeviceError> {
    let Some(authority) = authority(store, office)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for hash in authority.catalogues().values().rev() {
        found.extend(store.blob(hash)?);
    }
    Ok(found)
}

impl Cold {
    /// What was saved, as far as it is still true; `None` when there is nothing to answer from.
    pub(super) fn open(store: &dyn Store, office: OfficeId) -> Result<Option<Self>, DeviceError> {
        let Some(authority) = authority(store, office)? else {
            return Ok(None);
        };
        let newest = catalogues(store, office)?
            .iter()
            .find_map(|bytes| Catalogue::from_bytes(bytes).ok());
        let Some(catalogue) = newest else {
            return Ok(None);
        };
        let stamp = stamp(store.generation()?);
        let mut cold = Self {
            day_start: authority.day_start(),
            catalogue: Arc::new(catalogue),
            boards: BTreeMap::new(),
        };
        for document in store.documents()? {
            let Some(packed) = store.meta(&name(document))? else {
                continue;
            };
            let board = Board::unpack(&packed, &stamp, &cold.catalogue, document, cold.day_start);
            cold.boards.extend(board.map(|board| (document, board)));
        }
        Ok(Some(cold))
    }

    /// The boards of a replica, to be stored.
    pub(super) fn save(store: &dyn Store, replica: &Replica) -> Result<Batch, DeviceError> {
        let mut batch = Batch::new();
        // Storing the boards is itself the next generation.
        let stamp = stamp(store.generation()?.saturating_add(1));
        for (document, board) in replica.boards() {
            batch.push(Operation::PutMeta {
                key: name(document),
                bytes: board.pack(&stamp),
            });
        }
        Ok(batch)
    }

    pub(super) fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// Units free; `None` when that day's board was not saved or is no longer true.
    pub(super) fn free(
        &self,
        class: Option<ClassId>,
        needs: &BTreeSet<FeatureId>,
        interval: Interval,
    ) -> Option<Vec<FreeUnit>> {
        let day = OfficeDay::of(interval.start(), self.day_start);
        let board = self.boards.get(&Document::ledger_of(day))?;
        let mut free = board.free(&Wanted::any(class, needs, interval));
        free.retain(|free| class.is_some() || !self.catalogue.is_seat(free.unit));
        Some(free)
    }

    /// A day's entries; `None` when that day's board was not saved or is no longer true.
    pub(super) fn day(&self, day: OfficeDay) -> Option<Vec<Entry>> {
        let board = self.boards.get(&Document::ledger_of(day))?;
        Some(board.period(day.get()).copied().collect())
    }
}
