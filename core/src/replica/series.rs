//! Dates that belong together: looked at as one, and changed together, each judged by itself.

use super::nearest::Near;
use super::{AgendaEntry, BookingId, Replica, SeriesId};
use crate::command::{Change, ChangeError, Changed, DateChange, Which};
use crate::error::Error;
use crate::time::{CivilMinute, Interval, Timestamp};
use std::collections::BTreeSet;

/// Bookings of this device that belong together: one alone, or the dates of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The series; `None` for a booking that is alone.
    pub series: Option<SeriesId>,
    /// The RRULE that the series was asked for by; `None` when its dates were named one by one.
    pub rrule: Option<String>,
    /// The bookings, in order of time.
    pub dates: Vec<AgendaEntry>,
}

impl Replica {
    /// This device's bookings, those of a series together, in the order in which their first was made.
    pub fn agenda_groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for entry in self.agenda() {
            let series = entry.series;
            let theirs = groups.iter_mut().find(|group| group.series == series);
            match theirs.filter(|_| series.is_some()) {
                Some(group) => group.dates.push(entry),
                None => groups.push(Group {
                    series,
                    rrule: series.and_then(|series| self.wallet.rrule(series).map(str::to_owned)),
                    dates: vec![entry],
                }),
            }
        }
        for group in &mut groups {
            group.dates.sort_by_key(|date| {
                let time = self.time_of(date.booking);
                (time.is_none(), time, date.booking)
            });
        }
        groups
    }

    /// The dates of a series of this device.
    pub fn series(&self, series: SeriesId) -> Option<Group> {
        let mut groups = self.agenda_groups().into_iter();
        groups.find(|group| group.series == Some(series))
    }

    /// When a booking is: as it is held, else as it is asked for.
    fn time_of(&self, booking: BookingId) -> Option<Interval> {
        if let Some(hold) = self.holding(booking).first() {
            return Some(hold.interval());
        }
        let plan = self.wallet.entry(booking)?.plan()?;
        Some(plan.options.first()?.first()?.interval)
    }

    /// The dates meant, in order of time. Of a series, those that are over or cancelled are passed over; and, but for
    /// withdrawing them, those that wait to be given up for another time.
    fn dates(
        &self,
        now: CivilMinute,
        booking: BookingId,
        which: Which,
        withdraw: bool,
    ) -> Result<Vec<BookingId>, ChangeError> {
        let unknown = ChangeError::Unknown { booking };
        let named = self.wallet.entry(booking).ok_or(unknown)?;
        if which == Which::This || named.series.is_none() {
            return Ok(vec![booking]);
        }
        let from = self.time_of(booking).map(Interval::start);
        // What is about to be given up for another time has moved already; named itself, it stands for that time too.
        let passed_over: BTreeSet<BookingId> = self
            .wallet
            .moves()
            .map(|(new, old)| if old == booking { new } else { old })
            .collect();
        let stays = |date: &BookingId| withdraw || *date == booking || !passed_over.contains(date);
        let of_series = self.wallet.bookings().filter(|(date, entry)| {
            entry.series == named.series && !entry.cancelled && stays(date)
        });
        let mut dates: Vec<(Interval, BookingId)> = of_series
            .filter_map(|(date, _)| Some((self.time_of(date)?, date)))
            .filter(|(time, _)| time.end() > now)
            .filter(|(time, _)| which == Which::All || Some(time.start()) >= from)
            .collect();
        dates.sort_unstable();
        Ok(dates.into_iter().map(|(_, date)| date).collect())
    }

    pub(super) fn change_dates(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        which: Which,
        change: &Change,
    ) -> Result<Changed, Error> {
        let withdraw = *change == Change::Cancel;
        let dates = self.dates(self.civil(now)?, booking, which, withdraw)?;
        let named = self
            .time_of(booking)
            .ok_or(ChangeError::Unknown { booking })?;
        // Measured before anything changes: the date named may be the first of them.
        let later: Vec<(BookingId, Option<(Interval, i32)>)> = dates
            .into_iter()
            .map(|date| {
                let time = self.time_of(date);
                let by = |time: Interval| time.start().minutes_since(named.start());
                (date, time.map(|time| (time, by(time))))
            })
            .collect();
        let mut changed = Changed::default();
        for (date, time) in later {
            let outcome = match time {
                Some((time, by)) => self.change_date(now, date, time, by, named, change)?,
                None => DateChange::Kept {
                    booking: date,
                    why: ChangeError::Unknown { booking: date },
                },
            };
            changed.dates.push(outcome);
        }
        Ok(changed)
    }

    /// Changes one date, which is at `time`, `by` minutes after the date named.
    fn change_date(
        &mut self,
        now: Timestamp,
        booking: BookingId,
        time: Interval,
        by: i32,
        named: Interval,
        change: &Change,
    ) -> Result<DateChange, Error> {
        let beyond = Ok(DateChange::Kept {
            booking,
            why: ChangeError::OutOfYears { booking },
        });
        match change {
            Change::Cancel => {
                let cancelled = self.cancel(booking);
                let done = cancelled.map(|()| DateChange::Cancelled { booking });
                done.or_else(|error| kept(booking, error))
            }
            Change::Move(to) => {
                let Some(to) = to.moved_by(by) else {
                    return beyond;
                };
                let wanted = to.dates().first().copied().unwrap_or(time);
                let moved = self.move_to(now, booking, &to);
                self.answer(now, booking, wanted, moved, |replica| replica.near(&to))
            }
            Change::Extend(end) => {
                let Ok(end) = time.end().plus(end.minutes_since(named.end())) else {
                    return beyond;
                };
                // An end that is not after the start is refused as such.
                let wanted = Interval::new(time.start(), end).unwrap_or(time);
                let extended = self.extend_booking(now, booking, end);
                self.answer(now, booking, wanted, extended, |replica| {
                    Ok(replica.near_to(booking))
                })
            }
        }
    }

    /// What came of asking for `wanted`: a rule that forbids it is answered with the nearest times that none does.
    fn answer(
        &self,
        now: Timestamp,
        booking: BookingId,
        wanted: Interval,
        asked: Result<BookingId, Error>,
        near: impl FnOnce(&Self) -> Result<Near, Error>,
    ) -> Result<DateChange, Error> {
        match asked {
            Ok(booking) => Ok(DateChange::Requested {
                booking,
                interval: wanted,
            }),
            Err(Error::Change(ChangeError::Rule(rule))) => Ok(DateChange::Refused {
                booking,
                interval: wanted,
                rule,
                nearest: self.nearest(now, &near(self)?, wanted, &self.own(booking))?,
            }),
            Err(error) => kept(booking, error),
        }
    }
}

/// What stops one date stops no other; what is wrong with the device does.
fn kept(booking: BookingId, error: Error) -> Result<DateChange, Error> {
    match error {
        Error::Change(why) => Ok(DateChange::Kept { booking, why }),
        error => Err(error),
    }
}
