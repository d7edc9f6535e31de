//! Suggestions and notices: written and supported on a phone, answered and moderated by the office.

use super::wallet::{Kept, Saying};
use super::{Outcome, Replica, Standing};
use crate::command::{CommonsError, InCommons};
use crate::error::Error;
use crate::id::StatementId;
use crate::limits::MAX_COMMONS_TEXT;
use crate::model;
use crate::resolve::{Gone, Resolved, SlotKey};
use crate::statement::{Answer, Cancel, Cause, Document, Moderate, Review, Verdict, Words};
use crate::time::{CivilMinute, OfficeDay, Timestamp};

/// Days before the turn of the year from which a phone also follows what is said in the next one.
const AHEAD: i32 = 14;

/// Where something was said.
pub(super) struct Place {
    pub(super) document: Document,
    pub(super) key: SlotKey,
}

impl Replica {
    pub(super) fn in_commons(&mut self, now: Timestamp, act: InCommons) -> Result<Outcome, Error> {
        match act {
            InCommons::Suggest { text } => {
                let text = self.write_text(&text)?;
                self.write(now, Saying::Suggest { text })
            }
            InCommons::Post {
                notice,
                text,
                last,
                answers,
            } => {
                let commons = self.require_commons()?;
                let first = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
                let days = i32::from(commons.notice_days.saturating_sub(1));
                let latest = first.plus(days);
                if !(first..=latest).contains(&last) {
                    return Err(CommonsError::LastDay {
                        last,
                        first,
                        latest,
                    }
                    .into());
                }
                let text = self.write_text(&text)?;
                self.write(
                    now,
                    Saying::Post {
                        notice,
                        text,
                        last,
                        answers,
                    },
                )
            }
            InCommons::Support(suggestion) => self.support(now, suggestion),
            InCommons::Unsupport(suggestion) => self.unsupport(suggestion),
            InCommons::TakeBack(of) => self.take_back_said(of),
            InCommons::Discard(number) => {
                if self.wallet.drop_saying(number) {
                    self.keep_wallet();
                }
                Ok(Outcome::Done)
            }
            InCommons::Answer {
                suggestion,
                outcome,
                text,
            } => self.answer_suggestion(now, suggestion, outcome, &text),
            InCommons::Moderate { of, cause } => self.moderate(now, of, cause),
            InCommons::Review(of) => {
                self.require_host()?;
                let place = self.standing_place(&of)?;
                let minute = self.civil(now)?;
                let known = self.resolved_of(place.document);
                if known.is_some_and(|known| !known.commons.reviewed.contains(&of)) {
                    self.decide_that(now, place.document, Review { of, minute })?;
                }
                Ok(Outcome::Done)
            }
        }
    }

    fn require_commons(&self) -> Result<model::Commons, Error> {
        let commons = self.require_catalogue()?.parts().commons;
        Ok(commons.ok_or(CommonsError::None)?)
    }

    /// Fails on a device that does not speak for the office.
    pub(super) fn require_host(&self) -> Result<(), Error> {
        self.require_role()?;
        self.require_facts()?;
        self.require_current()
    }

    /// Keeps a text beside the documents; what they are to have of it.
    fn write_text(&mut self, text: &str) -> Result<Words, Error> {
        self.require_commons()?;
        let (text, bytes) = (text.trim(), text.trim().len());
        if text.is_empty() {
            return Err(CommonsError::NoText.into());
        }
        let length = u16::try_from(bytes).ok().filter(|l| *l <= MAX_COMMONS_TEXT);
        let length = length.ok_or(CommonsError::TextTooLong { bytes })?;
        let hash = self.take_text(text.as_bytes());
        Ok(Words { hash, length })
    }

    /// Says something under this year's ticket, or as soon as there is one.
    fn write(&mut self, now: Timestamp, saying: Saying) -> Result<Outcome, Error> {
        let document = Document::Commons(self.year_of(self.civil(now)?));
        self.write_in(now, document, saying)
    }

    fn write_in(
        &mut self,
        now: Timestamp,
        document: Document,
        saying: Saying,
    ) -> Result<Outcome, Error> {
        let claimed = self.civil(now)?;
        let waiting = self.wallet.sayings().into_iter();
        let waiting = waiting.filter(|draft| draft.document == document).count();
        if let Some((share, left)) = self.wallet.commons_slots(document)
            && left <= u32::try_from(waiting).unwrap_or(u32::MAX)
        {
            let Document::Commons(year) = document else {
                return Err(CommonsError::None.into());
            };
            return Err(CommonsError::ShareUsed { share, year }.into());
        }
        self.wallet.keep_saying(document, saying, claimed);
        self.say_drafts()?;
        self.order_for_commons(now, document)?;
        self.keep_wallet();
        Ok(Outcome::Done)
    }

