//! The clock guard: automation that frees, expires or stamps runs only while the clock can be believed.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A person's or a peer's word for the time holds for so long.
const BELIEVED_FOR: i64 = 36 * 3600;
/// A peer's clock within this many seconds of ours confirms it.
const PEER_TOLERANCE: i64 = 15 * 60;

/// What is known of this device's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Clock {
    last_own: i64,
    last_confirmed: Option<i64>,
}

impl Clock {
    /// A statement of our own was made at `now`.
    pub(crate) fn signed(&mut self, now: Timestamp) {
        self.last_own = self.last_own.max(now.0);
    }

    /// A person says that the clock is right. Also mends a clock that had run ahead.
    pub(crate) fn confirm(&mut self, now: Timestamp) {
        self.last_confirmed = Some(now.0);
        self.last_own = self.last_own.min(now.0);
    }

    /// A peer says what time it is; whether that changed anything.
    pub(crate) fn hear(&mut self, now: Timestamp, peer: Timestamp) -> bool {
        let agrees = now.0.abs_diff(peer.0) <= PEER_TOLERANCE.unsigned_abs();
        let later = self
            .last_confirmed
            .is_none_or(|at| now.0.saturating_sub(at) > PEER_TOLERANCE);
        if agrees && later && now.0 >= self.last_own {
            self.last_confirmed = Some(now.0);
            return true;
        }
        false
    }

    /// Whether automation may act on `now`.
    pub(crate) fn is_believed(&self, now: Timestamp) -> bool {
        let fresh = |at: i64| now.0 >= at && now.0.saturating_sub(at) <= BELIEVED_FOR;
        now.0 >= self.last_own && self.last_confirmed.is_some_and(fresh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_believed_for_36_hours_after_somebody_confirmed_it() {
        let mut clock = Clock::default();
        let monday = Timestamp(1_800_000_000);
        assert!(!clock.is_believed(monday));
        clock.confirm(monday);
        assert!(clock.is_believed(monday.plus_minutes(36 * 60)));
        assert!(!clock.is_believed(monday.plus_minutes(36 * 60 + 1)));
        assert!(!clock.is_believed(monday.plus_minutes(-1)));
    }

    #[test]
    fn a_clock_that_went_back_behind_its_own_statements_is_not_believed_until_a_person_mends_it() {
        let mut clock = Clock::default();
        let monday = Timestamp(1_800_000_000);
        clock.confirm(monday);
        clock.signed(monday.plus_minutes(600));
        assert!(!clock.is_believed(monday.plus_minutes(60)));
        assert!(!clock.hear(monday.plus_minutes(60), monday.plus_minutes(60)));
        clock.confirm(monday.plus_minutes(60));
        assert!(clock.is_believed(monday.plus_minutes(61)));
    }

    #[test]
    fn a_peer_far_off_confirms_nothing() {
        let mut clock = Clock::default();
        let monday = Timestamp(1_800_000_000);
        assert!(!clock.hear(monday, monday.plus_minutes(16)));
        assert!(clock.hear(monday, monday.plus_minutes(15)));
        assert!(clock.is_believed(monday));
    }
}
