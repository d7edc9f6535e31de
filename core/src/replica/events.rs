//! Events: proposed, approved, called off; seats asked for.

use super::wallet::Pen;
use super::{BookingId, Outcome, Replica, Standing};
use crate::command::{self, EventError, Plan, ProposeEvent, Purpose};
use crate::error::Error;
use crate::id::{ClassId, FeatureId, StatementId};
use crate::model::Approval;
use crate::resolve::{EventStage, Holding, SlotKey};
use crate::statement::{Approve, CallOff, Cause, Document, Role, Verified};
use crate::time::{CivilMinute, Interval, OfficeDay, Timestamp};
use std::collections::BTreeSet;

impl Replica {
    /// The document that an event is in.
    pub(super) fn find_event(&self, key: &SlotKey) -> Result<Document, EventError> {
        let mut ledgers = self.shelf.ledgers.iter();
        let found = ledgers.find(|(_, l)| l.fold.resolved().events.contains_key(key));
        found
            .map(|(document, _)| *document)
            .ok_or(EventError::Unknown { key: *key })
    }

    pub(super) fn propose_event(
        &mut self,
        now: Timestamp,
        event: &ProposeEvent,
    ) -> Result<Outcome, Error> {
        let (catalogue, moment) = (self.require_catalogue()?, self.moment(now)?);
        for date in event.dates() {
            let day = OfficeDay::of(date.start(), moment.day_start);
            let _ = self.shelf.ledger_mut(Document::ledger_of(day));
        }
        let staff = self.is_staff();
        let plan = {
            let free = |class: ClassId, needs: &BTreeSet<FeatureId>, at: Interval| {
                self.free_units(&catalogue, Some(class), needs, at)
            };
            command::plan_event(event, &catalogue, &moment, staff, &free)?
        };
        self.take_text(event.text().as_bytes());
        self.ask(now, &plan).map(Outcome::Asked)
    }

    pub(super) fn ask_for_seats(
        &mut self,
        now: Timestamp,
        event: SlotKey,
        date: usize,
        seats: u16,
    ) -> Result<Outcome, Error> {
        let (catalogue, moment) = (self.require_catalogue()?, self.moment(now)?);
        let document = self.find_event(&event)?;
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let unknown = EventError::Unknown { key: event };
        let fold = fold.ok_or_else(|| unknown.clone())?;
        let record = fold.resolved().events.get(&event);
        let (_, content) = record.and_then(|record| record.content()).ok_or(unknown)?;
        if fold.event_stage(&event) != Some(EventStage::Open) {
            return Err(EventError::NotOpen { key: event }.into());
        }
        let none = EventError::TooFewSeats {
            asked: seats,
            of: 0,
        };
        let there = content.seats.ok_or(none)?;
        let no_such_date = EventError::NoSuchDate { key: event, date };
        let at = *content.dates.get(date).ok_or(no_such_date)?;
        let plan = {
            let free = |class: ClassId, needs: &BTreeSet<FeatureId>, at: Interval| {
                self.free_units(&catalogue, Some(class), needs, at)
            };
            let (there, of) = ((there, at), event);
            command::plan_seats(document, of, there, seats, &catalogue, &moment, &free)?
        };
        self.ask(now, &plan).map(Outcome::Asked)
    }

    fn ask(&mut self, now: Timestamp, plan: &Plan) -> Result<BookingId, Error> {
        self.require_introduction(now, plan)?;
        let claimed = self.civil(now)?;
        let booking = self.wallet.add(plan, claimed);
        self.promote_drafts(now)?;
        self.order_for_drafts(now)?;
        self.keep_wallet();
        Ok(booking)
    }

    /// Signs a proposal, when a plan is one.
    pub(super) fn propose_with(
        &self,
        pen: &Pen,
        plan: &Plan,
        claimed: CivilMinute,
    ) -> Result<Option<Verified>, Error> {
        let Some(Purpose::Event(event)) = &plan.purpose else {
            return Ok(None);
        };
        let propose = event.propose(pen.slot, claimed);
        let propose = propose.map(|propose| self.say(&pen.key, pen.document, propose));
        propose.transpose()
    }

