//! Components (RFC 5545 §3.6): what begins, ends as it began.

use super::error::shown;
use super::line::{Line, lines};
use super::{MAX_BYTES, MAX_DEPTH, MAX_EVENTS, NotIcs, Refused, Why};

/// An event's own lines.
pub(super) struct Component {
    /// The line that it begins on.
    pub(super) line: u32,
    /// What stands in it, and in nothing inside it.
    pub(super) lines: Vec<Line>,
    /// Whether the whole file is one that cancels.
    pub(super) cancelled: bool,
}

/// The events of a file, and what is refused of it.
pub(super) fn events(bytes: &[u8]) -> Result<(Vec<Component>, Vec<Refused>), NotIcs> {
    if bytes.len() > MAX_BYTES {
        let (got, limit) = (bytes.len(), MAX_BYTES);
        return Err(NotIcs::TooLong { got, limit });
    }
    let mut reader = Reader::default();
    for line in lines(bytes)? {
        reader.line(line)?;
    }
    if let Some((begun, _)) = reader.open.last() {
        return Err(NotIcs::Structure {
            line: reader.last,
            expected: "an END for each BEGIN",
            found: format!("the end, within {}", shown(begun)),
        });
    }
    if reader.last == 0 {
        return Err(structure(1, "BEGIN:VCALENDAR", ""));
    }
    Ok((reader.events, reader.refused))
}

#[derive(Default)]
struct Reader {
    /// What has begun, and on which line.
    open: Vec<(String, u32)>,
    events: Vec<Component>,
    /// The event that is open, and the first line of it that is none.
    event: Option<(Component, Option<(u32, Why)>)>,
    refused: Vec<Refused>,
    cancels: bool,
    /// The last line seen.
    last: u32,
}

fn structure(line: u32, expected: &'static str, found: &str) -> NotIcs {
    NotIcs::Structure {
        line,
        expected,
        found: shown(found),
    }
}

impl Reader {
    fn line(&mut self, line: Result<Line, (u32, Why)>) -> Result<(), NotIcs> {
        let line = match line {
            Ok(line) => line,
            Err((number, why)) => {
                self.last = number;
                match &mut self.event {
                    Some((_, bad)) => {
                        bad.get_or_insert((number, why));
                    }
                    None if self.open.is_empty() => {
                        return Err(structure(number, "BEGIN:VCALENDAR", "something else"));
                    }
                    None => self.refused.push(Refused::new(number, "", why)),
                }
                return Ok(());
            }
        };
        self.last = line.number;
        match line.name.as_str() {
            "BEGIN" => self.begin(&line),
            "END" => self.end(&line),
            _ if self.open.is_empty() => Err(structure(line.number, "BEGIN:VCALENDAR", &line.name)),
            "METHOD" if self.open.len() == 1 => {
                self.cancels = line.value.trim().eq_ignore_ascii_case("CANCEL");
                Ok(())
            }
            _ => {
                if let Some((event, _)) = self.event.as_mut().filter(|_| self.open.len() == 2) {
                    event.lines.push(line);
                }
                Ok(())
            }
        }
    }

    fn begin(&mut self, line: &Line) -> Result<(), NotIcs> {
        let name = line.value.trim().to_ascii_uppercase();
        let number = line.number;
        match (self.open.len(), name.as_str()) {
            (0, "VCALENDAR") => self.cancels = false,
            (0, _) => return Err(structure(number, "BEGIN:VCALENDAR", &line.value)),
            (MAX_DEPTH.., _) => {
                let limit = MAX_DEPTH;
                return Err(NotIcs::TooDeep {
                    line: number,
                    limit,
                });
            }
            (1, "VEVENT") => {
                if self.events.len() >= MAX_EVENTS {
                    let limit = MAX_EVENTS;
                    return Err(NotIcs::TooManyEvents {
                        line: number,
                        limit,
                    });
                }
                let event = Component {
                    line: number,
                    lines: Vec::new(),
                    cancelled: self.cancels,
                };
                self.event = Some((event, None));
            }
            // A zone is known by its name.
            (1, "VTIMEZONE") => {}
            (1, _) => self.refused.push(Refused::new(
                number,
                "",
                Why::NotAnEvent {
                    component: shown(&name),
                },
            )),
            _ => {}
        }
        self.open.push((name, number));
        Ok(())
    }

    fn end(&mut self, line: &Line) -> Result<(), NotIcs> {
        let begun = self.open.pop().map(|(name, _)| name).unwrap_or_default();
        if !line.value.trim().eq_ignore_ascii_case(&begun) {
            let expected = "the END of what began last";
            return Err(structure(line.number, expected, &line.value));
        }
        if self.open.len() == 1 {
            match self.event.take() {
                Some((event, None)) => self.events.push(event),
                Some((event, Some((number, why)))) => {
                    let uid = event.lines.iter().find(|line| line.name == "UID");
                    let uid = uid.map(Line::text).unwrap_or_default();
                    self.refused.push(Refused::new(number, &uid, why));
                }
                None => {}
            }
        }
        Ok(())
    }
}
