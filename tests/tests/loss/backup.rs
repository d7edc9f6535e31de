//! A phone is gone, and a new one goes on from the code that was written down.

use allkontor_core::command::{Book, LockCode, NewCode, ProposeEvent, What};
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::model::{CellSpan, Class, Commons, Guidelines, Kind, Parts, Rules, Text, Unit};
use allkontor_core::replica::Standing;
use allkontor_core::resolve::{EventStage, SlotKey};
use allkontor_core::statement::{Answers, NoticeKind, Role};
use allkontor_core::store::MemoryStore;
use allkontor_core::sync::qr::Backup;
use allkontor_core::time::{CivilMinute, Interval, OfficeDay};
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{RECOVERY, at, parts, span, words};
use std::collections::{BTreeMap, BTreeSet};

const LOCKER: ClassId = ClassId(5);

/// The usual office with a locker, 41, a board for notices, and house rules.
fn house() -> Parts {
    let mut parts = parts();
    let text = |words: &str| Text::new([("en", words)]);
    let rules = Rules {
        min_minutes: 24 * 60,
        max_minutes: 366 * 24 * 60,
        horizon_days: 400,
        ..Rules::default()
    };
    let locker = Class {
        name: text("locker"),
        kind: Kind::Locker,
        cells: CellSpan::Year,
        rules,
    };
    parts.classes.insert(LOCKER, locker);
    let unit = Unit {
        name: text("locker"),
        class: LOCKER,
        features: BTreeSet::new(),
        bookable: true,
    };
    parts.units.insert(UnitId(41), unit);
    parts.commons = Some(Commons {
        share: 6,
        notice_days: 30,
    });
    parts
}

fn room(unit: u32, time: &str) -> Book {
    Book::unit(UnitId(unit), span(time)).exactly()
}

fn december(unit: u32, day: u32) -> Book {
    let minute = |hour| CivilMinute::from_ymd_hm(2026, 12, day, hour, 0).unwrap();
    Book::unit(UnitId(unit), Interval::new(minute(11), minute(12)).unwrap()).exactly()
}

/// What a phone shows of its bookings, by what they are and not by its own numbers.
fn agenda(fleet: &mut Fleet, name: &str) -> BTreeMap<SlotKey, String> {
    let entries = fleet.on(name).agenda().unwrap().into_iter();
    let told = entries.map(|entry| {
        let series = if entry.series.is_some() {
            " of a series"
        } else {
            ""
        };
        (entry.key.unwrap(), words(&entry.status) + series)
    });
    told.collect()
}

fn numbered(fleet: &mut Fleet, name: &str, key: SlotKey) -> allkontor_core::replica::BookingId {
    let entries = fleet.on(name).agenda().unwrap().into_iter();
    let mut own = entries.filter(|entry| entry.key == Some(key));
    own.next().unwrap().booking
}

fn backup(fleet: &mut Fleet, name: &str) -> Backup {
    let shown = fleet.on(name).backup().unwrap();
    let office = fleet.on(name).office();
    // What is scanned and what is typed say the same, but for the office's name.
    let scanned = Backup::from_bytes(&shown.to_bytes()).unwrap();
    let typed = Backup::from_code(&shown.code(), office).unwrap();
    let name = scanned.name.clone();
    assert_eq!(
        scanned,
        Backup {
            name,
            ..typed.clone()
        }
    );
    typed
}

