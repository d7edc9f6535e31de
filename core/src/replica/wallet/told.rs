//! What a steward has told this phone in confidence.

use super::Wallet;
use crate::limits::STAMP_STEP;
use crate::statement::{Ground, Suspend};
use crate::time::{CivilMinute, OfficeDay};
use serde::{Deserialize, Serialize};

/// A suspension of this device's holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Told {
    minute: i32,
    until: i32,
    ground: u16,
}

impl Wallet {
    /// Keeps that its holder is suspended; whether that is news. Of several the one that was said last.
    pub(crate) fn tell_suspended(&mut self, suspend: &Suspend) -> bool {
        let told = Told {
            minute: suspend.minute.get(),
            until: suspend.until.get(),
            ground: suspend.ground.number(),
        };
        let before = self.told;
        self.told = before.max(Some(told));
        before != self.told
    }

    /// A ticket has come: whoever is given one is not suspended any more, unless it is older than what was told.
    pub(crate) fn hear_ticket(&mut self, stamp: CivilMinute) {
        let since = self
            .told
            .and_then(|told| CivilMinute::new(told.minute.into()).ok());
        if since.is_some_and(|since| stamp >= since.floor_to(STAMP_STEP)) {
            self.told = None;
        }
    }

    /// When it was said, until when, and why.
    pub(crate) fn told_suspended(&self) -> Option<(CivilMinute, OfficeDay, Ground)> {
        let told = self.told?;
        Some((
            CivilMinute::new(told.minute.into()).ok()?,
            OfficeDay::new(told.until.into())?,
            Ground::from_number(told.ground),
        ))
    }
}
