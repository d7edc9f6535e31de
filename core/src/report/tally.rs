//! What is counted, before anything is withheld.

use super::withhold::{Counted, alone, share};
use super::{ClassUse, Figure, Pattern, Waited};
use crate::id::ClassId;
use crate::model::Text;
use std::array;

/// What became of a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Came,
    Held,
    NoShow,
    Cancelled,
    Declined,
    Displaced,
    Waiting,
}

impl Fate {
    /// Whether somebody had the place.
    pub(super) const fn is_booked(self) -> bool {
        matches!(self, Self::Came | Self::Held | Self::NoShow)
    }

    /// Whether somebody wanted it and did not get it.
    pub(super) const fn is_unmet(self) -> bool {
        matches!(self, Self::Declined | Self::Displaced)
    }
}

/// One class's counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) bookable_minutes: u64,
    pub(super) booked_minutes: u64,
    pub(super) came: Counted,
    pub(super) held: Counted,
    pub(super) no_show: Counted,
    pub(super) cancelled: Counted,
    pub(super) declined: Counted,
    pub(super) displaced: Counted,
    pub(super) waiting: Counted,
    pub(super) use_by: Times,
    pub(super) unmet_by: Times,
    pub(super) waited: [Counted; 4],
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) hours: [Counted; 24],
    pub(super) weekdays: [Counted; 7],
}

impl Tally {
    pub(super) fn of(&mut self, fate: Fate) -> &mut Counted {
        match fate {
            Fate::Came => &mut self.came,
            Fate::Held => &mut self.held,
            Fate::NoShow => &mut self.no_show,
            Fate::Cancelled => &mut self.cancelled,
            Fate::Declined => &mut self.declined,
            Fate::Displaced => &mut self.displaced,
            Fate::Waiting => &mut self.waiting,
        }
    }

    /// What may be told. From the root to the leaves: what grows from a withheld figure is withheld.
    pub(super) fn told(self, class: Option<ClassId>, name: Text, smallest: u32) -> ClassUse {
        let had = self.came + self.held + self.no_show;
        let missed = self.declined + self.displaced;
        let all = had + self.cancelled + missed + self.waiting;
        let asked = alone(all, smallest);
        let [booked, cancelled, unmet, waiting] =
            share(asked, [had, self.cancelled, missed, self.waiting], smallest);
        let [came, held, no_show] = share(booked, [self.came, self.held, self.no_show], smallest);
        let [declined, displaced] = share(unmet, [self.declined, self.displaced], smallest);
        let [quarter_hour, hour, day, longer] = share(booked, self.waited, smallest);
        ClassUse {
            class,
            name,
            bookable_minutes: self.bookable_minutes,
            booked_minutes: booked
                .count()
                .map_or(Figure::Withheld, |_| Figure::Count(self.booked_minutes)),
            asked,
            booked,
            came,
            held,
            no_show,
            cancelled,
            unmet,
            declined,
            displaced,
            waiting,
            use_by: self.use_by.told(booked, smallest),
            unmet_by: self.unmet_by.told(unmet, smallest),
            waited: Waited {
                quarter_hour,
                hour,
                day,
                longer,
            },
        }
    }
}

impl Times {
    fn told(self, whole: Figure, smallest: u32) -> Pattern {
        let one = |counted: Counted| match whole {
            Figure::Withheld => share(whole, [counted], smallest)[0],
            Figure::Count(_) => alone(counted, smallest),
        };
        Pattern {
            // A booking is in several hours, so hours do not add up to anything that is told.
            hours: array::from_fn(|hour| {
                self.hours.get(hour).copied().map_or(Figure::Count(0), one)
            }),
            weekdays: share(whole, self.weekdays, smallest),
        }
    }
}
