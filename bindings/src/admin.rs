//! What the office's devices are, and who says so: the admin key, the recovery key, keys that change.

use crate::ids::{each, seed};
use crate::status::Role;
use crate::{AllkontorError, Device};
use allkontor_core::id::{PublicKey, StatementId, UnitId};
use allkontor_core::replica;
use allkontor_core::statement::Body;
use allkontor_core::time::{OfficeDay, Timestamp};

/// One of the branches that contend while the office's own chain is forked: what the holder of the recovery key chooses
/// from.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct AdminBranch {
    /// Its last statement: what `recover_office` is told to keep so that all of it stands.
    pub keeps: StatementId,
    /// What it says, from the fork on.
    pub said: Vec<Decree>,
}

/// What an admin has decreed.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Decree {
    /// A device became one of the office's.
    DeviceCertified {
        /// The device.
        device: PublicKey,
        /// As what.
        role: Role,
    },
    /// A device's certificate was taken back.
    DeviceReplaced {
        /// The device.
        device: PublicKey,
        /// Who took over, if somebody was named.
        successor: Option<PublicKey>,
    },
    /// Somebody took over from a device that had been replaced before.
    SuccessorNamed {
        /// The replaced device.
        device: PublicKey,
        /// Who took over.
        successor: PublicKey,
    },
    /// Units got the device that decides about them first.
    UnitsAssigned {
        /// The units.
        units: Vec<UnitId>,
        /// The device.
        device: PublicKey,
    },
    /// The admin key's powers went to another device.
    AdminHandedOver {
        /// The device.
        admin: PublicKey,
    },
    /// The recovery key made a device the admin.
    OfficeRecovered {
        /// The device.
        admin: PublicKey,
    },
    /// A catalogue was published.
    CataloguePublished {
        /// Its version.
        version: u32,
    },
    /// What ended before a day was dropped.
    MonthsDropped {
        /// The day.
        before: OfficeDay,
    },
    /// Later rules were put in force.
    RulesActivated {
        /// Their version.
        version: u16,
        /// The first day they govern.
        first: OfficeDay,
    },
    /// Something of a later version.
    Later {
        /// The number of its kind.
        number: u16,
    },
}

#[uniffi::export]
impl Device {
    /// The payload of the code that this device shows to become one of the office's devices. It has joined as a
    /// visitor, or has got a new key.
    pub fn enrolment(&self) -> Result<Vec<u8>, AllkontorError> {
        self.with(|engine| Ok(engine.enrolment()?.to_bytes()))
    }

    /// The key on a scanned enrolment card of this office, to be certified.
    pub fn scan_enrolment(&self, payload: Vec<u8>) -> Result<PublicKey, AllkontorError> {
        self.with(|engine| Ok(engine.scan_enrolment(&payload)?))
    }

    /// Certifies a device that joined as a visitor and showed its key. It is a steward when it next syncs. Only with
    /// the admin key.
    pub fn certify(
        &self,
        now: Timestamp,
        device: PublicKey,
        role: Role,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.certify(now, device, role.into())?))
    }

    /// Puts the next version of the rules in force from a coming day on. Devices that do not know it decide nothing about
    /// that day and later ones until they are updated. Only with the admin key.
    pub fn activate_rules(
        &self,
        now: Timestamp,
        version: u16,
        first: OfficeDay,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.activate(now, version, first)?))
    }

    /// Gives the admin key's powers to another device of the office. Only with the admin key.
    pub fn hand_over(&self, now: Timestamp, admin: PublicKey) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.hand_over(now, admin)?))
    }

    /// Gives a device that cannot go on under its key another one, and answers with it: for one that is `Recovering`, and
    /// for one that was replaced and has turned up again. `device_seed`: 32 random bytes.
    ///
    /// Let it meet others first. Then show the key (`enrolment`): whoever holds the admin key certifies it, and replaces
    /// the old one with it. A device that holds the admin key itself is back at once.
    pub fn renew(&self, now: Timestamp, device_seed: Vec<u8>) -> Result<PublicKey, AllkontorError> {
        let seed = seed("device_seed", &device_seed)?;
        self.with(|engine| Ok(engine.renew(now, seed)?))
    }

    /// Makes this device the office's admin by the recovery key that was printed when the office was founded: when the
    /// admin's device is gone, or when the office's chain is forked. `keeps`: which of `admin_branches` stands; it must be
    /// said when the chain is forked. A device that the office had not certified is certified as `role`.
    pub fn recover_office(
        &self,
        now: Timestamp,
        recovery_seed: Vec<u8>,
        keeps: Option<StatementId>,
        role: Role,
    ) -> Result<(), AllkontorError> {
        let seed = seed("recovery_seed", &recovery_seed)?;
        self.with(|engine| Ok(engine.recover_office(now, seed, keeps, role.into())?))
    }

    /// The branches that contend while the office's own chain is forked; none while it is not.
    pub fn admin_branches(&self) -> Result<Vec<AdminBranch>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.admin_branches()?))?;
        Ok(each(found))
    }
}

impl From<replica::AdminBranch> for AdminBranch {
    fn from(branch: replica::AdminBranch) -> Self {
        Self {
            keeps: branch.keeps,
            said: each(branch.said),
        }
    }
}

impl From<Body> for Decree {
    fn from(body: Body) -> Self {
        match body {
            Body::Certify(said) => Self::DeviceCertified {
                device: said.device,
                role: said.role.into(),
            },
            Body::Revoke(said) => Self::DeviceReplaced {
                device: said.device,
                successor: said.successor,
            },
            Body::Succeed(said) => Self::SuccessorNamed {
                device: said.device,
                successor: said.successor,
            },
            Body::Assign(said) => Self::UnitsAssigned {
                units: said.units,
                device: said.device,
            },
            Body::HandOver(said) => Self::AdminHandedOver { admin: said.admin },
            Body::Replace(said) => Self::OfficeRecovered { admin: said.admin },
            Body::Publish(said) => Self::CataloguePublished {
                version: said.version,
            },
            Body::DropBefore(said) => Self::MonthsDropped {
                before: said.before,
            },
            Body::Activate(said) => Self::RulesActivated {
                version: said.rules,
                first: said.from,
            },
            other => Self::Later {
                number: other.number(),
            },
        }
    }
}