#[test]
fn b7_a_phone_is_restored_from_its_code_alone_and_is_as_good_as_the_one_that_was_lost() {
    let mut fleet = Fleet::with(house(), Role::Kiosk);
    fleet.steward("tablet", Role::Staff, "kiosk");
    for name in ["anna", "bo"] {
        fleet.phone(name, "tablet");
    }
    fleet.all_meet();
    let code = backup(&mut fleet, "anna");

    // After the code was written down: bookings in two months, a place in a queue, a series, a locker, an event.
    fleet.booked("bo", room(2, "24T12:00-13:00"));
    fleet.all_meet();
    let kept = fleet.booked("anna", room(1, "24T10:00-11:00"));
    let far = fleet.booked("anna", december(1, 9));
    let queue = fleet.booked("anna", room(2, "24T12:00-13:00"));
    let given_up = fleet.booked("anna", room(3, "24T10:00-11:00"));
    let weekly = room(3, "25T18:00-19:00").repeating("FREQ=DAILY;COUNT=3");
    let now = fleet.now;
    let series = fleet.on("anna").book(now, weekly).unwrap();
    assert_eq!(series.bookings().count(), 3);
    let year = Interval::new(at("2026-11-24T08:00"), CivilMinute::MAX).unwrap();
    let locker = fleet.booked("anna", Book::unit(UnitId(41), year).exactly());
    let evening = ProposeEvent::new("Reading aloud\nBring a book.", [span("26T18:00-20:00")])
        .in_room(What::Unit(UnitId(1)));
    let event = fleet.on("anna").propose_event(now, evening).unwrap();
    let garden = ProposeEvent::new("A walk\nRain or shine.", [span("27T18:00-20:00")]);
    let walk = fleet.on("anna").propose_event(now, garden).unwrap();
    let anna = fleet.on("anna");
    anna.suggest(now, "A kettle").unwrap();
    let last = OfficeDay::from_ymd(2026, 12, 1).unwrap();
    anna.post_notice(
        now,
        NoticeKind::Ask,
        "Who knows Excel?",
        last,
        Answers::AtDesk,
    )
    .unwrap();
    for _ in 0..3 {
        fleet.all_meet();
    }
    fleet.on("anna").cancel(now, given_up).unwrap();
    for booking in [event, walk] {
        let key = fleet.on("anna").booking(booking).unwrap().unwrap().key;
        fleet.on("kiosk").approve_event(now, key.unwrap()).unwrap();
    }
    let rented = fleet
        .on("anna")
        .booking(locker)
        .unwrap()
        .unwrap()
        .key
        .unwrap();
    let new_code = NewCode {
        key: rented,
        unit: UnitId(41),
        code: LockCode::new("4711").unwrap(),
        seed: [4; 32],
    };
    fleet.on("tablet").issue_code(now, new_code).unwrap();
    fleet.all_meet();
    assert_eq!(fleet.told("anna", kept), "confirmed 1 10:00-11:00");
    assert_eq!(fleet.told("anna", queue), "waiting 1");
    let before = agenda(&mut fleet, "anna");
    let (account, holder) = (fleet.on("anna").account_key().unwrap(), fleet.key("anna"));
    let keys = [kept, far, queue, event].map(|booking| {
        let entry = fleet.on("anna").booking(booking).unwrap().unwrap();
        entry.key.unwrap()
    });
    // It falls into the water.
    fleet.devices.remove("anna");

    fleet.restored("new", &code);
    assert!(fleet.on("new").own_keys().unwrap().seeks);
    assert_eq!(fleet.on("new").agenda().unwrap(), []);
    fleet.meet_twice("new", "kiosk");
    assert_eq!(agenda(&mut fleet, "new"), before);
    let own = fleet.on("new").own_keys().unwrap();
    assert!(own.copied && !own.seeks && !own.moved, "{own:?}");
    assert_eq!((own.lane, own.others), (1, BTreeSet::from([0])));
    assert_eq!(fleet.on("new").account_key().unwrap(), account);
    assert_eq!(fleet.key("new"), holder);
    let codes = fleet.on("new").own_codes(now).unwrap();
    assert_eq!(codes[0].1.code.as_str(), "4711");
    assert_eq!(fleet.on("new").own_rentals(now).unwrap().len(), 1);
    let events = fleet.on("new").events().unwrap();
    assert!(
        events.len() == 2 && events.iter().all(|event| event.own.is_some()),
        "{events:?}"
    );
    assert!(fleet.on("new").suggestions().unwrap()[0].own);
    let notice = fleet.on("new").notices(now).unwrap().remove(0);
    assert!(notice.own);

    // It can do all that the lost one could.
    let [kept, far, queue, event] = keys.map(|key| numbered(&mut fleet, "new", key));
    fleet
        .on("new")
        .move_to(now, kept, room(1, "24T16:00-17:00"))
        .unwrap();
    fleet.on("new").cancel(now, far).unwrap();
    let locker = numbered(&mut fleet, "new", rented);
    fleet
        .on("new")
        .extend(now, locker, at("2027-03-01T12:00"))
        .unwrap();
    fleet.on("new").take_back(now, notice.id).unwrap();
    fleet.on("new").suggest(now, "A second kettle").unwrap();
    let reading = fleet
        .on("new")
        .booking(event)
        .unwrap()
        .unwrap()
        .key
        .unwrap();
    fleet
        .on("new")
        .edit_event(now, reading, "Reading aloud\nNo book.")
        .unwrap();
    let more = fleet.booked("new", room(2, "24T18:00-19:00"));
    for _ in 0..2 {
        fleet.all_meet();
    }
    assert_eq!(fleet.told("new", kept), "confirmed 1 16:00-17:00");
    assert_eq!(fleet.told("new", far), "released: cancelled");
    assert_eq!(fleet.told("new", queue), "waiting 1");
    assert_eq!(fleet.told("new", more), "confirmed 2 18:00-19:00");
    let due = fleet.on("kiosk").rentals(now).unwrap()[0].due;
    assert_eq!(due, Some(at("2027-03-01T12:00")));
    assert_eq!(fleet.on("kiosk").suggestions().unwrap().len(), 2);
    assert!(
        fleet
            .on("bo")
            .notices(now)
            .unwrap()
            .iter()
            .all(|notice| !notice.stage.is_up())
    );
    let told = fleet.on("bo").events().unwrap();
    let told = told
        .iter()
        .find(|event| event.title() == Some("Reading aloud"))
        .unwrap();
    assert_eq!(told.stage, EventStage::Open);
    let picture = fleet.on("kiosk").digest().unwrap();
    assert_eq!(fleet.on("new").digest().unwrap(), picture);
}

