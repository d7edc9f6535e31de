//! What no honest device writes, byte by byte.

use allkontor_core::cbor::{Reader, Writer};
use allkontor_core::id::{ChangeHash, OfficeId, PublicKey};
use allkontor_core::statement::Keypair;
use sha2::{Digest as _, Sha256};

/// An envelope with other heads than its changes lead to, signed anew.
pub(super) fn with_heads(envelope: &[u8], key: &Keypair, heads: &[ChangeHash]) -> Vec<u8> {
    let mut reader = Reader::new(envelope);
    reader.array("envelope", 3, 3).unwrap();
    let form = reader.uint().unwrap();
    let content = reader.bytes().unwrap().to_vec();
    // `3: heads` stands between the signer and the changes.
    let old = [&[0x03, 0x81, 0x58, 0x20][..]].concat();
    let at = content.windows(4).position(|window| window == old).unwrap();
    let mut new = content[..at].to_vec();
    let mut list = Writer::new();
    list.uint(3).array(heads.len());
    for head in heads {
        list.bytes(&head.0);
    }
    new.extend(list.into_bytes());
    new.extend(&content[at + 4 + 32..]);
    let mut out = Writer::new();
    out.array(3)
        .uint(form)
        .bytes(&new)
        .bytes(&sign(key, b"allkontor/1/envelope\0", &new));
    out.into_bytes()
}

fn sign(key: &Keypair, context: &[u8], content: &[u8]) -> [u8; 64] {
    use ed25519_dalek::Signer as _;
    let key = ed25519_dalek::SigningKey::from_bytes(&key.to_seed());
    key.sign(&[context, content].concat()).to_bytes()
}

/// A statement with somebody else's key in the signer's place.
pub(super) fn as_if_signed_by(statement: &[u8], from: PublicKey, to: PublicKey) -> Vec<u8> {
    let at = statement
        .windows(32)
        .position(|window| window == from.0)
        .unwrap();
    let mut forged = statement.to_vec();
    forged[at..at + 32].copy_from_slice(&to.0);
    forged
}

/// A bundle file of one envelope.
pub(super) fn bundle(office: OfficeId, envelope: &[u8]) -> Vec<u8> {
    let mut out = Vec::from(&b"allkontor\0"[..]);
    out.extend(1u16.to_be_bytes());
    out.extend(office.0);
    out.push(1);
    out.extend(u32::try_from(envelope.len()).unwrap().to_be_bytes());
    out.extend(envelope);
    out.push(0);
    let hash = Sha256::digest(&out);
    out.extend(hash);
    out
}
