//! Taking in another calendar's closings, bookings and events, each once, however often the same file comes.

mod memory;

pub(crate) use memory::Imports;

use super::desk_commands::half_hash;
use super::{BookingId, Outcome, Replica, SlipSays};
use crate::command::{
    self, Book, EventError, ImportAs, ImportEntry, Imported, ImportedAll, ProposeEvent, What,
};
use crate::error::Error;
use crate::id::{Digest, StatementId, UnitId};
use crate::limits::MAX_IMPORT_STATEMENTS;
use crate::model::Rule;
use crate::resolve::SlotKey;
use crate::statement::{Cause, Document, Occupy, Request, Vacate};
use crate::sync::qr::Slip;
use crate::time::{Interval, OfficeDay, Timestamp};
use crate::view::{Expected, Wanted};
use memory::{Made, Remembered};
use std::collections::{BTreeMap, BTreeSet};

impl Replica {
    /// One outcome an entry, in order. What stops one stops no other.
    pub(super) fn import(
        &mut self,
        now: Timestamp,
        entries: &[ImportEntry],
    ) -> Result<Outcome, Error> {
        let closes = |entry: &ImportEntry| matches!(entry.what, ImportAs::Closing { .. });
        if entries.iter().any(closes) {
            self.require_facts()?;
        }
        let mut all = ImportedAll {
            gone: self.take_back_gone(now, entries)?,
            entries: Vec::new(),
        };
        let mut room = MAX_IMPORT_STATEMENTS;
        for entry in entries {
            all.entries.push(self.import_one(now, entry, &mut room)?);
        }
        self.keep_imports();
        Ok(Outcome::Imported(all))
    }

    /// Takes back the dates that an event has no more, unless the file has an older version of it.
    fn take_back_gone(
        &mut self,
        now: Timestamp,
        entries: &[ImportEntry],
    ) -> Result<Vec<Interval>, Error> {
        let mut versions: BTreeMap<String, u32> = BTreeMap::new();
        let mut names = BTreeSet::new();
        for entry in entries {
            let version = versions.entry(entry.event.to_string()).or_default();
            *version = entry.sequence.max(*version);
            names.insert(entry.name.to_string());
        }
        let remembered = self.desk.imports.0.iter();
        let gone = remembered.filter(|(name, known)| {
            let version = versions.get(&known.event);
            version.is_some_and(|version| *version >= known.sequence)
                && !names.contains(*name)
                && !matches!(known.made, Made::Nothing { .. })
        });
        let gone: Vec<(String, Remembered)> = gone
            .map(|(name, known)| (name.clone(), known.clone()))
            .collect();
        let mut intervals = Vec::new();
        for (name, mut known) in gone {
            if let Some(hash) = Digest::from_hex(&name) {
                self.take_back(now, &hash, &known)?;
            }
            intervals.extend(known.interval());
            known.made = Made::Nothing { turn: known.turn() };
            self.desk.imports.0.insert(name, known);
        }
        if !intervals.is_empty() {
            self.decide_all(now)?;
        }
        intervals.sort_unstable();
        Ok(intervals)
    }

    fn import_one(
        &mut self,
        now: Timestamp,
        entry: &ImportEntry,
        room: &mut usize,
    ) -> Result<Imported, Error> {
        let name = entry.name.to_string();
        let before = self.desk.imports.0.get(&name).cloned();
        if let Some(before) = &before
            && (before.sequence > entry.sequence || before.is(entry))
        {
            return Ok(Imported::Known);
        }
        let turn = before.as_ref().map_or(0, Remembered::turn);
        let (made, outcome) = match &entry.what {
            ImportAs::Nothing => {
                let Some(before) = &before else {
                    return Ok(Imported::Known);
                };
                self.take_back(now, &entry.name, before)?;
                (Made::Nothing { turn }, Imported::Withdrawn)
            }
            _ if entry.interval.end() <= self.civil(now)? => {
                let end = entry.interval.end();
                return Ok(Imported::Refused(Rule::Over { end }));
            }
            ImportAs::Closing { units, cause } => {
                let Some((taken, affected)) =
                    self.import_closing(now, units, entry.interval, *cause, room)?
                else {
                    return Ok(Imported::Left);
                };
                let made = Made::Closing {
                    units: units.iter().map(|unit| unit.0).collect(),
                    cause: cause.number(),
                    taken,
                };
                (made, Imported::Closed { affected })
            }
            ImportAs::Event { room: unit, text } => {
                match self.import_event(now, *unit, text, entry, room)? {
                    Ok((event, made)) => (made, Imported::Proposed { event }),
                    Err(outcome) => return Ok(outcome),
                }
            }
            ImportAs::Booking { unit } => {
                let seed = self.import_seed(&entry.name, turn);
                let made = self.import_booking(now, *unit, entry, before.as_ref(), seed, room)?;
                match made {
                    Ok((document, key)) => {
                        let ticket = key.ticket;
                        let slip = Slip { seed, ticket };
                        let made = Made::Booking {
                            unit: unit.0,
                            document: document.to_parts(),
                            turn,
                        };
                        (made, Imported::Booked { key, slip })
                    }
                    Err(outcome) => return Ok(outcome),
                }
            }
        };
        if let (Some(before), Made::Event { .. }) = (&before, &made) {
            self.take_back(now, &entry.name, before)?;
        }
        if let (Some(before), Made::Closing { taken, .. }) = (&before, &made) {
            // Only now: what is closed before and after is closed all the time.
            let kept: BTreeSet<&String> = taken.iter().map(|(_, id)| id).collect();
            let mut before = before.clone();
            if let Made::Closing { taken, .. } = &mut before.made {
                taken.retain(|(_, id)| !kept.contains(id));
            }
            self.take_back(now, &entry.name, &before)?;
        }
        let remembered = Remembered {
            event: entry.event.to_string(),
            sequence: entry.sequence,
            start: entry.interval.start().get(),
            end: entry.interval.end().get(),
            made,
        };
        self.desk.imports.0.insert(name, remembered);
        Ok(outcome)
    }

