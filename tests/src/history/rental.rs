//! What is kept longer and what goes out: wishes to keep, statements that answer them, things handed over.

use super::Want;
use super::world::World;
use crate::oracle::Authority;
use crate::oracle::fold::{Fold, Standing};
use allkontor_core::id::{ConditionId, StatementId, UnitId};
use allkontor_core::limits::SEALED_CODE_BYTES;
use allkontor_core::statement::{
    Body, Carry, Cause, Code, Document, HandIn, HandOut, Hold, Opened, Origin, Renew, Statement,
};
use allkontor_core::time::CivilMinute;

impl World {
    /// Somebody wants to keep what they have.
    pub(super) fn renew(&mut self, ticket: u8, slot: u8, claimed: u8, thief: bool) {
        let Some((ticket, key)) = self.pick_ticket(ticket, thief) else {
            return;
        };
        // Claims of several devices of one person may be equal, or in any order.
        let claimed = self.now.plus(i32::from(claimed % 3) * 10).unwrap();
        let renew = Renew {
            ticket: ticket.id(),
            slot: slot % 4,
            until: claimed.plus(1440).unwrap(),
            claimed,
        };
        self.office.visit(&key, renew);
        self.everybody_learns_last();
    }

    /// Carries, hands over and opens whatever it likes.
    pub(super) fn rogue_rental(&mut self, device: usize, what: u8, pick: u8, want: Want) {
        let any = |wanted: fn(&Body) -> bool| self.office.one_of(pick, wanted);
        let anything = any(|_| true).unwrap();
        let ticket = any(|b| matches!(b, Body::Ticket(_))).unwrap_or(anything);
        let confirm = any(|b| matches!(b, Body::Confirm(_))).unwrap_or(anything);
        let document = match what % 5 {
            0 => Document::Storage(2025),
            _ => self.office.document,
        };
        let body: Body = match what % 9 {
            0..=4 => Carry {
                ticket,
                slot: pick % 4,
                version: what % 4,
                wishes: vec![want.wish()],
                from: Origin { document, confirm },
                claimed: self.now,
                since: self.now,
                until: None,
                answers: any(|b| matches!(b, Body::Renew(_))).filter(|_| what.is_multiple_of(2)),
            }
            .into(),
            5 => hand_out(
                if pick.is_multiple_of(4) {
                    anything
                } else {
                    confirm
                },
                pick,
                self.now,
            ),
            6 => {
                let hand_out = any(|b| matches!(b, Body::HandOut(_))).unwrap_or(anything);
                HandIn {
                    hand_out,
                    minute: self.now,
                    condition: vec![],
                    remark: None,
                }
                .into()
            }
            7 => opened(pick, self.now),
            // Of a lock that the booking may not have, or of what is no booking.
            _ => {
                let of = if pick.is_multiple_of(4) {
                    anything
                } else {
                    confirm
                };
                code(of, UnitId(u32::from(want.unit) % 6), self.now)
            }
        };
        let applied = Authority::of(self.office.id, &self.office.heap).applied;
        let auth = applied.last().copied().unwrap_or(self.office.authority.1);
        let header = self
            .office
            .place(device, self.office.devices[device].head, auth);
        let key = self.office.devices[device].key.clone();
        let statement = key.sign(Statement { header, body }).unwrap();
        let seq = header.link.map_or(0, |l| l.seq);
        self.office.devices[device].head = Some((seq, statement.id()));
        self.office.heap.push(statement);
        self.learn_last(device);
    }
}

/// What stands and is wanted longer goes on as it is.
pub(super) fn carries(fold: &Fold<'_>, pick: u8, now: CivilMinute) -> Vec<Body> {
    let mut drafts: Vec<Body> = vec![];
    for (id, statement) in &fold.all {
        let (Some(slot), Body::Renew(_)) = (fold.renewed(*id), statement.body()) else {
            continue;
        };
        let of_slot = |c: &&crate::oracle::fold::Confirmation| {
            let request = c.request.as_ref().map(|asked| &asked.request);
            request.is_some_and(|request| (request.ticket, request.slot) == slot)
        };
        let all = fold.confirmations.iter().filter(of_slot);
        let last = all.rev().find(|c| c.standing != Standing::Void);
        let stands = last.filter(|c| matches!(c.standing, Standing::Live | Standing::CheckedIn));
        let Some((c, asked)) = stands.and_then(|c| Some((c, c.request.as_ref()?))) else {
            continue;
        };
        let newest = fold.all.keys().filter_map(|id| fold.asked(*id));
        let newest = newest.filter(|a| (a.request.ticket, a.request.slot) == slot);
        let version = newest.map(|a| a.request.version).max().unwrap_or(0);
        let current = version == asked.request.version;
        if fold.answered.contains(id) || version >= 15 || !current {
            continue;
        }
        let carry = Carry {
            ticket: slot.0,
            slot: slot.1,
            version: version + 1,
            wishes: c.holds.iter().map(Hold::wish).collect(),
            from: Origin {
                document: fold.document,
                confirm: c.id,
            },
            claimed: now,
            since: now,
            until: None,
            answers: Some(*id),
        };
        drafts.push(carry.into());
    }
    if !drafts.is_empty() {
        let first = usize::from(pick) % drafts.len();
        drafts.rotate_left(first);
    }
    drafts
}

pub(super) fn hand_out(confirm: StatementId, unit: u8, minute: CivilMinute) -> Body {
    HandOut {
        confirm,
        unit: UnitId(u32::from(unit) % 6),
        minute,
        condition: vec![ConditionId(1)],
        remark: None,
    }
    .into()
}

/// Something that is out comes back; now and then it is said twice.
pub(super) fn hand_ins(fold: &Fold<'_>, pick: u8, minute: CivilMinute) -> Vec<Body> {
    let out: Vec<_> = fold.loans.keys().copied().collect();
    let hand_out = out.get(usize::from(pick) % out.len().max(1));
    let hand_in = hand_out.map(|hand_out| HandIn {
        hand_out: *hand_out,
        minute,
        condition: vec![],
        remark: None,
    });
    hand_in.map(Body::from).into_iter().collect()
}

/// Whose code it is matters to the fold, not what it says.
pub(super) fn code(confirm: StatementId, unit: UnitId, minute: CivilMinute) -> Body {
    Code {
        confirm,
        unit,
        generation: 1,
        sealed: [7; SEALED_CODE_BYTES],
        minute,
        first: None,
    }
    .into()
}

pub(super) fn opened(unit: u8, minute: CivilMinute) -> Body {
    Opened {
        unit: UnitId(u32::from(unit) % 6),
        minute,
        cause: Cause::Late,
        remark: None,
    }
    .into()
}
