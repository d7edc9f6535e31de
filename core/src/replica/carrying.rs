//! What the office does by itself about rentals: answers who wants to keep something, carries it into the next year,
//! and gives the next year back when this one's rental ends.

use super::Replica;
use crate::command::Note;
use crate::error::Error;
use crate::id::{StatementId, UnitId};
use crate::model::{Catalogue, Moment};
use crate::resolve::{ConfirmState, Confirmation, Holding, SlotKey};
use crate::statement::{Carry, Cause, Confirm, Document, Hold, Origin, Release, Wish};
use crate::time::{CivilMinute, Interval, OfficeDay, Timestamp};

/// Somebody wants to keep what they rent.
struct Asks {
    key: SlotKey,
    wish: StatementId,
    until: CivilMinute,
}

/// How a rental is to go on in one document.
pub(super) struct Going {
    key: SlotKey,
    version: u8,
    wishes: Vec<Wish>,
    from: Origin,
    since: CivilMinute,
    until: Option<CivilMinute>,
    answers: Option<StatementId>,
}

impl Going {
    /// In answer to that wish.
    pub(super) fn answering(self, wish: Option<StatementId>) -> Self {
        Self {
            answers: wish,
            ..self
        }
    }
}

impl Replica {
    /// Does what is due of a year's rentals.
    pub(super) fn tend_rentals(&mut self, now: Timestamp, document: Document) -> Result<(), Error> {
        let Document::Storage(year) = document else {
            return Ok(());
        };
        if self.catalogue().is_none() {
            return Ok(());
        }
        self.end_carried(now, year.saturating_add(1))?;
        self.answer_renewals(now, year)?;
        self.carry_over(now, year)?;
        self.carry_codes(now, year)?;
        self.carry_codes(now, year.saturating_add(1))
    }

    /// The confirmations of a document that stand, each the last of its slot, in this device's custody.
    pub(super) fn kept_here(&self, document: Document) -> Vec<(StatementId, Confirmation)> {
        if !self.may_decide(document) {
            return Vec::new();
        }
        let standing = self.standing_last(document);
        standing
            .filter(|(_, of)| self.is_custodian_of(document, of))
            .map(|(id, of)| (id, of.clone()))
            .collect()
    }

    fn answer_renewals(&mut self, now: Timestamp, year: u16) -> Result<(), Error> {
        let document = Document::Storage(year);
        let mut asks = Vec::new();
        for (_, confirmation) in self.kept_here(document) {
            asks.extend(self.asks(document, &confirmation));
        }
        for ask in asks {
            match self.renewed(now, year, &ask.key, ask.until)? {
                Ok(Some(going)) => {
                    self.go_on(now, document, going.answering(Some(ask.wish)))?;
                }
                Ok(None) => {}
                Err(cause) => {
                    let request = ask.wish;
                    let decline = self.refusal(document, request, cause, Note::Nothing);
                    self.decide_that(now, document, decline)?;
                }
            }
        }
        Ok(())
    }

    /// The wish that waits for an answer, when this device decides about it.
    fn asks(&self, document: Document, confirmation: &Confirmation) -> Option<Asks> {
        let fold = &self.shelf.ledger(document)?.fold;
        let (resolved, key) = (fold.resolved(), confirmation.key);
        let slot = resolved.slots.get(&key)?;
        let renewal = slot.renewal?;
        let wish = renewal.id.0;
        let open = !resolved.answered.contains(&wish) && !resolved.declined.contains_key(&wish);
        let mine = fold.decider(&key.ticket) == Some(Holding::Held(self.key.public()));
        let wanted = !slot.is_cancelled(confirmation.version);
        let until = renewal.until;
        (open && mine && wanted).then_some(Asks { key, wish, until })
    }

