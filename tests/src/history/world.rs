use super::{Action, Claim, Mode, Want};
use crate::office::{Office, at, hold, keypair, wish};
use crate::oracle::{Authority, Fold, Shop};
use allkontor_core::id::{ClassId, Digest, FeatureId, StatementId, UnitId};
use allkontor_core::statement::{
    AnyEqual, Arrive, Body, Cancel, Document, HandOver, Keypair, Publish, Replace, Request, Revoke,
    Role, Succeed, Verified, Wish,
};
use allkontor_core::statement::{ChainPoint, Cut, Hold};
use allkontor_core::time::{CivilMinute, Interval};
use std::collections::{BTreeMap, BTreeSet};

/// Each class with its buffers, and each unit with its class and features. Class 3 are seats.
pub const SHOP_CLASSES: ([(u16, u16, u16); 3], [(u32, u16, &[u16]); 9]) = (
    [(1, 0, 0), (2, 15, 30), (3, 0, 0)],
    [
        (0, 1, &[]),
        (1, 1, &[1]),
        (2, 1, &[1, 2]),
        (3, 1, &[]),
        (4, 2, &[3]),
        (5, 2, &[]),
        (6, 3, &[]),
        (7, 3, &[]),
        (8, 3, &[]),
    ],
);

/// The catalogue of every history: unit 5 opens at 10.
pub fn shop() -> Shop<'static> {
    let (classes, units) = SHOP_CLASSES;
    Shop {
        units: units
            .iter()
            .map(|(unit, class, features)| {
                let features = features.iter().copied().map(FeatureId).collect();
                (UnitId(*unit), ClassId(*class), features)
            })
            .collect(),
        buffers: classes
            .iter()
            .map(|(class, before, after)| (ClassId(*class), (*before, *after)))
            .collect(),
        bookable: &|unit, interval: Interval| {
            let opens = if unit.0 == 5 { 10 * 60 } else { 8 * 60 };
            let minute = |m: CivilMinute| m.get().rem_euclid(1440);
            minute(interval.start()) >= opens && interval.minutes() <= 600
        },
        seats: BTreeSet::from([ClassId(3)]),
    }
}

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

    #[allow(clippy::too_many_arguments, reason = "the fields of one action")]
    fn ask(
        &mut self,
        ticket: u8,
        slot: u8,
        newer: bool,
        options: &[Vec<Want>],
        any: bool,
        claim: Claim,
        thief: bool,
    ) {
        let Some((ticket, key)) = self.pick_ticket(ticket, thief) else {
            return;
        };
        let Body::Ticket(body) = ticket.body() else {
            return;
        };
        // Slots past the ticket's are asked for too, now and then.
        let slot = if slot == 9 { 3 } else { slot % body.slots };
        let asked = self.office.heap.iter().filter_map(|s| match s.body() {
            Body::Request(r) if r.ticket == ticket.id() && r.slot == slot => Some(r.version),
            _ => None,
        });
        // A race: the same version again.
        let version = match asked.max() {
            None => 0,
            Some(last) => (last + u8::from(newer)).min(15),
        };
        let claimed = match claim {
            Claim::Now => self.now,
            Claim::FarBack => at(-20, 0),
            Claim::Ahead => self.now.plus(1440).unwrap(),
            Claim::Expired => at(25, 0),
        };
        self.lies += usize::from(claim != Claim::Now);
        let options: Vec<Vec<Wish>> = options
            .iter()
            .map(|option| option.iter().map(|w| w.wish()).collect())
            .collect();
        let class = options[0][0].unit.0 / 4;
        let request = Request {
            event: None,
            ticket: ticket.id(),
            slot,
            version,
            options,
            any_equal: any.then(|| AnyEqual {
                class: ClassId(class as u16 + 1),
                needs: (version == 1).then_some(FeatureId(1)).into_iter().collect(),
            }),
            party: 1,
            claimed,
            accepts: None,
        };
        self.office.visit(&key, request);
        // Phones reach some stewards at once and others when somebody meets.
        let first = usize::from(slot) % self.views.len();
        self.learn_last(first);
        if claim == Claim::Now {
            self.everybody_learns_last();
        }
    }

    pub(super) fn pick_ticket(&self, pick: u8, thief: bool) -> Option<(Verified, Keypair)> {
        let index = usize::from(pick) % self.tickets.len().max(1);
        let (ticket, key) = self.tickets.get(index)?.clone();
        Some((ticket, if thief { keypair("thief", 0) } else { key }))
    }

    /// The admin revokes a device, its cut so many statements before its last; the successor picked past the last device
    /// is nobody.
    pub fn revoke(&mut self, device: usize, successor: u8, behind: u8) {
        let key = self.office.key(device);
        let chain = self.chain(key);
        let cut = chain.len().checked_sub(1 + usize::from(behind));
        let cuts = cut.and_then(|at| chain.get(at)).map(|(seq, id)| Cut {
            document: self.office.document,
            head: ChainPoint { seq: *seq, id: *id },
        });
        let count = self.office.devices.len();
        let successor = usize::from(successor) % (count + 1);
        let successor = (successor < count).then(|| self.office.key(successor));
        self.office.rule(Revoke {
            device: key,
            cuts: cuts.into_iter().collect(),
            successor,
        });
        // The successor is told, with all the office knows. The device itself is out of reach: it goes on.
        for (other, view) in self.views.iter_mut().enumerate() {
            if other != device {
                view.extend(0..self.office.heap.len());
            }
        }
        self.work(device);
    }

    /// What a device has said, in the order it said it.
    pub(super) fn chain(&self, key: allkontor_core::id::PublicKey) -> Vec<(u32, StatementId)> {
        self.office
            .heap
            .iter()
            .filter(|s| s.signer() == key && s.header().document == self.office.document)
            .filter_map(|s| Some((s.header().link?.seq, s.id())))
            .collect()
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

    fn admin_fork(&mut self, back: usize, replace: bool) {
        let applied = Authority::of(self.office.id, &self.office.heap).applied;
        let Some(index) = applied.len().checked_sub(1 + back) else {
            return;
        };
        let (keeps, seq) = (applied[index], index as u32);
        if replace {
            let next = keypair("replaced", self.office.heap.len() as u64);
            let key = self.office.recovery.clone();
            let admin = next.public();
            let statement = self
                .office
                .rule_after(&key, seq, keeps, Replace { admin, keeps });
            self.office.admin = next;
            self.office.authority = (seq + 1, statement.id());
        } else {
            let key = self.office.admin.clone();
            let version = 100 + seq;
            let hash = Digest([0; 32]);
            self.office
                .rule_after(&key, seq, keeps, Publish { version, hash });
        }
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

impl Want {
    fn times(self) -> (i32, i32, i32) {
        // The first three days, the first one most; rarely in December, rarely over the edge of an office day.
        let day = match self.day {
            19 => 30,
            15..=17 => 2,
            12..=14 => 1,
            _ => 0,
        };
        let start = match self.day {
            18 => 1440 + 180,
            _ => 540 + 30 * i32::from(self.start),
        };
        (day, start, start + 30 + 30 * i32::from(self.length))
    }

    /// As a wish.
    pub fn wish(self) -> Wish {
        let (day, start, end) = self.times();
        wish(u32::from(self.unit), day, start, end)
    }

    /// As a hold.
    pub fn hold(self) -> Hold {
        let (day, start, end) = self.times();
        let mut hold = hold(u32::from(self.unit), day, start, end);
        hold.after = u16::from(self.start) * 5;
        hold
    }
}

/// The statements of a heap by id.
pub(super) fn by_id(heap: &[Verified]) -> BTreeMap<StatementId, Verified> {
    heap.iter().map(|s| (s.id(), s.clone())).collect()
}
