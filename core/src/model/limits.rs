//! A holder's share of a class: arithmetic over that holder's own bookings.
//!
//! [`Share::of`] keeps only bookings of one holder and one class, so nobody is refused for what a stranger booked.

use super::Limits;
use crate::id::{ClassId, PublicKey};
use crate::time::{CivilMinute, DayStart, Interval, OfficeDay};
use chrono::Datelike;
use std::fmt;

/// One booking of a holder. A whole room made of two parts is one usage of their class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Whose it is.
    pub holder: PublicKey,
    /// What it is of.
    pub class: ClassId,
    /// When it is; the office day of its start is the day, week and month it counts in.
    pub interval: Interval,
    /// What became of it.
    pub state: UsageState,
}

/// What became of a booking, as far as limits are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsageState {
    /// Asked for, confirmed, checked in or used: counts.
    Held,
    /// Nobody came: still counts in its day, week and month, but holds nothing any more.
    NoShow,
    /// Cancelled in time, declined or released: counts nowhere.
    GivenBack,
}

/// Which limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Bookings that have not ended.
    AtOnce,
    /// Bookings in an office day.
    PerDay,
    /// Bookings in an ISO week, Monday to Sunday.
    PerWeek,
    /// Bookings in a calendar month.
    PerMonth,
    /// Minutes in all, of bookings that have not ended.
    Minutes,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AtOnce => "at-once",
            Self::PerDay => "daily",
            Self::PerWeek => "weekly",
            Self::PerMonth => "monthly",
            Self::Minutes => "minutes",
        })
    }
}

/// What is left of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// Of which limit.
    pub limit: Limit,
    /// The limit: bookings, or minutes for [`Limit::Minutes`].
    pub allowed: u32,
    /// How much of it is left.
    pub left: u32,
    /// When more is left: the minute from which more can be asked for, or the start of the first later day, week or
    /// month with more room. `None` when nothing is used.
    pub next_at: Option<CivilMinute>,
}

/// A booking would exceed a holder's share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{limit} limit of {allowed} reached: {used} used{}", next(next_at))]
pub struct LimitReached {
    /// Which limit.
    pub limit: Limit,
    /// The limit: bookings, or minutes for [`Limit::Minutes`].
    pub allowed: u32,
    /// How much is used without the new booking.
    pub used: u32,
    /// When more is left, as in [`Allowance::next_at`].
    pub next_at: Option<CivilMinute>,
}

fn next(at: &Option<CivilMinute>) -> String {
    at.map_or_else(String::new, |at| format!(", next at {at}"))
}

/// One holder's bookings of one class, beside its limits.
#[derive(Clone, Debug)]
pub struct Share<'a> {
    limits: &'a Limits,
    day_start: DayStart,
    own: Vec<(Interval, UsageState)>,
}

impl<'a> Share<'a> {
    /// Keeps what `holder` has of `class`. A booking that is being changed is left out by the caller.
    pub fn of(
        limits: &'a Limits,
        holder: PublicKey,
        class: ClassId,
        day_start: DayStart,
        all: &[Usage],
    ) -> Self {
        let own = all
            .iter()
            .filter(|usage| usage.holder == holder && usage.class == class);
        Self {
            limits,
            day_start,
            own: own.map(|usage| (usage.interval, usage.state)).collect(),
        }
    }

    /// What is left for a booking on `day`, asked for at `now`: one entry a limit that the class has.
    pub fn allowances(&self, now: CivilMinute, day: OfficeDay) -> Vec<Allowance> {
        use Limit::*;
        [AtOnce, PerDay, PerWeek, PerMonth, Minutes]
            .into_iter()
            .filter_map(|l| self.left(l, now, day))
            .collect()
    }

    /// Whether one more booking fits; else the first limit that it would exceed.
    pub fn check(&self, now: CivilMinute, wanted: Interval) -> Result<(), LimitReached> {
        let day = OfficeDay::of(wanted.start(), self.day_start);
        for Allowance {
            limit,
            allowed,
            left,
            next_at,
        } in self.allowances(now, day)
        {
            let needed = if limit == Limit::Minutes {
                wanted.minutes().unsigned_abs()
            } else {
                1
            };
            if needed > left {
                let used = self.used(limit, now, day);
                return Err(LimitReached {
                    limit,
                    allowed,
                    used,
                    next_at,
                });
            }
        }
        Ok(())
    }

    fn left(&self, limit: Limit, now: CivilMinute, day: OfficeDay) -> Option<Allowance> {
        let allowed = match limit {
            Limit::AtOnce => self.limits.at_once,
            Limit::PerDay => self.limits.per_day,
            Limit::PerWeek => self.limits.per_week,
            Limit::PerMonth => self.limits.per_month,
            Limit::Minutes => self.limits.minutes,
        }?;
        let left = allowed.saturating_sub(self.used(limit, now, day));
        let more = |now, day| allowed.saturating_sub(self.used(limit, now, day)) > left;
        let next_at = match limit {
            Limit::AtOnce | Limit::Minutes => {
                let mut ends: Vec<_> = self
                    .own
                    .iter()
                    .map(|(i, _)| i.end())
                    .filter(|end| *end > now)
                    .collect();
                ends.sort_unstable();
                ends.into_iter().find(|end| more(*end, day))
            }
            Limit::PerDay | Limit::PerWeek | Limit::PerMonth => {
                let later = std::iter::successors(Some(day), |day| Some(period(limit, *day).1));
                let later = later
                    .skip(1)
                    .take(self.own.len().saturating_add(1))
                    .find(|day| more(now, *day));
                later.map(|day| day.interval(self.day_start).start())
            }
        };
        Some(Allowance {
            limit,
            allowed,
            left,
            next_at,
        })
    }

    fn used(&self, limit: Limit, now: CivilMinute, day: OfficeDay) -> u32 {
        let ahead =
            |&&(i, state): &&(Interval, UsageState)| state == UsageState::Held && i.end() > now;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        match limit {
            Limit::AtOnce => count(self.own.iter().filter(ahead).count()),
            Limit::Minutes => {
                let minutes = self
                    .own
                    .iter()
                    .filter(ahead)
                    .map(|(i, _)| i.minutes().unsigned_abs());
                minutes.fold(0, u32::saturating_add)
            }
            Limit::PerDay | Limit::PerWeek | Limit::PerMonth => {
                let (first, after) = period(limit, day);
                let inside = |i: Interval| {
                    (first..after).contains(&OfficeDay::of(i.start(), self.day_start))
                };
                let counted = self
                    .own
                    .iter()
                    .filter(|(i, state)| *state != UsageState::GivenBack && inside(*i));
                count(counted.count())
            }
        }
    }
}

/// The first day of the period that `day` lies in, and the first day of the next.
fn period(limit: Limit, day: OfficeDay) -> (OfficeDay, OfficeDay) {
    match limit {
        Limit::PerMonth => (day.month().first_day(), day.month().next().first_day()),
        Limit::PerWeek => {
            let since_monday =
                i32::try_from(day.date().weekday().num_days_from_monday()).unwrap_or(0);
            let monday = day.plus(-since_monday);
            (monday, monday.plus(7))
        }
        _ => (day, day.plus(1)),
    }
}
