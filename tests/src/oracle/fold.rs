//! §5.1 to §5.3: what is ready, in what order it is taken, and what a cut makes void.

use super::authority::stops_a_chain;
use super::cells::Cell;
use super::{Authority, belonging};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{Body, Cause, Document, Hold, Link, Request, Ticket, Verified};
use allkontor_core::time::CivilMinute;
use std::collections::{BTreeMap, BTreeSet};

/// Where a cell or a deciding right is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// With nobody: no device was assigned.
    Nowhere,
    /// With a device.
    With(PublicKey),
    /// Given or passed, and not yet taken.
    InFlight {
        /// The Give or Pass.
        under: StatementId,
        /// Whom it is addressed to.
        to: PublicKey,
    },
}

/// Something that moves cells or rights.
#[derive(Clone, Debug)]
pub enum Motion {
    /// An effective `Give`.
    Give {
        /// Its id.
        id: StatementId,
        /// Whose cells.
        by: PublicKey,
        /// Which cells.
        cells: Vec<Cell>,
        /// To whom.
        to: PublicKey,
    },
    /// An effective `Pass`.
    Pass {
        /// Its id.
        id: StatementId,
        /// Whose right.
        by: PublicKey,
        /// Over which ticket.
        ticket: StatementId,
        /// To whom.
        to: PublicKey,
    },
    /// An effective `Take` of what is in flight.
    Take {
        /// The Give or Pass.
        under: StatementId,
        /// The new holder.
        by: PublicKey,
    },
    /// An effective `Take` of a Revoke.
    Inherit {
        /// The revoked device.
        from: PublicKey,
        /// The new holder.
        by: PublicKey,
    },
}

/// What became of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It stands.
    Live,
    /// The person came.
    CheckedIn,
    /// A later confirmation of its slot ended it; it may still block.
    Moved,
    /// Given back, for good.
    Released(Cause),
    /// It never had an effect.
    Void,
}

/// A Confirm that was judged.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Its id.
    pub id: StatementId,
    /// The device that signed it.
    pub by: PublicKey,
    /// The request it names, when that is a request that is not inert.
    pub request: Option<Asked>,
    /// The confirmation it says it ends.
    pub ends: Option<StatementId>,
    /// What it holds or was to hold.
    pub holds: Vec<Hold>,
    /// What became of it.
    pub standing: Standing,
    /// Cells that were free at once when it was moved.
    pub freed: Vec<Cell>,
}

/// A request that is not inert, with its ticket.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The request's id.
    pub id: StatementId,
    /// What it asks.
    pub request: Request,
    /// The ticket's content.
    pub ticket: Ticket,
    /// Who signed the ticket.
    pub issuer: PublicKey,
}

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

    fn next(&self) -> Option<Verified> {
        self.all
            .values()
            .filter(|s| !self.taken.contains(&s.id()))
            .find(|s| !stops_a_chain(s) && self.has_what_it_names(s))
            .cloned()
    }

    /// "A chain statement is ready when `prev`, `auth` and every statement it names (a request includes its ticket)
    /// are present and ready or applied."
    fn has_what_it_names(&self, statement: &Verified) -> bool {
        let Some(Link {
            seq,
            prev: Some(prev),
            auth: Some(auth),
        }) = statement.header().link
        else {
            return false;
        };
        let Some(device) = self.authority.devices.get(&statement.signer()) else {
            return false;
        };
        // "seq = that of `prev` + 1, same device and document; seq 0 has the device's Certify as `prev`."
        let follows = if seq == 0 {
            prev == device.certify
        } else {
            self.taken.contains(&prev)
                && self.all.get(&prev).is_some_and(|p| {
                    p.signer() == statement.signer()
                        && p.header().link.is_some_and(|l| l.seq + 1 == seq)
                })
        };
        follows
            && self.authority.applied.contains(&auth)
            && named(statement.body(), self.document)
                .iter()
                .all(|id| self.is_there(*id))
            && self.has_cut_heads(statement.body())
    }

    /// Present and ready, or applied.
    fn is_there(&self, id: StatementId) -> bool {
        if self.authority.applied.contains(&id) || self.taken.contains(&id) {
            return true;
        }
        let Some(statement) = self.all.get(&id) else {
            return false;
        };
        if statement.header().link.is_some() {
            return false;
        }
        match statement.body() {
            Body::Request(b) => self.is_there(b.ticket),
            Body::Cancel(b) => self.is_there(b.ticket),
            Body::Arrive(b) => self.is_there(b.ticket),
            Body::Renew(b) => self.is_there(b.ticket),
            Body::Propose(b) => self.is_there(b.ticket),
            Body::Appoint(b) => self.is_there(b.ticket),
            Body::Edit(b) => {
                self.is_there(b.proposal) && b.appoint.is_none_or(|id| self.is_there(id))
            }
            _ => true,
        }
    }

    /// "A Take that uses a Revoke, as `of` or `as`, also needs the cut's head in this document."
    fn has_cut_heads(&self, body: &Body) -> bool {
        let Body::Take(take) = body else { return true };
        [Some(take.of), take.via].iter().flatten().all(|used| {
            self.authority
                .revoked
                .values()
                .filter(|revoked| revoked.revoke == *used)
                .flat_map(|revoked| &revoked.cuts)
                .filter(|cut| cut.document == self.document)
                .all(|cut| self.taken.contains(&cut.head.id))
        })
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
}

