//! What the kiosk has had to say about each booking, looked at after everything that reaches it.

use super::error::Trouble;
use super::world::{World, trouble};
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::Hold;
use allkontor_core::time::CivilMinute;
use allkontor_core::view::{Stage, Status};
use std::collections::BTreeMap;

/// By booking.
#[derive(Default)]
pub(super) struct Ledger(pub(super) BTreeMap<SlotKey, Seen>);

/// One booking, as the kiosk has shown it.
pub(super) struct Seen {
    /// Every place that was held, in order.
    pub(super) held: Vec<Stay>,
    /// Whether it waited at some moment.
    pub(super) waited: bool,
    /// Whether its holder was checked in at some moment.
    pub(super) came: bool,
    /// How it stands.
    pub(super) status: Status,
}

/// A place that was held for somebody.
pub(super) struct Stay {
    pub(super) holds: Vec<Hold>,
    /// When the kiosk first said so.
    pub(super) since: CivilMinute,
    /// When it was given back, or given up for another.
    pub(super) until: Option<CivilMinute>,
}

impl Seen {
    /// Notes what is held now.
    fn note(&mut self, at: CivilMinute, holds: &[Hold]) {
        match self.held.last_mut().filter(|last| last.until.is_none()) {
            Some(last) if last.holds == holds => return,
            Some(last) => last.until = Some(at),
            None => {}
        }
        if !holds.is_empty() {
            self.held.push(Stay {
                holds: holds.to_vec(),
                since: at,
                until: None,
            });
        }
    }
}

impl World {
    /// Looks at every booking that the kiosk has.
    pub(super) fn look_at_kiosk(&mut self, at: CivilMinute) -> Result<(), Trouble> {
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
            seen.note(at, &status.holding);
            seen.status = status;
        }
        Ok(())
    }
}
