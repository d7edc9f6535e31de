use chrono::{Datelike, NaiveDate, Weekday};

/// Which days of a month: those that satisfy all three lists. An empty list asks for nothing.
///
/// ```
/// use allkontor_core::series::{MonthDays, Nth, NthWeekday};
/// use chrono::Weekday;
///
/// let last_friday = MonthDays {
///     weekdays: NthWeekday::nth(-1, Weekday::Fri).into_iter().collect(),
///     ..MonthDays::default()
/// };
/// let the_15th_and_the_last_day = MonthDays {
///     dates: [15, -1].into_iter().filter_map(Nth::new).collect(),
///     ..MonthDays::default()
/// };
/// # assert_ne!(last_friday, the_15th_and_the_last_day);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonthDays {
    /// Days of the month: RFC 5545's BYMONTHDAY.
    pub dates: Vec<Nth>,
    /// Weekdays: RFC 5545's BYDAY.
    pub weekdays: Vec<NthWeekday>,
    /// Of the days that both lists allow, only these: RFC 5545's BYSETPOS.
    pub only: Vec<Nth>,
}

/// A weekday of a month: the n-th one, or every one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NthWeekday {
    nth: Option<Nth>,
    weekday: Weekday,
}

impl NthWeekday {
    /// All of them.
    pub const fn every(weekday: Weekday) -> Self {
        Self { nth: None, weekday }
    }

    /// 1 is the first of the month, −1 the last; `None` for 0 and beyond 5 either way: no month has six.
    pub fn nth(place: i8, weekday: Weekday) -> Option<Self> {
        let nth = Nth::new(place).filter(|nth| nth.0.unsigned_abs() <= 5)?;
        Some(Self {
            nth: Some(nth),
            weekday,
        })
    }

    /// Which one; `None` is all of them.
    pub const fn place(self) -> Option<Nth> {
        self.nth
    }

    /// The weekday.
    pub const fn weekday(self) -> Weekday {
        self.weekday
    }
}

/// A place in a month, counted from its start (1 to 31) or from its end (−1 to −31).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nth(i8);

impl Nth {
    /// 1 is the first, −1 the last; `None` for 0 and beyond 31 either way.
    pub const fn new(place: i8) -> Option<Self> {
        match place {
            -31..=-1 | 1..=31 => Some(Self(place)),
            _ => None,
        }
    }

    /// 1 is the first, −1 the last.
    pub const fn get(self) -> i8 {
        self.0
    }

    /// Whether this is the place with so many before it and so many after.
    pub(super) fn has_around(self, before: usize, after: usize) -> bool {
        let others = usize::from(self.0.unsigned_abs()).saturating_sub(1);
        others == if self.0 > 0 { before } else { after }
    }
}

impl MonthDays {
    /// The same choice in one way of writing it: sorted, each once, and the day of the month where there is no choice.
    pub(super) fn settle(&mut self, day: NaiveDate) {
        if self.dates.is_empty() && self.weekdays.is_empty() {
            self.dates = i8::try_from(day.day())
                .ok()
                .and_then(Nth::new)
                .into_iter()
                .collect();
        }
        for places in [&mut self.dates, &mut self.only] {
            places.sort_unstable();
            places.dedup();
        }
        self.weekdays
            .sort_unstable_by_key(|day| (day.weekday.num_days_from_monday(), day.nth));
        self.weekdays.dedup();
    }

    /// The days of the month that begins on `first`, in order.
    pub(super) fn of(&self, first: NaiveDate) -> Vec<NaiveDate> {
        let length = usize::from(first.num_days_in_month());
        let allowed: Vec<NaiveDate> = first
            .iter_days()
            .take(length)
            .enumerate()
            .filter(|(before, day)| self.allows(*before, length.saturating_sub(before + 1), *day))
            .map(|(_, day)| day)
            .collect();
        let all = allowed.len();
        allowed
            .into_iter()
            .enumerate()
            .filter(|(before, _)| among(&self.only, *before, all.saturating_sub(before + 1)))
            .map(|(_, day)| day)
            .collect()
    }

    /// Whether a day with so many of its month before and after it is in both lists.
    fn allows(&self, before: usize, after: usize, day: NaiveDate) -> bool {
        let on_weekday = |chosen: &NthWeekday| {
            chosen.weekday == day.weekday()
                && chosen
                    .nth
                    .is_none_or(|nth| nth.has_around(before / 7, after / 7))
        };
        among(&self.dates, before, after)
            && (self.weekdays.is_empty() || self.weekdays.iter().any(on_weekday))
    }
}

fn among(places: &[Nth], before: usize, after: usize) -> bool {
    places.is_empty() || places.iter().any(|nth| nth.has_around(before, after))
}
