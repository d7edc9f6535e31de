use super::CivilMinute;
use chrono::{DateTime, MappedLocalTime, Offset, TimeZone};
use chrono_tz::{OffsetComponents, OffsetName};
use std::fmt;

/// Seconds since 1970-01-01T00:00 UTC (POSIX time), read by the caller: the engine has no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// `minutes` later (earlier when negative).
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes.saturating_mul(60)))
    }
}

/// An IANA time zone, from the database compiled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(chrono_tz::Tz);

/// A zone name the database does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name:?} is not in the time-zone database {database}")]
pub struct UnknownZone {
    /// What was asked for.
    pub name: String,
    /// The database's version, such as `2026a`.
    pub database: &'static str,
}

/// What a civil minute is in a zone: named after RFC 8984's and Temporal's "disambiguation".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalMinute {
    /// One instant.
    Unambiguous(Timestamp),
    /// The repeated hour of autumn: the earlier and the later instant.
    Fold(Timestamp, Timestamp),
    /// The skipped hour of spring: the wall clock never shows it.
    Gap,
}

/// From when on the wall clock differs from UTC by how much, and what people call that time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockChange {
    /// The first second.
    pub at: Timestamp,
    /// Seconds east of UTC before it.
    pub before: i32,
    /// Seconds east of UTC from it on.
    pub after: i32,
    /// Whether it is summer time.
    pub summer: bool,
    /// What it is called, such as `CEST`; digits where it has no name.
    pub name: String,
}

impl Zone {
    /// The zone of that IANA name, such as `Europe/Stockholm`.
    pub fn new(name: &str) -> Result<Self, UnknownZone> {
        name.parse().map(Self).map_err(|_| UnknownZone {
            name: name.chars().take(64).collect(),
            database: Self::database(),
        })
    }

    /// The time-zone database's version.
    pub fn database() -> &'static str {
        chrono_tz::IANA_TZDB_VERSION
    }

    /// The IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What the wall clock shows at `now`, held inside 1970–2199.
    ///
    /// ```
    /// use allkontor_core::time::{Timestamp, Zone};
    /// let stockholm = Zone::new("Europe/Stockholm").unwrap();
    /// assert_eq!(stockholm.civil(Timestamp(1_795_510_800)).to_string(), "2026-11-24T10:00");
    /// ```
    pub fn civil(self, now: Timestamp) -> CivilMinute {
        // West of Greenwich the first hours of 1970 are still 1969.
        let bound = if now.0 < 86_400 {
            CivilMinute::MIN
        } else {
            CivilMinute::MAX
        };
        DateTime::from_timestamp(now.0, 0)
            .and_then(|utc| CivilMinute::from_naive(utc.with_timezone(&self.0).naive_local()))
            .unwrap_or(bound)
    }

    /// The instants at which the wall clock shows `minute`.
    pub fn local(self, minute: CivilMinute) -> LocalMinute {
        match self.0.from_local_datetime(&minute.to_naive()) {
            MappedLocalTime::Single(at) => LocalMinute::Unambiguous(Timestamp(at.timestamp())),
            MappedLocalTime::Ambiguous(a, b) => {
                LocalMinute::Fold(Timestamp(a.timestamp()), Timestamp(b.timestamp()))
            }
            MappedLocalTime::None => LocalMinute::Gap,
        }
    }

    /// What holds at `from`, then each change after it and before `to`, in order. At most one change a day is found.
    pub fn clock_changes(self, from: Timestamp, to: Timestamp) -> Vec<ClockChange> {
        const DAY: i64 = 86_400;
        let mut current = self.clock(from, from);
        current.before = current.after;
        let mut changes = vec![current.clone()];
        let mut at = from.0;
        while at < to.0 {
            let next = at.saturating_add(DAY).min(to.0);
            if !self.clock(Timestamp(next), from).is_alike(&current) {
                // The last second of the old time is at or after `old`, the first of the new one at or before `new`.
                let (mut old, mut new) = (at, next);
                while new.saturating_sub(old) > 1 {
                    let middle = old.midpoint(new);
                    if self.clock(Timestamp(middle), from).is_alike(&current) {
                        old = middle;
                    } else {
                        new = middle;
                    }
                }
                if new < to.0 {
                    let mut changed = self.clock(Timestamp(new), Timestamp(new));
                    changed.before = current.after;
                    current = changed.clone();
                    changes.push(changed);
                }
            }
            at = next;
        }
        changes
    }

    fn clock(self, now: Timestamp, at: Timestamp) -> ClockChange {
        let utc = DateTime::from_timestamp(now.0, 0).unwrap_or_default();
        let there = utc.with_timezone(&self.0);
        let offset = there.offset();
        let after = offset.fix().local_minus_utc();
        ClockChange {
            at,
            before: after,
            after,
            summer: !offset.dst_offset().is_zero(),
            name: offset
                .abbreviation()
                .map_or_else(|| offset.fix().to_string(), str::to_owned),
        }
    }
}

impl ClockChange {
    fn is_alike(&self, other: &Self) -> bool {
        (self.after, self.summer, &self.name) == (other.after, other.summer, &other.name)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_nights_of_the_year() {
        let zone = Zone::new("Europe/Stockholm").unwrap();
        let spring = CivilMinute::from_ymd_hm(2027, 3, 28, 2, 30).unwrap();
        assert_eq!(zone.local(spring), LocalMinute::Gap);
        let autumn = CivilMinute::from_ymd_hm(2026, 10, 25, 2, 30).unwrap();
        let LocalMinute::Fold(first, second) = zone.local(autumn) else {
            panic!("not a fold")
        };
        assert_eq!(second.0 - first.0, 3600);
        assert_eq!((zone.civil(first), zone.civil(second)), (autumn, autumn));
    }

    #[test]
    fn a_years_changes_are_found_to_the_second() {
        let zone = Zone::new("Europe/Stockholm").unwrap();
        // 2026-01-01T00:00Z to 2027-01-01T00:00Z.
        let changes = zone.clock_changes(Timestamp(1_767_225_600), Timestamp(1_798_761_600));
        let found: Vec<_> = changes
            .iter()
            .map(|c| (c.at.0, c.before, c.after, c.summer, c.name.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                (1_767_225_600, 3600, 3600, false, "CET"),
                (1_774_746_000, 3600, 7200, true, "CEST"),
                (1_792_890_000, 7200, 3600, false, "CET"),
            ]
        );
        let utc = Zone::new("UTC").unwrap();
        let changes = utc.clock_changes(Timestamp(0), Timestamp(1_798_761_600));
        assert_eq!(changes.len(), 1);
    }

    #[test]
    fn instants_beyond_the_supported_years_are_held_at_the_near_end() {
        let zone = Zone::new("America/New_York").unwrap();
        assert_eq!(zone.civil(Timestamp(0)), CivilMinute::MIN);
        assert_eq!(zone.civil(Timestamp(i64::MIN)), CivilMinute::MIN);
        assert_eq!(zone.civil(Timestamp(i64::MAX)), CivilMinute::MAX);
    }

    #[test]
    fn an_unknown_zone_is_named() {
        let error = Zone::new("Europe/Gothenburg").unwrap_err().to_string();
        assert!(
            error.starts_with("\"Europe/Gothenburg\" is not in the time-zone database"),
            "{error}"
        );
    }
}
