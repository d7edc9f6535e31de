use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One text in several languages, keyed by language tag (BCP 47): `sv`, `en`, `sv-FI`.
///
/// ```
/// use allkontor_core::model::Text;
/// let room = Text::new([("sv", "Rum A"), ("en", "Room A")]);
/// assert_eq!(room.in_language("en-GB"), "Room A");
/// assert_eq!(room.in_language("fi"), "Room A", "no Finnish: the first there is, by tag");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(BTreeMap<String, String>);

impl Text {
    /// Pairs of language tag and words.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(
            words
                .into_iter()
                .map(|(tag, text)| (tag.to_owned(), text.to_owned()))
                .collect(),
        )
    }

    /// The words in that language, else in its primary language, else in the first language there is; else empty.
    pub fn in_language(&self, tag: &str) -> &str {
        let primary = tag.split('-').next().unwrap_or(tag);
        let found = self
            .0
            .get(tag)
            .or_else(|| self.0.get(primary))
            .or_else(|| self.0.values().next());
        found.map_or("", String::as_str)
    }

    /// Language tags and words, by tag.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    /// Whether there are no words in any language.
    pub fn is_blank(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }
}
