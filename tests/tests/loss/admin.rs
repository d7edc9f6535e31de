//! The admin key changes hands: by a command, by the recovery key, and when somebody has copied it.

use allkontor_core::command::Close;
use allkontor_core::id::UnitId;
use allkontor_core::replica::{Alarm, Standing};
use allkontor_core::statement::{Body, Cause, Role};
use allkontor_tests::fleet::Fleet;
use allkontor_tests::world::{RECOVERY, span};

#[test]
fn the_admin_key_is_handed_to_another_device_and_only_to_one_of_the_office() {
    let mut fleet = Fleet::new();
    fleet.steward("tablet", Role::Staff, "kiosk");
    fleet.join("phone");
    let (now, tablet, phone) = (fleet.now, fleet.key("tablet"), fleet.key("phone"));
    let kiosk = fleet.on("kiosk");
    let me = kiosk.public_key().unwrap();
    for nobody in [phone, me] {
        assert_eq!(
            kiosk.hand_over(now, nobody).unwrap_err().code(),
            "not_an_heir"
        );
    }
    let before = fleet.devices["kiosk"].disk.copy();
    fleet.on("kiosk").hand_over(now, tablet).unwrap();
    let refused = fleet
        .on("kiosk")
        .certify(now, phone, Role::Hub)
        .unwrap_err();
    assert_eq!(refused.code(), "not_the_admin");
    assert_eq!(
        fleet.on("kiosk").standing().unwrap(),
        Standing::Steward(Role::Kiosk)
    );
    fleet.meet("tablet", "kiosk");
    fleet.on("tablet").certify(now, phone, Role::Hub).unwrap();
    fleet.meet("phone", "tablet");
    assert_eq!(
        fleet.on("phone").standing().unwrap(),
        Standing::Steward(Role::Hub)
    );
    // A kiosk that is taken back to before it handed the key over must not rule beside the tablet.
    fleet.devices.get_mut("kiosk").unwrap().restore(&before);
    assert_eq!(fleet.on("kiosk").standing().unwrap(), Standing::Recovering);
}

/// A kiosk and its twin, each of which certified another tablet; and a tablet that has met both.
fn two_admins() -> Fleet {
    let mut fleet = Fleet::new();
    fleet.steward("tablet", Role::Staff, "kiosk");
    fleet.phone("anna", "kiosk");
    fleet.meet("tablet", "kiosk");
    let twin = fleet.devices["kiosk"].copy();
    fleet.devices.insert("twin".to_owned(), twin);
    fleet.steward("east", Role::Staff, "kiosk");
    fleet.steward("west", Role::Staff, "twin");
    fleet.meet_twice("tablet", "east");
    fleet.meet_twice("tablet", "west");
    fleet
}

#[test]
fn an_admin_chain_with_two_branches_stops_is_flagged_and_is_mended_by_the_recovery_key() {
    let mut fleet = two_admins();
    let now = fleet.now;
    for name in ["tablet", "west"] {
        let alarms = fleet.on(name).alarms().clone();
        assert!(
            alarms
                .iter()
                .any(|alarm| matches!(alarm, Alarm::AdminFork { .. })),
            "{name}: {alarms:?}"
        );
    }
    // Nothing is added below the fork, whoever asks.
    for name in ["kiosk", "east", "west"] {
        fleet.meet_twice(name, "tablet");
    }
    let (east, west) = (fleet.key("east"), fleet.key("west"));
    for name in ["east", "west"] {
        assert_eq!(
            fleet.on(name).standing().unwrap(),
            Standing::Visitor,
            "{name}"
        );
    }
    let tablet = fleet.on("tablet");
    let undecided = tablet
        .recover_office(now, RECOVERY, None, Role::Staff)
        .unwrap_err();
    assert_eq!(undecided.code(), "admin_forked");
    let branches = tablet.admin_branches().unwrap();
    assert_eq!(branches.len(), 2);
    let of_west = branches
        .iter()
        .find(|branch| {
            branch
                .said
                .iter()
                .any(|body| matches!(body, Body::Certify(c) if c.device == west))
        })
        .unwrap();
    tablet
        .recover_office(now, RECOVERY, Some(of_west.keeps), Role::Staff)
        .unwrap();
    assert!(
        tablet
            .alarms()
            .iter()
            .all(|alarm| !matches!(alarm, Alarm::AdminFork { .. }))
    );
    for name in ["west", "east", "anna"] {
        fleet.meet_twice(name, "tablet");
    }
    assert_eq!(
        fleet.on("west").standing().unwrap(),
        Standing::Steward(Role::Staff)
    );
    assert_eq!(fleet.on("east").standing().unwrap(), Standing::Visitor);
    // The branch that fell can be said again.
    fleet.on("tablet").certify(now, east, Role::Staff).unwrap();
    fleet.meet_twice("east", "tablet");
    assert_eq!(
        fleet.on("east").standing().unwrap(),
        Standing::Steward(Role::Staff)
    );
    for name in ["anna", "west"] {
        fleet.meet_twice(name, "tablet");
        assert_eq!(
            fleet.on(name).digest().unwrap(),
            fleet.on("tablet").digest().unwrap(),
            "{name}"
        );
    }
}

