//! Runs the files, as every language does: from what they say and nothing else.

use crate::form::{Codes, History, Taken, Texts};
use allkontor::{
    AllkontorError, BookingKey, Cause, DateOutcome, DayEntry, Device, EntryKind, Interval, Ledger,
    Scanned, Stage, Wanted, What, Words, read_code,
};
use allkontor_core::id::{OfficeId, StatementId, UnitId};
use allkontor_core::time::{CivilMinute, OfficeDay, Timestamp};
use std::sync::Arc;

pub(crate) fn bytes(text: &str) -> Vec<u8> {
    data_encoding::BASE64.decode(text.as_bytes()).unwrap()
}

pub(crate) fn minute(text: &str) -> CivilMinute {
    text.parse().unwrap()
}

pub(crate) fn interval(start: &str, end: &str) -> Interval {
    Interval {
        start: minute(start),
        end: minute(end),
    }
}

pub(crate) fn day(text: &str) -> OfficeDay {
    OfficeDay::from_date(text.parse().unwrap()).unwrap()
}

/// A visitor's device of that office that knows nothing yet.
pub(crate) fn newcomer(office: &str) -> (tempfile::TempDir, Arc<Device>) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap().to_owned();
    let office = OfficeId::from_hex(office).unwrap();
    (folder, Device::join(place, office, vec![42; 32]).unwrap())
}

pub(crate) fn stage_word(stage: &Stage) -> (&'static str, Vec<u32>) {
    let (word, holds) = match stage {
        Stage::Asked => ("asked", None),
        Stage::Likely { holds } => ("likely", Some(holds)),
        Stage::Alternative { holds } => ("alternative", Some(holds)),
        Stage::Waiting { .. } => ("waiting", None),
        Stage::Confirmed { holds } => ("confirmed", Some(holds)),
        Stage::CheckedIn { holds } => ("checked_in", Some(holds)),
        Stage::Moved => ("moved", None),
        Stage::Released { .. } => ("released", None),
        Stage::Declined { .. } => ("declined", None),
        Stage::Withdrawn { .. } => ("withdrawn", None),
        Stage::Cancelled => ("cancelled", None),
    };
    let units = holds.into_iter().flatten().map(|hold| hold.unit.0);
    (word, units.collect())
}

pub(crate) fn taken(entry: &DayEntry) -> Taken {
    Taken {
        unit: entry.unit.0,
        start: entry.interval.start.to_string(),
        end: entry.interval.end.to_string(),
        kind: match entry.kind {
            EntryKind::Confirmed => "confirmed",
            EntryKind::CheckedIn => "checked_in",
            EntryKind::Leaving => "leaving",
            EntryKind::Occupied { .. } => "occupied",
            EntryKind::Expected => "expected",
        }
        .to_owned(),
    }
}

pub(crate) fn causes() -> Vec<(&'static str, Cause)> {
    vec![
        ("cancelled", Cause::Cancelled),
        ("moved", Cause::Moved),
        ("no_show", Cause::NoShow),
        ("closed", Cause::Closed),
        ("override", Cause::Override),
        ("lost", Cause::Lost),
        ("ended", Cause::Ended),
        ("limit", Cause::Limit),
        ("rules", Cause::Rules),
        ("uses", Cause::Uses),
        ("staff", Cause::Staff),
        ("present", Cause::Present),
    ]
}

pub(crate) fn texts(texts: &Texts) {
    assert_eq!(texts.languages, allkontor::languages().unwrap());
    for language in &texts.languages {
        let words = Words::plain(language.clone()).unwrap();
        for (code, text) in &texts.errors {
            assert_eq!(words.error(code.clone()).unwrap(), text[language], "{code}");
        }
        for (word, cause) in causes() {
            let text = &texts.causes[word][language];
            assert_eq!(words.cause(cause).unwrap(), *text, "{word}");
        }
        for span in &texts.spans {
            let said = words.span(interval(&span.start, &span.end)).unwrap();
            assert_eq!(said, span.text[language]);
        }
    }
}

