//! What one key alone can open: HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.
//!
//! The keys are those that sign. An Ed25519 key becomes an X25519 key by the birational map of RFC 7748 §4.1, its secret
//! half is the scalar that Ed25519 derives (RFC 8032 §5.1.5). Signatures and this KEM stay secure together under one key:
//! E. Thormarker, *On using the same key pair for Ed25519 and an X25519 based KEM*, IACR ePrint 2021/509.

use crate::id::PublicKey;
use crate::limits::ENCAPSULATED_BYTES;
use crate::statement::Keypair;
use ed25519_dalek::VerifyingKey;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable};
use sha2::{Digest as _, Sha256};
use std::convert::Infallible;

type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;

/// A key that nothing can be sealed to: it is no point of the curve, or one of small order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nothing can be sealed to key {key}: it is not a point of the curve's large group")]
pub struct CannotSeal {
    /// The key.
    pub key: PublicKey,
}

/// Seals `plain` to a key, for one purpose (`info`) and one place (`aad`). `seed`: 32 random bytes.
///
/// The same seed with anything else sealed, or for anything else, gives keys that have nothing in common: a seed drawn
/// twice tells nothing but that equal things are equal.
///
/// ```
/// use allkontor_core::{seal, statement::Keypair};
/// let (renter, other) = (Keypair::from_seed(&[1; 32]), Keypair::from_seed(&[2; 32]));
/// let sealed = seal::seal(&renter.public(), b"lockers", b"41", b"4711", &[3; 32]).unwrap();
/// assert_eq!(seal::open(&renter, b"lockers", b"41", &sealed).as_deref(), Some(&b"4711"[..]));
/// assert_eq!(seal::open(&other, b"lockers", b"41", &sealed), None);
/// assert_eq!(seal::open(&renter, b"lockers", b"42", &sealed), None);
/// ```
pub fn seal(
    to: &PublicKey,
    info: &[u8],
    aad: &[u8],
    plain: &[u8],
    seed: &[u8; 32],
) -> Result<Vec<u8>, CannotSeal> {
    let cannot = CannotSeal { key: *to };
    let key = VerifyingKey::from_bytes(to.as_bytes()).map_err(|_| cannot)?;
    let key = Public::from_bytes(key.to_montgomery().as_bytes()).map_err(|_| cannot)?;
    let mut drawn = Sha256::new();
    drawn.update(b"allkontor/1/seal");
    drawn.update(seed);
    for part in [to.as_bytes(), info, aad, plain] {
        drawn.update((part.len() as u64).to_be_bytes());
        drawn.update(part);
    }
    encrypt(&key, info, aad, plain, drawn.finalize().into()).map_err(|_| cannot)
}

/// Opens what was sealed to that key for the same purpose and place; `None` when it was not.
pub fn open(key: &Keypair, info: &[u8], aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let secret = Secret::from_bytes(&key.to_scalar_bytes()).ok()?;
    decrypt(&secret, info, aad, sealed).ok()
}

fn encrypt(
    key: &Public,
    info: &[u8],
    aad: &[u8],
    plain: &[u8],
    drawn: [u8; 32],
) -> Result<Vec<u8>, HpkeError> {
    let (encapsulated, cipher) = hpke::single_shot_seal_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, key, info, plain, aad, &mut Drawn(drawn))?;
    Ok([&encapsulated.to_bytes()[..], &cipher].concat())
}

fn decrypt(secret: &Secret, info: &[u8], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, HpkeError> {
    let (first, cipher) = sealed
        .split_at_checked(ENCAPSULATED_BYTES)
        .ok_or(HpkeError::OpenError)?;
    let encapsulated = Encapsulated::from_bytes(first)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        secret,
        &encapsulated,
        info,
        cipher,
        aad,
    )
}

/// Hands out what the caller drew: 32 bytes, which is all that the key encapsulation asks for, and what is derived from
/// them beyond that.
struct Drawn([u8; 32]);

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Infallible> {
        for part in to.chunks_mut(self.0.len()) {
            part.iter_mut()
                .zip(self.0)
                .for_each(|(to, from)| *to = from);
            self.0 = Sha256::digest(self.0).into();
        }
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}

#[cfg(test)]
mod tests;
