use super::*;
use crate::visit::{DateOutcome, Wanted, What};
use crate::{ChangesSince, Doorbell, DoorbellError, Interval};
use allkontor_core::id::UnitId;
use allkontor_core::time::OfficeDay;
use std::sync::Weak;
use std::sync::atomic::{AtomicU64, Ordering};

const NOW: Timestamp = Timestamp(1_795_510_800); // Tuesday 2026-11-24, 10.00 in Stockholm
const CATALOGUE: &str = r#"{
    "profile": {"name": {"sv": "Kontoret"}, "languages": ["sv"], "zone": "Europe/Stockholm", "operator": "library",
        "address": {"street": "Storgatan 1", "postcode": "111 22", "city": "Stockholm", "country": "SE"},
        "duration": {"kind": "permanent"}},
    "classes": {"1": {"name": {"sv": "Rum"}, "kind": "room"}},
    "units": {"1": {"name": {"sv": "Rum 1"}, "class": 1}, "2": {"name": {"sv": "Rum 2"}, "class": 1}},
    "hours": {"weekly": {"tuesday": {"open": ["08:00-22:00"]}}}
}"#;

struct Office {
    folder: tempfile::TempDir,
    kiosk: Arc<Device>,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let founding = Founding {
            catalogue: CATALOGUE.as_bytes().to_vec(),
            role: Role::Kiosk,
            device_seed: vec![1; 32],
            recovery_seed: vec![9; 32],
            salt: vec![7; 32],
            day_start: 240,
        };
        let kiosk = Device::found(place(&folder, "kiosk"), NOW, founding).unwrap();
        Self { folder, kiosk }
    }

    fn phone(&self, name: &str) -> Arc<Device> {
        let invitation = self.kiosk.invitation().unwrap();
        let seed = vec![u8::try_from(name.len()).unwrap(); 32];
        let place = place(&self.folder, name);
        let phone = Device::join_by_invitation(place, invitation, seed).unwrap();
        self.meet(&phone);
        self.meet(&phone);
        phone
    }

    fn meet(&self, phone: &Device) {
        let there = self.kiosk.accept(NOW).unwrap();
        let opened = phone.connect(NOW).unwrap();
        let mut outgoing = opened.messages;
        while !outgoing.is_empty() {
            let answers = outgoing
                .into_iter()
                .flat_map(|message| self.kiosk.receive(NOW, there, message).unwrap());
            outgoing = answers
                .flat_map(|message| phone.receive(NOW, opened.connection, message).unwrap())
                .collect();
        }
        phone.disconnect(NOW, opened.connection).unwrap();
        self.kiosk.disconnect(NOW, there).unwrap();
    }
}

fn place(folder: &tempfile::TempDir, name: &str) -> String {
    let place = folder.path().join(name);
    std::fs::create_dir(&place).unwrap();
    place.to_str().unwrap().to_owned()
}

fn at(hour: u32) -> CivilMinute {
    CivilMinute::from_ymd_hm(2026, 11, 24, hour, 0).unwrap()
}

fn wanted(hour: u32) -> Wanted {
    Wanted {
        what: What::UnitOrEqual { unit: UnitId(1) },
        dates: vec![Interval {
            start: at(hour),
            end: at(hour + 1),
        }],
        alternatives: Vec::new(),
        needs: Vec::new(),
        party: 1,
    }
}

fn book(device: &Device, hour: u32) -> Vec<DateOutcome> {
    device.book(NOW, wanted(hour)).unwrap()
}

#[test]
fn a_panic_is_an_error_and_the_device_goes_on_from_its_store() {
    let office = Office::new();
    let phone = office.phone("anna");
    book(&phone, 14);
    let before = phone.agenda(None, 10).unwrap();
    let seq = phone.changes_since(0).unwrap().seq;
    let connection = phone.connect(NOW).unwrap().connection;

    let error = phone.with(|_| -> Result<(), AllkontorError> { panic!("a bug") });
    assert_eq!(error.unwrap_err().code(), "panic");
    assert_eq!(phone.rehearse_fault().unwrap_err().code(), "panic");

    assert_eq!(phone.agenda(None, 10).unwrap(), before);
    assert!(phone.changes_since(seq).unwrap().everything);
    let gone = phone.poll(NOW, connection).unwrap_err();
    assert_eq!(gone.code(), "no_connection");
    let again = phone.connect(NOW).unwrap().connection;
    assert_ne!(
        again, connection,
        "an old number never names a new connection"
    );
}

#[test]
fn a_newcomer_can_book_after_one_conversation() {
    let office = Office::new();
    let invitation = office.kiosk.invitation().unwrap();
    let folder = place(&office.folder, "anna");
    let phone = Device::join_by_invitation(folder, invitation, vec![4; 32]).unwrap();
    office.meet(&phone);
    book(&phone, 14);
    let booking = phone.agenda(None, 1).unwrap().remove(0);
    assert!(booking.key.is_some(), "it has a ticket");
    office.meet(&phone);
    let booking = phone.booking(booking.id).unwrap().unwrap();
    assert!(matches!(
        booking.status.stage,
        crate::Stage::Confirmed { .. }
    ));
}

