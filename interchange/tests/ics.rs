//! iCalendar files in, and our own read back.
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "tests")]

use allkontor_core::id::{OfficeId, StatementId, UnitId};
use allkontor_core::model::{Catalogue, Text};
use allkontor_core::resolve::SlotKey;
use allkontor_core::time::{CivilMinute, Interval, OfficeDay, Timestamp, Zone};
use allkontor_interchange::ics::{
    self, Calendar, Event, Import, MAX_BYTES, MAX_DATES, MAX_DEPTH, MAX_EVENTS, MAX_LENGTH_DAYS,
    MAX_LINE, MAX_UID, NotIcs, Status, Uid, When, into_catalogue, unit_named,
};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::fmt::Write;

fn stockholm() -> Zone {
    Zone::new("Europe/Stockholm").unwrap()
}

fn read(file: &str) -> Result<Import, NotIcs> {
    ics::read(file.replace('\n', "\r\n").as_bytes(), stockholm())
}

/// A file with these lines in one event after another.
fn events(events: &[&str]) -> String {
    let mut file = "BEGIN:VCALENDAR\nVERSION:2.0\n".to_owned();
    for event in events {
        let _ = write!(file, "BEGIN:VEVENT\n{event}\nEND:VEVENT\n");
    }
    file + "END:VCALENDAR\n"
}

/// What is read, line by line.
fn told(import: &Import) -> String {
    let mut told = String::new();
    for date in &import.dates {
        let cancelled = if date.cancelled { " cancelled" } else { "" };
        let _ = writeln!(
            told,
            "{} {} {}{cancelled}",
            date.line, date.uid, date.interval
        );
    }
    for refused in &import.refused {
        let _ = writeln!(told, "{refused}");
    }
    told
}

fn check(file: &str, expected: Expect) {
    expected.assert_eq(&told(&read(file).unwrap()));
}

