//! Every target on its committed seeds and on mutations of them, the same on every run.

#[path = "../../core/tests/common/random.rs"]
mod random;

use allkontor_fuzz::TARGETS;
use random::Random;
use std::fs;
use std::path::PathBuf;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("seeds")
        .join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn seeds_and_their_mutations_find_nothing() {
    for (target, body, mutations) in TARGETS {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{target} has no seeds");
        seeds.iter().for_each(|seed| body(seed));
        let mut random = Random::seeded(7);
        for _ in 0..*mutations {
            let (one, other) = (random.pick(&seeds).clone(), random.pick(&seeds).clone());
            body(&random.mutate(&one, &other));
        }
    }
}

#[test]
fn no_target_breaks_on_nothing_or_on_noise() {
    let mut random = Random::seeded(8);
    for (_, body, _) in TARGETS {
        body(&[]);
        for _ in 0..1_000 {
            let noise: Vec<u8> = (0..random.below(300)).map(|_| random.byte()).collect();
            body(&noise);
        }
    }
}