impl Fold<'_> {
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

fn arrive(at: Place, motion: &Motion) -> Place {
    match (at, motion) {
        (Place::InFlight { under, .. }, Motion::Take { under: taken, by }) if under == *taken => {
            Place::With(*by)
        }
        (Place::With(holder), Motion::Inherit { from, by }) if holder == *from => Place::With(*by),
        _ => at,
    }
}

/// The statements that a chain statement names, besides `prev` and `auth`.
fn named(body: &Body, document: Document) -> Vec<StatementId> {
    match body {
        Body::Take(b) => [Some(b.of), b.via].into_iter().flatten().collect(),
        Body::Pass(b) => vec![b.ticket],
        Body::Confirm(b) => [Some(b.request), b.ends].into_iter().flatten().collect(),
        Body::Decline(b) => vec![b.request],
        Body::Release(b) => vec![b.confirm],
        Body::CheckIn(b) => vec![b.confirm],
        Body::Vacate(b) => vec![b.occupy],
        Body::Honour(b) => vec![b.confirm],
        // "in another it cannot be looked up"
        Body::Carry(b) => {
            let here = b.from.document == document;
            let from = here.then_some(b.from.confirm);
            [Some(b.ticket), from, b.answers]
                .into_iter()
                .flatten()
                .collect()
        }
        Body::Approve(b) => vec![b.proposal],
        Body::CallOff(b) => vec![b.proposal],
        Body::HandOut(b) => vec![b.confirm],
        Body::Code(b) => vec![b.confirm],
        Body::HandIn(b) => vec![b.hand_out],
        Body::Pay(b) => b.parts.iter().map(|part| part.of).collect(),
        Body::Settle(b) => [Some(b.deposit), b.paid_out]
            .into_iter()
            .flatten()
            .collect(),
        Body::PaidOut(b) => vec![b.deposit],
        Body::Spend(b) => b.parts.iter().map(|part| part.of).collect(),
        Body::Refund(b) => b.of.into_iter().collect(),
        Body::Entry(b) => super::money::corrected(b).into_iter().flatten().collect(),
        _ => vec![],
    }
}

/// Everything a chain statement rests on in `all`, itself left out: §5's "every verdict depends on ancestors only".
pub(super) fn ancestors(
    all: &BTreeMap<StatementId, Verified>,
    authority: &Authority,
    of: &Verified,
) -> BTreeSet<StatementId> {
    let mut found = BTreeSet::new();
    let mut open = vec![of.clone()];
    while let Some(statement) = open.pop() {
        let mut next = named(statement.body(), statement.header().document);
        next.extend(statement.header().link.and_then(|l| l.prev));
        match statement.body() {
            Body::Request(b) => next.push(b.ticket),
            Body::Cancel(b) => next.push(b.ticket),
            Body::Arrive(b) => next.push(b.ticket),
            Body::Renew(b) => next.push(b.ticket),
            Body::Propose(b) => next.push(b.ticket),
            Body::Appoint(b) => next.push(b.ticket),
            Body::Edit(b) => next.extend([Some(b.proposal), b.appoint].into_iter().flatten()),
            Body::Take(b) => {
                let used = [Some(b.of), b.via];
                let revoked = authority.revoked.values();
                next.extend(
                    revoked
                        .filter(|r| used.contains(&Some(r.revoke)))
                        .flat_map(|r| &r.cuts)
                        .map(|cut| cut.head.id),
                );
            }
            _ => {}
        }
        for id in next {
            if let Some(statement) = all.get(&id)
                && found.insert(id)
            {
                open.push(statement.clone());
            }
        }
    }
    found
}
