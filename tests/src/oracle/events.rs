//! §5.4: what was proposed, approved and called off, and who may be placed there.

use super::fold::{Asked, Fold, Standing};
use super::forecast::Shop;
use allkontor_core::id::StatementId;
use allkontor_core::statement::{Body, Edit, Propose, Role, Verified, Wish};
use std::collections::BTreeSet;

/// (ticket, slot)
pub type EventOf = (StatementId, u8);

/// How far an event has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// "nothing of it is approved"
    Proposed,
    /// "it needs a room that is not held"
    Approved,
    /// It takes place.
    Open,
    /// Withdrawn, or called off.
    Over,
}

impl Fold<'_> {
    /// A proposal that is not inert: "signed by the ticket's key, in its slots, not after `expires`".
    pub fn proposed(&self, id: StatementId) -> Option<&Propose> {
        let statement = self.all.get(&id)?;
        let Body::Propose(propose) = statement.body() else {
            return None;
        };
        let (ticket, _) = self.ticket(propose.ticket)?;
        let counts = statement.signer() == ticket.key
            && propose.slot < ticket.slots
            && propose.claimed.max(ticket.stamp) <= ticket.expires;
        counts.then_some(propose)
    }

    /// "or by the key of the Appoint that it names, if that is not inert and of the same ticket and slot"
    fn is_let_in(&self, statement: &Verified, edit: &Edit, propose: &Propose) -> bool {
        let named = edit.appoint.and_then(|id| self.all.get(&id));
        let Some((named, Body::Appoint(appoint))) = named.map(|named| (named, named.body())) else {
            return false;
        };
        let ticket = self.ticket(appoint.ticket).map(|(ticket, _)| ticket);
        let counts = ticket
            .is_some_and(|ticket| named.signer() == ticket.key && appoint.slot < ticket.slots);
        let of_it = (appoint.ticket, appoint.slot) == (propose.ticket, propose.slot);
        counts && of_it && appoint.key == statement.signer()
    }

    /// "signed by the ticket's key, or by a device that was ever certified as admin, staff or kiosk"
    pub fn edits(&self) -> BTreeSet<StatementId> {
        let counts = |statement: &&Verified| {
            let Body::Edit(edit) = statement.body() else {
                return false;
            };
            let propose = self.proposed(edit.proposal);
            let ticket = propose.and_then(|propose| self.ticket(propose.ticket));
            let by = statement.signer();
            let device = self.authority.devices.get(&by).map(|device| device.role);
            let staff = matches!(device, Some(Role::Admin | Role::Staff | Role::Kiosk));
            let let_in = propose.is_some_and(|propose| self.is_let_in(statement, edit, propose));
            ticket.is_some_and(|(ticket, _)| staff || let_in || ticket.key == by)
        };
        let all = self.all.values().filter(counts);
        all.map(Verified::id).collect()
    }

    /// What was proposed of an event.
    fn proposals(&self, event: EventOf) -> Vec<(StatementId, &Propose)> {
        let all = self
            .all
            .keys()
            .filter_map(|id| Some((*id, self.proposed(*id)?)));
        all.filter(|(_, propose)| (propose.ticket, propose.slot) == event)
            .collect()
    }

    /// "of the proposals that are approved, or while none is of all, one of the highest version, and of several the one
    /// with the smallest id"
    fn content(&self, event: EventOf) -> Option<(bool, &Propose)> {
        let all = self.proposals(event);
        let is_approved = |id: &StatementId| self.approved.contains(id);
        let approved = all.iter().any(|(id, _)| is_approved(id));
        let mut best: Option<(StatementId, &Propose)> = None;
        // Ids come in ascending order.
        for (id, propose) in all {
            let higher = best.is_none_or(|(_, best)| propose.version > best.version);
            if higher && (!approved || is_approved(&id)) {
                best = Some((id, propose));
            }
        }
        best.map(|(_, propose)| (approved, propose))
    }

    /// How far an event has come; `None` when nobody proposed it.
    pub fn event_stage(&self, event: EventOf) -> Option<Stage> {
        let (approved, content) = self.content(event)?;
        let withdrawn = self.all.values().any(|statement| match statement.body() {
            Body::Cancel(b) => {
                let by = self.ticket(b.ticket).map(|(ticket, _)| ticket.key);
                let of_it = (b.ticket, b.slot) == event && b.version >= content.version;
                of_it && by == Some(statement.signer())
            }
            _ => false,
        });
        let off = self.proposals(event);
        let off = off
            .iter()
            .any(|(id, _)| self.called_off.values().any(|of| of == id));
        if withdrawn || off {
            return Some(Stage::Over);
        }
        if !approved {
            return Some(Stage::Proposed);
        }
        let holds_one = self.confirmations.iter().any(|c| {
            let of = c
                .request
                .as_ref()
                .map(|r| (r.request.ticket, r.request.slot));
            of == Some(event) && matches!(c.standing, Standing::Live | Standing::CheckedIn)
        });
        if holds_one || !content.room {
            Some(Stage::Open)
        } else {
            Some(Stage::Approved)
        }
    }

    /// "a room for an event once that version is approved, seats at an event that takes place, and seats for nothing
    /// else"
    pub fn admits(&self, shop: &Shop<'_>, asked: &Asked, wish: &Wish) -> bool {
        let class = shop.units.iter().find(|(unit, ..)| *unit == wish.unit);
        let class = class.map(|(_, class, _)| *class);
        let is_seat = class.is_some_and(|class| shop.seats.contains(&class));
        let request = &asked.request;
        let Some(event) = request.event.map(|event| (event.ticket, event.slot)) else {
            return !is_seat;
        };
        let stage = self.event_stage(event);
        if event == (request.ticket, request.slot) {
            let all = self.proposals(event);
            let mut approved = all.iter().filter(|(id, _)| self.approved.contains(id));
            let approved = approved.any(|(_, propose)| propose.version == request.version);
            return approved && stage != Some(Stage::Over) && !is_seat;
        }
        let content = self.content(event).filter(|_| stage == Some(Stage::Open));
        content.is_some_and(|(_, content)| {
            let is_there = content.seats.is_some_and(|seats| {
                class == Some(seats.class) && (seats.first..=seats.last).contains(&wish.unit)
            });
            is_there && content.dates.contains(&wish.interval)
        })
    }

    /// "nobody who asked a day or more after a group that waits is placed before it, if the group could be placed were
    /// nobody else to come"
    pub fn stands_behind(&self, shop: &Shop<'_>, asked: &Asked, group: &Asked) -> bool {
        let quarter = |asked: &Asked| {
            let claimed = asked.request.claimed.max(asked.ticket.stamp);
            claimed.get().div_euclid(15)
        };
        let could_take = self.could_take(shop, group);
        let could_fit = group.request.options.iter().any(|option| {
            option.iter().all(|wish| {
                let at = wish.interval;
                let together = option.iter().filter(|other| other.interval == at).count();
                let mut units: Vec<_> = could_take.iter().map(|(wish, _)| wish).collect();
                units.retain(|wish| wish.interval == at);
                units.sort();
                units.dedup();
                together <= units.len()
            })
        });
        asked.request.event.is_some()
            && asked.request.event == group.request.event
            && could_fit
            && quarter(asked) >= quarter(group) + 96
            && self.are_rivals(shop, asked, group)
    }
}