#[test]
fn a_folder_that_is_not_there_is_told_by_what_is_and_not_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let depth = folder.path().components().count();
    let told = |path: std::path::PathBuf| {
        let error = Device::open(path.to_str().unwrap().to_owned());
        let error = error.map(drop).unwrap_err();
        assert_eq!(error.code(), "no_folder");
        assert!(matches!(
            error,
            AllkontorError::Argument { retry: false, .. }
        ));
        error.to_string()
    };
    let expected = format!(
        "expected a folder that exists: of an absolute path's {} parts, {depth} exist",
        depth + 2
    );
    assert_eq!(told(folder.path().join("anna").join("office")), expected);
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none());
    std::fs::write(folder.path().join("anna"), b"").unwrap();
    let file = format!("{} exist, and part {} is a file", depth + 1, depth + 1);
    assert!(told(folder.path().join("anna")).ends_with(&file));
    assert!(told(folder.path().join("anna").join("office")).ends_with(&file));
    let relative = told("anna/office".into());
    assert!(
        relative.ends_with("of a relative path's 2 parts, 0 exist"),
        "{relative}"
    );
}

#[test]
fn asleep_nothing_holds_the_store() {
    let office = Office::new();
    let phone = office.phone("anna");
    book(&phone, 14);
    phone.suspend().unwrap();
    let folder = office.folder.path().join("anna");
    let other = Device::open(folder.to_str().unwrap().to_owned()).unwrap();
    let there = other.agenda(None, 10).unwrap();
    other.shut_down().unwrap();
    assert_eq!(phone.agenda(None, 10).unwrap(), there);
    phone.shut_down().unwrap();
    phone.shut_down().unwrap();
    phone.suspend().unwrap();
    assert_eq!(phone.digest().unwrap_err().code(), "closed");
}

/// Asks what changed, and books once from inside the ring.
struct Eager {
    device: Weak<Device>,
    rung: AtomicU64,
    highest: AtomicU64,
}

impl Doorbell for Eager {
    fn ring(&self, seq: u64) -> Result<(), DoorbellError> {
        assert!(self.highest.swap(seq, Ordering::SeqCst) < seq);
        let device = self.device.upgrade().unwrap();
        assert!(device.changes_since(0).unwrap().seq >= seq);
        if self.rung.fetch_add(1, Ordering::SeqCst) == 0 {
            book(&device, 16);
        }
        panic!("whatever the app throws is its own affair")
    }
}

#[test]
fn a_doorbell_may_call_back_and_throw() {
    let office = Office::new();
    let phone = office.phone("anna");
    let bell = Arc::new(Eager {
        device: Arc::downgrade(&phone),
        rung: AtomicU64::new(0),
        highest: AtomicU64::new(0),
    });
    phone.set_doorbell(Some(bell.clone())).unwrap();
    book(&phone, 14);
    assert_eq!(bell.rung.load(Ordering::SeqCst), 2);
    assert_eq!(phone.agenda(None, 10).unwrap().len(), 2);
    phone.agenda(None, 10).unwrap();
    assert_eq!(bell.rung.load(Ordering::SeqCst), 2, "looking rings no bell");
    phone.set_doorbell(None).unwrap();
    book(&phone, 18);
    assert_eq!(bell.rung.load(Ordering::SeqCst), 2);
}

#[test]
fn changes_name_what_is_different_and_nothing_else() {
    let office = Office::new();
    let phone = office.phone("anna");
    let first = phone.changes_since(0).unwrap();
    assert!(first.everything);
    let since = |seq| -> ChangesSince { phone.changes_since(seq).unwrap() };
    let nothing = since(first.seq);
    assert_eq!((nothing.everything, nothing.bookings.len()), (false, 0));

    book(&phone, 14);
    let booked = since(first.seq);
    let tuesday = OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let booking = phone.agenda(None, 1).unwrap()[0].id;
    assert_eq!(booked.days, [tuesday]);
    assert_eq!(booked.bookings, [booking]);
    assert!(!booked.everything && !booked.catalogue && !booked.standing && !booked.connections);

    office.meet(&phone);
    let met = since(booked.seq);
    assert_eq!((met.days, met.bookings), (vec![tuesday], vec![booking]));
    assert!(met.connections);
    office.meet(&phone);
    let again = since(met.seq);
    assert_eq!(
        (again.days.len(), again.bookings.len()),
        (0, 0),
        "nothing new was said"
    );
    assert!(
        since(again.seq + 1).everything,
        "a number of another object"
    );
}

#[test]
fn pages_go_on_behind_the_last_entry() {
    let office = Office::new();
    let phone = office.phone("anna");
    (10..20).for_each(|hour| drop(book(&phone, hour)));
    let all = phone.agenda(None, 100).unwrap();
    let mut paged = phone.agenda(None, 3).unwrap();
    while let Some(last) = paged.last() {
        let next = phone.agenda(Some(last.id), 3).unwrap();
        if next.is_empty() {
            break;
        }
        paged.extend(next);
    }
    assert_eq!((all.len(), &all), (10, &paged));
    let day = OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let taken = phone.day(day, None, 1000).unwrap();
    let rest = phone.day(day, Some(taken[3].clone()), 1000).unwrap();
    assert_eq!(taken[4..], rest);
}
