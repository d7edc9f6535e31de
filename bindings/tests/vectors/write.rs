//! Writes the files: an office of fixed seeds, and what befalls it.

use crate::form::{
    Asked, Bad, ByLanguage, Codes, Day, Filed, Histories, History, Payload, Span, Texts,
};
use crate::run::{causes, day, interval, kind_word, knock, minute, newcomer, stage_word, taken};
use allkontor::{
    Cause, DateOutcome, Device, Founding, Ledger, Role, Wanted, What, Words, error_codes,
    languages, read_code,
};
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::time::{Timestamp, Zone};
use std::sync::Arc;

pub(crate) const FORMAT: u32 = 1;
pub(crate) const CATALOGUE: &[u8] = include_bytes!("../../../tests/vectors/bindings/office.json");

pub(crate) fn by_language<T>(say: impl Fn(&str) -> T) -> ByLanguage<T> {
    let tags = languages().unwrap().into_iter();
    tags.map(|tag| (tag.clone(), say(&tag))).collect()
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    data_encoding::BASE64.encode(bytes)
}

pub(crate) fn texts() -> Texts {
    let words = |tag: &str| Words::plain(tag.to_owned()).unwrap();
    let spans = [
        ("2026-11-24T10:00", "2026-11-24T11:30"),
        ("2026-11-24T22:00", "2026-11-25T02:00"),
        ("2026-12-31T08:00", "2027-02-01T08:00"),
    ];
    Texts {
        format: FORMAT,
        languages: languages().unwrap(),
        errors: error_codes()
            .unwrap()
            .into_iter()
            .map(|code| {
                let text = by_language(|tag| words(tag).error(code.clone()).unwrap());
                (code, text)
            })
            .collect(),
        causes: causes()
            .into_iter()
            .map(|(word, cause)| {
                let text = by_language(|tag| words(tag).cause(cause.clone()).unwrap());
                (word.to_owned(), text)
            })
            .collect(),
        spans: spans
            .into_iter()
            .map(|(start, end)| Span {
                start: start.to_owned(),
                end: end.to_owned(),
                text: by_language(|tag| words(tag).span(interval(start, end)).unwrap()),
            })
            .collect(),
    }
}

/// An office, its kiosk and some phones.
pub(crate) struct Town {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) kiosk: Arc<Device>,
    phones: u8,
    pub(crate) now: Timestamp,
}

/// The instant at which the office's wall clock shows that.
fn instant(text: &str) -> Timestamp {
    use allkontor_core::time::LocalMinute;
    match Zone::new("Europe/Stockholm").unwrap().local(minute(text)) {
        LocalMinute::Unambiguous(at) => at,
        other => panic!("{text} is {other:?}"),
    }
}

