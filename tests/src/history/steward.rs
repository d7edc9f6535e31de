//! Honest stewards: each signs only what is effective in its own view.

use super::world::{World, by_id, shop};
use super::{Action, events, rental};
use crate::office::period;
use crate::oracle::cells::{Cell, cell_of};
use crate::oracle::fold::{Confirmation, Fold, Place, Standing};
use crate::oracle::{Authority, Forecast};
use allkontor_core::id::{PublicKey, UnitId};
use allkontor_core::statement::{
    Body, Cause, CellRange, CheckIn, Confirm, Decline, Give, Honour, Keypair, Occupy, Pass,
    Release, Statement, Take, Vacate, Verified,
};
use allkontor_core::time::DayStart;
use std::collections::BTreeSet;

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

/// Confirms what the forecast places; passes on what lies with another custodian.
fn decisions(by: PublicKey, fold: &Fold<'_>) -> Vec<Body> {
    let forecasts = fold.forecast(&shop());
    let mut drafts: Vec<Body> = vec![];
    for asked in fold.pending(&fold.victims()) {
        let place = (asked.request.ticket, asked.request.slot);
        if fold.right(place.0) != Place::With(by) {
            continue;
        }
        let (Some(Forecast::Likely(holds)) | Some(Forecast::Alternative(holds))) =
            forecasts.get(&place)
        else {
            continue;
        };
        let last = fold
            .confirmations
            .iter()
            .rev()
            .filter(|c| c.standing != Standing::Void)
            .find(|c| {
                let of = c
                    .request
                    .as_ref()
                    .map(|r| (r.request.ticket, r.request.slot));
                of == Some(place)
            });
        drafts.push(
            Confirm {
                request: asked.id,
                holds: holds.clone(),
                ends: last.map(|c| c.id),
            }
            .into(),
        );
        let elsewhere = holds
            .iter()
            .filter_map(|hold| cell_of(fold.document, DayStart::default(), hold))
            .find_map(|cell| match fold.cell(cell) {
                Place::With(other) if other != by => Some(other),
                _ => None,
            });
        drafts.extend(elsewhere.map(|to| {
            Pass {
                ticket: place.0,
                to,
            }
            .into()
        }));
    }
    drafts
}

fn standing<'a>(fold: &'a Fold<'_>, pick: u8) -> Option<&'a Confirmation> {
    let standing: Vec<_> = fold
        .confirmations
        .iter()
        .filter(|c| {
            matches!(
                c.standing,
                Standing::Live | Standing::CheckedIn | Standing::Moved
            )
        })
        .collect();
    standing
        .get(usize::from(pick) % standing.len().max(1))
        .copied()
}

/// Gives back what moved first; else something that stands.
fn releases(fold: &Fold<'_>, pick: u8, cause: u8) -> Vec<Body> {
    let causes = [
        Cause::Cancelled,
        Cause::NoShow,
        Cause::Closed,
        Cause::Override,
        Cause::Lost,
        Cause::Ended,
    ];
    let cause = causes[usize::from(cause) % causes.len()];
    let mut drafts: Vec<Body> = fold
        .confirmations
        .iter()
        .filter(|c| c.standing == Standing::Moved && pick.is_multiple_of(2))
        .map(|c| {
            Release {
                confirm: c.id,
                cause: Cause::Moved,
            }
            .into()
        })
        .collect();
    drafts.extend(standing(fold, pick).map(|c| {
        Release {
            confirm: c.id,
            cause,
        }
        .into()
    }));
    drafts
}

/// Vouches for what somebody was promised by a device that was revoked, beyond its cut.
fn honours(fold: &Fold<'_>, pick: u8) -> Vec<Body> {
    let orphans: Vec<_> = fold
        .confirmations
        .iter()
        .filter(|c| c.request.is_some() && !fold.honoured.contains(&c.id))
        .filter(|c| fold.all.get(&c.id).is_some_and(|s| fold.is_beyond_cut(s)))
        .collect();
    let confirm = orphans.get(usize::from(pick) % orphans.len().max(1));
    let honour = confirm.map(|c| Honour { confirm: c.id }.into());
    honour.into_iter().collect()
}

/// A cell, with every cell that a confirmation holds together with it: "never splits the cells of a live confirmation
/// between devices".
fn gives(fold: &Fold<'_>, by: PublicKey, to: PublicKey, cell: Cell) -> Vec<Body> {
    let cells_of = |c: &Confirmation| -> BTreeSet<Cell> {
        c.holds
            .iter()
            .filter_map(|hold| cell_of(fold.document, DayStart::default(), hold))
            .collect()
    };
    let mut cells = BTreeSet::from([cell]);
    loop {
        let mut more = cells.clone();
        for c in &fold.confirmations {
            let stands = matches!(
                c.standing,
                Standing::Live | Standing::CheckedIn | Standing::Moved
            );
            if stands && !cells_of(c).is_disjoint(&cells) {
                more.extend(cells_of(c));
            }
        }
        if more == cells {
            break;
        }
        cells = more;
    }
    if to == by || !cells.iter().all(|cell| fold.cell(*cell) == Place::With(by)) {
        return vec![];
    }
    let range = |(unit, period): &Cell| CellRange {
        unit: *unit,
        first: *period,
        last: *period,
    };
    vec![
        Give {
            cells: cells.iter().map(range).collect(),
            to,
        }
        .into(),
    ]
}

/// What is addressed to the device or to somebody it stands in for, and what a revoked device left behind.
fn takes(by: PublicKey, fold: &Fold<'_>) -> Vec<Body> {
    let mut drafts: Vec<Body> = vec![];
    let taken: BTreeSet<_> = by_id(&fold.all.values().cloned().collect::<Vec<Verified>>())
        .values()
        .filter_map(|s| match s.body() {
            Body::Take(b) if fold.effective.contains(&s.id()) && s.signer() == by => Some(b.of),
            _ => None,
        })
        .collect();
    let stands_in_for = |to: PublicKey| {
        let revoked = fold.authority.revoked.get(&to)?;
        fold.authority
            .successors(to)
            .contains(&by)
            .then_some(revoked.revoke)
    };
    for of in fold.taken.iter().filter(|id| !taken.contains(id)) {
        let to = match fold.all.get(of).map(Verified::body) {
            Some(Body::Give(b)) if fold.effective.contains(of) => b.to,
            Some(Body::Pass(b)) if fold.effective.contains(of) => b.to,
            _ => continue,
        };
        if to == by {
            drafts.push(Take { of: *of, via: None }.into());
        } else if let Some(via) = stands_in_for(to) {
            drafts.push(
                Take {
                    of: *of,
                    via: Some(via),
                }
                .into(),
            );
        }
    }
    for (device, revoked) in &fold.authority.revoked {
        if fold.authority.successors(*device).contains(&by) && !taken.contains(&revoked.revoke) {
            drafts.push(
                Take {
                    of: revoked.revoke,
                    via: None,
                }
                .into(),
            );
        }
    }
    drafts
}
