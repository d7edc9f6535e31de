//! Events: what was proposed, what the office said to it, and who may be placed there (spec §5.4).

use super::fold::Fold;
use super::forecast::Places;
use super::state::{Confirmation, SlotKey};
use crate::id::{PublicKey, StatementId};
use crate::statement::{Appoint, Body, CallOff, Cause, Edit, EventKey, Propose, Request, Wish};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What was said of one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventRecord {
    /// Everything that was proposed.
    pub proposals: BTreeMap<StatementId, Propose>,
    /// Proposals that the office let through.
    pub approved: BTreeSet<StatementId>,
    /// Edits of its text.
    pub edits: BTreeMap<StatementId, Edit>,
    /// That it does not take place, and why; of several statements the one with the smallest id.
    pub off: Option<(StatementId, Cause)>,
}

/// How far an event has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventStage {
    /// The office has not said yes.
    Proposed,
    /// The office has, and the room that it needs is not held.
    Approved,
    /// It takes place; people can ask for seats.
    Open,
    /// Whoever proposed it has withdrawn it.
    Withdrawn,
    /// The office refused it or called it off.
    CalledOff(Cause),
}

impl EventStage {
    /// Whether it will not take place, whatever comes.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Withdrawn | Self::CalledOff(_))
    }
}

impl EventRecord {
    /// What it is: of what was approved the highest version; until something is, of what was proposed. Of several the one
    /// with the smallest id.
    pub fn content(&self) -> Option<(StatementId, &Propose)> {
        let all = self.proposals.iter();
        let approved = all.filter(|(id, _)| self.approved.is_empty() || self.approved.contains(id));
        let best = approved.max_by_key(|(id, propose)| (propose.version, Reverse(**id)));
        best.map(|(id, propose)| (*id, propose))
    }

    fn is_approved(&self, version: u8) -> bool {
        let mut approved = self.approved.iter().filter_map(|id| self.proposals.get(id));
        approved.any(|propose| propose.version == version)
    }
}

/// What a statement about an event builds on; of any other, what it says in the commons.
pub(super) fn named(body: &Body) -> Vec<StatementId> {
    match body {
        Body::Propose(propose) => vec![propose.ticket],
        Body::Appoint(appoint) => vec![appoint.ticket],
        Body::Edit(edit) => [Some(edit.proposal), edit.appoint]
            .into_iter()
            .flatten()
            .collect(),
        Body::Approve(approve) => vec![approve.proposal],
        Body::CallOff(call_off) => vec![call_off.proposal],
        other => super::commons::named(other),
    }
}

impl From<EventKey> for SlotKey {
    fn from(EventKey { ticket, slot }: EventKey) -> Self {
        Self { ticket, slot }
    }
}

impl From<SlotKey> for EventKey {
    fn from(SlotKey { ticket, slot }: SlotKey) -> Self {
        Self { ticket, slot }
    }
}

impl Fold {
    /// How far an event has come; `None` when nobody proposed it.
    pub fn event_stage(&self, key: &SlotKey) -> Option<EventStage> {
        let resolved = self.resolved();
        let event = resolved.events.get(key)?;
        if let Some((_, cause)) = event.off {
            return Some(EventStage::CalledOff(cause));
        }
        let slot = resolved.slots.get(key);
        let (_, content) = event.content()?;
        if slot.is_some_and(|slot| slot.is_cancelled(content.version)) {
            return Some(EventStage::Withdrawn);
        }
        if event.approved.is_empty() {
            return Some(EventStage::Proposed);
        }
        let last = slot.and_then(|slot| resolved.confirmations.get(&slot.last()?));
        let has_room = !content.room || last.is_some_and(|last| last.state.stands());
        Some(if has_room {
            EventStage::Open
        } else {
            EventStage::Approved
        })
    }

    /// A number that rises with whatever is said of an event, and is equal on all devices with the same statements: the
    /// SEQUENCE of its dates in iCalendar (SPEC, 5.4).
    pub fn event_sequence(&self, key: &SlotKey) -> u32 {
        let Some(event) = self.resolved().events.get(key) else {
            return 0;
        };
        let said = event.proposals.len().saturating_add(event.approved.len());
        let said = said.saturating_add(event.edits.len());
        let said = said.saturating_add(usize::from(event.off.is_some()));
        let said = u32::try_from(said).unwrap_or(u32::MAX);
        said.saturating_add(self.sequence(key))
    }

    /// The event that a booking was confirmed for.
    pub fn event_of(&self, confirmation: &Confirmation) -> Option<SlotKey> {
        let request = self.good_request(&confirmation.request)?;
        request.event.map(SlotKey::from)
    }

    /// Why what a booking asks for an event is not given, or given back: the event does not take place.
    pub fn off_for(&self, key: &SlotKey, event: &SlotKey) -> Option<Cause> {
        match self.event_stage(event)? {
            EventStage::CalledOff(cause) if event == key => Some(cause),
            EventStage::CalledOff(_) => Some(Cause::CalledOff),
            EventStage::Withdrawn if event != key => Some(Cause::CalledOff),
            _ => None,
        }
    }

