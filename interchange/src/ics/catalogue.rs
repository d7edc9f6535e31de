//! What a file says, in the terms of an office: which unit, and what closes when.

use super::Import;
use super::read::Date;
use allkontor_core::id::{Digest, UnitId};
use allkontor_core::model::{Catalogue, Closure, DayHours, Exception, Parts, Text};
use allkontor_core::time::OfficeDay;
use sha2::{Digest as _, Sha256};

/// The unit that a location names, in any language: the whole of it, or what stands before its first comma.
pub fn unit_named(catalogue: &Catalogue, location: &str) -> Option<UnitId> {
    let is = |name: &str, wanted: &str| name.trim().to_lowercase() == wanted.trim().to_lowercase();
    let first = location.split(',').next().unwrap_or_default();
    let units = &catalogue.parts().units;
    [location, first].into_iter().find_map(|wanted| {
        let mut units = units.iter();
        let named = units.find(|(_, unit)| unit.name.iter().any(|(_, name)| is(name, wanted)));
        named
            .map(|(id, _)| *id)
            .filter(|_| !wanted.trim().is_empty())
    })
}

impl Date {
    /// By what its event is known again: a hash of what the file calls it.
    pub fn event(&self) -> Digest {
        Digest(self.hash().finalize().into())
    }

    /// By what it is known again: a hash of its event and, in a series, of the day that the rule gives it. So a series that
    /// moves to another time of the day keeps its dates.
    pub fn name(&self) -> Digest {
        let mut hash = self.hash();
        if let Some(at) = self.recurrence {
            hash.update(at.to_naive().date().to_string());
        }
        Digest(hash.finalize().into())
    }

    fn hash(&self) -> Sha256 {
        Sha256::new()
            .chain_update(b"allkontor/1/ics/import")
            .chain_update(&self.uid)
            .chain_update([0])
    }
}

/// Puts what a file says is closed into a catalogue: whole days of the office become dates with no hours, anything else a
/// closure. What a file cancels is taken out. The same file again changes nothing. `language` is the one that its texts
/// are in.
///
/// People who have booked are not moved by a catalogue: close the units as well.
pub fn into_catalogue(catalogue: &Catalogue, import: &Import, language: &str) -> Parts {
    let mut parts = catalogue.parts().clone();
    for date in &import.dates {
        let unit = unit_named(catalogue, &date.location);
        let words = Some(date.summary.as_str()).filter(|words| !words.is_empty());
        let words = Text::new(words.map(|words| (language, words)));
        if date.whole_days && unit.is_none() {
            close_days(&mut parts, date, &words);
            continue;
        }
        let closure = Closure {
            interval: date.interval,
            unit,
            reason: words,
        };
        let is_same = |known: &Closure| (known.interval, known.unit) == (date.interval, unit);
        parts.closures.retain(|known| !is_same(known));
        if !date.cancelled {
            parts.closures.push(closure);
        }
    }
    parts.closures.sort();
    parts
        .hours
        .exceptions
        .sort_by_key(|exception| exception.day);
    parts
}

fn close_days(parts: &mut Parts, date: &Date, note: &Text) {
    let first = OfficeDay::from_date(date.interval.start().to_naive().date());
    let last = date.interval.end().saturating_plus(-1).to_naive().date();
    let days = std::iter::successors(first, |day| Some(day.plus(1)).filter(|next| next > day));
    for day in days.take_while(|day| day.date() <= last) {
        let exceptions = &mut parts.hours.exceptions;
        exceptions
            .retain(|known| known.day != day || (date.cancelled && !known.hours.open().is_empty()));
        if !date.cancelled {
            exceptions.push(Exception {
                day,
                hours: DayHours::closed(),
                note: note.clone(),
            });
        }
    }
}
