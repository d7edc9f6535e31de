//! Promises 4 and 5: what one more request changes, and what a lie about the time gains.

use super::play::each_history;
use super::{HONEST, WILD};
use allkontor_core::id::StatementId;
use allkontor_core::resolve::{self, Fold, Rank, SlotKey};
use allkontor_core::statement::{Body, Statement, Verified};
use allkontor_tests::adapter::{Shelf, fold_all};
use allkontor_tests::history::{Mode, World, shop};
use allkontor_tests::office::keypair;
use allkontor_tests::oracle;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a steward's statement names it, be it for something it is not.
fn is_named(heap: &[Verified], id: StatementId) -> bool {
    heap.iter().any(|s| match s.body() {
        Body::Confirm(b) => b.request == id || b.ends == Some(id),
        Body::Decline(b) => b.request == id,
        Body::Release(b) => b.confirm == id,
        Body::CheckIn(b) => b.confirm == id,
        Body::Honour(b) => b.confirm == id,
        Body::Pass(b) => b.ticket == id,
        Body::Take(b) => b.of == id || b.via == Some(id),
        Body::Vacate(b) => b.occupy == id,
        Body::Carry(b) => b.ticket == id || b.from.confirm == id || b.answers == Some(id),
        Body::HandOut(b) => b.confirm == id,
        Body::HandIn(b) => b.hand_out == id,
        _ => false,
    })
}

/// Forecasts by booking, each with its rank.
fn outlooks(fold: &Fold) -> BTreeMap<SlotKey, (Rank, resolve::Place)> {
    let shop = shop();
    let forecast = resolve::Forecast::new(fold, &Shelf(&shop));
    let outlooks = forecast.outlooks().iter();
    outlooks
        .map(|(key, o)| (*key, (o.rank, o.place.clone())))
        .collect()
}

/// Bookings that hang together with `start` through rivals, `start` included.
fn component(world: &World, heap: &[Verified], start: SlotKey) -> BTreeSet<SlotKey> {
    world.with_fold(heap, |fold| {
        let key = |asked: &oracle::fold::Asked| SlotKey {
            ticket: asked.request.ticket,
            slot: asked.request.slot,
        };
        let pending = fold.pending(&fold.victims());
        let mut found = BTreeSet::from([start]);
        loop {
            let size = found.len();
            for a in &pending {
                let near = pending
                    .iter()
                    .any(|b| found.contains(&key(b)) && fold.are_rivals(&shop(), a, b));
                if near {
                    found.insert(key(a));
                }
            }
            if found.len() == size {
                return found;
            }
        }
    })
}

#[test]
fn one_more_request_changes_no_decision_and_only_its_rivals_behind_it() {
    let newer = std::cell::Cell::new(0);
    let first = std::cell::Cell::new(0);
    let counts = each_history("promise 4", Mode::Wild, |played| {
        let heap = played.heap();
        let (office, document) = (played.world.office.id, played.world.office.document);
        let Some(with) = fold_all(office, document, &heap) else {
            return;
        };
        let requests = heap.iter().filter_map(|s| match s.body() {
            Body::Request(r) => Some((s, r)),
            _ => None,
        });
        for (statement, request) in requests {
            let id = statement.id();
            let others = heap.iter().filter(|s| match s.body() {
                Body::Request(r) => {
                    s.id() != id && (r.ticket, r.slot) == (request.ticket, request.slot)
                }
                _ => false,
            });
            let versions: Vec<u8> = others
                .filter_map(|s| match s.body() {
                    Body::Request(r) => Some(r.version),
                    _ => None,
                })
                .collect();
            let is_newest = versions.iter().all(|v| *v < request.version);
            if is_named(&heap, id) || !is_newest {
                continue;
            }
            let fewer: Vec<_> = heap.iter().filter(|s| s.id() != id).cloned().collect();
            let without = fold_all(office, document, &fewer).unwrap();
            let (a, b) = (without.resolved(), with.resolved());
            assert_eq!((&a.confirmations, &a.void), (&b.confirmations, &b.void));
            assert_eq!((&a.declined, &a.custody), (&b.declined, &b.custody));
            assert_eq!((&a.rights, &a.occupations), (&b.rights, &b.occupations));
            let key = SlotKey {
                ticket: request.ticket,
                slot: request.slot,
            };
            let mut near = component(&played.world, &heap, key);
            near.extend(component(&played.world, &fewer, key));
            let (before, after) = (outlooks(&without), outlooks(&with));
            let own_rank = after.get(&key).map(|(rank, _)| *rank);
            for (other, (rank, place)) in &before {
                let ahead = versions.is_empty() && own_rank.is_none_or(|own| *rank < own);
                if *other != key && (ahead || !near.contains(other)) {
                    assert_eq!(after.get(other), Some(&(*rank, place.clone())));
                }
            }
            let counter = if versions.is_empty() { &first } else { &newer };
            counter.set(counter.get() + 1);
        }
    });
    counts.at_least(WILD);
    counts.enough("first requests", first.get(), 300);
    counts.enough("newer versions", newer.get(), 100);
}

#[test]
fn a_claim_before_the_tickets_stamp_gains_nothing() {
    let lies = std::cell::Cell::new(0);
    let counts = each_history("promise 5", Mode::Honest, |played| {
        let heap = played.heap();
        let (office, document) = (played.world.office.id, played.world.office.document);
        let tickets: BTreeMap<_, _> = heap
            .iter()
            .filter_map(|s| match s.body() {
                Body::Ticket(t) => Some((s.id(), t.clone())),
                _ => None,
            })
            .collect();
        let keys: Vec<_> = (0..tickets.len() as u64)
            .map(|n| keypair("visitor", n))
            .collect();
        for (at, statement) in heap.iter().enumerate() {
            let Body::Request(request) = statement.body() else {
                continue;
            };
            let version = (request.ticket, request.slot, request.version);
            let races = heap.iter().filter(|s| match s.body() {
                Body::Request(r) => (r.ticket, r.slot, r.version) == version,
                Body::Carry(c) => (c.ticket, c.slot, c.version) == version,
                _ => false,
            });
            // Another claim is another id, which no steward has named, and in a race of versions the smaller id is current.
            if races.count() > 1 || is_named(&heap, statement.id()) {
                continue;
            }
            let rank_of = |claimed| {
                let ticket = &tickets[&request.ticket];
                let key = keys.iter().find(|k| k.public() == statement.signer())?;
                let body = Body::from(allkontor_core::statement::Request {
                    claimed,
                    ..request.clone()
                });
                let header = *statement.header();
                let mut told = heap.clone();
                told[at] = key.sign(Statement { header, body }).ok()?;
                let fold = fold_all(office, document, &told)?;
                let slot = SlotKey {
                    ticket: request.ticket,
                    slot: request.slot,
                };
                let outlook = outlooks(&fold);
                let rank = outlook.get(&slot).map(|(rank, _)| *rank)?;
                assert!(rank.since() >= ticket.stamp, "ranked before the stamp");
                Some((rank, outlook))
            };
            let stamp = tickets[&request.ticket].stamp;
            let lie = stamp.saturating_plus(-40_000);
            if let (Some(truth), Some(lied)) = (rank_of(stamp), rank_of(lie)) {
                assert_eq!(truth, lied);
                lies.set(lies.get() + 1);
            }
        }
    });
    counts.at_least(HONEST);
    counts.enough("lies told", lies.get(), 300);
}
