//! §2: who may decide what.

use super::belonging;
use allkontor_core::id::{Digest, OfficeId, PublicKey, StatementId, UnitId};
use allkontor_core::statement::{Body, Cut, Document, Family, Genesis, Role, Verified};
use std::collections::BTreeMap;

/// A certified device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its first Certify.
    pub certify: StatementId,
    /// Its role there.
    pub role: Role,
}

/// A revoked device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// Its first Revoke: "Only the first Revoke of a device counts."
    pub revoke: StatementId,
    /// Where its chains end.
    pub cuts: Vec<Cut>,
    /// Named by the Revoke or else by the first Succeed.
    pub successor: Option<PublicKey>,
}

/// What the applied admin chain says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The office.
    pub office: OfficeId,
    /// Its founding statement, if present and valid.
    pub genesis: Option<Genesis>,
    /// The standing path, from Genesis on.
    pub applied: Vec<StatementId>,
    /// The admin key in force at its end.
    pub admin: Option<PublicKey>,
    /// Every device ever certified.
    pub devices: BTreeMap<PublicKey, Device>,
    /// Every revoked device.
    pub revoked: BTreeMap<PublicKey, Revoked>,
    /// First custodians.
    pub assigned: BTreeMap<UnitId, (Family, PublicKey)>,
    /// Published catalogues, the first one of each version.
    pub published: BTreeMap<u32, Digest>,
    /// The fork after which nothing applies.
    pub flagged: Option<StatementId>,
    /// The critical statement of an unknown kind before which the path ends.
    pub outdated: Option<StatementId>,
}

impl Authority {
    /// The authority of an office from any heap of statements.
    pub fn of(office: OfficeId, heap: &[Verified]) -> Self {
        let all = belonging(office, Document::Authority, heap);
        let mut authority = Self {
            office,
            genesis: None,
            applied: vec![],
            admin: None,
            devices: BTreeMap::new(),
            revoked: BTreeMap::new(),
            assigned: BTreeMap::new(),
            published: BTreeMap::new(),
            flagged: None,
            outdated: None,
        };
        let Some(root) = all.values().find(|s| OfficeId::from(s.id()) == office) else {
            return authority;
        };
        let Body::Genesis(genesis) = root.body() else {
            return authority;
        };
        if root.signer() != genesis.admin {
            return authority;
        }
        authority.genesis = Some(genesis.clone());
        let tree = Tree {
            all: &all,
            recovery: genesis.recovery,
        };
        let mut at = (root, genesis.admin);
        loop {
            authority.apply(at.0);
            authority.admin = Some(at.1);
            // "Two children of one statement: a `Replace` decides; otherwise nothing after the fork point applies and
            // the office is flagged"
            let children = tree.children(at.0, at.1);
            let deciding: Vec<_> = children
                .iter()
                .filter(|(child, admin)| tree.has_replace(child, *admin))
                .cloned()
                .collect();
            let next = match (deciding.as_slice(), children.as_slice()) {
                ([], []) => return authority,
                ([one], _) | ([], [one]) => *one,
                _ => {
                    authority.flagged = Some(at.0.id());
                    return authority;
                }
            };
            // "an unknown kind marked critical stops that chain there and the view says `Outdated{since}`"
            if stops_a_chain(next.0) {
                authority.outdated = Some(next.0.id());
                return authority;
            }
            at = next;
        }
    }

    fn apply(&mut self, statement: &Verified) {
        self.applied.push(statement.id());
        match statement.body() {
            Body::Certify(b) => {
                self.devices.entry(b.device).or_insert(Device {
                    certify: statement.id(),
                    role: b.role,
                });
            }
            Body::Revoke(b) if self.devices.contains_key(&b.device) => {
                self.revoked.entry(b.device).or_insert(Revoked {
                    revoke: statement.id(),
                    cuts: b.cuts.clone(),
                    successor: b.successor,
                });
            }
            // "names one for a revoked device that has none"
            Body::Succeed(b) => {
                if let Some(revoked) = self.revoked.get_mut(&b.device) {
                    revoked.successor.get_or_insert(b.successor);
                }
            }
            // "first one wins for each unit; a unit belongs to one family"
            Body::Assign(b) => {
                for unit in &b.units {
                    self.assigned.entry(*unit).or_insert((b.family, b.device));
                }
            }
            Body::Publish(b) => {
                self.published.entry(b.version).or_insert(b.hash);
            }
            _ => {}
        }
    }

    /// "Successors are transitive: if a successor is itself revoked, its successor stands in." Everyone on the line,
    /// nearest first, each once.
    pub fn successors(&self, device: PublicKey) -> Vec<PublicKey> {
        let mut line = vec![];
        let mut at = device;
        while let Some(next) = self.revoked.get(&at).and_then(|r| r.successor) {
            if next == device || line.contains(&next) {
                break;
            }
            line.push(next);
            at = next;
        }
        line
    }

    /// "The first custodian of a unit's cells in every document is its assigned device."
    pub fn first_custodian(&self, unit: UnitId, document: Document) -> Option<PublicKey> {
        let family = match document {
            Document::Ledger(_) => Family::Ledger,
            Document::Storage(_) => Family::Storage,
            _ => return None,
        };
        self.assigned
            .get(&unit)
            .filter(|(of, _)| *of == family)
            .map(|(_, device)| *device)
    }
}

/// Whether it is of an unknown kind and marked critical.
pub(crate) fn stops_a_chain(statement: &Verified) -> bool {
    matches!(statement.body(), Body::Unknown { .. }) && statement.header().critical
}

struct Tree<'a> {
    all: &'a BTreeMap<StatementId, Verified>,
    recovery: PublicKey,
}

type Node<'a> = (&'a Verified, PublicKey);

impl<'a> Tree<'a> {
    /// Valid children of `parent`, each with the admin key in force after it.
    fn children(&self, parent: &Verified, admin: PublicKey) -> Vec<Node<'a>> {
        let Some(link) = parent.header().link else {
            return vec![];
        };
        let mut children = vec![];
        for child in self.all.values() {
            let Some(its) = child.header().link else {
                continue;
            };
            if its.prev != Some(parent.id()) || its.seq != link.seq + 1 {
                continue;
            }
            match child.body() {
                // "`Replace{admin, keeps: id}` (recovery key only; names the branch that stands)"
                Body::Replace(b) => {
                    if child.signer() == self.recovery && b.keeps == parent.id() {
                        children.push((child, b.admin));
                    }
                }
                // "each statement is signed by the admin key in force after its `prev`"
                Body::HandOver(b) if child.signer() == admin => children.push((child, b.admin)),
                _ if child.signer() == admin => children.push((child, admin)),
                _ => {}
            }
        }
        children
    }

    fn has_replace(&self, statement: &Verified, admin: PublicKey) -> bool {
        let is_replace = |s: &Verified| matches!(s.body(), Body::Replace(_));
        // Nothing to look for, which saves most of the time.
        if !self.all.values().any(is_replace) {
            return false;
        }
        is_replace(statement)
            || self
                .children(statement, admin)
                .iter()
                .any(|(child, admin)| self.has_replace(child, *admin))
    }
}
