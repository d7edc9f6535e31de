//! Suggestions and the notice board: what people say to the office and to one another.

mod convert;

use crate::ids::each;
use crate::status::Cause;
use crate::{AllkontorError, Device, page};
use allkontor_core::id::StatementId;
use allkontor_core::time::{CivilMinute, OfficeDay, Timestamp};

/// Whether a notice offers something or asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum NoticeKind {
    /// Somebody offers help, or what they can do.
    Offer,
    /// Somebody asks for help.
    Ask,
    /// One of a later version.
    Later {
        /// Its number.
        number: u16,
    },
}

/// How to answer a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum NoticeAnswers {
    /// As its text says.
    AsWritten,
    /// By leaving word at the desk, under the notice's number.
    AtDesk,
    /// One of a later version.
    Later {
        /// Its number.
        number: u16,
    },
}

/// What comes of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Verdict {
    /// It is being looked at.
    Considered,
    /// It will be done.
    Planned,
    /// It is done.
    Done,
    /// It will not be done.
    Rejected,
    /// One of a later version.
    Later {
        /// Its number.
        number: u16,
    },
}

/// What there is of a text in any case, erased or not.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct TextTrace {
    /// SHA-256 of it, in hexadecimal.
    pub hash: String,
    /// How many bytes it has.
    pub length: u16,
}

/// A suggestion, as everybody sees it: how many support it, and never who.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SuggestionInfo {
    /// The suggestion.
    pub id: StatementId,
    /// What it says; none when that has not come, or was erased.
    pub text: Option<String>,
    /// What there is of the text in any case.
    pub trace: TextTrace,
    /// When whoever it was says they wrote it.
    pub at: CivilMinute,
    /// How far it has come.
    pub stage: SuggestionStage,
    /// How many support it.
    pub support: u32,
    /// What the office says to it, the latest last.
    pub answers: Vec<SuggestionAnswer>,
    /// Whether this device suggested it.
    pub is_own: bool,
    /// Whether this device supports it.
    pub is_supported: bool,
    /// Whether somebody at the office has read it.
    pub is_reviewed: bool,
}

/// How far a suggestion has come.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum SuggestionStage {
    /// No device of the office has it.
    Carried,
    /// The office has it.
    Received,
    /// The office has answered.
    Answered {
        /// What comes of it.
        verdict: Verdict,
    },
    /// Whoever suggested it has taken it back.
    TakenBack,
    /// The office has erased its text.
    Erased {
        /// Why.
        cause: Cause,
    },
}

/// What the office said to a suggestion.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct SuggestionAnswer {
    /// The answer.
    pub id: StatementId,
    /// What comes of the suggestion.
    pub verdict: Verdict,
    /// What there is to say; none when nothing was, or that has not come, or was erased.
    pub text: Option<String>,
    /// When it was said.
    pub at: CivilMinute,
    /// Why its text was erased; none when it was not.
    pub erased: Option<Cause>,
}

/// A notice on the board.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct NoticeInfo {
    /// The notice.
    pub id: StatementId,
    /// What it goes by at the desk: six hexadecimal digits.
    pub number: String,
    /// Whether it offers or asks.
    pub kind: NoticeKind,
    /// What it says; none when that has not come, or was erased.
    pub text: Option<String>,
    /// What there is of the text in any case.
    pub trace: TextTrace,
    /// How to answer it.
    pub answers: NoticeAnswers,
    /// When whoever it was says they wrote it.
    pub at: CivilMinute,
    /// The last day that it stands.
    pub last: OfficeDay,
    /// How it stands.
    pub stage: NoticeStage,
    /// Whether this device posted it.
    pub is_own: bool,
    /// Whether somebody at the office has read it.
    pub is_reviewed: bool,
}

/// How a notice stands.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
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
    Erased {
        /// Why.
        cause: Cause,
    },
}

/// What a person has written that waits for a ticket.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Unsaid {
    /// Its number on this device. `discard_unsaid` gives it up.
    pub number: u64,
    /// What it says; none for the support of a suggestion.
    pub text: Option<String>,
    /// The suggestion that it supports.
    pub supports: Option<StatementId>,
    /// Whether it offers or asks; none for what is no notice.
    pub notice: Option<NoticeKind>,
}

/// How much there is on the board and among the suggestions, for the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
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

