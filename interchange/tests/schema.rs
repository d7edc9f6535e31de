//! Hours as schema.org writes them.
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "tests")]

use allkontor_core::model::{
    DayHours, Exception, HolidayCalendar, HolidayPolicy, Hours, Season, Span, Text, Week,
};
use allkontor_core::time::OfficeDay;
use allkontor_interchange::schema::{MAX_JSON, MAX_SPECIFICATIONS, from_hours, read};
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> OfficeDay {
    OfficeDay::from_ymd(year, month, day).unwrap()
}

fn open(spans: &[&str]) -> DayHours {
    let spans = spans.iter().map(|span| span.parse().unwrap());
    DayHours::new(spans.collect(), Vec::new()).unwrap()
}

fn summer() -> Hours {
    let staffed = |from: &str, staffed: &str| {
        DayHours::new(vec![from.parse().unwrap()], vec![staffed.parse().unwrap()]).unwrap()
    };
    Hours {
        weekly: Week::new(
            staffed("08:00-22:00", "10:00-16:00"),
            open(&["10:00-12:00", "13:00-18:00"]),
        ),
        seasons: vec![Season {
            first: day(2027, 6, 21),
            last: day(2027, 8, 15),
            name: Text::new([("sv", "sommar")]),
            weekly: Week::new(open(&["10:00-16:00"]), DayHours::closed()),
        }],
        calendar: HolidayCalendar::Sweden,
        holidays: HolidayPolicy::AsSunday,
        exceptions: vec![
            Exception {
                day: day(2026, 12, 24),
                hours: DayHours::closed(),
                note: Text::new([("sv", "julafton, \"stängt\"")]),
            },
            Exception {
                day: day(2026, 12, 31),
                hours: open(&["18:00-26:00"]),
                note: Text::default(),
            },
        ],
    }
}

#[test]
fn p2_hours_come_back_from_schema_org_as_they_went() {
    let written = from_hours(&summer(), "sv").unwrap();
    let mut expected = summer();
    expected.exceptions[0].note = Text::new([("sv", "julafton, 'stängt'")]);
    assert_eq!(
        read(&written, HolidayCalendar::Sweden, "sv").unwrap(),
        expected
    );
    let said: serde_json::Value = serde_json::from_str(&written).unwrap();
    let new_year = &said["specialOpeningHoursSpecification"][4];
    assert_eq!(new_year["validFrom"], "2026-12-31");
    assert_eq!(
        (&new_year["opens"], &new_year["closes"]),
        (&"18:00".into(), &"02:00".into())
    );
    assert_eq!(said["contactPoint"]["hoursAvailable"][0]["opens"], "10:00");
}

#[test]
fn p2_a_page_as_others_write_it_is_read() {
    let page = r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, {"@type": "Library",
        "openingHoursSpecification": [
            {"dayOfWeek": ["https://schema.org/Monday", "http://schema.org/Tuesday"], "opens": "08:00:00", "closes": "18:00"},
            {"dayOfWeek": "Monday", "opens": "19:00", "closes": "21:00"},
            {"dayOfWeek": "Sunday", "opens": "00:00", "closes": "00:00"}],
        "specialOpeningHoursSpecification": {"validFrom": "2026-12-24", "validThrough": "2026-12-24"}}]}"#;
    let hours = read(page, HolidayCalendar::None, "en").unwrap();
    assert_eq!(hours.weekly.monday, open(&["08:00-18:00", "19:00-21:00"]));
    assert_eq!(hours.weekly.tuesday, open(&["08:00-18:00"]));
    assert_eq!(hours.exceptions[0].hours, DayHours::closed());
}

