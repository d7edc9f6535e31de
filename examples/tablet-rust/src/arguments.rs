use crate::trouble::Trouble;
use allkontor_core::time::{Interval, Timestamp};
use chrono::DateTime;
use data_encoding::HEXLOWER_PERMISSIVE;
use std::fmt::Display;
use std::str::FromStr;
use std::vec::IntoIter;

/// What the command line says.
pub(crate) struct Arguments {
    pub(crate) verb: String,
    /// What the tablet takes the time to be.
    pub(crate) now: Timestamp,
    words: IntoIter<String>,
}

impl Arguments {
    /// `--at TIME`, if it is there, and then a verb and what it wants.
    pub(crate) fn read(line: impl Iterator<Item = String>) -> Result<Self, Trouble> {
        let line: Vec<String> = line.collect();
        let mut words = line.into_iter();
        let mut verb = words.next();
        let now = if verb.as_deref() == Some("--at") {
            let time = words
                .next()
                .ok_or_else(|| misused("--at wants a time", ""))?;
            let at = DateTime::parse_from_rfc3339(&time);
            verb = words.next();
            Timestamp(at.map_err(|error| misused(&time, error))?.timestamp())
        } else {
            clock()
        };
        let verb = verb.ok_or_else(|| misused("no verb", ""))?;
        Ok(Self { verb, now, words })
    }

    pub(crate) fn next(&mut self, what: &str) -> Result<String, Trouble> {
        let next = self.words.next();
        next.ok_or_else(|| misused(&self.verb, format!("wants {what}")))
    }

    pub(crate) fn parsed<T: FromStr>(&mut self, what: &str) -> Result<T, Trouble> {
        let word = self.next(what)?;
        word.parse()
            .map_err(|_| misused(&word, format!("is not {what}")))
    }

    /// Bytes in hexadecimal.
    pub(crate) fn bytes(&mut self, what: &str) -> Result<Vec<u8>, Trouble> {
        let word = self.next(what)?;
        let bytes = HEXLOWER_PERMISSIVE.decode(word.as_bytes());
        bytes.map_err(|error| misused(what, format!("is not hexadecimal: {error}")))
    }

    pub(crate) fn interval(&mut self) -> Result<Interval, Trouble> {
        let start = self.parsed("a start like 2026-11-24T10:00")?;
        let end = self.parsed("an end like 2026-11-24T11:00")?;
        Interval::new(start, end).map_err(|error| Trouble::Misused(error.to_string()))
    }

    pub(crate) fn end(mut self) -> Result<(), Trouble> {
        match self.words.next() {
            Some(word) => Err(misused(&self.verb, format!("wants no {word}"))),
            None => Ok(()),
        }
    }
}

fn misused(word: &str, why: impl Display) -> Trouble {
    Trouble::Misused(format!("{word} {why}").trim_end().to_owned())
}

fn clock() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let seconds = since.unwrap_or_default().as_secs();
    Timestamp(i64::try_from(seconds).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Arguments, Trouble> {
        Arguments::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_command_line_is_read_word_by_word() {
        let mut said =
            read("--at 2026-11-24T08:00:00+01:00 book 1 2026-11-24T10:00 2026-11-24T11:00")
                .unwrap();
        assert_eq!(
            (said.verb.as_str(), said.now),
            ("book", Timestamp(1_795_503_600))
        );
        assert_eq!(said.parsed::<u32>("a unit's number").unwrap(), 1);
        assert_eq!(said.interval().unwrap().minutes(), 60);
        said.end().unwrap();
    }

    #[test]
    fn what_is_wrong_is_told() {
        let told = |error: Trouble| error.to_string();
        assert_eq!(told(read("").err().unwrap()), "no verb");
        assert_eq!(told(read("--at").err().unwrap()), "--at wants a time");
        let mut said = read("book one 2026-11-24T11:00 2026-11-24T10:00 more").unwrap();
        let one = said.parsed::<u32>("a unit's number").unwrap_err();
        assert_eq!(told(one), "one is not a unit's number");
        assert!(told(said.interval().unwrap_err()).starts_with("interval is empty"));
        assert_eq!(told(said.end().unwrap_err()), "book wants no more");
        let short = read("join").unwrap().bytes("an invitation").unwrap_err();
        assert_eq!(told(short), "join wants an invitation");
    }
}
