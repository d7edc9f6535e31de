//! Name, address and opening hours of a real library, from the open data in `tests/data` (City of Helsinki, MIT).
//!
//! The data is of the summer of 2020. It is moved, plainly, to the year that is played:
//!
//! - each weekday has the hours that it had in the week of 22 June 2020; what the data calls self-service
//!   (`status` 2) is open but not staffed,
//! - that week holds from 1 June to 9 August, as the period named in the data did, and for want of other data also
//!   in the rest of the year,
//! - what the data says about the days around Midsummer moves with Midsummer.

use allkontor_core::model::{
    Address, DayHours, Duration, Exception, HolidayCalendar, HolidayPolicy, Hours, NotASpan,
    Operator, Profile, Season, Span, SpansOverlap, Text, Week,
};
use allkontor_core::time::OfficeDay;
use serde::Deserialize;
use std::collections::BTreeMap;

const WEEK: &str = include_str!("../../../tests/data/helsinki_kirjastot_data_simple.json");
const SUMMER: &str = include_str!("../../../tests/data/helsinki_kirjastot_data_pattern.json");
const UNITS: &str = include_str!("../../../tests/data/helsinki_tprek_units.json");

/// The service point that [`UNITS`] names in three languages: Kallion kirjasto, Berghälls bibliotek.
const KALLIO: u32 = 8215;
/// Midsummer Day of the year the data is from, in Finland and in Sweden.
const MIDSUMMER_THEN: (i32, u32, u32) = (2020, 6, 20);

