//! What several stewards did with one another's cells and rights, counted statement by statement.

use crate::oracle::cells::{Cell, Span, cell_of, occupied};
use crate::oracle::fold::{Confirmation, Fold, Place, Standing};
use allkontor_core::id::{PublicKey, StatementId};
use allkontor_core::statement::{Body, Verified};
use allkontor_core::time::DayStart;
use std::collections::{BTreeMap, BTreeSet};

/// A cell, or the right to decide a ticket's requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Cell(Cell),
    Right(StatementId),
}

/// Where everything is after some of the statements.
struct Walk<'a> {
    fold: &'a Fold<'a>,
    places: BTreeMap<Thing, Place>,
    /// What a device has given or passed.
    gone: BTreeSet<(PublicKey, Thing)>,
    /// What a device has through the Revoke of another.
    inherited: BTreeSet<(PublicKey, Thing)>,
    /// Confirmations that were not released.
    standing: BTreeSet<StatementId>,
}

/// Adds up what only several stewards can do.
pub(super) fn count(fold: &Fold<'_>, add: &mut impl FnMut(&'static str, usize)) {
    let mut walk = Walk {
        fold,
        places: BTreeMap::new(),
        gone: BTreeSet::new(),
        inherited: BTreeSet::new(),
        standing: BTreeSet::new(),
    };
    for statement in fold.taken.iter().filter_map(|id| fold.all.get(id)) {
        walk.step(statement, add);
    }
    add("clashing forks", clashing_forks(fold));
    add("in flight at a revoke", in_flight_at_a_revoke(fold));
    add("late orphans", late_orphans(fold));
    let deciders: BTreeSet<PublicKey> = fold
        .confirmations
        .iter()
        .filter(|c| c.standing != Standing::Void)
        .map(|c| c.by)
        .collect();
    add("several deciders", usize::from(deciders.len() > 1));
}

