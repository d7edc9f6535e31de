//! The fold: statements in, one at a time, in the one order that every device agrees on.

use super::authority::Authority;
use super::state::{Cell, Confirmation, Resolved, SlotKey, SlotState};
use crate::id::{PublicKey, StatementId};
use crate::statement::{Body, ChainPoint, Document, Kind, Link, Request, Verified};
use crate::time::Interval;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The resolver of one document, fed incrementally.
#[derive(Clone, Debug)]
pub struct Fold {
    pub(super) document: Document,
    pub(super) authority: Arc<Authority>,
    pub(super) statements: BTreeMap<StatementId, Verified>,
    pub(super) progress: Progress,
    /// Cuts are left aside when asking what the author of a void statement held at its place in the chain.
    pub(super) heed_cuts: bool,
}

/// Everything that starts over when the fold does.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    pub(super) resolved: Resolved,
    /// Statements that are ready, whether or not they had an effect.
    done: BTreeSet<StatementId>,
    /// What each unready statement still lacks.
    lacking: BTreeMap<StatementId, BTreeSet<StatementId>>,
    /// Who waits for a statement.
    dependents: BTreeMap<StatementId, Vec<StatementId>>,
    /// Ready statements. What visitors say comes first: it is known from the start and has no place in the order.
    queue: BTreeSet<(bool, StatementId)>,
    /// The first statement folded at each place of each chain.
    places: BTreeMap<(PublicKey, u32), StatementId>,
    /// What blocks each cell.
    pub(super) blocked: BTreeMap<Cell, Vec<(StatementId, Interval)>>,
    /// Good tickets by their keys; of several for one key the one with the smallest id.
    pub(super) by_key: BTreeMap<PublicKey, StatementId>,
    /// How often each cell was given away.
    pub(super) given: BTreeMap<Cell, u32>,
    /// Requests that count.
    pub(super) good: BTreeSet<StatementId>,
    /// Confirmations whose holders were handed something.
    pub(super) lent: BTreeSet<StatementId>,
    /// What goes on, as the requests that it stands for.
    pub(super) carried: BTreeMap<StatementId, Request>,
    /// Who asks for seats at each event.
    pub(super) attending: BTreeMap<SlotKey, BTreeSet<SlotKey>>,
    /// How often the office said of a booking that it goes on, whether or not that counts.
    pub(super) carries: BTreeMap<SlotKey, u32>,
    /// Confirmations that staff vouched for.
    pub(super) honoured: BTreeSet<StatementId>,
    /// Void confirmations beyond a cut.
    pub(super) beyond_cut: BTreeSet<StatementId>,
    /// Void confirmations whose author's custody is to be judged by their ancestors alone.
    pub(super) doubtful: BTreeSet<StatementId>,
    /// What the ancestors of confirmations beyond a cut say of them: the booking they were owed to, if any.
    pub(super) owed: BTreeMap<StatementId, Option<SlotKey>>,
    /// The path to each cut's head, as far as it is known.
    paths: BTreeMap<PublicKey, BTreeMap<u32, StatementId>>,
    /// Devices that good tickets name as their decider.
    pub(super) deciders: BTreeSet<PublicKey>,
    /// Requests, cancellations and arrivals that count, by ticket.
    pub(super) said: BTreeMap<StatementId, Vec<StatementId>>,
    /// Bookings whose state may have changed in this run.
    pub(super) touched: BTreeSet<SlotKey>,
    /// Cells whose occupied times may have changed in this run.
    pub(super) touched_cells: BTreeSet<Cell>,
    /// Bookings whose current request is undecided.
    pub(super) pending: BTreeSet<SlotKey>,
    /// Changes of custody, of the right to decide and of occupations.
    pub(super) shifts: u64,
}

impl Progress {
    /// What is known of a booking, about to change.
    pub(super) fn slot(&mut self, key: SlotKey) -> &mut SlotState {
        self.touched.insert(key);
        self.resolved.slots.entry(key).or_default()
    }
}

