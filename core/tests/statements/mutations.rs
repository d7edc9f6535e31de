//! A hundred thousand statements gone wrong, from one seed.

use crate::common::{forge, random::Random, samples};
use allkontor_core::statement::{Keypair, Signed};
use std::collections::BTreeSet;

const SEED: u64 = 20_261_124;
const MUTANTS: usize = 100_000;

#[test]
fn a_mutated_statement_is_refused_or_is_one_that_was_signed() {
    let genuine: Vec<Vec<u8>> = samples::signed()
        .iter()
        .map(|s| s.bytes().to_vec())
        .collect();
    let known: BTreeSet<&[u8]> = genuine.iter().map(Vec::as_slice).collect();
    let mut random = Random::seeded(SEED);
    let (mut decoded, mut held) = (0, 0);
    for n in 0..MUTANTS {
        let (a, b) = (random.pick(&genuine).clone(), random.pick(&genuine).clone());
        let mutant = if n % 2 == 0 {
            random.mutate(&a, &b)
        } else {
            // Wrapped anew, so that the lengths around it are right and the payload itself is read.
            let (mut a, b) = (forge::parts(&a), forge::parts(&b));
            a.payload = random.mutate(&a.payload, &b.payload);
            a.assemble()
        };
        let Ok(read) = Signed::decode(&mutant) else {
            continue;
        };
        decoded += 1;
        let id = read.id();
        if let Ok(verified) = read.verify() {
            held += 1;
            assert_eq!(verified.id(), id);
            assert!(
                known.contains(&mutant[..]),
                "mutant {n} holds and nobody signed it"
            );
        }
    }
    println!("of {MUTANTS} mutants {decoded} decoded and {held} held");
    assert!(
        decoded > MUTANTS / 50,
        "only {decoded} decoded: the mutants are too wild to show anything"
    );
}

/// One content, one encoding: what decodes under a forger's own signature is what we would have written, apart
/// from fields we do not know.
#[test]
fn a_mutated_payload_that_is_signed_has_one_encoding() {
    let genuine: Vec<Vec<u8>> = samples::signed()
        .iter()
        .map(|s| forge::parts(s.bytes()).payload)
        .collect();
    let key = Keypair::from_seed(&[66; 32]);
    let mut random = Random::seeded(SEED + 1);
    let mut read_and_changed = 0;
    for _ in 0..MUTANTS / 4 {
        let (a, b) = (random.pick(&genuine).clone(), random.pick(&genuine).clone());
        let payload = random.mutate(&a, &b);
        let Ok(read) = Signed::decode(&forge::sign(&[66; 32], &payload)) else {
            continue;
        };
        let read = read.verify().unwrap();
        let statement = allkontor_core::statement::Statement {
            header: *read.header(),
            body: read.body().clone(),
        };
        let rewritten = forge::parts(key.sign(statement).unwrap().bytes()).payload;
        let (ours, theirs) = (forge::fields(&rewritten), forge::fields(&payload));
        assert!(
            ours.iter()
                .all(|(field, value)| theirs.get(field) == Some(value)),
            "{theirs:?}"
        );
        if ours.len() == theirs.len() {
            assert_eq!(rewritten, payload);
        }
        read_and_changed += usize::from(payload != a);
    }
    println!("{read_and_changed} changed payloads were read");
    assert!(read_and_changed > 500, "only {read_and_changed} were read");
}