#[test]
fn b7_a_new_phone_that_meets_only_another_phone_knows_what_that_has() {
    let mut fleet = Fleet::new();
    for name in ["anna", "bo"] {
        fleet.phone(name, "kiosk");
    }
    let code = backup(&mut fleet, "anna");
    let heard = fleet.booked("anna", room(1, "24T10:00-11:00"));
    fleet.meet_twice("anna", "kiosk");
    fleet.meet_twice("bo", "kiosk");
    // The kiosk has not heard of this one: bo carries it.
    let carried = fleet.booked("anna", room(2, "24T10:00-11:00"));
    fleet.meet("anna", "bo");
    let keys = [heard, carried].map(|booking| {
        let entry = fleet.on("anna").booking(booking).unwrap().unwrap();
        entry.key.unwrap()
    });
    fleet.devices.remove("anna");

    fleet.restored("new", &code);
    fleet.meet("new", "bo");
    assert_eq!(agenda(&mut fleet, "new").len(), 2);
    // A phone may not have everything: it goes on looking until it has met the office, also over a restart.
    fleet.devices.get_mut("new").unwrap().reopen();
    assert!(fleet.on("new").own_keys().unwrap().seeks);
    let now = fleet.now;
    let [heard, carried] = keys.map(|key| numbered(&mut fleet, "new", key));
    assert_eq!(fleet.told("new", heard), "confirmed 1 10:00-11:00");
    fleet.on("new").cancel(now, carried).unwrap();
    fleet.meet_twice("new", "kiosk");
    assert!(!fleet.on("new").own_keys().unwrap().seeks);
    fleet.meet_twice("bo", "kiosk");
    assert_eq!(fleet.told("new", carried), "cancelled");
    fleet.assert_agreed_with("kiosk");
}

#[test]
fn b7_after_years_a_code_still_finds_what_is_booked() {
    let mut fleet = Fleet::with(house(), Role::Kiosk);
    fleet.phone("anna", "kiosk");
    let code = backup(&mut fleet, "anna");
    let mut last = None;
    // More tickets than are ever looked for in one go, month after month.
    for week in 0..60 {
        fleet.now.0 += 7 * 24 * 3600;
        let now = fleet.now;
        fleet.on("kiosk").confirm_clock(now).unwrap();
        fleet.on("kiosk").tick(now).unwrap();
        fleet.meet_twice("anna", "kiosk");
        if week % 12 == 11 {
            let today = OfficeDay::of(fleet.on("kiosk").civil(now).unwrap(), Default::default());
            fleet.on("kiosk").drop_before(now, today.plus(-40)).unwrap();
        }
        let minute = fleet.on("anna").civil(now).unwrap();
        let time = Interval::new(minute.saturating_plus(1440), minute.saturating_plus(1500));
        let book = Book::unit(UnitId(1), time.unwrap()).exactly();
        last = Some(fleet.booked("anna", book));
        fleet.meet_twice("anna", "kiosk");
    }
    assert!(fleet.told("anna", last.unwrap()).starts_with("confirmed"));
    let before = agenda(&mut fleet, "anna");
    fleet.devices.remove("anna");
    fleet.restored("new", &code);
    fleet.meet_twice("new", "kiosk");
    assert_eq!(agenda(&mut fleet, "new"), before);
    assert!(before.len() > 3);
}

