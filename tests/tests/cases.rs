//! Where resolver and specification once disagreed, each with the smallest history that shows it.
//!
//! [`tell`] asks resolver and oracle and panics when they differ.

use allkontor_core::id::{ClassId, Digest, UnitId};
use allkontor_core::resolve::{Cell, Fold, Holding};
use allkontor_core::statement::{
    AnyEqual, Body, CallOff, Cause, ChainPoint, Cut, Decline, Header, Honour, Link, Propose,
    Publish, Release, Request, Revoke, Role, Statement, Take, Verified,
};
use allkontor_tests::adapter::{fold_all, resolve_authority};
use allkontor_tests::office::{Office, at, hold, keypair, period, request, span, wish};
use allkontor_tests::story::tell;

fn told(office: &Office) -> Vec<String> {
    tell(office.id, office.document, &office.heap)
}

fn says(office: &Office, line: &str) {
    let lines = told(office);
    assert!(lines.iter().any(|l| l == line), "no {line:?} in {lines:#?}");
}

/// Everything taken in one by one, in the order in which it was signed; the same as all at once.
fn as_it_came(office: &Office) -> Fold {
    let authority = resolve_authority(office.id, &office.heap).unwrap();
    let mut fold = Fold::new(office.document, authority);
    for statement in &office.heap {
        fold.extend([statement.clone()]);
    }
    let whole = fold_all(office.id, office.document, &office.heap).unwrap();
    assert_eq!(fold.resolved(), whole.resolved());
    fold
}

#[test]
fn what_visitors_say_has_no_part_in_the_order_that_settles_forks() {
    // Of two clones' confirmations the smaller id wins, whatever the ids of the requests: among many, some request
    // of the winner has the largest id of all.
    for n in 0..40 {
        let mut office = Office::new(&[Role::Kiosk]);
        let confirms: Vec<Verified> = (0..2)
            .map(|visitor| {
                let key = keypair("visitor", n * 2 + visitor);
                let ticket = office.ticket(0, 0, &key, 1, at(0, 600));
                let asked = office.ask(&key, &ticket, &[wish(0, 0, 540, 600)]);
                office.devices[0].head = None;
                office.confirm(0, &asked, &[hold(0, 0, 540, 600)], None)
            })
            .collect();
        let winner = usize::from(confirms[1].id() < confirms[0].id());
        let line = format!("confirm {winner}: live, unit 0 2026-11-01T09:00/2026-11-01T10:00");
        says(&office, &line);
    }
}

#[test]
fn equal_units_are_distinct_within_an_option() {
    let mut office = Office::new(&[Role::Kiosk]);
    let taker = keypair("visitor", 0);
    let ticket = office.ticket(0, 0, &taker, 1, at(0, 600));
    let taken = office.ask(&taker, &ticket, &[wish(0, 0, 540, 600)]);
    office.confirm(0, &taken, &[hold(0, 0, 540, 600)], None);
    let key = keypair("visitor", 1);
    let ticket = office.ticket(0, 0, &key, 1, at(0, 600));
    let wishes = vec![vec![wish(0, 0, 540, 600), wish(0, 0, 600, 660)]];
    let any_equal = Some(AnyEqual {
        class: ClassId(1),
        needs: vec![],
    });
    office.visit(
        &key,
        Request {
            any_equal,
            ..request(&ticket, 0, 0, wishes)
        },
    );
    let lines = told(&office);
    let line = lines
        .iter()
        .find(|l| l.contains("alternative"))
        .expect("an alternative");
    let units: Vec<&str> = line
        .match_indices("unit ")
        .map(|(i, _)| &line[i..i + 6])
        .collect();
    assert!(units.len() == 2 && units[0] != units[1], "{line}");
}

#[test]
fn a_role_of_a_later_version_decides_nothing() {
    let mut office = Office::new(&[Role::Other(9), Role::Staff]);
    let key = keypair("visitor", 0);
    let ticket = office.ticket(1, 0, &key, 1, at(0, 600));
    let asked = office.ask(&key, &ticket, &[wish(0, 0, 540, 600)]);
    office.confirm(0, &asked, &[hold(0, 0, 540, 600)], None);
    office.give(0, &[1], 0, 1);
    let expected = [
        "confirm 0: void, unit 0 2026-11-01T09:00/2026-11-01T10:00",
        "ticket 0 slot 0: likely, unit 0 2026-11-01T09:00/2026-11-01T10:00",
    ];
    assert_eq!(told(&office), expected);
}

