//! What the kiosk has and shows, before a trick and after.

use super::super::error::Trouble;
use super::super::world::{World, trouble};
use allkontor_core::envelope::SignedEnvelope;
use allkontor_core::id::Digest;
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::{Body, Hold, Signed};
use allkontor_core::sync::{Incoming, file};
use allkontor_core::time::CivilMinute;
use std::collections::BTreeMap;

/// What is due is done in one tick, or two when the first makes room for somebody.
const MOST_TICKS: usize = 4;

pub(super) struct Picture {
    pub(super) digest: Digest,
    pub(super) held: BTreeMap<SlotKey, Vec<Hold>>,
}

impl World {
    /// What the kiosk shows once everything that is due by now is done: that is not the trick's doing.
    pub(super) fn quiet_picture(&mut self, at: CivilMinute) -> Result<Picture, Trouble> {
        let name = self.at_front.the();
        let now = self.now(at);
        let mut before = self.picture()?;
        for _ in 0..MOST_TICKS {
            self.front
                .tick(now)
                .map_err(trouble(name, "let time pass"))?;
            let after = self.picture()?;
            if after.digest == before.digest {
                break;
            }
            before = after;
        }
        Ok(before)
    }

    pub(super) fn picture(&mut self) -> Result<Picture, Trouble> {
        let name = self.at_front.the();
        let front = |what| trouble(name, what);
        let digest = self.front.digest().map_err(front("hash what it has"))?;
        let entries = self
            .front
            .desk_entries(self.ledger)
            .map_err(front("list the bookings"))?;
        let held = entries
            .into_iter()
            .filter(|entry| !entry.status.holding.is_empty());
        Ok(Picture {
            digest,
            held: held
                .map(|entry| (entry.key, entry.status.holding))
                .collect(),
        })
    }

    /// How many requests for a booking stand in the kiosk's documents.
    pub(super) fn kept(&mut self, key: &SlotKey, at: CivilMinute) -> Result<usize, Trouble> {
        let name = self.at_front.the();
        let now = self.now(at);
        let whole = self
            .front
            .export_file(now)
            .map_err(trouble(name, "write a file"))?;
        let incoming = file::import(&whole, Some(self.id)).unwrap_or_default();
        let statements = incoming.iter().filter_map(|one| match one {
            Incoming::Envelope(bytes) => SignedEnvelope::decode(bytes).ok()?.verify().ok(),
            _ => None,
        });
        let requests = statements.flat_map(|envelope| {
            let changes = envelope.envelope().changes().iter();
            changes
                .flat_map(|change| change.statements())
                .filter_map(|bytes| Signed::decode(bytes).ok()?.verify().ok())
                .collect::<Vec<_>>()
        });
        let about = |body: &Body| matches!(body, Body::Request(r) if r.ticket == key.ticket && r.slot == key.slot);
        Ok(requests.filter(|statement| about(statement.body())).count())
    }
}