impl Town {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let founding = Founding {
            catalogue: CATALOGUE.to_vec(),
            role: Role::Kiosk,
            device_seed: vec![1; 32],
            recovery_seed: vec![9; 32],
            salt: vec![7; 32],
            day_start: 240,
        };
        let now = instant("2026-11-24T08:00");
        let place = folder.path().to_str().unwrap().to_owned();
        let kiosk = Device::found(place, now, founding).unwrap();
        Self {
            folder,
            kiosk,
            phones: 0,
            now,
        }
    }

    pub(crate) fn phone(&mut self) -> Arc<Device> {
        self.phones += 1;
        let place = self.folder.path().join(self.phones.to_string());
        std::fs::create_dir(&place).unwrap();
        let (place, seed) = (
            place.to_str().unwrap().to_owned(),
            vec![10 + self.phones; 32],
        );
        let invitation = self.kiosk.invitation().unwrap();
        let phone = Device::join_by_invitation(place, invitation, seed).unwrap();
        self.carry(&phone);
        phone
    }

    /// There and back by file, twice: orders, then tickets.
    pub(crate) fn carry(&self, phone: &Device) {
        for _ in 0..2 {
            let here = phone.export_file(self.now);
            here.into_iter()
                .for_each(|file| self.kiosk.import_file(self.now, file).unwrap());
            let there = self.kiosk.export_file(self.now).unwrap();
            phone.import_file(self.now, there).unwrap();
        }
    }

    fn book(&self, phone: &Device, unit: u32, start: &str, end: &str) {
        let wanted = Wanted {
            what: What::UnitOrEqual { unit: UnitId(unit) },
            dates: vec![interval(start, end)],
            alternatives: Vec::new(),
            needs: Vec::new(),
            party: 1,
        };
        let made = phone.book(self.now, wanted).unwrap();
        assert!(matches!(made[0], DateOutcome::Requested { .. }), "{made:?}");
    }

    fn history(&self, shows: &str, files: Vec<Vec<u8>>, days: &[&str], asks: &[Ask]) -> History {
        let office = self.kiosk.office_id().unwrap().to_string();
        let (_folder, device) = newcomer(&office);
        for file in &files {
            device.import_file(self.now, file.clone()).unwrap();
        }
        let words = |tag: &str| device.words(tag.to_owned()).unwrap();
        let ledger = Ledger::OfMonth {
            year: 2026,
            month: 11,
        };
        let bookings = device.desk_bookings(ledger, None, 1000).unwrap();
        History {
            shows: shows.to_owned(),
            now: self.now.0,
            files: files.iter().map(|file| base64(file)).collect(),
            digest: device.digest().unwrap(),
            name: by_language(|tag| device.office(tag.to_owned()).unwrap().unwrap().name),
            days: days.iter().map(|on| shown(&device, on)).collect(),
            bookings: bookings
                .iter()
                .map(|booking| {
                    let why = device
                        .explain_at_desk(self.now, booking.key)
                        .unwrap()
                        .unwrap();
                    let (stage, units) = stage_word(&booking.status.stage);
                    Filed {
                        ticket: booking.key.ticket.to_string(),
                        slot: booking.key.slot,
                        stage: stage.to_owned(),
                        units,
                        why: by_language(|tag| words(tag).explanation(why.clone()).unwrap()),
                    }
                })
                .collect(),
            asks: asks
                .iter()
                .map(|(unit, start, end)| {
                    let wanted = Wanted {
                        what: What::ExactlyUnit {
                            unit: UnitId(*unit),
                        },
                        dates: vec![interval(start, end)],
                        alternatives: Vec::new(),
                        needs: Vec::new(),
                        party: 1,
                    };
                    let refusal = match device.book(self.now, wanted).unwrap().remove(0) {
                        DateOutcome::Refused { refusal } => Some(refusal),
                        DateOutcome::Requested { .. } => None,
                    };
                    let text = refusal.as_ref().map(|refusal| {
                        by_language(|tag| words(tag).rule(refusal.rule.clone()).unwrap())
                    });
                    Asked {
                        unit: *unit,
                        start: (*start).to_owned(),
                        end: (*end).to_owned(),
                        refused: refusal.map(|refusal| refusal.number),
                        text: text.unwrap_or_default(),
                    }
                })
                .collect(),
            office,
        }
    }
}

type Ask = (u32, &'static str, &'static str);

fn shown(device: &Device, on: &str) -> Day {
    let entries = device.day(day(on), None, 1000).unwrap();
    let hours = device.hours(day(on), 1, "en".to_owned()).unwrap().unwrap();
    let open = hours[0].open.iter();
    Day {
        day: on.to_owned(),
        open: open
            .map(|at| (at.start.to_string(), at.end.to_string()))
            .collect(),
        taken: entries.iter().map(taken).collect(),
    }
}

