//! What may be booked. Each check answers with the first rule that is broken, in a fixed order.

use super::{Catalogue, CellSpan, Class, Notice, Policy, Rule, Rules};
use crate::id::UnitId;
use crate::time::{CivilMinute, DayStart, Interval, LocalMinute, OfficeDay, Zone};
use chrono::NaiveTime;

/// The minutes of the longest year: what a class must allow for it to be rented without an end.
const YEAR: u32 = 366 * 24 * 60;

/// When and where somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What the office's wall clock shows.
    pub now: CivilMinute,
    /// The office's time zone, from its Genesis.
    pub zone: Zone,
    /// When an office day begins, from its Genesis.
    pub day_start: DayStart,
}

/// One hold that somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The unit.
    pub unit: UnitId,
    /// The hold, without its buffers.
    pub interval: Interval,
    /// How many people come.
    pub party: u16,
}

impl Catalogue {
    /// Everything a command refuses, a holder's share left aside: what [`Catalogue::check_bookable`] says, and the
    /// class's rules.
    pub fn check_hold(&self, moment: &Moment, ask: &Ask) -> Result<(), Rule> {
        let class = self.askable(ask.unit)?;
        in_one_cell(class.cells, ask.interval, moment.day_start)?;
        class.rules.check(moment, ask.interval, ask.party)?;
        self.in_bookable_hours(ask.unit, class.cells, ask.interval, moment.day_start)
    }

    /// The timeless part, for forecasts: a known unit for booking, one cell, inside bookable hours (the hold, not its
    /// buffers).
    pub fn check_bookable(
        &self,
        unit: UnitId,
        hold: Interval,
        day_start: DayStart,
    ) -> Result<(), Rule> {
        let class = self.askable(unit)?;
        in_one_cell(class.cells, hold, day_start)?;
        self.in_bookable_hours(unit, class.cells, hold, day_start)
    }

    /// What keeping `unit`, rented since then, until then is refused for: its length in all, and the horizon. Without an
    /// end ([`CivilMinute::MAX`]) it can be kept where a booking may be as long as a year.
    pub fn check_renewal(
        &self,
        moment: &Moment,
        unit: UnitId,
        since: CivilMinute,
        until: CivilMinute,
    ) -> Result<(), Rule> {
        let rules = &self.askable(unit)?.rules;
        if until <= moment.now {
            return Err(Rule::Over { end: until });
        }
        let open_ended = until == CivilMinute::MAX;
        let got = if open_ended {
            YEAR
        } else {
            u32::try_from(until.minutes_since(since)).unwrap_or(0)
        };
        if got < rules.min_minutes {
            let min = rules.min_minutes;
            return Err(Rule::TooShort { min, got });
        }
        if got > rules.max_minutes {
            let max = rules.max_minutes;
            return Err(Rule::TooLong { max, got });
        }
        if open_ended {
            return Ok(());
        }
        let last = OfficeDay::of(until.saturating_plus(-1), moment.day_start);
        if !self.profile().duration.includes(last) {
            return Err(Rule::Closed { day: last });
        }
        rules.within_horizon(moment.now, last)
    }

    fn askable(&self, unit: UnitId) -> Result<&Class, Rule> {
        let known = self.unit(unit).ok_or(Rule::UnknownUnit { unit })?;
        if known.bookable {
            self.class(known.class)
        } else {
            None
        }
        .ok_or(Rule::NotBookable { unit })
    }

    fn in_bookable_hours(
        &self,
        unit: UnitId,
        cells: CellSpan,
        hold: Interval,
        start: DayStart,
    ) -> Result<(), Rule> {
        let (first, last) = days(hold, start);
        let there = self.profile().duration;
        if let Some(day) = [first, last].into_iter().find(|day| !there.includes(*day)) {
            return Err(Rule::Closed { day });
        }
        // A closed office leaves rented lockers with their renters.
        let applies =
            |closed: Option<UnitId>| closed.map_or(cells == CellSpan::Day, |closed| closed == unit);
        let closures = &self.parts().closures;
        if let Some(shut) = closures
            .iter()
            .find(|shut| applies(shut.unit) && shut.interval.overlaps(hold))
        {
            return Err(Rule::ClosedFor {
                closed: shut.interval,
                reason: shut.reason.clone(),
            });
        }
        if cells == CellSpan::Year {
            return Ok(());
        }
        let open = self.parts().hours.open(first, start);
        if open.is_empty() {
            return Err(Rule::Closed { day: first });
        }
        if open.iter().any(|span| span.contains(hold)) {
            Ok(())
        } else {
            Err(Rule::OutsideHours { day: first, open })
        }
    }
}

