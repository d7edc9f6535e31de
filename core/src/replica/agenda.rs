//! What a device can tell of bookings: a person's own, what is pending at the desk, and what vouches for one.

mod free;
mod picture;

use super::{BookingId, Replica, SeriesId};
use crate::command::ChangeError;
use crate::error::Error;
use crate::id::{ClassId, StatementId};
use crate::model::limits::{Allowance, Share};
use crate::resolve::SlotKey;
use crate::statement::{Body, Document, Verified, Wish};
use crate::sync::qr::Certificate;
use crate::time::{DayStart, OfficeDay, Timestamp};
use crate::view::{Delivery, Explanation, Stage, Status};

/// One of this device's bookings, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaEntry {
    /// Its number on this device.
    pub booking: BookingId,
    /// The series it is a date of.
    pub series: Option<SeriesId>,
    /// The booking that is cancelled when this one is confirmed: the time it moved from, filed in another month.
    pub instead_of: Option<BookingId>,
    /// Its ticket and slot, once it has them.
    pub key: Option<SlotKey>,
    /// The event that it is for: its own, whose room it holds, or one that it asks for seats at.
    pub event: Option<SlotKey>,
    /// What was asked for: the first option.
    pub wanted: Vec<Wish>,
    /// How it stands.
    pub status: Status,
}

/// A booking at the desk: what a steward sees of it. Nobody's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeskEntry {
    /// The booking.
    pub key: SlotKey,
    /// How it stands.
    pub status: Status,
}

impl Replica {
    /// This device's bookings, in the order in which they were made.
    pub fn agenda(&self) -> Vec<AgendaEntry> {
        self.wallet
            .bookings()
            .filter_map(|(booking, _)| self.booking(booking))
            .collect()
    }

    /// One of this device's bookings.
    pub fn booking(&self, booking: BookingId) -> Option<AgendaEntry> {
        let entry = self.wallet.entry(booking)?;
        let wanted = entry
            .plan()
            .and_then(|plan| plan.options.into_iter().next())
            .unwrap_or_default();
        let key = entry.slot_key();
        let status = match key.zip(entry.document()) {
            Some((key, document)) => self.status(document, &key),
            None => {
                let stage = if entry.cancelled {
                    Stage::Cancelled
                } else {
                    Stage::Asked
                };
                Status {
                    delivery: Delivery::Draft,
                    stage,
                    holding: Vec::new(),
                    before: None,
                    outdated: self.outdated(),
                }
            }
        };
        Some(AgendaEntry {
            booking,
            series: entry.series,
            instead_of: entry.instead_of.map(BookingId),
            key,
            event: self.event_of(booking),
            wanted,
            status,
        })
    }

    /// The event that a booking is for.
    fn event_of(&self, booking: BookingId) -> Option<SlotKey> {
        let (document, key) = self.slot_of(booking)?;
        let resolved = self.shelf.ledger(document)?.fold.resolved();
        let asked = resolved.slots.get(&key).and_then(|slot| slot.current());
        let asked = asked.and_then(|asked| asked.request.event);
        let own = resolved.events.contains_key(&key).then_some(key);
        asked.map(SlotKey::from).or(own)
    }

    pub(super) fn status(&self, document: Document, key: &SlotKey) -> Status {
        let delivery = self.delivery(document, key);
        let ledger = self.shelf.ledger(document);
        match ledger.and_then(|ledger| Some((ledger, ledger.view()?))) {
            Some((ledger, view)) => view.status(&ledger.fold, key, delivery),
            None => Status {
                delivery,
                stage: Stage::Asked,
                holding: Vec::new(),
                before: None,
                outdated: self.outdated(),
            },
        }
    }

    /// How far a booking's current request has come: in a document, a steward has it.
    fn delivery(&self, document: Document, key: &SlotKey) -> Delivery {
        let ledger = self.shelf.ledger(document);
        let slot = ledger.and_then(|ledger| ledger.fold.resolved().slots.get(key));
        match slot.and_then(|slot| slot.current()).zip(ledger) {
            Some((current, ledger)) if ledger.pages.recorded.contains(&current.id) => {
                Delivery::Received
            }
            Some(_) => Delivery::Carried,
            None => Delivery::Draft,
        }
    }

    /// Why a booking of this device stands as it does, and what is near and free.
    pub fn explain(&self, booking: BookingId, now: Timestamp) -> Option<Explanation> {
        let entry = self.wallet.entry(booking)?;
        self.explain_slot(entry.document()?, &entry.slot_key()?, now)
    }

