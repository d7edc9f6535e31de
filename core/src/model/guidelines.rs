use super::Text;
use crate::time::OfficeDay;
use serde::{Deserialize, Serialize};

/// A code of conduct, shown before the first booking. Which version holds on a day is told by the catalogue, so that what was
/// asked before a new version is judged by the one before it.
///
/// ```
/// use allkontor_core::{model::Guidelines, time::OfficeDay};
/// let said = r#"{"version": 3, "from": "2026-12-01", "text": {"en": "Be kind."}, "earlier": [{"version": 2}]}"#;
/// let guidelines: Guidelines = serde_json::from_str(said).unwrap();
/// let day = |month, day| OfficeDay::from_ymd(2026, month, day).unwrap();
/// assert_eq!(guidelines.on(day(11, 30)), Some(2));
/// assert_eq!(guidelines.on(day(12, 1)), Some(3));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guidelines {
    /// Rises when the text changes so much that it must be accepted anew.
    pub version: u32,
    /// The text.
    pub text: Text,
    /// The first day that it holds; none: it always has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Since>,
    /// Versions before it, which hold until the next one does; lowest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierGuidelines>,
    /// How to appeal against a suspension.
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub appeal: Text,
}

/// A version of the guidelines that held before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierGuidelines {
    /// Its number.
    pub version: u32,
    /// The first day that it held; none: it always had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Since>,
}

/// A day, written as the catalogue writes days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Since(#[serde(with = "super::wire::day")] pub OfficeDay);

impl Guidelines {
    /// The version that holds on a day; `None` before the first.
    pub fn on(&self, day: OfficeDay) -> Option<u32> {
        let earlier = self.earlier.iter().map(|old| (old.version, old.from));
        let all = earlier.chain([(self.version, self.from)]);
        let holds = all.filter(|(_, from)| from.is_none_or(|from| from.0 <= day));
        holds.map(|(version, _)| version).max()
    }

    /// Whether this version is among those that are known.
    pub fn knows(&self, version: u32) -> bool {
        self.version == version || self.earlier.iter().any(|old| old.version == version)
    }

    /// Numbers and days rise; else the first that does not.
    pub(super) fn check(&self) -> Result<(), u32> {
        let mut last: Option<(u32, Option<Since>)> = None;
        let earlier = self.earlier.iter().map(|old| (old.version, old.from));
        for next in earlier.chain([(self.version, self.from)]) {
            if last.is_some_and(|last| next.0 <= last.0 || next.1 <= last.1) {
                return Err(next.0);
            }
            last = Some(next);
        }
        Ok(())
    }
}