    /// Whether a booking is an event's room or seats at one.
    pub(super) fn is_for_an_event(&self, booking: BookingId) -> bool {
        let entry = self.wallet.entry(booking);
        let planned = entry
            .and_then(|entry| entry.plan())
            .and_then(|plan| plan.purpose);
        let slot = self.slot_of(booking);
        let holds_one = slot.is_some_and(|(document, key)| {
            let ledger = self.shelf.ledger(document);
            ledger.is_some_and(|ledger| ledger.fold.resolved().events.contains_key(&key))
        });
        planned.is_some() || holds_one
    }

    /// Whether this is a device of those who know people: whoever books at it for somebody vouches for them.
    pub(super) fn is_staff(&self) -> bool {
        matches!(
            self.standing(),
            Standing::Steward(Role::Admin | Role::Staff)
        )
    }

    /// Lets those events take place that nobody has to look at: what staff propose, and what anybody does where the
    /// catalogue asks for nobody's leave.
    pub(super) fn approve_by_rule(
        &mut self,
        now: Timestamp,
        document: Document,
    ) -> Result<(), Error> {
        let minute = self.civil(now)?;
        let (Some(catalogue), Some(ledger)) = (self.catalogue(), self.shelf.ledger(document))
        else {
            return Ok(());
        };
        let (fold, me) = (&ledger.fold, Some(Holding::Held(self.key.public())));
        if fold.resolved().events.is_empty() {
            return Ok(());
        }
        let own = self.wallet.bookings().filter(|_| self.is_staff());
        let own: BTreeSet<SlotKey> = own.filter_map(|(_, entry)| entry.slot_key()).collect();
        let everybody = catalogue.parts().events.approval == Approval::Nobody;
        let mut approved = Vec::new();
        for (key, event) in &fold.resolved().events {
            let by_rule = everybody && fold.decider(&key.ticket) == me;
            if fold.event_stage(key) != Some(EventStage::Proposed)
                || !(by_rule || own.contains(key))
            {
                continue;
            }
            let Some((proposal, content)) = event.content() else {
                continue;
            };
            let ahead = content.dates.last().is_some_and(|date| date.end() > minute);
            let written = ledger.pages.recorded.contains(&proposal);
            if ahead && (written || own.contains(key)) {
                approved.push(proposal);
            }
        }
        for proposal in approved {
            self.decide_that(now, document, Approve { proposal })?;
        }
        Ok(())
    }

    pub(super) fn approve_event(&mut self, now: Timestamp, key: SlotKey) -> Result<Outcome, Error> {
        self.require_role()?;
        self.require_current()?;
        let (document, proposal) = self.proposal_of(&key)?;
        let stage = self.shelf.ledger(document);
        let stage = stage.and_then(|ledger| ledger.fold.event_stage(&key));
        if stage.is_none_or(EventStage::is_over) {
            return Err(EventError::NotOpen { key }.into());
        }
        if stage == Some(EventStage::Proposed) {
            self.decide_that(now, document, Approve { proposal })?;
        }
        Ok(Outcome::Done)
    }

    pub(super) fn call_off_event(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        cause: Cause,
    ) -> Result<Outcome, Error> {
        let role = self.require_role()?;
        self.require_current()?;
        if !role.states_facts() {
            return Err(Error::NoFacts { role });
        }
        let (document, proposal) = self.proposal_of(&key)?;
        self.decide_that(now, document, CallOff { proposal, cause })?;
        Ok(Outcome::Done)
    }

    fn proposal_of(&self, key: &SlotKey) -> Result<(Document, StatementId), Error> {
        let document = self.find_event(key)?;
        let ledger = self.shelf.ledger(document);
        let event = ledger.and_then(|ledger| ledger.fold.resolved().events.get(key));
        let content = event.and_then(|event| event.content());
        let unknown = EventError::Unknown { key: *key };
        Ok((document, content.ok_or(unknown)?.0))
    }
}
