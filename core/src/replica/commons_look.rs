//! What is known of suggestions and notices: for everybody what stands, for the office also what was erased, and nowhere
//! who.

use super::Replica;
use super::commons::Place;
use super::shelf::Ledger;
use crate::error::Error;
use crate::id::StatementId;
use crate::resolve::{Gone, SlotKey};
use crate::statement::{Answer, Answers, Cause, Document, NoticeKind, Verdict, Words};
use crate::time::{CivilMinute, OfficeDay, Timestamp};
use std::cmp::Reverse;

/// A suggestion, as everybody sees it: how many support it, and never who.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestionEntry {
    /// The suggestion.
    pub id: StatementId,
    /// What it says; `None` when that has not come, or was erased.
    pub text: Option<String>,
    /// What there is of the text in any case.
    pub words: Words,
    /// When whoever it was says they wrote it.
    pub said: CivilMinute,
    /// How far it has come.
    pub stage: SuggestionStage,
    /// How many support it.
    pub support: u32,
    /// What the office says to it, the latest last.
    pub answers: Vec<AnswerEntry>,
    /// Whether this device suggested it.
    pub own: bool,
    /// Whether this device supports it.
    pub supported: bool,
    /// Whether somebody at the office has read it.
    pub reviewed: bool,
}

/// How far a suggestion has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SuggestionStage {
    /// No device of the office has it.
    Carried,
    /// The office has it.
    Received,
    /// The office has answered.
    Answered(Verdict),
    /// Whoever suggested it has taken it back.
    TakenBack,
    /// The office has erased its text.
    Erased(Cause),
}

/// What the office said to a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerEntry {
    /// The answer.
    pub id: StatementId,
    /// What comes of the suggestion.
    pub verdict: Verdict,
    /// What there is to say; `None` when nothing was, or that has not come, or was erased.
    pub text: Option<String>,
    /// When it was said.
    pub said: CivilMinute,
    /// Why its text was erased, if it was.
    pub erased: Option<Cause>,
}

/// A notice, as everybody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeEntry {
    /// The notice.
    pub id: StatementId,
    /// What it goes by at the desk.
    pub number: String,
    /// Whether it offers or asks.
    pub kind: NoticeKind,
    /// What it says; `None` when that has not come, or was erased.
    pub text: Option<String>,
    /// What there is of the text in any case.
    pub words: Words,
    /// How to answer it.
    pub answers: Answers,
    /// When whoever it was says they wrote it.
    pub said: CivilMinute,
    /// The last day that it stands.
    pub last: OfficeDay,
    /// How it stands.
    pub stage: NoticeStage,
    /// Whether this device posted it.
    pub own: bool,
    /// Whether somebody at the office has read it.
    pub reviewed: bool,
}

/// How a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoticeStage {
    /// No device of the office has it.
    Carried,
    /// It is on the board.
    Shown,
    /// It is of a day that has not come.
    Ahead,
    /// Its last day is over.
    Over,
    /// Whoever posted it has taken it back.
    TakenBack,
    /// The office has erased its text.
    Erased(Cause),
}

/// What a person has written that waits for a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsaidEntry {
    /// Its number on this device.
    pub number: u64,
    /// What it says; `None` for the support of a suggestion.
    pub text: Option<String>,
    /// The suggestion that it supports.
    pub supports: Option<StatementId>,
    /// Whether it offers or asks; `None` for what is no notice.
    pub notice: Option<NoticeKind>,
}

/// How much there is in the commons, for the office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CommonsCounts {
    /// Suggestions that stand.
    pub suggestions: u32,
    /// Of those, such as nobody has answered.
    pub unanswered: u32,
    /// Notices on the board that offer something.
    pub offers: u32,
    /// Notices on the board that ask for something.
    pub asks: u32,
    /// What nobody at the office has read.
    pub unread: u32,
    /// Texts that were erased.
    pub erased: u32,
}

