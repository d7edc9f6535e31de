use super::hands;
use super::{World, shop};
use crate::oracle::fold::{Motion, Standing};
use crate::oracle::{Fold, Forecast};
use allkontor_core::statement::{Body, Cause, Request, Verified};
use std::collections::BTreeMap;

/// How often what is interesting happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub BTreeMap<&'static str, usize>);

impl Counts {
    /// Adds what happened in one history, all told.
    pub fn add(&mut self, world: &World) {
        let mut add = |what, n: usize| *self.0.entry(what).or_default() += n;
        add("histories", 1);
        add("statements", world.office.heap.len());
        add("bad signatures", world.forged.len());
        add("clock lies", world.lies);
        let heap = &world.office.heap;
        let requests: Vec<_> = heap
            .iter()
            .filter_map(|s| match s.body() {
                Body::Request(b) => Some((b.ticket, b.slot, b.version)),
                _ => None,
            })
            .collect();
        let races = requests
            .iter()
            .enumerate()
            .filter(|(i, r)| requests[..*i].contains(r));
        add("version races", races.count());
        add(
            "cancels",
            heap.iter()
                .filter(|s| matches!(s.body(), Body::Cancel(_)))
                .count(),
        );
        add("clashes", clashes(heap));
        world.with_fold(heap, |fold| {
            hands::count(fold, &mut add);
            for c in &fold.confirmations {
                match c.standing {
                    Standing::Void => add("void confirms", 1),
                    Standing::Moved => add("moved", 1),
                    Standing::Released(_) => add("released", 1),
                    Standing::CheckedIn => add("checked in", 1),
                    Standing::Live => add("live", 1),
                }
                let effective = c.standing != Standing::Void;
                add("bundles", usize::from(effective && c.holds.len() > 1));
                add(
                    "no-shows",
                    usize::from(c.standing == Standing::Released(Cause::NoShow)),
                );
            }
            for statement in fold.effective.iter().filter_map(|id| fold.all.get(id)) {
                add(statement.body().name(), 1);
            }
            let inherited = fold
                .motions
                .iter()
                .filter(|m| matches!(m, Motion::Inherit { .. }));
            add("inherited", inherited.count());
            add(
                "beyond a cut",
                fold.taken
                    .iter()
                    .filter(|id| fold.is_beyond_cut(&fold.all[id]))
                    .count(),
            );
            add("revoked", fold.authority.revoked.len());
            add("admin forks", usize::from(fold.authority.flagged.is_some()));
            add("forks", fold.forks().len());
            add("outdated", fold.outdated.len());
            add(
                "not ready",
                fold.all
                    .values()
                    .filter(|s| s.header().link.is_some())
                    .count()
                    - fold.taken.len(),
            );
            add("victims", fold.victims().len());
            add("declined", fold.declined.len());
            let held = fold.confirmations.iter().filter_map(|c| c.request.as_ref());
            let for_events = held.filter_map(|asked| Some((asked, asked.request.event?)));
            for (asked, event) in for_events {
                let own = event.ticket == asked.request.ticket;
                add(if own { "rooms for events" } else { "seats" }, 1);
            }
            add("edits", fold.edits().len());
            add("groups passed by", passed_by(fold));
            for forecast in fold.forecast(&shop()).values() {
                match forecast {
                    Forecast::Likely(_) => add("likely", 1),
                    Forecast::Alternative(_) => add("alternative", 1),
                    Forecast::Waiting(_) => add("waiting", 1),
                }
            }
        });
    }
}

/// Requests whose first option overlaps that of an earlier one of another booking.
fn clashes(heap: &[Verified]) -> usize {
    let requests = heap.iter().filter_map(|s| match s.body() {
        Body::Request(b) => Some(b),
        _ => None,
    });
    let requests: Vec<&Request> = requests.collect();
    let overlap = |a: &Request, b: &Request| {
        let mut wishes = a.options.iter().take(1).flatten();
        let others = || b.options.iter().take(1).flatten();
        wishes.any(|w| others().any(|o| w.unit == o.unit && w.interval.overlaps(o.interval)))
    };
    let slot = |r: &Request| (r.ticket, r.slot);
    requests
        .iter()
        .enumerate()
        .filter(|(i, r)| {
            let mut earlier = requests.iter().take(*i);
            earlier.any(|other| slot(other) != slot(r) && overlap(other, r))
        })
        .count()
}

/// Groups that others stand behind, for seats that these could have.
fn passed_by(fold: &Fold<'_>) -> usize {
    let shop = shop();
    let pending = fold.pending(&fold.victims());
    let seats = || pending.iter().filter(|asked| asked.request.event.is_some());
    let behind = |group| seats().any(|asked| fold.stands_behind(&shop, asked, group));
    seats().filter(|group| behind(*group)).count()
}
