//! Power cuts, full disks, failing vaults and restored backups: nothing that was acknowledged is lost.
//!
//! Where a fault can strike at any write, it strikes at every one: see [`allkontor_tests::visit`].

use allkontor_core::command::{Book, Which};
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::UnitId;
use allkontor_core::replica::{AgendaEntry, BookingId, SeriesId, Standing};
use allkontor_core::statement::Role;
use allkontor_core::store::{Fault, MemoryStore, Operation, Store};
use allkontor_core::time::{Interval, Timestamp};
use allkontor_core::vault::MemoryVault;
use allkontor_core::view::Stage;
use allkontor_tests::visit::{Here, Machine, Visit};
use allkontor_tests::world::{at, founding, instant, parts, span};

/// A device that can lose power: handles to its disk and vault stay with the test.
struct Fragile {
    disk: MemoryStore,
    vault: MemoryVault,
    device: Option<Device>,
}

impl Fragile {
    fn reopen(&mut self) {
        self.disk.crash();
        self.restart();
    }

    /// The process ends and starts again; what was written is there.
    fn restart(&mut self) {
        self.device = None;
        let (store, vault) = (Box::new(self.disk.clone()), Box::new(self.vault.clone()));
        self.device = Some(Device::open(store, vault).unwrap());
    }

    fn on(&mut self) -> &mut Device {
        self.device.as_mut().unwrap()
    }
}

fn kiosk(now: Timestamp) -> Fragile {
    let (disk, vault) = (MemoryStore::new(), MemoryVault::new());
    let founding = founding(parts(), Role::Kiosk);
    let (store, safe) = (Box::new(disk.clone()), Box::new(vault.clone()));
    let device = Device::found(store, safe, now, [1; 32], &founding).unwrap();
    Fragile {
        disk,
        vault,
        device: Some(device),
    }
}

fn phone(kiosk: &mut Fragile, seed: u8) -> Fragile {
    let (disk, vault) = (MemoryStore::new(), MemoryVault::new());
    let (store, safe) = (Box::new(disk.clone()), Box::new(vault.clone()));
    let device = Device::join(store, safe, [seed; 32], kiosk.on().office()).unwrap();
    Fragile {
        disk,
        vault,
        device: Some(device),
    }
}

fn meet(now: Timestamp, phone: &mut Fragile, kiosk: &mut Fragile) -> Result<(), DeviceError> {
    let (here, mut outgoing) = phone.on().connect(now)?;
    let there = kiosk.on().accept(now)?;
    while !outgoing.is_empty() {
        let mut answers = Vec::new();
        for message in &outgoing {
            answers.extend(kiosk.on().receive(now, there, message)?);
        }
        outgoing.clear();
        for message in &answers {
            outgoing.extend(phone.on().receive(now, here, message)?);
        }
    }
    phone.on().disconnect(now, here)?;
    kiosk.on().disconnect(now, there)
}

fn is_confirmed(phone: &mut Fragile, booking: BookingId) -> bool {
    let entry = phone.on().booking(booking).unwrap();
    entry.is_some_and(|entry| matches!(entry.status.stage, Stage::Confirmed { .. }))
}

/// Plays a morning with a fault after so many writes of that device, one write later each time, until the morning is
/// over before the fault comes.
fn at_every_write(
    subject: &'static str,
    at_least: u64,
    inject: impl Fn(&MemoryStore, &MemoryVault, u64),
    mend: impl Fn(&MemoryStore) -> bool + Copy + 'static,
) {
    for after in 0.. {
        println!("{subject}, a fault after {after} writes");
        let (disk, vault) = (MemoryStore::new(), MemoryVault::new());
        inject(&disk, &vault, after);
        let handle = disk.clone();
        let here = Here::on(&disk, &vault, move || mend(&handle));
        if Visit::new(subject, Machine::Here(Box::new(here))).play() == 0 {
            assert!(after > at_least, "only {after} writes");
            return;
        }
    }
}

fn at_every_commit(subject: &'static str, fault: impl Fn(u64) -> Fault) {
    let inject = |disk: &MemoryStore, _: &MemoryVault, after| disk.inject(fault(after));
    at_every_write(subject, 30, inject, |disk| {
        disk.repair();
        false
    });
}

fn power_lost_at_every_commit(subject: &'static str, kept: bool) {
    let cut = |disk: &MemoryStore, _: &MemoryVault, after| {
        disk.inject(Fault::PowerCut { after, kept });
    };
    at_every_write(subject, 30, cut, |disk| {
        disk.crash();
        true
    });
}

#[test]
fn power_lost_at_any_write_of_the_kiosk_loses_nothing_that_was_told() {
    power_lost_at_every_commit("kiosk", false);
    power_lost_at_every_commit("kiosk", true);
}