/// What an extension of a fold may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changed {
    /// Nothing.
    Nothing,
    /// These bookings and what is held in these cells; besides, custody, rights and occupations.
    Some {
        /// Bookings whose state may differ.
        slots: BTreeSet<SlotKey>,
        /// Cells in which other times may be held.
        cells: BTreeSet<Cell>,
    },
    /// Anything: the fold started over.
    Everything,
}

impl Fold {
    /// An empty document.
    pub fn new(document: Document, authority: Arc<Authority>) -> Self {
        Self {
            document,
            authority,
            statements: BTreeMap::new(),
            progress: Progress::default(),
            heed_cuts: true,
        }
    }

    /// The document.
    pub fn document(&self) -> Document {
        self.document
    }

    /// The authority it is resolved under.
    pub fn authority(&self) -> &Arc<Authority> {
        &self.authority
    }

    /// The picture so far.
    pub fn resolved(&self) -> &Resolved {
        &self.progress.resolved
    }

    /// Every statement of this document, by id.
    pub fn statements(&self) -> &BTreeMap<StatementId, Verified> {
        &self.statements
    }

    /// Bookings whose current request nobody has decided.
    pub fn pending(&self) -> &BTreeSet<SlotKey> {
        &self.progress.pending
    }

    /// How often custody, the right to decide or what is physically taken has changed since the fold last started over.
    pub fn shifts(&self) -> u64 {
        self.progress.shifts
    }

    /// Confirmations that stand.
    pub fn standing(&self) -> impl Iterator<Item = (StatementId, &Confirmation)> {
        let all = self.progress.resolved.confirmations.iter();
        all.filter(|(_, confirmation)| confirmation.state.stands())
            .map(|(id, confirmation)| (*id, confirmation))
    }

    /// The good ticket of a key; of several the one with the smallest id.
    pub fn ticket_of(&self, key: &PublicKey) -> Option<StatementId> {
        self.progress.by_key.get(key).copied()
    }

    /// What visitors have said about a ticket.
    pub fn said_of(&self, ticket: &StatementId) -> impl Iterator<Item = &Verified> {
        let said = self.progress.said.get(ticket).into_iter().flatten();
        said.filter_map(|id| self.statements.get(id))
    }

    /// Whether that statement is ready: folded, with all it names.
    pub fn is_ready(&self, id: &StatementId) -> bool {
        self.progress.done.contains(id)
    }

    /// Puts another authority in force; starts over when it differs.
    pub fn set_authority(&mut self, authority: Arc<Authority>) -> Changed {
        if *self.authority == *authority {
            return Changed::Nothing;
        }
        self.authority = authority;
        self.start_over();
        Changed::Everything
    }

    /// Adds statements. Those of another office or document are inert and left out, those known are skipped.
    pub fn extend(&mut self, statements: impl IntoIterator<Item = Verified>) -> Changed {
        let before = self.progress.resolved.forks.len();
        let mut again = before > 0;
        let mut fresh = Vec::new();
        for statement in statements {
            let header = statement.header();
            let is_here =
                header.document == self.document && header.office == Some(self.authority.office());
            if is_here && !self.statements.contains_key(&statement.id()) {
                again |= self.disturbs(&statement);
                fresh.push(statement.id());
                self.statements.insert(statement.id(), statement);
            }
        }
        if fresh.is_empty() {
            return Changed::Nothing;
        }
        if !again {
            self.progress.touched.clear();
            self.progress.touched_cells.clear();
            // One by one: what comes after what it names need not wait for it.
            for id in fresh {
                self.enqueue(id);
                self.drain();
            }
            self.refresh_victims();
            again = self.progress.resolved.forks.len() > before;
        }
        if again {
            self.start_over();
            return Changed::Everything;
        }
        self.touch_attending();
        let slots = std::mem::take(&mut self.progress.touched);
        Changed::Some {
            slots,
            cells: std::mem::take(&mut self.progress.touched_cells),
        }
    }

