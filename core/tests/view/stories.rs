//! What one person, the screen by the door and the desk are told.

use crate::office::{Office, ROOM, at, catalogue, hours, ledger};
use allkontor_core::id::{StatementId, UnitId};
use allkontor_core::resolve::{Fold, Obstacle, SlotKey};
use allkontor_core::statement::{
    AnyEqual, Arrive, Body, Cancel, Cause, CheckIn, Confirm, Decline, Hold, Keypair, Occupy,
    Release, Request, Verified, Wish,
};
use allkontor_core::time::{Interval, OfficeDay};
use allkontor_core::view::{Awaits, Delivery, EntryKind, Stage, Status, View};
use expect_test::{Expect, expect};
use std::collections::BTreeMap;

const DAY: u32 = 24;
const NONE: Option<AnyEqual> = None;

struct Story {
    office: Office,
    fold: Fold,
    view: View,
}

/// A person with a ticket.
struct Person {
    key: Keypair,
    booking: SlotKey,
}

impl Story {
    fn new() -> Self {
        let office = Office::found();
        let fold = Fold::new(ledger(), office.authority());
        let view = View::rebuild(&fold, &catalogue());
        Self { office, fold, view }
    }

    fn hear(&mut self, said: &Verified) -> StatementId {
        let changed = self.fold.extend([said.clone()]);
        self.view.update(&self.fold, &catalogue(), &changed);
        assert_eq!(self.view, View::rebuild(&self.fold, &catalogue()));
        said.id()
    }

    /// Somebody whose requests the keeper of those units decides.
    fn person(&mut self, number: u64, decider: fn(&Office) -> &Keypair) -> Person {
        let (ticket, key) = self.office.ticket(number, decider(&self.office), ledger());
        let ticket = self.hear(&ticket);
        Person {
            key,
            booking: SlotKey { ticket, slot: 0 },
        }
    }

    fn say(&mut self, by: &Person, body: impl Into<Body>) -> StatementId {
        let said = self.office.say(&by.key, ledger(), body);
        self.hear(&said)
    }

    /// Asks at a quarter of an hour after nine on the 20th.
    fn ask(
        &mut self,
        by: &Person,
        version: u8,
        quarter: u32,
        unit: u32,
        when: Interval,
        any_equal: Option<AnyEqual>,
    ) -> StatementId {
        let request = Request {
            event: None,
            ticket: by.booking.ticket,
            slot: by.booking.slot,
            version,
            options: vec![vec![Wish::new(UnitId(unit), when)]],
            any_equal,
            party: 1,
            claimed: at(20, 9 + quarter / 4, quarter % 4 * 15),
            accepts: None,
        };
        self.say(by, request)
    }

    fn staff(&mut self, body: impl Into<Body>) -> StatementId {
        let signed = self.office.decide(&self.office.staff, &self.fold, body);
        self.hear(&signed)
    }

    fn kiosk(&mut self, body: impl Into<Body>) -> StatementId {
        let signed = self.office.decide(&self.office.kiosk, &self.fold, body);
        self.hear(&signed)
    }

    /// Grants a person's current request where the forecast places it.
    fn confirm(&self, of: &Person) -> Confirm {
        let outlook = self
            .view
            .forecast()
            .outlook(&of.booking)
            .expect("undecided");
        let ends = self.fold.resolved().slots[&of.booking].last();
        Confirm {
            request: outlook.request,
            holds: outlook.place.holds().to_vec(),
            ends,
        }
    }

    fn status(&self, of: &Person) -> Status {
        self.view
            .status(&self.fold, &of.booking, Delivery::Received)
    }

    fn check(&self, of: &Person, expected: Expect) {
        expected.assert_eq(&told(&self.status(of)));
    }
}

fn held(holds: &[Hold]) -> String {
    let each = holds.iter().map(|hold| {
        let (start, end) = (
            hold.interval().start().to_naive(),
            hold.interval().end().to_naive(),
        );
        format!(
            "{} {}-{}",
            hold.unit,
            start.format("%H:%M"),
            end.format("%H:%M")
        )
    });
    each.collect::<Vec<_>>().join(" + ")
}

fn told(status: &Status) -> String {
    let stage = match &status.stage {
        Stage::Likely { holds } => format!("likely {}", held(holds)),
        Stage::Alternative { holds } => format!("alternative {}", held(holds)),
        Stage::Confirmed { holds } => format!("confirmed {}", held(holds)),
        Stage::CheckedIn { holds } => format!("checked in {}", held(holds)),
        Stage::Withdrawn { cause, place } => format!(
            "withdrawn ({}), then {}",
            cause.map_or("void", Cause::word),
            held(place.holds())
        ),
        other => format!("{other:?}").to_lowercase(),
    };
    let holding = if status.holding.is_empty() {
        String::new()
    } else {
        format!("; holding {}", held(&status.holding))
    };
    let before = status.before.as_ref().map_or(String::new(), |before| {
        format!("; before {} ({:?})", held(&before.holds), before.state)
    });
    format!("{stage}{holding}{before}")
}

