//! An office being played in.

use super::{Action, Mode};
use crate::office::{Office, at, keypair};
use crate::oracle::{Authority, Fold};
use allkontor_core::id::{Digest, StatementId};
use allkontor_core::statement::{
    Arrive, Cancel, Document, HandOver, Keypair, Publish, Role, Succeed, Verified,
};
use allkontor_core::time::CivilMinute;
use std::collections::{BTreeMap, BTreeSet};

/// An office being played in, with what each device has heard.
#[derive(Clone, Debug)]
pub struct World {
    /// Everybody's keys and everything signed.
    pub office: Office,
    /// What each device has heard, by place in the heap.
    pub views: Vec<BTreeSet<usize>>,
    /// Bytes that look like statements and whose signature does not hold.
    pub forged: Vec<Vec<u8>>,
    /// Whether anybody lies.
    pub mode: Mode,
    pub(super) now: CivilMinute,
    pub(super) tickets: Vec<(Verified, Keypair)>,
    pub(super) lies: usize,
}

impl World {
    /// Founds an office with that many devices, everybody knowing everybody, and plays the actions. Each unit belongs
    /// to the custodian picked for it.
    pub fn play(mode: Mode, devices: usize, custodians: &[u8], actions: &[Action]) -> Self {
        let roles = [Role::Kiosk, Role::Staff, Role::Hub, Role::Admin];
        let mut office = Office::unassigned(&roles[..devices]);
        for (unit, custodian) in (0..).zip(custodians) {
            office.assign([unit], usize::from(*custodian) % devices);
        }
        let mut world = Self {
            views: vec![(0..office.heap.len()).collect(); devices],
            office,
            forged: vec![],
            mode,
            now: at(0, 600),
            tickets: vec![],
            lies: 0,
        };
        for action in actions {
            world.act(action);
        }
        world
    }

