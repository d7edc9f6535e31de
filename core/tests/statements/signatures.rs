use crate::common::{forge, samples, strategy};
use allkontor_core::id::OfficeId;
use allkontor_core::statement::{Document, Signed};
use ed25519_dalek::hazmat::{ExpandedSecretKey, raw_sign};
use ed25519_dalek::{Signature, Verifier, VerifyingKey};
use proptest::prelude::*;
use sha2::{Digest, Sha256, Sha512};

/// A second signature over the same bytes: the same key with another secret nonce.
fn sign_again(seed: &[u8; 32], bytes: &[u8], nonce: u8) -> Vec<u8> {
    let mut parts = forge::parts(bytes);
    let mut secret = ExpandedSecretKey::from(seed);
    let public = VerifyingKey::from(&secret);
    secret.hash_prefix = [nonce; 32];
    parts.signature = raw_sign::<Sha512>(&secret, &parts.to_be_signed(), &public)
        .to_bytes()
        .to_vec();
    parts.assemble()
}

#[test]
fn a_second_signature_over_the_same_content_is_the_same_statement() {
    let first = samples::key(1)
        .sign(samples::placed(samples::request()))
        .unwrap();
    let again = sign_again(&[1; 32], first.bytes(), 7);
    assert_ne!(again, first.bytes());
    let again = Signed::decode(&again).unwrap().verify().unwrap();
    assert_eq!(again.id(), first.id());
    assert_eq!(again, first);
}

#[test]
fn the_id_is_sha_256_of_the_sig_structure() {
    for signed in samples::signed() {
        let expected: [u8; 32] = Sha256::digest(forge::parts(signed.bytes()).to_be_signed()).into();
        assert_eq!(signed.id().as_bytes(), &expected);
    }
}

#[test]
fn the_same_words_from_another_signer_are_another_statement() {
    let statement = samples::placed(samples::request());
    let (a, b) = (
        samples::key(1).sign(statement.clone()).unwrap(),
        samples::key(2).sign(statement).unwrap(),
    );
    assert_ne!(a.id(), b.id());
}

#[test]
fn a_statement_cannot_be_moved_to_another_office_or_document() {
    let here = samples::placed(samples::request());
    let mut other_office = here.clone();
    other_office.header.office = Some(OfficeId([1; 32]));
    let mut other_document = here.clone();
    other_document.header.document = Document::Storage(2026);
    let key = samples::key(1);
    let here = key.sign(here).unwrap();
    for moved in [other_office, other_document] {
        let moved = key.sign(moved).unwrap();
        assert_ne!(moved.id(), here.id());
        // And the signature made here does not hold there.
        let mut parts = forge::parts(moved.bytes());
        parts.signature = forge::parts(here.bytes()).signature;
        let error = Signed::decode(&parts.assemble())
            .unwrap()
            .verify()
            .unwrap_err();
        let words = format!(
            "signature of statement {} does not hold under key {}",
            moved.id(),
            key.public()
        );
        assert_eq!(error.to_string(), words);
    }
}

/// The order L of the group, little-endian (RFC 8032 §5.1).
const L: [u8; 32] = {
    let mut l = [0; 32];
    let low = 0x14de_f9de_a2f7_9cd6_5812_631a_5cf5_d3ed_u128.to_le_bytes();
    let mut i = 0;
    while i < 16 {
        l[i] = low[i];
        i += 1;
    }
    l[31] = 0x10;
    l
};

#[test]
fn a_signature_with_s_plus_l_is_refused() {
    for signed in samples::signed() {
        let mut parts = forge::parts(signed.bytes());
        let mut carry = 0u16;
        for (s, l) in parts.signature[32..].iter_mut().zip(L) {
            carry += u16::from(*s) + u16::from(l);
            *s = carry as u8;
            carry >>= 8;
        }
        assert_eq!(carry, 0, "S + L fits 32 bytes");
        let malleable = Signed::decode(&parts.assemble()).unwrap();
        assert_eq!(malleable.id(), signed.id());
        assert!(malleable.verify().is_err());
    }
}

/// Points of order 1, 2, 4 and 8, two of them also in a second, unreduced form.
const SMALL_ORDER: [&str; 10] = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