    /// Signs what has been written, as far as there are tickets.
    pub(super) fn say_drafts(&mut self) -> Result<(), Error> {
        if self.authority().is_none() {
            return Ok(());
        }
        for draft in self.wallet.sayings() {
            let Kept {
                number,
                document,
                claimed,
                saying,
            } = draft;
            let Some(pen) = self.wallet.take_commons_slot(document, &self.key) else {
                continue;
            };
            let said = self.say(&pen.key, document, saying.body(pen.slot, claimed))?;
            self.wallet.drop_saying(number);
            self.wallet.note_saying(pen.slot, said.id());
            self.carry(said);
            self.keep_wallet();
        }
        Ok(())
    }

    /// Asks for the one ticket that a person gets for a year, unless it is here or on its way.
    pub(super) fn order_for_commons(
        &mut self,
        now: Timestamp,
        document: Document,
    ) -> Result<(), Error> {
        let share = self.catalogue().and_then(|known| known.parts().commons);
        let minute = self.civil(now)?;
        match share {
            Some(commons) if !self.wallet.has_commons_ticket(document, minute) => {
                self.order(now, document, commons.share, false)
            }
            _ => Ok(()),
        }
    }

    /// The commons documents that a phone follows: this year's, at its end the next, and those that it has said
    /// something in.
    pub(crate) fn years_of_commons(&self, now: CivilMinute) -> Vec<Document> {
        if self
            .catalogue()
            .is_none_or(|known| known.parts().commons.is_none())
        {
            return Vec::new();
        }
        let today = OfficeDay::of(now, self.shelf.day_start());
        let years = [today.year(), today.plus(AHEAD).year()];
        let mut documents: Vec<Document> = years.map(Document::Commons).into();
        documents.extend(self.wallet.commons_documents());
        documents.sort_unstable();
        documents.dedup();
        documents
    }

    /// What is resolved of a document that is here.
    pub(super) fn resolved_of(&self, document: Document) -> Option<&Resolved> {
        let ledger = self.shelf.ledger(document)?;
        Some(ledger.fold.resolved())
    }

    /// Where a suggestion or notice was said.
    pub(super) fn place_of(&self, of: &StatementId) -> Option<Place> {
        let ledgers = self.shelf.ledgers.iter();
        ledgers
            .filter_map(|(document, ledger)| {
                let commons = &ledger.fold.resolved().commons;
                let suggest = commons
                    .suggestions
                    .get(of)
                    .map(|one| (one.ticket, one.slot));
                let post = commons.notices.get(of).map(|one| (one.ticket, one.slot));
                let (ticket, slot) = suggest.or(post)?;
                let key = SlotKey { ticket, slot };
                Some(Place {
                    document: *document,
                    key,
                })
            })
            .next()
    }

    fn standing_place(&self, of: &StatementId) -> Result<Place, Error> {
        let place = self.place_of(of);
        let place = place.ok_or(CommonsError::Unknown { of: *of })?;
        let resolved = self.resolved_of(place.document);
        if resolved.is_none_or(|resolved| resolved.gone(&place.key, of).is_some()) {
            return Err(CommonsError::Gone { of: *of }.into());
        }
        Ok(place)
    }

    /// A suggestion that stands.
    fn suggestion(&self, of: &StatementId) -> Result<Place, Error> {
        let place = self.standing_place(of)?;
        let resolved = self.resolved_of(place.document);
        if resolved.is_none_or(|resolved| !resolved.commons.suggestions.contains_key(of)) {
            return Err(CommonsError::Unknown { of: *of }.into());
        }
        Ok(place)
    }

    fn support(&mut self, now: Timestamp, suggestion: StatementId) -> Result<Outcome, Error> {
        self.require_commons()?;
        let Place { document, key } = self.suggestion(&suggestion)?;
        if self.is_own_ticket(&key.ticket) {
            return Err(CommonsError::OwnSuggestion { of: suggestion }.into());
        }
        if self.supports(document, &suggestion) {
            return Ok(Outcome::Done);
        }
        self.write_in(now, document, Saying::Support { suggestion })
    }

