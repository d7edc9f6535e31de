//! What a catalogue forbids: the rule and its numbers. `Words.rule` puts it into a person's language.

use crate::ids::{Interval, each};
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::model::{self, Text, limits};
use allkontor_core::time::{CivilMinute, OfficeDay};
use std::collections::HashMap;

/// Why something cannot be booked.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Rule {
    /// The catalogue has no such unit.
    UnknownUnit {
        /// What was asked for.
        unit: UnitId,
    },
    /// The unit is listed, not booked.
    NotBookable {
        /// What was asked for.
        unit: UnitId,
    },
    /// The office does not open that day.
    ClosedThatDay {
        /// That day.
        day: OfficeDay,
    },
    /// Some of it is outside opening hours.
    OutsideHours {
        /// The day.
        day: OfficeDay,
        /// When the office is open that day.
        open: Vec<Interval>,
    },
    /// The unit or the office is closed for a reason.
    ClosedFor {
        /// The whole closure.
        closed: Interval,
        /// Its reason as the office wrote it, by language tag.
        reason: HashMap<String, String>,
    },
    /// Shorter than the class allows.
    TooShort {
        /// The least, in minutes.
        least: u32,
        /// What was asked for, in minutes.
        got: u32,
    },
    /// Longer than the class allows.
    TooLong {
        /// The most, in minutes.
        most: u32,
        /// What was asked for, in minutes.
        got: u32,
    },
    /// It starts between two possible starts.
    OffRaster {
        /// Minutes between possible starts, counted from midnight.
        raster: u16,
        /// What was asked for.
        start: CivilMinute,
    },
    /// It starts sooner than can still be asked for.
    TooSoon {
        /// The earliest start that can be asked for now.
        earliest: CivilMinute,
    },
    /// It ends on a day that is too far ahead.
    BeyondHorizon {
        /// The last day that can be booked now.
        last_day: OfficeDay,
        /// When this one can be.
        opens: CivilMinute,
    },
    /// Its day opens for booking later today.
    DatesOpenAt {
        /// When.
        opens: CivilMinute,
    },
    /// Too few people ask.
    PartyTooSmall {
        /// The least.
        least: u16,
        /// How many ask.
        got: u16,
    },
    /// It starts or ends in the hour that the clocks skip in spring.
    SkippedHour {
        /// The end in question.
        minute: CivilMinute,
    },
    /// It runs past the end of its office day.
    CrossesDay {
        /// Where its office day ends.
        day_ends: CivilMinute,
    },
    /// It runs past the end of its year.
    CrossesYear {
        /// Where the year of its first office day ends.
        year_ends: CivilMinute,
    },
    /// It has ended.
    Over {
        /// When.
        end: CivilMinute,
    },
    /// The class has fewer units with what is needed than were asked for at once.
    TooFewUnits {
        /// The class.
        class_id: ClassId,
        /// How many were asked for.
        asked: u16,
        /// How many there are.
        of: u16,
    },
    /// The ticket was issued for other classes of unit.
    OtherUse {
        /// The class asked for.
        class_id: ClassId,
    },
    /// The class is for those alone whom the staff have shown round.
    IntroducedOnly {
        /// The class asked for.
        class_id: ClassId,
    },
    /// The guidelines are to be accepted first.
    GuidelinesFirst {
        /// The version that holds.
        version: u32,
        /// The version that was accepted, if any was.
        accepted: Option<u32>,
    },
    /// The holder's share is used up.
    LimitReached {
        /// Which limit.
        limit: LimitKind,
        /// Bookings, or minutes for a limit of minutes.
        allowed: u32,
        /// How much is used without the new booking.
        used: u32,
        /// When more is left; none when nothing is used.
        next_at: Option<CivilMinute>,
    },
}

/// Which limit of a person's share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum LimitKind {
    /// Bookings that have not ended.
    AtOnce,
    /// Bookings in an office day.
    PerDay,
    /// Bookings in a week, Monday to Sunday.
    PerWeek,
    /// Bookings in a calendar month.
    PerMonth,
    /// Minutes in all, of bookings that have not ended.
    Minutes,
}

/// A text by language tag.
pub(crate) fn texts(text: &Text) -> HashMap<String, String> {
    text.iter()
        .map(|(tag, words)| (tag.to_owned(), words.to_owned()))
        .collect()
}

impl From<model::Rule> for Rule {
    fn from(rule: model::Rule) -> Self {
        use model::Rule as From;
        match rule {
            From::UnknownUnit { unit } => Self::UnknownUnit { unit },
            From::NotBookable { unit } => Self::NotBookable { unit },
            From::Closed { day } => Self::ClosedThatDay { day },
            From::OutsideHours { day, open } => Self::OutsideHours {
                day,
                open: each(open),
            },
            From::ClosedFor { closed, reason } => Self::ClosedFor {
                closed: closed.into(),
                reason: texts(&reason),
            },
            From::TooShort { min, got } => Self::TooShort { least: min, got },
            From::TooLong { max, got } => Self::TooLong { most: max, got },
            From::OffRaster { raster, start } => Self::OffRaster {
                raster: raster.minutes(),
                start,
            },
            From::TooSoon { earliest } => Self::TooSoon { earliest },
            From::BeyondHorizon { last_day, opens } => Self::BeyondHorizon { last_day, opens },
            From::DatesOpenAt { opens } => Self::DatesOpenAt { opens },
            From::PartyTooSmall { min, got } => Self::PartyTooSmall { least: min, got },
            From::SkippedHour { minute } => Self::SkippedHour { minute },
            From::CrossesDay { day_ends } => Self::CrossesDay { day_ends },
            From::CrossesYear { year_ends } => Self::CrossesYear { year_ends },
            From::Over { end } => Self::Over { end },
            From::TooFewUnits { class, asked, of } => Self::TooFewUnits {
                class_id: class,
                asked,
                of,
            },
            From::OtherUse { class } => Self::OtherUse { class_id: class },
            From::Introduction { class } => Self::IntroducedOnly { class_id: class },
            From::Guidelines { version, accepted } => Self::GuidelinesFirst { version, accepted },
            From::Limit(limits::LimitReached {
                limit,
                allowed,
                used,
                next_at,
            }) => Self::LimitReached {
                limit: limit.into(),
                allowed,
                used,
                next_at,
            },
        }
    }
}

impl From<limits::Limit> for LimitKind {
    fn from(limit: limits::Limit) -> Self {
        match limit {
            limits::Limit::AtOnce => Self::AtOnce,
            limits::Limit::PerDay => Self::PerDay,
            limits::Limit::PerWeek => Self::PerWeek,
            limits::Limit::PerMonth => Self::PerMonth,
            limits::Limit::Minutes => Self::Minutes,
        }
    }
}