#[test]
fn p2_what_schema_org_cannot_say_and_what_is_wrong_is_refused_with_its_place() {
    let why = |hours: &str| {
        let page = format!(r#"{{"openingHoursSpecification": [{hours}]}}"#);
        read(&page, HolidayCalendar::None, "en")
            .unwrap_err()
            .to_string()
    };
    let good = r#"{"dayOfWeek": "Monday", "opens": "08:00", "closes": "18:00"}"#;
    for (wrong, expected) in [
        (
            r#"{"opens": "8", "closes": "18:00"}"#,
            "specification 2 has opens \"8\": expected a time like 08:00, in whole minutes",
        ),
        (
            r#"{"opens": "08:00"}"#,
            "specification 2 has closes : expected another time than opens",
        ),
        (
            r#"{"dayOfWeek": "Mon", "opens": "08:00", "closes": "09:00"}"#,
            "specification 2 has dayOfWeek \"Mon\": expected Monday to Sunday or PublicHolidays",
        ),
        (
            r#"{"validFrom": "2026-12-24"}"#,
            "specification 2 has validThrough : expected a date not before validFrom",
        ),
        (
            r#"{"dayOfWeek": "PublicHolidays"}"#,
            "PH is written, but no calendar says which days are public holidays",
        ),
    ] {
        assert_eq!(why(&format!("{good}, {wrong}")), expected);
    }
    assert!(
        read("[]", HolidayCalendar::None, "en")
            .unwrap_err()
            .to_string()
            .starts_with("not JSON-LD of a place")
    );
    let week = |hours: &DayHours| Hours {
        weekly: Week::new(hours.clone(), hours.clone()),
        ..Hours::default()
    };
    let long = week(&open(&["08:00-32:00"]));
    assert_eq!(
        from_hours(&long, "en").unwrap_err().to_string(),
        "08:00-32:00 is a day or more, which opens and closes cannot say: write it as two"
    );
    let always = week(&open(&["00:00-24:00"]));
    let back = read(
        &from_hours(&always, "en").unwrap(),
        HolidayCalendar::None,
        "en",
    )
    .unwrap();
    assert_eq!(back, always);
}

#[test]
fn a_page_has_so_many_bytes_and_specifications() {
    let page = |many: usize| {
        let one = r#"{"dayOfWeek":"Monday"}"#;
        let list = vec![one; many].join(",");
        format!(r#"{{"openingHoursSpecification":[{list}]}}"#)
    };
    let read = |text: &str| read(text, HolidayCalendar::None, "en");
    assert!(read(&page(MAX_SPECIFICATIONS)).is_ok());
    assert_eq!(
        read(&page(MAX_SPECIFICATIONS + 1)).unwrap_err().to_string(),
        "501 specifications: the limit is 500"
    );
    let padded = |bytes: usize| page(1) + &" ".repeat(bytes - page(1).len());
    assert!(read(&padded(MAX_JSON)).is_ok());
    assert_eq!(
        read(&padded(MAX_JSON + 1)).unwrap_err().to_string(),
        "text is 65537 bytes: the limit is 65536"
    );
}

fn spans() -> impl Strategy<Value = DayHours> {
    prop::collection::vec((0_u16..1440, 1_u16..1439), 0..3).prop_filter_map("overlap", |spans| {
        let spans = spans
            .into_iter()
            .map(|(from, length)| Span::new(from, (from + length).min(2880)));
        DayHours::new(spans.collect::<Option<_>>()?, Vec::new()).ok()
    })
}

proptest! {
    #[test]
    fn p2_any_week_comes_back_or_is_refused(days in prop::collection::vec(spans(), 7), policy in 0..3) {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = days.try_into().unwrap();
        let weekly = Week { monday, tuesday, wednesday, thursday, friday, saturday, sunday };
        let holidays = [HolidayPolicy::Closed, HolidayPolicy::AsSunday, HolidayPolicy::AsUsual][policy as usize].clone();
        let hours = Hours { weekly, calendar: HolidayCalendar::Sweden, holidays, ..Hours::default() };
        let back = read(&from_hours(&hours, "sv").unwrap(), HolidayCalendar::Sweden, "sv").unwrap();
        // Spans that touch are one, and policies that say the same are one: what counts is when it is open.
        for date in 0..400 {
            let date = day(2027, 1, 1).plus(date);
            let of = |hours: &Hours| hours.open(date, allkontor_core::time::DayStart::default());
            prop_assert_eq!(of(&back), of(&hours), "{}", date);
        }
    }
}