    /// Who has asked for seats at an event, whatever became of it.
    pub fn attending(&self, event: &SlotKey) -> impl Iterator<Item = SlotKey> + '_ {
        let asked = self.progress.attending.get(event);
        asked.into_iter().flatten().copied()
    }

    /// Whether a request may be placed on that wish, as far as events go: a room for an event once that is approved,
    /// seats at an event that takes place, and seats for nothing else.
    pub(super) fn is_admitted(
        &self,
        places: &impl Places,
        key: &SlotKey,
        request: &Request,
        wish: &Wish,
    ) -> bool {
        let seats_only = places.is_seat(wish.unit);
        let Some(event) = request.event.map(SlotKey::from) else {
            return !seats_only;
        };
        let (Some(stage), Some(record)) =
            (self.event_stage(&event), self.resolved().events.get(&event))
        else {
            return false;
        };
        if event == *key {
            return !stage.is_over() && record.is_approved(request.version) && !seats_only;
        }
        let content = record.content().filter(|_| stage == EventStage::Open);
        content.is_some_and(|(_, content)| {
            let seats = content.seats.zip(places.class_of(wish.unit));
            seats.is_some_and(|(seats, class)| seats.include(wish.unit, class))
                && content.dates.contains(&wish.interval)
        })
    }

    pub(super) fn propose(&mut self, id: StatementId, key: SlotKey, propose: &Propose) {
        self.progress.said.entry(key.ticket).or_default().push(id);
        self.progress.slot(key);
        let event = self.progress.resolved.events.entry(key).or_default();
        event.proposals.insert(id, propose.clone());
    }

    pub(super) fn edit(&mut self, id: StatementId, signer: PublicKey, edit: &Edit) {
        if let Some(key) = self.edits(&signer, &edit.proposal, edit.appoint.as_ref()) {
            self.progress.said.entry(key.ticket).or_default().push(id);
            self.progress.touched.insert(key);
            let event = self.progress.resolved.events.entry(key).or_default();
            event.edits.insert(id, edit.clone());
        }
    }

    /// The event of a proposal whose text that signer may edit: its proposer, whoever that `Appoint` lets in, and the
    /// office's devices that state facts.
    pub fn edits(
        &self,
        signer: &PublicKey,
        proposal: &StatementId,
        appoint: Option<&StatementId>,
    ) -> Option<SlotKey> {
        let key = self.proposed(proposal)?;
        let ticket = self.resolved().tickets.get(&key.ticket);
        let proposer = ticket.is_some_and(|record| record.ticket.key == *signer);
        let device = self.authority.device(signer);
        let staff = device.is_some_and(|device| device.role.states_facts());
        let let_in = appoint.and_then(|id| self.organisers(&key)?.get(id));
        (proposer || staff || let_in == Some(signer)).then_some(key)
    }

    pub(super) fn appoint(&mut self, id: StatementId, key: SlotKey, appoint: &Appoint) {
        self.progress.said.entry(key.ticket).or_default().push(id);
        self.progress.touched.insert(key);
        let organisers = &mut self.progress.resolved.organisers;
        organisers.entry(key).or_default().insert(id, appoint.key);
    }

    /// The keys that were let in to write the text of an event, by the `Appoint`; `None` when nobody was.
    pub fn organisers(&self, event: &SlotKey) -> Option<&BTreeMap<StatementId, PublicKey>> {
        self.resolved().organisers.get(event)
    }

    pub(super) fn approve(&mut self, proposal: &StatementId) {
        if let Some(key) = self.proposed(proposal) {
            self.progress.touched.insert(key);
            let event = self.progress.resolved.events.entry(key).or_default();
            event.approved.insert(*proposal);
        }
    }

    pub(super) fn call_off(&mut self, id: StatementId, call_off: &CallOff) {
        if let Some(key) = self.proposed(&call_off.proposal) {
            self.progress.touched.insert(key);
            let event = self.progress.resolved.events.entry(key).or_default();
            let this = (id, call_off.cause);
            event.off = Some(event.off.map_or(this, |first| first.min(this)));
        }
    }

    /// The event that a proposal is of, if it counts.
    fn proposed(&self, id: &StatementId) -> Option<SlotKey> {
        let Body::Propose(propose) = self.statements.get(id)?.body() else {
            return None;
        };
        let said = self.progress.said.get(&propose.ticket)?;
        said.contains(id).then_some(SlotKey {
            ticket: propose.ticket,
            slot: propose.slot,
        })
    }

    pub(super) fn attend(&mut self, key: SlotKey, request: &Request) {
        let event = request.event.map(SlotKey::from);
        if let Some(event) = event.filter(|event| *event != key) {
            let asked = self.progress.attending.entry(event).or_default();
            asked.insert(key);
        }
    }

    /// What is said of an event is said of everybody who asks for seats there.
    pub(super) fn touch_attending(&mut self) {
        let touched = self.progress.touched.iter();
        let asked = touched.filter_map(|key| self.progress.attending.get(key));
        let asked: BTreeSet<SlotKey> = asked.flatten().copied().collect();
        self.progress.touched.extend(asked);
    }
}
