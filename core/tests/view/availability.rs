//! "What is free?" against a scan of every minute.

use crate::history::History;
use crate::office::{DESK, LOCKER, LOOP, QUIET, ROOM, STEP_FREE, catalogue, ledger, storage};
use allkontor_core::id::{FeatureId, UnitId};
use allkontor_core::model::{Catalogue, CellSpan};
use allkontor_core::resolve::{Fold, Forecast, Places, SlotKey};
use allkontor_core::statement::{Document, Hold};
use allkontor_core::time::{DayStart, Interval};
use allkontor_core::view::{Expected, FreeUnit, Published, View, Wanted};
use std::collections::BTreeSet;

fn day_start() -> DayStart {
    DayStart::default()
}

fn minutes(interval: Interval) -> std::ops::Range<i32> {
    interval.start().get()..interval.end().get()
}

/// The same question, answered minute by minute from the resolved statements.
fn scan(
    fold: &Fold,
    catalogue: &Catalogue,
    wanted: &Wanted<'_>,
    own: Option<SlotKey>,
) -> Vec<FreeUnit> {
    let document = fold.document();
    let span = match document {
        Document::Storage(_) => CellSpan::Year,
        _ => CellSpan::Day,
    };
    let forecast = Forecast::new(fold, &Published::new(catalogue, document, day_start()));
    let of_class = |unit: &UnitId| {
        let class = catalogue.unit(*unit).unwrap().class;
        wanted.class.is_none_or(|wanted| wanted == class)
            && catalogue.class(class).unwrap().cells == span
    };
    let units = catalogue.parts().units.keys().copied().filter(of_class);
    let found = units.filter_map(|unit| {
        let surplus = catalogue.surplus(unit, wanted.needs)?;
        catalogue
            .check_bookable(unit, wanted.interval, day_start())
            .ok()?;
        let rules = &catalogue.class_of(unit).unwrap().rules;
        let hold = Hold::new(unit, wanted.interval, rules.before, rules.after);
        let period = document.cell_period(&hold, day_start())?;
        let cell = document.cell_interval(period, day_start())?;
        let ours = minutes(hold.occupied(cell)?);
        let last = own.and_then(|own| fold.resolved().slots.get(&own)?.last());
        let taken = |minute: i32| {
            let resolved = fold.resolved();
            let mut confirmations = resolved
                .confirmations
                .iter()
                .filter(|(id, _)| Some(**id) != last);
            let mut occupations = resolved.occupations.values();
            confirmations.any(|(_, c)| {
                let mut holds = c.holds.iter();
                holds.any(|p| {
                    p.blocks && p.hold.unit == unit && minutes(p.occupied).contains(&minute)
                })
            }) || occupations
                .any(|o| !o.vacated && o.unit == unit && minutes(o.interval).contains(&minute))
        };
        if ours.clone().any(taken) {
            return None;
        }
        let hopes = forecast.outlooks().iter().filter(|(key, outlook)| {
            let mut holds = outlook
                .place
                .holds()
                .iter()
                .filter(|hold| hold.unit == unit);
            Some(**key) != own
                && holds.any(|hold| {
                    let theirs = hold.occupied(cell);
                    theirs.is_some_and(|theirs| {
                        ours.clone().any(|minute| minutes(theirs).contains(&minute))
                    })
                })
        });
        let expected = u32::try_from(hopes.count()).unwrap();
        if expected > 0 && wanted.expected == Expected::Busy {
            return None;
        }
        Some(FreeUnit {
            surplus: u32::try_from(surplus).unwrap(),
            unit,
            expected,
            introduced_only: false,
        })
    });
    let mut found: Vec<FreeUnit> = found.collect();
    found.sort_by_key(|free| (free.surplus, free.unit));
    found
}

/// `moves`: whether the histories are to hold bookings that would stand in their own way.
fn compare(document: Document, seeds: u64, moves: bool) {
    let catalogue = catalogue();
    let needs: [BTreeSet<FeatureId>; 5] = [
        BTreeSet::new(),
        [STEP_FREE].into(),
        [STEP_FREE, LOOP].into(),
        [STEP_FREE, QUIET].into(),
        [FeatureId(77)].into(),
    ];
    let (mut free, mut expected, mut moved) = (0, 0, 0);
    for seed in 1000..1000 + seeds {
        let mut history = History::new(seed, document);
        (0..150).for_each(|_| drop(history.next()));
        let view = View::rebuild(&history.fold, &catalogue);
        let slots: Vec<SlotKey> = history.fold.resolved().slots.keys().copied().collect();
        for _ in 0..25 {
            let own = history
                .chance
                .pick(&slots)
                .filter(|_| history.chance.one_in(3));
            let except = own
                .map(|own| view.own(&history.fold, &own))
                .unwrap_or_default();
            let wanted = Wanted {
                class: history
                    .chance
                    .pick(&[None, Some(DESK), Some(ROOM), Some(LOCKER)])
                    .unwrap(),
                needs: &needs[usize::try_from(history.chance.below(5)).unwrap()],
                interval: history.interval(),
                expected: history
                    .chance
                    .pick(&[Expected::Shown, Expected::Busy])
                    .unwrap(),
                except: &except,
            };
            let answer = view.board().free(&wanted);
            assert_eq!(
                answer,
                scan(&history.fold, &catalogue, &wanted, own),
                "seed {seed}: {wanted:?}"
            );
            free += answer.len();
            expected += answer.iter().filter(|free| free.expected > 0).count();
            moved += usize::from(
                !except.is_empty()
                    && answer
                        != view.board().free(&Wanted {
                            except: &[],
                            ..wanted
                        }),
            );
        }
    }
    println!(
        "{document}: {free} free units, {expected} of them expected by others, {moved} answers freed by moving"
    );
    assert!(
        free > 0 && expected > 0 && (moved > 0 || !moves),
        "{free} {expected} {moved}"
    );
}

#[test]
fn what_is_free_in_a_month_is_what_a_scan_of_every_minute_finds() {
    compare(ledger(), 60, true);
}

#[test]
fn what_is_free_in_a_year_is_what_a_scan_of_every_minute_finds() {
    // Lockers are held for months: few histories have a second one to move to.
    compare(storage(), 40, false);
}

#[test]
fn the_layout_places_requests_where_the_catalogue_does() {
    let catalogue = catalogue();
    for seed in 0..30 {
        let document = if seed % 3 == 0 { storage() } else { ledger() };
        let mut history = History::new(seed, document);
        (0..120).for_each(|_| drop(history.next()));
        let places = Published::new(&catalogue, document, day_start());
        let view = View::rebuild(&history.fold, &catalogue);
        assert_eq!(*view.forecast(), Forecast::new(&history.fold, &places));
        assert_eq!(places.units_of(DESK), [1, 2, 3, 4].map(UnitId));
    }
}
