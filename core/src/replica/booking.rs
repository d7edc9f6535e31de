//! A visitor's commands: book, move, extend, cancel, arrive.

mod change;

use super::wallet::Pen;
use super::{BookingId, Command, Outcome, Replica};
use crate::command::{self, Book, Booked, ChangeError, DateOutcome, Plan, Purpose, SeriesError};
use crate::error::Error;
use crate::id::{ClassId, FeatureId, UnitId};
use crate::model::{Catalogue, Moment};
use crate::resolve::{ConfirmState, SlotKey};
use crate::statement::{Arrive, Document, Hold, Request, Verified};
use crate::time::{CivilMinute, Interval, OfficeDay, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Replica {
    pub(super) fn command(&mut self, now: Timestamp, command: Command) -> Result<Outcome, Error> {
        match command {
            Command::Book(book) => self.book(now, &book).map(Outcome::Booked),
            Command::Cancel(booking) => {
                self.cancel(booking)?;
                Ok(Outcome::Done)
            }
            Command::Move { booking, to } => {
                self.move_to(now, booking, &to)?;
                Ok(Outcome::Done)
            }
            Command::Extend { booking, end } => {
                self.extend_booking(now, booking, end)?;
                Ok(Outcome::Done)
            }
            Command::AcceptGuidelines(version) => self.accept_guidelines(now, version),
            Command::InCommons(act) => self.in_commons(now, act),
            Command::Propose(event) => self.propose_event(now, &event),
            Command::EditEvent { event, text } => self.edit_event(now, event, &text),
            Command::ShowOrganiserKey => self.show_organiser(now),
            Command::AddOrganiser { event, key } => self.add_organiser(now, event, key),
            Command::Approve(event) => self.approve_event(now, event),
            Command::CallOff { event, cause } => self.call_off_event(now, event, cause),
            Command::AskForSeats { event, date, seats } => {
                self.ask_for_seats(now, event, date, seats)
            }
            Command::Slip { seed, says } => self.speak_for_slip(now, &seed, says),
            Command::ChangeDates {
                booking,
                which,
                change,
            } => self
                .change_dates(now, booking, which, &change)
                .map(Outcome::Changed),
            Command::Arrive(booking) => {
                self.arrive(now, booking)?;
                Ok(Outcome::Done)
            }
            Command::RecoverOffice {
                recovery,
                keeps,
                role,
            } => self.recover_office(now, &recovery, keeps, role),
            desk => self.desk_command(now, desk),
        }
    }

    pub(super) fn moment(&self, now: Timestamp) -> Result<Moment, Error> {
        let zone = self.shelf.zone()?;
        Ok(Moment {
            now: zone.civil(now),
            zone,
            day_start: self.shelf.day_start(),
        })
    }

    pub(super) fn require_catalogue(&self) -> Result<Arc<Catalogue>, Error> {
        self.catalogue().cloned().ok_or(Error::NoCatalogue)
    }

    /// One plan a date, with units chosen by what this device knows to be free.
    pub(super) fn plans(
        &mut self,
        now: Timestamp,
        book: &Book,
    ) -> Result<Vec<command::PlannedDate>, Error> {
        let (catalogue, moment) = (self.require_catalogue()?, self.moment(now)?);
        for date in book.dates() {
            // Opened so that there is a view to look in.
            let day = OfficeDay::of(date.start(), moment.day_start);
            let _ = self.shelf.ledger_mut(Document::ledger_of(day));
            if catalogue.rents() {
                let _ = self.shelf.ledger_mut(Document::Storage(day.year()));
            }
        }
        let free = |class: ClassId, needs: &BTreeSet<FeatureId>, at: Interval| -> Vec<UnitId> {
            self.free_units(&catalogue, Some(class), needs, at)
        };
        let mut planned = command::plan(book, &catalogue, &moment, &free);
        if !self.standing().decides() {
            for date in &mut planned {
                let units = date
                    .plan
                    .iter()
                    .flat_map(|plan| plan.options.iter().flatten());
                let units: Vec<UnitId> = units.map(|wish| wish.unit).collect();
                if let Err(rule) = self.check_accepted(&catalogue, &moment, &units) {
                    date.plan = Err(rule);
                }
            }
        }
        Ok(planned)
    }

    fn book(&mut self, now: Timestamp, book: &Book) -> Result<Booked, Error> {
        let claimed = self.civil(now)?;
        let (book, rrule) = command::spelled_out(book, self.shelf.zone()?)?;
        let joins = book.joins();
        if let Some(series) = joins.filter(|series| !self.wallet.has_series(*series)) {
            return Err(SeriesError::Unknown { series }.into());
        }
        let mut planned = self.plans(now, &book)?;
        self.refuse_what_is_reserved(now, &mut planned)?;
        let asked = planned.iter().any(|date| date.plan.is_ok());
        let is_series = asked && (rrule.is_some() || book.dates().len() > 1);
        let series = joins.or_else(|| is_series.then(|| self.wallet.new_series(rrule)));
        let mut dates = Vec::new();
        for planned in planned {
            let interval = planned.interval;
            dates.push(match planned.plan {
                Err(rule) => {
                    let nearest = self.nearest(now, &self.near(&book)?, interval, &[])?;
                    DateOutcome::Refused {
                        interval,
                        rule,
                        nearest,
                    }
                }
                Ok(plan) => {
                    let booking = self.wallet.add(&plan, claimed);
                    self.wallet.join(booking, series);
                    DateOutcome::Requested { booking, interval }
                }
            });
        }
        self.promote_drafts(now)?;
        self.order_for_drafts(now)?;
        self.keep_wallet();
        Ok(Booked { dates, series })
    }

    pub(super) fn request(
        &self,
        pen: &Pen,
        version: u8,
        plan: Plan,
        claimed: CivilMinute,
    ) -> Result<Verified, Error> {
        let SlotKey { ticket, slot } = pen.slot;
        let Plan {
            options,
            any_equal,
            party,
            purpose,
            ..
        } = plan;
        let event = purpose.map(|purpose| match purpose {
            Purpose::Event(_) => pen.slot.into(),
            Purpose::Seats(event) => event,
        });
        let request = Request {
            event,
            ticket,
            slot,
            version,
            options,
            any_equal,
            party,
            claimed,
            accepts: self.wallet.accepts(),
        };
        self.say(&pen.key, pen.document, request)
    }

    fn slot_version(&self, pen: &Pen) -> u8 {
        let ledger = self.shelf.ledger(pen.document);
        let slot = ledger.and_then(|ledger| ledger.fold.resolved().slots.get(&pen.slot));
        slot.and_then(|slot| slot.current())
            .map_or(0, |current| current.request.version)
    }

    /// What a booking has been given and still has.
    pub(super) fn holding(&self, booking: BookingId) -> Vec<Hold> {
        let Some(pen) = self.wallet.pen(booking, &self.key) else {
            return Vec::new();
        };
        let Some(ledger) = self.shelf.ledger(pen.document) else {
            return Vec::new();
        };
        let resolved = ledger.fold.resolved();
        let last = resolved.slots.get(&pen.slot).and_then(|slot| slot.last());
        let confirmation = last.and_then(|last| resolved.confirmations.get(&last));
        let standing = confirmation.filter(|confirmation| confirmation.state.stands());
        standing
            .map(|c| c.holds.iter().map(|placed| placed.hold).collect())
            .unwrap_or_default()
    }

    fn arrive(&mut self, now: Timestamp, booking: BookingId) -> Result<(), Error> {
        self.check_changeable(booking)?;
        let claimed = self.civil(now)?;
        let Some(pen) = self.wallet.pen(booking, &self.key) else {
            return Err(ChangeError::Unknown { booking }.into());
        };
        let SlotKey { ticket, slot } = pen.slot;
        let arrive = self.say(
            &pen.key,
            pen.document,
            Arrive {
                ticket,
                slot,
                claimed,
            },
        )?;
        self.carry(arrive);
        Ok(())
    }

    /// Whether a slot's confirmation of any version stands.
    pub(super) fn stands(&self, document: Document, key: &SlotKey) -> bool {
        let resolved = self
            .shelf
            .ledger(document)
            .map(|ledger| ledger.fold.resolved());
        let last = resolved.and_then(|r| r.confirmations.get(&r.slots.get(key)?.last()?));
        last.is_some_and(|confirmation| ConfirmState::stands(confirmation.state))
    }
}
