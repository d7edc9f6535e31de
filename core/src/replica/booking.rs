//! A visitor's commands: book, move, extend, cancel, arrive; and turning drafts into requests when tickets come.

use super::wallet::Pen;
use super::{BookingId, Command, Outcome, Replica};
use crate::command::{self, Book, Booked, ChangeError, DateOutcome, Plan};
use crate::error::Error;
use crate::id::{ClassId, FeatureId, UnitId};
use crate::model::{Catalogue, Moment, starts_near};
use crate::resolve::{ConfirmState, SlotKey};
use crate::statement::{Arrive, Cancel, Document, Hold, Order, Request, Verified};
use crate::time::{CivilMinute, Interval, OfficeDay, Timestamp};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Slots ordered at a time for single bookings.
const ORDER_SLOTS: u8 = 4;
/// Slots a phone likes to have at hand for this month and the next, so that it can book with no network.
const STOCK: u32 = 8;

impl Replica {
    pub(super) fn command(&mut self, now: Timestamp, command: Command) -> Result<Outcome, Error> {
        match command {
            Command::Book(book) => self.book(now, &book).map(Outcome::Booked),
            Command::Cancel(booking) => self.cancel(now, booking),
            Command::Move { booking, to } => self.move_to(now, booking, &to),
            Command::Extend { booking, end } => self.extend_booking(now, booking, end),
            Command::Arrive(booking) => self.arrive(now, booking),
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
            let _ = self.shelf.ledger_mut(Document::ledger_of(OfficeDay::of(
                date.start(),
                moment.day_start,
            )));
        }
        let free = |class: ClassId, needs: &BTreeSet<FeatureId>, at: Interval| -> Vec<UnitId> {
            self.free_units(&catalogue, Some(class), needs, at)
        };
        Ok(command::plan(book, &catalogue, &moment, &free))
    }

    fn book(&mut self, now: Timestamp, book: &Book) -> Result<Booked, Error> {
        let claimed = self.civil(now)?;
        let series = book.dates().len() > 1;
        let mut dates = Vec::new();
        for planned in self.plans(now, book)? {
            let interval = planned.interval;
            dates.push(match planned.plan {
                Err(rule) => {
                    let nearest = self.nearest(book, interval)?;
                    DateOutcome::Refused {
                        interval,
                        rule,
                        nearest,
                    }
                }
                Ok(plan) => DateOutcome::Requested {
                    booking: self.wallet.add(&plan, claimed),
                    interval,
                },
            });
        }
        let booked = Booked { dates };
        self.sign_drafts(now, series)?;
        self.order_for_drafts(now)?;
        self.keep_wallet();
        Ok(booked)
    }

    /// The nearest times of that day when the first unit that would do is open and known to be free.
    fn nearest(&self, book: &Book, wanted: Interval) -> Result<Vec<Interval>, Error> {
        const SHOWN: usize = 3;
        let catalogue = self.require_catalogue()?;
        let day = OfficeDay::of(wanted.start(), self.shelf.day_start());
        let unit = match book.what() {
            command::What::Unit(unit) => Some(unit),
            command::What::Places { class, .. } => {
                catalogue.matching(class, &BTreeSet::new()).first().copied()
            }
            command::What::Together(composite) => catalogue
                .expand(composite)
                .and_then(|units| units.first().copied()),
        };
        let Some(unit) = unit else {
            return Ok(Vec::new());
        };
        let open = catalogue.bookable(unit, day, self.shelf.day_start());
        let Some(raster) = catalogue.class_of(unit).map(|class| class.rules.raster) else {
            return Ok(Vec::new());
        };
        let busy = self.busy(unit, day);
        Ok(starts_near(wanted, &open, &busy, raster)
            .into_iter()
            .take(SHOWN)
            .collect())
    }

    /// Gives drafts a slot and signs them, as far as there are tickets.
    pub(super) fn promote_drafts(&mut self, now: Timestamp) -> Result<(), Error> {
        if self.wallet.drafts().is_empty() || self.authority().is_none() {
            return Ok(());
        }
        self.sign_drafts(now, false)
    }

    fn sign_drafts(&mut self, now: Timestamp, series: bool) -> Result<(), Error> {
        let minute = self.civil(now)?;
        for booking in self.wallet.drafts() {
            if !self.wallet.take_slot(booking, minute, series) {
                continue;
            }
            let plan = self.wallet.entry(booking).and_then(|entry| entry.plan());
            let claimed = self
                .wallet
                .entry(booking)
                .map_or(minute, |entry| entry.claimed());
            let (Some(pen), Some(plan)) = (self.wallet.pen(booking, &self.key), plan) else {
                continue;
            };
            let request = self.request(&pen, 0, plan, claimed)?;
            self.carry(request);
            self.keep_wallet();
        }
        Ok(())
    }

