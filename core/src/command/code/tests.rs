use super::*;
use crate::time::CivilMinute;
use proptest::prelude::*;

const OFFICE: OfficeId = OfficeId([5; 32]);

fn issued(text: &str, to: &Keypair) -> Code {
    let (confirm, unit, generation) = (StatementId([6; 32]), UnitId(41), 3);
    let place = CodePlace {
        confirm,
        unit,
        generation,
    };
    let code = LockCode::new(text).unwrap();
    Code {
        confirm,
        unit,
        generation,
        sealed: code.seal(OFFICE, &place, &to.public(), &[7; 32]).unwrap(),
        minute: CivilMinute::MIN,
        first: None,
    }
}

#[test]
fn a_code_opens_where_it_was_issued_and_nowhere_else() {
    let renter = Keypair::from_seed(&[1; 32]);
    let code = issued("Äpple 7", &renter);
    let opens = |code: &Code| LockCode::open(OFFICE, code, &renter).is_some();
    assert!(opens(&code));
    assert!(!opens(&Code {
        generation: 4,
        ..code.clone()
    }));
    assert!(!opens(&Code {
        unit: UnitId(42),
        ..code.clone()
    }));
    assert!(!opens(&Code {
        confirm: StatementId([8; 32]),
        ..code.clone()
    }));
    assert_eq!(LockCode::open(OfficeId([4; 32]), &code, &renter), None);
    // Said again for the next year's confirmation, it says which one it was sealed for.
    let again = Code {
        confirm: StatementId([8; 32]),
        first: Some(code.confirm),
        ..code
    };
    assert!(opens(&again));
}

#[test]
fn at_the_limit_a_code_is_taken_and_one_beyond_it_is_refused_in_plain_words() {
    let longest = "9".repeat(MAX_CODE_BYTES);
    assert_eq!(LockCode::new(&longest).unwrap().as_str(), longest);
    let refused = LockCode::new(&format!("{longest}9"))
        .unwrap_err()
        .to_string();
    assert_eq!(
        refused,
        "a lock's code is 1 to 31 bytes of text without control characters: this one is 32 bytes"
    );
    let refused = LockCode::new("47\u{7}11").unwrap_err().to_string();
    assert_eq!(
        refused,
        "a lock's code is 1 to 31 bytes of text without control characters: this one is 5 bytes with one"
    );
}

proptest! {
    #[test]
    fn only_the_renters_key_opens_a_code_whatever_bytes_are_flipped(
        text in "[^\\pC\\s]{1,7}",
        thief: [u8; 32],
        at in 0..SEALED_CODE_BYTES,
        flip in 1u8..,
    ) {
        let renter = Keypair::from_seed(&[1; 32]);
        let code = issued(&text, &renter);
        let opened = LockCode::open(OFFICE, &code, &renter);
        prop_assert_eq!(opened.as_ref().map(LockCode::as_str), Some(&*text));
        prop_assert_eq!(LockCode::open(OFFICE, &code, &Keypair::from_seed(&thief)), None);
        let mut flipped = code;
        flipped.sealed[at] ^= flip;
        prop_assert_eq!(LockCode::open(OFFICE, &flipped, &renter), None);
    }
}
