//! Small histories by hand, each about one rule. Their outcome is frozen in `vectors/rules-1.json`.

mod devices;

use crate::office::{Office, at, hold, keypair, request, wish};
use allkontor_core::id::{ClassId, UnitId};
use allkontor_core::statement::{
    AnyEqual, Body, Cause, Hold, Keypair, Occupy, Pass, Release, Role, Take, Vacate, Verified,
};
use devices::{clones, frozen, hands, relied, replaced, successor};

/// Every story: what it shows, and the office it ends with.
pub fn all() -> Vec<(&'static str, Office)> {
    vec![
        (
            "a confirmation is never displaced by an earlier claim",
            displaced(),
        ),
        (
            "bookings that touch share a room, buffers do not",
            touching(),
        ),
        ("a person moves within their own time", moves()),
        (
            "what moved blocks until its custodian releases it",
            moved_elsewhere(),
        ),
        ("a bundle is granted whole or not at all", bundle()),
        ("custody and the deciding right change hands", hands()),
        (
            "a successor takes over and a confirmation beyond the cut is honoured",
            successor(),
        ),
        (
            "whoever relied on what a cut made void is first in line",
            relied(),
        ),
        ("two clones of a device confirm one room", clones()),
        (
            "the recovery key decides a fork of the admin chain",
            replaced(),
        ),
        (
            "an undecided fork of the admin chain freezes the office",
            frozen(),
        ),
        ("a check-in that arrives late clears the no-show", late()),
        (
            "an unknown kind is passed over unless it is critical",
            unknown(),
        ),
        ("a room that is taken physically is not forecast", taken()),
    ]
}

/// An office with a kiosk, a member of staff and a hub, and four visitors with a ticket of one slot each.
struct Cast {
    office: Office,
    visitors: Vec<(Keypair, Verified)>,
}

fn cast() -> Cast {
    let mut office = Office::new(&[Role::Kiosk, Role::Staff, Role::Hub]);
    let visitors = (0..4).map(|n| {
        let key = keypair("visitor", n);
        let ticket = office.ticket(0, 0, &key, 1, at(0, 600));
        (key, ticket)
    });
    let visitors = visitors.collect();
    Cast { office, visitors }
}

impl Cast {
    /// A visitor asks for a unit on the first day.
    fn ask(&mut self, visitor: usize, unit: u32, start: i32, end: i32) -> Verified {
        let (key, ticket) = &self.visitors[visitor];
        self.office.ask(key, ticket, &[wish(unit, 0, start, end)])
    }

    /// A visitor asks again, with another version.
    fn ask_anew(
        &mut self,
        visitor: usize,
        version: u8,
        unit: u32,
        start: i32,
        end: i32,
    ) -> Verified {
        let (key, ticket) = &self.visitors[visitor];
        let body = request(ticket, 0, version, vec![vec![wish(unit, 0, start, end)]]);
        self.office.visit(key, body)
    }
}

fn padded(unit: u32, start: i32, end: i32, before: u16, after: u16) -> Hold {
    Hold::new(
        UnitId(unit),
        crate::office::span(0, start, end),
        before,
        after,
    )
}

fn displaced() -> Office {
    let mut c = cast();
    let anna = c.ask(0, 0, 540, 600);
    c.office.confirm(0, &anna, &[hold(0, 0, 540, 600)], None);
    let (key, ticket) = &c.visitors[1];
    let mut early = request(ticket, 0, 0, vec![vec![wish(0, 0, 570, 630)]]);
    early.claimed = at(-1, 0);
    early.any_equal = Some(AnyEqual {
        class: ClassId(1),
        needs: vec![],
    });
    c.office.visit(key, early);
    let bo = c.ask(2, 0, 570, 630);
    c.office.confirm(0, &bo, &[hold(0, 0, 570, 630)], None);
    c.office
}

fn touching() -> Office {
    let mut c = cast();
    let holds = [
        (c.ask(0, 4, 540, 600), padded(4, 540, 600, 0, 15)),
        (c.ask(1, 4, 600, 660), padded(4, 600, 660, 0, 0)),
        (c.ask(2, 4, 615, 660), padded(4, 615, 660, 0, 0)),
        (c.ask(3, 4, 660, 700), padded(4, 660, 700, 5, 0)),
    ];
    for (request, hold) in holds {
        c.office.confirm(0, &request, &[hold], None);
    }
    c.office
}

