use super::CertificateError;
use crate::id::{OfficeId, PublicKey, StatementId};
use crate::statement::{Body, Document, Genesis, Role, Verified};
use crate::time::DayStart;
use std::collections::BTreeMap;

/// Who was certified by the admin keys, as far as a payload shows.
///
/// Only statements that hand the key on or certify are there, so the chain has gaps: each is signed by the key in
/// force, and the numbers rise.
pub(super) struct Chain {
    devices: BTreeMap<PublicKey, Role>,
    day_start: DayStart,
    admin: PublicKey,
}

impl Chain {
    pub(super) fn follow(
        statements: &[Verified],
        office: OfficeId,
    ) -> Result<Self, CertificateError> {
        let broken = |s: &Verified| CertificateError::Chain {
            id: s.id(),
            name: s.body().name(),
        };
        let nothing = CertificateError::Unrelated {
            what: "admin chain has no Genesis",
        };
        let (first, rest) = statements.split_first().ok_or(nothing)?;
        let Body::Genesis(genesis) = first.body() else {
            return Err(broken(first));
        };
        if StatementId(office.0) != first.id() {
            return Err(CertificateError::OtherOffice {
                ours: office,
                theirs: first.id().into(),
            });
        }
        if first.signer() != genesis.admin {
            return Err(broken(first));
        }
        let mut chain = Self {
            devices: BTreeMap::new(),
            day_start: genesis.day_start,
            admin: genesis.admin,
        };
        let mut last = 0;
        for statement in rest {
            let header = statement.header();
            let seq = header.link.map_or(0, |link| link.seq);
            let here = header.office == Some(office)
                && header.document == Document::Authority
                && seq > last;
            let admin = chain.admin;
            let next = chain.step(statement, genesis, admin).filter(|_| here);
            (chain.admin, last) = (next.ok_or_else(|| broken(statement))?, seq);
        }
        Ok(chain)
    }

    /// The admin key after a statement; `None` when it is not signed as it must be, or has no place here.
    fn step(
        &mut self,
        statement: &Verified,
        genesis: &Genesis,
        admin: PublicKey,
    ) -> Option<PublicKey> {
        let (signer, then) = match statement.body() {
            Body::HandOver(hand_over) => (admin, hand_over.admin),
            Body::Replace(replace) => (genesis.recovery, replace.admin),
            Body::Certify(certify) => {
                if statement.signer() == admin {
                    self.devices.entry(certify.device).or_insert(certify.role);
                }
                (admin, admin)
            }
            _ => return None,
        };
        (statement.signer() == signer).then_some(then)
    }

    pub(super) fn role(&self, device: &PublicKey) -> Option<Role> {
        self.devices.get(device).copied()
    }

    /// The admin key that is in force at its end.
    pub(super) fn admin(&self) -> PublicKey {
        self.admin
    }

    pub(super) fn day_start(&self) -> DayStart {
        self.day_start
    }
}
