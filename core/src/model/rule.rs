use super::limits::LimitReached;
use super::{Raster, Text};
use crate::id::{ClassId, UnitId};
use crate::time::{CivilMinute, Interval, OfficeDay};

/// Why something cannot be booked: the rule and its numbers.
///
/// `Decline` statements carry only [`Rule::code`]; words come later, in the person's language, from [`Rule::key`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rule {
    /// The catalogue has no such unit.
    #[error("{unit} is not in the catalogue")]
    UnknownUnit {
        /// What was asked for.
        unit: UnitId,
    },
    /// The unit is listed, not booked.
    #[error("{unit} is not for booking")]
    NotBookable {
        /// What was asked for.
        unit: UnitId,
    },
    /// The office does not open that day.
    #[error("the office is closed on {day}")]
    Closed {
        /// That day.
        day: OfficeDay,
    },
    /// Some of it is outside opening hours.
    #[error("outside the opening hours of {day}: {open:?}")]
    OutsideHours {
        /// The day.
        day: OfficeDay,
        /// When the office is open that day.
        open: Vec<Interval>,
    },
    /// The unit or the office is closed for a reason.
    #[error("closed during {closed}: {}", reason.in_language("en"))]
    ClosedFor {
        /// The whole closure.
        closed: Interval,
        /// Its reason, as the office wrote it.
        reason: Text,
    },
    /// Shorter than the class allows.
    #[error("{got} minutes: the least is {min}")]
    TooShort {
        /// The least, in minutes.
        min: u32,
        /// What was asked for, in minutes.
        got: u32,
    },
    /// Longer than the class allows.
    #[error("{got} minutes: the most is {max}")]
    TooLong {
        /// The most, in minutes.
        max: u32,
        /// What was asked for, in minutes.
        got: u32,
    },
    /// It starts between two possible starts.
    #[error("starts at {start}: starts are {} minutes apart, counted from midnight", raster.minutes())]
    OffRaster {
        /// The class's raster.
        raster: Raster,
        /// What was asked for.
        start: CivilMinute,
    },
    /// It starts sooner than can still be asked for.
    #[error("starts too soon: the earliest start is {earliest}")]
    TooSoon {
        /// The earliest start that can be asked for now, raster and opening left aside.
        earliest: CivilMinute,
    },
    /// It ends on a day that is too far ahead.
    #[error("beyond {last_day}, the last day open for booking; opens at {opens}")]
    BeyondHorizon {
        /// The last day that can be booked now.
        last_day: OfficeDay,
        /// When this one can be.
        opens: CivilMinute,
    },
    /// Its day opens for booking later today.
    #[error("opens for booking today at {opens}")]
    DatesOpenAt {
        /// When.
        opens: CivilMinute,
    },
    /// Too few people ask.
    #[error("a party of {got}: the least is {min}")]
    PartyTooSmall {
        /// The least.
        min: u16,
        /// How many ask.
        got: u16,
    },
    /// It starts or ends in the hour that the clocks skip in spring.
    #[error("the clock skips {minute}")]
    SkippedHour {
        /// The end in question.
        minute: CivilMinute,
    },
    /// It runs past the end of its office day.
    #[error("runs past {day_ends}, the end of its office day")]
    CrossesDay {
        /// Where its office day ends.
        day_ends: CivilMinute,
    },
    /// It runs past the end of its year.
    #[error("runs past {year_ends}, the end of its year")]
    CrossesYear {
        /// Where the year of its first office day ends.
        year_ends: CivilMinute,
    },
    /// It has ended.
    #[error("ended at {end}")]
    Over {
        /// When.
        end: CivilMinute,
    },
    /// The class has fewer units with what is needed than were asked for at once.
    #[error("{asked} units of class {} asked for at once: {of} have what is needed", class.0)]
    TooFewUnits {
        /// The class.
        class: ClassId,
        /// How many were asked for.
        asked: u16,
        /// How many there are.
        of: u16,
    },
    /// The ticket was issued for other classes of unit.
    #[error("the ticket is not for class {}", class.0)]
    OtherUse {
        /// The class asked for.
        class: ClassId,
    },
    /// Who asks for that class has accepted the guidelines, in the version that held when they asked.
    #[error("guidelines of version {version} are to be accepted first{}", accepted.map_or_else(String::new, |accepted| format!(": those of version {accepted} were")))]
    Guidelines {
        /// The version that held.
        version: u32,
        /// The version that was accepted, if any was.
        accepted: Option<u32>,
    },
    /// The class is for those alone whom the staff have shown round.
    #[error("class {} is for those whom the staff have shown round", class.0)]
    Introduction {
        /// The class.
        class: ClassId,
    },
    /// The holder's share is used up.
    #[error(transparent)]
    Limit(#[from] LimitReached),
}

/// Append-only: numbers in statements never change their meaning.
const CODES: [(u16, &str); 21] = [
    (1, "unknown_unit"),
    (2, "not_bookable"),
    (3, "closed"),
    (4, "outside_hours"),
    (5, "closed_for"),
    (6, "too_short"),
    (7, "too_long"),
    (8, "off_raster"),
    (9, "too_soon"),
    (10, "beyond_horizon"),
    (11, "dates_open_at"),
    (12, "party_too_small"),
    (13, "skipped_hour"),
    (14, "crosses_day"),
    (15, "crosses_year"),
    (16, "over"),
    (17, "limit"),
    (18, "too_few_units"),
    (19, "other_use"),
    (20, "guidelines"),
    (21, "introduction"),
];

impl Rule {
    /// The number on the wire.
    ///
    /// ```
    /// use allkontor_core::{id::UnitId, model::Rule};
    /// let rule = Rule::UnknownUnit { unit: UnitId(7) };
    /// assert_eq!((rule.code(), Rule::key(rule.code())), (1, Some("unknown_unit")));
    /// assert_eq!(rule.to_string(), "unit 7 is not in the catalogue");
    /// ```
    pub const fn code(&self) -> u16 {
        match self {
            Self::UnknownUnit { .. } => 1,
            Self::NotBookable { .. } => 2,
            Self::Closed { .. } => 3,
            Self::OutsideHours { .. } => 4,
            Self::ClosedFor { .. } => 5,
            Self::TooShort { .. } => 6,
            Self::TooLong { .. } => 7,
            Self::OffRaster { .. } => 8,
            Self::TooSoon { .. } => 9,
            Self::BeyondHorizon { .. } => 10,
            Self::DatesOpenAt { .. } => 11,
            Self::PartyTooSmall { .. } => 12,
            Self::SkippedHour { .. } => 13,
            Self::CrossesDay { .. } => 14,
            Self::CrossesYear { .. } => 15,
            Self::Over { .. } => 16,
            Self::Limit(_) => 17,
            Self::TooFewUnits { .. } => 18,
            Self::OtherUse { .. } => 19,
            Self::Guidelines { .. } => 20,
            Self::Introduction { .. } => 21,
        }
    }

    /// Whether a number is of a rule that says that the office or the unit is closed.
    pub const fn is_of_closing(code: u16) -> bool {
        matches!(code, 3 | 5)
    }

    /// The word for a number, to find its text in a language file; `None` for numbers of later versions.
    pub fn key(code: u16) -> Option<&'static str> {
        CODES
            .iter()
            .find(|(number, _)| *number == code)
            .map(|(_, key)| *key)
    }
}
