//! `incident.json`: a device that the office certified sends what no honest device sends.

use crate::form::Incident;
use crate::run::{bytes, minute, newcomer};
use crate::write::{FORMAT, Town, base64, by_language};
use allkontor::{Alarm, Device, Role};
use allkontor_core::document::{ActorId, Change, ChangeParts};
use allkontor_core::envelope::Envelope;
use allkontor_core::id::OfficeId;
use allkontor_core::statement::{Document, Keypair};
use allkontor_core::time::{Month, OfficeDay, Timestamp};
use sha2::{Digest as _, Sha256};

/// What the dishonest device's key is derived from.
const SEED: [u8; 32] = [66; 32];

pub(crate) fn incident() -> Incident {
    let town = Town::new();
    let office = town.kiosk.office_id().unwrap();
    let place = town.folder.path().join("bad");
    std::fs::create_dir(&place).unwrap();
    let place = place.to_str().unwrap().to_owned();
    let device = Device::join(place, office, SEED.to_vec()).unwrap();
    town.carry(&device);
    let key = device.public_key().unwrap();
    town.kiosk.certify(town.now, key, Role::Staff).unwrap();
    let file = town.kiosk.export_file(town.now).unwrap();
    let bad = bundle(office, &what_no_honest_device_signs(office));

    let (_folder, newcomer) = newcomer(&office.to_string());
    newcomer.import_file(town.now, file.clone()).unwrap();
    newcomer.import_file(town.now, bad.clone()).unwrap();
    let alarm = newcomer.alarms(None, 10).unwrap().remove(0);
    let words = |tag: &str| newcomer.words(tag.to_owned()).unwrap();
    Incident {
        format: FORMAT,
        office: office.to_string(),
        now: town.now.0,
        file: base64(&file),
        bad: base64(&bad),
        signer: key.to_string(),
        text: by_language(|tag| words(tag).alarm(alarm.clone()).unwrap()),
        digest: newcomer.digest().unwrap(),
    }
}

/// Its first change, numbered as if it were the ninth.
fn what_no_honest_device_signs(office: OfficeId) -> Vec<u8> {
    let key = Keypair::from_seed(&SEED).derive(&format!("office/{office}"), 0);
    let document = Document::Ledger(Month::new(2026, 11).unwrap());
    let day = OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let parts = ChangeParts {
        actor: ActorId::derive(day, key.public(), document, 0),
        seq: 9,
        start_op: 1,
        minute: minute("2026-11-24T08:00"),
        deps: Vec::new(),
        statements: vec![Box::from(&b"nothing that can be read"[..])],
    };
    let envelope = Envelope::new(office, document, vec![Change::new(parts).unwrap()]).unwrap();
    envelope.sign(&key).unwrap().bytes().to_vec()
}

/// A file of one envelope.
fn bundle(office: OfficeId, envelope: &[u8]) -> Vec<u8> {
    let mut out = Vec::from(&b"allkontor\0"[..]);
    out.extend(1u16.to_be_bytes());
    out.extend(office.0);
    out.push(1);
    out.extend(u32::try_from(envelope.len()).unwrap().to_be_bytes());
    out.extend(envelope);
    out.push(0);
    let hash = Sha256::digest(&out);
    out.extend(hash);
    out
}

pub(crate) fn run(incident: &Incident) {
    let now = Timestamp(incident.now);
    let (_folder, device) = newcomer(&incident.office);
    device.import_file(now, bytes(&incident.file)).unwrap();
    assert_eq!(device.alarms(None, 10).unwrap(), []);
    device.import_file(now, bytes(&incident.bad)).unwrap();
    let [alarm]: [Alarm; 1] = device.alarms(None, 10).unwrap().try_into().unwrap();
    let Alarm::SomethingRefused { signer, .. } = &alarm else {
        panic!("{alarm:?}");
    };
    assert_eq!(
        signer.map(|key| key.to_string()),
        Some(incident.signer.clone())
    );
    for (language, text) in &incident.text {
        let words = device.words(language.clone()).unwrap();
        assert_eq!(words.alarm(alarm.clone()).unwrap(), *text);
    }
    assert_eq!(device.digest().unwrap(), incident.digest);
    assert!(device.dismiss(alarm.clone()).unwrap());
    assert_eq!(device.alarms(None, 10).unwrap(), []);
    assert!(!device.dismiss(alarm).unwrap(), "it is gone already");
}
