//! The admin chain, resolved: who is certified, who holds what first, what was published.

use super::skew::Activation;
use crate::id::{Digest, OfficeId, PublicKey, StatementId, UnitId};
use crate::statement::{Body, ChainPoint, Document, Family, Genesis, Revoke, Role, Verified};
use crate::time::{DayStart, OfficeDay};
use std::collections::{BTreeMap, BTreeSet};

/// The resolved authority document of one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    office: OfficeId,
    genesis: Genesis,
    admin: PublicKey,
    head: ChainPoint,
    applied: BTreeMap<StatementId, u32>,
    devices: BTreeMap<PublicKey, Device>,
    first_custodians: BTreeMap<UnitId, (Family, PublicKey)>,
    catalogues: BTreeMap<u32, Digest>,
    drop_before: BTreeMap<Family, OfficeDay>,
    activations: BTreeMap<u16, Activation>,
    fork: Option<AdminFork>,
    outdated: Option<StatementId>,
}

/// A certified device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its first Certify: what its chains start from.
    pub certificate: StatementId,
    /// What it may do.
    pub role: Role,
    /// Its first Revoke, if any.
    pub revoked: Option<Revocation>,
}

/// A certificate taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The Revoke statement.
    pub id: StatementId,
    /// Where its chains end; a document not named is cut before its first statement.
    pub cuts: BTreeMap<Document, ChainPoint>,
    /// Who takes over.
    pub successor: Option<PublicKey>,
}

/// Two branches of the admin chain that nobody has decided between: an emergency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminFork {
    /// The last statement that stands.
    pub after: StatementId,
    /// The statements that contend to follow it.
    pub branches: BTreeSet<StatementId>,
    /// Each of them with what follows it, in order, as far as that does not fork again.
    pub paths: Vec<Vec<StatementId>>,
}

/// Statements that found no office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthorityError {
    /// There is no Genesis with the office's id.
    #[error("the Genesis of office {office} is missing")]
    NoGenesis {
        /// The office.
        office: OfficeId,
    },
}

