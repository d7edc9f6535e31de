//! Rentals at the desk: slips, and what staff change of them.

use super::{NEVER, locker, office, rented, seen, until};
use allkontor_core::command::{Book, Heir, WalkIn, WalkInDate};
use allkontor_core::error::Error;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Command, Outcome, SlipSays};
use allkontor_core::sync::qr::Slip;
use allkontor_core::time::CivilMinute;
use allkontor_tests::world::{World, at};

/// Somebody without a phone rents locker 41; what they leave with.
fn walked_in(world: &mut World, end: CivilMinute, seed: u8) -> Slip {
    let walk_in = WalkIn {
        book: locker(end),
        slip_seed: [seed; 16],
    };
    let Outcome::WalkedIn(walked_in) = world.desk(Command::WalkIn(walk_in)) else {
        panic!();
    };
    match &walked_in.dates[0] {
        WalkInDate::Requested { slip, .. } => slip.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn l1_a_slip_is_all_it_takes_to_rent_keep_and_give_back() {
    let mut world = office();
    let slip = walked_in(&mut world, NEVER, 5);
    assert_eq!(seen(&world), ["41 open runs"]);
    for time in ["2026-12-24T12:00", "2027-02-01T12:00"] {
        world.clock(time);
        let rental = world
            .kiosk
            .rental_of_slip(world.now, &slip.seed)
            .unwrap()
            .unwrap();
        assert_eq!((rental.units[0], rental.due), (UnitId(41), None), "{time}");
    }
    let seed = slip.seed;
    let says = SlipSays::Keep {
        until: at("2027-02-20T12:00"),
    };
    world.desk(Command::Slip { seed, says });
    assert_eq!(seen(&world), ["41 2027-02-20T12:00 runs"]);
    world.desk(Command::Slip {
        seed,
        says: SlipSays::Cancel,
    });
    assert_eq!(seen(&world), [""; 0]);
}

#[test]
fn l1_staff_lengthen_and_shorten_and_give_on() {
    let mut world = office();
    let anna = rented(&mut world, "anna", NEVER);
    let key = world.see("anna", anna).key.unwrap();
    world.desk(Command::Prolong {
        key,
        until: at("2026-12-10T12:00"),
    });
    assert_eq!(seen(&world), ["41 2026-12-10T12:00 runs"]);
    // What she asked for before is answered by it: it does not come back.
    world.clock("2026-11-25T08:00");
    assert_eq!(seen(&world), ["41 2026-12-10T12:00 runs"]);
    world.desk(Command::Prolong { key, until: NEVER });
    assert_eq!(seen(&world), ["41 open runs"]);

    // Bo waits for that one, and Cai before him; staff give it to Bo.
    world.phones(&["cai", "bo"]);
    let wish = || Book::unit(UnitId(41), until("2026-11-25T08:00", "2027-03-01T08:00")).exactly();
    let cai = world.booked("cai", wish());
    world.all_meet();
    world.clock("2026-11-25T08:15");
    let bo = world.booked("bo", wish());
    world.all_meet();
    world.all_meet();
    assert_eq!(
        (world.told("cai", cai), world.told("bo", bo)),
        ("waiting 1".into(), "waiting 2".into())
    );
    let heir = world.see("bo", bo).key.unwrap();
    let to = Heir::Waiting(heir);
    let outcome = world.desk(Command::Transfer { key, to });
    assert_eq!(
        outcome,
        Outcome::Transferred {
            to: heir,
            slip: None
        }
    );
    world.all_meet();
    assert_eq!(world.told("anna", anna), "released: transferred");
    assert_eq!(world.told("cai", cai), "waiting 1");
    assert_eq!(seen(&world), ["41 2027-03-01T08:00 runs"]);

    // And then to somebody without a phone, as long as Bo had it.
    let to = Heir::Slip {
        slip_seed: [9; 16],
        until: None,
    };
    let Outcome::Transferred {
        slip: Some(slip), ..
    } = world.desk(Command::Transfer { key: heir, to })
    else {
        panic!();
    };
    let rental = world
        .kiosk
        .rental_of_slip(world.now, &slip.seed)
        .unwrap()
        .unwrap();
    assert_eq!(rental.due, Some(at("2027-03-01T08:00")));
    assert_eq!(seen(&world), ["41 2027-03-01T08:00 runs"]);
    world.all_meet();
    world.assert_agreed();
}

#[test]
fn l1_the_desk_keeps_apart_what_is_rented_and_what_is_booked_by_the_day() {
    let mut world = office();
    world.phone("anna");
    let room = world.booked(
        "anna",
        Book::unit(UnitId(1), until("2026-11-24T10:00", "2026-11-24T11:00")),
    );
    world.all_meet();
    let key = world.see("anna", room).key.unwrap();
    let to = Heir::Slip {
        slip_seed: [9; 16],
        until: None,
    };
    for command in [
        Command::Prolong { key, until: NEVER },
        Command::Transfer { key, to },
    ] {
        let now = world.now;
        let event = allkontor_core::replica::Event::Command(command);
        let error = world.kiosk.handle(now, event).unwrap_err();
        assert_eq!(error, Error::NotARental { key });
    }
}
