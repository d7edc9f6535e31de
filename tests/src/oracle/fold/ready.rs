//! §5.1: what is ready, and what it rests on.

use super::Fold;
use crate::oracle::Authority;
use crate::oracle::authority::stops_a_chain;
use allkontor_core::id::StatementId;
use allkontor_core::statement::{Body, Document, Link, Verified};
use std::collections::{BTreeMap, BTreeSet};

impl Fold<'_> {
    pub(super) fn next(&self) -> Option<Verified> {
        self.all
            .values()
            .filter(|s| !self.taken.contains(&s.id()))
            .find(|s| !stops_a_chain(s) && self.has_what_it_names(s))
            .cloned()
    }

    /// "A chain statement is ready when `prev`, `auth` and every statement it names (a request includes its ticket)
    /// are present and ready or applied."
    pub(super) fn has_what_it_names(&self, statement: &Verified) -> bool {
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
        Body::Entry(b) => crate::oracle::money::corrected(b)
            .into_iter()
            .flatten()
            .collect(),
        _ => vec![],
    }
}

/// Everything a chain statement rests on in `all`, itself left out: §5's "every verdict depends on ancestors only".
pub(in crate::oracle) fn ancestors(
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