    /// Lets one thing happen.
    pub fn act(&mut self, action: &Action) {
        let count = self.office.devices.len();
        let device = |d: &u8| usize::from(*d) % count;
        match action {
            Action::Ticket {
                issuer,
                decider,
                slots,
            } => {
                let visitor = keypair("visitor", self.tickets.len() as u64);
                let (issuer, decider) = (device(issuer), device(decider));
                let ticket = self
                    .office
                    .ticket(issuer, decider, &visitor, slots % 3 + 1, self.now);
                self.learn_last(issuer);
                self.learn_last(decider);
                self.tickets.push((ticket, visitor));
            }
            Action::Ask {
                ticket,
                slot,
                newer,
                options,
                any,
                claim,
                thief,
            } => self.ask(*ticket, *slot, *newer, options, *any, *claim, *thief),
            Action::Cancel {
                ticket,
                slot,
                thief,
            } => {
                if let Some((ticket, key)) = self.pick_ticket(*ticket, *thief) {
                    let (slot, version) = (slot % 3, slot % 4);
                    let ticket = ticket.id();
                    self.office.visit(
                        &key,
                        Cancel {
                            ticket,
                            slot,
                            version,
                        },
                    );
                    self.everybody_learns_last();
                }
            }
            Action::Arrive { ticket, slot, late } => {
                if let Some((ticket, key)) = self.pick_ticket(*ticket, false) {
                    let claimed = if *late { at(9, 0) } else { self.now };
                    let (ticket, slot) = (ticket.id(), slot % 3);
                    self.office.visit(
                        &key,
                        Arrive {
                            ticket,
                            slot,
                            claimed,
                        },
                    );
                }
            }
            Action::Renew {
                ticket,
                slot,
                claimed,
                thief,
            } => self.renew(*ticket, *slot, *claimed, *thief),
            Action::Propose {
                ticket,
                slot,
                date,
                seats,
                thief,
            } => self.propose(*ticket, *slot, *date, *seats, *thief),
            Action::Edit { ticket, pick, by } => self.edit(*ticket, *pick, *by),
            Action::AskForEvent {
                ticket,
                slot,
                event,
                seats,
            } => self.ask_for_event(*ticket, *slot, *event, *seats),
            Action::RogueRental {
                device: d,
                what,
                pick,
                want,
            } if self.mode == Mode::Wild => self.rogue_rental(device(d), *what, *pick, *want),
            Action::Hear { device: d, what } => {
                let what = usize::from(*what) % self.office.heap.len();
                self.views[device(d)].insert(what);
            }
            Action::Meet { a, b } => self.meet(device(a), device(b)),
            // Each does its work and then meets the next.
            Action::Round { first } => {
                for i in 0..count {
                    let this = device(&(first.wrapping_add(i as u8)));
                    self.work(this);
                    self.meet(this, (this + 1) % count);
                }
            }
            Action::Wait { minutes } => {
                self.now = self.now.plus(i32::from(*minutes)).unwrap();
            }
            Action::BadSignature { pick } => {
                let pick = usize::from(*pick) % self.office.heap.len();
                let mut bytes = self.office.heap[pick].bytes().to_vec();
                *bytes.last_mut().unwrap() ^= 1;
                self.forged.push(bytes);
            }
            Action::Publish => {
                let version = self.office.authority.0;
                let hash = Digest([version as u8; 32]);
                self.office.rule(Publish { version, hash });
            }
            Action::Assign { device: d, unit } => {
                self.office.assign([u32::from(*unit) % 6], device(d));
            }
            Action::Certify { role } => {
                if count < 5 {
                    let roles = [Role::Hub, Role::Staff, Role::Kiosk, Role::Other(9)];
                    self.office.certify(roles[usize::from(*role) % 4]);
                    let authority = (0..self.office.heap.len())
                        .filter(|i| self.office.heap[*i].header().document == Document::Authority);
                    self.views.push(authority.collect());
                }
            }
            Action::HandOver => {
                let next = keypair("admin", u64::from(self.office.authority.0));
                self.office.rule(HandOver {
                    admin: next.public(),
                });
                self.office.admin = next;
            }
            Action::Revoke {
                device: d,
                successor,
                behind,
            } if self.mode == Mode::Wild => self.revoke(device(d), *successor, *behind),
            Action::Succeed {
                device: d,
                successor,
            } if self.mode == Mode::Wild => {
                let (d, s) = (device(d), device(successor));
                let (device, successor) = (self.office.key(d), self.office.key(s));
                self.office.rule(Succeed { device, successor });
            }
            Action::AdminFork { back, replace } if self.mode == Mode::Wild => {
                self.admin_fork(usize::from(*back), *replace);
            }
            Action::Clone { device: d, back } if self.mode == Mode::Wild => {
                self.go_on_as_a_copy(device(d), *back);
            }
            Action::Rogue {
                device: d,
                what,
                pick,
                back,
                want,
            } if self.mode == Mode::Wild => {
                self.rogue(device(d), *what, *pick, *back, *want);
            }
            other => self.steward(other),
        }
    }

    /// A statement of a chain and those before it, the last one first.
    pub(super) fn line(&self, head: Option<(u32, StatementId)>) -> Vec<(u32, StatementId)> {
        let mut line = vec![];
        let mut at = head;
        while let Some((seq, id)) = at {
            line.push((seq, id));
            let statement = self.office.heap.iter().find(|s| s.id() == id);
            let prev = statement.and_then(|s| s.header().link?.prev);
            at = seq.checked_sub(1).zip(prev);
        }
        line
    }

    pub(super) fn learn_last(&mut self, device: usize) {
        let last = self.office.heap.len() - 1;
        self.views[device].insert(last);
    }

    pub(super) fn everybody_learns_last(&mut self) {
        for device in 0..self.views.len() {
            self.learn_last(device);
        }
    }

    fn meet(&mut self, a: usize, b: usize) {
        let both: BTreeSet<usize> = self.views[a].union(&self.views[b]).copied().collect();
        self.views[a] = both.clone();
        self.views[b] = both;
    }

    /// What a device has heard.
    pub fn view(&self, device: usize) -> Vec<Verified> {
        self.views[device]
            .iter()
            .map(|i| self.office.heap[*i].clone())
            .collect()
    }

    /// Resolves any statements of this office with the oracle.
    pub fn with_fold<T>(&self, heap: &[Verified], ask: impl FnOnce(&Fold<'_>) -> T) -> T {
        let authority = Authority::of(self.office.id, heap);
        ask(&Fold::run(&authority, self.office.document, heap, true))
    }
}

/// The statements of a heap by id.
pub(super) fn by_id(heap: &[Verified]) -> BTreeMap<StatementId, Verified> {
    heap.iter().map(|s| (s.id(), s.clone())).collect()
}
