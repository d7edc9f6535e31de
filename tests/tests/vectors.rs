//! The rules, version 1, frozen: statements as bytes, and what every engine has to make of them.
//!
//! `ALLKONTOR_WRITE_RULES=1 cargo test -p allkontor-tests --test vectors` writes the file anew. That changes the
//! rules: offices that have booked by them would see another picture, so it takes a new version.

use allkontor_core::id::OfficeId;
use allkontor_core::statement::{Document, Signed, Verified};
use allkontor_tests::adapter::fold_all;
use allkontor_tests::chance::Chance;
use allkontor_tests::history::{Mode, World, actions};
use allkontor_tests::stories;
use allkontor_tests::story::tell;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde::{Deserialize, Serialize};
use std::path::Path;

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Vector {
    shows: String,
    office: String,
    document: (u8, u32),
    statements: Vec<String>,
    digest: String,
    picture: Vec<String>,
}

fn file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/rules-1.json")
}

fn vector(shows: &str, office: OfficeId, document: Document, heap: &[Verified]) -> Vector {
    let fold = fold_all(office, document, heap).expect("a Genesis");
    Vector {
        shows: shows.into(),
        office: office.to_string(),
        document: document.to_parts(),
        statements: heap
            .iter()
            .map(|s| data_encoding::HEXLOWER.encode(s.bytes()))
            .collect(),
        digest: fold.resolved().digest().to_string(),
        picture: tell(office, document, heap),
    }
}

/// The stories, and two histories by chance.
fn written() -> Vec<Vector> {
    let mut vectors: Vec<Vector> = stories::all()
        .iter()
        .map(|(shows, office)| vector(shows, office.id, office.document, &office.heap))
        .collect();
    for (mode, shows) in [
        (Mode::Honest, "chance, honest"),
        (Mode::Wild, "chance, wild"),
    ] {
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[5; 32]);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let world = std::iter::repeat_with(|| {
            let tree = actions(mode, 60).new_tree(&mut runner).expect("a history");
            World::play(mode, 3, &[0; 6], &tree.current())
        })
        .find(|world| world.office.heap.len() > 50)
        .expect("there is no end to them");
        let office = &world.office;
        vectors.push(vector(shows, office.id, office.document, &office.heap));
    }
    vectors
}

#[test]
fn rules_version_1_are_what_they_were() {
    if std::env::var_os("ALLKONTOR_WRITE_RULES").is_some() {
        let text = serde_json::to_string_pretty(&written()).unwrap();
        std::fs::create_dir_all(file().parent().unwrap()).unwrap();
        std::fs::write(file(), text + "\n").unwrap();
    }
    let text = std::fs::read_to_string(file()).unwrap();
    let vectors: Vec<Vector> = serde_json::from_str(&text).unwrap();
    assert!(vectors.len() >= 16, "only {} vectors", vectors.len());
    for expected in vectors {
        let office = OfficeId::from_hex(&expected.office).unwrap();
        let (tag, period) = expected.document;
        let document = Document::from_parts(tag, period).unwrap();
        let decode = |hex: &String| {
            let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap();
            Signed::decode(&bytes).unwrap().verify().unwrap()
        };
        let heap: Vec<Verified> = expected.statements.iter().map(decode).collect();
        let found = vector(&expected.shows, office, document, &heap);
        assert_eq!(found, expected);
        let mut shuffled = heap;
        Chance(7).shuffle(&mut shuffled);
        let again = fold_all(office, document, &shuffled).unwrap();
        assert_eq!(again.resolved().digest().to_string(), expected.digest);
    }
}
