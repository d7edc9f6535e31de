//! The order of arrival makes no difference, and what belongs elsewhere none at all.

use super::play::each_history;
use super::{HONEST, WILD};
use allkontor_core::resolve::{self, Changed, Fold, Resolved};
use allkontor_core::statement::{Document, Signed, Verified};
use allkontor_core::time::{DayStart, OfficeDay};
use allkontor_tests::adapter::{Shelf, fold_all, resolve_authority};
use allkontor_tests::history::{Mode, shop};

#[test]
fn order_repetition_and_batches_make_no_difference() {
    let counts = each_history("order", Mode::Wild, |played| {
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
    counts.at_least(WILD);
}

#[test]
fn order_makes_no_difference_to_an_office_that_never_starts_over() {
    let counts = each_history("order honest", Mode::Honest, |played| {
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
    counts.at_least(HONEST);
}

/// The days that a fact touches.
fn cells_of(fact: &resolve::Occupation) -> impl Iterator<Item = resolve::Cell> {
    let day = |minute| OfficeDay::of(minute, DayStart::default()).get();
    let unit = fact.unit;
    (day(fact.interval.start())..=day(fact.interval.end()))
        .map(move |period| resolve::Cell { unit, period })
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
