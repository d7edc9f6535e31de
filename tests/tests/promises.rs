//! What `core/SPEC.md` §7 promises, over random histories; and that the resolver is the oracle, only faster.
//!
//! `ALLKONTOR_HISTORIES` says how many histories each test plays (1,000), `ALLKONTOR_SEED` where it starts.

mod play;

use allkontor_core::id::StatementId;
use allkontor_core::resolve::{self, Changed, ConfirmState, Fold, Rank, Resolved, SlotKey};
use allkontor_core::statement::{Body, Document, Signed, Statement, Verified};
use allkontor_core::time::{DayStart, OfficeDay};
use allkontor_tests::adapter::{self, Shelf, fold_all, resolve_authority};
use allkontor_tests::history::{Mode, World, shop};
use allkontor_tests::office::keypair;
use allkontor_tests::oracle::{self, Authority};
use play::each_history;
use std::collections::{BTreeMap, BTreeSet};

fn resolver_is_the_oracle(world: &World, heap: &[Verified]) {
    let (office, document) = (world.office.id, world.office.document);
    let expected = Authority::of(office, heap);
    let Some(core) = resolve_authority(office, heap) else {
        assert_eq!(expected.genesis, None);
        return;
    };
    assert_eq!(adapter::authority(&core), expected);
    let slow = oracle::Fold::run(&expected, document, heap, true);
    let picture = oracle::Picture::of(&slow);
    let mut fast = Fold::new(document, core);
    fast.extend(heap.iter().cloned());
    assert_eq!(adapter::picture(&fast, &picture), picture);
    assert_eq!(adapter::forecasts(&fast, &shop()), slow.forecast(&shop()));
}

#[test]
fn the_resolver_agrees_with_the_oracle_when_stewards_are_honest() {
    let counts = each_history("agree honest", Mode::Honest, |played| {
        resolver_is_the_oracle(&played.world, &played.heap());
        resolver_is_the_oracle(&played.world, &played.some(70));
        resolver_is_the_oracle(&played.world, &played.some(95));
    });
    counts.at_least(&[
        ("live", 600),
        ("moved", 60),
        ("bundles", 150),
        ("version races", 900),
        ("bad signatures", 500),
        ("clock lies", 1_200),
        ("Give", 150),
        ("Take", 200),
        ("alternative", 100),
        ("waiting", 300),
        ("victims", 30),
        ("declined", 60),
    ]);
}

#[test]
fn the_resolver_agrees_with_the_oracle_whatever_is_signed() {
    let counts = each_history("agree wild", Mode::Wild, |played| {
        resolver_is_the_oracle(&played.world, &played.heap());
        resolver_is_the_oracle(&played.world, &played.some(70));
        resolver_is_the_oracle(&played.world, &played.some(95));
    });
    counts.at_least(&[
        ("void confirms", 600),
        ("beyond a cut", 700),
        ("forks", 800),
        ("inherited", 60),
        ("admin forks", 80),
        ("outdated", 10),
        ("not ready", 500),
        ("Honour", 15),
        ("victims", 10),
    ]);
}

#[test]
fn order_repetition_and_batches_make_no_difference() {
    each_history("order", Mode::Wild, |played| {
        let heap = played.heap();
        let (office, document) = (played.world.office.id, played.world.office.document);
        let Some(whole) = fold_all(office, document, &heap) else {
            return;
        };
        let digest = whole.resolved().digest();
        // As bytes, so that a forged one is met where it would be.
        let mut wire: Vec<Vec<u8>> = heap.iter().map(|s| s.bytes().to_vec()).collect();
        wire.extend(played.world.forged.clone());
        wire.extend(played.chance().some(&wire, 20));
        played.chance().shuffle(&mut wire);
        let mut known: Vec<Verified> = vec![];
        let mut fold: Option<Fold> = None;
        let mut rest = wire.as_slice();
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(rest.len().min(1 + played.chance().below(6)));
            rest = later;
            let signed = batch.iter().filter_map(|bytes| Signed::decode(bytes).ok());
            let fresh: Vec<Verified> = signed.filter_map(|s| s.verify().ok()).collect();
            known.extend(fresh.iter().cloned());
            let Some(authority) = resolve_authority(office, &known) else {
                continue;
            };
            let fold = fold.get_or_insert_with(|| Fold::new(document, authority.clone()));
            fold.set_authority(authority);
            fold.extend(if fold.statements().is_empty() {
                known.clone()
            } else {
                fresh
            });
            let at_once = fold_all(office, document, &known).unwrap();
            assert_eq!(
                fold.resolved(),
                at_once.resolved(),
                "incremental is not the whole"
            );
            assert_eq!(fold.pending(), at_once.pending());
        }
        let fold = fold.unwrap();
        assert_eq!(fold.resolved().digest(), digest);
        assert_eq!(fold.resolved(), whole.resolved());
    });
}