/// Under a key of small order a lax check accepts one signature for many contents: nobody's word, on anything.
#[test]
fn a_key_of_small_order_signs_nothing() {
    let content = forge::parts(
        samples::key(1)
            .sign(samples::placed(samples::request()))
            .unwrap()
            .bytes(),
    )
    .payload;
    let mut lax = 0;
    for hex in SMALL_ORDER {
        let key: [u8; 32] = data_encoding::HEXLOWER
            .decode(hex.as_bytes())
            .unwrap()
            .try_into()
            .unwrap();
        for r in SMALL_ORDER {
            let r = data_encoding::HEXLOWER.decode(r.as_bytes()).unwrap();
            let signature = [&r[..], &[0; 32]].concat();
            let parts = forge::Parts {
                protected: forge::protected(&key),
                payload: content.clone(),
                signature,
            };
            let verifying = VerifyingKey::from_bytes(&key).unwrap();
            let signature = Signature::from_slice(&parts.signature).unwrap();
            lax += usize::from(verifying.verify(&parts.to_be_signed(), &signature).is_ok());
            assert!(
                Signed::decode(&parts.assemble()).unwrap().verify().is_err(),
                "key {hex}"
            );
        }
    }
    assert!(
        lax >= SMALL_ORDER.len() / 2,
        "a lax check accepted only {lax}: this test shows nothing"
    );
}

#[test]
fn bytes_that_are_no_point_are_an_error() {
    let content = forge::parts(samples::signed()[11].bytes()).payload;
    let parts = forge::Parts {
        protected: forge::protected(&[2; 32]),
        payload: content,
        signature: vec![0; 64],
    };
    assert!(VerifyingKey::from_bytes(&[2; 32]).is_err());
    assert!(Signed::decode(&parts.assemble()).unwrap().verify().is_err());
}

#[test]
fn only_eddsa_with_the_raw_key_as_protected_kid_is_read() {
    let good = forge::parts(samples::signed()[11].bytes());
    let key = samples::public(4);
    let protected = |write: &dyn Fn(&mut allkontor_core::cbor::Writer)| forge::cbor(|w| write(w));
    let other: [Vec<u8>; 6] = [
        protected(&|w| {
            w.map(2).uint(1).int(-7).uint(4).bytes(key.as_bytes());
        }),
        protected(&|w| {
            w.map(1).uint(1).int(-8);
        }),
        protected(&|w| {
            w.map(2).uint(1).int(-8).uint(4).bytes(&[1; 31]);
        }),
        protected(&|w| {
            w.map(2).uint(1).int(-8).uint(4).bytes(&[1; 33]);
        }),
        protected(&|w| {
            w.map(3)
                .uint(1)
                .int(-8)
                .uint(3)
                .uint(0)
                .uint(4)
                .bytes(key.as_bytes());
        }),
        vec![],
    ];
    for protected in other {
        let error = Signed::decode(
            &forge::Parts {
                protected,
                ..good.clone()
            }
            .assemble(),
        )
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            "protected header is not EdDSA with a 32-byte key id"
        );
    }
}

#[test]
fn the_envelope_of_cose_has_one_form() {
    let good = forge::parts(samples::signed()[11].bytes());
    let whole = good.assemble();
    let build = |tag, parts, unprotected: &[u8], signature: &[u8]| {
        forge::cbor(|w| {
            w.tag(tag)
                .array(parts)
                .bytes(&good.protected)
                .raw(unprotected)
                .bytes(&good.payload)
                .bytes(signature);
        })
    };
    assert_eq!(build(18, 4, &[0xa0], &good.signature), whole);
    for (words, bytes) in [
        (
            "COSE tag is 98: allowed are 18 to 18",
            build(98, 4, &[0xa0], &good.signature),
        ),
        (
            "parts of a COSE_Sign1 is 5: allowed are 4 to 4",
            build(18, 5, &[0xa0], &good.signature),
        ),
        (
            "unprotected header is 1: allowed are 0 to 0",
            build(18, 4, &[0xa1, 0x04, 0x40], &good.signature),
        ),
        (
            "length of a signature is 63: allowed are 64 to 64",
            build(18, 4, &[0xa0], &good.signature[1..]),
        ),
    ] {
        assert_eq!(
            Signed::decode(&bytes).unwrap_err().to_string(),
            format!("statement does not decode: {words}")
        );
    }
    let longer = [&whole[..], &[0]].concat();
    let words = format!(
        "statement does not decode: byte {}: 1 bytes after the end",
        whole.len()
    );
    assert_eq!(Signed::decode(&longer).unwrap_err().to_string(), words);
    // Untagged, as RFC 9052 §2 also allows: one form is enough.
    let words = "statement does not decode: byte 0: expected a tag, found CBOR major type 4";
    assert_eq!(Signed::decode(&whole[1..]).unwrap_err().to_string(), words);
}

proptest! {
    #[test]
    fn one_flipped_bit_anywhere_is_noticed(statement in strategy::statement(), seed: [u8; 32], at: prop::sample::Index, bit in 0..8u8) {
        let signed = allkontor_core::statement::Keypair::from_seed(&seed).sign(statement).unwrap();
        let mut bytes = signed.bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let verified = Signed::decode(&bytes).is_ok_and(|read| read.verify().is_ok());
        prop_assert!(!verified, "byte {} bit {}", at, bit);
    }
}
