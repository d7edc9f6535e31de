//! A new key on its way from the app to the vault.
//!
//! What is signed under the old key for the new one and the new key itself must not be parted by a power cut. So the
//! new seed goes into the store with what was signed, under a pad that only the vault's old seed gives, and from there
//! into the vault.

use crate::id::PublicKey;
use crate::store::Operation;
use sha2::{Digest as _, Sha256};

/// The note that holds it.
pub(super) const NOTE: &str = "renewal";

fn pad(old: &[u8; 32], seed: &[u8; 32]) -> [u8; 32] {
    let pad: [u8; 32] = Sha256::new()
        .chain_update(b"allkontor/1/renewal")
        .chain_update(old)
        .finalize()
        .into();
    let mut padded = [0; 32];
    for ((to, seed), pad) in padded.iter_mut().zip(seed).zip(pad) {
        *to = seed ^ pad;
    }
    padded
}

/// What is kept with what the old key signed last.
pub(super) fn note(old: &[u8; 32], seed: &[u8; 32], public: PublicKey) -> Operation {
    Operation::PutMeta {
        key: NOTE.to_owned(),
        bytes: [pad(old, seed), public.0].concat(),
    }
}

/// The new seed that a note holds; `None` when the vault has it already, or it is no such note.
pub(super) fn unfinished(note: &[u8], seed: &[u8; 32]) -> Option<[u8; 32]> {
    let (padded, public) = note.split_first_chunk::<32>()?;
    let renewed = pad(seed, padded);
    let key = crate::statement::Keypair::from_seed(&renewed).public();
    (public == key.0).then_some(renewed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::Keypair;

    #[test]
    fn the_new_seed_is_read_with_the_old_one_and_with_no_other() {
        let (old, new) = ([1; 32], [2; 32]);
        let public = Keypair::from_seed(&new).public();
        let Operation::PutMeta { bytes, .. } = note(&old, &new, public) else {
            panic!("not a note")
        };
        assert_eq!(unfinished(&bytes, &old), Some(new));
        assert_eq!(unfinished(&bytes, &new), None);
        assert!(!bytes.windows(32).any(|part| part == new));
    }
}