#[test]
fn order_makes_no_difference_to_an_office_that_never_starts_over() {
    each_history("order honest", Mode::Honest, |played| {
        let mut heap = played.heap();
        let (office, document) = (played.world.office.id, played.world.office.document);
        let whole = fold_all(office, document, &heap).unwrap();
        let mut fold = Fold::new(document, whole.authority().clone());
        played.chance().shuffle(&mut heap);
        let shop = shop();
        let mut forecast = resolve::Forecast::default();
        for statement in heap {
            let facts = fold.resolved().occupations.clone();
            let changed = fold.extend([statement]);
            // A forecast that is brought up to date is the forecast.
            match changed {
                Changed::Nothing => {}
                Changed::Everything => forecast = resolve::Forecast::new(&fold, &Shelf(&shop)),
                Changed::Some { slots, mut cells } => {
                    let now = &fold.resolved().occupations;
                    let differ = now.iter().filter(|(id, fact)| facts.get(id) != Some(fact));
                    cells.extend(differ.flat_map(|(_, fact)| cells_of(fact)));
                    forecast.refresh(&fold, &Shelf(&shop), &slots, &cells);
                }
            }
            assert_eq!(forecast, resolve::Forecast::new(&fold, &Shelf(&shop)));
        }
        assert_eq!(fold.resolved(), whole.resolved());
        assert_eq!(fold.resolved().digest(), whole.resolved().digest());
    });
}

/// The days that a fact touches.
fn cells_of(fact: &resolve::Occupation) -> impl Iterator<Item = resolve::Cell> {
    let day = |minute| OfficeDay::of(minute, DayStart::default()).get();
    let unit = fact.unit;
    (day(fact.interval.start())..=day(fact.interval.end()))
        .map(move |period| resolve::Cell { unit, period })
}

/// Promise 1.
fn nothing_overlaps(fold: &Fold) {
    let mut taken: Vec<_> = vec![];
    let mut standing = BTreeSet::new();
    for confirmation in fold.resolved().confirmations.values() {
        for placed in confirmation.holds.iter().filter(|p| p.blocks) {
            for (unit, occupied) in &taken {
                let clash = *unit == placed.hold.unit && placed.occupied.overlaps(*occupied);
                assert!(
                    !clash,
                    "{unit} is taken twice: {occupied} and {}",
                    placed.occupied
                );
            }
            taken.push((placed.hold.unit, placed.occupied));
        }
        if confirmation.state.stands() {
            let first = standing.insert(confirmation.key);
            assert!(first, "{:?} has two confirmations", confirmation.key);
        }
    }
}

#[test]
fn nothing_overlaps_and_a_slot_has_one_confirmation_whatever_is_signed() {
    each_history("promise 1", Mode::Wild, |played| {
        for percent in [100, 90, 60] {
            let heap = played.some(percent);
            let (office, document) = (played.world.office.id, played.world.office.document);
            if let Some(fold) = fold_all(office, document, &heap) {
                nothing_overlaps(&fold);
            }
        }
    });
}

/// What was promised in `before` and is neither kept, nor moved, nor released in `after`.
fn broken(before: &Resolved, after: &Fold) -> Vec<String> {
    let says = |wanted: &dyn Fn(&Body) -> bool| {
        let ready = after
            .statements()
            .values()
            .filter(|s| after.is_ready(&s.id()));
        ready
            .filter(|s| s.header().link.is_some())
            .any(|s| wanted(s.body()))
    };
    let mut broken = vec![];
    for (id, confirmation) in &before.confirmations {
        let now = after.resolved().confirmations.get(id).map(|c| c.state);
        let kept = match (confirmation.state, now) {
            (_, None) => false,
            (ConfirmState::Released(then), Some(ConfirmState::Released(now))) => then == now,
            (ConfirmState::Released(_), _) => false,
            (ConfirmState::CheckedIn, Some(ConfirmState::Live)) => false,
            (_, Some(ConfirmState::Live | ConfirmState::CheckedIn)) => true,
            (_, Some(ConfirmState::Moved)) => {
                says(&|b| matches!(b, Body::Confirm(c) if c.ends == Some(*id)))
            }
            (_, Some(ConfirmState::Released(_))) => {
                says(&|b| matches!(b, Body::Release(r) if r.confirm == *id))
            }
        };
        if !kept {
            broken.push(format!(
                "{id:?} was {:?} and is {now:?}",
                confirmation.state
            ));
        }
    }
    broken
}

