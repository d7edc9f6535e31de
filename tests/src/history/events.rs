//! Events: proposed, approved, called off, and asked for seats at.

use super::{Want, World};
use crate::office::keypair;
use crate::oracle::Fold;
use allkontor_core::id::{ClassId, Digest, StatementId, UnitId};
use allkontor_core::statement::{
    AnyEqual, Appoint, Approve, Body, CallOff, Cause, Edit, EventKey, Propose, Request, Seats,
    Verified, Wish,
};

impl World {
    /// Somebody proposes an event with up to three seats, again and again in other words.
    pub(super) fn propose(&mut self, ticket: u8, slot: u8, date: Want, seats: u8, thief: bool) {
        let Some((ticket, key)) = self.pick_ticket(ticket, thief) else {
            return;
        };
        let version = slot / 4;
        let slot = slot_of(&ticket, slot);
        let propose = Propose {
            ticket: ticket.id(),
            slot,
            version,
            dates: vec![date.wish().interval],
            text: Digest([seats; 32]),
            length: 1,
            room: seats == 3,
            seats: (seats < 4).then(|| Seats {
                class: ClassId(3),
                first: UnitId(6),
                last: UnitId(6 + u32::from(seats.min(2))),
            }),
            public: seats != 1,
            partner: None,
            claimed: self.now,
        };
        self.office.visit(&key, propose);
        self.everybody_learns_last();
    }

    /// Somebody edits the text of an event: the holder of a ticket, a device of the office's, a phone that was let in, or
    /// nobody that may.
    pub(super) fn edit(&mut self, ticket: u8, pick: u8, by: u8) {
        let proposals = self.office.heap.iter();
        let proposals = proposals.filter(|s| matches!(s.body(), Body::Propose(_)));
        let proposals: Vec<_> = proposals.map(|s| (s.clone(), s.signer())).collect();
        let Some((proposed, proposer)) = proposals.get(usize::from(pick) % proposals.len().max(1))
        else {
            return;
        };
        let (proposal, proposer) = (proposed.id(), *proposer);
        let device = usize::from(by) % self.office.devices.len();
        let appoint = (by > 5).then(|| self.let_in(&proposed.clone(), pick));
        let key = match by {
            0 => self.pick_ticket(ticket, false).map(|(_, key)| key),
            1 | 2 => {
                let mut keys = self.tickets.iter().map(|(_, key)| key);
                keys.find(|key| key.public() == proposer).cloned()
            }
            6.. => Some(keypair("helper", u64::from(pick % 3))),
            _ => Some(self.office.devices[device].key.clone()),
        };
        let Some(key) = key else {
            return;
        };
        let edits = self.office.heap.iter();
        let edits = edits
            .filter(|s| matches!(s.body(), Body::Edit(_)))
            .map(|s| s.id());
        let edit = Edit {
            proposal,
            appoint,
            after: edits.take(usize::from(by % 3)).collect(),
            patch: Digest([pick; 32]),
            length: 1,
            claimed: self.now,
        };
        self.office.visit(&key, edit);
        self.everybody_learns_last();
    }

    /// Whoever proposed an event lets another phone in; now and then a stranger does, or it is another event, or another
    /// phone. Some hear of it late.
    fn let_in(&mut self, proposed: &Verified, pick: u8) -> StatementId {
        let (ticket, slot) = match proposed.body() {
            Body::Propose(propose) => (propose.ticket, propose.slot),
            _ => (proposed.id(), 0),
        };
        let own = self.tickets.iter().map(|(_, key)| key);
        let own = own.clone().find(|key| key.public() == proposed.signer());
        let stranger = keypair("thief", 0);
        let key = own
            .filter(|_| !pick.is_multiple_of(5))
            .unwrap_or(&stranger)
            .clone();
        let appoint = Appoint {
            ticket,
            slot: slot ^ u8::from(pick.is_multiple_of(7)),
            key: keypair(
                "helper",
                u64::from(pick % 3) + u64::from(pick.is_multiple_of(11)),
            )
            .public(),
            claimed: self.now,
        };
        let id = self.office.visit(&key, appoint).id();
        let first = usize::from(pick) % self.views.len();
        self.learn_last(first);
        id
    }