/// Data that does not say what it should.
#[derive(Debug, thiserror::Error)]
pub enum BadData {
    /// Not the JSON that was expected.
    #[error("{file} cannot be read: {error}")]
    Unreadable {
        /// Which file.
        file: &'static str,
        /// What was expected and where.
        error: serde_json::Error,
    },
    /// A thing that is not in it.
    #[error("{what} is not in the data")]
    Missing {
        /// What was looked for.
        what: String,
    },
    /// Hours that are none.
    #[error(transparent)]
    Span(#[from] NotASpan),
    /// Hours that overlap.
    #[error(transparent)]
    Overlap(#[from] SpansOverlap),
}

#[derive(Deserialize)]
struct Library {
    data: LibraryData,
    refs: Refs,
}

#[derive(Deserialize)]
struct LibraryData {
    schedules: Vec<Schedule>,
}

#[derive(Deserialize)]
struct Refs {
    period: BTreeMap<String, Period>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    valid_from: String,
    valid_until: String,
    name: String,
}

#[derive(Deserialize)]
struct Schedule {
    period: u32,
    date: String,
    info: Option<String>,
    times: Vec<Times>,
}

#[derive(Deserialize)]
struct Times {
    from: String,
    to: String,
    status: u8,
}

/// `status` of times at which somebody is there to help; 2 is self-service.
const STAFFED: u8 = 1;

#[derive(Deserialize)]
struct ServicePoint {
    id: u32,
    name_fi: String,
    name_sv: String,
    name_en: String,
    street_address_fi: String,
    address_zip: String,
    address_city_fi: String,
}

/// Who and where, in Finnish, Swedish and English.
pub fn profile() -> Result<Profile, BadData> {
    let points: Vec<ServicePoint> = read("helsinki_tprek_units.json", UNITS)?;
    let point = points
        .into_iter()
        .find(|point| point.id == KALLIO)
        .ok_or_else(|| missing(format!("service point {KALLIO}")))?;
    Ok(Profile {
        name: Text::new([
            ("fi", point.name_fi.as_str()),
            ("sv", point.name_sv.as_str()),
            ("en", point.name_en.as_str()),
        ]),
        address: Address {
            street: point.street_address_fi,
            postcode: point.address_zip,
            city: point.address_city_fi,
            country: "FI".into(),
        },
        languages: ["fi", "sv", "en"].map(str::to_owned).into(),
        zone: "Europe/Helsinki".into(),
        operator: Operator::Library,
        commissioned_by: None,
        duration: Duration::Permanent,
    })
}

/// When it is open in a year, with Swedish public holidays as Sundays.
pub fn hours(year: i32) -> Result<Hours, BadData> {
    let week: Library = read("helsinki_kirjastot_data_simple.json", WEEK)?;
    let summer: Library = read("helsinki_kirjastot_data_pattern.json", SUMMER)?;
    let weekly = weekly(&week.data.schedules)?;
    let periods = week.refs.period.values();
    let seasons = periods
        .map(|period| season(period, year, &weekly))
        .collect::<Result<_, _>>()?;
    Ok(Hours {
        weekly: weekly.clone(),
        seasons,
        calendar: HolidayCalendar::Sweden,
        holidays: HolidayPolicy::AsSunday,
        exceptions: midsummer(&summer, year)?,
    })
}

fn weekly(schedules: &[Schedule]) -> Result<Week, BadData> {
    let mut week = Week::default();
    for schedule in schedules {
        let weekday = date(&schedule.date)?.date().format("%A").to_string();
        let place = match weekday.as_str() {
            "Monday" => &mut week.monday,
            "Tuesday" => &mut week.tuesday,
            "Wednesday" => &mut week.wednesday,
            "Thursday" => &mut week.thursday,
            "Friday" => &mut week.friday,
            "Saturday" => &mut week.saturday,
            _ => &mut week.sunday,
        };
        *place = day_hours(schedule)?;
    }
    Ok(week)
}

fn day_hours(schedule: &Schedule) -> Result<DayHours, BadData> {
    let (mut open, mut staffed) = (Vec::new(), Vec::new());
    for times in &schedule.times {
        let span: Span = format!("{}-{}", times.from, times.to).parse()?;
        open.push(span);
        if times.status == STAFFED {
            staffed.push(span);
        }
    }
    Ok(DayHours::new(open, staffed)?)
}

fn season(period: &Period, year: i32, weekly: &Week) -> Result<Season, BadData> {
    Ok(Season {
        first: in_year(&period.valid_from, year)?,
        last: in_year(&period.valid_until, year)?,
        name: Text::new([("fi", without_year(&period.name))]),
        weekly: weekly.clone(),
    })
}

/// "Kesä2020" is the name of any summer but for its year.
fn without_year(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// The days of the period "Juhannus", each as far from Midsummer Day as it was.
fn midsummer(summer: &Library, year: i32) -> Result<Vec<Exception>, BadData> {
    use allkontor_core::model::Holiday::Midsummer;
    let (y, m, d) = MIDSUMMER_THEN;
    let then = OfficeDay::from_ymd(y, m, d).ok_or_else(|| missing("midsummer 2020"))?;
    let now = HolidayCalendar::Sweden.of_year(year);
    let (now, _) = now
        .into_iter()
        .find(|(_, holiday)| *holiday == Midsummer)
        .ok_or_else(|| missing(format!("midsummer {year}")))?;
    let (number, _) = summer
        .refs
        .period
        .iter()
        .find(|(_, period)| period.name == "Juhannus")
        .ok_or_else(|| missing("the period Juhannus"))?;
    let days = summer.data.schedules.iter();
    days.filter(|schedule| schedule.period.to_string() == *number)
        .map(|schedule| {
            let from_midsummer = date(&schedule.date)?.get().saturating_sub(then.get());
            Ok(Exception {
                day: now.plus(from_midsummer),
                hours: day_hours(schedule)?,
                note: Text::new([("fi", schedule.info.as_deref().unwrap_or("Juhannus"))]),
            })
        })
        .collect()
}

fn read<T: for<'a> Deserialize<'a>>(file: &'static str, text: &str) -> Result<T, BadData> {
    serde_json::from_str(text).map_err(|error| BadData::Unreadable { file, error })
}

fn date(text: &str) -> Result<OfficeDay, BadData> {
    let mut parts = text.split('-').map(str::parse::<i32>);
    let mut next = || parts.next().and_then(Result::ok);
    let (year, month, day) = (next(), next(), next());
    let found = || {
        OfficeDay::from_ymd(
            year?,
            u32::try_from(month?).ok()?,
            u32::try_from(day?).ok()?,
        )
    };
    found().ok_or_else(|| missing(format!("a date in {text:?}")))
}

/// The same month and day of another year; 1 June and 9 August exist in each.
fn in_year(text: &str, year: i32) -> Result<OfficeDay, BadData> {
    let (_, month_and_day) = text.split_once('-').unwrap_or_default();
    date(&format!("{year}-{month_and_day}"))
}

fn missing(what: impl Into<String>) -> BadData {
    BadData::Missing { what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use allkontor_core::time::DayStart;

    fn open(month: u32, day: u32) -> String {
        let day = OfficeDay::from_ymd(2026, month, day).unwrap();
        let hours = hours(2026).unwrap();
        let spans = |all: Vec<allkontor_core::time::Interval>| {
            let clock = |at: allkontor_core::time::CivilMinute| at.to_string()[11..].to_owned();
            let all: Vec<_> = all
                .iter()
                .map(|i| clock(i.start()) + "-" + &clock(i.end()))
                .collect();
            if all.is_empty() {
                "closed".into()
            } else {
                all.join(" ")
            }
        };
        let start = DayStart::default();
        let note = hours
            .exception(day)
            .map_or("", |e| e.note.in_language("fi"));
        format!(
            "{day} {:9} open {} staffed {} {note}",
            day.date().format("%A").to_string(),
            spans(hours.open(day, start)),
            spans(hours.staffed(day, start))
        )
        .trim_end()
        .to_owned()
    }

    #[test]
    fn the_library_is_the_one_in_the_data() {
        let profile = profile().unwrap();
        assert_eq!(profile.name.in_language("fi"), "Kallion kirjasto");
        assert_eq!(profile.name.in_language("sv"), "Berghälls bibliotek");
        assert_eq!(profile.address.street, "Viides linja 11");
        assert_eq!(
            (
                profile.address.postcode.as_str(),
                profile.address.city.as_str()
            ),
            ("00530", "Helsinki")
        );
    }

    #[test]
    fn the_week_of_midsummer_is_as_the_data_has_it_moved_to_its_year() {
        let days: Vec<String> = (15..=22).map(|day| open(6, day)).collect();
        expect_test::expect![[r#"
            2026-06-15 Monday    open 08:00-20:00 staffed 10:00-20:00
            2026-06-16 Tuesday   open 08:00-20:00 staffed 10:00-20:00
            2026-06-17 Wednesday open 08:00-20:00 staffed 10:00-20:00
            2026-06-18 Thursday  open 08:00-18:00 staffed 10:00-18:00 Juhannuksen aaton aatto
            2026-06-19 Friday    open closed staffed closed Juhannusaatto
            2026-06-20 Saturday  open closed staffed closed Juhannuspäivä
            2026-06-21 Sunday    open closed staffed closed Juhannuksen jälkeinen sunnuntai
            2026-06-22 Monday    open 08:00-20:00 staffed 10:00-20:00"#]]
        .assert_eq(&days.join("\n"));
    }

    #[test]
    fn a_swedish_holiday_is_a_sunday_and_sundays_are_closed() {
        // 6 June 2028, Sweden's national day, is a Tuesday.
        let day = OfficeDay::from_ymd(2028, 6, 6).unwrap();
        assert!(
            hours(2028)
                .unwrap()
                .open(day, DayStart::default())
                .is_empty()
        );
    }
}