#[test]
fn b10_times_of_every_form_come_out_on_the_offices_clock() {
    check(
        &events(&[
            "UID:utc\nDTSTART:20261124T090000Z\nDTEND:20261124T100000Z",
            "UID:floating\nDTSTART:20261124T090000\nDURATION:PT1H30M",
            "UID:new-york\nDTSTART;TZID=America/New_York:20261124T090000\nDTEND;TZID=America/New_York:20261124T100000",
            "UID:outlook\nDTSTART;TZID=\"W. Europe Standard Time\":20261124T090000\nDURATION:P0DT2H",
            "UID:days\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
            "UID:day\nDTSTART:20261224",
            "UID:spring\nDTSTART:20270328T010000\nDURATION:PT2H",
            "UID:autumn\nDTSTART:20261025T010000\nDURATION:PT3H",
        ]),
        expect![[r#"
            3 utc 2026-11-24T10:00/2026-11-24T11:00
            8 floating 2026-11-24T09:00/2026-11-24T10:30
            13 new-york 2026-11-24T15:00/2026-11-24T16:00
            18 outlook 2026-11-24T09:00/2026-11-24T11:00
            23 days 2026-12-24T00:00/2026-12-27T00:00
            28 day 2026-12-24T00:00/2026-12-25T00:00
            32 spring 2027-03-28T01:00/2027-03-28T04:00
            37 autumn 2026-10-25T01:00/2026-10-25T03:00
        "#]],
    );
}

#[test]
fn b10_a_series_is_written_out_less_its_exceptions_with_its_changes() {
    check(
        &events(&[
            "UID:choir\nSEQUENCE:2\nDTSTART;TZID=Europe/Stockholm:20261020T180000\nDURATION:PT2H\n\
             RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Stockholm:20261103T180000",
            "UID:choir\nRECURRENCE-ID:20261027T170000Z\nDTSTART:20261028T190000\nDURATION:PT1H",
            "UID:choir\nRECURRENCE-ID:20261110T180000\nSTATUS:CANCELLED\nDTSTART:20261110T180000\nDURATION:PT2H",
            "UID:choir\nRECURRENCE-ID:20261117T180000\nDTSTART:20261117T180000\nDURATION:PT2H",
            "UID:utc\nDTSTART:20261020T160000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20261027T160000Z",
        ]),
        expect![[r#"
            3 choir 2026-10-20T18:00/2026-10-20T20:00
            11 choir 2026-10-28T19:00/2026-10-28T20:00
            17 choir 2026-11-10T18:00/2026-11-10T20:00 cancelled
            30 utc 2026-10-20T18:00/2026-10-20T19:00
            30 utc 2026-10-27T17:00/2026-10-27T18:00
            line 24: RECURRENCE-ID names 2026-11-17T18:00: no event of that name in the file has that date
        "#]],
    );
}

#[test]
fn b10_each_refusal_says_which_line_and_why_and_stops_no_other_event() {
    check(
        &events(&[
            "UID:1\nDTSTART:20261124T090001\nDURATION:PT1H",
            "UID:2\nDTSTART;TZID=Mars/Olympus:20261124T090000\nDURATION:PT1H",
            "UID:3\nDTSTART:20261124T090000\nDTEND:20261124T090000",
            "UID:4\nDTSTART:20261124T090000",
            "DTSTART:20261124T090000\nDURATION:PT1H",
            "UID:6\nDTSTART:20261124T090000\nDURATION:PT1H\nRRULE:FREQ=YEARLY",
            "UID:7\nDTSTART:20261124T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY",
            "UID:8\nDTSTART:20261124T090000\nDURATION:PT1H\nRDATE:20261125T090000",
            "UID:9\nDTSTART:20270328T023000\nDURATION:PT1H",
            "UID:10\nno colon here\nDTSTART:20261124T090000\nDURATION:PT1H",
            "UID:11\nDTSTART:20261124T090000\nDURATION:-PT1H",
            "UID:12\nDTSTART:20261124T090000\nDTSTART:20261124T100000\nDURATION:PT1H",
            "UID:13\nDTSTART:20261124T090000\nDURATION:PT1H",
            "UID:13\nDTSTART:20261124T100000\nDURATION:PT1H",
            "UID:14\nDTSTART:20261324T090000\nDURATION:PT1H",
            "UID:15\nDTSTART:22010101T090000\nDURATION:PT1H",
            "UID:16\nDTSTART:20261124T090000\nDURATION:PT1H\nSEQUENCE:-1",
            "UID:17\nDTSTART:20261124T090000\nDURATION:PT1H\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM",
        ]),
        expect![[r#"
            66 13 2026-11-24T09:00/2026-11-24T10:00
            92 17 2026-11-24T09:00/2026-11-24T10:00
            line 5: DTSTART has "20261124T090001": expected a date like 20261124, or a time like 20261124T090000 in whole minutes
            line 10: the time zone "Mars/Olympus" is not known
            line 16: it ends at 2026-11-24T09:00, which is not after its start at 2026-11-24T09:00
            line 18: DTEND is missing
            line 22: UID is missing
            line 30: RRULE: FREQ has "YEARLY": expected DAILY, WEEKLY or MONTHLY
            line 36: RRULE: rule has no end: COUNT or UNTIL is needed
            line 42: RDATE is not supported
            line 46: the clocks skip 2027-03-28T02:30
            line 51: not a line like NAME;PARAMETER=value:value
            line 58: DURATION has "-PT1H": expected a length like PT1H30M or P1D, in whole minutes
            line 63: DTSTART is there twice
            line 71: the event stands on line 66 too, in this version or a later one
            line 78: DTSTART has "20261324T090000": expected a date like 20261124, or a time like 20261124T090000 in whole minutes
            line 83: DTSTART is outside the years 1970 to 2199
            line 90: SEQUENCE has "-1": expected a whole number
        "#]],
    );
}

#[test]
fn b10_a_file_that_is_no_calendar_is_refused_whole() {
    for (file, why) in [
        ("", "line 1: expected BEGIN:VCALENDAR, found \"\""),
        (
            "hello\n",
            "line 1: expected BEGIN:VCALENDAR, found \"something else\"",
        ),
        (
            "BEGIN:VEVENT\n",
            "line 1: expected BEGIN:VCALENDAR, found \"VEVENT\"",
        ),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
            "line 3: expected the END of what began last, found \"VCALENDAR\"",
        ),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
            "line 2: expected an END for each BEGIN, found \"the end, within VEVENT\"",
        ),
    ] {
        assert_eq!(read(file).unwrap_err().to_string(), why);
    }
    let bad = ics::read(b"BEGIN:VCALENDAR\n\xff", stockholm()).unwrap_err();
    assert_eq!(bad.to_string(), "line 2 is not UTF-8");
    let tasks = "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nEND:VTODO\nEND:VCALENDAR\n";
    check(
        tasks,
        expect![[r#"
        line 2: VTODO is not an event
    "#]],
    );
}

const HOUR: &str = "DTSTART:20261124T090000\nDURATION:PT1H";

#[test]
fn a_calendar_file_has_so_many_bytes_lines_events_and_dates() {
    let padded = |bytes: usize| {
        let file = events(&[]).replace('\n', "\r\n");
        let mut file = file.into_bytes();
        file.resize(bytes, b'\n');
        ics::read(&file, stockholm())
    };
    assert!(padded(MAX_BYTES).is_ok());
    let why = padded(MAX_BYTES + 1).unwrap_err().to_string();
    assert_eq!(why, "file is 4194305 bytes: the limit is 4194304");

    let line = |bytes: usize| {
        let text = "x".repeat(bytes - "SUMMARY:".len());
        read(&events(&[&format!("UID:1\n{HOUR}\nSUMMARY:{text}")])).unwrap()
    };
    assert_eq!(line(MAX_LINE).dates.len(), 1);
    let refused = line(MAX_LINE + 1).refused;
    assert_eq!(
        refused[0].to_string(),
        "line 7: the line is 16385 bytes: the limit is 16384"
    );

    let many = |count: usize, of: &str| {
        let all: Vec<String> = (0..count)
            .map(|uid| format!("UID:{uid}\n{HOUR}{of}"))
            .collect();
        read(&events(&all.iter().map(String::as_str).collect::<Vec<_>>()))
    };
    assert_eq!(many(MAX_EVENTS, "").unwrap().dates.len(), MAX_EVENTS);
    let why = many(MAX_EVENTS + 1, "").unwrap_err().to_string();
    assert_eq!(why, "line 25003: more than 5000 events");

    let weeks = "\nRRULE:FREQ=WEEKLY;COUNT=50";
    assert_eq!(many(MAX_DATES / 50, weeks).unwrap().dates.len(), MAX_DATES);
    let import = many(MAX_DATES / 50 + 1, weeks).unwrap();
    assert_eq!(import.dates.len(), MAX_DATES);
    assert_eq!(
        import.refused[0].to_string(),
        "line 1203: more than 10000 dates in the file"
    );
}

#[test]
fn an_event_has_so_long_a_name_and_lasts_so_long_and_components_lie_so_deep() {
    let named =
        |bytes: usize| read(&events(&[&format!("UID:{}\n{HOUR}", "x".repeat(bytes))])).unwrap();
    assert_eq!(named(MAX_UID).dates.len(), 1);
    let why = named(MAX_UID + 1).refused[0].to_string();
    assert!(
        why.starts_with("line 4: UID has \"xxx") && why.ends_with("expected at most 512 bytes"),
        "{why}"
    );

    let lasting = |days: i32| {
        read(&events(&[&format!(
            "UID:1\nDTSTART:20261124\nDURATION:P{days}D"
        )]))
        .unwrap()
    };
    assert_eq!(lasting(MAX_LENGTH_DAYS).dates.len(), 1);
    assert_eq!(
        lasting(MAX_LENGTH_DAYS + 1).refused[0].to_string(),
        "line 6: it lasts 401 days: the limit is 400"
    );

    let deep = |depth: usize| {
        let inner = depth - 1;
        let begin = "BEGIN:X\n".repeat(inner);
        read(&format!(
            "BEGIN:VCALENDAR\n{begin}{}END:VCALENDAR\n",
            "END:X\n".repeat(inner)
        ))
    };
    assert!(deep(MAX_DEPTH).is_ok());
    let why = deep(MAX_DEPTH + 1).unwrap_err().to_string();
    assert_eq!(
        why,
        "line 5: components lie in one another more than 4 deep"
    );
    // A rule without end is one that cannot be written out.
    let endless = events(&[&format!("UID:1\n{HOUR}\nRRULE:FREQ=DAILY;COUNT=65535")]);
    let why = read(&endless).unwrap().refused[0].to_string();
    assert_eq!(
        why,
        "line 7: RRULE: series has more than 60 dates: the last that fits is 2027-01-22"
    );
}

#[test]
fn b10_folded_lines_escapes_and_what_is_private_are_read_as_meant() {
    let file = events(&[
        "UID:1\nDTSTART;X-A=\"a:b;c\":2026112\n 4T090000\nDURATION:PT1H\nSUMMARY;LANGUAGE=sv:Möte\\, sto\n rt\\n\\;x",
        "UID:2\nCLASS:PRIVATE\nDTSTART:20261124T090000\nDURATION:PT1H\nSUMMARY:Läkare\nLOCATION:Rum 1",
    ]);
    let import = read(&file).unwrap();
    assert_eq!(import.dates[0].summary, "Möte, stort\n;x");
    assert_eq!(
        (
            import.dates[1].summary.as_str(),
            import.dates[1].location.as_str()
        ),
        ("", "Rum 1")
    );
    let cancels = file.replace("VERSION:2.0", "METHOD:CANCEL");
    assert!(
        read(&cancels)
            .unwrap()
            .dates
            .iter()
            .all(|date| date.cancelled)
    );
}

fn catalogue() -> Catalogue {
    Catalogue::from_bytes(
        r#"{"profile": {"name": {"sv": "Kontoret"}, "languages": ["sv"], "zone": "Europe/Stockholm",
        "operator": "library", "duration": {"kind": "permanent"},
        "address": {"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"}},
        "classes": {"1": {"name": {"sv": "Rum"}, "kind": "room"}},
        "units": {"1": {"name": {"sv": "Rum 1", "en": "Room 1"}, "class": 1}}}"#
            .as_bytes(),
    )
    .unwrap()
}

#[test]
fn b10_closed_days_and_hours_go_into_a_catalogue_once() {
    let office = catalogue();
    assert_eq!(unit_named(&office, "room 1"), Some(UnitId(1)));
    assert_eq!(
        unit_named(&office, "Rum 1, Kontoret, Storgatan 1"),
        Some(UnitId(1))
    );
    assert_eq!(unit_named(&office, ""), None);
    let file = events(&[
        "UID:1\nDTSTART:20261224\nDTEND:20261227\nSUMMARY:Jul",
        "UID:2\nDTSTART:20261124T080000\nDURATION:PT4H\nSUMMARY:Målning\nLOCATION:Rum 1",
        "UID:3\nDTSTART:20261231T120000\nDURATION:PT4H",
    ]);
    let parts = into_catalogue(&office, &read(&file).unwrap(), "sv");
    let days: Vec<String> = parts
        .hours
        .exceptions
        .iter()
        .map(|e| e.day.to_string())
        .collect();
    assert_eq!(days, ["2026-12-24", "2026-12-25", "2026-12-26"]);
    assert_eq!(parts.hours.exceptions[0].note, Text::new([("sv", "Jul")]));
    let closed: Vec<_> = parts
        .closures
        .iter()
        .map(|c| (c.unit, c.interval.to_string()))
        .collect();
    assert_eq!(
        closed,
        [
            (
                Some(UnitId(1)),
                "2026-11-24T08:00/2026-11-24T12:00".to_owned()
            ),
            (None, "2026-12-31T12:00/2026-12-31T16:00".to_owned()),
        ]
    );
    let once = Catalogue::new(parts.clone()).unwrap();
    assert_eq!(into_catalogue(&once, &read(&file).unwrap(), "sv"), parts);
    let cancelled = read(&file.replace("VERSION:2.0", "METHOD:CANCEL")).unwrap();
    assert_eq!(
        into_catalogue(&once, &cancelled, "sv"),
        office.parts().clone()
    );
}

proptest! {
    #[test]
    fn b10_what_we_write_we_read(
        spans in prop::collection::vec((-10_000_i32..20_000_000, 1_i32..3_000, 0_u32..9), 0..12),
        text in "\\PC{0,90}",
    ) {
        let events = spans.iter().enumerate().map(|(index, (start, length, sequence))| {
            let start = CivilMinute::new((*start).into()).unwrap();
            let when = When::Minutes(Interval::new(start, start.plus(*length).unwrap()).unwrap());
            let key = SlotKey { ticket: StatementId([7; 32]), slot: index as u8 };
            Event {
                sequence: *sequence,
                location: text.clone(),
                ..Event::new(Uid::of_booking(&OfficeId([1; 32]), &key), when, Status::Confirmed, text.clone())
            }
        });
        let calendar = Calendar {
            name: text.clone(),
            language: "sv".to_owned(),
            zone: Zone::new("UTC").unwrap(),
            events: events.collect(),
        };
        let written = calendar.to_bytes(Timestamp(0));
        prop_assert!(written.split(|byte| *byte == b'\n').all(|line| line.len() <= 76));
        let back = ics::read(&written, calendar.zone).unwrap();
        prop_assert_eq!(&back.refused, &[]);
        prop_assert_eq!(back.dates.len(), calendar.events.len());
        for (date, event) in back.dates.iter().zip(&calendar.events) {
            prop_assert_eq!(&date.uid, &event.uid.to_string());
            prop_assert_eq!(When::Minutes(date.interval), event.when);
            prop_assert_eq!(date.sequence, event.sequence);
            prop_assert_eq!(date.summary.as_str(), text.trim());
        }
    }

    #[test]
    fn b10_whatever_stands_in_a_file_it_is_read_or_refused(
        cuts in prop::collection::vec((0_usize..2_000, any::<u8>()), 0..8),
        from in 0_usize..400,
    ) {
        let file = events(&[
            "UID:choir\nDTSTART;TZID=Europe/Stockholm:20261020T180000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=4",
            "UID:choir\nRECURRENCE-ID:20261027T170000Z\nDTSTART:20261028T190000\nDURATION:PT1H",
            "UID:days\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
        ]);
        let mut bytes = file.into_bytes();
        for (at, byte) in cuts {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        bytes.drain(..from.min(bytes.len()) / 7 * 7 % 50);
        if let Ok(import) = ics::read(&bytes, stockholm()) {
            prop_assert!(import.dates.len() <= MAX_DATES);
            let days = import.dates.iter().map(|date| date.interval.minutes() / 1440);
            prop_assert!(days.into_iter().all(|days| days <= MAX_LENGTH_DAYS));
            let _ = OfficeDay::MIN;
        }
    }
}
