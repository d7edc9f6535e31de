use super::Invalid;
use crate::limits::{MAX_NOTICE_DAYS, MAX_SLOTS};
use serde::{Deserialize, Serialize};

/// What the office says about suggestions and its notice board.
///
/// ```
/// use allkontor_core::model::Commons;
/// let usual: Commons = serde_json::from_str("{}").unwrap();
/// assert_eq!((usual.share, usual.notice_days), (24, 30));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Commons {
    /// How often one person can suggest, support and post in a year, all together: the slots of the one ticket they get.
    pub share: u8,
    /// For how many days a notice may stand, today included.
    pub notice_days: u16,
}

impl Default for Commons {
    fn default() -> Self {
        Self {
            share: 24,
            notice_days: 30,
        }
    }
}

impl Commons {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        let (share, days) = (self.share, self.notice_days);
        if !(1..=MAX_SLOTS).contains(&share) {
            return Err(Invalid::CommonsShare { share });
        }
        if !(1..=MAX_NOTICE_DAYS).contains(&days) {
            return Err(Invalid::NoticeDays { days });
        }
        Ok(())
    }
}