#[test]
fn nothing_can_be_kept_that_is_not_in_the_chain() {
    let mut fleet = two_admins();
    let now = fleet.now;
    let tablet = fleet.on("tablet");
    let nowhere = allkontor_core::id::StatementId([3; 32]);
    let refused = tablet
        .recover_office(now, RECOVERY, Some(nowhere), Role::Staff)
        .unwrap_err();
    assert_eq!(refused.code(), "not_on_the_chain");
}

#[test]
fn a_device_whose_last_word_stands_on_a_branch_signs_nothing_twice() {
    let mut fleet = Fleet::new();
    for name in ["tablet", "north"] {
        fleet.steward(name, Role::Staff, "kiosk");
    }
    fleet.meet("tablet", "kiosk");
    let twin = fleet.devices["kiosk"].copy();
    fleet.devices.insert("twin".to_owned(), twin);
    fleet.steward("east", Role::Staff, "kiosk");
    fleet.steward("west", Role::Staff, "twin");
    // North closes a room under the branch that it knows.
    fleet.meet("north", "kiosk");
    let now = fleet.now;
    let close = |unit| Close {
        units: vec![UnitId(unit)],
        interval: span("24T10:00-11:00"),
        cause: Cause::Closed,
    };
    fleet.on("north").close_places(now, close(1)).unwrap();
    fleet.meet_twice("north", "west");
    let stalled = fleet.on("north").close_places(now, close(2)).unwrap_err();
    assert_eq!(stalled.code(), "stalled");

    fleet.meet_twice("tablet", "west");
    fleet.meet_twice("tablet", "north");
    let west = fleet.key("west");
    let tablet = fleet.on("tablet");
    let branches = tablet.admin_branches().unwrap();
    let certifies = |body: &Body| matches!(body, Body::Certify(c) if c.device == west);
    let kept = branches
        .iter()
        .find(|branch| branch.said.iter().any(certifies));
    let keeps = Some(kept.unwrap().keeps);
    tablet
        .recover_office(now, RECOVERY, keeps, Role::Staff)
        .unwrap();
    fleet.meet_twice("north", "tablet");
    // What it said under the branch that fell is void; it says it again, and nobody calls that a fork.
    for unit in [1, 2] {
        fleet.on("north").close_places(now, close(unit)).unwrap();
    }
    fleet.meet_twice("north", "tablet");
    let alarms = fleet.on("tablet").alarms().clone();
    let forked = |alarm: &Alarm| matches!(alarm, Alarm::Fork { .. } | Alarm::AdminFork { .. });
    assert!(!alarms.iter().any(forked), "{alarms:?}");
    let day = allkontor_core::time::OfficeDay::from_ymd(2026, 11, 24).unwrap();
    let taken: Vec<u32> = fleet
        .on("tablet")
        .day(day)
        .unwrap()
        .iter()
        .map(|entry| entry.unit.0)
        .collect();
    assert_eq!(taken, [1, 2]);
}
