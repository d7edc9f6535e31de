//! Replacing a device of the office: first a question that changes nothing, then the Revoke.

use super::{Outcome, Replica};
use crate::error::Error;
use crate::id::{PublicKey, StatementId, UnitId};
use crate::limits::MAX_CUTS;
use crate::resolve::{Authority, Cell, Fold, Holding, SlotKey};
use crate::statement::{ChainPoint, Cut, Document, Family, Revoke, Role, Succeed};
use crate::time::{CivilMinute, OfficeDay, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// What is known here of a device, and so what replacing it now would mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The device.
    pub device: PublicKey,
    /// What it may do.
    pub role: Role,
    /// The Revoke that counts, if it was replaced already.
    pub revoked: Option<StatementId>,
    /// Who took over, if somebody was named.
    pub successor: Option<PublicKey>,
    /// Documents that it has written in or holds something in.
    pub documents: BTreeMap<Document, Left>,
    /// Who could take over: this device first, then those that decide without being assigned, hubs last.
    pub heirs: Vec<PublicKey>,
    /// Documents for whose cut a Revoke has no room, the oldest: what the device confirmed there would be void.
    pub left_out: BTreeSet<Document>,
}

/// What a device leaves in one document, as far as is known here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// The last of its chain that came: where it would be cut. None when it wrote nothing that came.
    pub head: Option<ChainPoint>,
    /// When that was written down. What the device did since is unheard of here.
    pub last_heard: Option<CivilMinute>,
    /// Bookings that it confirmed and that stand: they are kept.
    pub stands: BTreeSet<SlotKey>,
    /// Requests that it decides and that are undecided here. It may have confirmed them unheard.
    pub undecided: BTreeSet<SlotKey>,
    /// Units of which it has a day from today on: nobody decides about them before somebody takes over.
    pub units: BTreeSet<UnitId>,
    /// Gives and Passes from it or to it that nobody has taken.
    pub in_flight: BTreeSet<StatementId>,
    /// How many statements this very device has signed and lost: only known of itself.
    pub lost: u32,
}

impl Left {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Replica {
    /// What replacing a device now would mean. Changes nothing, and any device may ask.
    pub fn replacement(&self, now: Timestamp, device: PublicKey) -> Result<Replacement, Error> {
        let authority = self.shelf.require_authority()?;
        let known = authority
            .device(&device)
            .ok_or(Error::NotCertified { device })?;
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        let ledgers = self.shelf.ledgers.keys();
        let left = ledgers.map(|document| (*document, self.left_in(*document, &device, today)));
        let documents: BTreeMap<Document, Left> =
            left.filter(|(_, left)| !left.is_nothing()).collect();
        let heads = documents
            .iter()
            .filter_map(|(document, left)| Some((*document, left.head?)));
        let (_, left_out) = cuts(heads);
        let revoked = known.revoked.as_ref();
        Ok(Replacement {
            device,
            role: known.role,
            revoked: revoked.map(|revocation| revocation.id),
            successor: revoked.and_then(|revocation| revocation.successor),
            documents,
            heirs: self.heirs(authority, &device),
            left_out,
        })
    }

    fn heirs(&self, authority: &Authority, of: &PublicKey) -> Vec<PublicKey> {
        let me = self.key.public();
        let devices = authority.devices().iter();
        let mut heirs: Vec<(bool, bool, PublicKey)> = devices
            .filter(|(key, _)| *key != of && is_heir(authority, key))
            .map(|(key, device)| (*key != me, device.role == Role::Hub, *key))
            .collect();
        heirs.sort();
        heirs.into_iter().map(|(_, _, key)| key).collect()
    }

    fn left_in(&self, document: Document, device: &PublicKey, today: OfficeDay) -> Left {
        let Some(ledger) = self.shelf.ledger(document) else {
            return Left::default();
        };
        let fold = &ledger.fold;
        let held = Holding::Held(*device);
        let head = fold.chain_head(device);
        let stands = fold
            .standing()
            .filter(|(_, confirmation)| confirmation.device == *device)
            .map(|(_, confirmation)| confirmation.key);
        let undecided = fold
            .pending()
            .iter()
            .filter(|key| fold.decider(&key.ticket) == Some(held));
        let in_flight = fold
            .in_flight_to(device)
            .into_iter()
            .chain(fold.in_flight_from(device));
        let signed = self.signed.get(&document).map(|head| head.seq);
        let signed = signed.filter(|_| *device == self.key.public());
        let has = head.map_or(0, |head| head.seq.saturating_add(1));
        Left {
            head,
            last_heard: head.and_then(|head| self.written_at(document, &head.id)),
            stands: stands.collect(),
            undecided: undecided.copied().collect(),
            units: units_of(fold, held, today),
            in_flight: in_flight.collect(),
            lost: signed.map_or(0, |seq| seq.saturating_add(1).saturating_sub(has)),
        }
    }