    /// How a rental goes on until then, or why it does not; `None` when it cannot be told yet: next year's place is in
    /// another device's custody.
    pub(super) fn renewed(
        &mut self,
        now: Timestamp,
        year: u16,
        key: &SlotKey,
        until: CivilMinute,
    ) -> Result<Result<Option<Going>, Cause>, Error> {
        let (catalogue, moment) = (self.require_catalogue()?, self.moment(now)?);
        let document = Document::Storage(year);
        let Some((part, whole)) = self.part(document, key).zip(self.whole(document)) else {
            return Ok(Ok(None));
        };
        if self.follows_rules_until(until.min(whole.end())).is_err() {
            return Ok(Ok(None));
        }
        let Some(version) = self.next_version(document, key) else {
            return Ok(Err(Cause::Limit));
        };
        let mut wishes = Vec::new();
        for hold in &part.holds {
            if let Err(rule) = catalogue.check_renewal(&moment, hold.unit, part.since, until) {
                return Ok(Err(Cause::from_rule(rule.code())));
            }
            let start = hold.interval().start();
            let end = last_minute(&catalogue, &moment, until.min(whole.end()));
            let Ok(interval) = Interval::new(start, end) else {
                return Ok(Err(Cause::Rules));
            };
            wishes.push(Wish::new(hold.unit, interval));
        }
        let beyond = (until > whole.end()).then_some(until);
        if beyond.is_some() {
            let next = Document::Storage(year.saturating_add(1));
            let units: Vec<UnitId> = part.holds.iter().map(|hold| hold.unit).collect();
            let Some(ahead) = self.whole_of_next(next, &units) else {
                return Ok(Ok(None));
            };
            let end = ahead.end().min(until);
            let wanted = Interval::new(ahead.start(), end).unwrap_or(ahead);
            let goes_on = self.carried_into(next, document, key);
            let own = goes_on.and_then(|key| self.last_of(next, &key));
            let mut wanted = units
                .iter()
                .map(|unit| self.padded(&Wish::new(*unit, wanted)));
            if wanted.any(|hold| self.is_promised(next, &hold, own)) {
                return Ok(Err(Cause::Taken));
            }
        }
        let mut holds = wishes.iter().map(|wish| self.padded(wish));
        if holds.any(|hold| self.is_promised(document, &hold, Some(part.confirm))) {
            return Ok(Err(Cause::Taken));
        }
        Ok(Ok(Some(Going {
            key: *key,
            version,
            wishes,
            from: Origin {
                document,
                confirm: part.confirm,
            },
            since: part.since,
            until: beyond,
            answers: None,
        })))
    }

    /// Carries what goes on beyond this year into the next, as soon as this year has begun: whoever has custody of the
    /// place next year knows from then on that it is taken.
    fn carry_over(&mut self, now: Timestamp, year: u16) -> Result<(), Error> {
        let (document, next) = (
            Document::Storage(year),
            Document::Storage(year.saturating_add(1)),
        );
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        let (catalogue, moment) = (self.require_catalogue()?, self.moment(now)?);
        if year > today.year() {
            return Ok(());
        }
        for (confirm, confirmation) in self.kept_here(document) {
            let Some(until) = self.goes_on_until(document, &confirmation) else {
                continue;
            };
            let units: Vec<UnitId> = confirmation.holds.iter().map(|h| h.hold.unit).collect();
            let Some(ahead) = self.whole_of_next(next, &units) else {
                continue;
            };
            let from = Origin { document, confirm };
            let carried = self.carried_into(next, document, &confirmation.key);
            if carried.is_some_and(|key| self.is_carried_from(next, &key, &from)) {
                continue;
            }
            let end = last_minute(&catalogue, &moment, until.min(ahead.end()));
            let Ok(interval) = Interval::new(ahead.start(), end) else {
                continue;
            };
            let key = match carried {
                // The renter has asked for something else there since.
                Some(key) if self.part(next, &key).is_some_and(|part| part.is_of(next)) => continue,
                Some(key) => key,
                None => self.next_ticket(now, next, document, &confirmation.key)?,
            };
            let version = match carried {
                Some(key) => self.next_version(next, &key),
                None => Some(0),
            };
            let since = self.since(document, &confirmation);
            let Some((version, since)) = version.zip(since) else {
                continue;
            };
            let wishes = units
                .iter()
                .map(|unit| Wish::new(*unit, interval))
                .collect();
            let until = (until > ahead.end()).then_some(until);
            let answers = None;
            let going = Going {
                key,
                version,
                wishes,
                from,
                since,
                until,
                answers,
            };
            self.go_on(now, next, going)?;
        }
        Ok(())
    }