impl Walk<'_> {
    fn place(&self, thing: Thing) -> Place {
        let first = || match thing {
            Thing::Cell((unit, _)) => self
                .fold
                .authority
                .first_custodian(unit, self.fold.document),
            Thing::Right(ticket) => self.fold.ticket(ticket).map(|(t, _)| t.decider),
        };
        let known = self.places.get(&thing).copied();
        known.unwrap_or_else(|| first().map_or(Place::Nowhere, Place::With))
    }

    fn step(&mut self, statement: &Verified, add: &mut impl FnMut(&'static str, usize)) {
        let (id, by) = (statement.id(), statement.signer());
        let had_effect = self.fold.effective.contains(&id);
        match statement.body() {
            Body::Give(b) if !self.fold.is_beyond_cut(statement) => {
                let cells = b.cells.iter().flat_map(|range| range.cells());
                let again = cells
                    .map(|cell| self.hand_over(id, by, Thing::Cell(cell), b.to))
                    .filter(|again| *again);
                add("double gives", usize::from(again.count() > 0));
            }
            Body::Pass(b) if !self.fold.is_beyond_cut(statement) => {
                let again = self.hand_over(id, by, Thing::Right(b.ticket), b.to);
                add("double passes", usize::from(again));
            }
            Body::Take(b) if had_effect => self.take(by, b.of, b.via, add),
            Body::Confirm(b) if had_effect => {
                let things = self.things_of(id);
                self.decided(by, &things, add);
                if let Some(ended) = b.ends.filter(|ended| self.standing.remove(ended)) {
                    let things = self.things_of(ended);
                    let cells = things.iter().filter(|t| matches!(t, Thing::Cell(_)));
                    let elsewhere = cells.filter(|t| self.place(**t) != Place::With(by));
                    add(
                        "moves across custodians",
                        usize::from(elsewhere.count() > 0),
                    );
                }
                self.standing.insert(id);
            }
            Body::Release(b) if had_effect => {
                self.standing.remove(&b.confirm);
                let things = self.things_of(b.confirm);
                self.decided(by, &things, add);
            }
            Body::CheckIn(b) if had_effect => {
                let things = self.things_of(b.confirm);
                self.decided(by, &things, add);
            }
            Body::Decline(b) if had_effect => {
                let asked = self.fold.asked(b.request);
                let right = asked.map(|asked| Thing::Right(asked.request.ticket));
                self.decided(by, right.as_slice(), add);
            }
            _ => {}
        }
    }

    /// Whether the device had handed it over before, and does not have it back.
    fn hand_over(
        &mut self,
        under: StatementId,
        by: PublicKey,
        thing: Thing,
        to: PublicKey,
    ) -> bool {
        if self.place(thing) != Place::With(by) {
            return self.gone.contains(&(by, thing));
        }
        self.places.insert(thing, Place::InFlight { under, to });
        self.gone.insert((by, thing));
        false
    }

    fn take(
        &mut self,
        by: PublicKey,
        of: StatementId,
        via: Option<StatementId>,
        add: &mut impl FnMut(&'static str, usize),
    ) {
        let revoked = self.fold.authority.revoked.iter();
        let from = revoked
            .clone()
            .find(|(_, r)| r.revoke == of)
            .map(|(d, _)| *d);
        if let Some(from) = from {
            for thing in self.all_things() {
                if self.place(thing) == Place::With(from) {
                    self.places.insert(thing, Place::With(by));
                    self.inherited.insert((by, thing));
                }
            }
            return;
        }
        let stood_in = via.is_some();
        let in_flight =
            |place: &Place| matches!(place, Place::InFlight { under, .. } if *under == of);
        let taken: Vec<Thing> = self
            .places
            .iter()
            .filter(|(_, place)| in_flight(place))
            .map(|(thing, _)| *thing)
            .collect();
        add(
            "taken for another",
            usize::from(stood_in && !taken.is_empty()),
        );
        for thing in taken {
            self.places.insert(thing, Place::With(by));
            if stood_in {
                self.inherited.insert((by, thing));
            }
        }
    }

    /// Cells that anybody promised something in, and rights to tickets.
    fn all_things(&self) -> Vec<Thing> {
        let all = self.fold.confirmations.iter();
        let cells = all.flat_map(|c| cells_of(self.fold, c));
        let tickets = self.fold.all.keys().copied();
        let tickets = tickets.filter(|id| self.fold.ticket(*id).is_some());
        cells
            .map(Thing::Cell)
            .chain(tickets.map(Thing::Right))
            .collect()
    }

    /// The cells of a confirmation and the right to its ticket.
    fn things_of(&self, confirm: StatementId) -> Vec<Thing> {
        let all = self.fold.confirmations.iter();
        let confirmation = all.into_iter().find(|c| c.id == confirm);
        let right = confirmation
            .and_then(|c| c.request.as_ref())
            .map(|r| r.request.ticket);
        let cells = confirmation.map(|c| cells_of(self.fold, c));
        let cells = cells.into_iter().flatten().map(Thing::Cell);
        cells.chain(right.map(Thing::Right)).collect()
    }

    fn decided(&self, by: PublicKey, things: &[Thing], add: &mut impl FnMut(&'static str, usize)) {
        let heir = things.iter().any(|t| self.inherited.contains(&(by, *t)));
        add("decisions of successors", usize::from(heir));
    }
}

fn cells_of(fold: &Fold<'_>, confirmation: &Confirmation) -> Vec<Cell> {
    let cell = |hold| cell_of(fold.document, DayStart::default(), hold);
    confirmation.holds.iter().filter_map(cell).collect()
}

/// Pairs of confirmations of one place at one time, or of one booking, by one device on two branches of its chain,
/// one of which had an effect.
fn clashing_forks(fold: &Fold<'_>) -> usize {
    let spans = |c: &Confirmation| -> Vec<Span> {
        let span = |hold| occupied(fold.document, DayStart::default(), hold);
        c.holds.iter().filter_map(span).collect()
    };
    let slot = |c: &Confirmation| {
        let asked = c.request.as_ref().map(|r| &r.request);
        asked.map(|r| (r.ticket, r.slot))
    };
    let clash = |a: &Confirmation, b: &Confirmation| {
        let one_slot = slot(a).is_some() && slot(a) == slot(b);
        one_slot
            || spans(a)
                .iter()
                .any(|s| spans(b).iter().any(|t| s.overlaps(t)))
    };
    let mut count = 0;
    for (i, a) in fold.confirmations.iter().enumerate() {
        for b in &fold.confirmations[..i] {
            let one_stands = a.standing != Standing::Void || b.standing != Standing::Void;
            if a.by == b.by && one_stands && clash(a, b) && !is_one_line(fold, a.id, b.id) {
                count += 1;
            }
        }
    }
    count
}

fn is_one_line(fold: &Fold<'_>, a: StatementId, b: StatementId) -> bool {
    let reaches = |from: StatementId, to: StatementId| {
        let mut at = Some(from);
        while let Some(id) = at {
            if id == to {
                return true;
            }
            let link = fold.all.get(&id).and_then(|s| s.header().link);
            at = link.and_then(|link| link.prev);
        }
        false
    };
    reaches(a, b) || reaches(b, a)
}

/// Gives and Passes whose giver or addressee was revoked before they were taken.
fn in_flight_at_a_revoke(fold: &Fold<'_>) -> usize {
    let applied = &fold.authority.applied;
    let when = |id: StatementId| applied.iter().position(|a| *a == id);
    let effective = || fold.effective.iter().filter_map(|id| fold.all.get(id));
    let takes: Vec<(StatementId, PublicKey, Option<usize>)> = effective()
        .filter_map(|s| match s.body() {
            Body::Take(b) => {
                let auth = s.header().link.and_then(|link| link.auth);
                Some((b.of, s.signer(), auth.and_then(when)))
            }
            _ => None,
        })
        .collect();
    let handed_over = effective().filter_map(|s| match s.body() {
        Body::Give(b) => Some((s.id(), s.signer(), b.to)),
        Body::Pass(b) => Some((s.id(), s.signer(), b.to)),
        _ => None,
    });
    let revoked_at = |device: PublicKey| {
        let revoked = fold.authority.revoked.get(&device)?;
        when(revoked.revoke)
    };
    handed_over
        .filter(|(id, by, to)| {
            let taken = takes.iter().find(|(of, who, _)| of == id && who == to);
            let before = |revoke: usize| taken.is_some_and(|(.., auth)| *auth < Some(revoke));
            [*by, *to]
                .into_iter()
                .filter_map(revoked_at)
                .any(|revoke| !before(revoke))
        })
        .count()
}

/// Confirmations of a revoked device beyond its cut that staff vouched for, whose holders are first in line.
fn late_orphans(fold: &Fold<'_>) -> usize {
    let victims = fold.victims();
    let orphans = fold.confirmations.iter().filter(|c| {
        let beyond = fold.all.get(&c.id).is_some_and(|s| fold.is_beyond_cut(s));
        let of = c.request.as_ref().map(|r| &r.request);
        let of = of.map(|r| (r.ticket, r.slot, r.version));
        beyond && fold.honoured.contains(&c.id) && of.is_some_and(|of| victims.contains(&of))
    });
    orphans.count()
}
