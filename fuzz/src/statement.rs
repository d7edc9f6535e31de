use crate::forge;
use allkontor_core::cbor::Reader;
use allkontor_core::statement::{Keypair, Signed, Statement, Verified};

const SEED: [u8; 32] = [42; 32];

/// Reads the input as a value, as a statement, and as the payload of a statement properly signed by a stranger.
///
/// Whatever is read and verified says what its signer could have signed with this engine, and reads back equal.
pub fn statement_decode(input: &[u8]) {
    let mut reader = Reader::new(input);
    if let Ok(value) = reader.value() {
        assert_eq!(value, &input[..reader.position()]);
    }
    if let Ok(signed) = Signed::decode(input) {
        let id = signed.id();
        if let Ok(verified) = signed.verify() {
            assert_eq!(verified.id(), id);
            assert_eq!(verified.bytes(), input);
            says_one_thing(&verified);
        }
    }
    // Signing takes longer than reading: only what decodes with a signature of zeros is signed.
    let mut parts = forge::Parts {
        protected: protected(),
        payload: input.to_vec(),
        signature: vec![0; 64],
    };
    if Signed::decode(&parts.assemble()).is_err() {
        return;
    }
    parts = forge::parts(&forge::sign(&SEED, input));
    let signed =
        Signed::decode(&parts.assemble()).expect("a signature does not change what decodes");
    let verified = signed.verify().expect("a signature just made");
    says_one_thing(&verified);
}

fn protected() -> Vec<u8> {
    forge::protected(Keypair::from_seed(&SEED).public().as_bytes())
}

/// The statement signed anew has the same fields, byte for byte, but for those this version does not know.
fn says_one_thing(read: &Verified) {
    let statement = Statement {
        header: *read.header(),
        body: read.body().clone(),
    };
    let anew = Keypair::from_seed(&SEED)
        .sign(statement)
        .expect("what was read can be signed");
    assert_eq!((anew.header(), anew.body()), (read.header(), read.body()));
    let (ours, theirs) = (
        forge::parts(anew.bytes()).payload,
        forge::parts(read.bytes()).payload,
    );
    let (our_fields, their_fields) = (forge::fields(&ours), forge::fields(&theirs));
    for (key, value) in &our_fields {
        assert_eq!(their_fields.get(key), Some(value), "field {key}");
    }
    if our_fields.len() == their_fields.len() {
        assert_eq!(ours, theirs);
    }
}
