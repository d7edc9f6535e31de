//! What the kiosk has had to say about each booking, looked at after everything that reaches it.

use super::error::Trouble;
use super::world::{World, trouble};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::Hold;
use allkontor_core::view::{Stage, Status};
use std::collections::BTreeMap;

/// By booking.
#[derive(Default)]
pub(super) struct Ledger(pub(super) BTreeMap<SlotKey, Seen>);

/// One booking, as the kiosk has shown it.
pub(super) struct Seen {
    /// Every place that was held, in order.
    pub(super) held: Vec<Vec<Hold>>,
    /// Whether it waited at some moment.
    pub(super) waited: bool,
    /// Whether its holder was checked in at some moment.
    pub(super) came: bool,
    /// How it stands.
    pub(super) status: Status,
}

impl World {
    /// Looks at every booking that the kiosk has.
    pub(super) fn look_at_kiosk(&mut self) -> Result<(), Trouble> {
        let entries = self
            .kiosk
            .desk_entries(self.ledger)
            .map_err(trouble("the kiosk", "list the bookings"))?;
        for entry in entries {
            let status = entry.status;
            let seen = self.seen.0.entry(entry.key).or_insert_with(|| Seen {
                held: Vec::new(),
                waited: false,
                came: false,
                status: status.clone(),
            });
            seen.waited |= matches!(status.stage, Stage::Waiting { .. });
            seen.came |= matches!(status.stage, Stage::CheckedIn { .. });
            if !status.holding.is_empty() && seen.held.last() != Some(&status.holding) {
                seen.held.push(status.holding.clone());
            }
            seen.status = status;
        }
        Ok(())
    }
}