    /// Somebody asks for seats at an event; or, when it is their own, for a room for it.
    pub(super) fn ask_for_event(&mut self, ticket: u8, slot: u8, event: u8, seats: u8) {
        let proposals = self.office.heap.iter().filter_map(|s| match s.body() {
            Body::Propose(propose) => Some(propose.clone()),
            _ => None,
        });
        let proposals: Vec<Propose> = proposals.collect();
        let Some(event) = proposals.get(usize::from(event) % proposals.len().max(1)) else {
            return;
        };
        let at = event.dates[0];
        let of = EventKey {
            ticket: event.ticket,
            slot: event.slot,
        };
        // Now and then its proposer asks for the room.
        let own = self
            .tickets
            .iter()
            .position(|(ticket, _)| ticket.id() == event.ticket);
        let (pick, slot, version, wishes, any_equal) = match own.filter(|_| seats > 2) {
            Some(own) => {
                let room = Wish::new(UnitId(u32::from(slot) % 4), at);
                (own as u8, event.slot, Some(event.version), vec![room], None)
            }
            None => {
                let count = u32::from(seats % 3) + 1;
                let seats = (6..6 + count).map(|unit| Wish::new(UnitId(unit), at));
                let any_equal = Some(AnyEqual {
                    class: ClassId(3),
                    needs: vec![],
                });
                (ticket, slot, None, seats.collect(), any_equal)
            }
        };
        let Some((ticket, key)) = self.pick_ticket(pick, false) else {
            return;
        };
        let slot = version.map_or_else(|| slot_of(&ticket, slot), |_| slot);
        let asked = self.office.heap.iter().filter_map(|s| match s.body() {
            Body::Request(r) if r.ticket == ticket.id() && r.slot == slot => Some(r.version),
            _ => None,
        });
        let version = version.unwrap_or_else(|| asked.max().map_or(0, |last| (last + 1).min(15)));
        // Some asked long ago, and some have just come to it.
        let claimed = self.now.plus(i32::from(pick % 3) * 1440).unwrap();
        let request = Request {
            ticket: ticket.id(),
            slot,
            version,
            options: vec![wishes],
            any_equal,
            party: 1,
            claimed,
            event: Some(of),
            accepts: None,
        };
        self.office.visit(&key, request);
        self.everybody_learns_last();
    }
}

/// One of the ticket's slots; now and then one past them.
fn slot_of(ticket: &Verified, pick: u8) -> u8 {
    match ticket.body() {
        Body::Ticket(ticket) if pick != 9 => pick % ticket.slots,
        _ => 3,
    }
}

/// What is proposed and not approved.
pub(super) fn approvals(fold: &Fold<'_>, pick: u8) -> Vec<Body> {
    let open = fold.all.keys().copied();
    let open = open.filter(|id| fold.proposed(*id).is_some() && !fold.approved.contains(id));
    let open: Vec<_> = open.collect();
    let proposal = open.get(usize::from(pick) % open.len().max(1)).copied();
    let approve = proposal.map(|proposal| Approve { proposal }.into());
    approve.into_iter().collect()
}

/// What was proposed, whatever became of it.
pub(super) fn call_offs(fold: &Fold<'_>, pick: u8) -> Vec<Body> {
    let all = fold
        .all
        .keys()
        .copied()
        .filter(|id| fold.proposed(*id).is_some());
    let all: Vec<_> = all.collect();
    let proposal = all.get(usize::from(pick) % all.len().max(1)).copied();
    let cause = Cause::Staff;
    let call_off = proposal.map(|proposal| CallOff { proposal, cause }.into());
    call_off.into_iter().collect()
}
