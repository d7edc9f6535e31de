//! What is rented: kept longer at the wish of the renter, of whoever holds the slip or of staff, and given on to another.

use super::part::Part;
use super::{BookingId, Outcome, Replica};
use crate::command::{ChangeError, Heir};
use crate::error::Error;
use crate::resolve::SlotKey;
use crate::statement::{
    Body, Cause, Confirm, Document, Hold, Keypair, Release, Renew, Request, Verified, Wish,
};
use crate::sync::qr::Slip;
use crate::time::{CivilMinute, Interval, OfficeDay, Timestamp};

impl Replica {
    /// The bookings of this device that are one rental, by year.
    pub(super) fn parts_of(&self, booking: BookingId) -> Vec<BookingId> {
        let mut parts = vec![booking];
        let before = |booking: &BookingId| self.wallet.entry(*booking)?.continues.map(BookingId);
        while let Some(first) = parts.first().and_then(before) {
            if parts.contains(&first) {
                break;
            }
            parts.insert(0, first);
        }
        loop {
            let last = parts.last().map(|last| last.0);
            let mut after = self
                .wallet
                .bookings()
                .filter(|(_, entry)| entry.continues == last);
            let Some((next, _)) = after.find(|(next, _)| !parts.contains(next)) else {
                return parts;
            };
            parts.push(next);
        }
    }

    /// The booking of a rental that is of this year.
    pub(super) fn part_of_today(
        &self,
        now: Timestamp,
        booking: BookingId,
    ) -> Result<BookingId, Error> {
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        let this_year = Document::Storage(today.year());
        let parts = self.parts_of(booking);
        let of_this_year = |part: &BookingId| {
            let entry = self.wallet.entry(*part);
            entry.and_then(|entry| entry.document()) == Some(this_year)
        };
        Ok(parts.into_iter().find(of_this_year).unwrap_or(booking))
    }

    /// Asks to keep a rental that stands until then; `None` when it is no such rental.
    pub(super) fn keep_until(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        until: CivilMinute,
    ) -> Result<Option<BookingId>, Error> {
        let Some((document, key)) = self.slot_of(booking) else {
            return Ok(None);
        };
        let Some(part) = self
            .part(document, &key)
            .filter(|_| self.whole(document).is_some())
        else {
            return Ok(None);
        };
        self.check_keeping(now, &part, until)
            .map_err(|error| match error {
                Error::Change(ChangeError::EndsBeforeStart { start, end, .. }) => {
                    ChangeError::EndsBeforeStart {
                        booking,
                        start,
                        end,
                    }
                    .into()
                }
                error => error,
            })?;
        let Some(pen) = self.wallet.pen(booking, &self.key) else {
            return Ok(None);
        };
        let renew = self.say_renew(now, &pen.key, document, key, until)?;
        self.carry(renew);
        Ok(Some(booking))
    }

    fn check_keeping(&self, now: Timestamp, part: &Part, until: CivilMinute) -> Result<(), Error> {
        let (catalogue, moment) = (self.require_catalogue()?, self.moment(now)?);
        for hold in &part.holds {
            let start = hold.interval().start();
            if until <= start {
                let (booking, end) = (BookingId(0), until);
                return Err(ChangeError::EndsBeforeStart {
                    booking,
                    start,
                    end,
                }
                .into());
            }
            let renewal = catalogue.check_renewal(&moment, hold.unit, part.since, until);
            renewal.map_err(ChangeError::Rule)?;
        }
        Ok(())
    }

    /// Signs a wish to keep something.
    pub(super) fn say_renew(
        &self,
        now: Timestamp,
        key: &Keypair,
        document: Document,
        slot: SlotKey,
        until: CivilMinute,
    ) -> Result<Verified, Error> {
        let renew = self.renewal(now, document, slot, until)?;
        self.say(key, document, renew)
    }

    /// A wish to keep something, claimed later than any before it: of two in one minute the last word counts.
    fn renewal(
        &self,
        now: Timestamp,
        document: Document,
        slot: SlotKey,
        until: CivilMinute,
    ) -> Result<Renew, Error> {
        let fold = self
            .shelf
            .ledger(document)
            .map(|ledger| ledger.fold.resolved());
        let known = fold.and_then(|fold| fold.slots.get(&slot)?.renewal);
        let after = known.map(|known| known.claimed.saturating_plus(1));
        let minute = self.civil(now)?;
        Ok(Renew {
            ticket: slot.ticket,
            slot: slot.slot,
            until,
            claimed: after.map_or(minute, |after| after.max(minute)),
        })
    }

    /// Whoever holds the slip asks to keep what it is for.
    pub(super) fn keep_slip_until(
        &mut self,
        now: Timestamp,
        seed: &[u8; 16],
        until: CivilMinute,
    ) -> Result<(Document, Body), Error> {
        let (document, slot) = self.rental_on(now, seed)?.ok_or(Error::NoSuchSlip)?;
        let part = self
            .part(document, &slot)
            .ok_or(Error::NotConfirmed { key: slot })?;
        self.check_keeping(now, &part, until)?;
        let renew = self.renewal(now, document, slot, until)?;
        Ok((document, renew.into()))
    }

    /// The rental on a slip, in this year's document if it is there, else in the latest.
    pub(super) fn rental_on(
        &self,
        now: Timestamp,
        seed: &[u8; 16],
    ) -> Result<Option<(Document, SlotKey)>, Error> {
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        let parts = self.bookings_on(seed);
        let this_year = parts
            .iter()
            .find(|(document, _)| *document == Document::Storage(today.year()));
        Ok(this_year.or(parts.last()).copied())
    }

