// What the examples in the documentation take for granted: an office of two rooms, open around the clock, whose kiosk
// and a phone have met. `meet` lets the two talk through files.

use allkontor_core::command::Founding;
use allkontor_core::device::{Device, DeviceError};
use allkontor_core::model::Catalogue;
use allkontor_core::statement::Role;
use allkontor_core::store::MemoryStore;
use allkontor_core::time::{CivilMinute, DayStart, Interval, Timestamp};
use allkontor_core::vault::MemoryVault;

/// Tuesday 2 March 2027, 10.00 in Stockholm.
const NOW: Timestamp = Timestamp(1_803_978_000);

fn office() -> Result<(Device, Device), Box<dyn std::error::Error>> {
    let catalogue = Catalogue::from_bytes(
        br#"{
        "profile": {"name": {"en": "The office"}, "languages": ["en"], "zone": "Europe/Stockholm", "operator": "library",
            "address": {"street": "", "postcode": "", "city": "", "country": "SE"}, "duration": {"kind": "permanent"}},
        "classes": {"1": {"name": {"en": "Room"}, "kind": "room", "rules": {"horizon_days": 120, "limits": {"at_once": 5}}}},
        "units": {"1": {"name": {"en": "Room 1"}, "class": 1}, "2": {"name": {"en": "Room 2"}, "class": 1}},
        "commons": {},
        "hours": {"weekly": {"monday": {"open": ["08:00-22:00"]}, "tuesday": {"open": ["08:00-22:00"]},
            "wednesday": {"open": ["08:00-20:00"]}}}
    }"#,
    )?;
    let founding = Founding {
        catalogue,
        day_start: DayStart::default(),
        role: Role::Kiosk,
        recovery_seed: [9; 32],
        salt: [7; 32],
    };
    let memory = || (Box::new(MemoryStore::new()), Box::new(MemoryVault::new()));
    let (store, vault) = memory();
    let mut kiosk = Device::found(store, vault, NOW, [1; 32], &founding)?;
    let (store, vault) = memory();
    let mut phone = Device::join(store, vault, [2; 32], kiosk.office())?;
    meet(&mut phone, &mut kiosk)?;
    Ok((phone, kiosk))
}

fn meet(phone: &mut Device, kiosk: &mut Device) -> Result<(), DeviceError> {
    for _ in 0..3 {
        phone.import_file(NOW, &kiosk.export_file(NOW)?)?;
        kiosk.import_file(NOW, &phone.export_file(NOW)?)?;
    }
    phone.import_file(NOW, &kiosk.export_file(NOW)?)
}

/// `at(9, 18, 20)`: 9 March 2027, 18.00 to 20.00.
fn at(day: u32, from: u32, to: u32) -> Interval {
    let minute = |hour| CivilMinute::from_ymd_hm(2027, 3, day, hour, 0).unwrap();
    Interval::new(minute(from), minute(to)).unwrap()
}