#[test]
fn a_pending_change_keeps_the_old_place_until_the_new_one_is_confirmed() {
    let mut story = Story::new();
    let anna = story.person(1, |office| &office.staff);
    story.check(&anna, expect!["asked"]);
    story.ask(&anna, 0, 0, 12, hours(DAY, 9, 10), NONE);
    story.check(&anna, expect!["likely unit 12 09:00-10:00"]);
    let confirm = story.confirm(&anna);
    let confirm = story.staff(confirm);
    story.check(
        &anna,
        expect!["confirmed unit 12 09:00-10:00; holding unit 12 09:00-10:00"],
    );
    story.ask(&anna, 1, 1, 12, hours(DAY, 9, 11), NONE);
    story.check(
        &anna,
        expect!["likely unit 12 09:00-11:00; holding unit 12 09:00-10:00"],
    );
    let moved = story.confirm(&anna);
    assert_eq!(moved.ends, Some(confirm));
    let moved = story.staff(moved);
    story.check(&anna, expect!["confirmed unit 12 09:00-11:00; holding unit 12 09:00-11:00; before unit 12 09:00-10:00 (Moved)"]);
    story.staff(CheckIn { confirm: moved });
    story.check(&anna, expect!["checked in unit 12 09:00-11:00; holding unit 12 09:00-11:00; before unit 12 09:00-10:00 (Moved)"]);
}

#[test]
fn a_refusal_says_which_rule_and_a_cancellation_waits_for_the_release() {
    let mut story = Story::new();
    let (anna, bo) = (story.person(1, |o| &o.staff), story.person(2, |o| &o.staff));
    let request = story.ask(&anna, 0, 0, 12, hours(DAY, 9, 10), NONE);
    story.staff(Decline {
        request,
        cause: Cause::from_rule(17),
        note: None,
    });
    let Stage::Declined { cause } = story.status(&anna).stage else {
        panic!("declined")
    };
    assert_eq!(cause.rule(), Some(17));

    story.ask(&bo, 0, 0, 12, hours(DAY, 9, 10), NONE);
    let confirm = story.confirm(&bo);
    let confirm = story.staff(confirm);
    story.say(
        &bo,
        Cancel {
            ticket: bo.booking.ticket,
            slot: 0,
            version: 0,
        },
    );
    story.check(&bo, expect!["cancelled; holding unit 12 09:00-10:00"]);
    story.staff(Release {
        confirm,
        cause: Cause::Cancelled,
    });
    story.check(&bo, expect!["released { cause: cancelled }"]);
}

#[test]
fn who_loses_a_place_to_the_office_is_asked_first_and_told_what_it_was() {
    let mut story = Story::new();
    let (anna, bo) = (story.person(1, |o| &o.staff), story.person(2, |o| &o.staff));
    let any = Some(AnyEqual {
        class: ROOM,
        needs: vec![],
    });
    story.ask(&bo, 0, 0, 12, hours(DAY, 9, 10), any.clone());
    let confirm = story.confirm(&bo);
    let confirm = story.staff(confirm);
    story.ask(&anna, 0, 0, 13, hours(DAY, 9, 10), NONE);
    story.check(&anna, expect!["likely unit 13 09:00-10:00"]);
    story.staff(Occupy {
        unit: UnitId(12),
        interval: hours(DAY, 8, 12),
        cause: Cause::Closed,
    });
    story.staff(Release {
        confirm,
        cause: Cause::Closed,
    });
    story.check(&bo, expect!["withdrawn (closed), then unit 13 09:00-10:00"]);
    story.check(&anna, expect!["waiting { n: 1 }"]);
    let again = story.confirm(&bo);
    story.staff(again);
    story.check(&bo, expect!["confirmed unit 13 09:00-10:00; holding unit 13 09:00-10:00; before unit 12 09:00-10:00 (Released(Closed))"]);
}