pub(crate) fn histories() -> Histories {
    let mut clash = Town::new();
    let phones = [clash.phone(), clash.phone(), clash.phone()];
    for phone in &phones {
        clash.book(phone, 1, "2026-11-24T10:00", "2026-11-24T11:00");
    }
    let said: Vec<_> = phones
        .iter()
        .map(|phone| phone.export_file(clash.now).unwrap())
        .collect();
    for file in &said {
        clash.kiosk.import_file(clash.now, file.clone()).unwrap();
    }
    let decided = clash.kiosk.export_file(clash.now).unwrap();
    let asks = [
        (1, "2026-11-24T14:00", "2026-11-24T15:00"),
        (1, "2026-11-24T21:00", "2026-11-24T23:00"),
        (1, "2026-11-24T15:00", "2026-11-24T20:00"),
        (1, "2026-11-24T15:10", "2026-11-24T16:00"),
        (3, "2026-11-28T07:00", "2026-11-28T09:00"),
        (4, "2026-11-24T15:00", "2026-11-24T16:00"),
        (9, "2026-11-24T15:00", "2026-11-24T16:00"),
        (1, "2027-03-01T15:00", "2027-03-01T16:00"),
        (2, "2026-11-26T13:00", "2026-11-26T14:00"),
        (1, "2026-12-25T12:00", "2026-12-25T13:00"),
    ];
    let days = ["2026-11-24", "2026-11-26", "2026-11-28", "2026-12-25"];

    let mut closed = Town::new();
    let phone = closed.phone();
    closed.book(&phone, 1, "2026-11-24T10:00", "2026-11-24T11:00");
    closed.carry(&phone);
    let shut = interval("2026-11-24T09:00", "2026-11-24T12:00");
    let units = vec![UnitId(1)];
    let done = closed
        .kiosk
        .close_places(closed.now, units, shut, Cause::Lost);
    assert_eq!(done.unwrap().moved.len(), 1);
    let after = closed.kiosk.export_file(closed.now).unwrap();

    let mut ends = Town::new();
    let (cancels, comes) = (ends.phone(), ends.phone());
    ends.book(&cancels, 1, "2026-11-24T10:00", "2026-11-24T11:00");
    ends.book(&comes, 3, "2026-11-24T08:30", "2026-11-24T09:30");
    ends.carry(&cancels);
    ends.carry(&comes);
    let booking = |phone: &Device| phone.agenda(None, 1).unwrap().remove(0);
    cancels.cancel(ends.now, booking(&cancels).id).unwrap();
    ends.carry(&cancels);
    let key = booking(&comes).key.unwrap();
    ends.kiosk.check_in(ends.now, key).unwrap();
    let ended = ends.kiosk.export_file(ends.now).unwrap();

    Histories {
        format: FORMAT,
        histories: vec![
            clash.history(
                "three ask for one room: confirmed, moved to its equal, waiting; and what the rules forbid",
                vec![decided.clone()],
                &days,
                &asks,
            ),
            clash.history(
                "the same when the phones' own files come first, and twice",
                [said.clone(), vec![decided], said].concat(),
                &days[..1],
                &[],
            ),
            closed.history(
                "a room is closed and its visitor moved",
                vec![after],
                &days[..1],
                &[],
            ),
            ends.history("one cancels and one comes", vec![ended], &days[..1], &[]),
        ],
    }
}

pub(crate) fn codes() -> Codes {
    let mut town = Town::new();
    let phone = town.phone();
    town.book(&phone, 1, "2026-11-24T10:00", "2026-11-24T11:00");
    town.carry(&phone);
    let booking = phone.agenda(None, 1).unwrap().remove(0).id;
    let wanted = Wanted {
        what: What::Places {
            class_id: ClassId(2),
            count: 1,
        },
        dates: vec![interval("2026-11-24T12:00", "2026-11-24T13:00")],
        alternatives: Vec::new(),
        needs: Vec::new(),
        party: 1,
    };
    let walked = town
        .kiosk
        .walk_in(town.now, wanted, b"sixteen secrets!".to_vec());
    let allkontor::WalkInOutcome::Requested { slip, .. } = walked.unwrap().remove(0) else {
        panic!("refused");
    };
    let good = [
        town.kiosk.invitation().unwrap(),
        phone.request_card(booking).unwrap(),
        phone.certificate(booking).unwrap(),
        phone.enrolment().unwrap(),
        slip.payload,
    ];
    let office = town.kiosk.office_id().unwrap().to_string();
    let (_folder, device) = newcomer(&office);
    let doors = [
        "import_file",
        "scan_card",
        "scan_enrolment",
        "verify_certificate",
        "read_code",
    ];
    let mut torn = good[2].clone();
    torn[200] ^= 1;
    let bad = doors.into_iter().flat_map(|door| {
        let junk = [Vec::new(), vec![0xff; 40], b"hello".to_vec()];
        let others = match door {
            "verify_certificate" => vec![torn.clone(), good[0].clone()],
            "read_code" => Vec::new(),
            _ => vec![good[0].clone()],
        };
        let all = junk.into_iter().chain(others);
        all.map(move |bytes| (door, bytes)).collect::<Vec<_>>()
    });
    Codes {
        format: FORMAT,
        payloads: good
            .iter()
            .map(|payload| Payload {
                kind: kind_word(&read_code(payload.clone()).unwrap()).to_owned(),
                bytes: base64(payload),
            })
            .collect(),
        bad: bad
            .map(|(door, bytes)| Bad {
                door: door.to_owned(),
                code: knock(&device, door, bytes.clone()),
                bytes: base64(&bytes),
            })
            .collect(),
        office,
    }
}
