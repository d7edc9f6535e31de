//! How much one certified device may ask of all others, at each edge.

use super::forge;
use allkontor_core::document::{ActorId, Change, ChangeParts};
use allkontor_core::envelope::Envelope;
use allkontor_core::id::{OfficeId, PublicKey};
use allkontor_core::limits::{
    MAX_BEYOND_CUT, MAX_DEVICE_AUTHORS, MAX_INCARNATIONS, MAX_INCIDENTS, MAX_QUARANTINED,
};
use allkontor_core::replica::{Alarm, Command, Event};
use allkontor_core::statement::{Body, ChainPoint, Document, Header, Link, Role, Statement};
use allkontor_core::store::Store as _;
use allkontor_core::sync::{Incoming, Source as _};
use allkontor_core::time::{Month, OfficeDay};
use allkontor_tests::crew::{Crew, KIOSK, keypair};
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::at;

const BAD: &str = "bad";

fn november() -> Document {
    Document::Ledger(Month::new(2026, 11).unwrap())
}

/// The first change of one of its authors, whose number makes its content.
fn change(day: i64, incarnation: u32, content: u64) -> Change {
    let day = OfficeDay::new(day).unwrap();
    let parts = ChangeParts {
        actor: ActorId::derive(day, keypair(BAD).public(), november(), incarnation),
        seq: 1,
        start_op: 1,
        minute: at("2026-11-24T08:00"),
        deps: Vec::new(),
        statements: vec![Box::from(&content.to_be_bytes()[..])],
    };
    Change::new(parts).unwrap()
}

fn sealed(office: OfficeId, changes: Vec<Change>) -> Vec<u8> {
    let envelope = Envelope::new(office, november(), changes).unwrap();
    envelope.sign(&keypair(BAD)).unwrap().bytes().to_vec()
}

/// What the kiosk says of an envelope, and whether it changed what the kiosk has.
fn taken(crew: &mut Crew, changes: Vec<Change>) -> (bool, Vec<String>) {
    let now = crew.now;
    let kiosk = crew.devices.get_mut(KIOSK).unwrap();
    let before = kiosk.at(now).heads(november());
    let incoming = Incoming::Envelope(sealed(kiosk.office(), changes).into());
    let effects = kiosk.handle(now, Event::TakeIn(vec![incoming])).unwrap();
    let told = effects.alarms.into_iter().filter_map(|alarm| match alarm {
        Alarm::Refused { why, .. } => Some(why),
        _ => None,
    });
    let told = told.collect();
    (kiosk.at(now).heads(november()) != before, told)
}

/// A kiosk, and a tablet that it has certified and never heard of since.
fn certified() -> Crew {
    let mut crew = Crew::new();
    let (device, role) = (keypair(BAD).public(), Role::Staff);
    crew.command(KIOSK, Command::Certify { device, role })
        .unwrap();
    crew
}

#[test]
fn a_device_goes_by_so_many_authors_names() {
    let mut crew = certified();
    let first = i64::try_from(MAX_DEVICE_AUTHORS).unwrap();
    let all = (0..first).map(|day| change(day, 0, 0)).collect();
    assert_eq!(taken(&mut crew, all), (true, vec![]));
    let device = keypair(BAD).public();
    let why = format!("device {device} goes by too many authors' names");
    assert_eq!(
        taken(&mut crew, vec![change(first, 0, 0)]),
        (false, vec![why])
    );
}

#[test]
fn a_device_has_so_many_databases_under_one_key() {
    let mut crew = certified();
    let last = MAX_INCARNATIONS - 1;
    assert_eq!(taken(&mut crew, vec![change(1, last, 0)]), (true, vec![]));
    // Nobody's name: it waits for a certificate.
    assert_eq!(
        taken(&mut crew, vec![change(1, last + 1, 0)]),
        (false, vec![])
    );
}

/// An envelope that no honest device makes: its first change is not numbered as a first one.
fn nonsense(office: OfficeId, number: u64) -> Vec<u8> {
    let day = OfficeDay::new(1).unwrap();
    let parts = ChangeParts {
        actor: ActorId::derive(day, keypair(BAD).public(), november(), 0),
        seq: 1,
        start_op: 7,
        minute: at("2026-11-24T08:00"),
        deps: Vec::new(),
        statements: vec![Box::from(&number.to_be_bytes()[..])],
    };
    sealed(office, vec![Change::new(parts).unwrap()])
}

fn incidents_of(signer: PublicKey, fleet: &mut Fleet) -> usize {
    let is_of = |alarm: &&Alarm| matches!(alarm, Alarm::Refused { signer: who, .. } if *who == Some(signer));
    fleet.on("kiosk").alarms().iter().filter(is_of).count()
}

#[test]
fn of_a_device_so_many_refusals_are_told_and_of_all_so_many_envelopes_set_aside() {
    let mut fleet = Fleet::new();
    let (now, office, bad) = (fleet.now, fleet.on("kiosk").office(), keypair(BAD).public());
    fleet.on("kiosk").certify(now, bad, Role::Staff).unwrap();
    let before = fleet.on("kiosk").digest().unwrap();
    for number in 0..MAX_QUARANTINED + 2 {
        let file = forge::bundle(office, &nonsense(office, number as u64));
        fleet.on("kiosk").import_file(now, &file).unwrap();
        assert_eq!(incidents_of(bad, &mut fleet), MAX_INCIDENTS.min(number + 1));
        let aside = fleet.devices["kiosk"].disk.quarantined().unwrap();
        assert_eq!(aside.len(), MAX_QUARANTINED.min(number + 1));
    }
    assert_eq!(fleet.on("kiosk").digest().unwrap(), before);
    fleet.devices.get_mut("kiosk").unwrap().reopen();
    assert_eq!(incidents_of(bad, &mut fleet), MAX_INCIDENTS);
}

#[test]
fn of_a_revoked_devices_chain_so_much_is_taken_in_beyond_its_cut() {
    let mut crew = Crew::new();
    crew.steward(BAD, Role::Hub);
    let (bad, successor) = (keypair(BAD), Some(crew.key(KIOSK)));
    let device = bad.public();
    let authority = crew.devices[KIOSK].authority().unwrap();
    let (auth, certificate) = (
        Some(authority.head().id),
        authority.device(&device).unwrap().certificate,
    );
    let written = crew.devices[KIOSK].fold(november()).unwrap();
    let mut last = written.resolved().chains.get(&device).copied();
    let told = last.map_or(0, |last| last.seq as usize + 1);
    crew.command(KIOSK, Command::ReplaceDevice { device, successor })
        .unwrap();
    let mut incoming = Vec::new();
    for _ in 0..=MAX_BEYOND_CUT {
        let link = Link {
            seq: last.map_or(0, |last: ChainPoint| last.seq + 1),
            prev: Some(last.map_or(certificate, |last| last.id)),
            auth,
        };
        let header = Header::linked(crew.devices[KIOSK].office(), november(), link);
        let body = Body::Unknown { number: 200 };
        let signed = bad.sign(Statement { header, body }).unwrap();
        last = Some(ChainPoint {
            seq: link.seq,
            id: signed.id(),
        });
        incoming.push(Incoming::Statement(signed.bytes().into()));
    }
    crew.take_in(KIOSK, incoming);
    let fold = crew.devices[KIOSK].fold(november()).unwrap();
    let kept = fold.statements().values();
    let kept = kept
        .filter(|statement| statement.signer() == device)
        .count();
    assert_eq!(kept, told + MAX_BEYOND_CUT);
}
