//! Visitors: tickets they have, or have stolen, and what they ask for with them.

use super::{Claim, Want, World};
use crate::office::{at, keypair};
use allkontor_core::id::{ClassId, FeatureId};
use allkontor_core::statement::{AnyEqual, Body, Keypair, Request, Verified, Wish};

impl World {
    #[expect(clippy::too_many_arguments, reason = "the fields of one action")]
    pub(super) fn ask(
        &mut self,
        ticket: u8,
        slot: u8,
        newer: bool,
        options: &[Vec<Want>],
        any: bool,
        claim: Claim,
        thief: bool,
    ) {
        let Some((ticket, key)) = self.pick_ticket(ticket, thief) else {
            return;
        };
        let Body::Ticket(body) = ticket.body() else {
            return;
        };
        // Slots past the ticket's are asked for too, now and then.
        let slot = if slot == 9 { 3 } else { slot % body.slots };
        let asked = self.office.heap.iter().filter_map(|s| match s.body() {
            Body::Request(r) if r.ticket == ticket.id() && r.slot == slot => Some(r.version),
            _ => None,
        });
        // A race: the same version again.
        let version = match asked.max() {
            None => 0,
            Some(last) => (last + u8::from(newer)).min(15),
        };
        let claimed = match claim {
            Claim::Now => self.now,
            Claim::FarBack => at(-20, 0),
            Claim::Ahead => self.now.plus(1440).unwrap(),
            Claim::Expired => at(25, 0),
        };
        self.lies += usize::from(claim != Claim::Now);
        let options: Vec<Vec<Wish>> = options
            .iter()
            .map(|option| option.iter().map(|w| w.wish()).collect())
            .collect();
        let class = options[0][0].unit.0 / 4;
        let request = Request {
            event: None,
            ticket: ticket.id(),
            slot,
            version,
            options,
            any_equal: any.then(|| AnyEqual {
                class: ClassId(class as u16 + 1),
                needs: (version == 1).then_some(FeatureId(1)).into_iter().collect(),
            }),
            party: 1,
            claimed,
            accepts: None,
        };
        self.office.visit(&key, request);
        // Phones reach some stewards at once and others when somebody meets.
        let first = usize::from(slot) % self.views.len();
        self.learn_last(first);
        if claim == Claim::Now {
            self.everybody_learns_last();
        }
    }

    pub(super) fn pick_ticket(&self, pick: u8, thief: bool) -> Option<(Verified, Keypair)> {
        let index = usize::from(pick) % self.tickets.len().max(1);
        let (ticket, key) = self.tickets.get(index)?.clone();
        Some((ticket, if thief { keypair("thief", 0) } else { key }))
    }
}
