//! Found an office: its Genesis, its first device's certificate, custody of every unit, its first catalogue.

use crate::id::{OfficeId, PublicKey};
use crate::limits::MAX_ASSIGNED;
use crate::model::{Catalogue, CellSpan};
use crate::statement::{
    Assign, Body, Certify, DecodeError, Document, Family, Genesis, Header, Keypair, Link, Publish,
    Role, Statement, Verified,
};
use crate::time::DayStart;

/// The version of the resolver's rules that this engine follows.
const RULES: u16 = 1;

/// What it takes to found an office.
#[derive(Clone, Debug)]
pub struct Founding {
    /// What the office is: its zone comes from its profile.
    pub catalogue: Catalogue,
    /// When an office day begins.
    pub day_start: DayStart,
    /// What this device is; it also holds the admin key.
    pub role: Role,
    /// 32 random bytes for the recovery key, which the founder prints and keeps off line.
    pub recovery_seed: [u8; 32],
    /// 32 random bytes, mixed into the rank of requests.
    pub salt: [u8; 32],
}

/// An office founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Founded {
    /// Its id, which phones join by.
    pub office: OfficeId,
}

/// The admin chain of a new office, whose one device is admin, custodian and decider of everything.
pub(crate) fn admin_chain(
    key: &Keypair,
    founding: &Founding,
) -> Result<Vec<Verified>, DecodeError> {
    let device = key.public();
    let genesis = Genesis {
        admin: device,
        recovery: Keypair::from_seed(&founding.recovery_seed).public(),
        zone: founding.catalogue.profile().zone.clone(),
        day_start: founding.day_start,
        salt: founding.salt,
        rules: RULES,
    };
    let root = key.sign(Statement {
        header: Header::GENESIS,
        body: Body::Genesis(genesis),
    })?;
    let mut chain = vec![root];
    for body in first_statements(device, founding) {
        chain.push(next(key, &chain, body)?);
    }
    Ok(chain)
}

fn first_statements(device: PublicKey, founding: &Founding) -> Vec<Body> {
    let mut bodies = vec![
        Certify {
            device,
            role: founding.role,
        }
        .into(),
    ];
    bodies.extend(assignments(&founding.catalogue, device, |_| true));
    bodies.push(
        Publish {
            version: 1,
            hash: founding.catalogue.hash(),
        }
        .into(),
    );
    bodies
}

/// Assign statements for the catalogue's units that `new` picks.
pub(crate) fn assignments(
    catalogue: &Catalogue,
    device: PublicKey,
    new: impl Fn(crate::id::UnitId) -> bool,
) -> Vec<Body> {
    let mut bodies = Vec::new();
    for (span, family) in [
        (CellSpan::Day, Family::Ledger),
        (CellSpan::Year, Family::Storage),
    ] {
        let of_family = |unit: &crate::model::Unit| {
            catalogue
                .class(unit.class)
                .is_some_and(|class| class.cells == span)
        };
        let units = catalogue
            .parts()
            .units
            .iter()
            .filter(|(id, unit)| of_family(unit) && new(**id));
        let units: Vec<_> = units.map(|(id, _)| *id).collect();
        for units in units.chunks(MAX_ASSIGNED) {
            bodies.push(
                Assign {
                    units: units.to_vec(),
                    family,
                    device,
                }
                .into(),
            );
        }
    }
    bodies
}

fn next(key: &Keypair, chain: &[Verified], body: Body) -> Result<Verified, DecodeError> {
    let office = chain.first().map(|root| OfficeId::from(root.id()));
    let link = Link {
        seq: u32::try_from(chain.len()).unwrap_or(u32::MAX),
        prev: chain.last().map(Verified::id),
        auth: None,
    };
    let header = Header {
        office,
        document: Document::Authority,
        critical: false,
        link: Some(link),
    };
    key.sign(Statement { header, body })
}
