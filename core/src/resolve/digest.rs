//! One hash of the whole picture, to compare devices by.

use super::state::{Holding, Resolved, State};
use crate::cbor::Writer;
use crate::id::{Digest, StatementId};
use sha2::{Digest as _, Sha256};

impl Resolved {
    /// SHA-256 over the deterministic CBOR of the decisions: confirmations and their states, void ones, declines,
    /// requests, custody, rights, occupations, victims, forks and what was not understood.
    pub fn digest(&self) -> Digest {
        let mut out = Writer::new();
        out.array(self.confirmations.len());
        for (id, confirmation) in &self.confirmations {
            out.bytes(&id.0).bytes(&confirmation.request.0);
            let (state, cause) = match confirmation.state {
                State::Live => (0, 0),
                State::CheckedIn => (1, 0),
                State::Moved => (2, 0),
                State::Released(cause) => (3, cause.number()),
            };
            out.uint(state)
                .uint(u64::from(cause))
                .array(confirmation.holds.len());
            for placed in &confirmation.holds {
                out.uint(u64::from(placed.hold.unit.0));
                out.int(i64::from(placed.occupied.start().get()))
                    .int(i64::from(placed.occupied.end().get()));
                out.bool(placed.blocks);
            }
        }
        ids(&mut out, self.void.iter());
        out.array(self.declined.len());
        for (id, cause) in &self.declined {
            out.bytes(&id.0).uint(u64::from(cause.number()));
        }
        out.array(self.slots.len());
        for (key, slot) in &self.slots {
            out.bytes(&key.ticket.0).uint(u64::from(key.slot));
            ids(&mut out, slot.versions.values().map(|record| &record.id));
            out.int(slot.cancelled.map_or(-1, i64::from));
            out.bool(slot.arrived.is_some())
                .int(slot.arrived.map_or(0, |at| i64::from(at.get())));
        }
        out.array(self.custody.len());
        for (cell, holding) in &self.custody {
            out.uint(u64::from(cell.unit.0)).int(i64::from(cell.period));
            holding_into(&mut out, holding);
        }
        out.array(self.rights.len());
        for (ticket, holding) in &self.rights {
            out.bytes(&ticket.0);
            holding_into(&mut out, holding);
        }
        out.array(self.stand_ins.len());
        for (device, heir) in &self.stand_ins {
            out.bytes(&device.0).bytes(&heir.0);
        }
        out.array(self.occupations.len());
        for (id, occupation) in &self.occupations {
            out.bytes(&id.0).bool(occupation.vacated);
        }
        out.array(self.victims.len());
        for (key, version) in &self.victims {
            out.bytes(&key.ticket.0)
                .uint(u64::from(key.slot))
                .uint(u64::from(*version));
        }
        out.array(self.forks.len());
        for (first, second) in &self.forks {
            out.bytes(&first.0).bytes(&second.0);
        }
        ids(&mut out, self.outdated.iter());
        let money = self.books.statements();
        if !money.is_empty() {
            out.array(money.len());
            for (id, counts) in &money {
                out.bytes(&id.0).bool(*counts);
            }
        }
        self.rentals_into(&mut out);
        for (key, event) in &self.events {
            out.array(6).bytes(&key.ticket.0).uint(u64::from(key.slot));
            ids(&mut out, event.proposals.keys());
            ids(&mut out, event.approved.iter());
            ids(&mut out, event.edits.keys());
            ids(&mut out, event.off.iter().map(|(id, _)| id));
        }
        for (key, organisers) in &self.organisers {
            out.array(13).bytes(&key.ticket.0).uint(u64::from(key.slot));
            ids(&mut out, organisers.keys());
        }
        self.people.digest_into(&mut out);
        self.commons.digest_into(&mut out);
        self.roster.digest_into(&mut out);
        Digest(Sha256::digest(out.into_bytes()).into())
    }
}

impl Resolved {
    /// What is rented on and handed over; nothing at all while there is nothing of the kind.
    fn rentals_into(&self, out: &mut Writer) {
        for (key, slot) in &self.slots {
            if let Some(renewal) = &slot.renewal {
                out.array(1).bytes(&key.ticket.0).uint(u64::from(key.slot));
                out.bytes(&renewal.id.0.0);
            }
        }
        for id in self.carried.keys() {
            out.array(2).bytes(&id.0);
        }
        for id in &self.answered {
            out.array(3).bytes(&id.0);
        }
        for id in self.opened.keys() {
            out.array(4).bytes(&id.0);
        }
        for (id, loan) in &self.loans {
            let back = loan.back.as_ref().map_or([0; 32], |back| back.id.0);
            out.array(5).bytes(&id.0).bytes(&back);
        }
        for id in self.codes.keys() {
            out.array(8).bytes(&id.0);
        }
    }
}

fn ids<'a>(out: &mut Writer, ids: impl ExactSizeIterator<Item = &'a StatementId>) {
    out.array(ids.len());
    for id in ids {
        out.bytes(&id.0);
    }
}

fn holding_into(out: &mut Writer, holding: &Holding) {
    match holding {
        Holding::Held(device) => out.array(1).bytes(&device.0),
        Holding::InFlight { under, to } => out.array(2).bytes(&under.0).bytes(&to.0),
    };
}