impl Authority {
    /// Resolves the authority document of `office` from all statements known of it, in any order.
    pub fn resolve<'a>(
        office: OfficeId,
        statements: impl IntoIterator<Item = &'a Verified>,
    ) -> Result<Self, AuthorityError> {
        let all: BTreeMap<StatementId, &Verified> =
            statements.into_iter().map(|s| (s.id(), s)).collect();
        let root = all.get(&StatementId(office.0)).copied();
        let Some((root, Body::Genesis(genesis))) = root.map(|s| (s, s.body())) else {
            return Err(AuthorityError::NoGenesis { office });
        };
        // The Genesis is signed by the admin it names: nobody founds an office in another's name.
        if root.signer() != genesis.admin {
            return Err(AuthorityError::NoGenesis { office });
        }
        let tree = Tree::grow(office, root, genesis, &all);
        let mut authority = Self {
            office,
            genesis: genesis.clone(),
            admin: genesis.admin,
            head: ChainPoint {
                seq: 0,
                id: root.id(),
            },
            applied: BTreeMap::from([(root.id(), 0)]),
            devices: BTreeMap::new(),
            first_custodians: BTreeMap::new(),
            catalogues: BTreeMap::new(),
            drop_before: BTreeMap::new(),
            activations: BTreeMap::new(),
            fork: None,
            outdated: None,
        };
        while let Some(next) = authority.step(&tree) {
            authority.apply(next);
        }
        Ok(authority)
    }

    /// The statement that follows the head, if exactly one does or a Replace decides.
    fn step<'a>(&mut self, tree: &Tree<'a>) -> Option<&'a Verified> {
        if self.outdated.is_some() {
            return None;
        }
        let children = tree.children.get(&self.head.id)?;
        let decided: Vec<_> = children
            .iter()
            .filter(|s| tree.towards_replace.contains(&s.id()))
            .collect();
        let candidates = if decided.is_empty() {
            children.iter().collect()
        } else {
            decided
        };
        match candidates.as_slice() {
            [only] => Some(only),
            contending => {
                self.fork = Some(AdminFork {
                    after: self.head.id,
                    branches: contending.iter().map(|s| s.id()).collect(),
                    paths: contending.iter().map(|s| tree.path_from(s)).collect(),
                });
                None
            }
        }
    }

    fn apply(&mut self, statement: &Verified) {
        let seq = self.head.seq.saturating_add(1);
        if let Body::Unknown { .. } = statement.body()
            && statement.header().critical
        {
            self.outdated = Some(statement.id());
            return;
        }
        self.head = ChainPoint {
            seq,
            id: statement.id(),
        };
        self.applied.insert(statement.id(), seq);
        match statement.body() {
            Body::Certify(certify) => {
                let device = Device {
                    certificate: statement.id(),
                    role: certify.role,
                    revoked: None,
                };
                self.devices.entry(certify.device).or_insert(device);
            }
            Body::Revoke(revoke) => self.revoke(statement.id(), revoke),
            Body::Succeed(succeed) => {
                let revoked = self
                    .devices
                    .get_mut(&succeed.device)
                    .and_then(|d| d.revoked.as_mut());
                if let Some(revocation) = revoked {
                    revocation.successor.get_or_insert(succeed.successor);
                }
            }
            Body::Assign(assign) => {
                for unit in &assign.units {
                    self.first_custodians
                        .entry(*unit)
                        .or_insert((assign.family, assign.device));
                }
            }
            Body::HandOver(hand_over) => self.admin = hand_over.admin,
            Body::Replace(replace) => self.admin = replace.admin,
            Body::Publish(publish) => {
                self.catalogues
                    .entry(publish.version)
                    .or_insert(publish.hash);
            }
            Body::DropBefore(drop) => {
                let before = self.drop_before.entry(drop.family).or_insert(drop.before);
                *before = (*before).max(drop.before);
            }
            Body::Activate(activate) => {
                self.activations
                    .entry(activate.rules)
                    .or_insert(Activation {
                        from: activate.from,
                        id: statement.id(),
                    });
            }
            _ => {}
        }
    }

    fn revoke(&mut self, id: StatementId, revoke: &Revoke) {
        let Some(device) = self.devices.get_mut(&revoke.device) else {
            return;
        };
        device.revoked.get_or_insert_with(|| Revocation {
            id,
            cuts: revoke
                .cuts
                .iter()
                .map(|cut| (cut.document, cut.head))
                .collect(),
            successor: revoke.successor,
        });
    }

    /// The office.
    pub fn office(&self) -> OfficeId {
        self.office
    }

    /// How the office was founded.
    pub fn genesis(&self) -> &Genesis {
        &self.genesis
    }

    /// When an office day begins.
    pub fn day_start(&self) -> DayStart {
        self.genesis.day_start
    }

    /// The admin key in force.
    pub fn admin(&self) -> PublicKey {
        self.admin
    }

    /// The last statement applied.
    pub fn head(&self) -> ChainPoint {
        self.head
    }

    /// Whether that statement stands.
    pub fn has_applied(&self, id: &StatementId) -> bool {
        self.applied.contains_key(id)
    }

    /// Every statement that stands, with its place in the chain.
    pub fn applied(&self) -> &BTreeMap<StatementId, u32> {
        &self.applied
    }

    /// Every device ever certified.
    pub fn devices(&self) -> &BTreeMap<PublicKey, Device> {
        &self.devices
    }

    /// A device ever certified.
    pub fn device(&self, key: &PublicKey) -> Option<&Device> {
        self.devices.get(key)
    }

    /// Whether that device may write into documents now: certified and not revoked, or the admin key.
    pub fn is_writer(&self, key: &PublicKey) -> bool {
        *key == self.admin
            || self
                .devices
                .get(key)
                .is_some_and(|device| device.revoked.is_none())
    }

    /// The first custodian of a unit in documents of that family.
    pub fn first_custodian(&self, unit: UnitId, family: Family) -> Option<PublicKey> {
        let (assigned, device) = self.first_custodians.get(&unit)?;
        (*assigned == family).then_some(*device)
    }

    /// Every unit assigned, with its family and first custodian.
    pub fn first_custodians(&self) -> &BTreeMap<UnitId, (Family, PublicKey)> {
        &self.first_custodians
    }

    /// The device that Revoke took the certificate of, when it is the one that counts.
    pub fn revoked_by(&self, revoke: &StatementId) -> Option<(PublicKey, &Revocation)> {
        self.devices.iter().find_map(|(key, device)| {
            let revocation = device.revoked.as_ref()?;
            (revocation.id == *revoke).then_some((*key, revocation))
        })
    }

    /// Whether `heir` is the successor of the revoked `device`, directly or through revoked successors.
    pub fn succeeds(&self, heir: &PublicKey, device: &PublicKey) -> bool {
        let mut seen = BTreeSet::new();
        let mut at = *device;
        while seen.insert(at) {
            let revocation = self.devices.get(&at).and_then(|d| d.revoked.as_ref());
            match revocation.and_then(|r| r.successor) {
                Some(next) if next == *heir => return true,
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }

    /// The published catalogues: version → hash.
    pub fn catalogues(&self) -> &BTreeMap<u32, Digest> {
        &self.catalogues
    }

    /// Whether that document is to be dropped and refused.
    pub fn is_dropped(&self, document: Document) -> bool {
        // What is known of people, and what they say, goes with the rentals of its year; how they are reached, with the
        // bookings of its month.
        let family = document.family().map(|family| match family {
            Family::People | Family::Commons => Family::Storage,
            Family::Roster => Family::Ledger,
            family => family,
        });
        family
            .and_then(|family| self.drop_before.get(&family))
            .is_some_and(|before| document.ends_before(*before))
    }

    /// From when each later version of the rules governs.
    pub fn activations(&self) -> &BTreeMap<u16, Activation> {
        &self.activations
    }

    /// The undecided fork that froze the office, if any.
    pub fn fork(&self) -> Option<&AdminFork> {
        self.fork.as_ref()
    }

    /// The critical statement of an unknown kind that this engine could not follow, if any.
    pub fn outdated(&self) -> Option<StatementId> {
        self.outdated
    }
}

/// All statements that hang together under the Genesis, each signed by the key in force at its parent.
struct Tree<'a> {
    children: BTreeMap<StatementId, Vec<&'a Verified>>,
    /// Statements on the way from the Genesis to a Replace, that Replace included.
    towards_replace: BTreeSet<StatementId>,
}

