//! Honest stewards: each signs only what is effective in its own view.

mod drafts;

use super::world::World;
use super::{Action, events, rental};
use crate::office::period;
use crate::oracle::Authority;
use crate::oracle::fold::{Fold, Place};
use allkontor_core::id::{PublicKey, UnitId};
use allkontor_core::statement::{
    Body, Cause, CheckIn, Decline, Keypair, Occupy, Pass, Statement, Vacate, Verified,
};
use drafts::{decisions, gives, honours, releases, standing, takes};

impl World {
    pub(super) fn steward(&mut self, action: &Action) {
        let count = self.office.devices.len();
        let device = |d: &u8| usize::from(*d) % count;
        let (device, drafts) = match action {
            Action::Decide { device: d } => (device(d), self.plan(device(d), decisions)),
            Action::Work { device: d } => return self.work(device(d)),
            Action::Decline { device: d, pick } => {
                let pick = usize::from(*pick);
                let drafts = self.plan(device(d), |_, fold| {
                    let pending = fold.pending(&fold.victims());
                    let asked = pending.get(pick % pending.len().max(1));
                    let decline = |id| Decline {
                        request: id,
                        cause: Cause::Rules,
                        note: None,
                    };
                    asked.map(|a| decline(a.id).into()).into_iter().collect()
                });
                (device(d), drafts)
            }
            Action::Release {
                device: d,
                pick,
                cause,
            } => {
                let drafts = self.plan(device(d), |_, fold| releases(fold, *pick, *cause));
                (device(d), drafts)
            }
            Action::CheckIn { device: d, pick } => {
                let drafts = self.plan(device(d), |_, fold| {
                    let confirm = standing(fold, *pick).map(|c| c.id);
                    confirm
                        .map(|confirm| CheckIn { confirm }.into())
                        .into_iter()
                        .collect()
                });
                (device(d), drafts)
            }
            Action::Give {
                device: d,
                to,
                unit,
                day,
            } => {
                let (to, unit) = (self.office.key(device(to)), UnitId(u32::from(*unit) % 6));
                let cell = (unit, period(i32::from(*day) % 3));
                (
                    device(d),
                    self.plan(device(d), |by, fold| gives(fold, by, to, cell)),
                )
            }
            Action::Take { device: d } => (device(d), self.plan(device(d), takes)),
            Action::Pass {
                device: d,
                to,
                pick,
            } => {
                let to = self.office.key(device(to));
                let drafts = self.plan(device(d), |by, fold| {
                    let mine = fold
                        .all
                        .keys()
                        .filter(|id| fold.right(**id) == Place::With(by));
                    let mine: Vec<_> = mine.collect();
                    let ticket = mine.get(usize::from(*pick) % mine.len().max(1));
                    ticket
                        .map(|t| Pass { ticket: **t, to }.into())
                        .into_iter()
                        .collect()
                });
                (device(d), drafts)
            }
            Action::Occupy { device: d, want } => {
                let wish = want.wish();
                let (unit, interval, cause) = (wish.unit, wish.interval, Cause::Present);
                (
                    device(d),
                    vec![
                        Occupy {
                            unit,
                            interval,
                            cause,
                        }
                        .into(),
                    ],
                )
            }
            Action::Vacate { device: d, pick } => {
                let drafts = self.plan(device(d), |_, fold| {
                    let facts: Vec<_> = fold.facts.iter().copied().collect();
                    let fact = facts.get(usize::from(*pick) % facts.len().max(1));
                    fact.map(|f| Vacate { occupy: *f }.into())
                        .into_iter()
                        .collect()
                });
                (device(d), drafts)
            }
            Action::Honour { device: d, pick } => {
                let drafts = self.plan(device(d), |_, fold| honours(fold, *pick));
                (device(d), drafts)
            }
            Action::Carry { device: d, pick } => {
                let now = self.now;
                let drafts = self.plan(device(d), |_, fold| rental::carries(fold, *pick, now));
                (device(d), drafts)
            }
            Action::HandOut {
                device: d,
                pick,
                unit,
            } => {
                let now = self.now;
                let drafts = self.plan(device(d), |_, fold| {
                    let confirm = standing(fold, *pick).map(|c| c.id);
                    let hand_out = confirm.map(|confirm| rental::hand_out(confirm, *unit, now));
                    hand_out.into_iter().collect()
                });
                (device(d), drafts)
            }
            Action::Code {
                device: d,
                pick,
                unit,
            } => {
                let now = self.now;
                let drafts = self.plan(device(d), |_, fold| {
                    let of = standing(fold, *pick);
                    let hold =
                        of.and_then(|c| c.holds.get(usize::from(*unit) % c.holds.len().max(1)));
                    let code = of
                        .zip(hold)
                        .map(|(c, hold)| rental::code(c.id, hold.unit, now));
                    code.into_iter().collect()
                });
                (device(d), drafts)
            }
            Action::HandIn {
                device: d,
                pick,
                minute,
            } => {
                let at = self.now.plus(i32::from(*minute)).unwrap();
                let drafts = self.plan(device(d), |_, fold| rental::hand_ins(fold, *pick, at));
                (device(d), drafts)
            }
            Action::Approve { device: d, pick } => {
                let drafts = self.plan(device(d), |_, fold| events::approvals(fold, *pick));
                (device(d), drafts)
            }
            Action::CallOff { device: d, pick } => {
                let drafts = self.plan(device(d), |_, fold| events::call_offs(fold, *pick));
                (device(d), drafts)
            }
            Action::Open { device: d, unit } => {
                let opened = rental::opened(*unit, self.now);
                (device(d), vec![opened])
            }
            _ => return,
        };
        self.sign_first_effective(device, drafts);
    }

