//! An office that closes, and another that has agreed to take its people.

use allkontor_core::command::{Book, Close, Founding, HostError, What};
use allkontor_core::error::Error;
use allkontor_core::id::{ClassId, OfficeId, UnitId};
use allkontor_core::model::{Catalogue, Closure, Host, Parts, Text};
use allkontor_core::replica::{Command, Elsewhere, Event, Outcome, Replica};
use allkontor_core::statement::{Cause, Keypair, Role};
use allkontor_core::sync::qr::{Agreement, AgreementError};
use allkontor_core::time::{DayStart, OfficeDay};
use allkontor_tests::world::{DESK, HALL, ROOM, World, parts, span, talk, words};
use std::collections::{BTreeMap, BTreeSet};

/// What a room is called at the library.
const STUDY: ClassId = ClassId(7);

fn named(name: &str) -> Text {
    Text::new([("en", name)])
}

/// Another office: a library with study rooms, whose admin is the device with that seed.
fn library(world: &World, admin: u8) -> Replica {
    let mut parts = parts();
    let mut study = parts.classes[&ROOM].clone();
    study.name = named("study");
    parts.classes.insert(STUDY, study);
    parts.units.get_mut(&UnitId(3)).unwrap().class = STUDY;
    parts.profile.name = named("The library");
    let founding = Founding {
        catalogue: Catalogue::new(parts).unwrap(),
        day_start: DayStart::default(),
        role: Role::Staff,
        recovery_seed: [8; 32],
        salt: [admin; 32],
    };
    let key = Keypair::from_seed(&[admin; 32]);
    Replica::found(world.now, key, &founding).unwrap().0
}

fn day(text: &str) -> OfficeDay {
    OfficeDay::from_date(text.parse().unwrap()).unwrap()
}

/// What a library gives `guest`: its study rooms, until a day.
fn agreed(library: &Replica, guest: OfficeId, until: Option<&str>) -> Vec<u8> {
    let reach = vec!["192.168.1.4:7411".to_owned()];
    let classes = BTreeSet::from([STUDY]);
    library
        .agree_to_host(guest, &classes, until.map(day), reach, String::new())
        .unwrap()
}

fn with_hosts(agreements: &[Vec<u8>]) -> Parts {
    let hosts = agreements.iter().map(|agreement| Host {
        agreement: agreement.clone(),
        classes: BTreeMap::from([(ROOM, STUDY)]),
    });
    Parts {
        hosts: hosts.collect(),
        ..parts()
    }
}

fn publish(world: &mut World, parts: Parts) -> Result<Outcome, Error> {
    let catalogue = Box::new(Catalogue::new(parts).unwrap());
    let event = Event::Command(Command::Publish(catalogue));
    world
        .kiosk
        .handle(world.now, event)
        .map(|done| done.outcome)
}

fn close(world: &mut World, time: &str) {
    let close = Close {
        units: (1..=3).map(UnitId).collect(),
        interval: span(time),
        cause: Cause::Closed,
    };
    world.desk(Command::Close(close));
    world.all_meet();
}

fn offices(elsewhere: &[Elsewhere]) -> Vec<OfficeId> {
    elsewhere.iter().map(|there| there.office.office).collect()
}

#[test]
fn p1_who_is_closed_out_is_told_which_office_takes_them_and_books_there() {
    let mut world = World::new();
    let mut library = library(&world, 40);
    let agreement = agreed(&library, world.kiosk.office(), None);
    publish(&mut world, with_hosts(&[agreement])).unwrap();
    world.phones(&["anna", "bo"]);
    let anna = world.booked("anna", Book::unit(UnitId(1), span("24T14:00-15:00")));
    let desk = world.booked("bo", Book::unit(UnitId(11), span("24T14:00-15:00")));
    world.all_meet();
    assert_eq!(
        world.phones["anna"].elsewhere(anna),
        Ok(vec![]),
        "it stands"
    );
    close(&mut world, "24T08:00-18:00");
    let there = world.phones["anna"].elsewhere(anna).unwrap();
    assert_eq!(offices(&there), [library.office()]);
    assert_eq!(there[0].office.name, named("The library"));
    assert_eq!(there[0].office.reach, ["192.168.1.4:7411"]);
    let [stay] = there[0].stays.as_slice() else {
        panic!("{there:?}")
    };
    let told = (stay.class, stay.places, stay.interval);
    assert_eq!(told, (STUDY, 1, span("24T14:00-15:00")));
    assert_eq!(stay.name, named("study"));
    assert_eq!(
        world.phones["bo"].elsewhere(desk),
        Ok(vec![]),
        "not closed out"
    );

    // She follows the library, under a key of which nothing is known here, and asks like anybody else.
    let mut anna = Replica::new(Keypair::from_seed(&[50; 32]), there[0].office.office);
    let meet = |anna: &mut Replica, library: &mut Replica| {
        for _ in 0..2 {
            talk(world.now, anna, library);
        }
    };
    meet(&mut anna, &mut library);
    let book = Book::places(stay.class, stay.places, stay.interval);
    let asked = anna.handle(world.now, Event::Command(Command::Book(book)));
    let Outcome::Booked(booked) = asked.unwrap().outcome else {
        panic!("not asked")
    };
    meet(&mut anna, &mut library);
    let booking = booked.bookings().next().unwrap();
    let told = words(&anna.booking(booking).unwrap().status);
    assert_eq!(told, "confirmed 3 14:00-15:00");
}

