//! Keys that change: of a device that cannot go on under its own, and of the admin chain.

use super::{Effects, Outcome, Replica, Standing};
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::statement::{
    Body, Certify, Document, HandOver, Header, Keypair, Link, Replace, Role, Statement, Verified,
};
use crate::time::Timestamp;

/// One of the branches that contend in a forked admin chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminBranch {
    /// Its last statement: what to keep so that all of it stands.
    pub keeps: StatementId,
    /// What it says, from the fork on.
    pub said: Vec<Body>,
}

impl Replica {
    /// Gives a device that cannot go on under its key another one: a steward whose database was restored or whose key
    /// somebody else has, or a device that was replaced and has turned up again.
    ///
    /// Whoever holds the admin key then certifies the new key, and replaces the old one with it. A device that holds
    /// the admin key itself does all of that here.
    pub fn renew(&mut self, now: Timestamp, key: Keypair) -> Result<Effects, Error> {
        self.effects = Effects::default();
        let authority = self.shelf.require_authority()?.clone();
        let me = self.key.public();
        let known = authority
            .device(&me)
            .ok_or(Error::NotCertified { device: me })?;
        let (role, revoked) = (known.role, known.revoked.is_some());
        if !revoked && self.standing() != Standing::Recovering {
            return Err(Error::KeyInForce);
        }
        let device = key.public();
        if authority.device(&device).is_some() || device == me {
            return Err(Error::KeyUsedBefore { device });
        }
        if authority.admin() == me {
            let behind = self.signed.get(&Document::Authority);
            if behind.is_some_and(|head| self.shelf.authority_statement(&head.id).is_none()) {
                return Err(Error::AdminChainBehind);
            }
            self.decide_that(now, Document::Authority, Certify { device, role })?;
            if !revoked {
                self.revoke(now, me, Some(device))?;
            }
            self.decide_that(now, Document::Authority, HandOver { admin: device })?;
        }
        // What was sealed to the key before is read once more, for the new one.
        self.former = Some(std::mem::replace(&mut self.key, key));
        self.incarnation = 0;
        self.recovering = false;
        self.cloned = false;
        self.signed.clear();
        self.wallet.forget_keys();
        self.judged.clear();
        self.settle(now)?;
        self.former = None;
        Ok(self.finish(Outcome::Done))
    }

    /// Gives the admin key's powers to another device of the office.
    pub(super) fn hand_over(&mut self, now: Timestamp, admin: PublicKey) -> Result<Outcome, Error> {
        let authority = self.require_admin()?;
        let device = authority.device(&admin);
        if admin == self.key.public() || device.is_none_or(|device| device.revoked.is_some()) {
            return Err(Error::NotAnHeir { device: admin });
        }
        self.decide_that(now, Document::Authority, HandOver { admin })?;
        Ok(Outcome::Done)
    }

    /// Makes this device the office's admin by the recovery key, whatever became of the one before. `keeps`: the last
    /// statement of the admin chain that stands, which must be said when the chain is forked. A device that the office
    /// has not certified becomes one of its own, with that role.
    pub(super) fn recover_office(
        &mut self,
        now: Timestamp,
        recovery: &Keypair,
        keeps: Option<StatementId>,
        role: Role,
    ) -> Result<Outcome, Error> {
        let authority = self.shelf.require_authority()?.clone();
        let admin = self.key.public();
        if recovery.public() != authority.genesis().recovery {
            return Err(Error::WrongRecoveryKey);
        }
        if self.standing() == Standing::Recovering {
            return Err(Error::Recovering);
        }
        let keeps = match (keeps, authority.fork()) {
            (Some(keeps), _) => keeps,
            (None, None) => authority.head().id,
            (None, Some(fork)) => return Err(Error::AdminForked { after: fork.after }),
        };
        let replace = self.replacing(recovery, keeps)?;
        let resolved = self.shelf.authority_with(std::slice::from_ref(&replace));
        let resolved = resolved.filter(|resolved| resolved.has_applied(&replace.id()));
        let resolved = resolved.ok_or(Error::NotOnTheChain { statement: keeps })?;
        let known = resolved.device(&admin);
        if known.is_some_and(|known| known.revoked.is_some()) {
            return Err(Error::KeyUsedBefore { device: admin });
        }
        let certified = known.is_some();
        if !certified && !role.issues_tickets() {
            return Err(Error::UnknownRole { role });
        }
        self.record(Document::Authority, replace);
        if !certified {
            let device = admin;
            self.decide_that(now, Document::Authority, Certify { device, role })?;
        }
        Ok(Outcome::Done)
    }

    fn replacing(&self, recovery: &Keypair, keeps: StatementId) -> Result<Verified, Error> {
        let not_there = Error::NotOnTheChain { statement: keeps };
        let kept = self.shelf.authority_statement(&keeps);
        let link = kept.and_then(|kept| kept.header().link).ok_or(not_there)?;
        let link = Link {
            seq: link.seq.saturating_add(1),
            prev: Some(keeps),
            auth: None,
        };
        let admin = self.key.public();
        Ok(recovery.sign(Statement {
            header: Header::linked(self.office, Document::Authority, link),
            body: Replace { admin, keeps }.into(),
        })?)
    }

    /// The branches that contend when the admin chain is forked: what the holder of the recovery key chooses from.
    pub fn admin_branches(&self) -> Vec<AdminBranch> {
        let fork = self.authority().and_then(|authority| authority.fork());
        let paths = fork.into_iter().flat_map(|fork| &fork.paths);
        let said = |id: &StatementId| Some(self.shelf.authority_statement(id)?.body().clone());
        paths
            .filter_map(|path| {
                Some(AdminBranch {
                    keeps: *path.last()?,
                    said: path.iter().filter_map(said).collect(),
                })
            })
            .collect()
    }
}
