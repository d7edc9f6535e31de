use serde::{Deserialize, Serialize};

/// What a booking of a class must satisfy. The default allows what most offices allow for a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// The shortest booking, in minutes.
    pub min_minutes: u32,
    /// The longest booking, in minutes.
    pub max_minutes: u32,
    /// Where a booking may start.
    pub raster: Raster,
    /// Until when a booking may be asked for.
    pub notice: Notice,
    /// How many days ahead a booking may reach, its end included.
    pub horizon_days: u16,
    /// The minute after midnight at which the date `horizon_days` ahead opens, 0–1439.
    pub dates_open_at: u16,
    /// Minutes kept free before each booking, for airing.
    pub before: u16,
    /// Minutes kept free after each booking, for cleaning.
    pub after: u16,
    /// When the office decides.
    pub policy: Policy,
    /// Minutes after the start at which an empty place may be released.
    pub grace_minutes: u16,
    /// The fewest people who may ask.
    pub min_party: u16,
    /// One holder's share.
    pub limits: Limits,
    /// Whether whoever asks must have accepted the guidelines that hold.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub accepted_guidelines: bool,
    /// Whether it is for those alone whom the staff have shown round.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub introduced_only: bool,
    /// When renters are reminded, and what is overdue.
    #[serde(skip_serializing_if = "Reminders::is_usual")]
    pub reminders: Reminders,
}

/// When a renter is told that the end is near, and how long after it the office may open what is rented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reminders {
    /// Days before the end.
    pub soon_days: u16,
    /// Days after the end from which staff may open it.
    pub open_after_days: u16,
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            soon_days: 7,
            open_after_days: 30,
        }
    }
}

impl Reminders {
    fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            min_minutes: 15,
            max_minutes: 1440,
            raster: Raster(15),
            notice: Notice::default(),
            horizon_days: 30,
            dates_open_at: 0,
            before: 0,
            after: 0,
            policy: Policy::OnSight,
            grace_minutes: 15,
            min_party: 1,
            limits: Limits::default(),
            accepted_guidelines: false,
            introduced_only: false,
            reminders: Reminders::default(),
        }
    }
}

/// Minutes between possible starts, counted from midnight: a divisor of 1,440, so that every day has the same starts.
///
/// ```
/// use allkontor_core::model::Raster;
/// assert_eq!(Raster::new(30).unwrap().minutes(), 30);
/// assert_eq!(Raster::new(50).unwrap_err().to_string(), "raster of 50 minutes does not divide a day of 1,440");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Raster(u16);

/// A raster that days cannot share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("raster of {minutes} minutes does not divide a day of 1,440")]
pub struct BadRaster {
    /// What was asked for.
    pub minutes: u16,
}

impl Raster {
    /// A divisor of 1,440.
    pub fn new(minutes: u16) -> Result<Self, BadRaster> {
        let divides = 1440_u16.checked_rem(minutes) == Some(0);
        if divides {
            Ok(Self(minutes))
        } else {
            Err(BadRaster { minutes })
        }
    }

    /// Minutes between starts.
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Raster {
    type Error = BadRaster;

    fn try_from(minutes: u16) -> Result<Self, BadRaster> {
        Self::new(minutes)
    }
}

impl From<Raster> for u16 {
    fn from(raster: Raster) -> Self {
        raster.0
    }
}

/// Until when a booking may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// At least that many minutes before its start.
    Before {
        /// Minutes before the start.
        minutes: u32,
    },
    /// Even after its start, for people who have sat down already.
    After {
        /// Minutes after the start.
        minutes: u32,
    },
}

impl Default for Notice {
    fn default() -> Self {
        Self::After { minutes: 15 }
    }
}

/// When the office decides what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Policy {
    /// As soon as a steward sees it.
    OnSight,
    /// When a date has been open that long, by rank among all that were asked for: for scarce classes.
    Window {
        /// Minutes after the date opened.
        minutes: u32,
    },
}

/// One holder's share of a class; `None` is no limit. [`super::limits`] does the counting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Bookings that have not ended.
    pub at_once: Option<u32>,
    /// Bookings in one office day.
    pub per_day: Option<u32>,
    /// Bookings in one ISO week, Monday to Sunday.
    pub per_week: Option<u32>,
    /// Bookings in one calendar month.
    pub per_month: Option<u32>,
    /// Minutes in all, of bookings that have not ended.
    pub minutes: Option<u32>,
}