    /// Opens what was closed, cancels what was booked.
    fn take_back(
        &mut self,
        now: Timestamp,
        name: &Digest,
        before: &Remembered,
    ) -> Result<(), Error> {
        match &before.made {
            Made::Nothing { .. } => Ok(()),
            Made::Closing { taken, .. } => {
                for (document, id) in taken {
                    let document = Document::from_parts(document.0, document.1).ok();
                    let Some((document, occupy)) = document.zip(StatementId::from_hex(id)) else {
                        continue;
                    };
                    let ledger = self.shelf.ledger(document);
                    let known = ledger.and_then(|l| l.fold.resolved().occupations.get(&occupy));
                    if known.is_some_and(|occupation| !occupation.vacated) {
                        self.decide_that(now, document, Vacate { occupy })?;
                    }
                }
                Ok(())
            }
            Made::Event { booking, .. } => {
                let event = BookingId(*booking);
                // What nobody can withdraw any more is over, or called off.
                if self.check_changeable(event).is_ok() {
                    self.cancel(event)?;
                }
                Ok(())
            }
            Made::Booking { turn, .. } => {
                let seed = self.import_seed(name, *turn);
                let standing = self.slip(&seed).map(|entry| entry.status);
                if standing
                    .is_some_and(|status| status.stage.is_open() || !status.holding.is_empty())
                {
                    self.speak_for_slip(now, &seed, SlipSays::Cancel)?;
                }
                Ok(())
            }
        }
    }

