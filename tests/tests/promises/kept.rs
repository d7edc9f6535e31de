//! Promises 1 to 3: what is confirmed stays confirmed, for one person only.

use super::play::each_history;
use super::{HONEST, WILD};
use allkontor_core::resolve::{ConfirmState, Fold, Resolved, SlotKey};
use allkontor_core::statement::Body;
use allkontor_tests::adapter::fold_all;
use allkontor_tests::history::{Mode, Want};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

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
    let counts = each_history("promise 1", Mode::Wild, |played| {
        for percent in [100, 90, 60] {
            let heap = played.some(percent);
            let (office, document) = (played.world.office.id, played.world.office.document);
            if let Some(fold) = fold_all(office, document, &heap) {
                nothing_overlaps(&fold);
            }
        }
    });
    counts.at_least(WILD);
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
    let counts = each_history("promise 2", Mode::Honest, |played| {
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
    counts.at_least(HONEST);
}

/// What a calendar shows of each booking, and the number that must rise with it.
fn shown(fold: &Fold) -> BTreeMap<SlotKey, (u32, impl PartialEq + Debug + use<>)> {
    let resolved = fold.resolved();
    // A booking is shown once its request is known.
    let slots = resolved
        .slots
        .iter()
        .filter(|(_, slot)| slot.current().is_some());
    let slots = slots.map(|(key, slot)| {
        let last = slot.last().map(|last| {
            let state = resolved.confirmations.get(&last).map(|c| c.state);
            let gone = match state {
                Some(ConfirmState::Released(cause)) => Some(cause),
                _ => None,
            };
            (last, gone)
        });
        let asked = slot.current().map(|current| current.id);
        let declined = asked.and_then(|asked| resolved.declined.get(&asked).copied());
        let shown = (last, asked, slot.cancelled.is_some(), declined);
        (*key, (fold.sequence(key), shown))
    });
    slots.collect()
}

#[test]
fn b10_the_sequence_of_a_calendar_rises_with_every_decision_and_falls_never() {
    let rose = Cell::new(0);
    let counts = each_history("sequence", Mode::Honest, |played| {
        let (office, document) = (played.world.office.id, played.world.office.document);
        let mut known = played.some(30);
        for percent in [20, 40, 60, 100] {
            let before = fold_all(office, document, &known).map(|fold| shown(&fold));
            known.extend(played.some(percent));
            let after = fold_all(office, document, &known).map(|fold| shown(&fold));
            for (key, (then, was)) in before.into_iter().flatten() {
                let (now, is) = &after.as_ref().unwrap()[&key];
                assert!(*now >= then, "{key:?} fell from {then} to {now}");
                assert!(
                    was == *is || *now > then,
                    "{key:?}: {was:?} is {is:?} at {now}"
                );
                rose.set(rose.get() + usize::from(*now > then));
            }
        }
    });
    counts.enough("rose", rose.get(), 1_000);
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
                let want = Want {
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
    counts.at_least(&[
        ("live", 1_700),
        ("moves across custodians", 30),
        ("several deciders", 200),
        ("Pass", 2_000),
        ("inherited", 350),
        ("decisions of successors", 180),
        ("in flight at a revoke", 330),
        ("taken for another", 110),
        ("beyond a cut", 2_000),
    ]);
}
