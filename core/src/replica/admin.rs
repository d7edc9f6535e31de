//! What the holder of the admin key asks for: certify devices, publish, drop what is over; and founding an office.

use super::{Command, Outcome, Replica};
use crate::command;
use crate::error::Error;
use crate::id::PublicKey;
use crate::model::Catalogue;
use crate::resolve::Authority;
use crate::statement::{Body, Certify, Document, DropBefore, Family, Keypair, Publish, Role};
use crate::time::Timestamp;
use std::sync::Arc;

impl Replica {
    pub(super) fn admin_command(
        &mut self,
        now: Timestamp,
        command: Command,
    ) -> Result<Outcome, Error> {
        match command {
            Command::Certify { device, role } => self.certify(now, device, role),
            Command::Publish(catalogue) => self.publish(now, &catalogue),
            Command::DropBefore(before) => {
                self.require_admin()?;
                let family = Family::Ledger;
                self.decide_that(now, Document::Authority, DropBefore { family, before })?;
                self.drop_old_documents();
                Ok(Outcome::Done)
            }
            _ => Err(Error::NotASteward),
        }
    }

    /// The authority, when this device holds the admin key.
    fn require_admin(&self) -> Result<Arc<Authority>, Error> {
        let authority = self.shelf.require_authority()?;
        if authority.admin() == self.key.public() {
            Ok(authority.clone())
        } else {
            Err(Error::NotTheAdmin)
        }
    }

    /// Makes a device a steward. It is one as soon as it hears of it.
    fn certify(&mut self, now: Timestamp, device: PublicKey, role: Role) -> Result<Outcome, Error> {
        let authority = self.require_admin()?;
        // A role that this engine does not know would give no powers, and the first certificate is the one that counts.
        if !role.issues_tickets() {
            return Err(Error::UnknownRole { role });
        }
        if let Some(known) = authority.device(&device) {
            let (role, revoked) = (known.role, known.revoked.is_some());
            return Err(Error::AlreadyCertified {
                device,
                role,
                revoked,
            });
        }
        self.decide_that(now, Document::Authority, Certify { device, role })?;
        Ok(Outcome::Done)
    }

    /// Publishes a catalogue, and makes this device the first custodian of its new units.
    fn publish(&mut self, now: Timestamp, catalogue: &Catalogue) -> Result<Outcome, Error> {
        let authority = self.require_admin()?;
        if catalogue.profile().zone != authority.genesis().zone {
            return Err(Error::ZoneChanged {
                published: catalogue.profile().zone.clone(),
                founded: authority.genesis().zone.clone(),
            });
        }
        let me = self.key.public();
        let assigned = |unit| authority.first_custodians().contains_key(&unit);
        for body in command::assignments(catalogue, me, |unit| !assigned(unit)) {
            self.decide_that(now, Document::Authority, body)?;
        }
        let newest = authority
            .catalogues()
            .last_key_value()
            .map_or(0, |(version, _)| *version);
        let publish = Publish {
            version: newest.saturating_add(1),
            hash: catalogue.hash(),
        };
        self.decide_that(now, Document::Authority, Body::from(publish))?;
        if self.shelf.add_blob(&catalogue.to_bytes()) {
            self.keep_blob(&catalogue.to_bytes());
        }
        Ok(Outcome::Done)
    }

    /// Founds an office with this device as its admin.
    pub fn found(
        now: Timestamp,
        key: Keypair,
        founding: &command::Founding,
    ) -> Result<(Self, super::Effects), Error> {
        let chain = command::admin_chain(&key, founding)?;
        let root = chain
            .first()
            .map(|root| root.id())
            .ok_or(Error::NotTheAdmin)?;
        let mut replica = Self::new(key, root.into());
        for statement in chain {
            replica.record(Document::Authority, statement);
        }
        if replica.shelf.add_blob(&founding.catalogue.to_bytes()) {
            replica.keep_blob(&founding.catalogue.to_bytes());
        }
        replica.clock.confirm(now);
        replica.write_down(now)?;
        let effects = std::mem::take(&mut replica.effects);
        Ok((replica, effects))
    }
}
