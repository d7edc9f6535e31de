//! The languages, each read once.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

/// Tags and files, by tag.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// What is read when a language is not there.
const FALLBACK: &str = "en";

static BOOKS: LazyLock<Vec<Book>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|(tag, text)| Book::read(tag, text))
        .collect()
});

/// One language.
pub(super) struct Book {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
}

/// Tags of the languages.
pub(super) fn tags() -> impl Iterator<Item = &'static str> {
    BOOKS.iter().map(|book| book.tag)
}

/// Ids of messages, as the fallback has them; a test holds the other languages to the same.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    let files = FILES.iter().filter(|(tag, _)| *tag == FALLBACK);
    let lines = files.flat_map(|(_, text)| text.lines());
    lines
        .filter(|line| !line.starts_with([' ', '#', '}']))
        .filter_map(|line| Some(line.split_once(" =")?.0))
}

/// The language of that tag, else its primary language, else the fallback.
pub(super) fn of(tag: &str) -> &'static Book {
    static NONE: LazyLock<Book> = LazyLock::new(Book::empty);
    let wanted = tag.to_lowercase().replace('_', "-");
    let primary = wanted.split('-').next().unwrap_or_default();
    [wanted.as_str(), primary, FALLBACK]
        .into_iter()
        .find_map(|tag| BOOKS.iter().find(|book| book.tag.to_lowercase() == tag))
        .unwrap_or(&NONE)
}

impl Book {
    fn read(tag: &'static str, text: &str) -> Option<Self> {
        let language: LanguageIdentifier = tag.parse().ok()?;
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // Marks of direction around names would show up in logs and on receipts.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(text.to_owned()).ok()?;
        bundle.add_resource(resource).ok()?;
        Some(Self { tag, bundle })
    }

    fn empty() -> Self {
        Self {
            tag: FALLBACK,
            bundle: FluentBundle::new_concurrent(Vec::new()),
        }
    }

    pub(super) const fn tag(&self) -> &'static str {
        self.tag
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The message with its arguments; its key when the language lacks it, which a test rules out.
    pub(super) fn say(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let message = self.bundle.get_message(key).and_then(|found| found.value());
        let Some(pattern) = message else {
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        said.into_owned()
    }
}

#[cfg(test)]
pub(super) fn files() -> &'static [(&'static str, &'static str)] {
    FILES
}
