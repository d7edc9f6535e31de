use super::*;
use crate::document::{ActorId, ChangeParts, StatementDocument};
use crate::limits::{MAX_ENVELOPE_BYTES, MAX_ENVELOPE_CHANGES};
use crate::time::CivilMinute;
use proptest::prelude::*;

const OFFICE: OfficeId = OfficeId([0x0f; 32]);
const LEDGER: Document = Document::Storage(2026);

fn steward() -> Keypair {
    Keypair::from_seed(&[42; 32])
}

/// A chain of changes by two authors, one after the other.
fn chain(length: usize, bytes: usize) -> Vec<Change> {
    let (mut changes, mut deps, mut start_op) = (Vec::<Change>::new(), Vec::new(), 1);
    for n in 0..length {
        let statement = |i: usize| {
            (n * 2 + i)
                .to_be_bytes()
                .into_iter()
                .cycle()
                .take(bytes)
                .collect()
        };
        let change = Change::new(ChangeParts {
            actor: ActorId([(n % 2) as u8; 16]),
            seq: (n / 2 + 1) as u64,
            start_op,
            minute: CivilMinute::new(n as i64).unwrap(),
            deps,
            statements: vec![statement(0), statement(1)],
        })
        .unwrap();
        // The one before, and the author's own before that.
        deps = changes.last().map(Change::hash).into_iter().collect();
        deps.push(change.hash());
        deps.sort();
        start_op += 2;
        changes.push(change);
    }
    changes
}

fn envelope(changes: Vec<Change>) -> Envelope {
    Envelope::new(OFFICE, LEDGER, changes).unwrap()
}

#[test]
fn an_envelope_comes_back_as_it_was_sent() {
    let sent = envelope(chain(5, 300)).sign(&steward()).unwrap();
    let decoded = SignedEnvelope::decode(sent.bytes()).unwrap();
    assert_eq!(
        (decoded.signer(), decoded.document(), decoded.office()),
        (steward().public(), LEDGER, OFFICE)
    );
    let read = decoded.verify().unwrap();
    assert_eq!(read.envelope(), sent.envelope());
    assert_eq!(
        (read.hash(), read.signer()),
        (sent.hash(), steward().public())
    );
    let changes = read.envelope().changes();
    assert_eq!(read.envelope().heads(), [changes[4].hash()]);
    assert!(StatementDocument::load(LEDGER, changes).is_ok());
}

#[test]
fn an_envelope_says_what_it_follows() {
    let later = envelope(chain(9, 40).split_off(4));
    assert_eq!(
        later.follows(),
        chain(4, 40)[2..].iter().map(Change::hash).collect()
    );
}

#[test]
fn an_envelope_of_changes_out_of_order_or_twice_is_none() {
    let changes = chain(3, 40);
    for order in [vec![0, 2, 1], vec![0, 1, 1], vec![1, 0]] {
        let changes = order.iter().map(|n| changes[*n].clone()).collect();
        assert!(matches!(
            Envelope::new(OFFICE, LEDGER, changes),
            Err(EnvelopeError::Order { .. })
        ));
    }
    assert_eq!(
        Envelope::new(OFFICE, LEDGER, Vec::new())
            .unwrap_err()
            .to_string(),
        "envelope has 0 changes: allowed are 1 to 2048"
    );
}

/// A certified steward signs content that does not lead where it says: the hash is computed here, never believed.
#[test]
fn a_promise_that_the_changes_do_not_keep_is_refused() {
    for length in [1, 3] {
        let mut lying = envelope(chain(length, 40));
        lying.heads = vec![ChangeHash([9; 32])];
        let bytes = lying.sign(&steward()).unwrap().bytes().to_vec();
        assert_eq!(
            SignedEnvelope::decode(&bytes)
                .unwrap()
                .verify()
                .unwrap_err()
                .to_string(),
            "envelope promises 1 heads and its changes lead to 1, or to others"
        );
    }
}

#[test]
fn an_envelope_from_the_own_store_is_the_one_that_was_verified() {
    for length in [1, 2, 5] {
        let sent = envelope(chain(length, 40)).sign(&steward()).unwrap();
        let decoded = SignedEnvelope::decode(sent.bytes()).unwrap();
        let (verified, trusted) = (
            decoded.clone().verify().unwrap(),
            decoded.trust_store().unwrap(),
        );
        assert_eq!(verified.envelope(), trusted.envelope());
        assert_eq!(verified.hash(), trusted.hash());
    }
}

#[test]
fn a_long_history_is_split_into_envelopes_that_fit_and_a_larger_one_is_refused() {
    let changes = chain(1_500, 2_000);
    let too_long = envelope(changes.clone()).sign(&steward()).unwrap_err();
    assert!(
        matches!(too_long, EnvelopeError::TooLong { bytes } if bytes > 6_000_000),
        "{too_long}"
    );
    let parts = Envelope::split(OFFICE, LEDGER, changes.clone()).unwrap();
    let mut back = Vec::new();
    for part in parts {
        let bytes = part.sign(&steward()).unwrap().bytes().to_vec();
        assert!(bytes.len() <= MAX_ENVELOPE_BYTES);
        let read = SignedEnvelope::decode(&bytes).unwrap().verify().unwrap();
        back.extend(read.envelope().changes().to_vec());
    }
    assert_eq!(back, changes);
    let many = Envelope::split(OFFICE, LEDGER, chain(MAX_ENVELOPE_CHANGES + 1, 20)).unwrap();
    assert_eq!(
        many.iter().map(|e| e.changes().len()).collect::<Vec<_>>(),
        [2_048, 1]
    );
    let too_many = Envelope::new(OFFICE, LEDGER, chain(MAX_ENVELOPE_CHANGES + 1, 20));
    assert_eq!(
        too_many.unwrap_err().to_string(),
        "envelope has 2049 changes: allowed are 1 to 2048"
    );
    assert_eq!(
        SignedEnvelope::decode(&vec![0; MAX_ENVELOPE_BYTES + 1])
            .unwrap_err()
            .to_string(),
        "envelope is 1048577 bytes: the limit is 1048576"
    );
}

#[test]
fn a_later_form_is_named_as_such() {
    let mut bytes = envelope(chain(1, 40))
        .sign(&steward())
        .unwrap()
        .bytes()
        .to_vec();
    bytes[1] = 2;
    let error = SignedEnvelope::decode(&bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "envelope has form 2: only form 1 is known"
    );
}

proptest! {
    #[test]
    fn garbage_is_an_error_and_nothing_else(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(SignedEnvelope::decode(&bytes).is_err());
    }

    /// Any byte of a real envelope changed, or its end cut off, never verifies.
    #[test]
    fn a_damaged_envelope_never_verifies(at in any::<prop::sample::Index>(), flip in 1u8.., cut in any::<bool>()) {
        let mut bytes = envelope(chain(3, 60)).sign(&steward()).unwrap().bytes().to_vec();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] ^= flip }
        let verified = SignedEnvelope::decode(&bytes).and_then(SignedEnvelope::verify);
        prop_assert!(verified.is_err());
    }
}
