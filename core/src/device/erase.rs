//! What goes with a dropped document besides its statements: the board saved of it, what a peer was known to have,
//! and envelopes of it that were put aside.

use super::cold;
use super::{Device, DeviceError, meet};
use crate::envelope::SignedEnvelope;
use crate::statement::Document;
use crate::store::{Batch, Operation};
use std::collections::BTreeSet;

/// The documents that a batch drops.
pub(super) fn dropped(batch: &Batch) -> BTreeSet<Document> {
    let operations = batch.operations().iter();
    operations
        .filter_map(|operation| match operation {
            Operation::DropDocument { document } => Some(*document),
            _ => None,
        })
        .collect()
}

impl Device {
    /// Adds to a batch what goes with the documents that it drops.
    pub(super) fn erase(
        &mut self,
        documents: &BTreeSet<Document>,
        batch: &mut Batch,
    ) -> Result<(), DeviceError> {
        if documents.is_empty() {
            return Ok(());
        }
        batch.extend(documents.iter().map(|document| Operation::RemoveMeta {
            key: cold::name(*document),
        }));
        // It names statements by id. Without it the next session takes one round trip more.
        self.last_peer = None;
        batch.push(Operation::RemoveMeta {
            key: meet::MEMORY.to_owned(),
        });
        for put_aside in self.store.quarantined()? {
            let document = SignedEnvelope::decode(&put_aside.bytes).map(|e| e.document());
            if document.is_ok_and(|document| documents.contains(&document)) {
                let hash = put_aside.hash;
                batch.push(Operation::RemoveQuarantined { hash });
            }
        }
        Ok(())
    }
}