    fn request(
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
            ..
        } = plan;
        let request = Request {
            ticket,
            slot,
            version,
            options,
            any_equal,
            party,
            claimed,
        };
        self.say(&pen.key, pen.document, request)
    }

    /// Asks for tickets for drafts that have none, one order a document.
    fn order_for_drafts(&mut self, now: Timestamp) -> Result<(), Error> {
        let drafts = self.wallet.drafts();
        let documents: Vec<Document> = drafts
            .iter()
            .filter_map(|id| self.wallet.entry(*id)?.document())
            .collect();
        let distinct: BTreeSet<Document> = documents.iter().copied().collect();
        for document in distinct {
            let needed = documents.iter().filter(|d| **d == document).count();
            let needed = u8::try_from(needed)
                .unwrap_or(u8::MAX)
                .clamp(1, crate::limits::MAX_SLOTS);
            if self.wallet.stock(document, self.civil(now)?) < u32::from(needed) {
                self.order(now, document, needed.max(ORDER_SLOTS))?;
            }
        }
        Ok(())
    }

    /// Asks for tickets ahead of need, for this month and the next. Called when a steward may hear of it.
    pub fn stock_up(&mut self, now: Timestamp) -> Result<super::Effects, Error> {
        self.effects = super::Effects::default();
        self.review_vouchers();
        if self.standing() == super::Standing::Visitor && self.authority().is_some() {
            let minute = self.civil(now)?;
            let month = OfficeDay::of(minute, self.shelf.day_start()).month();
            for document in [Document::Ledger(month), Document::Ledger(month.next())] {
                while self.wallet.stock(document, minute) < STOCK {
                    self.order(now, document, ORDER_SLOTS)?;
                }
            }
        }
        Ok(self.finish(Outcome::Done))
    }

    fn order(&mut self, now: Timestamp, document: Document, slots: u8) -> Result<(), Error> {
        let claimed = self.civil(now)?;
        let key = self.wallet.new_key(document, slots, claimed, &self.key);
        let order = Order {
            key,
            uses: Vec::new(),
            slots,
            claimed,
        };
        let order = self.say(&self.key, document, order)?;
        self.carry(order);
        self.keep_wallet();
        Ok(())
    }

    fn cancel(&mut self, _now: Timestamp, booking: BookingId) -> Result<Outcome, Error> {
        let entry = self
            .wallet
            .entry(booking)
            .ok_or(ChangeError::Unknown { booking })?;
        if entry.cancelled {
            return Err(ChangeError::Ended { booking }.into());
        }
        self.wallet.cancel(booking);
        self.keep_wallet();
        let Some(pen) = self.wallet.pen(booking, &self.key) else {
            return Ok(Outcome::Done);
        };
        let version = self.slot_version(&pen);
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
        Ok(Outcome::Done)
    }

    fn slot_version(&self, pen: &Pen) -> u8 {
        let ledger = self.shelf.ledger(pen.document);
        let slot = ledger.and_then(|ledger| ledger.fold.resolved().slots.get(&pen.slot));
        slot.and_then(|slot| slot.current())
            .map_or(0, |current| current.request.version)
    }

    fn move_to(&mut self, now: Timestamp, booking: BookingId, to: &Book) -> Result<Outcome, Error> {
        self.check_changeable(booking)?;
        let Some(planned) = self.plans(now, to)?.into_iter().next() else {
            return Ok(Outcome::Done);
        };
        let plan = planned.plan.map_err(ChangeError::Rule)?;
        self.change(now, booking, plan)
    }

    fn extend_booking(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        end: CivilMinute,
    ) -> Result<Outcome, Error> {
        self.check_changeable(booking)?;
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

    /// Signs the next version of a booking, or rewrites the draft when it has no ticket yet.
    fn change(&mut self, now: Timestamp, booking: BookingId, plan: Plan) -> Result<Outcome, Error> {
        let claimed = self.civil(now)?;
        let document = self
            .wallet
            .entry(booking)
            .and_then(|entry| entry.document());
        if document != Some(plan.document) {
            return Err(ChangeError::OtherDocument { booking }.into());
        }
        let Some(pen) = self.wallet.pen(booking, &self.key) else {
            self.wallet.rewrite(booking, &plan, claimed);
            self.keep_wallet();
            return Ok(Outcome::Done);
        };
        let ledger = self.shelf.ledger(pen.document);
        let slot = ledger.and_then(|ledger| ledger.fold.resolved().slots.get(&pen.slot));
        let version =
            command::next_version(booking, slot.ok_or(ChangeError::Unknown { booking })?)?;
        self.wallet.rewrite(booking, &plan, claimed);
        self.keep_wallet();
        let request = self.request(&pen, version, plan, claimed)?;
        self.carry(request);
        Ok(Outcome::Done)
    }

    fn check_changeable(&self, booking: BookingId) -> Result<(), ChangeError> {
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

    /// What a booking has been given and still has.
    fn holding(&self, booking: BookingId) -> Vec<Hold> {
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

    fn arrive(&mut self, now: Timestamp, booking: BookingId) -> Result<Outcome, Error> {
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
        Ok(Outcome::Done)
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