#[test]
fn power_lost_at_any_write_of_a_phone_loses_nothing_that_was_answered() {
    power_lost_at_every_commit("anna", false);
    power_lost_at_every_commit("anna", true);
}

#[test]
fn a_write_that_fails_once_is_an_error_and_the_next_try_succeeds() {
    at_every_commit("kiosk", |after| Fault::FailOnce { after });
    at_every_commit("anna", |after| Fault::FailOnce { after });
}

#[test]
fn a_disk_that_is_full_from_any_write_on_loses_nothing() {
    at_every_commit("kiosk", |after| Fault::Full { after });
    at_every_commit("anna", |after| Fault::Full { after });
}

#[test]
fn a_vault_that_cannot_be_saved_keeps_what_it_should_count_from_leaving() {
    let fail = |_: &MemoryStore, vault: &MemoryVault, after| vault.fail_save(after);
    at_every_write("kiosk", 10, fail, |_| false);
    at_every_write("anna", 0, fail, |_| false);
}

#[test]
fn a_full_disk_is_an_error_that_says_so_and_nothing_is_promised() {
    let now = instant(at("2026-11-24T08:00"));
    let mut kiosk = kiosk(now);
    let mut anna = phone(&mut kiosk, 2);
    meet(now, &mut anna, &mut kiosk).unwrap();
    meet(now, &mut anna, &mut kiosk).unwrap();
    anna.disk.inject(Fault::Full { after: 0 });
    let error = anna
        .on()
        .book(now, Book::unit(UnitId(1), span("24T10:00-11:00")))
        .unwrap_err();
    assert_eq!((error.code(), error.is_retryable()), ("disk_full", true));
    assert!(anna.on().agenda().unwrap().is_empty());
}

#[test]
fn a_kiosk_restored_from_a_backup_notices_and_decides_nothing() {
    let now = instant(at("2026-11-24T08:00"));
    let mut kiosk = kiosk(now);
    let (mut anna, mut bo) = (phone(&mut kiosk, 2), phone(&mut kiosk, 3));
    for phone in [&mut anna, &mut bo] {
        meet(now, phone, &mut kiosk).unwrap();
        meet(now, phone, &mut kiosk).unwrap();
    }
    // The backup is made here: whatever the disk takes from now on is lost.
    kiosk.disk.inject(Fault::LostWrites);
    let booked = anna
        .on()
        .book(now, Book::unit(UnitId(1), span("24T10:00-11:00")).exactly())
        .unwrap();
    let booking = booked.bookings().next().unwrap();
    meet(now, &mut anna, &mut kiosk).unwrap();
    meet(now, &mut anna, &mut kiosk).unwrap();
    assert!(is_confirmed(&mut anna, booking));
    kiosk.reopen();
    assert_eq!(kiosk.on().standing().unwrap(), Standing::Recovering);
    assert_eq!(
        kiosk.on().confirm_clock(now).unwrap_err().code(),
        "recovering"
    );
    // Bo wants the same room. The kiosk must not give it away, and does not.
    let theirs = bo
        .on()
        .book(now, Book::unit(UnitId(1), span("24T10:00-11:00")).exactly())
        .unwrap();
    meet(now, &mut bo, &mut kiosk).unwrap();
    kiosk.on().tick(now).unwrap();
    meet(now, &mut bo, &mut kiosk).unwrap();
    assert!(!is_confirmed(&mut bo, theirs.bookings().next().unwrap()));
    assert!(is_confirmed(&mut anna, booking));
}

#[test]
fn what_was_signed_when_the_vault_failed_is_missed_in_a_backup() {
    let now = instant(at("2026-11-24T08:00"));
    let mut kiosk = kiosk(now);
    let mut anna = phone(&mut kiosk, 2);
    meet(now, &mut anna, &mut kiosk).unwrap();
    meet(now, &mut anna, &mut kiosk).unwrap();
    // The backup is made here.
    kiosk.disk.inject(Fault::LostWrites);
    let booked = anna
        .on()
        .book(now, Book::unit(UnitId(1), span("24T10:00-11:00")).exactly())
        .unwrap();
    let booking = booked.bookings().next().unwrap();
    // The confirmation is in the database and not in the vault: nothing leaves.
    kiosk.vault.fail_save(0);
    meet(now, &mut anna, &mut kiosk).unwrap_err();
    assert!(!is_confirmed(&mut anna, booking));
    kiosk.restart();
    for _ in 0..2 {
        meet(now, &mut anna, &mut kiosk).unwrap();
    }
    assert!(is_confirmed(&mut anna, booking), "told after the restart");
    kiosk.reopen();
    assert_eq!(kiosk.on().standing().unwrap(), Standing::Recovering);
}

