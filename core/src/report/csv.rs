//! A report as rows (RFC 4180), a figure a row.

use super::{ClassUse, Figure, Report};

const HEAD: &str = "first,last,class,name,figure,at,value";

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// What stands where a count is not told.
const WITHHELD: &str = "withheld";

pub(super) fn write(report: &Report, language: &str) -> String {
    let mut text = format!("{HEAD}\r\n");
    let (first, last, events) = (report.first, report.last, report.events);
    for class in &report.classes {
        let number = class
            .class
            .map_or(String::new(), |class| class.0.to_string());
        let name = field(class.name.in_language(language));
        for (figure, at, value) in rows(class) {
            let value = told(value);
            text.push_str(&format!(
                "{first},{last},{number},{name},{figure},{at},{value}\r\n"
            ));
        }
    }
    for line in &report.money {
        let (number, name) = (line.line.0, field(line.name.in_language(language)));
        let months = line.months.iter();
        let months = months.map(|one| (one.month.to_string(), one.quantity, one.ore));
        let all = std::iter::once((String::new(), line.quantity, line.ore));
        for (at, quantity, ore) in all.chain(months) {
            for (figure, value) in [("line_quantity", quantity), ("line_ore", ore)] {
                let value = told(value);
                text.push_str(&format!(
                    "{first},{last},{number},{name},{figure},{at},{value}\r\n"
                ));
            }
        }
    }
    for (figure, value) in [
        ("events_held", events.held),
        ("event_dates", events.dates),
        ("events_by_partners", events.by_partners),
        ("events_called_off", events.called_off),
        ("event_seats", events.seats),
    ] {
        text.push_str(&format!("{first},{last},,,{figure},,{value}\r\n"));
    }
    text
}

fn told(value: Figure) -> String {
    let count = value.count();
    count.map_or(WITHHELD.to_owned(), |count| count.to_string())
}

fn rows(class: &ClassUse) -> Vec<(&'static str, String, Figure)> {
    let mut rows: Vec<(&'static str, String, Figure)> = [
        ("bookable_minutes", Figure::Count(class.bookable_minutes)),
        ("booked_minutes", class.booked_minutes),
        ("asked", class.asked),
        ("booked", class.booked),
        ("came", class.came),
        ("held", class.held),
        ("no_show", class.no_show),
        ("cancelled", class.cancelled),
        ("unmet", class.unmet),
        ("declined", class.declined),
        ("displaced", class.displaced),
        ("waiting", class.waiting),
    ]
    .into_iter()
    .map(|(figure, value)| (figure, String::new(), value))
    .collect();
    for (hours, weekdays, pattern) in [
        ("use_by_hour", "use_by_weekday", &class.use_by),
        ("unmet_by_hour", "unmet_by_weekday", &class.unmet_by),
    ] {
        let clock = pattern.hours.iter().enumerate();
        rows.extend(clock.map(|(hour, value)| (hours, format!("{hour:02}"), *value)));
        let week = WEEKDAYS.iter().zip(&pattern.weekdays);
        rows.extend(week.map(|(day, value)| (weekdays, (*day).to_owned(), *value)));
    }
    let waited = [
        ("quarter_hour", class.waited.quarter_hour),
        ("hour", class.waited.hour),
        ("day", class.waited.day),
        ("longer", class.waited.longer),
    ];
    rows.extend(waited.map(|(at, value)| ("waited", at.to_owned(), value)));
    rows
}

/// A field of text. One that a spreadsheet would take for a formula is made text by an apostrophe (OWASP, *CSV injection*).
fn field(text: &str) -> String {
    let starts_a_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if starts_a_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
