//! Others who write the text of an event: let in by whoever proposed it, with a key that their phone has shown.

use super::{Outcome, Replica};
use crate::command::EventError;
use crate::error::Error;
use crate::id::{PublicKey, StatementId};
use crate::limits::MAX_ORGANISERS;
use crate::resolve::{EventStage, Fold, SlotKey};
use crate::statement::{Appoint, Body, Document, Keypair, Verified};
use crate::time::{CivilMinute, OfficeDay, Timestamp};

/// How many months are looked through for the event that this phone was let in to.
const MONTHS: usize = 12;

/// Who signs an edit, and what lets them.
pub(super) struct Editor {
    pub(super) key: Keypair,
    pub(super) appoint: Option<StatementId>,
}

impl Replica {
    /// The key that another phone scans to let this one in: made for this alone, and another for each event.
    pub(super) fn show_organiser(&mut self, now: Timestamp) -> Result<Outcome, Error> {
        let minute = self.civil(now)?;
        let key = self.wallet.show_organiser(minute, &self.key);
        self.keep_wallet();
        Ok(Outcome::OrganiserKey(key))
    }

    /// Lets the phone with that key write the text of an event that this device proposed.
    pub(super) fn add_organiser(
        &mut self,
        now: Timestamp,
        event: SlotKey,
        key: PublicKey,
    ) -> Result<Outcome, Error> {
        let document = self.find_event(&event)?;
        let own = self.own_booking(document, &event);
        let pen = own.and_then(|booking| self.wallet.pen(booking, &self.key));
        let pen = pen.ok_or(EventError::NotTheProposer { key: event })?;
        let fold = self.shelf.ledger(document).map(|ledger| &ledger.fold);
        let fold = fold.ok_or(EventError::Unknown { key: event })?;
        if fold.event_stage(&event).is_none_or(EventStage::is_over) {
            return Err(EventError::NotOpen { key: event }.into());
        }
        let known = fold.organisers(&event).into_iter().flatten();
        if known.clone().any(|(_, known)| *known == key) {
            return Ok(Outcome::Done);
        }
        if known.count() >= MAX_ORGANISERS {
            return Err(EventError::TooManyOrganisers { key: event }.into());
        }
        let appoint = Appoint {
            ticket: event.ticket,
            slot: event.slot,
            key,
            claimed: self.civil(now)?,
        };
        let appoint = self.say(&pen.key, document, appoint)?;
        self.carry(appoint);
        Ok(Outcome::Done)
    }

    /// Whether this phone was let in to write the text of that event.
    pub(super) fn organises(&self, fold: &Fold, event: &SlotKey) -> bool {
        let mut keys = fold.organisers(event).into_iter().flatten();
        keys.any(|(_, key)| self.wallet.organiser_number(key).is_some())
    }

    /// Whose hand an edit of that event's text is in here: its proposer's, the office's, or one that was let in.
    pub(super) fn editor(&self, document: Document, fold: &Fold, event: &SlotKey) -> Editor {
        let plain = |key| Editor { key, appoint: None };
        let own = self.own_booking(document, event);
        if let Some(pen) = own.and_then(|booking| self.wallet.pen(booking, &self.key)) {
            return plain(pen.key);
        }
        let mut keys = fold.organisers(event).into_iter().flatten();
        let let_in = keys.find_map(|(id, key)| {
            let key = self.wallet.organiser_pen(key, &self.key)?;
            let appoint = Some(*id);
            Some(Editor { key, appoint })
        });
        // A device of the office's needs nobody's leave.
        let office = self.standing().decides();
        let let_in = let_in.filter(|_| !office);
        let_in.unwrap_or_else(|| plain(self.key.clone()))
    }

    /// Notes where this phone was let in; whether that was under a key that it had forgotten.
    pub(super) fn recall_organising(
        &mut self,
        document: Document,
        statements: &[Verified],
    ) -> bool {
        let shown = self.wallet.organiser_keys_shown();
        let mut news = false;
        for statement in statements {
            if let Body::Appoint(appoint) = statement.body() {
                let known = self
                    .wallet
                    .note_organiser(&appoint.key, document, &self.key);
                news |= known;
            }
        }
        if news {
            self.keep_wallet();
        }
        shown < self.wallet.organiser_keys_shown()
    }

    /// Where the events are that this phone was let in to; while it waits to be, wherever they may be.
    pub(crate) fn organised_documents(&self, now: CivilMinute) -> Vec<Document> {
        let mut documents: Vec<Document> = self.wallet.organised().collect();
        if self.wallet.awaits_an_event(now) {
            let first = OfficeDay::of(now, self.shelf.day_start()).month();
            let months = std::iter::successors(Some(first), |month| Some(month.next()));
            documents.extend(months.take(MONTHS).map(Document::Ledger));
        }
        documents.sort_unstable();
        documents.dedup();
        documents
    }
}