impl Rules {
    /// What these rules say about a hold: length, start, party, skipped hours, notice and horizon.
    pub fn check(&self, moment: &Moment, hold: Interval, party: u16) -> Result<(), Rule> {
        let got = hold.minutes().unsigned_abs();
        if got < self.min_minutes {
            return Err(Rule::TooShort {
                min: self.min_minutes,
                got,
            });
        }
        if got > self.max_minutes {
            return Err(Rule::TooLong {
                max: self.max_minutes,
                got,
            });
        }
        if hold.start().floor_to(self.raster.minutes().into()) != hold.start() {
            return Err(Rule::OffRaster {
                raster: self.raster,
                start: hold.start(),
            });
        }
        if party < self.min_party {
            return Err(Rule::PartyTooSmall {
                min: self.min_party,
                got: party,
            });
        }
        let ends = [hold.start(), hold.end()];
        if let Some(minute) = ends
            .into_iter()
            .find(|minute| moment.zone.local(*minute) == LocalMinute::Gap)
        {
            return Err(Rule::SkippedHour { minute });
        }
        if hold.end() <= moment.now {
            return Err(Rule::Over { end: hold.end() });
        }
        let earliest = self.earliest_start(moment.now);
        if hold.start() < earliest {
            return Err(Rule::TooSoon { earliest });
        }
        self.within_horizon(moment.now, days(hold, moment.day_start).1)
    }

    /// The earliest start that may be asked for at `now`.
    pub fn earliest_start(&self, now: CivilMinute) -> CivilMinute {
        let clamped = |minutes: u32| i32::try_from(minutes).unwrap_or(i32::MAX);
        match self.notice {
            Notice::Before { minutes } => now.saturating_plus(clamped(minutes)),
            Notice::After { minutes } => now.saturating_plus(clamped(minutes).saturating_neg()),
        }
    }

    /// When a day opens for booking: `horizon_days` before it, at `dates_open_at` on the calendar date.
    pub fn opens(&self, day: OfficeDay) -> CivilMinute {
        let date = day.plus(-i32::from(self.horizon_days)).date();
        let midnight =
            CivilMinute::from_naive(date.and_time(NaiveTime::MIN)).unwrap_or(CivilMinute::MIN);
        midnight.saturating_plus(self.dates_open_at.into())
    }

    /// From when the office decides about a day: `None` as soon as it sees a request.
    pub fn decides_from(&self, day: OfficeDay) -> Option<CivilMinute> {
        match self.policy {
            Policy::OnSight => None,
            Policy::Window { minutes } => {
                let minutes = i32::try_from(minutes).unwrap_or(i32::MAX);
                Some(self.opens(day).saturating_plus(minutes))
            }
        }
    }

    /// The last day that may be booked at `now`.
    pub fn last_day(&self, now: CivilMinute) -> OfficeDay {
        let today = OfficeDay::from_date(now.to_naive().date()).unwrap_or(OfficeDay::MAX);
        let newest = today.plus(self.horizon_days.into());
        if now < self.opens(newest) {
            newest.plus(-1)
        } else {
            newest
        }
    }

    fn within_horizon(&self, now: CivilMinute, day: OfficeDay) -> Result<(), Rule> {
        let opens = self.opens(day);
        if opens <= now {
            Ok(())
        } else if opens.to_naive().date() == now.to_naive().date() {
            Err(Rule::DatesOpenAt { opens })
        } else {
            Err(Rule::BeyondHorizon {
                last_day: self.last_day(now),
                opens,
            })
        }
    }
}

/// The office days of a hold's first and last minute.
fn days(hold: Interval, start: DayStart) -> (OfficeDay, OfficeDay) {
    (
        OfficeDay::of(hold.start(), start),
        OfficeDay::of(hold.end().saturating_plus(-1), start),
    )
}

fn in_one_cell(cells: CellSpan, hold: Interval, start: DayStart) -> Result<(), Rule> {
    let (first, last) = days(hold, start);
    match cells {
        CellSpan::Day if first != last => Err(Rule::CrossesDay {
            day_ends: first.interval(start).end(),
        }),
        CellSpan::Year if first.year() != last.year() => {
            let new_year = OfficeDay::from_ymd(i32::from(first.year()).saturating_add(1), 1, 1);
            Err(Rule::CrossesYear {
                year_ends: new_year.unwrap_or(OfficeDay::MAX).interval(start).start(),
            })
        }
        _ => Ok(()),
    }
}
