use crate::time::OfficeDay;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Whose public holidays an office follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayCalendar {
    /// Nobody's: every day is as its weekday.
    #[default]
    None,
    /// *Allmänna helgdagar*, lag (1989:253). Plain Sundays and the eves are not among them.
    Sweden,
}

/// A public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holiday {
    /// Nyårsdagen, 1 January.
    NewYear,
    /// Trettondedag jul, 6 January.
    Epiphany,
    /// Långfredagen, two days before Easter.
    GoodFriday,
    /// Påskdagen.
    EasterSunday,
    /// Annandag påsk.
    EasterMonday,
    /// Första maj.
    MayDay,
    /// Kristi himmelsfärdsdag, the sixth Thursday after Easter.
    Ascension,
    /// Pingstdagen, the seventh Sunday after Easter.
    WhitSunday,
    /// Annandag pingst, a holiday up to 2004.
    WhitMonday,
    /// Nationaldagen, 6 June, a holiday from 2005 on.
    NationalDay,
    /// Midsommardagen, the Saturday in 20–26 June.
    Midsummer,
    /// Alla helgons dag, the Saturday in 31 October–6 November.
    AllSaints,
    /// Juldagen, 25 December.
    Christmas,
    /// Annandag jul, 26 December.
    BoxingDay,
}

impl HolidayCalendar {
    /// The holidays of a year by date. Two may fall on one day, such as 1 May 2008.
    ///
    /// ```
    /// use allkontor_core::model::HolidayCalendar;
    /// let days = HolidayCalendar::Sweden.of_year(2026);
    /// assert_eq!(days[0].0.to_string(), "2026-01-01");
    /// assert_eq!(days.len(), 13);
    /// ```
    pub fn of_year(self, year: i32) -> Vec<(OfficeDay, Holiday)> {
        match self {
            Self::None => Vec::new(),
            Self::Sweden => sweden(year),
        }
    }

    /// The holiday on a day, if it is one.
    pub fn on(self, day: OfficeDay) -> Option<Holiday> {
        if self == Self::None {
            return None;
        }
        self.of_year(day.date().year())
            .into_iter()
            .find(|(date, _)| *date == day)
            .map(|(_, holiday)| holiday)
    }
}

fn sweden(year: i32) -> Vec<(OfficeDay, Holiday)> {
    use Holiday::*;
    let fixed = |month, day| OfficeDay::from_ymd(year, month, day);
    let saturday_from = |month, day| fixed(month, day).map(first_saturday);
    let easter = easter_sunday(year);
    let moved = |days| easter.map(|sunday| sunday.plus(days));
    let (monday, national) = if year < 2005 {
        (moved(50), None)
    } else {
        (None, fixed(6, 6))
    };
    let mut days: Vec<_> = [
        (fixed(1, 1), NewYear),
        (fixed(1, 6), Epiphany),
        (moved(-2), GoodFriday),
        (moved(0), EasterSunday),
        (moved(1), EasterMonday),
        (fixed(5, 1), MayDay),
        (moved(39), Ascension),
        (moved(49), WhitSunday),
        (monday, WhitMonday),
        (national, NationalDay),
        (saturday_from(6, 20), Midsummer),
        (saturday_from(10, 31), AllSaints),
        (fixed(12, 25), Christmas),
        (fixed(12, 26), BoxingDay),
    ]
    .into_iter()
    .filter_map(|(day, holiday)| Some((day?, holiday)))
    .collect();
    days.sort();
    days
}

/// That day or the first Saturday after it.
fn first_saturday(day: OfficeDay) -> OfficeDay {
    let from_monday = day.date().weekday().num_days_from_monday();
    let wait = 5_u32.wrapping_sub(from_monday).wrapping_add(7) % 7;
    day.plus(i32::try_from(wait).unwrap_or(0))
}

/// Easter Sunday of the Gregorian calendar: the anonymous computus (*Nature*, 20 April 1876).
fn easter_sunday(year: i32) -> Option<OfficeDay> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_shift + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let day = epact + weekday - 7 * late + 114;
    let date = NaiveDate::from_ymd_opt(
        year,
        u32::try_from(day / 31).ok()?,
        u32::try_from(day % 31 + 1).ok()?,
    )?;
    OfficeDay::from_date(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &str = include_str!("../../../tests/data/sweden_public_holidays_2024_2033.csv");

    fn swedish(holiday: Holiday) -> &'static str {
        use Holiday::*;
        match holiday {
            NewYear => "Nyårsdagen",
            Epiphany => "Trettondedag jul",
            GoodFriday => "Långfredagen",
            EasterSunday => "Påskdagen",
            EasterMonday => "Annandag påsk",
            MayDay => "Första maj",
            Ascension => "Kristi himmelsfärdsdag",
            WhitSunday => "Pingstdagen",
            WhitMonday => "Annandag pingst",
            NationalDay => "Nationaldagen",
            Midsummer => "Midsommardagen",
            AllSaints => "Alla helgons dag",
            Christmas => "Juldagen",
            BoxingDay => "Annandag jul",
        }
    }

    #[test]
    fn ten_years_are_those_of_an_independent_library() {
        let ours: Vec<String> = (2024..=2033)
            .flat_map(|year| HolidayCalendar::Sweden.of_year(year))
            .map(|(day, holiday)| format!("{day},{}", swedish(holiday)))
            .collect();
        let theirs: Vec<&str> = CSV.lines().skip(1).collect();
        assert_eq!(ours, theirs);
    }

    /// Easter is the Sunday after the ecclesiastical full moon: Gauss's way, with its two exceptions.
    fn gauss(year: i32) -> OfficeDay {
        let (a, b, c) = (year % 19, year % 4, year % 7);
        let k = year / 100;
        let (p, q) = ((13 + 8 * k) / 25, k / 4);
        let (m, n) = ((15 - p + k - q).rem_euclid(30), (4 + k - q).rem_euclid(7));
        let d = (19 * a + m) % 30;
        let e = (2 * b + 4 * c + 6 * d + n) % 7;
        let march = OfficeDay::from_ymd(year, 3, 22).unwrap();
        let late = (d == 29 && e == 6) || (d == 28 && e == 6 && (11 * m + 11) % 30 < 19);
        march.plus(d + e - if late { 7 } else { 0 })
    }

    #[test]
    fn easter_agrees_with_gauss_in_every_supported_year() {
        for year in 1970..2200 {
            assert_eq!(easter_sunday(year), Some(gauss(year)), "{year}");
        }
    }

    #[test]
    fn the_saturdays_are_saturdays_and_whit_monday_gave_way_to_the_national_day() {
        for year in 1990..2200 {
            let days = HolidayCalendar::Sweden.of_year(year);
            let on = |holiday| {
                days.iter()
                    .find(|(_, h)| *h == holiday)
                    .map(|(day, _)| day.date())
            };
            for (holiday, first) in [
                (Holiday::Midsummer, (6, 20)),
                (Holiday::AllSaints, (10, 31)),
            ] {
                let date = on(holiday).unwrap();
                let wait = date - NaiveDate::from_ymd_opt(year, first.0, first.1).unwrap();
                assert_eq!(date.weekday(), chrono::Weekday::Sat, "{date}");
                assert!((0..7).contains(&wait.num_days()), "{date}");
            }
            assert_eq!(on(Holiday::WhitMonday).is_some(), year < 2005);
            assert_eq!(on(Holiday::NationalDay).is_some(), year >= 2005);
            assert_eq!(days.len(), 13);
        }
    }
}
