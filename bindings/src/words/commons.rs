//! What is read of suggestions and notices.

use super::Words;
use crate::commons::{
    NoticeAnswers, NoticeInfo, NoticeKind, NoticeStage, SuggestionInfo, SuggestionStage, Verdict,
};
use fluent_bundle::{FluentArgs, FluentValue};

impl Words {
    pub(super) fn say_verdict(&self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Considered => say!(self, "verdict-considered"),
            Verdict::Planned => say!(self, "verdict-planned"),
            Verdict::Done => say!(self, "verdict-done"),
            Verdict::Rejected => say!(self, "verdict-rejected"),
            Verdict::Later { .. } => say!(self, "verdict-later"),
        }
    }

    pub(super) fn say_suggestion(&self, suggestion: &SuggestionInfo) -> String {
        let stage = match &suggestion.stage {
            SuggestionStage::Carried => say!(self, "suggestion-carried"),
            SuggestionStage::Received => say!(self, "suggestion-received"),
            SuggestionStage::Answered { verdict } => self.say_verdict(*verdict),
            SuggestionStage::TakenBack => return say!(self, "text-taken-back"),
            SuggestionStage::Erased { cause } => {
                return say!(self, "text-erased", "cause": self.say_cause(cause));
            }
        };
        let support = say!(self, "suggestion-support", "count": suggestion.support);
        [support, stage].join(" ")
    }

    pub(super) fn say_notice(&self, notice: &NoticeInfo) -> String {
        let last = self.say_date(notice.last.date());
        let kind = match notice.kind {
            NoticeKind::Offer => say!(self, "notice-offer", "last": last),
            NoticeKind::Ask => say!(self, "notice-ask", "last": last),
            NoticeKind::Later { .. } => say!(self, "notice-later", "last": last),
        };
        let stage = match &notice.stage {
            NoticeStage::Carried => say!(self, "notice-carried"),
            NoticeStage::Ahead => say!(self, "notice-ahead"),
            NoticeStage::Over => return say!(self, "notice-over"),
            NoticeStage::TakenBack => return say!(self, "text-taken-back"),
            NoticeStage::Erased { cause } => {
                return say!(self, "text-erased", "cause": self.say_cause(cause));
            }
            NoticeStage::Shown => match notice.answers {
                NoticeAnswers::AtDesk => {
                    say!(self, "notice-at-desk", "number": notice.number.as_str())
                }
                NoticeAnswers::AsWritten | NoticeAnswers::Later { .. } => {
                    say!(self, "notice-as-written")
                }
            },
        };
        [kind, stage].join(" ")
    }
}
