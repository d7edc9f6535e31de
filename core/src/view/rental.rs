//! How a rental stands: a ladder from "goes on" to "may be opened", told from facts and the time. Nothing follows from it
//! by itself: a lock is the renter's until the office gives it back.

use crate::id::{StatementId, UnitId};
use crate::model::Reminders;
use crate::resolve::SlotKey;
use crate::statement::{Cause, Document};
use crate::time::{CivilMinute, DayStart, OfficeDay};

/// Something rented, whose confirmation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rental {
    /// The booking.
    pub key: SlotKey,
    /// The year's document that it is in now.
    pub document: Document,
    /// The confirmation.
    pub confirm: StatementId,
    /// What is rented.
    pub units: Vec<UnitId>,
    /// When it began, in whatever year.
    pub since: CivilMinute,
    /// Until when; `None` is without an end.
    pub due: Option<CivilMinute>,
    /// How far it has come.
    pub step: RentalStep,
    /// The wish to keep it until another time that nobody has granted.
    pub asked: Option<AskedUntil>,
}

/// A wish to keep what is rented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AskedUntil {
    /// Until when; `None` is without an end.
    pub until: Option<CivilMinute>,
    /// Why the office said no; `None` while it has said nothing.
    pub refused: Option<Cause>,
}

/// How far a rental has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RentalStep {
    /// It goes on.
    Runs,
    /// It ends in so many days.
    DueSoon {
        /// Office days from today to the last one.
        days: u32,
    },
    /// Today is its last day.
    DueToday,
    /// It is over, and the renter has not left.
    Overdue {
        /// Office days since the last one; 0 on the day itself.
        days: u32,
    },
    /// It is over for so long that staff may open it.
    MayBeOpened {
        /// Office days since the last one.
        days: u32,
    },
}

impl RentalStep {
    /// The step at `now` of something rented until `due`.
    ///
    /// ```
    /// use allkontor_core::{model::Reminders, time::{CivilMinute, DayStart}, view::RentalStep};
    /// let at = |month, day| CivilMinute::from_ymd_hm(2026, month, day, 12, 0).unwrap();
    /// let step = |now| RentalStep::at(now, Some(at(11, 20)), &Reminders::default(), DayStart::default());
    /// assert_eq!(step(at(10, 1)), RentalStep::Runs);
    /// assert_eq!(step(at(11, 18)), RentalStep::DueSoon { days: 2 });
    /// assert_eq!(step(at(11, 23)), RentalStep::Overdue { days: 3 });
    /// assert_eq!(step(at(12, 24)), RentalStep::MayBeOpened { days: 34 });
    /// ```
    pub fn at(
        now: CivilMinute,
        due: Option<CivilMinute>,
        reminders: &Reminders,
        day_start: DayStart,
    ) -> Self {
        let Some(due) = due else {
            return Self::Runs;
        };
        let last = OfficeDay::of(due.saturating_plus(-1), day_start);
        let today = OfficeDay::of(now, day_start);
        let days = last.get().abs_diff(today.get());
        if now >= due {
            return if days >= u32::from(reminders.open_after_days) {
                Self::MayBeOpened { days }
            } else {
                Self::Overdue { days }
            };
        }
        match days {
            0 => Self::DueToday,
            soon if soon <= u32::from(reminders.soon_days) => Self::DueSoon { days },
            _ => Self::Runs,
        }
    }

    /// Whether its time is over.
    pub const fn is_overdue(self) -> bool {
        matches!(self, Self::Overdue { .. } | Self::MayBeOpened { .. })
    }
}
