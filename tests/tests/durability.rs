//! Power cuts, full disks, failing vaults and restored backups: nothing that was acknowledged is lost.

use allkontor_core::command::{Book, Founding};
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::id::UnitId;
use allkontor_core::model::Catalogue;
use allkontor_core::replica::{BookingId, Standing};
use allkontor_core::statement::Role;
use allkontor_core::store::{Fault, MemoryStore, Operation, Store};
use allkontor_core::time::{DayStart, Timestamp};
use allkontor_core::vault::MemoryVault;
use allkontor_core::view::Stage;
use allkontor_tests::world::{at, instant, parts, span};

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
    let founding = Founding {
        catalogue: Catalogue::new(parts()).unwrap(),
        day_start: DayStart::default(),
        role: Role::Kiosk,
        recovery_seed: [9; 32],
        salt: [7; 32],
    };
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

/// A morning: two phones book the same room, meet the kiosk, one cancels. `again` repairs whatever broke. Each step
/// is tried until it succeeds, as a person would.
fn morning(fault: impl Fn(&Fragile, &Fragile), repair: impl Fn(&mut Fragile, &mut Fragile)) {
    let now = instant(at("2026-11-24T08:00"));
    let mut kiosk = kiosk(now);
    let (mut anna, mut bo) = (phone(&mut kiosk, 2), phone(&mut kiosk, 3));
    for phone in [&mut anna, &mut bo] {
        meet(now, phone, &mut kiosk).unwrap();
        meet(now, phone, &mut kiosk).unwrap();
    }
    fault(&kiosk, &anna);
    let retry = |step: &mut dyn FnMut(&mut Fragile, &mut Fragile) -> Result<(), DeviceError>,
                 kiosk: &mut Fragile,
                 anna: &mut Fragile| {
        for _ in 0..4 {
            if step(kiosk, anna).is_ok() {
                return;
            }
            repair(kiosk, anna);
        }
        panic!("a step failed four times");
    };
    let mut booking = None;
    retry(
        &mut |_, anna| {
            let booked = anna
                .on()
                .book(now, Book::unit(UnitId(1), span("24T10:00-11:00")).exactly())?;
            booking = booked.bookings().next();
            Ok(())
        },
        &mut kiosk,
        &mut anna,
    );
    let booking = booking.unwrap();
    assert!(
        anna.on().booking(booking).unwrap().is_some(),
        "what was answered is there"
    );
    retry(
        &mut |kiosk, anna| meet(now, anna, kiosk),
        &mut kiosk,
        &mut anna,
    );
    let told = is_confirmed(&mut anna, booking);
    let theirs = bo
        .on()
        .book(now, Book::unit(UnitId(1), span("24T10:30-11:30")).exactly())
        .unwrap();
    let theirs = theirs.bookings().next().unwrap();
    retry(
        &mut |kiosk, _| meet(now, &mut bo, kiosk),
        &mut kiosk,
        &mut anna,
    );
    for _ in 0..2 {
        retry(
            &mut |kiosk, anna| meet(now, anna, kiosk),
            &mut kiosk,
            &mut anna,
        );
        retry(
            &mut |kiosk, _| meet(now, &mut bo, kiosk),
            &mut kiosk,
            &mut anna,
        );
    }
    for device in [&mut kiosk, &mut anna, &mut bo] {
        device.disk.repair();
        device.reopen();
    }
    for _ in 0..2 {
        meet(now, &mut anna, &mut kiosk).unwrap();
        meet(now, &mut bo, &mut kiosk).unwrap();
    }
    assert!(
        is_confirmed(&mut anna, booking) || !told,
        "a confirmation that was told is gone"
    );
    // After an error the caller cannot know whether it was kept: a second try may be a second booking.
    let mine: Vec<_> = anna
        .on()
        .agenda()
        .unwrap()
        .iter()
        .map(|entry| entry.booking)
        .collect();
    let has_room = mine
        .into_iter()
        .any(|booking| is_confirmed(&mut anna, booking));
    assert_ne!(
        has_room,
        is_confirmed(&mut bo, theirs),
        "one of them has the room"
    );
    let picture = kiosk.on().digest().unwrap();
    assert_eq!(anna.on().digest().unwrap(), picture);
    assert_eq!(bo.on().digest().unwrap(), picture);
    assert_eq!(
        kiosk.on().standing().unwrap(),
        Standing::Steward(Role::Kiosk)
    );
}

fn power_back(kiosk: &mut Fragile, anna: &mut Fragile) {
    kiosk.reopen();
    anna.reopen();
}

#[test]
fn power_lost_at_any_write_of_the_kiosk_loses_nothing_that_was_told() {
    for after in 0..12 {
        for kept in [false, true] {
            morning(
                |kiosk, _| kiosk.disk.inject(Fault::PowerCut { after, kept }),
                power_back,
            );
        }
    }
}

#[test]
fn power_lost_at_any_write_of_a_phone_loses_nothing_that_was_answered() {
    for after in 0..12 {
        for kept in [false, true] {
            morning(
                |_, anna| anna.disk.inject(Fault::PowerCut { after, kept }),
                power_back,
            );
        }
    }
}

#[test]
fn a_write_that_fails_once_is_an_error_and_the_next_try_succeeds() {
    for after in 0..12 {
        morning(
            |kiosk, _| kiosk.disk.inject(Fault::FailOnce { after }),
            |_, _| {},
        );
        morning(
            |_, anna| anna.disk.inject(Fault::FailOnce { after }),
            |_, _| {},
        );
    }
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
    for after in 0..12 {
        morning(
            |kiosk, _| kiosk.disk.inject(Fault::Full { after }),
            |kiosk, _| kiosk.disk.repair(),
        );
        morning(
            |_, anna| anna.disk.inject(Fault::Full { after }),
            |_, anna| anna.disk.repair(),
        );
    }
}

#[test]
fn a_vault_that_cannot_be_saved_keeps_a_confirmation_from_leaving() {
    for after in 0..4 {
        morning(|kiosk, _| kiosk.vault.fail_save(after), |_, _| {});
    }
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
