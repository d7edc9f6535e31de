//! What happens to devices: parts handed over, revocations, copies, a new admin key.

use super::cast;
use crate::office::{Office, hold, keypair};
use allkontor_core::id::{Digest, UnitId};
use allkontor_core::statement::{
    Assign, Cause, ChainPoint, CheckIn, Cut, Decline, Family, HandOver, Honour, Pass, Publish,
    Replace, Revoke, Take, Verified,
};

pub(super) fn hands() -> Office {
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

pub(super) fn successor() -> Office {
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

pub(super) fn relied() -> Office {
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

pub(super) fn clones() -> Office {
    let mut c = cast();
    let [anna, bo] = [c.ask(0, 0, 540, 600), c.ask(1, 0, 570, 630)];
    c.office.confirm(0, &anna, &[hold(0, 0, 540, 600)], None);
    c.office.devices[0].head = None;
    c.office.confirm(0, &bo, &[hold(0, 0, 570, 630)], None);
    c.office
}

pub(super) fn replaced() -> Office {
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

pub(super) fn frozen() -> Office {
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
