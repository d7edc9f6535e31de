//! The resolver against the oracle.

use super::play::each_history;
use super::{HONEST, WILD};
use allkontor_core::resolve::Fold;
use allkontor_core::statement::Verified;
use allkontor_tests::adapter::{self, resolve_authority};
use allkontor_tests::history::{Mode, World, shop};
use allkontor_tests::oracle::{self, Authority};

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
    counts.at_least(HONEST);
}

#[test]
fn the_resolver_agrees_with_the_oracle_whatever_is_signed() {
    let counts = each_history("agree wild", Mode::Wild, |played| {
        resolver_is_the_oracle(&played.world, &played.heap());
        resolver_is_the_oracle(&played.world, &played.some(70));
        resolver_is_the_oracle(&played.world, &played.some(95));
    });
    counts.at_least(WILD);
}