impl<'a> Tree<'a> {
    fn grow(
        office: OfficeId,
        root: &'a Verified,
        genesis: &Genesis,
        all: &BTreeMap<StatementId, &'a Verified>,
    ) -> Self {
        let mut by_prev: BTreeMap<StatementId, Vec<&'a Verified>> = BTreeMap::new();
        for statement in all.values() {
            let header = statement.header();
            let prev = header.link.and_then(|link| link.prev);
            let is_here = header.office == Some(office) && header.document == Document::Authority;
            if let (true, Some(prev)) = (is_here, prev) {
                by_prev.entry(prev).or_default().push(statement);
            }
        }
        let mut tree = Self {
            children: BTreeMap::new(),
            towards_replace: BTreeSet::new(),
        };
        let mut parents: BTreeMap<StatementId, StatementId> = BTreeMap::new();
        let mut open = vec![(root.id(), 0u32, genesis.admin)];
        while let Some((parent, seq, admin)) = open.pop() {
            let next = seq.saturating_add(1);
            for child in by_prev.get(&parent).into_iter().flatten() {
                let follows = child.header().link.is_some_and(|link| link.seq == next);
                let (signer, then) = match child.body() {
                    Body::Replace(replace) if replace.keeps == parent => {
                        (genesis.recovery, replace.admin)
                    }
                    Body::Replace(_) => continue,
                    Body::HandOver(hand_over) => (admin, hand_over.admin),
                    _ => (admin, admin),
                };
                if !follows || child.signer() != signer {
                    continue;
                }
                parents.insert(child.id(), parent);
                tree.children.entry(parent).or_default().push(child);
                open.push((child.id(), next, then));
                if let Body::Replace(_) = child.body() {
                    tree.mark_path(child.id(), &parents);
                }
            }
        }
        tree
    }

    /// A statement and what follows it, up to where it forks.
    fn path_from(&self, first: &Verified) -> Vec<StatementId> {
        let mut path = vec![first.id()];
        let mut at = first.id();
        while let Some([only]) = self.children.get(&at).map(Vec::as_slice) {
            at = only.id();
            path.push(at);
        }
        path
    }

    fn mark_path(&mut self, to: StatementId, parents: &BTreeMap<StatementId, StatementId>) {
        let mut at = Some(to);
        while let Some(id) = at.filter(|id| self.towards_replace.insert(*id)) {
            at = parents.get(&id).copied();
        }
    }
}