    /// Why a booking stands as it does: for stewards, who know bookings by ticket and slot.
    pub fn explain_slot(
        &self,
        document: Document,
        key: &SlotKey,
        now: Timestamp,
    ) -> Option<Explanation> {
        let ledger = self.shelf.ledger(document)?;
        let minute = self.civil(now).ok()?;
        let catalogue = self.catalogue()?;
        let delivery = self.delivery(document, key);
        Some(ledger.view()?.explain(
            &ledger.fold,
            catalogue,
            key,
            delivery,
            self.shelf.heard(),
            minute,
        ))
    }

    /// Every booking of a document: what the desk sees.
    pub fn desk_entries(&self, document: Document) -> Vec<DeskEntry> {
        let Some(ledger) = self.shelf.ledger(document) else {
            return Vec::new();
        };
        let keys = ledger.fold.resolved().slots.keys();
        keys.map(|key| DeskEntry {
            key: *key,
            status: self.status(document, key),
        })
        .collect()
    }

    /// What is left of a holder's share of a class for a booking on `day`. Stewards know holders; a phone knows its own
    /// tickets, and is answered for its own key.
    pub fn allowances(
        &self,
        now: Timestamp,
        holder: crate::id::PublicKey,
        class: ClassId,
        day: OfficeDay,
    ) -> Result<Vec<Allowance>, Error> {
        let catalogue = self.catalogue().ok_or(Error::NoCatalogue)?;
        let minute = self.civil(now)?;
        let usages = self.usages(holder, None, catalogue);
        let Some(class_of) = catalogue.class(class) else {
            return Ok(Vec::new());
        };
        let start = self.shelf.day_start();
        Ok(
            Share::of(&class_of.rules.limits, holder, class, start, &usages)
                .allowances(minute, day),
        )
    }

    /// Everything said about a booking of this device that others must have: its ticket first.
    pub fn statements_of(&self, booking: BookingId) -> Result<Vec<Verified>, Error> {
        let unknown = || Error::from(ChangeError::Unknown { booking });
        let (document, key) = self.slot_of(booking).ok_or_else(unknown)?;
        let ledger = self.shelf.ledger(document).ok_or_else(unknown)?;
        let ticket = ledger
            .fold
            .statements()
            .get(&key.ticket)
            .ok_or_else(unknown)?;
        let of_slot = |statement: &&Verified| match statement.body() {
            Body::Request(request) => request.slot == key.slot,
            Body::Cancel(cancel) => cancel.slot == key.slot,
            Body::Arrive(arrive) => arrive.slot == key.slot,
            // Of what is wanted until when, the last word counts.
            Body::Renew(_) => {
                let slot = ledger.fold.resolved().slots.get(&key);
                let latest = slot.and_then(|slot| slot.renewal);
                latest.is_some_and(|latest| latest.id.0 == statement.id())
            }
            _ => false,
        };
        let said = ledger.fold.said_of(&key.ticket).filter(of_slot);
        Ok(std::iter::once(ticket).chain(said).cloned().collect())
    }

    /// When an office day begins.
    pub fn day_start(&self) -> DayStart {
        self.shelf.day_start()
    }

    /// A certificate for a booking's confirmation that stands: proof, without network, of what was promised. For a
    /// booking whose confirmation does not hold, proof of that one, to be shown at the desk.
    pub fn certificate(&self, document: Document, key: &SlotKey) -> Result<Certificate, Error> {
        let missing = || Error::NotConfirmed { key: *key };
        let ledger = self.shelf.ledger(document).ok_or_else(missing)?;
        let resolved = ledger.fold.resolved();
        let last = resolved.slots.get(key).and_then(|slot| slot.last());
        let stands = last.filter(|last| {
            let confirmation = resolved.confirmations.get(last);
            confirmation.is_some_and(|confirmation| confirmation.state.stands())
        });
        let statements = ledger.fold.statements();
        let broken = || {
            let promises = ledger.fold.broken_promises(key);
            let place = |id: &StatementId| {
                let statement = statements.get(id)?;
                statement.header().link.map(|link| link.seq)
            };
            promises.into_iter().max_by_key(place)
        };
        let confirm = stands.or_else(broken).ok_or_else(missing)?;
        let find = |id| statements.get(id).cloned().ok_or_else(missing);
        let confirm = find(&confirm)?;
        let Body::Confirm(granted) = confirm.body() else {
            return Err(missing());
        };
        let (request, ticket) = (find(&granted.request)?, find(&key.ticket)?);
        Certificate::build(self.shelf.admin_chain(), &ticket, &request, &confirm)
            .map_err(|_| missing())
    }

    /// The document and key of a booking of this device.
    pub fn slot_of(&self, booking: BookingId) -> Option<(Document, SlotKey)> {
        let entry = self.wallet.entry(booking)?;
        Some((entry.document()?, entry.slot_key()?))
    }
}