#[test]
fn a_critical_statement_beyond_a_cut_does_not_make_the_view_outdated() {
    let mut office = Office::new(&[Role::Kiosk]);
    let mut header = office.place(0, None, office.authority.1);
    header.critical = true;
    let key = office.devices[0].key.clone();
    let body = Body::Unknown { number: 91 };
    office
        .heap
        .push(key.sign(Statement { header, body }).unwrap());
    says(&office, "document: outdated since unknown 0");
    office.rule(Revoke {
        device: key.public(),
        cuts: vec![],
        successor: None,
    });
    assert_eq!(told(&office), Vec::<String>::new());
}

#[test]
fn a_chain_statement_that_names_no_authority_is_never_ready() {
    let mut office = Office::new(&[Role::Kiosk]);
    let link = Link {
        seq: 0,
        prev: Some(office.devices[0].certify),
        auth: None,
    };
    let header = Header::linked(office.id, office.document, link);
    let key = office.devices[0].key.clone();
    let body = Body::Unknown { number: 90 };
    let first = key.sign(Statement { header, body }).unwrap();
    office.devices[0].head = Some((0, first.id()));
    office.heap.push(first);
    office.give(0, &[0], 0, 0);
    assert_eq!(told(&office), Vec::<String>::new());
}

#[test]
fn a_successor_who_is_revoked_too_keeps_what_it_took_before_its_cut() {
    let mut office = Office::new(&[Role::Kiosk, Role::Staff]);
    let (first, second) = (office.key(0), office.key(1));
    let gone = office.rule(Revoke {
        device: first,
        cuts: vec![],
        successor: Some(second),
    });
    let take = office.say(
        1,
        Take {
            of: gone.id(),
            via: None,
        },
    );
    let give = office.give(1, &[0], 0, 0);
    let held = "unit 0 on 2026-11-01: nobody until device 0 takes give 0";
    says(&office, held);
    let head = ChainPoint {
        seq: 1,
        id: give.id(),
    };
    let cuts = vec![Cut {
        document: office.document,
        head,
    }];
    // A circle: each stands in for the other. What was taken before the cut stays taken.
    office.rule(Revoke {
        device: second,
        cuts,
        successor: Some(first),
    });
    says(&office, held);
    assert_eq!(take.header().link.map(|l| l.seq), Some(0));
}

#[test]
fn a_release_for_closing_a_place_that_was_left_makes_no_victim() {
    // Both clerks work at once: one moves the person, the other closes the old room. Whichever the fold takes first.
    let mut office = Office::new(&[Role::Kiosk, Role::Staff]);
    let key = keypair("visitor", 0);
    let ticket = office.ticket(0, 0, &key, 1, at(0, 600));
    let options = vec![vec![wish(0, 0, 540, 600)], vec![wish(1, 0, 540, 600)]];
    let asked = office.visit(&key, request(&ticket, 0, 0, options));
    let old = office.confirm(0, &asked, &[hold(0, 0, 540, 600)], None);
    let give = office.give(0, &[0], 0, 1);
    office.say(
        1,
        Take {
            of: give.id(),
            via: None,
        },
    );
    let new = office.confirm(0, &asked, &[hold(1, 0, 540, 600)], Some(&old));
    office.say(
        1,
        Release {
            confirm: old.id(),
            cause: Cause::Closed,
        },
    );
    office.say(
        0,
        Release {
            confirm: new.id(),
            cause: Cause::Ended,
        },
    );
    let lines = told(&office);
    assert!(!lines.iter().any(|l| l.contains("victim")), "{lines:#?}");
}

#[test]
fn what_holds_two_places_is_released_by_whoever_has_both() {
    let mut office = Office::new(&[Role::Kiosk, Role::Staff]);
    let key = keypair("visitor", 0);
    let ticket = office.ticket(0, 0, &key, 1, at(0, 600));
    let asked = office.ask(&key, &ticket, &[wish(0, 0, 540, 600), wish(1, 0, 540, 600)]);
    let both = [hold(0, 0, 540, 600), hold(1, 0, 540, 600)];
    let confirm = office.confirm(0, &asked, &both, None).id();
    let give = office.give(0, &[1], 0, 1).id();
    let take = Take {
        of: give,
        via: None,
    };
    office.say(1, take);
    let cause = Cause::Staff;
    for device in [0, 1] {
        office.say(device, Release { confirm, cause });
    }
    let line = "confirm 0: live, unit 0 2026-11-01T09:00/2026-11-01T10:00 and \
                unit 1 2026-11-01T09:00/2026-11-01T10:00";
    says(&office, line);
}