#[test]
fn b7_the_keys_of_an_offices_device_are_not_backed_up_and_copied_keys_are_not_certified() {
    let mut fleet = Fleet::new();
    fleet.steward("tablet", Role::Staff, "kiosk");
    fleet.phone("anna", "kiosk");
    for name in ["kiosk", "tablet"] {
        let refused = fleet.on(name).backup().unwrap_err();
        assert!(matches!(refused, DeviceError::NoBackup), "{refused}");
        assert_eq!(refused.code(), "no_backup");
    }
    let code = backup(&mut fleet, "anna");
    fleet.restored("new", &code);
    fleet.meet_twice("new", "kiosk");
    for name in ["anna", "new"] {
        let refused = fleet.on(name).enrolment().unwrap_err();
        assert_eq!(refused.code(), "backed_up");
        let now = fleet.now;
        let refused = fleet
            .on(name)
            .recover_office(now, RECOVERY, None, Role::Kiosk)
            .unwrap_err();
        assert_eq!(refused.code(), "backed_up");
    }
    // Somebody certifies the key all the same, whatever device they saw it on: neither signs a chain under it.
    let (now, key) = (fleet.now, fleet.key("anna"));
    fleet.on("kiosk").certify(now, key, Role::Kiosk).unwrap();
    for name in ["anna", "new"] {
        fleet.meet_twice(name, "kiosk");
        assert_eq!(fleet.on(name).standing().unwrap(), Standing::Recovering);
    }
    let fresh = fleet.on("new").renew(now, [8; 32]).unwrap();
    assert_ne!(fresh, key);
    let shown = fleet.on("new").enrolment().unwrap();
    assert_eq!(shown.device, fresh);
    // A tablet that was replaced is not backed up either.
    let tablet = fleet.key("tablet");
    fleet.on("kiosk").replace_device(now, tablet, None).unwrap();
    fleet.meet_twice("tablet", "kiosk");
    assert_eq!(fleet.on("tablet").standing().unwrap(), Standing::Visitor);
    assert_eq!(fleet.on("tablet").backup().unwrap_err().code(), "no_backup");
}

#[test]
fn b7_a_device_that_may_have_been_copied_knows_it_after_a_restart_and_is_not_written_over() {
    let mut fleet = Fleet::new();
    fleet.phone("anna", "kiosk");
    fleet.devices.get_mut("anna").unwrap().vault.fail_save(0);
    assert_eq!(
        fleet.on("anna").backup().unwrap_err().code(),
        "vault_failed"
    );
    let code = backup(&mut fleet, "anna");
    fleet.devices.get_mut("anna").unwrap().reopen();
    let own = fleet.on("anna").own_keys().unwrap();
    assert!(own.copied && own.lane == 0 && !own.seeks, "{own:?}");
    let machine = &fleet.devices["anna"];
    let (store, vault) = (machine.disk.clone(), machine.vault.clone());
    let refused = Device::restore_visitor(Box::new(store), Box::new(vault), &code).unwrap_err();
    assert_eq!(refused.code(), "taken");
    // The database of the new one is lost before it has met anybody: its lane is not.
    fleet.restored("new", &code);
    fleet
        .devices
        .get_mut("new")
        .unwrap()
        .restore(&MemoryStore::new());
    assert_eq!(fleet.on("new").own_keys().unwrap().lane, 1);
}

#[test]
fn p5_accepted_guidelines_are_known_from_what_was_booked() {
    let mut parts = parts();
    parts.guidelines = Some(Guidelines {
        version: 1,
        text: Text::new([("en", "Be kind.")]),
        ..Guidelines::default()
    });
    let mut fleet = Fleet::with(parts, Role::Kiosk);
    fleet.phone("anna", "kiosk");
    let now = fleet.now;
    fleet.on("anna").accept_guidelines(now, 1).unwrap();
    let code = backup(&mut fleet, "anna");
    fleet.booked("anna", room(1, "24T10:00-11:00"));
    fleet.meet_twice("anna", "kiosk");
    fleet.restored("new", &code);
    fleet.meet_twice("new", "kiosk");
    assert_eq!(fleet.on("new").accepted_guidelines().unwrap(), Some(1));
}
