//! Suggest something, support a suggestion, offer or ask for help; and what the office does about it.

use crate::id::StatementId;
use crate::limits::MAX_COMMONS_TEXT;
use crate::statement::{Answers, Cause, NoticeKind, Verdict};
use crate::time::OfficeDay;

/// What people do in the commons, each by the statement that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InCommons {
    /// Suggest something to the office.
    Suggest {
        /// What.
        text: String,
    },
    /// Put up a notice.
    Post {
        /// Whether it offers or asks.
        notice: NoticeKind,
        /// What it says.
        text: String,
        /// The last day that it stands.
        last: OfficeDay,
        /// How to answer it.
        answers: Answers,
    },
    /// Support a suggestion.
    Support(StatementId),
    /// Support a suggestion no longer.
    Unsupport(StatementId),
    /// Take back what one has suggested or posted: its text is erased, here and wherever that is heard.
    TakeBack(StatementId),
    /// Give up what waits for a ticket, by its number.
    Discard(u64),
    /// Say what comes of a suggestion: for the office's devices.
    Answer {
        /// The suggestion.
        suggestion: StatementId,
        /// What comes of it.
        outcome: Verdict,
        /// What there is to say, or why; empty for nothing.
        text: String,
    },
    /// Erase a text: for the office's devices.
    Moderate {
        /// The suggestion, notice or answer.
        of: StatementId,
        /// Why.
        cause: Cause,
    },
    /// Somebody has read a suggestion or notice and lets it stand: for the office's devices.
    Review(StatementId),
}

/// Why something cannot be said in the commons, or done about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommonsError {
    /// The catalogue has none.
    #[error("this office takes no suggestions and has no notice board")]
    None,
    /// There is nothing to read.
    #[error("the text is empty")]
    NoText,
    /// The text is too long.
    #[error("the text is {bytes} bytes: the limit is {MAX_COMMONS_TEXT}")]
    TextTooLong {
        /// How long it is.
        bytes: usize,
    },
    /// The notice would stand too long, or is over before it stands.
    #[error("the last day of a notice is {last}: it is to be from {first} to {latest}")]
    LastDay {
        /// What was asked.
        last: OfficeDay,
        /// Today.
        first: OfficeDay,
        /// The last day there can be.
        latest: OfficeDay,
    },
    /// The person has said as much as they may this year.
    #[error("all {share} of {year} are used")]
    ShareUsed {
        /// How much that is.
        share: u32,
        /// The year.
        year: u16,
    },
    /// It is not known here.
    #[error("{of} is no suggestion or notice that is known here")]
    Unknown {
        /// What was named.
        of: StatementId,
    },
    /// It is another person's.
    #[error("{of} was not said by this device")]
    NotOwn {
        /// The suggestion or notice.
        of: StatementId,
    },
    /// It was taken back or erased.
    #[error("{of} stands no more")]
    Gone {
        /// The suggestion or notice.
        of: StatementId,
    },
    /// Nobody supports their own.
    #[error("{of} is this device's own suggestion")]
    OwnSuggestion {
        /// The suggestion.
        of: StatementId,
    },
    /// No is said with a reason.
    #[error("what is not done is answered with a reason")]
    NoReason,
}

impl CommonsError {
    /// A stable code, for apps and for the languages' own texts.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::None => "no_commons",
            Self::NoText => "no_text",
            Self::TextTooLong { .. } => "commons_text_too_long",
            Self::LastDay { .. } => "notice_last_day",
            Self::ShareUsed { .. } => "commons_share_used",
            Self::Unknown { .. } => "unknown_in_commons",
            Self::NotOwn { .. } => "not_own",
            Self::Gone { .. } => "gone",
            Self::OwnSuggestion { .. } => "own_suggestion",
            Self::NoReason => "no_reason",
        }
    }
}