#[test]
fn after_a_fork_what_comes_late_is_judged_in_its_place() {
    // Two branches: one declines somebody and then confirms Anna, the other confirms Bo for the same room and is known
    // before that. Among many, Anna's comes late and still sorts before Bo's.
    let found = (0..100).any(|n| {
        let mut office = Office::new(&[Role::Kiosk]);
        let asked: Vec<Verified> = (0..3)
            .map(|visitor| {
                let key = keypair("visitor", n * 3 + visitor);
                let ticket = office.ticket(0, 0, &key, 1, at(0, 600));
                office.ask(&key, &ticket, &[wish(0, 0, 540, 600)])
            })
            .collect();
        let decline = Decline {
            request: asked[2].id(),
            cause: Cause::Rules,
            note: None,
        };
        let first = office.say(0, decline);
        let head = std::mem::take(&mut office.devices[0].head);
        let bo = office.confirm(0, &asked[1], &[hold(0, 0, 540, 600)], None);
        office.devices[0].head = head;
        let anna = office.confirm(0, &asked[0], &[hold(0, 0, 540, 600)], None);
        let fold = as_it_came(&office);
        let anna_first = first.id() < bo.id() && anna.id() < bo.id();
        assert_eq!(fold.resolved().void.contains(&bo.id()), anna_first);
        anna_first
    });
    assert!(found);
}

#[test]
fn of_two_successors_the_one_whose_take_over_sorts_first_has_it_whenever_it_comes() {
    let cell = Cell {
        unit: UnitId(0),
        period: period(0),
    };
    let found = (0..100).any(|n| {
        let mut office = Office::new(&[Role::Kiosk, Role::Staff, Role::Hub]);
        // Makes the ids differ.
        office.rule(Publish {
            version: n,
            hash: Digest([1; 32]),
        });
        let keys = [0, 1, 2].map(|device| office.key(device));
        let revoke = |office: &mut Office, device: usize, last: Option<&Verified>| {
            let head = |last: &Verified| ChainPoint {
                seq: 0,
                id: last.id(),
            };
            let document = office.document;
            let cuts = last.map(head).map(|head| Cut { document, head });
            office.rule(Revoke {
                device: keys[device],
                cuts: cuts.into_iter().collect(),
                successor: Some(keys[device + 1]),
            })
        };
        let kiosk_gone = revoke(&mut office, 0, None);
        let take = Take {
            of: kiosk_gone.id(),
            via: None,
        };
        let staff = office.say(1, take.clone());
        revoke(&mut office, 1, Some(&staff));
        let hub = office.say(2, take);
        let fold = as_it_came(&office);
        let hub_first = hub.id() < staff.id();
        let holder = keys[1 + usize::from(hub_first)];
        assert_eq!(fold.custodian(&cell), Some(Holding::Held(holder)));
        hub_first
    });
    assert!(found);
}

#[test]
fn a_hub_vouches_for_nobody() {
    let mut office = Office::new(&[Role::Kiosk, Role::Staff, Role::Hub]);
    let key = keypair("visitor", 0);
    let ticket = office.ticket(1, 0, &key, 1, at(0, 600));
    let asked = office.ask(&key, &ticket, &[wish(0, 0, 540, 600)]);
    let confirm = office
        .confirm(0, &asked, &[hold(0, 0, 540, 600)], None)
        .id();
    let device = office.key(0);
    office.rule(Revoke {
        device,
        cuts: vec![],
        successor: None,
    });
    let victims = |office: &Office| {
        told(office);
        let fold = fold_all(office.id, office.document, &office.heap).unwrap();
        fold.resolved().victims.len()
    };
    office.say(2, Honour { confirm });
    assert_eq!(victims(&office), 0);
    office.say(1, Honour { confirm });
    assert_eq!(victims(&office), 1);
}

#[test]
fn a_hub_calls_no_event_off() {
    let mut office = Office::new(&[Role::Kiosk, Role::Hub]);
    let visitor = keypair("visitor", 0);
    let ticket = office.ticket(0, 0, &visitor, 1, at(0, 600));
    let propose = Propose {
        ticket: ticket.id(),
        slot: 0,
        version: 0,
        dates: vec![span(0, 540, 600)],
        text: Digest([5; 32]),
        length: 12,
        room: false,
        seats: None,
        public: true,
        partner: None,
        claimed: at(0, 0),
    };
    let proposal = office.visit(&visitor, propose).id();
    let cause = Cause::CalledOff;
    let off = |office: &Office| {
        let fold = as_it_came(office);
        let mut events = fold.resolved().events.values();
        events.next().and_then(|event| event.off)
    };
    office.say(1, CallOff { proposal, cause });
    assert_eq!(off(&office), None);
    let by_kiosk = office.say(0, CallOff { proposal, cause });
    assert_eq!(off(&office), Some((by_kiosk.id(), cause)));
    told(&office);
}
