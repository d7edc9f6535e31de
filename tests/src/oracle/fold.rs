//! §5.1 to §5.3: what is ready, in what order it is taken, and what a cut makes void.

mod ready;
mod state;

pub(super) use ready::ancestors;
pub use state::{Asked, Confirmation, Motion, Place, Standing};

use super::authority::stops_a_chain;
use super::cells::Cell;
use super::{Authority, belonging};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{Body, Document, Link, Request, Ticket, Verified};
use allkontor_core::time::CivilMinute;
use state::arrive;
use std::collections::{BTreeMap, BTreeSet};

/// The state of one document after some of its chain statements.
#[derive(Clone, Debug)]
pub struct Fold<'a> {
    /// The authority it was resolved under.
    pub authority: &'a Authority,
    /// Which document.
    pub document: Document,
    /// Everything of this document, ready or not.
    pub all: BTreeMap<StatementId, Verified>,
    /// Chain statements in the order they were taken.
    pub taken: Vec<StatementId>,
    /// Those of them that had an effect.
    pub effective: BTreeSet<StatementId>,
    /// What moved cells and rights, in order.
    pub motions: Vec<Motion>,
    /// Every Confirm, in order.
    pub confirmations: Vec<Confirmation>,
    /// Requests declined.
    pub declined: BTreeSet<StatementId>,
    /// Confirmations vouched for by staff.
    pub honoured: BTreeSet<StatementId>,
    /// Effective `Occupy` without an effective `Vacate`.
    pub facts: BTreeSet<StatementId>,
    /// Effective `Carry`: they stand for requests.
    pub carried: BTreeSet<StatementId>,
    /// `Renew` that an effective `Carry` answers.
    pub answered: BTreeSet<StatementId>,
    /// Proposals that an effective `Approve` names.
    pub approved: BTreeSet<StatementId>,
    /// Effective `CallOff`, with the proposal that each names.
    pub called_off: BTreeMap<StatementId, StatementId>,
    /// Effective `Opened`.
    pub opened: BTreeSet<StatementId>,
    /// Effective `Code`.
    pub codes: BTreeSet<StatementId>,
    /// Effective `HandOut`, with the earliest `HandIn` of each.
    pub loans: BTreeMap<StatementId, Option<(CivilMinute, StatementId)>>,
    /// Critical statements of an unknown kind at which chains stop.
    pub outdated: BTreeSet<StatementId>,
    /// Money statements that count.
    pub money: Vec<StatementId>,
    /// Settlements and corrections that do not.
    pub no_money: BTreeSet<StatementId>,
    /// Money statements beyond a cut.
    pub strays: BTreeSet<StatementId>,
    /// What moved money of accounts.
    pub moves: Vec<super::account::Move>,
    pub(super) with_cuts: bool,
}

impl<'a> Fold<'a> {
    /// Folds what is ready of `heap`. `with_cuts` is false only to ask what a Confirm held "cuts left aside".
    pub fn run(
        authority: &'a Authority,
        document: Document,
        heap: &[Verified],
        with_cuts: bool,
    ) -> Self {
        let mut fold = Self {
            authority,
            document,
            all: belonging(authority.office, document, heap),
            taken: vec![],
            effective: BTreeSet::new(),
            motions: vec![],
            confirmations: vec![],
            declined: BTreeSet::new(),
            honoured: BTreeSet::new(),
            facts: BTreeSet::new(),
            carried: BTreeSet::new(),
            answered: BTreeSet::new(),
            approved: BTreeSet::new(),
            called_off: BTreeMap::new(),
            opened: BTreeSet::new(),
            codes: BTreeSet::new(),
            loans: BTreeMap::new(),
            outdated: BTreeSet::new(),
            money: vec![],
            no_money: BTreeSet::new(),
            strays: BTreeSet::new(),
            moves: vec![],
            with_cuts,
        };
        // "Repeatedly take the ready, unprocessed statement with the smallest id (Kahn)." `all` is in ascending order.
        while let Some(next) = fold.next() {
            fold.taken.push(next.id());
            if fold.judge(&next) {
                fold.effective.insert(next.id());
            }
        }
        fold.outdated = fold
            .all
            .values()
            .filter(|s| stops_a_chain(s) && fold.has_what_it_names(s) && !fold.is_cut(s))
            .map(Verified::id)
            .collect();
        fold
    }

