//! Small histories by hand, each about one rule. Their outcome is frozen in `vectors/rules-1.json`.

use crate::office::{Office, at, hold, keypair, request, wish};
use allkontor_core::id::{ClassId, Digest, UnitId};
use allkontor_core::statement::{
    AnyEqual, Assign, Body, Cause, ChainPoint, CheckIn, Cut, Decline, Family, HandOver, Hold,
    Honour, Keypair, Occupy, Pass, Publish, Release, Replace, Revoke, Role, Take, Vacate, Verified,
};

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

fn hands() -> Office {
    let mut c = cast();
    let anna = c.ask(0, 2, 540, 600);
    let give = c.office.give(0, &[2, 3], 0, 1);
    // Not the hub's to take; not the kiosk's to confirm any more.
    c.office.say(
        2,
        Take {
            of: give.id(),
            via: None,
        },
    );
    c.office.confirm(0, &anna, &[hold(2, 0, 540, 600)], None);
    c.office.say(
        1,
        Take {
            of: give.id(),
            via: None,
        },
    );
    c.office.confirm(1, &anna, &[hold(2, 0, 540, 600)], None);
    let (ticket, to) = (c.visitors[0].1.id(), c.office.key(1));
    let pass = c.office.say(0, Pass { ticket, to });
    c.office.say(
        1,
        Take {
            of: pass.id(),
            via: None,
        },
    );
    let confirm = c.office.confirm(1, &anna, &[hold(2, 0, 540, 600)], None);
    c.office.say(
        1,
        CheckIn {
            confirm: confirm.id(),
        },
    );
    let bo = c.ask(1, 3, 540, 600);
    c.office.say(
        1,
        Decline {
            request: bo.id(),
            cause: Cause::Limit,
            note: None,
        },
    );
    c.office.say(
        0,
        Decline {
            request: bo.id(),
            cause: Cause::Limit,
            note: None,
        },
    );
    c.office.confirm(0, &bo, &[hold(3, 0, 540, 600)], None);
    c.office
}

fn revoke(office: &mut Office, device: usize, at: &Verified, successor: usize) -> Verified {
    let seq = at.header().link.map_or(0, |l| l.seq);
    let head = ChainPoint { seq, id: at.id() };
    let cuts = vec![Cut {
        document: office.document,
        head,
    }];
    let (device, successor) = (office.key(device), Some(office.key(successor)));
    office.rule(Revoke {
        device,
        cuts,
        successor,
    })
}

fn successor() -> Office {
    let mut c = cast();
    let [anna, bo, eve] = [
        c.ask(0, 0, 540, 600),
        c.ask(1, 1, 540, 600),
        c.ask(2, 2, 540, 600),
    ];
    let kept = c.office.confirm(0, &anna, &[hold(0, 0, 540, 600)], None);
    let beyond = c.office.confirm(0, &bo, &[hold(1, 0, 540, 600)], None);
    c.office.confirm(0, &eve, &[hold(2, 0, 540, 600)], None);
    let revoke = revoke(&mut c.office, 0, &kept, 1);
    c.office.say(
        1,
        Honour {
            confirm: beyond.id(),
        },
    );
    c.office.say(
        1,
        Take {
            of: revoke.id(),
            via: None,
        },
    );
    // Bo comes first, for staff vouched; the room asked for is free again.
    c.ask_anew(2, 1, 1, 540, 600);
    c.office
}

fn relied() -> Office {
    let mut c = cast();
    let kept = c.office.say(
        0,
        Decline {
            request: c.visitors[2].1.id(),
            cause: Cause::Rules,
            note: None,
        },
    );
    let give = c.office.give(0, &[0], 0, 1);
    c.office.say(
        1,
        Take {
            of: give.id(),
            via: None,
        },
    );
    let (ticket, to) = (c.visitors[0].1.id(), c.office.key(1));
    let pass = c.office.say(0, Pass { ticket, to });
    c.office.say(
        1,
        Take {
            of: pass.id(),
            via: None,
        },
    );
    let anna = c.ask(0, 0, 540, 600);
    c.office.confirm(1, &anna, &[hold(0, 0, 540, 600)], None);
    revoke(&mut c.office, 0, &kept, 2);
    c.office
}

fn clones() -> Office {
    let mut c = cast();
    let [anna, bo] = [c.ask(0, 0, 540, 600), c.ask(1, 0, 570, 630)];
    c.office.confirm(0, &anna, &[hold(0, 0, 540, 600)], None);
    c.office.devices[0].head = None;
    c.office.confirm(0, &bo, &[hold(0, 0, 570, 630)], None);
    c.office
}

fn replaced() -> Office {
    let mut c = cast();
    let (seq, keeps) = c.office.authority;
    let thief = keypair("thief", 0).public();
    c.office.rule(HandOver { admin: thief });
    let (key, admin) = (c.office.recovery.clone(), keypair("admin", 1));
    let replace = Replace {
        admin: admin.public(),
        keeps,
    };
    let replace = c.office.rule_after(&key, seq, keeps, replace);
    (c.office.admin, c.office.authority) = (admin, (seq + 1, replace.id()));
    c.office.rule(Publish {
        version: 1,
        hash: Digest([1; 32]),
    });
    let anna = c.ask(0, 0, 540, 600);
    c.office.confirm(0, &anna, &[hold(0, 0, 540, 600)], None);
    c.office
}

fn frozen() -> Office {
    let mut c = cast();
    let (seq, prev) = c.office.authority;
    let (key, to) = (c.office.admin.clone(), c.office.key(1));
    let assign = Assign {
        units: vec![UnitId(9)],
        family: Family::Ledger,
        device: to,
    };
    c.office.rule_after(&key, seq, prev, assign);
    let [anna, bo] = [c.ask(0, 0, 540, 600), c.ask(1, 1, 540, 600)];
    c.office.confirm(0, &anna, &[hold(0, 0, 540, 600)], None);
    c.office.rule(Publish {
        version: 1,
        hash: Digest([1; 32]),
    });
    // Its authority is past the fork: not in force.
    c.office.confirm(0, &bo, &[hold(1, 0, 540, 600)], None);
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
