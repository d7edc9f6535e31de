//! Content lines (RFC 5545 §3.1), unfolded, with the numbers that an editor shows.

use super::{MAX_LINE, NotIcs, Why};
use std::collections::BTreeMap;

/// A content line.
pub(super) struct Line {
    /// Where it begins, from 1.
    pub(super) number: u32,
    /// In upper case.
    pub(super) name: String,
    /// By name in upper case; of several the first.
    pub(super) parameters: BTreeMap<String, String>,
    /// As written.
    pub(super) value: String,
}

impl Line {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(String::as_str)
    }

    /// The value as TEXT (§3.3.11).
    pub(super) fn text(&self) -> String {
        let mut out = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(escaped) => out.push(escaped),
                    None => {}
                },
                '\t' => out.push(' '),
                _ if c.is_control() => {}
                _ => out.push(c),
            }
        }
        out
    }
}

/// A line, or where there is none and why.
pub(super) type Read = Result<Line, (u32, Why)>;

/// The lines of a file, those that are none with the reason.
pub(super) fn lines(bytes: &[u8]) -> Result<Vec<Read>, NotIcs> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let breaks = good.iter().filter(|byte| **byte == b'\n').count();
        NotIcs::NotText {
            line: number(breaks),
        }
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut unfolded: Vec<(u32, String)> = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), unfolded.last_mut()) {
            (Some(more), Some((_, before))) => before.push_str(more),
            _ => unfolded.push((number(index), line.to_owned())),
        }
    }
    let unfolded = unfolded.into_iter().filter(|(_, line)| !line.is_empty());
    let read = unfolded.map(|(number, line)| parse(number, &line).map_err(|why| (number, why)));
    Ok(read.collect())
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)
}

fn parse(number: u32, line: &str) -> Result<Line, Why> {
    if line.len() > MAX_LINE {
        let (got, limit) = (line.len(), MAX_LINE);
        return Err(Why::LineTooLong { got, limit });
    }
    let (name, mut rest) = word(line).ok_or(Why::NotALine)?;
    let mut parameters = BTreeMap::new();
    while let Some(parameter) = rest.strip_prefix(';') {
        let (name, after) = word(parameter).ok_or(Why::NotALine)?;
        let after = after.strip_prefix('=').ok_or(Why::NotALine)?;
        let (value, after) = parameter_value(after).ok_or(Why::NotALine)?;
        parameters.entry(name).or_insert(value);
        rest = after;
    }
    let value = rest.strip_prefix(':').ok_or(Why::NotALine)?.to_owned();
    Ok(Line {
        number,
        name,
        parameters,
        value,
    })
}

/// A name in upper case, and what follows it.
fn word(text: &str) -> Option<(String, &str)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    (!name.is_empty()).then(|| (name.to_ascii_uppercase(), rest))
}

/// Quoted or not; several, with commas, are one text.
fn parameter_value(text: &str) -> Option<(String, &str)> {
    let mut quoted = false;
    let end = text.find(|c| {
        quoted ^= c == '"';
        !quoted && matches!(c, ':' | ';')
    });
    let (value, rest) = text.split_at_checked(end?)?;
    Some((value.replace('"', ""), rest))
}
