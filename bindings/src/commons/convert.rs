use super::{
    CommonsCounts, NoticeAnswers, NoticeInfo, NoticeKind, NoticeStage, SuggestionAnswer,
    SuggestionInfo, SuggestionStage, TextTrace, Unsaid, Verdict,
};
use crate::ids::each;
use crate::status::Cause;
use allkontor_core::{replica, statement};

macro_rules! numbered {
    ($( $name:ident of $core:ident { $( $case:ident ),* } )*) => {$(
        impl From<statement::$core> for $name {
            fn from(one: statement::$core) -> Self {
                match one {
                    $( statement::$core::$case => Self::$case, )*
                    statement::$core::Other(number) => Self::Later { number },
                }
            }
        }

        impl From<$name> for statement::$core {
            fn from(one: $name) -> Self {
                match one {
                    $( $name::$case => Self::$case, )*
                    $name::Later { number } => Self::from_number(number),
                }
            }
        }
    )*};
}

numbered! {
    NoticeKind of NoticeKind { Offer, Ask }
    NoticeAnswers of Answers { AsWritten, AtDesk }
    Verdict of Verdict { Considered, Planned, Done, Rejected }
}

impl From<statement::Words> for TextTrace {
    fn from(words: statement::Words) -> Self {
        Self {
            hash: words.hash.to_string(),
            length: words.length,
        }
    }
}

impl From<replica::SuggestionEntry> for SuggestionInfo {
    fn from(entry: replica::SuggestionEntry) -> Self {
        Self {
            id: entry.id,
            text: entry.text,
            trace: entry.words.into(),
            at: entry.said,
            stage: entry.stage.into(),
            support: entry.support,
            answers: each(entry.answers),
            is_own: entry.own,
            is_supported: entry.supported,
            is_reviewed: entry.reviewed,
        }
    }
}

impl From<replica::SuggestionStage> for SuggestionStage {
    fn from(stage: replica::SuggestionStage) -> Self {
        use replica::SuggestionStage as From;
        match stage {
            From::Carried => Self::Carried,
            From::Received => Self::Received,
            From::Answered(verdict) => Self::Answered {
                verdict: verdict.into(),
            },
            From::TakenBack => Self::TakenBack,
            From::Erased(cause) => Self::Erased {
                cause: cause.into(),
            },
        }
    }
}

impl From<replica::AnswerEntry> for SuggestionAnswer {
    fn from(answer: replica::AnswerEntry) -> Self {
        Self {
            id: answer.id,
            verdict: answer.verdict.into(),
            text: answer.text,
            at: answer.said,
            erased: answer.erased.map(Cause::from),
        }
    }
}

impl From<replica::NoticeEntry> for NoticeInfo {
    fn from(entry: replica::NoticeEntry) -> Self {
        Self {
            id: entry.id,
            number: entry.number,
            kind: entry.kind.into(),
            text: entry.text,
            trace: entry.words.into(),
            answers: entry.answers.into(),
            at: entry.said,
            last: entry.last,
            stage: entry.stage.into(),
            is_own: entry.own,
            is_reviewed: entry.reviewed,
        }
    }
}

impl From<replica::NoticeStage> for NoticeStage {
    fn from(stage: replica::NoticeStage) -> Self {
        use replica::NoticeStage as From;
        match stage {
            From::Carried => Self::Carried,
            From::Shown => Self::Shown,
            From::Ahead => Self::Ahead,
            From::Over => Self::Over,
            From::TakenBack => Self::TakenBack,
            From::Erased(cause) => Self::Erased {
                cause: cause.into(),
            },
        }
    }
}

impl From<replica::UnsaidEntry> for Unsaid {
    fn from(entry: replica::UnsaidEntry) -> Self {
        Self {
            number: entry.number,
            text: entry.text,
            supports: entry.supports,
            notice: entry.notice.map(NoticeKind::from),
        }
    }
}

impl From<replica::CommonsCounts> for CommonsCounts {
    fn from(counts: replica::CommonsCounts) -> Self {
        Self {
            suggestions: counts.suggestions,
            unanswered: counts.unanswered,
            offers: counts.offers,
            asks: counts.asks,
            unread: counts.unread,
            erased: counts.erased,
        }
    }
}
