//! Following a fold statement by statement ends where starting over does.

use crate::history::History;
use crate::office::{Office, at, catalogue, ledger, storage};
use allkontor_core::model::Catalogue;
use allkontor_core::resolve::{Changed, Fold};
use allkontor_core::statement::{Document, Verified};
use allkontor_core::view::{Delivery, Stage, View};
use std::collections::BTreeMap;

/// A device that hears of statements late and out of order, and keeps a view.
struct Follower {
    fold: Fold,
    view: View,
    heard: Vec<Verified>,
    incremental: u32,
}

impl Follower {
    fn new(office: &Office, document: Document) -> Self {
        let fold = Fold::new(document, office.authority());
        let view = View::rebuild(&fold, &catalogue());
        Self {
            fold,
            view,
            heard: Vec::new(),
            incremental: 0,
        }
    }

    fn hear(&mut self, statements: Vec<Verified>, catalogue: &Catalogue) {
        let changed = self.fold.extend(statements);
        self.follow(&changed, catalogue);
    }

    fn follow(&mut self, changed: &Changed, catalogue: &Catalogue) {
        self.incremental += u32::from(matches!(changed, Changed::Some { .. }));
        self.view.update(&self.fold, catalogue, changed);
        let anew = View::rebuild(&self.fold, catalogue);
        assert_eq!(self.view.forecast(), anew.forecast());
        assert_eq!(self.view, anew);
    }
}

fn follow_histories(document: Document, seeds: u64, steps: u32) {
    let closed = String::from_utf8(catalogue().to_bytes()).unwrap();
    let closed = closed.replace("08:00-22:00", "10:00-16:00");
    let closed = Catalogue::from_bytes(closed.as_bytes()).unwrap();
    let (mut incremental, mut confirmed, mut expected) = (0, 0, 0);
    for seed in 0..seeds {
        let mut history = History::new(seed, document);
        let mut follower = Follower::new(&history.office, document);
        let mut published = catalogue();
        for step in 0..steps {
            let said = history.next();
            follower.heard.push(said);
            if history.chance.one_in(3) {
                let batch = 1 + history.chance.below(4);
                let mut arrives = Vec::new();
                for _ in 0..batch {
                    if !follower.heard.is_empty() {
                        let len = follower.heard.len() as u64;
                        let at = usize::try_from(history.chance.below(len)).unwrap();
                        arrives.push(follower.heard.swap_remove(at));
                    }
                }
                follower.hear(arrives, &published);
            }
            if step == steps / 2 && seed % 3 == 0 {
                published = closed.clone();
                follower.follow(&Changed::Nothing, &published);
            }
            if step == steps * 3 / 4 && seed % 4 == 0 {
                let fold = history.fold.clone();
                history.office.revoke_kiosk(&fold);
                let authority = history.office.authority();
                history.fold.set_authority(authority.clone());
                let changed = follower.fold.set_authority(authority);
                follower.follow(&changed, &published);
            }
        }
        let rest = std::mem::take(&mut follower.heard);
        follower.hear(rest, &published);
        assert_eq!(follower.fold.resolved(), history.fold.resolved());
        assert_eq!(follower.view, View::rebuild(&history.fold, &published));
        incremental += follower.incremental;
        confirmed += follower.fold.resolved().confirmations.len();
        expected += follower.view.forecast().cells().count();
    }
    println!(
        "{document}: {incremental} incremental updates, {confirmed} confirmations, {expected} expected cells"
    );
    assert!(incremental > 0 && confirmed > 0 && expected > 0);
}

#[test]
fn a_months_view_that_follows_equals_one_made_anew() {
    follow_histories(ledger(), 60, 120);
}

#[test]
fn a_years_view_that_follows_equals_one_made_anew() {
    follow_histories(storage(), 20, 80);
}

/// 1,000 histories, each heard by one device as it happens and by another shuffled and in batches.
#[test]
fn every_device_gives_the_same_reasons() {
    let published = catalogue();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..1_000 {
        let document = if seed % 4 == 3 { storage() } else { ledger() };
        let mut history = History::new(20_000 + seed, document);
        let mut one = Follower::new(&history.office, document);
        for _ in 0..40 {
            let changed = one.fold.extend([history.next()]);
            one.view.update(&one.fold, &published, &changed);
        }
        let mut rest: Vec<Verified> = history.fold.statements().values().cloned().collect();
        let mut other = Follower::new(&history.office, document);
        while !rest.is_empty() {
            let mut batch = Vec::new();
            for _ in 0..=history.chance.below(5) {
                if !rest.is_empty() {
                    let at = history.chance.below(rest.len() as u64);
                    batch.push(rest.swap_remove(usize::try_from(at).unwrap()));
                }
            }
            let changed = other.fold.extend(batch);
            other.view.update(&other.fold, &published, &changed);
        }
        assert_eq!(one.view, other.view, "seed {seed}");
        assert_eq!(
            one.view,
            View::rebuild(&other.fold, &published),
            "seed {seed}"
        );
        for key in one.fold.resolved().slots.keys() {
            let reasons = |of: &Follower| {
                let now = at(24, 9, 0);
                of.view.explain(
                    &of.fold,
                    &published,
                    key,
                    Delivery::Received,
                    &BTreeMap::new(),
                    now,
                )
            };
            let explained = reasons(&one);
            assert_eq!(explained, reasons(&other), "seed {seed}");
            let mut count = |what| *seen.entry(what).or_default() += 1;
            match explained.status.stage {
                Stage::Waiting { .. } => count("waiting"),
                Stage::Alternative { .. } => count("alternative"),
                Stage::Declined { .. } => count("declined"),
                Stage::Released { .. } => count("released"),
                Stage::Withdrawn { .. } => count("withdrawn"),
                _ => {}
            }
            let options = &explained.options;
            options
                .iter()
                .filter(|option| !option.obstacles.is_empty())
                .for_each(|_| count("obstacles"));
            options
                .iter()
                .filter(|option| !option.rules.is_empty())
                .for_each(|_| count("rules"));
        }
    }
    println!("{seen:?}");
    let at_least = |what: &str, least: usize| {
        let times = seen.get(what).copied().unwrap_or_default();
        assert!(times >= least, "{what} only {times} times");
    };
    for (what, least) in [
        ("waiting", 500),
        ("alternative", 50),
        ("declined", 100),
        ("released", 50),
        ("withdrawn", 20),
        ("obstacles", 500),
        ("rules", 500),
    ] {
        at_least(what, least);
    }
}
