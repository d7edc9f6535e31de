//! A device: a [`Replica`] with its store and its vault, for apps.
//!
//! ```text
//! app ─► Device ─► Replica::handle ─► Effects ─► store ─► vault ─► answer
//! ```
//!
//! The order is the promise: what a command answers, and what leaves for other devices, is durable. When the store
//! fails, the answer is an error, nothing was promised, and the device goes on from what the store has.
//!
//! **Architecture invariant:** nothing leaves this device that its store and its vault do not have.

mod accounts;
mod alarms;
mod archive;
mod backup;
mod changes;
mod codes;
mod cold;
mod commands;
mod commons;
mod elsewhere;
mod erase;
mod error;
mod events;
mod keys;
mod loans;
mod look;
mod mark;
mod meet;
mod money;
mod open;
mod people;
mod renewal;
mod rentals;
mod roster;
mod series;
mod slips;

pub use archive::Archive;
pub use changes::Changes;
pub use error::DeviceError;
pub use meet::Connection;

use crate::id::Digest;
use crate::limits::MAX_QUARANTINED;
use crate::replica::{Alarm, Effects, Event, Outcome, Replica, Standing};
use crate::store::{Operation, Store};
use crate::sync::{Incoming, Session};
use crate::time::Timestamp;
use crate::vault::{Vault, VaultState};
use changes::Watch;
use cold::Cold;
use mark::Mark;
use std::collections::{BTreeMap, BTreeSet};

/// One office on one device.
pub struct Device {
    store: Box<dyn Store>,
    vault: Box<dyn Vault>,
    state: VaultState,
    /// Restored from the store when it is first needed, and after every fault.
    replica: Option<Replica>,
    /// What was saved for a quick first answer; gone once the replica is there.
    cold: Option<Cold>,
    sessions: BTreeMap<Connection, Session>,
    next_connection: u64,
    last_peer: Option<Vec<u8>>,
    quarantined: BTreeSet<Digest>,
    alarms: BTreeSet<Alarm>,
    relays_everything: bool,
    /// Whether it has learnt of the office in a conversation that still goes on, and has not asked for tickets.
    is_new: bool,
    news: u64,
    watch: Watch,
}

impl Device {
    /// Handles one event and makes its effects durable.
    fn run(&mut self, now: Timestamp, event: Event) -> Result<Outcome, DeviceError> {
        match self.replica()?.handle(now, event) {
            Ok(effects) => self.settle(effects),
            Err(error) => {
                if error.spoils_replica() {
                    self.forget_replica();
                }
                Err(error.into())
            }
        }
    }

    /// Store, then vault, then the answer.
    fn settle(&mut self, mut effects: Effects) -> Result<Outcome, DeviceError> {
        self.watch.stir(std::mem::take(&mut effects.touched));
        effects
            .batch
            .extend(self.raise(std::mem::take(&mut effects.alarms)));
        let mut aside = Vec::new();
        for (signer, bytes) in effects.set_aside {
            let hash = mark::hash(&bytes);
            if self.quarantined.len().saturating_add(aside.len()) < MAX_QUARANTINED
                && !self.quarantined.contains(&hash)
            {
                effects.batch.push(Operation::Quarantine { signer, bytes });
                aside.push(hash);
            }
        }
        if effects.spoiled {
            self.forget_replica();
            return Err(DeviceError::Spoiled);
        }
        let dropped = erase::dropped(&effects.batch);
        self.erase(&dropped, &mut effects.batch)
            .inspect_err(|_| self.replica = None)?;
        if !effects.batch.is_empty() {
            self.store
                .commit(&effects.batch)
                .inspect_err(|_| self.replica = None)
                .inspect_err(|_| self.watch.start_over())?;
        }
        self.quarantined.extend(aside);
        let mut state = self.state.clone();
        state.chains.extend(effects.heads);
        state
            .chains
            .retain(|document, _| !dropped.contains(document));
        if let Some(replica) = &self.replica {
            state.lane = replica.lane();
        }
        if state != self.state {
            self.vault
                .save(&state)
                .inspect_err(|_| self.replica = None)
                .inspect_err(|_| self.watch.start_over())?;
            self.state = state;
        }
        if effects.changed {
            self.news = self.news.saturating_add(1);
        }
        Ok(effects.outcome)
    }

    fn forget_replica(&mut self) {
        self.replica = None;
        self.sessions.clear();
        self.watch.start_over();
    }

    /// Takes in what came, by whatever channel.
    ///
    /// What other devices wrote into documents is marked in the store before it is applied: if this device stops in
    /// the middle, the mark is found at the next open. Once may be a power cut; what was marked twice is put aside.
    fn take_in(&mut self, now: Timestamp, mut incoming: Vec<Incoming>) -> Result<(), DeviceError> {
        let quarantined = &self.quarantined;
        incoming.retain(|one| match one {
            Incoming::Envelope(bytes) => !quarantined.contains(&mark::hash(bytes)),
            _ => true,
        });
        if incoming.is_empty() {
            return Ok(());
        }
        let mark = Mark::of(&incoming);
        if let Some(mark) = &mark {
            self.store.commit(&mark.set())?;
        }
        let handled = self.replica()?.handle(now, Event::TakeIn(incoming));
        let mut effects = match handled {
            Ok(effects) => effects,
            Err(error) => {
                self.forget_replica();
                return Err(error.into());
            }
        };
        if mark.is_some() {
            effects.batch.push(Operation::ClearApplying);
        }
        self.settle(effects).map(drop)
    }

    /// Its office.
    pub fn office(&self) -> crate::id::OfficeId {
        self.state.office
    }

    /// What this device is to its office.
    pub fn standing(&mut self) -> Result<Standing, DeviceError> {
        Ok(self.replica()?.standing())
    }

    /// The key that others know this device by. A visitor's is different at every office.
    pub fn public_key(&mut self) -> Result<crate::id::PublicKey, DeviceError> {
        Ok(self.replica()?.public_key())
    }

    /// Everything this device knows, for those who want to look closer than its own questions go.
    pub fn picture(&mut self) -> Result<&Replica, DeviceError> {
        Ok(self.replica()?)
    }

    /// A number that rises with everything that other devices may want to hear of.
    pub fn news(&self) -> u64 {
        self.news
    }

    fn cold(&self) -> Option<&Cold> {
        self.cold.as_ref()
    }

    /// Follows every document of the office, so that others can fetch from here what their own phones left out.
    pub fn relay_everything(&mut self) {
        self.relays_everything = true;
    }
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Device")
            .field("replica", &self.replica)
            .finish_non_exhaustive()
    }
}