fn moves() -> Office {
    let mut c = cast();
    let first = c.ask(0, 0, 540, 600);
    let confirm = c.office.confirm(0, &first, &[hold(0, 0, 540, 600)], None);
    let second = c.ask_anew(0, 1, 0, 570, 630);
    // Without naming the one it ends, it is void.
    c.office.confirm(0, &second, &[hold(0, 0, 570, 630)], None);
    c.office
        .confirm(0, &second, &[hold(0, 0, 570, 630)], Some(&confirm));
    let bo = c.ask(1, 0, 540, 570);
    c.office.confirm(0, &bo, &[hold(0, 0, 540, 570)], None);
    c.office
}

fn moved_elsewhere() -> Office {
    let mut c = cast();
    let first = c.ask(0, 0, 540, 600);
    let confirm = c.office.confirm(0, &first, &[hold(0, 0, 540, 600)], None);
    let give = c.office.give(0, &[0], 0, 1);
    c.office.say(
        1,
        Take {
            of: give.id(),
            via: None,
        },
    );
    let second = c.ask_anew(0, 1, 1, 540, 600);
    c.office
        .confirm(0, &second, &[hold(1, 0, 540, 600)], Some(&confirm));
    let bo = c.ask(1, 0, 540, 600);
    let ticket = c.visitors[1].1.id();
    let to = c.office.key(1);
    let pass = c.office.say(0, Pass { ticket, to });
    c.office.say(
        1,
        Take {
            of: pass.id(),
            via: None,
        },
    );
    c.office.confirm(1, &bo, &[hold(0, 0, 540, 600)], None);
    c.office.say(
        1,
        Release {
            confirm: confirm.id(),
            cause: Cause::Moved,
        },
    );
    c.office.confirm(1, &bo, &[hold(0, 0, 540, 600)], None);
    c.office
}

fn bundle() -> Office {
    let mut c = cast();
    let both = [wish(0, 0, 540, 600), wish(4, 0, 540, 600)];
    let (key, ticket) = c.visitors[0].clone();
    let anna = c.office.ask(&key, &ticket, &both);
    c.office.confirm(0, &anna, &[hold(0, 0, 540, 600)], None);
    c.office.confirm(
        0,
        &anna,
        &[hold(4, 0, 540, 600), hold(0, 0, 540, 600)],
        None,
    );
    let (key, ticket) = c.visitors[1].clone();
    c.office
        .ask(&key, &ticket, &[wish(1, 0, 540, 600), wish(4, 0, 570, 600)]);
    c.office
}

fn late() -> Office {
    let mut c = cast();
    for (visitor, came) in [(0, 590), (1, 601)] {
        let (key, ticket) = c.visitors[visitor].clone();
        let asked = c.ask(visitor, visitor as u32, 540, 600);
        let hold = hold(visitor as u32, 0, 540, 600);
        let confirm = c.office.confirm(0, &asked, &[hold], None).id();
        c.office.say(
            0,
            Release {
                confirm,
                cause: Cause::NoShow,
            },
        );
        c.office.arrive(&key, &ticket, at(0, came));
    }
    c.office
}

fn unknown() -> Office {
    let mut c = cast();
    let [anna, bo] = [c.ask(0, 0, 540, 600), c.ask(1, 1, 540, 600)];
    c.office.say(0, Body::Unknown { number: 90 });
    c.office.confirm(0, &anna, &[hold(0, 0, 540, 600)], None);
    let device = &c.office.devices[0];
    let mut header = c.office.place(0, device.head, c.office.authority.1);
    header.critical = true;
    let body = Body::Unknown { number: 91 };
    let key = device.key.clone();
    let critical = key
        .sign(allkontor_core::statement::Statement { header, body })
        .unwrap();
    c.office.devices[0].head = header.link.map(|l| (l.seq, critical.id()));
    c.office.heap.push(critical);
    c.office.confirm(0, &bo, &[hold(1, 0, 540, 600)], None);
    c.office
}

fn taken() -> Office {
    let mut c = cast();
    c.ask(0, 0, 540, 600);
    c.ask(1, 1, 540, 600);
    let occupy = |unit| Occupy {
        unit: UnitId(unit),
        interval: crate::office::span(0, 550, 560),
        cause: Cause::Present,
    };
    c.office.say(1, occupy(0));
    let gone = c.office.say(1, occupy(1));
    c.office.say(0, Vacate { occupy: gone.id() });
    // A hub states no facts.
    c.office.say(2, occupy(2));
    c.ask(2, 2, 540, 600);
    c.office
}
