//! Why a booking stands as it does: reasons as data. `Words.explanation` puts them into a person's language.

use crate::custody::Awaits;
use crate::ids::{Interval, each};
use crate::rule::Rule;
use crate::status::{Cause, Status, Wish};
use crate::visit::FreeUnit;
use crate::{AllkontorError, BookingKey, Device};
use allkontor_core::id::{ClassId, StatementId, UnitId};
use allkontor_core::replica::BookingId;
use allkontor_core::time::{CivilMinute, Timestamp};
use allkontor_core::{resolve, view};

/// Why a booking stands as it does. Names nobody.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Explanation {
    /// How it stands.
    pub status: Status,
    /// What it waits for, while it is undecided.
    pub awaits: Option<Awaits>,
    /// What stands in the way of each option, in the order they were asked for.
    pub options: Vec<OptionReport>,
    /// Other times for the first option, when the booking lacks what it asked for.
    pub nearest: Vec<NearTimes>,
    /// Other units at the same time, when the booking lacks what it asked for.
    pub equals: Vec<EqualUnits>,
    /// Promises that were given and do not hold, while the booking has no other.
    pub broken: Vec<Broken>,
}

/// A promise that a device of the office gave and that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Broken {
    /// The promise: `certificate` can be shown at the desk, for `honour_certificate`.
    pub confirm: StatementId,
    /// Why it does not hold.
    pub why: BrokenBy,
}

/// Why a promise does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum BrokenBy {
    /// Its device was replaced before the office heard of it.
    Unheard {
        /// Whether somebody at the office has vouched for it, so that the booking comes before all others.
        honoured: bool,
    },
    /// Its device acted on what did not stand, or contradicted itself. The booking comes before all others.
    Contradicted,
}

/// One option of a booking.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct OptionReport {
    /// What was asked for, all or nothing.
    pub wishes: Vec<Wish>,
    /// What stands in the way; empty when it fits.
    pub obstacles: Vec<Obstacle>,
    /// The rules that it breaks, whoever asks and whenever.
    pub rules: Vec<Rule>,
}

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Obstacle {
    /// The time is outside the unit's bookable hours, or there is no such unit.
    NotBookable {
        /// The unit.
        unit: UnitId,
        /// The time asked for.
        interval: Interval,
    },
    /// Confirmed to someone else.
    Confirmed {
        /// The unit.
        unit: UnitId,
        /// What is taken, buffers included.
        interval: Interval,
    },
    /// Physically taken.
    Occupied {
        /// The unit.
        unit: UnitId,
        /// What is taken.
        interval: Interval,
        /// Why.
        cause: Cause,
    },
    /// Someone ranked before is expected to get it.
    RankedBefore {
        /// The unit.
        unit: UnitId,
        /// What they are expected to get, buffers included.
        interval: Interval,
        /// What put them first.
        by: Decider,
    },
}

/// What put one request before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Decider {
    /// They lost a promised place through no doing of theirs.
    Victim,
    /// This booking's ticket was signed by a device that is no longer trusted.
    RevokedSigner,
    /// They asked in an earlier quarter of an hour.
    Earlier {
        /// When they asked, by the rule.
        theirs: CivilMinute,
        /// When this one was asked, by the rule.
        ours: CivilMinute,
        /// Whether ours counts from the office's last contact and not from when the person says.
        last_contact: bool,
    },
    /// The same quarter of an hour: a draw.
    Draw,
}

/// The nearest times at which the same units are free together.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct NearTimes {
    /// The units that were wanted at the same time.
    pub units: Vec<UnitId>,
    /// That time.
    pub wanted: Interval,
    /// At most 5 as long, the nearest first.
    pub times: Vec<Interval>,
}

/// Units of the same class that are free at the same time.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct EqualUnits {
    /// The class.
    pub class_id: ClassId,
    /// The time.
    pub interval: Interval,
    /// How many units of that class were asked for.
    pub wanted: u32,
    /// Others that nobody has or is expected to get, fewest surplus features first.
    pub units: Vec<FreeUnit>,
}

#[uniffi::export]
impl Device {
    /// Why a booking of this device stands as it does, and what is near and free; none while it is a draft.
    pub fn explain(
        &self,
        now: Timestamp,
        booking: BookingId,
    ) -> Result<Option<Explanation>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.explain(now, booking)?))?;
        Ok(found.map(Explanation::from))
    }

    /// Why any booking stands as it does, for the desk; none when it is not known here.
    pub fn explain_at_desk(
        &self,
        now: Timestamp,
        booking: BookingKey,
    ) -> Result<Option<Explanation>, AllkontorError> {
        let found = self.with(|engine| Ok(engine.explain_at_desk(now, booking.into())?))?;
        Ok(found.map(Explanation::from))
    }
}

impl From<view::Explanation> for Explanation {
    fn from(why: view::Explanation) -> Self {
        Self {
            status: why.status.into(),
            awaits: why.awaits.map(Awaits::from),
            options: each(why.options),
            nearest: each(why.nearest),
            equals: each(why.equals),
            broken: each(why.broken),
        }
    }
}

impl From<view::Broken> for Broken {
    fn from(broken: view::Broken) -> Self {
        Self {
            confirm: broken.confirm,
            why: match broken.why {
                view::BrokenBy::Unheard { honoured } => BrokenBy::Unheard { honoured },
                view::BrokenBy::Contradicted => BrokenBy::Contradicted,
            },
        }
    }
}

impl From<view::OptionReport> for OptionReport {
    fn from(report: view::OptionReport) -> Self {
        Self {
            wishes: each(report.wishes),
            obstacles: each(report.obstacles),
            rules: each(report.rules),
        }
    }
}

impl From<view::Nearest> for NearTimes {
    fn from(near: view::Nearest) -> Self {
        Self {
            units: near.units,
            wanted: near.wanted.into(),
            times: each(near.times),
        }
    }
}

impl From<view::EqualUnits> for EqualUnits {
    fn from(equal: view::EqualUnits) -> Self {
        Self {
            class_id: equal.class,
            interval: equal.interval.into(),
            wanted: u32::try_from(equal.wanted).unwrap_or(u32::MAX),
            units: each(equal.units),
        }
    }
}

impl From<resolve::Obstacle> for Obstacle {
    fn from(obstacle: resolve::Obstacle) -> Self {
        use resolve::Obstacle as From;
        match obstacle {
            From::NotBookable { unit, interval } => Self::NotBookable {
                unit,
                interval: interval.into(),
            },
            From::Confirmed { unit, interval } => Self::Confirmed {
                unit,
                interval: interval.into(),
            },
            From::Occupied {
                unit,
                interval,
                cause,
            } => Self::Occupied {
                unit,
                interval: interval.into(),
                cause: cause.into(),
            },
            From::RankedBefore { unit, interval, by } => Self::RankedBefore {
                unit,
                interval: interval.into(),
                by: by.into(),
            },
        }
    }
}

impl From<resolve::Decider> for Decider {
    fn from(decider: resolve::Decider) -> Self {
        match decider {
            resolve::Decider::Victim => Self::Victim,
            resolve::Decider::RevokedSigner => Self::RevokedSigner,
            resolve::Decider::Earlier {
                theirs,
                ours,
                last_contact,
            } => Self::Earlier {
                theirs,
                ours,
                last_contact,
            },
            resolve::Decider::Draw => Self::Draw,
        }
    }
}