    /// Whether this device supports a suggestion, or is about to.
    pub(super) fn supports(&self, document: Document, suggestion: &StatementId) -> bool {
        let drafted = self.wallet.sayings().into_iter().any(|draft| {
            draft.saying
                == Saying::Support {
                    suggestion: *suggestion,
                }
        });
        drafted || !self.own_support(document, suggestion).is_empty()
    }

    /// The slots by which this device supports a suggestion.
    fn own_support(&self, document: Document, suggestion: &StatementId) -> Vec<SlotKey> {
        let resolved = self.resolved_of(document);
        let said = resolved.and_then(|resolved| resolved.commons.support.get(suggestion));
        let said = said.into_iter().flatten();
        let own = said.filter(|(id, key)| {
            self.is_own_ticket(&key.ticket)
                && resolved.is_some_and(|resolved| resolved.gone(key, id).is_none())
        });
        own.map(|(_, key)| *key).collect()
    }

    fn unsupport(&mut self, suggestion: StatementId) -> Result<Outcome, Error> {
        let place = self.place_of(&suggestion);
        let place = place.ok_or(CommonsError::Unknown { of: suggestion })?;
        for draft in self.wallet.sayings() {
            if draft.saying == (Saying::Support { suggestion }) {
                self.wallet.drop_saying(draft.number);
            }
        }
        for key in self.own_support(place.document, &suggestion) {
            self.unsay(place.document, key)?;
        }
        self.keep_wallet();
        Ok(Outcome::Done)
    }

    fn take_back_said(&mut self, of: StatementId) -> Result<Outcome, Error> {
        let Place { document, key } = self.standing_place(&of)?;
        if !self.is_own_ticket(&key.ticket) {
            return Err(CommonsError::NotOwn { of }.into());
        }
        self.unsay(document, key)?;
        Ok(Outcome::Done)
    }

    fn unsay(&mut self, document: Document, key: SlotKey) -> Result<(), Error> {
        let Some(pen) = self.wallet.pen_of(document, key, &self.key) else {
            return Ok(());
        };
        let cancel = Cancel {
            ticket: key.ticket,
            slot: key.slot,
            version: 0,
        };
        let cancel = self.say(&pen.key, document, cancel)?;
        self.carry(cancel);
        Ok(())
    }

    pub(super) fn is_own_ticket(&self, ticket: &StatementId) -> bool {
        self.wallet.tickets().any(|own| own == *ticket)
    }

    fn answer_suggestion(
        &mut self,
        now: Timestamp,
        suggestion: StatementId,
        outcome: Verdict,
        text: &str,
    ) -> Result<Outcome, Error> {
        self.require_host()?;
        let place = self.suggestion(&suggestion)?;
        let is_empty = text.trim().is_empty();
        if is_empty && outcome == Verdict::Rejected {
            return Err(CommonsError::NoReason.into());
        }
        let text = (!is_empty).then(|| self.write_text(text)).transpose()?;
        let answer = Answer {
            suggestion,
            outcome,
            text,
            minute: self.civil(now)?,
        };
        self.decide_that(now, place.document, answer)?;
        Ok(Outcome::Done)
    }

    fn moderate(
        &mut self,
        now: Timestamp,
        of: StatementId,
        cause: Cause,
    ) -> Result<Outcome, Error> {
        self.require_host()?;
        let mut ledgers = self.shelf.ledgers.iter();
        let answered = ledgers.find(|(_, ledger)| {
            let commons = &ledger.fold.resolved().commons;
            commons.answers.contains_key(&of)
        });
        let document = match answered {
            Some((document, _)) => *document,
            None => {
                let place = self.place_of(&of);
                place.ok_or(CommonsError::Unknown { of })?.document
            }
        };
        let known = self.resolved_of(document);
        if known.is_none_or(|known| !known.commons.moderated.contains_key(&of)) {
            let minute = self.civil(now)?;
            self.decide_that(now, document, Moderate { of, cause, minute })?;
        }
        Ok(Outcome::Done)
    }

    /// Whether this device is one of the office's that see what everybody else does not: what was erased, and why.
    pub(super) fn looks_after_commons(&self) -> bool {
        matches!(self.standing(), Standing::Steward(_))
    }

    /// Whether that was erased or taken back.
    pub(super) fn is_gone(&self, place: &Place, of: &StatementId) -> Option<Gone> {
        self.resolved_of(place.document)?.gone(&place.key, of)
    }
}