    /// Staff lengthen or shorten a rental.
    pub(super) fn prolong(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        until: CivilMinute,
    ) -> Result<Outcome, Error> {
        let (document, _) = self.standing_confirmation(&key)?;
        self.require_right(document, &key)?;
        let Document::Storage(year) = document else {
            return Err(Error::NotARental { key });
        };
        let part = self
            .part(document, &key)
            .ok_or(Error::NotConfirmed { key })?;
        self.check_keeping(now, &part, until)?;
        let fold = self
            .shelf
            .ledger(document)
            .map(|ledger| ledger.fold.resolved());
        let wish = fold.and_then(|fold| fold.slots.get(&key)?.renewal);
        match self.renewed(now, year, &key, until)? {
            Ok(Some(going)) => {
                // What the renter asked for before is answered with it.
                let answers = wish.map(|wish| wish.id.0);
                self.go_on(now, document, going.answering(answers))?;
                self.decide_all(now)?;
                Ok(Outcome::Done)
            }
            Ok(None) => Err(Error::NotCustodian { key }),
            Err(_) => Err(Error::NoPlace { key }),
        }
    }

    /// Gives what somebody rents on to another, at once: nobody who waits for it comes in between.
    pub(super) fn transfer(
        &mut self,
        now: Timestamp,
        key: SlotKey,
        to: &Heir,
    ) -> Result<Outcome, Error> {
        let (document, confirm) = self.standing_confirmation(&key)?;
        let Document::Storage(year) = document else {
            return Err(Error::NotARental { key });
        };
        let part = self
            .part(document, &key)
            .ok_or(Error::NotConfirmed { key })?;
        let heir = match to {
            Heir::Waiting(heir) => {
                let (filed, request) = self.pending_request(heir)?;
                self.require_right(filed, heir)?;
                let holds = self
                    .holds_wanted(filed, heir, &part)
                    .filter(|_| filed == document);
                let holds = holds.ok_or(Error::NoPlace { key: *heir })?;
                Ok((*heir, request, holds))
            }
            Heir::Slip { slip_seed, until } => Err((slip_seed, *until)),
        };
        let cause = Cause::Transferred;
        self.decide_that(now, document, Release { confirm, cause })?;
        self.end_carried(now, year.saturating_add(1))?;
        match heir {
            Ok((heir, request, holds)) => {
                let ends = self.last_of(document, &heir);
                self.decide_that(
                    now,
                    document,
                    Confirm {
                        request,
                        holds,
                        ends,
                    },
                )?;
                Ok(Outcome::Transferred {
                    to: heir,
                    slip: None,
                })
            }
            Err((seed, until)) => self.rent_to_slip(now, document, &part, *seed, until),
        }
    }

    /// What somebody who waits asks for of what another has, as they ask for it.
    fn holds_wanted(&self, document: Document, heir: &SlotKey, part: &Part) -> Option<Vec<Hold>> {
        let fold = &self.shelf.ledger(document)?.fold;
        let request = &fold.resolved().slots.get(heir)?.current()?.request;
        let had = |wish: &Wish| part.holds.iter().find(|hold| hold.unit == wish.unit);
        let as_held = |wish: &Wish| {
            let hold = had(wish)?;
            Some(Hold::new(wish.unit, wish.interval, hold.before, hold.after))
        };
        let mut options = request.options.iter();
        let exact =
            options.find_map(|option| option.iter().map(as_held).collect::<Option<Vec<_>>>());
        exact.or_else(|| {
            // Any equal one will do.
            request.any_equal.as_ref()?;
            let option = request.options.first()?;
            let pairs = option
                .iter()
                .zip(&part.holds)
                .filter(|_| option.len() == part.holds.len());
            let holds: Vec<Hold> = pairs
                .map(|(wish, hold)| Hold::new(hold.unit, wish.interval, hold.before, hold.after))
                .collect();
            (!holds.is_empty()).then_some(holds)
        })
    }

    /// Rents what has just been given up to somebody without a phone, as long as it was rented before.
    fn rent_to_slip(
        &mut self,
        now: Timestamp,
        document: Document,
        part: &Part,
        seed: [u8; 16],
        until: Option<CivilMinute>,
    ) -> Result<Outcome, Error> {
        let claimed = self.civil(now)?;
        let slip_key = Slip::key_of(&seed);
        let vouched = self.is_staff();
        let ticket = self.sign_ticket(now, slip_key.public(), document, Vec::new(), 1, vouched)?;
        let key = SlotKey { ticket, slot: 0 };
        let whole = self.whole(document).ok_or(Error::NotARental { key })?;
        let until = until.unwrap_or_else(|| part.until.unwrap_or_else(|| part.end()));
        let mut holds = Vec::new();
        for hold in &part.holds {
            let start = hold.interval().start().max(claimed);
            let interval = Interval::new(start, until.min(whole.end()));
            let interval = interval.map_err(|_| Error::NoPlace { key })?;
            holds.push(Hold::new(hold.unit, interval, hold.before, hold.after));
        }
        let request = Request {
            event: None,
            ticket,
            slot: 0,
            version: 0,
            options: vec![holds.iter().map(Hold::wish).collect()],
            any_equal: None,
            party: 1,
            claimed,
            accepts: self.guidelines_in_force(now)?,
        };
        self.confirm_for_slip(now, document, &slip_key, request, holds)?;
        if until > whole.end() {
            let renew = self.say_renew(now, &slip_key, document, key, until)?;
            self.record(document, renew);
        }
        let slip = Some(Slip { seed, ticket });
        Ok(Outcome::Transferred { to: key, slip })
    }
}