#[test]
fn p1_whoever_comes_for_a_time_at_which_the_office_is_shut_is_told_too_and_all_of_it_counts() {
    let mut world = World::new();
    let library = library(&world, 40);
    let agreement = agreed(&library, world.kiosk.office(), Some("2026-11-25"));
    let mut parts = with_hosts(&[agreement]);
    parts.closures.push(Closure {
        interval: span("25T00:00-23:00"),
        unit: None,
        reason: named("moving house"),
    });
    publish(&mut world, parts).unwrap();
    world.phones(&["anna"]);
    let anna = &world.phones["anna"];
    let day = span("25T10:00-12:00");
    let places = |class, count| What::Places { class, count };
    let there = anna.elsewhere_for(places(ROOM, 2), day);
    assert_eq!((there.len(), there[0].stays[0].places), (1, 2));
    assert_eq!(anna.elsewhere_for(What::Unit(UnitId(1)), day).len(), 1);
    // There are no desks there, and no halls. And the library's word is for that day.
    assert_eq!(anna.elsewhere_for(places(DESK, 1), day), []);
    assert_eq!(anna.elsewhere_for(What::Together(HALL), day), []);
    let next = span("26T10:00-12:00");
    assert_eq!(anna.elsewhere_for(places(ROOM, 2), next), []);
    assert_eq!(anna.elsewhere_for(places(ROOM, 0), day), []);
}

#[test]
fn p1_no_office_is_named_that_has_not_agreed() {
    let mut world = World::new();
    let (library, ours) = (library(&world, 40), world.kiosk.office());
    let host = library.office();
    let good = agreed(&library, ours, None);
    // With another office.
    let guest = OfficeId([3; 32]);
    let refused = publish(&mut world, with_hosts(&[agreed(&library, guest, None)]));
    let error = HostError::ForAnother { host, guest, ours };
    assert_eq!(refused, Err(error.into()));
    // For another class.
    let mut parts = with_hosts(std::slice::from_ref(&good));
    parts.hosts[0].classes = BTreeMap::from([(ROOM, DESK)]);
    let error = HostError::NotAgreed { host, class: DESK };
    assert_eq!(publish(&mut world, parts.clone()), Err(error.into()));
    parts.hosts[0].classes = BTreeMap::from([(ClassId(99), STUDY)]);
    let class = ClassId(99);
    assert_eq!(
        publish(&mut world, parts),
        Err(HostError::UnknownClass { class }.into())
    );
    // Signed by somebody else: every byte counts.
    let other = Keypair::from_seed(&[41; 32]);
    let word = Agreement::read(&good).unwrap();
    assert!(word.sign(&other, []).is_err());
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        let read = Agreement::read(&bytes);
        assert!(read.is_err(), "byte {at}: {read:?}");
    }
    assert_eq!(world.kiosk.hosts(), []);
    publish(&mut world, with_hosts(&[good])).unwrap();
    assert_eq!(world.kiosk.hosts().len(), 1);
}

#[test]
fn p1_an_office_agrees_for_what_it_has_and_only_by_its_admin() {
    let mut world = World::new();
    let (library, ours) = (library(&world, 40), world.kiosk.office());
    let agree = |replica: &Replica, guest, classes: &[ClassId]| {
        let classes = classes.iter().copied().collect();
        replica.agree_to_host(guest, &classes, None, Vec::new(), String::new())
    };
    let itself = HostError::Itself {
        office: library.office(),
    };
    assert_eq!(
        agree(&library, library.office(), &[STUDY]),
        Err(itself.into())
    );
    assert_eq!(agree(&library, ours, &[]), Err(HostError::NoClass.into()));
    let class = ClassId(99);
    assert_eq!(
        agree(&library, ours, &[class]),
        Err(HostError::UnknownClass { class }.into())
    );
    world.phones(&["anna"]);
    let phone = &world.phones["anna"];
    assert_eq!(
        agree(phone, library.office(), &[ROOM]),
        Err(Error::NotTheAdmin)
    );
    // As many as fit a code.
    let reach = vec!["x".repeat(3_000)];
    let long = library.agree_to_host(ours, &BTreeSet::from([STUDY]), None, reach, String::new());
    let Err(Error::Host(HostError::Agreement(AgreementError::Payload(error)))) = long else {
        panic!("{long:?}")
    };
    assert!(
        error.to_string().ends_with("a QR code holds 2953"),
        "{error}"
    );
    let good = agree(&library, ours, &[STUDY]).unwrap();
    let hosts = |count| vec![good.clone(); count];
    let most = allkontor_core::limits::MAX_HOSTS;
    assert!(publish(&mut world, with_hosts(&hosts(most))).is_ok());
    let refused = publish(&mut world, with_hosts(&hosts(most + 1)));
    assert_eq!(
        refused.unwrap_err().to_string(),
        "17 offices take people: the limit is 16"
    );
}
