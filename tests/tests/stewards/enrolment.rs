//! A device becomes one of the office's.

use allkontor_core::command::{Book, Founding};
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Command, Standing};
use allkontor_core::statement::Role;
use allkontor_core::store::MemoryStore;
use allkontor_core::sync::qr::{CardError, Enrolment, QrKind};
use allkontor_core::vault::MemoryVault;
use allkontor_tests::crew::{Crew, KIOSK};
use allkontor_tests::world::{at, founding, instant, parts, span};

#[test]
fn a_tablet_shows_its_key_and_is_a_steward_when_it_next_syncs() {
    let now = instant(at("2026-11-24T08:00"));
    let founding = |salt| Founding {
        salt: [salt; 32],
        ..founding(parts(), Role::Kiosk)
    };
    let empty = || (Box::new(MemoryStore::new()), Box::new(MemoryVault::new()));
    let found = |salt| {
        let (store, vault) = empty();
        Device::found(store, vault, now, [1; 32], &founding(salt)).unwrap()
    };
    let (mut kiosk, elsewhere) = (found(7), found(8));
    let (store, vault) = empty();
    let mut tablet = Device::join(store, vault, [2; 32], kiosk.office()).unwrap();

    let shown = tablet.enrolment().unwrap().to_bytes();
    assert_eq!(QrKind::of(&shown), Some(QrKind::Enrolment));
    let refused = elsewhere.scan_enrolment(&shown).unwrap_err();
    assert!(
        matches!(refused, DeviceError::Card(CardError::OtherOffice { ours, theirs })
            if ours == elsewhere.office() && theirs == kiosk.office()),
        "{refused}"
    );
    let key = kiosk.scan_enrolment(&shown).unwrap();
    assert_eq!(Enrolment::from_bytes(&shown).unwrap().device, key);
    kiosk.certify(now, key, Role::Staff).unwrap();
    assert_eq!(tablet.standing().unwrap(), Standing::Visitor);

    let file = kiosk.export_file(now).unwrap();
    tablet.import_file(now, &file).unwrap();
    assert_eq!(tablet.standing().unwrap(), Standing::Steward(Role::Staff));
}

#[test]
fn only_the_admin_certifies_each_key_once_and_only_with_a_role_that_is_known() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    crew.join("another");
    let (tablet, another) = (crew.key("tablet"), crew.key("another"));
    let certify = |device, role| Command::Certify { device, role };
    assert_eq!(
        crew.command("tablet", certify(another, Role::Staff)),
        Err(Error::NotTheAdmin)
    );
    assert_eq!(
        crew.command("another", certify(another, Role::Staff)),
        Err(Error::NotASteward)
    );
    let twice = crew
        .command(KIOSK, certify(tablet, Role::Kiosk))
        .unwrap_err();
    assert_eq!(
        twice.to_string(),
        format!(
            "device {tablet} was certified before as staff: a device is certified once under each key"
        )
    );
    let later = crew
        .command(KIOSK, certify(another, Role::Other(9)))
        .unwrap_err();
    assert_eq!(
        later.to_string(),
        "role 9 is not known here: admin is 1, staff 2, kiosk 3, hub 4"
    );
    crew.command(KIOSK, certify(another, Role::Hub)).unwrap();
    crew.meet("another", KIOSK);
    assert_eq!(
        crew.devices["another"].standing(),
        Standing::Steward(Role::Hub)
    );
}

#[test]
fn only_the_admin_drops_what_is_over() {
    let mut crew = Crew::new();
    crew.steward("tablet", Role::Staff);
    let day = allkontor_core::time::OfficeDay::from_ymd(2026, 11, 1).unwrap();
    assert_eq!(
        crew.command("tablet", Command::DropBefore(day)),
        Err(Error::NotTheAdmin)
    );
    crew.command(KIOSK, Command::DropBefore(day)).unwrap();
    crew.all_meet();
    crew.assert_agreed();
}

#[test]
fn what_somebody_booked_before_their_phone_became_a_steward_is_not_lost() {
    let mut crew = Crew::new();
    crew.phone("tablet", KIOSK);
    let kept = crew.booked("tablet", Book::unit(UnitId(1), span("24T10:00-11:00")));
    let february =
        allkontor_core::time::Interval::new(at("2026-12-10T10:00"), at("2026-12-10T11:00"))
            .unwrap();
    let device = crew.key("tablet");
    let role = Role::Staff;
    crew.command(KIOSK, Command::Certify { device, role })
        .unwrap();
    crew.meet("tablet", KIOSK);
    let own = crew.booked("tablet", Book::unit(UnitId(2), february));
    crew.all_meet();
    assert_eq!(crew.told("tablet", kept), "confirmed 1 10:00-11:00");
    assert_eq!(crew.told("tablet", own), "confirmed 2 10:00-11:00");
}