#[test]
fn an_explanation_has_the_obstacle_the_nearest_times_and_equal_units_but_no_names() {
    let mut story = Story::new();
    let (anna, bo) = (story.person(1, |o| &o.staff), story.person(2, |o| &o.staff));
    story.ask(&anna, 0, 0, 13, hours(DAY, 10, 12), NONE);
    let confirm = story.confirm(&anna);
    story.staff(confirm);
    story.ask(&bo, 0, 1, 13, hours(DAY, 11, 12), NONE);
    let explained = story.view.explain(
        &story.fold,
        &catalogue(),
        &bo.booking,
        Delivery::Received,
        &BTreeMap::new(),
        at(DAY, 9, 0),
    );
    assert_eq!(explained.status.stage, Stage::Waiting { n: 1 });
    assert_eq!(explained.awaits, Some(Awaits::Place { n: 1 }));
    let blocked = Interval::new(at(DAY, 9, 55), at(DAY, 12, 10)).unwrap();
    assert_eq!(
        explained.options[0].obstacles,
        [Obstacle::Confirmed {
            unit: UnitId(13),
            interval: blocked
        }]
    );
    assert!(explained.options[0].rules.is_empty());
    expect!["[Nearest { units: [UnitId(13)], wanted: 2026-11-24T11:00/2026-11-24T12:00, times: [2026-11-24T12:30/2026-11-24T13:30, 2026-11-24T13:00/2026-11-24T14:00, 2026-11-24T13:30/2026-11-24T14:30, 2026-11-24T14:00/2026-11-24T15:00, 2026-11-24T14:30/2026-11-24T15:30] }]"].assert_eq(&format!("{:?}", explained.nearest));
    expect!["[EqualUnits { class: ClassId(2), interval: 2026-11-24T11:00/2026-11-24T12:00, wanted: 1, units: [FreeUnit { surplus: 1, unit: UnitId(12), expected: 0, introduced_only: false }, FreeUnit { surplus: 3, unit: UnitId(11), expected: 0, introduced_only: false }] }]"].assert_eq(&format!("{:?}", explained.equals));

    let cleo = story.person(3, |o| &o.staff);
    story.ask(&cleo, 0, 1, 13, hours(28, 10, 12), NONE);
    let closed = story.view.explain(
        &story.fold,
        &catalogue(),
        &cleo.booking,
        Delivery::Received,
        &BTreeMap::new(),
        at(DAY, 9, 0),
    );
    expect!["the office is closed on 2026-11-28"]
        .assert_eq(&closed.options[0].rules[0].to_string());
    assert!(closed.nearest[0].times.is_empty(), "Saturday is closed");
}

#[test]
fn the_door_says_when_and_the_desk_says_whose() {
    let mut story = Story::new();
    let (anna, bo) = (story.person(1, |o| &o.staff), story.person(2, |o| &o.staff));
    story.ask(&anna, 0, 0, 11, hours(DAY, 9, 10), NONE);
    let confirm = story.confirm(&anna);
    story.staff(confirm);
    story.say(
        &anna,
        Arrive {
            ticket: anna.booking.ticket,
            slot: 0,
            claimed: at(DAY, 9, 0),
        },
    );
    story.ask(&bo, 0, 0, 11, hours(DAY, 11, 12), NONE);
    story.kiosk(Occupy {
        unit: UnitId(11),
        interval: hours(DAY, 14, 16),
        cause: Cause::Present,
    });
    let day = OfficeDay::from_ymd(2026, 11, DAY).unwrap().get();
    let door = story.view.board().unit_period(UnitId(11), day);
    let kinds: Vec<EntryKind> = door.iter().map(|entry| entry.kind).collect();
    let occupied = EntryKind::Occupied {
        cause: Cause::Present,
    };
    assert_eq!(kinds, [EntryKind::Confirmed, EntryKind::Expected, occupied]);
    assert_eq!(
        door,
        story.view.board().period(day).copied().collect::<Vec<_>>()
    );
    let desk = story.view.desk(&story.fold, UnitId(11), day);
    let whose: Vec<_> = desk
        .iter()
        .map(|desk| (desk.booking, desk.arrived))
        .collect();
    assert_eq!(
        whose,
        [
            (Some(anna.booking), true),
            (Some(bo.booking), false),
            (None, false)
        ]
    );
    assert_eq!(desk.iter().map(|desk| desk.entry).collect::<Vec<_>>(), door);
}

#[test]
fn a_queue_is_in_the_order_it_will_be_served() {
    let mut story = Story::new();
    let people: Vec<Person> = (1..=4).map(|n| story.person(n, |o| &o.kiosk)).collect();
    let when = hours(DAY, 9, 10);
    story.ask(&people[0], 0, 0, 1, when, NONE);
    let confirm = story.confirm(&people[0]);
    story.kiosk(confirm);
    for (person, quarter) in people[1..].iter().zip([3, 1, 2]) {
        story.ask(person, 0, quarter, 1, when, NONE);
    }
    let [_, third, first, second] = [0, 1, 2, 3].map(|n: usize| story.status(&people[n]).stage);
    let line = [first, second, third];
    assert_eq!(line, [1, 2, 3].map(|n| Stage::Waiting { n }));
}

#[test]
fn an_agenda_is_in_order_of_time_and_knows_how_far_a_request_has_come() {
    let mut story = Story::new();
    let (late, early, unknown) = (
        story.person(1, |o| &o.kiosk),
        story.person(2, |o| &o.kiosk),
        story.person(3, |o| &o.kiosk),
    );
    story.ask(&late, 0, 0, 1, hours(DAY + 1, 9, 10), NONE);
    story.ask(&early, 0, 0, 1, hours(DAY, 9, 10), NONE);
    let mine = [
        (unknown.booking, Delivery::Draft),
        (late.booking, Delivery::Carried),
        (early.booking, Delivery::Received),
    ];
    let agenda = story.view.agenda(&story.fold, mine);
    let seen: Vec<_> = agenda
        .iter()
        .map(|item| (item.start, item.booking, item.status.delivery))
        .collect();
    assert_eq!(
        seen,
        [
            (Some(at(DAY, 9, 0)), early.booking, Delivery::Received),
            (Some(at(DAY + 1, 9, 0)), late.booking, Delivery::Carried),
            (None, unknown.booking, Delivery::Draft),
        ]
    );
}