    /// Whether verdicts already given could depend on it: what a revoked device wrote, or who stands in for one.
    fn disturbs(&self, statement: &Verified) -> bool {
        let revoked = |key: &PublicKey| {
            self.authority
                .device(key)
                .is_some_and(|device| device.revoked.is_some())
        };
        let takes_over = match statement.body() {
            Body::Take(take) => take.via.is_some() || self.authority.revoked_by(&take.of).is_some(),
            _ => false,
        };
        takes_over || (statement.header().link.is_some() && revoked(&statement.signer()))
    }

    pub(super) fn start_over(&mut self) {
        self.progress = Progress {
            paths: self.cut_paths(),
            ..Progress::default()
        };
        let ids: Vec<_> = self.statements.keys().copied().collect();
        ids.into_iter().for_each(|id| self.enqueue(id));
        self.drain();
        self.refresh_victims();
    }

    /// Notes what a statement waits for, or that it waits for nothing.
    fn enqueue(&mut self, id: StatementId) {
        let Some(statement) = self.statements.get(&id) else {
            return;
        };
        let Some(names) = self.names(statement) else {
            return;
        };
        let lacking: BTreeSet<_> = names
            .into_iter()
            .filter(|name| !self.progress.done.contains(name) && !self.authority.has_applied(name))
            .collect();
        if lacking.is_empty() {
            self.queue(id);
            return;
        }
        for name in &lacking {
            self.progress.dependents.entry(*name).or_default().push(id);
        }
        self.progress.lacking.insert(id, lacking);
    }

    fn queue(&mut self, id: StatementId) {
        let statement = self.statements.get(&id);
        let chained = statement.is_some_and(|statement| statement.header().link.is_some());
        self.progress.queue.insert((chained, id));
    }

    /// Kahn's algorithm over the chains, always taking the smallest id.
    fn drain(&mut self) {
        while let Some((_, id)) = self.progress.queue.pop_first() {
            if !self.visit(id) {
                continue;
            }
            self.progress.done.insert(id);
            for dependent in self.progress.dependents.remove(&id).unwrap_or_default() {
                let Some(lacking) = self.progress.lacking.get_mut(&dependent) else {
                    continue;
                };
                lacking.remove(&id);
                if lacking.is_empty() {
                    self.progress.lacking.remove(&dependent);
                    self.queue(dependent);
                }
            }
        }
    }

    /// What must be ready before this statement is: `None` when it can never be.
    pub(super) fn names(&self, statement: &Verified) -> Option<Vec<StatementId>> {
        // Only the authority document can be named as authority, and every chain statement names it.
        let auth = |link: Link| {
            link.auth
                .is_some_and(|auth| self.authority.has_applied(&auth))
        };
        let link = statement.header().link;
        link.is_none_or(auth).then(|| self.named(statement))
    }

    /// Every statement that this one builds on, its place in its chain included.
    pub(super) fn named(&self, statement: &Verified) -> Vec<StatementId> {
        let mut names = match statement.body() {
            Body::Request(request) => vec![request.ticket],
            Body::Cancel(cancel) => vec![cancel.ticket],
            Body::Arrive(arrive) => vec![arrive.ticket],
            Body::Take(take) => {
                let revokes = [Some(take.of), take.via].into_iter().flatten();
                let heads = revokes.clone().filter_map(|id| {
                    let (_, revocation) = self.authority.revoked_by(&id)?;
                    revocation.cuts.get(&self.document).map(|head| head.id)
                });
                revokes.chain(heads).collect()
            }
            Body::Pass(pass) => vec![pass.ticket],
            Body::Confirm(confirm) => [Some(confirm.request), confirm.ends]
                .into_iter()
                .flatten()
                .collect(),
            Body::Decline(decline) => vec![decline.request],
            Body::Release(release) => vec![release.confirm],
            Body::CheckIn(check_in) => vec![check_in.confirm],
            Body::Vacate(vacate) => vec![vacate.occupy],
            Body::Honour(honour) => vec![honour.confirm],
            Body::Renew(renew) => vec![renew.ticket],
            Body::Carry(carry) => {
                // What is in another document cannot be looked up here.
                let here = carry.from.document == self.document;
                let from = here.then_some(carry.from.confirm);
                let all = [Some(carry.ticket), from, carry.answers];
                all.into_iter().flatten().collect()
            }
            Body::Code(code) => vec![code.confirm],
            Body::HandOut(hand_out) => vec![hand_out.confirm],
            Body::HandIn(hand_in) => vec![hand_in.hand_out],
            other => super::event::named(other),
        };
        if let Some(Link { prev, auth, .. }) = statement.header().link {
            names.extend(prev);
            names.extend(auth);
        }
        names
    }