    /// Takes units, those left out that are taken so already; `None` when it is too much for this import.
    #[expect(
        clippy::type_complexity,
        reason = "where each stands, and who had a place there"
    )]
    fn import_closing(
        &mut self,
        now: Timestamp,
        units: &[UnitId],
        interval: Interval,
        cause: Cause,
        room: &mut usize,
    ) -> Result<Option<(Vec<((u8, u32), String)>, Vec<SlotKey>)>, Error> {
        let close = command::Close {
            units: units.to_vec(),
            interval,
            cause,
        };
        let units = self.units_to_close(&close)?;
        let (mut taken, mut missing) = (Vec::new(), Vec::new());
        for document in self.months_of(interval) {
            for unit in &units {
                let occupy = Occupy {
                    unit: *unit,
                    interval,
                    cause,
                };
                match self.occupied_as(document, &occupy) {
                    Some(id) => taken.push((document.to_parts(), id.to_string())),
                    None => missing.push((document, occupy)),
                }
            }
        }
        if missing.len() > *room {
            return Ok(None);
        }
        *room = room.saturating_sub(missing.len());
        let documents: BTreeSet<Document> = missing.iter().map(|(document, _)| *document).collect();
        let mut affected = Vec::new();
        for document in documents {
            affected.extend(self.affected(document, &units, &close));
        }
        for (document, occupy) in missing {
            let id = self.decide_that(now, document, occupy)?;
            taken.push((document.to_parts(), id.to_string()));
        }
        self.decide_all(now)?;
        Ok(Some((taken, affected)))
    }

    fn occupied_as(&self, document: Document, occupy: &Occupy) -> Option<StatementId> {
        let resolved = self.shelf.ledger(document)?.fold.resolved();
        let mut occupations = resolved.occupations.iter();
        let same = occupations.find(|(_, known)| {
            !known.vacated
                && (known.unit, known.interval, known.cause)
                    == (occupy.unit, occupy.interval, occupy.cause)
        });
        same.map(|(id, _)| *id)
    }

    /// Proposes an event.
    fn import_event(
        &mut self,
        now: Timestamp,
        unit: Option<UnitId>,
        text: &str,
        entry: &ImportEntry,
        room: &mut usize,
    ) -> Result<Result<(BookingId, Made), Imported>, Error> {
        if *room < 3 {
            return Ok(Err(Imported::Left));
        }
        let event = ProposeEvent::new(text, [entry.interval]);
        let event = match unit {
            Some(unit) => event.in_room(What::Unit(unit)),
            None => event,
        };
        let booking = match self.propose_event(now, &event) {
            Ok(Outcome::Asked(booking)) => booking,
            Ok(_) => return Ok(Err(Imported::Left)),
            Err(Error::Event(EventError::Rule(rule))) => return Ok(Err(Imported::Refused(rule))),
            Err(Error::Event(error)) => return Ok(Err(Imported::Unsuitable(error))),
            Err(error) => return Err(error),
        };
        *room = room.saturating_sub(3);
        let day = OfficeDay::of(entry.interval.start(), self.shelf.day_start());
        let made = Made::Event {
            booking: booking.0,
            document: Document::ledger_of(day).to_parts(),
            room: unit.map(|unit| unit.0),
            text: memory::hash(text),
        };
        Ok(Ok((booking, made)))
    }

    /// Asks for one unit under a ticket whose key only this device can make again.
    fn import_booking(
        &mut self,
        now: Timestamp,
        unit: UnitId,
        entry: &ImportEntry,
        before: Option<&Remembered>,
        seed: [u8; 16],
        room: &mut usize,
    ) -> Result<Result<(Document, SlotKey), Imported>, Error> {
        let book = Book::unit(unit, entry.interval).exactly();
        let mut planned = self.plans(now, &book)?;
        self.refuse_reserved(&mut planned, self.is_staff());
        let Some(planned) = planned.into_iter().next() else {
            return Ok(Err(Imported::Left));
        };
        let plan = match planned.plan {
            Ok(plan) => plan,
            Err(rule) => return Ok(Err(Imported::Refused(rule))),
        };
        if *room < 2 {
            return Ok(Err(Imported::Left));
        }
        let own = match before.map(|before| &before.made) {
            Some(Made::Booking { turn, .. }) => Some(self.import_seed(&entry.name, *turn)),
            _ => None,
        };
        let own = own.and_then(|seed| self.slip(&seed)).map(|own| own.key);
        let _ = self.shelf.ledger_mut(plan.document);
        if !self.is_free(plan.document, unit, entry.interval, own.as_ref()) {
            return Ok(Err(Imported::Clash));
        }
        *room = room.saturating_sub(2);
        if let Some(before) = before {
            self.take_back(now, &entry.name, before)?;
            self.decide_all(now)?;
        }
        let key = Slip::key_of(&seed);
        let vouched = self.is_staff();
        let ticket = self.sign_ticket(now, key.public(), plan.document, Vec::new(), 1, vouched)?;
        let request = Request {
            event: None,
            ticket,
            slot: 0,
            version: 0,
            options: plan.options,
            any_equal: None,
            party: plan.party,
            claimed: self.civil(now)?,
            accepts: self.guidelines_in_force(now)?,
        };
        let request = self.say(&key, plan.document, request)?;
        self.record(plan.document, request);
        // What follows in the same file is to see it taken.
        self.decide_all(now)?;
        Ok(Ok((plan.document, SlotKey { ticket, slot: 0 })))
    }

    fn is_free(
        &self,
        document: Document,
        unit: UnitId,
        interval: Interval,
        own: Option<&SlotKey>,
    ) -> bool {
        let ledger = self.shelf.ledger(document);
        let Some((ledger, view)) = ledger.and_then(|ledger| Some((ledger, ledger.view()?))) else {
            return false;
        };
        let own = own
            .map(|key| view.own(&ledger.fold, key))
            .unwrap_or_default();
        let wanted = Wanted {
            class: None,
            needs: &BTreeSet::new(),
            interval,
            expected: Expected::Busy,
            except: &own,
        };
        let free = view.board().free(&wanted);
        free.iter()
            .any(|free| free.unit == unit && free.expected == 0)
    }

    fn import_seed(&self, name: &Digest, turn: u32) -> [u8; 16] {
        let secret = self.key.derive("import", u64::from(turn)).to_seed();
        half_hash(&[&secret, &name.0])
    }
}
