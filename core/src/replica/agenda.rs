//! What a device can tell: what is free, a person's bookings, what is pending at the desk, and one hash of it all.

use super::{BookingId, Replica, SeriesId};
use crate::command::ChangeError;
use crate::error::Error;
use crate::id::{ClassId, Digest, FeatureId, StatementId, UnitId};
use crate::model::limits::{Allowance, Share};
use crate::model::{Catalogue, CellSpan};
use crate::resolve::{Fold, Forecast, SlotKey};
use crate::statement::{Body, Document, Verified, Wish};
use crate::sync::qr::Certificate;
use crate::time::{DayStart, Interval, OfficeDay, Timestamp};
use crate::view::{Board, Delivery, Entry, Expected, Explanation, FreeUnit, Stage, Status, Wanted};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;

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
    /// Units free for the whole of `interval`, fewest surplus features first. `class`: only of that class.
    pub fn free(
        &self,
        class: Option<ClassId>,
        needs: &BTreeSet<FeatureId>,
        interval: Interval,
    ) -> Result<Vec<FreeUnit>, Error> {
        let catalogue = self.catalogue().ok_or(Error::NoCatalogue)?;
        let wanted = Wanted {
            class,
            needs,
            interval,
            expected: Expected::Shown,
            except: &[],
        };
        let mut free = self.free_on_board(catalogue, &wanted);
        // Seats are free for events, and are asked for by their class.
        free.retain(|free| class.is_some() || !catalogue.is_seat(free.unit));
        Ok(free)
    }

    fn free_on_board(&self, catalogue: &Catalogue, wanted: &Wanted<'_>) -> Vec<FreeUnit> {
        let day = OfficeDay::of(wanted.interval.start(), self.shelf.day_start());
        let class = wanted.class.and_then(|class| catalogue.class(class));
        let document = match class.map(|class| class.cells) {
            Some(CellSpan::Year) => Document::Storage(day.year()),
            _ => Document::ledger_of(day),
        };
        match self.shelf.ledger(document).and_then(|ledger| ledger.view()) {
            Some(view) => view.board().free(wanted),
            None => {
                crate::view::Board::new(catalogue, document, self.shelf.day_start()).free(wanted)
            }
        }
    }

    /// Units to ask for: free, and with nobody else hoping for them if that can be had.
    pub(super) fn free_units(
        &self,
        catalogue: &Catalogue,
        class: Option<ClassId>,
        needs: &BTreeSet<FeatureId>,
        interval: Interval,
    ) -> Vec<UnitId> {
        let wanted = Wanted {
            class,
            needs,
            interval,
            expected: Expected::Shown,
            except: &[],
        };
        let mut free = self.free_on_board(catalogue, &wanted);
        // Devices that know the same would all pick the same unit: each starts at a place of its own.
        let me = self.key.derive("taste", 0).public();
        let taste = |unit: UnitId| -> [u8; 32] {
            Sha256::new()
                .chain_update(me.0)
                .chain_update(unit.0.to_be_bytes())
                .finalize()
                .into()
        };
        free.sort_by_cached_key(|unit| (unit.expected > 0, unit.surplus, taste(unit.unit)));
        free.into_iter().map(|free| free.unit).collect()
    }

    /// When a unit is taken on a day, or expected to be; never by whom.
    pub fn day_of(&self, unit: UnitId, day: OfficeDay) -> Vec<Entry> {
        let ledger = self.shelf.ledger(Document::ledger_of(day));
        let view = ledger.and_then(|ledger| ledger.view());
        view.map(|view| view.board().unit_period(unit, day.get()).to_vec())
            .unwrap_or_default()
    }

    /// When any unit is taken on a day, by unit, then by time.
    pub fn day(&self, day: OfficeDay) -> Vec<Entry> {
        let ledger = self.shelf.ledger(Document::ledger_of(day));
        let view = ledger.and_then(|ledger| ledger.view());
        view.map(|view| view.board().period(day.get()).copied().collect())
            .unwrap_or_default()
    }

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

    /// What is free and what is taken, by document.
    pub fn boards(&self) -> impl Iterator<Item = (Document, &Board)> {
        let ledgers = self.shelf.ledgers.iter();
        ledgers.filter_map(|(document, ledger)| Some((*document, ledger.view()?.board())))
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

    /// Documents of bookings that wait for a ticket.
    pub(crate) fn draft_documents(&self) -> Vec<Document> {
        let drafts = self.wallet.drafts();
        drafts
            .into_iter()
            .filter_map(|booking| self.wallet.entry(booking)?.document())
            .collect()
    }

    /// The documents that have statements here.
    pub fn documents(&self) -> Vec<Document> {
        let ledgers = self
            .shelf
            .ledgers
            .iter()
            .filter(|(_, ledger)| !ledger.pages.recorded.is_empty());
        ledgers.map(|(document, _)| *document).collect()
    }

    /// The fold of a document, for those who want to look closer.
    pub fn fold(&self, document: Document) -> Option<&Fold> {
        self.shelf.ledger(document).map(|ledger| &ledger.fold)
    }

    /// The forecast of a document.
    pub fn forecast(&self, document: Document) -> Option<&Forecast> {
        self.shelf
            .ledger(document)?
            .view()
            .map(|view| view.forecast())
    }

    /// One hash of the picture of a document: equal on every device with the same statements in it. What this device
    /// carries and no document has yet is left out.
    pub fn document_digest(&self, document: Document) -> Option<Digest> {
        let ledger = self.shelf.ledger(document)?;
        let recorded = &ledger.pages.recorded;
        if ledger
            .fold
            .statements()
            .keys()
            .all(|id| recorded.contains(id))
        {
            return Some(ledger.fold.resolved().digest());
        }
        let mut fold = Fold::new(document, ledger.fold.authority().clone());
        fold.extend(
            ledger
                .fold
                .statements()
                .values()
                .filter(|s| recorded.contains(&s.id()))
                .cloned(),
        );
        Some(fold.resolved().digest())
    }

    /// One hash of what this device has of the office: authority, and every document that is not internal to it.
    pub fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        if let Some(authority) = self.authority() {
            hash.update(authority.head().id.0);
        }
        // Phones are not given what is internal, and shall be able to compare.
        let documents = self.documents().into_iter();
        for document in documents.filter(|document| !document.is_internal()) {
            let (tag, period) = document.to_parts();
            hash.update([tag]);
            hash.update(period.to_be_bytes());
            if let Some(digest) = self.document_digest(document) {
                hash.update(digest.0);
            }
        }
        Digest(hash.finalize().into())
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