    /// Gives a ready statement its effect; false when it is not ready after all, because its chain is not one.
    fn visit(&mut self, id: StatementId) -> bool {
        let Some(statement) = self.statements.get(&id).cloned() else {
            return false;
        };
        let kind = statement.body().kind();
        let Some(link) = statement.header().link else {
            if kind == Kind::Visitor {
                self.hear(&statement);
            }
            return true;
        };
        if !self.continues_chain(&statement, link) {
            return false;
        }
        let device = statement.signer();
        let cut = self.heed_cuts && self.is_cut(device, link.seq, id);
        if kind == Kind::Unknown && statement.header().critical {
            // Beyond a cut there is nothing to stop: a revoked device cannot make every view outdated.
            if !cut {
                self.progress.resolved.outdated.insert(id);
            }
            return false;
        }
        let first = *self.progress.places.entry((device, link.seq)).or_insert(id);
        if first != id {
            self.progress
                .resolved
                .forks
                .insert((first.min(id), first.max(id)));
        } else {
            self.progress
                .resolved
                .chains
                .insert(device, ChainPoint { seq: link.seq, id });
        }
        self.judge(&statement, cut);
        true
    }

    fn continues_chain(&self, statement: &Verified, link: Link) -> bool {
        let (Some(device), Some(prev)) = (self.authority.device(&statement.signer()), link.prev)
        else {
            return false;
        };
        let Some(seq) = link.seq.checked_sub(1) else {
            return prev == device.certificate;
        };
        self.statements.get(&prev).is_some_and(|before| {
            before.signer() == statement.signer()
                && before.header().link.is_some_and(|l| l.seq == seq)
        })
    }

    /// Whether a revoked device's statement lies beyond its cut, or beside the path to the cut's head.
    fn is_cut(&self, device: PublicKey, seq: u32, id: StatementId) -> bool {
        let Some(revocation) = self
            .authority
            .device(&device)
            .and_then(|d| d.revoked.as_ref())
        else {
            return false;
        };
        let Some(head) = revocation.cuts.get(&self.document) else {
            return true;
        };
        let beside = self
            .progress
            .paths
            .get(&device)
            .and_then(|path| path.get(&seq))
            .is_some_and(|on| *on != id);
        seq > head.seq || beside
    }

    fn cut_paths(&self) -> BTreeMap<PublicKey, BTreeMap<u32, StatementId>> {
        let path = |device: &PublicKey, head: &ChainPoint| {
            let mut path = BTreeMap::from([(head.seq, head.id)]);
            let mut at = head.id;
            while let Some(statement) = self.statements.get(&at).filter(|s| s.signer() == *device) {
                let Some(Link {
                    seq,
                    prev: Some(prev),
                    ..
                }) = statement.header().link
                else {
                    break;
                };
                let Some(before) = seq.checked_sub(1) else {
                    break;
                };
                path.insert(before, prev);
                at = prev;
            }
            path
        };
        let devices = self.authority.devices().iter();
        devices
            .filter_map(|(key, device)| {
                let head = device.revoked.as_ref()?.cuts.get(&self.document)?;
                Some((*key, path(key, head)))
            })
            .collect()
    }
}
