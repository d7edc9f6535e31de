//! Opening: a new office, a new device of an office, or what a store and a vault have.

use super::cold::Cold;
use super::{Device, DeviceError, alarms, cold, mark, renewal};
use crate::command::Founding;
use crate::id::OfficeId;
use crate::replica::{Alarm, Replica, Stored};
use crate::statement::{Document, Keypair};
use crate::store::{Operation, Store};
use crate::time::Timestamp;
use crate::vault::{Vault, VaultState};
use std::collections::{BTreeMap, BTreeSet};

impl Device {
    /// Founds an office: this device is its admin, and custodian and decider of everything.
    ///
    /// `seed`: 32 random bytes, this device's key. The founder keeps `founding.recovery_seed` off line. A founding that
    /// was cut off before anything was stored is begun anew.
    pub fn found(
        store: Box<dyn Store>,
        vault: Box<dyn Vault>,
        now: Timestamp,
        seed: [u8; 32],
        founding: &Founding,
    ) -> Result<Self, DeviceError> {
        let begun = |state: &VaultState| state.chains.is_empty();
        let mut device = Self::unopened(store, vault, begun)?;
        let (replica, effects) = Replica::found(now, Keypair::from_seed(&seed), founding)?;
        device.state = VaultState::new(seed, replica.office());
        // The key is safe before anything is signed that only it can follow.
        device.vault.save(&device.state)?;
        device.replica = Some(replica);
        device.settle(effects)?;
        Ok(device)
    }

    /// Joins an office as a visitor. `seed`: 32 random bytes that all its keys are derived from; keys at different
    /// offices cannot be linked.
    pub fn join(
        store: Box<dyn Store>,
        vault: Box<dyn Vault>,
        seed: [u8; 32],
        office: OfficeId,
    ) -> Result<Self, DeviceError> {
        let mut device = Self::unopened(store, vault, |_| false)?;
        let seed = Keypair::from_seed(&seed)
            .derive(&format!("office/{office}"), 0)
            .to_seed();
        device.state = VaultState::new(seed, office);
        device.vault.save(&device.state)?;
        Ok(device)
    }

    /// Opens the device that a store and a vault have. Documents are read when they are first needed.
    pub fn open(store: Box<dyn Store>, vault: Box<dyn Vault>) -> Result<Self, DeviceError> {
        let state = vault.load()?.ok_or(DeviceError::Empty)?;
        let mut device = Self::with(store, vault, state);
        device.finish_renewal()?;
        device.put_aside_unfinished()?;
        device.load_peer_memory()?;
        // Whatever this device had is lost, or it has never met anybody: it cannot tell which documents it needs.
        device.relays_everything = device.store.documents()?.is_empty();
        device.cold = Cold::open(&*device.store, device.state.office)?;
        Ok(device)
    }

    /// Refuses what has a device, unless its vault may be written over and its store was never written.
    pub(super) fn unopened(
        store: Box<dyn Store>,
        vault: Box<dyn Vault>,
        may_go: impl Fn(&VaultState) -> bool,
    ) -> Result<Self, DeviceError> {
        if let Some(state) = vault.load()?
            && !(may_go(&state) && store.generation()? == 0)
        {
            return Err(DeviceError::Taken {
                office: state.office,
            });
        }
        let nobody = VaultState::new([0; 32], OfficeId([0; 32]));
        Ok(Self::with(store, vault, nobody))
    }

    fn with(store: Box<dyn Store>, vault: Box<dyn Vault>, state: VaultState) -> Self {
        Self {
            store,
            vault,
            state,
            replica: None,
            cold: None,
            sessions: BTreeMap::new(),
            next_connection: 0,
            last_peer: None,
            quarantined: BTreeSet::new(),
            alarms: BTreeSet::new(),
            relays_everything: false,
            is_new: false,
            news: 0,
            watch: super::changes::Watch::default(),
        }
    }

    /// Brings a new key into the vault that this device stopped on the way with.
    fn finish_renewal(&mut self) -> Result<(), DeviceError> {
        let Some(note) = self.store.meta(renewal::NOTE)? else {
            return Ok(());
        };
        if let Some(seed) = renewal::unfinished(&note, &self.state.seed) {
            let state = VaultState {
                seed,
                office: self.state.office,
                incarnation: 0,
                chains: BTreeMap::new(),
                lane: 0,
                copied: false,
            };
            self.vault.save(&state)?;
            self.state = state;
        }
        let done = Operation::RemoveMeta {
            key: renewal::NOTE.to_owned(),
        };
        self.store.commit(&[done].into_iter().collect())?;
        Ok(())
    }

