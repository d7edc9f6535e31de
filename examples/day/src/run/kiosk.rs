//! What the office's devices have had to say about each booking, looked at after everything that reaches them.

use super::check::double_bookings;
use super::error::Trouble;
use super::world::{World, trouble};
use crate::desks::Desk;
use allkontor_core::resolve::SlotKey;
use allkontor_core::statement::Hold;
use allkontor_core::time::{CivilMinute, DayStart};
use allkontor_core::view::{Stage, Status};
use std::collections::BTreeMap;

/// By booking.
#[derive(Default)]
pub(super) struct Ledger(pub(super) BTreeMap<SlotKey, Seen>);

/// One booking, as one of the office's devices has shown it.
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
    /// When the device first said so.
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
    /// Looks at every booking that one of the office's devices has, and counts the double ones.
    pub(super) fn look_at_desk(&mut self, desk: Desk, at: CivilMinute) -> Result<(), Trouble> {
        let ledger = self.ledger;
        let device = self.every_desk().find(|(other, _)| *other == desk);
        let Some((_, device)) = device else {
            return Ok(());
        };
        let entries = device
            .desk_entries(ledger)
            .map_err(trouble(desk.the(), "list the bookings"))?;
        let shown = double_bookings(
            ledger,
            DayStart::default(),
            entries
                .iter()
                .map(|entry| (entry.key, entry.status.holding.as_slice())),
        );
        self.double_bookings = self.double_bookings.max(shown);
        let ledger = self.seen.entry(desk).or_default();
        for entry in entries {
            let status = entry.status;
            let seen = ledger.0.entry(entry.key).or_insert_with(|| Seen {
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

    /// Looks at all of them.
    pub(super) fn look_at_desks(&mut self, at: CivilMinute) -> Result<(), Trouble> {
        for desk in self.desks() {
            self.look_at_desk(desk, at)?;
        }
        Ok(())
    }

    /// What the kiosk has had to say in the end, with the times at which any of the devices first said it.
    pub(super) fn said_in_the_end(&mut self) -> Ledger {
        let mut ledger = self.seen.remove(&self.at_front).unwrap_or_default();
        for (key, seen) in &mut ledger.0 {
            for stay in &mut seen.held {
                let elsewhere = self.seen.values().filter_map(|other| other.0.get(key));
                let same = elsewhere
                    .flat_map(|other| &other.held)
                    .filter(|other| other.holds == stay.holds);
                stay.since = same.map(|other| other.since).fold(stay.since, Ord::min);
            }
        }
        ledger
    }
}
