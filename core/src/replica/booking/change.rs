//! What has been asked for, changed: moved, lengthened, taken back.

use super::super::{BookingId, Replica};
use crate::command::{self, Book, ChangeError, EventError, Plan};
use crate::error::Error;
use crate::limits::MAX_VERSION;
use crate::model::Moment;
use crate::resolve::SlotKey;
use crate::statement::{Cancel, Document};
use crate::time::{CivilMinute, Timestamp};
use crate::view::Stage;

impl Replica {
    /// Withdraws a booking, and what it goes on as in other years.
    pub(in crate::replica) fn cancel(&mut self, booking: BookingId) -> Result<(), Error> {
        self.check_changeable(booking)?;
        for part in self.parts_of(booking) {
            if self.check_changeable(part).is_ok() {
                self.cancel_part(part)?;
            }
        }
        Ok(())
    }

    fn cancel_part(&mut self, booking: BookingId) -> Result<(), Error> {
        self.wallet.cancel(booking);
        self.keep_wallet();
        let Some(pen) = self.wallet.pen(booking, &self.key) else {
            return Ok(());
        };
        let version = match pen.document {
            // The office may be writing a version of its own just now.
            Document::Storage(_) => MAX_VERSION,
            _ => self.slot_version(&pen),
        };
        let SlotKey { ticket, slot } = pen.slot;
        let cancel = self.say(
            &pen.key,
            pen.document,
            Cancel {
                ticket,
                slot,
                version,
            },
        )?;
        self.carry(cancel);
        Ok(())
    }

    /// Asks for the first date of `to` instead; answers with the booking that asks for it now.
    pub(in crate::replica) fn move_to(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        to: &Book,
    ) -> Result<BookingId, Error> {
        self.check_changeable(booking)?;
        let mut planned = self.plans(now, to)?;
        self.refuse_what_is_reserved(now, &mut planned)?;
        let Some(planned) = planned.into_iter().next() else {
            return Ok(booking);
        };
        let plan = planned.plan.map_err(ChangeError::Rule)?;
        self.change(now, booking, plan)
    }

    pub(in crate::replica) fn extend_booking(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        end: CivilMinute,
    ) -> Result<BookingId, Error> {
        let booking = self.part_of_today(now, booking)?;
        self.check_changeable(booking)?;
        if let Some(kept) = self.keep_until(now, booking, end)? {
            return Ok(kept);
        }
        let (catalogue, moment) = (self.require_catalogue()?, self.moment(now)?);
        let old = self.current_plan(booking)?;
        let holding = self.holding(booking);
        let asked = old.options.first().cloned().unwrap_or_default();
        let wishes = command::extended(booking, &asked, &holding, end)?;
        for wish in &wishes {
            // A stay that has begun may be lengthened: only where it ends is checked against the clock.
            let started = Moment {
                now: moment.now.min(wish.interval.start()),
                ..moment
            };
            let ask = crate::model::Ask {
                unit: wish.unit,
                interval: wish.interval,
                party: old.party,
            };
            catalogue
                .check_hold(&started, &ask)
                .map_err(ChangeError::Rule)?;
        }
        self.change(
            now,
            booking,
            Plan {
                options: vec![wishes],
                any_equal: None,
                ..old
            },
        )
    }

    /// Signs the next version of a booking, or rewrites the draft when it has no ticket yet. What is filed in another
    /// month is a booking of its own, and this one is cancelled when that is confirmed.
    fn change(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        plan: Plan,
    ) -> Result<BookingId, Error> {
        let claimed = self.civil(now)?;
        if self.is_for_an_event(booking) {
            return Err(EventError::Fixed { booking }.into());
        }
        // The last wish counts: a new time that was to take this one's place is not wanted any more.
        let moves = self.wallet.moves().filter(|(_, old)| *old == booking);
        for (new, _) in moves.collect::<Vec<_>>() {
            self.wallet.replaces(new, None);
            self.withdraw(new)?;
        }
        let Some(pen) = self.wallet.pen(booking, &self.key) else {
            self.wallet.rewrite(booking, &plan, claimed);
            self.order_for_drafts(now)?;
            self.keep_wallet();
            return Ok(booking);
        };
        let reserved = self.is_reserved(&plan) && !self.wallet.has_introduced_ticket(booking);
        if pen.document != plan.document || reserved {
            return self.book_instead(now, booking, &plan, claimed);
        }
        let ledger = self.shelf.ledger(pen.document);
        let slot = ledger.and_then(|ledger| ledger.fold.resolved().slots.get(&pen.slot));
        let version =
            command::next_version(booking, slot.ok_or(ChangeError::Unknown { booking })?)?;
        self.wallet.rewrite(booking, &plan, claimed);
        let request = self.request(&pen, version, plan, claimed)?;
        self.wallet.note_said(booking, request.id(), false);
        self.keep_wallet();
        self.carry(request);
        Ok(booking)
    }

    fn book_instead(
        &mut self,
        now: Timestamp,
        old: BookingId,
        plan: &Plan,
        claimed: CivilMinute,
    ) -> Result<BookingId, Error> {
        let series = self.wallet.entry(old).and_then(|entry| entry.series);
        let booking = self.wallet.add(plan, claimed);
        self.wallet.join(booking, series);
        self.wallet.replaces(booking, Some(old));
        self.promote_drafts(now)?;
        self.order_for_drafts(now)?;
        self.keep_wallet();
        Ok(booking)
    }

    /// Cancels what moved to another month, where the new time is confirmed.
    pub(in crate::replica) fn finish_moves(&mut self) -> Result<(), Error> {
        let confirmed = |new: &BookingId| {
            let slot = self.slot_of(*new);
            slot.is_some_and(|(document, key)| self.stands(document, &key))
        };
        let moves = self.wallet.moves();
        let done: Vec<_> = moves.filter(|(new, _)| confirmed(new)).collect();
        for (new, old) in done {
            self.wallet.replaces(new, None);
            self.keep_wallet();
            self.withdraw(old)?;
        }
        Ok(())
    }

    /// Cancels what another booking took the place of. What the office refused or gave away is over: there is nothing
    /// left to withdraw.
    fn withdraw(&mut self, booking: BookingId) -> Result<(), Error> {
        let status = self.booking(booking).map(|entry| entry.status.stage);
        let over = matches!(
            status,
            Some(Stage::Declined { .. } | Stage::Released { .. })
        );
        if over || self.check_changeable(booking).is_err() {
            return Ok(());
        }
        self.cancel(booking)
    }

    pub(in crate::replica) fn check_changeable(
        &self,
        booking: BookingId,
    ) -> Result<(), ChangeError> {
        let entry = self
            .wallet
            .entry(booking)
            .ok_or(ChangeError::Unknown { booking })?;
        if entry.cancelled {
            Err(ChangeError::Ended { booking })
        } else {
            Ok(())
        }
    }

    fn current_plan(&self, booking: BookingId) -> Result<Plan, ChangeError> {
        self.wallet
            .entry(booking)
            .and_then(|entry| entry.plan())
            .ok_or(ChangeError::Unknown { booking })
    }
}