    /// Takes what is on its way here, then decides what can be decided here, a few of each. Now and then it vouches
    /// for what a lost device had promised.
    pub(super) fn work(&mut self, device: usize) {
        for _ in 0..3 {
            let drafts = self.plan(device, takes);
            self.sign_first_effective(device, drafts);
        }
        for _ in 0..3 {
            let drafts = self.plan(device, decisions);
            self.sign_first_effective(device, drafts);
        }
        let asks = |s: &Verified| matches!(s.body(), Body::Renew(_));
        if self.office.heap.iter().any(asks) {
            let now = self.now;
            let drafts = self.plan(device, |_, fold| rental::carries(fold, 0, now));
            self.sign_first_effective(device, drafts);
        }
        let is_proposal = |s: &Verified| matches!(s.body(), Body::Propose(_));
        if self.office.heap.iter().any(is_proposal) {
            let drafts = self.plan(device, |_, fold| events::approvals(fold, 0));
            self.sign_first_effective(device, drafts);
        }
        let is_revoke = |s: &Verified| matches!(s.body(), Body::Revoke(_));
        if self.views[device].len().is_multiple_of(2) && self.office.heap.iter().any(is_revoke) {
            let drafts = self.plan(device, |_, fold| honours(fold, 0));
            self.sign_first_effective(device, drafts);
        }
    }

    fn plan(
        &self,
        device: usize,
        drafts: impl FnOnce(PublicKey, &Fold<'_>) -> Vec<Body>,
    ) -> Vec<Body> {
        let key = self.office.key(device);
        self.with_fold(&self.view(device), |fold| drafts(key, fold))
    }

    /// "An honest steward signs only what is effective in its own view".
    fn sign_first_effective(&mut self, device: usize, drafts: Vec<Body>) {
        if drafts.is_empty() {
            return;
        }
        let view = self.view(device);
        let authority = Authority::of(self.office.id, &view);
        let Some(auth) = authority.applied.last().copied() else {
            return;
        };
        let by = &self.office.devices[device];
        let header = self.office.place(device, by.head, auth);
        let key: Keypair = by.key.clone();
        for body in drafts {
            let Ok(statement) = key.sign(Statement { header, body }) else {
                continue;
            };
            let mut with = view.clone();
            with.push(statement.clone());
            let fold = Fold::run(&authority, self.office.document, &with, true);
            if fold.effective.contains(&statement.id()) {
                let seq = statement.header().link.map_or(0, |l| l.seq);
                self.office.devices[device].head = Some((seq, statement.id()));
                self.office.heap.push(statement);
                self.learn_last(device);
                return;
            }
        }
    }
}
