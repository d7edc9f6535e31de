//! Found an office: its Genesis, its first device's certificate, custody of every unit, its first catalogue.

use crate::id::{OfficeId, PublicKey, UnitId};
use crate::limits::MAX_ASSIGNED;
use crate::model::{Catalogue, CellSpan};
use crate::resolve::RULES;
use crate::statement::{
    Assign, Body, Certify, DecodeError, Document, Family, Genesis, Header, Keypair, Link, Publish,
    Role, Statement, Verified,
};
use crate::time::DayStart;
use std::collections::BTreeMap;

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
    bodies.extend(assignments(&founding.catalogue, |_, _| Some(device)));
    bodies.push(
        Publish {
            version: 1,
            hash: founding.catalogue.hash(),
        }
        .into(),
    );
    bodies
}

/// Assign statements for the catalogue's units, to the device that `custodian` names for each.
pub(crate) fn assignments(
    catalogue: &Catalogue,
    custodian: impl Fn(UnitId, Family) -> Option<PublicKey>,
) -> Vec<Body> {
    let mut of_device: BTreeMap<(Family, PublicKey), Vec<UnitId>> = BTreeMap::new();
    for (id, unit) in &catalogue.parts().units {
        let family = match catalogue.class(unit.class).map(|class| class.cells) {
            Some(CellSpan::Day) => Family::Ledger,
            Some(CellSpan::Year) => Family::Storage,
            None => continue,
        };
        if let Some(device) = custodian(*id, family) {
            of_device.entry((family, device)).or_default().push(*id);
        }
    }
    let chunks = of_device.into_iter().flat_map(|((family, device), units)| {
        let chunk = move |units: &[UnitId]| {
            let units = units.to_vec();
            Body::from(Assign {
                units,
                family,
                device,
            })
        };
        units.chunks(MAX_ASSIGNED).map(chunk).collect::<Vec<_>>()
    });
    chunks.collect()
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
