//! What the holder of the admin key asks for: certify devices, publish, drop what is over; and founding an office.

use super::{Command, Outcome, Replica};
use crate::command::{self, MoneyError};
use crate::custody::Plan;
use crate::error::Error;
use crate::id::PublicKey;
use crate::model::Catalogue;
use crate::resolve::Authority;
use crate::statement::{
    Activate, Body, Certify, Document, DropBefore, Family, Keypair, Publish, Role,
};
use crate::time::{OfficeDay, Timestamp};
use std::sync::Arc;

impl Replica {
    pub(super) fn admin_command(
        &mut self,
        now: Timestamp,
        command: Command,
    ) -> Result<Outcome, Error> {
        match command {
            Command::Certify { device, role } => self.certify(now, device, role),
            Command::ReplaceDevice { device, successor } => {
                self.replace_device(now, device, successor)
            }
            Command::HandOver(admin) => self.hand_over(now, admin),
            Command::Publish(catalogue) => self.publish(now, &catalogue),
            Command::Activate { rules, from } => self.activate(now, rules, from),
            Command::DropYearsBefore(before) => {
                self.require_admin()?;
                self.require_nothing_rented_before(now, before)?;
                self.say_retractions_again(now, before)?;
                let family = Family::Storage;
                self.decide_that(now, Document::Authority, DropBefore { family, before })?;
                self.drop_old_documents();
                Ok(Outcome::Done)
            }
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
    pub(super) fn require_admin(&self) -> Result<Arc<Authority>, Error> {
        self.require_current()?;
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
        // It was there to be certified, so it gets its share at once.
        self.shelf.hear_of(device, self.civil(now)?);
        Ok(Outcome::Done)
    }

    /// Puts the next version of the rules in force from a coming day on. Devices that do not know it, this one
    /// included, decide nothing about that day and later ones until they are updated.
    fn activate(&mut self, now: Timestamp, rules: u16, from: OfficeDay) -> Result<Outcome, Error> {
        let authority = self.require_admin()?;
        let next = authority.newest_rules().saturating_add(1);
        if rules != next {
            let asked = rules;
            return Err(Error::NotNextRules { asked, next });
        }
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        if from <= today {
            return Err(Error::NotAhead { from, today });
        }
        self.decide_that(now, Document::Authority, Activate { rules, from })?;
        Ok(Outcome::Done)
    }

    /// Publishes a catalogue, and says who is the first custodian of its new units: the hub, or the front line each of
    /// its share.
    fn publish(&mut self, now: Timestamp, catalogue: &Catalogue) -> Result<Outcome, Error> {
        let authority = self.require_admin()?;
        if catalogue.profile().zone != authority.genesis().zone {
            return Err(Error::ZoneChanged {
                published: catalogue.profile().zone.clone(),
                founded: authority.genesis().zone.clone(),
            });
        }
        let me = self.key.public();
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        self.require_lasting_prices(catalogue, today)?;
        self.require_lasting_guidelines(catalogue)?;
        self.require_agreed(catalogue)?;
        let plan = Plan::new(catalogue, &self.stewards(now)?, today);
        let custodian = |unit, family| {
            let is_new = !authority.first_custodians().contains_key(&unit);
            is_new.then(|| plan.first_custodian(unit, family).unwrap_or(me))
        };
        for body in command::assignments(catalogue, custodian) {
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

    /// Fails when a catalogue would leave what was charged unexplained.
    fn require_lasting_prices(&self, next: &Catalogue, today: OfficeDay) -> Result<(), MoneyError> {
        let Some(tariff) = self.catalogue().and_then(|catalogue| catalogue.tariff()) else {
            return Ok(());
        };
        let next = next.tariff().ok_or(MoneyError::NoTariff)?;
        let (published, kept) = (next.currency, tariff.currency);
        if published != kept {
            return Err(MoneyError::CurrencyChanged { published, kept });
        }
        let rewritten = tariff.rewritten_in(next, today);
        rewritten.map_or(Ok(()), |line| Err(MoneyError::PastRewritten { line }))
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
