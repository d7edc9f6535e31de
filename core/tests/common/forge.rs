//! Statements as a stranger would make them: any payload, properly signed.

use allkontor_core::cbor::{Reader, Writer};
use ed25519_dalek::{Signer, SigningKey};
use std::collections::BTreeMap;

/// The three parts of a COSE_Sign1 that vary.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parts {
    pub protected: Vec<u8>,
    pub payload: Vec<u8>,
    pub signature: Vec<u8>,
}

/// Takes a well-formed COSE_Sign1 apart.
pub fn parts(bytes: &[u8]) -> Parts {
    let mut reader = Reader::new(bytes);
    reader.tag(18, "tag").unwrap();
    reader.array("parts", 4, 4).unwrap();
    let protected = reader.bytes().unwrap().to_vec();
    reader.map("unprotected", 0).unwrap();
    let payload = reader.bytes().unwrap().to_vec();
    Parts {
        protected,
        payload,
        signature: reader.bytes().unwrap().to_vec(),
    }
}

impl Parts {
    pub fn assemble(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.tag(18)
            .array(4)
            .bytes(&self.protected)
            .map(0)
            .bytes(&self.payload)
            .bytes(&self.signature);
        out.into_bytes()
    }

    /// What a signature covers: RFC 9052 §4.4, with no external data.
    pub fn to_be_signed(&self) -> Vec<u8> {
        let mut out = Writer::new();
        out.array(4)
            .text("Signature1")
            .bytes(&self.protected)
            .bytes(&[])
            .bytes(&self.payload);
        out.into_bytes()
    }
}

/// The protected header `{1: -8, 4: key}`.
pub fn protected(key: &[u8; 32]) -> Vec<u8> {
    let mut out = Writer::new();
    out.map(2).uint(1).int(-8).uint(4).bytes(key);
    out.into_bytes()
}

/// Signs any payload with the key of that seed.
pub fn sign(seed: &[u8; 32], payload: &[u8]) -> Vec<u8> {
    let key = SigningKey::from_bytes(seed);
    let protected = protected(&key.verifying_key().to_bytes());
    let mut parts = Parts {
        protected,
        payload: payload.to_vec(),
        signature: vec![],
    };
    parts.signature = key.sign(&parts.to_be_signed()).to_bytes().to_vec();
    parts.assemble()
}

/// The fields of a payload, each as encoded.
pub fn fields(payload: &[u8]) -> BTreeMap<u64, Vec<u8>> {
    let mut reader = Reader::new(payload);
    let entries = reader.map("fields", 1000).unwrap();
    (0..entries)
        .map(|_| (reader.uint().unwrap(), reader.value().unwrap().to_vec()))
        .collect()
}

/// The payload of these fields.
pub fn payload(fields: &BTreeMap<u64, Vec<u8>>) -> Vec<u8> {
    let mut out = Writer::new();
    out.map(fields.len());
    for (key, value) in fields {
        out.uint(*key).raw(value);
    }
    out.into_bytes()
}

/// One value as CBOR.
pub fn cbor(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut out = Writer::new();
    write(&mut out);
    out.into_bytes()
}