pub(crate) fn history(history: &History) {
    let now = Timestamp(history.now);
    let (_folder, device) = newcomer(&history.office);
    for file in &history.files {
        device.import_file(now, bytes(file)).unwrap();
    }
    assert_eq!(
        device.digest().unwrap(),
        history.digest,
        "{}",
        history.shows
    );
    for (language, name) in &history.name {
        let office = device.office(language.clone()).unwrap().unwrap();
        assert_eq!(office.name, *name);
    }
    let mut ledgers = Vec::new();
    for expected in &history.days {
        let on = day(&expected.day);
        let entries = device.day(on, None, 1000).unwrap();
        let found: Vec<Taken> = entries.iter().map(taken).collect();
        assert_eq!(found, expected.taken, "{}: {on}", history.shows);
        let hours = device.hours(on, 1, "en".to_owned()).unwrap().unwrap();
        let open = hours[0].open.iter();
        let open: Vec<_> = open
            .map(|at| (at.start.to_string(), at.end.to_string()))
            .collect();
        assert_eq!(open, expected.open, "{}: {on}", history.shows);
        let ledger = Ledger::OfMonth {
            year: expected.day[..4].parse().unwrap(),
            month: expected.day[5..7].parse().unwrap(),
        };
        if !ledgers.contains(&ledger) {
            ledgers.push(ledger);
        }
    }
    let mut filed = Vec::new();
    for ledger in ledgers {
        filed.extend(device.desk_bookings(ledger, None, 1000).unwrap());
    }
    assert_eq!(filed.len(), history.bookings.len(), "{}", history.shows);
    for expected in &history.bookings {
        let ticket = StatementId::from_hex(&expected.ticket).unwrap();
        let key = BookingKey {
            ticket,
            slot: expected.slot,
        };
        let found = filed.iter().find(|booking| booking.key == key).unwrap();
        let (word, units) = stage_word(&found.status.stage);
        assert_eq!(
            (word, units),
            (expected.stage.as_str(), expected.units.clone())
        );
        let why = device.explain_at_desk(now, key).unwrap().unwrap();
        for (language, lines) in &expected.why {
            let words = device.words(language.clone()).unwrap();
            assert_eq!(words.explanation(why.clone()).unwrap(), *lines);
        }
    }
    for ask in &history.asks {
        let wanted = Wanted {
            what: What::ExactlyUnit {
                unit: UnitId(ask.unit),
            },
            dates: vec![interval(&ask.start, &ask.end)],
            alternatives: Vec::new(),
            needs: Vec::new(),
            party: 1,
        };
        let outcome = device.book(now, wanted).unwrap().remove(0);
        let refusal = match outcome {
            DateOutcome::Refused { refusal } => Some(refusal),
            DateOutcome::Requested { .. } => None,
        };
        assert_eq!(refusal.as_ref().map(|refusal| refusal.number), ask.refused);
        for (language, text) in &ask.text {
            let words = device.words(language.clone()).unwrap();
            let rule = refusal.clone().unwrap().rule;
            assert_eq!(words.rule(rule).unwrap(), *text);
        }
    }
}

pub(crate) fn kind_word(scanned: &Scanned) -> &'static str {
    match scanned {
        Scanned::Invitation { .. } => "invitation",
        Scanned::RequestCard => "request_card",
        Scanned::Certificate => "certificate",
        Scanned::Enrolment => "enrolment",
        Scanned::Agreement { .. } => "agreement",
        Scanned::Organiser => "organiser",
        Scanned::Backup { .. } => "backup",
        Scanned::OnPaper { .. } => "on_paper",
    }
}

/// What a door answers to bad bytes: the error's code.
pub(crate) fn knock(device: &Device, door: &str, bytes: Vec<u8>) -> String {
    let now = Timestamp(0);
    let answer: Result<(), AllkontorError> = match door {
        "import_file" => device.import_file(now, bytes),
        "scan_card" => device.scan_card(now, bytes),
        "scan_enrolment" => device.scan_enrolment(bytes).map(drop),
        "verify_certificate" => device.verify_certificate(bytes).map(drop),
        "read_code" => read_code(bytes).map(drop),
        other => panic!("no door {other}"),
    };
    answer.unwrap_err().code().to_owned()
}

pub(crate) fn codes(codes: &Codes) {
    for payload in &codes.payloads {
        let scanned = read_code(bytes(&payload.bytes)).unwrap();
        assert_eq!(kind_word(&scanned), payload.kind);
    }
    let (_folder, device) = newcomer(&codes.office);
    for bad in &codes.bad {
        assert_eq!(knock(&device, &bad.door, bytes(&bad.bytes)), bad.code);
    }
}
