//! Plays random histories against a check, shrinking those that fail it.

use allkontor_core::statement::Verified;
use allkontor_tests::chance::Chance;
use allkontor_tests::history::{Action, Counts, Mode, World, actions, custodians, devices};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::{Cell, RefCell, RefMut};
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static HUSHED: Cell<bool> = const { Cell::new(false) };
}

fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let loud = take_hook();
        set_hook(Box::new(move |panic| {
            if !HUSHED.get() {
                loud(panic);
            }
        }));
    });
}

/// A history that was played.
pub struct Played {
    /// The office at the end.
    pub world: World,
    /// Actions that were left for later.
    pub more: Vec<Action>,
    chance: RefCell<Chance>,
    continued: RefCell<Option<World>>,
}

impl Played {
    /// Everything signed.
    pub fn heap(&self) -> Vec<Verified> {
        self.world.office.heap.clone()
    }

    /// The Genesis, and the rest with that chance in percent.
    pub fn some(&self, percent: usize) -> Vec<Verified> {
        let heap = &self.world.office.heap;
        let mut some = self.chance().some(heap, percent);
        some.push(heap[0].clone());
        some
    }

    /// Chance that belongs to this history.
    pub fn chance(&self) -> RefMut<'_, Chance> {
        self.chance.borrow_mut()
    }

    /// Counts what happened in a world that went on from this one.
    pub fn also_count(&self, world: &World) {
        *self.continued.borrow_mut() = Some(world.clone());
    }
}

/// What happened in all histories of a test.
pub struct Seen(Counts);

impl Seen {
    /// Fails when something interesting happened too seldom for the test to mean much: fewer times in a thousand
    /// histories than said.
    pub fn at_least(&self, wanted: &[(&'static str, usize)]) {
        for (what, of_thousand) in wanted {
            let got = self.0.0.get(what).copied().unwrap_or(0);
            self.enough(what, got, *of_thousand);
        }
    }

    /// The same for what a test has counted itself. Fewer than a thousand histories say nothing about how often.
    pub fn enough(&self, what: &str, got: usize, of_thousand: usize) {
        let histories = self.0.0.get("histories").copied().unwrap_or(0);
        let least = of_thousand * histories / 1_000;
        assert!(
            histories < 1_000 || got >= least,
            "{what}: {got} in {histories} histories, expected {least}"
        );
    }
}

/// Plays as many histories as `ALLKONTOR_HISTORIES` says and checks each. A failing one is made smaller in
/// `ALLKONTOR_SHRINK` steps (500).
pub fn each_history(name: &str, mode: Mode, check: impl Fn(&Played)) -> Seen {
    let number = |variable: &str, otherwise: u64| {
        let set = std::env::var(variable).ok();
        set.map_or(otherwise, |text| text.parse().expect("a number"))
    };
    let cases = number("ALLKONTOR_HISTORIES", 1_000) as u32;
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number("ALLKONTOR_SEED", 1).to_be_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: number("ALLKONTOR_SHRINK", 500) as u32,
        ..Config::default()
    };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let counts = RefCell::new(Counts::default());
    let history = (
        devices(),
        custodians(),
        actions(mode, 90),
        actions(mode, 20),
        any::<u64>(),
    );
    hush();
    let outcome = runner.run(&history, |(devices, custodians, actions, more, seed)| {
        let played = Played {
            world: World::play(mode, devices, &custodians, &actions),
            more,
            chance: RefCell::new(Chance(seed)),
            continued: RefCell::new(None),
        };
        // Shrinking fails a thousand times: only the smallest history is to be read.
        HUSHED.set(true);
        let kept = catch_unwind(AssertUnwindSafe(|| check(&played)));
        HUSHED.set(false);
        if let Err(panic) = kept {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or(panic.downcast_ref::<&str>().map(|s| s.to_string()));
            return Err(TestCaseError::fail(text.unwrap_or_default()));
        }
        let continued = played.continued.into_inner();
        counts.borrow_mut().add(&continued.unwrap_or(played.world));
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{name}: {failure}");
    }
    let counts = counts.into_inner();
    println!("{name}: {counts:?}");
    Seen(counts)
}
