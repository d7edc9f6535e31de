use crate::common::{samples, strategy};
use allkontor_core::id::PublicKey;
use allkontor_core::statement::{Body, Cause, Document, Keypair, Role, Signed, Statement};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

fn goes_both_ways(statement: &Statement, key: &Keypair) -> Result<(), TestCaseError> {
    let signed = key
        .sign(statement.clone())
        .map_err(|e| TestCaseError::fail(e.to_string()))?;
    let read = Signed::decode(signed.bytes()).unwrap();
    prop_assert_eq!(read.id(), signed.id());
    let read = read.verify().unwrap();
    prop_assert_eq!(read.header(), &statement.header);
    prop_assert_eq!(read.body(), &statement.body);
    prop_assert_eq!(read.signer(), key.public());
    prop_assert_eq!(read.bytes(), signed.bytes());
    Ok(())
}

#[test]
fn every_kind_reads_back_as_it_was_signed() {
    let mut runner = TestRunner::new(Config::with_cases(64));
    for (number, body) in strategy::bodies() {
        let case = (body.prop_flat_map(strategy::in_place), any::<[u8; 32]>());
        let tried = runner.run(&case, |(statement, seed)| {
            prop_assert_eq!(statement.body.number(), number);
            goes_both_ways(&statement, &Keypair::from_seed(&seed))
        });
        if let Err(error) = tried {
            panic!("kind {number}: {error}");
        }
    }
}

#[test]
fn samples_and_strategies_leave_out_no_kind() {
    let known: Vec<u16> = [1..=10, 20..=58, 60..=65, 80..=81, 84..=86]
        .into_iter()
        .flatten()
        .collect();
    let sampled: Vec<u16> = samples::full().iter().map(|s| s.body.number()).collect();
    let tried: Vec<u16> = strategy::bodies()
        .iter()
        .map(|(number, _)| *number)
        .collect();
    assert_eq!((&sampled, &tried), (&known, &known));
    for statement in samples::full().into_iter().chain(samples::sparse()) {
        assert_ne!(statement.body.name(), "Unknown");
        goes_both_ways(&statement, &samples::key(1)).unwrap();
    }
}

/// A reserved number in `Other` would be read back as the case it belongs to.
#[test]
fn a_signed_statement_is_what_its_readers_will_see() {
    let certify = allkontor_core::statement::Certify {
        device: PublicKey([1; 32]),
        role: Role::Other(3),
    };
    let signed = samples::key(1).sign(samples::placed(certify)).unwrap();
    assert!(
        matches!(signed.body(), Body::Certify(c) if c.role == Role::Kiosk),
        "{:?}",
        signed.body()
    );

    let mut release = samples::full()
        .into_iter()
        .find(|s| s.body.name() == "Release")
        .unwrap();
    let month = match release.header.document {
        Document::Ledger(month) => month.index(),
        other => panic!("{other} is not a ledger"),
    };
    release.header.document = Document::Other {
        tag: 2,
        period: month.into(),
    };
    if let Body::Release(release) = &mut release.body {
        release.cause = Cause::Other(3);
    }
    let signed = samples::key(1).sign(release).unwrap();
    assert_eq!(signed.header().document, samples::november());
    assert!(
        matches!(signed.body(), Body::Release(r) if r.cause == Cause::NoShow),
        "{:?}",
        signed.body()
    );
}

proptest! {
    #[test]
    fn equal_content_has_equal_bytes(statement in strategy::statement(), seed: [u8; 32]) {
        let key = Keypair::from_seed(&seed);
        let (once, again) = (key.sign(statement.clone()).unwrap(), key.sign(statement).unwrap());
        prop_assert_eq!(once.bytes(), again.bytes());
        prop_assert_eq!(once.id(), again.id());
    }

    #[test]
    fn other_content_is_another_statement(a in strategy::statement(), b in strategy::statement()) {
        prop_assume!(a != b);
        let key = samples::key(1);
        prop_assert_ne!(key.sign(a).unwrap().id(), key.sign(b).unwrap().id());
    }
}
