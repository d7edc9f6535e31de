//! What somebody at the office has to see to.

use crate::{AllkontorError, Device, page};
use allkontor_core::id::{Digest, PublicKey, StatementId};
use allkontor_core::replica;

/// Something wrong that somebody at the office has to know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum Alarm {
    /// A certified device sent something that no honest device sends. It was not taken in, and this stays until it is
    /// dismissed.
    SomethingRefused {
        /// Who vouched for it; none when that could not be read.
        signer: Option<PublicKey>,
        /// SHA-256 of what was sent, in hexadecimal.
        what: String,
        /// Why it was refused.
        why: String,
    },
    /// Two statements of one device stand at one place: it was cloned, or restored from a backup. `replace_device`.
    Fork {
        /// The device.
        device: PublicKey,
        /// The document.
        document: String,
        /// The one.
        first: StatementId,
        /// The other.
        second: StatementId,
    },
    /// Somebody else signs with this device's key: it decides nothing until it has another. `renew`.
    Cloned {
        /// This device.
        device: PublicKey,
    },
    /// A promise of a replaced device came up that the office had not heard of, and nobody has vouched for it.
    /// `honour`.
    Orphan {
        /// The device.
        device: PublicKey,
        /// The document.
        document: String,
        /// The promise.
        confirm: StatementId,
    },
    /// The office's own chain forked: nothing after this statement applies until the recovery key decides.
    /// `recover_office`.
    AdminFork {
        /// The last statement that stands.
        after: StatementId,
    },
    /// There is a statement that this version of the app is too old to follow.
    Outdated {
        /// The first such statement.
        since: StatementId,
    },
}

#[uniffi::export]
impl Device {
    /// What somebody at the office has to see to. `after`: the last alarm of the page before. What tells how things stand
    /// passes when it is mended; what happened (`SomethingRefused`) stays until it is dismissed.
    pub fn alarms(&self, after: Option<Alarm>, limit: u32) -> Result<Vec<Alarm>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.alarms().clone()))?;
        let mut alarms: Vec<Alarm> = crate::ids::each(found);
        alarms.sort_unstable();
        alarms.retain(|alarm| after.as_ref().is_none_or(|after| alarm > after));
        alarms.truncate(page(limit));
        Ok(alarms)
    }

    /// Somebody has seen to what happened. Whether that alarm is gone: one that tells how things stand is not.
    pub fn dismiss(&self, alarm: Alarm) -> Result<bool, AllkontorError> {
        let Alarm::SomethingRefused { signer, what, why } = alarm else {
            return Ok(false);
        };
        let what = Digest::from_hex(&what).ok_or_else(|| {
            let got = what.chars().count();
            let detail = format!("what has {got} characters: expected 64 hexadecimal digits");
            AllkontorError::argument("not_hexadecimal", detail)
        })?;
        self.with(|engine| Ok(engine.dismiss(&replica::Alarm::Refused { signer, what, why })?))
    }
}

impl From<replica::Alarm> for Alarm {
    fn from(alarm: replica::Alarm) -> Self {
        match alarm {
            replica::Alarm::Refused { signer, what, why } => Self::SomethingRefused {
                signer,
                what: what.to_string(),
                why,
            },
            replica::Alarm::Cloned { device } => Self::Cloned { device },
            replica::Alarm::Orphan {
                device,
                document,
                confirm,
            } => Self::Orphan {
                device,
                document: document.to_string(),
                confirm,
            },
            replica::Alarm::Fork {
                device,
                document,
                first,
                second,
            } => Self::Fork {
                device,
                document: document.to_string(),
                first,
                second,
            },
            replica::Alarm::AdminFork { after } => Self::AdminFork { after },
            replica::Alarm::Outdated { since } => Self::Outdated { since },
        }
    }
}
