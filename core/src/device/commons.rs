//! Suggestions and notices: what people say to the office and to one another.

use super::{Device, DeviceError};
use crate::command::InCommons;
use crate::id::StatementId;
use crate::replica::{Command, CommonsCounts, NoticeEntry, SuggestionEntry, UnsaidEntry};
use crate::statement::{Answers, Cause, NoticeKind, Verdict};
use crate::time::{OfficeDay, Timestamp};

impl Device {
    /// Suggests something to the office; with no network if there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/doc/office.rs"));
    /// use allkontor_core::{replica::SuggestionStage, statement::Verdict};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let (mut phone, mut kiosk) = office()?;
    /// phone.suggest(NOW, "A bicycle pump by the door")?;
    /// meet(&mut phone, &mut kiosk)?;
    /// meet(&mut phone, &mut kiosk)?;
    /// let heard = kiosk.suggestions()?.remove(0);
    /// assert_eq!(heard.text.as_deref(), Some("A bicycle pump by the door"));
    /// kiosk.answer_suggestion(NOW, heard.id, Verdict::Planned, "In spring.")?;
    /// meet(&mut phone, &mut kiosk)?;
    /// let stage = phone.suggestions()?[0].stage;
    /// assert_eq!(stage, SuggestionStage::Answered(Verdict::Planned));
    /// # Ok(())
    /// # }
    /// ```
    pub fn suggest(&mut self, now: Timestamp, text: impl Into<String>) -> Result<(), DeviceError> {
        let text = text.into();
        self.in_commons(now, InCommons::Suggest { text })
    }

    /// Supports a suggestion. It counts once, however often it is said.
    pub fn support(&mut self, now: Timestamp, suggestion: StatementId) -> Result<(), DeviceError> {
        self.in_commons(now, InCommons::Support(suggestion))
    }

    /// Supports a suggestion no longer.
    pub fn unsupport(
        &mut self,
        now: Timestamp,
        suggestion: StatementId,
    ) -> Result<(), DeviceError> {
        self.in_commons(now, InCommons::Unsupport(suggestion))
    }

    /// Offers or asks for help on the notice board, until that day, which is the last.
    pub fn post_notice(
        &mut self,
        now: Timestamp,
        notice: NoticeKind,
        text: impl Into<String>,
        last: OfficeDay,
        answers: Answers,
    ) -> Result<(), DeviceError> {
        let text = text.into();
        let act = InCommons::Post {
            notice,
            text,
            last,
            answers,
        };
        self.in_commons(now, act)
    }

    /// Takes back a suggestion or notice of this device: its text is erased, here and wherever that is heard.
    pub fn take_back(&mut self, now: Timestamp, of: StatementId) -> Result<(), DeviceError> {
        self.in_commons(now, InCommons::TakeBack(of))
    }

    /// Gives up what waits for a ticket.
    pub fn discard_unsaid(&mut self, now: Timestamp, number: u64) -> Result<(), DeviceError> {
        self.in_commons(now, InCommons::Discard(number))
    }

    /// Says what comes of a suggestion, and why. On a device of the office.
    pub fn answer_suggestion(
        &mut self,
        now: Timestamp,
        suggestion: StatementId,
        outcome: Verdict,
        text: impl Into<String>,
    ) -> Result<(), DeviceError> {
        let text = text.into();
        let act = InCommons::Answer {
            suggestion,
            outcome,
            text,
        };
        self.in_commons(now, act)
    }

    /// Erases the text of a suggestion, notice or answer, here and wherever that is heard. What is left is its hash, its
    /// length, and why. On a device of the office.
    pub fn erase_text(
        &mut self,
        now: Timestamp,
        of: StatementId,
        cause: Cause,
    ) -> Result<(), DeviceError> {
        self.in_commons(now, InCommons::Moderate { of, cause })
    }

    /// Notes that somebody at the office has read a suggestion or notice, and lets it stand. On a device of the office.
    pub fn review(&mut self, now: Timestamp, of: StatementId) -> Result<(), DeviceError> {
        self.in_commons(now, InCommons::Review(of))
    }

    /// Suggestions, those with most support first. The office's devices and whoever suggested it also see what stands no
    /// more.
    pub fn suggestions(&mut self) -> Result<Vec<SuggestionEntry>, DeviceError> {
        Ok(self.replica()?.suggestions())
    }

    /// The notice board, the newest first. The office's devices and whoever posted it also see what stands no more.
    pub fn notices(&mut self, now: Timestamp) -> Result<Vec<NoticeEntry>, DeviceError> {
        Ok(self.replica()?.notices(now)?)
    }

    /// What this device has written that waits for a ticket.
    pub fn unsaid(&mut self) -> Result<Vec<UnsaidEntry>, DeviceError> {
        Ok(self.replica()?.unsaid())
    }

    /// How often this device can still suggest, support and post this year; `None` before there is a ticket.
    pub fn commons_left(&mut self, now: Timestamp) -> Result<Option<u32>, DeviceError> {
        Ok(self.replica()?.commons_left(now)?)
    }

    /// How much there is, and how much of it somebody should look at: for the office's devices.
    pub fn commons_counts(&mut self, now: Timestamp) -> Result<CommonsCounts, DeviceError> {
        Ok(self.replica()?.commons_counts(now)?)
    }

    fn in_commons(&mut self, now: Timestamp, act: InCommons) -> Result<(), DeviceError> {
        self.command(now, Command::InCommons(act)).map(drop)
    }
}