    /// When a statement was written into its document; the last time, if it was more than once.
    fn written_at(&self, document: Document, id: &StatementId) -> Option<CivilMinute> {
        let statement = self.shelf.ledger(document)?.fold.statements().get(id)?;
        let envelopes = self.shelf.pages(document)?.envelopes.iter().rev();
        let mut changes = envelopes.flat_map(|envelope| envelope.envelope().changes().iter().rev());
        let change = changes.find(|change| change.statements().any(|s| s == statement.bytes()));
        change.map(|change| change.minute())
    }

    /// Takes a device's certificate back at what is known of it, and names who takes over; or names somebody for a
    /// device whose certificate was taken back before.
    pub(super) fn replace_device(
        &mut self,
        now: Timestamp,
        device: PublicKey,
        successor: Option<PublicKey>,
    ) -> Result<Outcome, Error> {
        let authority = self.require_admin()?;
        let known = authority
            .device(&device)
            .ok_or(Error::NotCertified { device })?;
        if let Some(heir) = successor.filter(|heir| *heir == device || !is_heir(&authority, heir)) {
            return Err(Error::NotAnHeir { device: heir });
        }
        if let Some(revocation) = &known.revoked {
            let (None, Some(successor)) = (revocation.successor, successor) else {
                let successor = revocation.successor;
                return Err(Error::AlreadyReplaced { device, successor });
            };
            let succeed = Succeed { device, successor };
            let id = self.decide_that(now, Document::Authority, succeed)?;
            return Ok(Outcome::Replaced(id));
        }
        if device == self.key.public() {
            return Err(Error::OwnDevice);
        }
        let id = self.revoke(now, device, successor)?;
        Ok(Outcome::Replaced(id))
    }

    /// Signs the Revoke, with cuts at what is known of the device's chains.
    pub(super) fn revoke(
        &mut self,
        now: Timestamp,
        device: PublicKey,
        successor: Option<PublicKey>,
    ) -> Result<StatementId, Error> {
        let ledgers = self.shelf.ledgers.iter();
        let heads = ledgers.filter_map(|(document, ledger)| {
            let head = ledger.fold.chain_head(&device)?;
            Some((*document, head))
        });
        let (cuts, _) = cuts(heads);
        let revoke = Revoke {
            device,
            cuts,
            successor,
        };
        self.decide_that(now, Document::Authority, revoke)
    }
}

/// Whether a device can take over from another: certified, not revoked, of a role that may decide.
fn is_heir(authority: &Authority, key: &PublicKey) -> bool {
    let device = authority.device(key);
    device.is_some_and(|device| device.revoked.is_none() && device.role.issues_tickets())
}

/// The cuts that a Revoke has room for, those of the latest documents, in order; and the documents left out.
fn cuts(heads: impl Iterator<Item = (Document, ChainPoint)>) -> (Vec<Cut>, BTreeSet<Document>) {
    let mut cuts: Vec<Cut> = heads
        .map(|(document, head)| Cut { document, head })
        .collect();
    cuts.sort_by_key(|cut| std::cmp::Reverse(last_month(cut.document)));
    let left_out = cuts.iter().skip(MAX_CUTS).map(|cut| cut.document).collect();
    cuts.truncate(MAX_CUTS);
    cuts.sort_by_key(|cut| cut.document);
    (cuts, left_out)
}

/// The last month a document is about, as its number since year 0.
fn last_month(document: Document) -> u32 {
    match document {
        Document::Ledger(month) | Document::Roster(month) => u32::from(month.index()),
        Document::Storage(year)
        | Document::Till(year)
        | Document::People(year)
        | Document::Commons(year) => u32::from(year).saturating_mul(12).saturating_add(11),
        Document::Authority | Document::Other { .. } => u32::MAX,
    }
}

/// Units of a document's family of which a device has a period from today on.
fn units_of(fold: &Fold, held: Holding, today: OfficeDay) -> BTreeSet<UnitId> {
    let document = fold.document();
    let periods: Vec<i32> = match document {
        Document::Ledger(month) => {
            let first = month.first_day().max(today).get();
            (first..month.next().first_day().get()).collect()
        }
        Document::Storage(year) if year >= today.year() => vec![i32::from(year)],
        _ => Vec::new(),
    };
    let of_family = |family: &Family| document.family() == Some(*family);
    let units = fold.authority().first_custodians().iter();
    units
        .filter(|(_, (family, _))| of_family(family))
        .map(|(unit, _)| *unit)
        .filter(|unit| {
            let holds = |period: &i32| {
                let cell = Cell {
                    unit: *unit,
                    period: *period,
                };
                fold.custodian(&cell) == Some(held)
            };
            periods.iter().any(holds)
        })
        .collect()
}