    /// A ticket of the next year for whoever rents it, for the same key: their phone knows it, and a slip stays good.
    fn next_ticket(
        &mut self,
        now: Timestamp,
        next: Document,
        document: Document,
        key: &SlotKey,
    ) -> Result<SlotKey, Error> {
        let issued = self
            .shelf
            .ledger(document)
            .map(|ledger| ledger.fold.resolved());
        let issued = issued.and_then(|resolved| resolved.tickets.get(&key.ticket));
        let issued = &issued.ok_or(Error::NoSuchBooking { key: *key })?.ticket;
        let (owner, introduced) = (issued.key, issued.is_introduced());
        let holder = self.desk.holder_of(&key.ticket);
        // The same slot: two rentals of one key carried in one minute have one ticket.
        let (slot, slots) = (key.slot, key.slot.saturating_add(1));
        let ticket = self.sign_ticket(now, owner, next, Vec::new(), slots, introduced)?;
        if let Some(holder) = holder {
            // Its holder's share goes on too; it takes no slot that could be used for something else.
            let record = self
                .desk
                .issued(holder, ticket, ticket, next, 0, self.civil(now)?);
            self.keep_holder(holder, &record);
        }
        Ok(SlotKey { ticket, slot })
    }

    /// Signs that a rental goes on, and confirms it where nobody is in the way.
    pub(super) fn go_on(
        &mut self,
        now: Timestamp,
        document: Document,
        going: Going,
    ) -> Result<(), Error> {
        for wish in &going.wishes {
            self.vacate_late(now, document, wish.unit)?;
        }
        let Going {
            key,
            version,
            wishes,
            from,
            since,
            until,
            answers,
        } = going;
        let holds: Vec<Hold> = wishes.iter().map(|wish| self.padded(wish)).collect();
        let carry = Carry {
            ticket: key.ticket,
            slot: key.slot,
            version,
            wishes,
            from,
            claimed: self.civil(now)?,
            since,
            until,
            answers,
        };
        let request = self.decide_that(now, document, carry)?;
        let ends = self.last_of(document, &key);
        let free = |hold: &Hold| !self.is_promised(document, hold, ends);
        if holds.iter().all(free) {
            let confirm = Confirm {
                request,
                holds,
                ends,
            };
            self.decide_that(now, document, confirm)?;
        }
        Ok(())
    }

    /// Gives back what was carried into a year, when the rental that it continues is over or goes on no longer.
    pub(super) fn end_carried(&mut self, now: Timestamp, year: u16) -> Result<(), Error> {
        let document = Document::Storage(year);
        for (confirm, confirmation) in self.kept_here(document) {
            if let Some(cause) = self.carried_for_nothing(document, &confirmation) {
                self.decide_that(now, document, Release { confirm, cause })?;
            }
        }
        Ok(())
    }

    fn carried_for_nothing(
        &self,
        document: Document,
        confirmation: &Confirmation,
    ) -> Option<Cause> {
        let fold = &self.shelf.ledger(document)?.fold;
        let carry = fold.resolved().carried.get(&confirmation.request)?;
        let Origin {
            document: before,
            confirm,
        } = carry.from;
        let fold = &self
            .shelf
            .ledger(before)
            .filter(|_| before != document)?
            .fold;
        let resolved = fold.resolved();
        let key = resolved.confirmations.get(&confirm)?.key;
        let slot = resolved.slots.get(&key)?;
        let last = resolved.confirmations.get(&slot.last()?)?;
        match last.state {
            ConfirmState::Live | ConfirmState::CheckedIn => {
                let goes_on = self.goes_on_until(before, last).is_some();
                (!goes_on).then_some(Cause::Ended)
            }
            ConfirmState::Moved => None,
            // Who is put first in line may get it back, or something else.
            ConfirmState::Released(_) if fold.pending().contains(&key) => None,
            ConfirmState::Released(cause) if cause.makes_victim() => Some(Cause::Ended),
            ConfirmState::Released(cause) => Some(cause),
        }
    }
}

/// Until then, or until a temporary office closes for good.
fn last_minute(catalogue: &Catalogue, moment: &Moment, end: CivilMinute) -> CivilMinute {
    match catalogue.profile().duration {
        crate::model::Duration::Temporary { last, .. } => {
            end.min(last.interval(moment.day_start).end())
        }
        crate::model::Duration::Permanent => end,
    }
}
