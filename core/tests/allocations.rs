//! Decoding allocates in proportion to its input: a few bytes that promise many cost nothing.

mod common;

use allkontor_core::limits::MAX_STATEMENT_BYTES;
use allkontor_core::statement::Signed;
use allocation_counter::measure;
use common::{forge, random::Random, samples};

/// Bytes allocated in all, freed or not, for each byte of input. Wishes of a request are the dearest: five bytes
/// on the wire, twelve in memory, in a list that doubles as it grows.
const ALLOCATED_PER_BYTE: u64 = 16;

fn check(input: &[u8]) -> bool {
    let mut read = false;
    let allocated = measure(|| read = Signed::decode(input).is_ok()).bytes_total;
    let allowed = ALLOCATED_PER_BYTE * input.len() as u64;
    assert!(
        allocated <= allowed,
        "{} bytes made the decoder allocate {allocated}",
        input.len()
    );
    read
}

#[test]
fn decoding_never_allocates_more_than_sixteen_times_its_input() {
    let genuine: Vec<Vec<u8>> = samples::signed()
        .iter()
        .map(|s| s.bytes().to_vec())
        .collect();
    assert!(genuine.iter().all(|bytes| check(bytes)));
    let mut random = Random::seeded(4);
    let mut read = 0;
    for n in 0..40_000 {
        let (a, b) = (random.pick(&genuine).clone(), random.pick(&genuine).clone());
        let (mut a, b) = (forge::parts(&a), forge::parts(&b));
        a.payload = random.mutate(&a.payload, &b.payload);
        // Half of them signed, or not even COSE: everything before the signature is a stranger's.
        let input = if n % 2 == 0 {
            a.assemble()
        } else {
            random.mutate(&a.assemble(), &b.payload)
        };
        read += usize::from(check(&input));
    }
    assert!(read > 400, "only {read} were read");
}

#[test]
fn a_short_input_that_promises_much_allocates_nothing_for_it() {
    // Heads that claim 2^64 − 1 bytes, items and entries, in every place of a statement.
    for head in [0x5b, 0x7b, 0x9b, 0xbb, 0xdb] {
        let huge = [&[head][..], &[0xff; 8]].concat();
        check(&huge);
        check(&[&[0xd2, 0x84][..], &huge].concat());
        for (sample, key) in [
            (0, 12),
            (2, 11),
            (4, 10),
            (10, 13),
            (11, 13),
            (15, 10),
            (18, 11),
        ] {
            let signed = samples::signed().swap_remove(sample);
            let mut fields = forge::fields(&forge::parts(signed.bytes()).payload);
            fields.insert(key, huge.clone());
            assert!(!check(&forge::sign(&[1; 32], &forge::payload(&fields))));
        }
    }
    // Far too long: refused by its length alone.
    let long = vec![0xd2; 100 * MAX_STATEMENT_BYTES];
    assert_eq!(measure(|| drop(Signed::decode(&long))).bytes_total, 0);
}