#[test]
fn a_confirmation_lasts_whatever_arrives_later() {
    each_history("promise 2", Mode::Honest, |played| {
        let (office, document) = (played.world.office.id, played.world.office.document);
        let mut known = played.some(50);
        for percent in [30, 60, 100] {
            let Some(before) = fold_all(office, document, &known) else {
                known.extend(played.some(percent));
                continue;
            };
            known.extend(played.some(percent));
            let after = fold_all(office, document, &known).unwrap();
            assert_eq!(broken(before.resolved(), &after), Vec::<String>::new());
        }
        // What an honest steward saw as confirmed is confirmed with everything known.
        let whole = fold_all(office, document, &played.heap()).unwrap();
        for device in 0..played.world.views.len() {
            let view = fold_all(office, document, &played.world.view(device)).unwrap();
            assert_eq!(broken(view.resolved(), &whole), Vec::<String>::new());
        }
        assert_eq!(whole.resolved().void, BTreeSet::new());
    });
}

#[test]
fn a_revoke_changes_nothing_before_its_cut_and_its_successors_decisions_last() {
    let counts = each_history("promise 3", Mode::Honest, |played| {
        if played.world.views.len() < 2 {
            return;
        }
        let mut world = played.world.clone();
        let (office, document) = (world.office.id, world.office.document);
        let before = fold_all(office, document, &world.office.heap).unwrap();
        let revoked = played.chance().below(world.views.len());
        let successor = (revoked + 1) % world.views.len();
        world.mode = Mode::Wild;
        world.revoke(revoked, successor as u8, 0);
        let after = fold_all(office, document, &world.office.heap).unwrap();
        assert_eq!(
            before.resolved().confirmations,
            after.resolved().confirmations
        );
        assert_eq!(before.resolved().declined, after.resolved().declined);
        assert_eq!(before.resolved().custody, after.resolved().custody);
        assert_eq!(before.resolved().rights, after.resolved().rights);

        // The others work on; the revoked device signs what it likes.
        let mut beyond = BTreeSet::new();
        for (i, action) in played.more.iter().enumerate() {
            let start = world.office.heap.len();
            if i % 4 == 0 {
                let bits = played.chance().bits().to_be_bytes();
                let want = allkontor_tests::history::Want {
                    unit: bits[0] % 6,
                    day: bits[1] % 3,
                    start: bits[2] % 8,
                    length: bits[3] % 3,
                };
                world.rogue(revoked, bits[4], bits[5], 0, want);
                beyond.extend(start..world.office.heap.len());
            } else {
                world.act(action);
            }
        }
        let heap = &world.office.heap;
        let without: Vec<_> = (0..heap.len())
            .filter(|i| !beyond.contains(i))
            .map(|i| heap[i].clone())
            .collect();
        let honest = fold_all(office, document, &without).unwrap();
        let all = fold_all(office, document, heap).unwrap();
        assert_eq!(broken(before.resolved(), &all), Vec::<String>::new());
        assert_eq!(broken(honest.resolved(), &all), Vec::<String>::new());
        nothing_overlaps(&all);
        played.also_count(&world);
    });
    counts.at_least(&[("inherited", 100), ("beyond a cut", 1_500)]);
}

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
    each_history("promise 4", Mode::Wild, |played| {
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
    println!(
        "promise 4: {} first requests, {} newer versions",
        first.get(),
        newer.get()
    );
    assert!(first.get() > 300 && newer.get() > 100);
}

#[test]
fn a_claim_before_the_tickets_stamp_gains_nothing() {
    let lies = std::cell::Cell::new(0);
    each_history("promise 5", Mode::Honest, |played| {
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
            let races = heap.iter().filter(|s| match s.body() {
                Body::Request(r) => {
                    (r.ticket, r.slot, r.version) == (request.ticket, request.slot, request.version)
                }
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
    assert!(lies.get() > 300, "{} lies told", lies.get());
}

#[test]
fn what_is_signed_for_another_office_or_document_is_inert() {
    each_history("foreign", Mode::Wild, |played| {
        let heap = played.heap();
        let office = played.world.office.id;
        let next = Document::Storage(2026);
        if let Some(fold) = fold_all(office, next, &heap) {
            assert_eq!(fold.resolved(), &Resolved::default());
        }
        let other = allkontor_core::id::OfficeId([1; 32]);
        assert_eq!(resolve_authority(other, &heap), None);
    });
}
