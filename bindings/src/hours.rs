//! When an office is open.

use crate::ids::{Interval, each};
use crate::{AllkontorError, Device};
use allkontor_core::model::{self, PartnerId};
use allkontor_core::time::{Interval as Span, OfficeDay};

/// Days answered at a time: a page of a calendar, and then some.
const MOST_DAYS: u32 = 62;

/// The ordinary hours of one weekday.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct WeekdayHours {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: u8,
    /// When the office is open.
    pub open: Vec<ClockSpan>,
    /// When somebody is there to help.
    pub staffed: Vec<ClockSpan>,
}

/// Part of a day, in minutes after its midnight; `to_minute` may be beyond 1 440, in the next night.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct ClockSpan {
    /// The first minute inside.
    pub from_minute: u16,
    /// The first minute after.
    pub to_minute: u16,
}

/// The hours of one office day, with exceptions, holidays and closures counted in.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct DateHours {
    /// The day.
    pub day: OfficeDay,
    /// When the office is open.
    pub open: Vec<Interval>,
    /// When somebody is there to help.
    pub staffed: Vec<Interval>,
    /// The public holiday that it is.
    pub holiday: Option<Holiday>,
    /// Why its hours are other than usual, as the office wrote it.
    pub note: Option<String>,
}

/// A public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// 6 January.
    Epiphany,
    /// Two days before Easter.
    GoodFriday,
    /// Easter.
    EasterSunday,
    /// The day after Easter.
    EasterMonday,
    /// 1 May.
    MayDay,
    /// The sixth Thursday after Easter.
    Ascension,
    /// The seventh Sunday after Easter.
    WhitSunday,
    /// The day after Whit Sunday.
    WhitMonday,
    /// The nation's day.
    NationalDay,
    /// Midsummer.
    Midsummer,
    /// All Saints.
    AllSaints,
    /// 25 December.
    Christmas,
    /// 26 December.
    BoxingDay,
}

#[uniffi::export]
impl Device {
    /// The ordinary week, Monday first; none before the catalogue has come.
    pub fn week(&self) -> Result<Option<Vec<WeekdayHours>>, AllkontorError> {
        let Some(catalogue) = self.with(|engine| Ok(engine.catalogue()?))? else {
            return Ok(None);
        };
        let week = &catalogue.parts().hours.weekly;
        let days = [
            &week.monday,
            &week.tuesday,
            &week.wednesday,
            &week.thursday,
            &week.friday,
            &week.saturday,
            &week.sunday,
        ];
        let hours = days
            .into_iter()
            .zip(1..)
            .map(|(hours, weekday)| WeekdayHours {
                weekday,
                open: each(hours.open().iter().copied()),
                staffed: each(hours.staffed().iter().copied()),
            });
        Ok(Some(hours.collect()))
    }

    /// The hours of `days` days from `first` on, at most 62, with notes in a language; none before the catalogue has
    /// come.
    pub fn hours(
        &self,
        first: OfficeDay,
        days: u32,
        language: String,
    ) -> Result<Option<Vec<DateHours>>, AllkontorError> {
        let (catalogue, start) =
            self.with(|engine| Ok((engine.catalogue()?, engine.day_start()?)))?;
        let Some(catalogue) = catalogue else {
            return Ok(None);
        };
        let open = |day| (catalogue.open(day, start), catalogue.staffed(day, start));
        let hours = &catalogue.parts().hours;
        Ok(Some(by_date(first, days, hours, open, &language)))
    }

    /// The hours of a partner in the same house, as `hours` gives the office's; none before the catalogue has come, and for
    /// a partner that it does not have.
    pub fn partner_hours(
        &self,
        partner: PartnerId,
        first: OfficeDay,
        days: u32,
        language: String,
    ) -> Result<Option<Vec<DateHours>>, AllkontorError> {
        let (catalogue, start) =
            self.with(|engine| Ok((engine.catalogue()?, engine.day_start()?)))?;
        let partners = catalogue
            .as_ref()
            .map(|catalogue| &catalogue.parts().partners);
        let Some(partner) = partners.and_then(|partners| partners.get(&partner)) else {
            return Ok(None);
        };
        let hours = &partner.hours;
        let open = |day| (hours.open(day, start), hours.staffed(day, start));
        Ok(Some(by_date(first, days, hours, open, &language)))
    }
}

fn by_date(
    first: OfficeDay,
    days: u32,
    hours: &model::Hours,
    open: impl Fn(OfficeDay) -> (Vec<Span>, Vec<Span>),
    language: &str,
) -> Vec<DateHours> {
    let days = (0..days.min(MOST_DAYS)).map_while(|after| {
        let day = first.plus(i32::try_from(after).ok()?);
        let (open, staffed) = open(day);
        Some(DateHours {
            day,
            open: each(open),
            staffed: each(staffed),
            holiday: hours.holiday(day).map(Holiday::from),
            note: hours
                .exception(day)
                .filter(|exception| !exception.note.is_blank())
                .map(|exception| exception.note.in_language(language).to_owned()),
        })
    });
    days.collect()
}

impl From<model::Span> for ClockSpan {
    fn from(span: model::Span) -> Self {
        Self {
            from_minute: span.from(),
            to_minute: span.to(),
        }
    }
}

impl From<model::Holiday> for Holiday {
    fn from(holiday: model::Holiday) -> Self {
        use model::Holiday as From;
        match holiday {
            From::NewYear => Self::NewYear,
            From::Epiphany => Self::Epiphany,
            From::GoodFriday => Self::GoodFriday,
            From::EasterSunday => Self::EasterSunday,
            From::EasterMonday => Self::EasterMonday,
            From::MayDay => Self::MayDay,
            From::Ascension => Self::Ascension,
            From::WhitSunday => Self::WhitSunday,
            From::WhitMonday => Self::WhitMonday,
            From::NationalDay => Self::NationalDay,
            From::Midsummer => Self::Midsummer,
            From::AllSaints => Self::AllSaints,
            From::Christmas => Self::Christmas,
            From::BoxingDay => Self::BoxingDay,
        }
    }
}
