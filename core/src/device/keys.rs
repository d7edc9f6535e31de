//! When a device is lost, restored, cloned or found again, and when the admin key changes hands.

use super::{Device, DeviceError, renewal};
use crate::id::{PublicKey, StatementId};
use crate::replica::{AdminBranch, Command, Honoured, Outcome, Replacement};
use crate::statement::{Keypair, Role};
use crate::store::Operation;
use crate::sync::Incoming;
use crate::sync::qr::Certificate;
use crate::time::Timestamp;
use crate::vault::VaultState;

impl Device {
    /// What is known here of a device, and so what replacing it now would mean. Changes nothing: the first of two steps.
    pub fn replacement(
        &mut self,
        now: Timestamp,
        device: PublicKey,
    ) -> Result<Replacement, DeviceError> {
        Ok(self.replica()?.replacement(now, device)?)
    }

    /// Replaces a device: takes its certificate back at what is known of it, and names who takes over. Only with the
    /// admin key. Answers with the statement that says so.
    ///
    /// What it confirmed without anybody hearing of it does not stand; whoever was promised it comes first in line when
    /// that comes up. For a device that was replaced before, names the successor that is still missing.
    pub fn replace_device(
        &mut self,
        now: Timestamp,
        device: PublicKey,
        successor: Option<PublicKey>,
    ) -> Result<StatementId, DeviceError> {
        match self.command(now, Command::ReplaceDevice { device, successor })? {
            Outcome::Replaced(statement) => Ok(statement),
            _ => Err(DeviceError::Empty),
        }
    }

    /// Vouches for a confirmation of a replaced device that came up here: see [`Alarm`](crate::replica::Alarm).
    pub fn honour(
        &mut self,
        now: Timestamp,
        confirm: StatementId,
    ) -> Result<Honoured, DeviceError> {
        match self.command(now, Command::Honour(confirm))? {
            Outcome::Honoured(honoured) => Ok(honoured),
            _ => Err(DeviceError::Empty),
        }
    }

    /// Takes in the certificate that somebody shows at the desk, and vouches for what it promises if it does not stand.
    pub fn honour_certificate(
        &mut self,
        now: Timestamp,
        certificate: &[u8],
    ) -> Result<Honoured, DeviceError> {
        let (promise, said) = Certificate::open(certificate, self.office())?;
        let statements = said
            .iter()
            .map(|statement| Incoming::Statement(statement.bytes().into()));
        self.take_in(now, statements.collect())?;
        self.honour(now, promise.confirm)
    }

    /// Gives a device that cannot go on under its key another one, and answers with it: for a steward that is
    /// [`Recovering`](crate::replica::Standing), and for one that was replaced and has turned up again. `seed`: 32
    /// random bytes.
    ///
    /// Let it meet others first, so that it knows as much as can be known of what it has signed. Then show the key
    /// ([`Device::enrolment`]): whoever holds the admin key certifies it, and replaces the old one with it. A device
    /// that holds the admin key itself is back at once.
    pub fn renew(&mut self, now: Timestamp, seed: [u8; 32]) -> Result<PublicKey, DeviceError> {
        let key = Keypair::from_seed(&seed).derive(&format!("office/{}", self.state.office), 0);
        let (public, seed) = (key.public(), key.to_seed());
        let renewed = self.replica()?.renew(now, key);
        // Its key is the new one from here on, whatever the store says: it opens again from there.
        let mut effects = renewed.inspect_err(|_| self.forget_replica())?;
        effects
            .batch
            .push(renewal::note(&self.state.seed, &seed, public));
        let heads = std::mem::take(&mut effects.heads);
        let committed = self.settle(effects);
        self.sessions.clear();
        committed.inspect_err(|_| self.forget_replica())?;
        let state = VaultState {
            seed,
            office: self.state.office,
            incarnation: 0,
            chains: heads,
            lane: 0,
            copied: false,
        };
        self.vault
            .save(&state)
            .inspect_err(|_| self.forget_replica())?;
        self.state = state;
        let done = Operation::RemoveMeta {
            key: renewal::NOTE.to_owned(),
        };
        self.store.commit(&[done].into_iter().collect())?;
        Ok(public)
    }

    /// Gives the admin key's powers to another device of the office. Only with the admin key.
    pub fn hand_over(&mut self, now: Timestamp, admin: PublicKey) -> Result<(), DeviceError> {
        self.command(now, Command::HandOver(admin)).map(drop)
    }

    /// Makes this device the office's admin by the recovery key, whose seed was printed when the office was founded:
    /// when the admin's device is gone, or when the admin chain is forked. `keeps` is the last statement of the admin
    /// chain that stands; it must be said when the chain is forked ([`Device::admin_branches`]). A device that the
    /// office had not certified is certified with `role`.
    pub fn recover_office(
        &mut self,
        now: Timestamp,
        recovery_seed: [u8; 32],
        keeps: Option<StatementId>,
        role: Role,
    ) -> Result<(), DeviceError> {
        self.require_single()?;
        let recovery = Keypair::from_seed(&recovery_seed);
        let command = Command::RecoverOffice {
            recovery,
            keeps,
            role,
        };
        self.command(now, command).map(drop)
    }

    /// The branches that contend while the admin chain is forked.
    pub fn admin_branches(&mut self) -> Result<Vec<AdminBranch>, DeviceError> {
        Ok(self.replica()?.admin_branches())
    }
}