    /// Envelopes that this device was applying when it stopped, twice, are put aside: they are why it stopped.
    fn put_aside_unfinished(&mut self) -> Result<(), DeviceError> {
        self.alarms = alarms::read(self.store.meta(alarms::NOTE)?.as_deref());
        if let Some(found) = self.store.applying()? {
            let suspects = mark::suspects(self.store.meta(mark::SUSPECTS)?.as_deref());
            let mut batch = mark::judge(&found, &suspects);
            let mut raised = self.alarms.iter().cloned().collect::<Vec<_>>();
            for operation in batch.operations() {
                if let Operation::Quarantine { signer, bytes } = operation {
                    let (signer, what) = (Some(*signer), mark::hash(bytes));
                    let why = "this device stopped twice while applying it".to_owned();
                    raised.push(Alarm::Refused { signer, what, why });
                }
            }
            batch.extend(self.raise(raised));
            self.store.commit(&batch)?;
        }
        let aside = self.store.quarantined()?.into_iter();
        self.quarantined = aside.map(|quarantined| quarantined.hash).collect();
        Ok(())
    }

    /// The replica, restored from the store if need be.
    pub(super) fn replica(&mut self) -> Result<&mut Replica, DeviceError> {
        if self.replica.is_none() {
            let stored = self.stored()?;
            let key = Keypair::from_seed(&self.state.seed);
            let mut replica = Replica::restore(key, self.state.office, &stored);
            for hash in replica.texts_lacking() {
                if let Some(bytes) = self.store.blob(&hash)? {
                    replica.put_text(hash, &bytes);
                }
            }
            self.alarms.retain(Alarm::is_incident);
            self.alarms.extend(replica.alarms());
            // A database ahead of the vault is one whose last save of the vault failed: bring the vault up before
            // anything leaves.
            let own = replica.own_chains();
            let ahead = own.iter().any(|(document, head)| {
                self.state
                    .chains
                    .get(document)
                    .is_none_or(|known| known.seq < head.seq)
            });
            if ahead && replica.standing().decides() {
                let mut state = self.state.clone();
                state.chains.extend(own);
                self.vault.save(&state)?;
                self.state = state;
            }
            self.cold = None;
            self.replica = Some(replica);
        }
        self.replica.as_mut().ok_or(DeviceError::Empty)
    }

    fn stored(&self) -> Result<Stored, DeviceError> {
        let mut stored = Stored {
            heads: self.state.chains.clone(),
            incarnation: self.state.incarnation,
            lane: self.state.lane,
            copied: self.state.copied,
            ..Stored::default()
        };
        stored.envelopes.entry(Document::Authority).or_default();
        for document in self.store.documents()? {
            let envelopes = self.store.envelopes(document)?;
            stored.envelopes.insert(
                document,
                envelopes
                    .into_iter()
                    .map(|envelope| envelope.bytes)
                    .collect(),
            );
        }
        stored.loose = self
            .store
            .loose()?
            .into_iter()
            .map(|loose| loose.bytes)
            .collect();
        stored.blobs = cold::catalogues(&*self.store, self.state.office)?;
        let holders = self.store.meta(crate::replica::HOLDERS)?;
        for name in Replica::note_names(holders.as_deref()) {
            if let Some(note) = self.store.meta(&name)? {
                stored.notes.insert(name, note);
            }
        }
        Ok(stored)
    }

    /// Saves what a quick first answer needs, packs old envelopes, and closes.
    pub fn close(mut self) -> Result<(), DeviceError> {
        self.maintain()
    }

    /// Saves what a quick first answer needs, and packs old envelopes. Good to call when the app goes to sleep.
    pub fn maintain(&mut self) -> Result<(), DeviceError> {
        for document in self.store.documents()? {
            self.store.compact(document)?;
        }
        let Some(replica) = &self.replica else {
            return Ok(());
        };
        let batch = Cold::save(&*self.store, replica)?;
        self.store.commit(&batch)?;
        Ok(())
    }
}