#[test]
fn envelopes_that_stop_a_device_twice_are_put_aside_and_once_is_forgiven() {
    let now = instant(at("2026-11-24T08:00"));
    let mut kiosk = kiosk(now);
    let mut anna = phone(&mut kiosk, 2);
    meet(now, &mut anna, &mut kiosk).unwrap();
    let envelope = kiosk
        .disk
        .envelopes(kiosk.disk.documents().unwrap()[0])
        .unwrap()
        .remove(0)
        .bytes;
    let mut marked = allkontor_core::cbor::Writer::new();
    marked.array(1).bytes(&envelope);
    let signer = kiosk.on().public_key().unwrap();
    let mark = Operation::MarkApplying {
        signer,
        bytes: marked.into_bytes(),
    };
    for stops in 1..=2 {
        anna.disk
            .commit(&[mark.clone()].into_iter().collect())
            .unwrap();
        anna.reopen();
        let refused = !anna.on().alarms().is_empty();
        assert_eq!(refused, stops == 2, "after {stops} stops");
        let put_aside = anna.disk.quarantined().unwrap();
        assert_eq!(put_aside.len(), usize::from(stops == 2));
        assert!(
            put_aside
                .iter()
                .all(|one| one.signer == signer && one.bytes == envelope)
        );
    }
}

/// How a series is told: each date's time, and whether it is withdrawn.
fn told(phone: &mut Fragile, series: SeriesId) -> Vec<(Interval, bool)> {
    let group = phone.on().series(series).unwrap().unwrap();
    let date = |entry: &AgendaEntry| {
        let cancelled = matches!(
            entry.status.stage,
            Stage::Cancelled | Stage::Released { .. }
        );
        (entry.wanted[0].interval, cancelled)
    };
    group.dates.iter().map(date).collect()
}

#[test]
fn power_lost_at_any_write_while_a_series_changes_leaves_every_date_as_it_was_or_as_it_was_answered()
 {
    let now = instant(at("2026-11-24T08:00"));
    for after in 0..4 {
        for kept in [false, true] {
            let mut kiosk = kiosk(now);
            let mut anna = phone(&mut kiosk, 2);
            for _ in 0..2 {
                meet(now, &mut anna, &mut kiosk).unwrap();
            }
            let book = Book::unit(UnitId(1), span("24T18:00-20:00"))
                .exactly()
                .repeating("FREQ=WEEKLY;COUNT=4");
            let booked = anna.on().book(now, book).unwrap();
            let (series, dates) = (
                booked.series.unwrap(),
                booked.bookings().collect::<Vec<_>>(),
            );
            meet(now, &mut anna, &mut kiosk).unwrap();
            let before = told(&mut anna, series);
            anna.reopen();
            assert_eq!(
                told(&mut anna, series),
                before,
                "a series survives a restart"
            );
            anna.disk.inject(Fault::PowerCut { after, kept });
            let to = Book::unit(UnitId(1), span("24T19:00-21:00")).exactly();
            // One command is one write: of a change that failed, all dates are as before or all are changed.
            let mut pictures = vec![before];
            let moved = anna.on().move_dates(now, dates[0], Which::All, to).is_ok();
            let moved = moved.then(|| told(&mut anna, series));
            let cancelled = anna
                .on()
                .cancel_dates(now, dates[2], Which::Following)
                .is_ok();
            let cancelled = cancelled.then(|| told(&mut anna, series));
            anna.reopen();
            let found = told(&mut anna, series);
            let an_hour_later =
                |(time, gone): &(Interval, bool)| (time.moved_by(60).unwrap(), *gone);
            pictures.push(pictures[0].iter().map(an_hour_later).collect());
            let mut last = pictures[1].clone();
            last[2..].iter_mut().for_each(|date| date.1 = true);
            pictures.push(last);
            let place = pictures.iter().position(|picture| *picture == found);
            let place = place.unwrap_or_else(|| panic!("half a change: {found:?}"));
            assert!(place >= usize::from(moved.is_some()) + usize::from(cancelled.is_some()));
            for (answered, picture) in [(moved, 1), (cancelled, 2)] {
                assert!(answered.is_none_or(|answered| answered == pictures[picture]));
            }
            for _ in 0..2 {
                meet(now, &mut anna, &mut kiosk).unwrap();
            }
            assert_eq!(anna.on().digest().unwrap(), kiosk.on().digest().unwrap());
            let standing = found.iter().filter(|(_, cancelled)| !cancelled).count();
            let confirmed = dates.iter().filter(|date| is_confirmed(&mut anna, **date));
            assert_eq!(confirmed.count(), standing);
        }
    }
}
