use super::*;
use crate::limits::SEAL_OVERHEAD;
use data_encoding::HEXLOWER;
use proptest::prelude::*;

fn hex(text: &str) -> Vec<u8> {
    HEXLOWER.decode(text.as_bytes()).unwrap()
}

/// RFC 9180, A.2.1 and A.2.1.1: the suite that is used here, base mode, the first message.
#[test]
fn the_rfcs_vector_is_sealed_and_opened() {
    let ikm_e = hex("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b");
    let secret = hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
    let public = hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
    let info = hex("4f6465206f6e2061204772656369616e2055726e");
    let aad = hex("436f756e742d30");
    let plain = hex("4265617574792069732074727574682c20747275746820626561757479");
    let sealed = hex(concat!(
        "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
        "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
    ));
    let key = Public::from_bytes(&public).unwrap();
    let drawn = ikm_e.try_into().unwrap();
    assert_eq!(encrypt(&key, &info, &aad, &plain, drawn).unwrap(), sealed);
    let secret = Secret::from_bytes(&secret).unwrap();
    assert_eq!(decrypt(&secret, &info, &aad, &sealed).unwrap(), plain);
}

#[test]
fn a_key_that_is_none_is_refused() {
    // No point of the curve; the neutral element; a point of order eight.
    let torsion = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";
    let mut neutral = [0; 32];
    neutral[0] = 1;
    for bytes in [[2; 32], neutral, hex(torsion).try_into().unwrap()] {
        let key = PublicKey(bytes);
        assert_eq!(
            seal(&key, b"", b"", b"4711", &[3; 32]),
            Err(CannotSeal { key })
        );
    }
}

#[test]
fn a_seed_that_was_drawn_twice_gives_no_key_twice() {
    let to = Keypair::from_seed(&[1; 32]).public();
    let sealed = |info: &[u8], aad: &[u8], plain: &[u8]| {
        seal(&to, info, aad, plain, &[3; 32]).unwrap()[..ENCAPSULATED_BYTES].to_vec()
    };
    let first = sealed(b"a", b"b", b"4711");
    let others = [
        sealed(b"a", b"b", b"4712"),
        sealed(b"ab", b"", b"4711"),
        sealed(b"a", b"", b"b4711"),
    ];
    assert!(others.iter().all(|other| *other != first));
    assert_eq!(sealed(b"a", b"b", b"4711"), first);
}

proptest! {
    #[test]
    fn nothing_opens_but_by_its_key_in_its_place(
        owner: [u8; 32],
        seed: [u8; 32],
        plain in prop::collection::vec(any::<u8>(), 0..80),
        aad in prop::collection::vec(any::<u8>(), 0..40),
        thief: [u8; 32],
        at in any::<prop::sample::Index>(),
        flip in 1u8..,
    ) {
        let (owner, thief) = (Keypair::from_seed(&owner), Keypair::from_seed(&thief));
        let sealed = seal(&owner.public(), b"test", &aad, &plain, &seed).unwrap();
        prop_assert_eq!(sealed.len(), plain.len() + SEAL_OVERHEAD);
        prop_assert_eq!(open(&owner, b"test", &aad, &sealed), Some(plain));
        prop_assume!(owner.public() != thief.public());
        prop_assert_eq!(open(&thief, b"test", &aad, &sealed), None);
        prop_assert_eq!(open(&owner, b"tesu", &aad, &sealed), None);
        prop_assert_eq!(open(&owner, b"test", &[&aad[..], b"x"].concat(), &sealed), None);
        let mut flipped = sealed.clone();
        let at = at.index(sealed.len());
        flipped[at] ^= flip;
        // The top bit of an X25519 key is not looked at (RFC 7748 §5), but it is mixed into the keys that follow.
        prop_assert_eq!(open(&owner, b"test", &aad, &flipped), None);
        prop_assert_eq!(open(&owner, b"test", &aad, &sealed[..at]), None);
    }
}