#[uniffi::export]
impl Device {
    /// Suggests something to the office, in at most 2 000 bytes; with no network if there is none.
    pub fn suggest(&self, now: Timestamp, text: String) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.suggest(now, text)?))
    }

    /// Supports a suggestion. It counts once, however often it is said.
    pub fn support_suggestion(
        &self,
        now: Timestamp,
        suggestion: StatementId,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.support(now, suggestion)?))
    }

    /// Supports a suggestion no longer.
    pub fn unsupport_suggestion(
        &self,
        now: Timestamp,
        suggestion: StatementId,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.unsupport(now, suggestion)?))
    }

    /// Offers or asks for help on the notice board, in at most 2 000 bytes, until that day, which is the last. Nobody is
    /// told how to reach the writer but by what the text says.
    pub fn post_notice(
        &self,
        now: Timestamp,
        kind: NoticeKind,
        text: String,
        last: OfficeDay,
        answers: NoticeAnswers,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.post_notice(now, kind.into(), text, last, answers.into())?))
    }

    /// Takes back a suggestion or notice of this device: its text is erased, here and wherever that is heard.
    pub fn take_back(&self, now: Timestamp, of: StatementId) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.take_back(now, of)?))
    }

    /// Gives up what waits for a ticket.
    pub fn discard_unsaid(&self, now: Timestamp, number: u64) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.discard_unsaid(now, number)?))
    }

    /// Says what comes of a suggestion, and why; a no needs its reason. On a device of the office.
    pub fn answer_suggestion(
        &self,
        now: Timestamp,
        suggestion: StatementId,
        verdict: Verdict,
        text: String,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.answer_suggestion(now, suggestion, verdict.into(), text)?))
    }

    /// Erases the text of a suggestion, notice or answer, here and wherever that is heard. What is left is its hash, its
    /// length, and why. On a device of the office.
    pub fn erase_text(
        &self,
        now: Timestamp,
        of: StatementId,
        cause: Cause,
    ) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.erase_text(now, of, cause.into())?))
    }

    /// Notes that somebody at the office has read a suggestion or notice, and lets it stand. On a device of the office.
    pub fn review_text(&self, now: Timestamp, of: StatementId) -> Result<(), AllkontorError> {
        self.with(|engine| Ok(engine.review(now, of)?))
    }

    /// Suggestions, those with most support first. The office's devices and whoever suggested it also see what stands no
    /// more. `after`: the last of the page before.
    pub fn suggestions(
        &self,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<SuggestionInfo>, AllkontorError> {
        let all: Vec<SuggestionInfo> = each(self.with(|engine| Ok(engine.suggestions()?))?);
        let from = after.and_then(|after| all.iter().position(|one| one.id == after));
        let from = from.map_or(0, |at| at.saturating_add(1));
        Ok(all.into_iter().skip(from).take(page(limit)).collect())
    }

    /// The notice board, the newest first. The office's devices and whoever posted it also see what stands no more.
    /// `after`: the last of the page before.
    pub fn notices(
        &self,
        now: Timestamp,
        after: Option<StatementId>,
        limit: u32,
    ) -> Result<Vec<NoticeInfo>, AllkontorError> {
        let all: Vec<NoticeInfo> = each(self.with(|engine| Ok(engine.notices(now)?))?);
        let from = after.and_then(|after| all.iter().position(|one| one.id == after));
        let from = from.map_or(0, |at| at.saturating_add(1));
        Ok(all.into_iter().skip(from).take(page(limit)).collect())
    }

    /// What this device has written that waits for a ticket, oldest first. `after`: the last of the page before.
    pub fn unsaid(&self, after: Option<u64>, limit: u32) -> Result<Vec<Unsaid>, AllkontorError> {
        let all: Vec<Unsaid> = each(self.with(|engine| Ok(engine.unsaid()?))?);
        let behind = |one: &Unsaid| after.is_none_or(|after| one.number > after);
        Ok(all.into_iter().filter(behind).take(page(limit)).collect())
    }

    /// How often this device can still suggest, support and post this year; none before there is a ticket.
    pub fn commons_left(&self, now: Timestamp) -> Result<Option<u32>, AllkontorError> {
        self.with(|engine| Ok(engine.commons_left(now)?))
    }

    /// How much there is, and how much of it somebody should look at: for the office's devices.
    pub fn commons_counts(&self, now: Timestamp) -> Result<CommonsCounts, AllkontorError> {
        let counts = self.with(|engine| Ok(engine.commons_counts(now)?))?;
        Ok(counts.into())
    }
}