    /// "A chain statement of a revoked device is void iff its seq is beyond the cut, or another statement is known to
    /// stand on the path to the cut's head at its seq." "A document missing from `cuts` is cut before its first
    /// statement."
    pub fn is_beyond_cut(&self, statement: &Verified) -> bool {
        let Some(revoked) = self.authority.revoked.get(&statement.signer()) else {
            return false;
        };
        let Some(cut) = revoked.cuts.iter().find(|c| c.document == self.document) else {
            return true;
        };
        let Some(link) = statement.header().link else {
            return false;
        };
        let mut path = vec![(cut.head.seq, cut.head.id)];
        let mut at = self.all.get(&cut.head.id);
        while let Some(standing) = at.filter(|s| s.signer() == statement.signer()) {
            at = match standing.header().link {
                Some(Link {
                    seq,
                    prev: Some(prev),
                    ..
                }) if seq > 0 => {
                    path.push((seq - 1, prev));
                    self.all.get(&prev)
                }
                _ => None,
            };
        }
        link.seq > cut.head.seq
            || path
                .iter()
                .any(|(seq, id)| *seq == link.seq && *id != statement.id())
    }

    pub(super) fn is_cut(&self, statement: &Verified) -> bool {
        self.with_cuts && self.is_beyond_cut(statement)
    }

    /// Where a cell is: with its first custodian, and then wherever it was moved.
    pub fn cell(&self, cell: Cell) -> Place {
        let mut at = match self.authority.first_custodian(cell.0, self.document) {
            Some(device) => Place::With(device),
            None => Place::Nowhere,
        };
        for motion in &self.motions {
            at = match motion {
                Motion::Give { id, by, cells, to }
                    if at == Place::With(*by) && cells.contains(&cell) =>
                {
                    Place::InFlight {
                        under: *id,
                        to: *to,
                    }
                }
                Motion::Pass { .. } => at,
                other => arrive(at, other),
            };
        }
        at
    }

    /// Where the right to decide a ticket's requests is; nowhere for an inert ticket.
    pub fn right(&self, ticket: StatementId) -> Place {
        let mut at = match self.ticket(ticket) {
            Some((body, _)) => Place::With(body.decider),
            None => return Place::Nowhere,
        };
        for motion in &self.motions {
            at = match motion {
                Motion::Pass {
                    id,
                    by,
                    ticket: passed,
                    to,
                } if at == Place::With(*by) && *passed == ticket => Place::InFlight {
                    under: *id,
                    to: *to,
                },
                Motion::Give { .. } => at,
                other => arrive(at, other),
            };
        }
        at
    }

    /// A ticket that is not inert, and its issuer.
    pub fn ticket(&self, id: StatementId) -> Option<(&Ticket, PublicKey)> {
        let statement = self.all.get(&id)?;
        let Body::Ticket(ticket) = statement.body() else {
            return None;
        };
        // "signed by a staff, kiosk or hub steward, … not affected by a Revoke of its signer"
        let device = self.authority.devices.get(&statement.signer())?;
        let issues = matches!(
            device.role,
            allkontor_core::statement::Role::Admin
                | allkontor_core::statement::Role::Staff
                | allkontor_core::statement::Role::Kiosk
                | allkontor_core::statement::Role::Hub
        );
        issues.then_some((ticket, statement.signer()))
    }

    /// A request that is not inert.
    pub fn asked(&self, id: StatementId) -> Option<Asked> {
        let statement = self.all.get(&id)?;
        // "stands where a request would"
        if let Body::Carry(carry) = statement.body() {
            let (ticket, issuer) = self.ticket(carry.ticket)?;
            let request = Request {
                event: None,
                ticket: carry.ticket,
                slot: carry.slot,
                version: carry.version,
                options: vec![carry.wishes.clone()],
                any_equal: None,
                party: 1,
                claimed: carry.claimed,
                accepts: None,
            };
            return self.carried.contains(&id).then(|| Asked {
                id,
                request,
                ticket: ticket.clone(),
                issuer,
            });
        }
        let Body::Request(request) = statement.body() else {
            return None;
        };
        let (ticket, issuer) = self.ticket(request.ticket)?;
        // "a request whose max(claimed, stamp) is later is inert" than `expires`
        let counts = statement.signer() == ticket.key
            && request.slot < ticket.slots
            && request.claimed.max(ticket.stamp) <= ticket.expires;
        counts.then(|| Asked {
            id,
            request: request.clone(),
            ticket: ticket.clone(),
            issuer,
        })
    }

    /// The slot of a `Renew` that is not inert.
    pub fn renewed(&self, id: StatementId) -> Option<(StatementId, u8)> {
        let statement = self.all.get(&id)?;
        let Body::Renew(renew) = statement.body() else {
            return None;
        };
        let (ticket, _) = self.ticket(renew.ticket)?;
        let counts = statement.signer() == ticket.key && renew.slot < ticket.slots;
        counts.then_some((renew.ticket, renew.slot))
    }
}
