//! What people say to the office and to one another: in `commons` documents, which everybody has. Of each text these
//! have only the hash and the length; the text travels beside them and can be erased.

use super::Cause;
use super::field::{Value, kind};
use super::numbered::numbered;
use super::values::in_range;
use crate::cbor::{CborError, Reader, Writer};
use crate::id::{Digest, StatementId};
use crate::limits;
use crate::time::{CivilMinute, OfficeDay};

/// What a document has of a text: enough to know it by, and nothing to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words {
    /// SHA-256 of it.
    pub hash: Digest,
    /// How many bytes it has.
    pub length: u16,
}

kind! {
    /// Suggests something to the office. Signed by the ticket's key.
    Suggest {
        /// The ticket.
        10 ticket: StatementId,
        /// Which of the ticket's slots this takes.
        11 slot: u8,
        /// What is suggested.
        12 text: Words,
        /// When the person says they wrote it.
        13 claimed: CivilMinute,
    }
}

kind! {
    /// Supports a suggestion. Signed by the ticket's key; a ticket supports a suggestion once, whatever it says.
    Support {
        /// The ticket.
        10 ticket: StatementId,
        /// Which of the ticket's slots this takes.
        11 slot: u8,
        /// The `Suggest`.
        12 suggestion: StatementId,
        /// When the person says they did.
        13 claimed: CivilMinute,
    }
}

kind! {
    /// Offers or asks for help on the notice board. Signed by the ticket's key.
    Post {
        /// The ticket.
        10 ticket: StatementId,
        /// Which of the ticket's slots this takes.
        11 slot: u8,
        /// Whether it offers or asks.
        12 notice: NoticeKind,
        /// What it says.
        13 text: Words,
        /// The last office day that it stands.
        14 last: OfficeDay,
        /// How to answer it.
        15 answers: Answers,
        /// When the person says they wrote it.
        16 claimed: CivilMinute,
    }
    check |post| {
        // The office day of the claim is this one, or the one before.
        let days = i64::from(post.last.get()) - i64::from(post.claimed.get()).div_euclid(24 * 60);
        in_range("days that a notice stands", days, -1, i64::from(limits::MAX_NOTICE_DAYS))
    };
}

kind! {
    /// The office says what comes of a suggestion.
    Answer {
        /// The `Suggest`.
        10 suggestion: StatementId,
        /// What comes of it.
        11 outcome: Verdict,
        /// What there is to say, or why.
        12 text: Option<Words>,
        /// When it was said.
        13 minute: CivilMinute,
    }
}

kind! {
    /// A text is erased, wherever this is heard. What is left is that it was there. Final.
    Moderate {
        /// The `Suggest`, `Post` or `Answer`.
        10 of: StatementId,
        /// Why.
        11 cause: Cause,
        /// When it was said.
        12 minute: CivilMinute,
    }
}

kind! {
    /// Somebody at the office has read a text and lets it stand.
    Review {
        /// The `Suggest` or `Post`.
        10 of: StatementId,
        /// When it was said.
        11 minute: CivilMinute,
    }
}

numbered! {
    /// Whether a notice offers something or asks for it.
    NoticeKind {
        /// Somebody offers help, or what they can do.
        1 Offer "offer",
        /// Somebody asks for help.
        2 Ask "ask",
    }
}

numbered! {
    /// How to answer a notice.
    Answers {
        /// As its text says.
        1 AsWritten "as-written",
        /// By leaving word at the desk, under the notice's number.
        2 AtDesk "at-desk",
    }
}

numbered! {
    /// What comes of a suggestion.
    Verdict {
        /// It is being looked at.
        1 Considered "considered",
        /// It will be done.
        2 Planned "planned",
        /// It is done.
        3 Done "done",
        /// It will not be done.
        4 Rejected "rejected",
    }
}

/// `[hash, length]`
impl Value for Words {
    fn put(&self, to: &mut Writer) {
        to.array(2);
        self.hash.put(to);
        self.length.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Result<Self, CborError> {
        from.array("words", 2, 2)?;
        let (hash, length) = (Digest::take(from)?, u16::take(from)?);
        in_range("bytes of a text", length, 1, limits::MAX_COMMONS_TEXT)?;
        Ok(Self { hash, length })
    }
}