impl Replica {
    /// Suggestions, those with most support first, at equal support the one first asked for, by the later of its claim
    /// and its ticket's stamp. The office's devices and whoever suggested it also see what stands no more.
    pub fn suggestions(&self) -> Vec<SuggestionEntry> {
        let all = self.looks_after_commons();
        let mut ranked = Vec::new();
        for (document, ledger) in self.commons_ledgers() {
            let resolved = ledger.fold.resolved();
            for (id, suggest) in &resolved.commons.suggestions {
                let key = SlotKey {
                    ticket: suggest.ticket,
                    slot: suggest.slot,
                };
                let own = self.is_own_ticket(&key.ticket);
                let gone = self.is_gone(&Place { document, key }, id);
                if gone == Some(Gone::NotFirst) || (gone.is_some() && !(all || own)) {
                    continue;
                }
                let answers = resolved.answers_to(id).into_iter();
                let answers = answers.map(|(id, answer)| self.answer_entry(ledger, id, answer));
                let support = resolved.supporters(id).len();
                let stamp = resolved.tickets.get(&key.ticket).map(|t| t.ticket.stamp);
                let entry = SuggestionEntry {
                    id: *id,
                    text: gone
                        .is_none()
                        .then(|| self.readable(&suggest.text))
                        .flatten(),
                    words: suggest.text,
                    said: suggest.claimed,
                    stage: match (gone, resolved.verdict(id)) {
                        (Some(Gone::Erased(cause)), _) => SuggestionStage::Erased(cause),
                        (Some(_), _) => SuggestionStage::TakenBack,
                        (None, Some(verdict)) => SuggestionStage::Answered(verdict),
                        (None, None) if ledger.pages.recorded.contains(id) => {
                            SuggestionStage::Received
                        }
                        (None, None) => SuggestionStage::Carried,
                    },
                    support: u32::try_from(support).unwrap_or(u32::MAX),
                    answers: answers.collect(),
                    own,
                    supported: self.supports(document, id),
                    reviewed: resolved.commons.reviewed.contains(id),
                };
                let asked = Some(suggest.claimed).max(stamp);
                ranked.push(((Reverse(entry.support), asked, *id), entry));
            }
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Notices on the board, the newest first. The office's devices and whoever posted it also see what stands no more.
    pub fn notices(&self, now: Timestamp) -> Result<Vec<NoticeEntry>, Error> {
        let today = OfficeDay::of(self.civil(now)?, self.shelf.day_start());
        let all = self.looks_after_commons();
        let mut entries = Vec::new();
        for (document, ledger) in self.commons_ledgers() {
            let resolved = ledger.fold.resolved();
            for (id, post) in &resolved.commons.notices {
                let key = SlotKey {
                    ticket: post.ticket,
                    slot: post.slot,
                };
                let own = self.is_own_ticket(&key.ticket);
                let first = OfficeDay::of(post.claimed, self.shelf.day_start());
                let stage = match self.is_gone(&Place { document, key }, id) {
                    Some(Gone::NotFirst) => continue,
                    Some(Gone::Erased(cause)) => NoticeStage::Erased(cause),
                    Some(Gone::TakenBack) => NoticeStage::TakenBack,
                    None if post.last < today => NoticeStage::Over,
                    None if today < first => NoticeStage::Ahead,
                    None if ledger.pages.recorded.contains(id) => NoticeStage::Shown,
                    None => NoticeStage::Carried,
                };
                if !(stage.is_up() || all || own) {
                    continue;
                }
                let is_readable = stage.is_up() || stage == NoticeStage::Ahead;
                entries.push(NoticeEntry {
                    id: *id,
                    number: number(id),
                    kind: post.notice,
                    text: is_readable.then(|| self.readable(&post.text)).flatten(),
                    words: post.text,
                    answers: post.answers,
                    said: post.claimed,
                    last: post.last,
                    stage,
                    own,
                    reviewed: resolved.commons.reviewed.contains(id),
                });
            }
        }
        entries.sort_by_key(|entry| (Reverse(entry.said), entry.id));
        Ok(entries)
    }

    /// What this device has written that waits for a ticket, oldest first.
    pub fn unsaid(&self) -> Vec<UnsaidEntry> {
        use super::wallet::Saying;
        let drafts = self.wallet.sayings().into_iter();
        let entry = |draft: super::wallet::Kept| UnsaidEntry {
            number: draft.number,
            text: draft.saying.words().and_then(|text| self.readable(&text)),
            supports: match draft.saying {
                Saying::Support { suggestion } => Some(suggestion),
                _ => None,
            },
            notice: match draft.saying {
                Saying::Post { notice, .. } => Some(notice),
                _ => None,
            },
        };
        drafts.map(entry).collect()
    }

    /// How much there is, and how much of it somebody should look at: for the office's devices.
    pub fn commons_counts(&self, now: Timestamp) -> Result<CommonsCounts, Error> {
        self.require_role()?;
        let mut counts = CommonsCounts::default();
        let add = |count: &mut u32| *count = count.saturating_add(1);
        for suggestion in self.suggestions() {
            match suggestion.stage {
                SuggestionStage::Erased(_) => add(&mut counts.erased),
                SuggestionStage::TakenBack => continue,
                SuggestionStage::Carried
                | SuggestionStage::Received
                | SuggestionStage::Answered(_) => {
                    add(&mut counts.suggestions);
                    if suggestion.answers.is_empty() {
                        add(&mut counts.unanswered);
                    }
                    if !suggestion.reviewed {
                        add(&mut counts.unread);
                    }
                }
            }
            let answers = suggestion.answers.iter();
            let erased = answers.filter(|answer| answer.erased.is_some());
            erased.for_each(|_| add(&mut counts.erased));
        }
        for notice in self.notices(now)? {
            match notice.stage {
                NoticeStage::Erased(_) => add(&mut counts.erased),
                NoticeStage::Carried | NoticeStage::Shown => {
                    match notice.kind {
                        NoticeKind::Ask => add(&mut counts.asks),
                        NoticeKind::Offer | NoticeKind::Other(_) => add(&mut counts.offers),
                    }
                    if !notice.reviewed {
                        add(&mut counts.unread);
                    }
                }
                NoticeStage::Ahead | NoticeStage::Over | NoticeStage::TakenBack => {}
            }
        }
        Ok(counts)
    }

    /// How often this device can still suggest, support and post this year, drafts included; `None` before there is a
    /// ticket.
    pub fn commons_left(&self, now: Timestamp) -> Result<Option<u32>, Error> {
        let document = Document::Commons(self.year_of(self.civil(now)?));
        let slots = self.wallet.commons_slots(document);
        let drafts = self.wallet.sayings().into_iter();
        let drafts = drafts.filter(|draft| draft.document == document).count();
        let drafts = u32::try_from(drafts).unwrap_or(u32::MAX);
        Ok(slots.map(|(_, left)| left.saturating_sub(drafts)))
    }

    fn commons_ledgers(&self) -> impl Iterator<Item = (Document, &Ledger)> {
        let ledgers = self.shelf.ledgers.iter();
        let commons = ledgers.filter(|(document, _)| matches!(document, Document::Commons(_)));
        commons.map(|(document, ledger)| (*document, ledger))
    }

    fn answer_entry(&self, ledger: &Ledger, id: StatementId, answer: &Answer) -> AnswerEntry {
        let moderated = ledger.fold.resolved().commons.moderated.get(&id);
        let erased = moderated.map(|(_, cause)| *cause);
        let text = answer.text.filter(|_| erased.is_none());
        AnswerEntry {
            id,
            verdict: answer.outcome,
            text: text.and_then(|text| self.readable(&text)),
            said: answer.minute,
            erased,
        }
    }

    /// A text, as far as it is here and can be read.
    fn readable(&self, words: &Words) -> Option<String> {
        let bytes = self.text(&words.hash)?;
        std::str::from_utf8(bytes).ok().map(str::to_owned)
    }
}

impl NoticeStage {
    /// Whether it is to be read now.
    pub const fn is_up(self) -> bool {
        matches!(self, Self::Carried | Self::Shown)
    }
}

/// Six hexadecimal digits: short enough to be said at a desk, and on one board hardly ever twice.
fn number(id: &StatementId) -> String {
    let hex = id.to_string();
    hex.get(..6).unwrap_or(&hex).to_uppercase()
}
